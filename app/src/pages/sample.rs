//! An auditor's sample: how it is asked for, and whom it drew.

use crate::actions::{DrawSample, ReadTrail};
use crate::desk::SamplePage;
use crate::frame::{Page, flow_page};
use crate::pages::auditor::{kept, secondary_row};
use crate::parts::{Label, back_link, hidden, summary_list, text_field, typed_field};
use crate::scene::Scene;
use leptos::prelude::*;
use server_fn::ServerFn;
use text::format;
use text::pages::auditor as words;

pub(super) fn sample_form(scene: &Scene) -> AnyView {
    let typed = &scene.flash.kept;
    let seed = Label { field: "seed", says: scene.say(words::SEED), hint: Some(scene.say(words::SEED_HINT)) };
    let many = Label { field: "many", says: scene.say(words::MANY), hint: Some(scene.say(words::MANY_HINT)) };
    view! {
        <h2>{scene.say(words::SAMPLE_TITLE)}</h2>
        <p>{scene.tell(words::SAMPLE_LEAD)}</p>
        <form method="post" action=DrawSample::url() novalidate>
            {text_field(scene, &seed, "off", &typed.seed)}
            {typed_field(scene, &many, ("numeric", "off"), &kept(&typed.many, "10".to_owned()))}
            {secondary_row(scene.say(words::DRAW))}
        </form>
    }
    .into_any()
}

pub(crate) fn sample() -> AnyView {
    flow_page(|desk, flow| async move { desk.sample_page(flow).await }, sample_page)
}

fn sample_page(scene: &Scene, seen: SamplePage) -> Page {
    let (many, of) = (seen.people.len().to_string(), seen.of.to_string());
    let clock = format::clock(seen.until, scene.lang());
    let lead = scene.fill(words::DRAWN_LEAD, &[("n", &many), ("of", &of), ("clock", &clock)]);
    let drawn_by = scene.fill(words::DRAWN_SEED, &[("seed", &seen.seed)]);
    let people = seen.people.iter().map(|(id, name, user_name)| {
        let label = scene.fill(words::DRAWN_READ_LABEL, &[("name", name)]);
        let (id, user_name) = (id.to_string(), user_name.clone());
        let value = view! {
            {user_name} " " <span class="hint">{id.clone()}</span>
            <form method="post" action=ReadTrail::url()>
                {hidden("person", id)}
                <button class="btn btn-secondary btn-small" type="submit" aria-label=label>
                    {scene.say(words::DRAWN_READ)}
                </button>
            </form>
        };
        (name.clone(), value.into_any())
    });
    let body = view! {
        <p class="lead">{lead}</p>
        <p><strong>{drawn_by}</strong></p>
        <p>{scene.tell(words::DRAWN_HOW)}</p>
        {summary_list(people)}
        {back_link("/revision", scene.say(words::BACK))}
    };
    Page { wide: true, ..Page::new(scene.say(words::SAMPLE_TITLE), body.into_any()) }
}

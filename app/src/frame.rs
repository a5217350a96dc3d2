//! One page: how it is loaded, and what stands around it.

use crate::desk::{Flash, Seen, Stop};
use crate::parts::{countdown, outages, session_line, tiding};
use crate::policy::{self, Needs};
use crate::scene::{Scene, SharedDesk, desk};
use crate::stops::stopped;
use domain::ids::FlowId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use text::pages::common;

/// What a page shows and needs.
pub(crate) struct Page {
    /// The heading, and the beginning of the document's title.
    pub(crate) title: String,
    /// Which step of how many.
    pub(crate) step: Option<(u8, u8)>,
    /// What stands below the heading.
    pub(crate) body: AnyView,
    /// What it may do.
    pub(crate) needs: Needs,
    /// Wider than a form: lists of one's own things.
    pub(crate) wide: bool,
    /// The heading stands in a receipt of its own.
    pub(crate) receipt: bool,
    /// People come here to sign in, or because they could not: what is announced not to work stands above it.
    pub(crate) tells_outages: bool,
}

impl Page {
    pub(crate) fn new(title: impl Into<String>, body: AnyView) -> Self {
        let (title, needs) = (title.into(), Needs::default());
        Self { title, step: None, body, needs, wide: false, receipt: false, tells_outages: false }
    }

    pub(crate) fn step(self, step: u8) -> Self {
        Self { step: Some((step, 5)), ..self }
    }

    pub(crate) fn telling_outages(self) -> Self {
        Self { tells_outages: true, ..self }
    }

    pub(crate) fn with_islands(mut self) -> Self {
        self.needs.islands = true;
        self
    }

    pub(crate) fn framing(mut self, origins: impl IntoIterator<Item = String>) -> Self {
        self.needs.frames.extend(origins);
        self
    }

    pub(crate) fn reaching(mut self, origins: &[String]) -> Self {
        self.needs.origins.extend_from_slice(origins);
        self
    }
}

/// Loads with `look`, shows with `show`; or says why not. The data is never serialised: it is rendered here and gone.
pub(crate) fn page<T, Looking>(
    look: impl FnOnce(SharedDesk) -> Looking + Send + 'static,
    show: impl FnOnce(&Scene, T) -> Page + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    Looking: Future<Output = Seen<T>> + Send + 'static,
{
    let desk = desk();
    Suspend::new(async move {
        match look(desk.clone()).await {
            Ok(seen) => {
                let flash = desk.flash().await;
                let scene = Scene::new(desk, flash);
                let page = show(&scene, seen);
                frame(&scene, page)
            }
            Err(Stop::Go(path)) => {
                policy::send_to(&path);
                ().into_any()
            }
            Err(stop) => {
                let scene = Scene::new(desk, Flash::default());
                let page = stopped(&scene, &stop);
                frame(&scene, page)
            }
        }
    })
    .into_any()
}

/// A page that belongs to the flow in its address.
pub(crate) fn flow_page<T, Looking>(
    look: impl FnOnce(SharedDesk, FlowId) -> Looking + Send + 'static,
    show: impl FnOnce(&Scene, T) -> Page + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    Looking: Future<Output = Seen<T>> + Send + 'static,
{
    let flow = flow_in_path();
    page(
        move |desk| async move {
            match flow {
                Some(flow) => look(desk, flow).await,
                None => Err(Stop::Missing),
            }
        },
        show,
    )
}

/// A page that needs nothing.
pub(crate) fn plain(show: impl FnOnce(&Scene) -> Page + Send + 'static) -> AnyView {
    page(|_| async { Ok(()) }, |scene, ()| show(scene))
}

pub(crate) fn in_path(name: &str) -> Option<String> {
    use_params_map().read_untracked().get(name)
}

pub(crate) fn flow_in_path() -> Option<FlowId> {
    in_path("flow").and_then(|text| text.parse().ok())
}

/// Everything around a page.
pub(crate) fn frame(scene: &Scene, page: Page) -> AnyView {
    let mut needs = page.needs.clone();
    needs.islands |= scene.asking().visitor.is_some();
    policy::declare(&needs);
    let room = if page.wide { "container-wide" } else { "container-narrow" };
    let title = document_title(scene, &page);
    let step = page.step.map(|step| step_line(scene, step));
    let outages = page.tells_outages.then(|| outages(scene)).flatten();
    let heading = (!page.receipt).then(|| view! { <h1>{page.title}</h1> });
    view! {
        <Title text=title/>
        <a class="skip-link" href="#indhold">{scene.say(common::SKIP)}</a>
        {crate::shell::header(scene)}
        <main id="indhold" tabindex="-1" class=room>
            {countdown(scene)}
            {outages}
            <div class="card">
                {crate::parts::error_summary(scene)}
                {step}
                {heading}
                {tiding(scene)}
                {page.body}
            </div>
            {session_line(scene)}
        </main>
        {crate::shell::footer(scene)}
        {needs.islands.then(|| crate::shell::boot(scene))}
    }
    .into_any()
}

fn document_title(scene: &Scene, page: &Page) -> String {
    let mut parts = vec![page.title.clone()];
    parts.extend(page.step.map(|step| step_words(scene, step)));
    let titled = scene.fill(common::FRAME, &[("page", &parts.join(" – "))]);
    if scene.has_slips() { format!("{} {titled}", scene.say(common::ERROR)) } else { titled }
}

fn step_words(scene: &Scene, (step, steps): (u8, u8)) -> String {
    scene.fill(common::STEP, &[("step", &step.to_string()), ("steps", &steps.to_string())])
}

fn step_line(scene: &Scene, step: (u8, u8)) -> impl IntoView + use<> {
    let (done, all) = step;
    view! {
        <p class="step-line">
            {step_words(scene, step)} " "
            <progress max=all.to_string() value=done.to_string() aria-hidden="true"></progress>
        </p>
    }
}

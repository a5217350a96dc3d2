//! The figures of a period (page 53), each with the requirements it speaks to and the export that proves it.

use super::{open_until, owner_name};
use crate::actions::{MakeExport, TakeFigures};
use crate::desk::FiguresPage;
use crate::frame::{Page, flow_page, page};
use crate::pages::auditor::{name, period_fields, secondary_row};
use crate::parts::{back_link, bullets, hidden, link, paragraphs, submit_row};
use crate::scene::Scene;
use domain::calendar::copenhagen_day;
use domain::evidence::{Evidence, Figures, Headcount, Period, Quickness, Reopenings, Uptime, Uptimes};
use domain::nsis::{self, Owner, State};
use domain::suspension::Door;
use domain::{Date, SignedDuration};
use leptos::prelude::*;
use server_fn::ServerFn;
use text::pages::{auditor, audits as words};
use text::{Lang, Say, format};

pub(crate) fn figures_start() -> AnyView {
    page(|desk| async move { desk.auditor_day().await }, start_page)
}

fn start_page(scene: &Scene, today: Date) -> Page {
    let body = view! {
        <p class="lead">{scene.tell(words::FIGURES_LEAD)}</p>
        <form method="post" action=TakeFigures::url() novalidate>
            {period_fields(scene, today)}
            {submit_row(scene.say(words::FIGURES_COUNT))}
        </form>
        {back_link("/revision", scene.say(auditor::BACK))}
    };
    Page::new(scene.say(words::FIGURES), body.into_any())
}

pub(crate) fn figures() -> AnyView {
    flow_page(|desk, flow| async move { desk.figures_page(flow).await }, figures_page)
}

fn figures_page(scene: &Scene, seen: FiguresPage) -> Page {
    let (figures, lang) = (&seen.figures, scene.lang());
    let (from, before) =
        (format::moment(figures.period.from, lang), format::moment(figures.period.before, lang));
    let moment = format::moment(figures.at, lang);
    let made = [("moment", moment.as_str()), ("from", from.as_str()), ("before", before.as_str())];
    let period = figures.period;
    let broken = (figures.broken > 0).then(|| {
        let told = scene.fill(words::FIGURES_BROKEN, &[("n", &figures.broken.to_string())]);
        view! { <div class="notice notice-error">{paragraphs([told, scene.tell(words::WRONG_NEXT)])}</div> }
    });
    let body = view! {
        {broken}
        <p class="lead">{scene.fill(words::FIGURES_MADE, &made)}</p>
        <p>{scene.tell(words::FIGURES_NOBODY)}</p>
        {part(scene, period, words::TERMS, (&["3.1.1.4", "4.1.2.3"], Evidence::Means), accepted(scene, figures))}
        {part(scene, period, words::LEVELS, (&["3.1.2", "3.2.4"], Evidence::Means), levels(scene, figures.people))}
        {part(scene, period, words::BLOCKS, (&["3.2.3.1", "3.2.3.4"], Evidence::Blocks), blocks(scene, figures))}
        {part(scene, period, words::QUICK, (&["3.2.3.1", "3.2.3.4"], Evidence::Blocks), quickness(scene, &figures.quickness))}
        {part(scene, period, words::BLOCKED_FOR, (&["3.2.3.1", "3.2.3.3"], Evidence::Reopenings), times(scene, figures.reopenings))}
        {part(scene, period, words::UPTIME, (&["3.2.3.6"], Evidence::Uptime), uptime(scene, &figures.uptime))}
        {part(scene, period, words::ORGANISATION, (&["4.1.7.5"], Evidence::Controls), organisation(scene))}
        {open_until(scene, seen.until)}
        {back_link("/revision/noegletal", scene.say(words::FIGURES))}
    };
    Page { wide: true, ..Page::new(scene.say(words::FIGURES), body.into_any()) }
}

/// A figure, the requirements it speaks to, and the export that proves it.
fn part(
    scene: &Scene,
    period: Period,
    title: Say,
    (ids, evidence): (&[&str], Evidence),
    inside: AnyView,
) -> AnyView {
    let serves = scene.fill(words::SERVES, &[("nsis", &ids.join(", "))]);
    view! {
        <h2>{scene.say(title)}</h2>
        {inside}
        <p class="hint">{serves}</p>
        {take(scene, evidence, period)}
    }
    .into_any()
}

fn take(scene: &Scene, evidence: Evidence, period: Period) -> AnyView {
    let number = evidence.number().to_string();
    let take = scene.fill(words::TAKE, &[("number", &number)]);
    let label = format!("{take}: {}", scene.say(name(evidence)));
    let last = period.before.checked_sub(SignedDuration::from_micros(1)).unwrap_or(period.before);
    view! {
        <form method="post" action=MakeExport::url()>
            {hidden("export", number)}
            {hidden("from", copenhagen_day(period.from).to_string())}
            {hidden("to", copenhagen_day(last).to_string())}
            {secondary_row(label)}
        </form>
    }
    .into_any()
}

fn accepted(scene: &Scene, figures: &Figures) -> AnyView {
    let people = figures.people;
    let now = match people.accepted_share() {
        None => scene.tell(words::TERMS_NOBODY),
        Some(share) => {
            let (share, accepted, of) =
                (share.to_string(), people.accepted.to_string(), people.of.to_string());
            scene.fill(words::TERMS_SHARE, &[("share", &share), ("accepted", &accepted), ("of", &of)])
        }
    };
    paragraphs([now, number(scene, words::TERMS_PERIOD, figures.accepts)])
}

fn number(scene: &Scene, say: Say, n: u64) -> String {
    scene.fill(say, &[("n", &n.to_string())])
}

fn levels(scene: &Scene, people: Headcount) -> AnyView {
    let lines = [
        (words::LEVEL_HIGH, people.high),
        (words::LEVEL_SUBSTANTIAL, people.substantial),
        (words::LEVEL_LOW, people.low),
        (words::LEVEL_NONE, people.unproved),
        (words::LEVEL_HELD, people.held),
    ];
    bullets(lines.map(|(say, n)| number(scene, say, n)))
}

fn blocks(scene: &Scene, figures: &Figures) -> AnyView {
    let doors = figures.blocks.iter().filter_map(|(door, n)| Some((door_name(Door::from_word(door)?), *n)));
    let others = [(words::BY_OTHERS, figures.holds), (words::BLOCKS_REFUSED, figures.refused)];
    let lines: Vec<_> = doors.chain(others).map(|(say, n)| number(scene, say, n)).collect();
    bullets(lines)
}

const fn door_name(door: Door) -> Say {
    match door {
        Door::Session => words::BY_SESSION,
        Door::Mitid => words::BY_MITID,
        Door::Code => words::BY_CODE,
        Door::Notice => words::BY_NOTICE,
        Door::Password => words::BY_PASSWORD,
    }
}

fn times(scene: &Scene, reopenings: Reopenings) -> AnyView {
    let still = reopenings.still.to_string();
    let told = if reopenings.many == 0 {
        scene.fill(words::BLOCKED_NONE, &[("still", &still)])
    } else {
        let (median, longest) = (lasting(scene, reopenings.median), lasting(scene, reopenings.longest));
        let many = reopenings.many.to_string();
        scene.fill(
            words::BLOCKED_TIMES,
            &[("n", &many), ("median", &median), ("longest", &longest), ("still", &still)],
        )
    };
    paragraphs([told])
}

/// How long blocks took, door by door.
fn quickness(scene: &Scene, doors: &[Quickness]) -> AnyView {
    if doors.is_empty() {
        return paragraphs([scene.tell(words::QUICK_NONE)]);
    }
    let lines = doors.iter().map(|it| {
        let (many, half, most) = (it.many.to_string(), it.half.to_string(), it.most.to_string());
        let door = ("door", scene.say(by_door(it.door)));
        scene.fill(words::QUICK_DOOR, &[door, ("n", &many), ("half", &half), ("most", &most)])
    });
    let lines: Vec<_> = lines.collect();
    view! { {bullets(lines)} {paragraphs([scene.tell(words::QUICK_HOW)])} }.into_any()
}

const fn by_door(door: Door) -> Say {
    match door {
        Door::Session => words::DOOR_SESSION,
        Door::Mitid => words::DOOR_MITID,
        Door::Code => words::DOOR_CODE,
        Door::Notice => words::DOOR_NOTICE,
        Door::Password => words::DOOR_PASSWORD,
    }
}

/// So many seconds, in the unit people would use.
fn lasting(scene: &Scene, seconds: u64) -> String {
    match seconds {
        0..120 => number(scene, words::SECONDS, seconds),
        120..7200 => number(scene, words::MINUTES, seconds / 60),
        7200..172_800 => number(scene, words::HOURS, seconds / 3600),
        _ => number(scene, words::DAYS, seconds / 86_400),
    }
}

/// How each door answered from outside, as far as it was handed in.
fn uptime(scene: &Scene, uptime: &Uptimes) -> AnyView {
    let told = if uptime.is_known() {
        let lines: Vec<_> = uptime.doors.iter().map(|it| answered(scene, it, uptime.of)).collect();
        view! { {bullets(lines)} {paragraphs([scene.tell(words::UPTIME_HOW)])} }.into_any()
    } else {
        paragraphs([scene.tell(words::UPTIME_NONE)])
    };
    view! {
        {told}
        {paragraphs([scene.tell(words::UPTIME_NOW)])}
        <p>{link("/revision/krav", scene.say(words::REQUIREMENTS))}</p>
    }
    .into_any()
}

fn answered(scene: &Scene, it: &Uptime, of: u64) -> String {
    let door = ("door", scene.say(by_door(it.door)));
    let Some(share) = it.share() else { return scene.fill(words::UPTIME_DOOR_NONE, &[door]) };
    let point = if scene.lang() == Lang::Da { ',' } else { '.' };
    let share = format!("{}{point}{:03}", share / 1000, share % 1000);
    let (many, days, of) = (it.probes.to_string(), it.days.to_string(), of.to_string());
    let (failure, silence) = (lasting(scene, it.longest_failure), lasting(scene, it.longest_silence));
    let values = [
        door,
        ("share", &*share),
        ("n", &*many),
        ("days", &*days),
        ("of", &*of),
        ("failure", &*failure),
        ("silence", &*silence),
    ];
    scene.fill(words::UPTIME_DOOR, &values)
}

fn organisation(scene: &Scene) -> AnyView {
    let open: Vec<_> = nsis::all().filter(|row| row.state() == State::Open).map(|row| row.id).collect();
    let open = if open.is_empty() { scene.tell(words::NONE) } else { open.join(", ") };
    let owned = |owner: Owner| {
        nsis::all().filter(|row| row.state() == State::Owners && row.owner == Some(owner)).count()
    };
    let owners = Owner::ALL.into_iter().map(|owner| (owner, owned(owner))).filter(|(_, n)| *n > 0);
    let owners: Vec<_> = owners.map(|(owner, n)| format!("{} ({n})", scene.say(owner_name(owner)))).collect();
    let all = nsis::all().filter(|row| row.state() == State::Owners).count().to_string();
    let owners = owners.join(", ");
    let lines = [
        scene.fill(words::ORGANISATION_OPEN, &[("ids", &open)]),
        scene.fill(words::ORGANISATION_OWNED, &[("n", &all), ("owners", &owners)]),
    ];
    view! {
        {paragraphs(lines)}
        <p>{link("/revision/krav", scene.say(words::REQUIREMENTS))}</p>
    }
    .into_any()
}

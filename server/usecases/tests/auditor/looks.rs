//! What an auditor looks at beside her exports: rows by what they are, one opened, an accept proved, figures, the chain.

use super::{AUDITOR, auditor, later, november, rows, signed_in, with_role};
use domain::SignedDuration;
use domain::audit::catalogue::{Group, Outcome};
use domain::audit::{Doer, EventKind};
use domain::evidence::{Evidence, Headcount, Period, Quickness, Quoted, Reopenings, Search};
use domain::ids::PersonId;
use domain::level::AssuranceLevel;
use domain::restriction::Case;
use domain::role::RoleKind;
use domain::suspension::Door;
use std::collections::BTreeSet;
use std::sync::Arc;
use testkit::{PlainOutside, Rig, hr};
use usecases::auditor::NotSeen;
use usecases::block_by_session::block_by_session;
use usecases::draw_sample::draw_sample;
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::make_export::{Asked, make_export};
use usecases::name_case::name_case;
use usecases::roles::propose_role;
use usecases::search_trail::{Found, PAGE, search_trail, see_search};
use usecases::see_acceptance::see_acceptance;
use usecases::see_activity::{Happened, Which, see_activity};
use usecases::see_chain::{Outside, Wrong, see_chain};
use usecases::show_row::{NotShown, SignedFor, see_row, show_row};
use usecases::take_activity::take_activity;
use usecases::take_figures::{see_figures, take_figures};
use usecases::who::Here;

testkit::on_both! {
    a_search_finds_by_kind_outcome_reference_and_place_and_opens_nothing
    what_is_found_is_read_page_by_page_and_nothing_twice
    what_is_sealed_in_a_row_is_opened_by_a_deed_of_which_she_hears
    who_is_in_an_export_about_everybody_or_in_a_sample_sees_that_she_was_read_about
    of_more_people_than_are_told_one_by_one_each_sees_the_one_event_of_all
    what_happened_is_read_page_by_page_and_nothing_twice
    where_another_auditor_sat_is_opened_with_her_row_alone_and_both_of_it_hear
    an_accept_is_proved_by_its_text_its_pages_its_tick_and_its_level
    figures_are_of_their_instant_and_count_nobody_twice
    the_chain_is_shown_as_far_as_it_is_signed_for_and_what_was_changed_is_said
}

fn everything() -> Search {
    Search::of(november(Evidence::Means).period)
}

fn accepts() -> Search {
    Search { kinds: vec![EventKind::TermsAccepted], ..everything() }
}

async fn found(rig: &Rig, here: &Here, search: Search) -> Found {
    later(rig).await;
    let cx = rig.browser(AUDITOR);
    let flow = search_trail(&cx, here, search).await.unwrap();
    see_search(&cx, here, flow, None).await.unwrap()
}

async fn a_search_finds_by_kind_outcome_reference_and_place_and_opens_nothing(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let of_terms = found(&rig, &here, accepts()).await;
    let whose: Vec<_> = of_terms.rows.iter().map(|row| row.line.about).collect();
    assert_eq!(whose, [Some(rig.person(1).await.id), Some(here.person.id)], "the newest first");
    let one = &of_terms.rows[0];
    let place = one.line.place.unwrap();
    let at_place = found(&rig, &here, Search { place: Some(place), ..accepts() }).await;
    assert_eq!(at_place.rows, std::slice::from_ref(one));
    let nowhere = found(&rig, &here, Search { place: Some(100_000), ..everything() }).await;
    assert!(nowhere.rows.is_empty() && nowhere.emptied.is_none());
    let reference = domain::ids::reference(one.line.request.into());
    for typed in [reference, one.line.request.to_string()] {
        let of_request = Search { request: Quoted::read(&typed), ..everything() };
        let of_request = found(&rig, &here, of_request).await;
        assert!(of_request.rows.contains(one), "{typed}");
        assert!(of_request.rows.iter().all(|row| row.line.request == one.line.request), "{typed}");
    }
    let refused = Search { outcome: Some(Outcome::Refused), group: Some(Group::Roles), ..everything() };
    assert!(found(&rig, &here, refused).await.rows.is_empty());
    let done = Search { outcome: Some(Outcome::Done), group: Some(Group::Roles), ..everything() };
    let done = found(&rig, &here, done).await;
    let words: BTreeSet<_> = done.rows.iter().map(|row| row.line.event.as_str()).collect();
    assert!(words.contains("role.accepted") && words.contains("trail.searched"), "{words:?}");
    assert!(!words.contains("terms.accepted"));
    let before = Period { before: november(Evidence::Means).period.from, ..Period::until(rig.cx().now) };
    assert!(found(&rig, &here, Search { period: before, ..everything() }).await.rows.is_empty());
    assert!(of_terms.rows.iter().chain(&done.rows).all(|row| row.line.sealed.is_empty()));
    assert_eq!(rig.events(EventKind::TrailSearched).await, 8, "each leaves one");
    assert_eq!(rig.events(EventKind::TrailRead).await, 0);
}

async fn what_is_found_is_read_page_by_page_and_nothing_twice(rig: Rig) {
    let here = auditor(&rig).await;
    // All of them at one instant: what tells them apart is their ids alone.
    rig.import((10..90).map(hr::line).collect()).await.unwrap();
    later(&rig).await;
    let cx = rig.browser(AUDITOR);
    let people = Search { group: Some(Group::People), ..everything() };
    let flow = search_trail(&cx, &here, people).await.unwrap();
    let (mut seen, mut behind, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = see_search(&cx, &here, flow, behind).await.unwrap();
        pages += 1;
        assert!(page.rows.len() <= usize::try_from(PAGE).unwrap());
        seen.extend(page.rows.into_iter().map(|row| row.id));
        let Some(next) = page.next else { break };
        behind = Some(next);
    }
    let whole: BTreeSet<_> = seen.iter().copied().collect();
    assert_eq!((whole.len(), pages > 1), (seen.len(), true));
    let imported = rig.events(EventKind::PersonImported).await;
    assert!(u64::try_from(seen.len()).unwrap() > imported && imported >= 81);
    let gone = see_search(&cx, &here, flow, Some(uuid::Uuid::from_u128(5).into())).await;
    assert!(matches!(gone, Err(NotSeen::NoFlow(_))), "behind no row");
    rig.clock.advance(SignedDuration::from_secs(60));
    let elsewhere = see_search(&rig.browser(9), &here, flow, None).await;
    assert!(matches!(elsewhere, Err(NotSeen::NoFlow(_))), "another browser");
}

async fn what_is_sealed_in_a_row_is_opened_by_a_deed_of_which_she_hears(rig: Rig) {
    let here = auditor(&rig).await;
    let app = rig.enrol(2, 1).await;
    let row = found(&rig, &here, accepts()).await.rows[0].clone();
    let cx = rig.browser(AUDITOR);
    let (flow, kind) = show_row(&cx, &here, row.id, None).await.unwrap();
    assert_eq!(kind, Some(EventKind::TermsAccepted));
    let shown = see_row(&cx, &here, flow).await.unwrap();
    assert_eq!(shown.line.sealed["address"], "192.0.2.1");
    assert_eq!((shown.line.place, shown.line.facts), (row.line.place, row.line.facts));
    assert_eq!((shown.authentic, shown.signed_for), (true, SignedFor::NotYet), "no checkpoint yet");
    later(&rig).await;
    keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!(see_row(&cx, &here, flow).await.unwrap().signed_for, SignedFor::Proved(1));
    let nothing = show_row(&cx, &here, uuid::Uuid::from_u128(5).into(), None).await;
    assert!(matches!(nothing, Err(NotShown::NoRow)));
    assert_eq!(rig.events(EventKind::TrailRead).await, 1, "of what was read, and of nothing else");
    rig.clock.advance(SignedDuration::from_secs(30));
    let read_of = signed_in(&rig, 2, 1, &app).await;
    let seen = see_activity(&rig.browser(2), &read_of, Which::Changes, 1).await.unwrap().rows;
    let read = seen.iter().find(|it| it.kind == EventKind::TrailRead).unwrap();
    assert!(read.by == Doer::Another && read.address.is_empty(), "{read:?}");
    rig.unguard_the_trail().await;
    rig.as_owner("update audit_events set facts = '{}' where kind = 'terms.accepted'").await;
    let changed = see_row(&cx, &here, flow).await.unwrap();
    assert_eq!((changed.authentic, changed.signed_for), (false, SignedFor::Not(1)));
}

async fn who_is_in_an_export_about_everybody_or_in_a_sample_sees_that_she_was_read_about(rig: Rig) {
    let here = auditor(&rig).await;
    let app = rig.enrol(2, 1).await;
    rig.enrol(3, 2).await;
    let name = hr::line(1).user_name;
    propose_role(&rig.cx(), "ops1", &name, RoleKind::Registrar, "the desk of the year").await.unwrap();
    rows(&rig, &here, november(Evidence::Means)).await;
    assert_eq!(rig.events(EventKind::PartRead).await, 0, "nothing sealed was opened");
    let staff = rows(&rig, &here, november(Evidence::Staff)).await;
    assert!(staff.iter().any(|row| row["sealed"]["reason"] == "the desk of the year"), "{staff:?}");
    assert_eq!(
        rig.events(EventKind::PartRead).await,
        1,
        "of her alone: the auditor knows what she did herself"
    );
    draw_sample(&rig.browser(AUDITOR), &here, "all", 100).await.unwrap();
    assert_eq!(rig.events(EventKind::NameRead).await, 2, "of everybody in it but the auditor");
    let said = |kind: EventKind| {
        let means = r#""session-factors":"password+app","session-level":"Substantial""#;
        format!("select count(*) from audit_events where kind = '{}' and facts like '%{means}%'", kind.word())
    };
    for (kind, many) in [(EventKind::SampleDrawn, 1), (EventKind::ExportMade, 2), (EventKind::PartRead, 0)] {
        assert_eq!(rig.number(&said(kind)).await, many, "{kind:?}: with what means, once for what was done");
    }
    rig.clock.advance(SignedDuration::from_secs(30));
    let her_own = signed_in(&rig, 2, 1, &app).await;
    let seen = see_activity(&rig.browser(2), &her_own, Which::Changes, 1).await.unwrap();
    for (kind, by) in [
        (EventKind::PartRead, Doer::Another),
        (EventKind::NameRead, Doer::Another),
        (EventKind::RoleProposed, Doer::Operator),
        (EventKind::PersonImported, Doer::Hr),
        (EventKind::FactorAdded, Doer::Herself),
    ] {
        let one = seen.rows.iter().find(|it| it.kind == kind).unwrap();
        let from = (one.address.is_empty(), one.browser.is_empty());
        assert_eq!((one.by, from), (by, (by != Doer::Herself, by != Doer::Herself)), "{one:?}");
    }
}

async fn of_more_people_than_are_told_one_by_one_each_sees_the_one_event_of_all(rig: Rig) {
    let here = auditor(&rig).await;
    let app = rig.enrol(2, 1).await;
    rig.import((1..212).map(hr::line).collect()).await.unwrap();
    for p in 1..212 {
        let name = hr::line(p).user_name;
        // Refused or not: what the operator wrote is kept with each.
        let _either = propose_role(&rig.cx(), "ops1", &name, RoleKind::Registrar, "the desk").await;
    }
    rows(&rig, &here, november(Evidence::Staff)).await;
    assert_eq!((rig.events(EventKind::PartRead).await, rig.events(EventKind::ManyRead).await), (0, 1));
    rig.clock.advance(SignedDuration::from_secs(30));
    let her_own = signed_in(&rig, 2, 1, &app).await;
    let cx = rig.browser(2);
    let seen = see_activity(&cx, &her_own, Which::Changes, 1).await.unwrap().rows;
    let told = |rows: &[Happened]| rows.iter().filter(|it| it.kind == EventKind::ManyRead).count();
    assert_eq!((told(&seen), told(&take_activity(&cx, &her_own).await.unwrap())), (1, 1));
    assert_eq!(told(&see_activity(&cx, &her_own, Which::SignIns, 1).await.unwrap().rows), 0);
}

async fn what_happened_is_read_page_by_page_and_nothing_twice(rig: Rig) {
    let here = auditor(&rig).await;
    let cx = rig.browser(AUDITOR);
    let before = see_activity(&cx, &here, Which::Changes, 1).await.unwrap();
    assert!(!before.older && before.rows.len() < 200);
    let case = Case::read("2026-000123").unwrap();
    for _ in 0..250 {
        rig.clock.advance(SignedDuration::from_secs(1));
        name_case(&rig.browser(AUDITOR), &here, here.person.id, &case).await.unwrap();
    }
    let cx = rig.browser(AUDITOR);
    let first = see_activity(&cx, &here, Which::Changes, 1).await.unwrap();
    let second = see_activity(&cx, &here, Which::Changes, 2).await.unwrap();
    assert_eq!((first.page, first.rows.len(), first.older), (1, 200, true));
    assert_eq!((second.page, second.older), (2, false));
    assert_eq!(second.rows.len(), 50 + before.rows.len());
    assert!(second.rows.ends_with(&before.rows), "what was there before is the oldest");
    assert!(first.rows.last().unwrap().at > second.rows.first().unwrap().at);
    assert_eq!(see_activity(&cx, &here, Which::Changes, 0).await.unwrap(), first);
}

async fn where_another_auditor_sat_is_opened_with_her_row_alone_and_both_of_it_hear(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let app = rig.enrol(3, 2).await;
    let other = with_role(&rig, (3, 2), &app, RoleKind::Auditor).await;
    let read_about = rig.person(1).await.id;
    later(&rig).await;
    let asked = Asked { about: Some(read_about), ..november(Evidence::Person) };
    make_export(&rig.browser(3), &other, asked).await.unwrap();
    search_trail(&rig.browser(3), &other, accepts()).await.unwrap();
    let reads = Search { kinds: vec![EventKind::TrailRead], ..everything() };
    let read = found(&rig, &here, reads).await.rows[0].clone();
    let searches = Search { kinds: vec![EventKind::TrailSearched], ..everything() };
    let all = found(&rig, &here, searches).await.rows;
    let sought = all.iter().find(|row| row.line.who == other.person.id.to_string()).unwrap();
    let cx = rig.browser(AUDITOR);
    let both = BTreeSet::from([Some(read_about), Some(other.person.id)]);
    for (row, told) in [(read.id, both), (sought.id, BTreeSet::from([Some(other.person.id)]))] {
        let before = rig.events(EventKind::TrailRead).await;
        let (flow, _) = show_row(&cx, &here, row, None).await.unwrap();
        let shown = see_row(&cx, &here, flow).await.unwrap();
        assert_eq!(shown.line.sealed["address"], "192.0.2.1", "under her own key");
        assert!(shown.line.place.is_some());
        let reads = Search { kinds: vec![EventKind::TrailRead], ..everything() };
        let newest = found(&rig, &here, reads).await.rows;
        let of_this = newest.iter().filter(|it| it.line.facts.get("row") == Some(&row.to_string()));
        let whom: BTreeSet<_> = of_this.map(|it| it.line.about).collect();
        assert_eq!(rig.events(EventKind::TrailRead).await, before + u64::try_from(told.len()).unwrap());
        assert_eq!(whom, told, "{row}");
    }
    // The trail of her it is about tells that she was read about, and not where from.
    let trail = rows(&rig, &here, asked).await;
    let by = |row: &serde_json::Value, who: PersonId| row["who"].as_str() == Some(who.to_string().as_str());
    let others: Vec<_> = trail.iter().filter(|row| by(row, other.person.id)).collect();
    assert!(!others.is_empty() && others.iter().all(|row| row.get("sealed").is_none()), "{others:?}");
    let address = |row: &serde_json::Value| row["sealed"]["address"].as_str() == Some("192.0.2.1");
    assert!(trail.iter().any(|row| by(row, read_about) && address(row)), "{trail:?}");
}

async fn an_accept_is_proved_by_its_text_its_pages_its_tick_and_its_level(rig: Rig) {
    let here = auditor(&rig).await;
    rig.enrol(2, 1).await;
    let row = found(&rig, &here, accepts()).await.rows[0].clone();
    let cx = rig.browser(AUDITOR);
    let (flow, _) = show_row(&cx, &here, row.id, None).await.unwrap();
    let proof = see_acceptance(&cx, &here, flow).await.unwrap();
    let (terms, accepted) = (rig.house.terms.version(), proof.accepted.unwrap());
    assert_eq!((accepted.terms, proof.version), (terms.hash, Some(terms.version)));
    assert_eq!(accepted.shown.len(), usize::from(terms.pages), "each page, when it was shown");
    assert!(accepted.shown.iter().all(|at| *at <= accepted.at) && accepted.at <= proof.at);
    assert_eq!((accepted.by.address.as_str(), accepted.by.agent.as_str()), ("192.0.2.1", "Firefox, Linux"));
    assert_eq!(proof.proved.map(|(level, _)| level), Some(AssuranceLevel::Substantial));
    assert_eq!((proof.person, proof.request), (rig.person(1).await.id, row.line.request));
    assert!(proof.authentic && proof.name.unwrap().0.contains("Prøve 1"));
    rig.unguard_the_trail().await;
    rig.as_owner("update audit_events set at = at - 1 where kind = 'terms.accepted'").await;
    assert!(
        !see_acceptance(&cx, &here, flow).await.unwrap().authentic,
        "of a row that was changed it is no proof"
    );
    let sign_ins = Search { kinds: vec![EventKind::SignedIn], ..everything() };
    let row = found(&rig, &here, sign_ins).await.rows[0].clone();
    let (flow, _) = show_row(&cx, &here, row.id, None).await.unwrap();
    assert!(matches!(see_acceptance(&cx, &here, flow).await, Err(NotSeen::NoFlow(_))), "no accept");
}

async fn figures_are_of_their_instant_and_count_nobody_twice(rig: Rig) {
    let here = auditor(&rig).await;
    let app = rig.enrol(2, 1).await;
    rig.import(vec![hr::line(2)]).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(30));
    let blocked = signed_in(&rig, 2, 1, &app).await;
    let button = rig.browser(2);
    rig.clock.advance(SignedDuration::from_millis(41));
    block_by_session(&button, &blocked).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(30));
    let (cx, period) = (rig.browser(AUDITOR), november(Evidence::Means).period);
    let flow = take_figures(&cx, &here, period).await.unwrap();
    let (figures, _) = see_figures(&cx, &here, flow).await.unwrap();
    let people =
        Headcount { of: 3, accepted: 2, unproved: 1, substantial: 2, held: 1, ..Headcount::default() };
    assert_eq!((figures.people, figures.accepts, figures.at), (people, 2, cx.now));
    assert_eq!(figures.blocks.iter().map(|(_, many)| many).sum::<u64>(), 1);
    assert_eq!(figures.blocks[0], ("by-session".to_owned(), 1));
    let quick = Quickness { door: Door::Session, many: 1, half: 41, most: 41 };
    assert_eq!(figures.quickness, [quick], "from the request to its row");
    assert_eq!(figures.reopenings, Reopenings { still: 1, ..Reopenings::default() });
    rig.import(vec![hr::line(3)]).await.unwrap();
    assert_eq!(see_figures(&cx, &here, flow).await.unwrap().0, figures, "they stay what they were");
    let october = Period { from: period.from - SignedDuration::from_hours(24 * 31), before: period.from };
    let flow = take_figures(&cx, &here, october).await.unwrap();
    let (before, _) = see_figures(&cx, &here, flow).await.unwrap();
    assert_eq!((before.people.of, before.accepts, before.reopenings.still), (4, 0, 0));
    assert_eq!(rig.events(EventKind::FiguresTaken).await, 2);
    rig.unguard_the_trail().await;
    rig.as_owner("update audit_events set facts = facts || ' ' where kind = 'login.held'").await;
    let flow = take_figures(&cx, &here, period).await.unwrap();
    let (changed, _) = see_figures(&cx, &here, flow).await.unwrap();
    let blocks = changed.blocks.iter().map(|(_, many)| many).sum::<u64>();
    assert_eq!((blocks, changed.holds, changed.broken), (0, 0, 1), "what was changed counts for nothing");
}

async fn the_chain_is_shown_as_far_as_it_is_signed_for_and_what_was_changed_is_said(rig: Rig) {
    let rig = rig.with_checkpoints(Arc::new(PlainOutside::default()));
    let here = auditor(&rig).await;
    later(&rig).await;
    let cx = rig.browser(AUDITOR);
    let chain = async || see_chain(&cx, &here).await.unwrap();
    let first = chain().await;
    assert_eq!((first.signed, first.outside, first.wrong), (None, Outside::Nothing, None));
    assert!(first.sequenced > 10 && first.waiting == 0, "{first:?}");
    keep_checkpoints(&rig.cx()).await.unwrap();
    let waiting = chain().await;
    assert_eq!((waiting.outside, waiting.waiting), (Outside::Agrees(1), 1), "that the file was begun");
    later(&rig).await;
    keep_checkpoints(&rig.cx()).await.unwrap();
    let whole = chain().await;
    assert_eq!((whole.outside, whole.waiting, whole.wrong), (Outside::Agrees(2), 0, None));
    let (number, rows, _) = whole.signed.unwrap();
    assert_eq!((number, i64::try_from(rows).unwrap()), (2, whole.sequenced));
    rig.unguard_the_trail().await;
    rig.as_owner("delete from audit_checkpoints where number = 2").await;
    let behind = chain().await;
    assert_eq!((behind.outside, behind.wrong), (Outside::Unlike, Some(Wrong::Apart("behind"))));
    rig.as_owner("update audit_checkpoints set note = replace(note, 'number 1', 'number 3')").await;
    let forged = chain().await;
    assert_eq!((forged.signed, forged.wrong), (None, Some(Wrong::Unsigned)));
}

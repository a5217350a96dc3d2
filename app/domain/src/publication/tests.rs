use super::*;
use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const TODAY: Date = Date::constant(2027, 1, 4);

fn person(number: u128) -> PersonId {
    Uuid::from_u128(number).into()
}

fn spread(text: &str) -> Spread {
    let page = |lang: &str| PageText::typed(&format!("{text} {lang}"), &format!("{text} in {lang}."));
    Spread { danish: page("dansk"), english: page("English") }
}

fn pages(texts: &[&str]) -> Pages {
    texts.iter().map(|text| spread(text)).collect::<Vec<_>>().into()
}

fn first() -> Pages {
    pages(&["login", "duties"])
}

fn newest(pages: &Pages) -> Newest<'_> {
    Newest { hash: pages.hash("1.0"), pages, published: None }
}

fn begun() -> Draft {
    let id = Uuid::from_u128(9).into();
    Draft::begin(id, " 2.0 ", newest(&first()), ["1.0"], (person(1), NOW)).unwrap()
}

fn proposed() -> Draft {
    let written = begun().write(person(1), 2, spread("other duties")).unwrap();
    written.propose(person(1), newest(&first()), NOW).unwrap()
}

const EVERYBODY: Decision = Decision { from: TODAY, binds: Binds::Everybody { accept_by: None } };

fn published(number: u32, from: Date, binds: Binds) -> Published {
    let hash = |number: u32| TermsHash::of([number.to_string().as_str()]);
    Published {
        number,
        terms: TermsVersion { hash: hash(number), version: number.to_string(), date: from, pages: 2 },
        replaces: hash(number - 1),
        binds,
        draft: Uuid::from_u128(number.into()).into(),
        proposed: (person(1), NOW),
        approved: (person(2), NOW),
    }
}

#[test]
fn a_version_has_a_name_of_its_own() {
    for name in ["", "  ", "1.0", " 1.0 ", "a name of more than twenty characters", "2<0>"] {
        let pages = first();
        let begun = Draft::begin(Uuid::nil().into(), name, newest(&pages), ["1.0"], (person(1), NOW));
        assert_eq!(begun.unwrap_err(), DraftRefused::VersionName, "{name:?}");
    }
    assert_eq!(begun().version, "2.0");
}

#[test]
fn only_who_began_a_draft_writes_and_proposes_it() {
    assert_eq!(begun().write(person(2), 1, spread("x")), Err(DraftRefused::NotYours));
    assert_eq!(begun().propose(person(2), newest(&first()), NOW), Err(DraftRefused::NotYours));
    assert_eq!(proposed().write(person(1), 1, spread("x")), Err(DraftRefused::NotWaiting), "its text stays");
}

#[test]
fn a_page_is_added_after_the_last_and_goes_when_it_is_emptied() {
    let by = person(1);
    let longer = begun().write(by, 3, spread("more")).unwrap();
    assert_eq!(longer.pages.count(), 3);
    let shorter = longer.write(by, 1, Spread::default()).unwrap();
    assert_eq!(shorter.pages.page(1), first().page(2));
    assert_eq!(begun().write(by, 3, Spread::default()).unwrap(), begun(), "nothing is added");
    for page in [0, 4] {
        let refused = begun().write(by, page, spread("x"));
        assert_eq!(refused, Err(DraftRefused::Page(PageRefused::NoSuchPage)), "{page}");
    }
    let one = begun().write(by, 1, Spread::default()).unwrap();
    assert_eq!(one.write(by, 1, Spread::default()), Err(DraftRefused::Page(PageRefused::OnlyPage)));
}

#[test]
fn a_page_that_is_too_long_or_to_be_filled_in_is_not_taken() {
    let with = |body: &str| {
        let danish = PageText::typed("Title", body);
        begun().write(person(1), 1, Spread { danish, ..spread("x") })
    };
    let refused = |why| Err(DraftRefused::Page(why));
    assert_eq!(with(&"x".repeat(LONGEST_BODY + 1)), refused(PageRefused::TooLong(Part::DanishBody)));
    assert_eq!(with(&"x\n".repeat(151)), refused(PageRefused::TooLong(Part::DanishBody)));
    assert_eq!(with("Call {{phone}}."), refused(PageRefused::Placeholder(Part::DanishBody)));
    assert!(with(&"ø".repeat(LONGEST_BODY)).is_ok());
}

#[test]
fn what_is_proposed_is_whole_different_and_follows_the_newest() {
    let by = person(1);
    assert_eq!(begun().propose(by, newest(&first()), NOW), Err(DraftRefused::Unchanged));
    let half = Spread { english: PageText::default(), ..spread("half") };
    let half = begun().write(by, 2, half).unwrap();
    assert_eq!(half.propose(by, newest(&first()), NOW), Err(DraftRefused::Incomplete { page: 2 }));
    let written = begun().write(by, 1, spread("x")).unwrap();
    let other = pages(&["other"]);
    assert_eq!(written.propose(by, newest(&other), NOW), Err(DraftRefused::Stale));
}

#[test]
fn who_wrote_it_never_publishes_it() {
    let draft = proposed();
    let read = draft.hash();
    let publish = |by| draft.clone().publish((by, NOW), read, EVERYBODY, newest(&first()), TODAY);
    assert_eq!(publish(person(1)).unwrap_err(), DraftRefused::SamePerson);
    let (ended, version) = publish(person(2)).unwrap();
    assert_eq!((version.proposed.0, version.approved.0), (person(1), person(2)));
    assert_eq!((version.number, version.terms.hash, version.terms.pages), (1, read, 2));
    assert!(!ended.is_open());
    let again = ended.publish((person(2), NOW), read, EVERYBODY, newest(&first()), TODAY);
    assert_eq!(again.unwrap_err(), DraftRefused::NotWaiting, "once");
}

#[test]
fn a_text_that_is_not_the_one_proposed_or_read_is_not_published() {
    let draft = proposed();
    let (read, by) = (draft.hash(), (person(2), NOW));
    let tampered = Draft { pages: pages(&["other", "pages"]), ..draft.clone() };
    for read in [read, tampered.hash()] {
        let refused = tampered.clone().publish(by, read, EVERYBODY, newest(&first()), TODAY);
        assert_eq!(refused.unwrap_err(), DraftRefused::OtherText);
    }
    let other = TermsHash::of(["another"]);
    let refused = draft.publish(by, other, EVERYBODY, newest(&first()), TODAY);
    assert_eq!(refused.unwrap_err(), DraftRefused::OtherText, "she read something else");
}

#[test]
fn a_draft_nobody_goes_on_with_for_ninety_days_runs_out() {
    let second = SignedDuration::from_secs(1);
    for draft in [begun(), proposed()] {
        let end = NOW + DRAFT_WAITS;
        assert!(!draft.has_run_out(end - second));
        assert_eq!(draft.clone().run_out(end - second), Err(DraftRefused::NotWaiting));
        let over = draft.run_out(end).unwrap();
        assert_eq!((over.is_open(), over.ended_at()), (false, Some(end)));
        assert_eq!(over.clone().run_out(end + DRAFT_WAITS), Err(DraftRefused::NotWaiting), "once");
        assert_eq!(over.withdraw(person(1), end), Err(DraftRefused::NotWaiting));
    }
    let later = Draft { state: DraftState::Proposed { at: NOW + second, hash: begun().hash() }, ..begun() };
    assert!(!later.has_run_out(NOW + DRAFT_WAITS), "counted from when it was proposed");
}

#[test]
fn a_draft_ends_once() {
    let gone = proposed().withdraw(person(2), NOW).unwrap();
    assert_eq!(gone.ended_at(), Some(NOW));
    assert_eq!(gone.clone().withdraw(person(1), NOW), Err(DraftRefused::NotWaiting));
    let read = gone.hash();
    let late = gone.publish((person(2), NOW), read, EVERYBODY, newest(&first()), TODAY);
    assert_eq!(late.unwrap_err(), DraftRefused::NotWaiting);
    assert!(begun().withdraw(person(2), NOW).is_ok(), "also while it is written");
}

#[test]
fn days_that_cannot_be_kept_are_refused() {
    let earlier = published(1, date(2027, 2, 1), Binds::Newcomers);
    let base = first();
    let decide = |from: Date, binds: Binds| {
        let newest = Newest { published: Some(&earlier), ..newest(&base) };
        let draft = proposed();
        let read = draft.hash();
        draft
            .publish((person(2), NOW), read, Decision { from, binds }, newest, TODAY)
            .map(|(_, it)| it.number)
    };
    let by = |last| Binds::Everybody { accept_by: Some(last) };
    let from = date(2027, 2, 1);
    assert_eq!(decide(from, Binds::Newcomers), Ok(2));
    assert_eq!(
        decide(date(2027, 1, 31), Binds::Newcomers),
        Err(DraftRefused::FirstDay),
        "before the one before"
    );
    assert_eq!(decide(date(2027, 1, 3), Binds::Newcomers), Err(DraftRefused::FirstDay), "yesterday");
    assert_eq!(decide(date(2028, 1, 6), Binds::Newcomers), Err(DraftRefused::TooFar));
    assert_eq!(decide(from, by(date(2027, 2, 14))), Err(DraftRefused::LastDay), "thirteen days");
    assert_eq!(decide(from, by(date(2027, 2, 15))), Ok(2), "a fortnight");
    assert_eq!(decide(from, by(date(2028, 2, 3))), Err(DraftRefused::LastDay));
}

#[test]
fn a_version_holds_from_its_day_on_and_not_before() {
    let files =
        TermsVersion { hash: TermsHash::of(["0"]), version: "0".into(), date: date(2026, 1, 1), pages: 2 };
    let last = date(2027, 3, 1);
    let all = [published(1, date(2027, 2, 1), Binds::Everybody { accept_by: Some(last) })];
    let files_by = Some(date(2026, 6, 1));
    let on = |day| InForce::of(&all, (files.clone(), files_by), day);
    let before = on(date(2027, 1, 31));
    assert_eq!((before.terms.hash, before.accept_by), (files.hash, files_by));
    assert!(before.settled_by(Some(files.hash)) && !before.settled_by(Some(all[0].terms.hash)));
    let after = on(date(2027, 2, 1));
    assert_eq!(
        (after.terms.hash, after.accept_by, after.binding),
        (all[0].terms.hash, Some(last), all[0].terms.hash)
    );
    assert!(!after.settled_by(Some(files.hash)) && !after.settled_by(None));
}

#[test]
fn the_accept_of_an_earlier_version_is_enough_as_long_as_only_newcomers_accept_the_later_ones() {
    let last = date(2027, 3, 1);
    let all = [
        published(4, date(2027, 2, 4), Binds::Newcomers),
        published(3, date(2027, 2, 3), Binds::Newcomers),
        published(2, date(2027, 2, 2), Binds::Everybody { accept_by: Some(last) }),
        published(1, date(2027, 2, 1), Binds::Newcomers),
    ];
    let files =
        TermsVersion { hash: TermsHash::of(["0"]), version: "0".into(), date: date(2026, 1, 1), pages: 2 };
    let hash = |number: u32| TermsHash::of([number.to_string().as_str()]);
    let now = InForce::of(&all, (files.clone(), None), date(2027, 2, 10));
    assert_eq!((now.terms.hash, now.binding, now.accept_by), (hash(4), hash(2), Some(last)));
    assert_eq!(now.enough(), [hash(4), hash(3), hash(2)]);
    let then = InForce::of(&all, (files, Some(last)), date(2027, 2, 1));
    assert_eq!((then.binding, then.accept_by), (hash(0), None), "the files' day counts only for the files");
    assert_eq!(then.enough(), [hash(1), hash(0)]);
}

#[test]
fn no_two_versions_have_the_same_hash_and_no_text_moves_unseen() {
    assert_ne!(first().hash("2.0"), first().hash("2.1"));
    let moved = Pages::from(vec![Spread {
        danish: PageText { title: "a".into(), body: "bc".into() },
        ..Spread::default()
    }]);
    let back = Pages::from(vec![Spread {
        danish: PageText { title: "ab".into(), body: "c".into() },
        ..Spread::default()
    }]);
    assert_ne!(moved.hash("1"), back.hash("1"));
}

#[test]
fn what_is_typed_has_one_kind_of_line_ends() {
    let typed = PageText::typed("  A   title ", "\r\none  \r\n\r\ntwo\r\n\r\n");
    assert_eq!((typed.title.as_str(), typed.body.as_str()), ("A title", "one\n\ntwo"));
}

#[test]
fn a_difference_says_what_went_and_what_came_and_keeps_the_rest() {
    let told: Vec<_> = difference(&["a", "b", "c", "d"], &["a", "c", "x", "d", "e"])
        .into_iter()
        .map(|line| (line.change, line.text))
        .collect();
    let expected = [
        (Change::Same, "a"),
        (Change::Gone, "b"),
        (Change::Same, "c"),
        (Change::New, "x"),
        (Change::Same, "d"),
        (Change::New, "e"),
    ];
    assert_eq!(told, expected.map(|(change, text)| (change, text.to_owned())));
}

#[test]
fn a_draft_comes_back_as_it_was_kept() {
    let kept = serde_json::to_string(&proposed()).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&kept).unwrap(), proposed());
    let version = published(3, TODAY, Binds::Everybody { accept_by: Some(TODAY) });
    let kept = serde_json::to_string(&version).unwrap();
    assert_eq!(serde_json::from_str::<Published>(&kept).unwrap(), version);
}

proptest! {
    #[test]
    fn a_difference_gives_both_texts_back(
        before in proptest::collection::vec("[ab]", 0..12),
        after in proptest::collection::vec("[abc]", 0..12),
    ) {
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
        let lines = difference(&before, &after);
        let of = |other: Change| -> Vec<&str> {
            lines.iter().filter(|it| it.change != other).map(|it| it.text.as_str()).collect()
        };
        prop_assert_eq!(of(Change::New), before);
        prop_assert_eq!(of(Change::Gone), after);
    }
}

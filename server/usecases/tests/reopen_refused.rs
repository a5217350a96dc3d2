//! A proof with MitID that does not succeed opens no blocked login and replaces no password: it is refused for its own
//! reason, leaves an event, changes nothing, and is no obstacle to the next. Every promise on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::cpr::{CprStatus, RegisterStatus};
use domain::ids::FactorId;
use domain::level::AssuranceLevel;
use domain::password::Password;
use domain::proofing::{BrokerAnswer, Purpose, Refusal, RefusalPage};
use domain::standing::{Origin, Standing};
use domain::suspension::CannotReopen;
use std::collections::BTreeMap;
use testkit::{PASSWORD, Rig, good_answer, hours, hr};
use usecases::block_by_password::block_by_password;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// What is proved for, and by whom: the first person blocked her login, the second forgot her password.
const BOTH: [(Purpose, u32); 2] = [(Purpose::Reopening, 0), (Purpose::Reset, 1)];
/// Where each of them comes back.
const BROWSER: u128 = 9;

testkit::on_both! {
    each_refusal_has_its_reason_and_its_event_changes_nothing_and_she_tries_again
    another_persons_mitid_touches_no_login_but_its_owners
    of_the_dead_and_the_missing_nothing_is_opened_and_the_login_is_held
    a_callback_counts_once_in_its_browser_in_its_time_and_at_its_brokers_address
    two_callbacks_at_once_begin_one
    while_the_register_is_silent_she_waits_and_nobody_is_proved
}

async fn blocks(rig: &Rig, p: u32) {
    let password = Password::typed(PASSWORD.to_owned());
    block_by_password(&rig.browser(u128::from(p) + 20), &format!("p{p}"), password).await.unwrap();
    assert!(!rig.standing(p).await.is_active());
}

async fn two(rig: &Rig) {
    for (_, p) in BOTH {
        rig.enrol(u128::from(p) + 1, p).await;
    }
    rig.clock.advance(hours(2));
    blocks(rig, 0).await;
    rig.letters().await;
}

/// Everything of hers that a reopening or a reset changes.
#[derive(Debug, PartialEq)]
struct Kept {
    standing: Standing,
    password: Option<String>,
    apps: Vec<FactorId>,
    proofs: usize,
}

async fn kept(rig: &Rig, p: u32) -> Kept {
    let (person, standing) = (rig.person(p).await.id, rig.standing(p).await);
    let mut tx = rig.look().await;
    Kept {
        standing,
        password: tx.password_hash(person).await.unwrap(),
        apps: tx.apps_of(person).await.unwrap().into_iter().map(|(app, _)| app.id).collect(),
        proofs: tx.proofings_of(person).await.unwrap().len(),
    }
}

/// How many reopenings and resets were begun.
async fn begun(rig: &Rig) -> u64 {
    rig.events(EventKind::ReopeningBegun).await + rig.events(EventKind::ResetBegun).await
}

/// How many refusals of this kind stand in the trail.
async fn refusals(rig: &Rig, word: &str) -> i64 {
    let kind = EventKind::ProofRefused.word();
    rig.number(&format!(
        "select count(*) from audit_events where kind = '{kind}' and facts like '%\"{word}\"%'"
    ))
    .await
}

async fn away(rig: &Rig, purpose: Purpose) -> BTreeMap<String, String> {
    rig.trip_for(BROWSER, purpose, None).await
}

async fn back(rig: &Rig, callback: &BTreeMap<String, String>) -> Result<Proved, ProofFailed> {
    finish_proof(&rig.browser(BROWSER), "test", callback).await
}

fn good(rig: &Rig, p: u32) -> BrokerAnswer {
    good_answer(&hr::cpr(p), rig.cx().now)
}

/// The whole trip of the p-th person.
async fn proves(rig: &Rig, purpose: Purpose, p: u32) -> Result<Proved, ProofFailed> {
    let callback = away(rig, purpose).await;
    rig.mitid.answers(good(rig, p));
    back(rig, &callback).await
}

fn is(done: &Result<Proved, ProofFailed>, why: Refusal) -> bool {
    matches!(done, Err(ProofFailed::Refused { refusal, back: None }) if *refusal == why)
}

fn opens(done: &Result<Proved, ProofFailed>, purpose: Purpose) -> bool {
    matches!(
        (done, purpose),
        (Ok(Proved::Reopening(_)), Purpose::Reopening) | (Ok(Proved::Reset(_)), Purpose::Reset)
    )
}

/// What a broker may bring back that is not enough, and why.
fn not_enough(rig: &Rig, p: u32) -> Vec<(Result<BrokerAnswer, Refusal>, Refusal)> {
    let (good, low) = (|| good(rig, p), Some(AssuranceLevel::Low));
    let renumbered = good().register.map(|said| CprStatus { status: RegisterStatus::Renumbered, ..said });
    vec![
        (Err(Refusal::Aborted), Refusal::Aborted),
        (Err(Refusal::Technical), Refusal::Technical),
        (Ok(BrokerAnswer { loa: low, ..good() }), Refusal::LevelTooLow),
        (Ok(BrokerAnswer { ial: low, ..good() }), Refusal::LevelTooLow),
        (Ok(BrokerAnswer { aal: None, ..good() }), Refusal::LevelTooLow),
        (Ok(BrokerAnswer { identity_type: "professional".into(), ..good() }), Refusal::LevelTooLow),
        (Ok(BrokerAnswer { cpr: None, ..good() }), Refusal::NoCpr),
        (Ok(BrokerAnswer { auth_time: Some(Timestamp::UNIX_EPOCH), ..good() }), Refusal::Lost),
        (Ok(BrokerAnswer { register: None, ..good() }), Refusal::RegisterSilent),
        (Ok(BrokerAnswer { register: renumbered, ..good() }), Refusal::Register),
    ]
}

async fn each_refusal_has_its_reason_and_its_event_changes_nothing_and_she_tries_again(rig: Rig) {
    two(&rig).await;
    for (purpose, p) in BOTH {
        // What a source may leave of refusals is bounded by the minute.
        rig.clock.advance(MINUTE * 2);
        let (before, already) = (kept(&rig, p).await, begun(&rig).await);
        for (answer, why) in not_enough(&rig, p) {
            let rows = refusals(&rig, why.word()).await;
            let callback = away(&rig, purpose).await;
            match answer {
                Ok(answer) => rig.mitid.answers(answer),
                Err(refusal) => rig.mitid.refuses(refusal),
            }
            let done = back(&rig, &callback).await;
            assert!(is(&done, why), "{purpose:?} {why:?}: {done:?}");
            assert_eq!(refusals(&rig, why.word()).await, rows + 1, "{purpose:?} {why:?}");
            assert_eq!(kept(&rig, p).await, before, "{purpose:?} {why:?}");
            assert_eq!(begun(&rig).await, already, "{purpose:?} {why:?}");
        }
        assert!(rig.letters().await.is_empty(), "{purpose:?}: there is nothing to tell her");
        let done = proves(&rig, purpose, p).await;
        assert!(opens(&done, purpose), "{purpose:?}: {done:?}");
        rig.letters().await;
    }
}

async fn another_persons_mitid_touches_no_login_but_its_owners(rig: Rig) {
    two(&rig).await;
    let before = [kept(&rig, 0).await, kept(&rig, 1).await];
    for (purpose, other) in [(Purpose::Reopening, 1), (Purpose::Reset, 0)] {
        // Somebody else's number finds somebody else's login, which is not the one that is blocked, or is.
        let theirs = proves(&rig, purpose, other).await;
        assert!(
            matches!(theirs, Err(ProofFailed::Held(of, CannotReopen::NotBlocked)) if of == purpose),
            "{purpose:?}: {theirs:?}"
        );
        let nobodys = proves(&rig, purpose, 7).await;
        assert!(
            matches!(nobodys, Err(ProofFailed::NoLogin(of)) if of == purpose),
            "{purpose:?}: {nobodys:?}"
        );
    }
    assert_eq!((rig.events(EventKind::ReopeningRefused).await, refusals(&rig, "no-login").await), (2, 2));
    assert_eq!([kept(&rig, 0).await, kept(&rig, 1).await], before);
    assert_eq!(begun(&rig).await, 0);
    for (purpose, p) in BOTH {
        let done = proves(&rig, purpose, p).await;
        assert!(opens(&done, purpose), "{purpose:?}: {done:?}");
    }
}

async fn of_the_dead_and_the_missing_nothing_is_opened_and_the_login_is_held(rig: Rig) {
    use RegisterStatus::{Dead, Missing, Withdrawn};
    let cases = [Dead, Missing, Withdrawn].into_iter().flat_map(|status| BOTH.map(|it| (status, it.0)));
    for (p, (status, purpose)) in (0u32..).zip(cases) {
        rig.enrol(u128::from(p) + 1, p).await;
        if purpose == Purpose::Reopening {
            blocks(&rig, p).await;
        }
        let before = kept(&rig, p).await;
        let callback = away(&rig, purpose).await;
        let answer = good(&rig, p);
        let said = answer.register.as_ref().map(|said| CprStatus { status, ..said.clone() });
        rig.mitid.answers(BrokerAnswer { register: said, ..answer });
        let done = back(&rig, &callback).await;
        assert!(is(&done, Refusal::Register), "{status:?} {purpose:?}: {done:?}");
        assert_eq!(refusals(&rig, Refusal::Register.word()).await, i64::from(p) + 1);
        let after = kept(&rig, p).await;
        assert!(after.standing.held_by(Origin::Register), "{status:?} {purpose:?}");
        assert_eq!(after.standing.held_by(Origin::Owner), purpose == Purpose::Reopening);
        assert_eq!(Kept { standing: before.standing.clone(), ..after }, before, "{status:?} {purpose:?}");
        // From here on the municipality settles it, whatever the register says to the next proof.
        let again = proves(&rig, purpose, p).await;
        let register = |it: &CannotReopen| matches!(it, CannotReopen::HeldByOthers(hold) if hold.origin == Origin::Register);
        assert!(
            matches!(&again, Err(ProofFailed::Held(of, why)) if *of == purpose && register(why)),
            "{status:?} {purpose:?}: {again:?}"
        );
    }
    assert_eq!(begun(&rig).await, 0);
}

async fn a_callback_counts_once_in_its_browser_in_its_time_and_at_its_brokers_address(rig: Rig) {
    two(&rig).await;
    for (purpose, p) in BOTH {
        let (before, already) = (kept(&rig, p).await, begun(&rig).await);
        let lost = refusals(&rig, Refusal::Lost.word()).await;
        let late = away(&rig, purpose).await;
        rig.clock.advance(MINUTE * 15);
        let done = back(&rig, &late).await;
        assert!(is(&done, Refusal::Lost), "{purpose:?}, late: {done:?}");
        let trip = away(&rig, purpose).await;
        let elsewhere = finish_proof(&rig.browser(BROWSER + 1), "test", &trip).await;
        assert!(is(&elsewhere, Refusal::Lost), "{purpose:?}, another browser: {elsewhere:?}");
        let mixed_up = finish_proof(&rig.browser(BROWSER), "another", &trip).await;
        assert!(is(&mixed_up, Refusal::OtherBroker), "{purpose:?}: {mixed_up:?}");
        let spent = back(&rig, &trip).await;
        assert!(is(&spent, Refusal::Lost), "{purpose:?}, the trip is over: {spent:?}");
        assert_eq!((kept(&rig, p).await, begun(&rig).await), (before, already), "{purpose:?}");
        let trip = away(&rig, purpose).await;
        rig.mitid.answers(good(&rig, p));
        let done = back(&rig, &trip).await;
        assert!(opens(&done, purpose), "{purpose:?}: {done:?}");
        let after = kept(&rig, p).await;
        let replayed = back(&rig, &trip).await;
        assert!(is(&replayed, Refusal::Lost), "{purpose:?}, replayed: {replayed:?}");
        assert_eq!((kept(&rig, p).await, begun(&rig).await), (after, already + 1), "{purpose:?}");
        assert_eq!(refusals(&rig, Refusal::Lost.word()).await, lost + 4, "{purpose:?}");
    }
}

async fn two_callbacks_at_once_begin_one(rig: Rig) {
    two(&rig).await;
    for (purpose, p) in BOTH {
        let (proofs, already) = (kept(&rig, p).await.proofs, begun(&rig).await);
        let trip = away(&rig, purpose).await;
        rig.mitid.answers(good(&rig, p));
        let (one, two) = tokio::join!(back(&rig, &trip), back(&rig, &trip));
        let (done, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        assert!(opens(&done, purpose) && is(&lost, Refusal::Lost), "{purpose:?}: {done:?} {lost:?}");
        assert_eq!((kept(&rig, p).await.proofs, begun(&rig).await), (proofs + 1, already + 1));
    }
}

async fn while_the_register_is_silent_she_waits_and_nobody_is_proved(rig: Rig) {
    two(&rig).await;
    assert_eq!(Refusal::RegisterSilent.page(), RefusalPage::Later, "not her fault: later, with a reference");
    for (purpose, p) in BOTH {
        let (before, already) = (kept(&rig, p).await, rig.events(EventKind::IdentityProved).await);
        for _ in 0..3 {
            rig.clock.advance(MINUTE * 10);
            let callback = away(&rig, purpose).await;
            rig.mitid.answers(BrokerAnswer { register: None, ..good(&rig, p) });
            let done = back(&rig, &callback).await;
            assert!(is(&done, Refusal::RegisterSilent), "{purpose:?}: {done:?}");
        }
        assert_eq!(rig.events(EventKind::IdentityProved).await, already, "never on a guess");
        assert_eq!(kept(&rig, p).await, before);
        let done = proves(&rig, purpose, p).await;
        assert!(opens(&done, purpose), "{purpose:?}, it answers again: {done:?}");
        assert_eq!(rig.events(EventKind::IdentityProved).await, already + 1);
    }
}

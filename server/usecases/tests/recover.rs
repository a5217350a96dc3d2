//! A backup from before a block, restored and started, issues nothing until it was brought up to what is kept outside
//! (security decision 7). Every promise on both databases, with a real file.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot begin must fail"
)]

use async_trait::async_trait;
use audit::OutsideFile;
use core::time::Duration;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::code_device::LifeWord;
use domain::ids::PersonId;
use domain::password::Password;
use domain::printed::PrintedKind;
use domain::proofing::Purpose;
use domain::role::{Role, RoleEnd, RoleKind, RoleState};
use domain::signing_key::{PUBLISHED_AFTER, SigningLife};
use domain::standing::{Hold, Origin};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use testkit::{App, Gadget, PASSWORD, PlainOutside, PlainRing, Rig, day, good_answer, hours, hr, receive};
use usecases::activate_signing_key::activate_signing_key;
use usecases::block_by_password::block_by_password;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::hand_out_device::{NotHandedOut, hand_out_device};
use usecases::hold_leaked_seeds::{Leak, hold_leaked_seeds};
use usecases::issue::{NotIssued, issue};
use usecases::make_signing_key::make_signing_key;
use usecases::outside::{Apart, State};
use usecases::ports::outside::{OutsideFault, OutsidePlace, Standing};
use usecases::ports::ring::{KeyState, Ring as _};
use usecases::ports::store::{Recovered, Store, StoreFault};
use usecases::ports::vault::KeyUse;
use usecases::publish_signing_key::publish_signing_key;
use usecases::receive_request::Received;
use usecases::recover::{NotRecovered, recover};
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::reset_password::reset_password;
use usecases::retire_signing_key::retire_signing_key;
use usecases::return_device::{Fate, return_device};
use usecases::save_connection::{Settings, save_connection};
use usecases::ship_outside::ship_outside;
use usecases::show_code::{CodeWrong, show_code};
use usecases::who::who;
use usecases::{Fault, compare_outside::compare_outside};

const SERVICE: &str = "https://sp.example";
const NEW: &str = "tolv gule tulipaner";

testkit::on_both! {
    a_backup_from_before_the_block_issues_nothing_until_it_is_recovered
    what_was_taken_away_since_the_backup_is_taken_away_again
    whoever_changed_what_she_signs_in_with_opens_her_login_with_mitid
    interrupted_at_any_step_a_recovery_goes_on_and_nothing_is_issued_meanwhile
    a_recovery_is_done_once_and_told
    what_was_blocked_while_nothing_was_issued_is_kept_outside_afterwards
    a_file_that_was_tampered_with_refuses
    a_file_that_is_gone_or_cannot_be_read_refuses
    while_they_stand_apart_of_all_proofs_only_one_to_block_counts
    killed_at_any_step_nothing_is_lost_outside_and_nothing_is_there_twice
    half_a_line_left_by_a_crash_is_written_over
    a_key_that_was_retired_since_the_backup_is_retired_again
    a_signing_key_that_was_retired_since_the_backup_signs_no_more
    others_write_while_the_place_outside_is_made
    a_code_device_that_is_gone_since_the_backup_never_goes_out_again
}

/// A house that keeps its records in a file.
struct Kept {
    rig: Rig,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Kept {
    async fn of(rig: Rig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("records");
        let rig = rig.keeping(Arc::new(OutsideFile::at(&file)));
        assert!(matches!(compare_outside(&rig.cx()).await.unwrap(), State::Agrees(_)));
        save_connection(&rig.cx(), "ops1", "a new service", SERVICE, Settings::default()).await.unwrap();
        Self { rig, file, _folder: folder }
    }

    /// Another database in the place of this one, and the programme started anew.
    fn restored(self, store: Arc<dyn Store>) -> Self {
        let place = Arc::new(OutsideFile::at(&self.file));
        Self { rig: self.rig.moved_to(store, place), ..self }
    }

    async fn ship(&self) -> u64 {
        ship_outside(&self.rig.cx()).await.unwrap()
    }

    async fn compared(&self) -> Apart {
        match compare_outside(&self.rig.cx()).await.unwrap() {
            State::Apart(apart) => apart,
            other => panic!("they agree: {other:?}"),
        }
    }

    async fn recover(&self) -> Recovered {
        recover(&self.rig.cx(), &self.rig.ring, &hr::operator("ops1"), false).await.unwrap()
    }

    fn lines(&self) -> Vec<String> {
        fs::read_to_string(&self.file).unwrap().lines().map(str::to_owned).collect()
    }

    fn write(&self, lines: &[String]) {
        fs::write(&self.file, lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>())
            .unwrap();
    }
}

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

async fn block(rig: &Rig, p: u32, password: &str) {
    block_by_password(&rig.browser(99), &format!("p{p}"), typed(password)).await.unwrap();
}

async fn id(rig: &Rig, p: u32) -> PersonId {
    rig.person(p).await.id
}

async fn proved(rig: &Rig, p: u32, purpose: Purpose) -> Proved {
    let browser = u128::from(p) + 1;
    let callback = rig.trip_for(browser, purpose, None).await;
    rig.mitid.answers(good_answer(&hr::cpr(p), rig.cx().now));
    finish_proof(&rig.browser(browser), "test", &callback).await.unwrap()
}

/// Opens the p-th person's login with a new password and a new app; the old app goes.
async fn opens(rig: &Rig, p: u32) -> App {
    let Proved::Reopening(flow) = proved(rig, p, Purpose::Reopening).await else { panic!("no reopening") };
    let cx = rig.browser(u128::from(p) + 1);
    reopen_password(&cx, flow, typed(NEW)).await.unwrap();
    reopen_factors(&cx, flow, BTreeSet::new()).await.unwrap();
    let app = App::with_seed(&offer_new_app(&cx, flow).await.unwrap().secret);
    reopen_app(&cx, flow, "New".into(), &app.code(cx.now)).await.unwrap();
    reopen_activity(&cx, flow).await.unwrap();
    reopen(&cx, flow).await.unwrap();
    app
}

async fn resets(rig: &Rig, p: u32) {
    let Proved::Reset(flow) = proved(rig, p, Purpose::Reset).await else { panic!("no reset") };
    reset_password(&rig.browser(u128::from(p) + 1), flow, typed(NEW)).await.unwrap();
}

/// Asks for a token in a browser that is signed in.
async fn asks(rig: &Rig, browser: u128, message: &str) -> Result<(), NotIssued> {
    let cx = rig.browser(browser);
    let query = format!("{SERVICE}|{message}");
    let flow = if who(&cx).await.unwrap().is_some() {
        rig.before_answer(&cx, &query).await
    } else {
        let Received::SignIn(flow) = receive(&cx, &query).await.unwrap() else { panic!("refused") };
        flow
    };
    issue(&cx, flow).await.map(drop)
}

/// Tries to sign in with the right password and the right code.
async fn tries(rig: &Rig, p: u32, app: &App) -> Result<(), CodeWrong> {
    let flow = rig.password_shown(50 + u128::from(p), p).await;
    rig.clock.advance(SignedDuration::from_secs(30));
    let cx = rig.browser(50 + u128::from(p));
    show_code(&cx, flow, &app.code(cx.now)).await.map(drop)
}

async fn a_backup_from_before_the_block_issues_nothing_until_it_is_recovered(rig: Rig) {
    let kept = Kept::of(rig).await;
    let (maja, jonas) = (kept.rig.enrol(1, 0).await, kept.rig.enrol(2, 1).await);
    kept.rig.sign_in(2, 1, &jonas).await;
    asks(&kept.rig, 2, "m1").await.unwrap();
    let backup = kept.rig.backup().await;
    block(&kept.rig, 0, PASSWORD).await;
    let holds = kept.rig.standing(0).await.holds().to_vec();
    assert_eq!(kept.ship().await, 1);

    let kept = kept.restored(backup);
    assert!(kept.rig.standing(0).await.is_active(), "the backup knows of no block");
    // Before anybody compared, and afterwards.
    for _ in 0..2 {
        assert!(matches!(
            asks(&kept.rig, 2, "m2").await,
            Err(NotIssued::NoFlow(NoFlow::Fault(Fault::OutsideApart)))
        ));
        for (p, app) in [(0, &maja), (1, &jonas)] {
            let refused = tries(&kept.rig, p, app).await;
            assert!(matches!(refused, Err(CodeWrong::NoFlow(NoFlow::Fault(Fault::OutsideApart)))));
        }
        assert_eq!(kept.compared().await, Apart::Behind(1));
    }
    assert_eq!(kept.rig.events(EventKind::TokenIssued).await, 1, "the one from before the backup");

    let done = kept.recover().await;
    assert_eq!((done.records, done.holds, done.people, done.unknown.len()), (1, 1, 2, 0));
    assert!(matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(_)));
    assert_eq!(kept.rig.standing(0).await.holds(), holds, "with origin, reason and time as they were");
    assert!(matches!(tries(&kept.rig, 0, &maja).await, Err(CodeWrong::Held(hold)) if hold == holds[0]));
    let cut_off = asks(&kept.rig, 2, "m3").await;
    assert!(matches!(cut_off, Err(NotIssued::Step(_) | NotIssued::NoFlow(NoFlow::Gone))), "{cut_off:?}");
    kept.rig.sign_in(2, 1, &jonas).await;
    asks(&kept.rig, 2, "m4").await.unwrap();
}

async fn what_was_taken_away_since_the_backup_is_taken_away_again(rig: Rig) {
    let kept = Kept::of(rig).await;
    for p in 0..4 {
        kept.rig.enrol(u128::from(p) + 1, p).await;
    }
    block(&kept.rig, 3, PASSWORD).await;
    kept.ship().await;
    let role = Role {
        id: kept.rig.cx().id().unwrap(),
        person: id(&kept.rig, 0).await,
        kind: RoleKind::Registrar,
        proposed_at: kept.rig.cx().now,
        state: RoleState::Held { since: kept.rig.cx().now, until: kept.rig.cx().now + hours(24 * 365) },
    };
    let mut tx = kept.rig.change().await;
    tx.put_role(&role).await.unwrap();
    tx.commit().await.unwrap();
    let backup = kept.rig.backup().await;
    // Her relation ends, and she had blocked herself: both holds come back.
    block(&kept.rig, 0, PASSWORD).await;
    let ends = domain::hr::HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(0) };
    kept.rig.import(vec![ends]).await.unwrap();
    // Blocked before the backup and opened after it: she is asked once more.
    opens(&kept.rig, 3).await;
    // Somebody the backup does not know.
    kept.rig.enrol(5, 4).await;
    block(&kept.rig, 4, PASSWORD).await;
    let unknown = id(&kept.rig, 4).await;
    let epoch = kept.rig.standing(0).await.epoch();
    kept.ship().await;

    let kept = kept.restored(backup);
    let before = kept.rig.standing(1).await.epoch();
    let done = kept.recover().await;
    let origins = |holds: &[Hold]| holds.iter().map(|hold| hold.origin).collect::<HashSet<_>>();
    let hers = kept.rig.standing(0).await;
    assert_eq!(origins(hers.holds()), HashSet::from([Origin::Owner, Origin::Association]));
    assert!(hers.epoch() > epoch, "above every epoch she ever had");
    assert!(kept.rig.standing(1).await.epoch() > before, "everybody's rises");
    assert_eq!(origins(kept.rig.standing(3).await.holds()), HashSet::from([Origin::Owner]));
    assert_eq!(done.unknown, [unknown], "reported, and not invented");
    let mut tx = kept.rig.look().await;
    let again = tx.role(role.id).await.unwrap().unwrap();
    assert!(matches!(again.state, RoleState::Ended { why: RoleEnd::Left, .. }), "her roles ended: {again:?}");
    for p in 0..4 {
        let id = tx.person_by_user_name(&hr::line(p).user_name).await.unwrap().unwrap();
        assert_eq!(tx.printed_left(id, PrintedKind::Recovery).await.unwrap(), 0, "{p}");
        assert!(tx.sessions_of(id).await.unwrap().is_empty());
    }
    let jonas = tx.person_by_user_name(&hr::line(1).user_name).await.unwrap().unwrap();
    assert_eq!(tx.printed_left(jonas, PrintedKind::Blocking).await.unwrap(), 1, "all it can do is block");
}

async fn whoever_changed_what_she_signs_in_with_opens_her_login_with_mitid(rig: Rig) {
    let kept = Kept::of(rig).await;
    let (maja, jonas) = (kept.rig.enrol(1, 0).await, kept.rig.enrol(2, 1).await);
    let backup = kept.rig.backup().await;
    // Her phone was stolen: she blocks, opens again, and the stolen app goes. He forgot his password.
    block(&kept.rig, 0, PASSWORD).await;
    opens(&kept.rig, 0).await;
    resets(&kept.rig, 1).await;
    kept.ship().await;

    let kept = kept.restored(backup);
    let done = kept.recover().await;
    assert_eq!((done.opened_anew, done.factors, done.holds), (2, 1, 0));
    compare_outside(&kept.rig.cx()).await.unwrap();
    assert!(kept.rig.look().await.apps_of(id(&kept.rig, 0).await).await.unwrap().is_empty(), "the thief's");
    for (p, app) in [(0, &maja), (1, &jonas)] {
        // The password she put away is hers again in this database, and opens nothing.
        let flow = kept.rig.password_shown(60 + u128::from(p), p).await;
        let cx = kept.rig.browser(60 + u128::from(p));
        assert!(show_code(&cx, flow, &app.code(cx.now)).await.is_err(), "{p}");
        let standing = kept.rig.standing(p).await;
        assert_eq!(
            (standing.holds()[0].origin, standing.holds()[0].reason.as_str()),
            (Origin::Owner, "restored")
        );
    }
    let letters = kept.rig.letters().await;
    assert_eq!(
        letters.iter().filter(|letter| letter.subject == "open-anew").count(),
        4,
        "each at both addresses"
    );
    opens(&kept.rig, 0).await;
    assert!(kept.rig.standing(0).await.is_active());
    kept.ship().await;
    assert!(matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(_)));
}

async fn a_code_device_that_is_gone_since_the_backup_never_goes_out_again(rig: Rig) {
    let kept = Kept::of(rig).await;
    let (mut known, lost) = (Gadget::button(1), Gadget::button(2));
    kept.rig.enrol_with(1, 0, &mut known).await;
    kept.rig.stocked(&lost).await;
    kept.ship().await;
    let backup = kept.rig.backup().await;
    let by = hr::operator("ops1");
    let leak = Leak { by: by.clone(), serials: vec![known.serial()], sha256: None };
    hold_leaked_seeds(&kept.rig.cx(), leak).await.unwrap();
    return_device(&kept.rig.cx(), &by, &lost.serial(), Fate::Lost).await.unwrap();
    kept.ship().await;

    let kept = kept.restored(backup);
    kept.recover().await;
    let serials = [known.serial(), lost.serial()];
    let devices = kept.rig.look().await.devices_among(&serials).await.unwrap();
    assert!(devices.len() == 2 && devices.iter().all(|it| it.life.word() == LifeWord::Leaked), "{devices:?}");
    let holds = kept.rig.standing(0).await;
    let [hold] = holds.holds() else { panic!("{holds:?}") };
    assert_eq!((hold.origin, hold.reason.as_str()), (Origin::Security, "seed-leaked"));
    for serial in &serials {
        let out = hand_out_device(&kept.rig.cx(), &by, serial, &hr::line(0).user_name).await;
        assert!(matches!(out, Err(NotHandedOut::WrongLife(_))), "{out:?}");
    }
}

async fn interrupted_at_any_step_a_recovery_goes_on_and_nothing_is_issued_meanwhile(rig: Rig) {
    let kept = Kept::of(rig).await;
    for p in 0..3 {
        kept.rig.enrol(u128::from(p) + 1, p).await;
    }
    let backup = kept.rig.backup().await;
    block(&kept.rig, 0, PASSWORD).await;
    resets(&kept.rig, 1).await;
    kept.ship().await;
    let kept = kept.restored(backup);
    let mut interrupted = 0;
    let done = loop {
        let (cx, legs) = kept.rig.stumbling(interrupted + 2);
        match recover(&cx, &legs, &hr::operator("ops1"), false).await {
            Ok(done) => break done,
            Err(NotRecovered::Agrees) => panic!("it was done before it said so"),
            Err(_) => interrupted += 1,
        }
        let apart = kept.compared().await;
        assert!(matches!(apart, Apart::Behind(2) | Apart::Interrupted), "{apart:?}");
    };
    assert!(interrupted > 4, "it was stopped at {interrupted} steps");
    assert_eq!((done.records, done.holds, done.opened_anew, done.people), (2, 1, 1, 3));
    assert_eq!(kept.rig.events(EventKind::Recovered).await, 1);
    assert_eq!(kept.rig.standing(0).await.holds().len(), 1);
    assert_eq!(kept.rig.standing(1).await.holds().len(), 1);
    assert!(matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(_)));
}

async fn a_recovery_is_done_once_and_told(rig: Rig) {
    let kept = Kept::of(rig).await;
    let app = kept.rig.enrol(1, 0).await;
    let backup = kept.rig.backup().await;
    resets(&kept.rig, 0).await;
    kept.ship().await;
    let kept = kept.restored(backup);
    kept.recover().await;
    compare_outside(&kept.rig.cx()).await.unwrap();
    let again = recover(&kept.rig.cx(), &kept.rig.ring, &hr::operator("ops1"), false).await;
    assert!(matches!(again, Err(NotRecovered::Agrees)), "who is signed in since stays so");
    assert_eq!(kept.rig.events(EventKind::RecoveryBegun).await, 1);
    assert!(tries(&kept.rig, 0, &app).await.is_err());
    let anyway = recover(&kept.rig.cx(), &kept.rig.ring, &hr::operator("ops1"), true).await.unwrap();
    assert_eq!((anyway.records, anyway.people), (0, 1), "for who lost the file too");
}

async fn what_was_blocked_while_nothing_was_issued_is_kept_outside_afterwards(rig: Rig) {
    let kept = Kept::of(rig).await;
    kept.rig.enrol(1, 0).await;
    kept.rig.enrol(2, 1).await;
    let backup = kept.rig.backup().await;
    block(&kept.rig, 0, PASSWORD).await;
    kept.ship().await;
    let kept = kept.restored(backup);
    block(&kept.rig, 1, PASSWORD).await;
    assert_eq!(kept.ship().await, 0, "no place is given twice");
    assert_eq!(kept.lines().len(), 2);
    kept.recover().await;
    compare_outside(&kept.rig.cx()).await.unwrap();
    assert_eq!(kept.ship().await, 1);
    assert!(
        matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(known) if known.place == 2)
    );
    for p in [0, 1] {
        assert_eq!(kept.rig.standing(p).await.holds().len(), 1);
    }
}

async fn a_file_that_was_tampered_with_refuses(rig: Rig) {
    let kept = Kept::of(rig).await;
    for p in 0..3 {
        kept.rig.enrol(u128::from(p) + 1, p).await;
        block(&kept.rig, p, PASSWORD).await;
    }
    assert_eq!(kept.ship().await, 3);
    let good = kept.lines();
    let but = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = good.clone();
        change(&mut lines);
        lines
    };
    let swapped = |lines: &mut Vec<String>| lines.swap(1, 2);
    for (what, lines, apart) in [
        ("a record removed", but(&|lines| drop(lines.remove(1))), Apart::Broken(2)),
        ("two swapped", but(&swapped), Apart::Broken(2)),
        (
            "a word changed",
            but(&|lines| lines[2] = lines[2].replace("by-password", "by-session")),
            Apart::Broken(3),
        ),
        ("a MAC changed", but(&|lines| lines[3] = lines[3].replacen("3 ", "3 0", 1)), Apart::Broken(4)),
        ("one said twice", but(&|lines| lines.push(lines[3].clone())), Apart::Broken(5)),
        ("the end cut off", but(&|lines| lines.truncate(2)), Apart::Shortened(2)),
        ("all cut off", but(&|lines| lines.truncate(1)), Apart::Shortened(3)),
        ("another head", but(&|lines| lines[0] = lines[0].replace('1', "2")), Apart::Broken(1)),
        ("nothing left", Vec::new(), Apart::Broken(1)),
    ] {
        kept.write(&lines);
        assert_eq!(kept.compared().await, apart, "{what}");
        assert!(!kept.rig.house.outside.is_open(), "{what}");
        assert_eq!(kept.ship().await, 0, "{what}: nothing is added to it");
        let refused = recover(&kept.rig.cx(), &kept.rig.ring, &hr::operator("ops1"), true).await;
        assert!(matches!(refused, Err(NotRecovered::Apart(_))), "{what}: recovering would believe it");
    }
    kept.write(&good);
    assert!(
        matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(_)),
        "an untouched copy mends it"
    );
    assert!(
        kept.rig.events(EventKind::OutsideApart).await > 0
            && kept.rig.events(EventKind::OutsideAgrees).await == 1
    );
}

async fn a_file_that_is_gone_or_cannot_be_read_refuses(rig: Rig) {
    let kept = Kept::of(rig).await;
    kept.rig.enrol(1, 0).await;
    let elsewhere = kept.file.with_extension("elsewhere");
    fs::rename(&kept.file, &elsewhere).unwrap();
    assert_eq!(kept.ship().await, 0);
    assert_eq!(kept.compared().await, Apart::Moved);
    assert!(!kept.file.exists(), "none is begun in its place");
    fs::create_dir(&kept.file).unwrap();
    assert!(matches!(kept.compared().await, Apart::Unreadable(_)));
    fs::remove_dir(&kept.file).unwrap();
    fs::rename(&elsewhere, &kept.file).unwrap();
    kept.ship().await;
    assert!(kept.rig.house.outside.is_open(), "back where it was, it opens by itself");
}

async fn while_they_stand_apart_of_all_proofs_only_one_to_block_counts(rig: Rig) {
    let kept = Kept::of(rig).await;
    kept.rig.enrol(1, 0).await;
    let mut trips = Vec::new();
    for purpose in [Purpose::Finding, Purpose::Reset, Purpose::Blocking] {
        trips.push((purpose, kept.rig.trip_for(2, purpose, None).await));
    }
    fs::remove_file(&kept.file).unwrap();
    assert_eq!(kept.compared().await, Apart::Moved);
    for (purpose, callback) in trips {
        kept.rig.mitid.answers(good_answer(&hr::cpr(0), kept.rig.cx().now));
        let done = finish_proof(&kept.rig.browser(2), "test", &callback).await;
        let blocks = matches!(done, Ok(Proved::Blocking(_)));
        let apart = matches!(done, Err(ProofFailed::Fault(Fault::OutsideApart)));
        assert_eq!((blocks, apart), (purpose == Purpose::Blocking, purpose != Purpose::Blocking), "{done:?}");
    }
}

async fn killed_at_any_step_nothing_is_lost_outside_and_nothing_is_there_twice(rig: Rig) {
    let kept = Kept::of(rig).await;
    for p in 0..3 {
        kept.rig.enrol(u128::from(p) + 1, p).await;
    }
    let mut stopped = 0;
    for p in 0..3 {
        block(&kept.rig, p, PASSWORD).await;
        for steps in 0..8 {
            let (cx, _) = kept.rig.stumbling(steps);
            stopped += usize::from(ship_outside(&cx).await.is_err());
        }
    }
    assert!(stopped > 5, "{stopped}");
    kept.ship().await;
    let lines = kept.lines();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for p in 0..3 {
        let id = id(&kept.rig, p).await.to_string();
        assert_eq!(lines.iter().filter(|line| line.contains(&id)).count(), 1, "{p}");
        let text = hr::line(p);
        let personal = [text.user_name.to_string(), text.family_name.to_string(), hr::cpr(p)];
        assert!(personal.iter().all(|it| !lines.concat().contains(it)), "no personal data");
    }
    // A programme that starts anew finds what it left.
    let kept = Kept { rig: kept.rig.keeping(Arc::new(OutsideFile::at(&kept.file))), ..kept };
    assert!(
        matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(known) if known.place == 3)
    );
}

async fn half_a_line_left_by_a_crash_is_written_over(rig: Rig) {
    let kept = Kept::of(rig).await;
    kept.rig.enrol(1, 0).await;
    kept.rig.enrol(2, 1).await;
    block(&kept.rig, 0, PASSWORD).await;
    kept.ship().await;
    let whole = fs::read_to_string(&kept.file).unwrap();
    fs::write(&kept.file, format!("{whole}2 0a1b2c {{\"for")).unwrap();
    block(&kept.rig, 1, PASSWORD).await;
    assert_eq!(kept.ship().await, 1);
    assert!(fs::read_to_string(&kept.file).unwrap().starts_with(&whole));
    assert!(
        matches!(compare_outside(&kept.rig.cx()).await.unwrap(), State::Agrees(known) if known.place == 2)
    );
}

async fn a_key_that_was_retired_since_the_backup_is_retired_again(rig: Rig) {
    let kept = Kept::of(rig).await;
    let backup = kept.rig.backup().await;
    let (cx, by) = (kept.rig.cx(), hr::operator("ops1"));
    let old: PlainRing = kept.rig.ring.copy();
    kept.rig.ring.announce(&[KeyUse::Seeds], cx.now).unwrap();
    kept.rig.ring.activate(&[KeyUse::Seeds], cx.now).unwrap();
    old.announce(&[KeyUse::Seeds], cx.now).unwrap();
    old.activate(&[KeyUse::Seeds], cx.now).unwrap();
    kept.rig.ring.retire(&[(KeyUse::Seeds, 1)], cx.now).unwrap();
    usecases::meet_keys::meet_keys(&cx, &kept.rig.ring, Some(&by)).await.unwrap();
    kept.ship().await;
    let kept = kept.restored(backup);
    let done = recover(&kept.rig.cx(), &old, &by, false).await.unwrap();
    assert_eq!(done.keys, 1);
    let state = old.of(KeyUse::Seeds).into_iter().find(|key| key.version == 1).unwrap().state;
    assert_eq!(state, KeyState::Retired);
}

async fn a_signing_key_that_was_retired_since_the_backup_signs_no_more(rig: Rig) {
    let (kept, by) = (Kept::of(rig).await, hr::operator("ops1"));
    let make = async || {
        kept.rig.clock.advance(SignedDuration::from_mins(1));
        let key = make_signing_key(&kept.rig.cx(), &by).await.unwrap();
        publish_signing_key(&kept.rig.cx(), &by, key).await.unwrap();
        key
    };
    let old = make().await;
    activate_signing_key(&kept.rig.cx(), &by, old, true).await.unwrap();
    let next = make().await;
    let backup = kept.rig.backup().await;
    activate_signing_key(&kept.rig.cx(), &by, next, true).await.unwrap();
    let then = kept.rig.cx().now;
    retire_signing_key(&kept.rig.cx(), &by, old, false).await.unwrap();
    kept.ship().await;
    kept.rig.clock.advance(PUBLISHED_AFTER);
    let kept = kept.restored(backup);
    assert_eq!(kept.compared().await, Apart::Behind(1));
    assert_eq!(kept.recover().await.keys, 1);
    let now = kept.rig.cx().now;
    let keys = kept.rig.look().await.signing_keys().await.unwrap();
    let lives: Vec<_> = keys.into_iter().map(|key| (key.id, key.life)).collect();
    let all = [(next, SigningLife::Active(now)), (old, SigningLife::Retired(then))];
    assert_eq!(lives, all, "the one that was published takes its place, as it did");
    assert!(!SigningLife::Retired(then).is_published(now), "our metadata does not name it anew");
    let told = (EventKind::KeyRetired, EventKind::KeyActivated);
    assert_eq!((kept.rig.events(told.0).await, kept.rig.events(told.1).await), (1, 2));
}

/// A place that takes its time to be made: somebody else writes meanwhile.
struct Slow {
    place: PlainOutside,
    store: Arc<dyn Store>,
}

impl Slow {
    async fn writes(&self) -> Result<(), StoreFault> {
        let mut tx = self.store.begin("meanwhile").await?;
        tx.lock_outside().await?;
        tx.commit().await
    }
}

#[async_trait]
impl OutsidePlace for Slow {
    async fn read(&self) -> Result<Option<Standing>, OutsideFault> {
        self.place.read().await
    }

    async fn size(&self) -> Result<Option<u64>, OutsideFault> {
        self.place.size().await
    }

    async fn begin(&self, first: &str) -> Result<u64, OutsideFault> {
        match tokio::time::timeout(Duration::from_secs(3), self.writes()).await {
            Ok(Ok(())) => self.place.begin(first).await,
            other => Err(OutsideFault::Unusable(format!("nobody else can write: {other:?}"))),
        }
    }

    async fn append(&self, after: u64, lines: &str) -> Result<u64, OutsideFault> {
        self.place.append(after, lines).await
    }

    fn name(&self) -> String {
        self.place.name()
    }
}

async fn others_write_while_the_place_outside_is_made(rig: Rig) {
    let place = PlainOutside::default();
    let slow = Slow { place: place.clone(), store: rig.house.store.clone() };
    let rig = rig.keeping(Arc::new(slow));
    let state = compare_outside(&rig.cx()).await.unwrap();
    assert!(matches!(state, State::Agrees(_)), "{state:?}");
    place.put(None);
    usecases::begin_outside::begin_outside(&rig.cx(), &hr::operator("ops1")).await.unwrap();
    assert_eq!(rig.events(EventKind::OutsideBegun).await, 3, "the operator's word, and each file");
}

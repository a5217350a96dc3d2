//! What is kept and said of the trail, the texts and the doors: places outside, checkpoints, runs of the verifier, clocks,
//! published texts, and how doors answered from outside.

use super::Calendar;
use super::life::Life;
use super::people::ops1;
use crate::hr;
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::clocks::Agreement;
use domain::evidence::Measured;
use domain::suspension::Door;
use usecases::compare_outside::compare_outside;
use usecases::export_trail::{Which, export_trail};
use usecases::hand_in_probes::hand_in_probes;
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::note_documents::{Published, note_documents};
use usecases::note_verification::{Verification, note_verification};
use usecases::outside::State;
use usecases::verify_trail::verify_trail;
use usecases::watch_clocks::watch_clocks;

/// Days that are handed in each month; of the others nothing is known.
const MEASURED: i64 = 28;
/// How often a door is asked on a day.
const PROBES: u64 = 1440;

impl Life<'_> {
    /// Records are kept outside from now on.
    pub(super) async fn begins_outside(&mut self) {
        let state = compare_outside(&self.rig.cx()).await.expect("a store");
        assert!(matches!(state, State::Agrees(_)), "a year needs a place outside: {state:?}");
        self.note(EventKind::OutsideBegun, Actor::System, None);
    }

    /// A checkpoint is signed and leaves, where the rig has a place for them.
    pub(super) async fn checkpoint(&mut self) {
        self.sequence().await;
        if self.rig.house.keeping.place.is_none() {
            return;
        }
        let kept = keep_checkpoints(&self.rig.cx()).await.expect("a store");
        assert!(kept.signed && kept.written == 1 && kept.apart.is_none(), "signed and written: {kept:?}");
        self.signed += 1;
        if self.signed == 1 {
            self.note(EventKind::CheckpointsBegun, Actor::System, None).fact("up-to", 1);
        }
    }

    /// Somebody verifies the trail, and takes a quarter of it out where a checkpoint stands for it.
    pub(super) async fn verifies(&mut self) {
        self.checkpoint().await;
        self.sequence().await;
        let (rig, checkpoint) = (self.rig, (self.signed > 0).then_some(self.signed));
        let (store, vault) = (rig.house.store.as_ref(), rig.house.vault.as_ref());
        let report = verify_trail(store, vault).await.expect("a store");
        assert_eq!(report.first, None, "nobody changed it");
        let seen = Verification { report: &report, checkpoint, lacks_outside: false };
        note_verification(&rig.cx(), "ops1", &seen).await.expect("a store");
        let told = self.note(EventKind::TrailVerified, ops1(), None).fact("outcome", "whole");
        told.fact("rows", report.checked).fact("waiting", 0);
        let Some(number) = checkpoint else { return };
        self.known.last_mut().expect("it was put there").fact("checkpoint", number);
        let period = Calendar::period(self.calendar.quarter());
        let mut file: Vec<u8> = Vec::new();
        let which = Which::Between(period.from, period.before);
        let taken = Box::pin(export_trail(&rig.cx(), &hr::operator("ops1"), which, &mut file)).await;
        taken.expect("rows of the quarter");
        self.note(EventKind::TrailExported, ops1(), None).fact("checkpoint", number);
    }

    /// The database's clock goes wrong for an hour.
    pub(super) async fn clocks_go_apart(&mut self) {
        let rig = self.rig;
        rig.database_clock.set_apart(SignedDuration::from_secs(20));
        let apart = watch_clocks(&rig.cx(), Agreement::Agree).await.expect("a store");
        self.note(EventKind::ClocksApart, Actor::System, None).fact("apart-ms", 20_000);
        self.later();
        rig.database_clock.set_apart(SignedDuration::ZERO);
        let agree = watch_clocks(&rig.cx(), apart).await.expect("a store");
        assert_eq!(agree, Agreement::Agree);
        self.note(EventKind::ClocksAgree, Actor::System, None).fact("apart-ms", 0);
    }

    /// The house begins to serve with these versions of texts; of those it served with before nothing is told again.
    pub(super) async fn publishes(&mut self, now: &[(&'static str, &str)]) {
        let date = self.rig.cx().today();
        let published = |&(document, version): &(&'static str, &str)| Published {
            document,
            version: version.to_owned(),
            date,
            digest: format!("{document}-{version}"),
        };
        let now: Vec<_> = now.iter().map(published).collect();
        let mut fresh = 0;
        for it in &now {
            if !self.known.iter().any(|known| known.facts.get("sha256") == Some(&it.digest)) {
                let told = self.note(EventKind::DocumentPublished, Actor::System, None);
                told.fact("document", it.document).fact("version", &it.version);
                told.fact("holds-from", it.date).fact("sha256", &it.digest);
                fresh += 1;
            }
        }
        let told = note_documents(&self.rig.cx(), &now).await.expect("a store");
        assert_eq!(told, fresh, "each version once");
    }

    /// How two of the doors answered, up to this day. What is said of a day later counts for nothing.
    pub(super) async fn hands_in(&mut self, before: i64) {
        let mut days = Vec::new();
        for n in before - MEASURED..before {
            for door in [Door::Code, Door::Session] {
                days.push(self.measures(n, door));
            }
        }
        let (cx, by) = (self.rig.cx(), hr::operator("ops1"));
        let done = hand_in_probes(&cx, &by, &days).await.expect("days that are over");
        assert_eq!((done.new, done.known), (days.len(), 0));
        let otherwise = Measured { worked: 0, ..days[0] };
        let done = hand_in_probes(&cx, &by, &[otherwise]).await.expect("a day that is over");
        assert_eq!((done.new, done.known), (0, 1), "what was said first stays");
        for it in days {
            let told = self.note(EventKind::DoorMeasured, ops1(), None).fact("day", it.day);
            told.fact("door", it.door.word()).fact("worked", it.worked).fact("p99-ms", it.p99);
            self.measured.push(it);
        }
    }

    fn measures(&mut self, n: i64, door: Door) -> Measured {
        let failed = self.chance.below(4);
        Measured {
            day: self.calendar.day(n),
            door,
            probes: PROBES,
            worked: PROBES - failed,
            longest_failure: failed * 60,
            longest_silence: 60 + self.chance.below(120),
            p99: 10 + self.chance.below(200),
        }
    }
}

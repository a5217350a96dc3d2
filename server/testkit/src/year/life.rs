//! A year while it is lived: what it has a hand on, and how what happens is noted.

use super::crowd::Crowd;
use super::people::Walker;
use super::{ADMINISTRATOR, AUDITOR, Blocked, Calendar, FOLLOWED, Known, Login, Year};
use crate::{Posted, Rig};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::evidence::Measured;
use domain::ids::PersonId;
use domain::role::RoleKind;
use domain::suspension::Door;
use std::collections::BTreeMap;
use usecases::ports::chance::Clock as _;
use usecases::ports::ring::Ring;
use usecases::ports::vault::KeyUse;

/// Draws what is left to chance (`SplitMix64`): the same in every run.
pub(super) struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below so many.
    pub(super) fn below(&mut self, many: u64) -> u64 {
        self.draw() % many
    }

    /// Whether it happens, which it does once in so many times.
    pub(super) fn once_in(&mut self, many: u64) -> bool {
        self.draw().is_multiple_of(many)
    }
}

/// A year while it is lived.
pub(super) struct Life<'a> {
    pub(super) rig: &'a Rig,
    pub(super) keys: &'a dyn Ring,
    pub(super) calendar: Calendar,
    pub(super) chance: Chance,
    pub(super) known: Vec<Known>,
    pub(super) walkers: BTreeMap<u32, Walker>,
    pub(super) crowd: Crowd,
    pub(super) blocks: Vec<Blocked>,
    pub(super) edges: Vec<(Timestamp, PersonId)>,
    pub(super) roles: Vec<(RoleKind, PersonId, Timestamp)>,
    /// Who blocked in the wave, and has not been revoked.
    pub(super) wave: Vec<PersonId>,
    pub(super) measured: Vec<Measured>,
    /// How many checkpoints were signed.
    pub(super) signed: u64,
}

impl<'a> Life<'a> {
    /// Puts the clock to where it begins.
    pub(super) fn begin(rig: &'a Rig, keys: &'a dyn Ring, calendar: Calendar, people: u32) -> Self {
        rig.clock.set(&calendar.morning(-60).to_string());
        Self {
            rig,
            keys,
            calendar,
            chance: Chance(6),
            known: Vec::new(),
            walkers: BTreeMap::new(),
            crowd: Crowd::of(people),
            blocks: Vec::new(),
            edges: Vec::new(),
            roles: Vec::new(),
            wave: Vec::new(),
            measured: Vec::new(),
            signed: 0,
        }
    }
}

impl Life<'_> {
    /// What is known of it.
    pub(super) fn over(self) -> Year {
        let now = self.rig.clock.now();
        let login = |n: u32| Login { n, secret: self.walkers[&n].secret.clone() };
        let roles = self.roles.iter().map(|(kind, person, until)| (*kind, *person, now < *until));
        Year {
            calendar: self.calendar,
            followed: self.id(FOLLOWED),
            roles: roles.collect(),
            auditor: login(AUDITOR),
            administrator: login(ADMINISTRATOR),
            keys: self.rig.house.vault.public_keys(KeyUse::Checkpoints).expect("a vault"),
            checkpoints: self.signed,
            measured: self.measured,
            known: self.known,
            blocks: self.blocks,
            edges: self.edges,
        }
    }

    /// Time goes on to an instant.
    pub(super) fn go(&self, at: Timestamp) {
        assert!(self.rig.clock.now() <= at, "time goes on");
        self.rig.clock.set(&at.to_string());
    }

    /// Notes what happens now.
    pub(super) fn note(&mut self, kind: EventKind, by: Actor, about: Option<PersonId>) -> &mut Known {
        self.known.push(Known::of(self.rig.clock.now(), kind, by, about));
        self.known.last_mut().expect("it was put there")
    }

    /// Notes what a person does to her own login now.
    pub(super) fn did(&mut self, kind: EventKind, person: PersonId) -> &mut Known {
        self.note(kind, Actor::Person(person), Some(person))
    }

    /// Notes what the house does to a login now.
    pub(super) fn fell(&mut self, kind: EventKind, person: PersonId) -> &mut Known {
        self.note(kind, Actor::System, Some(person))
    }

    /// Sends every letter that is due, and notes those that left.
    pub(super) async fn letters(&mut self) -> Vec<Posted> {
        let mut all = Vec::new();
        loop {
            let done = self.rig.deliver().await;
            let came = self.rig.post.empty();
            for letter in &came {
                self.note(EventKind::NoticeSent, Actor::System, None).fact("template", &letter.subject);
            }
            all.extend(came);
            if done.sent + done.failed + done.dead + done.dropped == 0 {
                return all;
            }
        }
    }

    /// Gives every row its place.
    pub(super) async fn sequence(&self) {
        while self.rig.sequence().await > 0 {}
    }

    /// Notes a block by its owner.
    pub(super) fn blocked(&mut self, person: PersonId, door: Door) {
        let by = match door {
            Door::Session | Door::Mitid => Actor::Person(person),
            Door::Code | Door::Notice | Door::Password => Actor::Unknown,
        };
        let held = self.note(EventKind::Held, by, Some(person));
        held.fact("origin", "owner").fact("reason", door.word());
        let shut = held.at;
        self.blocks.push(Blocked { person, door, shut, opened: None });
    }
}

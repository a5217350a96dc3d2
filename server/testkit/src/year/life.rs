//! The year, in its order: which day brings what.

use super::crowd::Crowd;
use super::people::Walker;
use super::{ADMINISTRATOR, AUDITOR, Blocked, Calendar, FOLLOWED, Known, Login, Year};
use crate::{Posted, Rig};
use domain::audit::{Actor, EventKind};
use domain::ids::PersonId;
use domain::role::RoleKind;
use domain::suspension::Door;
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use usecases::ports::chance::Clock as _;
use usecases::ports::ring::Ring;

/// Draws what is left to chance (`SplitMix64`): the same in every run.
pub(super) struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
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
        }
    }
}

impl Life<'_> {
    /// The two months before the first day.
    pub(super) async fn before(&mut self) {
        self.meet_keys().await;
        self.crowd_begins().await;
        self.day(-59);
        for n in 0..4 {
            self.enrol(n).await;
        }
        self.day(-58);
        self.is_given(RoleKind::Auditor, 2).await;
        for n in [0, 1] {
            self.is_given(RoleKind::Administrator, n).await;
        }
        self.day(-50);
        self.connect().await;
        self.crowd_works().await;
        self.edge(Calendar::period(self.calendar.year()).from).await;
    }

    /// To the first day of the quarter: blocks by each door, and what owners make of them.
    pub(super) async fn winter(&mut self) {
        self.month(2).await;
        self.day(10);
        self.types_a_wrong_code(3).await;
        self.blocks_by_session(3).await;
        self.day(12);
        self.enrol(4).await;
        self.blocks_by_code(4).await;
        self.day(13);
        self.opens_again(3).await;
        self.day(14);
        self.enrol(5).await;
        self.blocks_by_notice(5).await;
        self.day(15);
        self.opens_again(5).await;
        self.retention().await;
        self.day(16);
        self.enrol(6).await;
        self.blocks_by_password(6).await;
        self.day(17);
        self.opens_again(4).await;
        self.day(18);
        self.enrol(7).await;
        self.blocks_by_mitid(7).await;
        self.day(20);
        self.opens_again(7).await;
        self.enrol(8).await;
        self.blocks_by_session(8).await;
        self.a_name_is_taken().await;
        self.day(24);
        self.opens_again(6).await;
        self.month(32).await;
        self.day(33);
        self.reconnect().await;
        self.day(40);
        self.is_given_no_role().await;
        self.day(45);
        self.retention().await;
        self.is_held_while_no_letter_leaves().await;
        self.day(51);
        self.never_opened(8).await;
        self.edge(Calendar::period(self.calendar.quarter()).from).await;
    }

    /// The quarter.
    pub(super) async fn spring(&mut self) {
        self.day(60);
        for n in 9..=16 {
            self.enrol(n).await;
        }
        self.month(62).await;
        self.day(65);
        self.forgets_her_password(12).await;
        self.day(70);
        self.is_held_and_let_go(FOLLOWED).await;
        self.day(72);
        self.opens_again(FOLLOWED).await;
        self.day(75);
        self.is_dead_says_the_register(16).await;
        self.day(76);
        self.retention().await;
        self.day(80);
        self.leave(&[10], 85).await;
        self.day(86);
        self.is_over(85).await;
        self.month(92).await;
        self.day(95);
        self.works_at_services(11).await;
        self.day(100);
        self.rotate_keys().await;
        self.day(110);
        self.publish_terms(115).await;
        self.day(120);
        for n in [13, 14] {
            self.sign_in_and_accept(n).await;
        }
        self.declines(15).await;
        self.month(122).await;
        self.day(136);
        self.retention().await;
        self.day(150);
        self.is_not_erased(10).await;
        self.edge(Calendar::period(self.calendar.quarter()).before).await;
    }

    /// Until after its last day.
    pub(super) async fn rest(&mut self) {
        self.month(152).await;
        self.month(182).await;
        self.day(200);
        self.audits(2).await;
        for day in [212, 242, 272] {
            self.month(day).await;
        }
        self.day(275);
        self.leave(&[], 280).await;
        self.day(281);
        self.is_over(280).await;
        self.month(302).await;
        // The roles of the first administrators are over: operators propose again.
        self.day(320);
        for (n, role) in [(AUDITOR, RoleKind::Auditor), (ADMINISTRATOR, RoleKind::Administrator)] {
            self.enrol(n).await;
            self.is_given(role, n).await;
        }
        self.month(332).await;
        self.day(345);
        self.retention().await;
        self.edge(Calendar::period(self.calendar.year()).before).await;
        self.rig.clock.advance(SignedDuration::from_hours(1));
        self.letters().await;
        self.sequence().await;
    }

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
            known: self.known,
            blocks: self.blocks,
            edges: self.edges,
        }
    }

    /// What every month brings.
    async fn month(&mut self, day: i64) {
        self.day(day);
        self.crowd_joins().await;
        self.crowd_works().await;
        self.sequence().await;
    }

    /// Time goes on to the morning of a day.
    fn day(&self, n: i64) {
        self.go(self.calendar.morning(n));
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

//! What operators, administrators and an auditor do, and what the house does by itself.

use super::life::Life;
use super::people::{browser_of, ops1};
use super::{Calendar, FOLLOWED};
use crate::{Administrator, App, hr};
use core::time::Duration;
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::evidence::Evidence;
use domain::publication::{Binds, Decision};
use domain::retention::Category;
use domain::role::{ROLE_LASTS, RoleKind};
use domain::step_up::StepUpFor;
use usecases::draw_sample::{NotDrawn, draw_sample};
use usecases::keep_retention::keep_retention;
use usecases::make_export::{Asked, make_export};
use usecases::meet_keys::meet_keys;
use usecases::ports::chance::Clock as _;
use usecases::ports::store::Sought;
use usecases::ports::vault::KeyUse;
use usecases::propose_erasure::propose_erasure;
use usecases::propose_terms::propose_terms;
use usecases::read_terms::decline_terms;
use usecases::retire_keys::retire_keys;
use usecases::roles::{Proposed, RoleNotGiven, accept_role, propose_role};
use usecases::rotate_keys::{Ask, rotate_keys};

/// Rows that are emptied in one transaction, which one rule tells of.
const OF_A_RULE: u64 = 200;

impl Life<'_> {
    /// Two operators want her to have a role, and she says yes.
    pub(super) async fn is_given(&mut self, role: RoleKind, n: u32) {
        let (rig, id, name) = (self.rig, self.id(n), hr::line(n).user_name);
        let mut waits = None;
        for operator in ["ops1", "ops2"] {
            let proposed = propose_role(&rig.cx(), operator, &name, role, "the work of the year").await;
            if let Proposed::NeedsAcceptance(role) = proposed.expect("a proposal") {
                waits = Some(role);
            }
            let by = Actor::Operator(operator.to_owned());
            self.note(EventKind::RoleProposed, by, Some(id)).fact("role", role.word());
        }
        self.sign_in(n).await;
        let (cx, here) = (rig.browser(browser_of(n)), self.here(n).await);
        accept_role(&cx, &here, waits.expect("two voices")).await.expect("her role");
        self.did(EventKind::RoleAccepted, id).fact("role", role.word());
        let until = rig.clock.now().saturating_add(ROLE_LASTS).expect("time within reach");
        self.roles.push((role, id, until));
        self.letters().await;
    }

    /// Administrators are there: operators propose no role any more.
    pub(super) async fn is_given_no_role(&mut self) {
        let name = hr::line(3).user_name;
        let refused = propose_role(&self.rig.cx(), "ops1", &name, RoleKind::Registrar, "more of us").await;
        assert!(matches!(refused, Err(RoleNotGiven::AdministratorsExist)), "{refused:?}");
        let told = self.note(EventKind::RoleRefused, ops1(), Some(self.id(3)));
        told.fact("role", "registrar").fact("why", "administrators-exist");
    }

    /// One administrator writes and proposes new terms, the other publishes them from a day on, for everybody.
    pub(super) async fn publish_terms(&mut self, from: i64) {
        let rig = self.rig;
        let [writer, other] = [0, 1].map(|n| Administrator::of(n, App::with_seed(&self.walkers[&n].secret)));
        let (one, two) = (self.id(0), self.id(1));
        writer.sign_in(rig).await;
        let draft = writer.write(rig, "2.0", "Be kind").await;
        self.did(EventKind::TermsDraftBegun, one).fact("version", "2.0");
        self.did(EventKind::TermsDraftWritten, one).fact("page", 1);
        let flow = writer.step_up(rig, StepUpFor::Terms).await;
        propose_terms(&writer.cx(rig), &writer.here(rig).await, flow, draft).await.expect("a whole draft");
        self.did(EventKind::TermsProposed, one).fact("version", "2.0");
        other.sign_in(rig).await;
        let decision =
            Decision { from: self.calendar.day(from), binds: Binds::Everybody { accept_by: None } };
        other.publish(rig, decision).await.expect("published terms");
        self.did(EventKind::TermsPublished, two).fact("version", "2.0").fact("holds-from", decision.from);
        self.letters().await;
    }

    /// Signs in where terms wait for her, and says no.
    pub(super) async fn declines(&mut self, n: u32) {
        let flow = self.sign_in(n).await.flow;
        decline_terms(&self.rig.browser(browser_of(n)), flow).await.expect("a no");
        self.did(EventKind::Held, self.id(n)).fact("origin", "terms");
        self.letters().await;
    }

    /// An auditor takes out, draws, and reads about one person; an administrator tries to.
    pub(super) async fn audits(&mut self, n: u32) {
        self.sequence().await;
        self.sign_in_and_accept(n).await;
        let (rig, id) = (self.rig, self.id(n));
        let (cx, here) = (rig.browser(browser_of(n)), self.here(n).await);
        let auditor = Actor::Person(id);
        let period = Calendar::period(self.calendar.quarter());
        draw_sample(&cx, &here, "the-year", 5).await.expect("a sample");
        self.note(EventKind::SampleDrawn, auditor.clone(), None).fact("seed", "the-year");
        self.one_by_one(EventKind::NameRead, &auditor).await;
        for (evidence, about) in [(Evidence::Blocks, None), (Evidence::Person, Some(self.id(FOLLOWED)))] {
            make_export(&cx, &here, Asked { evidence, period, about }).await.expect("an export");
            self.note(EventKind::ExportMade, auditor.clone(), None).fact("export", evidence.word());
        }
        self.one_by_one(EventKind::PartRead, &auditor).await;
        self.note(EventKind::TrailRead, auditor, Some(self.id(FOLLOWED)));
        self.sign_in(0).await;
        let (cx, here) = (rig.browser(browser_of(0)), self.here(0).await);
        let refused = draw_sample(&cx, &here, "mine", 5).await;
        assert!(matches!(refused, Err(NotDrawn::NotAuditor(_))), "an administrator draws nothing");
        self.did(EventKind::AuditorRefused, self.id(0)).fact("for", "sample");
    }

    /// Who is told now, each by an event of her own, of what an auditor read of many.
    async fn one_by_one(&mut self, kind: EventKind, by: &Actor) {
        let (kinds, from) = ([kind.word()], self.rig.clock.now());
        let before = from + SignedDuration::from_micros(1);
        let sought = Sought { kinds: &kinds, from, before, request_ends: "" };
        let rows = self.rig.look().await.rows_sought(sought, None, 1000).await.expect("rows");
        for (_, row) in rows {
            self.note(kind, by.clone(), row.subject);
        }
    }

    /// The trail is told of the keys there are.
    pub(super) async fn meet_keys(&mut self) {
        let by = hr::operator("ops1");
        let told = meet_keys(&self.rig.cx(), self.keys, Some(&by)).await.expect("a ring");
        for _ in 0..told {
            self.note(EventKind::KeyCreated, ops1(), None);
        }
    }

    /// The key for seeds gets a successor.
    pub(super) async fn rotate_keys(&mut self) {
        let ask = Ask {
            by: hr::operator("ops1"),
            purposes: vec![KeyUse::Seeds],
            announce_only: false,
            settle: Duration::ZERO,
        };
        let rotated = rotate_keys(&self.rig.cx(), self.keys, &ask).await.expect("a rotation");
        assert!(rotated.left.is_empty() && !rotated.resumed, "all of it: {rotated:?}");
        for kind in [EventKind::RotationBegun, EventKind::KeyCreated, EventKind::KeysRotated] {
            self.note(kind, ops1(), None);
        }
        self.letters().await;
    }

    /// A month later nothing lies under the one before: its life ends.
    pub(super) async fn retire_keys(&mut self) {
        let by = hr::operator("ops1");
        let over = retire_keys(&self.rig.cx(), self.keys, &by).await.expect("a ring");
        assert_eq!(over.retired.len(), 1, "the older key for seeds: {over:?}");
        self.note(EventKind::KeyRetired, ops1(), None).fact("purpose", KeyUse::Seeds.word());
        self.letters().await;
    }

    /// Somebody who left lately is proposed to be erased.
    pub(super) async fn is_not_erased(&mut self, n: u32) {
        let name = hr::line(n).user_name;
        let refused = propose_erasure(&self.rig.cx(), &hr::operator("ops1"), &name).await;
        assert!(refused.is_err(), "she left lately");
        self.note(EventKind::ErasureRefused, ops1(), Some(self.id(n))).fact("during", "proposing");
    }

    /// A day's deletions by rule, behind a checkpoint.
    pub(super) async fn retention(&mut self) {
        self.checkpoint().await;
        self.sequence().await;
        let run = keep_retention(&self.rig.cx()).await.expect("a store").expect("a run of this day");
        for (what, category) in
            [(Category::Central, "central"), (Category::Exchange, "exchange"), (Category::SignIn, "sign-in")]
        {
            for _ in 0..run.gone(what).div_ceil(OF_A_RULE) {
                self.note(EventKind::RowsExpired, Actor::System, None).fact("category", category);
            }
        }
        self.note(EventKind::RetentionDone, Actor::System, None);
        self.rig.clock.advance(SignedDuration::from_mins(1));
    }
}

//! Blocking by each door, holds of others, and what opens a login again.

use super::crowd::Crowd;
use super::life::Life;
use super::people::{browser_of, ops1};
use crate::{PASSWORD, good_answer, hr};
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::cpr::{CprStatus, RegisterStatus};
use domain::ids::FlowId;
use domain::password::Password;
use domain::proofing::{BrokerAnswer, Purpose};
use domain::standing::Origin;
use domain::suspension::Door;
use std::collections::BTreeSet;
use usecases::block_by_code::{NotBlocked, block_by_code};
use usecases::block_by_notice::block_by_notice;
use usecases::block_by_password::block_by_password;
use usecases::block_by_session::block_by_session;
use usecases::confirm_block::confirm_block;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::hold_login::hold_login;
use usecases::lift_hold::{Lifted, lift_hold};
use usecases::ports::chance::Clock as _;
use usecases::reopen::reopen;
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_password::reopen_password;
use usecases::reset_password::reset_password;
use usecases::revoke_suspended::revoke_suspended;
use usecases::suspend::Opened;

/// The password somebody chooses after the first.
const NEW: &str = "tolv gule tulipaner";

fn name(n: u32) -> String {
    hr::line(n).user_name.to_string()
}

fn typed(text: &str) -> Password {
    Password::typed(text.to_owned())
}

fn is_blocked(opened: Result<Opened, NotBlocked>) {
    assert!(matches!(opened, Ok(Opened::Blocked(_))), "blocked, and not asked once more: {opened:?}");
}

impl Life<'_> {
    pub(super) async fn types_a_wrong_code(&mut self, n: u32) {
        let wrong = block_by_code(&self.rig.browser(9000), &name(n), "0000-0000-0000").await;
        assert!(matches!(wrong, Err(NotBlocked::Wrong)), "a wrong code blocks nothing");
        self.note(EventKind::BlockRefused, Actor::Unknown, Some(self.id(n))).fact("door", "by-code");
    }

    pub(super) async fn blocks_by_session(&mut self, n: u32) {
        self.sign_in(n).await;
        block_by_session(&self.rig.browser(browser_of(n)), &self.here(n).await).await.expect("a block");
        self.blocked(self.id(n), Door::Session);
        self.letters().await;
    }

    pub(super) async fn blocks_by_code(&mut self, n: u32) {
        self.later();
        is_blocked(block_by_code(&self.rig.browser(9001), &name(n), &self.walkers[&n].code).await);
        self.blocked(self.id(n), Door::Code);
        self.letters().await;
    }

    pub(super) async fn blocks_by_notice(&mut self, n: u32) {
        self.later();
        is_blocked(block_by_notice(&self.rig.browser(9002), &self.walkers[&n].link).await);
        self.blocked(self.id(n), Door::Notice);
        self.letters().await;
    }

    pub(super) async fn blocks_by_password(&mut self, n: u32) {
        self.later();
        is_blocked(block_by_password(&self.rig.browser(9003), &name(n), typed(PASSWORD)).await);
        self.blocked(self.id(n), Door::Password);
        self.letters().await;
    }

    pub(super) async fn blocks_by_mitid(&mut self, n: u32) {
        self.later();
        let Ok(Proved::Blocking(flow)) = self.comes_back(n, Purpose::Blocking, |answer| answer).await else {
            panic!("not asked for the last yes")
        };
        confirm_block(&self.rig.browser(browser_of(n)), flow).await.expect("a block");
        self.blocked(self.id(n), Door::Mitid);
        self.letters().await;
    }

    /// Opens her login again with MitID: another password, the login methods she has.
    pub(super) async fn opens_again(&mut self, n: u32) {
        let id = self.id(n);
        let Ok(Proved::Reopening(flow)) = self.comes_back(n, Purpose::Reopening, |answer| answer).await
        else {
            panic!("not on her way to open it")
        };
        self.did(EventKind::IdentityProved, id).fact("register", "Resident");
        self.did(EventKind::ReopeningBegun, id).fact("by", "mitid");
        self.goes_through_it(n, flow).await;
        self.did(EventKind::PasswordSet, id).fact("during", "reopening");
        self.did(EventKind::CodesPrinted, id);
        self.did(EventKind::Reopened, id).fact("kept", 1);
        let now = self.rig.clock.now();
        if let Some(block) = self.blocks.iter_mut().find(|it| it.person == id) {
            block.opened = Some(now);
        }
        self.letters().await;
    }

    async fn goes_through_it(&mut self, n: u32, flow: FlowId) {
        let (id, cx) = (self.id(n), self.rig.browser(browser_of(n)));
        let apps = self.rig.look().await.apps_of(id).await.expect("a store");
        let keep: BTreeSet<_> = apps.into_iter().map(|(app, _)| app.id).collect();
        reopen_password(&cx, flow, typed(NEW)).await.expect("another password");
        reopen_factors(&cx, flow, keep).await.expect("her app");
        reopen_activity(&cx, flow).await.expect("a look at what happened");
        reopen(&cx, flow).await.expect("an open login");
        for step in ["password", "factors", "activity"] {
            self.did(EventKind::ReopeningStep, id).fact("step", step);
        }
    }

    /// Thirty days after she blocked it her login is closed for good.
    pub(super) async fn never_opened(&mut self, n: u32) {
        let revoked = revoke_suspended(&self.rig.cx()).await.expect("a store");
        assert_eq!(revoked, 1, "nobody else left her login blocked");
        let id = self.id(n);
        self.fell(EventKind::SuspensionRevoked, id).fact("why", "not-reopened");
        self.fell(EventKind::Invited, id).fact("after", "revocation");
        self.letters().await;
    }

    pub(super) async fn forgets_her_password(&mut self, n: u32) {
        let id = self.id(n);
        let Ok(Proved::Reset(flow)) = self.comes_back(n, Purpose::Reset, |answer| answer).await else {
            panic!("not on her way to another password")
        };
        self.did(EventKind::IdentityProved, id).fact("register", "Resident");
        self.did(EventKind::ResetBegun, id).fact("by", "mitid");
        let cx = self.rig.browser(browser_of(n));
        reset_password(&cx, flow, typed(NEW)).await.expect("another password");
        self.did(EventKind::PasswordSet, id).fact("during", "reset");
        self.letters().await;
    }

    /// An operator closes a login; two let it go, which leaves her own hold.
    pub(super) async fn is_held_and_let_go(&mut self, n: u32) {
        self.is_held(n, Origin::Security).await;
        let unknown = domain::person::UserName::try_from("nobody-of-us").expect("a name");
        let refused = hold_login(&self.rig.cx(), &hr::operator("ops1"), &unknown, Origin::Security).await;
        assert!(refused.is_err(), "nobody of that name is held");
        self.note(EventKind::HoldRefused, ops1(), None).fact("during", "putting-hold");
        self.later();
        let id = self.id(n);
        for (operator, kind) in [("ops1", EventKind::LiftAsked), ("ops2", EventKind::HoldLifted)] {
            let by = hr::operator(operator);
            let lifted = lift_hold(&self.rig.cx(), &by, &hr::line(n).user_name, Origin::Security).await;
            let second = matches!(lifted.expect("a voice"), Lifted::Lifted(_));
            assert_eq!(second, kind == EventKind::HoldLifted, "the second voice lifts it");
            self.note(kind, Actor::Operator(operator.to_owned()), Some(id)).fact("origin", "security");
        }
        let ops2 = Actor::Operator("ops2".to_owned());
        self.note(EventKind::Held, ops2, Some(id)).fact("origin", "owner");
        self.letters().await;
    }

    /// An operator closes a login.
    pub(super) async fn is_held(&mut self, n: u32, origin: Origin) {
        let name = hr::line(n).user_name;
        hold_login(&self.rig.cx(), &hr::operator("ops1"), &name, origin).await.expect("a hold");
        let id = self.rig.person(n).await.id;
        self.note(EventKind::Held, ops1(), Some(id)).fact("origin", origin.word());
        self.letters().await;
    }

    /// She comes to reset her password, and the register has bad news of her.
    pub(super) async fn is_dead_says_the_register(&mut self, n: u32) {
        let now = self.rig.clock.now();
        let dead = CprStatus { status: RegisterStatus::Dead, source: "broker:ssn.details".into(), at: now };
        let answer = |good: BrokerAnswer| BrokerAnswer { register: Some(dead), ..good };
        let refused = self.comes_back(n, Purpose::Reset, answer).await;
        assert!(matches!(refused, Err(ProofFailed::Refused { .. })), "refused: {refused:?}");
        let id = self.id(n);
        self.note(EventKind::ProofRefused, Actor::Unknown, Some(id)).fact("for", "reset");
        self.fell(EventKind::Held, id).fact("origin", "register");
        self.letters().await;
    }

    /// Letters of a hold fail while no mail is taken, and leave the day after.
    pub(super) async fn is_held_while_no_letter_leaves(&mut self) {
        self.letters().await;
        self.rig.post.close();
        let n = Crowd::reserved(8);
        self.is_held(n, Origin::ServiceDesk).await;
        let then = self.rig.clock.now();
        self.rig.post.open();
        self.rig.clock.advance(SignedDuration::from_hours(24));
        let template = "held-by-municipality";
        let late = self.letters().await.iter().filter(|letter| letter.subject == template).count();
        assert!(late > 0, "letters that failed leave later");
        for _ in 0..late {
            self.note(EventKind::NoticeFailed, Actor::System, None).fact("template", template).at = then;
        }
    }

    /// Somebody's login is held at each side of an edge of a period: in the last microsecond before, and in the first.
    pub(super) async fn edge(&mut self, at: domain::Timestamp) {
        let before = at.saturating_sub(SignedDuration::from_micros(1)).expect("time within reach");
        for at in [before, at] {
            self.go(at);
            let n = Crowd::reserved(u32::try_from(self.edges.len()).expect("few"));
            let id = self.rig.person(n).await.id;
            self.is_held(n, Origin::Security).await;
            self.edges.push((at, id));
        }
    }

    /// Back from MitID as herself, with what the test makes of a good answer.
    async fn comes_back(
        &self,
        n: u32,
        purpose: Purpose,
        with: impl FnOnce(BrokerAnswer) -> BrokerAnswer,
    ) -> Result<Proved, ProofFailed> {
        let browser = browser_of(n);
        let callback = self.rig.trip_for(browser, purpose, None).await;
        self.rig.mitid.answers(with(good_answer(&hr::cpr(n), self.rig.clock.now())));
        finish_proof(&self.rig.browser(browser), "test", &callback).await
    }

    /// An hour later.
    pub(super) fn later(&self) {
        self.rig.clock.advance(SignedDuration::from_hours(1));
    }
}

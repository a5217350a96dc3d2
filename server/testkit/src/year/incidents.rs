//! What goes wrong: many who block at once, seeds and a password that others know, and a recovery that is tried out.

use super::life::Life;
use super::people::{browser_of, ops1};
use crate::{App, FewLeaks, Gadget, PASSWORD, hr};
use domain::SignedDuration;
use domain::audit::{Actor, EventKind};
use domain::factor::MeanKind;
use domain::ids::FlowId;
use domain::password::{LEAKED_HOLD, Password};
use domain::suspension::Door;
use usecases::activate_device::{Way, activate_device};
use usecases::begin_sign_in::begin_sign_in;
use usecases::block_by_password::block_by_password;
use usecases::confirm_block::confirm_block;
use usecases::hold_leaked_seeds::{Leak, hold_leaked_seeds};
use usecases::ports::chance::Clock as _;
use usecases::recover::recover;
use usecases::revoke_suspended::revoke_suspended;
use usecases::ship_outside::ship_outside;
use usecases::show_password::{PasswordWrong, show_password};
use usecases::suspend::Opened;

/// So many block within minutes: one more than are not asked once more.
const WAVE: usize = 12;
/// The how-manieth of them somebody is called at.
const ALARM: usize = 11;

impl Life<'_> {
    /// Some of the crowd block within minutes: at the eleventh somebody is called, and the twelfth is asked once more.
    pub(super) async fn many_block(&mut self) {
        let wave: Vec<_> = self.crowd.active().into_iter().take(WAVE).collect();
        assert_eq!(wave.len(), WAVE, "enough are there");
        for (at, (n, id)) in (1..).zip(wave) {
            self.rig.clock.advance(SignedDuration::from_secs(7));
            let (cx, name) = (self.rig.browser(browser_of(n)), hr::line(n).user_name);
            let password = Password::typed(PASSWORD.to_owned());
            let opened = block_by_password(&cx, name.as_str(), password).await.expect("a right password");
            match opened {
                Opened::Blocked(_) => assert!(at <= ALARM, "{at} is not asked"),
                Opened::Asked(flow) => {
                    assert!(at > ALARM, "{at} is asked");
                    confirm_block(&cx, flow).await.expect("a block");
                }
            }
            self.blocked(id, Door::Password);
            if at == ALARM {
                self.note(EventKind::MassBlocking, Actor::System, None).fact("more-than", 10);
            }
            self.crowd.goes(n);
            self.wave.push(id);
        }
        self.letters().await;
    }

    /// Thirty days later none of them opened it.
    pub(super) async fn none_of_them_opened(&mut self) {
        let revoked = revoke_suspended(&self.rig.cx()).await.expect("a store");
        assert_eq!(usize::try_from(revoked).ok(), Some(self.wave.len()), "nobody else left hers blocked");
        for id in core::mem::take(&mut self.wave) {
            self.fell(EventKind::SuspensionRevoked, id).fact("why", "not-reopened");
            self.fell(EventKind::Invited, id).fact("after", "revocation");
        }
        self.letters().await;
    }

    /// HR's feed names her, and all she has is a code device.
    pub(super) async fn enrols_with_a_device(&mut self, n: u32) {
        let (id, flow) = self.chooses_a_password(n).await;
        let (rig, mut gadget) = (self.rig, gadget());
        rig.handed_out(&gadget, n).await;
        self.note(EventKind::DevicesImported, ops1(), None).fact("devices", 1);
        self.note(EventKind::DeviceHandedOut, ops1(), Some(id)).fact("serial", gadget.serial());
        let cx = rig.browser(browser_of(n));
        let code = gadget.shows(cx.now);
        let way = Way::Enrolment(flow);
        activate_device(&cx, way, "Kodeviser".to_owned(), &code).await.expect("its code");
        self.did(EventKind::FactorAdded, id).fact("kind", MeanKind::CodeDevice.word());
        self.finishes(n, (id, flow)).await;
        self.letters().await;
    }

    /// The seed of her device is known by others.
    pub(super) async fn the_seed_leaks(&mut self, n: u32) {
        let id = self.rig.person(n).await.id;
        let leak = Leak { by: hr::operator("ops1"), serials: vec![gadget().serial()], sha256: None };
        let held = hold_leaked_seeds(&self.rig.cx(), leak).await.expect("a store");
        assert_eq!((held.devices, held.people), (1, 1), "hers: {held}");
        self.note(EventKind::SeedsLeaked, ops1(), None).fact("devices", 1).fact("unknown", 0);
        self.note(EventKind::DeviceLeaked, ops1(), Some(id)).fact("serial", gadget().serial());
        self.note(EventKind::FactorRemoved, ops1(), Some(id)).fact("why", "seed-leaked");
        let held = self.note(EventKind::Held, ops1(), Some(id));
        held.fact("origin", "security").fact("reason", "seed-leaked");
        self.letters().await;
    }

    /// Her password comes to stand on a list: she signs in with it, and is told.
    pub(super) async fn the_password_leaks(&mut self, n: u32) {
        let (rig, id) = (self.rig, self.id(n));
        let hash = rig.house.hasher.hash(leaked()).await.expect("a hash");
        let mut tx = rig.change().await;
        tx.set_password_hash(id, &hash, rig.clock.now()).await.expect("a store");
        tx.commit().await.expect("a store");
        self.later();
        let flow = self.types_it(n).await.expect("a week to change it");
        rig.show_code(browser_of(n), flow, &App::with_seed(&self.walkers[&n].secret)).await;
        self.letters().await;
    }

    /// She did not change it within the week.
    pub(super) async fn is_held_for_it(&mut self, n: u32) {
        let refused = self.types_it(n).await;
        assert!(matches!(refused, Err(PasswordWrong::Held(_))), "her week is over: {refused:?}");
        let id = self.id(n);
        self.fell(EventKind::Held, id).fact("origin", "issuer").fact("reason", LEAKED_HOLD);
        self.letters().await;
    }

    async fn types_it(&self, n: u32) -> Result<FlowId, PasswordWrong> {
        let cx = self.rig.browser(browser_of(n));
        let flow = begin_sign_in(&cx).await.expect("a store");
        show_password(&cx, flow, hr::line(n).user_name.as_str(), leaked()).await.map(|_| flow)
    }

    /// The recovery is tried out, as for a restored database whose file outside is lost: it owes nobody anything, and ends
    /// what everybody has in hand.
    pub(super) async fn recovers(&mut self) {
        let rig = self.rig;
        assert!(ship_outside(&rig.cx()).await.expect("a store") > 0, "records wait for the place outside");
        let joined = |it: &&super::Known| {
            let change = it.facts.get("change").map(String::as_str);
            it.kind == EventKind::PersonImported && change == Some("person,relation")
        };
        let people = self.known.iter().filter(joined).count();
        let by = hr::operator("ops1");
        Box::pin(recover(&rig.cx(), self.keys, &by, true)).await.expect("a recovery");
        self.note(EventKind::RecoveryBegun, ops1(), None).fact("resumed", false);
        let done = self.note(EventKind::Recovered, ops1(), None).fact("records", 0).fact("holds", 0);
        done.fact("unknown", 0).fact("people", people);
        self.letters().await;
    }
}

/// The only code device of the year.
fn gadget() -> Gadget {
    Gadget::button(1)
}

fn leaked() -> Password {
    Password::typed(FewLeaks::LEAKED.to_owned())
}

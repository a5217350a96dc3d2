//! What most of the crowd does, written past the use cases by the hundred: day one, and logins at services.

use super::Known;
use super::life::Life;
use super::people::browser_of;
use super::scribe;
use super::services::{ONE, TWO};
use crate::PASSWORD;
use crate::deeds::proof_by_mitid;
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::factor::{Added, AuthenticatorApp, FactorName, MeanKind, TimeStep};
use domain::ids::{FactorId, PersonId};
use domain::level::AssuranceLevel;
use domain::notice::Template;
use domain::password::Password;
use domain::terms::{Accepted, Accepting, TermsAcceptance, TermsVersion};
use usecases::context::Cx;
use usecases::ports::store::Tx;
use usecases::ports::vault::KeyUse;
use usecases::record::seed_place;
use usecases::terms_in_force::see_terms_in_force;

impl Life<'_> {
    /// These walk day one, in one transaction.
    pub(super) async fn these_enrol(&mut self, some: &[(u32, PersonId)]) {
        let rig = self.rig;
        let hash = rig.house.hasher.hash(Password::typed(PASSWORD.to_owned())).await.expect("a hash");
        let (terms, _) = see_terms_in_force(&rig.cx()).await.expect("terms");
        let mut tx = rig.change().await;
        tx.keep_terms(&terms).await.expect("a store");
        for (n, id) in some {
            let cx = rig.browser(browser_of(*n));
            self.is_proved(&cx, tx.as_mut(), *id, &terms).await;
            self.has_means(&cx, tx.as_mut(), *id, &hash).await;
            self.is_ready(&cx, tx.as_mut(), *id).await;
        }
        tx.commit().await.expect("a store");
    }

    /// Writes what happened in this request.
    async fn happened(&mut self, cx: &Cx, tx: &mut dyn Tx, known: Known) {
        scribe::write(cx, tx, &known).await;
        self.known.push(known);
    }

    async fn is_proved(&mut self, cx: &Cx, tx: &mut dyn Tx, id: PersonId, terms: &TermsVersion) {
        let at = cx.now;
        let accepted = Accepted {
            terms: terms.hash,
            shown: vec![at; usize::from(terms.pages)],
            at,
            by: Accepting { address: cx.source.address.to_string(), agent: cx.source.agent.clone() },
        };
        let acceptance = TermsAcceptance { id: cx.id().expect("chance"), person: id, accepted };
        tx.add_acceptance(&acceptance).await.expect("a store");
        tx.add_proofing(&proof_by_mitid(cx, id)).await.expect("a store");
        let begun = Known::of(at, EventKind::EnrolmentBegun, Actor::Unknown, Some(id));
        self.happened(cx, tx, begun.with("terms", terms.hash)).await;
        let proved = Known::own(at, EventKind::IdentityProved, id).with("register", "Resident");
        self.happened(cx, tx, proved.with("level", AssuranceLevel::Substantial.word())).await;
        let accepted = Known::own(at, EventKind::TermsAccepted, id).with("terms", terms.hash);
        self.happened(cx, tx, accepted.with("pages", terms.pages)).await;
    }

    async fn has_means(&mut self, cx: &Cx, tx: &mut dyn Tx, id: PersonId, hash: &str) {
        let at = cx.now;
        tx.set_password_hash(id, hash, at).await.expect("a store");
        let set = Known::own(at, EventKind::PasswordSet, id).with("during", "enrolment");
        self.happened(cx, tx, set).await;
        let factor: FactorId = cx.id().expect("chance");
        let app = AuthenticatorApp {
            id: factor,
            person: id,
            name: FactorName::try_from("Phone".to_owned()).expect("a name"),
            added_at: at,
            added: Added::default(),
            used_at: Some(at),
            last_step: TimeStep::at(at),
        };
        let seed = cx.house.vault.seal(KeyUse::Seeds, &seed_place(factor), b"12345678901234567890");
        tx.add_app(&app, &seed.expect("a vault")).await.expect("a store");
        let added = Known::own(at, EventKind::FactorAdded, id).with("factor", factor);
        self.happened(cx, tx, added.with("kind", MeanKind::App.word())).await;
    }

    async fn is_ready(&mut self, cx: &Cx, tx: &mut dyn Tx, id: PersonId) {
        let at = cx.now;
        for relation in tx.associations_of(id).await.expect("a store") {
            let active = Known::own(at, EventKind::AssociationActivated, id).with("source", "hr");
            let active = active.with("association", relation.id).with("cvr", &relation.cvr);
            let relation = Association { activated_at: Some(at), ..relation };
            tx.put_association(&relation).await.expect("a store");
            self.happened(cx, tx, active).await;
        }
        tx.end_invitation(id).await.expect("a store");
        for template in [Template::Welcome, Template::Reminder] {
            tx.withdraw(id, template).await.expect("a store");
        }
        self.happened(cx, tx, Known::own(at, EventKind::CodesPrinted, id)).await;
        self.happened(cx, tx, Known::own(at, EventKind::EnrolmentFinished, id)).await;
    }

    /// She uses her login at a service.
    pub(super) async fn works(&mut self, cx: &Cx, tx: &mut dyn Tx, id: PersonId) {
        let service = if self.chance.once_in(3) { TWO } else { ONE };
        let message = self.crowd.message();
        let level = AssuranceLevel::Substantial.word();
        let asked = Known::of(cx.now, EventKind::RequestReceived, Actor::Unknown, None);
        let asked = asked.with("service", service).with("message", &message).with("level", level);
        self.happened(cx, tx, asked.with("force", false).with("passive", false)).await;
        let token = Known::own(cx.now, EventKind::TokenIssued, id).with("service", service);
        let token = token.with("in-response-to", &message).with("level", level).with("cause", "Fresh");
        self.happened(cx, tx, token.with("asked", level)).await;
    }
}

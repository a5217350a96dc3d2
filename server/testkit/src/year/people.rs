//! Joining, day one, and signing in, step by step, as few of them walk it.

use super::life::Life;
use crate::{App, Posted, hr};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::factor::MeanKind;
use domain::hr::HrLine;
use domain::ids::{FlowId, PersonId};
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;
use usecases::read_terms::{accept_terms, turn_page};
use usecases::register_app::{offer_app, register_app};
use usecases::show_code::SignedIn;
use usecases::terms_in_force::see_terms_in_force;
use usecases::who::{Here, who};

/// What somebody has after day one.
#[derive(Debug)]
pub(super) struct Walker {
    pub(super) id: PersonId,
    /// The seed of her app, in base 32.
    pub(super) secret: String,
    /// The code on her sheet that blocks.
    pub(super) code: String,
    /// The link in a letter of that day with which she says that it was not her.
    pub(super) link: String,
    /// The digest of the terms she accepted last.
    pub(super) terms: String,
    /// When she was proved.
    pub(super) proved: Timestamp,
}

/// The browser of the n-th person.
pub(super) fn browser_of(n: u32) -> u128 {
    u128::from(n) + 1
}

/// The operator of a usual day.
pub(super) fn ops1() -> Actor {
    Actor::Operator("ops1".to_owned())
}

impl Life<'_> {
    /// Her line in HR's feed, the same all the year.
    pub(super) fn line(&self, n: u32) -> HrLine {
        HrLine { starts_on: self.calendar.day(-61), ..hr::line(n) }
    }

    /// HR's feed names these people for the first time.
    pub(super) async fn join(&mut self, people: &[u32]) -> Vec<PersonId> {
        let lines = people.iter().map(|n| self.line(*n)).collect();
        self.rig.import(lines).await.expect("a usual day");
        self.note(EventKind::FeedImported, ops1(), None);
        let mut ids = Vec::with_capacity(people.len());
        let mut tx = self.rig.look().await;
        for n in people {
            let id = tx.person_by_user_name(&hr::line(*n).user_name).await.expect("a store");
            ids.push(id.expect("she is there"));
        }
        drop(tx);
        for id in &ids {
            self.note(EventKind::PersonImported, ops1(), Some(*id)).fact("change", "person,relation");
            self.note(EventKind::Invited, ops1(), Some(*id));
        }
        ids
    }

    /// HR's feed names her, and she walks the whole of day one, with an app.
    pub(super) async fn enrol(&mut self, n: u32) {
        let (id, flow) = self.chooses_a_password(n).await;
        let cx = self.rig.browser(browser_of(n));
        let secret = offer_app(&cx, flow).await.expect("an offer").secret.to_string();
        let code = App::with_seed(&secret).code(cx.now);
        register_app(&cx, flow, "Phone".to_owned(), &code).await.expect("a right code");
        self.did(EventKind::FactorAdded, id).fact("kind", MeanKind::App.word());
        self.finishes(n, (id, flow)).await;
        let (sheet, _) = see_codes(&cx, flow).await.expect("a sheet");
        let letters = self.letters().await;
        let link = hers(&letters, n).find_map(Posted::not_me).expect("a link").to_owned();
        let (terms, proved) = (self.terms().await, cx.now);
        self.walkers.insert(n, Walker { id, secret, code: sheet.blocking.printed(), link, terms, proved });
    }

    /// HR's feed names her, and she walks day one as far as her password.
    pub(super) async fn chooses_a_password(&mut self, n: u32) -> (PersonId, FlowId) {
        let (rig, browser) = (self.rig, browser_of(n));
        let id = self.join(&[n]).await[0];
        let letters = self.letters().await;
        let token = hers(&letters, n).find_map(Posted::token).expect("a welcome").to_owned();
        let flow = rig.begin(browser, &token).await;
        self.note(EventKind::EnrolmentBegun, Actor::Unknown, Some(id));
        rig.accept(browser, flow).await;
        rig.prove_in(browser, flow, n).await;
        self.did(EventKind::IdentityProved, id).fact("register", "Resident");
        let terms = self.terms().await;
        self.did(EventKind::TermsAccepted, id).fact("terms", terms);
        rig.choose(browser, flow).await;
        self.did(EventKind::PasswordSet, id).fact("during", "enrolment");
        (id, flow)
    }

    /// Everything is there: she finishes day one.
    pub(super) async fn finishes(&mut self, n: u32, (id, flow): (PersonId, FlowId)) {
        finish_enrolment(&self.rig.browser(browser_of(n)), flow).await.expect("everything is there");
        self.did(EventKind::AssociationActivated, id).fact("source", "hr");
        self.did(EventKind::CodesPrinted, id);
        self.did(EventKind::EnrolmentFinished, id);
    }

    /// The digest of the terms that hold now.
    pub(super) async fn terms(&self) -> String {
        see_terms_in_force(&self.rig.cx()).await.expect("terms").0.hash.to_string()
    }

    /// Who she is.
    pub(super) fn id(&self, n: u32) -> PersonId {
        self.walkers[&n].id
    }

    /// Signs in to the portal in her browser.
    pub(super) async fn sign_in(&self, n: u32) -> SignedIn {
        let app = App::with_seed(&self.walkers[&n].secret);
        self.rig.sign_in(browser_of(n), n, &app).await
    }

    /// She at her browser.
    pub(super) async fn here(&self, n: u32) -> Here {
        who(&self.rig.browser(browser_of(n))).await.expect("a store").expect("a session")
    }

    /// Signs in where terms wait for her, and accepts them.
    pub(super) async fn sign_in_and_accept(&mut self, n: u32) {
        let flow = self.sign_in(n).await.flow;
        let cx = self.rig.browser(browser_of(n));
        for page in 1..=4 {
            turn_page(&cx, flow, page).await.expect("the next page");
        }
        accept_terms(&cx, flow, true).await.expect("terms that were read");
        let terms = self.terms().await;
        self.did(EventKind::TermsAccepted, self.id(n)).fact("terms", &terms);
        self.walkers.get_mut(&n).expect("she walks").terms = terms;
    }

    /// Signs in, and accepts the terms where others hold than she accepted.
    pub(super) async fn sign_in_whatever_waits(&mut self, n: u32) {
        if self.terms().await == self.walkers[&n].terms {
            self.sign_in(n).await;
        } else {
            self.sign_in_and_accept(n).await;
        }
    }
}

/// Letters to her, work or private.
fn hers(letters: &[Posted], n: u32) -> impl Iterator<Item = &Posted> {
    let to = format!("p{n}@");
    letters.iter().filter(move |letter| letter.to.starts_with(&to))
}

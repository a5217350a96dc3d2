//! Everybody else: imported as HR does it, and written past the use cases by the hundred in what else they do.

use super::Known;
use super::life::Life;
use super::people::{browser_of, ops1};
use super::scribe;
use super::services::{ONE, TWO};
use crate::{PASSWORD, hr};
use domain::association::Association;
use domain::audit::{Actor, EventKind};
use domain::cpr::{CprStatus, RegisterStatus};
use domain::factor::{Added, AuthenticatorApp, FactorName, MeanKind, TimeStep};
use domain::hr::HrLine;
use domain::ids::{FactorId, PersonId};
use domain::level::AssuranceLevel;
use domain::notice::Template;
use domain::password::Password;
use domain::proofing::{IdentityProofing, Means, PROCESS};
use domain::terms::{Accepted, Accepting, TermsAcceptance, TermsVersion};
use domain::{Date, SignedDuration};
use std::collections::BTreeSet;
use usecases::close_associations::close_associations;
use usecases::context::Cx;
use usecases::ports::store::Tx;
use usecases::ports::vault::KeyUse;
use usecases::record::seed_place;
use usecases::terms_in_force::see_terms_in_force;

/// How many leave on a day: a file that ends more is refused, until somebody says why (security decision 21).
const AT_ONCE: usize = 20;

/// The first of the crowd; before her are those who walk by themselves.
const FIRST: u32 = 20;
/// So many of the first are held at the edges of periods, and do nothing else.
const RESERVED: u32 = 9;
/// People of one transaction.
const BATCH: usize = 100;
/// Months in which some join, once it began.
const MONTHS: u32 = 12;

/// How far the crowd has come.
pub(super) struct Crowd {
    people: u32,
    next: u32,
    enrolled: Vec<(u32, PersonId)>,
    leaving: Vec<(u32, PersonId)>,
    left: BTreeSet<u32>,
    worked: u32,
}

impl Crowd {
    pub(super) fn of(people: u32) -> Self {
        let (enrolled, leaving) = (Vec::new(), Vec::new());
        Self { people, next: FIRST, enrolled, leaving, left: BTreeSet::new(), worked: 0 }
    }

    /// One of those who are held at the edges.
    pub(super) fn reserved(at: u32) -> u32 {
        assert!(at < RESERVED, "one is kept for each edge");
        FIRST + at
    }

    /// Who is there and does what others do.
    fn active(&self) -> Vec<(u32, PersonId)> {
        let there = |(n, _): &(u32, PersonId)| *n >= FIRST + RESERVED && !self.left.contains(n);
        self.enrolled.iter().copied().filter(there).collect()
    }
}

impl Life<'_> {
    /// Four of ten are there before the first day.
    pub(super) async fn crowd_begins(&mut self) {
        let many = (self.crowd.people - FIRST) * 4 / 10;
        self.these_join(FIRST + many.max(RESERVED)).await;
    }

    /// A month's share of those who join in the year.
    pub(super) async fn crowd_joins(&mut self) {
        let already = FIRST + (self.crowd.people - FIRST) * 4 / 10;
        let share = (self.crowd.people - already).div_ceil(MONTHS);
        self.these_join((self.crowd.next + share).min(self.crowd.people)).await;
    }

    /// HR's feed names everybody up to this one; nine of ten walk day one at once.
    async fn these_join(&mut self, before: u32) {
        let people: Vec<u32> = (self.crowd.next..before).collect();
        if people.is_empty() {
            return;
        }
        self.crowd.next = before;
        let ids = self.join(&people).await;
        self.rig.clock.advance(SignedDuration::from_mins(1));
        let mut begin = Vec::new();
        for (n, id) in people.into_iter().zip(ids) {
            if n < FIRST + RESERVED || !self.chance.once_in(10) {
                begin.push((n, id));
            }
        }
        for some in begin.chunks(BATCH) {
            self.these_enrol(some).await;
        }
        self.crowd.enrolled.extend(begin);
        self.letters().await;
    }

    async fn these_enrol(&mut self, some: &[(u32, PersonId)]) {
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
        tx.add_proofing(&proofing(cx, id)).await.expect("a store");
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

    /// One of four of them uses her login at a service.
    pub(super) async fn crowd_works(&mut self) {
        let mut at_work = self.crowd.active();
        at_work.retain(|_| self.chance.once_in(4));
        self.rig.clock.advance(SignedDuration::from_mins(1));
        for some in at_work.chunks(BATCH) {
            let mut tx = self.rig.change().await;
            for (n, id) in some {
                let cx = self.rig.browser(browser_of(*n));
                self.works(&cx, tx.as_mut(), *id).await;
            }
            tx.commit().await.expect("a store");
        }
    }

    async fn works(&mut self, cx: &Cx, tx: &mut dyn Tx, id: PersonId) {
        let service = if self.chance.once_in(3) { TWO } else { ONE };
        let message = format!("_crowd-{}", self.crowd.worked);
        self.crowd.worked += 1;
        let level = AssuranceLevel::Substantial.word();
        let asked = Known::of(cx.now, EventKind::RequestReceived, Actor::Unknown, None);
        let asked = asked.with("service", service).with("message", &message).with("level", level);
        self.happened(cx, tx, asked.with("force", false).with("passive", false)).await;
        let token = Known::own(cx.now, EventKind::TokenIssued, id).with("service", service);
        let token = token.with("in-response-to", &message).with("level", level).with("cause", "Fresh");
        self.happened(cx, tx, token.with("asked", level)).await;
    }

    /// HR's feed gives these a last day, and some of the crowd.
    pub(super) async fn leave(&mut self, walkers: &[u32], last: i64) {
        let mut leaving: Vec<_> = walkers.iter().map(|n| (*n, self.id(*n))).collect();
        for (at, some) in self.crowd.active().into_iter().enumerate() {
            let goes = at == 0 || self.chance.once_in(20);
            if goes && leaving.len() < AT_ONCE {
                leaving.push(some);
            }
        }
        let ends_on = Some(self.calendar.day(last));
        let lines = leaving.iter().map(|(n, _)| HrLine { ends_on, ..self.line(*n) }).collect();
        self.rig.import(lines).await.expect("a usual day");
        self.note(EventKind::FeedImported, ops1(), None);
        for (n, id) in &leaving {
            self.note(EventKind::PersonImported, ops1(), Some(*id)).fact("change", "relation");
            self.crowd.left.insert(*n);
        }
        self.crowd.leaving = leaving;
    }

    /// The day after.
    pub(super) async fn is_over(&mut self, last: i64) {
        let last: Date = self.calendar.day(last);
        let leaving = core::mem::take(&mut self.crowd.leaving);
        let closed = close_associations(&self.rig.cx()).await.expect("a store");
        assert_eq!(closed, u64::try_from(leaving.len()).expect("few"), "nobody else's is over");
        for (_, id) in leaving {
            self.fell(EventKind::AssociationClosed, id).fact("last-day", last);
            self.fell(EventKind::Held, id).fact("origin", "association");
        }
        self.letters().await;
    }

    /// HR's feed gives somebody new a user name that is taken.
    pub(super) async fn a_name_is_taken(&mut self) {
        let line = HrLine { user_name: hr::line(3).user_name, ..self.line(250_000) };
        let report = self.rig.import(vec![line]).await.expect("a usual day");
        assert_eq!((report.added, report.errors.len()), (0, 1), "the line is refused");
        self.note(EventKind::FeedImported, ops1(), None);
        self.note(EventKind::FeedRefused, ops1(), None).fact("column", "user_name");
    }
}

fn proofing(cx: &Cx, person: PersonId) -> IdentityProofing {
    IdentityProofing {
        id: cx.id().expect("chance"),
        person,
        at: cx.now,
        level: AssuranceLevel::Substantial,
        means: Means::Mitid {
            issuer: "https://broker.example".into(),
            authenticators: vec!["code_app".into()],
            transaction: "t-1".into(),
            mitid_transaction: "m-1".into(),
            receipt: [1; 32],
        },
        register: CprStatus {
            status: RegisterStatus::Resident,
            source: "broker:ssn.details".into(),
            at: cx.now,
        },
        process: PROCESS.into(),
    }
}

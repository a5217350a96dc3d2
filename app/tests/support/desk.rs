//! A desk that gives samples, or a stop, and writes down what was handed to it.

mod account;
mod auditor;
mod block;
mod enrolment;
mod methods;
mod phone;
mod publication;
mod reopening;
mod sign_in;

use super::FLOW;
use app::desk::{
    Answer, AppSetup, Asking, Assets, BlockedBy, BrokenKind, Cannot, CannotWhy, ChainWrong, CodeFrom, Desk,
    Document, Flash, HappenedShown, House, MethodLine, OrderStage, Overview, PendingRole, PhoneDeskStage,
    PhoneStage, Seen, StatusPage, Stop, TextPage, Visitor,
};
use async_trait::async_trait;
use domain::audit::catalogue::By;
use domain::audit::{Doer, EventKind};
use domain::evidence::Evidence;
use domain::factor::MeanKind;
use domain::ids::FlowId;
use domain::level::AssuranceLevel;
use domain::proofing::RefusalPage;
use domain::reconfirmation::Reconfirmation;
use domain::reopening::ReopeningStep;
use domain::role::RoleKind;
use domain::standing::Origin;
use domain::status::Part;
use domain::throttle::CodeDoor;
use domain::{SignedDuration, Timestamp};
use jiff::civil::date;
use std::sync::{Arc, Mutex};
use text::Lang;

/// Whom a way out has come to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnTheWayOut {
    /// A service that is to be told.
    Tells,
    /// One that does not answer.
    Waits,
    /// Applications that are told in frames.
    Shows,
}

/// What the desk shows and remembers.
#[expect(clippy::struct_excessive_bools, reason = "each is something a page may be asked to show")]
pub(crate) struct Samples {
    pub(crate) asking: Asking,
    pub(crate) house: House,
    pub(crate) flash: Flash,
    pub(crate) stop: Option<Stop>,
    pub(crate) refusal: RefusalPage,
    /// Where a trip to MitID began that served no enrolment.
    pub(crate) start: Option<String>,
    pub(crate) blocked_by: BlockedBy,
    pub(crate) broken: BrokenKind,
    /// Whom the way out has come to.
    pub(crate) way_out: OnTheWayOut,
    pub(crate) reopening: ReopeningStep,
    pub(crate) cannot: Cannot,
    pub(crate) codes: CodeDoor,
    /// What shows her codes.
    pub(crate) code_from: CodeFrom,
    pub(crate) reconfirm: Reconfirmation,
    pub(crate) last_relation: bool,
    /// Whose password comes after a key that does not count alone.
    pub(crate) known_as: Option<String>,
    /// The services behind the one that asks.
    pub(crate) behind: Vec<String>,
    /// Whom the service means.
    pub(crate) hint: Option<String>,
    /// A recovery code brought her to MitID and back.
    pub(crate) proved: bool,
    /// She gave up on the way to a service.
    pub(crate) given_up: bool,
    /// The login method she is asked about.
    pub(crate) check: Option<(domain::ids::FactorId, String)>,
    /// Of each of her login methods on the overview, whether it counts.
    pub(crate) counting: Vec<bool>,
    /// What the tests of the build answered was handed in.
    pub(crate) tested: Option<Arc<domain::nsis::Results>>,
    /// Figures of the doors were handed in.
    pub(crate) measured: bool,
    /// Which export an auditor made.
    pub(crate) evidence: Evidence,
    /// How far one is that she ordered.
    pub(crate) order: OrderStage,
    /// What is wrong with the trail.
    pub(crate) chain_wrong: Option<ChainWrong>,
    /// How many recovery codes she has left.
    pub(crate) recovery: u32,
    /// The day her login begins to work, where that is to come.
    pub(crate) works_from: Option<domain::Date>,
    /// What does not work.
    pub(crate) broken_part: Option<Part>,
    /// When the sheet before was made.
    pub(crate) replaces: Option<Timestamp>,
    /// What she has to confirm again with: codes, keys, keys first.
    pub(crate) has: (bool, bool, bool),
    /// How far the computer's and the phone's side are.
    pub(crate) phone: (PhoneDeskStage, PhoneStage),
    /// What every browser says about itself.
    pub(crate) agent: String,
    pub(crate) answer: Answer,
    /// What was handed over, as `Debug` shows it: secrets must not be in it.
    pub(crate) heard: Mutex<Vec<String>>,
    /// What was left for the next page.
    pub(crate) left: Mutex<Vec<(String, Flash)>>,
}

pub(crate) const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
pub(crate) const SEED: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

fn now() -> Timestamp {
    "2026-11-21T19:47:07Z".parse().unwrap()
}

pub(crate) fn flow() -> FlowId {
    FLOW.parse().unwrap()
}

impl Samples {
    pub(crate) fn new(lang: Lang) -> Self {
        let assets = Assets { css: "/pkg/app.0123.css".into(), boot: "/* boot */".into() };
        let house = House {
            municipality: "Eksempel Kommune".into(),
            phone: "76 16 12 12".into(),
            mail: "servicedesk@example.dk".into(),
            phone_hours: ["Døgnet rundt".into(), "Day and night".into()],
            broker_origins: vec!["https://broker.example".into()],
            words: vec![],
            demo: false,
            pilot: false,
            outages: vec![],
            assets,
        };
        let asking =
            Asking { lang, path: "/".into(), now: now(), visitor: None, reference: "7K3Q-92AB".into() };
        Self {
            asking,
            house,
            flash: Flash::default(),
            stop: None,
            refusal: RefusalPage::Stopped,
            start: None,
            blocked_by: BlockedBy::Owner,
            broken: BrokenKind::Stale,
            way_out: OnTheWayOut::Tells,
            reopening: ReopeningStep::Password,
            cannot: Cannot { reset: false, why: CannotWhy::Held(Origin::Security) },
            codes: CodeDoor::Open { left: 5 },
            code_from: CodeFrom::App,
            reconfirm: Reconfirmation::Near(date(2027, 11, 2)),
            last_relation: true,
            known_as: None,
            behind: Vec::new(),
            hint: None,
            proved: false,
            given_up: false,
            check: None,
            counting: vec![true],
            tested: None,
            measured: false,
            evidence: Evidence::Blocks,
            order: OrderStage::Ready(now()),
            chain_wrong: None,
            recovery: 10,
            works_from: None,
            broken_part: None,
            replaces: None,
            has: (true, true, false),
            phone: (
                PhoneDeskStage::Show {
                    picture: "<svg viewBox=\"0 0 1 1\"></svg>".into(),
                    address: format!("https://login.example/telefon/{}", "a".repeat(64)).as_str().into(),
                },
                PhoneStage::Number("123456".into()),
            ),
            agent: AGENT.into(),
            answer: Answer::to("/overblik"),
            heard: Mutex::default(),
            left: Mutex::default(),
        }
    }

    pub(crate) fn at(mut self, path: &str) -> Self {
        path.split('?').next().unwrap_or_default().clone_into(&mut self.asking.path);
        self
    }

    pub(crate) fn saying(self, flash: Flash) -> Self {
        Self { flash, ..self }
    }

    pub(crate) fn stopping(self, stop: Stop) -> Self {
        Self { stop: Some(stop), ..self }
    }

    pub(crate) fn answering(self, answer: Answer) -> Self {
        Self { answer, ..self }
    }

    pub(crate) fn signed_in(mut self) -> Self {
        self.asking.visitor = Some(Visitor {
            who: "000000000001".into(),
            name: "Maja Holm".into(),
            ends_at: now() + SignedDuration::from_mins(30),
            must_end_at: now() + SignedDuration::from_mins(60),
        });
        self
    }

    fn give<T>(&self, seen: T) -> Seen<T> {
        match &self.stop {
            Some(stop) => Err(stop.clone()),
            None => Ok(seen),
        }
    }

    fn happened(&self, kind: EventKind) -> HappenedShown {
        HappenedShown {
            kind,
            at: now(),
            by: doer(kind),
            agent: self.agent.clone(),
            address: "192.0.2.1".into(),
            service: if kind == EventKind::TokenIssued { "Lønportalen".into() } else { String::new() },
            reference: "7K3Q-92AB".into(),
        }
    }

    fn hear(&self, form: &impl core::fmt::Debug) -> Answer {
        self.heard.lock().unwrap().push(format!("{form:?}"));
        self.answer.clone()
    }
}

/// Who may do it, by the catalogue.
fn doer(kind: EventKind) -> Doer {
    match (kind, kind.about().by) {
        (EventKind::PersonImported, _) => Doer::Hr,
        (EventKind::NameRead, _) => Doer::Another,
        (_, [By::Operator]) => Doer::Operator,
        (_, [By::System]) => Doer::House { answering: false },
        (_, [By::Unknown]) => Doer::Unknown,
        _ => Doer::Herself,
    }
}

fn setup() -> AppSetup {
    AppSetup {
        flow: flow(),
        qr_svg: "<svg viewBox=\"0 0 1 1\"></svg>".into(),
        secret: SEED.into(),
        otpauth: format!("otpauth://totp/Eksempel:maja?secret={SEED}"),
        account: "Eksempel Kommune: maja.holm".into(),
        proposed_name: "Min telefon".into(),
    }
}

fn method_line(counts: bool) -> MethodLine {
    MethodLine {
        name: "Min telefon".into(),
        kind: MeanKind::App,
        added_at: now(),
        used_at: Some(now()),
        counts,
    }
}

#[async_trait]
impl Desk for Samples {
    fn asking(&self) -> &Asking {
        &self.asking
    }
    fn house(&self) -> &House {
        &self.house
    }
    async fn flash(&self) -> Flash {
        self.flash.clone()
    }
    async fn keep_flash(&self, path: &str, flash: Flash) {
        self.left.lock().unwrap().push((path.to_owned(), flash));
    }

    async fn overview(&self) -> Seen<Overview> {
        let role = |kind, n| PendingRole { id: uuid::Uuid::from_u128(n).into(), kind, proposed_at: now() };
        self.give(Overview {
            name: "Maja Holm".into(),
            user_name: "maja.holm".into(),
            level: Some(AssuranceLevel::Substantial),
            signed_in_at: now(),
            signed_in_before: Some(now()),
            factors: self.counting.iter().map(|counts| method_line(*counts)).collect(),
            terms: Some("1.0".into()),
            reconfirm: Some(self.reconfirm),
            recovery: self.recovery,
            check: self.check.clone(),
            units: vec!["Hjemmeplejen Nord".into()],
            roles: vec![(RoleKind::Auditor, now())],
            pending_roles: vec![role(RoleKind::Administrator, 1), role(RoleKind::Registrar, 2)],
        })
    }
    async fn status_page(&self) -> Seen<StatusPage> {
        self.give(StatusPage { parts: Part::ALL.map(|part| (part, Some(part) != self.broken_part)).into() })
    }
    async fn document(&self, _: Document) -> Seen<TextPage> {
        self.give(TextPage {
            title: "En tekst".into(),
            html: "<h2>Afsnit</h2><p>Ord.</p>".into(),
            version: Some(("1.0".into(), date(2026, 11, 1))),
        })
    }
}

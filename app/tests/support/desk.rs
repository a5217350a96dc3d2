//! A desk that gives samples, or a stop, and writes down what was handed to it.

use super::FLOW;
use app::desk::*;
use async_trait::async_trait;
use domain::audit::EventKind;
use domain::connection::LogoutKind;
use domain::contact::ChannelKind;
use domain::evidence::{Evidence, Measured, Period, Search, Tally, Uptimes};
use domain::factor::{MeanKind, PasskeyKind, Worth};
use domain::ids::{EventId, ExportJobId, FlowId};
use domain::level::AssuranceLevel;
use domain::proofing::RefusalPage;
use domain::publication::{Binds, Draft, DraftState, PageText, Pages, Published, Spread, difference};
use domain::reconfirmation::Reconfirmation;
use domain::reopening::ReopeningStep;
use domain::retention::Periods;
use domain::role::RoleKind;
use domain::standing::Origin;
use domain::status::Part;
use domain::step_up::StepUpFor;
use domain::terms::TermsVersion;
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

fn method_line(counts: bool) -> MethodLine {
    MethodLine {
        name: "Min telefon".into(),
        kind: MeanKind::App,
        added_at: now(),
        used_at: Some(now()),
        counts,
    }
}

/// A row of the trail, with what somebody wrote.
fn found(n: u128, event: &str, accept: bool) -> FoundShown {
    FoundShown {
        id: uuid::Uuid::from_u128(n).into(),
        place: (n == 1).then_some(17),
        at: now(),
        event: event.into(),
        by: "operator <ops1>".into(),
        about: Some(FLOW.to_owned()),
        told: vec!["origin: security".into()],
        reference: "7K3Q-92AB".into(),
        request: FLOW.to_owned(),
        accept,
    }
}

impl Samples {
    fn chain(&self) -> ChainShown {
        ChainShown {
            signed: Some((17, 1201, now())),
            sequenced: 1203,
            waiting: 1,
            outside: OutsideShown::Agrees(17),
            wrong: self.chain_wrong,
        }
    }

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
            reconfirm: Reconfirmation::Near(date(2027, 11, 2)),
            last_relation: true,
            known_as: None,
            behind: Vec::new(),
            hint: None,
            proved: false,
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

fn ordered(stage: OrderStage) -> OrderShown {
    OrderShown { id: FLOW.parse().unwrap(), evidence: Evidence::Blocks, ordered_at: now(), stage }
}

fn waiting() -> WaitingPage {
    WaitingPage { flow: flow(), user_name: "maja.holm".into(), names: vec!["Maja".into(), "Holm".into()] }
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

/// The fifth is of a model that is not admitted any more.
fn method(n: u128, kind: MeanKind) -> MethodShown {
    let alone = kind == MeanKind::Key(PasskeyKind::SecurityKey);
    let worth = if alone { Worth::Alone } else { Worth::Beside };
    MethodShown {
        id: uuid::Uuid::from_u128(n).into(),
        kind,
        name: format!("Nummer {n}"),
        worth: (n < 5).then_some(worth),
        synced: kind == MeanKind::Key(PasskeyKind::Passkey),
        added_at: now(),
        used_at: (n < 3).then(now),
        agent: AGENT.into(),
        address: if n == 1 { "192.0.2.1".into() } else { String::new() },
        primary: n == 2,
        last: n == 4,
    }
}

fn methods() -> Vec<MethodShown> {
    let kinds = [
        MeanKind::App,
        MeanKind::Key(PasskeyKind::Passkey),
        MeanKind::CodeDevice,
        MeanKind::Key(PasskeyKind::SecurityKey),
        MeanKind::Key(PasskeyKind::SecurityKey),
    ];
    (1..).zip(kinds).map(|(n, kind)| method(n, kind)).collect()
}

fn factor(n: u128, name: &str, goes: bool) -> FactorShown {
    let id = uuid::Uuid::from_u128(n).into();
    let kind = MeanKind::Key(PasskeyKind::Passkey);
    FactorShown { id, kind, name: name.into(), added_at: now(), used_at: Some(now()), goes }
}

fn relation(n: u128) -> RelationShown {
    RelationShown {
        id: uuid::Uuid::from_u128(n).into(),
        unit: "Hjemmeplejen Nord".into(),
        employee_number: format!("100{n}"),
        starts_on: date(2026, 11, 1),
        ends_on: None,
    }
}

fn factors() -> Vec<FactorShown> {
    vec![factor(1, "Min telefon", false), factor(2, "Ukendt telefon", true)]
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

    async fn sign_in_page(&self, flow: Option<FlowId>) -> Seen<SignInPage> {
        let service = flow.map(|_| "Omsorg & Pleje".to_owned());
        self.give(SignInPage {
            flow,
            service,
            behind: self.behind.clone(),
            hint: self.hint.clone(),
            again_as: None,
            known_as: self.known_as.clone(),
        })
    }
    async fn code_page(&self, flow: FlowId) -> Seen<CodePage> {
        self.give(CodePage { flow, service: Some("Omsorg & Pleje".into()), app: Some("Min telefon".into()) })
    }
    async fn key_page(&self, flow: Option<FlowId>) -> Seen<KeyPage> {
        let service = flow.map(|_| "Omsorg & Pleje".to_owned());
        self.give(KeyPage { flow, service, after_password: flow.is_some() })
    }
    async fn ways_page(&self, flow: FlowId) -> Seen<WaysPage> {
        let service = Some("Omsorg & Pleje".into());
        self.give(WaysPage { flow, service, code: true, key: true, device: true, recovery: 4 })
    }
    async fn leaked_page(&self, flow: FlowId) -> Seen<LeakedPage> {
        self.give(LeakedPage { flow, service: Some("Aula".into()), until: now() })
    }
    async fn check_page(&self, flow: FlowId) -> Seen<CheckPage> {
        let method = (!self.proved).then(|| (uuid::Uuid::from_u128(7).into(), "Min tablet".to_owned()));
        self.give(CheckPage { flow, service: Some("Aula".into()), method })
    }
    async fn recovery_page(&self, flow: FlowId) -> Seen<RecoveryPage> {
        self.give(RecoveryPage { flow, service: None, left: 3 })
    }
    async fn regain_page(&self, flow: FlowId) -> Seen<RegainPage> {
        let step = if self.proved { RegainStep::App(Box::new(setup())) } else { RegainStep::Prove };
        self.give(RegainPage { flow, service: Some("Aula".into()), step, left: 9 })
    }
    async fn new_sheet_page(&self, flow: FlowId) -> Seen<FlowId> {
        self.give(flow)
    }
    async fn apart_page(&self, flow: Option<FlowId>) -> Seen<ApartPage> {
        self.give(ApartPage { flow })
    }
    async fn pause(&self, flow: FlowId) -> Seen<Pause> {
        self.give(Pause { flow, door: PausedDoor::Code, until: Some(now()) })
    }
    async fn blocked(&self, _: FlowId) -> Seen<Blocked> {
        self.give(Blocked { by: self.blocked_by, at: now(), reference: "SP-7K3Q".into() })
    }
    async fn broken(&self) -> Seen<Broken> {
        self.give(Broken { kind: self.broken, reference: "7K3Q-92AB".into(), service: None })
    }
    async fn hand_over(&self, _: FlowId) -> Seen<HandOver> {
        self.give(HandOver {
            service: "Omsorg & Pleje".into(),
            address: "https://service.example/acs".into(),
            origins: vec!["https://service.example".into()],
            carried: Carried::Form(vec![
                ("SAMLResponse", "PHJlc3BvbnNlLz4=".into()),
                ("RelayState", "a\"b<c".into()),
            ]),
        })
    }
    async fn hand_over_now(&self) -> Seen<HandOver> {
        self.hand_over(flow()).await
    }
    async fn way_out(&self, flow: FlowId) -> Seen<WayOutPage> {
        let step = match self.way_out {
            OnTheWayOut::Shows => WayOutStep::Show(vec![ToldInFrame {
                service: "Omsorg & Pleje".into(),
                address: "https://service.example/fc?iss=a&sid=b".into(),
                origin: "https://service.example".into(),
            }]),
            OnTheWayOut::Waits => WayOutStep::Waits("Omsorg & Pleje".into()),
            OnTheWayOut::Tells => WayOutStep::Tell(self.hand_over(flow).await?),
        };
        self.give(WayOutPage { flow, step })
    }
    async fn signed_out(&self, flow: Option<FlowId>) -> Seen<SignedOut> {
        let Some(flow) = flow else { return self.give(SignedOut::default()) };
        self.give(SignedOut {
            closed: vec!["Journal".into()],
            being_told: vec!["Løn".into()],
            waiting: vec!["Vagtplan".into()],
            still_open: vec![("Omsorg & Pleje".into(), now())],
            left: Some(LeftToDo { flow, ask: true, tell: true }),
        })
    }
    async fn welcome(&self, _: &str) -> Seen<Welcome> {
        self.give(Welcome { until: now(), begun: None })
    }
    async fn found(&self) -> Seen<Found> {
        self.give(Found { sent_to: Some("m•••@e•••.dk".into()) })
    }
    async fn enrolment(&self, flow: FlowId) -> Seen<EnrolmentPage> {
        let tasks = Tasks { terms: StepState::Done, proof: StepState::Current, ..Tasks::default() };
        self.give(EnrolmentPage {
            flow,
            tasks,
            next: format!("/indrullering/{flow}/bekraeft"),
            works_from: self.works_from,
        })
    }
    async fn terms_page(&self, _: Journey, flow: FlowId, page: u8) -> Seen<TermsPage> {
        self.give(TermsPage {
            flow,
            page,
            pages: 5,
            heading: "Dit login".into(),
            html: "<p>Teksten.</p>".into(),
            version: "1.0".into(),
            date: date(2026, 11, 1),
        })
    }
    async fn decline_page(&self, _: Journey, flow: FlowId) -> Seen<FlowId> {
        self.give(flow)
    }
    async fn proof_page(&self, flow: FlowId) -> Seen<ProofPage> {
        self.give(ProofPage { flow, again: false })
    }
    async fn proof_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused> {
        let start = if flow.is_none() { self.start.clone() } else { None };
        self.give(ProofRefused { flow, start, page: self.refusal, reference: "7K3Q-92AB".into() })
    }
    async fn password_page(&self, _: FlowId) -> Seen<WaitingPage> {
        self.give(waiting())
    }
    async fn factor_page(&self, _: FlowId) -> Seen<WaitingPage> {
        self.give(waiting())
    }
    async fn app_page(&self, _: FlowId) -> Seen<AppSetup> {
        // A real desk asks a database: the page must wait for it.
        tokio::task::yield_now().await;
        self.give(setup())
    }
    async fn key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.give(KeySetup { flow, kind, proposed_name: "Min nøgle".into() })
    }
    async fn device_setup(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.give(DeviceSetup { flow, proposed_name: "Min kodeviser".into() })
    }
    async fn review(&self, flow: FlowId) -> Seen<Review> {
        self.give(Review {
            flow,
            name: "Maja Holm".into(),
            user_name: "maja.holm".into(),
            terms: ("1.0".into(), now()),
            proved_at: now(),
            until: now(),
            factors: vec!["Min telefon".into()],
            works_from: self.works_from,
        })
    }
    async fn enrolled(&self, _: FlowId) -> Seen<Enrolled> {
        self.give(Enrolled {
            name: "Maja".into(),
            user_name: "maja.holm".into(),
            at: now(),
            reference: "7K3Q-92AB".into(),
            reconfirm_by: date(2027, 11, 2),
            works_from: self.works_from,
        })
    }
    async fn reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage> {
        let step = if back { ReopeningStep::Factors } else { self.reopening };
        let step = match step {
            ReopeningStep::Password => ReopeningShown::Password {
                user_name: "maja.holm".into(),
                names: vec!["Maja".into(), "Holm".into()],
            },
            ReopeningStep::Factors => ReopeningShown::Factors(factors()),
            ReopeningStep::App => ReopeningShown::App(Box::new(setup())),
            ReopeningStep::Activity => ReopeningShown::Activity(vec![self.happened(EventKind::Held)]),
            ReopeningStep::Terms { .. } | ReopeningStep::Confirm => {
                let taken_back = vec![ChannelKind::Mobile];
                ReopeningShown::Confirm { factors: factors(), new_app: Some("Ny".into()), taken_back }
            }
        };
        self.give(ReopeningPage { flow, step, until: now() })
    }
    async fn cannot(&self) -> Seen<Cannot> {
        self.give(self.cannot)
    }
    async fn reset_page(&self, flow: FlowId) -> Seen<ResetPage> {
        self.give(ResetPage { flow, user_name: "maja.holm".into(), names: vec!["Maja".into()] })
    }
    async fn sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.give(CodeSheet {
            flow,
            user_name: "maja.holm".into(),
            at: now(),
            replaces: self.replaces,
            renewed: self.replaces.is_some(),
            url: "https://login.example.dk".into(),
            blocking: "AAAA-BBBB-CCCC".into(),
            recovery: (0..10).map(|n| format!("{n}AAAB-BBBC-CCCD")).collect(),
        })
    }
    async fn reconfirm_page(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage> {
        let service = flow.map(|_| "Omsorg & Pleje".to_owned());
        let may_put_off = flow.is_some() && !matches!(self.reconfirm, Reconfirmation::Overdue(_));
        self.give(ReconfirmPage { flow, service, state: self.reconfirm, may_put_off })
    }
    async fn change_page(&self) -> Seen<ChangePage> {
        let names = vec!["Maja".into(), "Holm".into()];
        let (has_codes, has_key, _) = self.has;
        let (user_name, codes) = ("maja.holm".into(), self.codes);
        self.give(ChangePage { user_name, names, step_up: None, has_codes, has_key, codes })
    }
    async fn change_page_opened(&self, flow: FlowId) -> Seen<ChangePage> {
        Ok(ChangePage { step_up: Some(flow), ..self.change_page().await? })
    }
    async fn relations_opened(&self, flow: FlowId) -> Seen<RelationsPage> {
        Ok(RelationsPage { step_up: Some(flow), ..self.relations_page().await? })
    }
    async fn relation_opened(&self, flow: FlowId, id: &str) -> Seen<RelationPage> {
        Ok(RelationPage { step_up: Some(flow), ..self.relation_page(id).await? })
    }
    async fn activity(&self, part: ActivityPart) -> Seen<ActivityPage> {
        let rows = EventKind::ALL.iter().map(|kind| self.happened(*kind)).collect();
        self.give(ActivityPage { part, rows })
    }
    async fn relations_page(&self) -> Seen<RelationsPage> {
        self.give(RelationsPage { step_up: None, relations: vec![relation(1), relation(2)] })
    }
    async fn relation_page(&self, _: &str) -> Seen<RelationPage> {
        let ((has_codes, has_key, _), last) = (self.has, self.last_relation);
        let codes = self.codes;
        self.give(RelationPage { relation: relation(1), last, step_up: None, has_codes, has_key, codes })
    }
    async fn sessions(&self) -> Seen<SessionsPage> {
        let session = |n, this| SessionShown {
            id: uuid::Uuid::from_u128(n).into(),
            began_at: now(),
            seen_at: now(),
            this,
            agent: self.agent.clone(),
            address: "192.0.2.1".into(),
        };
        let kinds = [LogoutKind::BackChannel, LogoutKind::FrontChannel, LogoutKind::None];
        let services =
            kinds.map(|logout| ServiceShown { name: "Omsorg & Pleje".into(), until: now(), logout });
        let services = services.to_vec();
        self.give(SessionsPage { sessions: vec![session(1, true), session(2, false)], services })
    }

    async fn step_up_page(&self, flow: FlowId) -> Seen<StepUpPage> {
        let ((code, key, key_first), codes) = (self.has, self.codes);
        let purpose = StepUpFor::Contact(ChannelKind::Mobile);
        self.give(StepUpPage { flow, purpose, codes, code, key, key_first })
    }
    async fn methods_page(&self) -> Seen<MethodsPage> {
        self.give(MethodsPage { methods: methods(), device_waits: true, recovery: self.recovery })
    }
    async fn method_page(&self, _: &str) -> Seen<MethodPage> {
        self.give(MethodPage { method: method(1, MeanKind::App), codes: self.codes })
    }
    async fn open_methods_page(&self, flow: FlowId) -> Seen<OpenMethodsPage> {
        self.give(OpenMethodsPage { flow, methods: methods() })
    }
    async fn another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.key_setup(flow, kind).await
    }
    async fn another_app(&self, _: FlowId) -> Seen<AppSetup> {
        self.give(setup())
    }
    async fn phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage> {
        let stage = self.phone.0.clone();
        self.give(PhoneDeskPage { flow, enrolment: None, until: now(), stage, word: "shown" })
    }
    async fn phone_link(&self, _: &str) -> Seen<()> {
        self.give(())
    }
    async fn phone_page(&self, flow: FlowId) -> Seen<PhonePage> {
        self.give(PhonePage { flow, stage: self.phone.1.clone(), word: "opened" })
    }
    async fn reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.key_setup(flow, kind).await
    }
    async fn replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.key_setup(flow, kind).await
    }
    async fn phone_key(&self, flow: FlowId) -> Seen<KeySetup> {
        self.key_setup(flow, PasskeyKind::Passkey).await
    }
    async fn another_device(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.device_setup(flow).await
    }
    async fn contact_page(&self) -> Seen<ContactPage> {
        let channel = |kind, own: bool, cools_off| ChannelShown {
            kind,
            address: Some("maja@privat.example".into()),
            own,
            besides: own.then(|| "gammel@privat.example".into()),
            cools_off,
        };
        let channels = vec![
            channel(ChannelKind::PrivateMail, true, Some(now())),
            ChannelShown { address: None, ..channel(ChannelKind::Mobile, false, None) },
        ];
        self.give(ContactPage { work_mail: Some("maja@kommune.example".into()), channels })
    }
    async fn change_contact_page(&self, flow: FlowId) -> Seen<ChangeContactPage> {
        self.give(ChangeContactPage { flow, kind: ChannelKind::PrivateMail, may_go: true })
    }
    async fn verify_contact_page(&self, flow: FlowId) -> Seen<VerifyPage> {
        self.give(VerifyPage { flow, address: "ny@privat.example".into(), until: now() })
    }
    async fn data_page(&self) -> Seen<DataPage> {
        self.give(DataPage {
            name: "Maja Holm".into(),
            user_name: "maja.holm".into(),
            cpr: "610190-****".into(),
            units: vec!["Hjemmepleje Nord".into()],
            told: vec![("Lønportalen".into(), now())],
            kept: Periods::default().into(),
        })
    }
    async fn data_ready_page(&self, flow: FlowId) -> Seen<DataReadyPage> {
        self.give(DataReadyPage { flow, until: now() })
    }
    async fn auditor_page(&self) -> Seen<AuditorPage> {
        let orders = [self.order, OrderStage::Waits, OrderStage::Expired].map(ordered).into();
        self.give(AuditorPage { since: Some(now()), today: date(2026, 11, 21), orders })
    }
    async fn order_page(&self, id: ExportJobId) -> Seen<OrderPage> {
        match self.order {
            OrderStage::Ready(_) => {
                let made = self.export_page(flow()).await?;
                let path = format!("/revision/bestilling/{id}");
                self.give(OrderPage::Ready(Box::new(ExportPage { path, order: Some(id), ..made })))
            }
            stage => self.give(OrderPage::Waits(ordered(stage), "running")),
        }
    }
    async fn export_page(&self, flow: FlowId) -> Seen<ExportPage> {
        self.give(ExportPage {
            path: format!("/revision/udtraek/{flow}"),
            order: None,
            evidence: self.evidence,
            period: Period::of_days(date(2026, 1, 1), date(2026, 11, 21)).unwrap(),
            about: (self.evidence == Evidence::Person).then(|| FLOW.to_owned()),
            places: (1, 1200),
            rows: 2,
            gone: 1,
            waiting: 2,
            until: now(),
            files: vec![("nsis-04-blocks.csv".into(), 1201, "ab".repeat(32))],
            trail: vec![TrailShown {
                at: now(),
                event: "login.held".into(),
                by: "operator <ops1>".into(),
                told: vec!["origin: security".into(), "reason: <b>".into()],
                reference: "7K3Q-92AB".into(),
            }],
        })
    }
    async fn sample_page(&self, _: FlowId) -> Seen<SamplePage> {
        let person = |n| (uuid::Uuid::from_u128(n).into(), format!("Maja {n}"), format!("maja{n}"));
        self.give(SamplePage {
            seed: "november".into(),
            of: 30,
            until: now(),
            people: vec![person(1), person(2)],
        })
    }
    async fn auditor_day(&self) -> Seen<domain::Date> {
        self.give(date(2026, 11, 21))
    }
    async fn figures_page(&self, _: FlowId) -> Seen<FiguresPage> {
        let person = uuid::Uuid::from_u128(1).into();
        let mut tally = Tally::default();
        tally.person(Some(AssuranceLevel::Substantial), true, true);
        tally.person(None, false, false);
        tally.block(person, domain::suspension::Door::Code, now() - SignedDuration::from_hours(30));
        tally.reopen(person, now());
        tally.quick(domain::suspension::Door::Code, 41);
        let period = Period::of_days(date(2026, 11, 1), date(2026, 11, 21)).unwrap();
        if self.measured {
            let day = Measured {
                day: date(2026, 11, 20),
                door: domain::suspension::Door::Code,
                probes: 1440,
                worked: 1439,
                longest_failure: 60,
                longest_silence: 61,
                p99: 20,
            };
            tally.measured(Uptimes::over(period, date(2026, 11, 21), &[day]));
        }
        self.give(FiguresPage { figures: tally.taken(period, now()), until: now() })
    }
    async fn events_start(&self) -> Seen<EventsStart> {
        self.give(EventsStart { today: date(2026, 11, 21), chain: self.chain() })
    }
    async fn events_page(&self, flow: FlowId, behind: Option<EventId>) -> Seen<EventsPage> {
        let period = Period::of_days(date(2026, 11, 1), date(2026, 11, 21)).unwrap();
        let search = Search { place: Some(7), kinds: vec![EventKind::Held], ..Search::of(period) };
        self.give(EventsPage {
            flow,
            search,
            rows: vec![found(1, "login.held", false), found(2, "terms.accepted", true)],
            older: behind.is_some(),
            emptied: Some((7, "sign-in.done".into(), now())),
            next: Some(uuid::Uuid::from_u128(2).into()),
            until: now(),
        })
    }
    async fn row_page(&self, flow: FlowId) -> Seen<RowPage> {
        self.give(RowPage {
            row: found(1, "login.held", false),
            sealed: vec!["address: 192.0.2.1".into(), "reason: <script>alert(1)</script>".into()],
            authentic: true,
            signed: SignedShown::Proved(17),
            from: Some(flow),
            until: now(),
        })
    }
    async fn acceptance_page(&self, flow: FlowId) -> Seen<AcceptancePage> {
        self.give(AcceptancePage {
            person: FLOW.to_owned(),
            name: Some(("Maja Holm".into(), "maja.holm".into())),
            version: Some("1.0".into()),
            digest: "ab".repeat(32),
            pages: vec![now(); 5],
            ticked: "2026-11-21T19:47:07.000000Z".into(),
            source: ("192.0.2.1".into(), AGENT.into()),
            level: Some((AssuranceLevel::Substantial, now())),
            at: now(),
            reference: "7K3Q-92AB".into(),
            from: Some(flow),
            until: now(),
        })
    }
    async fn requirements_page(&self) -> Seen<RequirementsPage> {
        self.give(RequirementsPage {
            at: now(),
            chain: self.chain(),
            closed: vec![domain::suspension::Door::Mitid],
            outside: OutsideAnswer::Agrees,
            clocks: domain::clocks::Agreement::Agree,
            build: BuildShown { version: "1.2.3", commit: Some("0123456789ab") },
            tests: self.tested.clone(),
        })
    }
    async fn own_terms_page(&self) -> Seen<OwnTermsPage> {
        self.give(OwnTermsPage {
            accepted: vec![AcceptedShown {
                version: "1.0".into(),
                current: true,
                at: now(),
                agent: self.agent.clone(),
                address: "192.0.2.1".into(),
                reference: "7K3Q-92AB".into(),
            }],
        })
    }

    async fn publication_page(&self) -> Seen<PublicationPage> {
        let shown = draft(false);
        let version = Published {
            number: 1,
            terms: shown.follows.clone(),
            replaces: shown.hash,
            binds: Binds::Everybody { accept_by: Some(date(2027, 3, 1)) },
            draft: shown.draft.id,
            proposed: (shown.draft.by, now()),
            approved: (shown.draft.by, now()),
        };
        self.give(PublicationPage {
            in_force: shown.follows.clone(),
            published: vec![(version, ["Maja Holm".into(), "Jonas Bæk".into()])],
            draft: Some(shown),
        })
    }
    async fn write_terms_page(&self, page: u8) -> Seen<WriteTermsPage> {
        let draft = draft(true).draft;
        let spread = draft.pages.page(1).cloned().unwrap_or_default();
        self.give(WriteTermsPage { draft: draft.id, version: draft.version, page, spread })
    }
    async fn open_draft_page(&self, flow: FlowId) -> Seen<OpenDraftPage> {
        self.give(OpenDraftPage { flow, open: OpenDraft::Publish, shown: draft(false) })
    }

    async fn code_sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        self.give(CodeSheet {
            flow,
            user_name: "maja.holm".into(),
            at: now(),
            replaces: None,
            renewed: false,
            url: "https://login.example".into(),
            blocking: "7K3Q-92AB-CDEF".into(),
            recovery: vec!["7K3Q9-2ABC-DEFG".into(); 10],
        })
    }
    async fn block_page(&self) -> Seen<()> {
        self.give(())
    }
    async fn confirm_block_page(&self, flow: FlowId) -> Seen<FlowId> {
        self.give(flow)
    }
    async fn block_receipt(&self) -> Seen<BlockReceipt> {
        let closed = ServiceEnding::Closed { name: "Omsorg".into(), at: now() };
        let open = ServiceEnding::Open { name: "Løn".into(), until: now() };
        self.give(BlockReceipt {
            at: now(),
            reference: "SP-7K3Q-92AB".into(),
            services: Some(vec![closed, open]),
        })
    }
    async fn was_it_you(&self, _: &str) -> Seen<Option<WasItYou>> {
        let template = domain::notice::Template::PasswordSet;
        self.give(Some(WasItYou { template, at: now(), reference: "7K3Q-92AB".into() }))
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

    async fn sign_in(&self, form: SignInForm) -> Answer {
        self.hear(&form)
    }
    async fn give_code(&self, form: CodeForm) -> Answer {
        self.hear(&form)
    }
    async fn show_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_by_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn reset_by_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn put_off_check(&self, form: MethodForm) -> Answer {
        self.hear(&form)
    }
    async fn give_recovery_code(&self, form: RecoveryForm) -> Answer {
        self.hear(&form)
    }
    async fn prove_recovery(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn replace_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn renew_sheet(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn bring_together(&self, form: ApartForm) -> Answer {
        self.hear(&form)
    }
    async fn add_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn add_device(&self, form: DeviceForm) -> Answer {
        self.hear(&form)
    }
    async fn show_step_up_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn add_another_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn add_another_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn begin_phone(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn begin_phone_enrolling(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn open_phone(&self, form: BeginForm) -> Answer {
        self.hear(&form)
    }
    async fn admit_phone(&self, form: PhoneNumberForm) -> Answer {
        self.hear(&form)
    }
    async fn choose_phone_app(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn make_phone_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_with_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn replace_with_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn make_phone_key(&self, form: NewKeyForm) -> Answer {
        self.hear(&form)
    }
    async fn confirm_phone(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn leave_phone(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn add_another_device(&self, form: DeviceForm) -> Answer {
        self.hear(&form)
    }
    async fn rename_method(&self, form: MethodNameForm) -> Answer {
        self.hear(&form)
    }
    async fn prefer_method(&self, form: MethodForm) -> Answer {
        self.hear(&form)
    }
    async fn remove_method(&self, form: MethodForm) -> Answer {
        self.hear(&form)
    }
    async fn test_key(&self, form: KeyForm) -> Answer {
        self.hear(&form)
    }
    async fn test_code(&self, form: MethodCodeForm) -> Answer {
        self.hear(&form)
    }
    async fn begin_step_up(&self, form: StepUpForm) -> Answer {
        self.hear(&form)
    }
    async fn show_step_up(&self, form: CodeForm) -> Answer {
        self.hear(&form)
    }
    async fn ask_contact(&self, form: ContactForm) -> Answer {
        self.hear(&form)
    }
    async fn remove_contact(&self, form: ContactGoesForm) -> Answer {
        self.hear(&form)
    }
    async fn verify_contact(&self, form: SentCodeForm) -> Answer {
        self.hear(&form)
    }
    async fn keep_codes(&self, form: KeepCodesForm) -> Answer {
        self.hear(&form)
    }
    async fn block_now(&self, form: BlockNowForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_code(&self, form: BlockCodeForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_password(&self, form: BlockPasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_mitid(&self, form: BlockMitidForm) -> Answer {
        self.hear(&form)
    }
    async fn confirm_block(&self, form: ConfirmBlockForm) -> Answer {
        self.hear(&form)
    }
    async fn block_by_notice(&self, form: NoticeForm) -> Answer {
        self.hear(&form)
    }
    async fn begin(&self, form: BeginForm) -> Answer {
        self.hear(&form)
    }
    async fn find(&self, form: FindForm) -> Answer {
        self.hear(&form)
    }
    async fn turn_page(&self, form: TurnForm) -> Answer {
        self.hear(&form)
    }
    async fn accept_terms(&self, form: AcceptForm) -> Answer {
        self.hear(&form)
    }
    async fn decline_terms(&self, form: DeclineForm) -> Answer {
        self.hear(&form)
    }
    async fn prove(&self, form: ProveForm) -> Answer {
        self.hear(&form)
    }
    async fn choose_password(&self, form: PasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn add_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn finish(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn start_reopening(&self, form: FindForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_password(&self, form: PasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_factors(&self, form: KeepForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_app(&self, form: AppForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen_activity(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn reopen(&self, form: FinishForm) -> Answer {
        self.hear(&form)
    }
    async fn start_reset(&self, form: FindForm) -> Answer {
        self.hear(&form)
    }
    async fn reset_password(&self, form: PasswordForm) -> Answer {
        self.hear(&form)
    }
    async fn keep_sheet(&self, form: KeepCodesForm) -> Answer {
        self.hear(&form)
    }
    async fn reconfirm(&self, form: ReconfirmForm) -> Answer {
        self.hear(&form)
    }
    async fn put_off(&self, form: ReconfirmForm) -> Answer {
        self.hear(&form)
    }
    async fn change_password(&self, form: ChangeForm) -> Answer {
        self.hear(&form)
    }
    async fn end_relation(&self, form: EndRelationForm) -> Answer {
        self.hear(&form)
    }
    async fn end_session(&self, form: EndForm) -> Answer {
        self.hear(&form)
    }
    async fn make_export(&self, form: ExportForm) -> Answer {
        self.hear(&form)
    }
    async fn cancel_export(&self, form: CancelForm) -> Answer {
        self.hear(&form)
    }
    async fn draw_sample(&self, form: DrawForm) -> Answer {
        self.hear(&form)
    }
    async fn read_trail(&self, form: TrailForm) -> Answer {
        self.hear(&form)
    }
    async fn take_figures(&self, form: FiguresForm) -> Answer {
        self.hear(&form)
    }
    async fn search_trail(&self, form: SearchForm) -> Answer {
        self.hear(&form)
    }
    async fn show_row(&self, form: RowForm) -> Answer {
        self.hear(&form)
    }
    async fn begin_terms(&self, form: BeginTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn write_terms(&self, form: WriteTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn propose_terms(&self, form: ProposeTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn approve_terms(&self, form: ApproveTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn withdraw_terms(&self, form: WithdrawTermsForm) -> Answer {
        self.hear(&form)
    }
    async fn accept_role(&self, form: RoleForm) -> Answer {
        self.hear(&form)
    }
    async fn pass_on(&self, form: PassForm) -> Answer {
        self.hear(&form)
    }
    async fn sign_out(&self, form: SignOutForm) -> Answer {
        self.hear(&form)
    }
}

/// A draft beside the version it follows; proposed when another wrote it. Its text tries to be markup.
fn draft(own: bool) -> DraftShown {
    let text = |title: &str, body: &str| PageText::typed(title, body);
    let pages = |last: &str| -> Pages {
        let danish = text("Dit login", &format!("Det er dit alene.\n\n{last}"));
        vec![Spread { danish, english: text("Your login", &format!("It is yours alone.\n\n{last}")) }].into()
    };
    let (before, after) = (pages("One & old."), pages("</textarea><script>alert(1)</script>"));
    let (version, at) = ("2.0".to_owned(), now());
    let (hash, replaces) = (after.hash(&version), before.hash("1.0"));
    let lines = [
        difference(&before.lines(|it| &it.danish), &after.lines(|it| &it.danish)),
        difference(&before.lines(|it| &it.english), &after.lines(|it| &it.english)),
    ];
    let state = if own { DraftState::Writing } else { DraftState::Proposed { at, hash } };
    let (id, by) = (uuid::Uuid::from_u128(1).into(), uuid::Uuid::from_u128(2).into());
    DraftShown {
        draft: Draft { id, version, pages: after, replaces, by, begun_at: at, state },
        hash,
        own,
        author: "Maja Holm".into(),
        follows: TermsVersion { hash: replaces, version: "1.0".into(), date: date(2026, 11, 1), pages: 1 },
        lines,
    }
}

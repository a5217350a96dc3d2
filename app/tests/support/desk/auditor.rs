//! Samples: what an auditor sees, orders and looks for.

use super::{AGENT, Samples, flow, now};
use crate::support::FLOW;
use app::desk::{
    AcceptancePage, Answer, AuditorCounter, AuditorPage, BuildShown, CancelForm, ChainShown, DrawForm,
    EventsPage, EventsStart, ExportForm, ExportPage, FiguresForm, FiguresPage, FoundShown, OrderPage,
    OrderShown, OrderStage, OutsideAnswer, OutsideShown, RequirementsPage, RowForm, RowPage, SamplePage,
    SearchForm, Seen, SignedShown, TrailForm, TrailShown,
};
use async_trait::async_trait;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::evidence::{Broken, Evidence, Measured, Period, Search, Tally, Uptimes};
use domain::ids::{EventId, ExportJobId, FlowId};
use domain::level::AssuranceLevel;
use jiff::civil::date;

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

fn ordered(stage: OrderStage) -> OrderShown {
    OrderShown { id: FLOW.parse().unwrap(), evidence: Evidence::Blocks, ordered_at: now(), stage }
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
}

#[async_trait]
impl AuditorCounter for Samples {
    async fn auditor_page(&self) -> Seen<AuditorPage> {
        let orders = [self.order, OrderStage::Waits, OrderStage::Expired].map(ordered).into();
        self.give(AuditorPage { since: Some(now()), today: date(2026, 11, 21), orders })
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
            broken: self.chain_wrong.map(|_| Broken { many: 2, first: 17 }),
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
        if self.chain_wrong.is_some() {
            tally.passed_over();
        }
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
            authentic: self.chain_wrong.is_none(),
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
}

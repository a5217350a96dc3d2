//! An auditor's pages and forms.

use super::{BrowserDesk, signed_out};
use app::desk::{
    Answer, AuditorPage, CancelForm, DrawForm, ExportForm, ExportPage, Flash, Kept, OrderPage, OrderShown,
    OrderStage, SamplePage, Seen, Slip, Stop, TrailForm, TrailShown,
};
use core::fmt::Write as _;
use domain::audit::Hash;
use domain::audit::checkpoint::Note;
use domain::evidence::{CancelledFor, Evidence, FailedFor, Job, JobState, Manifest, Period};
use domain::flow::FlowGone;
use domain::ids::{ExportJobId, FlowId};
use domain::restriction::Case;
use domain::{Date, Timestamp};
use usecases::Fault;
use usecases::auditor::{NotAuditor, NotSeen};
use usecases::cancel_export::{NotCancelled, cancel_export};
use usecases::draw_sample::{NotDrawn, draw_sample, see_sample};
use usecases::evidence::{Form, Line, Reading};
use usecases::make_export::{Asked, NotMade, Prepared, make_export};
use usecases::name_case::{NotNamed, name_case};
use usecases::see_export::{open_export, see_export, see_trail};
use usecases::see_exports::see_exports;
use usecases::see_order::{see_order, see_orders};
use usecases::take_export::{Taking, take_export};

const START: &str = "/revision";

impl BrowserDesk {
    pub(super) fn not_auditor(&self, why: NotAuditor) -> Stop {
        match why {
            NotAuditor::NoRole => Stop::NotAuditor,
            NotAuditor::Fault(fault) => self.fault(&fault),
        }
    }

    pub(super) fn not_seen(&self, why: NotSeen) -> Stop {
        match why {
            NotSeen::NotAuditor(why) => self.not_auditor(why),
            NotSeen::NoFlow(no_flow) => self.stop(no_flow),
        }
    }

    pub(super) async fn see_auditor(&self) -> Seen<AuditorPage> {
        let here = self.signed_in()?;
        let since = see_exports(&self.cx, here).await.map_err(|why| self.not_auditor(why))?;
        let orders = see_orders(&self.cx, here).await.map_err(|why| self.not_auditor(why))?;
        let orders = orders.iter().map(|job| shown_order(job, self.cx.now)).collect();
        Ok(AuditorPage { since, today: self.cx.today(), orders })
    }

    pub(super) async fn see_export_page(&self, flow: FlowId) -> Seen<ExportPage> {
        let here = self.signed_in()?;
        let made = see_export(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let manifest = Note::read(&made.manifest).and_then(|note| Manifest::read(&note.text));
        let manifest = manifest.ok_or_else(|| self.fault(&Fault::Encoding))?;
        let trail = see_trail(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let page = made_page(manifest, (format!("{START}/udtraek/{flow}"), made.until));
        Ok(ExportPage { trail: trail.into_iter().map(shown).collect(), ..page })
    }

    pub(super) async fn see_order_page(&self, id: ExportJobId) -> Seen<OrderPage> {
        let here = self.signed_in()?;
        let job = see_order(&self.cx, here, id).await.map_err(|why| self.not_seen(why))?;
        match (&job.state, job.manifest()) {
            (JobState::Ready { until, .. }, Some(manifest)) if job.is_ready(self.cx.now) => {
                let page = made_page(manifest, (format!("{START}/bestilling/{id}"), *until));
                Ok(OrderPage::Ready(Box::new(ExportPage { order: Some(id), ..page })))
            }
            _ => Ok(OrderPage::Waits(shown_order(&job, self.cx.now), job.word())),
        }
    }

    /// One file of an export that was ordered, and what it is called without its end.
    pub(crate) async fn take_export(&self, id: &str, form: Form) -> Seen<(String, Taking)> {
        let here = self.signed_in()?;
        let id: ExportJobId = id.parse().map_err(|_| Stop::Gone(FlowGone::Unknown))?;
        let taken = take_export(&self.cx, here, id, form).await.map_err(|why| self.not_seen(why))?;
        Ok((taken.0.file(), taken.1))
    }

    /// What proves its files, and what they are called without their ends.
    pub(crate) async fn order_manifest(&self, id: &str) -> Seen<(String, String)> {
        let job = self.order(id).await?;
        match job.state {
            JobState::Ready { manifest, until, .. } if self.cx.now < until => {
                Ok((job.order.evidence.file(), manifest))
            }
            _ => Err(Stop::Gone(FlowGone::Expired)),
        }
    }

    /// How far it is, in a word.
    pub(crate) async fn order_word(&self, id: &str) -> Seen<&'static str> {
        Ok(self.order(id).await?.word())
    }

    async fn order(&self, id: &str) -> Seen<Job> {
        let here = self.signed_in()?;
        let id: ExportJobId = id.parse().map_err(|_| Stop::Gone(FlowGone::Unknown))?;
        see_order(&self.cx, here, id).await.map_err(|why| self.not_seen(why))
    }

    pub(super) async fn see_sample_page(&self, flow: FlowId) -> Seen<SamplePage> {
        let here = self.signed_in()?;
        let seen = see_sample(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let people = seen.people.into_iter().map(|it| (it.id, it.name, it.user_name));
        Ok(SamplePage {
            seed: seen.sample.seed,
            of: seen.sample.of,
            until: seen.until,
            people: people.collect(),
        })
    }

    /// One file of an export, and what it is called without its end.
    pub(crate) async fn open_export(&self, flow: &str, form: Form) -> Seen<(String, Reading)> {
        let here = self.signed_in()?;
        let flow: FlowId = flow.parse().map_err(|_| Stop::Gone(FlowGone::Unknown))?;
        let made = see_export(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        let reading = open_export(&self.cx, here, flow, form).await.map_err(|why| self.not_seen(why))?;
        Ok((made.order.evidence.file(), reading))
    }

    /// What proves the files of an export, and what they are called without their ends.
    pub(crate) async fn manifest(&self, flow: &str) -> Seen<(String, String)> {
        let here = self.signed_in()?;
        let flow: FlowId = flow.parse().map_err(|_| Stop::Gone(FlowGone::Unknown))?;
        let made = see_export(&self.cx, here, flow).await.map_err(|why| self.not_seen(why))?;
        Ok((made.order.evidence.file(), made.manifest))
    }

    pub(super) async fn do_make_export(&self, form: ExportForm) -> Answer {
        let kept = Kept {
            export: short(&form.export),
            from: short(&form.from),
            to: short(&form.to),
            ..Kept::default()
        };
        let evidence = Evidence::from_number(&form.export).filter(|it| *it != Evidence::Person);
        let (from, to) = (form.from.trim().parse::<Date>().ok(), form.to.trim().parse::<Date>().ok());
        let (Some(evidence), Some(from), Some(to)) = (evidence, from, to) else {
            let slips = [
                from.is_none().then_some(Slip::FromShape),
                to.is_none().then_some(Slip::ToShape),
                evidence.is_none().then_some(Slip::ExportMissing),
            ];
            let slips = slips.into_iter().flatten().collect();
            return self.start_again(Flash { slips, kept, ..Flash::default() });
        };
        match Period::of_days(from, to) {
            Ok(period) => self.export(Asked { evidence, period, about: None }, kept).await,
            Err(_) => self.start_again(Flash::slip(Slip::PeriodBackwards).keeping(kept)),
        }
    }

    pub(super) async fn do_read_trail(&self, form: TrailForm) -> Answer {
        let kept = Kept { person: short(&form.person), case: short(&form.case), ..Kept::default() };
        let Ok(person) = form.person.trim().parse() else {
            return self.start_again(Flash::slip(Slip::PersonUnknown).keeping(kept));
        };
        if !form.case.trim().is_empty() {
            let Some(here) = self.here.as_ref() else { return signed_out() };
            let Some(case) = Case::read(&form.case) else {
                return self.start_again(Flash::slip(Slip::CaseMissing).keeping(kept));
            };
            match name_case(&self.cx, here, person, &case).await {
                Ok(()) => {}
                Err(NotNamed::Nobody) => {
                    return self.start_again(Flash::slip(Slip::PersonUnknown).keeping(kept));
                }
                Err(NotNamed::NotAuditor(why)) => return self.not_hers(why).await,
            }
        }
        let period = Period::until(self.cx.now);
        self.export(Asked { evidence: Evidence::Person, period, about: Some(person) }, kept).await
    }

    async fn export(&self, asked: Asked, kept: Kept) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        match make_export(&self.cx, here, asked).await {
            Ok(Prepared::Made(flow)) => Answer::to(format!("{START}/udtraek/{flow}")),
            Ok(Prepared::Ordered(id)) => Answer::to(format!("{START}/bestilling/{id}")),
            Err(NotMade::TooMany) => self.start_again(Flash::slip(Slip::OrdersFull).keeping(kept)),
            Err(NotMade::Restricted) => self.start_again(Flash::slip(Slip::CaseMissing).keeping(kept)),
            Err(NotMade::Nobody) => self.start_again(Flash::slip(Slip::PersonUnknown).keeping(kept)),
            Err(NotMade::NotAuditor(why)) => self.not_hers(why).await,
        }
    }

    pub(super) async fn do_draw_sample(&self, form: DrawForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let kept = Kept { seed: short(&form.seed), many: short(&form.many), ..Kept::default() };
        let many = form.many.trim().parse().unwrap_or(0);
        match draw_sample(&self.cx, here, &form.seed, many).await {
            Ok(flow) => Answer::to(format!("{START}/stikproeve/{flow}")),
            Err(NotDrawn::Seed) => self.start_again(Flash::slip(Slip::SeedShape).keeping(kept)),
            Err(NotDrawn::Size) => self.start_again(Flash::slip(Slip::SampleSize).keeping(kept)),
            Err(NotDrawn::NotAuditor(why)) => self.not_hers(why).await,
        }
    }

    pub(super) async fn do_cancel_export(&self, form: CancelForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        // Whoever is no auditor is told so, whatever it is that she names.
        let id: ExportJobId = form.order.parse().unwrap_or_else(|_| uuid::Uuid::nil().into());
        match cancel_export(&self.cx, here, id).await {
            // What is over already is shown as it is.
            Ok(()) | Err(NotCancelled::Refused(_)) => Answer::to(format!("{START}/bestilling/{id}")),
            Err(NotCancelled::Unknown) => Answer::to(START),
            Err(NotCancelled::NotAuditor(why)) => self.not_hers(why).await,
        }
    }

    /// To where it is asked for; whoever is no auditor reads there that she is none.
    fn start_again(&self, flash: Flash) -> Answer {
        if self.here.is_none() {
            return signed_out();
        }
        Answer::to(START).saying(flash)
    }

    pub(super) async fn not_hers(&self, why: NotAuditor) -> Answer {
        match why {
            NotAuditor::NoRole => Answer::to(START),
            NotAuditor::Fault(fault) => self.failed(&fault).await,
        }
    }
}

/// As much of what was typed as is kept to be corrected.
pub(super) fn short(typed: &str) -> String {
    typed.chars().take(64).collect()
}

fn hex(digest: Hash) -> String {
    digest.0.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// By whom, as the trail knows it.
pub(super) fn by(line: &Line) -> String {
    if line.who.is_empty() { line.by.to_owned() } else { format!("{} {}", line.by, line.who) }
}

fn shown(line: Line) -> TrailShown {
    let by = by(&line);
    let told = line.facts.into_iter().chain(line.sealed);
    TrailShown {
        at: line.at,
        event: line.event,
        by,
        told: told.map(|(name, value)| format!("{name}: {value}")).collect(),
        reference: domain::ids::reference(line.request.into()),
    }
}

/// An export that was made, without rows; its files stand below this path until then.
fn made_page(manifest: Manifest, (path, until): (String, Timestamp)) -> ExportPage {
    ExportPage {
        path,
        order: None,
        evidence: manifest.evidence,
        period: manifest.period,
        about: manifest.about.map(|person| person.to_string()),
        places: manifest.places,
        rows: manifest.rows,
        gone: manifest.gone,
        broken: manifest.broken,
        waiting: manifest.waiting,
        until,
        files: manifest.parts.into_iter().map(|it| (it.name, it.bytes, hex(it.digest))).collect(),
        trail: Vec::new(),
    }
}

fn shown_order(job: &Job, now: Timestamp) -> OrderShown {
    let stage = match job.state {
        JobState::Ordered => OrderStage::Waits,
        JobState::Running { done, .. } => OrderStage::Runs { done, of: job.of, percent: job.percent() },
        JobState::Ready { until, .. } if now < until => OrderStage::Ready(until),
        JobState::Ready { .. } | JobState::Expired { .. } => OrderStage::Expired,
        JobState::Cancelled { why: CancelledFor::Asked, .. } => OrderStage::Cancelled,
        JobState::Cancelled { why: CancelledFor::RoleLost, .. } => OrderStage::RoleLost,
        JobState::Failed { why: FailedFor::Interrupted, .. } => OrderStage::Interrupted,
        JobState::Failed { why: FailedFor::TooLarge, .. } => OrderStage::TooLarge,
    };
    OrderShown { id: job.id, evidence: job.order.evidence, ordered_at: job.order.at, stage }
}

//! Becoming able to log in: from the link to the receipt.

use super::BrowserDesk;
use crate::paths;
use crate::picture::scannable;
use app::desk::{
    Answer, AppForm, AppSetup, BeginForm, BrokenKind, Enrolled, EnrolmentPage, FinishForm, Flash, Kept,
    PasswordForm, Review, Seen, Slip, StepState, Stop, Tasks, Tiding, WaitingPage, Welcome,
};
use domain::enrolment::{NotNow, Step};
use domain::ids::FlowId;
use usecases::begin_enrolment::{LinkRefused, begin_enrolment, look_at_link, resume_enrolment};
use usecases::choose_password::{PasswordNotSet, choose_password};
use usecases::finish_enrolment::{NotFinished, finish_enrolment};
use usecases::flows::NoFlow;
use usecases::register_app::{AppOffer, AppRefused, offer_app, register_app};
use usecases::see_enrolment::{Standpoint, see_enrolment};

impl BrowserDesk {
    /// The enrolment at the step this page is for; at another step, the way there.
    pub(super) async fn enrolment_at(&self, flow: FlowId, fits: fn(Step) -> bool) -> Seen<Standpoint> {
        let seen = see_enrolment(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        if fits(seen.step) { Ok(seen) } else { Err(Stop::Go(paths::enrolment(flow, seen.step))) }
    }

    pub(super) async fn see_welcome(&self, token: &str) -> Seen<Welcome> {
        let until = match look_at_link(&self.cx, token).await {
            Ok(until) => until,
            Err(LinkRefused::Dead) => return Err(Stop::LinkDead),
            Err(LinkRefused::Fault(fault)) => return Err(self.fault(&fault)),
        };
        let begun = match self.under_way(token).await {
            Some(flow) => see_enrolment(&self.cx, flow).await.ok().map(|seen| (flow, tasks(&seen))),
            None => None,
        };
        Ok(Welcome { until, begun })
    }

    /// The attempt this browser began with this link, while it can go on.
    async fn under_way(&self, token: &str) -> Option<FlowId> {
        let begun = self.browser.record().await.begun;
        resume_enrolment(&self.cx, token, begun).await.ok().flatten()
    }

    pub(super) async fn see_tasks(&self, flow: FlowId) -> Seen<EnrolmentPage> {
        let seen = self.enrolment_at(flow, |_| true).await?;
        let next = paths::enrolment(flow, seen.step);
        Ok(EnrolmentPage { flow, tasks: tasks(&seen), next, works_from: seen.works_from })
    }

    pub(super) async fn see_waiting(&self, flow: FlowId, step: Step) -> Seen<WaitingPage> {
        let seen = self.enrolment_at(flow, |_| true).await?;
        // Until she is done she may choose another password.
        let again = step == Step::Password && matches!(seen.step, Step::Factor | Step::Finish);
        if seen.step != step && !again {
            return Err(Stop::Go(paths::enrolment(flow, seen.step)));
        }
        Ok(WaitingPage { flow, user_name: seen.user_name.unwrap_or_default(), names: seen.own_words })
    }

    pub(super) async fn see_app(&self, flow: FlowId) -> Seen<AppSetup> {
        let seen = self.enrolment_at(flow, |step| step == Step::Factor).await?;
        let offer = match offer_app(&self.cx, flow).await {
            Ok(offer) => offer,
            Err(AppRefused::NoFlow(gone)) => return Err(self.stop(gone)),
            Err(_) => return Err(Stop::Go(format!("/indrullering/{flow}"))),
        };
        self.app_setup(flow, &offer, seen.user_name.unwrap_or_default())
    }

    /// The offer as its page shows it.
    pub(super) fn app_setup(&self, flow: FlowId, offer: &AppOffer, account: String) -> Seen<AppSetup> {
        Ok(AppSetup {
            flow,
            qr_svg: scannable(&offer.address).ok_or(Stop::Fault)?,
            secret: offer.secret.to_string(),
            otpauth: offer.address.to_string(),
            account,
            proposed_name: match self.asking.lang {
                text::Lang::Da => "Min telefon".to_owned(),
                text::Lang::En => "My phone".to_owned(),
            },
        })
    }

    pub(super) async fn see_review(&self, flow: FlowId) -> Seen<Review> {
        let seen = self.enrolment_at(flow, |step| step == Step::Finish).await?;
        Ok(Review {
            flow,
            name: seen.full_name.unwrap_or_default(),
            user_name: seen.user_name.unwrap_or_default(),
            terms: seen.accepted.unwrap_or_else(|| (String::new(), self.cx.now)),
            proved_at: seen.proved_at.unwrap_or(self.cx.now),
            until: seen.proof_until.unwrap_or(self.cx.now),
            factors: seen.factors,
            works_from: seen.works_from,
        })
    }

    pub(super) async fn see_enrolled(&self, flow: FlowId) -> Seen<Enrolled> {
        let seen = self.enrolment_at(flow, |step| step == Step::Done).await?;
        let proved_at = seen.proved_at.unwrap_or(self.cx.now);
        Ok(Enrolled {
            name: seen.full_name.unwrap_or_default(),
            user_name: seen.user_name.unwrap_or_default(),
            at: seen.finished_at.unwrap_or(self.cx.now),
            terms: seen.accepted,
            reference: domain::ids::reference(flow.into()),
            reconfirm_by: domain::reconfirmation::last_day(proved_at),
            works_from: seen.works_from,
        })
    }

    pub(super) async fn do_begin(&self, form: BeginForm) -> Answer {
        if let Some(flow) = self.under_way(form.token.expose()).await {
            return self.next_step(flow).await;
        }
        match begin_enrolment(&self.cx, form.token.expose()).await {
            Ok(flow) => {
                self.remember(|record| record.begun = Some(flow)).await;
                self.next_step(flow).await
            }
            // The page behind the link itself says that it opens nothing.
            Err(LinkRefused::Dead) => Answer::to(format!("/kom-i-gang/{}", word(form.token.expose()))),
            Err(LinkRefused::Fault(fault)) => self.failed(&fault).await,
        }
    }

    pub(super) async fn do_password(&self, form: PasswordForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/kom-i-gang").await };
        let page = format!("/indrullering/{flow}/adgangskode");
        if form.password.is_empty() {
            return Answer::to(page).saying(Flash::slip(Slip::NewPasswordMissing));
        }
        match choose_password(&self.cx, flow, form.password.password()).await {
            Ok(()) => self.next_step(flow).await.saying(Flash::tiding(Tiding::PasswordSet)),
            Err(PasswordNotSet::Weak(weak)) => Answer::to(page).saying(Flash::slip(Slip::PasswordWeak(weak))),
            Err(PasswordNotSet::SameAsBefore) => Answer::to(page).saying(Flash::slip(Slip::SamePassword)),
            Err(PasswordNotSet::NotNow(why)) => self.not_now(flow, why).await,
            Err(PasswordNotSet::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
        }
    }

    pub(super) async fn do_app(&self, form: AppForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/kom-i-gang").await };
        let page = format!("/indrullering/{flow}/app");
        let kept = Kept { factor_name: form.name.chars().take(30).collect(), ..Kept::default() };
        let slip = |slip| Answer::to(page.clone()).saying(Flash::slip(slip).keeping(kept.clone()));
        if form.code.is_empty() {
            return slip(Slip::CodeMissing);
        }
        match register_app(&self.cx, flow, form.name.clone(), form.code.expose()).await {
            Ok(()) => self.next_step(flow).await.saying(Flash::tiding(Tiding::AppAdded)),
            Err(AppRefused::Name) => slip(Slip::FactorName),
            Err(AppRefused::Code) if domain::code::six_digits(form.code.expose()).is_none() => {
                slip(Slip::CodeShape)
            }
            Err(AppRefused::Code) => slip(Slip::CodeWrong { left: None, again: true }),
            Err(AppRefused::NotAdded(_)) => {
                self.next_step(flow).await.saying(Flash::tiding(Tiding::MethodsFull))
            }
            Err(AppRefused::NotNow(why)) => self.not_now(flow, why).await,
            Err(AppRefused::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
        }
    }

    pub(super) async fn do_finish(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/kom-i-gang").await };
        match finish_enrolment(&self.cx, flow).await {
            Ok(()) => {
                self.remember(|record| record.begun = None).await;
                Answer::to(format!("/indrullering/{flow}/koder"))
            }
            Err(NotFinished::NotNow(why)) => self.not_now(flow, why).await,
            Err(NotFinished::NotAllowed) => self.break_off(BrokenKind::NothingToFinish, None).await,
            Err(NotFinished::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
        }
    }

    /// Another step comes first; an hour that is over is said.
    pub(super) async fn not_now(&self, flow: FlowId, why: NotNow) -> Answer {
        let answer = self.next_step(flow).await;
        if why == NotNow::ProofRanOut { answer.saying(Flash::tiding(Tiding::ProofRanOut)) } else { answer }
    }
}

fn tasks(seen: &Standpoint) -> Tasks {
    use StepState::{Current, Done, NotBegun};
    let place = match seen.step {
        Step::Terms { .. } => 0,
        Step::Proof => 1,
        Step::Password => 2,
        Step::Factor => 3,
        Step::Finish | Step::Codes | Step::Done => 4,
    };
    let state = |own: usize| match own.cmp(&place) {
        core::cmp::Ordering::Less => Done,
        core::cmp::Ordering::Equal => Current,
        core::cmp::Ordering::Greater => NotBegun,
    };
    Tasks { terms: state(0), proof: state(1), password: state(2), factor: state(3) }
}

/// A path segment out of what was typed: nothing but letters and digits.
pub(super) fn word(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect()
}

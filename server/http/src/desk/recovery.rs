//! A recovery code at a sign-in, what follows it, and a new sheet of codes.

use super::BrowserDesk;
use super::keys::said_of_key;
use super::methods::METHODS;
use crate::paths;
use app::desk::{
    Answer, AppForm, FinishForm, Flash, Kept, KeyAskForm, KeySetup, NewKeyForm, PausedDoor, RecoveryForm,
    RecoveryPage, RegainPage, RegainStep, Seen, Slip, Stop, Tiding,
};
use domain::code::six_digits;
use domain::factor::{NotAdded, PasskeyKind};
use domain::ids::FlowId;
use domain::proofing::Purpose;
use domain::reopening::NotYet;
use domain::sign_in::Step;
use domain::step_up::{NotFresh, StepUpFor};
use usecases::ceremonies::Asking;
use usecases::flows::NoFlow;
use usecases::register_passkey::PasskeyRefused;
use usecases::renew_sheet::{NotRenewed, renew_sheet};
use usecases::replace_factor::{NotReplaced, offer_replacement, replace_factor};
use usecases::replace_with_key::{ask_replacement_key, replace_with_key};
use usecases::see_factors::{see_regaining, see_ways};
use usecases::show_code::{CodeWrong, SignedIn};
use usecases::show_recovery_code::show_recovery_code;
use usecases::start_proof::{ProofNotStarted, start_proof};

fn page(flow: FlowId) -> String {
    format!("/log-ind/{flow}/gendannelseskode")
}

fn regain(flow: FlowId) -> String {
    paths::sign_in(flow, Step::Recover, true)
}

impl BrowserDesk {
    pub(super) async fn see_recovery(&self, flow: FlowId) -> Seen<RecoveryPage> {
        let seen = self.at_step(flow, |step| step == Step::Code).await?;
        let left = see_ways(&self.cx, flow).await.map_err(|gone| self.stop(gone))?.recovery;
        if left == 0 {
            return Err(Stop::Go(format!("/log-ind/{flow}/andre-veje")));
        }
        Ok(RecoveryPage { flow, service: seen.service, left })
    }

    pub(super) async fn do_recovery(&self, form: RecoveryForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        if form.recovery_code.is_empty() {
            return Answer::to(page(flow)).saying(Flash::slip(Slip::RecoveryCodeMissing));
        }
        match show_recovery_code(&self.cx, flow, form.recovery_code.expose()).await {
            // Also a second click of a code that was right: the step it led to shows itself.
            Ok(_) | Err(CodeWrong::NotNow) => Answer::to(regain(flow)),
            Err(CodeWrong::Wrong { left }) => {
                let slip = Slip::RecoveryCodeWrong { left: (left <= 3).then_some(left) };
                Answer::to(page(flow)).saying(Flash::slip(slip))
            }
            Err(CodeWrong::Paused(until)) => self.paused(flow, PausedDoor::Code, Some(until)).await,
            Err(CodeWrong::Stopped) => self.paused(flow, PausedDoor::Code, None).await,
            Err(CodeWrong::Held(hold)) => self.held(flow, &hold).await,
            Err(CodeWrong::Unfinished) => super::sign_in::unfinished(),
            Err(CodeWrong::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    pub(super) async fn see_regain(&self, flow: FlowId) -> Seen<RegainPage> {
        let seen = self.at_step(flow, |step| matches!(step, Step::Recover | Step::Replace)).await?;
        let (user_name, left) = see_regaining(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        let step = match offer_replacement(&self.cx, flow).await {
            Ok(offer) => RegainStep::App(Box::new(self.app_setup(flow, &offer, user_name)?)),
            // No proof yet, or it was made too long ago.
            Err(NotReplaced::NotYet(_)) => RegainStep::Prove,
            Err(NotReplaced::NoFlow(gone)) => return Err(self.stop(gone)),
            Err(_) => return Err(Stop::Go(format!("/log-ind/{flow}"))),
        };
        Ok(RegainPage { flow, service: seen.service, step, left })
    }

    pub(super) async fn do_prove_recovery(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        self.remember(|record| record.trip_from = Some(regain(flow))).await;
        match start_proof(&self.cx, (Purpose::Recovery, Some(flow)), self.asking.lang.code()).await {
            Ok(address) => Answer::to_broker(address),
            Err(ProofNotStarted::Broker(refusal)) => self.refused(refusal, None).await,
            Err(ProofNotStarted::NotNow) => Answer::to(regain(flow)),
            Err(ProofNotStarted::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    /// Back from MitID, and proved.
    pub(super) async fn regained(&self, flow: FlowId) -> Answer {
        match self.new_cookie(Some(flow)).await {
            Ok(()) => Answer::to(regain(flow)).saying(Flash::tiding(Tiding::Proved)),
            Err(stopped) => stopped,
        }
    }

    pub(super) async fn do_replace(&self, form: AppForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        let kept = Kept { factor_name: form.name.chars().take(30).collect(), ..Kept::default() };
        let slip = |slip| Answer::to(regain(flow)).saying(Flash::slip(slip).keeping(kept.clone()));
        if form.code.is_empty() {
            return slip(Slip::CodeMissing);
        }
        match replace_factor(&self.cx, flow, form.name.clone(), form.code.expose()).await {
            Ok(signed_in) => self.back_in(signed_in).await,
            Err(NotReplaced::Name) => slip(Slip::FactorName),
            Err(NotReplaced::Code) if six_digits(form.code.expose()).is_none() => slip(Slip::CodeShape),
            Err(NotReplaced::Code) => slip(Slip::CodeWrong { left: None, again: true }),
            Err(why) => self.not_replaced(flow, why).await,
        }
    }

    /// She has a method anew, and is signed in with it.
    async fn back_in(&self, signed_in: SignedIn) -> Answer {
        match self.let_in(signed_in).await {
            Ok(on) => on.saying(Flash::tiding(Tiding::MethodAdded)),
            Err(stopped) => stopped,
        }
    }

    pub(super) async fn see_replacement_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        let seen = self.at_step(flow, |step| matches!(step, Step::Recover | Step::Replace)).await?;
        if seen.step == Step::Replace {
            Ok(self.key_setup_of(flow, kind))
        } else {
            Err(Stop::Go(regain(flow)))
        }
    }

    pub(super) async fn ask_replacement(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let (Some(flow), Some(kind)) = (form.flow(), PasskeyKind::from_word(&form.kind)) else {
            return Err(self.lost(NoFlow::Gone, "/log-ind").await);
        };
        match ask_replacement_key(&self.cx, flow, kind).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.key_not_replaced((flow, kind), "", why).await),
        }
    }

    pub(super) async fn do_replace_with_key(&self, form: NewKeyForm) -> Answer {
        let (Some(flow), Some(kind), Ok(ceremony)) =
            (form.flow(), PasskeyKind::from_word(&form.kind), form.ceremony.parse())
        else {
            return self.lost(NoFlow::Gone, "/log-ind").await;
        };
        match replace_with_key(&self.cx, ceremony, form.name.clone(), form.answer.expose()).await {
            Ok(signed_in) => self.back_in(signed_in).await,
            Err(why) => self.key_not_replaced((flow, kind), &form.name, why).await,
        }
    }

    async fn key_not_replaced(
        &self,
        (flow, kind): (FlowId, PasskeyKind),
        name: &str,
        why: NotReplaced,
    ) -> Answer {
        let page = paths::replacement_key(flow, kind);
        match why {
            NotReplaced::Name => Answer::to(page).saying(said_of_key(name, &PasskeyRefused::Name)),
            NotReplaced::Key(PasskeyRefused::NotAdded(NotAdded::TooMany)) => {
                self.not_replaced(flow, NotReplaced::NotAdded(NotAdded::TooMany)).await
            }
            NotReplaced::Key(why) => Answer::to(page).saying(said_of_key(name, &why)),
            why => self.not_replaced(flow, why).await,
        }
    }

    /// What has nothing to do with what was to be added.
    async fn not_replaced(&self, flow: FlowId, why: NotReplaced) -> Answer {
        let told = |tiding| Answer::to(regain(flow)).saying(Flash::tiding(tiding));
        match why {
            NotReplaced::NotAdded(_) => told(Tiding::MethodsFullHere),
            NotReplaced::NotYet(NotYet::ProofRanOut) => told(Tiding::ProofRanOut),
            NotReplaced::NotYet(_) | NotReplaced::Name | NotReplaced::Code | NotReplaced::Key(_) => {
                Answer::to(regain(flow))
            }
            NotReplaced::Held(hold) => self.held(flow, &hold).await,
            NotReplaced::Unfinished => super::sign_in::unfinished(),
            NotReplaced::NoFlow(gone) => self.lost(gone, "/log-ind").await,
        }
    }

    pub(super) async fn see_new_sheet(&self, flow: FlowId) -> Seen<FlowId> {
        self.stepped_up(flow, StepUpFor::Sheet).await?;
        Ok(flow)
    }

    pub(super) async fn do_renew_sheet(&self, form: FinishForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        match renew_sheet(&self.cx, here, flow).await {
            Ok(sheet) => Answer::to(format!("/koder/{sheet}")),
            Err(NotRenewed::NotFresh(NotFresh::NotShown)) => Answer::to(paths::step_up(flow)),
            Err(NotRenewed::NotFresh(_)) => self.lost(NoFlow::Gone, METHODS).await,
            Err(NotRenewed::NoFlow(gone)) => self.lost(gone, METHODS).await,
        }
    }
}

//! Confirming again who she is, by a code or a key, for one thing.

use super::BrowserDesk;
use super::codes::{code_missing, code_wrong};
use super::contact::change;
use super::signed_out;
use crate::paths;
use app::desk::{
    Answer, CodeForm, CodeFrom, Flash, KeyAskForm, KeyForm, Seen, StepUpForm, StepUpPage, Stop, Tiding,
};
use domain::flow::FlowGone;
use domain::ids::FlowId;
use domain::step_up::StepUpFor;
use usecases::begin_step_up::{begin_step_up, see_step_up};
use usecases::ceremonies::Asking;
use usecases::flows::NoFlow;
use usecases::see_factors::{Ways, see_step_up_ways};
use usecases::show_step_up::{NotShown, show_step_up};
use usecases::show_step_up_key::{ask_step_up_key, show_step_up_key};
use usecases::who::Here;

/// The page of what a step-up for her login methods opens.
fn open_methods(flow: FlowId) -> String {
    format!("/konto/loginmidler/ret/{flow}")
}

/// The page where a code device is taken into use.
fn another_device(flow: FlowId) -> String {
    format!("/konto/kodeviser/{flow}")
}

impl BrowserDesk {
    pub(super) async fn see_step_up(&self, flow: FlowId) -> Seen<StepUpPage> {
        let here = self.signed_in_for(flow)?;
        let seen = see_step_up(&self.cx, here, flow).await.map_err(|no_flow| self.stop(no_flow))?;
        match seen.purpose {
            StepUpFor::Contact(_) if seen.fresh => Err(Stop::Go(change(flow))),
            StepUpFor::Factors if seen.fresh => Err(Stop::Go(open_methods(flow))),
            StepUpFor::CodeDevice if seen.fresh => Err(Stop::Go(another_device(flow))),
            StepUpFor::Sheet if seen.fresh => Err(Stop::Go(paths::new_sheet(flow))),
            StepUpFor::Password if seen.fresh => Err(Stop::Go(paths::change_password(flow))),
            StepUpFor::Relation if seen.fresh => Err(Stop::Go(paths::end_relation(flow))),
            StepUpFor::Terms if seen.fresh => Err(Stop::Go(paths::open_draft(flow))),
            purpose => {
                let ways = see_step_up_ways(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
                let Ways { code, app, device, key, key_first, .. } = ways;
                let from = CodeFrom::of(app, device);
                Ok(StepUpPage { flow, purpose, codes: seen.codes, code, from, key, key_first })
            }
        }
    }

    /// A page of a flow that belongs to a session: without one the flow is as gone as another browser's.
    pub(super) fn signed_in_for(&self, _flow: FlowId) -> Result<&Here, Stop> {
        self.here.as_ref().ok_or(Stop::Gone(FlowGone::Expired))
    }

    pub(super) async fn do_begin_step_up(&self, form: StepUpForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let Some(purpose) = StepUpFor::from_word(&form.purpose) else { return Answer::to("/overblik") };
        match begin_step_up(&self.cx, here, purpose).await {
            Ok(flow) => Answer::to(paths::step_up(flow)),
            Err(NoFlow::Gone) => Answer::to("/overblik"),
            Err(NoFlow::Fault(fault)) => self.failed(&fault).await,
        }
    }

    pub(super) async fn do_show_step_up(&self, form: CodeForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, "/overblik").await;
        };
        let page = paths::step_up(flow);
        if form.code.is_empty() {
            let slip = code_missing(self.codes_of(here).await);
            return Answer::to(page).saying(Flash::slip(slip));
        }
        match show_step_up(&self.cx, here, flow, form.code.expose()).await {
            Ok(purpose) => self.made(flow, purpose).await,
            Err(NotShown::Wrong { left }) => {
                let slip = code_wrong(self.codes_of(here).await, form.code.expose(), left);
                Answer::to(page).saying(Flash::slip(slip))
            }
            Err(other) => self.step_up_refused(flow, other).await,
        }
    }

    /// She confirmed again; on to what it is for.
    pub(super) async fn made(&self, flow: FlowId, purpose: StepUpFor) -> Answer {
        // Who had a copy of the cookie has it no longer.
        if let Err(stopped) = self.new_cookie(Some(flow)).await {
            return stopped;
        }
        match purpose {
            StepUpFor::Contact(_) => self.with_draft(purpose, Answer::to(change(flow))).await,
            StepUpFor::OwnData => self.take(flow).await,
            StepUpFor::Factors => self.with_draft(purpose, Answer::to(open_methods(flow))).await,
            StepUpFor::CodeDevice => Answer::to(another_device(flow)),
            StepUpFor::Sheet => Answer::to(paths::new_sheet(flow)),
            StepUpFor::Password => Answer::to(paths::change_password(flow)),
            StepUpFor::Relation => Answer::to(paths::end_relation(flow)),
            StepUpFor::Terms => Answer::to(paths::open_draft(flow)),
        }
    }

    pub(super) async fn step_up_refused(&self, flow: FlowId, why: NotShown) -> Answer {
        let page = paths::step_up(flow);
        match why {
            // The page itself says until when.
            NotShown::Wrong { .. } | NotShown::CodesClosed(_) => Answer::to(page),
            NotShown::Key => Answer::to(page).saying(Flash::tiding(Tiding::KeyRefused)),
            NotShown::SignedOut | NotShown::Held => signed_out(),
            NotShown::NoFlow(gone) => self.lost(gone, "/overblik").await,
        }
    }

    pub(super) async fn ask_step_up_key(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return Err(self.lost(NoFlow::Gone, "/overblik").await);
        };
        match ask_step_up_key(&self.cx, here, flow).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.step_up_refused(flow, why).await),
        }
    }

    pub(super) async fn do_step_up_key(&self, form: KeyForm) -> Answer {
        let (Some(here), Some(asked), Ok(ceremony)) =
            (self.here.as_ref(), form.flow(), form.ceremony.parse())
        else {
            return self.lost(NoFlow::Gone, "/overblik").await;
        };
        match show_step_up_key(&self.cx, here, ceremony, form.answer.expose()).await {
            Ok((flow, purpose)) => self.made(flow, purpose).await,
            Err(why) => self.step_up_refused(asked, why).await,
        }
    }
}

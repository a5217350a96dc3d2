//! Confirming anew with MitID who she is, at a sign-in and from the overview.

use super::BrowserDesk;
use crate::paths;
use app::desk::{Answer, Flash, ReconfirmForm, ReconfirmPage, Seen, Stop, Tiding};
use domain::ids::FlowId;
use domain::proofing::Purpose;
use domain::sign_in::Step;
use usecases::begin_sign_in::see_sign_in;
use usecases::flows::NoFlow;
use usecases::put_off_reconfirmation::{NotPutOff, put_off_reconfirmation};
use usecases::see_reconfirmation::{NotAsked, see_asked, see_reconfirmation};
use usecases::start_proof::{ProofNotStarted, start_proof};

const OWN: &str = "/konto/bekraeft";

impl BrowserDesk {
    pub(super) async fn see_reconfirm(&self, flow: Option<FlowId>) -> Seen<ReconfirmPage> {
        let Some(flow) = flow else { return self.see_reconfirm_own().await };
        match see_asked(&self.cx, self.here.as_ref(), flow).await {
            Ok(seen) => Ok(ReconfirmPage {
                flow: Some(flow),
                service: seen.service,
                state: seen.state,
                may_put_off: seen.may_put_off,
            }),
            Err(NotAsked::GoOn { to_service }) => Err(Stop::Go(self.onward(flow, to_service).await)),
            Err(NotAsked::NoFlow(gone)) => Err(self.stop(gone)),
        }
    }

    async fn see_reconfirm_own(&self) -> Seen<ReconfirmPage> {
        let here = self.here.as_ref().ok_or_else(|| Stop::Go("/log-ind".to_owned()))?;
        let state = see_reconfirmation(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let state = state.ok_or_else(|| Stop::Go("/overblik".to_owned()))?;
        Ok(ReconfirmPage { flow: None, service: None, state, may_put_off: false })
    }

    /// Where a sign-in that asks nothing any more goes on; one that still thinks it asks is looked at anew there.
    async fn onward(&self, flow: FlowId, to_service: bool) -> String {
        match see_sign_in(&self.cx, flow).await {
            Ok(seen) if seen.step != Step::Reconfirm => paths::sign_in(flow, seen.step, to_service),
            _ => paths::sign_in(flow, Step::Go, to_service),
        }
    }

    pub(super) async fn do_reconfirm(&self, form: ReconfirmForm) -> Answer {
        let flow = form.flow();
        if flow.is_none() && !form.flow.is_empty() {
            return self.lost(NoFlow::Gone, "/log-ind").await;
        }
        let page = flow.map_or_else(|| OWN.to_owned(), |flow| paths::sign_in(flow, Step::Reconfirm, true));
        self.remember(|record| record.trip_from = Some(page)).await;
        match start_proof(&self.cx, (Purpose::Reconfirmation, flow), self.asking.lang.code()).await {
            Ok(address) => Answer::to_broker(address),
            Err(ProofNotStarted::Broker(refusal)) => self.refused(refusal, None).await,
            Err(ProofNotStarted::NotNow) => self.after_reconfirming(flow).await,
            Err(ProofNotStarted::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    pub(super) async fn do_put_off(&self, form: ReconfirmForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        match put_off_reconfirmation(&self.cx, flow).await {
            // Also when it must be done first: then its own page says so.
            Ok(()) | Err(NotPutOff::NotNow) => match see_sign_in(&self.cx, flow).await {
                Ok(seen) => Answer::to(paths::sign_in(flow, seen.step, seen.service.is_some())),
                Err(gone) => self.lost(gone, "/log-ind").await,
            },
            Err(NotPutOff::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    /// On to where she was going.
    async fn after_reconfirming(&self, flow: Option<FlowId>) -> Answer {
        let Some(flow) = flow else { return Answer::to("/log-ind") };
        match see_sign_in(&self.cx, flow).await {
            Ok(seen) => Answer::to(self.onward(flow, seen.service.is_some()).await),
            Err(gone) => self.lost(gone, "/log-ind").await,
        }
    }

    /// Back from MitID, and confirmed.
    pub(super) async fn reconfirmed(&self, flow: Option<FlowId>) -> Answer {
        if let Err(stopped) = self.new_cookie(flow).await {
            return stopped;
        }
        let answer = match flow {
            Some(_) => self.after_reconfirming(flow).await,
            None => Answer::to("/overblik"),
        };
        answer.saying(Flash::tiding(Tiding::Reconfirmed))
    }
}

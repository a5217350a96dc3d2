//! Back to the service that sent her, without signing in.

use super::BrowserDesk;
use crate::paths;
use app::desk::{Answer, GiveUpForm};
use domain::ids::FlowId;
use domain::sign_in::Step;
use usecases::begin_sign_in::see_sign_in;
use usecases::flows::NoFlow;
use usecases::give_up::{NotGivenUp, give_up};

impl BrowserDesk {
    pub(super) async fn do_give_up(&self, form: GiveUpForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        match give_up(&self.cx, flow).await {
            // The answer is made where every answer is.
            Ok(()) => Answer::to(paths::sign_in(flow, Step::Go, true)),
            Err(NotGivenUp::NobodyWaits) => Answer::to(format!("/log-ind/{flow}")),
            Err(NotGivenUp::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    /// What people call the service that waits for a sign-in of this browser, as long as one does.
    pub(super) async fn waits_for(&self, flow: FlowId) -> Option<String> {
        see_sign_in(&self.cx, flow).await.ok()?.service
    }
}

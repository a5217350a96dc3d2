//! A new password after MitID or a key, and the sheet of codes.

use super::BrowserDesk;
use super::methods::METHODS;
use super::reopening::FORGOTTEN;
use app::desk::{Answer, CodeSheet, Flash, KeepCodesForm, PasswordForm, ResetPage, Seen, Slip, Stop, Tiding};
use domain::ids::FlowId;
use domain::printed::PrintedCode;
use usecases::flows::NoFlow;
use usecases::reopen_password::StepRefused;
use usecases::reset_password::{proved, reset_password};
use usecases::see_sheet::{put_sheet_away, see_sheet};

impl BrowserDesk {
    pub(super) async fn see_reset(&self, flow: FlowId) -> Seen<ResetPage> {
        match proved(&self.cx, flow).await {
            Ok(person) => Ok(ResetPage {
                flow,
                names: usecases::choose_password::own_words(&self.cx.house.policy, &person),
                user_name: person.user_name.to_string(),
            }),
            Err(StepRefused::NoFlow(gone)) => Err(self.stop(gone)),
            Err(_) => Err(Stop::Go(FORGOTTEN.to_owned())),
        }
    }

    pub(super) async fn do_reset(&self, form: PasswordForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, FORGOTTEN).await };
        let slip = |slip| Answer::to(format!("{FORGOTTEN}/{flow}")).saying(Flash::slip(slip));
        if form.password.is_empty() {
            return slip(Slip::NewPasswordMissing);
        }
        match reset_password(&self.cx, flow, form.password.password()).await {
            Ok(()) => {
                self.other_cookie().await;
                Answer::to("/log-ind").saying(Flash::tiding(Tiding::PasswordReset))
            }
            Err(StepRefused::Weak(weak)) => slip(Slip::PasswordWeak(weak)),
            Err(StepRefused::SameAsBefore) => slip(Slip::SamePassword),
            Err(StepRefused::NotYet(_)) => Answer::to(FORGOTTEN).saying(Flash::tiding(Tiding::ProofRanOut)),
            Err(StepRefused::NoFlow(gone)) => self.lost(gone, FORGOTTEN).await,
        }
    }

    pub(super) async fn see_sheet(&self, flow: FlowId) -> Seen<CodeSheet> {
        let seen = see_sheet(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        Ok(CodeSheet {
            flow,
            user_name: seen.user_name,
            at: seen.at,
            replaces: seen.replaces,
            renewed: self.here.is_some(),
            url: self.cx.house.policy.public_url.clone(),
            blocking: seen.sheet.blocking.printed(),
            recovery: seen.sheet.recovery.iter().map(PrintedCode::printed).collect(),
        })
    }

    pub(super) async fn do_sheet(&self, form: KeepCodesForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        match see_sheet(&self.cx, flow).await {
            Ok(_) => {}
            // Put away before, as a double click does, or never here.
            Err(NoFlow::Gone) => return Answer::to("/log-ind"),
            Err(gone) => return self.lost(gone, "/log-ind").await,
        }
        if form.saved != "yes" {
            return Answer::to(format!("/koder/{flow}")).saying(Flash::slip(Slip::CodesNotSaved));
        }
        match put_sheet_away(&self.cx, flow).await {
            Ok(()) if self.here.is_some() => Answer::to(METHODS),
            Ok(()) => Answer::to("/log-ind").saying(Flash::tiding(Tiding::Reopened)),
            Err(fault) => self.failed(&fault).await,
        }
    }
}

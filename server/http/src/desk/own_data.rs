//! What the house holds about her, and what she accepted.

use super::BrowserDesk;
use app::desk::{AcceptedShown, Answer, DataPage, DataReadyPage, KeptFor, NewTermsShown, OwnTermsPage, Seen};
use domain::ids::FlowId;
use usecases::flows::NoFlow;
use usecases::own_data::{OwnData, own_data};
use usecases::see_data::see_data;
use usecases::see_own_data::see_own_data;
use usecases::see_terms::{NewTerms, see_terms};
use usecases::take_own_data::{NotTaken, take_own_data};

const DATA: &str = "/konto/data";

impl BrowserDesk {
    pub(super) async fn see_data_page(&self) -> Seen<DataPage> {
        let here = self.signed_in()?;
        let about = see_data(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(DataPage {
            name: here.person.full_name(),
            user_name: here.person.user_name.to_string(),
            cpr: about.cpr,
            units: about.units,
            told: about.told,
            kept: self.kept_for(),
        })
    }

    /// How long what happens is kept here.
    pub(crate) fn kept_for(&self) -> KeptFor {
        self.cx.house.policy.retention.into()
    }

    pub(super) async fn take(&self, step_up: FlowId) -> Answer {
        let Some(here) = self.here.as_ref() else { return self.lost(NoFlow::Gone, DATA).await };
        match take_own_data(&self.cx, here, step_up).await {
            Ok(flow) => Answer::to(format!("{DATA}/{flow}")),
            Err(NotTaken::NotFresh(_)) => self.lost(NoFlow::Gone, DATA).await,
            Err(NotTaken::NoFlow(gone)) => self.lost(gone, DATA).await,
        }
    }

    pub(super) async fn see_data_ready(&self, flow: FlowId) -> Seen<DataReadyPage> {
        let here = self.signed_in_for(flow)?;
        let until = see_own_data(&self.cx, here, flow).await.map_err(|no_flow| self.stop(no_flow))?;
        Ok(DataReadyPage { flow, until })
    }

    /// Her data, where she opened it in this browser and session; else where she is led, and what is said there.
    pub(crate) async fn own_data(&self, flow: &str) -> Result<OwnData, Box<Answer>> {
        // Of whoever is not signed in nothing is kept, not even words.
        let Some(here) = self.here.as_ref() else { return Err(Box::new(Answer::to(DATA))) };
        let opened = match flow.parse() {
            Ok(flow) => own_data(&self.cx, here, flow).await,
            Err(_) => Err(NoFlow::Gone),
        };
        match opened {
            Ok(data) => Ok(data),
            Err(no_flow) => Err(Box::new(self.lost(no_flow, DATA).await)),
        }
    }

    pub(super) async fn see_own_terms(&self) -> Seen<OwnTermsPage> {
        let here = self.signed_in()?;
        let seen = see_terms(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let accepted = seen.accepts.into_iter().map(|(accept, version)| AcceptedShown {
            version,
            current: accept.accepted.terms == seen.current,
            at: accept.accepted.at,
            agent: accept.accepted.by.agent,
            address: accept.accepted.by.address,
            reference: domain::ids::reference(accept.id.into()),
        });
        let new = seen.new.map(|new| {
            let NewTerms { version, from, holds, asks, accept_by } = new;
            NewTermsShown { version, from, holds, asks, accept_by }
        });
        Ok(OwnTermsPage { accepted: accepted.collect(), new })
    }
}

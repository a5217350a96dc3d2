//! To MitID and back.

use super::BrowserDesk;
use crate::paths;
use app::desk::{Answer, BrokenKind, Flash, ProofPage, ProofRefused, ProveForm, Seen, Stop, Tiding};
use domain::enrolment::{OnRecord, Step};
use domain::ids::FlowId;
use domain::proofing::Refusal;
use std::collections::BTreeMap;
use usecases::finish_proof::{ProofFailed, Proved, finish_proof};
use usecases::flows::NoFlow;
use usecases::see_enrolment::see_enrolment;
use usecases::start_proof::{ProofNotStarted, start_proof};

impl BrowserDesk {
    pub(super) async fn see_proof(&self, flow: FlowId) -> Seen<ProofPage> {
        let seen = self.enrolment_at(flow, |step| step == Step::Proof).await?;
        Ok(ProofPage { flow, again: seen.on_record != OnRecord::default() })
    }

    pub(super) async fn see_refused(&self, flow: Option<FlowId>) -> Seen<ProofRefused> {
        let kept = self.browser.record().await.refused;
        let (page, reference) = kept.ok_or_else(|| Stop::Go("/kom-i-gang".to_owned()))?;
        Ok(ProofRefused { flow, page: page.into(), reference })
    }

    pub(super) async fn do_prove(&self, form: ProveForm) -> Answer {
        match form.flow() {
            Some(flow) => self.depart(Some(flow)).await,
            None => self.lost(NoFlow::Gone, "/kom-i-gang").await,
        }
    }

    pub(super) async fn do_find(&self) -> Answer {
        self.depart(None).await
    }

    async fn depart(&self, flow: Option<FlowId>) -> Answer {
        match start_proof(&self.cx, flow, self.asking.lang.code()).await {
            Ok(address) => Answer::to_broker(address),
            Err(ProofNotStarted::Broker(refusal)) => self.refused(refusal, flow).await,
            Err(ProofNotStarted::NotNow) => match flow {
                Some(flow) => self.next_step(flow).await,
                None => Answer::to("/kom-i-gang"),
            },
            Err(ProofNotStarted::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
        }
    }

    /// To whatever an enrolment needs next.
    pub(super) async fn next_step(&self, flow: FlowId) -> Answer {
        match see_enrolment(&self.cx, flow).await {
            Ok(seen) => Answer::to(paths::enrolment(flow, seen.step)),
            Err(gone) => self.lost(gone, "/kom-i-gang").await,
        }
    }

    /// The callback to a broker profile's address.
    pub(crate) async fn arrive(&self, profile: &str, callback: &BTreeMap<String, String>) -> Answer {
        match finish_proof(&self.cx, profile, callback).await {
            Ok(Proved::Enrolment(flow)) => {
                self.browser.renew().await;
                self.next_step(flow).await.saying(Flash::tiding(Tiding::Proved))
            }
            Ok(Proved::Finding) => Answer::to("/kom-i-gang/fundet"),
            Err(ProofFailed::Refused { refusal, back }) => self.refused(refusal, back).await,
            Err(ProofFailed::NewTerms(flow)) => {
                self.next_step(flow).await.saying(Flash::tiding(Tiding::TermsChanged))
            }
            Err(ProofFailed::NotAllowed) => self.break_off(BrokenKind::NotEntitled, None).await,
            Err(ProofFailed::Fault(fault)) => self.failed(&fault).await,
        }
    }

    async fn refused(&self, refusal: Refusal, back: Option<FlowId>) -> Answer {
        let reference = self.asking.reference.clone();
        tracing::info!(%reference, why = refusal.word(), "a proof was refused");
        self.remember(|record| record.refused = Some((refusal.page().into(), reference))).await;
        Answer::to(match back {
            Some(flow) => format!("/indrullering/{flow}/ikke-bekraeftet"),
            None => "/mitid/ikke-bekraeftet".to_owned(),
        })
    }
}

//! To MitID and back.

use super::BrowserDesk;
use crate::paths;
use app::desk::{
    Answer, BrokenKind, CannotWhy, Flash, ProofPage, ProofRefused, ProveForm, Seen, Stop, Tiding,
};
use domain::enrolment::{OnRecord, Step};
use domain::ids::FlowId;
use domain::proofing::{Purpose, Refusal};
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
        let start = self.browser.record().await.trip_from;
        Ok(ProofRefused { flow, start, page: page.into(), reference })
    }

    pub(super) async fn do_prove(&self, form: ProveForm) -> Answer {
        match form.flow() {
            Some(flow) => self.depart(Purpose::Enrolment, Some(flow)).await,
            None => self.lost(NoFlow::Gone, "/kom-i-gang").await,
        }
    }

    pub(super) async fn do_find(&self) -> Answer {
        self.depart(Purpose::Finding, None).await
    }

    /// Off to MitID from a page of its own, to which a proof that does not succeed leads back.
    pub(super) async fn do_start(&self, purpose: Purpose, page: &'static str) -> Answer {
        self.remember(|record| record.trip_from = Some(page.to_owned())).await;
        self.away(purpose, None).await
    }

    pub(super) async fn depart(&self, purpose: Purpose, flow: Option<FlowId>) -> Answer {
        let page = (purpose == Purpose::Blocking).then(|| "/spaer".to_owned());
        if self.browser.record().await.trip_from != page {
            self.remember(|record| record.trip_from = page).await;
        }
        self.away(purpose, flow).await
    }

    async fn away(&self, purpose: Purpose, flow: Option<FlowId>) -> Answer {
        match start_proof(&self.cx, (purpose, flow), self.asking.lang.code()).await {
            Ok(address) => Answer::to_broker(address),
            // MitID is down: the other doors come first.
            Err(ProofNotStarted::Broker(_)) if purpose == Purpose::Blocking => self.not_blocked().await,
            Err(ProofNotStarted::NoFlow(NoFlow::Fault(fault))) if purpose == Purpose::Blocking => {
                self.not_blocked_by(&fault).await
            }
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
            Ok(Proved::Enrolment(flow)) => match self.new_cookie(Some(flow)).await {
                Ok(()) => self.next_step(flow).await.saying(Flash::tiding(Tiding::Proved)),
                Err(stopped) => stopped,
            },
            Ok(Proved::Blocking(flow)) => Answer::to(format!("/spaer/bekraeft/{flow}")),
            Ok(Proved::Reopening(flow)) => self.proved(Purpose::Reopening, flow).await,
            Ok(Proved::Reset(flow)) => self.proved(Purpose::Reset, flow).await,
            Ok(Proved::Reconfirmed(flow)) => self.reconfirmed(flow).await,
            Ok(Proved::Regained(flow)) => self.regained(flow).await,
            Ok(Proved::Anew) => self.cannot(false, CannotWhy::Anew).await,
            Ok(Proved::Finding) => Answer::to("/kom-i-gang/fundet"),
            Err(ProofFailed::Refused { refusal, back }) => self.refused(refusal, back).await,
            Err(ProofFailed::NewTerms(flow)) => {
                self.next_step(flow).await.saying(Flash::tiding(Tiding::TermsChanged))
            }
            Err(ProofFailed::NothingBlocked(failed)) => self.nothing_blocked(&failed).await,
            Err(ProofFailed::NoLogin(purpose)) => {
                self.cannot(purpose == Purpose::Reset, CannotWhy::NoLogin).await
            }
            Err(ProofFailed::Held(purpose, cannot)) => self.cannot_open(purpose, cannot).await,
            Err(ProofFailed::NotAllowed) => self.break_off(BrokenKind::NotEntitled, None).await,
            Err(ProofFailed::NothingToFinish) => self.break_off(BrokenKind::NothingToFinish, None).await,
            Err(ProofFailed::Fault(fault)) => self.failed(&fault).await,
        }
    }

    /// Back from MitID without a block: whatever the reason, she is told that, and the other doors.
    async fn nothing_blocked(&self, failed: &ProofFailed) -> Answer {
        if let ProofFailed::Fault(fault) = failed {
            return self.not_blocked_by(fault).await;
        }
        tracing::info!(reference = %self.asking.reference, %failed, "a proof blocked nothing");
        self.not_blocked().await
    }

    pub(super) async fn refused(&self, refusal: Refusal, back: Option<FlowId>) -> Answer {
        let reference = self.asking.reference.clone();
        tracing::info!(%reference, why = refusal.word(), "a proof was refused");
        self.remember(|record| record.refused = Some((refusal.page().into(), reference))).await;
        Answer::to(match back {
            Some(flow) => format!("/indrullering/{flow}/ikke-bekraeftet"),
            None => "/mitid/ikke-bekraeftet".to_owned(),
        })
    }
}

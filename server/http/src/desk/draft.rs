//! What somebody typed and sent when her session was over: nothing of it is lost. It waits in the browser's record until she
//! is signed in again, and she alone finds it, where it belongs.

use super::BrowserDesk;
use crate::browser::Draft;
use app::desk::{Answer, Flash, Kept, Tiding};
use domain::SignedDuration;
use domain::ids::PersonId;
use domain::step_up::StepUpFor;
use usecases::flows::NoFlow;

/// So long it waits.
const WAITS: SignedDuration = SignedDuration::from_hours(1);

impl BrowserDesk {
    /// What she confirmed again for is over: with her session, or because she signed in anew meanwhile. Keeps what was
    /// typed for whoever signed in here last, and leads to where she begins anew. Where nobody ever did, it is as lost as any
    /// form of a stranger.
    pub(super) async fn kept_for_later(&self, purpose: StepUpFor, kept: Kept) -> Answer {
        let here = self.here.as_ref().map(|here| here.person.id);
        let Some(person) = here.or(self.browser.record().await.signed_in_as) else {
            return self.lost(NoFlow::Gone, page_of(purpose)).await;
        };
        let draft = Draft { person, purpose, kept, at: self.cx.now };
        self.remember(|record| record.draft = Some(draft)).await;
        match here {
            Some(_) => Answer::to(page_of(purpose)).saying(Flash::tiding(Tiding::DraftWaits)),
            None => Answer::to("/log-ind").saying(Flash::tiding(Tiding::DraftKept)),
        }
    }

    /// Where what this person typed belongs, while it waits.
    pub(super) async fn draft_of(&self, person: PersonId) -> Option<&'static str> {
        self.draft(person).await.map(|draft| page_of(draft.purpose))
    }

    /// The page of what she confirmed again for, with what she had typed there.
    pub(super) async fn with_draft(&self, purpose: StepUpFor, answer: Answer) -> Answer {
        let Some(here) = self.here.as_ref() else { return answer };
        match self.draft(here.person.id).await.filter(|draft| draft.purpose == purpose) {
            Some(draft) => {
                self.remember(|record| record.draft = None).await;
                answer.saying(Flash::tiding(Tiding::DraftBack).keeping(draft.kept))
            }
            None => answer,
        }
    }

    async fn draft(&self, person: PersonId) -> Option<Draft> {
        let draft = self.browser.record().await.draft?;
        (draft.person == person && self.cx.now.duration_since(draft.at) < WAITS).then_some(draft)
    }
}

/// Where she begins what she had typed something for.
const fn page_of(purpose: StepUpFor) -> &'static str {
    match purpose {
        StepUpFor::Contact(_) => "/konto/kontakt",
        StepUpFor::Factors => "/konto/loginmidler",
        StepUpFor::CodeDevice
        | StepUpFor::OwnData
        | StepUpFor::Sheet
        | StepUpFor::Password
        | StepUpFor::Relation => "/overblik",
        StepUpFor::Terms => "/administration/vilkaar",
    }
}

//! What somebody typed and sent when her session was over: nothing of it is lost. It waits in the browser's record, sealed and
//! for an hour, until she is signed in again, and she alone finds it, where it belongs.

use super::{BrowserDesk, who_of};
use crate::browser::Draft;
use app::desk::{Answer, Flash, Kept, Tiding};
use domain::ids::PersonId;
use domain::step_up::StepUpFor;
use usecases::flows::NoFlow;

impl BrowserDesk {
    /// What she confirmed again for is over: with her session, or because she signed in anew meanwhile. Keeps what was
    /// typed for whoever signed in here last, if the form was made for her (`who`), and leads to where she begins anew. Else it
    /// is as lost as any form of a stranger: whoever sits here now need not have typed it, in a tab that was left open.
    pub(super) async fn kept_for_later(&self, purpose: StepUpFor, who: &str, kept: Kept) -> Answer {
        let here = self.here.as_ref().map(|here| here.person.id);
        let person = here.or(self.browser.record().await.signed_in_as);
        let Some(person) = person.filter(|person| who_of(*person) == who) else {
            return self.lost(NoFlow::Gone, page_of(purpose)).await;
        };
        let draft = Draft { person, purpose, kept: self.sealed(&kept), at: self.cx.now };
        self.remember(|record| record.aside = Some(draft)).await;
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
                self.remember(|record| record.aside = None).await;
                answer.saying(Flash::tiding(Tiding::DraftBack).keeping(self.opened(&draft.kept)))
            }
            None => answer,
        }
    }

    async fn draft(&self, person: PersonId) -> Option<Draft> {
        let mut record = self.browser.record().await;
        record.forget_old(self.cx.now);
        record.aside.filter(|draft| draft.person == person)
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

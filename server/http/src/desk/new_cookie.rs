//! What becomes of the cookie when more is opened by it, or nothing any more (NSIS 6.6).

use super::BrowserDesk;
use crate::browser::Record;
use crate::paths;
use app::desk::{Answer, BrokenKind, Flash, Tiding};
use domain::ids::FlowId;
use domain::sign_in::Step;
use usecases::abandon::abandon;
use usecases::show_code::SignedIn;

impl BrowserDesk {
    /// Gives the cookie a new id, as whoever proved or confirmed who she is gets one (NSIS 6.6). Where the old one may live
    /// on, nothing is had by it: nobody is signed in here any more, `flow` is over, and she is told to begin again.
    pub(super) async fn new_cookie(&self, flow: Option<FlowId>) -> Result<(), Answer> {
        let renewed = self.browser.renew().await;
        self.or_begin_again(renewed, flow).await
    }

    async fn or_begin_again(
        &self,
        renewed: Result<(), tower_sessions::session::Error>,
        flow: Option<FlowId>,
    ) -> Result<(), Answer> {
        let Err(error) = renewed else { return Ok(()) };
        let (reference, now) = (self.asking.reference.clone(), self.cx.now);
        tracing::error!(%reference, %error, "a cookie's id could not be renewed, and what it opened is over");
        if let Err(fault) = abandon(&self.cx, flow).await {
            self.note(&fault);
        }
        let broken = (BrokenKind::NotRenewed.into(), reference, None);
        let told = Record { kept_at: Some(now), broken: Some(broken), ..Record::default() };
        self.browser.change(move |record| *record = told).await;
        Err(Answer::to("/log-ind/fejl"))
    }

    /// The same where something ended and nothing is opened: she has it done, whatever became of the cookie.
    pub(super) async fn other_cookie(&self) {
        if let Err(error) = self.browser.renew().await {
            tracing::warn!(reference = %self.asking.reference, %error, "a cookie's id cannot be renewed");
        }
    }

    /// Signed in: the cookie is a new one, and this browser is known from now on.
    pub(super) async fn signed_in_as(&self, signed_in: SignedIn) -> Answer {
        match self.let_in(signed_in).await {
            Ok(on) | Err(on) => on,
        }
    }

    /// The same; fails with where she is sent instead. Only the new cookie is told of its session, so the old one may be there
    /// until the new one is, and nothing is opened by it either way.
    pub(super) async fn let_in(&self, signed_in: SignedIn) -> Result<Answer, Answer> {
        let renewed = self.browser.renew_at_the_end().await;
        self.or_begin_again(renewed, Some(signed_in.flow)).await?;
        let (person, session) = (signed_in.person, signed_in.session);
        let waits = self.draft_of(person).await;
        self.remember(|record| {
            // Who sits here now need not be who blocked or typed here before.
            record.receipt = None;
            record.aside = record.aside.take().filter(|draft| draft.person == person);
            if record.signed_in_as != Some(person) {
                record.said.clear();
            }
            (record.session, record.signed_in_as) = (Some(session), Some(person));
            record.left_by = None;
        })
        .await;
        self.keep_device(signed_in.device);
        Ok(match waits {
            Some(page) if signed_in.next == Step::Go && !signed_in.to_service => {
                Answer::to(page).saying(Flash::tiding(Tiding::DraftWaits))
            }
            _ => Answer::to(paths::sign_in(signed_in.flow, signed_in.next, signed_in.to_service)),
        })
    }
}

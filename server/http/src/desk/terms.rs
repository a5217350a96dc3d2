//! Reading and accepting the terms.

use super::BrowserDesk;
use crate::paths;
use app::desk::{
    AcceptForm, Answer, DeclineForm, Flash, Journey, Seen, Slip, Stop, TermsPage, Tiding, TurnForm,
};
use domain::ids::FlowId;
use domain::publication::{PageText, Spread};
use domain::terms::NotRead;
use text::Lang;
use usecases::flows::NoFlow;
use usecases::read_terms::{
    Reader, ReadingSeen, TermsRefused, accept_terms, decline_terms, see_reading, turn_page,
};
use usecases::see_enrolment::see_enrolment;
use usecases::see_reopening::see_reopening;

impl BrowserDesk {
    pub(super) async fn see_terms(&self, journey: Journey, flow: FlowId, page: u8) -> Seen<TermsPage> {
        let seen = self.reading(journey, flow).await?;
        if !seen.reading.may_show(page) {
            return Err(Stop::Go(terms_path(journey, flow, seen.reading.next_page())));
        }
        let text = seen.pages.page(page).map(|spread| in_language(spread, self.asking.lang));
        let text = text.ok_or(Stop::Missing)?;
        let service = if journey == Journey::SignIn { self.waits_for(flow).await } else { None };
        Ok(TermsPage {
            flow,
            service,
            page,
            pages: seen.terms.pages,
            heading: text.title.clone(),
            html: self.edge.library.rendered(&text.body),
            version: seen.terms.version,
            date: seen.terms.date,
        })
    }

    pub(super) async fn see_decline(&self, journey: Journey, flow: FlowId) -> Seen<FlowId> {
        self.reading(journey, flow).await.map(|_| flow)
    }

    /// The reading that is what comes next in this flow. A flow of another journey is as unknown below this address as
    /// another browser's.
    async fn reading(&self, journey: Journey, flow: FlowId) -> Seen<ReadingSeen> {
        match see_reading(&self.cx, flow).await {
            Ok(seen) if journey_of(seen.reader) == journey => Ok(seen),
            Ok(_) => Err(self.stop(NoFlow::Gone)),
            Err(TermsRefused::NoFlow(gone)) => Err(self.stop(gone)),
            Err(TermsRefused::NotRead(_) | TermsRefused::NotNow) => {
                Err(Stop::Go(self.after_terms(journey, flow).await?))
            }
        }
    }

    /// The page that comes once the terms are behind her.
    async fn after_terms(&self, journey: Journey, flow: FlowId) -> Seen<String> {
        match journey {
            Journey::Enrolment => {
                let seen = see_enrolment(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
                Ok(paths::enrolment(flow, seen.step))
            }
            Journey::SignIn => {
                let seen = usecases::begin_sign_in::see_sign_in(&self.cx, flow).await;
                let seen = seen.map_err(|gone| self.stop(gone))?;
                Ok(paths::sign_in(flow, seen.step, seen.service.is_some()))
            }
            Journey::Reopening => {
                see_reopening(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
                Ok(format!("/genaktiver/{flow}"))
            }
        }
    }

    pub(super) async fn do_turn(&self, form: TurnForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, start(form.journey)).await };
        match turn_page(&self.cx, flow, form.page()).await {
            Ok(()) => Answer::to(terms_path(form.journey, flow, form.page().saturating_add(1))),
            Err(refused) => self.not_accepted(form.journey, flow, form.page(), refused).await,
        }
    }

    pub(super) async fn do_accept(&self, form: AcceptForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, start(form.journey)).await };
        match accept_terms(&self.cx, flow, form.ticked()).await {
            Ok(()) => self.past_terms(form.journey, flow).await,
            Err(refused) => {
                let seen = see_reading(&self.cx, flow).await;
                let last = seen.map_or(1, |seen| seen.reading.next_page());
                self.not_accepted(form.journey, flow, last, refused).await
            }
        }
    }

    pub(super) async fn do_decline(&self, form: DeclineForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, start(form.journey)).await };
        match decline_terms(&self.cx, flow).await {
            Ok(()) => Answer::to("/vilkaar/afvist"),
            Err(TermsRefused::NoFlow(gone)) => self.lost(gone, start(form.journey)).await,
            Err(TermsRefused::NotRead(_) | TermsRefused::NotNow) => self.past_terms(form.journey, flow).await,
        }
    }

    async fn past_terms(&self, journey: Journey, flow: FlowId) -> Answer {
        match self.after_terms(journey, flow).await {
            Ok(path) => Answer::to(path),
            Err(_) => self.lost(NoFlow::Gone, start(journey)).await,
        }
    }

    async fn not_accepted(&self, journey: Journey, flow: FlowId, page: u8, refused: TermsRefused) -> Answer {
        match refused {
            TermsRefused::NotRead(NotRead::NotTicked) => {
                Answer::to(terms_path(journey, flow, page)).saying(Flash::slip(Slip::BoxNotTicked))
            }
            TermsRefused::NotRead(NotRead::NewVersion) => {
                Answer::to(terms_path(journey, flow, 1)).saying(Flash::tiding(Tiding::TermsChanged))
            }
            TermsRefused::NotRead(NotRead::OutOfOrder { next } | NotRead::PagesMissing { next }) => {
                Answer::to(terms_path(journey, flow, next)).saying(Flash::tiding(Tiding::PageLeftOut))
            }
            TermsRefused::NotNow => self.past_terms(journey, flow).await,
            TermsRefused::NoFlow(gone) => self.lost(gone, start(journey)).await,
        }
    }
}

fn terms_path(journey: Journey, flow: FlowId, page: u8) -> String {
    format!("{}/{flow}/vilkaar/{page}", journey.root())
}

/// A page of the terms in the language somebody reads.
pub(super) fn in_language(spread: &Spread, lang: Lang) -> &PageText {
    match lang {
        Lang::Da => &spread.danish,
        Lang::En => &spread.english,
    }
}

fn journey_of(reader: Reader) -> Journey {
    match reader {
        Reader::Enrolling => Journey::Enrolment,
        Reader::SigningIn => Journey::SignIn,
        Reader::Reopening => Journey::Reopening,
    }
}

fn start(journey: Journey) -> &'static str {
    match journey {
        Journey::Enrolment => "/kom-i-gang",
        Journey::SignIn => "/log-ind",
        Journey::Reopening => "/genaktiver",
    }
}

//! Administrators publish terms (page 56).

use super::BrowserDesk;
use crate::paths;
use app::desk::{
    Answer, ApproveTermsForm, BeginTermsForm, DraftShown, Flash, Kept, OpenDraft, OpenDraftPage,
    ProposeTermsForm, PublicationPage, Seen, Slip, Stop, Tiding, WithdrawTermsForm, WriteTermsForm,
    WriteTermsPage,
};
use domain::Date;
use domain::ids::FlowId;
use domain::publication::{
    Binds, Decision, DraftRefused, DraftState, MOST_PAGES, PageRefused, PageText, Spread,
};
use domain::step_up::StepUpFor;
use domain::terms::TermsHash;
use usecases::approve_terms::approve_terms;
use usecases::begin_terms::begin_terms;
use usecases::propose_terms::propose_terms;
use usecases::see_terms_draft::{DraftSeen, Publication, see_terms_draft};
use usecases::terms_draft::{DraftFailed, may_handle_terms};
use usecases::who::Here;
use usecases::withdraw_terms::withdraw_terms;
use usecases::write_terms::write_terms;

const LIST: &str = "/administration/vilkaar";
/// Whoever is no administrator, or nobody, goes to what is hers.
const ELSEWHERE: &str = "/overblik";

impl BrowserDesk {
    async fn publication(&self) -> Seen<Publication> {
        let here = self.here.as_ref().ok_or_else(|| Stop::Go(ELSEWHERE.to_owned()))?;
        see_terms_draft(&self.cx, here).await.map_err(|failed| match failed {
            DraftFailed::Fault(fault) => self.fault(&fault),
            _ => Stop::Go(ELSEWHERE.to_owned()),
        })
    }

    /// Who handles terms here; anybody else hears nothing of drafts. The use case looks again.
    async fn administrator(&self) -> Result<&Here, Answer> {
        let Some(here) = self.here.as_ref() else { return Err(Answer::to(ELSEWHERE)) };
        match may_handle_terms(&self.cx, here).await {
            Ok(true) => Ok(here),
            Ok(false) => Err(Answer::to(ELSEWHERE)),
            Err(fault) => Err(self.failed(&fault).await),
        }
    }

    pub(super) async fn see_publication(&self) -> Seen<PublicationPage> {
        let Publication { in_force, published, draft } = self.publication().await?;
        Ok(PublicationPage { in_force, published, draft: draft.map(shown) })
    }

    pub(super) async fn see_write_terms(&self, page: u8) -> Seen<WriteTermsPage> {
        let list = || Stop::Go(LIST.to_owned());
        let seen = self.publication().await?.draft.ok_or_else(list)?;
        let draft = seen.draft;
        let pages = draft.pages.count();
        let next = page == pages.saturating_add(1) && usize::from(page) <= MOST_PAGES;
        if !seen.own || draft.state != DraftState::Writing || page == 0 || (page > pages && !next) {
            return Err(list());
        }
        let spread = draft.pages.page(page).cloned().unwrap_or_default();
        Ok(WriteTermsPage { draft: draft.id, version: draft.version, page, spread })
    }

    pub(super) async fn see_open_draft(&self, flow: FlowId) -> Seen<OpenDraftPage> {
        // First whether it is hers to see at all: who is none hears nothing of step-ups.
        let seen = self.publication().await?.draft.ok_or_else(|| Stop::Go(LIST.to_owned()))?;
        self.stepped_up(flow, StepUpFor::Terms).await?;
        let open = match (&seen.draft.state, seen.own) {
            (DraftState::Writing, true) => OpenDraft::Propose,
            (DraftState::Proposed { .. }, false) => OpenDraft::Publish,
            _ => return Err(Stop::Go(LIST.to_owned())),
        };
        Ok(OpenDraftPage { flow, open, shown: shown(seen) })
    }

    pub(super) async fn do_begin_terms(&self, form: BeginTermsForm) -> Answer {
        let here = match self.administrator().await {
            Ok(here) => here,
            Err(elsewhere) => return elsewhere,
        };
        match begin_terms(&self.cx, here, &form.version).await {
            Ok(_) => told(LIST, Tiding::TermsBegun),
            Err(DraftFailed::Refused(DraftRefused::VersionName)) => {
                let version = form.version.chars().take(40).collect();
                let kept = Kept { version, ..Kept::default() };
                Answer::to(LIST).saying(Flash::slip(Slip::VersionName).keeping(kept))
            }
            Err(failed) => self.draft_failed(failed).await,
        }
    }

    pub(super) async fn do_write_terms(&self, form: WriteTermsForm) -> Answer {
        let here = match self.administrator().await {
            Ok(here) => here,
            Err(elsewhere) => return elsewhere,
        };
        let (Some(draft), Ok(page)) = (form.draft(), form.page.parse::<u8>()) else {
            return told(LIST, Tiding::TermsMovedOn);
        };
        let spread = Spread {
            danish: PageText::typed(&form.da_title, &form.da_body),
            english: PageText::typed(&form.en_title, &form.en_body),
        };
        match write_terms(&self.cx, here, draft, page, spread).await {
            Ok(_) => told(LIST, Tiding::TermsPageSaved),
            Err(DraftFailed::Refused(DraftRefused::Page(refused))) => page_refused(page, refused),
            Err(failed) => self.draft_failed(failed).await,
        }
    }

    pub(super) async fn do_propose_terms(&self, form: ProposeTermsForm) -> Answer {
        let here = match self.administrator().await {
            Ok(here) => here,
            Err(elsewhere) => return elsewhere,
        };
        let (Some(flow), Some(draft)) = (form.flow(), form.draft()) else {
            return told(LIST, Tiding::ConfirmAgain);
        };
        match propose_terms(&self.cx, here, flow, draft).await {
            Ok(()) => told(LIST, Tiding::TermsProposed),
            Err(failed) => self.draft_failed(failed).await,
        }
    }

    pub(super) async fn do_approve_terms(&self, form: ApproveTermsForm) -> Answer {
        let here = match self.administrator().await {
            Ok(here) => here,
            Err(elsewhere) => return elsewhere,
        };
        let (Some(flow), Some(draft)) = (form.flow(), form.draft()) else {
            return told(LIST, Tiding::ConfirmAgain);
        };
        let page = paths::open_draft(flow);
        let again = |slips| {
            let short = |text: &str| text.chars().take(20).collect();
            let kept = Kept {
                from: short(&form.from),
                binds: short(&form.binds),
                accept_by: short(&form.accept_by),
                ..Kept::default()
            };
            Answer::to(&page).saying(Flash { slips, ..Flash::default() }.keeping(kept))
        };
        let decision = match decided(&form) {
            Ok(decision) => decision,
            Err(slips) => return again(slips),
        };
        let Some(read) = TermsHash::from_hex(&form.read) else { return told(LIST, Tiding::TermsMovedOn) };
        match approve_terms(&self.cx, here, flow, (draft, read), decision).await {
            Ok(_) => told(LIST, Tiding::TermsPublished),
            Err(DraftFailed::Refused(DraftRefused::FirstDay)) => again(vec![Slip::FirstDayEarly]),
            Err(DraftFailed::Refused(DraftRefused::TooFar)) => again(vec![Slip::FirstDayFar]),
            Err(DraftFailed::Refused(DraftRefused::LastDay)) => again(vec![Slip::LastDay]),
            Err(failed) => self.draft_failed(failed).await,
        }
    }

    pub(super) async fn do_withdraw_terms(&self, form: WithdrawTermsForm) -> Answer {
        let here = match self.administrator().await {
            Ok(here) => here,
            Err(elsewhere) => return elsewhere,
        };
        let Some(draft) = form.draft() else { return told(LIST, Tiding::TermsMovedOn) };
        match withdraw_terms(&self.cx, here, draft).await {
            Ok(()) => told(LIST, Tiding::TermsWithdrawn),
            Err(failed) => self.draft_failed(failed).await,
        }
    }

    async fn draft_failed(&self, failed: DraftFailed) -> Answer {
        let refused = match failed {
            DraftFailed::NotAllowed => return Answer::to(ELSEWHERE),
            DraftFailed::Fault(fault) => return self.failed(&fault).await,
            DraftFailed::NotFresh(_) => return told(LIST, Tiding::ConfirmAgain),
            DraftFailed::Gone | DraftFailed::Another => return told(LIST, Tiding::TermsMovedOn),
            DraftFailed::Refused(refused) => refused,
        };
        match refused {
            DraftRefused::Incomplete { page } => told(write_path(page), Tiding::TermsIncomplete),
            DraftRefused::Page(refused) => page_refused(1, refused),
            DraftRefused::Unchanged => told(LIST, Tiding::TermsUnchanged),
            DraftRefused::Stale => told(LIST, Tiding::TermsStale),
            DraftRefused::OtherText => told(LIST, Tiding::TermsOtherText),
            DraftRefused::SamePerson => told(LIST, Tiding::TermsSamePerson),
            DraftRefused::VersionName
            | DraftRefused::NotYours
            | DraftRefused::NotWaiting
            | DraftRefused::FirstDay
            | DraftRefused::TooFar
            | DraftRefused::LastDay => told(LIST, Tiding::TermsMovedOn),
        }
    }
}

fn told(path: impl Into<String>, tiding: Tiding) -> Answer {
    Answer::to(path).saying(Flash::tiding(tiding))
}

fn write_path(page: u8) -> String {
    format!("{LIST}/side/{page}")
}

fn page_refused(page: u8, refused: PageRefused) -> Answer {
    match refused {
        PageRefused::TooLong(part) => {
            Answer::to(write_path(page)).saying(Flash::slip(Slip::TermsTooLong(part)))
        }
        PageRefused::Placeholder(part) => {
            Answer::to(write_path(page)).saying(Flash::slip(Slip::TermsPlaceholder(part)))
        }
        PageRefused::OnlyPage => told(write_path(page), Tiding::TermsOnlyPage),
        PageRefused::NoSuchPage => told(LIST, Tiding::TermsNoSuchPage),
    }
}

/// What was chosen, or everything that is to be corrected.
fn decided(form: &ApproveTermsForm) -> Result<Decision, Vec<Slip>> {
    let from = form.from.trim().parse::<Date>().map_err(|_| Slip::FirstDayShape);
    let last = match form.accept_by.trim() {
        "" => Ok(None),
        typed => typed.parse::<Date>().map(Some).map_err(|_| Slip::LastDayShape),
    };
    let everybody = Binds::Everybody { accept_by: None }.word();
    let binds = match (form.binds.as_str(), last) {
        (_, Err(slip)) => Err(slip),
        (word, Ok(accept_by)) if word == everybody => Ok(Binds::Everybody { accept_by }),
        (word, Ok(None)) if word == Binds::Newcomers.word() => Ok(Binds::Newcomers),
        (word, Ok(Some(_))) if word == Binds::Newcomers.word() => Err(Slip::LastDayWithout),
        _ => Err(Slip::BindsMissing),
    };
    match (from, binds) {
        (Ok(from), Ok(binds)) => Ok(Decision { from, binds }),
        (from, binds) => Err(from.err().into_iter().chain(binds.err()).collect()),
    }
}

fn shown(seen: DraftSeen) -> DraftShown {
    let DraftSeen { draft, hash, own, author, follows, lines } = seen;
    DraftShown { draft, hash, own, author, follows, lines }
}

//! A person's own login while she is signed in: another password, her activity, her sessions.

use super::BrowserDesk;
use super::codes::code_missing;
use super::signed_out;
use crate::paths;
use app::desk::{
    ActivityPage, ActivityPart, Answer, ChangeForm, ChangePage, CodeFrom, EndForm, Flash, HappenedShown,
    Kept, Seen, ServiceShown, SessionShown, SessionsPage, Slip, Stop, Tiding, Typed,
};
use domain::ids::FlowId;
use domain::step_up::StepUpFor;
use usecases::change_password::{Change, NotChanged, change_password, own_words, see_code_door};
use usecases::see_activity::{Happened, Which, see_activity};
use usecases::see_factors::{Ways, see_step_up_ways};
use usecases::see_sessions::{end_all_sessions, end_session, see_sessions};
use usecases::show_step_up::Showing;
use usecases::take_activity::take_activity;
use usecases::who::Here;

const ALL: &str = "alle";

impl BrowserDesk {
    pub(super) fn signed_in(&self) -> Result<&Here, Stop> {
        self.here.as_ref().ok_or_else(|| Stop::Go("/log-ind".to_owned()))
    }

    pub(super) async fn see_change(&self) -> Seen<ChangePage> {
        let here = self.signed_in()?;
        self.change_page_of(here, None).await
    }

    pub(super) async fn see_change_opened(&self, flow: FlowId) -> Seen<ChangePage> {
        let here = self.stepped_up(flow, StepUpFor::Password).await?;
        self.change_page_of(here, Some(flow)).await
    }

    async fn change_page_of(&self, here: &Here, step_up: Option<FlowId>) -> Seen<ChangePage> {
        let codes = see_code_door(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let ways = self.ways(here).await?;
        Ok(ChangePage {
            user_name: here.person.user_name.to_string(),
            names: own_words(&self.cx, here),
            step_up,
            has_codes: ways.code,
            from: CodeFrom::of(ways.app, ways.device),
            has_key: ways.key,
            codes,
        })
    }

    /// What she has to show that it is her.
    pub(super) async fn ways(&self, here: &Here) -> Seen<Ways> {
        see_step_up_ways(&self.cx, here).await.map_err(|fault| self.fault(&fault))
    }

    pub(super) async fn do_change(&self, form: ChangeForm) -> Answer {
        const PAGE: &str = "/konto/adgangskode";
        let step_up = form.flow();
        let page = step_up.map_or_else(|| PAGE.to_owned(), paths::change_password);
        // A tick that got lost would keep a thief's session behind her back.
        let kept = Kept { end_others: form.others == "yes", ..Kept::default() };
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let no_code = step_up.is_none() && form.code.is_empty();
        let missing = [
            form.current.is_empty().then_some(Slip::CurrentMissing),
            form.password.is_empty().then_some(Slip::NewPasswordMissing),
            if no_code { Some(code_missing(self.codes_of(here).await)) } else { None },
        ];
        let slips: Vec<Slip> = missing.into_iter().flatten().collect();
        if !slips.is_empty() {
            return Answer::to(page).saying(Flash { slips, kept, tiding: None });
        }
        let change = Change {
            current: form.current.password(),
            new: form.password.password(),
            showing: showing(step_up, &form.code),
            end_others: kept.end_others,
        };
        let slip = |slip| Answer::to(page.clone()).saying(Flash::slip(slip).keeping(kept.clone()));
        match change_password(&self.cx, here, change).await {
            Ok(()) => match self.new_cookie(None).await {
                Ok(()) => Answer::to("/overblik").saying(Flash::tiding(Tiding::PasswordSet)),
                Err(stopped) => stopped,
            },
            // The step-up is spent: she shows her key again.
            Err(NotChanged::Wrong) if step_up.is_some() => {
                Answer::to(PAGE).saying(Flash::tiding(Tiding::PasswordNotShown))
            }
            Err(NotChanged::SameAsBefore) if step_up.is_some() => {
                Answer::to(PAGE).saying(Flash::tiding(Tiding::PasswordSame))
            }
            Err(NotChanged::NotFresh(_)) => Answer::to(PAGE).saying(Flash::tiding(Tiding::ConfirmAgain)),
            Err(NotChanged::Wrong) => slip(Slip::NotShown),
            Err(NotChanged::Weak(weak)) => slip(Slip::PasswordWeak(weak)),
            Err(NotChanged::SameAsBefore) => slip(Slip::SamePassword),
            // The page itself says until when.
            Err(NotChanged::CodesClosed(_)) => Answer::to(PAGE),
            Err(NotChanged::SignedOut) => signed_out(),
            Err(NotChanged::Fault(fault)) => self.failed(&fault).await,
        }
    }

    pub(super) async fn see_activity(&self, part: ActivityPart, page: u32) -> Seen<ActivityPage> {
        let here = self.signed_in()?;
        let which = match part {
            ActivityPart::All => Which::All,
            ActivityPart::SignIns => Which::SignIns,
            ActivityPart::Changes => Which::Changes,
            ActivityPart::Refused => Which::Refused,
        };
        let seen = see_activity(&self.cx, here, which, page).await.map_err(|fault| self.fault(&fault))?;
        let rows = seen.rows.into_iter().map(shown).collect();
        Ok(ActivityPage { part, page: seen.page, older: seen.older, rows, kept: self.kept_for() })
    }

    /// All of her activity, for the table.
    pub(crate) async fn activity_table(&self) -> Seen<Vec<HappenedShown>> {
        let here = self.signed_in()?;
        let rows = take_activity(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(rows.into_iter().map(shown).collect())
    }

    pub(super) async fn see_sessions(&self) -> Seen<SessionsPage> {
        let here = self.signed_in()?;
        let (sessions, services) = see_sessions(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let sessions = sessions.into_iter().map(|it| SessionShown {
            id: it.id,
            began_at: it.began_at,
            seen_at: it.seen_at,
            this: it.this,
            agent: it.browser,
            address: it.address,
        });
        let services =
            services.into_iter().map(|it| ServiceShown { name: it.name, until: it.until, logout: it.logout });
        Ok(SessionsPage { sessions: sessions.collect(), services: services.collect() })
    }

    pub(super) async fn do_end_session(&self, form: EndForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let own = form.session == here.session.id.to_string();
        let done = match form.session.parse() {
            _ if form.session == ALL => end_all_sessions(&self.cx, here).await.map(|ended| ended.way),
            Ok(id) => end_session(&self.cx, here, id).await.map(|ended| ended.way),
            Err(_) => Ok(None),
        };
        match done {
            Ok(way) if own || form.session == ALL => Answer::to(self.left_by(way).await),
            Ok(_) => Answer::to("/konto/login").saying(Flash::tiding(Tiding::SessionEnded)),
            Err(fault) => self.failed(&fault).await,
        }
    }
}

pub(super) fn shown(happened: Happened) -> HappenedShown {
    let Happened { kind, at, by, browser, address, service, reference } = happened;
    HappenedShown { kind, at, by, agent: browser, address, service, reference }
}

/// By the step-up she made for it, or by the code in the form.
pub(super) fn showing(step_up: Option<FlowId>, code: &Typed) -> Showing {
    step_up.map_or_else(|| Showing::Code(code.expose().to_owned()), Showing::StepUp)
}

//! Signing in and out, and the answer to a service.

use super::BrowserDesk;
use super::codes::{code_missing, code_wrong};
use crate::guard::origin_of;
use crate::paths;
use app::desk::{
    Answer, Blocked, BlockedBy, Broken, BrokenKind, Carried, CheckPage, CodeForm, CodeFrom, CodePage, Flash,
    HandOver, Kept, LeakedPage, Pause, PausedDoor, Seen, SignInForm, SignInPage, Slip, Stop, Tiding,
};
use domain::Timestamp;
use domain::ids::FlowId;
use domain::issue::Missing;
use domain::oidc::request::Mode;
use domain::password::LEAKED_HOLD;
use domain::sign_in::Step;
use domain::standing::{Hold, Origin};
use usecases::Fault;
use usecases::begin_sign_in::{SignInSeen, see_sign_in};
use usecases::check_factors::see_check_at_sign_in;
use usecases::flows::NoFlow;
use usecases::issue::{NotIssued, issue};
use usecases::issue_code::{issue_code, leads_to_application};
use usecases::ports::oidc::Reply;
use usecases::ports::saml::Outgoing;
use usecases::see_factors::see_ways;
use usecases::show_code::{CodeWrong, show_code};
use usecases::show_password::{Attempt, PasswordAccepted, PasswordWrong, show_password};

impl BrowserDesk {
    /// The sign-in at the step this page is for; at another step, the way there.
    pub(super) async fn at_step(&self, flow: FlowId, fits: fn(Step) -> bool) -> Seen<SignInSeen> {
        let seen = see_sign_in(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        if fits(seen.step) {
            Ok(seen)
        } else {
            Err(Stop::Go(paths::sign_in(flow, seen.step, seen.service.is_some())))
        }
    }

    pub(super) async fn see_sign_in(&self, flow: Option<FlowId>) -> Seen<SignInPage> {
        let Some(flow) = flow else {
            let page = SignInPage::default();
            return if self.here.is_some() { Err(Stop::Go("/overblik".to_owned())) } else { Ok(page) };
        };
        let seen = self.at_step(flow, may_start_over).await?;
        let again_as = self.here.as_ref().map(|here| here.person.user_name.to_string());
        Ok(SignInPage {
            flow: Some(flow),
            service: seen.service,
            behind: seen.requesters,
            hint: seen.hint,
            again_as,
            known_as: seen.known_as,
        })
    }

    pub(super) async fn see_code(&self, flow: FlowId) -> Seen<CodePage> {
        let seen = self.at_step(flow, |step| step == Step::Code).await?;
        let ways = see_ways(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        if ways.key && !ways.code {
            return Err(Stop::Go(paths::key(Some(flow))));
        }
        Ok(CodePage { flow, service: seen.service, from: CodeFrom::of(ways.app, ways.device) })
    }

    pub(super) async fn see_leaked(&self, flow: FlowId) -> Seen<LeakedPage> {
        let seen = self.at_step(flow, |step| step == Step::ChangePassword).await?;
        let until = seen.leaked_until.unwrap_or(self.cx.now);
        Ok(LeakedPage { flow, service: seen.service, until })
    }

    pub(super) async fn see_check(&self, flow: FlowId) -> Seen<CheckPage> {
        let seen = self.at_step(flow, |step| step == Step::CheckMethod).await?;
        let due = see_check_at_sign_in(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        let method = due.map(|named| (named.id, named.name));
        Ok(CheckPage { flow, service: seen.service, method })
    }

    pub(super) async fn see_pause(&self, flow: FlowId) -> Seen<Pause> {
        let record = self.browser.record().await;
        let (door, until) = record.pause.ok_or(Stop::Go(format!("/log-ind/{flow}")))?;
        Ok(Pause { flow, service: self.waits_for(flow).await, door: door.into(), until })
    }

    pub(super) async fn see_blocked(&self, flow: FlowId) -> Seen<Blocked> {
        let (by, at, reference) = self.browser.record().await.blocked.ok_or(Stop::Missing)?;
        Ok(Blocked { flow, service: self.waits_for(flow).await, by: by.into(), at, reference })
    }

    pub(super) async fn see_broken(&self) -> Seen<Broken> {
        let (kind, reference, service) = self.browser.record().await.broken.ok_or(Stop::Missing)?;
        Ok(Broken { kind: kind.into(), reference, service })
    }

    /// Issues at the moment the page is asked for; the flow is spent with it, so a second look finds nothing.
    pub(crate) async fn see_hand_over(&self, flow: FlowId) -> Seen<HandOver> {
        let to_application = leads_to_application(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        let answer = if to_application {
            issue_code(&self.cx, flow).await.map(replied)
        } else {
            issue(&self.cx, flow).await.map(handed_over)
        };
        match answer {
            Ok(answer) => Ok(answer),
            Err(NotIssued::Step(_)) => {
                let path = self.on_to(flow).await.map_err(|fault| self.fault(&fault))?;
                Err(Stop::Go(path))
            }
            Err(NotIssued::Refused(missing)) => {
                let seen = see_sign_in(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
                Err(self.go_broken(refused_as(missing), Some(seen.service.unwrap_or_default())).await)
            }
            Err(NotIssued::NotWritten(reason)) => {
                tracing::error!(reference = %self.asking.reference, %reason, "an answer could not be written");
                Err(Stop::Fault)
            }
            Err(NotIssued::NoFlow(gone)) => Err(self.stop(gone)),
        }
    }

    /// What this request answered a service, or why it did not; once.
    pub(super) fn see_held(&self) -> Seen<HandOver> {
        self.answer.lock().ok().and_then(|mut answer| answer.take()).unwrap_or(Err(Stop::Missing))
    }

    /// The page of the step that a sign-in for a service stands at.
    pub(crate) async fn on_to(&self, flow: FlowId) -> Result<String, Fault> {
        match see_sign_in(&self.cx, flow).await {
            Ok(seen) => Ok(paths::sign_in(flow, seen.step, true)),
            Err(NoFlow::Gone) => Ok(format!("/log-ind/{flow}")),
            Err(NoFlow::Fault(fault)) => Err(fault),
        }
    }

    async fn go_broken(&self, kind: BrokenKind, service: Option<String>) -> Stop {
        let _ = self.break_off(kind, service).await;
        Stop::Go("/log-ind/fejl".to_owned())
    }

    pub(super) async fn do_sign_in(&self, form: SignInForm) -> Answer {
        let (flow, page) = match form.flow() {
            Some(flow) => (Some(flow), format!("/log-ind/{flow}")),
            None => (None, "/log-ind".to_owned()),
        };
        let kept = Kept { user_name: form.user_name.trim().chars().take(64).collect(), ..Kept::default() };
        let mut slips = Vec::new();
        if form.user_name.trim().is_empty() {
            slips.push(Slip::UserNameMissing);
        }
        if form.password.is_empty() {
            slips.push(Slip::PasswordMissing);
        }
        if !slips.is_empty() {
            return Answer::to(page).saying(Flash { slips, kept, tiding: None });
        }
        let attempt = match flow {
            Some(flow) => Attempt::GoesOn(flow),
            None => match self.cx.handle() {
                Ok(flow) => Attempt::Begins(flow),
                Err(none) => return self.failed(&none.into()).await,
            },
        };
        let flow = attempt.flow();
        match show_password(&self.cx, attempt, &form.user_name, form.password.password()).await {
            Ok(PasswordAccepted::SignedIn(signed_in)) => self.signed_in_as(*signed_in).await,
            // As most people, who have no key: nothing else is looked up.
            Ok(PasswordAccepted::SecondNext { has_keys: false }) => {
                Answer::to(format!("/log-ind/{flow}/kode"))
            }
            // Typed once more after it was right: the second factor is what comes next.
            Ok(PasswordAccepted::SecondNext { has_keys: true }) | Err(PasswordWrong::NotNow) => {
                Answer::to(self.second_factor(flow).await)
            }
            Err(PasswordWrong::Wrong { left }) => {
                Answer::to(page).saying(Flash::slip(Slip::NoMatch { left: Some(left) }).keeping(kept))
            }
            Err(PasswordWrong::Wait(until)) => self.paused(flow, PausedDoor::Password, Some(until)).await,
            Err(PasswordWrong::Held(hold)) => self.held(flow, &hold).await,
            Err(PasswordWrong::Unfinished) => unfinished(),
            Err(PasswordWrong::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    pub(super) async fn paused(&self, flow: FlowId, door: PausedDoor, until: Option<Timestamp>) -> Answer {
        self.remember(|record| record.pause = Some((door.into(), until))).await;
        Answer::to(format!("/log-ind/{flow}/pause"))
    }

    pub(super) async fn do_code(&self, form: CodeForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        let page = format!("/log-ind/{flow}/kode");
        if form.code.is_empty() {
            return Answer::to(page).saying(Flash::slip(code_missing(self.codes_in(flow).await)));
        }
        match show_code(&self.cx, flow, form.code.expose()).await {
            Ok(signed_in) => self.signed_in_as(signed_in).await,
            Err(CodeWrong::Wrong { left }) => {
                let slip = code_wrong(self.codes_in(flow).await, form.code.expose(), left);
                Answer::to(page).saying(Flash::slip(slip))
            }
            Err(CodeWrong::Paused(until)) => self.paused(flow, PausedDoor::Code, Some(until)).await,
            Err(CodeWrong::Stopped) => self.paused(flow, PausedDoor::Code, None).await,
            Err(CodeWrong::Held(hold)) => self.held(flow, &hold).await,
            Err(CodeWrong::Unfinished) => unfinished(),
            Err(CodeWrong::NotNow) => Answer::to(format!("/log-ind/{flow}")),
            Err(CodeWrong::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }

    pub(super) async fn held(&self, flow: FlowId, hold: &Hold) -> Answer {
        let by = match hold.origin {
            Origin::Owner if hold.reason == LEAKED_HOLD => BlockedBy::LeakedPassword,
            Origin::Owner => BlockedBy::Owner,
            Origin::ServiceDesk | Origin::Security => BlockedBy::Municipality,
            Origin::Register => BlockedBy::Register,
            Origin::Association => BlockedBy::Association,
            Origin::Terms => BlockedBy::Terms,
            Origin::Reconfirmation => BlockedBy::Reconfirmation,
        };
        let (at, reference) = (hold.at, usecases::suspend::reference(hold.id));
        self.remember(|record| record.blocked = Some((by.into(), at, reference))).await;
        Answer::to(format!("/log-ind/{flow}/spaerret"))
    }
}

/// Who has not signed in yet may type her password anew, after a recovery code too: she may have found her phone.
fn may_start_over(step: Step) -> bool {
    matches!(step, Step::Identify | Step::Code | Step::Password | Step::Recover | Step::Replace)
}

/// Day one comes first: it interrupts the sign-in, and says so.
pub(super) fn unfinished() -> Answer {
    Answer::to("/kom-i-gang").saying(Flash::tiding(Tiding::Unfinished))
}

/// The answer to a SAML service, as its page carries it.
pub(crate) fn handed_over(outgoing: Outgoing) -> HandOver {
    let response = ("SAMLResponse", outgoing.response);
    let relay_state = outgoing.relay_state.map(|state| ("RelayState", state));
    HandOver {
        service: outgoing.service,
        origins: vec![origin_of(&outgoing.address).to_owned()],
        address: outgoing.address,
        carried: Carried::Form([response].into_iter().chain(relay_state).collect()),
        refusal: outgoing.refusal,
    }
}

/// The answer to an application, as its page carries it.
pub(crate) fn replied(reply: Reply) -> HandOver {
    let origins = vec![origin_of(&reply.to.redirect_uri).to_owned()];
    let refusal = reply.fields.iter().any(|(name, _)| *name == "error");
    let (address, carried) = match reply.to.mode {
        Mode::Query => (crate::oidc::address(&reply), Carried::Address),
        Mode::FormPost => (reply.to.redirect_uri, Carried::Form(reply.fields)),
    };
    HandOver { service: reply.service, origins, address, carried, refusal }
}

/// The page that says what is missing.
pub(crate) fn refused_as(missing: Missing) -> BrokenKind {
    match missing {
        Missing::Level => BrokenKind::LevelTooHigh,
        Missing::Pilot => BrokenKind::Pilot,
        Missing::Clocks => BrokenKind::Clocks,
        Missing::Held | Missing::Proof | Missing::Association | Missing::Name => BrokenKind::NotEntitled,
        Missing::SignIn | Missing::FreshSignIn | Missing::Terms | Missing::Reconfirmation => {
            BrokenKind::FlowGone
        }
    }
}

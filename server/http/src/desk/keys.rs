//! Passkeys and security keys: asked for at a sign-in, added in an enrolment.

use super::BrowserDesk;
use super::reopening::start_of;
use crate::paths;
use app::desk::{
    Answer, Ask, Flash, Kept, KeyAskForm, KeyForm, KeyPage, KeySetup, NewKeyForm, Seen, Slip, Stop, Tiding,
    WaysPage,
};
use domain::enrolment::Step as EnrolmentStep;
use domain::factor::{NotAdded, NotAdmitted, PasskeyKind};
use domain::ids::FlowId;
use domain::proofing::Purpose;
use domain::sign_in::Step;
use text::Lang;
use usecases::ceremonies::Asking;
use usecases::flows::NoFlow;
use usecases::register_passkey::{PasskeyRefused, ask_passkey, register_passkey};
use usecases::see_factors::{Ways, asks_for_key, see_ways};
use usecases::show_passkey::{KeyAccepted, KeyWrong, ask_key, show_key};
use usecases::show_password::Attempt;

impl BrowserDesk {
    /// What the browser is to do; or where to go instead.
    pub(crate) async fn ask(&self, what: Ask, form: &KeyAskForm) -> Result<Asking, Answer> {
        match what {
            Ask::SignIn => self.ask_sign_in_key(form).await,
            Ask::New => self.ask_new_key(form).await,
            Ask::Another => self.ask_another_key(form).await,
            Ask::Phone => self.ask_phone_key(form).await,
            Ask::Replacement => self.ask_replacement(form).await,
            Ask::Reopened => self.ask_reopened(form).await,
            Ask::StepUp => self.ask_step_up_key(form).await,
            Ask::Test => self.ask_test_key(form).await,
            Ask::Reopening => self.ask_proof_key(Purpose::Reopening).await,
            Ask::Reset => self.ask_proof_key(Purpose::Reset).await,
        }
    }

    /// The page the question stands on, saying that it needs script.
    pub(crate) fn without_script(what: Ask, form: &KeyAskForm) -> Answer {
        let flow = form.flow();
        let page = match (what, flow, PasskeyKind::from_word(&form.kind)) {
            (Ask::SignIn, flow, _) => paths::key(flow),
            (Ask::New, Some(flow), Some(kind)) => paths::new_key(flow, kind),
            (Ask::Another, Some(flow), Some(kind)) => paths::another_key(flow, kind),
            (Ask::Phone, Some(flow), _) => paths::phone_key(flow),
            (Ask::Replacement, Some(flow), Some(kind)) => paths::replacement_key(flow, kind),
            (Ask::Reopened, Some(flow), Some(kind)) => paths::reopening_key(flow, kind),
            (Ask::StepUp, Some(flow), _) => paths::step_up(flow),
            (Ask::Test, ..) => paths::method(form.factor()),
            (Ask::Reopening, ..) => start_of(Purpose::Reopening).to_owned(),
            (Ask::Reset, ..) => start_of(Purpose::Reset).to_owned(),
            _ => "/".to_owned(),
        };
        Answer::to(page).saying(Flash::tiding(Tiding::NeedsScript))
    }

    pub(super) async fn see_key(&self, flow: Option<FlowId>) -> Seen<KeyPage> {
        let Some(flow) = flow else {
            let page = KeyPage { flow: None, service: None, after_password: false };
            return if self.here.is_some() { Err(Stop::Go("/overblik".to_owned())) } else { Ok(page) };
        };
        let seen = self.at_step(flow, |step| matches!(step, Step::Identify | Step::Code)).await?;
        let after_password = seen.step == Step::Code;
        if after_password && !see_ways(&self.cx, flow).await.map_err(|gone| self.stop(gone))?.key {
            return Err(Stop::Go(format!("/log-ind/{flow}/andre-veje")));
        }
        Ok(KeyPage { flow: Some(flow), service: seen.service, after_password })
    }

    pub(super) async fn see_ways(&self, flow: FlowId) -> Seen<WaysPage> {
        let seen = self.at_step(flow, |step| step == Step::Code).await?;
        let ways = see_ways(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        let Ways { code, key, device, recovery, .. } = ways;
        Ok(WaysPage { flow, service: seen.service, code, key, device, recovery })
    }

    /// The page she is asked on after her password: for what she chose, or for what she has.
    pub(super) async fn second_factor(&self, flow: FlowId) -> String {
        match asks_for_key(&self.cx, flow).await {
            Ok(true) => paths::key(Some(flow)),
            _ => format!("/log-ind/{flow}/kode"),
        }
    }

    async fn ask_sign_in_key(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let attempt = match form.flow() {
            Some(flow) => Attempt::GoesOn(flow),
            None if !form.flow.is_empty() => return Err(self.lost(NoFlow::Gone, "/log-ind").await),
            None => match self.cx.handle() {
                Ok(flow) => Attempt::Begins(flow),
                Err(none) => return Err(self.failed(&none.into()).await),
            },
        };
        match ask_key(&self.cx, attempt).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.key_wrong(form.flow(), why).await),
        }
    }

    pub(super) async fn do_key(&self, form: KeyForm) -> Answer {
        let Ok(ceremony) = form.ceremony.parse() else { return self.lost(NoFlow::Gone, "/log-ind").await };
        match show_key(&self.cx, ceremony, form.answer.expose()).await {
            Ok(KeyAccepted::SignedIn(signed_in)) => self.signed_in_as(*signed_in).await,
            Ok(KeyAccepted::PasswordNext(flow)) => Answer::to(format!("/log-ind/{flow}")),
            Err(why) => self.key_wrong(form.flow(), why).await,
        }
    }

    /// `flow` is none where none was under way.
    async fn key_wrong(&self, flow: Option<FlowId>, why: KeyWrong) -> Answer {
        let page = flow.map_or_else(|| "/log-ind".to_owned(), |flow| format!("/log-ind/{flow}"));
        match why {
            KeyWrong::NoKey => Answer::to(format!("{page}/andre-veje")),
            KeyWrong::Refused => Answer::to(paths::key(flow)).saying(Flash::tiding(Tiding::KeyRefused)),
            KeyWrong::Held(hold) => match flow.map_or_else(|| self.cx.handle(), Ok) {
                Ok(flow) => self.held(flow, &hold).await,
                Err(none) => self.failed(&none.into()).await,
            },
            KeyWrong::Unfinished => super::sign_in::unfinished(),
            KeyWrong::NotNow => Answer::to(page),
            KeyWrong::NoFlow(gone) => self.lost(gone, "/log-ind").await,
        }
    }

    pub(super) async fn see_key_setup(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.enrolment_at(flow, |step| step == EnrolmentStep::Factor).await?;
        Ok(self.key_setup_of(flow, kind))
    }

    /// The page with the name that is proposed.
    pub(super) fn key_setup_of(&self, flow: FlowId, kind: PasskeyKind) -> KeySetup {
        let proposed = match (kind, self.asking.lang) {
            (PasskeyKind::Passkey, Lang::Da) => "Min adgangsnøgle",
            (PasskeyKind::Passkey, Lang::En) => "My passkey",
            (PasskeyKind::SecurityKey, Lang::Da) => "Min sikkerhedsnøgle",
            (PasskeyKind::SecurityKey, Lang::En) => "My security key",
        };
        KeySetup { flow, kind, proposed_name: proposed.to_owned() }
    }

    async fn ask_new_key(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let (Some(flow), Some(kind)) = (form.flow(), PasskeyKind::from_word(&form.kind)) else {
            return Err(self.lost(NoFlow::Gone, "/kom-i-gang").await);
        };
        match ask_passkey(&self.cx, flow, kind).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.not_registered((flow, kind), "", why).await),
        }
    }

    pub(super) async fn do_new_key(&self, form: NewKeyForm) -> Answer {
        let (Some(flow), Some(kind), Ok(ceremony)) =
            (form.flow(), PasskeyKind::from_word(&form.kind), form.ceremony.parse())
        else {
            return self.lost(NoFlow::Gone, "/kom-i-gang").await;
        };
        match register_passkey(&self.cx, ceremony, form.name.clone(), form.answer.expose()).await {
            Ok(_) => self.next_step(flow).await.saying(Flash::tiding(Tiding::MethodAdded)),
            Err(why) => self.not_registered((flow, kind), &form.name, why).await,
        }
    }

    async fn not_registered(
        &self,
        (flow, kind): (FlowId, PasskeyKind),
        name: &str,
        why: PasskeyRefused,
    ) -> Answer {
        match why {
            PasskeyRefused::NotNow(why) => self.not_now(flow, why).await,
            PasskeyRefused::NoFlow(gone) => self.lost(gone, "/kom-i-gang").await,
            why => Answer::to(paths::new_key(flow, kind)).saying(said_of_key(name, &why)),
        }
    }
}

/// What is said where a key was not registered.
pub(super) fn said_of_key(name: &str, why: &PasskeyRefused) -> Flash {
    let tiding = match why {
        PasskeyRefused::Name => {
            let kept = Kept { factor_name: name.chars().take(30).collect(), ..Kept::default() };
            return Flash::slip(Slip::FactorName).keeping(kept);
        }
        PasskeyRefused::Known | PasskeyRefused::NotAdded(NotAdded::Twice) => Tiding::KeyKnown,
        PasskeyRefused::NotAdmitted(NotAdmitted::NotVerified) => Tiding::KeyNotVerified,
        PasskeyRefused::NotAdmitted(_) => Tiding::KeyNotAdmitted,
        PasskeyRefused::NotAdded(NotAdded::TooMany) => Tiding::MethodsFull,
        _ => Tiding::KeyNotTaken,
    };
    let kept = Kept { factor_name: name.chars().take(30).collect(), ..Kept::default() };
    Flash::tiding(tiding).keeping(kept)
}

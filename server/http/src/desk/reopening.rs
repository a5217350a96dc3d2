//! Opening a blocked login again, and the proofs that let one in to that or to a new password.

use super::BrowserDesk;
use super::account::shown;
use super::keys::said_of_key;
use crate::paths;
use app::desk::{
    Answer, AppForm, Cannot, CannotWhy, FactorShown, FinishForm, Flash, KeepForm, Kept, KeyAskForm, KeyForm,
    KeySetup, NewKeyForm, PasswordForm, ReopeningPage, ReopeningShown, Seen, Slip, Stop, Tiding,
};
use domain::factor::{MeanKind, PasskeyKind};
use domain::ids::FlowId;
use domain::proofing::Purpose;
use domain::renewal::NotEnough;
use domain::reopening::{NotYet, ReopeningStep};
use domain::suspension::CannotReopen;
use usecases::ceremonies::Asking;
use usecases::flows::NoFlow;
use usecases::prove_by_key::{NotProved, ask_proof_key, prove_by_key};
use usecases::register_passkey::PasskeyRefused;
use usecases::reopen::{NotOpened, reopen};
use usecases::reopen_activity::reopen_activity;
use usecases::reopen_app::{NewAppRefused, offer_new_app, reopen_app};
use usecases::reopen_factors::reopen_factors;
use usecases::reopen_key::{ask_reopening_key, reopen_key};
use usecases::reopen_password::{StepRefused, reopen_password};
use usecases::see_reopening::{ReopeningSeen, see_reopening};

const START: &str = "/genaktiver";
pub(super) const FORGOTTEN: &str = "/glemt-adgangskode";

impl BrowserDesk {
    pub(super) async fn see_reopening(&self, flow: FlowId, back: bool) -> Seen<ReopeningPage> {
        let seen = see_reopening(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        let until = seen.until;
        let step = match seen.step {
            ReopeningStep::App
            | ReopeningStep::Activity
            | ReopeningStep::Terms { .. }
            | ReopeningStep::Confirm
                if back =>
            {
                ReopeningShown::Factors(factors(&seen))
            }
            ReopeningStep::Terms { page } => return Err(Stop::Go(format!("{START}/{flow}/vilkaar/{page}"))),
            _ if back => return Err(Stop::Go(page(flow))),
            ReopeningStep::Password => {
                ReopeningShown::Password { user_name: seen.user_name, names: seen.own_words }
            }
            ReopeningStep::Factors => ReopeningShown::Factors(factors(&seen)),
            ReopeningStep::App => ReopeningShown::App(Box::new(self.new_app(flow, &seen).await?)),
            ReopeningStep::Activity => ReopeningShown::Activity(seen.events.into_iter().map(shown).collect()),
            ReopeningStep::Confirm => {
                let (factors, taken_back) = (factors(&seen), seen.taken_back);
                ReopeningShown::Confirm { factors, new_app: seen.new_app, taken_back }
            }
        };
        Ok(ReopeningPage { flow, step, until })
    }

    async fn new_app(&self, flow: FlowId, seen: &ReopeningSeen) -> Seen<app::desk::AppSetup> {
        match offer_new_app(&self.cx, flow).await {
            Ok(offer) => self.app_setup(flow, &offer, seen.user_name.clone()),
            Err(NewAppRefused::NoFlow(gone)) => Err(self.stop(gone)),
            Err(_) => Err(Stop::Go(page(flow))),
        }
    }

    pub(super) async fn see_cannot(&self) -> Seen<Cannot> {
        let (reset, why) = self.browser.record().await.cannot.ok_or_else(|| Stop::Go(START.to_owned()))?;
        Ok(Cannot { reset, why })
    }

    /// To the page that says why, and whom to call.
    pub(super) async fn cannot(&self, reset: bool, why: CannotWhy) -> Answer {
        self.remember(|record| record.cannot = Some((reset, why))).await;
        Answer::to("/genaktiver/afvist")
    }

    /// The same for a proof that found a login it cannot open.
    pub(super) async fn cannot_open(&self, purpose: Purpose, cannot: CannotReopen) -> Answer {
        let reset = purpose == Purpose::Reset;
        let why = match cannot {
            CannotReopen::NotBlocked if reset => CannotWhy::BlockedFirst,
            CannotReopen::NotBlocked => CannotWhy::NotBlocked,
            CannotReopen::HeldByOthers(hold) => CannotWhy::Held(hold.origin),
            CannotReopen::Revoked => CannotWhy::Revoked,
        };
        self.cannot(reset, why).await
    }

    pub(super) async fn ask_proof_key(&self, purpose: Purpose) -> Result<Asking, Answer> {
        match ask_proof_key(&self.cx, purpose).await {
            Ok(asking) => Ok(asking),
            Err(gone) => Err(self.lost(gone, start_of(purpose)).await),
        }
    }

    /// As after MitID where it is enough; else back to where MitID is.
    pub(super) async fn do_prove_by_key(&self, purpose: Purpose, form: KeyForm) -> Answer {
        let start = start_of(purpose);
        let Ok(ceremony) = form.ceremony.parse() else { return self.lost(NoFlow::Gone, start).await };
        let tiding = match prove_by_key(&self.cx, purpose, ceremony, form.answer.expose()).await {
            Ok(flow) => return self.proved(purpose, flow).await,
            Err(NotProved::Held(cannot)) => return self.cannot_open(purpose, cannot).await,
            Err(NotProved::NoFlow(gone)) => return self.lost(gone, start).await,
            Err(NotProved::Refused) => Tiding::ProofKeyRefused,
            Err(NotProved::NotEnough(NotEnough::Weak)) => Tiding::ProofKeyWeak,
            Err(NotProved::NotEnough(NotEnough::Young)) => Tiding::ProofKeyYoung,
            Err(NotProved::NotEnough(NotEnough::Unproved)) => Tiding::ProofNeeded,
        };
        Answer::to(start).saying(Flash::tiding(tiding))
    }

    /// She proved who she is for one of the two; on to it.
    pub(super) async fn proved(&self, purpose: Purpose, flow: FlowId) -> Answer {
        match self.new_cookie(Some(flow)).await {
            Ok(()) => {
                Answer::to(format!("{}/{flow}", start_of(purpose))).saying(Flash::tiding(Tiding::Proved))
            }
            Err(stopped) => stopped,
        }
    }

    pub(super) async fn do_reopen_password(&self, form: PasswordForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, START).await };
        if form.password.is_empty() {
            return Answer::to(page(flow)).saying(Flash::slip(Slip::NewPasswordMissing));
        }
        let done = reopen_password(&self.cx, flow, form.password.password()).await;
        self.stepped(flow, done).await
    }

    pub(super) async fn do_reopen_factors(&self, form: KeepForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, START).await };
        let keep = form.keep.iter().filter_map(|id| id.parse().ok()).collect();
        let done = reopen_factors(&self.cx, flow, keep).await;
        self.stepped(flow, done).await
    }

    pub(super) async fn do_reopen_activity(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, START).await };
        let done = reopen_activity(&self.cx, flow).await;
        self.stepped(flow, done).await
    }

    /// One page shows whatever step is next, so every answer leads there.
    async fn stepped(&self, flow: FlowId, done: Result<(), StepRefused>) -> Answer {
        let slip = |slip| Answer::to(page(flow)).saying(Flash::slip(slip));
        match done {
            Ok(()) => Answer::to(page(flow)),
            Err(StepRefused::Weak(weak)) => slip(Slip::PasswordWeak(weak)),
            Err(StepRefused::SameAsBefore) => slip(Slip::SamePassword),
            Err(StepRefused::NotYet(why)) => not_yet(flow, why),
            Err(StepRefused::NoFlow(gone)) => self.lost(gone, START).await,
        }
    }

    pub(super) async fn do_reopen_app(&self, form: AppForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, START).await };
        let kept = Kept { factor_name: form.name.chars().take(30).collect(), ..Kept::default() };
        let slip = |slip| Answer::to(page(flow)).saying(Flash::slip(slip).keeping(kept.clone()));
        if form.code.is_empty() {
            return slip(Slip::CodeMissing);
        }
        match reopen_app(&self.cx, flow, form.name.clone(), form.code.expose()).await {
            Ok(()) => Answer::to(page(flow)).saying(Flash::tiding(Tiding::AppAdded)),
            Err(NewAppRefused::Name) => slip(Slip::FactorName),
            Err(NewAppRefused::Code) if domain::code::six_digits(form.code.expose()).is_none() => {
                slip(Slip::CodeShape)
            }
            Err(NewAppRefused::Code) => slip(Slip::CodeWrong { left: None, again: true }),
            Err(NewAppRefused::Key(_)) => Answer::to(page(flow)),
            Err(NewAppRefused::NotYet(why)) => not_yet(flow, why),
            Err(NewAppRefused::NoFlow(gone)) => self.lost(gone, START).await,
        }
    }

    pub(super) async fn see_reopening_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        let seen = see_reopening(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        match seen.step {
            ReopeningStep::App => Ok(self.key_setup_of(flow, kind)),
            _ => Err(Stop::Go(page(flow))),
        }
    }

    pub(super) async fn ask_reopened(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let (Some(flow), Some(kind)) = (form.flow(), PasskeyKind::from_word(&form.kind)) else {
            return Err(self.lost(NoFlow::Gone, START).await);
        };
        match ask_reopening_key(&self.cx, flow, kind).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.no_new_key((flow, kind), "", why).await),
        }
    }

    pub(super) async fn do_reopen_with_key(&self, form: NewKeyForm) -> Answer {
        let (Some(flow), Some(kind), Ok(ceremony)) =
            (form.flow(), PasskeyKind::from_word(&form.kind), form.ceremony.parse())
        else {
            return self.lost(NoFlow::Gone, START).await;
        };
        match reopen_key(&self.cx, ceremony, form.name.clone(), form.answer.expose()).await {
            Ok(()) => Answer::to(page(flow)).saying(Flash::tiding(Tiding::KeyStaged)),
            Err(why) => self.no_new_key((flow, kind), &form.name, why).await,
        }
    }

    async fn no_new_key(
        &self,
        (flow, kind): (FlowId, PasskeyKind),
        name: &str,
        why: NewAppRefused,
    ) -> Answer {
        let here = |why: &PasskeyRefused| {
            Answer::to(paths::reopening_key(flow, kind)).saying(said_of_key(name, why))
        };
        match why {
            NewAppRefused::Name => here(&PasskeyRefused::Name),
            NewAppRefused::Key(why) => here(&why),
            NewAppRefused::Code => Answer::to(page(flow)),
            NewAppRefused::NotYet(why) => not_yet(flow, why),
            NewAppRefused::NoFlow(gone) => self.lost(gone, START).await,
        }
    }

    pub(super) async fn do_reopen(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, START).await };
        match reopen(&self.cx, flow).await {
            Ok(opened) => match self.new_cookie(Some(opened.sheet)).await {
                Ok(()) => Answer::to(format!("/koder/{}", opened.sheet)),
                Err(stopped) => stopped,
            },
            Err(NotOpened::Cannot(cannot)) => self.cannot_open(Purpose::Reopening, cannot).await,
            Err(NotOpened::Missing) => self.cannot(false, CannotWhy::Missing).await,
            Err(NotOpened::NotYet(why)) => not_yet(flow, why),
            Err(NotOpened::NoFlow(gone)) => self.lost(gone, START).await,
        }
    }
}

/// Where one begins.
pub(super) fn start_of(purpose: Purpose) -> &'static str {
    if purpose == Purpose::Reset { FORGOTTEN } else { START }
}

fn page(flow: FlowId) -> String {
    format!("{START}/{flow}")
}

/// The page shows what comes first; an hour that is over is said where it begins anew.
fn not_yet(flow: FlowId, why: NotYet) -> Answer {
    match why {
        NotYet::ProofRanOut => Answer::to(START).saying(Flash::tiding(Tiding::ProofRanOut)),
        NotYet::StepBefore | NotYet::WrongProof => Answer::to(page(flow)),
    }
}

fn factors(seen: &ReopeningSeen) -> Vec<FactorShown> {
    let shown = seen.apps.iter().map(|(app, goes)| FactorShown {
        id: app.id,
        kind: MeanKind::App,
        name: app.name.as_str().to_owned(),
        added_at: app.added_at,
        used_at: app.used_at,
        goes: *goes,
    });
    let keys = seen.keys.iter().map(|(key, goes)| FactorShown {
        id: key.id,
        kind: MeanKind::Key(key.registered.kind),
        name: key.name.as_str().to_owned(),
        added_at: key.added_at,
        used_at: key.used_at,
        goes: *goes,
    });
    shown.chain(keys).collect()
}

//! Her login methods: the list, one of them, trying one out, and what a step-up opens.

use super::BrowserDesk;
use super::codes::{code_missing, code_wrong};
use super::keys::said_of_key;
use super::signed_out;
use crate::paths;
use app::desk::{
    Answer, AppForm, AppSetup, Flash, Kept, KeyAskForm, KeyForm, KeySetup, MethodCodeForm, MethodForm,
    MethodNameForm, MethodPage, MethodShown, MethodsPage, NewKeyForm, OpenMethodsPage, RemovalPage, Seen,
    Slip, Stop, Tiding,
};
use domain::code::six_digits;
use domain::factor::{NotRemoved, PasskeyKind, Worth};
use domain::flow::FlowGone;
use domain::ids::{FactorId, FlowId};
use domain::step_up::{NotFresh, StepUpFor};
use usecases::begin_step_up::see_step_up;
use usecases::ceremonies::Asking;
use usecases::change_factors::{FactorsKept, prefer_factor, remove_factor, rename_factor};
use usecases::change_password::see_code_door;
use usecases::flows::NoFlow;
use usecases::register_another_app::{AnotherAppRefused, offer_another_app, register_another_app};
use usecases::register_passkey::{PasskeyRefused, ask_another_passkey, register_another_passkey};
use usecases::see_factors::{FactorSeen, device_waits, recovery_left, see_factors};
use usecases::show_step_up::NotShown;
use usecases::test_factor::{Tested, ask_test, test_code, test_key};
use usecases::who::Here;

/// The list.
pub(super) const METHODS: &str = "/konto/loginmidler";

fn shown(seen: FactorSeen) -> MethodShown {
    MethodShown {
        id: seen.id,
        kind: seen.kind,
        name: seen.name,
        worth: seen.worth,
        synced: seen.synced,
        added_at: seen.added_at,
        used_at: seen.used_at,
        agent: seen.browser,
        address: seen.address,
        primary: seen.primary,
        last: seen.last,
    }
}

impl BrowserDesk {
    async fn methods(&self, here: &Here) -> Seen<Vec<MethodShown>> {
        let seen = see_factors(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(seen.into_iter().map(shown).collect())
    }

    pub(super) async fn see_methods(&self) -> Seen<MethodsPage> {
        let here = self.signed_in()?;
        let device_waits = device_waits(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        let recovery = recovery_left(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(MethodsPage { methods: self.methods(here).await?, device_waits, recovery })
    }

    pub(super) async fn see_method(&self, id: &str) -> Seen<MethodPage> {
        let here = self.signed_in()?;
        let method = self.methods(here).await?.into_iter().find(|method| method.id.to_string() == id);
        let method = method.ok_or_else(|| Stop::Go(METHODS.to_owned()))?;
        let codes = see_code_door(&self.cx, here).await.map_err(|fault| self.fault(&fault))?;
        Ok(MethodPage { method, codes })
    }

    /// The session, where a step-up for this was made in it and still lasts.
    pub(super) async fn stepped_up(&self, flow: FlowId, purpose: StepUpFor) -> Seen<&Here> {
        let here = self.signed_in_for(flow)?;
        let seen = see_step_up(&self.cx, here, flow).await.map_err(|gone| self.stop(gone))?;
        if seen.purpose != purpose {
            return Err(Stop::Gone(FlowGone::Unknown));
        }
        if seen.fresh { Ok(here) } else { Err(Stop::Go(paths::step_up(flow))) }
    }

    pub(super) async fn see_open_methods(&self, flow: FlowId) -> Seen<OpenMethodsPage> {
        let here = self.stepped_up(flow, StepUpFor::Factors).await?;
        Ok(OpenMethodsPage { flow, methods: self.methods(here).await? })
    }

    pub(super) async fn see_removal(&self, flow: FlowId, id: &str) -> Seen<RemovalPage> {
        let here = self.stepped_up(flow, StepUpFor::Factors).await?;
        let methods = self.methods(here).await?.into_iter();
        let (mut meant, others): (Vec<_>, Vec<_>) = methods.partition(|method| method.id.to_string() == id);
        let method = meant.pop().ok_or_else(|| Stop::Go(METHODS.to_owned()))?;
        let left = others.into_iter().filter(|other| other.worth.is_some()).collect();
        Ok(RemovalPage { flow, method, left })
    }

    pub(super) async fn see_another_key(&self, flow: FlowId, kind: PasskeyKind) -> Seen<KeySetup> {
        self.stepped_up(flow, StepUpFor::Factors).await?;
        Ok(self.key_setup_of(flow, kind))
    }

    pub(super) async fn ask_another_key(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let (Some(here), Some(flow), Some(kind)) =
            (self.here.as_ref(), form.flow(), PasskeyKind::from_word(&form.kind))
        else {
            return Err(self.lost(NoFlow::Gone, METHODS).await);
        };
        match ask_another_passkey(&self.cx, here, flow, kind).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.not_another((flow, kind), "", why).await),
        }
    }

    pub(super) async fn do_another_key(&self, form: NewKeyForm) -> Answer {
        let (Some(here), Some(flow), Some(kind), Ok(ceremony)) =
            (self.here.as_ref(), form.flow(), PasskeyKind::from_word(&form.kind), form.ceremony.parse())
        else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        let added =
            register_another_passkey(&self.cx, here, ceremony, form.name.clone(), form.answer.expose()).await;
        match added {
            Ok(_) => Answer::to(METHODS).saying(Flash::tiding(Tiding::MethodAdded)),
            Err(why) => self.not_another((flow, kind), &form.name, why).await,
        }
    }

    async fn not_another(
        &self,
        (flow, kind): (FlowId, PasskeyKind),
        name: &str,
        why: PasskeyRefused,
    ) -> Answer {
        match why {
            PasskeyRefused::NotFresh(NotFresh::NotShown) => Answer::to(paths::step_up(flow)),
            PasskeyRefused::NotFresh(_) | PasskeyRefused::NotNow(_) => self.lost(NoFlow::Gone, METHODS).await,
            PasskeyRefused::NoFlow(gone) => self.lost(gone, METHODS).await,
            why => Answer::to(paths::another_key(flow, kind)).saying(said_of_key(name, &why)),
        }
    }

    pub(super) async fn see_another_app(&self, flow: FlowId) -> Seen<AppSetup> {
        let here = self.stepped_up(flow, StepUpFor::Factors).await?;
        match offer_another_app(&self.cx, here, flow).await {
            Ok(offer) => self.app_setup(flow, &offer, here.person.user_name.to_string()),
            Err(AnotherAppRefused::NoFlow(gone)) => Err(self.stop(gone)),
            Err(_) => Err(Stop::Go(METHODS.to_owned())),
        }
    }

    pub(super) async fn do_another_app(&self, form: AppForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        let page = format!("{METHODS}/ret/{flow}/app");
        let kept = Kept { factor_name: form.name.chars().take(30).collect(), ..Kept::default() };
        let slip = |slip| Answer::to(page.clone()).saying(Flash::slip(slip).keeping(kept.clone()));
        if form.code.is_empty() {
            return slip(Slip::CodeMissing);
        }
        match register_another_app(&self.cx, here, flow, form.name.clone(), form.code.expose()).await {
            Ok(_) => Answer::to(METHODS).saying(Flash::tiding(Tiding::MethodAdded)),
            Err(AnotherAppRefused::Name) => slip(Slip::FactorName),
            Err(AnotherAppRefused::Code) if six_digits(form.code.expose()).is_none() => slip(Slip::CodeShape),
            Err(AnotherAppRefused::Code) => slip(Slip::CodeWrong { left: None, again: true }),
            Err(AnotherAppRefused::NotAdded(_)) => {
                Answer::to(METHODS).saying(Flash::tiding(Tiding::MethodsFull))
            }
            Err(AnotherAppRefused::NotFresh(NotFresh::NotShown)) => Answer::to(paths::step_up(flow)),
            Err(AnotherAppRefused::NotFresh(_)) => self.lost(NoFlow::Gone, METHODS).await,
            Err(AnotherAppRefused::NoFlow(gone)) => self.lost(gone, METHODS).await,
        }
    }

    pub(super) async fn do_rename(&self, form: MethodNameForm) -> Answer {
        let (Some(flow), Some(id)) = (form.flow(), form.factor()) else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        let kept = || {
            let factor_name = form.name.chars().take(30).collect();
            Kept { factor_name, factor: id.to_string(), ..Kept::default() }
        };
        let Some(here) = self.here.as_ref() else {
            return self.kept_for_later(StepUpFor::Factors, &form.who, kept()).await;
        };
        match rename_factor(&self.cx, here, flow, id, form.name.clone()).await {
            Ok(()) => Answer::to(paths::method(Some(id))).saying(Flash::tiding(Tiding::MethodRenamed)),
            Err(FactorsKept::Name) => Answer::to(format!("{METHODS}/ret/{flow}"))
                .saying(Flash::slip(Slip::FactorName).keeping(kept())),
            Err(FactorsKept::NotFresh(NotFresh::NotShown)) => Answer::to(paths::step_up(flow)),
            Err(FactorsKept::NoFlow(NoFlow::Gone)) => {
                self.kept_for_later(StepUpFor::Factors, &form.who, kept()).await
            }
            Err(why) => self.kept(why).await,
        }
    }

    pub(super) async fn do_prefer(&self, form: MethodForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let Some(id) = form.factor() else { return self.lost(NoFlow::Gone, METHODS).await };
        match prefer_factor(&self.cx, here, id).await {
            Ok(()) => Answer::to(paths::method(Some(id))).saying(Flash::tiding(Tiding::MethodPreferred)),
            Err(why) => self.kept(why).await,
        }
    }

    pub(super) async fn do_remove(&self, form: MethodForm) -> Answer {
        let (Some(here), Some(flow), Some(id)) = (self.here.as_ref(), form.flow(), form.factor()) else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        match remove_factor(&self.cx, here, flow, id).await {
            Ok(()) => Answer::to(METHODS).saying(Flash::tiding(Tiding::MethodRemoved)),
            Err(FactorsKept::NotFresh(NotFresh::NotShown)) => Answer::to(paths::step_up(flow)),
            Err(why) => self.kept(why).await,
        }
    }

    async fn kept(&self, why: FactorsKept) -> Answer {
        let tiding = match why {
            FactorsKept::NotRemoved(NotRemoved::LastWayIn) => Tiding::MethodLast,
            FactorsKept::NotRemoved(NotRemoved::CoolOff(until)) => Tiding::MethodCooling(until),
            FactorsKept::NoFlow(gone) => return self.lost(gone, METHODS).await,
            FactorsKept::Name
            | FactorsKept::NotRemoved(_)
            | FactorsKept::Unknown(_)
            | FactorsKept::NotFresh(_) => {
                return self.lost(NoFlow::Gone, METHODS).await;
            }
        };
        Answer::to(METHODS).saying(Flash::tiding(tiding))
    }

    pub(super) async fn ask_test_key(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let Some(here) = self.here.as_ref() else { return Err(signed_out()) };
        let Some(id) = form.factor() else { return Err(self.lost(NoFlow::Gone, METHODS).await) };
        match ask_test(&self.cx, here, Some(id)).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.test_failed(Some(id), why).await),
        }
    }

    pub(super) async fn do_test_key(&self, form: KeyForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let Ok(ceremony) = form.ceremony.parse() else { return self.lost(NoFlow::Gone, METHODS).await };
        match test_key(&self.cx, here, ceremony, form.answer.expose()).await {
            Ok(tested) => works(tested, form.factor()),
            Err(why) => self.test_failed(form.factor(), why).await,
        }
    }

    pub(super) async fn do_test_code(&self, form: MethodCodeForm) -> Answer {
        let Some(here) = self.here.as_ref() else { return signed_out() };
        let id = form.factor();
        let says = |slip| Answer::to(paths::method(id)).saying(Flash::slip(slip));
        if form.code.is_empty() {
            return says(code_missing(self.codes_of(here).await));
        }
        match test_code(&self.cx, here, form.code.expose()).await {
            Ok(tested) => works(tested, id),
            Err(NotShown::Wrong { left }) => {
                says(code_wrong(self.codes_of(here).await, form.code.expose(), left))
            }
            Err(why) => self.test_failed(id, why).await,
        }
    }

    async fn test_failed(&self, id: Option<FactorId>, why: NotShown) -> Answer {
        let page = paths::method(id);
        match why {
            NotShown::Wrong { left } => {
                let slip = Slip::CodeWrong { left: (left <= 3).then_some(left), again: left < 9 };
                Answer::to(page).saying(Flash::slip(slip))
            }
            // The page itself says that none is taken.
            NotShown::CodesClosed(_) => Answer::to(page),
            NotShown::Key => Answer::to(page).saying(Flash::tiding(Tiding::KeyRefused)),
            NotShown::SignedOut | NotShown::Held => signed_out(),
            NotShown::NoFlow(gone) => self.lost(gone, METHODS).await,
        }
    }
}

fn works(tested: Tested, meant: Option<FactorId>) -> Answer {
    let tiding = match tested {
        Tested { factor, .. } if Some(factor) != meant => Tiding::MethodOther,
        Tested { worth: Worth::Alone, .. } => Tiding::MethodWorksAlone,
        Tested { worth: Worth::Beside, .. } => Tiding::MethodWorks,
    };
    Answer::to(paths::method(meant)).saying(Flash::tiding(tiding))
}

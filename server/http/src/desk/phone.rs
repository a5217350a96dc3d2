//! Going on with a phone: the computer's side, which may be of an account or an enrolment, and the phone's.

use super::BrowserDesk;
use super::keys::said_of_key;
use super::methods::METHODS;
use crate::paths;
use crate::picture::scannable;
use app::desk::{
    Answer, AppForm, BeginForm, FinishForm, Flash, Kept, KeyAskForm, KeySetup, NewKeyForm, PhoneDeskPage,
    PhoneDeskStage, PhoneNumberForm, PhonePage, PhoneStage, Seen, Slip, Stop, Tiding,
};
use domain::code::six_digits;
use domain::factor::PasskeyKind;
use domain::ids::FlowId;
use domain::on_phone::Ground;
use domain::step_up::NotFresh;
use usecases::admit_phone::{PhoneNotAdmitted, admit_phone};
use usecases::ceremonies::Asking;
use usecases::confirm_phone::{PhoneNotConfirmed, confirm_phone};
use usecases::continue_on_phone::{NoLink, continue_enrolment_on_phone, continue_on_phone};
use usecases::flows::NoFlow;
use usecases::leave_phone::leave_phone;
use usecases::open_phone_link::{PhoneLinkRefused, look_at_phone_link, open_phone_link};
use usecases::register_on_phone::{NotMade, ask_phone_key, make_phone_app, make_phone_key, offer_phone_app};
use usecases::see_on_phone as seen;
use usecases::see_on_phone::{see_desk, see_phone};

/// No link of ours ends so: the page there says that it opens nothing any more, and where to get another.
const OVER: &str = "/telefon/slut";

impl BrowserDesk {
    pub(super) async fn see_phone_desk(&self, flow: FlowId) -> Seen<PhoneDeskPage> {
        let side = see_desk(&self.cx, self.here.as_ref(), flow).await.map_err(|gone| self.stop(gone))?;
        let stage = match side.stage {
            seen::DeskStage::Show(address) => {
                let picture = scannable(&address.0).ok_or(Stop::Fault)?;
                PhoneDeskStage::Show { picture, address: address.0.as_str().into() }
            }
            seen::DeskStage::Number => PhoneDeskStage::Number,
            seen::DeskStage::Waiting => PhoneDeskStage::Waiting,
            seen::DeskStage::Confirm(made) => {
                PhoneDeskStage::Confirm(made.kind(), made.name.as_str().to_owned(), made.from)
            }
            seen::DeskStage::Over(how) => PhoneDeskStage::Over(how),
        };
        let enrolment = match side.ground {
            Ground::Account(_) => None,
            Ground::Enrolment(enrolment) => Some(enrolment),
        };
        Ok(PhoneDeskPage { flow, enrolment, until: side.until, stage, word: side.word })
    }

    pub(super) async fn see_phone_link(&self, token: &str) -> Seen<()> {
        match look_at_phone_link(&self.cx, token).await {
            Ok(_) => {
                // Known from now on: a button that is pressed twice is pressed by one browser.
                self.stay().await;
                Ok(())
            }
            Err(PhoneLinkRefused::Dead) => Err(Stop::PhoneLinkDead),
            Err(PhoneLinkRefused::Fault(fault)) => Err(self.fault(&fault)),
        }
    }

    pub(super) async fn see_phone(&self, flow: FlowId) -> Seen<PhonePage> {
        let side = see_phone(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        let stage = match side.stage {
            seen::PhoneStage::Number(number) => PhoneStage::Number(number.0.as_str().into()),
            seen::PhoneStage::Make(None, account) => PhoneStage::Choose(account),
            seen::PhoneStage::Make(Some(offer), account) => {
                PhoneStage::App(Box::new(self.app_setup(flow, &offer, account)?))
            }
            seen::PhoneStage::Made(name) => PhoneStage::Made(name),
            seen::PhoneStage::Over(how) => PhoneStage::Over(how),
        };
        Ok(PhonePage { flow, stage, word: side.word })
    }

    pub(super) async fn see_phone_key(&self, flow: FlowId) -> Seen<KeySetup> {
        let side = see_phone(&self.cx, flow).await.map_err(|gone| self.stop(gone))?;
        match side.stage {
            seen::PhoneStage::Make(..) => Ok(self.key_setup_of(flow, PasskeyKind::Passkey)),
            _ => Err(Stop::Go(paths::phone(flow))),
        }
    }

    pub(super) async fn do_begin_phone(&self, form: FinishForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        match continue_on_phone(&self.cx, here, flow).await {
            Ok(desk) => Answer::to(paths::phone_desk(desk)),
            Err(NoLink::NotFresh(NotFresh::NotShown)) => Answer::to(paths::step_up(flow)),
            Err(NoLink::NotAdded(_) | NoLink::NotFresh(_) | NoLink::NotNow(_)) => {
                self.lost(NoFlow::Gone, METHODS).await
            }
            Err(NoLink::NoFlow(gone)) => self.lost(gone, METHODS).await,
        }
    }

    pub(super) async fn do_begin_phone_enrolling(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/kom-i-gang").await };
        match continue_enrolment_on_phone(&self.cx, flow).await {
            Ok(desk) => Answer::to(paths::phone_desk(desk)),
            Err(NoLink::NotNow(why)) => self.not_now(flow, why).await,
            Err(NoLink::NotAdded(_) | NoLink::NotFresh(_)) => self.next_step(flow).await,
            Err(NoLink::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
        }
    }

    pub(super) async fn do_open_phone(&self, form: BeginForm) -> Answer {
        match open_phone_link(&self.cx, form.token.expose()).await {
            Ok(phone) => Answer::to(paths::phone(phone)),
            // The page behind the link itself says that it opens nothing.
            Err(PhoneLinkRefused::Dead) => {
                Answer::to(format!("/telefon/{}", super::enrol::word(form.token.expose())))
            }
            Err(PhoneLinkRefused::Fault(fault)) => self.failed(&fault).await,
        }
    }

    pub(super) async fn do_admit_phone(&self, form: PhoneNumberForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, METHODS).await };
        let slip = |slip| Answer::to(paths::phone_desk(flow)).saying(Flash::slip(slip));
        if form.number.is_empty() {
            return slip(Slip::NumberMissing);
        }
        match admit_phone(&self.cx, self.here.as_ref(), flow, form.number.expose()).await {
            // The page itself says how it stands.
            Ok(()) | Err(PhoneNotAdmitted::NotNext(_) | PhoneNotAdmitted::Wrong { left: 0 }) => {
                Answer::to(paths::phone_desk(flow))
            }
            Err(PhoneNotAdmitted::NoPhone) => slip(Slip::NoPhone),
            Err(PhoneNotAdmitted::Wrong { left }) => slip(Slip::NumberWrong { left }),
            Err(PhoneNotAdmitted::NoFlow(gone)) => self.lost(gone, METHODS).await,
        }
    }

    pub(super) async fn do_confirm_phone(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, METHODS).await };
        match confirm_phone(&self.cx, self.here.as_ref(), flow).await {
            Ok((Ground::Account(_), _)) => Answer::to(METHODS).saying(Flash::tiding(Tiding::MethodAdded)),
            Ok((Ground::Enrolment(enrolment), _)) => {
                self.next_step(enrolment).await.saying(Flash::tiding(Tiding::MethodAdded))
            }
            // The page itself says how it stands.
            Err(
                PhoneNotConfirmed::NotNext(_) | PhoneNotConfirmed::NotAdded(_) | PhoneNotConfirmed::Known,
            ) => Answer::to(paths::phone_desk(flow)),
            Err(PhoneNotConfirmed::NotNow(why, enrolment)) => self.not_now(enrolment, why).await,
            Err(PhoneNotConfirmed::NoFlow(gone)) => self.lost(gone, METHODS).await,
        }
    }

    pub(super) async fn do_leave_phone(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, METHODS).await };
        match leave_phone(&self.cx, self.here.as_ref(), flow).await {
            // The page itself says that nothing was added.
            Ok(()) => Answer::to(paths::phone_desk(flow)),
            Err(gone) => self.lost(gone, METHODS).await,
        }
    }

    pub(super) async fn do_choose_phone_app(&self, form: FinishForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, OVER).await };
        match offer_phone_app(&self.cx, flow).await {
            Ok(()) => Answer::to(paths::phone(flow)),
            Err(why) => self.not_made(flow, paths::phone(flow), "", why).await,
        }
    }

    pub(super) async fn do_make_phone_app(&self, form: AppForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, OVER).await };
        let page = paths::phone(flow);
        if form.code.is_empty() {
            return Answer::to(page).saying(Flash::slip(Slip::CodeMissing).keeping(named(&form.name)));
        }
        match make_phone_app(&self.cx, flow, form.name.clone(), form.code.expose()).await {
            Ok(()) => Answer::to(page),
            Err(NotMade::Code) if six_digits(form.code.expose()).is_none() => {
                Answer::to(page).saying(Flash::slip(Slip::CodeShape).keeping(named(&form.name)))
            }
            Err(why) => self.not_made(flow, page, &form.name, why).await,
        }
    }

    pub(super) async fn ask_phone_key(&self, form: &KeyAskForm) -> Result<Asking, Answer> {
        let Some(flow) = form.flow() else { return Err(self.lost(NoFlow::Gone, OVER).await) };
        match ask_phone_key(&self.cx, flow, PasskeyKind::Passkey).await {
            Ok(asking) => Ok(asking),
            Err(why) => Err(self.not_made(flow, paths::phone_key(flow), "", why).await),
        }
    }

    pub(super) async fn do_make_phone_key(&self, form: NewKeyForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, OVER).await };
        let Ok(ceremony) = form.ceremony.parse() else {
            return self.lost(NoFlow::Gone, OVER).await;
        };
        match make_phone_key(&self.cx, ceremony, form.name.clone(), form.answer.expose()).await {
            Ok(()) => Answer::to(paths::phone(flow)),
            Err(why) => self.not_made(flow, paths::phone_key(flow), &form.name, why).await,
        }
    }

    async fn not_made(&self, flow: FlowId, page: String, name: &str, why: NotMade) -> Answer {
        match why {
            NotMade::Name => Answer::to(page).saying(Flash::slip(Slip::FactorName).keeping(named(name))),
            NotMade::Code => {
                let slip = Slip::CodeWrong { left: None, again: true };
                Answer::to(page).saying(Flash::slip(slip).keeping(named(name)))
            }
            NotMade::Key(why) => Answer::to(page).saying(said_of_key(name, &why)),
            NotMade::NotNext(_) => Answer::to(paths::phone(flow)),
            NotMade::NoFlow(gone) => self.lost(gone, OVER).await,
        }
    }
}

fn named(name: &str) -> Kept {
    Kept { factor_name: name.chars().take(30).collect(), ..Kept::default() }
}

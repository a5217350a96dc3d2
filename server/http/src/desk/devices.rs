//! Code devices: taken into use by one code, and brought into step by two.

use super::BrowserDesk;
use super::methods::METHODS;
use crate::paths;
use app::desk::{
    Answer, ApartForm, ApartPage, DeviceForm, DeviceSetup, Flash, Kept, PausedDoor, Seen, Slip, Tiding,
};
use domain::enrolment::Step as EnrolmentStep;
use domain::ids::FlowId;
use domain::sign_in::Step;
use domain::step_up::{NotFresh, StepUpFor};
use domain::throttle::CodeDoor;
use text::Lang;
use usecases::activate_device::{DeviceRefused, Way, activate_device};
use usecases::flows::NoFlow;
use usecases::resynchronise_device::{Place, StillApart, resynchronise_device};

impl BrowserDesk {
    pub(super) async fn see_device_setup(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.enrolment_at(flow, |step| step == EnrolmentStep::Factor).await?;
        Ok(self.device_of(flow))
    }

    pub(super) async fn see_another_device(&self, flow: FlowId) -> Seen<DeviceSetup> {
        self.stepped_up(flow, StepUpFor::CodeDevice).await?;
        Ok(self.device_of(flow))
    }

    fn device_of(&self, flow: FlowId) -> DeviceSetup {
        let proposed = match self.asking.lang {
            Lang::Da => "Min kodeviser",
            Lang::En => "My code device",
        };
        DeviceSetup { flow, proposed_name: proposed.to_owned() }
    }

    pub(super) async fn do_device(&self, form: DeviceForm) -> Answer {
        let Some(flow) = form.flow() else { return self.lost(NoFlow::Gone, "/kom-i-gang").await };
        let page = format!("/indrullering/{flow}/kodeviser");
        if form.code.is_empty() {
            return Answer::to(page).saying(missing(&form.name));
        }
        match activate_device(&self.cx, Way::Enrolment(flow), form.name.clone(), form.code.expose()).await {
            Ok(_) => self.next_step(flow).await.saying(Flash::tiding(Tiding::MethodAdded)),
            Err(DeviceRefused::NotNow(why)) => self.not_now(flow, why).await,
            Err(DeviceRefused::NoFlow(gone)) => self.lost(gone, "/kom-i-gang").await,
            Err(why) => Answer::to(page).saying(said(&form.name, &why)),
        }
    }

    pub(super) async fn do_another_device(&self, form: DeviceForm) -> Answer {
        let (Some(here), Some(flow)) = (self.here.as_ref(), form.flow()) else {
            return self.lost(NoFlow::Gone, METHODS).await;
        };
        let page = format!("/konto/kodeviser/{flow}");
        if form.code.is_empty() {
            return Answer::to(page).saying(missing(&form.name));
        }
        match activate_device(&self.cx, Way::Session(here, flow), form.name.clone(), form.code.expose()).await
        {
            Ok(_) => Answer::to(METHODS).saying(Flash::tiding(Tiding::MethodAdded)),
            Err(DeviceRefused::NotFresh(NotFresh::NotShown)) => Answer::to(paths::step_up(flow)),
            Err(DeviceRefused::NotNow(_) | DeviceRefused::NotFresh(_)) => {
                self.lost(NoFlow::Gone, METHODS).await
            }
            Err(DeviceRefused::NoFlow(gone)) => self.lost(gone, METHODS).await,
            Err(why) => Answer::to(page).saying(said(&form.name, &why)),
        }
    }

    pub(super) async fn see_apart(&self, flow: Option<FlowId>) -> Seen<ApartPage> {
        match flow {
            Some(flow) => drop(self.at_step(flow, |step| step == Step::Code).await?),
            None => drop(self.signed_in()?),
        }
        Ok(ApartPage { flow })
    }

    pub(super) async fn do_together(&self, form: ApartForm) -> Answer {
        let flow = form.flow();
        let (place, page, after) = match (flow, self.here.as_ref()) {
            (Some(flow), _) => {
                let root = format!("/log-ind/{flow}");
                (Place::SignIn(flow), format!("{root}/kodeviser"), format!("{root}/kode"))
            }
            (None, Some(here)) if form.flow.is_empty() => {
                (Place::Session(here), "/konto/kodeviser".to_owned(), METHODS.to_owned())
            }
            _ => return self.lost(NoFlow::Gone, "/log-ind").await,
        };
        let slips = [
            (form.code.is_empty(), Slip::ShownCodeMissing),
            (form.second.is_empty(), Slip::SecondCodeMissing),
        ];
        let slips: Vec<Slip> = slips.into_iter().filter(|(empty, _)| *empty).map(|(_, slip)| slip).collect();
        if !slips.is_empty() {
            return Answer::to(page).saying(Flash { slips, ..Flash::default() });
        }
        match resynchronise_device(&self.cx, place, form.code.expose(), form.second.expose()).await {
            Ok(_) => Answer::to(after).saying(Flash::tiding(Tiding::DeviceTogether)),
            Err(StillApart::Wrong { left }) => {
                Answer::to(page).saying(Flash::slip(Slip::CodesApart { left: (left <= 3).then_some(left) }))
            }
            Err(StillApart::CodesClosed(door)) => match (flow, door) {
                (Some(flow), CodeDoor::Paused(until)) => {
                    self.paused(flow, PausedDoor::Code, Some(until)).await
                }
                (Some(flow), _) => self.paused(flow, PausedDoor::Code, None).await,
                (None, _) => Answer::to(page).saying(Flash::tiding(Tiding::CodesClosed)),
            },
            Err(StillApart::NotNow) => {
                Answer::to(flow.map_or_else(|| METHODS.to_owned(), |it| format!("/log-ind/{it}")))
            }
            Err(StillApart::NoFlow(gone)) => self.lost(gone, "/log-ind").await,
        }
    }
}

fn keeping(name: &str, flash: Flash) -> Flash {
    flash.keeping(Kept { factor_name: name.chars().take(30).collect(), ..Kept::default() })
}

fn missing(name: &str) -> Flash {
    keeping(name, Flash::slip(Slip::ShownCodeMissing))
}

/// What is said where a device was not taken into use.
fn said(name: &str, why: &DeviceRefused) -> Flash {
    let flash = match why {
        DeviceRefused::Name => Flash::slip(Slip::FactorName),
        DeviceRefused::Code { left } => {
            Flash::slip(Slip::ShownCodeWrong { left: (*left <= 3).then_some(*left), again: false })
        }
        DeviceRefused::CodesClosed(_) => Flash::tiding(Tiding::CodesClosed),
        DeviceRefused::TooMany => Flash::tiding(Tiding::MethodsFull),
        _ => Flash::tiding(Tiding::NoDevice),
    };
    keeping(name, flash)
}

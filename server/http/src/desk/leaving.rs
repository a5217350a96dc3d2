//! Signing out, and the way out through services.

use super::BrowserDesk;
use crate::guard::origin_of;
use crate::paths;
use app::desk::{
    Answer, Carried, HandOver, LeftToDo, PassForm, Seen, SignedOut, Stop, ToldInFrame, WayOutPage, WayOutStep,
};
use domain::ids::FlowId;
use usecases::flows::NoFlow;
use usecases::leave_services::WayOut;
use usecases::pass_on::{Pass, pass_on};
use usecases::ports::saml::{FrontMessage, Way};
use usecases::see_way_out::{LeftState, see_way_out};
use usecases::walk_out::{Framed, Next, go_on};
use usecases::who::sign_out;

impl BrowserDesk {
    pub(super) async fn do_sign_out(&self) -> Answer {
        match sign_out(&self.cx).await {
            Ok(way) => Answer::to(self.left_by(way).await),
            Err(fault) => self.failed(&fault).await,
        }
    }

    /// Nobody is signed in here any more: the cookie is a new one, and what she typed is forgotten. Gives where she goes.
    pub(crate) async fn left_by(&self, way: Option<WayOut>) -> String {
        self.other_cookie().await;
        self.remember(|record| {
            (record.session, record.signed_in_as, record.aside) = (None, None, None);
            record.said.clear();
            record.left_by = way.map(|way| way.flow);
        })
        .await;
        way.map_or_else(|| paths::LEFT.to_owned(), paths::way_out)
    }

    /// Goes on at the moment the page is asked for; asked again while a service has not answered, it goes nowhere by itself.
    pub(super) async fn see_leaving(&self, flow: FlowId) -> Seen<WayOutPage> {
        let step = match go_on(&self.cx, flow).await {
            Ok(Next::Show(frames)) => WayOutStep::Show(frames.into_iter().map(told_in_frame).collect()),
            Ok(Next::Ask(message)) => WayOutStep::Tell(carried(message)),
            Ok(Next::Answer(message)) => WayOutStep::Return(carried(message)),
            Ok(Next::Back { name, address, state }) => WayOutStep::Return(HandOver {
                service: name,
                origins: Vec::new(),
                address: crate::oidc::with_state(&address, state.as_deref()),
                carried: Carried::Address,
                refusal: false,
            }),
            Ok(Next::Wait(service)) => WayOutStep::Waits(service),
            Ok(Next::Receipt) => return Err(Stop::Go(paths::left(flow))),
            Err(NoFlow::Gone) => return Err(Stop::Go(paths::LEFT.to_owned())),
            Err(NoFlow::Fault(fault)) => return Err(self.fault(&fault)),
        };
        Ok(WayOutPage { flow, step })
    }

    /// How it went. Without a flow it is the last sign-out's, where that is not forgotten yet.
    pub(super) async fn see_left(&self, flow: Option<FlowId>) -> Seen<SignedOut> {
        let Some(flow) = flow else {
            let last = self.browser.record().await.left_by;
            if let Some(last) = last
                && see_way_out(&self.cx, last).await.is_ok()
            {
                return Err(Stop::Go(paths::left(last)));
            }
            return Ok(SignedOut::default());
        };
        let seen = match see_way_out(&self.cx, flow).await {
            Ok(seen) => seen,
            Err(NoFlow::Gone) => return Err(Stop::Go(paths::LEFT.to_owned())),
            Err(NoFlow::Fault(fault)) => return Err(self.fault(&fault)),
        };
        let left = LeftToDo { flow, ask: seen.walking, tell: seen.unanswered };
        let left = (left.ask || left.tell).then_some(left);
        let mut page = SignedOut { left, ..SignedOut::default() };
        for service in seen.services {
            match service.state {
                LeftState::Confirmed => page.closed.push(service.name),
                LeftState::BeingTold => page.being_told.push(service.name),
                LeftState::Waits => page.waiting.push(service.name),
                LeftState::MayStay(until) => page.still_open.push((service.name, until)),
            }
        }
        Ok(page)
    }

    pub(super) async fn do_pass_on(&self, form: PassForm) -> Answer {
        let Some(flow) = form.flow() else { return Answer::to(paths::LEFT) };
        let pass = match form.go.as_str() {
            "igen" => Pass::Again,
            "vist" => Pass::Shown,
            "stop" => Pass::Stop,
            _ => Pass::Over,
        };
        match pass_on(&self.cx, flow, pass).await {
            Ok(()) => Answer::to(paths::leaving(flow)),
            Err(NoFlow::Gone) => Answer::to(paths::LEFT),
            Err(NoFlow::Fault(fault)) => self.failed(&fault).await,
        }
    }
}

/// An application, as the page shows it.
fn told_in_frame(framed: Framed) -> ToldInFrame {
    ToldInFrame {
        service: framed.service,
        origin: origin_of(&framed.address).to_owned(),
        address: framed.address,
    }
}

/// A message to a service, as its page carries it.
fn carried(message: FrontMessage) -> HandOver {
    HandOver {
        service: message.service,
        origins: vec![origin_of(&message.address).to_owned()],
        address: message.address,
        carried: match message.way {
            Way::Address => Carried::Address,
            Way::Form(fields) => Carried::Form(fields),
        },
        refusal: false,
    }
}

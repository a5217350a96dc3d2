//! How somebody signed in changes where her notices go, step by step; always in the first browser.

use crate::{App, Posted, Rig};
use domain::SignedDuration;
use domain::contact::ChannelKind;
use domain::ids::FlowId;
use domain::notice::Template;
use domain::step_up::StepUpFor;
use usecases::begin_step_up::begin_step_up;
use usecases::change_contact::ask_contact;
use usecases::show_step_up::show_step_up;
use usecases::verify_contact::verify_contact;
use usecases::who::{Here, who};

impl Rig {
    /// Who is signed in.
    pub async fn here(&self) -> Here {
        who(&self.cx()).await.expect("a store").expect("a session")
    }

    /// A step-up she made, half a minute later.
    pub async fn step_up(&self, app: &App, purpose: StepUpFor) -> FlowId {
        self.clock.advance(SignedDuration::from_secs(30));
        let (cx, here) = (self.cx(), self.here().await);
        let flow = begin_step_up(&cx, &here, purpose).await.expect("a step-up");
        let shown = show_step_up(&cx, &here, flow, &app.code(cx.now)).await.expect("the right code");
        assert_eq!(shown, purpose);
        flow
    }

    /// A new address that waits for its code.
    pub async fn asked(&self, app: &App, kind: ChannelKind, address: &str) -> FlowId {
        let flow = self.step_up(app, StepUpFor::Contact(kind)).await;
        ask_contact(&self.cx(), &self.here().await, flow, kind, address).await.expect("a new address")
    }

    /// The code that went there. Whatever else was due has left, too.
    pub async fn contact_code(&self, address: &str) -> String {
        self.deliver().await;
        let mut all = self.post.empty();
        all.extend(self.phone.empty());
        let message = all.iter().find(|it| it.to == address && it.code().is_some());
        message.and_then(Posted::code).expect("a code to this address").to_owned()
    }

    /// The whole way to an address of her own.
    pub async fn verified(&self, app: &App, kind: ChannelKind, address: &str) {
        let flow = self.asked(app, kind, address).await;
        let code = self.contact_code(address).await;
        let kept = verify_contact(&self.cx(), &self.here().await, flow, &code).await.expect("the right code");
        assert_eq!(kept, kind);
    }
}

/// Where letters of a kind went, in order.
pub fn sent_to(letters: &[Posted], template: Template) -> Vec<&str> {
    let of_kind = letters.iter().filter(|it| it.subject == template.word());
    let mut to: Vec<_> = of_kind.map(|it| it.to.as_str()).collect();
    to.sort_unstable();
    to
}

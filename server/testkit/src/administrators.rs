//! Administrators, each in a browser of her own, who confirm again what they do.

use crate::{App, Rig, hr};
use domain::SignedDuration;
use domain::ids::{DraftId, FlowId};
use domain::publication::{Decision, PageText, Published, Spread};
use domain::role::RoleKind;
use domain::step_up::StepUpFor;
use usecases::approve_terms::approve_terms;
use usecases::begin_step_up::begin_step_up;
use usecases::begin_terms::begin_terms;
use usecases::context::Cx;
use usecases::propose_terms::propose_terms;
use usecases::roles::{Proposed, accept_role, propose_role};
use usecases::show_step_up::show_step_up;
use usecases::terms_draft::DraftFailed;
use usecases::who::{Here, who};
use usecases::write_terms::write_terms;

/// One of them: the n-th person in the browser after the n-th.
#[derive(Debug)]
pub struct Administrator {
    n: u32,
    app: App,
}

impl Rig {
    /// These people enrol, become administrators, and are signed in.
    pub async fn administrators(&self, people: &[u32]) -> Vec<Administrator> {
        let mut found = Vec::new();
        for n in people {
            let app = self.enrol(u128::from(*n) + 1, *n).await;
            let mut role = None;
            for operator in ["ops1", "ops2"] {
                let name = &hr::line(*n).user_name;
                let proposed =
                    propose_role(&self.cx(), operator, name, RoleKind::Administrator, "bootstrap").await;
                if let Proposed::NeedsAcceptance(id) = proposed.expect("a proposal") {
                    role = Some(id);
                }
            }
            found.push((Administrator { n: *n, app }, role.expect("two voices")));
        }
        for (administrator, role) in &found {
            administrator.sign_in(self).await;
            let here = administrator.here(self).await;
            accept_role(&administrator.cx(self), &here, *role).await.expect("her role");
        }
        self.letters().await;
        found.into_iter().map(|(administrator, _)| administrator).collect()
    }
}

impl Administrator {
    /// The n-th person, who was given the role.
    pub(crate) fn of(n: u32, app: App) -> Self {
        Self { n, app }
    }

    /// A request of her browser, now.
    pub fn cx(&self, rig: &Rig) -> Cx {
        rig.browser(u128::from(self.n) + 1)
    }

    /// Signs in anew.
    pub async fn sign_in(&self, rig: &Rig) {
        rig.sign_in(u128::from(self.n) + 1, self.n, &self.app).await;
    }

    /// She at her browser.
    pub async fn here(&self, rig: &Rig) -> Here {
        who(&self.cx(rig)).await.expect("a store").expect("a session")
    }

    /// Confirms again for this, half a minute later.
    pub async fn step_up(&self, rig: &Rig, purpose: StepUpFor) -> FlowId {
        rig.clock.advance(SignedDuration::from_secs(30));
        let (cx, here) = (self.cx(rig), self.here(rig).await);
        let flow = begin_step_up(&cx, &here, purpose).await.expect("a step-up");
        show_step_up(&cx, &here, flow, &self.app.code(cx.now)).await.expect("the right code");
        flow
    }

    /// Begins a draft of this name whose first page says this, in both languages.
    pub async fn write(&self, rig: &Rig, version: &str, says: &str) -> DraftId {
        let (cx, here) = (self.cx(rig), self.here(rig).await);
        let draft = begin_terms(&cx, &here, version).await.expect("a draft");
        let page = |lang: &str| PageText::typed(&format!("{version} {lang}"), &format!("{says} {lang}"));
        let spread = Spread { danish: page("dansk"), english: page("English") };
        write_terms(&cx, &here, draft, 1, spread).await.expect("a page");
        draft
    }

    /// The same, and proposes it.
    pub async fn propose(&self, rig: &Rig, version: &str, says: &str) -> DraftId {
        let draft = self.write(rig, version, says).await;
        let flow = self.step_up(rig, StepUpFor::Terms).await;
        propose_terms(&self.cx(rig), &self.here(rig).await, flow, draft).await.expect("a whole draft");
        draft
    }

    /// Publishes the draft that goes on, as she reads it now.
    pub async fn publish(&self, rig: &Rig, decision: Decision) -> Result<Published, DraftFailed> {
        let flow = self.step_up(rig, StepUpFor::Terms).await;
        let draft = rig.look().await.open_draft().await.expect("a store").expect("a draft");
        let read = (draft.id, draft.hash());
        approve_terms(&self.cx(rig), &self.here(rig).await, flow, read, decision).await
    }
}

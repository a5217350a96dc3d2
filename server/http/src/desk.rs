//! The desk of a real browser: every page and form of the portal, over the use cases.

mod account;
mod auditor;
mod audits;
mod block;
mod codes;
mod contact;
mod counter;
mod devices;
mod documents;
mod draft;
mod enrol;
mod give_up;
mod keys;
mod leaving;
mod methods;
mod new_cookie;
mod overview;
mod own_data;
mod phone;
mod proof;
mod publication;
mod reconfirm;
mod recovery;
mod relations;
mod reopening;
mod reset;
mod said;
mod searches;
mod sign_in;
mod step_up;
mod terms;

pub(crate) use sign_in::{handed_over, refused_as, replied};

use crate::browser::{Browser, Record};
use crate::edge::Edge;
use app::desk::{Answer, Asking, BrokenKind, Flash, HandOver, Seen, Stop, Tiding, Visitor};
use core::fmt;
use domain::flow::FlowGone;
use domain::ids::PersonId;
use std::sync::Mutex;
use text::Lang;
use usecases::context::Device;
use usecases::flows::NoFlow;
use usecases::ports::people::NotHashed;
use usecases::who::Here;
use usecases::{Cx, Fault};

/// A browser that comes back within this time is not noted anew: its record lives for hours.
const KEPT_FOR: domain::SignedDuration = domain::SignedDuration::from_mins(1);

/// Whether nothing failed but many came at once.
fn is_crowd(fault: &Fault) -> bool {
    matches!(fault, Fault::Hasher(NotHashed::Full))
}

/// Tells somebody from whoever else signs in at the same computer, and says nothing else.
fn who_of(person: PersonId) -> String {
    person.to_string().chars().rev().take(12).collect()
}

/// Where a form leads whose session is over.
fn signed_out() -> Answer {
    Answer::to("/log-ind").saying(Flash::tiding(Tiding::SessionRanOut))
}

/// One request of one browser.
pub(crate) struct BrowserDesk {
    edge: Edge,
    cx: Cx,
    browser: Browser,
    here: Option<Here>,
    asking: Asking,
    device: Mutex<Option<Device>>,
    /// An answer to a service that this request made, or why it made none, for its page.
    answer: Mutex<Option<Seen<HandOver>>>,
}

impl fmt::Debug for BrowserDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrowserDesk").field("request", &self.cx.request).finish_non_exhaustive()
    }
}

impl BrowserDesk {
    pub(crate) fn new(
        edge: Edge,
        cx: Cx,
        browser: Browser,
        here: Option<Here>,
        lang: Lang,
        path: &str,
    ) -> Self {
        let visitor = here.as_ref().map(|here| Visitor {
            name: here.person.full_name(),
            who: who_of(here.person.id),
            ends_at: here.ends_at,
            must_end_at: here.session.must_end_at(cx.house.policy.session),
        });
        let asking = Asking { lang, path: path.to_owned(), now: cx.now, visitor, reference: cx.reference() };
        Self { edge, cx, browser, here, asking, device: Mutex::new(None), answer: Mutex::new(None) }
    }

    /// The same request as one that nobody made, for this path and with this answer at hand: for a page that is the same for
    /// everybody.
    pub(crate) fn for_everybody(&self, path: &str, answer: HandOver) -> Self {
        let (edge, cx, browser) = (self.edge.clone(), self.cx.clone(), self.browser.clone());
        let desk = Self::new(edge, cx, browser, None, self.asking.lang, path);
        desk.hold(Ok(answer));
        desk
    }

    pub(crate) fn cx(&self) -> &Cx {
        &self.cx
    }

    /// Who is signed in here.
    pub(crate) fn here(&self) -> Option<Here> {
        self.here.clone()
    }

    /// The device cookie this request leaves behind.
    pub(crate) fn device_to_keep(&self) -> Option<Device> {
        self.device.lock().ok().and_then(|device| device.clone())
    }

    fn keep_device(&self, device: Device) {
        if let Ok(mut kept) = self.device.lock() {
            *kept = Some(device);
        }
    }

    /// Keeps an answer, or why there is none, for the page of this request.
    pub(crate) fn hold(&self, answer_now: Seen<HandOver>) {
        if let Ok(mut answer) = self.answer.lock() {
            *answer = Some(answer_now);
        }
    }

    /// Logs a fault with the reference the person is shown. A crowd is none, and was told of where it stands.
    fn note(&self, fault: &Fault) {
        if is_crowd(fault) {
            return;
        }
        tracing::error!(reference = %self.asking.reference, error = ?fault, "a request failed");
    }

    /// A page whose flow cannot be used, or whose house is on fire.
    fn stop(&self, no_flow: NoFlow) -> Stop {
        match no_flow {
            NoFlow::Gone => Stop::Gone(FlowGone::Expired),
            NoFlow::Fault(fault) => self.fault(&fault),
        }
    }

    fn fault(&self, fault: &Fault) -> Stop {
        self.note(fault);
        Stop::Fault
    }

    /// The answer to a form whose flow cannot be used; `start` is where to begin again.
    async fn lost(&self, no_flow: NoFlow, start: &str) -> Answer {
        match no_flow {
            NoFlow::Gone if start == "/kom-i-gang" => {
                Answer::to(start).saying(Flash::tiding(Tiding::EnrolmentOver))
            }
            NoFlow::Gone => Answer::to(start).saying(Flash::tiding(Tiding::StartedOver)),
            NoFlow::Fault(fault) => self.failed(&fault).await,
        }
    }

    /// The answer when something failed on our side.
    async fn failed(&self, fault: &Fault) -> Answer {
        self.note(fault);
        let kind = if is_crowd(fault) { BrokenKind::Crowded } else { BrokenKind::Fault };
        self.break_off(kind, None).await
    }

    /// Sends the browser to the page that says what could not be, with the reference.
    pub(crate) async fn break_off(&self, kind: BrokenKind, service: Option<String>) -> Answer {
        let reference = self.asking.reference.clone();
        self.remember(move |record| record.broken = Some((kind.into(), reference, service))).await;
        Answer::to("/log-ind/fejl")
    }

    /// Keeps the cookie alive, where it was not kept within the last minute.
    pub(crate) async fn stay(&self) {
        let record = self.browser.record().await;
        let lately = record.kept_at.is_some_and(|at| self.cx.now.duration_since(at) < KEPT_FOR);
        if !lately || record.browser != Some(self.cx.browser) {
            self.remember(|_| ()).await;
        }
    }

    /// Changes what the cookie remembers; makes sure that it remembers this browser.
    pub(crate) async fn remember(&self, change: impl FnOnce(&mut Record)) {
        let (browser, now) = (self.cx.browser, self.cx.now);
        self.browser
            .change(move |record| {
                record.browser = Some(browser);
                record.kept_at = Some(now);
                record.forget_old(now);
                change(record);
            })
            .await;
    }
}

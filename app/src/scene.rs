//! What every page has at hand: the desk, what was left for it to say, and the language.

use crate::desk::{Asking, Desk, Flash, House};
use leptos::prelude::*;
use std::sync::Arc;
use text::{Lang, Say};

/// The desk as it stands in the context of a request.
pub type SharedDesk = Arc<dyn Desk>;

/// Puts the desk of this request where pages and server functions find it. Called by whoever mounts them, for every
/// request, before anything is rendered.
pub fn provide_desk(desk: SharedDesk) {
    provide_context(desk);
}

/// The desk of this request. There is always one: [`provide_desk`] is part of mounting.
pub(crate) fn desk() -> SharedDesk {
    expect_context::<SharedDesk>()
}

/// One page being shown.
#[derive(Clone)]
pub(crate) struct Scene {
    desk: SharedDesk,
    /// What was left to say.
    pub(crate) flash: Flash,
}

impl Scene {
    pub(crate) fn new(desk: SharedDesk, flash: Flash) -> Self {
        Self { desk, flash }
    }

    pub(crate) fn asking(&self) -> &Asking {
        self.desk.asking()
    }

    pub(crate) fn house(&self) -> &House {
        self.desk.house()
    }

    pub(crate) fn lang(&self) -> Lang {
        self.asking().lang
    }

    /// A sentence without values.
    pub(crate) fn say(&self, say: Say) -> &'static str {
        say.get(self.lang())
    }

    /// A sentence with values; `municipality` and `phone` are always known.
    pub(crate) fn fill(&self, say: Say, values: &[(&str, &str)]) -> String {
        let house = self.house();
        // A number that is read aloud stays on one line.
        let phone = house.phone.replace(' ', "\u{a0}");
        let known = [("municipality", house.municipality.as_str()), ("phone", phone.as_str())];
        let all: Vec<_> = values.iter().copied().chain(known).collect();
        say.fill(self.lang(), &all)
    }

    /// A sentence that needs nothing but what is always known.
    pub(crate) fn tell(&self, say: Say) -> String {
        self.fill(say, &[])
    }

    /// Whom this page is made for, to stand in a form whose words are kept for her; see [`crate::desk::Visitor::who`].
    pub(crate) fn who(&self) -> String {
        self.asking().visitor.as_ref().map(|visitor| visitor.who.clone()).unwrap_or_default()
    }

    /// The phone number as an address.
    pub(crate) fn call(&self) -> String {
        let digits: String = self.house().phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("tel:{digits}")
    }

    /// Whether there is something to correct.
    pub(crate) fn has_slips(&self) -> bool {
        !self.flash.slips.is_empty()
    }
}

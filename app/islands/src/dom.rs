//! The little that islands do with a page.

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget};

/// The first element inside that fits, when it is of that kind.
pub(crate) fn part<E: JsCast>(root: &Element, selector: &str) -> Option<E> {
    root.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into().ok())
}

/// What the server left at an element under `data-…`; empty when there is nothing.
pub(crate) fn left(at: &Element, name: &str) -> String {
    at.get_attribute(name).unwrap_or_default()
}

/// Calls `then` whenever it happens, as long as the page stands. It may keep the browser from doing what it would.
pub(crate) fn hear(at: &EventTarget, event: &'static str, then: impl FnMut(&Event) + 'static) {
    listen(at, event, Box::new(then));
}

/// Once for all that is ever heard, whatever it leads to.
fn listen(at: &EventTarget, event: &'static str, then: Box<dyn FnMut(&Event)>) {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(at, event, options, then).forget();
}

/// Says it, unless it stands there already: a live region is heard once for each thing it has to say.
pub(crate) fn say(at: &Element, words: &str) {
    if at.text_content().as_deref() != Some(words) {
        at.set_text_content(Some(words));
    }
}

//! A form whose button opens the browser's dialog.

use crate::asked::{Asked, ask};
use crate::ceremony::{Act, perform};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlFormElement, HtmlInputElement};

/// Listens to its button, as long as the page stands.
pub(crate) fn wake(form: HtmlFormElement, act: Act) {
    let busy = Rc::new(Cell::new(false));
    let options = EventListenerOptions::enable_prevent_default();
    let target = form.clone();
    EventListener::new_with_options(&target, "submit", options, move |event| {
        event.prevent_default();
        // One dialog at a time: a second click changes nothing.
        if !busy.replace(true) {
            let (form, busy) = (form.clone(), Rc::clone(&busy));
            spawn_local(async move {
                go(&form, act).await;
                busy.set(false);
            });
        }
    })
    .forget();
}

async fn go(form: &HtmlFormElement, act: Act) {
    say(form, "data-working");
    let Some(asked) = ask(form).await else {
        // The house has a page to say it on: the browser sends the form itself, past the listener above.
        drop(form.submit());
        return;
    };
    match perform(act, &asked, None).await {
        Ok(answer) => {
            say(form, "data-done");
            if send(form, &asked, &answer).is_none() {
                say(form, "data-unsupported");
            }
        }
        Err(why) => say(form, why.words()),
    }
}

/// Says what the form has words for, where it says things.
fn say(form: &HtmlFormElement, words: &str) {
    let Some(place) = form.query_selector("[role=status]").ok().flatten() else { return };
    let words = place.get_attribute(words).unwrap_or_default();
    if place.text_content().as_deref() != Some(&words) {
        place.set_text_content(Some(&words));
    }
}

/// Sends the answer with all that stands in the form, as a form.
pub(crate) fn send(form: &HtmlFormElement, asked: &Asked, answer: &str) -> Option<()> {
    let to = form.get_attribute("data-answer")?;
    field(form, "ceremony", &asked.ceremony)?;
    field(form, "answer", answer)?;
    form.set_action(&to);
    form.submit().ok()
}

fn field(form: &HtmlFormElement, name: &str, value: &str) -> Option<()> {
    let document = form.owner_document()?;
    let input: HtmlInputElement = document.create_element("input").ok()?.dyn_into().ok()?;
    input.set_type("hidden");
    input.set_name(name);
    input.set_value(value);
    let input: &Element = &input;
    form.append_child(input).ok().map(|_| ())
}

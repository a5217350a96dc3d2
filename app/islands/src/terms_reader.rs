//! How far one has read, and printing. Reading itself needs neither.

use crate::around::around;
use crate::dom::{hear, left, part, say};
use leptos::prelude::*;
use std::cell::Cell;
use web_sys::{Element, HtmlElement};

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct ReaderWords {
    /// How far: `{percent}`.
    pub read: String,
    /// The button that prints.
    pub print: String,
}

/// Stands after the text of one page of the terms, which it follows.
pub fn terms_reader(words: ReaderWords, text: impl IntoView + 'static) -> impl IntoView {
    let text = text.into_any();
    view! {
        <TermsReader>
            <div>{text}</div>
            <p class="hint no-print" hidden>
                <progress max="100" value="0" aria-hidden="true"></progress>
                " "
                <span data-read=words.read></span>
                " "
                <button type="button" class="btn btn-link">{words.print}</button>
            </p>
        </TermsReader>
    }
}

#[island]
fn TermsReader(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let text: Element = part(root, "div")?;
    let line: HtmlElement = part(root, "p.hint")?;
    let (bar, read): (Element, Element) = (part(&line, "progress")?, part(&line, "span")?);
    let print: Element = part(&line, "button")?;
    let words = left(&read, "data-read");
    let far = Cell::new(0);
    let measure = move || {
        let rect = text.get_bounding_client_rect();
        let visible = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
        far.set(percent(visible - rect.top(), rect.height()).max(far.get()));
        let percent = far.get().to_string();
        say(&read, &words.replace("{percent}", &percent));
        // A bar that does not move says nothing wrong: the words beside it do.
        let _refused = bar.set_attribute("value", &percent);
    };
    measure();
    line.set_hidden(false);
    hear(&window(), "scroll", move |_| measure());
    hear(&print, "click", |_| drop(window().print()));
    Some(())
}

/// `part` of `whole` in percent, 0–100.
fn percent(part: f64, whole: f64) -> u32 {
    let share = if whole > 0.0 { (part / whole * 100.0).clamp(0.0, 100.0) } else { 100.0 };
    // A float between nought and a hundred: found by counting, because a cast may lose what it should not.
    (0..=100).take_while(|step| f64::from(*step) <= share).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_goes_from_nought_to_a_hundred_and_not_beyond() {
        assert_eq!(percent(-10.0, 800.0), 0);
        assert_eq!(percent(400.0, 800.0), 50);
        assert_eq!(percent(900.0, 800.0), 100);
        assert_eq!(percent(0.0, 0.0), 100);
    }
}

//! How far one has read, and printing. Reading itself needs neither.

use crate::awake::awake;
use gloo::events::EventListener;
use leptos::html::Div;
use leptos::prelude::*;

words! {
    /// Its words.
    ReaderWords {
        /// How far: `{percent}`.
        read,
        /// The button that prints.
        print,
    }
}

/// Stands after the text of one page of the terms; `children` is that text.
#[island]
pub fn TermsReader(words: ReaderWords, children: Children) -> impl IntoView {
    let text = NodeRef::<Div>::new();
    let awake = awake();
    let far = RwSignal::new(0u32);
    Effect::new(move |_| {
        let measure = move || {
            if let Some(element) = text.get_untracked() {
                let rect = element.get_bounding_client_rect();
                let visible = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
                far.set(percent(visible - rect.top(), rect.height()).max(far.get_untracked()));
            }
        };
        measure();
        // Kept by the island: it stops listening when the island goes.
        StoredValue::new_local(EventListener::new(&window(), "scroll", move |_| measure()));
    });
    let ReaderWords { read, print } = words;
    view! {
        <div node_ref=text>{children()}</div>
        <p class="hint no-print" hidden=move || !awake.get()>
            <progress max="100" value=move || far.get().to_string() aria-hidden="true"></progress>
            " "
            {move || read.replace("{percent}", &far.get().to_string())}
            " "
            <button type="button" class="btn btn-link" on:click=move |_| drop(window().print())>
                {print}
            </button>
        </p>
    }
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

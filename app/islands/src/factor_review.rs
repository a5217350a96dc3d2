//! Which login methods stay when a login is opened again: says below the boxes what will be kept and what goes.

use crate::around::around;
use crate::dom::{hear, left, part, say};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct ReviewWords {
    /// What stands there before anything is said, and without script.
    pub rule: String,
    /// `{kept}` stay, and nothing goes.
    pub all: String,
    /// `{kept}` stay, `{gone}` go.
    pub some: String,
    /// None stay: `{gone}` go, and a new app follows.
    pub none: String,
}

/// Stands around the boxes; each has the name of its method under `data-method`.
pub fn factor_review(words: ReviewWords, boxes: impl IntoView + 'static) -> impl IntoView {
    let boxes = boxes.into_any();
    view! {
        <FactorReview>
            {boxes}
            <p
                class="notice notice-info"
                role="status"
                data-all=words.all
                data-some=words.some
                data-none=words.none
            >
                {words.rule}
            </p>
        </FactorReview>
    }
}

#[island]
fn FactorReview(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let line: Element = part(root, "[role=status]")?;
    let (all, inside) = (root.clone(), root.get_elements_by_tag_name("input"));
    let tell = move || {
        let boxes =
            (0..inside.length()).filter_map(|at| inside.item(at)?.dyn_into::<HtmlInputElement>().ok());
        let (kept, gone): (Vec<_>, Vec<_>) = boxes.partition(HtmlInputElement::checked);
        let (class, word) = shape(kept.len(), gone.len());
        line.set_class_name(class);
        say(&line, &left(&line, word).replace("{kept}", &names(&kept)).replace("{gone}", &names(&gone)));
    };
    tell();
    hear(&all, "change", move |_| tell());
    Some(())
}

fn names(boxes: &[HtmlInputElement]) -> String {
    boxes.iter().map(|it| left(it, "data-method")).collect::<Vec<_>>().join(", ")
}

/// How it looks, and which sentence it is.
fn shape(kept: usize, gone: usize) -> (&'static str, &'static str) {
    match (kept, gone) {
        (0, _) => ("notice notice-warning", "data-none"),
        (_, 0) => ("notice notice-info", "data-all"),
        _ => ("notice notice-info", "data-some"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_losing_all_of_them_is_a_warning() {
        assert_eq!(shape(0, 2), ("notice notice-warning", "data-none"));
        assert_eq!(shape(1, 1), ("notice notice-info", "data-some"));
        assert_eq!(shape(2, 0), ("notice notice-info", "data-all"));
    }
}

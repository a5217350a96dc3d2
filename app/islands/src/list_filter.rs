//! The parts of a list, one link each: shows the part in place of the list, under the link's own address.

use crate::answer::{get, remember};
use crate::around::around;
use crate::dom::{hear, left, part, say};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlCollection, MouseEvent};

/// The list, wherever it stands in a page.
const LIST: &str = "[data-list]";

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct FilterWords {
    /// There are `{n}`.
    pub many: String,
    /// There is one.
    pub one: String,
    /// There is none.
    pub none: String,
}

/// Links inside a `nav`, and the list, whose rows are the `div`s of a `dl`.
pub fn list_filter(
    words: FilterWords,
    links: impl IntoView + 'static,
    list: impl IntoView + 'static,
) -> impl IntoView {
    let (links, list) = (links.into_any(), list.into_any());
    view! {
        <ListFilter>
            {links}
            <p class="visually-hidden" role="status" data-many=words.many data-one=words.one data-none=words.none></p>
            <div data-list="">{list}</div>
        </ListFilter>
    }
}

#[island]
fn ListFilter(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let nav: Element = part(root, "nav")?;
    let filter = Rc::new(Filter {
        root: root.clone(),
        links: nav.get_elements_by_tag_name("a"),
        heard: part(root, "[role=status]")?,
        asked: Cell::new(0),
    });
    let clicked = filter.clone();
    hear(&nav, "click", move |event| {
        if let Some(path) = followed(event) {
            event.prevent_default();
            spawn_local(clicked.clone().show(path, true));
        }
    });
    hear(&window(), "popstate", move |_| {
        if let Ok(path) = window().location().pathname() {
            spawn_local(filter.clone().show(path, false));
        }
    });
    Some(())
}

/// Where a plain click leads; whoever asks for a new tab gets one.
fn followed(event: &Event) -> Option<String> {
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a").ok()??;
    let click = event.dyn_ref::<MouseEvent>()?;
    let special = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    (click.button() == 0 && !special).then(|| left(&link, "href"))
}

struct Filter {
    root: Element,
    links: HtmlCollection,
    heard: Element,
    /// Counts what was asked for: only the last answer is shown.
    asked: Cell<u32>,
}

impl Filter {
    async fn show(self: Rc<Self>, path: String, forward: bool) {
        self.asked.set(self.asked.get().wrapping_add(1));
        let mine = self.asked.get();
        let answer = get(&path).await.filter(|answer| answer.is_at(&path));
        if self.asked.get() != mine {
            return;
        }
        // Without an answer, or with another page, the browser goes there itself and shows what it gets.
        if answer.and_then(|answer| answer.put(LIST)).is_none() {
            return drop(window().location().set_href(&path));
        }
        if forward {
            remember(&path);
        }
        self.mark(&path);
        self.count();
    }

    /// The link of the part that is shown.
    fn mark(&self, path: &str) {
        for link in (0..self.links.length()).filter_map(|at| self.links.item(at)) {
            // An attribute that is not taken leaves the words, which are right.
            let _refused = if left(&link, "href") == path {
                link.set_attribute("aria-current", "page")
            } else {
                link.remove_attribute("aria-current")
            };
        }
    }

    fn count(&self) {
        let list: Option<Element> = part(&self.root, "dl");
        let rows = list.map_or(0, |list| list.child_element_count());
        say(&self.heard, &said(rows, |name| left(&self.heard, name)));
    }
}

fn said(rows: u32, word: impl Fn(&'static str) -> String) -> String {
    match rows {
        0 => word("data-none"),
        1 => word("data-one"),
        n => word("data-many").replace("{n}", &n.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_a_sentence() {
        let word = |name: &str| format!("{name} {{n}}");
        assert_eq!(said(3, word), "data-many 3");
        assert_eq!(said(1, ToOwned::to_owned), "data-one");
        assert_eq!(said(0, ToOwned::to_owned), "data-none");
    }
}

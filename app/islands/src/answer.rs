//! Asking this house for a page without leaving the one that stands there. What is asked, and what comes back, is the
//! same as without script: the address of a link or form, and the whole page it leads to.

use crate::dom::hear;
use leptos::prelude::{document, window};
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DocumentFragment, Element, FormData, Headers, HtmlElement, HtmlFormElement, HtmlTemplateElement,
    RequestInit, Response, UrlSearchParams,
};

/// A page that came back, read but shown nowhere yet. Nothing in it runs or loads.
pub(crate) struct Answer {
    address: String,
    page: DocumentFragment,
}

/// Asks for a page; none when the house does not answer, or not well.
pub(crate) async fn get(path: &str) -> Option<Answer> {
    ask(path, &RequestInit::new()).await
}

/// Sends a form as the browser would.
pub(crate) async fn post(form: &HtmlFormElement) -> Option<Answer> {
    let fields = FormData::new_with_form(form).ok()?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_body(&body);
    ask(&form.action(), &how).await
}

async fn ask(address: &str, how: &RequestInit) -> Option<Answer> {
    let headers = Headers::new().ok()?;
    headers.set("accept", "text/html").ok()?;
    how.set_headers(&headers);
    let response = JsFuture::from(window().fetch_with_str_and_init(address, how)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    let html = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let page = document().create_element("template").ok()?.dyn_into::<HtmlTemplateElement>().ok()?;
    page.set_inner_html(&html);
    response.ok().then(|| Answer { address: response.url(), page: page.content() })
}

impl Answer {
    /// Whether this is the page at that path, and not another one we were led to.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        let origin = window().location().origin().unwrap_or_default();
        self.address.strip_prefix(&origin) == Some(path)
    }

    /// The first element of the page that fits.
    pub(crate) fn part(&self, selector: &str) -> Option<Element> {
        self.page.query_selector(selector).ok().flatten()
    }

    /// Puts its part where the same part of the page stands.
    pub(crate) fn put(&self, selector: &str) -> Option<()> {
        let (new, old) = (self.part(selector)?, document().query_selector(selector).ok().flatten()?);
        old.replace_with_with_node_1(&new).ok()
    }

    /// Makes it the page: header, content, title and address, with the focus on its heading, where a page that is
    /// loaded would be read from. Only for a page without islands, and under the policy of the page that stands there.
    pub(crate) fn show(&self) -> Option<()> {
        let title = self.part("title")?.text_content()?;
        let heading = self.part("main h1")?.dyn_into::<HtmlElement>().ok()?;
        self.put("header")?;
        self.put("main")?;
        document().set_title(&title);
        remember(&self.address);
        // The page before this one is not kept: a step back loads it.
        hear(&window(), "popstate", |_| drop(window().location().reload()));
        heading.set_tab_index(-1);
        heading.focus().ok()
    }
}

/// Gives the page as it is now an address, and a step back.
pub(crate) fn remember(address: &str) {
    if let Ok(history) = window().history() {
        // An address the browser refuses leaves the old one in place: nothing to do about it.
        let _refused = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

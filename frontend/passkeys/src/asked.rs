//! Asking this house what the browser is to do, at the address of the form that asks.

use crate::bytes::at;
use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, Headers, HtmlFormElement, RequestInit, Response, UrlSearchParams};

/// What it is to do.
pub(crate) struct Asked {
    /// The ceremony that the answer names.
    pub(crate) ceremony: String,
    /// The options of `navigator.credentials.create` or `get`; their bytes are text yet.
    pub(crate) options: JsValue,
}

/// Sends the form; none where the house has something else to say than a ceremony, or says nothing.
pub(crate) async fn ask(form: &HtmlFormElement) -> Option<Asked> {
    let fields = FormData::new_with_form(form).ok()?;
    let body = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    let how = RequestInit::new();
    how.set_method("POST");
    how.set_body(&body);
    how.set_headers(&headers);
    // Where it leads elsewhere, the browser goes there itself, and reads there what was left for it.
    how.set_redirect(web_sys::RequestRedirect::Error);
    let asking = web_sys::window()?.fetch_with_str_and_init(&form.get_attribute("action")?, &how);
    let response: Response = JsFuture::from(asking).await.ok()?.dyn_into().ok()?;
    let told = JsFuture::from(response.json().ok()?).await.ok()?;
    let options = JSON::parse(&at(&told, "options")?.as_string()?).ok()?;
    Some(Asked { ceremony: at(&told, "ceremony")?.as_string()?, options })
}

//! Bytes in JSON are base64url without padding; browsers take and give buffers.

use crate::base64url;
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// What stands at a name; none where there is nothing.
pub(crate) fn at(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name)).ok().filter(|found| !found.is_undefined() && !found.is_null())
}

/// Puts it there.
pub(crate) fn put(to: &JsValue, name: &str, value: &JsValue) -> Option<()> {
    Reflect::set(to, &JsValue::from_str(name), value).ok().filter(|done| *done).map(|_| ())
}

/// The same as text, for JSON.
pub(crate) fn text(buffer: &ArrayBuffer) -> JsValue {
    JsValue::from_str(&base64url::write(&Uint8Array::new(buffer).to_vec()))
}

/// Makes a buffer of the text at a name.
fn buffer(of: &JsValue, name: &str) -> Option<()> {
    let bytes = base64url::read(&at(of, name)?.as_string()?)?;
    put(of, name, &Uint8Array::from(bytes.as_slice()))
}

/// Makes buffers of all bytes in the options of `create` or `get`, where a browser wants them (WebAuthn 5.4, 5.5).
pub(crate) fn buffers(options: &JsValue) -> Option<()> {
    buffer(options, "challenge")?;
    if let Some(user) = at(options, "user") {
        buffer(&user, "id")?;
    }
    for list in ["excludeCredentials", "allowCredentials"] {
        let Some(keys) = at(options, list) else { continue };
        for key in keys.dyn_ref::<Array>()?.iter() {
            buffer(&key, "id")?;
        }
    }
    Some(())
}

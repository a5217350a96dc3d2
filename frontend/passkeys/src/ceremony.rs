//! Doing it: the browser's dialog, and its answer as JSON (WebAuthn 5.1).

use crate::asked::Asked;
use crate::bytes::{at, buffers, put, text};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, AuthenticatorAssertionResponse, AuthenticatorAttestationResponse, CredentialsContainer,
    DomException, PublicKeyCredential,
};

/// What the browser is to do with a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Make a new one.
    Create,
    /// Let one answer.
    Get,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failed {
    /// The window was closed, or took too long. Browsers do not tell which, on purpose.
    Closed,
    /// This device or key is registered already.
    Known,
    /// This browser has no passkeys, or not here.
    Unsupported,
}

impl Failed {
    /// Where the form has the words for it.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Closed => "data-closed",
            Self::Known => "data-known",
            Self::Unsupported => "data-unsupported",
        }
    }

    fn of(thrown: &JsValue) -> Self {
        match thrown.dyn_ref::<DomException>().map(DomException::name).as_deref() {
            Some("InvalidStateError") => Self::Known,
            Some("NotSupportedError" | "SecurityError") | None => Self::Unsupported,
            Some(_) => Self::Closed,
        }
    }
}

/// Whether this browser has what it takes.
pub(crate) fn supported() -> bool {
    web_sys::window().and_then(|window| at(&window.into(), "PublicKeyCredential")).is_some()
}

/// Does it; the answer as JSON. With `quietly` the browser offers passkeys where the user name is typed, until the signal
/// says stop.
pub(crate) async fn perform(
    act: Act,
    asked: &Asked,
    quietly: Option<&AbortSignal>,
) -> Result<String, Failed> {
    let keys = container().filter(|_| supported()).ok_or(Failed::Unsupported)?;
    prepare(&asked.options, quietly).ok_or(Failed::Unsupported)?;
    let options = asked.options.clone();
    let doing = match act {
        Act::Create => keys.create_with_options(options.unchecked_ref()),
        Act::Get => keys.get_with_options(options.unchecked_ref()),
    };
    let doing = doing.map_err(|thrown| Failed::of(&thrown))?;
    let answer = JsFuture::from(doing).await.map_err(|thrown| Failed::of(&thrown))?;
    let key: PublicKeyCredential = answer.dyn_into().map_err(|_| Failed::Closed)?;
    written(act, &key).ok_or(Failed::Unsupported)
}

fn container() -> Option<CredentialsContainer> {
    let navigator = web_sys::window()?.navigator();
    at(&navigator, "credentials").map(JsCast::unchecked_into)
}

fn prepare(options: &JsValue, quietly: Option<&AbortSignal>) -> Option<()> {
    buffers(&at(options, "publicKey")?)?;
    if let Some(signal) = quietly {
        put(options, "mediation", &JsValue::from_str("conditional"))?;
        put(options, "signal", signal)?;
    }
    Some(())
}

/// As `PublicKeyCredential.toJSON` would write it; that is younger than passkeys are.
fn written(act: Act, key: &PublicKeyCredential) -> Option<String> {
    let (whole, response) = (Object::new(), Object::new());
    match act {
        Act::Create => {
            let said: AuthenticatorAttestationResponse = key.response().dyn_into().ok()?;
            put(&response, "clientDataJSON", &text(&said.client_data_json()))?;
            put(&response, "attestationObject", &text(&said.attestation_object()))?;
            // Younger than the rest of it, too.
            if at(&said, "getTransports").is_some() {
                put(&response, "transports", &said.get_transports().unchecked_into::<Array>())?;
            }
        }
        Act::Get => {
            let said: AuthenticatorAssertionResponse = key.response().dyn_into().ok()?;
            put(&response, "clientDataJSON", &text(&said.client_data_json()))?;
            put(&response, "authenticatorData", &text(&said.authenticator_data()))?;
            put(&response, "signature", &text(&said.signature()))?;
            if let Some(owner) = said.user_handle() {
                put(&response, "userHandle", &text(&owner))?;
            }
        }
    }
    put(&whole, "id", &JsValue::from_str(&key.id()))?;
    put(&whole, "rawId", &text(&key.raw_id()))?;
    put(&whole, "type", &JsValue::from_str(&key.type_()))?;
    put(&whole, "response", &response)?;
    put(&whole, "clientExtensionResults", &key.get_client_extension_results())?;
    JSON::stringify(&whole).ok()?.as_string()
}

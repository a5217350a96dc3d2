//! The fields of the page that carries an answer to a service (HTTP-POST, SAML bindings 3.5).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::values::ReturnTo;

/// The form to be posted by the person's browser. Every value must be escaped as HTML.
#[derive(Clone, PartialEq, Eq)]
pub struct PostForm {
    /// The form's `action`.
    pub action: String,
    /// The field `SAMLResponse`.
    pub saml_response: String,
    /// The field `RelayState`, absent when the service sent none.
    pub relay_state: Option<String>,
}

impl std::fmt::Debug for PostForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostForm").field("action", &self.action).finish_non_exhaustive()
    }
}

impl PostForm {
    /// Packs a response for the service it answers.
    pub fn new(response_xml: &str, return_to: &ReturnTo) -> Self {
        Self {
            action: return_to.address.clone(),
            saml_response: STANDARD.encode(response_xml),
            relay_state: return_to.relay_state.clone(),
        }
    }
}

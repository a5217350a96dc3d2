//! What goes back to a service, and how it names a person.

use domain::registered::JobFunction;
use domain::relying_party::Attribute;

/// What goes back to a service, by the browser.
pub struct Outgoing {
    /// What people call the service.
    pub service: String,
    /// Where to.
    pub address: String,
    /// The form field `SAMLResponse`, base64.
    pub response: String,
    /// Given back unchanged.
    pub relay_state: Option<String>,
    /// The response's own id, for the log.
    pub message_id: String,
    /// It says no: nobody is signed in by it.
    pub refusal: bool,
}

impl core::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Outgoing")
            .field("address", &self.address)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

/// A person as an assertion names her. Its values say who she is, so `Debug` leaves them out.
#[derive(Clone)]
pub struct Named {
    /// The value of the name id, by the connection's rule.
    pub name_id: String,
    /// The organisation's name.
    pub organisation: String,
    /// What the connection releases of her.
    pub released: Vec<(Attribute, String)>,
    /// What she may do, where the connection is told.
    pub job_functions: Vec<JobFunction>,
}

impl core::fmt::Debug for Named {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let released: Vec<_> = self.released.iter().map(|(attribute, _)| attribute).collect();
        f.debug_struct("Named").field("released", &released).finish_non_exhaustive()
    }
}

/// Why a service gets a refusal instead of an assertion (status codes of SAML core 3.2.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Interaction is needed and was forbidden.
    NoPassive,
    /// The level cannot be reached.
    NoAuthnContext,
    /// The kind of name asked for is not given.
    InvalidNameIdPolicy,
    /// The person gave up or may not.
    AuthnFailed,
    /// The answer was wanted by another way than a form.
    UnsupportedBinding,
    /// The request is genuine and asks for something we do not do.
    RequestUnsupported,
}

//! Messages about logging out: through her browser, and from server to server.

use domain::Timestamp;
use domain::ids::FlowId;

/// What a browser brought to the address for logouts, byte for byte.
#[derive(Clone, Copy)]
pub enum Brought<'a> {
    /// A query (SAML bindings 3.4): the signature covers it as it stands.
    Query(&'a str),
    /// The body of a form (SAML bindings 3.5): the signature stands in the message.
    Form(&'a str),
}

impl core::fmt::Debug for Brought<'_> {
    /// Never the message: it holds a name.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Query(_) => "Query",
            Self::Form(_) => "Form",
        })
    }
}

/// Which sessions at a service are to end, asked through her browser.
#[derive(Clone)]
pub struct FrontAsk {
    /// The request's own id.
    pub id: String,
    /// The name the service knows her by.
    pub name_id: String,
    /// The sessions there, by the indexes we gave them.
    pub session_indexes: Vec<String>,
    /// The way out it belongs to, which the service gives back.
    pub walk: FlowId,
    /// When.
    pub at: Timestamp,
}

impl core::fmt::Debug for FrontAsk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FrontAsk").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a service that sent her to log out is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontAnswer {
    /// The answer's own id.
    pub id: String,
    /// The request it answers.
    pub in_response_to: String,
    /// Given back unchanged.
    pub relay_state: Option<String>,
    /// How it went.
    pub outcome: LogoutOutcome,
    /// When.
    pub at: Timestamp,
}

/// How a logout went that a service asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutOutcome {
    /// Every service of the session confirmed.
    Everywhere,
    /// The session here is over; not every service confirmed.
    Partly,
    /// Nobody by that name has a session in this browser: nothing ended.
    Nobody,
}

impl LogoutOutcome {
    /// A word for the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Partly => "partly",
            Self::Nobody => "nobody",
        }
    }
}

/// A message about logging out that her browser carries to a service.
#[derive(Clone, PartialEq, Eq)]
pub struct FrontMessage {
    /// What people call the service.
    pub service: String,
    /// Where to.
    pub address: String,
    /// How.
    pub way: Way,
    /// The message's own id.
    pub message_id: String,
}

impl core::fmt::Debug for FrontMessage {
    /// Never the address or the form: they hold a name.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("FrontMessage").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// How a browser carries a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// It stands in the address.
    Address,
    /// In these fields of a form.
    Form(Vec<(&'static str, String)>),
}

impl core::fmt::Debug for Way {
    /// Never what stands in the fields: a name.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(if matches!(self, Self::Address) { "Address" } else { "Form" })
    }
}

/// Which session at a service is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutAsk {
    /// The request's own id.
    pub id: String,
    /// The name the service knows her by.
    pub name_id: String,
    /// The session there, by the index we gave it.
    pub session_index: String,
    /// When.
    pub at: Timestamp,
}

/// A message for a service's back channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoapMessage {
    /// Where to; `https` outside of the demo.
    pub address: String,
    /// The envelope.
    pub body: String,
    /// The authority that vouches for the service's certificate on this line, as DER; none: the public ones.
    pub authority: Option<Vec<u8>>,
}

//! Mail and SMS: what carries what people are told.

use outbox::Gateway;
use serde::Deserialize;
use std::path::PathBuf;

/// Mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// The server: `smtps://…`, `smtp://…` (STARTTLS), plain only on loopback.
    pub(crate) server: String,
    /// Whose name letters bear.
    pub(crate) from: String,
}

/// SMS, through whichever gateway takes JSON over HTTP.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sms {
    /// Where messages are posted to, https.
    pub(crate) url: String,
    /// The file the bearer token is read from, such as a service credential.
    pub(crate) bearer_from: PathBuf,
    /// The body, with `{to}` or `{digits}`, `{text}` and `{id}` in its strings.
    pub(crate) body: serde_json::Value,
}

impl Sms {
    /// The gateway, with its token.
    pub(crate) fn gateway(&self) -> Result<Gateway, String> {
        let bearer = std::fs::read_to_string(&self.bearer_from)
            .map_err(|error| format!("sms: cannot read {}: {error}", self.bearer_from.display()))?;
        let gateway = Gateway { url: self.url.clone(), bearer, body: self.body.clone() };
        gateway.check(false).map_err(|unfit| unfit.to_string())?;
        Ok(gateway)
    }
}

//! HTTP to a broker: short, bounded, never redirected.

use crate::reason::Reason;
use core::time::Duration;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy};

const TIMEOUT: Duration = Duration::from_secs(10);
const LARGEST: usize = 256 * 1024;

/// A client whose TLS is done by aws-lc-rs.
pub(crate) fn client(local: bool) -> Result<Client, reqwest::Error> {
    // Fails only when the programme has chosen its provider already, which is the same one.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    #[expect(
        clippy::disallowed_methods,
        reason = "a broker is another machine: bounded, and led nowhere else"
    )]
    let builder = Client::builder()
        .timeout(TIMEOUT)
        .connect_timeout(TIMEOUT)
        .redirect(Policy::none())
        .user_agent(concat!("nsis-id/", env!("CARGO_PKG_VERSION")));
    // A proxy of the surroundings does not reach this machine itself.
    if local { builder.no_proxy() } else { builder }.build()
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) json: bool,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// The body of a good answer.
    pub(crate) fn good(self) -> Result<Self, Reason> {
        if self.status != StatusCode::OK {
            return Err(Reason::Status(self.status.as_u16()));
        }
        if self.json { Ok(self) } else { Err(Reason::Malformed("not JSON")) }
    }
}

/// Sends and reads at most 256 KiB.
pub(crate) async fn send(request: RequestBuilder) -> Result<Reply, Reason> {
    let request = request.header(ACCEPT, "application/json");
    let mut response = request.send().await.map_err(|_| Reason::Unreachable)?;
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let json = kind == "application/json" || kind.ends_with("+json");
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|_| Reason::Unreachable)? {
        if body.len() + part.len() > LARGEST {
            return Err(Reason::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok(Reply { status, json, body })
}

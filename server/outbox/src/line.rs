//! The line to services: a message out, an answer back, without a browser (SAML bindings 3.2).

use async_trait::async_trait;
use core::time::Duration;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE};
use reqwest::{Certificate, Client, ClientBuilder, StatusCode, Url, redirect::Policy};
use url::form_urlencoded;
use usecases::ports::oidc::LogoutPost;
use usecases::ports::saml::{LineDown, SoapLine, SoapMessage};

/// Somebody who just blocked her login waits for the answer, and other services wait behind this one.
const TIMEOUT: Duration = Duration::from_secs(5);
/// A `LogoutResponse` is 1 to 5 KB.
const LARGEST: usize = 64 * 1024;
/// What SAML demands of the header by which SOAP 1.1 says what the message is about (bindings 3.2.3.1).
const ACTION: &str = "http://www.oasis-open.org/committees/security";

/// Posts envelopes over TLS. Never follows a redirect: the address is what an administrator saved.
#[derive(Debug)]
pub struct HttpLine {
    client: Client,
    plain_on_loopback: bool,
}

/// The line cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the line to services cannot be made")]
pub struct NoLine(#[from] reqwest::Error);

impl HttpLine {
    /// A line; `plain_on_loopback` accepts http to this machine, for a demonstration only.
    ///
    /// # Errors
    /// [`NoLine`]
    pub fn new(plain_on_loopback: bool) -> Result<Self, NoLine> {
        // Fails only when the programme has chosen its provider already, which is the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        Ok(Self { client: builder().build()?, plain_on_loopback })
    }

    /// The connection's own authority counts alone; without one the public ones do.
    pub(crate) fn client(&self, authority: Option<&Vec<u8>>) -> Result<Client, LineDown> {
        let Some(authority) = authority else { return Ok(self.client.clone()) };
        let unusable = |_| LineDown("line-authority-unusable".to_owned());
        let authority = Certificate::from_der(authority).map_err(unusable)?;
        let builder = builder().tls_built_in_root_certs(false).add_root_certificate(authority);
        builder.build().map_err(unusable)
    }

    pub(crate) fn address(&self, address: &str) -> Result<Url, LineDown> {
        let url = Url::parse(address).map_err(|_| LineDown("line-address-unusable".to_owned()))?;
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() == "https" || (url.scheme() == "http" && local && self.plain_on_loopback) {
            Ok(url)
        } else {
            Err(LineDown("line-not-https".to_owned()))
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a service is another machine: bounded, and led nowhere else")]
fn builder() -> ClientBuilder {
    Client::builder()
        .timeout(TIMEOUT)
        .connect_timeout(TIMEOUT)
        .redirect(Policy::none())
        .no_proxy()
        .user_agent("nsis-id")
}

#[async_trait]
impl SoapLine for HttpLine {
    async fn ask(&self, message: &SoapMessage) -> Result<Vec<u8>, LineDown> {
        let unreachable = |_| LineDown("line-unreachable".to_owned());
        let request = self.client(message.authority.as_ref())?.post(self.address(&message.address)?);
        let request = request
            .header(CONTENT_TYPE, "text/xml; charset=utf-8")
            .header(CACHE_CONTROL, "no-cache, no-store")
            .header("SOAPAction", format!("\"{ACTION}\""))
            .body(message.body.clone());
        let mut response = request.send().await.map_err(unreachable)?;
        // SOAP 1.1 carries a fault on 500; no answer but a success can say that the session is over.
        if response.status() != StatusCode::OK {
            return Err(LineDown(format!("line-status-{}", response.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(unreachable)? {
            if body.len() + part.len() > LARGEST {
                return Err(LineDown("line-too-large".to_owned()));
            }
            body.extend_from_slice(&part);
        }
        Ok(body)
    }

    async fn tell(&self, message: &LogoutPost) -> Result<(), LineDown> {
        let request = self.client(message.authority.as_ref())?.post(self.address(&message.address)?);
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("logout_token", &message.token)
            .finish();
        let request = request
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(CACHE_CONTROL, "no-store")
            .body(form);
        let response = request.send().await.map_err(|_| LineDown("line-unreachable".to_owned()))?;
        match response.status() {
            // What some applications answer who have nothing to say (Back-Channel Logout 2.8).
            StatusCode::OK | StatusCode::NO_CONTENT => Ok(()),
            status => Err(LineDown(format!("line-status-{}", status.as_u16()))),
        }
    }
}

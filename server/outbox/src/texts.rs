//! SMS over HTTP, through whichever gateway the municipality has: what its JSON looks like is data.

use async_trait::async_trait;
use core::fmt;
use core::time::Duration;
use reqwest::header::HeaderName;
use reqwest::{Client, Url, redirect::Policy};
use serde_json::Value;
use usecases::ports::people::{NotSent, TextMessage, Texts};

/// Other messages wait behind this one.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Says that a message sent twice is one (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY: &str = "idempotency-key";

/// A gateway that takes messages.
#[derive(Clone)]
pub struct Gateway {
    /// Where messages are posted to.
    pub url: String,
    /// What stands after `Bearer`. Secret.
    pub bearer: String,
    /// The body; in every string of it `{to}` (`+4512345678`), `{digits}` (`4512345678`), `{text}` and `{id}` are
    /// filled in.
    pub body: Value,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Why a gateway cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadGateway {
    /// No https address.
    #[error("sms: url must be an https address, without a password in it")]
    Address,
    /// The body leaves out what a message is made of.
    #[error("sms: body must say {{to}} or {{digits}}, and {{text}}")]
    Body,
    /// Nothing to show the gateway.
    #[error("sms: the bearer token is empty")]
    Bearer,
    /// The client cannot be made.
    #[error("sms: the client cannot be made")]
    Client(#[from] reqwest::Error),
}

impl Gateway {
    /// Checks what can be checked without asking it; `plain_on_loopback` accepts http to this machine, for tests and
    /// demonstrations.
    ///
    /// # Errors
    /// [`BadGateway`]
    pub fn check(&self, plain_on_loopback: bool) -> Result<Url, BadGateway> {
        let url = Url::parse(&self.url).map_err(|_| BadGateway::Address)?;
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let safe = url.scheme() == "https" || (url.scheme() == "http" && local && plain_on_loopback);
        if !safe || url.host_str().is_none() || url.password().is_some() {
            return Err(BadGateway::Address);
        }
        let says = |name| is_filled_in(&self.body, name);
        if !(says("{to}") || says("{digits}")) || !says("{text}") {
            return Err(BadGateway::Body);
        }
        if self.bearer.trim().is_empty() {
            return Err(BadGateway::Bearer);
        }
        Ok(url)
    }
}

/// Posts messages to a gateway. Never follows a redirect: number and text go where the configuration says.
#[derive(Debug)]
pub struct HttpTexts {
    client: Client,
    url: Url,
    gateway: Gateway,
}

impl HttpTexts {
    /// To this gateway.
    ///
    /// # Errors
    /// [`BadGateway`]
    pub fn new(gateway: Gateway, plain_on_loopback: bool) -> Result<Self, BadGateway> {
        let url = gateway.check(plain_on_loopback)?;
        // Fails only when the programme has chosen its provider already, which is the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        #[expect(
            clippy::disallowed_methods,
            reason = "a gateway is another machine: bounded, and led nowhere else"
        )]
        let client = Client::builder()
            .timeout(TIMEOUT)
            .connect_timeout(TIMEOUT)
            .redirect(Policy::none())
            .no_proxy()
            .user_agent("nsis-id")
            .build()?;
        Ok(Self { client, url, gateway })
    }
}

#[async_trait]
impl Texts for HttpTexts {
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent> {
        let body = filled(&self.gateway.body, message).to_string();
        let request = self
            .client
            .post(self.url.clone())
            .bearer_auth(self.gateway.bearer.trim())
            .header("content-type", "application/json")
            .header(HeaderName::from_static(IDEMPOTENCY), message.id.as_str())
            .body(body);
        // What a gateway answers may repeat the number: nothing of it is told but its status.
        let answer = request.send().await.map_err(|error| {
            NotSent(
                if error.is_timeout() { "sms: no answer in time" } else { "sms: no connection" }.to_owned(),
            )
        })?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(NotSent(format!("sms: status {}", status.as_u16()))) }
    }
}

/// Whether a value somewhere in the body takes this; what a value is called is never filled in.
fn is_filled_in(shape: &Value, name: &str) -> bool {
    match shape {
        Value::String(text) => text.contains(name),
        Value::Array(parts) => parts.iter().any(|part| is_filled_in(part, name)),
        Value::Object(parts) => parts.values().any(|part| is_filled_in(part, name)),
        _ => false,
    }
}

/// The body with a message in it. What a person wrote is a value, never a piece of the shape.
fn filled(shape: &Value, message: &TextMessage) -> Value {
    match shape {
        Value::String(text) => Value::String(fill(text, message)),
        Value::Array(parts) => Value::Array(parts.iter().map(|part| filled(part, message)).collect()),
        Value::Object(parts) => {
            Value::Object(parts.iter().map(|(name, part)| (name.clone(), filled(part, message))).collect())
        }
        other => other.clone(),
    }
}

/// Left to right, once: a name that reads `{to}` stays what it is.
fn fill(shape: &str, message: &TextMessage) -> String {
    let digits = message.to.trim_start_matches('+');
    let known = [
        ("{to}", message.to.as_str()),
        ("{digits}", digits),
        ("{text}", message.text.as_str()),
        ("{id}", message.id.as_str()),
    ];
    let (mut written, mut rest) = (String::new(), shape);
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        written.push_str(before);
        match known.iter().find_map(|(name, value)| Some((after.strip_prefix(name)?, value))) {
            Some((left, value)) => {
                written.push_str(value);
                rest = left;
            }
            None => {
                written.push('{');
                rest = after.strip_prefix('{').unwrap_or_default();
            }
        }
    }
    written + rest
}

/// There is no gateway: what was queued while there was one is tried, given up and seen.
#[derive(Clone, Copy, Debug)]
pub struct NoTexts;

#[async_trait]
impl Texts for NoTexts {
    async fn send(&self, _message: &TextMessage) -> Result<(), NotSent> {
        Err(NotSent("sms: no gateway is configured".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message() -> TextMessage {
        TextMessage { id: "id-1".into(), to: "+4512345678".into(), text: "Hej {to} \"og\" {id}".into() }
    }

    fn gateway(url: &str, body: Value) -> Gateway {
        Gateway { url: url.into(), bearer: "hemmelig".into(), body }
    }

    #[test]
    fn the_shape_is_filled_once_and_values_stay_values() {
        let shape =
            json!({"recipients": [{"msisdn": "{digits}"}], "message": "{text}", "ref": "x-{id}", "n": 1});
        let body = filled(&shape, &message());
        let expected = json!({"recipients": [{"msisdn": "4512345678"}],
            "message": "Hej {to} \"og\" {id}", "ref": "x-id-1", "n": 1});
        assert_eq!(body, expected);
        assert_eq!(fill("{ {unknown} {to", &message()), "{ {unknown} {to");
    }

    #[test]
    fn plain_http_an_empty_token_and_a_body_without_its_parts_are_refused() {
        let good = json!({"to": "{to}", "text": "{text}"});
        assert!(gateway("https://sms.example/send", good.clone()).check(false).is_ok());
        assert!(gateway("http://127.0.0.1:9/", good.clone()).check(true).is_ok());
        for (url, plain) in [
            ("http://127.0.0.1:9/", false),
            ("http://sms.example/", true),
            ("sms", true),
            ("https://a:b@sms.example/", true),
        ] {
            assert!(matches!(gateway(url, good.clone()).check(plain), Err(BadGateway::Address)), "{url}");
        }
        for body in [json!({"text": "{text}"}), json!({"to": "{to}"})] {
            assert!(matches!(gateway("https://sms.example/", body).check(false), Err(BadGateway::Body)));
        }
        let silent = Gateway { bearer: " ".into(), ..gateway("https://sms.example/", good) };
        assert!(matches!(silent.check(false), Err(BadGateway::Bearer)));
        assert!(!format!("{:?}", message()).contains("Hej") && !format!("{silent:?}").contains("bearer"));
    }
}

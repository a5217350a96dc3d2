//! The way out: a signed request by redirect (SAML bindings 3.4.4.1).

use super::cookies::{TRIP, set};
use super::{Awaited, Counter, page, words};
use crate::lang::lang;
use crate::random;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{SignedDuration, Timestamp};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde::Deserialize;
use std::io::Write as _;
use std::sync::Arc;
use url::form_urlencoded;

/// How long an answer is awaited.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

#[derive(Deserialize)]
pub(super) struct Wish {
    /// Not empty: every factor shall be shown anew.
    #[serde(default)]
    igen: String,
}

/// Sends the browser to the identity provider.
pub(super) async fn sign_in(
    State(counter): State<Arc<Counter>>,
    headers: HeaderMap,
    wish: Result<Form<Wish>, FormRejection>,
) -> Response {
    let again = wish.is_ok_and(|Form(wish)| !wish.igen.is_empty());
    match depart(&counter, again) {
        Some((browser, address)) => {
            let cookie = [(SET_COOKIE, set(&counter, TRIP, &browser))];
            (cookie, Redirect::to(&address)).into_response()
        }
        None => page::refused(&counter, lang(&headers), words::NO_REQUEST),
    }
}

/// The browser's mark and where it goes; none when chance, room or the key fails.
fn depart(counter: &Counter, force: bool) -> Option<(String, String)> {
    let (now, entropy) = (counter.clock.now(), counter.entropy.as_ref());
    let [id, browser, relay_state] =
        [random::handle(entropy)?, random::handle(entropy)?, random::handle(entropy)?];
    let id = format!("_{id}");
    let query = signed(counter, &message(counter, &id, force, now), &relay_state)?;
    let awaited = Awaited { browser: browser.clone(), relay_state };
    counter
        .awaited
        .put(id, awaited, now, PATIENCE)
        .then(|| (browser, format!("{}?{query}", counter.idp.single_sign_on)))
}

fn message(counter: &Counter, id: &str, force: bool, now: Timestamp) -> String {
    let force = if force { r#" ForceAuthn="true""# } else { "" };
    format!(
        r#"<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{now:.0}" Destination="{}" AssertionConsumerServiceURL="{}" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"{force}><saml:Issuer>{}</saml:Issuer><samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>https://data.gov.dk/concept/core/nsis/loa/Substantial</saml:AuthnContextClassRef></samlp:RequestedAuthnContext></samlp:AuthnRequest>"#,
        counter.idp.single_sign_on,
        counter.consumer(),
        counter.entity_id(),
    )
}

/// The query, whose signature covers its own bytes in this order.
fn signed(counter: &Counter, message: &str, relay_state: &str) -> Option<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(message.as_bytes()).ok()?;
    let request = STANDARD.encode(encoder.finish().ok()?);
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("SAMLRequest", &request)
        .append_pair("RelayState", relay_state)
        .append_pair("SigAlg", RSA_SHA256)
        .finish();
    let mut signature = vec![0; counter.pair.public_modulus_len()];
    counter.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), query.as_bytes(), &mut signature).ok()?;
    let signature: String = form_urlencoded::byte_serialize(STANDARD.encode(signature).as_bytes()).collect();
    Some(format!("{query}&Signature={signature}"))
}

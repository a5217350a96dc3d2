//! The token endpoint: a code, once, within a minute, by the client that began.

use crate::json::json as answer;
use crate::memory::TOKEN_LIFE;
use crate::{Desk, claims, random};
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use url::form_urlencoded;

#[derive(Deserialize)]
pub(crate) struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
}

/// Exchanges a code.
pub(crate) async fn token(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    form: Result<Form<Exchange>, FormRejection>,
) -> Response {
    if !is_client(&headers, &desk) {
        let challenge = [(WWW_AUTHENTICATE, "Basic")];
        return (challenge, refused(StatusCode::UNAUTHORIZED, "invalid_client")).into_response();
    }
    let Ok(Form(form)) = form else { return bad("invalid_request") };
    if form.grant_type != "authorization_code" {
        return bad("unsupported_grant_type");
    }
    exchange(&desk, &form).unwrap_or_else(|| bad("invalid_grant"))
}

fn exchange(desk: &Desk, form: &Exchange) -> Option<Response> {
    let now = desk.config.clock.now();
    // Taken even when the rest is wrong: a guess costs the code.
    let grant = desk.memory.codes.take(&form.code, now)?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form.code_verifier));
    if form.redirect_uri != desk.config.redirect_uri || challenge != grant.request.challenge {
        return None;
    }
    let access_token = random::handle(desk.config.entropy.as_ref())?;
    let id_token = desk.key.as_ref()?.sign(&claims::signed(desk, &grant, &access_token, now))?;
    let scope = grant.request.scopes.join(" ");
    if !desk.memory.tokens.put(access_token.clone(), grant, now, TOKEN_LIFE) {
        return None;
    }
    let tokens = json!({
        "id_token": id_token,
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": TOKEN_LIFE.as_secs(),
        "scope": scope,
    });
    Some(answer(StatusCode::OK, &tokens))
}

/// `client_secret_basic`, both halves form-encoded (RFC 6749 section 2.3.1).
fn is_client(headers: &HeaderMap, desk: &Desk) -> bool {
    let given = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|value| STANDARD.decode(value).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let Some((id, secret)) = given.as_deref().and_then(|pair| pair.split_once(':')) else { return false };
    let decoded = |text: &str| {
        form_urlencoded::parse(format!("x={text}").as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    decoded(id).as_deref() == Some(desk.config.client_id.as_str())
        && decoded(secret).as_deref() == Some(desk.config.client_secret.as_str())
}

fn refused(status: StatusCode, error: &str) -> Response {
    answer(status, &json!({ "error": error }))
}

fn bad(error: &str) -> Response {
    refused(StatusCode::BAD_REQUEST, error)
}

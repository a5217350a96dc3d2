//! Userinfo.

use crate::json::json;
use crate::{Desk, claims};
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Answers who holds a token.
pub(crate) async fn userinfo(State(desk): State<Arc<Desk>>, headers: HeaderMap) -> Response {
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "));
    let grant = token.and_then(|token| desk.memory.tokens.look(token, desk.config.clock.now()));
    match grant.and_then(|grant| claims::userinfo(&desk, &grant)) {
        Some(claims) => json(StatusCode::OK, &claims),
        None => {
            let challenge = [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
            (StatusCode::UNAUTHORIZED, challenge).into_response()
        }
    }
}

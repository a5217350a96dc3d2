//! A request to begin a sign-in (OIDC Core 3.1.2.1; RFC 6749 4.1.1; RFC 7636 4.3; RFC 9700).

use crate::claims::{self, NotNamed};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::VisitId;
use domain::oidc::client::{Claim, Client};
use domain::oidc::refusal::ErrorCode::{
    InvalidRequest, InvalidScope, RequestNotSupported, UnmetAuthenticationRequirements,
    UnsupportedResponseType,
};
use domain::oidc::refusal::{ErrorCode, Refusal};
use domain::oidc::request::{AnswerTo, Asked, AuthorizeRequest, Mode};
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use usecases::ports::oidc::{NotAsked, Parameters};

/// As for `RelayState` (security decision 4).
const LONGEST_STATE: usize = 2048;
/// A nonce is 16 to 64 characters in every library.
const LONGEST_NONCE: usize = 512;
/// No authentication is older.
const LONGEST_AGE: i64 = 366 * 24 * 3600;
/// A user name is shorter.
const LONGEST_HINT: usize = 64;
/// Scopes that mean something here.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "organisation"];

/// Reads a request of this client. `hint` reads an id token of ours.
///
/// # Errors
/// [`NotAsked`]; its answer is set once the redirect URI is the client's own.
pub fn read(
    parameters: &Parameters,
    client: &Client,
    now: Timestamp,
    hint: impl FnOnce(&str) -> Option<VisitId>,
) -> Result<AuthorizeRequest, NotAsked> {
    let get = |name: &str| parameters.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let redirect_uri = get("redirect_uri").filter(|address| client.redirects_to(address));
    let Some(redirect_uri) = redirect_uri else {
        return Err(NotAsked { refusal: Refusal::new(InvalidRequest, "redirect-uri"), answer: None });
    };
    let mode = match get("response_mode") {
        Some("form_post") => Mode::FormPost,
        _ => Mode::Query,
    };
    let state = get("state").filter(|state| state.len() <= LONGEST_STATE).map(str::to_owned);
    let answer = AnswerTo { redirect_uri: redirect_uri.to_owned(), mode, state };
    let asking = Asking { get: &get, client, now };
    asking
        .read(answer.clone(), hint)
        .map_err(|(code, why)| NotAsked { refusal: Refusal::new(code, why), answer: Some(Box::new(answer)) })
}

type No = (ErrorCode, &'static str);

struct Asking<'a> {
    get: &'a dyn Fn(&str) -> Option<&'a str>,
    client: &'a Client,
    now: Timestamp,
}

impl<'a> Asking<'a> {
    fn read(
        &self,
        answer: AnswerTo,
        hint: impl FnOnce(&str) -> Option<VisitId>,
    ) -> Result<AuthorizeRequest, No> {
        self.shape()?;
        let scopes = self.scopes()?;
        let prompt = self.prompt()?;
        let max_age = self.max_age()?;
        let named = match self.get("claims").map(claims::read).transpose() {
            Ok(named) => named.unwrap_or_default(),
            Err(NotNamed::Malformed) => return Err((InvalidRequest, "claims")),
            Err(NotNamed::Unmet) => return Err((UnmetAuthenticationRequirements, "acr")),
        };
        let wished = claims::lowest(self.get("acr_values").unwrap_or_default().split(' '));
        let by_scope =
            Claim::ALL.into_iter().filter(|claim| scopes.iter().any(|scope| scope == claim.scope()));
        let userinfo: BTreeSet<Claim> = named.userinfo.into_iter().chain(by_scope).collect();
        let hint = match self.get("id_token_hint").map(hint) {
            Some(None) => return Err((InvalidRequest, "hint")),
            Some(Some(visit)) => Some(visit),
            None => None,
        };
        Ok(AuthorizeRequest {
            relying_party: self.client.id,
            display_name: self.client.display_name.clone(),
            answer,
            nonce: self.get("nonce").map(str::to_owned),
            challenge: self.challenge()?,
            scopes,
            asked: Asked { userinfo, id_token: named.id_token },
            level: wished.max(named.level),
            force: prompt.force || max_age == Some(SignedDuration::ZERO),
            passive: prompt.passive,
            max_age,
            hint,
            login_hint: self.login_hint(),
            languages: self.languages(),
            at: self.now,
        })
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        (self.get)(name)
    }

    /// The form of the request and of its answer.
    fn shape(&self) -> Result<(), No> {
        if self.get("request").is_some() {
            return Err((RequestNotSupported, "request-object"));
        }
        if !matches!(self.get("response_mode"), None | Some("query" | "form_post")) {
            return Err((InvalidRequest, "response-mode"));
        }
        if self.get("state").is_some_and(|state| state.len() > LONGEST_STATE) {
            return Err((InvalidRequest, "state"));
        }
        if self.get("nonce").is_some_and(|nonce| nonce.len() > LONGEST_NONCE) {
            return Err((InvalidRequest, "nonce"));
        }
        match self.get("response_type") {
            Some("code") => Ok(()),
            Some(_) => Err((UnsupportedResponseType, "response-type")),
            None => Err((InvalidRequest, "response-type")),
        }
    }

    /// Those we know; `openid` must be among them.
    fn scopes(&self) -> Result<Vec<String>, No> {
        let asked: Vec<&str> = self.get("scope").unwrap_or_default().split(' ').collect();
        if !asked.contains(&"openid") {
            return Err((InvalidScope, "openid"));
        }
        Ok(SCOPES.into_iter().filter(|scope| asked.contains(scope)).map(str::to_owned).collect())
    }

    /// S256 and nothing else: `plain` shows what must stay secret, and none binds the code to nobody.
    fn challenge(&self) -> Result<[u8; 32], No> {
        let challenge = self.get("code_challenge").ok_or((InvalidRequest, "challenge-missing"))?;
        if self.get("code_challenge_method") != Some("S256") {
            return Err((InvalidRequest, "challenge-method"));
        }
        let bytes = URL_SAFE_NO_PAD.decode(challenge).map_err(|_| (InvalidRequest, "challenge"))?;
        bytes.try_into().map_err(|_| (InvalidRequest, "challenge"))
    }

    fn prompt(&self) -> Result<Prompt, No> {
        let asked: Vec<&str> =
            self.get("prompt").unwrap_or_default().split(' ').filter(|it| !it.is_empty()).collect();
        if asked.iter().any(|it| !["none", "login", "consent", "select_account"].contains(it)) {
            return Err((InvalidRequest, "prompt"));
        }
        let passive = asked.contains(&"none");
        if passive && asked.len() > 1 {
            return Err((InvalidRequest, "prompt"));
        }
        // Nothing is asked about consent: what is released is decided with the connection. To choose another account
        // is to sign in anew.
        Ok(Prompt { passive, force: asked.contains(&"login") || asked.contains(&"select_account") })
    }

    fn max_age(&self) -> Result<Option<SignedDuration>, No> {
        let Some(text) = self.get("max_age") else { return Ok(None) };
        let seconds: i64 = text.parse().map_err(|_| (InvalidRequest, "max-age"))?;
        if !(0..=LONGEST_AGE).contains(&seconds) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err((InvalidRequest, "max-age"));
        }
        Ok(Some(SignedDuration::from_secs(seconds)))
    }

    /// Only put into a field she looks at before it is used.
    fn login_hint(&self) -> Option<String> {
        let hint = self.get("login_hint")?.trim();
        let fits = hint.len() <= LONGEST_HINT && !hint.chars().any(char::is_control);
        (fits && !hint.is_empty()).then(|| hint.to_owned())
    }

    fn languages(&self) -> Vec<String> {
        let asked = self.get("ui_locales").unwrap_or_default().split(' ');
        let shape = |tag: &&str| {
            (2..=16).contains(&tag.len())
                && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        asked.filter(shape).take(8).map(str::to_owned).collect()
    }
}

struct Prompt {
    passive: bool,
    force: bool,
}

#[cfg(test)]
#[path = "authorize_tests.rs"]
mod tests;

//! A browser: keeps cookies, posts forms of this house, follows nothing by itself.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderName, Method, Request, StatusCode};
use base64::Engine as _;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use tower::ServiceExt as _;
use url::form_urlencoded;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where it leads; empty when nowhere.
    pub(crate) to: String,
    pub(crate) body: String,
    /// The content security policy.
    pub(crate) policy: String,
}

/// What it is to do with a key.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) ceremony: String,
    pub(crate) options: String,
}

#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Every cookie it was told to keep, in the words it was told.
    pub(crate) told_to_keep: Vec<String>,
    /// What it says about where its forms come from.
    pub(crate) site: Option<&'static str>,
    /// What it wants to read.
    pub(crate) accept: &'static str,
    /// What it says about itself.
    pub(crate) agent: &'static str,
    /// Where its line comes from; this machine for none.
    pub(crate) address: Option<IpAddr>,
    /// Name and secret of an application.
    pub(crate) basic: Option<(String, String)>,
    /// An access token.
    pub(crate) bearer: Option<String>,
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        let cookies = BTreeMap::new();
        let site = Some("same-origin");
        let (accept, agent, told_to_keep) = ("text/html", "", Vec::new());
        Self { router, cookies, told_to_keep, site, accept, agent, address: None, basic: None, bearer: None }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(&Method::GET, path, &[]).await
    }

    /// Sends one of the house's forms.
    pub(crate) async fn post(&mut self, form: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(&Method::POST, &format!("/handling/{form}"), fields).await
    }

    /// Asks as the script does what it is to do with a key; gives the answer's JSON, or where it is sent instead.
    pub(crate) async fn ask(&mut self, form: &str, fields: &[(&str, &str)]) -> Result<Asked, String> {
        self.accept = "application/json";
        let answer = self.post(form, fields).await;
        self.accept = "text/html";
        if answer.status != StatusCode::OK {
            return Err(answer.to);
        }
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let [ceremony, options] =
            ["ceremony", "options"].map(|name| told.get(name).and_then(|it| it.as_str()).unwrap().to_owned());
        Ok(Asked { ceremony, options })
    }

    pub(crate) async fn send(&mut self, method: &Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(COOKIE, jar.join("; "));
        if let Some(site) = self.site {
            request = request.header("sec-fetch-site", site);
        }
        if let Some(address) = self.address {
            request = request.extension(ConnectInfo(SocketAddr::new(address, 443)));
        }
        if let Some((name, secret)) = &self.basic {
            let joined = base64::engine::general_purpose::STANDARD.encode(format!("{name}:{secret}"));
            request = request.header(AUTHORIZATION, format!("Basic {joined}"));
        }
        if let Some(token) = &self.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = request
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("accept", self.accept)
            .header("user-agent", self.agent)
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            self.told_to_keep.push(cookie.to_owned());
            let pair = cookie.split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let says = |name: HeaderName| response.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
        let (status, to) = (response.status(), says(LOCATION).unwrap_or_default());
        let policy = says(CONTENT_SECURITY_POLICY).unwrap_or_default();
        let body = to_bytes(response.into_body(), 4 << 20).await.unwrap();
        Answer { status, to, body: String::from_utf8_lossy(&body).into_owned(), policy }
    }
}

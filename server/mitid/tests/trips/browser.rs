use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use std::collections::BTreeMap;
use url::Url;

/// A browser without script: follows redirects and keeps cookies.
pub(crate) struct Browser {
    http: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        #[expect(clippy::disallowed_methods, reason = "a browser asks other machines")]
        let http = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { http, cookies: BTreeMap::new() }
    }

    pub(crate) async fn get(&mut self, address: &str) -> Response {
        let request = self.http.get(address);
        self.send(request).await
    }

    pub(crate) async fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Response {
        let request = self.http.post(address).form(form);
        self.send(request).await
    }

    /// Follows redirects until one leads to the given address; gives that one.
    pub(crate) async fn follow_until(&mut self, start: &str, end: &str) -> String {
        let mut address = start.to_owned();
        for _ in 0..10 {
            let response = self.get(&address).await;
            let Some(next) = location(&response) else {
                panic!("stayed at {} with {}", response.url().path(), response.status());
            };
            if next.starts_with(end) {
                return next;
            }
            address = next;
        }
        panic!("too many redirects");
    }

    async fn send(&mut self, request: RequestBuilder) -> Response {
        let jar: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, jar.join("; ")).send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }
}

/// Where a response leads, as an absolute address.
pub(crate) fn location(response: &Response) -> Option<String> {
    let to = response.headers().get(LOCATION)?.to_str().unwrap();
    let base = Url::parse(response.url().as_str()).unwrap();
    Some(base.join(to).unwrap().into())
}

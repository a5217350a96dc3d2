//! Services and applications, and logins at them.

use super::life::Life;
use super::people::{browser_of, ops1};
use crate::{App, Application, receive};
use domain::audit::{Actor, EventKind};
use domain::oidc::client::Client;
use usecases::issue::issue;
use usecases::receive_request::Received;
use usecases::save_connection::{Settings, save_connection};

/// A service; it takes no messages about logging out.
pub(super) const ONE: &str = "https://no-line.example/one";
/// Another.
pub(super) const TWO: &str = "https://no-line.example/two";
/// An application, by its client id.
const APPLICATION: &str = "fagsystem";
const REFRESH: &str = r#", "grant_types": ["authorization_code", "refresh_token"]"#;

/// Nobody sits at this browser.
const EMPTY: u128 = 9010;

impl Life<'_> {
    /// Two services are connected.
    pub(super) async fn connect(&mut self) {
        for service in [ONE, TWO] {
            self.saves(service).await;
        }
    }

    /// One of them anew.
    pub(super) async fn reconnect(&mut self) {
        self.saves(ONE).await;
    }

    async fn saves(&mut self, service: &str) {
        let saved =
            save_connection(&self.rig.cx(), "ops1", "a service we use", service, Settings::default()).await;
        saved.expect("good metadata");
        self.note(EventKind::ConnectionSaved, ops1(), None).fact("service", service);
        self.letters().await;
    }

    /// Somebody logs in at services and at an application, and requests are refused.
    pub(super) async fn works_at_services(&mut self, n: u32) {
        self.logs_in_at_one(n).await;
        self.goes_on_to_two(n).await;
        self.requests_are_refused(n).await;
        self.uses_an_application(n).await;
        self.letters().await;
    }

    /// One of the crowd who walks signs in, and goes on to a service.
    pub(super) async fn uses_a_service(&mut self, n: u32) {
        self.sign_in_whatever_waits(n).await;
        let service = if self.chance.once_in(3) { TWO } else { ONE };
        let (cx, message) = (self.rig.browser(browser_of(n)), self.crowd.message());
        let received = receive(&cx, &format!("{service}|{message}")).await;
        assert!(matches!(received, Ok(Received::Answered(_))), "her session answers: {received:?}");
        self.asked(service, &message);
        let token = self.did(EventKind::TokenIssued, self.id(n));
        token.fact("service", service).fact("in-response-to", message).fact("level", "Substantial");
    }

    async fn logs_in_at_one(&mut self, n: u32) {
        let (rig, id) = (self.rig, self.id(n));
        let cx = rig.browser(browser_of(n));
        let received = receive(&cx, &format!("{ONE}|m1")).await.expect("a good request");
        let Received::SignIn(flow) = received else { panic!("nobody is signed in") };
        self.asked(ONE, "m1");
        rig.show_password(&cx, flow, n).await;
        let app = App::with_seed(&self.walkers[&n].secret);
        rig.show_code(browser_of(n), flow, &app).await;
        issue(&rig.browser(browser_of(n)), flow).await.expect("a token");
        self.did(EventKind::TokenIssued, id).fact("service", ONE).fact("level", "Substantial");
    }

    async fn goes_on_to_two(&mut self, n: u32) {
        let received = receive(&self.rig.browser(browser_of(n)), &format!("{TWO}|m2")).await;
        assert!(matches!(received, Ok(Received::Answered(_))), "her session answers");
        self.asked(TWO, "m2");
        self.did(EventKind::TokenIssued, self.id(n)).fact("service", TWO).fact("in-response-to", "m2");
    }

    fn asked(&mut self, service: &str, message: &str) {
        let asked = self.note(EventKind::RequestReceived, Actor::Unknown, None);
        asked.fact("service", service).fact("message", message);
    }

    /// Of a service nobody connected, with a wrong signature, for a level nobody has, and without anybody there.
    async fn requests_are_refused(&mut self, n: u32) {
        let cx = self.rig.browser(browser_of(n));
        for request in ["https://unknown.example|m3".to_owned(), format!("{ONE}|m4|forged")] {
            assert!(receive(&cx, &request).await.is_err(), "{request} is refused");
            self.note(EventKind::RequestRefused, Actor::Unknown, None);
        }
        let nobody = self.rig.browser(EMPTY);
        for (cx, message, special) in [(&cx, "m5", "high"), (&nobody, "m6", "passive")] {
            let refused = receive(cx, &format!("{ONE}|{message}|{special}")).await;
            assert!(matches!(refused, Ok(Received::Refuse(_))), "{special} is refused");
            self.asked(ONE, message);
            self.note(EventKind::RequestRefused, Actor::Unknown, None).fact("service", ONE);
        }
    }

    /// A code, tokens, newer tokens; the older ones shown once more hold her login.
    async fn uses_an_application(&mut self, n: u32) {
        let (rig, id) = (self.rig, self.id(n));
        let application: Application = rig.application(APPLICATION, REFRESH).await;
        let Client { client_id, .. } = &application.client;
        self.note(EventKind::ConnectionSaved, ops1(), None).fact("service", client_id);
        let cx = rig.browser(browser_of(n));
        let code = application.code(&cx, &[]).await;
        let asked = self.note(EventKind::ApplicationAsked, Actor::Unknown, None);
        asked.fact("service", client_id);
        self.did(EventKind::CodeIssued, id).fact("service", client_id);
        let tokens = application.exchange(&cx, &code).await.expect("tokens");
        self.did(EventKind::TokenIssued, id).fact("service", client_id).fact("generation", 1);
        let refresh = tokens.refresh_token.expect("a refresh token");
        application.refresh(&cx, &refresh).await.expect("newer tokens");
        self.did(EventKind::TokenRenewed, id).fact("service", client_id).fact("generation", 2);
        let again = application.refresh(&cx, &refresh).await;
        assert!(again.is_err(), "no token counts twice");
        self.note(EventKind::TokenReused, Actor::Unknown, Some(id)).fact("service", client_id);
        self.note(EventKind::ApplicationRefused, Actor::Unknown, None).fact("at", "token");
        self.fell(EventKind::Held, id).fact("origin", "security").fact("reason", "refresh-token-reused");
        let elsewhere = [("redirect_uri", "https://elsewhere.example/back")];
        let refused = application.ask(&rig.browser(EMPTY), &elsewhere).await;
        assert!(refused.is_err(), "nothing is sent to another address");
        self.note(EventKind::ApplicationRefused, Actor::Unknown, None).fact("at", "authorize");
    }
}

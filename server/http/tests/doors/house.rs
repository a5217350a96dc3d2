//! A house of fakes around a real file, behind the real router.

use crate::browser::Browser;
use app::desk::{Assets, Document, TextPage};
use axum::Router;
use domain::SignedDuration;
use domain::person::UserName;
use domain::role::RoleKind;
use http_edge::{Edge, Found, Library, Settings, Site, TermsText};
use std::sync::Arc;
use storage_sqlite::SqliteStore;
use testkit::{App, PASSWORD, Rig, good_answer, hr};
use text::Lang;
use usecases::roles::{Proposed, propose_role};
use usecases::save_connection::{Settings as Connection, save_connection};

/// The service that asks.
pub(crate) const SERVICE: &str = "https://sp.example";

struct Texts;
impl Library for Texts {
    fn terms_page(&self, _: Lang, page: u8) -> Option<TermsText> {
        Some(TermsText { heading: format!("Part {page}"), html: "<p>Be good.</p>".into() })
    }
    fn document(&self, _: Lang, _: Document) -> Option<TextPage> {
        Some(TextPage { title: "A text".into(), html: "<p>Words.</p>".into(), version: None })
    }
}

struct Files;
impl Site for Files {
    fn file(&self, path: &str) -> Option<Found> {
        let there = ["favicon.svg", "robots.txt", "pkg/x"].contains(&path);
        there.then(|| Found { bytes: b"file".as_slice().into() })
    }
}

/// The house, and what a test needs of it.
pub(crate) struct House {
    pub(crate) rig: Rig,
    pub(crate) router: Router,
    _folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("test.db")).await.unwrap();
        store.migrate().await.unwrap();
        let store = Arc::new(store);
        let rig = Rig::on(store.clone());
        let about = app::desk::House {
            municipality: "Nordby Kommune".into(),
            phone: "70 00 00 00".into(),
            mail: "desk@nordby.example".into(),
            phone_hours: [String::new(), String::new()],
            broker_origins: vec!["https://broker.example".into()],
            words: Vec::new(),
            demo: false,
            pilot: false,
            assets: Assets::default(),
        };
        let edge = Edge {
            house: Arc::clone(&rig.house),
            about: Arc::new(about),
            library: Arc::new(Texts),
            site: Arc::new(Files),
            settings: Arc::new(Settings { https: true, proxies: Vec::new(), demo: false }),
        };
        let router = http_edge::router(edge, store.browser_sessions(Arc::clone(&rig.house.clock)));
        let cx = rig.cx();
        let connected = save_connection(&cx, "ops1", "a new service", SERVICE, Connection::default());
        connected.await.unwrap();
        Self { rig, router, _folder: folder }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    pub(crate) fn wait(&self, minutes: i64) {
        self.rig.clock.advance(SignedDuration::from_mins(minutes));
    }

    /// An enrolment with the n-th person's link, as far as the first page of the terms; gives its flow.
    pub(crate) async fn begin(&self, browser: &mut Browser, n: u32) -> String {
        let token = self.rig.invite(n).await;
        let first = browser.post("begynd", &[("token", &token)]).await;
        first.to.split('/').nth(2).unwrap().to_owned()
    }

    /// Day one of the n-th person, by forms alone.
    pub(crate) async fn enrol(&self, browser: &mut Browser, n: u32) -> App {
        let flow = self.begin(browser, n).await;
        let flow = [("flow", flow.as_str())];
        let and = |more: &[(&'static str, &'static str)]| [&flow[..], more].concat();
        for page in ["1", "2", "3", "4"] {
            browser.post("vend", &and(&[("journey", "indrullering"), ("page", page)])).await;
        }
        browser.post("accepter", &and(&[("journey", "indrullering"), ("accept", "yes")])).await;
        let away = browser.post("bekraeft", &flow).await.to;
        let (_, state) = away.split_once("state=").unwrap();
        self.rig.mitid.answers(good_answer(&hr::cpr(n), self.rig.cx().now));
        browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await;
        browser.post("adgangskode", &and(&[("password", PASSWORD)])).await;
        let page = browser.get(&format!("/indrullering/{}/app", flow[0].1)).await.body;
        let (_, seed) = page.split_once("secret=").unwrap();
        let app = App::with_seed(seed.split(['&', '"']).next().unwrap());
        let code = app.code(self.rig.cx().now);
        let last = browser.post("app", &[flow[0], ("name", "Phone"), ("code", &code)]).await;
        assert!(last.to.ends_with("/tjek"), "{last:?}");
        browser.post("faerdig", &flow).await;
        app
    }

    /// The n-th person's password, in a sign-in of its own; gives the flow.
    pub(crate) async fn password(&self, browser: &mut Browser, n: u32) -> String {
        let name = format!("p{n}");
        let shown = browser.post("log-ind", &[("user_name", &name), ("password", PASSWORD)]).await;
        assert!(shown.to.ends_with("/kode"), "{shown:?}");
        shown.to.split('/').nth(2).unwrap().to_owned()
    }

    /// Signs the n-th person in to the portal.
    pub(crate) async fn sign_in(&self, browser: &mut Browser, n: u32, app: &App) {
        let flow = self.password(browser, n).await;
        self.rig.clock.advance(SignedDuration::from_secs(30));
        let code = app.code(self.rig.cx().now);
        let done = browser.post("kode", &[("flow", &flow), ("code", &code)]).await;
        assert_eq!(done.to, "/overblik");
    }

    /// A role that two operators want the n-th person to have; she has not accepted it.
    pub(crate) async fn propose(&self, n: u32) -> String {
        let name = UserName::try_from(format!("p{n}").as_str()).unwrap();
        let mut last = None;
        for operator in ["ops1", "ops2"] {
            let proposed = propose_role(&self.rig.cx(), operator, &name, RoleKind::Auditor, "needed").await;
            last = Some(proposed.unwrap());
        }
        match last {
            Some(Proposed::NeedsAcceptance(id)) => id.to_string(),
            _ => unreachable!("two operators proposed it"),
        }
    }
}

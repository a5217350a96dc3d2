//! A house of fakes around a real file, behind the real router.

use crate::browser::Browser;
use crate::cut::{Cut, Line};
use crate::soft::Maker;
use app::desk::{Assets, Document, TextPage};
use axum::Router;
use domain::SignedDuration;
use domain::factor::{Aaguid, ModelStatus, Models};
use domain::password::Password;
use domain::person::UserName;
use domain::role::RoleKind;
use http_edge::{Edge, Found, Library, Settings, Site};
use std::sync::Arc;
use storage_sqlite::SqliteStore;
use testkit::{App, PASSWORD, PlainOutside, Rig, fresh_file, good_answer, hr};
use text::Lang;
use usecases::block_by_password::block_by_password;
use usecases::lately::Watch;
use usecases::ports::store::Store;
use usecases::roles::{Proposed, propose_role};
use usecases::save_connection::{Settings as Connection, save_connection};
use webauthn::{Keys, Metadata, ModelStatement};

/// The service that asks.
pub(crate) const SERVICE: &str = "https://sp.example";
/// One that is told of logouts through browsers alone.
pub(crate) const FRONT: &str = "https://front.no-line.example";

struct Texts;
impl Library for Texts {
    fn rendered(&self, markdown: &str) -> String {
        format!("<p>{markdown}</p>")
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
    /// To the database, for everything but browsers' records.
    pub(crate) line: Line,
    /// The same for these.
    pub(crate) records: Line,
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::around(Rig::on, None, SERVICE).await
    }

    /// A house whose accessibility statement stands at this address.
    pub(crate) async fn with_statement(address: &str) -> Self {
        Self::around(Rig::on, Some(address.to_owned()), SERVICE).await
    }

    /// The one model [`House::with_good_model`] knows.
    pub(crate) const MODEL: u128 = 7;

    /// A house that knows one good model of passkeys.
    pub(crate) async fn with_good_model() -> Self {
        let model = Aaguid::read(uuid::Uuid::from_u128(Self::MODEL)).unwrap();
        let models = Models::default().knowing([(model, ModelStatus::Good)].into());
        Self::around(|store| Rig::on(store).knowing(models), None, SERVICE).await
    }

    /// A house that asks keys of this address and verifies their answers in earnest, and the maker of the good model.
    pub(crate) async fn in_earnest(site: &str) -> (Self, Maker) {
        let model = uuid::Uuid::from_u128(Self::MODEL);
        let maker = Maker::of(model);
        let roots = vec![maker.root.clone()];
        let statement = ModelStatement { model, name: "Model".into(), roots, status: ModelStatus::Good };
        let keys = Keys::of(site, "Nordby Kommune", Metadata::of([statement]).unwrap()).unwrap();
        let known = [(Aaguid::read(model).unwrap(), ModelStatus::Good)].into();
        let models = Models::default().knowing(known);
        let rig = move |store| Rig::on(store).with_keys(Arc::new(keys)).knowing(models);
        (Self::around(rig, None, SERVICE).await, maker)
    }

    /// A house where an export that reads more than so many places is ordered.
    pub(crate) async fn reading_at_once(places: u64) -> Self {
        Self::around(|store| Rig::on(store).reading_at_once(places), None, SERVICE).await
    }

    /// A house whose records are also kept there; nobody has compared the two.
    pub(crate) async fn keeping(place: PlainOutside) -> Self {
        Self::around(|store| Rig::on(store).keeping(Arc::new(place)), None, SERVICE).await
    }

    /// A house that speaks real SAML by this wire, at this time, connected to the service of this metadata.
    pub(crate) async fn speaking(wire: saml::port::Wire, now: &str, metadata: &str) -> Self {
        let rig = |store| {
            let rig = Rig::on(store).with_saml(Arc::new(wire));
            rig.clock.set(now);
            rig
        };
        Self::around(rig, None, metadata).await
    }

    async fn around(
        rig: impl FnOnce(Arc<dyn Store>) -> Rig,
        accessibility_statement: Option<String>,
        metadata: &str,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&fresh_file(folder.path()).await).await.unwrap();
        store.migrate().await.unwrap();
        let store = Arc::new(store);
        let (line, records) = (Line::default(), Line::default());
        let behind: Arc<dyn Store> = store.clone();
        let rig = rig(Arc::new(Cut { line: line.clone(), behind })).in_folder(folder);
        let about = app::desk::House {
            municipality: "Nordby Kommune".into(),
            phone: "70 00 00 00".into(),
            mail: "desk@nordby.example".into(),
            phone_hours: [String::new(), String::new()],
            broker_origins: vec!["https://broker.example".into()],
            words: Vec::new(),
            demo: false,
            pilot: false,
            outages: Vec::new(),
            assets: Assets::default(),
        };
        let edge = Edge {
            house: Arc::clone(&rig.house),
            about: Arc::new(about),
            library: Arc::new(Texts),
            site: Arc::new(Files),
            settings: Arc::new(Settings {
                https: true,
                proxies: Vec::new(),
                certificate_header: None,
                demo: false,
                accessibility_statement,
            }),
            watch: Watch::default(),
        };
        let behind = store.browser_sessions(Arc::clone(&rig.house.clock));
        let router = http_edge::router(edge, Cut { line: records.clone(), behind });
        let cx = rig.cx();
        let connected = save_connection(&cx, "ops1", "a new service", metadata, Connection::default());
        connected.await.unwrap();
        Self { rig, router, line, records }
    }

    /// No question reaches the database.
    pub(crate) fn cut(&self) {
        self.line.cut_after(0);
        self.records.cut_after(0);
    }

    /// They all do again.
    pub(crate) fn mend(&self) {
        self.line.mend();
        self.records.mend();
    }

    /// Everything that lies in the database's files, as far as it is text.
    pub(crate) fn on_disk(&self) -> String {
        let files = std::fs::read_dir(self.rig.file().parent().unwrap()).unwrap();
        let bytes = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect::<Vec<u8>>();
        String::from_utf8_lossy(&bytes).into_owned()
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

    /// As far as the proof of who the n-th person is, in this enrolment.
    pub(crate) async fn prove(&self, browser: &mut Browser, flow: &str, n: u32) {
        let flow = [("flow", flow)];
        for page in ["1", "2", "3", "4"] {
            let page = [("journey", "indrullering"), ("page", page)];
            browser.post("vend", &[&flow[..], &page].concat()).await;
        }
        let accept = [("journey", "indrullering"), ("accept", "yes")];
        browser.post("accepter", &[&flow[..], &accept].concat()).await;
        let away = browser.post("bekraeft", &flow).await.to;
        let (_, state) = away.split_once("state=").unwrap();
        self.rig.mitid.answers(good_answer(&hr::cpr(n), self.rig.cx().now));
        browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await;
    }

    /// Day one of the n-th person, by forms alone.
    pub(crate) async fn enrol(&self, browser: &mut Browser, n: u32) -> App {
        let flow = self.begin(browser, n).await;
        self.prove(browser, &flow, n).await;
        let flow = [("flow", flow.as_str())];
        let and = |more: &[(&'static str, &'static str)]| [&flow[..], more].concat();
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

    /// Leaves for MitID by this form and comes back as the n-th person; gives the flow it opened.
    pub(crate) async fn back_from_mitid(&self, browser: &mut Browser, form: &str, n: u32) -> String {
        let away = browser.post(form, &[("go", "yes")]).await.to;
        let (_, state) = away.split_once("state=").unwrap();
        self.rig.mitid.answers(good_answer(&hr::cpr(n), self.rig.cx().now));
        let back = browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await;
        back.to.rsplit('/').next().unwrap().to_owned()
    }

    /// Connects a service that is told of logouts through browsers alone, by its entity id.
    pub(crate) async fn connect(&self, service: &str) {
        let cx = self.rig.cx();
        save_connection(&cx, "ops1", "a service", service, Connection::default()).await.unwrap();
    }

    /// Whoever is signed in here goes to a service that only her browser reaches, and signs out of the house; gives the flow
    /// of her way out.
    pub(crate) async fn left(&self, browser: &mut Browser) -> String {
        self.connect(FRONT).await;
        let answered = browser.get(&format!("/saml/sso?{FRONT}|left-1")).await;
        assert_eq!(answered.status, axum::http::StatusCode::OK, "{answered:?}");
        let out = browser.post("log-af", &[("go", "yes")]).await.to;
        out.strip_prefix("/log-af/").unwrap_or_else(|| unreachable!("no way out: {out}")).to_owned()
    }

    /// The n-th person enrols elsewhere, blocks her login there, and proves herself here.
    pub(crate) async fn proved_for(&self, browser: &mut Browser, form: &str, n: u32) -> String {
        self.enrol(&mut self.browser(), n).await;
        let password = Password::typed(PASSWORD.to_owned());
        block_by_password(&self.rig.cx(), &format!("p{n}"), password).await.unwrap();
        self.back_from_mitid(browser, form, n).await
    }

    /// The same, and opens it again, by forms alone; gives the flow of her new sheet.
    pub(crate) async fn reopened(&self, browser: &mut Browser, n: u32) -> String {
        let flow = self.proved_for(browser, "genaktiver", n).await;
        let flow = ("flow", flow.as_str());
        let page = format!("/genaktiver/{}", flow.1);
        let person = self.rig.person(n).await.id;
        let own = self.rig.look().await.apps_of(person).await.unwrap();
        let own = own.first().unwrap().0.id.to_string();
        for (form, more) in [
            ("genaktiver-adgangskode", Some(("password", "tolv gule tulipaner"))),
            ("genaktiver-loginmidler", Some(("keep[0]", own.as_str()))),
            ("genaktiver-aktivitet", None),
        ] {
            let fields: Vec<_> = [Some(flow), more].into_iter().flatten().collect();
            assert_eq!(browser.post(form, &fields).await.to, page, "{form}");
            assert_eq!(browser.get(&page).await.status, axum::http::StatusCode::OK, "{form}");
        }
        let opened = browser.post("genaktiver-aabn", &[flow]).await.to;
        let sheet = opened.strip_prefix("/koder/").unwrap_or_else(|| unreachable!("not opened: {opened}"));
        sheet.to_owned()
    }

    /// The question whether the n-th person's login is to be blocked, as MitID leads to it; gives its flow.
    pub(crate) async fn question(&self, browser: &mut Browser, n: u32) -> String {
        self.enrol(&mut self.browser(), n).await;
        let away = browser.post("spaer-mitid", &[("go", "yes")]).await.to;
        let (_, state) = away.split_once("state=").unwrap();
        self.rig.mitid.answers(good_answer(&hr::cpr(n), self.rig.cx().now));
        let asked = browser.get(&format!("/mitid/tilbage/test?state={state}&code=code")).await.to;
        asked.strip_prefix("/spaer/bekraeft/").unwrap().to_owned()
    }

    /// Asks to confirm again for this; gives the flow.
    pub(crate) async fn ask_step_up(&self, browser: &mut Browser, purpose: &str) -> String {
        let asked = browser.post("bekraeft-det-er-dig", &[("purpose", purpose)]).await.to;
        asked
            .strip_prefix("/konto/bekraeft/")
            .unwrap_or_else(|| unreachable!("not asked: {asked}"))
            .to_owned()
    }

    /// Confirms again for this with a fresh code; gives where that leads.
    pub(crate) async fn step_up(&self, browser: &mut Browser, app: &App, purpose: &str) -> String {
        let flow = self.ask_step_up(browser, purpose).await;
        self.rig.clock.advance(SignedDuration::from_secs(30));
        let code = app.code(self.rig.cx().now);
        browser.post("bekraeft-kode", &[("flow", &flow), ("code", &code)]).await.to
    }

    /// A link with which she goes on with her phone: the computer's flow, and the secret of the link.
    pub(crate) async fn link_for_a_phone(&self, browser: &mut Browser, app: &App) -> (String, String) {
        let step_up = self.step_up(browser, app, "factors").await;
        let step_up = step_up.rsplit('/').next().unwrap();
        let desk = browser.post("telefon", &[("flow", step_up)]).await.to;
        let page = browser.get(&desk).await.body;
        let link: String = page.split_once("/telefon/").unwrap().1.chars().take(64).collect();
        (desk.strip_prefix("/fortsaet/").unwrap().to_owned(), link)
    }

    /// A new private mail that waits for its code; gives the flow.
    pub(crate) async fn verifying(&self, browser: &mut Browser, app: &App, address: &str) -> String {
        let page = self.step_up(browser, app, "private-mail").await;
        let flow = page.rsplit('/').next().unwrap();
        let fields = [("flow", flow), ("kind", "private-mail"), ("address", address)];
        let sent = browser.post("kontakt", &fields).await.to;
        sent.split('/').nth(3).unwrap().to_owned()
    }

    /// The secret of a link in a letter to the n-th person.
    pub(crate) async fn notice(&self, n: u32) -> String {
        self.rig.letters().await;
        self.enrol(&mut self.browser(), n).await;
        let letters = self.rig.letters().await;
        letters.iter().find_map(|letter| letter.not_me()).unwrap().to_owned()
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

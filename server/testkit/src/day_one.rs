//! The way in and the daily sign-in, step by step, as seeded people walk them.

use crate::{Rig, good_answer, hr};
use domain::flow::{About, Flow};
use domain::ids::FlowId;
use domain::password::Password;
use domain::proofing::Purpose;
use domain::sign_in::{SignIn, Target};
use domain::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use totp_rs::{Builder, Secret, Totp};
use usecases::begin_enrolment::begin_enrolment;
use usecases::begin_sign_in::begin_sign_in;
use usecases::choose_password::choose_password;
use usecases::context::Cx;
use usecases::finish_enrolment::finish_enrolment;
use usecases::finish_proof::{Proved, finish_proof};
use usecases::ports::saml::Inbound;
use usecases::read_terms::{accept_terms, turn_page};
use usecases::register_app::{offer_app, register_app};
use usecases::show_code::{SignedIn, show_code};
use usecases::show_password::show_password;
use usecases::start_proof::start_proof;

/// The password everybody here chooses.
pub const PASSWORD: &str = "grøn cykel ved åen";

/// Somebody's authenticator app.
pub struct App(Totp);

impl core::fmt::Debug for App {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("App(…)")
    }
}

impl App {
    /// An app that scanned this seed, in base 32.
    pub fn with_seed(seed: &str) -> Self {
        let seed = Secret::try_from_base32(seed).expect("a seed in base 32");
        let named = Builder::new().with_secret(seed).with_issuer(Some("test")).with_account_name("test");
        Self(named.build().expect("an app"))
    }

    /// What it shows then.
    pub fn code(&self, now: Timestamp) -> String {
        self.0.generate(u64::try_from(now.as_second()).expect("after 1970")).to_string()
    }

    /// Six digits it shows neither then nor a minute around.
    pub fn wrong_code(&self, now: Timestamp) -> String {
        let around = (-60..=60).step_by(30).map(|off| self.code(now + SignedDuration::from_secs(off)));
        let around: Vec<String> = around.collect();
        (0..1_000_000)
            .map(|n: u32| format!("{n:06}"))
            .find(|code| !around.contains(code))
            .expect("one in a million")
    }
}

impl Rig {
    /// Imports the n-th seeded person and gives the secret part of her link.
    pub async fn invite(&self, n: u32) -> String {
        self.import(vec![hr::line(n)]).await.expect("a usual day");
        let letters = self.letters().await;
        letters.iter().find_map(|letter| letter.token()).expect("a welcome").to_owned()
    }

    /// Follows a link in the n-th browser.
    pub async fn begin(&self, browser: u128, token: &str) -> FlowId {
        begin_enrolment(&self.browser(browser), token).await.expect("a live link")
    }

    /// Turns every page but the last, on which the box stands.
    pub async fn read(&self, browser: u128, flow: FlowId) {
        for page in 1..=4 {
            turn_page(&self.browser(browser), flow, page).await.expect("the next page");
        }
    }

    /// Reads the terms and accepts them.
    pub async fn accept(&self, browser: u128, flow: FlowId) {
        self.read(browser, flow).await;
        accept_terms(&self.browser(browser), flow, true).await.expect("terms that were read");
    }

    /// Leaves for MitID; gives what the browser will bring back.
    pub async fn trip(&self, browser: u128, serves: Option<FlowId>) -> BTreeMap<String, String> {
        let purpose = if serves.is_some() { Purpose::Enrolment } else { Purpose::Finding };
        self.trip_for(browser, purpose, serves).await
    }

    /// The same, for any purpose.
    pub async fn trip_for(
        &self,
        browser: u128,
        purpose: Purpose,
        serves: Option<FlowId>,
    ) -> BTreeMap<String, String> {
        let cx = self.browser(browser);
        let address = start_proof(&cx, (purpose, serves), "da").await.expect("a trip");
        let (_, state) = address.split_once("state=").expect("a state");
        crate::ScriptedMitid::callback(state)
    }

    /// Proves in the n-th browser to be the p-th person.
    pub async fn prove_in(&self, browser: u128, flow: FlowId, p: u32) {
        let callback = self.trip(browser, Some(flow)).await;
        self.mitid.answers(good_answer(&hr::cpr(p), self.cx().now));
        let proved = finish_proof(&self.browser(browser), "test", &callback).await.expect("a good proof");
        assert_eq!(proved, Proved::Enrolment(flow));
    }

    /// An enrolment of the p-th person in the n-th browser, as far as the proof.
    pub async fn proved(&self, browser: u128, p: u32) -> FlowId {
        let token = self.invite(p).await;
        let flow = self.begin(browser, &token).await;
        self.accept(browser, flow).await;
        self.prove_in(browser, flow, p).await;
        flow
    }

    /// Chooses the password.
    pub async fn choose(&self, browser: u128, flow: FlowId) {
        let password = Password::typed(PASSWORD.to_owned());
        choose_password(&self.browser(browser), flow, password).await.expect("a good password");
    }

    /// Registers an app by one code.
    pub async fn register(&self, browser: u128, flow: FlowId) -> App {
        let cx = self.browser(browser);
        let app = App::with_seed(&offer_app(&cx, flow).await.expect("an offer").secret);
        register_app(&cx, flow, "Phone".to_owned(), &app.code(cx.now)).await.expect("a right code");
        app
    }

    /// The whole of day one of the p-th person in the n-th browser.
    pub async fn enrol(&self, browser: u128, p: u32) -> App {
        let flow = self.proved(browser, p).await;
        self.choose(browser, flow).await;
        let app = self.register(browser, flow).await;
        finish_enrolment(&self.browser(browser), flow).await.expect("everything is there");
        self.letters().await;
        app
    }

    /// A sign-in to the portal in the n-th browser, as far as the right password of the p-th person.
    pub async fn password_shown(&self, browser: u128, p: u32) -> FlowId {
        let flow = begin_sign_in(&self.browser(browser)).await.expect("a store");
        self.show_password(&self.browser(browser), flow, p).await;
        flow
    }

    /// A sign-in for a service in the browser of somebody signed in, right before its answer: what a code leaves behind.
    pub async fn before_answer(&self, cx: &Cx, query: &str) -> FlowId {
        let entity = cx.house.saml.claimed(Inbound::Redirect(query)).expect("a service").entity_id;
        let mut tx = self.change().await;
        let rp = tx.relying_party_by_entity(&entity).await.expect("a store").expect("a connection");
        let request = cx.house.saml.read(Inbound::Redirect(query), &rp, cx.now).expect("a request");
        let session = tx.session_in(cx.browser).await.expect("a store").expect("a session");
        let sign_in = SignIn::with_session(Target::Service(Box::new(request)), session.id);
        let flow = Flow::start(cx.handle().expect("chance"), cx.browser, About::SignIn(sign_in), cx.now);
        let flow = Flow { person: Some((session.person, session.epoch)), ..flow };
        tx.add_flow(&flow).await.expect("a flow");
        tx.commit().await.expect("a store");
        flow.id
    }

    /// Shows the right password of the p-th person.
    pub async fn show_password(&self, cx: &Cx, flow: FlowId, p: u32) {
        let password = Password::typed(PASSWORD.to_owned());
        show_password(cx, flow, &format!("p{p}"), password).await.expect("the right password");
    }

    /// Shows a code nobody has used, half a minute later.
    pub async fn show_code(&self, browser: u128, flow: FlowId, app: &App) -> SignedIn {
        self.clock.advance(SignedDuration::from_secs(30));
        let cx = self.browser(browser);
        show_code(&cx, flow, &app.code(cx.now)).await.expect("the right code")
    }

    /// Signs the p-th person in to the portal.
    pub async fn sign_in(&self, browser: u128, p: u32, app: &App) -> SignedIn {
        let flow = self.password_shown(browser, p).await;
        self.show_code(browser, flow, app).await
    }
}

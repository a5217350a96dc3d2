//! The sample service against our own identity provider, and against answers it must not believe.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test stops at the first surprise")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{Request, Response, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{SignedDuration, Timestamp};
use saml::attributes::{OIOSAML_3, Professional};
use saml::authn_request::{AuthnRequest, Expected, Vocabulary, check};
use saml::certificate::Certificate;
use saml::encrypt::{Encryption, Recipient};
use saml::error_response::{ErrorStatus, Failure};
use saml::keygen::{CertificateWish, self_signed, signing_key};
use saml::metadata::{IdentityProvider, Policy, ServiceProvider, read};
use saml::redirect::Unverified;
use saml::response::SignIn;
use saml::sign::SigningKey;
use saml::values::{Level, MessageId, NameId, NameIdFormat, ReturnTo};
use simulator::{DemoOnly, SampleService, ServiceConfig, Unmade};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use tower::ServiceExt as _;
use usecases::ports::chance::{Clock, Entropy, NoEntropy};
use usecases::ports::store::Stamp;

const HERE: &str = "http://localhost:3000/simulator/tjeneste";
const IDP: &str = "http://localhost:3000/saml/metadata";
const SSO: &str = "http://localhost:3000/saml/sso";
const NAME: &str =
    "https://data.gov.dk/model/core/eid/professional/uuid/3f2f7c5e-8a51-4d6f-9f44-0a6f5cf6c1d2";

fn start() -> Timestamp {
    "2026-11-21T20:00:00Z".parse().unwrap()
}

struct Hands(Mutex<Timestamp>);
impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

#[derive(Default)]
struct Counting(AtomicU8);
impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        bytes.fill(self.0.fetch_add(1, Ordering::SeqCst));
        Ok(())
    }
}

/// A key with its certificate; drawn once, since a key costs seconds.
struct Keys {
    pkcs8: Vec<u8>,
    certificate: Certificate,
}

fn keys(of: usize) -> &'static Keys {
    static KEYS: [OnceLock<Keys>; 3] = [const { OnceLock::new() }; 3];
    KEYS.get(of).unwrap().get_or_init(|| {
        let pkcs8 = signing_key().unwrap().to_vec();
        let wish = CertificateWish {
            common_name: "test",
            organisation: "Prøve Kommune",
            serial: [9; 16],
            not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
            not_after: "2029-01-01T00:00:00Z".parse().unwrap(),
        };
        let certificate = self_signed(&pkcs8, &wish).unwrap();
        Keys { pkcs8, certificate }
    })
}
const OURS: usize = 0;
const THE_SERVICES: usize = 1;
const A_STRANGERS: usize = 2;

fn signing(of: usize) -> SigningKey {
    SigningKey::new(&keys(of).pkcs8, keys(of).certificate.clone()).unwrap()
}

fn idp_metadata() -> String {
    IdentityProvider {
        entity_id: IDP,
        single_sign_on: SSO,
        single_logout: None,
        signing: &[keys(OURS).certificate.clone()],
        name_id_formats: &[NameIdFormat::Persistent],
        attributes: &[],
    }
    .to_xml()
    .unwrap()
}

fn config(clock: Arc<Hands>) -> ServiceConfig {
    ServiceConfig {
        address: HERE.into(),
        key: keys(THE_SERVICES).pkcs8.clone().into(),
        certificate: keys(THE_SERVICES).certificate.der().to_vec(),
        idp_metadata: idp_metadata(),
        clock,
        entropy: Arc::new(Counting::default()),
    }
}

/// The service, and the browser that visits it.
struct Visit {
    clock: Arc<Hands>,
    router: Router,
    cookies: Vec<String>,
}

/// What the identity provider was asked, as it understood it.
struct Asked {
    request: AuthnRequest,
    service: ServiceProvider,
}

impl Visit {
    fn begin() -> Self {
        let clock = Arc::new(Hands(Mutex::new(start())));
        let service =
            SampleService::router(DemoOnly::of(Stamp::Demo).unwrap(), config(clock.clone())).unwrap();
        Self { clock, router: Router::new().nest("/simulator/tjeneste", service), cookies: Vec::new() }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn wait(&self, minutes: i64) {
        let later = self.now() + SignedDuration::from_mins(minutes);
        *self.clock.0.lock().unwrap() = later;
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Response<Body> {
        let request = request.header(COOKIE, self.cookies.join("; ")).body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.cookies.push(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        response
    }

    async fn page(&mut self) -> String {
        let request = Request::get("/simulator/tjeneste").header("accept-language", "da");
        body(self.send(request, String::new()).await).await
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Response<Body> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(format!("/simulator/tjeneste/{path}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, body).await
    }

    /// Presses the button; the request is read as our identity provider reads it.
    async fn ask(&mut self, again: &str) -> Asked {
        let response = self.post("log-ind", &[("igen", again)]).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let address = response.headers()[LOCATION].to_str().unwrap().to_owned();
        let query = address.strip_prefix(&format!("{SSO}?")).unwrap();
        let policy = Policy { now: self.now(), http_on_loopback: true };
        let metadata = SampleService::metadata(HERE, keys(THE_SERVICES).certificate.der());
        let service = read(&metadata, policy).unwrap();
        let verified = Unverified::from_query(query).unwrap().verify(&service.signing).unwrap();
        let expected = Expected {
            service: &service,
            destination: SSO,
            name_id_formats: &[NameIdFormat::Persistent],
            vocabulary: Vocabulary::Nsis,
            now: self.now(),
        };
        let request = check(&verified, &expected).unwrap();
        Asked { request, service }
    }

    async fn answer(&mut self, xml: &str, relay_state: Option<&str>) -> Response<Body> {
        let response = STANDARD.encode(xml);
        self.post("svar", &[("SAMLResponse", &response), ("RelayState", relay_state.unwrap_or_default())])
            .await
    }
}

async fn body(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

/// An answer as our identity provider gives it, to be changed by a test.
struct Answer {
    return_to: ReturnTo,
    audience: String,
    issuer: &'static str,
    signer: usize,
    reader: Option<usize>,
    at: Timestamp,
    level: Option<Level>,
}

impl Answer {
    fn to(asked: &Asked) -> Self {
        Self {
            return_to: asked.request.return_to.clone(),
            audience: asked.service.entity_id.clone(),
            issuer: IDP,
            signer: OURS,
            reader: Some(THE_SERVICES),
            at: start(),
            level: Some(Level::Substantial),
        }
    }

    fn xml(&self) -> String {
        let professional = Professional {
            spec_version: OIOSAML_3,
            cvr: "29189897",
            org_name: "Prøve & Sønner <Kommune>",
            loa: self.level,
            ial: None,
            aal: None,
        };
        let reader =
            self.reader.map(|of| Recipient::new(&keys(of).certificate, Encryption::default()).unwrap());
        let sign_in = SignIn {
            response_id: &MessageId::from_random([1; 20]),
            assertion_id: &MessageId::from_random([2; 20]),
            issuer: self.issuer,
            audience: &self.audience,
            return_to: &self.return_to,
            name_id: &NameId {
                format: NameIdFormat::Persistent,
                value: NAME.to_owned(),
                confidential: false,
            },
            authenticated_at: self.at,
            session_index: "_session1",
            session_ends: self.at + SignedDuration::from_mins(60),
            class_ref: Level::Substantial.uri(),
            attributes: &professional.attributes(),
            now: self.at,
        };
        sign_in.to_response(&signing(self.signer), reader.as_ref()).unwrap()
    }

    fn relay_state(&self) -> Option<String> {
        self.return_to.relay_state.clone()
    }
}

#[tokio::test]
async fn a_good_answer_shows_all_that_stood_in_it_until_it_ends() {
    let mut visit = Visit::begin();
    assert!(visit.page().await.contains("Velkommen til Prøvetjenesten"));
    let asked = visit.ask("").await;
    assert!(!asked.request.force_authn);
    let answer = Answer::to(&asked);
    let taken = visit.answer(&answer.xml(), answer.relay_state().as_deref()).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    assert_eq!(taken.headers()[LOCATION], "/simulator/tjeneste");
    let page = visit.page().await;
    for said in [
        "Du er logget ind",
        "Betydelig (Substantial)",
        "29189897",
        "Prøve &amp; Sønner &lt;Kommune&gt;",
        NAME,
        "lørdag d. 21. nov. 2026 kl. 22.00",
    ] {
        assert!(page.contains(said), "{said}");
    }
    visit.wait(61);
    assert!(visit.page().await.contains("Velkommen til Prøvetjenesten"), "a visit ends with its session");
}

#[tokio::test]
async fn to_log_in_again_every_factor_is_asked_for() {
    let mut visit = Visit::begin();
    assert!(visit.ask("ja").await.request.force_authn);
}

#[tokio::test]
async fn an_answer_without_a_level_says_so() {
    let mut visit = Visit::begin();
    let asked = visit.ask("").await;
    let answer = Answer { level: None, ..Answer::to(&asked) };
    visit.answer(&answer.xml(), answer.relay_state().as_deref()).await;
    let page = visit.page().await;
    assert!(page.contains("Intet NSIS-niveau") && !page.contains("Betydelig ("), "{page}");
}

#[tokio::test]
async fn no_answer_is_believed_that_could_be_somebody_elses() {
    type Change = fn(Answer) -> Answer;
    let request = |it: Answer| {
        let request = MessageId::parse("_somebody_elses").unwrap();
        Answer { return_to: ReturnTo { request, ..it.return_to.clone() }, ..it }
    };
    let address = |it: Answer| {
        let address = format!("{HERE}/andet");
        Answer { return_to: ReturnTo { address, ..it.return_to.clone() }, ..it }
    };
    let cases: [(&str, Change, &str); 8] = [
        ("another request", request, "denne browser venter"),
        ("another address", address, "en anden tjeneste"),
        (
            "another audience",
            |it| Answer { audience: "https://other.example".into(), ..it },
            "en anden tjeneste",
        ),
        ("another issuer", |it| Answer { issuer: "https://other.example", ..it }, "ikke underskrevet"),
        ("a stranger's signature", |it| Answer { signer: A_STRANGERS, ..it }, "ikke underskrevet"),
        ("encrypted to somebody else", |it| Answer { reader: Some(A_STRANGERS), ..it }, "kan ikke læses"),
        ("not encrypted", |it| Answer { reader: None, ..it }, "kan ikke læses"),
        ("too old", |it| Answer { at: it.at - SignedDuration::from_mins(9), ..it }, "for gammelt"),
    ];
    for (what, change, words) in cases {
        let mut visit = Visit::begin();
        let asked = visit.ask("").await;
        let answer = change(Answer::to(&asked));
        let refused = visit.answer(&answer.xml(), answer.relay_state().as_deref()).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{what}");
        let page = body(refused).await;
        assert!(page.contains("Vi kunne ikke logge dig ind") && page.contains(words), "{what}: {page}");
        assert!(visit.page().await.contains("Velkommen til Prøvetjenesten"), "{what}");
    }
}

#[tokio::test]
async fn an_answer_is_heard_once_and_in_the_browser_that_asked() {
    let mut visit = Visit::begin();
    let asked = visit.ask("").await;
    let answer = Answer::to(&asked);
    let (xml, relay_state) = (answer.xml(), answer.relay_state());
    let cookies = std::mem::take(&mut visit.cookies);
    let elsewhere = visit.answer(&xml, relay_state.as_deref()).await;
    assert_eq!(elsewhere.status(), StatusCode::BAD_REQUEST, "without the cookie of the trip");
    visit.cookies = cookies;
    let again = visit.answer(&xml, relay_state.as_deref()).await;
    assert_eq!(again.status(), StatusCode::BAD_REQUEST, "an answer that was refused is spent");
    let asked = visit.ask("").await;
    let other_state = visit.answer(&Answer::to(&asked).xml(), Some("another")).await;
    assert_eq!(other_state.status(), StatusCode::BAD_REQUEST);
    assert!(body(other_state).await.contains("denne browser venter"));
}

#[tokio::test]
async fn a_signed_part_is_not_mixed_with_an_unsigned_one() {
    let mut visit = Visit::begin();
    let asked = visit.ask("").await;
    let answer = Answer::to(&asked);
    let readable = Answer { reader: None, ..Answer::to(&asked) }.xml();
    let (start, end) =
        (readable.find("<saml:Assertion").unwrap(), readable.find("</samlp:Response>").unwrap());
    let wrapped =
        answer.xml().replace("</samlp:Response>", &format!("{}</samlp:Response>", &readable[start..end]));
    let refused = visit.answer(&wrapped, answer.relay_state().as_deref()).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(visit.page().await.contains("Velkommen"));
}

#[tokio::test]
async fn a_refusal_of_the_identity_provider_is_told() {
    let mut visit = Visit::begin();
    let asked = visit.ask("").await;
    let failure = Failure {
        response_id: &MessageId::from_random([3; 20]),
        issuer: IDP,
        return_to: &asked.request.return_to,
        status: ErrorStatus::NoAuthnContext,
        now: start(),
    };
    let refusal = failure.to_response(&signing(OURS)).unwrap();
    let told = visit.answer(&refusal, asked.request.return_to.relay_state.as_deref()).await;
    assert!(body(told).await.contains("gav os ikke det, vi bad om"));
}

#[test]
fn it_stands_on_this_machine_only_and_in_the_demo_only() {
    let clock = Arc::new(Hands(Mutex::new(start())));
    let away = ServiceConfig { address: "https://tjeneste.example/sp".into(), ..config(clock) };
    let made = SampleService::router(DemoOnly::of(Stamp::Demo).unwrap(), away);
    assert_eq!(made.err(), Some(Unmade::NotHere));
    assert!(DemoOnly::of(Stamp::Pilot).is_none() && DemoOnly::of(Stamp::Production).is_none());
}

//! And what the house itself answers, by the real router, judged as its receivers judge it: by the checks of Denmark's
//! reference service, and by libxmlsec. In every profile: each kind of encryption, and each no.

use super::checker::{Awaited, Door, refusal_violations, violations};
use super::common::federations::{ENCRYPTIONS, EXACT, UNI_ID};
use super::common::{ACS, Request, SERVICE, service_keys, signed_query, signing};
use super::oracle::oracle;
use super::{NOW, carried, connect_as, metadata};
use crate::browser::Browser;
use crate::house::House;
use domain::audit::EventKind;
use domain::registered::{JobFunction, Registered, RegisteredLine};
use domain::relying_party::{Attribute, Encryption, Preset};
use saml::attributes::name;
use saml::values::Level;
use testkit::hr;
use usecases::register_people::register_people;
use usecases::save_connection::Settings as Connection;

/// A house with somebody signed in to it, whom every partner knows.
async fn with_somebody() -> (House, Browser) {
    let metadata = metadata(SERVICE, &service_keys().certificate, ACS);
    let house = House::speaking(signing(), NOW, &metadata).await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    let says = Registered {
        subject_name_id: Some(EXACT.to_owned()),
        uni_id: Some(UNI_ID.to_owned()),
        uuid: Some(uuid::Uuid::from_u128(7)),
        job_functions: vec![JobFunction::read("http://kommune.dk/roles/jobrole/laeser/1").unwrap()],
    };
    let line = RegisteredLine { line: 2, user_name: hr::line(1).user_name, says };
    register_people(&house.rig.cx(), &[line], [7; 32], &hr::operator("ops1")).await.unwrap();
    house.sign_in(&mut browser, 1, &app).await;
    (house, browser)
}

/// What is usual in this federation, encrypted so.
fn as_usual(preset: Preset, encryption: Encryption) -> Connection {
    Connection { preset: Some(preset), encryption: Some(encryption), ..Connection::default() }
}

/// The service is one of this federation from now on.
async fn becomes(house: &House, preset: Preset, encryption: Encryption) {
    let metadata = metadata(SERVICE, &service_keys().certificate, ACS);
    connect_as(house, &metadata, as_usual(preset, encryption)).await.unwrap();
}

/// A request of this id, made now.
fn request(house: &House, id: &str) -> Request {
    Request::good().with("ID", id).with("IssueInstant", house.rig.cx().now.to_string())
}

async fn answered(browser: &mut Browser, request: &Request) -> String {
    let query = signed_query(&request.xml(), Some("state"));
    carried(&browser.get(&format!("/saml/sso?{query}")).await)
}

fn awaited<'a>(house: &House, request: &'a str, preset: Preset) -> Awaited<'a> {
    let now = house.rig.cx().now;
    Awaited { request, now, lowest: Level::Substantial, door: Door::of(preset), cvr: "00000000" }
}

#[tokio::test]
async fn every_answer_of_the_running_house_passes_the_reference_checks_and_opens_elsewhere() {
    let (house, mut browser) = with_somebody().await;
    let mut answers = Vec::new();
    for preset in Preset::ALL {
        for encryption in ENCRYPTIONS {
            becomes(&house, preset, encryption).await;
            let id = format!("_{}-{encryption:?}", preset.word());
            let response = answered(&mut browser, &request(&house, &id)).await;
            let found = violations(&response, &awaited(&house, &id, preset));
            assert_eq!(found, Vec::<String>::new(), "{id}");
            answers.push(response);
        }
    }
    // The variant for SEB: besides the profile, who she is everywhere, and her number.
    let release = [Attribute::Mail, Attribute::Privileges, Attribute::Uuid, Attribute::Cpr];
    let seb =
        Connection { release: Some(release.into()), ..as_usual(Preset::Kombit, Encryption::Oaep256Gcm) };
    connect_as(&house, &metadata(SERVICE, &service_keys().certificate, ACS), seb).await.unwrap();
    let response = answered(&mut browser, &request(&house, "_seb")).await;
    assert_eq!(violations(&response, &awaited(&house, "_seb", Preset::Kombit)), Vec::<String>::new());
    answers.push(response);
    becomes(&house, Preset::Plain, Encryption::None).await;
    answers.push(answered(&mut browser, &request(&house, "_readable")).await);
    let assertions = oracle(&answers).unwrap();
    let level = format!(">{}<", Level::Substantial.word());
    assert!(assertions.iter().all(|it| it.contains("AttributeStatement") && it.contains(&level)));
    let seb = &assertions[assertions.len() - 2];
    for name in [name::PERSISTENT_UUID, name::CPR_NUMBER_IDENTIFIER] {
        assert!(seb.contains(&format!("Name=\"{name}\"")), "{name}: {seb}");
    }
    let issued = u64::try_from(answers.len()).unwrap();
    assert_eq!(house.rig.events(EventKind::TokenIssued).await, issued);
}

/// What is asked so that the house says no to a browser where somebody is signed in, and with what status.
fn refused(house: &House) -> Vec<(&'static str, Request, [&'static str; 2])> {
    let subject = "<saml:Subject><saml:NameID>somebody-else</saml:NameID></saml:Subject>";
    let policy = "<samlp:NameIDPolicy Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos\"/>";
    let high = format!(
        "<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>{}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>",
        Level::High.uri()
    );
    let artifact = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact";
    let of = |id| request(house, id);
    vec![
        ("_high", of("_high").inside(high), ["Responder", "NoAuthnContext"]),
        ("_other", of("_other").inside(subject), ["Responder", "AuthnFailed"]),
        ("_name", of("_name").inside(policy), ["Requester", "InvalidNameIDPolicy"]),
        ("_flag", of("_flag").with("ForceAuthn", "perhaps"), ["Requester", "RequestUnsupported"]),
        ("_binding", of("_binding").with("ProtocolBinding", artifact), ["Requester", "UnsupportedBinding"]),
    ]
}

#[tokio::test]
async fn every_no_of_the_running_house_passes_the_reference_checks_and_verifies_elsewhere() {
    let (house, mut browser) = with_somebody().await;
    let mut refusals = Vec::new();
    let mut judge = |response: String, (id, preset, status): (&str, Preset, [&str; 2])| {
        let found = refusal_violations(&response, &awaited(&house, id, preset), status);
        assert_eq!(found, Vec::<String>::new(), "{id} {preset:?}");
        refusals.push(response);
    };
    for preset in Preset::ALL {
        becomes(&house, preset, Encryption::Oaep256Gcm).await;
        for (what, request, status) in refused(&house) {
            let id = format!("{what}-{}", preset.word());
            let response = answered(&mut browser, &request.with("ID", id.as_str())).await;
            judge(response, (id.as_str(), preset, status));
        }
        let id = format!("_passive-{}", preset.word());
        let passive = request(&house, &id).with("IsPassive", "true");
        let response = answered(&mut house.browser(), &passive).await;
        judge(response, (id.as_str(), preset, ["Responder", "NoPassive"]));
        let id = format!("_forced-{}", preset.word());
        let query = signed_query(&request(&house, &id).with("ForceAuthn", "true").xml(), None);
        let asked = browser.get(&format!("/saml/sso?{query}")).await;
        let flow = asked.to.strip_prefix("/log-ind/").unwrap().to_owned();
        let given_up = browser.post("afbryd", &[("flow", &flow)]).await;
        let response = carried(&browser.get(&given_up.to).await);
        judge(response, (id.as_str(), preset, ["Responder", "AuthnFailed"]));
    }
    let verified = oracle(&refusals).unwrap();
    assert!(verified.iter().all(|it| it.contains(":status:") && !it.contains("Assertion ")));
    assert_eq!(house.rig.events(EventKind::TokenIssued).await, 0);
}

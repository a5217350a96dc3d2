//! Logging out through the browser: what strangers and services may send there, and what we send (SAML profiles 4.4).

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[cfg(test)]
mod common;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra::{DsigContext, KeysManager, dsig, keys::loader};
use common::*;
use domain::leaving::{LogoutAnswered, LogoutRequested, LogoutSaid};
use domain::relying_party::{FrontBinding, FrontLogout, NameIdRule, RelyingParty};
use proptest::prelude::*;
use saml::port::Wire;
use saml::redirect::Unverified;
use std::sync::OnceLock;
use usecases::ports::saml::{
    Brought, FrontAnswer, FrontAsk, FrontMessage, LogoutOutcome, NotTaken, SamlWire, Way,
};

const ID: &str = "019a0000-0000-7000-8000-000000000001";
const NAME: &str = "https://data.gov.dk/model/core/eid/professional/uuid/1";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

fn wire() -> &'static Wire {
    static WIRE: OnceLock<Wire> = OnceLock::new();
    WIRE.get_or_init(signing)
}

fn slo(binding: &str, location: &str, rest: &str) -> String {
    format!(
        "<md:SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:{binding}\" Location=\"{location}\"{rest}/>"
    )
}

fn connection_with(logouts: &str) -> RelyingParty {
    let role =
        [key_descriptor("", &service_keys().certificate, ""), logouts.to_owned(), consumer("0", ACS, "")];
    wire().connection(&service_metadata(SERVICE, &role.concat()), ID.parse().unwrap(), now()).unwrap()
}

fn connection(binding: FrontBinding) -> RelyingParty {
    let front = FrontLogout {
        binding,
        requests_to: "https://sp.example.dk/slo".to_owned(),
        answers_to: "https://sp.example.dk/slo/answer".to_owned(),
    };
    RelyingParty { front_logout: Some(front), ..connection_with("") }
}

/// A request that passes, to be changed by the test.
fn asks() -> Request {
    let name = format!("<saml:NameID Format=\"{PERSISTENT}\">{NAME}</saml:NameID>");
    let index = "<samlp:SessionIndex>_index1</samlp:SessionIndex>";
    Request { root: "LogoutRequest", ..Request::good() }
        .with("Destination", SLO)
        .without("AssertionConsumerServiceURL")
        .without("ProtocolBinding")
        .inside(format!("{name}{index}"))
}

/// An answer that passes.
fn answers() -> Request {
    Request { root: "LogoutResponse", ..asks() }.with("InResponseTo", "_ask1").inside(status(""))
}

fn status(second: &str) -> String {
    let code = "urn:oasis:names:tc:SAML:2.0:status";
    let second = if second.is_empty() {
        String::new()
    } else {
        format!("<samlp:StatusCode Value=\"{code}:{second}\"/>")
    };
    format!(
        "<samlp:Status><samlp:StatusCode Value=\"{code}:Success\">{second}</samlp:StatusCode></samlp:Status>"
    )
}

/// What is signed, whatever carries the message.
fn bare(message: &Request, relay_state: Option<&str>) -> String {
    let signed = to_be_signed(&message.xml(), relay_state, RSA_SHA256);
    if message.root == "LogoutResponse" {
        signed.replacen("SAMLRequest=", "SAMLResponse=", 1)
    } else {
        signed
    }
}

fn query(message: &Request) -> String {
    signed_by(service_keys(), &bare(message, Some("back")))
}

/// The message signed inside by these keys, over the element with this id, as a form carries it.
fn form(message: &Request, keys: &Keys, over: &str) -> String {
    let x = "http://www.w3.org/2000/09/xmldsig#";
    let template = format!(
        "<ds:Signature xmlns:ds=\"{x}\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>\
         <ds:SignatureMethod Algorithm=\"{RSA_SHA256}\"/><ds:Reference URI=\"#{over}\">\
         <ds:Transforms><ds:Transform Algorithm=\"{x}enveloped-signature\"/><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>\
         <ds:SignatureValue/></ds:Signature>"
    );
    let mut manager = KeysManager::new();
    manager.add_key(loader::load_pem_auto(keys.pem().as_bytes(), None).unwrap());
    let issuer = format!("{}{template}", message.issuer);
    let xml = dsig::sign::sign(&DsigContext::new(manager), &message.clone().issuer(issuer).xml()).unwrap();
    packed(message.root, &xml)
}

fn packed(root: &str, xml: &str) -> String {
    let field = if root == "LogoutResponse" { "SAMLResponse" } else { "SAMLRequest" };
    format!("{field}={}&RelayState=back", escape(&STANDARD.encode(xml)))
}

fn by_query(raw: &str) -> Result<LogoutSaid, NotTaken> {
    wire().read_logout(Brought::Query(raw), &connection(FrontBinding::Redirect), now())
}

fn by_form(raw: &str) -> Result<LogoutSaid, NotTaken> {
    wire().read_logout(Brought::Form(raw), &connection(FrontBinding::Post), now())
}

fn refused(said: Result<LogoutSaid, NotTaken>) -> String {
    match said {
        Err(NotTaken { reason, tell: None }) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

fn request(said: Result<LogoutSaid, NotTaken>) -> LogoutRequested {
    match said {
        Ok(LogoutSaid::Request(asked)) => asked,
        other => panic!("no request: {other:?}"),
    }
}

fn answer(said: Result<LogoutSaid, NotTaken>) -> LogoutAnswered {
    match said {
        Ok(LogoutSaid::Answer(answer)) => answer,
        other => panic!("no answer: {other:?}"),
    }
}

#[test]
fn a_good_request_is_heard_either_way() {
    for said in [by_query(&query(&asks())), by_form(&form(&asks(), service_keys(), "_request1"))] {
        let asked = request(said);
        assert_eq!(asked.message_id, "_request1");
        assert_eq!(asked.name_id.as_deref(), Some(NAME));
        assert_eq!(asked.session_indexes, ["_index1"]);
        assert_eq!(asked.relay_state.as_deref(), Some("back"));
    }
}

#[test]
fn who_claims_to_speak_is_read_before_the_signature_and_nothing_else_is() {
    for brought in [Brought::Query(&query(&asks())), Brought::Form(&form(&asks(), other_keys(), "_request1"))]
    {
        let claimed = wire().claimed_logout(brought).unwrap();
        assert_eq!((claimed.entity_id.as_str(), claimed.message_id.as_str()), (SERVICE, "_request1"));
    }
}

#[test]
fn an_answer_says_whether_it_is_over_and_which_walk_it_belongs_to() {
    let walk = ID;
    let signed = |message: &Request| signed_by(service_keys(), &bare(message, Some(walk)));
    let said = answer(by_query(&signed(&answers())));
    assert_eq!((said.in_response_to.as_str(), said.refused.as_deref()), ("_ask1", None));
    assert_eq!(said.walk.map(|walk| walk.to_string()).as_deref(), Some(walk));
    let partly = answer(by_query(&signed(&answers().inside(status("PartialLogout")))));
    assert_eq!(partly.refused.as_deref(), Some("logout-partial"));
    let no = answers().inside(status("").replace("Success", "Responder"));
    assert_eq!(answer(by_query(&signed(&no))).refused.as_deref(), Some("logout-refused"));
    let bare = answer(by_query(&signed(&answers().inside(""))));
    assert_eq!(bare.refused.as_deref(), Some("logout-refused"), "silence is no yes");
    let script = answer(by_query(&signed_by(service_keys(), &self::bare(&answers(), Some("<script>")))));
    assert_eq!(script.walk, None, "what is no walk of ours is none");
    let whom = refused(by_query(&signed(&answers().without("InResponseTo"))));
    assert_eq!(whom, "logout-no-request");
}

#[test]
fn what_is_not_signed_by_the_service_is_refused() {
    let signed = bare(&asks(), Some("back"));
    assert_eq!(refused(by_query(&signed)), "redirect-unsigned");
    assert_eq!(refused(by_query(&signed_by(other_keys(), &signed))), "redirect-bad-signature");
    let weak = to_be_signed(&asks().xml(), None, "http://www.w3.org/2000/09/xmldsig#rsa-sha1");
    assert_eq!(refused(by_query(&signed_by(service_keys(), &weak))), "redirect-weak-signature-algorithm");
    assert_eq!(refused(by_form(&packed("LogoutRequest", &asks().xml()))), "posted-unsigned");
    assert_eq!(refused(by_form(&form(&asks(), other_keys(), "_request1"))), "posted-bad-signature");
}

#[test]
fn a_signature_inside_covers_the_message_it_stands_in_and_no_other() {
    // The signed message wrapped in another one, which would be the one that is read.
    let genuine = form(&asks(), service_keys(), "_request1");
    let (_, base64) = genuine.split_once('=').unwrap();
    let base64 =
        base64.split('&').next().unwrap().replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    let genuine = String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap();
    let other = asks().with("ID", "_other").inside(format!(
        "<samlp:Extensions>{genuine}</samlp:Extensions><saml:NameID Format=\"{PERSISTENT}\">another</saml:NameID>"
    ));
    assert_eq!(refused(by_form(&packed("LogoutRequest", &other.xml()))), "posted-wrapped-signature");
    let twice = asks().inside(format!("<samlp:Extensions ID=\"_request1\"/>{}", asks().inside));
    assert_eq!(refused(by_form(&packed("LogoutRequest", &twice.xml()))), "xml-duplicate-id");
    let changed = genuine.replace("_index1", "_index2");
    assert_ne!(changed, genuine);
    assert_eq!(
        refused(by_form(&packed("LogoutRequest", &changed))),
        "posted-bad-signature",
        "changed afterwards"
    );
    // In a query the signature stands outside: one inside would be looked at by nobody.
    let both = asks()
        .inside(format!("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>{}", asks().inside));
    assert_eq!(refused(by_query(&query(&both))), "logout-enveloped-signature");
}

#[test]
fn another_place_sender_time_or_version_is_refused() {
    let entity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
    let cases = [
        (asks().with("Destination", SSO), "logout-wrong-destination"),
        (asks().without("Destination"), "logout-wrong-destination"),
        (asks().with("Destination", format!("{SLO}/")), "logout-wrong-destination"),
        (asks().issuer("<saml:Issuer>https://stranger.example</saml:Issuer>"), "logout-wrong-issuer"),
        (asks().issuer(""), "logout-wrong-issuer"),
        (
            asks().issuer(format!("<saml:Issuer Format=\"{PERSISTENT}\">{SERVICE}</saml:Issuer>")),
            "logout-issuer-format",
        ),
        (asks().with("IssueInstant", "2026-11-21T19:56:59Z"), "logout-too-old"),
        (asks().with("IssueInstant", "2026-11-21T20:03:01Z"), "logout-from-the-future"),
        (asks().with("IssueInstant", "2026-11-21T20:00:00+01:00"), "logout-no-issue-instant"),
        (asks().without("IssueInstant"), "logout-no-issue-instant"),
        (asks().with("NotOnOrAfter", "2026-11-21T19:57:00Z"), "logout-too-old"),
        (asks().with("NotOnOrAfter", "soon"), "logout-too-old"),
        (asks().with("Version", "1.1"), "logout-wrong-version"),
        (asks().with("ID", "1 a"), "logout-no-id"),
        (asks().without("ID"), "logout-no-id"),
        (Request { root: "AuthnRequest", ..asks() }, "logout-not-a-logout"),
        (asks().inside(""), "logout-no-name"),
        (asks().inside(format!("<saml:EncryptedID/>{}", asks().inside)), "logout-no-name"),
        (asks().inside("<saml:EncryptedID/>"), "logout-no-name"),
        (asks().inside(asks().inside.repeat(2)), "xml-repeated-element"),
        (asks().inside(format!("<!-- x -->{}", asks().inside)), "xml-comment"),
    ];
    for (message, expected) in cases {
        assert_eq!(refused(by_query(&query(&message))), expected, "{}", message.xml());
    }
    let edge =
        asks().with("IssueInstant", "2026-11-21T19:57:00Z").with("NotOnOrAfter", "2026-11-21T19:57:01Z");
    let edge = edge.issuer(format!("<saml:Issuer Format=\"{entity}\">{SERVICE}</saml:Issuer>"));
    assert!(by_query(&query(&edge)).is_ok(), "three minutes of skew");
    for (message, expected) in [
        (answers().with("Destination", SSO), "logout-wrong-destination"),
        (answers().with("IssueInstant", "2026-11-21T19:56:59Z"), "logout-too-old"),
        (answers().issuer("<saml:Issuer>https://stranger.example</saml:Issuer>"), "logout-wrong-issuer"),
    ] {
        assert_eq!(refused(by_query(&query(&message))), expected, "{}", message.xml());
    }
}

#[test]
fn a_message_can_neither_stand_twice_nor_hide_nor_be_another_than_its_parameter_says() {
    let good = query(&asks());
    assert_eq!(refused(by_query(&format!("{good}&SAMLRequest=x"))), "redirect-duplicate-parameter");
    assert_eq!(refused(by_query(&format!("{good}&RelayState=y"))), "redirect-duplicate-parameter");
    assert_eq!(refused(by_query(&format!("{good}&SAMLRespons%65=x"))), "redirect-disguised-parameter");
    assert_eq!(refused(by_query(&format!("{good}&SAMLResponse=x"))), "redirect-two-messages");
    assert_eq!(refused(by_query("")), "redirect-no-request");
    let posing = to_be_signed(&asks().xml(), None, RSA_SHA256).replacen("SAMLRequest=", "SAMLResponse=", 1);
    assert_eq!(refused(by_query(&signed_by(service_keys(), &posing))), "logout-not-a-logout");
    let good = form(&asks(), service_keys(), "_request1");
    assert_eq!(refused(by_form(&format!("{good}&SAMLRequest=x"))), "redirect-duplicate-parameter");
    assert_eq!(refused(by_form(&format!("{good}&SAMLResponse=x"))), "redirect-two-messages");
    assert_eq!(
        refused(by_form(&format!("{good}&RelayState={}", "x".repeat(3)))),
        "redirect-duplicate-parameter"
    );
    let long = good.replace("RelayState=back", &format!("RelayState={}", "x".repeat(2049)));
    assert_eq!(refused(by_form(&long)), "redirect-relay-state-too-long");
    assert_eq!(refused(by_form(&format!("SAMLRequest={}", "A".repeat(70_000)))), "posted-too-large");
    assert_eq!(refused(by_form("SAMLRequest=%%%")), "redirect-bad-percent-encoding");
    assert_eq!(refused(by_form("SAMLRequest=<a/>")), "posted-bad-base64");
    let bomb = STANDARD.encode("<!DOCTYPE a [<!ENTITY x \"xxxx\">]><a>&x;</a>");
    assert_eq!(refused(by_form(&format!("SAMLRequest={}", escape(&bomb)))), "xml-doctype");
    let lines: String = good.replacen("SAMLRequest=", "SAMLRequest=%0D%0A", 1);
    assert!(by_form(&lines).is_ok(), "base64 may be broken into lines");
}

#[test]
fn a_name_of_another_kind_is_nobodys() {
    let named = |attributes: &str| {
        let inside = format!("<saml:NameID {attributes}>{NAME}</saml:NameID>");
        request(by_query(&query(&asks().inside(inside)))).name_id
    };
    let own = format!("Format=\"{PERSISTENT}\"");
    assert!(named(&own).is_some());
    assert!(named(&format!("{own} NameQualifier=\"{IDP}\" SPNameQualifier=\"{SERVICE}\"")).is_some());
    let transient = PERSISTENT.replace("persistent", "transient");
    for other in [
        String::new(),
        format!("Format=\"{transient}\""),
        format!("{own} NameQualifier=\"https://other.example\""),
        format!("{own} SPNameQualifier=\"https://other.example\""),
    ] {
        assert_eq!(named(&other), None, "{other}");
    }
    let passing = RelyingParty { name_id: NameIdRule::Transient, ..connection(FrontBinding::Redirect) };
    let inside = format!("<saml:NameID Format=\"{transient}\">{NAME}</saml:NameID>");
    let raw = query(&asks().inside(inside));
    let said = wire().read_logout(Brought::Query(&raw), &passing, now());
    assert!(request(said).name_id.is_some());
}

#[test]
fn the_first_place_a_service_lists_is_taken_and_its_place_for_answers() {
    let soap = slo("SOAP", "https://sp.example.dk/soap", "");
    let post = slo("HTTP-POST", "https://sp.example.dk/post", "");
    let away = " ResponseLocation=\"https://sp.example.dk/answers\"";
    let redirect = slo("HTTP-Redirect", "https://sp.example.dk/redirect", away);
    let several = connection_with(&[soap.clone(), redirect, post].concat());
    assert_eq!(several.soap_logout.as_deref(), Some("https://sp.example.dk/soap"));
    let expected = FrontLogout {
        binding: FrontBinding::Redirect,
        requests_to: "https://sp.example.dk/redirect".to_owned(),
        answers_to: "https://sp.example.dk/answers".to_owned(),
    };
    assert_eq!(several.front_logout, Some(expected));
    let first = connection_with(&slo("HTTP-POST", "https://sp.example.dk/post", ""));
    let front = first.front_logout.unwrap();
    assert_eq!(
        (front.binding, front.answers_to.as_str()),
        (FrontBinding::Post, "https://sp.example.dk/post")
    );
    assert_eq!(connection_with(&soap).front_logout, None);
}

fn ask() -> FrontAsk {
    FrontAsk {
        id: "_ask1".to_owned(),
        name_id: "uuid:1&2".to_owned(),
        session_indexes: vec!["_index1".to_owned(), "_index2".to_owned()],
        walk: ID.parse().unwrap(),
        at: now(),
    }
}

fn reply(outcome: LogoutOutcome) -> FrontAnswer {
    FrontAnswer {
        id: "_answer1".to_owned(),
        in_response_to: "_theirs".to_owned(),
        relay_state: Some("å&<\"'".to_owned()),
        outcome,
        at: now(),
    }
}

/// The message in an address, whose signature must hold, and its relay state.
fn opened(message: &FrontMessage) -> (String, Option<String>) {
    assert!(message.way == Way::Address);
    let (_, raw) = message.address.split_once('?').unwrap();
    let ours = std::slice::from_ref(&idp_keys().0.certificate);
    Unverified::either(raw).unwrap().verify(ours).unwrap();
    let field = |name: &str| {
        let value = url::form_urlencoded::parse(raw.as_bytes()).find(|(found, _)| found == name);
        value.map(|(_, value)| value.into_owned())
    };
    let packed = field("SAMLRequest").or_else(|| field("SAMLResponse")).unwrap();
    let mut text = String::new();
    let packed = STANDARD.decode(packed).unwrap();
    let mut inflated = flate2::read::DeflateDecoder::new(packed.as_slice());
    std::io::Read::read_to_string(&mut inflated, &mut text).unwrap();
    (text, field("RelayState"))
}

#[test]
fn we_ask_by_a_signed_address_that_names_person_and_sessions() {
    let message = wire().ask_logout(&connection(FrontBinding::Redirect), &ask()).unwrap();
    assert!(message.address.starts_with("https://sp.example.dk/slo?SAMLRequest="), "{}", message.address);
    let (xml, state) = opened(&message);
    assert_eq!(state.as_deref(), Some(ID));
    for part in [
        "<samlp:LogoutRequest",
        ">uuid:1&amp;2</saml:NameID>",
        "<samlp:SessionIndex>_index1<",
        "<samlp:SessionIndex>_index2<",
        "Destination=\"https://sp.example.dk/slo\"",
        "NotOnOrAfter=\"2026-11-21T20:05:00Z\"",
    ] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    assert!(!xml.contains("Signature"), "it stands in the query");
    let mut queried = connection(FrontBinding::Redirect);
    queried.front_logout.as_mut().unwrap().requests_to.push_str("?x=1");
    let message = wire().ask_logout(&queried, &ask()).unwrap();
    assert!(message.address.starts_with("https://sp.example.dk/slo?x=1&SAMLRequest="), "{}", message.address);
    assert!(!format!("{message:?}").contains("SAMLRequest"), "not in a log");
}

#[test]
fn we_answer_with_what_it_wants_back_unchanged() {
    for (outcome, top, second) in [
        (LogoutOutcome::Everywhere, "Success", None),
        (LogoutOutcome::Partly, "Success", Some("PartialLogout")),
        (LogoutOutcome::Nobody, "Requester", Some("UnknownPrincipal")),
    ] {
        let message = wire().answer_logout(&connection(FrontBinding::Redirect), &reply(outcome)).unwrap();
        assert!(message.address.starts_with("https://sp.example.dk/slo/answer?SAMLResponse="));
        let (xml, state) = opened(&message);
        assert_eq!(state.as_deref(), Some("å&<\"'"));
        assert!(xml.contains("InResponseTo=\"_theirs\""), "{xml}");
        let document = roxmltree::Document::parse(&xml).unwrap();
        let codes = document.descendants().filter(|node| node.tag_name().name() == "StatusCode");
        let codes: Vec<_> =
            codes.map(|node| node.attribute("Value").unwrap().rsplit(':').next().unwrap()).collect();
        assert_eq!(codes, [Some(top), second].into_iter().flatten().collect::<Vec<_>>());
    }
}

#[test]
fn a_form_of_ours_is_signed_inside() {
    let service = connection(FrontBinding::Post);
    let asked = wire().ask_logout(&service, &ask()).unwrap();
    let answered = wire().answer_logout(&service, &reply(LogoutOutcome::Partly)).unwrap();
    for (message, field, address, state) in [
        (asked, "SAMLRequest", "https://sp.example.dk/slo", ID),
        (answered, "SAMLResponse", "https://sp.example.dk/slo/answer", "å&<\"'"),
    ] {
        assert_eq!(message.address, address);
        let Way::Form(fields) = message.way else { panic!("no form") };
        let [(name, base64), ("RelayState", back)] = &fields[..] else { panic!("{fields:?}") };
        assert_eq!((*name, back.as_str()), (field, state));
        let xml = String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap();
        let mut manager = KeysManager::new();
        manager.add_key(loader::load_x509_cert_der(idp_keys().0.certificate.der()).unwrap());
        let verified = dsig::verify::verify(&DsigContext::new(manager), &xml).unwrap();
        assert!(verified.all_reference_digests_verified(), "{verified:?}");
    }
}

#[test]
fn a_service_without_a_place_for_it_is_neither_asked_nor_answered() {
    let none = connection_with("");
    assert!(wire().ask_logout(&none, &ask()).is_err());
    assert!(wire().answer_logout(&none, &reply(LogoutOutcome::Everywhere)).is_err());
}

proptest! {
    #[test]
    fn arbitrary_messages_never_panic(raw in ".{0,300}") {
        let _ = by_query(&raw);
        let _ = by_form(&raw);
        let _ = by_form(&format!("SAMLRequest={}", escape(&STANDARD.encode(&raw))));
    }
}

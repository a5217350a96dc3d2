//! `hostile_input [FOLDER]`: what the worst a stranger can send costs: by an address, before anybody's signature is looked at,
//! and by a form, where looking at the signature is what costs; to sign in, to log out, and as the metadata of a service.
//! Prints one figure a message as JSON, in processor time; with FOLDER also writes them there, one file each. Fails where one
//! of them costs more than it may.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use saml::certificate::Certificate;
use saml::keygen::{CertificateWish, self_signed, signing_key};
use saml::logout::{LogoutExpected, read_answer};
use saml::metadata::{Policy, read, read_signed};
use saml::posted;
use saml::redirect::Unverified;
use saml::values::MessageId;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use url::form_urlencoded::byte_serialize;

const ROUNDS: u32 = 20;
const NANOSECONDS: f64 = 1e9;
/// What one of them may take (issue bar), in milliseconds.
const LIMIT: f64 = 50.0;
const NOW: &str = "2026-11-21T20:00:00Z";
const SERVICE: &str = "https://sp.example.dk";
const SOAP: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>";
const ENTITY: &str = "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" ID=\"_1\" \
    entityID=\"https://sp.example.dk\">";

type Fault = Box<dyn Error>;
/// A message, as whoever meets it does; says whether it was believed.
type Met = Box<dyn Fn(&[Certificate]) -> bool>;

fn main() -> Result<ExitCode, Fault> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let certificates = certificates()?;
    let mut within = true;
    for (name, met) in all(&certificates)? {
        let begun = cpu()?;
        for _ in 0..ROUNDS {
            if met(&certificates) {
                return Err("a signature that nobody made was believed".into());
            }
        }
        within &= say(folder.as_ref(), name, (cpu()? - begun) * 1000.0 / f64::from(ROUNDS))?;
    }
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything, each with how it is met.
fn all(certificates: &[Certificate]) -> Result<Vec<(&'static str, Met)>, Fault> {
    let mut all: Vec<(&'static str, Met)> = Vec::new();
    for (name, xml) in messages() {
        let query = query("SAMLRequest", &xml)?;
        let met: Met = Box::new(move |_| {
            // As the edge does: who claims to ask, and by which id.
            if let Ok(message) = Unverified::from_query(&query) {
                let _ = (message.claimed_issuer(), message.claimed_id());
            }
            false
        });
        all.push((name, met));
    }
    for (name, xml) in forms() {
        all.push((name, by_form("SAMLRequest", &xml)));
    }
    for (name, parameter, xml) in logouts() {
        let query = query(parameter, &xml)?;
        let met: Met = Box::new(move |certificates| {
            let Ok(message) = Unverified::either(&query) else { return false };
            let _ = (message.claimed_issuer(), message.claimed_id());
            message.verify(certificates).is_ok()
        });
        all.push((name, met));
    }
    for (name, parameter, xml) in logout_forms() {
        all.push((name, by_form(parameter, &xml)));
    }
    let (request, now) = (MessageId::parse("_ask1")?, moment(NOW)?);
    let answer =
        format!("{SOAP}{}</s:Body></s:Envelope>", message("LogoutResponse", "xs", &"<b/>".repeat(1_900)));
    let met: Met = Box::new(move |signing| {
        let expected = LogoutExpected { request: &request, issuer: SERVICE, signing, now };
        read_answer(answer.as_bytes(), &expected).is_ok()
    });
    all.push(("hostile-logout-soap", met));
    for (name, text) in metadata(certificates) {
        let policy = Policy { now, http_on_loopback: false };
        // Some of it is no more than long, so it may be taken.
        let met: Met = Box::new(move |_| {
            let _ = read(&text, policy);
            false
        });
        all.push((name, met));
    }
    let text = signed(ENTITY, "</md:EntityDescriptor>", "xs", &"<b/>".repeat(19_000));
    let met: Met = Box::new(move |certificates| {
        let policy = Policy { now, http_on_loopback: false };
        certificates.first().is_some_and(|signer| read_signed(&text, policy, signer).is_ok())
    });
    all.push(("hostile-metadata-signed", met));
    Ok(all)
}

/// Where looking at the signature is what costs.
fn by_form(parameter: &str, xml: &str) -> Met {
    let body = format!("{parameter}={}", escaped(&STANDARD.encode(xml)));
    Box::new(move |certificates| {
        let Ok(message) = posted::Unverified::from_body(&body) else { return false };
        let _ = (message.claimed_issuer(), message.claimed_id());
        message.verify(certificates).is_ok()
    })
}

/// Without its standard library the calendar's fault is no `Error`.
fn moment(text: &str) -> Result<Timestamp, Fault> {
    text.parse().map_err(|fault: jiff::Error| fault.to_string().into())
}

/// Those of a service that changes its key: each is tried.
fn certificates() -> Result<Vec<Certificate>, Fault> {
    let wish = CertificateWish {
        common_name: "sp.example.dk",
        organisation: "Eksempel Kommune",
        serial: [9; 16],
        not_before: moment("2026-01-01T00:00:00Z")?,
        not_after: moment("2029-01-01T00:00:00Z")?,
    };
    let one = || Ok::<_, Fault>(self_signed(&signing_key()?, &wish)?);
    Ok(vec![one()?, one()?])
}

/// With a signature that could be genuine until all of the message was digested.
fn signed(open: &str, close: &str, prefixes: &str, inside: &str) -> String {
    const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
    const C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    format!(
        "{open}<ds:Signature xmlns:ds=\"{DSIG}\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{C14N}\"/>\
         <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><ds:Reference URI=\"#_1\">\
         <ds:Transforms><ds:Transform Algorithm=\"{DSIG}enveloped-signature\"/><ds:Transform Algorithm=\"{C14N}\">\
         <ec:InclusiveNamespaces xmlns:ec=\"{C14N}\" PrefixList=\"{prefixes}\"/></ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue>AAAA</ds:DigestValue>\
         </ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>{inside}{close}"
    )
}

/// A message of this kind from a service, signed so.
fn message(kind: &str, prefixes: &str, inside: &str) -> String {
    let open = format!(
        "<samlp:{kind} xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_1\"><saml:Issuer>{SERVICE}</saml:Issuer>"
    );
    signed(&open, &format!("</samlp:{kind}>"), prefixes, inside)
}

fn forms() -> Vec<(&'static str, String)> {
    let signed = |prefixes: &str, inside: &str| message("AuthnRequest", prefixes, inside);
    let many: Vec<_> = (0..5_000).map(|number| format!("p{number}")).collect();
    let sixteen = many.iter().take(16).cloned().collect::<Vec<_>>().join(" ");
    vec![
        ("hostile-form-nodes", signed("xs", &"<b/>".repeat(1_900))),
        ("hostile-form-attributes", signed(&sixteen, &"<b c=\"\" d=\"\"/>".repeat(1_900))),
        ("hostile-form-text", signed("xs", &"&amp;".repeat(12_000))),
        ("hostile-form-prefixes", signed(&many.join(" "), &"<b/>".repeat(1_000))),
    ]
}

/// What a session of hers may be called, as often as it may be.
fn indexes() -> String {
    "<samlp:SessionIndex>_1</samlp:SessionIndex>".repeat(900)
}

/// Messages about logging out, by an address: requests, and answers.
fn logouts() -> Vec<(&'static str, &'static str, String)> {
    vec![
        ("hostile-logout-request", "SAMLRequest", message("LogoutRequest", "xs", &indexes())),
        ("hostile-logout-answer", "SAMLResponse", message("LogoutResponse", "xs", &"&amp;".repeat(12_000))),
        ("hostile-logout-bomb", "SAMLResponse", " ".repeat(20 << 20)),
    ]
}

/// The same by a form.
fn logout_forms() -> Vec<(&'static str, &'static str, String)> {
    vec![
        ("hostile-logout-request-form", "SAMLRequest", message("LogoutRequest", "xs", &indexes())),
        (
            "hostile-logout-answer-form",
            "SAMLResponse",
            message("LogoutResponse", "xs", &"<b/>".repeat(1_900)),
        ),
    ]
}

/// A service's own description, as large as it may get; some of it with a good role around.
fn metadata(certificates: &[Certificate]) -> Vec<(&'static str, String)> {
    let certificate = certificates.first().map(Certificate::to_base64).unwrap_or_default();
    let key = format!(
        "<md:KeyDescriptor><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data>\
         <ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
    );
    let consumer = |number: u32| {
        format!(
            "<md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
             Location=\"https://sp.example.dk/{number}\" index=\"{number}\"/>"
        )
    };
    let of = |role: &str| {
        format!(
            "{ENTITY}<md:SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">{role}\
             </md:SPSSODescriptor></md:EntityDescriptor>"
        )
    };
    let consumers = (0..6_000).map(consumer).collect::<Vec<_>>().concat();
    // As many as there may be declarations of a namespace.
    let keys = key.repeat(250) + &consumer(0);
    let entities =
        format!("<!DOCTYPE a [<!ENTITY a \"{}\">]>{}", "a".repeat(60_000), of(&"&a;".repeat(1_000)));
    let attributes = (0..60).map(|number| format!(" a{number}=\"\"")).collect::<Vec<_>>().concat();
    vec![
        ("hostile-metadata-entities", entities),
        ("hostile-metadata-depth", "<a>".repeat(300_000)),
        ("hostile-metadata-nodes", of(&"<b/>".repeat(19_000))),
        ("hostile-metadata-attributes", of(&format!("<b{attributes}/>").repeat(2_000))),
        ("hostile-metadata-text", of(&"&amp;".repeat(200_000))),
        ("hostile-metadata-consumers", of(&(key.clone() + &consumers))),
        ("hostile-metadata-keys", of(&keys)),
        ("hostile-metadata-oversize", of(&"<b/>".repeat(1 << 20))),
    ]
}

/// Each as large as it may get, or as small as it must be to grow that large.
fn messages() -> Vec<(&'static str, String)> {
    let inside = |inside: &str| {
        format!(
            "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\">{inside}</samlp:AuthnRequest>"
        )
    };
    let many = |one: &dyn Fn(u32) -> String, times| (0..times).map(one).collect::<Vec<_>>().concat();
    vec![
        ("hostile-bomb", " ".repeat(20 << 20)),
        ("hostile-entities", format!("<!DOCTYPE a [<!ENTITY a \"{}\">]><a>&a;</a>", "a".repeat(60_000))),
        ("hostile-depth", "<a>".repeat(20_000)),
        ("hostile-nodes", inside(&"<b/>".repeat(15_000))),
        ("hostile-attributes", inside(&format!("<b{}/>", many(&|n| format!(" a{n}=\"\""), 7_000)))),
        ("hostile-attributes-allowed", inside(&many(&|n| format!("<b i{n}=\"\"/>"), 1_900))),
        ("hostile-namespaces", inside(&many(&|n| format!("<b xmlns:n{n}=\"u\"/>"), 3_000))),
        ("hostile-ids", inside(&many(&|n| format!("<b ID=\"_{n}\"/>"), 1_900))),
        ("hostile-text", inside(&"&amp;".repeat(13_000))),
    ]
}

fn escaped(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn query(parameter: &str, xml: &str) -> Result<String, Fault> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(xml.as_bytes())?;
    let request = escaped(&STANDARD.encode(packer.finish()?));
    let algorithm = escaped("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    Ok(format!("{parameter}={request}&SigAlg={algorithm}&Signature=AAAA"))
}

/// Processor seconds of this thread: what others do on the machine meanwhile does not count.
fn cpu() -> Result<f64, Fault> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(spent.split_whitespace().next().ok_or("no figure")?.parse::<f64>()? / NANOSECONDS)
}

/// Says whether it is within the limit.
fn say(folder: Option<&PathBuf>, name: &str, value: f64) -> Result<bool, Fault> {
    let ok = value <= LIMIT;
    let figure = format!(
        r#"{{"name":"{name}","value":{value:.3},"unit":"ms","limit":{LIMIT},"ok":{ok},"command":"cargo run --release -p saml --example hostile_input"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}.json")), figure)?;
    }
    Ok(ok)
}

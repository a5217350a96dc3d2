//! `hostile_input [FOLDER]`: what the worst a stranger can send costs: by an address, before anybody's signature is looked at,
//! and by a form, where looking at the signature is what costs. Prints one figure a message as JSON, in processor time; with
//! FOLDER also writes them there, one file each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use jiff::Timestamp;
use saml::certificate::Certificate;
use saml::keygen::{CertificateWish, self_signed, signing_key};
use saml::posted;
use saml::redirect::Unverified;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use url::form_urlencoded::byte_serialize;

const ROUNDS: u32 = 20;
const NANOSECONDS: f64 = 1e9;
/// What one of them may take (issue bar), in milliseconds.
const LIMIT: f64 = 50.0;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    for (name, xml) in messages() {
        let query = query(&xml)?;
        let begun = cpu()?;
        for _ in 0..ROUNDS {
            // As the edge does: who claims to ask, and by which id.
            if let Ok(message) = Unverified::from_query(&query) {
                let _ = (message.claimed_issuer(), message.claimed_id());
            }
        }
        say(folder.as_ref(), name, (cpu()? - begun) * 1000.0 / f64::from(ROUNDS))?;
    }
    let certificates = certificates()?;
    for (name, xml) in forms() {
        let message = STANDARD.encode(&xml);
        let begun = cpu()?;
        for _ in 0..ROUNDS {
            if let Ok(message) = posted::Unverified::from_form(&message, None) {
                let _ = (message.claimed_issuer(), message.claimed_id());
                if message.verify(&certificates).is_ok() {
                    return Err("a signature that nobody made was believed".into());
                }
            }
        }
        say(folder.as_ref(), name, (cpu()? - begun) * 1000.0 / f64::from(ROUNDS))?;
    }
    Ok(())
}

/// Without its standard library the calendar's fault is no `Error`.
fn moment(text: &str) -> Result<Timestamp, Box<dyn Error>> {
    text.parse().map_err(|fault: jiff::Error| fault.to_string().into())
}

/// Those of a service that changes its key: each is tried.
fn certificates() -> Result<Vec<Certificate>, Box<dyn Error>> {
    let wish = CertificateWish {
        common_name: "sp.example.dk",
        organisation: "Eksempel Kommune",
        serial: [9; 16],
        not_before: moment("2026-01-01T00:00:00Z")?,
        not_after: moment("2029-01-01T00:00:00Z")?,
    };
    let one = || Ok::<_, Box<dyn Error>>(self_signed(&signing_key()?, &wish)?);
    Ok(vec![one()?, one()?])
}

/// Each with a signature that could be genuine until all of the message was digested.
fn forms() -> Vec<(&'static str, String)> {
    const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
    const C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
    let listed =
        |prefixes: &str| format!("<ec:InclusiveNamespaces xmlns:ec=\"{C14N}\" PrefixList=\"{prefixes}\"/>");
    let signed = |prefixes: &str, inside: &str| {
        format!(
            "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
             xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_1\"><saml:Issuer>https://sp.example.dk</saml:Issuer>\
             <ds:Signature xmlns:ds=\"{DSIG}\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"{C14N}\"/>\
             <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><ds:Reference URI=\"#_1\">\
             <ds:Transforms><ds:Transform Algorithm=\"{DSIG}enveloped-signature\"/><ds:Transform Algorithm=\"{C14N}\">{}\
             </ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
             <ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>\
             </ds:Signature>{inside}</samlp:AuthnRequest>",
            listed(prefixes)
        )
    };
    let many: Vec<_> = (0..5_000).map(|number| format!("p{number}")).collect();
    let sixteen = many.iter().take(16).cloned().collect::<Vec<_>>().join(" ");
    vec![
        ("hostile-form-nodes", signed("xs", &"<b/>".repeat(1_900))),
        ("hostile-form-attributes", signed(&sixteen, &"<b c=\"\" d=\"\"/>".repeat(1_900))),
        ("hostile-form-text", signed("xs", &"&amp;".repeat(12_000))),
        ("hostile-form-prefixes", signed(&many.join(" "), &"<b/>".repeat(1_000))),
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

fn query(xml: &str) -> Result<String, Box<dyn Error>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(xml.as_bytes())?;
    let escaped = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let request = escaped(&STANDARD.encode(packer.finish()?));
    let algorithm = escaped("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    Ok(format!("SAMLRequest={request}&SigAlg={algorithm}&Signature=AAAA"))
}

/// Processor seconds of this thread: what others do on the machine meanwhile does not count.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(spent.split_whitespace().next().ok_or("no figure")?.parse::<f64>()? / NANOSECONDS)
}

fn say(folder: Option<&PathBuf>, name: &str, value: f64) -> Result<(), Box<dyn Error>> {
    let ok = value <= LIMIT;
    let figure = format!(
        r#"{{"name":"{name}","value":{value:.3},"unit":"ms","limit":{LIMIT},"ok":{ok},"command":"cargo run --release -p saml --example hostile_input"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}.json")), figure)?;
    }
    Ok(())
}

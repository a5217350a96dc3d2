//! `many_metadata [FOLDER]`: what reading the metadata of two thousand services takes, as when they are all connected
//! anew. Prints the figure as JSON; with FOLDER also writes it there.

use jiff::Timestamp;
use saml::keygen::{CertificateWish, self_signed, signing_key};
use saml::metadata::{Policy, read};
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;

const SERVICES: u32 = 2000;
const NANOSECONDS: f64 = 1e9;
/// What all of them may take (issue bar), in seconds.
const LIMIT: f64 = 1.0;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let now = at("2026-11-02T08:00:00Z")?;
    let wish = CertificateWish {
        common_name: "many services",
        organisation: "many services",
        serial: [1; 16],
        not_before: at("2026-11-01T00:00:00Z")?,
        not_after: at("2027-11-01T00:00:00Z")?,
    };
    let certificate = self_signed(&signing_key()?, &wish)?.to_base64();
    let all: Vec<String> = (0..SERVICES).map(|number| metadata(number, &certificate)).collect();
    let begun = cpu()?;
    for text in &all {
        read(text, Policy { now, http_on_loopback: false })?;
    }
    say(folder, cpu()? - begun)
}

fn at(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|error: jiff::Error| error.to_string())
}

fn metadata(number: u32, certificate: &str) -> String {
    let key = |purpose: &str| {
        format!(
            "<KeyDescriptor use=\"{purpose}\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>\
             <X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
        )
    };
    let (signing, encryption) = (key("signing"), key("encryption"));
    let service = format!("https://sp{number}.eksempel.test");
    format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{service}\"><SPSSODescriptor \
         protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\" AuthnRequestsSigned=\"true\" \
         WantAssertionsSigned=\"true\">{signing}{encryption}<NameIDFormat>\
         urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat><AssertionConsumerService index=\"0\" \
         isDefault=\"true\" Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{service}/acs\"/>\
         </SPSSODescriptor></EntityDescriptor>"
    )
}

/// Processor seconds of this thread: what others do on the machine meanwhile does not count.
fn cpu() -> Result<f64, Box<dyn Error>> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(spent.split_whitespace().next().ok_or("no figure")?.parse::<f64>()? / NANOSECONDS)
}

fn say(folder: Option<PathBuf>, value: f64) -> Result<(), Box<dyn Error>> {
    let ok = value <= LIMIT;
    let figure = format!(
        r#"{{"name":"metadata-of-{SERVICES}","value":{value:.3},"unit":"s to read","limit":{LIMIT},"ok":{ok},"command":"cargo run --release -p saml --example many_metadata"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("metadata-of-{SERVICES}.json")), figure)?;
    }
    Ok(())
}

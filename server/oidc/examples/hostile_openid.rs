//! `hostile_openid [FOLDER]`: what the worst a stranger can send to the addresses of OpenID Connect costs: read as the edge reads it,
//! with the look at a signature or a certificate where that is what costs. Prints one figure a message as JSON, in processor time; with
//! FOLDER also writes them there, one file each. Fails where one of them costs more than it may.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::oidc::client::Client;
use oidc::{Certificates, OwnKey, Wire};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose, SanType,
    date_time_ymd,
};
use serde_json::json;
use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use url::form_urlencoded;
use usecases::ports::oidc::{OidcWire as _, Parameters, TokenKeyKind};

const ROUNDS: u32 = 20;
const NANOSECONDS: f64 = 1e9;
/// What one of them may take (issue bar), in milliseconds.
const LIMIT: f64 = 50.0;
const ISSUER: &str = "https://login.example";
/// In 2026.
const NOW: i64 = 1_793_530_800;
/// Our key's name on the wire, which is published.
const KID: u128 = 1;

type Fault = Box<dyn Error>;
/// A message, as whoever meets it does; says whether it was believed.
type Met = Box<dyn Fn(&House) -> bool>;

/// An issuer, and an application of each kind that a stranger may speak for.
struct House {
    wire: Wire,
    signs: Client,
    certified: Client,
    now: Timestamp,
}

fn main() -> Result<ExitCode, Fault> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let authority = authority()?;
    let house = House::of(&authority)?;
    let mut within = true;
    for (name, met) in messages(&authority)? {
        let begun = cpu()?;
        for _ in 0..ROUNDS {
            if met(&house) {
                return Err("what nobody signed was believed".into());
            }
        }
        within &= say(folder.as_ref(), name, (cpu()? - begun) * 1000.0 / f64::from(ROUNDS))?;
    }
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl House {
    fn of(authority: &CertifiedIssuer<'static, KeyPair>) -> Result<Self, Fault> {
        let trusted = Certificates::new(&[authority.der().to_vec()], None)?;
        let wire = Wire::new(ISSUER).with_certificates(trusted);
        // Without its standard library the calendar's fault is no `Error`.
        let now = Timestamp::from_second(NOW).map_err(|fault| fault.to_string())?;
        let private = wire.new_key(TokenKeyKind::Rsa)?;
        let id = uuid::Uuid::from_u128(KID).into();
        wire.take_up(&[OwnKey { id, kind: TokenKeyKind::Rsa, private, signs_from: now }])?;
        // The longest key that is registered: a signature by it is the dearest to look at.
        let jwk =
            json!({ "kty": "RSA", "kid": "k1", "n": URL_SAFE_NO_PAD.encode([0xff; 1024]), "e": "AQAB" });
        let signs = json!({
            "client_id": "app", "client_name": "App", "redirect_uris": ["https://app.example/back"],
            "token_endpoint_auth_method": "private_key_jwt", "jwks": { "keys": [jwk] },
        });
        let certified = json!({
            "client_id": "cert", "client_name": "App", "redirect_uris": ["https://app.example/back"],
            "token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_san_dns": "app.example",
        });
        let registered = |text: String| wire.registration(&text, uuid::Uuid::nil().into(), [0; 32], false);
        let (signs, certified) = (registered(signs.to_string())?, registered(certified.to_string())?);
        Ok(Self { wire, signs, certified, now })
    }

    /// A browser asks by this query. Many of these are no more than long, so they may be taken.
    fn asked(&self, query: &str) {
        let _ = self.wire.read(&once(query), &self.signs, self.now);
    }

    /// An application proves itself by this form.
    fn proved(&self, form: &str) -> bool {
        let form = once(form);
        let Some(statement) = form.get("client_assertion") else { return false };
        let _ = self.wire.claims_to_be(statement);
        self.wire.assertion(&self.signs, statement, self.now).is_ok()
    }
}

/// As the edge reads a query or a form: each name once, or nothing.
fn once(form: &str) -> Parameters {
    let mut parameters = Parameters::new();
    for (name, value) in form_urlencoded::parse(form.as_bytes()).into_owned() {
        if parameters.insert(name, value).is_some() {
            return Parameters::new();
        }
    }
    parameters
}

/// Each as large as it may get: a query and a form of 64 KB, and what stands in them.
fn messages(authority: &CertifiedIssuer<'static, KeyPair>) -> Result<Vec<(&'static str, Met)>, Fault> {
    let mut all = Vec::new();
    for (name, query) in queries() {
        let met: Met = Box::new(move |house| {
            house.asked(&query);
            false
        });
        all.push((name, met));
    }
    for (name, form) in statements() {
        let met: Met = Box::new(move |house| house.proved(&form));
        all.push((name, met));
    }
    let pushed = form(&[("client_assertion", &statement(&format!("{HEAD}}}"), &crowd(CLAIMS, 530)))], 7_000);
    let met: Met = Box::new(move |house| {
        house.asked(&pushed);
        house.proved(&pushed)
    });
    all.push(("hostile-openid-par", met));
    for (name, token) in tokens() {
        let met: Met = Box::new(move |house| house.wire.hint(&token, house.now).is_some());
        all.push((name, met));
    }
    let stranger = self::authority()?;
    for (name, by) in
        [("hostile-openid-certificate", authority), ("hostile-openid-certificate-foreign", &stranger)]
    {
        let der = crowded(by)?;
        let met: Met =
            Box::new(move |house| house.wire.certificate(&house.certified, Some(&der), house.now).is_ok());
        all.push((name, met));
    }
    Ok(all)
}

fn queries() -> Vec<(&'static str, String)> {
    let claims = |claims: &str| form(&[("claims", claims)], 0);
    let (many, names) = (" a".repeat(10_000), " da-DK".repeat(3_500));
    let words = [("scope", format!("openid{many}")), ("acr_values", many), ("ui_locales", names)];
    let words: Vec<_> = words.iter().map(|(name, value)| (*name, value.as_str())).collect();
    vec![
        ("hostile-openid-names", form(&[], 9_000)),
        ("hostile-openid-words", form(&words, 0)),
        ("hostile-openid-escapes", form(&[("state", &"\"".repeat(21_000))], 0)),
        ("hostile-openid-claims-depth", claims(&format!("{{\"userinfo\":{}", "[".repeat(4_000)))),
        ("hostile-openid-claims-names", claims(&format!("{{\"userinfo\":{}}}", crowd("{\"a\":null", 330)))),
        (
            "hostile-openid-claims-levels",
            claims(&format!("{{\"id_token\":{{\"acr\":{{\"values\":[\"\"{}]}}}}}}", ",\"\"".repeat(1_300))),
        ),
    ]
}

/// What names a key of the application's, and an algorithm that fits: a signature is looked at.
const HEAD: &str = r#"{"alg":"PS256","kid":"k1""#;
/// What names the application.
const CLAIMS: &str = r#"{"iss":"app","sub":"app","aud":"https://login.example""#;

/// Statements of somebody who does not hold the application's key.
fn statements() -> Vec<(&'static str, String)> {
    let closed = |open: &str| format!("{open}}}");
    let by = |head: &str, claims: &str| form(&[("client_assertion", &statement(head, claims))], 0);
    let deep = |open: &str| format!("{open},\"a\":{}", "[".repeat(4_600));
    let long = format!(r#"{{"alg":"PS256","kid":"{}""#, "k".repeat(4_600));
    let chain = format!("{HEAD},\"x5c\":[\"\"{}]", ",\"\"".repeat(1_500));
    vec![
        ("hostile-openid-assertion-head", by(&crowd(HEAD, 530), &closed(CLAIMS))),
        ("hostile-openid-assertion-head-depth", by(&deep(HEAD), &closed(CLAIMS))),
        ("hostile-openid-assertion-chain", by(&closed(&chain), &closed(CLAIMS))),
        ("hostile-openid-assertion-kid", by(&closed(&long), &closed(CLAIMS))),
        ("hostile-openid-assertion-claims", by(&closed(HEAD), &crowd(CLAIMS, 530))),
        ("hostile-openid-assertion-claims-depth", by(&closed(HEAD), &deep(CLAIMS))),
        ("hostile-openid-junk", form(&[("client_assertion", &"a.".repeat(30_000))], 0)),
    ]
}

/// Id tokens and a logout token that we did not sign, by the name of the key that we sign with.
fn tokens() -> Vec<(&'static str, String)> {
    let kid = uuid::Uuid::from_u128(KID);
    let by = |kind: &str| format!(r#"{{"alg":"RS256","typ":"{kind}","kid":"{kid}""#);
    let closed = |open: String| format!("{open}}}");
    let claims = format!(r#"{{"iss":"{ISSUER}","aud":"app","sub":"s","sid":"{kid}","iat":{NOW}"#);
    let token = |head: &str, claims: &str| signed(head, claims, 384);
    vec![
        ("hostile-openid-hint", token(&closed(by("JWT")), &crowd(&claims, 1_100))),
        ("hostile-openid-hint-head", token(&crowd(&by("JWT"), 1_100), &closed(claims.clone()))),
        ("hostile-openid-logout-token", token(&closed(by("logout+jwt")), &crowd(&claims, 1_100))),
    ]
}

/// A good request, with this besides, and as many names that mean nothing.
fn form(besides: &[(&str, &str)], names: u32) -> String {
    let good = [
        ("client_id", "app"),
        ("redirect_uri", "https://app.example/back"),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];
    let all = good.iter().chain(besides).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let all: Parameters = all.collect();
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(&all).finish();
    (0..names).fold(form, |form, number| form + &format!("&a{number}"))
}

/// An object that begins like this, with so many more members.
fn crowd(open: &str, members: u32) -> String {
    (0..members).fold(open.to_owned(), |open, number| open + &format!(",\"a{number}\":0")) + "}"
}

fn statement(head: &str, claims: &str) -> String {
    signed(head, claims, 1024)
}

/// With a signature of the right size, which nobody made.
fn signed(head: &str, claims: &str, size: usize) -> String {
    let signature = vec![1; size];
    let parts = [head.as_bytes(), claims.as_bytes(), signature.as_slice()];
    parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

/// Always of the same name.
fn authority() -> Result<CertifiedIssuer<'static, KeyPair>, Fault> {
    let mut root = CertificateParams::new(Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    root.distinguished_name.push(DnType::CommonName, "Authority");
    Ok(CertifiedIssuer::self_signed(root, KeyPair::generate()?)?)
}

/// A certificate of as many names as it may have, none of which is the application's.
fn crowded(by: &CertifiedIssuer<'static, KeyPair>) -> Result<Vec<u8>, Fault> {
    let mut leaf = CertificateParams::new(Vec::new())?;
    leaf.is_ca = IsCa::ExplicitNoCa;
    leaf.not_after = date_time_ymd(2027, 1, 1);
    let name = |number: u32| Ok(SanType::DnsName(format!("n{number}.example").try_into()?));
    leaf.subject_alt_names = (0..1_000).map(name).collect::<Result<_, rcgen::Error>>()?;
    Ok(leaf.signed_by(&KeyPair::generate()?, by)?.der().to_vec())
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
        r#"{{"name":"{name}","value":{value:.3},"unit":"ms","limit":{LIMIT},"ok":{ok},"command":"cargo run --release -p oidc --example hostile_openid"}}"#
    );
    writeln!(std::io::stdout(), "{figure}")?;
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(format!("{name}.json")), figure)?;
    }
    Ok(ok)
}

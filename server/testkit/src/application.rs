//! An application: registers, asks, and exchanges, as one does.

use crate::Rig;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::oidc::client::{Client, hash};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use oidc::keys::new_key;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use usecases::context::Cx;
use usecases::exchange_code::exchange_code;
use usecases::mint::Tokens;
use usecases::ports::oidc::{Parameters, Reply, TokenKeyKind};
use usecases::prove_client::{NotServed, Shown};
use usecases::receive_authorize::{Begun, NotBegun, receive_authorize};
use usecases::refresh_tokens::refresh_tokens;
use usecases::save_client::{Registering, save_client};
use usecases::who::who;
use uuid::Uuid;

/// Where answers to applications of tests go.
pub const BACK: &str = "https://app.example/back";
/// What they promise by PKCE.
pub const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123";
/// Its promise, RFC 7636 4.2.
fn challenge() -> String {
    base64url(&hash(VERIFIER.as_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let groups = bytes.chunks(3).flat_map(|group| {
        let number =
            group.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        (0..=group.len()).map(move |digit| {
            let six = number >> (18 - 6 * digit) & 63;
            char::from(DIGITS[usize::try_from(six).expect("six bits")])
        })
    });
    groups.collect()
}

/// A connected application.
pub struct Application {
    /// Its connection.
    pub client: Client,
    proof: Proof,
}

impl core::fmt::Debug for Application {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Application").field("client", &self.client.client_id).finish_non_exhaustive()
    }
}

/// A key that an application made, with the certificate it signed for it.
#[derive(Clone, Debug)]
pub struct OwnCertificate {
    /// The certificate.
    pub der: Vec<u8>,
    /// As it is registered.
    jwk: String,
}

impl OwnCertificate {
    /// A new one that ends with this year's first day.
    pub fn until(year: i32) -> Self {
        let key = rcgen::KeyPair::generate().expect("a key");
        let mut params = rcgen::CertificateParams::default();
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let der = params.self_signed(&key).expect("a certificate").der().to_vec();
        // A point: a mark, then x and y of 32 bytes each.
        let (x, y) = key.public_key_raw()[1..].split_at(32);
        let jwk = format!(
            r#"{{"kty": "EC", "crv": "P-256", "x": "{}", "y": "{}", "x5c": ["{}"]}}"#,
            base64url(x),
            base64url(y),
            STANDARD.encode(&der)
        );
        Self { der, jwk }
    }
}

enum Proof {
    Certificate(Vec<u8>),
    Secret(String),
    Key(EncodingKey),
    Nothing,
}

impl Rig {
    /// Connects an application that proves itself by a secret, with more in its registration: `, "name": value`.
    pub async fn application(&self, client_id: &str, more: &str) -> Application {
        let (client, secret) = self.register_client(client_id, "client_secret_basic", more).await;
        Application { client, proof: Proof::Secret(secret.expect("a secret")) }
    }

    /// The same, by a key of its own.
    pub async fn application_with_key(&self, client_id: &str, more: &str) -> Application {
        let key = EncodingKey::from_ec_der(&new_key(TokenKeyKind::P256).expect("a key"));
        let public = Jwk::from_encoding_key(&key, Algorithm::ES256).expect("a public key");
        let AlgorithmParameters::EllipticCurve(point) = public.algorithm else {
            unreachable!("it is a point")
        };
        let jwks = format!(
            r#", "jwks": {{"keys": [{{"kty": "EC", "crv": "P-256", "x": "{}", "y": "{}"}}]}}{more}"#,
            point.x, point.y
        );
        let (client, _) = self.register_client(client_id, "private_key_jwt", &jwks).await;
        Application { client, proof: Proof::Key(key) }
    }

    /// The same, by certificates of its own; it shows the first.
    pub async fn application_with_certificates(
        &self,
        client_id: &str,
        own: &[OwnCertificate],
        more: &str,
    ) -> Application {
        let keys: Vec<&str> = own.iter().map(|it| it.jwk.as_str()).collect();
        let more = format!(r#", "jwks": {{"keys": [{}]}}{more}"#, keys.join(", "));
        let (client, _) = self.register_client(client_id, "self_signed_tls_client_auth", &more).await;
        Application { client, proof: Proof::Certificate(own[0].der.clone()) }
    }

    /// The same, by nothing.
    pub async fn public_application(&self, client_id: &str, more: &str) -> Application {
        let (client, _) = self.register_client(client_id, "none", more).await;
        Application { client, proof: Proof::Nothing }
    }

    async fn register_client(&self, client_id: &str, method: &str, more: &str) -> (Client, Option<String>) {
        let text = format!(
            r#"{{"client_id": "{client_id}", "client_name": "An application", "redirect_uris": ["{BACK}"],
                "id_token_signed_response_alg": "ES256", "token_endpoint_auth_method": "{method}"{more}}}"#
        );
        let by = crate::hr::operator("ops1");
        let registering =
            Registering { by, text, back_channel_ca: None, new_secret: false, loopback_http: false };
        let (client, secret) = save_client(&self.cx(), registering).await.expect("a good registration");
        (client, secret.map(|secret| secret.to_string()))
    }
}

impl Application {
    /// What it asks by, each time with another nonce, with these changes; an empty value takes one away.
    pub fn asks(&self, changes: &[(&str, &str)]) -> Parameters {
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let nonce = format!("no-{}", ASKED.fetch_add(1, Ordering::Relaxed));
        let mut parameters: Parameters = [
            ("client_id", self.client.client_id.as_str()),
            ("redirect_uri", BACK),
            ("response_type", "code"),
            ("scope", "openid profile email organisation"),
            ("state", "st"),
            ("nonce", &nonce),
            ("code_challenge", &challenge()),
            ("code_challenge_method", "S256"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        for (name, value) in changes {
            parameters.insert((*name).to_owned(), (*value).to_owned());
        }
        parameters
    }

    /// Asks in this browser, whoever sits there.
    pub async fn ask(&self, cx: &Cx, changes: &[(&str, &str)]) -> Result<Begun, NotBegun> {
        receive_authorize(cx, who(cx).await.expect("a store"), &self.asks(changes)).await
    }

    /// Asks in the browser of somebody signed in; gives the code.
    pub async fn code(&self, cx: &Cx, changes: &[(&str, &str)]) -> String {
        match self.ask(cx, changes).await.expect("a good request") {
            Begun::Answered(reply) => field(&reply, "code").expect("a code"),
            other => panic!("no code: {other:?}"),
        }
    }

    /// A form of its own by which it proves itself, with these fields.
    pub fn shows(&self, cx: &Cx, fields: &[(&str, &str)]) -> Shown {
        let mut parameters: Parameters =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let name = self.client.client_id.clone();
        let mut certificate = None;
        let basic = match &self.proof {
            Proof::Certificate(der) => {
                parameters.insert("client_id".to_owned(), name);
                certificate = Some(der.clone());
                None
            }
            Proof::Secret(secret) => Some((name, secret.clone())),
            Proof::Nothing => {
                parameters.insert("client_id".to_owned(), name);
                None
            }
            Proof::Key(key) => {
                let id = cx.handle::<Uuid>().expect("chance").to_string();
                parameters.extend(self.statement(cx, key, &id));
                None
            }
        };
        Shown { basic, parameters, certificate }
    }

    /// A statement about itself, with this id.
    pub fn states(&self, cx: &Cx, id: &str) -> BTreeMap<String, String> {
        let Proof::Key(key) = &self.proof else { panic!("it has no key") };
        self.statement(cx, key, id)
    }

    fn statement(&self, cx: &Cx, key: &EncodingKey, id: &str) -> BTreeMap<String, String> {
        let (name, us) = (&self.client.client_id, &cx.house.policy.public_url);
        let claims: BTreeMap<&str, serde_json::Value> = [
            ("iss", name.as_str().into()),
            ("sub", name.as_str().into()),
            ("aud", us.as_str().into()),
            ("jti", id.into()),
            ("iat", cx.now.as_second().into()),
            ("exp", (cx.now.as_second() + 60).into()),
        ]
        .into();
        let text = jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, key).expect("a signature");
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned();
        [("client_assertion".to_owned(), text), ("client_assertion_type".to_owned(), kind)].into()
    }

    /// Exchanges a code.
    pub async fn exchange(&self, cx: &Cx, code: &str) -> Result<Tokens, NotServed> {
        self.exchange_with(cx, code, &[]).await
    }

    /// The same, with these changes.
    pub async fn exchange_with(
        &self,
        cx: &Cx,
        code: &str,
        changes: &[(&str, &str)],
    ) -> Result<Tokens, NotServed> {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ];
        let fields: Vec<_> = fields.into_iter().chain(changes.iter().copied()).collect();
        exchange_code(cx, &self.shows(cx, &fields)).await
    }

    /// Exchanges a refresh token.
    pub async fn refresh(&self, cx: &Cx, token: &str) -> Result<Tokens, NotServed> {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
        refresh_tokens(cx, &self.shows(cx, &fields)).await
    }
}

/// A field of an answer.
pub fn field(reply: &Reply, name: &str) -> Option<String> {
    reply.fields.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone())
}

/// What a token of ours says, read without believing it.
pub fn claims(token: &str) -> serde_json::Map<String, serde_json::Value> {
    jsonwebtoken::dangerous::insecure_decode(token).expect("a token").claims
}

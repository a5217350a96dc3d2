//! A connection to an OpenID Connect application: everything about it is data an administrator saved.

use crate::ids::RelyingPartyId;
use crate::level::AssuranceLevel;
use core::fmt;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use subtle::ConstantTimeEq as _;

/// How something is signed. No symmetric ones, and never `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Signing {
    /// RSA, PKCS#1 v1.5, SHA-256.
    RS256,
    /// RSA, PSS, SHA-256.
    PS256,
    /// ECDSA on P-256, SHA-256.
    ES256,
}

impl Signing {
    /// All.
    pub const ALL: [Self; 3] = [Self::RS256, Self::PS256, Self::ES256];

    /// The word on the wire (RFC 7518 3.1).
    pub fn word(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::PS256 => "PS256",
            Self::ES256 => "ES256",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|signing| signing.word() == word)
    }
}

/// A public key of a client's own (RFC 7517), numbers as base64url.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientKey {
    /// What the client calls it.
    pub kid: Option<String>,
    /// The one algorithm it is for, where its owner said so.
    pub signing: Option<Signing>,
    /// The key.
    pub material: KeyMaterial,
}

/// What a key consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyMaterial {
    /// RSA of 2048 bits or more.
    Rsa {
        /// The modulus.
        n: String,
        /// The exponent.
        e: String,
    },
    /// A point on P-256.
    P256 {
        /// Its x.
        x: String,
        /// Its y.
        y: String,
    },
}

impl ClientKey {
    /// Whether a signature of this kind can be of this key.
    pub fn fits(&self, signing: Signing) -> bool {
        let kind = match self.material {
            KeyMaterial::Rsa { .. } => matches!(signing, Signing::RS256 | Signing::PS256),
            KeyMaterial::P256 { .. } => signing == Signing::ES256,
        };
        kind && self.signing.is_none_or(|only| only == signing)
    }

    /// Its thumbprint (RFC 7638 3).
    fn digest(&self) -> [u8; 32] {
        let members = match &self.material {
            KeyMaterial::Rsa { n, e } => format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#),
            KeyMaterial::P256 { x, y } => format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#),
        };
        hash(members.as_bytes())
    }
}

/// How a client proves who it is (OIDC Core 9).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientAuth {
    /// `private_key_jwt`: a statement signed by one of these.
    PrivateKeyJwt(Vec<ClientKey>),
    /// `client_secret_basic`: the SHA-256 of a secret of 256 random bits of ours, shown once.
    SecretBasic([u8; 32]),
    /// `none`: an app that can keep no secret. PKCE, which everybody uses, is all that binds its codes.
    Public,
    /// `tls_client_auth`: a certificate of an authority this house trusts, which names this (RFC 8705 2.1).
    Certified(CertifiedName),
    /// `self_signed_tls_client_auth`: one of these certificates, DER (RFC 8705 2.2).
    SelfSigned(Vec<Vec<u8>>),
}

/// What a client's certificate names (RFC 8705 2.1.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertifiedName {
    /// Its subject, as RFC 4514 writes it.
    Subject(String),
    /// A host among its other names.
    Host(String),
    /// An address among them.
    Address(String),
}

impl fmt::Debug for ClientAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method())
    }
}

impl ClientAuth {
    /// The word on the wire.
    pub fn method(&self) -> &'static str {
        match self {
            Self::PrivateKeyJwt(_) => "private_key_jwt",
            Self::SecretBasic(_) => "client_secret_basic",
            Self::Public => "none",
            Self::Certified(_) => "tls_client_auth",
            Self::SelfSigned(_) => "self_signed_tls_client_auth",
        }
    }

    /// Whether it is proved by a certificate; what it is given counts together with that one alone (RFC 8705 3).
    pub fn is_by_certificate(&self) -> bool {
        matches!(self, Self::Certified(_) | Self::SelfSigned(_))
    }

    /// SHA-256 of the SHA-256 of each of its keys or certificates, in their order as numbers; none where it has none.
    pub fn keys_digest(&self) -> Option<[u8; 32]> {
        let mut each: Vec<[u8; 32]> = match self {
            Self::PrivateKeyJwt(keys) => keys.iter().map(ClientKey::digest).collect(),
            Self::SelfSigned(certificates) => certificates.iter().map(|der| hash(der)).collect(),
            Self::SecretBasic(_) | Self::Public | Self::Certified(_) => return None,
        };
        each.sort_unstable();
        Some(hash(&each.concat()))
    }

    /// Whether this is the client's secret.
    pub fn is_secret(&self, shown: &str) -> bool {
        match self {
            Self::SecretBasic(kept) => bool::from(hash(shown.as_bytes()).ct_eq(kept)),
            Self::PrivateKeyJwt(_) | Self::Public | Self::Certified(_) | Self::SelfSigned(_) => false,
        }
    }
}

/// SHA-256.
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Something about a person that an application may be told. There is none for a CPR number: what is confidential is
/// not released without encryption (security decision 26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Claim {
    /// Her full name.
    Name,
    /// Given names.
    GivenName,
    /// Family name.
    FamilyName,
    /// The user name she signs in with.
    UserName,
    /// Her work mail.
    Mail,
    /// The CVR number of her organisation.
    Cvr,
    /// Its name.
    Organisation,
}

impl Claim {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::UserName,
        Self::Mail,
        Self::Cvr,
        Self::Organisation,
    ];

    /// Its name on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::UserName => "preferred_username",
            Self::Mail => "email",
            Self::Cvr => "cvr",
            Self::Organisation => "org_name",
        }
    }

    /// Reads the name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|claim| claim.word() == word)
    }

    /// The scope that asks for it.
    pub fn scope(self) -> &'static str {
        match self {
            Self::Name | Self::GivenName | Self::FamilyName | Self::UserName => "profile",
            Self::Mail => "email",
            Self::Cvr | Self::Organisation => "organisation",
        }
    }
}

/// Where an application is told, in a frame of her browser, that a session is over (OIDC Front-Channel Logout 1.0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontChannel {
    /// Its address: https, of the same origin as one that answers go to.
    pub address: String,
    /// It must be told which session (`iss` and `sid`).
    pub names_session: bool,
}

/// A connection to an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Which.
    pub id: RelyingPartyId,
    /// The name by which it asks.
    pub client_id: String,
    /// What people call it.
    pub display_name: String,
    /// How it proves who it is.
    pub auth: ClientAuth,
    /// Where answers may go; compared byte by byte.
    pub redirect_uris: Vec<String>,
    /// Where browsers may go after a logout; compared byte by byte.
    pub post_logout_uris: Vec<String>,
    /// Where it is told that a session is over; none: it cannot.
    pub back_channel_logout: Option<String>,
    /// The authority, as DER, that vouches for its certificate there; none: the public ones.
    pub back_channel_ca: Option<Vec<u8>>,
    /// Where it is told through her browser; none: it cannot.
    #[serde(default)]
    pub front_channel_logout: Option<FrontChannel>,
    /// The least level it takes, whatever it asks.
    pub demands: AssuranceLevel,
    /// How well the connection itself is protected.
    pub federation: AssuranceLevel,
    /// Its longest session.
    pub longest_session: SignedDuration,
    /// Whether a session that is there answers it; else every request needs a fresh sign-in (NSIS 6.8).
    pub single_sign_on: bool,
    /// Whether its requests come by the back channel only (RFC 9126).
    pub pushed_only: bool,
    /// Whether it is given refresh tokens.
    pub refresh: bool,
    /// What it may be told.
    pub claims: BTreeSet<Claim>,
    /// How its id tokens are signed.
    pub signing: Signing,
    /// Clients of one sector know a person by the same name, others by another (OIDC Core 8.1).
    pub sector: String,
}

impl Client {
    /// Whether answers may go there.
    pub fn redirects_to(&self, address: &str) -> bool {
        self.redirect_uris.iter().any(|own| own == address)
    }

    /// Whether a browser may go there after a logout.
    pub fn leaves_to(&self, address: &str) -> bool {
        self.post_logout_uris.iter().any(|own| own == address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_and_only_exactly() {
        for signing in Signing::ALL {
            assert_eq!(Signing::from_word(signing.word()), Some(signing));
        }
        for word in ["none", "HS256", "rs256", "ES384", ""] {
            assert_eq!(Signing::from_word(word), None, "{word}");
        }
        for claim in Claim::ALL {
            assert_eq!(Claim::from_word(claim.word()), Some(claim));
        }
    }

    #[test]
    fn a_key_signs_only_what_its_kind_and_its_owner_say() {
        let rsa = KeyMaterial::Rsa { n: "n".into(), e: "AQAB".into() };
        let key =
            |signing, material: &KeyMaterial| ClientKey { kid: None, signing, material: material.clone() };
        assert!(key(None, &rsa).fits(Signing::RS256) && key(None, &rsa).fits(Signing::PS256));
        assert!(!key(None, &rsa).fits(Signing::ES256));
        assert!(!key(Some(Signing::PS256), &rsa).fits(Signing::RS256), "it is for the other one");
        let point = KeyMaterial::P256 { x: "x".into(), y: "y".into() };
        assert!(key(None, &point).fits(Signing::ES256) && !key(None, &point).fits(Signing::RS256));
    }

    #[test]
    fn a_change_of_keys_shows_in_their_digest_and_their_order_does_not() {
        let key = |x: &str| ClientKey {
            kid: None,
            signing: None,
            material: KeyMaterial::P256 { x: x.into(), y: "y".into() },
        };
        let digest = |keys: &[&str]| {
            ClientAuth::PrivateKeyJwt(keys.iter().map(|x| key(x)).collect()).keys_digest().unwrap()
        };
        assert_eq!(digest(&["a", "b"]), digest(&["b", "a"]));
        assert_ne!(digest(&["a", "b"]), digest(&["a"]));
        assert_ne!(digest(&["a"]), digest(&["b"]));
        let own = ClientAuth::SelfSigned(vec![b"der".to_vec()]);
        assert_eq!(own.keys_digest(), Some(hash(&hash(b"der"))));
        assert_eq!(ClientAuth::Public.keys_digest(), None);
        // RFC 7638 3.1.
        let rsa = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        let material = KeyMaterial::Rsa { n: rsa.into(), e: "AQAB".into() };
        let digest = ClientKey { kid: None, signing: None, material }.digest();
        assert_eq!(digest.iter().take(4).copied().collect::<Vec<_>>(), [55, 54, 203, 177]);
    }

    #[test]
    fn only_the_very_secret_is_the_secret() {
        let auth = ClientAuth::SecretBasic(hash(b"a long secret"));
        assert!(auth.is_secret("a long secret"));
        assert!(!auth.is_secret("a long secreT") && !auth.is_secret(""));
        assert!(!ClientAuth::Public.is_secret("") && !ClientAuth::PrivateKeyJwt(Vec::new()).is_secret(""));
        assert_eq!(format!("{auth:?}"), "client_secret_basic", "never its hash");
    }
}

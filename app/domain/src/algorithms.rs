//! Which algorithms this programme uses, for what, and how strong (NSIS 4.1.6.7; export 12). A test reads the code that does
//! it: an entry whose file says something else fails.

/// An algorithm in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm {
    /// What for.
    pub purpose: &'static str,
    /// What it is called, with the standard that says how.
    pub name: &'static str,
    /// Key lengths and parameters.
    pub strength: &'static str,
    /// The file it is done in.
    pub made_by: &'static str,
    /// What stands in that file as long as this is true.
    pub witness: &'static [&'static str],
}

const fn of(purpose: &'static str, name: &'static str, strength: &'static str) -> Algorithm {
    Algorithm { purpose, name, strength, made_by: "", witness: &[] }
}

impl Algorithm {
    const fn by(self, made_by: &'static str, witness: &'static [&'static str]) -> Self {
        Self { made_by, witness, ..self }
    }
}

/// All of them. What a service or a broker may choose among is one entry.
// A table is read in columns.
#[rustfmt::skip]
pub const IN_USE: &[Algorithm] = &[
    of("passwords that are kept", "Argon2id (RFC 9106)", "19 MiB, 2 passes, 1 lane")
        .by("server/keys/src/room.rs", &["MEMORY_KIB: u32 = 19 * 1024", "PASSES: u32 = 2", "LANES: u32 = 1", "Algorithm::Argon2id"]),
    of("a passphrase over the key-encryption key", "Argon2id (RFC 9106)", "64 MiB, 3 passes, 1 lane")
        .by("server/keys/src/kek/passphrase.rs", &["MEMORY_KIB: u32 = 64 * 1024", "PASSES: u32 = 3", "LANES: u32 = 1", "Algorithm::Argon2id"]),
    of("what is sealed in the database, and keys under keys", "AES-256-GCM-SIV (RFC 8452)", "256 bits")
        .by("server/keys/src/aead.rs", &["AES_256_GCM_SIV"]),
    of("a key of its own for sealing, authenticating and signing", "HKDF-SHA-256 (RFC 5869)", "256 bits")
        .by("server/keys/src/secret.rs", &["HKDF_SHA256"]),
    of("rows of the trail, codes, links, tickets and indexes of CPR numbers", "HMAC-SHA-256 (RFC 2104)", "256 bits")
        .by("server/keys/src/vault.rs", &["HMAC_SHA256"]),
    of("checkpoints of the trail, and manifests", "Ed25519 (RFC 8032)", "255 bits")
        .by("server/keys/src/vault.rs", &["Ed25519KeyPair::from_seed_unchecked"]),
    of("the chain and the tree of the trail", "SHA-256 (FIPS 180-4; RFC 6962)", "256 bits")
        .by("app/domain/src/audit/tree.rs", &["Sha256"]),
    of("the terms that are accepted", "SHA-256 (FIPS 180-4)", "256 bits")
        .by("app/domain/src/terms.rs", &["Sha256"]),
    of("answers by SAML, and our metadata: signed", "RSA PKCS#1 1.5 with SHA-256", "3072 bits; a key that was brought in, 2048 to 8192 bits")
        .by("server/saml/src/keygen.rs", &["KeySize::Rsa3072", "PKCS_RSA_SHA256"]),
    of("answers by SAML: encrypted, the content", "AES-256-GCM; AES-256-CBC only where a connection says so", "256 bits")
        .by("server/saml/src/encrypt.rs", &["AES256_GCM", "AES256_CBC"]),
    of("answers by SAML: encrypted, the key", "RSA-OAEP with SHA-256 and MGF1-SHA-256; with SHA-1 only where a connection says so", "the service's key, 2048 bits or more")
        .by("server/saml/src/encrypt.rs", &["OaepSha256", "OaepSha1", "MGF1_SHA256"]),
    of("what services sign by SAML", "RSA PKCS#1 1.5 with SHA-256 or SHA-512; ECDSA with SHA-256 on P-256 or SHA-384 on P-384", "RSA of 2048 to 8192 bits")
        .by("server/saml/src/certificate.rs", &["SMALLEST_RSA: usize = 2048", "RSA_PKCS1_2048_8192_SHA256", "RSA_PKCS1_2048_8192_SHA512", "ECDSA_P256_SHA256_FIXED", "ECDSA_P384_SHA384_FIXED"]),
    of("tokens for applications: signed", "RS256, PS256 or ES256 (RFC 7518), as registered", "RSA 3072 bits; P-256")
        .by("server/oidc/src/keys.rs", &["KeySize::Rsa3072", "ECDSA_P256_SHA256_FIXED_SIGNING"]),
    of("applications that prove themselves by a key", "RS256, PS256 or ES256 (RFC 7518)", "RSA of 2048 to 8192 bits; P-256")
        .by("server/oidc/src/assertion.rs", &["Algorithm::RS256", "Algorithm::PS256", "Algorithm::ES256"]),
    of("what a MitID broker signs", "RS256, PS256 or ES256 (RFC 7518), as its profile says", "the broker's keys")
        .by("server/mitid/src/id_token.rs", &["Algorithm::RS256", "Algorithm::PS256", "Algorithm::ES256"]),
    of("passkeys and security keys", "ES256 or RS256 (RFC 9053, WebAuthn)", "the key's own")
        .by("server/webauthn/src/ask.rs", &["COSEAlgorithm::ES256, COSEAlgorithm::RS256"]),
    of("authenticator apps", "TOTP over HMAC-SHA-1 (RFC 6238)", "160 bits, 6 digits")
        .by("server/usecases/src/authenticator.rs", &["(RFC 6238: SHA-1, six digits, thirty seconds", "SEED_BYTES: usize = 20"]),
    of("code devices", "TOTP or HOTP over HMAC-SHA-1, SHA-256 or SHA-512, as delivered (RFC 6238, RFC 4226)", "6 or 8 digits")
        .by("server/usecases/src/code_devices.rs", &["Algorithm::SHA1", "Algorithm::SHA256", "Algorithm::SHA512"]),
    of("connections to brokers, services and mail", "TLS 1.2 or 1.3 by aws-lc", "as the two sides agree")
        .by("Cargo.toml", &["rustls = { version = \"0.23\", default-features = false, features = [\"aws_lc_rs\", \"std\", \"tls12\"] }"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_algorithm_that_is_reported_is_the_one_in_the_code() {
        let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for it in IN_USE {
            let code = std::fs::read_to_string(house.join(it.made_by)).unwrap_or_default();
            assert!(!it.witness.is_empty() && !code.is_empty(), "{it:?}");
            for witness in it.witness {
                assert!(code.contains(witness), "{}: {} does not say {witness}", it.purpose, it.made_by);
            }
        }
    }

    #[test]
    fn no_purpose_is_reported_twice() {
        let purposes: BTreeSet<_> = IN_USE.iter().map(|it| it.purpose).collect();
        assert_eq!(purposes.len(), IN_USE.len());
    }
}

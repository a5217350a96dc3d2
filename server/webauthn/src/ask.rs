//! Asking: what a browser is told, and what is remembered of it.

use crate::site::Keys;
use domain::factor::PasskeyKind;
use serde::{Deserialize, Serialize};
use usecases::ports::ceremonies::{Asked, CeremonyDown, KnownKey, NewKeyFor};
use uuid::Uuid;
use webauthn_rs_core::proto::{
    AllowCredentials, AttestationConveyancePreference, AuthenticationState, AuthenticatorTransport,
    COSEAlgorithm, CredProtect, CredentialProtectionPolicy, PublicKeyCredentialHints,
    RequestRegistrationExtensions, ResidentKeyRequirement, UserVerificationPolicy,
};

/// What must be remembered of the question which of these keys is there.
#[derive(Serialize, Deserialize)]
pub(crate) struct Awaited {
    /// What the library remembers. It knows no key yet: that is found by what the answer claims.
    pub(crate) state: AuthenticationState,
    /// Which keys may answer; none where any may.
    pub(crate) of: Vec<Vec<u8>>,
}

impl Keys {
    pub(crate) fn asked_for_new(&self, of: &NewKeyFor) -> Result<Asked, CeremonyDown> {
        let (user, known) = (Uuid::from(of.person), of.known.iter().map(|id| id.0.clone()));
        let builder = self
            .core
            .new_challenge_register_builder(user.as_bytes(), &of.user_name, &of.full_name)
            .map_err(|error| down(&error))?
            .attestation(self.conveyance())
            .credential_algorithms(vec![COSEAlgorithm::ES256, COSEAlgorithm::RS256])
            .user_verification_policy(match of.kind {
                PasskeyKind::Passkey => UserVerificationPolicy::Required,
                PasskeyKind::SecurityKey => UserVerificationPolicy::Preferred,
            })
            .exclude_credentials(Some(known.collect()))
            .hints((of.kind == PasskeyKind::SecurityKey).then(|| vec![PublicKeyCredentialHints::SecurityKey]))
            .extensions(Some(extensions(of.kind)));
        let (mut asked, state) =
            self.core.generate_challenge_register(builder).map_err(|error| down(&error))?;
        // Found again without a user name where the key can; a security key's few places are not spent on it.
        if let (PasskeyKind::Passkey, Some(selection)) =
            (of.kind, asked.public_key.authenticator_selection.as_mut())
        {
            selection.resident_key = Some(ResidentKeyRequirement::Preferred);
        }
        written(&asked, &state)
    }

    pub(crate) fn asked_for(&self, keys: &[KnownKey]) -> Result<Asked, CeremonyDown> {
        let policy = if keys.is_empty() {
            UserVerificationPolicy::Required
        } else {
            UserVerificationPolicy::Preferred
        };
        let builder = self
            .core
            .new_challenge_authenticate_builder(Vec::new(), Some(policy))
            .map_err(|error| down(&error))?
            // That a key may be copied from now on is for the domain to judge.
            .allow_backup_eligible_upgrade(true);
        let (mut asked, state) =
            self.core.generate_challenge_authenticate(builder).map_err(|error| down(&error))?;
        asked.public_key.allow_credentials = keys.iter().map(allowed).collect();
        let of = keys.iter().map(|key| key.credential.0.clone()).collect();
        written(&asked, &Awaited { state, of })
    }

    fn conveyance(&self) -> AttestationConveyancePreference {
        if self.asks_models || !self.metadata.is_empty() {
            AttestationConveyancePreference::Direct
        } else {
            AttestationConveyancePreference::None
        }
    }
}

/// A passkey is told to keep quiet about itself until it verified its owner. A security key without a PIN would not work
/// again, so it is not told.
fn extensions(kind: PasskeyKind) -> RequestRegistrationExtensions {
    RequestRegistrationExtensions {
        cred_protect: (kind == PasskeyKind::Passkey).then_some(CredProtect {
            credential_protection_policy: CredentialProtectionPolicy::UserVerificationRequired,
            // Enforced, keys that do not know it would refuse.
            enforce_credential_protection_policy: Some(false),
        }),
        uvm: None,
        cred_props: Some(true),
        min_pin_length: None,
        hmac_create_secret: None,
    }
}

fn allowed(key: &KnownKey) -> AllowCredentials {
    let transport = |word: &String| serde_json::from_value(serde_json::Value::String(word.clone())).ok();
    let transports: Vec<AuthenticatorTransport> = key.transports.iter().filter_map(transport).collect();
    AllowCredentials {
        type_: "public-key".to_owned(),
        id: key.credential.0.clone(),
        transports: (!transports.is_empty()).then_some(transports),
    }
}

fn written(asked: &impl Serialize, state: &impl Serialize) -> Result<Asked, CeremonyDown> {
    let options = serde_json::to_string(asked).map_err(|error| down(&error))?;
    let state = serde_json::to_vec(state).map_err(|error| down(&error))?;
    Ok(Asked { options, state })
}

fn down(error: &dyn core::fmt::Display) -> CeremonyDown {
    tracing::error!(%error, "a ceremony could not be begun");
    CeremonyDown
}

//! Taking answers: what the library checks, and what is told of a key.

use crate::ask::Awaited;
use crate::refusal::refused;
use crate::site::Keys;
use core::ops::Range;
use domain::factor::{Aaguid, Assertion, CredentialId, NewPasskey, PasskeyKind, Registered, StoredKey};
use domain::ids::PersonId;
use usecases::ports::ceremonies::{Claimed, KeyRefused};
use uuid::Uuid;
use webauthn_rs_core::proto::{
    Credential, ParsedAttestation, PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState,
};

/// Where in the authenticator data the flags stand (WebAuthn 6.1), and the bit that says it may be copied.
const FLAGS: usize = 32;
/// Where its model stands when it is new (WebAuthn 6.5.1).
const MODEL: Range<usize> = 37..53;
const BACKUP_ELIGIBLE: u8 = 0b0000_1000;

impl Keys {
    pub(crate) fn taken(
        &self,
        kind: PasskeyKind,
        state: &[u8],
        answer: &str,
    ) -> Result<NewPasskey, KeyRefused> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let state: RegistrationState = remembered(state)?;
        let key = self.core.register_credential(&answer, &state, None).map_err(|error| refused(&error))?;
        let model = model(&answer)?;
        let attested = self.metadata.attests(&key, model);
        let registered = Registered {
            kind,
            verified: key.user_verified,
            backup_eligible: key.backup_eligible,
            backed_up: key.backup_state,
            model: Aaguid::read(model),
            attested,
            // The library keeps them of attested keys alone; a hint needs no proof.
            transports: answer.response.transports.iter().flatten().filter_map(word).collect(),
        };
        let (credential, counter) = (CredentialId(key.cred_id.clone()), key.counter);
        // Counters are the domain's; and what its maker stated has been read.
        let kept = Credential { counter: 0, attestation: ParsedAttestation::default(), ..key };
        let stored = serde_json::to_vec(&kept).map_err(|_| KeyRefused::Other)?;
        Ok(NewPasskey { credential, registered, counter, stored: StoredKey(stored) })
    }

    pub(crate) fn read_claim(answer: &str) -> Result<Claimed, KeyRefused> {
        let answer: PublicKeyCredential = read(answer)?;
        let person = answer.get_user_unique_id().filter(|handle| !handle.is_empty());
        let person = person.map(|handle| Uuid::from_slice(handle).map(PersonId::from)).transpose();
        let credential = CredentialId(answer.get_credential_id().to_vec());
        // A handle that is none of ours names nobody, and so not the key's owner.
        Ok(Claimed { credential, person: person.map_err(|_| KeyRefused::OtherKey)? })
    }

    pub(crate) fn checked(
        &self,
        state: &[u8],
        answer: &str,
        key: &StoredKey,
    ) -> Result<Assertion, KeyRefused> {
        let answer: PublicKeyCredential = read(answer)?;
        let Awaited { mut state, of } = remembered(state)?;
        if !of.is_empty() && !of.iter().any(|id| id.as_slice() == answer.get_credential_id()) {
            return Err(KeyRefused::OtherKey);
        }
        let flags = answer.response.authenticator_data.get(FLAGS).copied().ok_or(KeyRefused::Malformed)?;
        let kept: Credential = remembered(&key.0)?;
        // The library compares this with the signed flag; what a change of it means is the domain's to say.
        let kept = Credential { backup_eligible: flags & BACKUP_ELIGIBLE != 0, ..kept };
        state.set_allowed_credentials(vec![kept]);
        let said = self.core.authenticate_credential(&answer, &state).map_err(|error| refused(&error))?;
        Ok(Assertion {
            verified: said.user_verified(),
            backup_eligible: said.backup_eligible(),
            backed_up: said.backup_state(),
            counter: said.counter(),
        })
    }
}

/// The model a key says it is; told in every answer, whether attested or not.
fn model(answer: &RegisterPublicKeyCredential) -> Result<Uuid, KeyRefused> {
    let object: Object<'_> =
        serde_cbor_2::from_slice(&answer.response.attestation_object).map_err(|_| KeyRefused::Malformed)?;
    let said = object.auth_data.get(MODEL).and_then(|bytes| Uuid::from_slice(bytes).ok());
    said.ok_or(KeyRefused::Malformed)
}

/// Of an attestation object (WebAuthn 6.5.4) the part that the library reads and does not show.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    auth_data: &'a [u8],
}

fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Result<T, KeyRefused> {
    serde_json::from_str(answer).map_err(|_| KeyRefused::Malformed)
}

/// What we wrote ourselves.
fn remembered<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, KeyRefused> {
    serde_json::from_slice(bytes).map_err(|error| {
        tracing::error!(%error, "what was remembered of a key cannot be read");
        KeyRefused::Other
    })
}

fn word(value: impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

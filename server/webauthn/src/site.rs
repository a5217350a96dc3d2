//! The site keys are made for, and the port.

use crate::metadata::Metadata;
use core::time::Duration;
use domain::factor::{Assertion, NewPasskey, PasskeyKind, StoredKey};
use url::Url;
use usecases::ports::ceremonies::{
    Asked, Ceremonies, CeremonyDown, Claimed, KeyRefused, KnownKey, NewKeyFor,
};
use webauthn_rs_core::WebauthnCore;

/// What a browser waits for a key; as long as a ceremony lasts.
const PATIENCE: Duration = Duration::from_mins(5);

/// The public address is none a key can be made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the public address has no host name a passkey can be made for")]
pub struct BadSite;

/// Conducts the ceremonies of one site.
pub struct Keys {
    pub(crate) core: WebauthnCore,
    pub(crate) metadata: Metadata,
    /// Whether keys are asked for their model though nothing is stated of any.
    pub(crate) asks_models: bool,
}

impl core::fmt::Debug for Keys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Keys").field("metadata", &self.metadata).finish_non_exhaustive()
    }
}

impl Keys {
    /// For this public address, such as `https://login.example`; `name` is what devices show beside it. With metadata keys
    /// are asked to attest their model; one that does not is taken all the same.
    ///
    /// # Errors
    /// [`BadSite`]
    pub fn of(public_url: &str, name: &str, metadata: Metadata) -> Result<Self, BadSite> {
        let origin = Url::parse(public_url).map_err(|_| BadSite)?;
        let host = origin.domain().ok_or(BadSite)?.to_owned();
        let no_subdomains_nor_other_ports = Some(false);
        let core = WebauthnCore::new_unsafe_experts_only(
            name,
            &host,
            vec![origin],
            PATIENCE,
            no_subdomains_nor_other_ports,
            no_subdomains_nor_other_ports,
        );
        Ok(Self { core, metadata, asks_models: false })
    }

    /// The same, where something was decided by model: keys are asked to attest also where nothing is stated to compare it
    /// with, because browsers blank the model of one that is not asked.
    #[must_use]
    pub fn asking_for_models(self, asks_models: bool) -> Self {
        Self { asks_models, ..self }
    }
}

impl Ceremonies for Keys {
    fn ask_new(&self, of: &NewKeyFor) -> Result<Asked, CeremonyDown> {
        self.asked_for_new(of)
    }

    fn new_key(&self, kind: PasskeyKind, state: &[u8], answer: &str) -> Result<NewPasskey, KeyRefused> {
        self.taken(kind, state, answer)
    }

    fn ask(&self, keys: &[KnownKey]) -> Result<Asked, CeremonyDown> {
        self.asked_for(keys)
    }

    fn claimed(&self, answer: &str) -> Result<Claimed, KeyRefused> {
        Self::read_claim(answer)
    }

    fn answered(&self, state: &[u8], answer: &str, key: &StoredKey) -> Result<Assertion, KeyRefused> {
        self.checked(state, answer, key)
    }
}

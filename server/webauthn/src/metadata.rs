//! What makers state of their models, from the operator's copy of the FIDO Metadata Service's file.
//!
//! The file is signed by the FIDO Alliance; the signature is checked against the alliance's root when it is read, so that
//! an operator may take it from anywhere. Nothing is fetched from here.

use domain::factor::{Aaguid, ModelStatus};
use fido_mds::{FidoMds, StatusReport};
use std::collections::BTreeMap;
use std::str::FromStr;
use uuid::Uuid;
use webauthn_attestation_ca::{AttestationCaList, AttestationCaListBuilder};
use webauthn_rs_core::proto::Credential;

/// A metadata file that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMetadata {
    /// It is none, or the FIDO Alliance did not sign it.
    #[error("no metadata signed by the FIDO Alliance")]
    NotSigned,
    /// A root certificate in it cannot be read.
    #[error("a root certificate cannot be read")]
    Root,
}

/// What is stated of one model.
#[derive(Clone, Debug)]
pub struct ModelStatement {
    /// Which.
    pub model: Uuid,
    /// What people call it.
    pub name: String,
    /// The roots its specimens are attested by, DER.
    pub roots: Vec<Vec<u8>>,
    /// What is against it.
    pub status: ModelStatus,
}

/// Everything stated, ready to be asked.
pub struct Metadata {
    roots: AttestationCaList,
    models: BTreeMap<Aaguid, ModelStatus>,
}

impl core::fmt::Debug for Metadata {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Metadata").field("models", &self.models.len()).finish_non_exhaustive()
    }
}

impl Metadata {
    /// Nothing is known of any model: no key is asked to attest but for a rule, and none counts alone but by a rule.
    pub fn none() -> Self {
        Self { roots: AttestationCaListBuilder::new().build(), models: BTreeMap::new() }
    }

    /// Reads the file: a signed token (FIDO Metadata Service 3).
    ///
    /// # Errors
    /// [`BadMetadata`]
    pub fn read(file: &str) -> Result<Self, BadMetadata> {
        let read = FidoMds::from_str(file.trim()).map_err(|error| {
            tracing::error!(?error, "the metadata file is not taken");
            BadMetadata::NotSigned
        })?;
        Self::of(read.fido2.iter().map(|model| ModelStatement {
            model: model.aaguid,
            name: model.description.clone(),
            roots: model.attestation_root_certificates.iter().map(|der| der.as_slice().to_vec()).collect(),
            status: status(&model.status_reports),
        }))
    }

    /// Of statements that were checked elsewhere.
    ///
    /// # Errors
    /// [`BadMetadata::Root`]
    pub fn of(statements: impl IntoIterator<Item = ModelStatement>) -> Result<Self, BadMetadata> {
        let (mut roots, mut models) = (AttestationCaListBuilder::new(), BTreeMap::new());
        for ModelStatement { model, name, roots: own, status } in statements {
            let Some(id) = Aaguid::read(model) else { continue };
            for der in own {
                roots
                    .insert_device_der(&der, model, name.clone(), BTreeMap::new())
                    .map_err(|_| BadMetadata::Root)?;
            }
            models.insert(id, status);
        }
        Ok(Self { roots: roots.build(), models })
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// What is stated of each model, for [`domain::factor::Models::knowing`].
    pub fn statuses(&self) -> BTreeMap<Aaguid, ModelStatus> {
        self.models.clone()
    }

    /// Whether a key's maker signed that it is this model, by a root stated for this very model.
    pub(crate) fn attests(&self, key: &Credential, model: Uuid) -> bool {
        if self.roots.is_empty() {
            return false;
        }
        match key.verify_attestation(&self.roots) {
            Ok(Some(root)) => !root.blanket_allow() && root.aaguids().contains_key(&model),
            Ok(None) | Err(_) => false,
        }
    }
}

/// One bad report is enough, whatever came after it: an operator who knows better makes a rule for the model.
fn status<'a>(reports: impl IntoIterator<Item = &'a StatusReport>) -> ModelStatus {
    let bad = |said: &StatusReport| {
        matches!(
            said,
            StatusReport::UserVerificationBypass { .. }
                | StatusReport::AttestationKeyCompromise { .. }
                | StatusReport::UserKeyRemoteCompromise { .. }
                | StatusReport::UserKeyPhysicalCompromise { .. }
                | StatusReport::Revoked { .. }
        )
    };
    if reports.into_iter().any(bad) { ModelStatus::Bad } else { ModelStatus::Good }
}

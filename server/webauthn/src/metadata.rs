//! What makers state of their models, from the operator's copy of the FIDO Metadata Service's file.
//!
//! The file is signed by the FIDO Alliance; the signature is checked against the alliance's root when it is read, so that
//! an operator may take it from anywhere. Nothing is fetched from here.

use domain::factor::{Aaguid, ModelStatus};
use fido_mds::FidoMds;
use fido_mds::mds::{self, AuthenticatorStatus};
use std::collections::{BTreeMap, BTreeSet};
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
        let signed = mds::FidoMds::from_str(file.trim()).map_err(|error| {
            tracing::error!(?error, "the metadata file is not taken");
            BadMetadata::NotSigned
        })?;
        // Of two reports of one day the library keeps one, so what is against a model is read before it sorts them.
        let against = signed.entries.iter().filter(|entry| is_bad(&entry.status_reports));
        let against: BTreeSet<Uuid> = against.filter_map(|entry| entry.aaguid).collect();
        Self::of(FidoMds::from(signed).fido2.iter().map(|model| {
            // And the library knows of some itself.
            let known = model.status_reports.iter().any(|said| BAD.iter().any(|bad| *said == *bad));
            let bad = known || against.contains(&model.aaguid);
            ModelStatement {
                model: model.aaguid,
                name: model.description.clone(),
                roots: model
                    .attestation_root_certificates
                    .iter()
                    .map(|der| der.as_slice().to_vec())
                    .collect(),
                status: if bad { ModelStatus::Bad } else { ModelStatus::Good },
            }
        }))
    }

    /// Of statements that were checked elsewhere. Where one model is stated twice, what is against it holds.
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
            let known = models.entry(id).or_insert(status);
            if status == ModelStatus::Bad {
                *known = status;
            }
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

/// What a report says that is against a model (FIDO Metadata Service 3, `AuthenticatorStatus`).
const BAD: [AuthenticatorStatus; 5] = [
    AuthenticatorStatus::UserVerificationBypass,
    AuthenticatorStatus::AttestationKeyCompromise,
    AuthenticatorStatus::UserKeyRemoteCompromise,
    AuthenticatorStatus::UserKeyPhysicalCompromise,
    AuthenticatorStatus::Revoked,
];

/// One bad report is enough, whatever came after it and of whichever version: an update that mends it says nothing of the
/// specimen at hand, which does not tell its version. An operator who knows better makes a rule for the model.
fn is_bad(reports: &[mds::StatusReport]) -> bool {
    reports.iter().any(|report| BAD.contains(&report.status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reports(said: &[(&str, Option<&str>)]) -> Vec<mds::StatusReport> {
        let report = |(status, day): &(&str, Option<&str>)| {
            serde_json::from_value(json!({"status": status, "effectiveDate": day})).unwrap()
        };
        said.iter().map(report).collect()
    }

    const AGAINST: [&str; 5] = [
        "REVOKED",
        "USER_VERIFICATION_BYPASS",
        "ATTESTATION_KEY_COMPROMISE",
        "USER_KEY_REMOTE_COMPROMISE",
        "USER_KEY_PHYSICAL_COMPROMISE",
    ];
    const NOT_AGAINST: [&str; 10] = [
        "NOT_FIDO_CERTIFIED",
        "SELF_ASSERTION_SUBMITTED",
        "UPDATE_AVAILABLE",
        "FIDO_CERTIFIED",
        "FIDO_CERTIFIED_L1",
        "FIDO_CERTIFIED_L1plus",
        "FIDO_CERTIFIED_L2",
        "FIDO_CERTIFIED_L2plus",
        "FIDO_CERTIFIED_L3",
        "FIDO_CERTIFIED_L3plus",
    ];

    #[test]
    fn a_revoked_model_and_one_whose_keys_attestation_or_verification_broke_are_bad_and_no_other() {
        for status in AGAINST {
            assert!(is_bad(&reports(&[(status, Some("2026-01-01"))])), "{status}");
            assert!(is_bad(&reports(&[(status, None)])), "{status}, undated");
        }
        for status in NOT_AGAINST {
            assert!(!is_bad(&reports(&[(status, Some("2026-01-01"))])), "{status}");
        }
        assert!(!is_bad(&[]));
    }

    #[test]
    fn a_bad_report_counts_whatever_else_is_said_on_that_day_before_or_after() {
        let days = [None, Some("2025-12-31"), Some("2026-01-01"), Some("2026-01-02")];
        for (bad, good) in AGAINST.into_iter().flat_map(|bad| NOT_AGAINST.map(|good| (bad, good))) {
            for day in days {
                let (bad, good) = ((bad, Some("2026-01-01")), (good, day));
                assert!(is_bad(&reports(&[bad, good])), "{bad:?} {good:?}");
                assert!(is_bad(&reports(&[good, bad])), "{good:?} {bad:?}");
            }
        }
    }

    #[test]
    fn of_one_model_stated_twice_what_is_against_it_holds() {
        let statement = |status| ModelStatement {
            model: Uuid::from_u128(1),
            name: "Model".to_owned(),
            roots: Vec::new(),
            status,
        };
        for both in [[ModelStatus::Good, ModelStatus::Bad], [ModelStatus::Bad, ModelStatus::Good]] {
            let known = Metadata::of(both.map(statement)).unwrap().statuses();
            assert_eq!(known.values().collect::<Vec<_>>(), [&ModelStatus::Bad]);
        }
    }
}

//! What binds people to an organisation and to their word: relations, accepts, proofs and roles.

use super::StoreFault;
use async_trait::async_trait;
use domain::association::{Association, Cvr};
use domain::ids::{AssociationId, ImportId, PersonId, RoleId};
use domain::proofing::IdentityProofing;
use domain::role::Role;
use domain::terms::{TermsAcceptance, TermsHash, TermsVersion};
use domain::{Date, Timestamp};

/// Relations, accepts, proofs and roles.
#[async_trait]
pub trait Relations {
    /// Her relations, oldest first.
    async fn associations_of(&mut self, id: PersonId) -> Result<Vec<Association>, StoreFault>;
    /// By HR's number.
    async fn association_by_number(
        &mut self,
        cvr: &Cvr,
        employee_number: &str,
    ) -> Result<Option<Association>, StoreFault>;
    /// Adds or changes one.
    async fn put_association(&mut self, association: &Association) -> Result<(), StoreFault>;
    /// How many are open.
    async fn open_associations(&mut self) -> Result<u64, StoreFault>;
    /// Open ones whose last day is before `today`, at most `limit`.
    async fn associations_over(&mut self, today: Date, limit: u32) -> Result<Vec<AssociationId>, StoreFault>;
    /// One of them.
    async fn association(&mut self, id: AssociationId) -> Result<Option<Association>, StoreFault>;

    /// Keeps a version of the terms; the same hash twice is one.
    async fn keep_terms(&mut self, terms: &TermsVersion) -> Result<(), StoreFault>;
    /// Records an accept.
    async fn add_acceptance(&mut self, acceptance: &TermsAcceptance) -> Result<(), StoreFault>;
    /// Her newest accept.
    async fn last_acceptance(&mut self, id: PersonId) -> Result<Option<TermsAcceptance>, StoreFault>;

    /// Whose newest accept is of none of these versions, in the order of their ids, behind `after`, at most `limit`. Whom the
    /// terms hold already is left out, as is who never accepted any.
    async fn behind_terms(
        &mut self,
        enough: &[TermsHash],
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault>;
    /// Those of them whom nobody told of this version yet.
    async fn untold_of_terms(
        &mut self,
        enough: &[TermsHash],
        told: TermsHash,
        limit: u32,
    ) -> Result<Vec<PersonId>, StoreFault>;
    /// Notes that somebody was told of it; false when that was noted before.
    async fn note_terms_told(
        &mut self,
        id: PersonId,
        terms: TermsHash,
        at: Timestamp,
    ) -> Result<bool, StoreFault>;

    /// Records a proof.
    async fn add_proofing(&mut self, proofing: &IdentityProofing) -> Result<(), StoreFault>;
    /// Her newest proof.
    async fn last_proofing(&mut self, id: PersonId) -> Result<Option<IdentityProofing>, StoreFault>;

    /// Adds or changes a role.
    async fn put_role(&mut self, role: &Role) -> Result<(), StoreFault>;
    /// One role.
    async fn role(&mut self, id: RoleId) -> Result<Option<Role>, StoreFault>;
    /// Her roles.
    async fn roles_of(&mut self, id: PersonId) -> Result<Vec<Role>, StoreFault>;
    /// All roles, newest first.
    async fn roles(&mut self) -> Result<Vec<Role>, StoreFault>;

    /// Remembers a run of the HR feed.
    async fn add_import(
        &mut self,
        id: ImportId,
        at: Timestamp,
        operator: &str,
        source: &str,
        hash: [u8; 32],
    ) -> Result<(), StoreFault>;
}

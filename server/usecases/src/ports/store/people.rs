//! People, their relations, holds, proofs, accepts and roles.

use super::StoreFault;
use crate::ports::vault::{Mac, Sealed};
use async_trait::async_trait;
use domain::association::{Association, Cvr};
use domain::ids::{AssociationId, Epoch, ImportId, PersonId, RoleId};
use domain::person::{Person, UserName};
use domain::proofing::IdentityProofing;
use domain::role::Role;
use domain::standing::{Hold, Origin, Standing};
use domain::terms::{TermsAcceptance, TermsVersion};
use domain::{Date, Timestamp};

/// A person as HR's feed makes her.
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// Who.
    pub person: &'a Person,
    /// Her number, sealed.
    pub cpr: &'a Sealed,
    /// Her number's blind index.
    pub cpr_index: Mac,
    /// The wrapped key of her part of the trail.
    pub trail_key: &'a Sealed,
    /// When.
    pub at: Timestamp,
}

/// People, relations, holds, proofs and accepts.
#[async_trait]
pub trait People {
    /// One person.
    async fn person(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault>;
    /// One person, her row locked so that nobody puts a hold meanwhile (`FOR SHARE`).
    async fn person_steady(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault>;
    /// One person, her row locked for a change (`FOR UPDATE`).
    async fn person_for_update(&mut self, id: PersonId) -> Result<Option<Person>, StoreFault>;
    /// By any of these blind indexes.
    async fn person_by_cpr(&mut self, indexes: &[Mac]) -> Result<Option<PersonId>, StoreFault>;
    /// By user name.
    async fn person_by_user_name(&mut self, name: &UserName) -> Result<Option<PersonId>, StoreFault>;
    /// Who ever had this user name; names are never given to another.
    async fn user_name_owner(&mut self, name: &UserName) -> Result<Option<PersonId>, StoreFault>;
    /// Adds a person and reserves her user name for ever.
    async fn add_person(&mut self, new: NewPerson<'_>) -> Result<(), StoreFault>;
    /// Changes names, contact and user name (reserving the new one). Never the epoch.
    async fn change_person(&mut self, person: &Person) -> Result<(), StoreFault>;
    /// Her sealed number.
    async fn cpr_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// Replaces her number (only ever before a proofing).
    async fn set_cpr(&mut self, id: PersonId, cpr: &Sealed, index: Mac) -> Result<(), StoreFault>;
    /// The wrapped key of her part of the trail; none once shredded.
    async fn trail_key_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// Her open holds and epoch.
    async fn standing(&mut self, id: PersonId) -> Result<Standing, StoreFault>;
    /// The same, her row held steady from before it is read, as by [`People::person_steady`]; none where nobody is.
    async fn standing_steady(&mut self, id: PersonId) -> Result<Option<Standing>, StoreFault>;
    /// Adds a hold and sets the raised epoch, in one.
    async fn add_hold(&mut self, id: PersonId, hold: &Hold, epoch: Epoch) -> Result<(), StoreFault>;
    /// How many people have an open hold of an origin that was put since then.
    async fn holds_since(&mut self, origin: Origin, since: Timestamp) -> Result<u64, StoreFault>;
    /// Lifts her holds of one origin and sets the raised epoch, in one; every other hold stays. Gives how many.
    async fn lift_holds(&mut self, id: PersonId, origin: Origin, epoch: Epoch) -> Result<u64, StoreFault>;

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

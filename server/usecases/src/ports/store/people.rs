//! People and what holds their logins.

use super::StoreFault;
use crate::ports::vault::{Mac, Sealed};
use async_trait::async_trait;
use domain::Timestamp;
use domain::association::{Association, Cvr};
use domain::ids::{Epoch, PersonId};
use domain::lift::Asked;
use domain::person::{Person, UserName};
use domain::standing::{Hold, Origin, Standing};

/// A person as HR's feed makes her.
#[derive(Debug)]
pub struct NewPerson<'a> {
    /// Who.
    pub person: &'a Person,
    /// Her number, sealed.
    pub cpr: &'a Sealed,
    /// Her number's blind index.
    pub cpr_index: Mac,
    /// The wrapped key of her part of the trail, kept in its own store first ([`super::PersonKeys`]).
    pub trail_key: &'a Sealed,
    /// When.
    pub at: Timestamp,
}

/// What is on record about a line of HR's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineOnRecord {
    /// Whose number it is, as [`People::person_by_cpr`].
    pub person: Option<Person>,
    /// The relation of that number, as [`super::Relations::association_by_number`].
    pub relation: Option<Association>,
    /// Who ever had that user name, as [`People::user_name_owner`].
    pub name_owner: Option<PersonId>,
}

/// What a line of HR's names.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The blind indexes of the CPR number.
    pub indexes: &'a [Mac],
    /// Where the relation is.
    pub cvr: &'a Cvr,
    /// And its number there.
    pub employee_number: &'a str,
    /// The user name.
    pub user_name: &'a UserName,
}

/// People and holds.
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
    /// All there is about a line of HR's, in one question: it is asked of every line.
    async fn line_on_record(&mut self, named: Named<'_>) -> Result<LineOnRecord, StoreFault>;
    /// Adds a person and reserves her user name for ever.
    async fn add_person(&mut self, new: NewPerson<'_>) -> Result<(), StoreFault>;
    /// Changes names, contact and user name (reserving the new one). Never the epoch.
    async fn change_person(&mut self, person: &Person) -> Result<(), StoreFault>;
    /// Her sealed number.
    async fn cpr_of(&mut self, id: PersonId) -> Result<Option<Sealed>, StoreFault>;
    /// Replaces her number (only ever before a proofing).
    async fn set_cpr(&mut self, id: PersonId, cpr: &Sealed, index: Mac) -> Result<(), StoreFault>;
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
    /// Keeps one operator's voice for lifting a hold, in place of an earlier one.
    async fn ask_lift(&mut self, asked: &Asked) -> Result<(), StoreFault>;
    /// The voices for lifting holds of hers that are open.
    async fn lifts_asked(&mut self, id: PersonId) -> Result<Vec<Asked>, StoreFault>;
    /// What she proved until now counts no more: she enrols in full, and HR may name another number (security decision 21).
    async fn void_proofs(&mut self, id: PersonId, at: Timestamp) -> Result<(), StoreFault>;
}

//! The parts of the file, as it is written.

use domain::{Date, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that is kept about her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnData {
    /// When this was made.
    pub made_at: Timestamp,
    /// Who she is.
    pub person: WhoIs,
    /// Where notices go.
    pub contact: Reached,
    /// Her work relations.
    pub relations: Vec<Relation>,
    /// What holds her login.
    pub holds: Vec<Held>,
    /// The terms she accepted.
    pub terms: Vec<Accept>,
    /// How she proved who she is.
    pub proofs: Vec<Proof>,
    /// When her password was set.
    pub password_set_at: Option<Timestamp>,
    /// Her login methods.
    pub login_methods: Vec<Method>,
    /// How many of her recovery codes are unused.
    pub recovery_codes_left: u32,
    /// Her roles.
    pub roles: Vec<RoleOf>,
    /// Where she is signed in.
    pub sessions: Vec<Since>,
    /// Services she may be logged in to by us.
    pub services: Vec<Service>,
    /// What services are told of her beside HR's data.
    pub registered: ToldOfHer,
    /// What the trail tells about her, the newest first.
    pub events: Vec<Event>,
}

/// What services are told of her beside HR's data, where their connection says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ToldOfHer {
    /// What MitID Erhverv knows her by.
    pub subject_name_id: Option<String>,
    /// Her UNI-ID.
    pub uni_id: Option<String>,
    /// Her UUID in the organisation register.
    pub uuid: Option<String>,
    /// What she may do.
    pub job_functions: Vec<String>,
}

/// Who she is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhoIs {
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// What she types.
    pub user_name: String,
    /// Her CPR number without its last four digits.
    pub cpr: String,
}

/// Where notices go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// As HR holds it.
    pub work_mail: Option<String>,
    /// As HR holds it.
    pub private_mail_from_hr: Option<String>,
    /// As HR holds it.
    pub mobile_from_hr: Option<String>,
    /// What she decided herself.
    pub own: Vec<OwnChannel>,
}

/// What she decided of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnChannel {
    /// Which.
    pub kind: String,
    /// The address she verified; none when she took it away.
    pub address: Option<String>,
    /// When.
    pub changed_at: Timestamp,
    /// Where notices went until then.
    pub before: Option<String>,
}

/// One work relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// The organisation's CVR number.
    pub cvr: String,
    /// The number HR knows her by.
    pub employee_number: String,
    /// The unit.
    pub unit: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// When it became active.
    pub activated_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// One hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// By whom.
    pub origin: String,
    /// Why, as a word of the catalogue.
    pub reason: String,
    /// Since when.
    pub at: Timestamp,
}

/// One accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accept {
    /// What people call the version.
    pub version: String,
    /// When.
    pub at: Timestamp,
    /// From which address.
    pub address: String,
    /// In which browser.
    pub browser: String,
    /// The accept's reference.
    pub reference: String,
}

/// One proof of who she is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// When.
    pub at: Timestamp,
    /// At what level.
    pub level: String,
    /// With what.
    pub with: String,
    /// Through whom.
    pub through: String,
    /// The authenticators used there.
    pub authenticators: Vec<String>,
    /// Their ids of it.
    pub transactions: Vec<String>,
    /// Which register was asked about her number.
    pub register: String,
    /// When.
    pub register_at: Timestamp,
}

/// One login method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Method {
    /// Which kind.
    pub kind: String,
    /// What she calls it.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// Last used.
    pub used_at: Option<Timestamp>,
}

/// One role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleOf {
    /// Which.
    pub role: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Until when she holds it.
    pub held_until: Option<Timestamp>,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Since {
    /// When it began.
    pub began_at: Timestamp,
    /// Last used.
    pub seen_at: Timestamp,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Service {
    /// What people call it.
    pub name: String,
    /// Since when.
    pub began_at: Timestamp,
    /// Until when at the latest.
    pub until: Timestamp,
}

/// One row of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What, as a word of the catalogue.
    pub what: String,
    /// By whom: herself, nobody known, the system or an operator.
    pub by: &'static str,
    /// What it was about: the service, the reason, the kind.
    pub facts: BTreeMap<String, String>,
    /// What was kept of it that is personal: address, browser, where a notice went.
    pub details: BTreeMap<String, String>,
    /// What to quote.
    pub reference: String,
}

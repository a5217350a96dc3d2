//! Names that stand inside sentences: kinds of factor, ways of proof, roles.

use crate::Say;
use domain::role::RoleKind;

/// TOTP on a phone or a computer.
pub const AUTHENTICATOR_APP: Say = Say::new("godkender-app", "authenticator app");
/// A hardware device that shows codes.
pub const CODE_DEVICE: Say = Say::new("kodeviser", "code device");
/// A passkey.
pub const PASSKEY: Say = Say::new("adgangsnøgle", "passkey");
/// A FIDO2 security key.
pub const SECURITY_KEY: Say = Say::new("sikkerhedsnøgle", "security key");

/// Proved by MitID.
pub const BY_MITID: Say = Say::new("med MitID", "with MitID");
/// Proved before a registrar.
pub const IN_PERSON: Say =
    Say::new("ved fremmøde med pas eller kørekort", "in person with passport or driving licence");

/// Sets up connections, terms, roles and policy.
pub const ADMINISTRATOR: Say = Say::new("administrator", "administrator");
/// Enrols in person.
pub const REGISTRAR: Say = Say::new("registrant", "registrar");
/// Helps, and blocks on the owner's behalf.
pub const SERVICE_DESK: Say = Say::new("servicedesk", "service desk");
/// Reads and proves.
pub const AUDITOR: Say = Say::new("revisor", "auditor");

/// What a role is called.
pub const fn role(kind: RoleKind) -> Say {
    match kind {
        RoleKind::Administrator => ADMINISTRATOR,
        RoleKind::Registrar => REGISTRAR,
        RoleKind::ServiceDesk => SERVICE_DESK,
        RoleKind::Auditor => AUDITOR,
    }
}

//! What only one kind of notice tells: its days, names, codes and links.

use super::letter::one_line;
use super::{NoticeText, SecretCode, SecretLink};
use crate::{Lang, format, words};
use domain::role::RoleKind;

impl NoticeText<'_> {
    /// The values only this kind has, by the names its sentences use.
    pub(super) fn own_values(&self, lang: Lang) -> Vec<(&'static str, String)> {
        match self {
            Self::Welcome { until, .. } => vec![("until", format::moment(*until, lang))],
            Self::Reminder { until, steps, .. } => {
                vec![("until", format::moment(*until, lang)), ("steps", steps.to_string())]
            }
            Self::ContactCode { code: SecretCode(code), until } => {
                vec![("code", in_fours(code)), ("clock", format::clock(*until, lang))]
            }
            Self::TermsAccepted { version } => vec![("version", one_line(version))],
            Self::IdentityConfirmed { how } => vec![("how", how.get(lang).into())],
            Self::FactorAdded { nickname, kind } | Self::FactorRenamed { nickname, kind } => {
                vec![("nickname", one_line(nickname)), ("kind", kind.get(lang).into())]
            }
            Self::RecoveryCodeUsed { left } => vec![("n", left.to_string())],
            Self::NewPlace { also, .. } => vec![("n", also.to_string())],
            Self::ReconfirmationNear { last } | Self::PasswordLeaked { last } | Self::TermsNear { last } => {
                vec![("day", format::day(*last, lang))]
            }
            Self::NameChanged
            | Self::HeldForTerms
            | Self::NumberChanged
            | Self::PasswordSet
            | Self::CodesStopped
            | Self::KeysChanged
            | Self::KeyEnds
            | Self::FeedImported
            | Self::DevicesChanged
            | Self::DeviceHandedOut
            | Self::SeedLeaked
            | Self::TokenReused
            | Self::HeldByMunicipality
            | Self::HoldLifted
            | Self::BeginsAnew
            | Self::HoldsChanged
            | Self::Erasure
            | Self::TermsHandled
            | Self::CodesPaused
            | Self::ResetLeft
            | Self::HeldForLeak
            | Self::ServiceSaved
            | Self::ServiceAttention
            | Self::OpenAnew
            | Self::KeyCopied
            | Self::DatabaseRecovered
            | Self::ContactChanged
            | Self::OwnDataTaken
            | Self::ReadByAuditor
            | Self::RolesEnded
            | Self::DatabaseMigrated
            | Self::OutsideBegun
            | Self::Blocked
            | Self::Reopened
            | Self::RevocationNear
            | Self::Revoked
            | Self::CodesPrinted
            | Self::FactorRemoved => vec![],
            Self::AssociationActive { organisation }
            | Self::AssociationClosed { organisation }
            | Self::MassBlocking { organisation } => {
                vec![("organisation", one_line(organisation))]
            }
            Self::AssociationActiveToOrganisation { organisation, person, employee_number }
            | Self::AssociationEndedToOrganisation { organisation, person, employee_number } => vec![
                ("organisation", one_line(organisation)),
                ("person", one_line(person)),
                ("number", one_line(employee_number)),
            ],
            Self::RoleProposed { role, proposer } => {
                vec![("role", role.get(lang).into()), ("proposer", one_line(proposer))]
            }
            Self::RoleUnheld { roles } => vec![("roles", named(roles, lang))],
            Self::RoleProposedToAdministrators { role, proposer, person } => vec![
                ("role", role.get(lang).into()),
                ("proposer", one_line(proposer)),
                ("person", one_line(person)),
            ],
        }
    }

    pub(super) const fn link(&self) -> Option<SecretLink<'_>> {
        match self {
            Self::Welcome { link, .. } | Self::Reminder { link, .. } => Some(*link),
            _ => None,
        }
    }
}

/// The roles by name; a dash where there is none.
fn named(roles: &[RoleKind], lang: Lang) -> String {
    if roles.is_empty() {
        return "–".to_owned();
    }
    roles.iter().map(|kind| words::role(*kind).get(lang)).collect::<Vec<_>>().join(", ")
}

/// A code in groups of four, for reading and typing.
fn in_fours(code: &str) -> String {
    let (first, second) = code.split_at_checked(4).unwrap_or((code, ""));
    format!("{first} {second}").trim_end().to_owned()
}

//! How each message is told: by which ways, when, and what its letter may hold.

use super::Template;
use crate::contact::ChannelKind;
use jiff::SignedDuration;

impl Template {
    /// By which kinds of channel it is told besides the first mail, to whom has one of that kind.
    pub fn also_by(self) -> &'static [ChannelKind] {
        match self {
            Self::FactorAdded
            | Self::Blocked
            | Self::Reopened
            | Self::ContactChanged
            | Self::HeldByMunicipality
            | Self::HeldForLeak
            | Self::HoldLifted => &ChannelKind::ALL,
            // Who took something of hers may read her work mail. Of the last ones her login is held: she may have no way to it.
            Self::IdentityProved
            | Self::PasswordSet
            | Self::FactorRemoved
            | Self::FactorRenamed
            | Self::CodesPrinted
            | Self::CodesStopped
            | Self::CodesPaused
            | Self::NewPlace
            | Self::ResetLeft
            | Self::PasswordLeaked
            | Self::RecoveryCodeUsed
            | Self::OwnDataTaken
            | Self::OpenAnew
            | Self::SeedLeaked
            | Self::TokenReused
            | Self::NumberChanged
            | Self::BeginsAnew
            | Self::HeldForTerms
            | Self::KeyCopied => &[ChannelKind::PrivateMail],
            Self::Welcome => &[ChannelKind::Mobile],
            Self::Reminder
            | Self::TermsNear
            | Self::TermsAccepted
            | Self::Active
            | Self::ActiveToOrganisation
            | Self::RevocationNear
            | Self::Revoked
            | Self::MassBlocking
            | Self::RoleProposed
            | Self::KeysChanged
            | Self::KeyEnds
            | Self::FeedImported
            | Self::ServiceSaved
            | Self::ServiceAttention
            | Self::AssociationClosed
            | Self::DatabaseRecovered
            | Self::EndedToOrganisation
            | Self::ReconfirmationNear
            | Self::NameChanged
            | Self::DevicesChanged
            | Self::DeviceHandedOut
            | Self::HoldsChanged
            | Self::Erasure
            | Self::TermsHandled
            | Self::ReadByAuditor
            | Self::RolesEnded
            | Self::RoleUnheld
            | Self::DatabaseMigrated
            | Self::OutsideBegun
            | Self::ContactCode => &[],
        }
    }

    /// Whether its first mail goes to her private address where there is one: while, or when no longer, the work
    /// account is open.
    pub fn private_first(self) -> bool {
        matches!(
            self,
            Self::Welcome
                | Self::Reminder
                | Self::RevocationNear
                | Self::Revoked
                | Self::AssociationClosed
                | Self::RolesEnded
        )
    }

    /// Whether it must go where HR says and nowhere else: the invitation is half of the proof (security decision 2).
    pub fn to_hr_only(self) -> bool {
        matches!(self, Self::Welcome | Self::Reminder)
    }

    /// Whether it goes to the organisation, wherever she herself is reached.
    pub fn to_organisation(self) -> bool {
        matches!(self, Self::ActiveToOrganisation | Self::EndedToOrganisation | Self::MassBlocking)
    }

    /// Whether it may say in which browser and from where: her whereabouts are hers, and neither the organisation's nor
    /// whoever an address belongs to that she has not verified yet. Where an auditor sat is the auditor's.
    pub fn tells_where_from(self) -> bool {
        !self.to_organisation() && !matches!(self, Self::ContactCode | Self::ReadByAuditor)
    }

    /// Whether it is queued long before it leaves.
    pub fn is_scheduled(self) -> bool {
        matches!(self, Self::Reminder | Self::ReconfirmationNear | Self::RevocationNear | Self::TermsNear)
    }

    /// For how long it waits for its like, so that one letter tells of all of them; none where it leaves at once, as
    /// whatever tells of a login that was closed, opened or changed does.
    pub fn gathers(self) -> Option<SignedDuration> {
        (self == Self::NewPlace).then_some(SignedDuration::from_mins(5))
    }

    /// Whether the letter asks its reader "was it not you?" with a link that blocks her own login. Letters to others,
    /// and those that a login's owner may not have confirmed her address for, carry none.
    pub fn may_block(self) -> bool {
        match self {
            Self::TermsAccepted
            | Self::IdentityProved
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::FactorRenamed
            | Self::PasswordSet
            | Self::CodesStopped
            | Self::CodesPrinted
            | Self::PasswordLeaked
            | Self::RecoveryCodeUsed
            | Self::Active
            | Self::Reopened
            | Self::ContactChanged
            | Self::NewPlace
            | Self::CodesPaused
            | Self::ResetLeft
            | Self::OwnDataTaken => true,
            Self::Welcome
            | Self::Reminder
            | Self::ActiveToOrganisation
            | Self::Blocked
            | Self::RevocationNear
            | Self::Revoked
            | Self::MassBlocking
            | Self::RoleProposed
            | Self::KeysChanged
            | Self::KeyEnds
            | Self::FeedImported
            | Self::ServiceSaved
            | Self::ServiceAttention
            | Self::AssociationClosed
            | Self::ContactCode
            | Self::OpenAnew
            | Self::DatabaseRecovered
            | Self::EndedToOrganisation
            | Self::ReconfirmationNear
            | Self::NameChanged
            | Self::DevicesChanged
            | Self::DeviceHandedOut
            | Self::SeedLeaked
            | Self::TokenReused
            | Self::HeldByMunicipality
            | Self::HeldForLeak
            | Self::HeldForTerms
            | Self::TermsNear
            | Self::HoldLifted
            | Self::BeginsAnew
            | Self::HoldsChanged
            | Self::Erasure
            | Self::TermsHandled
            | Self::ReadByAuditor
            | Self::RolesEnded
            | Self::RoleUnheld
            | Self::DatabaseMigrated
            | Self::OutsideBegun
            | Self::NumberChanged
            | Self::KeyCopied => false,
        }
    }
}

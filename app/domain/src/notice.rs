//! Messages to people: which, about what. The text is made at sending (security decision 30).

use crate::contact::{ChannelKind, Channels};
use crate::ids::{FlowId, NoticeId, PersonId, RequestId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Which message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Template {
    /// Welcome: how to begin. Carries a link made at sending.
    Welcome,
    /// Something is still missing.
    Reminder,
    /// Receipt for the terms.
    TermsAccepted,
    /// Identity confirmed.
    IdentityProved,
    /// A login method was added.
    FactorAdded,
    /// A password was set anew.
    PasswordSet,
    /// Sign-in by code was stopped after too many wrong ones.
    CodesStopped,
    /// The login is active: to the person.
    Active,
    /// A login became active: to the organisation (NSIS 5.2.11).
    ActiveToOrganisation,
    /// The login was blocked: receipt.
    Blocked,
    /// The login was opened again.
    Reopened,
    /// In a week a blocked login is closed for good.
    RevocationNear,
    /// A login that stayed blocked for thirty days was closed for good.
    Revoked,
    /// A new sheet of codes was made; the old one is dead.
    CodesPrinted,
    /// A login method was removed.
    FactorRemoved,
    /// Many logins were blocked within minutes: to the organisation.
    MassBlocking,
    /// A role was proposed: to administrators.
    RoleProposed,
    /// Keys were made, rotated or retired: to administrators.
    KeysChanged,
    /// A list of HR's was imported and changed something: to administrators.
    FeedImported,
    /// A connection to a service was added or changed: to administrators.
    ServiceSaved,
    /// The work relation ended, the login is closed.
    AssociationClosed,
    /// A backup was restored, and what she signed in with since then is lost: she opens her login with MitID.
    OpenAnew,
    /// A backup was restored and brought up to what is kept outside: to administrators.
    DatabaseRecovered,
    /// A person ended her own work relation: to the organisation (NSIS 5.2.1).
    EndedToOrganisation,
    /// She confirms anew with MitID within thirty days, a week, a day.
    ReconfirmationNear,
    /// HR changed her name: she confirms anew with MitID.
    NameChanged,
    /// HR names another CPR number than the one she proved: her login is held.
    NumberChanged,
    /// Where her notices go was changed: to the old and the new address.
    ContactChanged,
    /// The code that verifies a new address, to that address.
    ContactCode,
}

impl Template {
    /// Every message there is.
    pub const ALL: [Self; 29] = [
        Self::Welcome,
        Self::Reminder,
        Self::TermsAccepted,
        Self::IdentityProved,
        Self::FactorAdded,
        Self::PasswordSet,
        Self::CodesStopped,
        Self::Active,
        Self::ActiveToOrganisation,
        Self::Blocked,
        Self::Reopened,
        Self::RevocationNear,
        Self::Revoked,
        Self::CodesPrinted,
        Self::FactorRemoved,
        Self::MassBlocking,
        Self::RoleProposed,
        Self::KeysChanged,
        Self::FeedImported,
        Self::ServiceSaved,
        Self::AssociationClosed,
        Self::OpenAnew,
        Self::DatabaseRecovered,
        Self::EndedToOrganisation,
        Self::ReconfirmationNear,
        Self::NameChanged,
        Self::NumberChanged,
        Self::ContactChanged,
        Self::ContactCode,
    ];

    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Reminder => "reminder",
            Self::TermsAccepted => "terms-accepted",
            Self::IdentityProved => "identity-proved",
            Self::FactorAdded => "factor-added",
            Self::PasswordSet => "password-set",
            Self::CodesStopped => "codes-stopped",
            Self::Active => "active",
            Self::ActiveToOrganisation => "active-to-organisation",
            Self::Blocked => "blocked",
            Self::Reopened => "reopened",
            Self::RevocationNear => "revocation-near",
            Self::Revoked => "revoked",
            Self::CodesPrinted => "codes-printed",
            Self::FactorRemoved => "factor-removed",
            Self::MassBlocking => "mass-blocking",
            Self::RoleProposed => "role-proposed",
            Self::KeysChanged => "keys-changed",
            Self::FeedImported => "feed-imported",
            Self::ServiceSaved => "service-saved",
            Self::AssociationClosed => "association-closed",
            Self::OpenAnew => "open-anew",
            Self::DatabaseRecovered => "database-recovered",
            Self::EndedToOrganisation => "ended-to-organisation",
            Self::ReconfirmationNear => "reconfirmation-near",
            Self::NameChanged => "name-changed",
            Self::NumberChanged => "number-changed",
            Self::ContactChanged => "contact-changed",
            Self::ContactCode => "contact-code",
        }
    }
}

impl Template {
    /// By which kinds of channel it is told besides the first mail, to whom has one of that kind.
    pub fn also_by(self) -> &'static [ChannelKind] {
        match self {
            Self::FactorAdded | Self::Blocked | Self::Reopened | Self::ContactChanged => &ChannelKind::ALL,
            // Of the last two her login is held: she may have no way to her work mail.
            Self::IdentityProved | Self::PasswordSet | Self::OpenAnew | Self::NumberChanged => {
                &[ChannelKind::PrivateMail]
            }
            Self::Welcome => &[ChannelKind::Mobile],
            Self::Reminder
            | Self::TermsAccepted
            | Self::CodesStopped
            | Self::Active
            | Self::ActiveToOrganisation
            | Self::RevocationNear
            | Self::Revoked
            | Self::CodesPrinted
            | Self::FactorRemoved
            | Self::MassBlocking
            | Self::RoleProposed
            | Self::KeysChanged
            | Self::FeedImported
            | Self::ServiceSaved
            | Self::AssociationClosed
            | Self::DatabaseRecovered
            | Self::EndedToOrganisation
            | Self::ReconfirmationNear
            | Self::NameChanged
            | Self::ContactCode => &[],
        }
    }

    /// Whether its first mail goes to her private address where there is one: while, or when no longer, the work
    /// account is open.
    pub fn private_first(self) -> bool {
        matches!(
            self,
            Self::Welcome | Self::Reminder | Self::RevocationNear | Self::Revoked | Self::AssociationClosed
        )
    }

    /// Whether it must go where HR says and nowhere else: the invitation is half of the proof (security decision 2).
    pub fn to_hr_only(self) -> bool {
        matches!(self, Self::Welcome | Self::Reminder)
    }

    /// Whether the letter asks its reader "was it not you?" with a link that blocks her own login. Letters to others,
    /// and those that a login's owner may not have confirmed her address for, carry none.
    pub fn may_block(self) -> bool {
        match self {
            Self::TermsAccepted
            | Self::IdentityProved
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::PasswordSet
            | Self::CodesStopped
            | Self::CodesPrinted
            | Self::Active
            | Self::Reopened
            | Self::ContactChanged => true,
            Self::Welcome
            | Self::Reminder
            | Self::ActiveToOrganisation
            | Self::Blocked
            | Self::RevocationNear
            | Self::Revoked
            | Self::MassBlocking
            | Self::RoleProposed
            | Self::KeysChanged
            | Self::FeedImported
            | Self::ServiceSaved
            | Self::AssociationClosed
            | Self::ContactCode
            | Self::OpenAnew
            | Self::DatabaseRecovered
            | Self::EndedToOrganisation
            | Self::ReconfirmationNear
            | Self::NameChanged
            | Self::NumberChanged => false,
        }
    }
}

/// By which way one message leaves. Each leaves and is tried again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Channel {
    /// The first mail.
    #[default]
    Mail,
    /// Her private mail, when the first one went to work.
    Private,
    /// The private mail that hers replaced less than an hour before.
    PrivateBefore,
    /// SMS to her mobile.
    Sms,
    /// SMS to the mobile that hers replaced less than an hour before.
    SmsBefore,
}

impl Channel {
    /// The ways of a kind: to the address that counts, and to the one it replaced.
    pub fn of(kind: ChannelKind) -> [Self; 2] {
        match kind {
            ChannelKind::PrivateMail => [Self::Private, Self::PrivateBefore],
            ChannelKind::Mobile => [Self::Sms, Self::SmsBefore],
        }
    }

    /// Whether it goes to a phone.
    pub fn is_sms(self) -> bool {
        matches!(self, Self::Sms | Self::SmsBefore)
    }

    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Private => "private",
            Self::PrivateBefore => "private-before",
            Self::Sms => "sms",
            Self::SmsBefore => "sms-before",
        }
    }
}

/// Where a notice of `template` about something at `at` goes by this way; none when there is nobody to tell.
pub fn address(channels: &Channels, template: Template, channel: Channel, at: Timestamp) -> Option<String> {
    let work = channels.hr.work_mail.as_ref().map(ToString::to_string);
    let text = |kind| channels.told(kind, at).map(|it| it.as_str().to_owned());
    let before = |kind| channels.told_besides(kind, at).map(|it| it.as_str().to_owned());
    match channel {
        Channel::Mail if template.to_hr_only() => channels.hr.for_welcome().map(ToString::to_string),
        Channel::Sms if template.to_hr_only() => channels.hr.mobile.as_ref().map(ToString::to_string),
        Channel::Mail if template.private_first() => text(ChannelKind::PrivateMail).or(work),
        Channel::Mail => work.or_else(|| text(ChannelKind::PrivateMail)),
        Channel::Private => {
            text(ChannelKind::PrivateMail).filter(|private| work.as_ref().is_some_and(|it| it != private))
        }
        Channel::PrivateBefore => before(ChannelKind::PrivateMail).filter(|old| work.as_ref() != Some(old)),
        Channel::Sms => text(ChannelKind::Mobile),
        Channel::SmsBefore => before(ChannelKind::Mobile),
    }
}

/// One message waiting to leave. Holds ids only: no text, no address, no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which; also the message's own id, so that sending twice is seen as once.
    pub id: NoticeId,
    /// Whom it is about.
    pub person: PersonId,
    /// Which message.
    pub template: Template,
    /// By which way.
    pub channel: Channel,
    /// When it happened.
    pub at: Timestamp,
    /// In which request; the reference people quote.
    pub request: RequestId,
    /// The flow it is about, where the request does not say.
    pub flow: Option<FlowId>,
    /// Not before then.
    pub due_at: Timestamp,
}

/// When to try again after `attempts` failures: a minute, doubling, at most six hours; none after ten.
pub fn retry_after(attempts: u32) -> Option<SignedDuration> {
    let minutes = 1i64.checked_shl(attempts.saturating_sub(1)).unwrap_or(i64::MAX).min(360);
    (attempts <= 10).then(|| SignedDuration::from_mins(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_its_own_address_and_nobody_is_told_twice() {
        use crate::contact::Own;
        use crate::person::{Contact, Mail, Mobile};
        let hr = Contact {
            work_mail: Some(Mail::try_from("maja@kommune.example").unwrap()),
            private_mail: Some(Mail::try_from("hr@private.example").unwrap()),
            mobile: Some(Mobile::try_from("11111111").unwrap()),
        };
        let own = |kind: ChannelKind, address: &str, before: &str| Own {
            address: kind.read(address),
            changed_at: Timestamp::UNIX_EPOCH,
            before: kind.read(before),
        };
        let channels = Channels {
            hr,
            private_mail: Some(own(ChannelKind::PrivateMail, "own@private.example", "hr@private.example")),
            mobile: Some(own(ChannelKind::Mobile, "22222222", "11111111")),
        };
        let to = |template, channel| address(&channels, template, channel, Timestamp::UNIX_EPOCH);
        for (template, channel, expected) in [
            (Template::Blocked, Channel::Mail, "maja@kommune.example"),
            (Template::Blocked, Channel::Private, "own@private.example"),
            (Template::Blocked, Channel::PrivateBefore, "hr@private.example"),
            (Template::Blocked, Channel::Sms, "+4522222222"),
            (Template::Blocked, Channel::SmsBefore, "+4511111111"),
            (Template::AssociationClosed, Channel::Mail, "own@private.example"),
            (Template::Welcome, Channel::Mail, "hr@private.example"),
            (Template::Welcome, Channel::Sms, "+4511111111"),
        ] {
            assert_eq!(to(template, channel).as_deref(), Some(expected), "{template:?} {channel:?}");
        }
        let mut at_home = channels.clone();
        at_home.hr.work_mail = None;
        let to = |channel| address(&at_home, Template::Blocked, channel, Timestamp::UNIX_EPOCH);
        assert_eq!(to(Channel::Mail).as_deref(), Some("own@private.example"));
        assert_eq!(to(Channel::Private), None, "it was the first mail");
        assert_eq!(to(Channel::PrivateBefore).as_deref(), Some("hr@private.example"));
    }

    #[test]
    fn retries_slow_down_and_end() {
        assert_eq!(retry_after(1), Some(SignedDuration::from_mins(1)));
        assert_eq!(retry_after(4), Some(SignedDuration::from_mins(8)));
        assert_eq!(retry_after(10), Some(SignedDuration::from_mins(360)));
        assert_eq!(retry_after(11), None);
    }
}

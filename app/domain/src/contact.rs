//! How a person is reached: what HR holds, and what she verified herself, which HR's file never overwrites (security
//! decision 21).
//!
//! A change tells the old address too, and for an hour the old one goes on receiving beside the new: whoever sits at an
//! open session cannot take her notices away behind her back. A blocked login's opening takes back what was changed in
//! the hour before the block, and what HR holds counts again (security decision 12).

use crate::ids::{PersonId, SessionId};
use crate::person::{Contact, Mail, Mobile};
use crate::suspension::SUSPECT_BEFORE;
use core::fmt;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long the old address goes on receiving, and no further change of the same kind is taken.
pub const COOL_OFF: SignedDuration = SignedDuration::from_hours(1);
/// How long the code sent to a new address works.
pub const CODE_HOLDS: SignedDuration = SignedDuration::from_mins(15);
/// So many wrong codes end the attempt. Of a hundred million codes that is a chance of one in twenty million.
pub const WRONG_CODES: u8 = 5;

/// A kind of channel she may choose herself. Mail at work is the municipality's, and always stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChannelKind {
    /// Private mail.
    PrivateMail,
    /// Mobile phone.
    Mobile,
}

impl ChannelKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::PrivateMail, Self::Mobile];

    /// The word kept in rows, forms and the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PrivateMail => "private-mail",
            Self::Mobile => "mobile",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Reads what somebody typed as an address of this kind.
    pub fn read(self, typed: &str) -> Option<Address> {
        match self {
            Self::PrivateMail => Mail::try_from(typed).ok().map(Address::Mail),
            Self::Mobile => Mobile::try_from(typed).ok().map(Address::Mobile),
        }
    }
}

/// An address of hers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Address {
    /// Private mail.
    Mail(Mail),
    /// Mobile phone.
    Mobile(Mobile),
}

impl Address {
    /// Its kind.
    pub fn kind(&self) -> ChannelKind {
        match self {
            Self::Mail(_) => ChannelKind::PrivateMail,
            Self::Mobile(_) => ChannelKind::Mobile,
        }
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mail(mail) => mail.as_str(),
            Self::Mobile(mobile) => mobile.as_str(),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.kind().word())
    }
}

/// What she decided of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The address she verified; none when she wants no notices by this kind.
    pub address: Option<Address>,
    /// When she decided it.
    pub changed_at: Timestamp,
    /// Where notices of this kind went until then.
    pub before: Option<Address>,
}

/// Why a change is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChanged {
    /// One of this kind was changed less than an hour ago: not before then.
    #[error("changed too short a time ago")]
    CoolsOff(Timestamp),
    /// It is hers already.
    #[error("the same as before")]
    Same,
    /// Without it nothing would reach her.
    #[error("the last way to reach her")]
    LastWay,
}

impl NotChanged {
    /// The word kept in the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::CoolsOff(_) => "cools-off",
            Self::Same => "same",
            Self::LastWay => "last-way",
        }
    }
}

/// Every way to reach one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    /// What HR holds.
    pub hr: Contact,
    /// Her own private mail.
    pub private_mail: Option<Own>,
    /// Her own mobile.
    pub mobile: Option<Own>,
}

impl Channels {
    /// What she decided of a kind.
    pub fn own(&self, kind: ChannelKind) -> Option<&Own> {
        match kind {
            ChannelKind::PrivateMail => self.private_mail.as_ref(),
            ChannelKind::Mobile => self.mobile.as_ref(),
        }
    }

    /// What HR holds of a kind.
    pub fn of_hr(&self, kind: ChannelKind) -> Option<Address> {
        match kind {
            ChannelKind::PrivateMail => self.hr.private_mail.clone().map(Address::Mail),
            ChannelKind::Mobile => self.hr.mobile.clone().map(Address::Mobile),
        }
    }

    /// Where something that happened at `at` is told by this kind: a change after it takes nothing away.
    pub fn told(&self, kind: ChannelKind, at: Timestamp) -> Option<Address> {
        match self.own(kind) {
            None => self.of_hr(kind),
            Some(own) if at < own.changed_at => own.before.clone(),
            Some(own) => own.address.clone(),
        }
    }

    /// Where it is told besides: the address that was replaced less than an hour before.
    pub fn told_besides(&self, kind: ChannelKind, at: Timestamp) -> Option<Address> {
        let own = self.own(kind).filter(|own| at >= own.changed_at && at < cools_until(own))?;
        own.before.clone().filter(|before| own.address.as_ref() != Some(before))
    }

    /// Until when no further change of a kind is taken.
    pub fn cools_off(&self, kind: ChannelKind, now: Timestamp) -> Option<Timestamp> {
        self.own(kind).map(cools_until).filter(|until| now < *until)
    }

    /// A kind as it would be after a change; none as address takes it away.
    ///
    /// # Errors
    /// [`NotChanged`]
    pub fn change(
        &self,
        kind: ChannelKind,
        address: Option<Address>,
        now: Timestamp,
    ) -> Result<Own, NotChanged> {
        if let Some(until) = self.cools_off(kind, now) {
            return Err(NotChanged::CoolsOff(until));
        }
        let before = self.told(kind, now);
        if address == before && (address.is_none() || self.own(kind).is_some()) {
            return Err(NotChanged::Same);
        }
        if address.is_none() && kind == ChannelKind::PrivateMail && self.hr.work_mail.is_none() {
            return Err(NotChanged::LastWay);
        }
        Ok(Own { address, changed_at: now, before })
    }

    /// Whether a kind was changed within the hour before a block, or after it: opening the login takes it back.
    pub fn suspect(&self, kind: ChannelKind, blocked_at: Timestamp) -> bool {
        let from = blocked_at.saturating_sub(SUSPECT_BEFORE).unwrap_or(blocked_at);
        self.own(kind).is_some_and(|own| own.changed_at >= from)
    }
}

fn cools_until(own: &Own) -> Timestamp {
    own.changed_at.saturating_add(COOL_OFF).unwrap_or(own.changed_at)
}

/// An address that is being verified: a code was sent to it. The code itself is kept nowhere; it is made of the flow's
/// id and a key, for the message and for the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verifying {
    /// Who asked for it.
    pub person: PersonId,
    /// In which session, whose step-up was spent on it.
    pub session: SessionId,
    /// The address.
    pub address: Address,
    since: Timestamp,
    wrong: u8,
}

impl Verifying {
    /// Begins now.
    pub fn begin(person: PersonId, session: SessionId, address: Address, now: Timestamp) -> Self {
        Self { person, session, address, since: now, wrong: 0 }
    }

    /// Until when the code works.
    pub fn until(&self) -> Timestamp {
        self.since.saturating_add(CODE_HOLDS).unwrap_or(self.since)
    }

    /// After a wrong code; none when it was one too many.
    pub fn wrong(self) -> Option<Self> {
        let wrong = self.wrong.saturating_add(1);
        (wrong < WRONG_CODES).then_some(Self { wrong, ..self })
    }

    /// Tries that are left.
    pub fn left(&self) -> u8 {
        WRONG_CODES.saturating_sub(self.wrong)
    }
}

/// The eight digits a MAC stands for.
pub fn code(mac: &[u8; 32]) -> String {
    let first = mac.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    format!("{:08}", first % 100_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }
    fn mail(text: &str) -> Address {
        ChannelKind::PrivateMail.read(text).unwrap()
    }
    const MAIL: ChannelKind = ChannelKind::PrivateMail;

    fn known() -> Channels {
        let hr = Contact {
            work_mail: Some(Mail::try_from("maja@kommune.example").unwrap()),
            private_mail: Some(Mail::try_from("hr@private.example").unwrap()),
            mobile: None,
        };
        Channels { hr, ..Channels::default() }
    }
    fn changed(address: Option<Address>, minute: i64) -> Channels {
        let before = known();
        let own = before.change(MAIL, address, at(minute)).unwrap();
        Channels { private_mail: Some(own), ..before }
    }

    #[test]
    fn for_an_hour_the_old_address_is_told_beside_the_new() {
        let channels = changed(Some(mail("new@private.example")), 10);
        assert_eq!(channels.told(MAIL, at(10)), Some(mail("new@private.example")));
        for (minute, old) in [(10, true), (69, true), (70, false)] {
            let besides = old.then(|| mail("hr@private.example"));
            assert_eq!(channels.told_besides(MAIL, at(minute)), besides, "{minute}");
        }
        let removed = changed(None, 10);
        assert_eq!(removed.told(MAIL, at(11)), None);
        assert_eq!(removed.told_besides(MAIL, at(11)), Some(mail("hr@private.example")));
    }

    #[test]
    fn what_happened_before_a_change_is_told_to_the_old_address_alone() {
        let channels = changed(Some(mail("new@private.example")), 10);
        assert_eq!(channels.told(MAIL, at(9)), Some(mail("hr@private.example")));
        assert_eq!(channels.told_besides(MAIL, at(9)), None);
    }

    #[test]
    fn a_second_change_waits_until_the_hour_is_over() {
        let channels = changed(Some(mail("new@private.example")), 10);
        let again = |minute| channels.change(MAIL, Some(mail("third@private.example")), at(minute));
        assert_eq!(again(69), Err(NotChanged::CoolsOff(at(70))));
        assert_eq!(channels.change(MAIL, None, at(69)), Err(NotChanged::CoolsOff(at(70))));
        assert!(again(70).is_ok());
        assert!(channels.change(ChannelKind::Mobile, ChannelKind::Mobile.read("12345678"), at(11)).is_ok());
    }

    #[test]
    fn what_hr_holds_is_hers_only_once_she_verified_it() {
        let own = known().change(MAIL, Some(mail("hr@private.example")), at(1)).unwrap();
        let channels = Channels { private_mail: Some(own), ..known() };
        assert_eq!(channels.told_besides(MAIL, at(2)), None, "nobody is told twice");
        let again = channels.change(MAIL, Some(mail("hr@private.example")), at(90));
        assert_eq!(again, Err(NotChanged::Same));
        assert_eq!(known().change(ChannelKind::Mobile, None, at(1)), Err(NotChanged::Same));
    }

    #[test]
    fn the_last_way_to_reach_her_stays() {
        let mut bare = known();
        bare.hr.work_mail = None;
        assert_eq!(bare.change(MAIL, None, at(1)), Err(NotChanged::LastWay));
        assert!(bare.change(MAIL, Some(mail("new@private.example")), at(1)).is_ok());
        assert!(known().change(MAIL, None, at(1)).is_ok());
    }

    #[test]
    fn what_was_changed_in_the_hour_before_a_block_or_after_it_is_suspect() {
        let channels = changed(Some(mail("new@private.example")), 10);
        for (blocked, suspect) in [(5, true), (10, true), (70, true), (71, false)] {
            assert_eq!(channels.suspect(MAIL, at(blocked)), suspect, "{blocked}");
        }
        assert!(!channels.suspect(ChannelKind::Mobile, at(10)));
    }

    #[test]
    fn the_fifth_wrong_code_ends_the_attempt() {
        let (person, session) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let begun = Verifying::begin(person, session, mail("new@private.example"), at(0));
        assert_eq!(begun.until(), at(15));
        let fourth = (0..4).fold(begun, |attempt, _| attempt.wrong().unwrap());
        assert_eq!((fourth.left(), fourth.wrong()), (1, None));
    }

    #[test]
    fn a_code_is_eight_digits_and_an_address_never_shows_itself() {
        let mut mac = [0; 32];
        assert_eq!(code(&mac), "00000000");
        mac[7] = 42;
        assert_eq!(code(&mac), "00000042");
        assert_eq!(code(&[0xff; 32]).len(), 8);
        assert_eq!(format!("{:?}", mail("new@private.example")), "Address(private-mail)");
    }
}

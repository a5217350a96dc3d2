//! By which ways a message leaves, and where each of them leads.

use super::Template;
use crate::contact::{ChannelKind, Channels};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What leaves side by side: whoever carries the one keeps nothing of the other waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Letters.
    Mail,
    /// SMS.
    Sms,
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
        self.lane() == Lane::Sms
    }

    /// In which lane it leaves.
    pub fn lane(self) -> Lane {
        match self {
            Self::Mail | Self::Private | Self::PrivateBefore => Lane::Mail,
            Self::Sms | Self::SmsBefore => Lane::Sms,
        }
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
    let text = |kind| channels.told(kind, at).map(|it| it.as_str().to_owned());
    let before = |kind| channels.told_besides(kind, at).map(|it| it.as_str().to_owned());
    let first = || first_mail(channels, template, at);
    match channel {
        Channel::Mail => first(),
        Channel::Sms if template.to_hr_only() => channels.hr.mobile.as_ref().map(ToString::to_string),
        Channel::Private => {
            let work = work_mail(channels);
            text(ChannelKind::PrivateMail).filter(|private| work.as_ref().is_some_and(|it| it != private))
        }
        Channel::PrivateBefore => {
            before(ChannelKind::PrivateMail).filter(|old| first().as_ref() != Some(old))
        }
        Channel::Sms => text(ChannelKind::Mobile),
        Channel::SmsBefore => before(ChannelKind::Mobile),
    }
}

/// Where the first mail goes. What HR holds is better than nowhere, even where she gave it up: HR may have taken her work
/// mail away since.
fn first_mail(channels: &Channels, template: Template, at: Timestamp) -> Option<String> {
    if template.to_hr_only() {
        return channels.hr.for_welcome().map(ToString::to_string);
    }
    let work = work_mail(channels);
    let private = channels.told(ChannelKind::PrivateMail, at).map(|it| it.as_str().to_owned());
    let found = if template.private_first() { private.or(work) } else { work.or(private) };
    found.or_else(|| channels.hr.private_mail.as_ref().map(ToString::to_string))
}

fn work_mail(channels: &Channels) -> Option<String> {
    channels.hr.work_mail.as_ref().map(ToString::to_string)
}

/// By which ways a notice of `template` about something at `at` leaves: the first mail always, so that nobody to tell
/// becomes a dead letter somebody sees; the others where they lead anywhere, SMS only where this house sends `texts`.
pub fn ways(channels: &Channels, template: Template, at: Timestamp, texts: bool) -> Vec<Channel> {
    if template.to_organisation() {
        return vec![Channel::Mail];
    }
    let to = |way| address(channels, template, way, at);
    let also = template.also_by().iter().flat_map(|kind| Channel::of(*kind));
    let also = also.filter(|way| (texts || !way.is_sms()) && to(*way).is_some());
    let mut ways: Vec<Channel> = core::iter::once(Channel::Mail).chain(also).collect();
    // Where the first mail is private, it alone would let whoever replaced her address keep the news from her.
    let work = work_mail(channels);
    let at_work = work.is_some() && to(Channel::Mail) == work && !template.private_first();
    let before = Channel::PrivateBefore;
    if !template.to_hr_only() && !at_work && !ways.contains(&before) && to(before).is_some() {
        ways.push(before);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Own;
    use crate::person::{Contact, Mail, Mobile};
    use jiff::SignedDuration;

    #[test]
    fn each_way_has_its_own_address_and_nobody_is_told_twice() {
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

    /// Reached at work, and by a private address that replaced another one at the beginning of time.
    fn replaced(work: Option<&str>) -> Channels {
        let read = |text| ChannelKind::PrivateMail.read(text);
        let own = Own {
            address: read("thief@private.example"),
            changed_at: Timestamp::UNIX_EPOCH,
            before: read("own@private.example"),
        };
        let work_mail = work.map(|text| Mail::try_from(text).unwrap());
        let hr = Contact { work_mail, private_mail: None, mobile: None };
        Channels { hr, private_mail: Some(own), mobile: None }
    }

    #[test]
    fn where_the_first_mail_is_private_the_address_it_replaced_hears_too() {
        use Channel::{Mail, Private, PrivateBefore};
        let work = replaced(Some("maja@kommune.example"));
        let home = replaced(None);
        let hour = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1);
        for (channels, template, expected) in [
            (&work, Template::AssociationClosed, vec![Mail, PrivateBefore]),
            (&work, Template::Revoked, vec![Mail, PrivateBefore]),
            (&work, Template::TermsAccepted, vec![Mail]),
            (&work, Template::Blocked, vec![Mail, Private, PrivateBefore]),
            (&work, Template::Welcome, vec![Mail]),
            (&home, Template::TermsAccepted, vec![Mail, PrivateBefore]),
            (&home, Template::Blocked, vec![Mail, PrivateBefore]),
            (&home, Template::Reminder, vec![Mail]),
            (&home, Template::MassBlocking, vec![Mail]),
        ] {
            assert_eq!(ways(channels, template, Timestamp::UNIX_EPOCH, true), expected, "{template:?}");
            let later = ways(channels, template, hour, true);
            assert!(!later.contains(&PrivateBefore), "{template:?}: not after the hour");
        }
    }

    #[test]
    fn with_no_other_way_left_hr_tells_her_where_it_last_knew_her() {
        let private_mail = Some(Mail::try_from("hr@private.example").unwrap());
        let gone = Own { address: None, changed_at: Timestamp::UNIX_EPOCH, before: None };
        let hr = Contact { work_mail: None, private_mail, mobile: None };
        let channels = Channels { hr, private_mail: Some(gone), mobile: None };
        for template in [Template::Blocked, Template::Revoked] {
            let to = address(&channels, template, Channel::Mail, Timestamp::UNIX_EPOCH);
            assert_eq!(to.as_deref(), Some("hr@private.example"), "{template:?}");
        }
    }
}

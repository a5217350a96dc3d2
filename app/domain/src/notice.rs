//! Messages to people: which, about what. The text is made at sending (security decision 30).

mod channel;
mod template;

use crate::ids::{FlowId, NoticeId, PersonId, RequestId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use channel::{Channel, Lane, address, ways};
pub use template::Template;

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

impl Notice {
    /// As of when it is looked up where she is reached: when it happened, so that a change afterwards takes nothing away;
    /// of what was queued long before, when it leaves, for she may have given that address up.
    pub fn reached_as_of(&self, now: Timestamp) -> Timestamp {
        match (self.template, self.channel) {
            // Whoever replaced her address right before she blocked does not keep the warning from her.
            (Template::RevocationNear, Channel::PrivateBefore) => self.at,
            (template, _) if template.is_scheduled() => now,
            _ => self.at,
        }
    }
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
    fn what_was_queued_long_before_goes_where_she_is_reached_when_it_leaves() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 20);
        let uuid = uuid::Uuid::nil();
        let notice = |template, channel| Notice {
            id: uuid.into(),
            person: uuid.into(),
            template,
            channel,
            at: Timestamp::UNIX_EPOCH,
            request: uuid.into(),
            flow: None,
            due_at: now,
        };
        for (template, channel, as_of) in [
            (Template::ReconfirmationNear, Channel::Mail, now),
            (Template::ReconfirmationNear, Channel::PrivateBefore, now),
            (Template::RevocationNear, Channel::Mail, now),
            (Template::RevocationNear, Channel::PrivateBefore, Timestamp::UNIX_EPOCH),
            (Template::Blocked, Channel::Mail, Timestamp::UNIX_EPOCH),
        ] {
            assert_eq!(notice(template, channel).reached_as_of(now), as_of, "{template:?} {channel:?}");
        }
    }

    #[test]
    fn retries_slow_down_and_end() {
        assert_eq!(retry_after(1), Some(SignedDuration::from_mins(1)));
        assert_eq!(retry_after(4), Some(SignedDuration::from_mins(8)));
        assert_eq!(retry_after(10), Some(SignedDuration::from_mins(360)));
        assert_eq!(retry_after(11), None);
    }
}

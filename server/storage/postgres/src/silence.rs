//! Whether the store of people's own keys says nothing: who asked in vain tells the others, and they do not wait for it too.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long nobody asks once it said nothing.
const WHILE: Duration = Duration::from_secs(10);

/// The store was not asked: it said nothing a moment ago.
#[derive(Debug, thiserror::Error)]
#[error("it said nothing a moment ago, and is asked again within ten seconds")]
pub(crate) struct SaidNothing;

/// What was heard of it lately.
#[derive(Debug, Default)]
pub(crate) struct Silence(Mutex<Heard>);

#[derive(Debug, Default)]
struct Heard {
    /// When it answered last.
    answered: Option<Instant>,
    /// Until when nobody asks.
    until: Option<Instant>,
}

impl Silence {
    /// Whether it may be asked now. Once a silence lasted long enough whoever comes first asks for everybody, and all others
    /// go on without it meanwhile.
    pub(crate) fn may_ask(&self, now: Instant) -> bool {
        let mut heard = self.heard();
        match heard.until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                heard.until = Some(now + WHILE);
                true
            }
        }
    }

    /// It answered.
    pub(crate) fn answered(&self, now: Instant) {
        *self.heard() = Heard { answered: Some(now), until: None };
    }

    /// Whoever asked then heard nothing until now. Where others were answered meanwhile that was one question's bad luck.
    pub(crate) fn said_nothing(&self, asked: Instant, now: Instant) {
        let mut heard = self.heard();
        if heard.answered.is_none_or(|at| at < asked) {
            heard.until = Some(now + WHILE);
        }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_it_said_nothing_one_asks_in_ten_seconds_until_it_answers() {
        let (silence, begin) = (Silence::default(), Instant::now());
        let at = |seconds| begin + Duration::from_secs(seconds);
        assert!(silence.may_ask(at(0)) && silence.may_ask(at(0)), "as long as it answers everybody asks");
        silence.said_nothing(at(0), at(2));
        assert!(![2, 5, 11].into_iter().any(|seconds| silence.may_ask(at(seconds))));
        assert!(silence.may_ask(at(12)), "one asks for all");
        assert!(!silence.may_ask(at(12)) && !silence.may_ask(at(21)), "and no other, whatever becomes of it");
        silence.said_nothing(at(12), at(14));
        assert!(!silence.may_ask(at(23)) && silence.may_ask(at(24)));
        silence.answered(at(25));
        assert!(silence.may_ask(at(25)) && silence.may_ask(at(25)), "it answers again");
    }

    #[test]
    fn one_question_that_was_lost_while_others_were_answered_is_no_silence() {
        let (silence, begin) = (Silence::default(), Instant::now());
        let at = |seconds| begin + Duration::from_secs(seconds);
        silence.answered(at(1));
        silence.said_nothing(at(0), at(2));
        assert!(silence.may_ask(at(2)));
        silence.said_nothing(at(2), at(4));
        assert!(!silence.may_ask(at(4)), "nobody was answered since");
    }
}

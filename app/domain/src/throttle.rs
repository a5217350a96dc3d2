//! How guessing is slowed without locking the owner out (security decisions 10 and 19).

use jiff::{SignedDuration, Timestamp};

/// Wrong answers so far, as the store counted them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Wrong {
    /// How many in a row.
    pub count: u32,
    /// When the last one was.
    pub last: Option<Timestamp>,
}

/// Wait now, until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitUntil(pub Timestamp);

const LONGEST_DELAY: SignedDuration = SignedDuration::from_mins(15);

/// The wrong password at one account from one source that brings the first wait.
pub const TRIES_BEFORE_WAIT: u32 = 3;
/// Wrong passwords one source may give in a minute, over all accounts.
pub const SOURCE_A_MINUTE: u32 = 20;
/// The same for an address of the municipality's own, behind which hundreds sit.
pub const OWN_NETWORK_A_MINUTE: u32 = 200;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Wrong passwords of strangers at one account within [`ACCOUNT_WINDOW`] that put it under pressure.
pub const ACCOUNT_UNDER_PRESSURE: u32 = 30;
/// See [`ACCOUNT_UNDER_PRESSURE`].
pub const ACCOUNT_WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// Whether strangers are guessing at this account from everywhere. It never closes a door by itself: a source that
/// never signed in before still has its first try, and after a wrong one it waits the longest time at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressure {
    /// No, or this source signed in here before.
    None,
    /// Yes.
    Pressed,
}

/// How long a password door stays closed for one account *and* one source: from the third wrong answer 2ⁿ seconds,
/// at most fifteen minutes; for a stranger at an account under pressure fifteen minutes from the first. Other sources,
/// and a browser that signed in before, are counted on their own, so a stranger cannot spend the owner's tries.
///
/// # Errors
/// [`WaitUntil`]
pub fn password_door(wrong: Wrong, pressure: Pressure, now: Timestamp) -> Result<(), WaitUntil> {
    let (from, delay) = match pressure {
        Pressure::None => (TRIES_BEFORE_WAIT, SignedDuration::from_secs(1 << wrong.count.min(10))),
        Pressure::Pressed => (1, LONGEST_DELAY),
    };
    let Some(last) = wrong.last.filter(|_| wrong.count >= from) else { return Ok(()) };
    open_at(last.saturating_add(delay.min(LONGEST_DELAY)).unwrap_or(last), now)
}

/// Tries left at a password door before the first wait; none once there was one.
pub fn tries_left(wrong: Wrong) -> u32 {
    TRIES_BEFORE_WAIT.saturating_sub(wrong.count)
}

/// How long a source may not try any password: until fewer than its limit were wrong within the last minute.
/// `nth_newest` is the time of the wrong answer that reaches the limit, counted from the newest.
///
/// # Errors
/// [`WaitUntil`]
pub fn source_door(nth_newest: Option<Timestamp>, now: Timestamp) -> Result<(), WaitUntil> {
    nth_newest.map_or(Ok(()), |at| open_at(at.saturating_add(MINUTE).unwrap_or(at), now))
}

/// Whether an account is under pressure. `nth_newest` is the time of the [`ACCOUNT_UNDER_PRESSURE`]-th newest wrong
/// answer of strangers.
pub fn pressure(nth_newest: Option<Timestamp>, now: Timestamp) -> Pressure {
    match nth_newest {
        Some(at) if now.duration_since(at) < ACCOUNT_WINDOW => Pressure::Pressed,
        _ => Pressure::None,
    }
}

/// How many wrong codes in a row pause the factor.
pub const CODES_BEFORE_PAUSE: u32 = 10;
/// How many without a right one between stop sign-in by code until MitID.
pub const CODES_BEFORE_STOP: u32 = 20;
/// How many within thirty days stop it, right ones between or not.
pub const CODES_A_MONTH: u32 = 50;
/// How many since she last chose a password after a proof stop it until she does so again, however slowly they came and
/// whatever she proved or changed meanwhile: a guesser who waits for the owner's right codes would else have some six hundred tries a year, and one
/// who waits for her proofs any number. A code is tried against each of her apps, so each place counts as one.
pub const CODES_A_PASSWORD: u32 = 150;

/// What the store knows of wrong codes at one person's login. Nothing of it is forgotten by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CodeCount {
    /// In a row.
    pub wrong: Wrong,
    /// Since she last chose a password after a proof, one for each place a code was tried at. A change at an open session
    /// leaves them: whoever comes back to the password of before would give its guesser all of them anew.
    pub since_password: u32,
    /// When they reached a stop, which lasts until a proof, or a new password where those since the last one stop it.
    pub stopped_at: Option<Timestamp>,
}

impl CodeCount {
    /// One more, tried at so many places.
    #[must_use]
    pub fn one_more(self, places: u32, now: Timestamp) -> Self {
        let wrong = Wrong { count: self.wrong.count.saturating_add(1), last: Some(now) };
        let since_password = self.since_password.saturating_add(places.max(1));
        Self { wrong, since_password, ..self }
    }

    /// After a proof that leaves her password: the row begins anew and a stop is over. What was guessed under that password
    /// stays, since whoever knows it knows it still.
    #[must_use]
    pub fn proved(self) -> Self {
        Self { wrong: Wrong::default(), stopped_at: None, ..self }
    }
}

/// Whether a code may be tried after the right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeDoor {
    /// Yes.
    Open {
        /// Tries before the pause.
        left: u32,
    },
    /// Not before then.
    Paused(Timestamp),
    /// Not before a proof, or a new password where too many were tried under this one.
    Stopped,
}

/// The door for codes: counted per account over all sources and sessions, because the guesser already knows the
/// password. `in_thirty_days` are wrong ones since her last proof, of which no more count than were tried under this
/// password; `places` how many apps of hers a code is tried against.
pub fn code_door(count: CodeCount, in_thirty_days: u32, places: u32, now: Timestamp) -> CodeDoor {
    let CodeCount { wrong, since_password, stopped_at } = count;
    if stopped_at.is_some()
        || wrong.count >= CODES_BEFORE_STOP
        || in_thirty_days.min(since_password) >= CODES_A_MONTH
        || since_password.saturating_add(places.max(1)) > CODES_A_PASSWORD
    {
        return CodeDoor::Stopped;
    }
    let pause_over = wrong.last.map(|last| last.saturating_add(LONGEST_DELAY).unwrap_or(last));
    match pause_over {
        Some(until) if wrong.count == CODES_BEFORE_PAUSE && now < until => CodeDoor::Paused(until),
        _ if wrong.count < CODES_BEFORE_PAUSE => CodeDoor::Open { left: CODES_BEFORE_PAUSE - wrong.count },
        _ => CodeDoor::Open { left: CODES_BEFORE_STOP - wrong.count },
    }
}

fn open_at(until: Timestamp, now: Timestamp) -> Result<(), WaitUntil> {
    if now < until { Err(WaitUntil(until)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_first_two_cost_nothing_and_no_wait_is_longer_than_a_quarter() {
        let door = |count, now| password_door(Wrong { count, last: Some(at(0)) }, Pressure::None, at(now));
        assert_eq!(door(2, 0), Ok(()));
        assert_eq!(door(3, 7), Err(WaitUntil(at(8))));
        assert_eq!(door(3, 8), Ok(()));
        assert_eq!(door(10_000, 899), Err(WaitUntil(at(900))));
        assert_eq!(door(10_000, 900), Ok(()));
        assert_eq!([0, 1, 2, 3].map(|count| tries_left(Wrong { count, last: None })), [3, 2, 1, 0]);
    }

    #[test]
    fn a_stranger_at_an_account_under_pressure_has_one_try_and_then_waits() {
        let door = |count, now| password_door(Wrong { count, last: Some(at(0)) }, Pressure::Pressed, at(now));
        assert_eq!(
            password_door(Wrong::default(), Pressure::Pressed, at(0)),
            Ok(()),
            "the first is always open"
        );
        assert_eq!(door(1, 1), Err(WaitUntil(at(900))));
        assert_eq!(door(1, 900), Ok(()));
        assert_eq!(pressure(Some(at(0)), at(3599)), Pressure::Pressed);
        assert_eq!(pressure(Some(at(0)), at(3600)), Pressure::None);
        assert_eq!(pressure(None, at(0)), Pressure::None);
    }

    #[test]
    fn a_source_waits_until_its_minute_is_over() {
        assert_eq!(source_door(None, at(0)), Ok(()));
        assert_eq!(source_door(Some(at(0)), at(59)), Err(WaitUntil(at(60))));
        assert_eq!(source_door(Some(at(0)), at(60)), Ok(()));
    }

    #[test]
    fn codes_pause_at_ten_and_stop_at_twenty() {
        let door = |count, month, now| {
            let wrong = Wrong { count, last: Some(at(0)) };
            code_door(CodeCount { wrong, since_password: month, stopped_at: None }, month, 1, at(now))
        };
        assert_eq!(door(9, 9, 1), CodeDoor::Open { left: 1 });
        assert_eq!(door(10, 10, 1), CodeDoor::Paused(at(900)));
        assert_eq!(door(10, 10, 900), CodeDoor::Open { left: 10 });
        assert_eq!(door(20, 20, 9000), CodeDoor::Stopped);
        assert_eq!(door(0, 50, 9000), CodeDoor::Stopped);
    }

    #[test]
    fn a_stop_lasts_and_patience_does_not_get_around_it() {
        let stopped = CodeCount { stopped_at: Some(at(0)), ..CodeCount::default() };
        assert_eq!(code_door(stopped, 0, 1, at(400 * 86_400)), CodeDoor::Stopped);
        let slow = |since_password| CodeCount { since_password, ..CodeCount::default() };
        assert_eq!(code_door(slow(149), 0, 1, at(0)), CodeDoor::Open { left: 10 });
        assert_eq!(code_door(slow(150), 0, 1, at(0)), CodeDoor::Stopped);
        assert_eq!(code_door(slow(148), 0, 2, at(0)), CodeDoor::Open { left: 10 });
        assert_eq!(code_door(slow(149), 0, 2, at(0)), CodeDoor::Stopped, "each try is two with two apps");
        assert_eq!(CodeCount::default().one_more(2, at(0)).since_password, 2);
    }

    #[test]
    fn a_proof_ends_a_row_and_its_stop_and_only_a_new_password_what_was_tried_under_it() {
        let wrong = Wrong { count: CODES_BEFORE_STOP, last: Some(at(0)) };
        let stopped = |since_password| CodeCount { wrong, since_password, stopped_at: Some(at(0)) };
        let proved = |since_password, month| code_door(stopped(since_password).proved(), month, 1, at(1));
        assert_eq!(proved(20, 0), CodeDoor::Open { left: 10 });
        assert_eq!(proved(149, 0), CodeDoor::Open { left: 10 });
        assert_eq!(proved(150, 0), CodeDoor::Stopped, "whoever knows the password guesses no more with it");
        assert_eq!(code_door(CodeCount::default(), 60, 1, at(1)), CodeDoor::Open { left: 10 }, "a new one");
    }

    const DAY: i64 = 86_400;

    /// Somebody who knows the password, beside an owner who signs in and proves who she is as often as she likes, and
    /// chooses another password once a year, which he learns too.
    struct Year {
        places: u32,
        now: i64,
        /// One for each place a code was tried at.
        tries: u32,
        count: CodeCount,
        times: Vec<i64>,
        password_left: bool,
    }

    impl Year {
        fn guess(&mut self, times: u32) {
            for _ in 0..times {
                let month = self.times.iter().filter(|then| **then > self.now - 30 * DAY).count();
                match code_door(self.count, month.try_into().unwrap(), self.places, at(self.now)) {
                    CodeDoor::Open { .. } => {}
                    CodeDoor::Paused(_) => return,
                    CodeDoor::Stopped => {
                        self.count.stopped_at = self.count.stopped_at.or(Some(at(self.now)));
                        return;
                    }
                }
                self.tries += self.places;
                self.times.push(self.now);
                self.count = self.count.one_more(self.places, at(self.now));
            }
        }

        /// Her right code: only where the door is open for her too.
        fn owner(&mut self) {
            if self.count.stopped_at.is_none() {
                self.count.wrong = Wrong::default();
            }
        }

        /// Leaves the password.
        fn proof(&mut self) {
            (self.count, self.times) = (self.count.proved(), Vec::new());
        }

        fn password(&mut self) {
            if std::mem::take(&mut self.password_left) {
                self.count = CodeCount::default();
            }
        }

        /// At most: three steps of a million are accepted at a time, at each place.
        fn chance(&self) -> f64 {
            3.0e-6 * f64::from(self.tries)
        }
    }

    #[derive(Clone, Debug)]
    enum Act {
        Guess(u32),
        Owner,
        Proof,
        Password,
        /// She adds apps, or takes some away.
        Places(u32),
        Wait(i64),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            4 => (1u32..25).prop_map(Act::Guess),
            4 => Just(Act::Owner),
            4 => Just(Act::Proof),
            1 => Just(Act::Password),
            1 => (1u32..=20).prop_map(Act::Places),
            4 => (60..3 * DAY).prop_map(Act::Wait),
        ]
    }

    fn year(places: u32, acts: impl IntoIterator<Item = Act>) -> Year {
        let count = CodeCount::default();
        let mut year = Year { places, now: 0, tries: 0, count, times: Vec::new(), password_left: true };
        for act in acts {
            match act {
                Act::Guess(times) => year.guess(times),
                Act::Owner => year.owner(),
                Act::Proof => year.proof(),
                Act::Password => year.password(),
                Act::Places(places) => year.places = places,
                Act::Wait(seconds) => year.now += seconds,
            }
            if year.now > 365 * DAY {
                break;
            }
        }
        year
    }

    proptest! {
        #[test]
        fn a_door_that_waits_opens_by_itself(count in 1u32..100_000, last in 0i64..1_000_000, pressed: bool) {
            let wrong = Wrong { count, last: Some(at(last)) };
            let pressure = if pressed { Pressure::Pressed } else { Pressure::None };
            prop_assert_eq!(password_door(wrong, pressure, at(last + 900)), Ok(()));
        }

        /// Whatever a guesser who knows the password does within a year (security decision 19).
        #[test]
        fn somebody_who_knows_the_password_guesses_a_code_at_most_once_in_a_thousand_years_of_trying(
            places in 1u32..=20,
            acts in proptest::collection::vec(act(), 1..600),
        ) {
            let year = year(places, acts);
            prop_assert!(year.chance() <= 0.001, "{} tries, {}", year.tries, year.chance());
        }
    }

    /// Half a year in which he tries nine a week of six days, after each of which she signs in and proves who she is.
    fn half_a_year() -> impl Iterator<Item = Act> {
        (0..30).flat_map(|_| [Act::Guess(9), Act::Owner, Act::Proof, Act::Wait(6 * DAY)])
    }

    /// The best there is: as many as the month allows, while the owner's right codes begin the row anew and her proofs the
    /// month.
    #[test]
    fn nor_does_the_most_patient_guesser() {
        for places in 1..=20 {
            let all = year(places, half_a_year().chain([Act::Password]).chain(half_a_year()));
            assert!(all.tries > 2 * (CODES_A_PASSWORD - places), "the bound is met: {}", all.tries);
            assert!(all.chance() <= 0.001, "{} tries, {}", all.tries, all.chance());
        }
    }
}

//! Where a device stands in its row of codes, and where it may stand next.

use super::made::{Digits, StepLength};
use core::ops::RangeInclusive;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many presses nobody typed are passed over at a sign-in (RFC 4226, 7.4). Each more is one more code that fits.
pub const PRESSES_AHEAD: i64 = 5;
/// The same at the activation: it may have been pressed in the box. What is guessed here opens nothing.
pub const PRESSES_AT_ACTIVATION: i64 = 20;
/// The same where two codes in a row are shown.
pub const PRESSES_AT_RESYNC: i64 = 100;
/// Steps around where its clock is believed to stand, at a sign-in.
const STEPS_AROUND: i64 = 1;
/// How far its clock may ever be believed to be off, in seconds.
const CLOCK_BOUND: i64 = 600;

/// What moves a device from one code to the next, and how far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moving {
    /// Its clock (TOTP, RFC 6238).
    Clock {
        /// How long a code counts.
        step: StepLength,
        /// How many steps its clock was ahead of ours (behind: below zero) when a code was last accepted.
        drift: i64,
        /// The newest step a code was accepted for.
        last: Option<i64>,
    },
    /// Its button (HOTP, RFC 4226).
    Button {
        /// The counter of the next code nobody has used.
        next: i64,
    },
}

/// Why a place in the row is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNext {
    /// It, or a later one, was accepted before.
    #[error("used before")]
    Used,
    /// Too far from where the device is believed to stand.
    #[error("too far off")]
    TooFar,
}

impl Moving {
    /// A device with a clock, as delivered. A drift the file tells of is believed as far as the bound.
    pub fn clock(step: StepLength, drift: i64) -> Self {
        let bound = bound(step);
        Self::Clock { step, drift: drift.clamp(-bound, bound), last: None }
    }

    /// The places whose code is accepted at a sign-in now.
    pub fn at_sign_in(&self, now: Timestamp) -> RangeInclusive<i64> {
        match *self {
            Self::Clock { step, drift, .. } => {
                let (now, bound) = (step_at(step, now), bound(step));
                let around = |off: i64| now + off.clamp(-bound, bound);
                self.unused(around(drift - STEPS_AROUND), around(drift + STEPS_AROUND))
            }
            Self::Button { next } => self.unused(next, next.saturating_add(PRESSES_AHEAD)),
        }
    }

    /// The places whose code activates it: as far as its clock may be off, or as it may have been pressed in the box.
    pub fn at_activation(&self, now: Timestamp) -> RangeInclusive<i64> {
        match *self {
            Self::Clock { step, .. } => {
                let (now, bound) = (step_at(step, now), bound(step));
                self.unused(now - bound, now + bound)
            }
            Self::Button { next } => self.unused(next, next.saturating_add(PRESSES_AT_ACTIVATION)),
        }
    }

    /// The places where the first of two codes in a row may stand (RFC 4226, 7.4). The second is shown now, so the first
    /// stands a step before what a clock may be off.
    pub fn at_resync(&self, now: Timestamp) -> RangeInclusive<i64> {
        match *self {
            Self::Clock { step, .. } => {
                let (now, bound) = (step_at(step, now), bound(step));
                self.unused(now - bound - 1, now + bound - 1)
            }
            Self::Button { next } => self.unused(next, next.saturating_add(PRESSES_AT_RESYNC)),
        }
    }

    /// The part of a range that nobody has used.
    fn unused(&self, from: i64, to: i64) -> RangeInclusive<i64> {
        from.max(self.first_unused()).max(0)..=to
    }

    fn first_unused(&self) -> i64 {
        match *self {
            Self::Clock { last, .. } => last.map_or(0, |last| last.saturating_add(1)),
            Self::Button { next } => next,
        }
    }

    /// Where it stands once the code at `place` is accepted now: neither that one nor any before it is accepted again.
    ///
    /// # Errors
    /// [`NotNext`]
    pub fn accepted(self, place: i64, now: Timestamp) -> Result<Self, NotNext> {
        if place < self.first_unused() {
            return Err(NotNext::Used);
        }
        match self {
            Self::Clock { step, .. } => {
                let drift = place - step_at(step, now);
                if drift.abs() > bound(step) {
                    return Err(NotNext::TooFar);
                }
                Ok(Self::Clock { step, drift, last: Some(place) })
            }
            // The second of two codes in a row may stand one further than the first.
            Self::Button { next } if place > next.saturating_add(PRESSES_AT_RESYNC + 1) => {
                Err(NotNext::TooFar)
            }
            Self::Button { .. } => Ok(Self::Button { next: place + 1 }),
        }
    }

    /// Where the second of two codes in a row stands, the first of which fits at one of `first` and the second at one of
    /// `second`: the earliest such pair.
    pub fn in_a_row(first: &[i64], second: &[i64]) -> Option<i64> {
        first.iter().filter_map(|place| place.checked_add(1)).filter(|next| second.contains(next)).min()
    }

    /// How often a guess at a sign-in is as good as one against an authenticator app, which accepts three codes of a
    /// million: rounded up, and at least once (security decision 19).
    pub fn tries_each(&self, digits: Digits) -> u32 {
        let codes: u32 = match self {
            Self::Clock { .. } => 3,
            Self::Button { .. } => 6,
        };
        codes.div_ceil(3 * 10_u32.pow(u32::from(digits.count() - Digits::SIX.count())))
    }
}

/// The step of an instant, counted from 1970.
fn step_at(step: StepLength, now: Timestamp) -> i64 {
    now.as_second().div_euclid(i64::from(step.seconds()))
}

fn bound(step: StepLength) -> i64 {
    CLOCK_BOUND / i64::from(step.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn clock(drift: i64) -> Moving {
        Moving::clock(StepLength::HALF_A_MINUTE, drift)
    }

    const NOW: i64 = 1_800_000_000;
    const STEP: i64 = NOW / 30;

    #[test]
    fn a_clock_is_tried_a_step_around_where_it_is_believed_and_a_button_six_presses_on() {
        assert_eq!(clock(0).at_sign_in(at(NOW)), STEP - 1..=STEP + 1);
        assert_eq!(clock(-4).at_sign_in(at(NOW)), STEP - 5..=STEP - 3);
        assert_eq!(Moving::Button { next: 7 }.at_sign_in(at(NOW)), 7..=12);
        assert_eq!(Moving::Button { next: 7 }.at_activation(at(NOW)), 7..=27);
        assert_eq!(Moving::Button { next: 7 }.at_resync(at(NOW)), 7..=107);
    }

    #[test]
    fn a_file_that_tells_of_a_wild_clock_is_believed_ten_minutes() {
        assert_eq!(clock(9_999), clock(20));
        assert_eq!(clock(i64::MIN), clock(-20));
        assert_eq!(clock(20).at_sign_in(at(NOW)), STEP + 19..=STEP + 20, "and not a step further");
        assert_eq!(clock(20).accepted(STEP + 22, at(NOW)), Err(NotNext::TooFar));
    }

    #[test]
    fn two_codes_in_a_row_are_found_and_two_apart_are_not() {
        assert_eq!(Moving::in_a_row(&[4, 9], &[10, 5]), Some(5));
        assert_eq!(Moving::in_a_row(&[4], &[4, 6]), None);
        assert_eq!(Moving::in_a_row(&[i64::MAX], &[i64::MIN]), None);
    }

    #[test]
    fn a_guess_counts_as_often_as_it_is_good() {
        let eight = Digits::try_from(8).unwrap();
        assert_eq!([clock(0).tries_each(Digits::SIX), clock(0).tries_each(eight)], [1, 1]);
        let button = Moving::Button { next: 0 };
        assert_eq!([button.tries_each(Digits::SIX), button.tries_each(eight)], [2, 1]);
    }

    fn any_device() -> impl Strategy<Value = Moving> {
        prop_oneof![
            (-30i64..30, prop_oneof![Just(30u32), Just(60)])
                .prop_map(|(drift, step)| Moving::clock(StepLength::try_from(step).unwrap(), drift)),
            (0i64..1_000_000).prop_map(|next| Moving::Button { next }),
        ]
    }

    /// What a device, its owner and a thief of old codes may do: which window, which place in it, and how long between.
    fn acts() -> impl Strategy<Value = Vec<(u8, i64, i64)>> {
        proptest::collection::vec((0u8..3, -150i64..150, 0i64..400), 1..60)
    }

    proptest! {
        #[test]
        fn no_place_is_accepted_twice_nor_after_a_later_one(device in any_device(), acts in acts()) {
            let (mut device, mut now, mut newest) = (device, NOW, i64::MIN);
            for (_, off, wait) in acts {
                now += wait;
                let middle = *device.at_sign_in(at(now)).start();
                let place = middle + off;
                if let Ok(moved) = device.accepted(place, at(now)) {
                    prop_assert!(place > newest, "{place} after {newest}");
                    newest = place;
                    device = moved;
                }
                prop_assert!(*device.at_sign_in(at(now)).start() > newest);
                prop_assert!(*device.at_resync(at(now)).start() > newest);
            }
        }

        #[test]
        fn whatever_is_accepted_the_windows_stay_small(device in any_device(), acts in acts()) {
            let (mut device, mut now) = (device, NOW);
            for (which, off, wait) in acts {
                now += wait;
                let window = match which {
                    0 => device.at_sign_in(at(now)),
                    1 => device.at_activation(at(now)),
                    _ => device.at_resync(at(now)),
                };
                let place = window.start() + off;
                if window.contains(&place) {
                    // Of two codes in a row the second is what counts.
                    let place = if which < 2 { place } else { place + 1 };
                    device = device.accepted(place, at(now)).expect("it stands in a window");
                }
                prop_assert!(device.at_sign_in(at(now)).count() <= 6);
                prop_assert!(device.at_activation(at(now)).count() <= 41);
                prop_assert!(device.at_resync(at(now)).count() <= 101);
                if let Moving::Clock { drift, step, .. } = device {
                    prop_assert!(drift.abs() * i64::from(step.seconds()) <= CLOCK_BOUND);
                }
            }
        }

        /// A quartz clock goes wrong by a step in months; its owner signs in now and then.
        #[test]
        fn a_clock_that_goes_slowly_wrong_is_followed(signs in proptest::collection::vec(any::<bool>(), 1..200)) {
            let (mut device, mut off) = (clock(0), 0i64);
            for (day, fast) in signs.into_iter().enumerate() {
                off = (off + if fast { 1 } else { -1 }).clamp(-20, 20);
                let now = NOW + 86_400 * i64::try_from(day).unwrap();
                let place = now / 30 + off;
                prop_assert!(device.at_sign_in(at(now)).contains(&place));
                device = device.accepted(place, at(now)).unwrap();
            }
        }

        /// RFC 4226, 7.4: however often the button was pressed, two codes bring the two together again.
        #[test]
        fn after_two_codes_the_next_one_fits(device in any_device(), pressed in 0i64..100) {
            let window = device.at_resync(at(NOW));
            let first = (window.start() + pressed).min(*window.end());
            let moved = device.accepted(first + 1, at(NOW)).unwrap();
            let now = NOW + 60;
            let next = match moved {
                Moving::Clock { step, drift, .. } => now / i64::from(step.seconds()) + drift,
                Moving::Button { .. } => first + 2,
            };
            prop_assert!(moved.at_sign_in(at(now)).contains(&next));
        }
    }
}

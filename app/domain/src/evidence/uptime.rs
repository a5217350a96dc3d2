//! How much of the time a block was possible, as each door was asked from another machine (NSIS 3.2.3.6). What a door
//! answered over a day is handed in once, and stands in the trail. Of a time nobody asked in nothing is known: how long it was
//! is told beside.

use super::Period;
use crate::calendar::{copenhagen_day, day_begins};
use crate::suspension::Door;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One door, asked once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// When.
    pub at: Timestamp,
    /// Which.
    pub door: Door,
    /// How long its page took, in milliseconds.
    pub millis: u64,
    /// Whether it answered as it should.
    pub worked: bool,
}

/// One door over a day in Copenhagen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Which day.
    pub day: Date,
    /// Which door.
    pub door: Door,
    /// How often it was asked.
    pub probes: u64,
    /// How often it answered as it should.
    pub worked: u64,
    /// The longest time from a failure to the next success, or to the last probe of the day, in seconds.
    pub longest_failure: u64,
    /// The longest time of the day nobody asked, in seconds.
    pub longest_silence: u64,
    /// How long its page took, of a hundred the ninety-ninth, in milliseconds.
    pub p99: u64,
}

impl Measured {
    /// Each door over each day there is a probe of, in the order of the days.
    pub fn of_days(probes: &[Probe]) -> Vec<Self> {
        let mut days: BTreeMap<(Date, &'static str), Vec<Probe>> = BTreeMap::new();
        for probe in probes {
            days.entry((copenhagen_day(probe.at), probe.door.word())).or_default().push(*probe);
        }
        let of_day = |((day, _), own): ((Date, &'static str), Vec<Probe>)| {
            own.first().map(|it| it.door).map(|door| Self::of_day(day, door, own))
        };
        days.into_iter().filter_map(of_day).collect()
    }

    fn of_day(day: Date, door: Door, mut own: Vec<Probe>) -> Self {
        own.sort_by_key(|it| it.at);
        let (mut before, mut failing) = (day_begins(day), None);
        let (mut longest_silence, mut longest_failure) = (0_u64, 0_u64);
        for it in &own {
            longest_silence = longest_silence.max(seconds(before, it.at));
            before = it.at;
            if !it.worked {
                failing = failing.or(Some(it.at));
            }
            longest_failure =
                failing.map_or(longest_failure, |since| longest_failure.max(seconds(since, it.at)));
            if it.worked {
                failing = None;
            }
        }
        let end = day_begins(day.tomorrow().unwrap_or(Date::MAX));
        let mut times: Vec<_> = own.iter().map(|it| it.millis).collect();
        times.sort_unstable();
        let many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Self {
            day,
            door,
            probes: many(own.len()),
            worked: many(own.iter().filter(|it| it.worked).count()),
            longest_failure,
            longest_silence: longest_silence.max(seconds(before, end)),
            p99: of_hundred(&times, 99),
        }
    }

    /// As facts of an event.
    pub fn facts(&self) -> [(&'static str, String); 7] {
        [
            ("day", self.day.to_string()),
            ("door", self.door.word().to_owned()),
            ("probes", self.probes.to_string()),
            ("worked", self.worked.to_string()),
            ("longest-failure", self.longest_failure.to_string()),
            ("longest-silence", self.longest_silence.to_string()),
            ("p99-ms", self.p99.to_string()),
        ]
    }

    /// Reads the facts of an event; none when it tells of something else.
    pub fn read(facts: &BTreeMap<String, String>) -> Option<Self> {
        let number = |name: &str| facts.get(name)?.parse().ok();
        Some(Self {
            day: facts.get("day")?.parse().ok()?,
            door: Door::from_word(facts.get("door")?)?,
            probes: number("probes")?,
            worked: number("worked")?,
            longest_failure: number("longest-failure")?,
            longest_silence: number("longest-silence")?,
            p99: number("p99-ms")?,
        })
    }
}

fn seconds(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0)
}

/// Of times in their order the one that so many of a hundred do not exceed; nought where there are none.
pub(super) fn of_hundred(sorted: &[u64], many: usize) -> u64 {
    let place = sorted.len().saturating_mul(many).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(0)
}

/// A door over a period, by the days of it that were handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uptime {
    /// Which.
    pub door: Door,
    /// How many days were handed in.
    pub days: u64,
    /// How often it was asked.
    pub probes: u64,
    /// How often it answered as it should.
    pub worked: u64,
    /// The longest failure within a day, in seconds.
    pub longest_failure: u64,
    /// The longest time within such a day that nobody asked, in seconds.
    pub longest_silence: u64,
    /// The slowest day: of a hundred pages the ninety-ninth, in milliseconds.
    pub slowest: u64,
}

impl Uptime {
    const fn of(door: Door) -> Self {
        Self { door, days: 0, probes: 0, worked: 0, longest_failure: 0, longest_silence: 0, slowest: 0 }
    }

    fn add(&mut self, day: &Measured) {
        self.days += 1;
        self.probes = self.probes.saturating_add(day.probes);
        self.worked = self.worked.saturating_add(day.worked);
        self.longest_failure = self.longest_failure.max(day.longest_failure);
        self.longest_silence = self.longest_silence.max(day.longest_silence);
        self.slowest = self.slowest.max(day.p99);
    }

    /// How many of a hundred thousand probes found it working, rounded down: a hundred thousand is all of them. None without
    /// a probe.
    pub fn share(&self) -> Option<u64> {
        self.worked.saturating_mul(100_000).checked_div(self.probes)
    }
}

/// Every door over a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uptimes {
    /// How many days of the period were over when this was asked.
    pub of: u64,
    /// Each door.
    pub doors: Vec<Uptime>,
}

impl Uptimes {
    /// Sums up the days of a period that are over. Of a door's day that is told of more than once, what is told first counts.
    pub fn over(period: Period, today: Date, told: &[Measured]) -> Self {
        let mut doors = Door::ALL.map(Uptime::of);
        let mut seen = BTreeSet::new();
        let within = |day: Date| day < today && period.holds(day_begins(day));
        for it in told.iter().filter(|it| within(it.day)) {
            if seen.insert((it.day, it.door.word())) {
                doors.iter_mut().filter(|door| door.door == it.door).for_each(|door| door.add(it));
            }
        }
        Self { of: days(period, today), doors: doors.into() }
    }

    /// Whether anything was handed in.
    pub fn is_known(&self) -> bool {
        self.doors.iter().any(|door| door.days > 0)
    }
}

/// How many days begin within a period before today.
fn days(period: Period, today: Date) -> u64 {
    let first = copenhagen_day(period.from);
    let last = period.before.checked_sub(SignedDuration::from_micros(1)).unwrap_or(period.before);
    let end = copenhagen_day(last).tomorrow().unwrap_or(Date::MAX).min(today);
    u64::try_from(end.duration_since(first).as_hours() / 24).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe(at: &str, door: Door, worked: bool, millis: u64) -> Probe {
        Probe { at: at.parse().unwrap(), door, millis, worked }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn november(last: &str) -> Period {
        Period::of_days(day("2026-11-01"), day(last)).unwrap()
    }

    #[test]
    fn a_door_is_measured_by_days_in_copenhagen_and_the_time_nobody_asked_is_told() {
        // Midnight in Copenhagen is 23:00 in UTC.
        let all = [
            probe("2026-11-02T11:00:00Z", Door::Code, true, 30),
            probe("2026-11-01T22:59:59Z", Door::Code, true, 10),
            probe("2026-11-02T08:00:00Z", Door::Code, false, 20),
            probe("2026-11-02T08:02:00Z", Door::Code, true, 10),
            probe("2026-11-02T08:00:00Z", Door::Session, true, 5),
        ];
        let days = Measured::of_days(&all);
        let told: Vec<_> =
            days.iter().map(|it| (it.day.to_string(), it.door, it.probes, it.worked)).collect();
        assert_eq!(
            told,
            [
                ("2026-11-01".to_owned(), Door::Code, 1, 1),
                ("2026-11-02".to_owned(), Door::Code, 3, 2),
                ("2026-11-02".to_owned(), Door::Session, 1, 1),
            ]
        );
        assert_eq!((days[1].longest_failure, days[1].longest_silence, days[1].p99), (120, 12 * 3600, 30));
        assert_eq!(days[0].longest_silence, 24 * 3600 - 1, "from the beginning of the day on");
        for it in days {
            let facts = it.facts().map(|(name, value)| (name.to_owned(), value)).into();
            assert_eq!(Measured::read(&facts), Some(it));
        }
    }

    #[test]
    fn a_period_sums_up_its_own_days_once_and_says_how_many_are_missing() {
        let of = |text: &str, worked| Measured {
            day: day(text),
            door: Door::Code,
            probes: 3,
            worked,
            longest_failure: 60,
            longest_silence: 70,
            p99: 12,
        };
        let told = [of("2026-11-02", 3), of("2026-11-02", 0), of("2026-11-01", 2), of("2026-10-31", 0)];
        let sum = Uptimes::over(november("2026-11-30"), day("2026-11-05"), &told);
        assert_eq!((sum.of, sum.is_known()), (4, true));
        let code = sum.doors.iter().find(|it| it.door == Door::Code).unwrap();
        assert_eq!((code.days, code.probes, code.worked, code.share()), (2, 6, 5, Some(83_333)));
        assert!(sum.doors.iter().filter(|it| it.door != Door::Code).all(|it| it.share().is_none()));
        let over = Uptimes::over(november("2026-11-02"), day("2026-12-05"), &[]);
        assert_eq!((over.of, over.is_known()), (2, false));
        assert_eq!(Uptimes::over(november("2026-11-02"), day("2026-10-05"), &told).of, 0);
    }

    #[test]
    fn so_many_of_a_hundred_is_the_time_they_do_not_exceed() {
        let times: Vec<u64> = (1..=200).collect();
        assert_eq!((of_hundred(&times, 50), of_hundred(&times, 99)), (100, 198));
        assert_eq!((of_hundred(&[7], 99), of_hundred(&[], 99)), (7, 0));
    }
}

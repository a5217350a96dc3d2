//! Dates and times as people in Denmark read them. Inside the house time is UTC.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Dst, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::{Lang, Say};

/// The zone all times are shown in. Built in, so that no server's own zone files decide what a receipt says.
static COPENHAGEN: TimeZone = jiff::tz::get!("Europe/Copenhagen");

/// Day and time: `lørdag d. 21. nov. 2026 kl. 20.47`, `Saturday 21 Nov 2026 at 20:47`.
pub fn moment(at: Timestamp, lang: Lang) -> String {
    let at = local(at);
    let values = [("day", &*day(at.date(), lang)), ("clock", &*hours_minutes(at.time(), lang))];
    Say::new("{day} kl. {clock}", "{day} at {clock}").fill(lang, &values)
}

/// Day, time and zone, for what may be read abroad or in the hour that comes twice in October:
/// `lørdag d. 21. nov. 2026 kl. 20.47 (dansk vintertid)`.
pub fn moment_with_zone(at: Timestamp, lang: Lang) -> String {
    let summer = COPENHAGEN.to_offset_info(at).dst() == Dst::Yes;
    let zone = if summer {
        Say::new("dansk sommertid", "Danish summer time")
    } else {
        Say::new("dansk vintertid", "Danish winter time")
    };
    format!("{} ({})", moment(at, lang), zone.get(lang))
}

/// The day something happened in Denmark: `lørdag d. 21. nov. 2026`, `Saturday 21 Nov 2026`.
pub fn day_of(at: Timestamp, lang: Lang) -> String {
    day(local(at).date(), lang)
}

/// A calendar day: `lørdag d. 21. nov. 2026`, `Saturday 21 Nov 2026`.
pub fn day(date: Date, lang: Lang) -> String {
    let (number, year) = (date.day().to_string(), date.year().to_string());
    let values = [
        ("weekday", weekday(date.weekday()).get(lang)),
        ("day", &*number),
        ("month", month(date.month()).get(lang)),
        ("year", &*year),
    ];
    Say::new("{weekday} d. {day}. {month} {year}", "{weekday} {day} {month} {year}").fill(lang, &values)
}

/// The time of day: `20.47`, `20:47`.
pub fn clock(at: Timestamp, lang: Lang) -> String {
    hours_minutes(local(at).time(), lang)
}

/// The time of day with seconds, for receipts: `20.47.07`, `20:47:07`.
pub fn clock_with_seconds(at: Timestamp, lang: Lang) -> String {
    let time = local(at).time();
    let sign = clock_sign(lang);
    format!("{}{sign}{:02}", hours_minutes(time, lang), time.second())
}

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(COPENHAGEN.clone())
}

fn hours_minutes(time: Time, lang: Lang) -> String {
    format!("{:02}{}{:02}", time.hour(), clock_sign(lang), time.minute())
}

const fn clock_sign(lang: Lang) -> char {
    match lang {
        Lang::Da => '.',
        Lang::En => ':',
    }
}

const fn weekday(weekday: Weekday) -> Say {
    match weekday {
        Weekday::Monday => Say::new("mandag", "Monday"),
        Weekday::Tuesday => Say::new("tirsdag", "Tuesday"),
        Weekday::Wednesday => Say::new("onsdag", "Wednesday"),
        Weekday::Thursday => Say::new("torsdag", "Thursday"),
        Weekday::Friday => Say::new("fredag", "Friday"),
        Weekday::Saturday => Say::new("lørdag", "Saturday"),
        Weekday::Sunday => Say::new("søndag", "Sunday"),
    }
}

/// The months as Dansk Sprognævn shortens them; `maj` is whole and takes no point.
const fn month(number: i8) -> Say {
    match number {
        1 => Say::new("jan.", "Jan"),
        2 => Say::new("feb.", "Feb"),
        3 => Say::new("mar.", "Mar"),
        4 => Say::new("apr.", "Apr"),
        5 => Say::new("maj", "May"),
        6 => Say::new("jun.", "Jun"),
        7 => Say::new("jul.", "Jul"),
        8 => Say::new("aug.", "Aug"),
        9 => Say::new("sep.", "Sep"),
        10 => Say::new("okt.", "Oct"),
        11 => Say::new("nov.", "Nov"),
        _ => Say::new("dec.", "Dec"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn at(utc: &str) -> Timestamp {
        utc.parse().unwrap()
    }

    #[test]
    fn an_evening_in_november_reads_as_danes_and_english_write_it() {
        let evening = at("2026-11-21T19:47:07Z");
        assert_eq!(moment(evening, Lang::Da), "lørdag d. 21. nov. 2026 kl. 20.47");
        assert_eq!(moment(evening, Lang::En), "Saturday 21 Nov 2026 at 20:47");
        assert_eq!(clock(evening, Lang::Da), "20.47");
        assert_eq!(clock_with_seconds(evening, Lang::Da), "20.47.07");
        assert_eq!(clock_with_seconds(evening, Lang::En), "20:47:07");
    }

    #[test]
    fn the_danish_day_begins_at_danish_midnight() {
        assert_eq!(day_of(at("2026-04-30T22:00:00Z"), Lang::Da), "fredag d. 1. maj 2026");
        assert_eq!(day_of(at("2026-12-31T22:59:59Z"), Lang::En), "Thursday 31 Dec 2026");
    }

    #[test]
    fn the_hour_that_comes_twice_in_october_can_be_told_apart() {
        let first = moment_with_zone(at("2026-10-25T00:30:00Z"), Lang::Da);
        let second = moment_with_zone(at("2026-10-25T01:30:00Z"), Lang::Da);
        assert_eq!(first, "søndag d. 25. okt. 2026 kl. 02.30 (dansk sommertid)");
        assert_eq!(second, "søndag d. 25. okt. 2026 kl. 02.30 (dansk vintertid)");
    }

    #[test]
    fn every_month_has_its_own_name_in_both_languages() {
        for lang in Lang::ALL {
            let months: BTreeSet<_> = (1..=12).map(|number| month(number).get(lang)).collect();
            assert_eq!(months.len(), 12);
        }
    }
}

//! Figures of the availability of each door of a block, asked from outside the process (NSIS 3.2.3.6; evidence 14).

use domain::suspension::Door;
use domain::{Date, Timestamp};

/// The first line of the file.
pub(crate) const HEAD: &str = "time,door,ok,ms,why";

/// One door, asked once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) at: Timestamp,
    pub(crate) door: Door,
    /// How long its page took.
    pub(crate) millis: u64,
    /// Why it does not work; none when it does. A word without commas.
    pub(crate) why: Option<String>,
}

/// What a door is called in the figures.
pub(crate) fn name(door: Door) -> &'static str {
    door.word().trim_start_matches("by-")
}

impl Seen {
    /// As a line of the file.
    pub(crate) fn line(&self) -> String {
        let (ok, why) = (self.why.is_none(), self.why.as_deref().unwrap_or_default());
        format!("{},{},{ok},{},{}", self.at, name(self.door), self.millis, why.replace([',', '\n'], ";"))
    }

    /// Reads a line of the file.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let mut fields = line.splitn(5, ',');
        let at = fields.next()?.parse().ok()?;
        let word = fields.next()?;
        let door = Door::ALL.into_iter().find(|door| name(*door) == word)?;
        let ok: bool = fields.next()?.parse().ok()?;
        let millis = fields.next()?.parse().ok()?;
        let why = fields.next()?;
        Some(Self { at, door, millis, why: (!ok).then(|| why.to_owned()) })
    }
}

/// One door over a period.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figures {
    pub(crate) door: Door,
    /// How often it was asked.
    pub(crate) asked: u64,
    /// How often it worked.
    pub(crate) worked: u64,
    /// The longest time from a failure to the next success, or to the last probe, in seconds.
    pub(crate) longest_failure: i64,
    /// The longest time between two probes, in seconds: nothing is known of it.
    pub(crate) longest_silence: i64,
    /// How long its page took, of a hundred the ninety-ninth.
    pub(crate) p99: u64,
}

impl Figures {
    /// Of a hundred probes so many found it working; none without a probe.
    pub(crate) fn availability(&self) -> Option<f64> {
        let (worked, asked) = (u32::try_from(self.worked).ok()?, u32::try_from(self.asked).ok()?);
        (asked > 0).then(|| 100.0 * f64::from(worked) / f64::from(asked))
    }
}

/// Each door over the days from `from` to `to`, both included, in Copenhagen.
pub(crate) fn figures(seen: &[Seen], from: Date, to: Date) -> Vec<Figures> {
    let day = |at: Timestamp| domain::calendar::copenhagen_day(at);
    Door::ALL
        .into_iter()
        .map(|door| {
            let within = |it: &&Seen| it.door == door && (from..=to).contains(&day(it.at));
            let mut own: Vec<&Seen> = seen.iter().filter(within).collect();
            own.sort_by_key(|it| it.at);
            of_one(door, &own)
        })
        .collect()
}

fn of_one(door: Door, own: &[&Seen]) -> Figures {
    let (mut failing, mut longest_failure, mut longest_silence) = (None, 0, 0);
    let mut before: Option<Timestamp> = None;
    for it in own {
        if let Some(before) = before {
            longest_silence = longest_silence.max(it.at.duration_since(before).as_secs());
        }
        before = Some(it.at);
        if it.why.is_some() {
            failing = failing.or(Some(it.at));
        }
        if let Some(since) = failing {
            longest_failure = longest_failure.max(it.at.duration_since(since).as_secs());
        }
        if it.why.is_none() {
            failing = None;
        }
    }
    let mut times: Vec<u64> = own.iter().map(|it| it.millis).collect();
    times.sort_unstable();
    let p99 = times.get(times.len().saturating_mul(99) / 100).or(times.last()).copied().unwrap_or(0);
    let many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Figures {
        door,
        asked: many(own.len()),
        worked: many(own.iter().filter(|it| it.why.is_none()).count()),
        longest_failure,
        longest_silence,
        p99,
    }
}

/// As CSV.
pub(crate) fn csv(figures: &[Figures]) -> String {
    let head = "door,probes,worked,availability_percent,longest_failure_s,longest_silence_s,p99_ms\n";
    let row = |it: &Figures| {
        let available = it.availability().map(|it| format!("{it:.3}")).unwrap_or_default();
        format!(
            "{},{},{},{available},{},{},{}\n",
            name(it.door),
            it.asked,
            it.worked,
            it.longest_failure,
            it.longest_silence,
            it.p99
        )
    };
    figures.iter().map(row).fold(head.to_owned(), |text, row| text + &row)
}

/// As JSON, with the period.
pub(crate) fn json(figures: &[Figures], from: Date, to: Date) -> String {
    let row = |it: &Figures| {
        let available = it.availability().map_or_else(|| "null".to_owned(), |it| format!("{it:.3}"));
        format!(
            r#"{{"door":"{}","probes":{},"worked":{},"availability_percent":{available},"longest_failure_s":{},"longest_silence_s":{},"p99_ms":{}}}"#,
            name(it.door),
            it.asked,
            it.worked,
            it.longest_failure,
            it.longest_silence,
            it.p99
        )
    };
    let rows: Vec<String> = figures.iter().map(row).collect();
    format!(
        "{{\"requirement\":\"NSIS 3.2.3.6\",\"from\":\"{from}\",\"to\":\"{to}\",\"time_zone\":\"Europe/Copenhagen\",\"doors\":[{}]}}\n",
        rows.join(",")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(at: &str, door: Door, why: Option<&str>) -> Seen {
        Seen { at: at.parse().unwrap(), door, millis: 12, why: why.map(str::to_owned) }
    }

    #[test]
    fn a_line_reads_as_it_was_written() {
        for why in [None, Some("status 503"), Some("database")] {
            let written = seen("2026-11-02T08:00:00Z", Door::Code, why);
            assert_eq!(Seen::read(&written.line()), Some(written));
        }
        assert_eq!(Seen::read(HEAD), None);
        assert_eq!(Seen::read("2026-11-02T08:00:00Z,code,tr"), None);
    }

    #[test]
    fn availability_is_of_the_days_asked_for_and_silence_is_told() {
        let all = [
            seen("2026-11-01T22:00:00Z", Door::Code, Some("status 503")),
            seen("2026-11-01T23:00:00Z", Door::Code, None),
            seen("2026-11-02T08:00:00Z", Door::Code, Some("unreachable")),
            seen("2026-11-02T08:01:00Z", Door::Code, Some("unreachable")),
            seen("2026-11-02T08:02:00Z", Door::Code, None),
            seen("2026-11-02T08:02:00Z", Door::Password, None),
        ];
        let day: Date = "2026-11-02".parse().unwrap();
        let figures = figures(&all, day, day);
        let code = figures.iter().find(|it| it.door == Door::Code).unwrap();
        // Midnight in Copenhagen is 23:00 in UTC.
        assert_eq!((code.asked, code.worked, code.availability()), (4, 2, Some(50.0)));
        assert_eq!((code.longest_failure, code.longest_silence), (120, 9 * 3600));
        let mitid = figures.iter().find(|it| it.door == Door::Mitid).unwrap();
        assert_eq!((mitid.asked, mitid.availability()), (0, None), "not asked is not available");
        assert!(csv(&figures).contains("\ncode,4,2,50.000,120,32400,12\n"), "{}", csv(&figures));
        assert!(
            json(&figures, day, day)
                .contains(r#"{"door":"mitid","probes":0,"worked":0,"availability_percent":null"#)
        );
    }
}

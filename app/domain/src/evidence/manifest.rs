//! What proves the files of an export: a text that is signed by the key of the checkpoints, like the seal of an export of
//! the trail. Its first line is that of no checkpoint and no seal, so none passes for another.

use super::{Evidence, Gap, Period};
use crate::audit::Hash;
use crate::audit::checkpoint::instant;
use crate::ids::PersonId;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;

/// How the text begins.
const NAME: &str = "nsis-id evidence 1";

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name; no space in it.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub digest: Hash,
}

/// Places of the trail whose rows are not as this house wrote them, and are not gone by rule: somebody changed them or took them
/// away. They are in none of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// How many; never none.
    pub many: u64,
    /// The first of them.
    pub first: i64,
}

/// What an export is, and the digests of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Of which trail, as in its checkpoints.
    pub origin: String,
    /// Which export.
    pub evidence: Evidence,
    /// For which period.
    pub period: Period,
    /// About whom, where it is about one person.
    pub about: Option<PersonId>,
    /// The first and the last place of the trail that was read.
    pub places: (i64, i64),
    /// How many rows.
    pub rows: u64,
    /// How many places of the trail had no row any more, by rule.
    pub gone: u64,
    /// Places whose rows do not hold; none where all do.
    pub broken: Option<Broken>,
    /// How many events of the period asked for had no place in the trail yet: they are in none of the files.
    pub waiting: u64,
    /// Since when there is a trail.
    pub since: Option<Timestamp>,
    /// The files.
    pub parts: Vec<Part>,
    /// When it was made.
    pub at: Timestamp,
}

impl Manifest {
    /// What is signed.
    pub fn text(&self) -> String {
        let Self { origin, evidence, period, .. } = self;
        let about = self.about.map(|person| format!("about {person}\n")).unwrap_or_default();
        let since = self.since.map(|at| format!("since {}\n", instant(at))).unwrap_or_default();
        let waiting = if self.waiting == 0 { String::new() } else { format!("waiting {}\n", self.waiting) };
        let broken = self.broken.filter(|it| it.many > 0);
        let broken = broken.map(|it| format!("broken {} {}\n", it.many, it.first)).unwrap_or_default();
        let gap = |gap: &Gap| format!("open {}\n", gap.word());
        let open: String = evidence.gaps().iter().map(gap).collect();
        let part = |it: &Part| format!("file {} {} {}\n", it.name, it.bytes, STANDARD.encode(it.digest.0));
        let parts: String = self.parts.iter().map(part).collect();
        let (first, last) = self.places;
        format!(
            "{NAME}\n{origin}\nexport {} {}\nnsis {}\nperiod {} {}\n{about}places {first} {last}\nrows {}\ngone {}\n{broken}{waiting}{since}{open}{parts}at {}\n",
            evidence.number(),
            evidence.word(),
            evidence.nsis().join(" "),
            instant(period.from),
            instant(period.before),
            self.rows,
            self.gone,
            instant(self.at)
        )
    }

    /// Reads what was signed; none when it is anything else, or not written as [`Manifest::text`] writes it.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().skip(1).peekable();
        let origin = lines.next()?.to_owned();
        let named = |line: Option<&str>, name: &str| {
            line.and_then(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned))
        };
        let export = named(lines.next(), "export")?;
        let evidence = Evidence::from_number(export.split(' ').next()?)?;
        named(lines.next(), "nsis")?;
        let period = named(lines.next(), "period")?;
        let (from, before) = period.split_once(' ')?;
        let period = Period { from: from.parse().ok()?, before: before.parse().ok()? };
        let about = match lines.next_if(|line| line.starts_with("about ")) {
            None => None,
            line => Some(named(line, "about")?.parse().ok()?),
        };
        let places = named(lines.next(), "places")?;
        let (first, last) = places.split_once(' ')?;
        let places = (first.parse().ok()?, last.parse().ok()?);
        let rows = named(lines.next(), "rows")?.parse().ok()?;
        let gone = named(lines.next(), "gone")?.parse().ok()?;
        let broken = match lines.next_if(|line| line.starts_with("broken ")) {
            None => None,
            line => {
                let told = named(line, "broken")?;
                let (many, first) = told.split_once(' ')?;
                Some(Broken { many: many.parse().ok()?, first: first.parse().ok()? })
            }
        };
        let waiting = match lines.next_if(|line| line.starts_with("waiting ")) {
            None => 0,
            line => named(line, "waiting")?.parse().ok()?,
        };
        let since = match lines.next_if(|line| line.starts_with("since ")) {
            None => None,
            line => Some(named(line, "since")?.parse().ok()?),
        };
        while let Some(line) = lines.next_if(|line| line.starts_with("open ")) {
            Gap::from_word(&named(Some(line), "open")?)?;
        }
        let mut parts = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with("file ")) {
            let told = named(Some(line), "file")?;
            let mut words = told.split(' ');
            let (name, bytes, digest) = (words.next()?, words.next()?, words.next()?);
            let digest = Hash(STANDARD.decode(digest).ok()?.try_into().ok()?);
            parts.push(Part { name: name.to_owned(), bytes: bytes.parse().ok()?, digest });
        }
        let at = named(lines.next(), "at")?.parse().ok()?;
        let read =
            Self { origin, evidence, period, about, places, rows, gone, broken, waiting, since, parts, at };
        (read.text() == text).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::checkpoint::{Checkpoint, Seal};

    fn manifest(evidence: Evidence) -> Manifest {
        let at = |text: &str| text.parse().unwrap();
        Manifest {
            origin: "login.nordby.example/trail".into(),
            evidence,
            period: Period { from: at("2026-01-01T00:00:00Z"), before: at("2027-01-01T00:00:00Z") },
            about: (evidence == Evidence::Person).then(|| uuid::Uuid::from_u128(7).into()),
            places: (1, 1200),
            rows: 17,
            gone: 2,
            broken: None,
            waiting: 0,
            since: Some(at("2026-11-02T08:00:00Z")),
            parts: vec![
                Part { name: "a.csv".into(), bytes: 9, digest: Hash([1; 32]) },
                Part { name: "a.json".into(), bytes: 11, digest: Hash([2; 32]) },
            ],
            at: at("2027-01-04T08:00:00.5Z"),
        }
    }

    #[test]
    fn a_manifest_reads_as_it_was_written_and_no_other_way() {
        for evidence in Evidence::ALL {
            let broken = Some(Broken { many: 2, first: 17 });
            for (since, waiting, broken) in [
                (None, 0, None),
                (Some(Timestamp::UNIX_EPOCH), 0, broken),
                (None, 3, broken),
                (None, 3, None),
            ] {
                let written = Manifest { broken, waiting, since, ..manifest(evidence) };
                let text = written.text();
                assert_eq!(Manifest::read(&text), Some(written), "{text}");
                for bad in [
                    text.replace("rows 17", "rows 017"),
                    text.replace("gone 2\n", "gone 2\nwaiting 0\n"),
                    text.replace("gone 2\n", "gone 2\nbroken 0 17\n"),
                    text.replace("nsis ", "nsis 0.0 "),
                    text.replace(NAME, "nsis-id export 1"),
                    text.replace("places 1 1200", "places 1 1200 1"),
                    format!("{text}more\n"),
                ] {
                    assert_eq!(Manifest::read(&bad), None, "{bad}");
                }
            }
        }
    }

    #[test]
    fn what_counts_as_open_is_part_of_what_is_signed() {
        let text = manifest(Evidence::Leavers).text();
        assert!(text.contains("open orphans\n") && text.contains("export 6 leavers\nnsis 5.2.3\n"), "{text}");
        assert_eq!(Manifest::read(&text.replace("open orphans\n", "")), None);
    }

    #[test]
    fn a_manifest_is_no_checkpoint_and_no_seal() {
        let text = manifest(Evidence::Blocks).text();
        assert_eq!((Checkpoint::read(&text), Seal::read(&text)), (None, None));
    }
}

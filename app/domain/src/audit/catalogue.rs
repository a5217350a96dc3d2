//! The catalogue of events: what each kind says, who can be its actor, whom it is about, which facts it may carry, how
//! long it is kept and which clauses it serves. `docs/events.md` is made of it, and whoever writes an event that is not as
//! described here fails its test.

mod facts;
mod says;
mod table;

pub use facts::FACTS;

use super::{Actor, EventKind};
use crate::retention::Length;
use core::fmt::Write as _;
use serde::{Deserialize, Serialize};

/// The version of the catalogue: raised when a fact gets another meaning or goes. New kinds and new facts do not raise it.
pub const VERSION: u16 = 1;

/// Part of the house an event tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Group {
    /// HR's feed and relations.
    People,
    /// From the invitation to the active login.
    Enrolment,
    /// Terms.
    Terms,
    /// MitID.
    Proof,
    /// Passwords, authenticators, codes.
    Means,
    /// Sessions in the portal.
    SignIn,
    /// Services and their tokens.
    Services,
    /// Holds, blocking, reopening.
    Blocking,
    /// Letters, SMS, addresses.
    Notices,
    /// Roles.
    Roles,
    /// Keys.
    Keys,
    /// The installation and its trail.
    House,
}

impl Group {
    const ALL: [(Self, &'static str); 12] = [
        (Self::People, "People and relations"),
        (Self::Enrolment, "Enrolment"),
        (Self::Terms, "Terms"),
        (Self::Proof, "Proof of identity"),
        (Self::Means, "Passwords, authenticators, codes"),
        (Self::SignIn, "Signing in"),
        (Self::Services, "Services and tokens"),
        (Self::Blocking, "Blocking and opening"),
        (Self::Notices, "Notices"),
        (Self::Roles, "Roles"),
        (Self::Keys, "Keys"),
        (Self::House, "The installation and its trail"),
    ];

    /// All of them, in the order of the page.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(group, _)| group)
    }

    /// A word for forms and for the trail.
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Enrolment => "enrolment",
            Self::Terms => "terms",
            Self::Proof => "proof",
            Self::Means => "means",
            Self::SignIn => "sign-in",
            Self::Services => "services",
            Self::Blocking => "blocking",
            Self::Notices => "notices",
            Self::Roles => "roles",
            Self::Keys => "keys",
            Self::House => "house",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|group| group.word() == word)
    }
}

/// Who can be the actor of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A person, known by proof, password or session.
    Person,
    /// Somebody who has not said or proved who she is.
    Unknown,
    /// The system itself.
    System,
    /// Somebody at the command line.
    Operator,
}

impl By {
    /// Of an actor.
    pub fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Person(_) => Self::Person,
            Actor::Unknown => Self::Unknown,
            Actor::System => Self::System,
            Actor::Operator(_) => Self::Operator,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Unknown => "unknown",
            Self::System => "system",
            Self::Operator => "operator",
        }
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not allowed, for the reason in `why`.
    Refused,
    /// It did not work.
    Failed,
    /// The system saw or said something.
    Seen,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::Refused, Self::Failed, Self::Seen];

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// A word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Seen => "seen",
        }
    }
}

/// How long an event is kept (NSIS 4.1.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keep {
    /// Central events: five years.
    Central,
    /// Requests and answers: five years.
    Exchange,
    /// Details of signing in: thirteen months.
    SignIn,
    /// What says why rows of the trail are empty: as long as the trail.
    Trail,
}

impl Keep {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Central, Self::Exchange, Self::SignIn, Self::Trail];

    /// How the page of the catalogue says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Central => "central, 5 years",
            Self::Exchange => "exchange, 5 years",
            Self::SignIn => "sign-in, 13 months",
            Self::Trail => "as the trail",
        }
    }

    /// The word in the trail.
    pub fn name(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Exchange => "exchange",
            Self::SignIn => "sign-in",
            Self::Trail => "trail",
        }
    }

    /// Reads the word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keep| keep.name() == name)
    }

    /// How long a house keeps it at least; none where it is never emptied. Whoever verifies holds every rule against it.
    pub fn least(self) -> Option<Length> {
        match self {
            Self::Central | Self::Exchange => Some(Length::Months(60)),
            Self::SignIn => Some(Length::Months(13)),
            Self::Trail => None,
        }
    }

    /// The kinds of events kept so long.
    pub fn kinds(self) -> Vec<&'static str> {
        EventKind::ALL.iter().filter(|kind| kind.about().keep == self).map(|kind| kind.word()).collect()
    }
}

/// What is to be known of a kind of event.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Where it belongs.
    pub group: Group,
    /// What happened, in a sentence.
    pub says: &'static str,
    /// Who can be its actor.
    pub by: &'static [By],
    /// Whether a person can be its subject.
    pub of_person: bool,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it is kept.
    pub keep: Keep,
    /// Facts it may carry, by the names of [`FACTS`].
    pub facts: &'static [&'static str],
    /// Sealed facts it may carry, besides where from.
    pub sealed: &'static [&'static str],
    /// Clauses it serves.
    pub nsis: &'static [&'static str],
}

/// With what means it was done: facts of what takes a role, and of what changes how a person is reached or takes her data
/// out. They are put in where an event is written, out of the session of that browser, and stand in no other event.
pub const WITH_MEANS: [&str; 2] = ["session-factors", "session-level"];

impl EventKind {
    /// Whether it tells with what means it was done, where it was done in a session.
    pub fn tells_means(self) -> bool {
        let facts = self.about().facts;
        WITH_MEANS.iter().all(|name| facts.contains(name))
    }
}

/// What is sealed in every event: where from.
pub const WHERE_FROM: [&str; 2] = ["address", "browser"];

/// The page of the catalogue, as it stands in `docs/events.md`.
pub fn page() -> String {
    let mut page =
        format!("{}\nCatalogue version {VERSION}, row format {}.\n", OPENING.trim_end(), super::FORMAT);
    for (group, title) in Group::ALL {
        let _ = write!(page, "\n## {title}\n\n{HEAD}");
        for kind in EventKind::ALL.iter().filter(|kind| kind.about().group == group) {
            let _ = writeln!(page, "{}", line(*kind));
        }
    }
    let _ = write!(page, "\n## Facts\n\n| fact | meaning |\n|---|---|\n");
    for (name, meaning) in FACTS {
        let _ = writeln!(page, "| `{name}` | {meaning} |");
    }
    page
}

fn line(kind: EventKind) -> String {
    let about = kind.about();
    let by: Vec<_> = about.by.iter().map(|by| by.word()).collect();
    let whom = if about.of_person { "a person" } else { "–" };
    format!(
        "| `{}` | {} | {} | {whom} | {} | {} | {} | {} | {} |",
        kind.word(),
        about.says,
        by.join(", "),
        about.outcome.word(),
        names(about.facts),
        names(about.sealed),
        about.keep.word(),
        about.nsis.join(", ")
    )
}

fn names(names: &[&str]) -> String {
    if names.is_empty() {
        return "–".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

const HEAD: &str = "| event | what happened | by | about | outcome | facts | sealed | kept | NSIS |\n|---|---|---|---|---|---|---|---|---|\n";

const OPENING: &str = "\
# Events

<!-- Made from app/domain/src/audit/catalogue.rs: WRITE_DOCS=1 cargo test -p domain catalogue -->

Every event the trail can hold. A row says, besides what stands below: its id; when, to the microsecond in UTC; by whom
(a person's id, the operating system's name of an operator, `System`, or `Unknown`); about whom; in which request (the
reference people can quote: rows of one request belong together); with what means, where it takes a role or changes how a
person is reached: `session-factors` and `session-level` of the session it was done in; which instance wrote it, on which of its lanes and as
which row there. Where from, `address` and `browser`, is sealed in every event under the key of the person who did it, else of
whom it is about; so are the facts under *sealed*. Facts are words, numbers and ids, never personal data. What led to a refusal stands in `why`.

How rows are chained, signed and verified: [the trail](trail.md).

";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_fact_of_the_catalogue_has_a_meaning_and_no_meaning_is_idle() {
        let known: Vec<_> = FACTS.iter().map(|(name, _)| *name).collect();
        let mut sorted = known.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(known, sorted, "in order, and each once");
        let mut used: BTreeSet<&str> = WHERE_FROM.into();
        for kind in EventKind::ALL {
            let about = kind.about();
            assert!(!about.says.is_empty() && !about.by.is_empty() && !about.nsis.is_empty(), "{kind:?}");
            used.extend(about.facts.iter().chain(about.sealed));
        }
        assert_eq!(used.into_iter().collect::<Vec<_>>(), known);
    }

    #[test]
    fn whatever_takes_a_role_tells_with_what_means_it_was_done() {
        use EventKind as K;
        for kind in EventKind::ALL {
            let facts = kind.about().facts;
            let some = WITH_MEANS.iter().any(|name| facts.contains(name));
            assert_eq!(kind.tells_means(), some, "{kind:?}: both or neither");
        }
        for kind in [K::TrailRead, K::TrailSearched, K::ExportMade, K::SampleDrawn, K::TermsPublished] {
            assert!(kind.tells_means(), "{kind:?}");
        }
        assert!(
            K::ContactChanged.tells_means() && !K::SignedIn.tells_means() && !K::TrailExported.tells_means()
        );
    }

    #[test]
    fn the_page_of_the_catalogue_is_the_one_in_the_documentation() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
        if std::env::var_os("WRITE_DOCS").is_some() {
            std::fs::write(path, page()).unwrap();
        }
        let there = std::fs::read_to_string(path).unwrap_or_default();
        assert!(there == page(), "docs/events.md is stale: WRITE_DOCS=1 cargo test -p domain catalogue");
    }

    #[test]
    fn every_kind_stands_on_the_page_once() {
        let page = page();
        for kind in EventKind::ALL {
            assert_eq!(page.matches(&format!("| `{}` |", kind.word())).count(), 1, "{kind:?}");
        }
    }
}

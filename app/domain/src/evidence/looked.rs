//! What an auditor looks for in the trail, and what she opened: kept in a flow of hers until it runs out.
//!
//! A search knows kinds, times, outcomes, references and places, and nothing of people: whoever is to be read about is
//! drawn or given by her id, and sees that she was.

use super::{Figures, Period};
use crate::audit::EventKind;
use crate::audit::catalogue::{Group, Outcome};
use crate::ids::{EventId, FlowId, PersonId, SessionId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The id of a request tells when it began; what came of it is looked for this long.
const OF_A_REQUEST: SignedDuration = SignedDuration::from_hours(24);
/// A reference does not tell it, and every row of the period is looked at: so much of it at once, and the hour that the
/// clocks may go back.
const OF_A_REFERENCE: SignedDuration = SignedDuration::from_hours(31 * 24 + 1);

/// What is looked for in the trail. What is left out is not asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// For which period.
    pub period: Period,
    /// Of which part of the house.
    pub group: Option<Group>,
    /// Of these kinds; none for all.
    pub kinds: Vec<EventKind>,
    /// With what outcome.
    pub outcome: Option<Outcome>,
    /// Of which request.
    pub request: Option<Quoted>,
    /// At this place, and nothing else then.
    pub place: Option<i64>,
}

impl Search {
    /// Everything in a period.
    pub fn of(period: Period) -> Self {
        Self { period, group: None, kinds: Vec::new(), outcome: None, request: None, place: None }
    }

    /// The kinds that fit all that is asked of kinds.
    pub fn fitting(&self) -> Vec<EventKind> {
        let fits = |kind: &EventKind| {
            let about = kind.about();
            (self.kinds.is_empty() || self.kinds.contains(kind))
                && self.group.is_none_or(|group| group == about.group)
                && self.outcome.is_none_or(|outcome| outcome == about.outcome)
        };
        EventKind::ALL.iter().copied().filter(fits).collect()
    }

    /// When what fits was written: with the whole id of a request the day it began, whatever the period.
    pub fn within(&self) -> Period {
        let began = self.request.as_ref().and_then(Quoted::began);
        began.map_or(self.period, |from| Period {
            from,
            before: from.saturating_add(OF_A_REQUEST).unwrap_or(Timestamp::MAX),
        })
    }

    /// Whether it is over in a moment however long the trail is: a short reference is looked for within 31 days.
    pub fn is_bounded(&self) -> bool {
        let short = self.request.as_ref().is_some_and(|request| request.began().is_none());
        let long = self.period.before.duration_since(self.period.from) > OF_A_REFERENCE;
        self.place.is_some() || !(short && long)
    }

    /// What was asked besides the period, in words for the trail.
    pub fn told(&self) -> String {
        let kinds: Vec<_> = self.kinds.iter().map(|kind| kind.word()).collect();
        let asked = [
            self.group.map(|group| format!("group {}", group.word())),
            (!kinds.is_empty()).then(|| format!("kinds {}", kinds.join(" "))),
            self.outcome.map(|outcome| format!("outcome {}", outcome.word())),
            self.request.as_ref().map(|request| format!("request {}", request.ends())),
            self.place.map(|place| format!("place {place}")),
        ];
        asked.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// A request as people quote it: by its reference, or by its whole id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted(String);

impl Quoted {
    /// Reads `7K3Q-92AB`, a receipt's `SP-7K3Q-92AB`, or an id; a letter O and a letter I or L are digits, as they sound.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(id) = text.parse::<Uuid>() {
            return Some(Self(id.simple().to_string()));
        }
        let text = text.to_uppercase();
        let digits = text.strip_prefix("SP-").unwrap_or(&text).replace(['-', ' '], "");
        if digits.chars().count() != 8 {
            return None;
        }
        let low = digits.chars().try_fold(0_u64, |low, digit| Some((low << 5) | crockford(digit)?))?;
        Some(Self(format!("{low:010x}")))
    }

    /// How the id ends, in lower-case hexadecimal digits: ten of them, or all.
    pub fn ends(&self) -> &str {
        &self.0
    }

    /// As people quote it: a reference as it stands on a page, or the whole id.
    pub fn quoted(&self) -> String {
        match (Uuid::try_parse(&self.0), u64::from_str_radix(&self.0, 16)) {
            (Ok(id), _) => id.to_string(),
            (_, Ok(low)) => crate::ids::reference(Uuid::from_u128(u128::from(low))),
            _ => self.0.clone(),
        }
    }

    /// When it began, to the millisecond; a reference does not say it.
    pub fn began(&self) -> Option<Timestamp> {
        let id = Uuid::try_parse(&self.0).ok().filter(|id| id.get_version_num() == 7)?;
        Timestamp::from_millisecond(i64::try_from(id.as_u128() >> 80).ok()?).ok()
    }
}

/// A digit of Crockford's base 32.
fn crockford(digit: char) -> Option<u64> {
    const DIGITS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digit = match digit {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = DIGITS.chars().position(|known| known == digit)?;
    u64::try_from(place).ok()
}

/// What an auditor looked for or opened: kept in a flow of hers until it runs out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// What.
    pub opened: Opened,
    /// By whom, in which session.
    pub by: (PersonId, SessionId),
}

/// What was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Opened {
    /// What a search finds.
    Found(Search),
    /// A row with all that is sealed in it, and the search it was found by.
    Row(EventId, Option<FlowId>),
    /// The figures of a period.
    Figures(Figures),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{reference, time_ordered};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_reference_finds_the_request_it_is_of_however_it_is_typed() {
        let now = at("2026-11-02T08:00:00.123Z");
        let id = time_ordered(now, [7, 1, 200, 3, 90, 5, 17, 81, 8, 33]);
        let short = reference(id);
        for typed in [short.clone(), short.to_lowercase(), format!(" SP-{short} "), short.replace('-', "")] {
            let read = Quoted::read(&typed).unwrap();
            assert!(id.simple().to_string().ends_with(read.ends()), "{typed}");
            assert_eq!((read.began(), read.quoted()), (None, short.clone()), "it does not say when");
        }
        let whole = Quoted::read(&id.to_string()).unwrap();
        assert_eq!((whole.ends(), whole.began()), (id.simple().to_string().as_str(), Some(now)));
        assert_eq!(whole.quoted(), id.to_string());
    }

    #[test]
    fn what_is_no_reference_is_none() {
        for typed in ["", "7K3Q-92A", "7K3Q-92AB-1", "7K3Q-92AU", "maja.holm", "æøåæøåæø", "610190-1234"]
        {
            assert_eq!(Quoted::read(typed), None, "{typed}");
        }
        assert_eq!(Quoted::read("O0IL-1111"), Quoted::read("0011-1111"), "as it sounds");
    }

    #[test]
    fn the_kinds_of_a_search_fit_everything_that_is_asked_of_them() {
        let all = Search::of(Period::until(at("2026-11-02T08:00:00Z")));
        assert_eq!(all.fitting(), EventKind::ALL);
        let terms = Search { group: Some(Group::Terms), ..all.clone() };
        assert!(terms.fitting().contains(&EventKind::TermsAccepted));
        assert!(terms.fitting().iter().all(|kind| kind.about().group == Group::Terms));
        let refused = Search { outcome: Some(Outcome::Refused), ..terms.clone() };
        assert!(refused.fitting().contains(&EventKind::TermsDeclined));
        assert!(!refused.fitting().contains(&EventKind::TermsAccepted));
        let other = Search { kinds: vec![EventKind::SignedIn], ..terms };
        assert_eq!(other.fitting(), Vec::new(), "no kind is both");
        assert_eq!((all.told(), other.told().as_str()), (String::new(), "group terms; kinds sign-in.done"));
    }

    #[test]
    fn the_whole_id_of_a_request_is_looked_for_where_it_began() {
        let now = at("2026-11-02T08:00:00.123Z");
        let period = Period::until(at("2020-01-01T00:00:00Z"));
        let request = Quoted::read(&time_ordered(now, [1; 10]).to_string());
        let search = Search { request, ..Search::of(period) };
        assert!(search.within().holds(now) && !search.within().holds(now - SignedDuration::from_millis(1)));
        assert!(search.is_bounded(), "it is one day of the period");
        let short = Search { request: Quoted::read("7K3Q-92AB"), ..search };
        assert_eq!(short.within(), period);
        assert!(!short.is_bounded(), "fifty years");
        assert!(Search { place: Some(7), ..short.clone() }.is_bounded(), "one row");
        assert!(Search { request: None, ..short.clone() }.is_bounded(), "the newest of it");
        for (last, bounded) in [("2026-10-31", true), ("2026-11-01", false)] {
            // The clocks go back on the 25th.
            let period = Period::of_days("2026-10-01".parse().unwrap(), last.parse().unwrap()).unwrap();
            assert_eq!(Search { period, ..short.clone() }.is_bounded(), bounded, "{last}");
        }
    }
}

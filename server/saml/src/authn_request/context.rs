//! Which level a service asks for, and what may be answered (SAML core 3.3.2.2.1; OIO-SP-06, -07).

use roxmltree::Node;

use super::{Answerable, RequestFault, Vocabulary};
use crate::error_response::ErrorStatus;
use crate::names;
use crate::reason::reasons;
use crate::values::Level;
use crate::xml;

reasons! {
    /// Why a reached level cannot answer a request.
    ContextFault {
        NotReached = "context-not-reached", "The sign-in does not reach the level the service asks for.";
    }
}

/// How the requested levels are compared with the reached one. It concerns levels only; the
/// other references in the list are matched as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// One of the listed levels.
    Exact,
    /// One of the listed levels or any above it.
    Minimum,
    /// Above every listed level.
    Better,
    /// As high as possible, not above the highest listed level.
    Maximum,
}

/// Whether the service knows people as citizens or as employees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EidProfile {
    /// `https://data.gov.dk/eid/Person`
    Person,
    /// `https://data.gov.dk/eid/Professional`
    Professional,
}

/// What a service asks for; without levels it leaves the choice to the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedContext {
    comparison: Comparison,
    levels: Vec<Level>,
    /// The profile the returned name must be of, when ours was asked for.
    pub profile: Option<EidProfile>,
    /// Every reference in the list, in order, known or not: for the log.
    pub references: Vec<String>,
}

/// What an assertion may state for a reached level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedContext {
    /// The level to state: never above the reached one.
    pub level: Level,
    /// The highest listed level that is not above it, if there is one: what `echo` repeats.
    pub requested: Option<Level>,
}

impl RequestedContext {
    /// A request that names no level and no profile.
    pub const ANY: Self =
        Self { comparison: Comparison::Exact, levels: Vec::new(), profile: None, references: Vec::new() };

    /// Builds a request for levels; an empty list asks for nothing.
    pub fn levels(comparison: Comparison, levels: &[Level]) -> Self {
        let mut levels = levels.to_vec();
        levels.sort_unstable();
        levels.dedup();
        Self { comparison, levels, profile: None, references: Vec::new() }
    }

    /// The requested levels, lowest first.
    pub fn requested_levels(&self) -> &[Level] {
        &self.levels
    }

    /// How they are compared.
    pub fn comparison(&self) -> Comparison {
        self.comparison
    }

    /// The lowest level that satisfies the request; `Err` when no level can.
    pub fn lowest_sufficient(&self) -> Result<Level, ContextFault> {
        Level::ALL.into_iter().find(|level| self.state(*level).is_ok()).ok_or(ContextFault::NotReached)
    }

    /// Whether an answer may state this level.
    pub fn allows(&self, level: Level) -> bool {
        let (Some(lowest), Some(highest)) = (self.levels.first(), self.levels.last()) else {
            return true;
        };
        match self.comparison {
            Comparison::Exact => self.levels.contains(&level),
            Comparison::Minimum => level >= *lowest,
            Comparison::Better => level > *highest,
            Comparison::Maximum => level <= *highest,
        }
    }

    /// What may be stated when `reached` was reached. Stating less than was reached is true as well.
    pub fn state(&self, reached: Level) -> Result<StatedContext, ContextFault> {
        let level = Level::ALL.into_iter().rev().find(|level| *level <= reached && self.allows(*level));
        let level = level.ok_or(ContextFault::NotReached)?;
        let requested = self.levels.iter().rev().find(|listed| **listed <= level).copied();
        Ok(StatedContext { level, requested })
    }

    /// Reads `RequestedAuthnContext`. Unknown references are passed over only while a level is left: a broker lists its
    /// own private ones beside it. Whoever asks for citizens alone cannot be served: we know employees.
    pub(super) fn read(request: Node<'_, '_>, vocabulary: Vocabulary) -> Result<Self, Answerable> {
        let bad = (RequestFault::BadContext, ErrorStatus::NoAuthnContext);
        let context = xml::only_child(request, names::PROTOCOL, "RequestedAuthnContext").map_err(|_| bad)?;
        let Some(context) = context else {
            return Ok(Self::ANY);
        };
        let references = xml::children(context, names::ASSERTION, "AuthnContextClassRef")
            .map(|reference| xml::text(reference).map_err(|_| bad))
            .collect::<Result<Vec<_>, _>>()?;
        let levels: Vec<_> = references.iter().filter_map(|r| vocabulary.level(r)).collect();
        let profiles: Vec<_> = references.iter().filter_map(|r| profile(r)).collect();
        let unknown = levels.len() + profiles.len() < references.len();
        let mut requested = Self::levels(comparison(context).ok_or(bad)?, &levels);
        requested.profile = profiles.iter().copied().find(|asked| *asked == EidProfile::Professional);
        requested.references = references.into_iter().map(str::to_owned).collect();
        let nothing_known = requested.levels.is_empty() && (unknown || profiles.is_empty());
        let citizens_only = requested.profile.is_none() && !profiles.is_empty();
        if nothing_known || citizens_only {
            return Err((RequestFault::NoReachableContext, ErrorStatus::NoAuthnContext));
        }
        Ok(requested)
    }
}

fn comparison(context: Node<'_, '_>) -> Option<Comparison> {
    match xml::attribute(context, "Comparison").unwrap_or("exact") {
        "exact" => Some(Comparison::Exact),
        "minimum" => Some(Comparison::Minimum),
        "better" => Some(Comparison::Better),
        "maximum" => Some(Comparison::Maximum),
        _ => None,
    }
}

fn profile(reference: &str) -> Option<EidProfile> {
    match reference {
        "https://data.gov.dk/eid/Person" => Some(EidProfile::Person),
        "https://data.gov.dk/eid/Professional" => Some(EidProfile::Professional),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Comparison::{Better, Exact, Maximum, Minimum};
    use Level::{High, Low, Substantial};

    fn stated(comparison: Comparison, levels: &[Level], reached: Level) -> Option<(Level, Option<Level>)> {
        RequestedContext::levels(comparison, levels)
            .state(reached)
            .ok()
            .map(|stated| (stated.level, stated.requested))
    }

    #[test]
    fn minimum_states_what_was_reached_and_echoes_what_it_satisfies() {
        assert_eq!(stated(Minimum, &[Low], Substantial), Some((Substantial, Some(Low))));
        assert_eq!(stated(Minimum, &[High, Low], Substantial), Some((Substantial, Some(Low))));
        assert_eq!(stated(Minimum, &[High], Substantial), None);
    }

    #[test]
    fn exact_states_only_a_listed_level() {
        assert_eq!(stated(Exact, &[Substantial], Substantial), Some((Substantial, Some(Substantial))));
        assert_eq!(stated(Exact, &[Low], Substantial), Some((Low, Some(Low))));
        assert_eq!(stated(Exact, &[High], Substantial), None);
    }

    #[test]
    fn better_and_maximum_follow_the_standard() {
        assert_eq!(stated(Better, &[Low], Substantial), Some((Substantial, Some(Low))));
        assert_eq!(stated(Better, &[Substantial], Substantial), None);
        assert_eq!(stated(Maximum, &[Low], Substantial), Some((Low, Some(Low))));
        assert_eq!(stated(Maximum, &[High], Substantial), Some((Substantial, None)), "High is not echoed");
    }

    #[test]
    fn without_levels_the_reached_one_is_stated() {
        assert_eq!(RequestedContext::ANY.state(Low).map(|s| s.level), Ok(Low));
        assert_eq!(RequestedContext::ANY.lowest_sufficient(), Ok(Low));
    }

    #[test]
    fn the_lowest_sufficient_level_is_what_the_person_must_reach() {
        let lowest = |comparison, levels| RequestedContext::levels(comparison, levels).lowest_sufficient();
        assert_eq!(lowest(Minimum, &[Substantial]), Ok(Substantial));
        assert_eq!(lowest(Better, &[Low]), Ok(Substantial));
        assert_eq!(lowest(Better, &[High]), Err(ContextFault::NotReached));
    }

    proptest! {
        #[test]
        fn never_more_is_stated_than_was_reached(
            comparison in prop_oneof![Just(Exact), Just(Minimum), Just(Better), Just(Maximum)],
            levels in proptest::collection::vec(proptest::sample::select(&Level::ALL[..]), 0..4),
            reached in proptest::sample::select(&Level::ALL[..]),
        ) {
            if let Ok(stated) = RequestedContext::levels(comparison, &levels).state(reached) {
                prop_assert!(stated.level <= reached);
                prop_assert!(stated.requested.is_none_or(|echoed| echoed <= stated.level));
                prop_assert!(stated.requested.is_none_or(|echoed| levels.contains(&echoed)));
            }
        }
    }
}

//! Words of the trail, as people read them in the file with their data.

mod events;
mod refusals;
#[cfg(test)]
mod tests;
mod words;

use crate::Say;
use events::HAPPENED;
use refusals::REFUSALS;
use words::WORDS;

/// The parts that hold such words. What stands in another part came from outside and is shown as it is.
const PARTS: [&str; 19] = [
    "after", "asked", "by", "channel", "door", "during", "factor", "factors", "for", "kind", "level",
    "origin", "reason", "role", "step", "template", "through", "why", "with",
];

/// Why, where only the machines have words for it: what another machine answered, in whatever language.
const ANOTHER_REASON: Say = Say::new("en teknisk årsag", "a technical reason");

/// What people call a word that stands in a part of this name, where they call it something else.
pub fn said(part: &str, word: &str) -> Option<Say> {
    let known = |list: &[(&str, Say)]| list.iter().find(|(known, _)| *known == word).map(|(_, say)| *say);
    if part == "why" {
        return known(REFUSALS).or_else(|| known(WORDS)).or(Some(ANOTHER_REASON));
    }
    PARTS.contains(&part).then(|| known(WORDS))?
}

/// What people call what happened, by its word in the trail, where the page of activity has no name of its own for it.
pub fn happened(word: &str) -> Option<Say> {
    HAPPENED.iter().find(|(known, _)| *known == word).map(|(_, say)| *say)
}

//! How many requirements there are, and how far they are met.

use crate::scene::Scene;
use domain::nsis::{self, Chapter, State};
use text::Say;
use text::pages::audits as words;

/// How many requirements a chapter has, and how far they are met.
pub(super) fn summed(scene: &Scene, chapter: &Chapter) -> String {
    let [first, last] = [chapter.rows.first(), chapter.rows.last()].map(|row| row.map_or("", |row| row.id));
    let all = chapter.rows.len().to_string();
    let says = if chapter.rows.len() == 1 { words::CHAPTER_ONE } else { words::CHAPTER };
    let all = scene.fill(says, &[("first", first), ("last", last), ("n", &all)]);
    let rest = STATES.into_iter().filter_map(|(state, say)| {
        let many = chapter.rows.iter().filter(|row| row.state() == state).count();
        let say = if many == 1 && state == State::Open { words::ONE_OPEN } else { say };
        (many > 0).then(|| scene.fill(say, &[("n", &many.to_string())]))
    });
    [all].into_iter().chain(rest).collect::<Vec<_>>().join(", ")
}

/// How far a requirement is met, and how many are.
const STATES: [(State, Say); 5] = [
    (State::Proved, words::MANY_PROVED),
    (State::Wired, words::MANY_WIRED),
    (State::Open, words::MANY_OPEN),
    (State::Owners, words::MANY_OWNERS),
    (State::NotDemanded, words::MANY_NOT_DEMANDED),
];

/// How far they all are met.
pub(super) fn counts(scene: &Scene) -> String {
    let told = |state: State| {
        let many = nsis::all().filter(|row| row.state() == state).count();
        scene.fill(counted(state, many), &[("n", &many.to_string())])
    };
    let values = [
        ("proved", &*told(State::Proved)),
        ("wired", &*told(State::Wired)),
        ("open", &*told(State::Open)),
        ("owners", &*told(State::Owners)),
        ("other", &*told(State::NotDemanded)),
    ];
    scene.fill(words::COUNTS, &values)
}

/// That so many requirements are met so far; of one in the singular.
const fn counted(state: State, many: usize) -> Say {
    match (state, many) {
        (State::Proved, 1) => words::COUNT_PROVED_ONE,
        (State::Proved, _) => words::COUNT_PROVED,
        (State::Wired, 1) => words::COUNT_WIRED_ONE,
        (State::Wired, _) => words::COUNT_WIRED,
        (State::Open, 1) => words::COUNT_OPEN_ONE,
        (State::Open, _) => words::COUNT_OPEN,
        (State::Owners, 1) => words::COUNT_OWNERS_ONE,
        (State::Owners, _) => words::COUNT_OWNERS,
        (State::NotDemanded, 1) => words::COUNT_NOT_DEMANDED_ONE,
        (State::NotDemanded, _) => words::COUNT_NOT_DEMANDED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_requirement_is_counted_in_the_singular_and_others_in_the_plural() {
        assert_eq!(counted(State::Open, 1).da, "1 er åbent");
        for state in STATES.map(|(state, _)| state) {
            let [none, one, two] = [0, 1, 2].map(|many| counted(state, many));
            assert_eq!(none, two, "{state:?}");
            assert!(one.da.starts_with("1 ") && one.en.starts_with("1 is "), "{state:?}: {one:?}");
            assert!(two.da.starts_with("{n} ") && two.en.starts_with("{n} are "), "{state:?}: {two:?}");
        }
    }
}

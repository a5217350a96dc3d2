//! What the tests of a build answered, as the build handed it in: no running programme knows it by itself.

use super::Requirement;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One run of every test of the house.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// What was built.
    pub commit: String,
    /// When it was done.
    pub at: Timestamp,
    /// Each test by its name, each story by its file, and whether it passed wherever it ran.
    pub tests: BTreeMap<String, bool>,
}

/// What a run says of a requirement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// How many of its tests passed.
    pub passed: usize,
    /// Those that did not.
    pub failed: Vec<&'static str>,
    /// Those that were not run.
    pub missing: Vec<&'static str>,
}

impl Results {
    /// What became of the tests of a requirement.
    pub fn of(&self, row: &Requirement) -> Answered {
        let mut answered = Answered::default();
        for &test in row.tests {
            // A run tells of a whole file of stories.
            let run = test.split_once(": ").map_or(test, |(path, _)| path);
            match self.tests.get(run) {
                Some(true) => answered.passed += 1,
                Some(false) => answered.failed.push(test),
                None => answered.missing.push(test),
            }
        }
        answered
    }

    /// How many tests passed, and how many did not.
    pub fn counts(&self) -> (usize, usize) {
        let passed = self.tests.values().filter(|passed| **passed).count();
        (passed, self.tests.len().saturating_sub(passed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_says_of_a_requirement_which_tests_failed_and_which_were_not_run() {
        let row = super::super::all().find(|row| row.tests.len() > 2).unwrap();
        let [first, second, rest @ ..] = row.tests else { unreachable!("more than two") };
        let run = format!(
            r#"{{"commit":"abc","at":"2026-11-02T08:00:00Z","tests":{{"{first}":true,"{second}":false,"another":true}}}}"#
        );
        let run: Results = serde_json::from_str(&run).unwrap();
        assert_eq!(run.of(row), Answered { passed: 1, failed: vec![*second], missing: rest.to_vec() });
        assert_eq!(run.counts(), (2, 1));
        assert!(serde_json::from_str::<Results>(r#"{"commit":"abc","tests":{}}"#).is_err(), "of no day");
    }
}

//! Reading the terms, on whichever way.

use serde::{Deserialize, Serialize};

/// Which way a person is on when she reads the terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", from = "String", into = "String")]
pub enum Journey {
    /// Becoming able to log in.
    #[default]
    Enrolment,
    /// Logging in.
    SignIn,
    /// Opening a blocked login again.
    Reopening,
}

impl Journey {
    /// The first part of its paths.
    pub const fn root(self) -> &'static str {
        match self {
            Self::Enrolment => "/indrullering",
            Self::SignIn => "/log-ind",
            Self::Reopening => "/genaktiver",
        }
    }

    /// The word in its forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enrolment => "indrullering",
            Self::SignIn => "log-ind",
            Self::Reopening => "genaktiver",
        }
    }
}

impl From<String> for Journey {
    fn from(word: String) -> Self {
        let others = [Self::SignIn, Self::Reopening];
        others.into_iter().find(|journey| journey.word() == word).unwrap_or_default()
    }
}
impl From<Journey> for String {
    fn from(journey: Journey) -> Self {
        journey.word().to_owned()
    }
}

forms! {
    /// "Næste" under a page of the terms.
    TurnForm {
        /// The way she is on.
        journey: Journey,
        /// The flow.
        flow: String,
        /// The page that was shown, counted from one.
        page: String,
    }
    /// The box and the button under the last page.
    AcceptForm {
        /// The way she is on.
        journey: Journey,
        /// The flow.
        flow: String,
        /// `yes` when ticked.
        accept: String,
    }
    /// "I do not accept".
    DeclineForm {
        /// The way she is on.
        journey: Journey,
        /// The flow.
        flow: String,
    }
}

of_a_flow!(TurnForm, AcceptForm, DeclineForm);

impl TurnForm {
    /// The page that was shown; nought when it is no number.
    pub fn page(&self) -> u8 {
        self.page.parse().unwrap_or(0)
    }
}

impl AcceptForm {
    /// Whether the box was ticked.
    pub fn ticked(&self) -> bool {
        self.accept == "yes"
    }
}

//! What NSIS 2.0.2a demands at Substantial, requirement by requirement: what we do about it, which tests show it, which
//! events and exports prove that it happened, and who answers for what no software can do.
//!
//! Ids and levels are the standard's; the words are ours. `docs/nsis.md` is made of these rows, and so is whatever an
//! auditor is shown. A row without a test and without an owner fails the tests below.

mod applying;
mod blocking;
mod broker;
mod danish;
mod means;
mod organisation;
mod page;
mod relations;
mod results;
mod technique;
#[cfg(test)]
mod tests;

pub use page::page;
pub use results::{Answered, Results};

use crate::audit::EventKind;
use crate::evidence::{Evidence, Gap};
use crate::level::AssuranceLevel;

/// Part of the standard.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// What it is about.
    pub title: &'static str,
    /// The same in Danish.
    pub danish: &'static str,
    /// Its requirements, in the order of the standard.
    pub rows: &'static [Requirement],
}

/// All of it, in the order of the standard.
pub const CHAPTERS: [Chapter; 9] = [
    Chapter {
        title: "Application and proof of identity",
        danish: "Ansøgning og bekræftelse af identitet",
        rows: applying::ROWS,
    },
    Chapter {
        title: "Strength and delivery of means of login",
        danish: "Loginmidlernes styrke og udlevering",
        rows: means::STRENGTH,
    },
    Chapter {
        title: "Blocking, opening, renewal",
        danish: "Spærring, genåbning og fornyelse",
        rows: blocking::ROWS,
    },
    Chapter { title: "Authentication", danish: "Autentifikation", rows: means::AUTHENTICATION },
    Chapter {
        title: "Organisation, information, records",
        danish: "Organisation, oplysning og arkiv",
        rows: organisation::ROWS,
    },
    Chapter {
        title: "Staff and technical controls",
        danish: "Medarbejdere og tekniske kontroller",
        rows: technique::CONTROLS,
    },
    Chapter { title: "Notification and audit", danish: "Anmeldelse og revision", rows: technique::AUDIT },
    Chapter {
        title: "Link between person and organisation",
        danish: "Tilknytning mellem person og organisation",
        rows: relations::ROWS,
    },
    Chapter { title: "Tokens", danish: "Svar til tjenester", rows: broker::ROWS },
];

/// Every requirement of levels Low and Substantial, in the order of the standard.
pub fn all() -> impl Iterator<Item = &'static Requirement> {
    CHAPTERS.iter().flat_map(|chapter| chapter.rows)
}

/// What an auditor takes out for a period: number, and what it holds.
pub fn exports() -> impl Iterator<Item = (u8, &'static str)> {
    Evidence::ALL.into_iter().map(|it| (it.number(), it.says()))
}

/// What of the running programme answers for a requirement at this moment, beside the tests of its build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// The trail goes on from its last signed checkpoint, and the one outside is the same.
    Chain,
    /// Each door of a block would open.
    Doors,
    /// The database is not older than what is kept outside.
    Outside,
    /// The clocks agree.
    Clocks,
}

/// The requirements that are answered for live, and by what. Of all others there is no result but their tests'.
const LIVE: [(&str, Live); 6] = [
    ("3.2.3.6", Live::Doors),
    ("4.1.3.3", Live::Outside),
    ("4.1.4.1", Live::Chain),
    ("4.1.4.4", Live::Chain),
    ("4.1.6.4", Live::Clocks),
    ("6.7", Live::Chain),
];

/// How far a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The whole is tested.
    Proved,
    /// Rule and wiring are there, each part is tested; the whole is at most a story in the browser.
    Wired,
    /// Something it demands is not there yet.
    Open,
    /// No software can meet it: its owner does.
    Owners,
    /// Not demanded of this service, for the reason in `rest`.
    NotDemanded,
}

impl State {
    /// A word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Wired => "wired",
            Self::Open => "open",
            Self::Owners => "the owner's",
            Self::NotDemanded => "not demanded",
        }
    }
}

/// Who in the municipality answers for what no software can do: to write it, decide it and show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Law, money, contracts, notification, audit.
    Management,
    /// People, relations, roles.
    HumanResources,
    /// Proof at a desk.
    CitizenService,
    /// Premises, machines, media.
    Operations,
    /// Risk, contingency, incidents, keys.
    SecurityOfficer,
    /// Privacy, retention.
    DataProtectionOfficer,
}

impl Owner {
    /// Everybody.
    pub const ALL: [Self; 6] = [
        Self::Management,
        Self::HumanResources,
        Self::CitizenService,
        Self::Operations,
        Self::SecurityOfficer,
        Self::DataProtectionOfficer,
    ];

    /// What people call them.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::HumanResources => "HR",
            Self::CitizenService => "citizen service",
            Self::Operations => "IT operations",
            Self::SecurityOfficer => "information security officer",
            Self::DataProtectionOfficer => "data protection officer",
        }
    }
}

/// One requirement and how it is met.
#[derive(Clone, Copy, Debug)]
pub struct Requirement {
    /// Its id in the standard, such as `3.1.1.4`.
    pub id: &'static str,
    /// From which level on it is demanded.
    pub level: AssuranceLevel,
    /// What it demands, in our words.
    pub demands: &'static str,
    /// What we do about it, and where; empty where nothing in software can.
    pub control: &'static str,
    /// Tests that show it: functions by name, stories of the browser as `path: part of the title`.
    pub tests: &'static [&'static str],
    /// Events that prove that it happened.
    pub events: &'static [EventKind],
    /// What proves it besides; may be empty.
    pub beside: &'static str,
    /// Which of [`exports`] show it.
    pub exports: &'static [u8],
    /// How far it is met where its exports lack nothing of it.
    claims: State,
    /// What is missing, or to be known of the state; may be empty.
    pub rest: &'static str,
    /// Who answers for what no software can do in it.
    pub owner: Option<Owner>,
}

/// A row of level Low; open until something says otherwise.
const fn low(id: &'static str, demands: &'static str) -> Requirement {
    row(id, AssuranceLevel::Low, demands)
}

/// A row of level Substantial; open until something says otherwise.
const fn substantial(id: &'static str, demands: &'static str) -> Requirement {
    row(id, AssuranceLevel::Substantial, demands)
}

const fn row(id: &'static str, level: AssuranceLevel, demands: &'static str) -> Requirement {
    Requirement {
        id,
        level,
        demands,
        control: "",
        tests: &[],
        events: &[],
        beside: "",
        exports: &[],
        claims: State::Open,
        rest: "",
        owner: None,
    }
}

impl Requirement {
    /// What it demands, in our words in Danish; empty where nobody wrote them, which fails a test.
    pub fn danish(&self) -> &'static str {
        danish::DEMANDS.iter().find(|(id, _)| *id == self.id).map_or("", |(_, danish)| *danish)
    }

    /// What answers for it now; none where nothing but its tests does.
    pub fn live(&self) -> Option<Live> {
        LIVE.iter().find(|(id, _)| *id == self.id).map(|(_, live)| *live)
    }

    /// How far it is met: a requirement is open while something of it that an export should show is not collected.
    pub fn state(&self) -> State {
        match self.claims {
            State::Proved | State::Wired if self.uncollected().next().is_some() => State::Open,
            claims => claims,
        }
    }

    /// What nobody collects yet of what its exports should show of it.
    pub fn uncollected(&self) -> impl Iterator<Item = Gap> {
        let cited = Evidence::ALL.into_iter().filter(move |it| self.exports.contains(&it.number()));
        cited.flat_map(Evidence::gaps).copied().filter(move |gap| gap.touches().contains(&self.id))
    }

    /// What is missing, or to be known of its state, in English: `rest`, and what is not collected.
    pub fn left(&self) -> String {
        let rest = (!self.rest.is_empty()).then_some(self.rest);
        rest.into_iter().chain(self.uncollected().map(Gap::says)).collect::<Vec<_>>().join("; ")
    }

    const fn by(mut self, control: &'static str) -> Self {
        self.control = control;
        self
    }

    const fn tests(mut self, tests: &'static [&'static str]) -> Self {
        self.tests = tests;
        self
    }

    const fn seen(mut self, events: &'static [EventKind]) -> Self {
        self.events = events;
        self
    }

    const fn beside(mut self, beside: &'static str) -> Self {
        self.beside = beside;
        self
    }

    const fn exports(mut self, exports: &'static [u8]) -> Self {
        self.exports = exports;
        self
    }

    const fn is(mut self, state: State) -> Self {
        self.claims = state;
        self
    }

    const fn rest(mut self, rest: &'static str) -> Self {
        self.rest = rest;
        self
    }

    const fn owner(mut self, owner: Owner) -> Self {
        self.owner = Some(owner);
        self
    }
}

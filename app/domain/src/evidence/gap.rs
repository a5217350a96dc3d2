//! What an export should hold and nobody collects yet.

/// Something that is not collected before it is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Proofs before a registrar.
    InPerson,
    /// Periodic runs against the CPR register.
    RegisterRuns,
    /// Relations HR does not name any more.
    Orphans,
    /// Training of registrars.
    Training,
    /// Criminal records.
    CriminalRecord,
    /// Reviews of who has access.
    AccessReview,
    /// Alarms about what staff did.
    Alerts,
    /// Changes of the configuration file.
    ConfigurationFile,
    /// Drills and incidents.
    Incidents,
    /// Controls and their owners.
    ControlSchema,
}

impl Gap {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::InPerson,
        Self::RegisterRuns,
        Self::Orphans,
        Self::Training,
        Self::CriminalRecord,
        Self::AccessReview,
        Self::Alerts,
        Self::ConfigurationFile,
        Self::Incidents,
        Self::ControlSchema,
    ];

    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::RegisterRuns => "register-runs",
            Self::Orphans => "orphans",
            Self::Training => "training",
            Self::CriminalRecord => "criminal-record",
            Self::AccessReview => "access-review",
            Self::Alerts => "alerts",
            Self::ConfigurationFile => "configuration-file",
            Self::Incidents => "incidents",
            Self::ControlSchema => "control-schema",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gap| gap.word() == word)
    }

    /// The requirements that are not shown in full while nobody collects it, among those its exports are named for. None of
    /// proofs in person: no means is issued and no login opened on one, so no row of what happened is missing.
    pub fn touches(self) -> &'static [&'static str] {
        match self {
            Self::InPerson => &[],
            Self::RegisterRuns => &["3.1.2.6", "3.2.3.7"],
            Self::Orphans => &["5.2.3"],
            Self::Training => &["3.1.2.7", "4.1.5.1"],
            Self::CriminalRecord => &["4.1.5.5"],
            Self::AccessReview | Self::Alerts => &["4.1.5.7"],
            Self::ConfigurationFile => &["4.1.6.4"],
            Self::Incidents => &["4.1.3.3", "4.1.6.4"],
            Self::ControlSchema => &["4.1.7.5"],
        }
    }

    /// What it is, in English, for the files.
    pub fn says(self) -> &'static str {
        match self {
            Self::InPerson => "not collected before people are proved in person",
            Self::RegisterRuns => "not collected before the CPR register is asked about everybody",
            Self::Orphans => "not collected before relations are listed that HR does not name any more",
            Self::Training => "not collected before there is a register of training",
            Self::CriminalRecord => "not collected before criminal records are noted",
            Self::AccessReview => "not collected before reviews of access are noted",
            Self::Alerts => "not collected before alarms about what staff did are kept",
            Self::ConfigurationFile => "not collected before changes of the configuration file are noted",
            Self::Incidents => "not collected before drills and incidents are noted",
            Self::ControlSchema => "not collected before the control schema is filled in here",
        }
    }
}

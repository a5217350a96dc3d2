//! What a service is told about a person, and in whose words: the profile of its connection.

use super::{ContextRef, NameIdRule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The `specVersion` of OIOSAML 3.0.x, and of what builds on it.
pub const OIOSAML_3: &str = "OIO-SAML-3.0";

/// Which profile a connection speaks: what every answer holds, and which words for levels are understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// OIOSAML Web SSO 3.0.x.
    #[default]
    Oiosaml,
    /// The municipalities' Context Handler.
    ContextHandler,
    /// Unilogin's broker.
    Unilogin,
    /// SAML 2.0, with the level and the organisation as attributes.
    Plain,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Oiosaml, Self::ContextHandler, Self::Unilogin, Self::Plain];

    /// The word in settings and in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Oiosaml => "oiosaml",
            Self::ContextHandler => "kombit",
            Self::Unilogin => "stil",
            Self::Plain => "plain",
        }
    }
}

/// What may be told of a person beside what the profile always tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Attribute {
    /// How well we know who she is.
    Ial,
    /// How well she just proved it.
    Aal,
    /// Her full name.
    FullName,
    /// Her given names.
    FirstName,
    /// Her family name.
    LastName,
    /// Her mail at work, as HR says.
    Mail,
    /// Her CPR number: confidential (NSIS 6.10).
    Cpr,
    /// What she may do, as an OIO Basic Privilege Profile list.
    Privileges,
    /// Her UUID as an employee, the same at every service, where one is registered for her.
    Uuid,
}

impl Attribute {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Ial,
        Self::Aal,
        Self::FullName,
        Self::FirstName,
        Self::LastName,
        Self::Mail,
        Self::Cpr,
        Self::Privileges,
        Self::Uuid,
    ];

    /// The word in settings and in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ial => "ial",
            Self::Aal => "aal",
            Self::FullName => "full-name",
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Mail => "mail",
            Self::Cpr => "cpr",
            Self::Privileges => "privileges",
            Self::Uuid => "uuid",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attribute| attribute.word() == word)
    }

    /// Whether it may never leave unencrypted (NSIS 6.10, security decision 26).
    pub const fn is_confidential(self) -> bool {
        matches!(self, Self::Cpr)
    }
}

/// The namespace of a list of privileges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrivilegeForm {
    /// `http://digst.dk/oiosaml/basic_privilege_profile`, of version 1.2.
    #[default]
    Digst,
    /// `http://itst.dk/oiosaml/basic_privilege_profile`, as the Context Handler reads it.
    Itst,
}

impl PrivilegeForm {
    /// Reads the word in settings.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "digst" => Some(Self::Digst),
            "itst" => Some(Self::Itst),
            _ => None,
        }
    }
}

/// What a service is told, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// In which profile.
    pub profile: Profile,
    /// What stands in `specVersion`, where the profile has it.
    pub spec_version: String,
    /// What is told beside what the profile always tells.
    pub release: BTreeSet<Attribute>,
    /// The namespace of privileges, where they are told.
    pub privileges: PrivilegeForm,
    /// What follows her user name where [`NameIdRule::Exact`] has no registered value, such as `@kommune.dk`.
    pub name_suffix: String,
}

impl Default for Saying {
    /// OIOSAML 3.0.3 with the links of the level.
    fn default() -> Self {
        Preset::Oiosaml.saying()
    }
}

/// What is usual with a partner: where a connection begins, setting by setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A service by OIOSAML 3.0.3.
    Oiosaml,
    /// `NemLog-in`'s door for local identity providers: it knows people by a value registered there, and knows the rest
    /// itself (oiosaml 2.3).
    NemLogIn,
    /// KOMBIT's Context Handler (oiosaml 3.1).
    Kombit,
    /// STIL's broker for Unilogin (oiosaml 3.2).
    Stil,
    /// Any other SAML 2.0 service.
    Plain,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Oiosaml, Self::NemLogIn, Self::Kombit, Self::Stil, Self::Plain];

    /// The word at the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Oiosaml => "oiosaml",
            Self::NemLogIn => "nemlog-in",
            Self::Kombit => "kombit",
            Self::Stil => "stil",
            Self::Plain => "plain",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.word() == word)
    }

    /// What is told.
    pub fn saying(self) -> Saying {
        let (profile, privileges) = match self {
            Self::Oiosaml | Self::NemLogIn => (Profile::Oiosaml, PrivilegeForm::Digst),
            Self::Kombit => (Profile::ContextHandler, PrivilegeForm::Itst),
            Self::Stil => (Profile::Unilogin, PrivilegeForm::Digst),
            Self::Plain => (Profile::Plain, PrivilegeForm::Digst),
        };
        let release: &[Attribute] = match self {
            Self::Oiosaml => &[Attribute::Ial, Attribute::Aal],
            Self::Kombit => &[Attribute::Mail, Attribute::Privileges],
            Self::NemLogIn | Self::Stil | Self::Plain => &[],
        };
        Saying {
            profile,
            spec_version: OIOSAML_3.to_owned(),
            release: release.iter().copied().collect(),
            privileges,
            name_suffix: String::new(),
        }
    }

    /// How people are named; none: as the metadata lists.
    pub const fn name_id(self) -> Option<NameIdRule> {
        match self {
            Self::Oiosaml | Self::Plain => None,
            Self::NemLogIn => Some(NameIdRule::Exact),
            Self::Kombit => Some(NameIdRule::X509SubjectName),
            Self::Stil => Some(NameIdRule::UniId),
        }
    }

    /// What stands as context reference.
    pub const fn context_ref(self) -> ContextRef {
        match self {
            Self::Oiosaml | Self::Plain => ContextRef::LevelUri,
            Self::NemLogIn | Self::Kombit => ContextRef::Nsis,
            Self::Stil => ContextRef::Echo,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        assert!(Preset::ALL.into_iter().all(|it| Preset::from_word(it.word()) == Some(it)));
        assert!(Attribute::ALL.into_iter().all(|it| Attribute::from_word(it.word()) == Some(it)));
        assert_eq!(Attribute::from_word("eye-colour"), None);
        assert_eq!(PrivilegeForm::from_word("itst"), Some(PrivilegeForm::Itst));
    }

    #[test]
    fn no_preset_releases_anything_confidential() {
        for preset in Preset::ALL {
            assert!(!preset.saying().release.iter().any(|it| it.is_confidential()), "{preset:?}");
        }
    }
}

//! The file of settings beside a service's metadata (docs/connecting.md).

use crate::fault::CommandFault;
use domain::SignedDuration;
use domain::level::AssuranceLevel;
use domain::relying_party::{Attribute, ContextRef, Encryption, NameIdRule, Preset, PrivilegeForm, Source};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use usecases::save_connection::{Freshness, Settings};

/// Everything that may be set of a connection. What is left out stays as it was.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SettingsFile {
    /// What is usual with this partner.
    pub(crate) profile: Option<String>,
    /// What people call it.
    pub(crate) name: Option<String>,
    /// By which rule people are named.
    pub(crate) name_id: Option<String>,
    /// What follows user names where no name is registered.
    pub(crate) name_suffix: Option<String>,
    /// What is told of people.
    pub(crate) release: Option<Vec<String>>,
    /// What stands in `specVersion`.
    pub(crate) spec_version: Option<String>,
    /// The namespace of privileges.
    pub(crate) privileges: Option<String>,
    /// How assertions are encrypted.
    pub(crate) encryption: Option<String>,
    /// What stands as authentication context.
    pub(crate) context: Option<String>,
    /// The least level it takes.
    pub(crate) level: Option<String>,
    /// Whom to reach there.
    pub(crate) contact: Option<String>,
    /// Its longest session.
    pub(crate) longest_session_minutes: Option<u16>,
    /// How many minutes ago at most she showed every factor; 0: for each request anew.
    pub(crate) fresh_minutes: Option<Minutes>,
    /// Where its metadata is fetched anew.
    pub(crate) metadata: Option<SourceFile>,
}

/// So many, or a word for none.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Minutes {
    Number(u16),
    Word(String),
}

impl Minutes {
    /// As it is typed.
    pub(crate) fn typed(text: String) -> Self {
        text.parse().map_or(Self::Word(text), Self::Number)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SourceFile {
    url: String,
    /// PEM, beside this file.
    signer: Option<PathBuf>,
}

impl SettingsFile {
    /// Reads the file.
    pub(crate) fn read(file: &Path) -> Result<Self, CommandFault> {
        let reading = "reading the settings of the connection";
        let text = std::fs::read_to_string(file).map_err(CommandFault::during(reading))?;
        toml::from_str(&text).map_err(CommandFault::during(reading))
    }

    /// The settings it makes; files it names stand beside it, in `folder`.
    pub(crate) fn settings(self, folder: &Path) -> Result<Settings, CommandFault> {
        let source = self.metadata.map(|source| fetched(source, folder)).transpose()?;
        Ok(Settings {
            display_name: self.name,
            encryption: word("encryption", self.encryption, encryption)?,
            context_ref: word("context", self.context, context)?,
            preset: word("profile", self.profile, Preset::from_word)?,
            name_id: word("name-id", self.name_id, NameIdRule::from_word)?,
            release: self
                .release
                .map(|all| {
                    let known = all.into_iter().map(|one| known("release", one, Attribute::from_word));
                    known.collect::<Result<_, _>>()
                })
                .transpose()?,
            spec_version: self.spec_version,
            name_suffix: self.name_suffix,
            privileges: word("privileges", self.privileges, PrivilegeForm::from_word)?,
            demands: word("level", self.level, AssuranceLevel::from_word)?,
            contact: self.contact,
            longest_session: self
                .longest_session_minutes
                .map(|minutes| SignedDuration::from_mins(minutes.into())),
            fresh: self.fresh_minutes.map(fresh).transpose()?.unwrap_or_default(),
            source,
            ..Settings::default()
        })
    }
}

fn fetched(source: SourceFile, folder: &Path) -> Result<Source, CommandFault> {
    let signer = source.signer.map(|file| super::certificate(&folder.join(file))).transpose()?;
    Ok(Source::at(source.url, signer))
}

fn word<T>(
    setting: &'static str,
    given: Option<String>,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, CommandFault> {
    given.map(|given| known(setting, given, read)).transpose()
}

fn known<T>(setting: &'static str, given: String, read: fn(&str) -> Option<T>) -> Result<T, CommandFault> {
    read(&given).ok_or_else(|| {
        CommandFault::refused(format!("{setting} does not know the word {given}; see docs/connecting.md"))
    })
}

fn fresh(minutes: Minutes) -> Result<Freshness, CommandFault> {
    match minutes {
        Minutes::Number(minutes) => Ok(Freshness::Within(SignedDuration::from_mins(minutes.into()))),
        Minutes::Word(word) => {
            known("fresh-minutes", word, |word| (word == "none").then_some(Freshness::Whenever))
        }
    }
}

fn encryption(word: &str) -> Option<Encryption> {
    match word {
        "oaep-sha256-gcm" => Some(Encryption::Oaep256Gcm),
        "oaep-mgf1p-gcm" => Some(Encryption::OaepMgf1pGcm),
        "oaep-mgf1p-cbc" => Some(Encryption::OaepMgf1pCbc),
        "none" => Some(Encryption::None),
        _ => None,
    }
}

fn context(word: &str) -> Option<ContextRef> {
    match word {
        "level-uri" => Some(ContextRef::LevelUri),
        "nsis" => Some(ContextRef::Nsis),
        "echo" => Some(ContextRef::Echo),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> Result<Settings, CommandFault> {
        toml::from_str::<SettingsFile>(text).unwrap().settings(Path::new("."))
    }

    #[test]
    fn a_file_says_everything_there_is_to_set() {
        let read = settings(
            r#"
            profile = "nemlog-in"
            name = "NemLog-in"
            name-id = "exact"
            name-suffix = "@kommune.dk"
            release = ["mail", "privileges"]
            spec-version = "OIO-SAML-3.0"
            privileges = "digst"
            encryption = "oaep-mgf1p-cbc"
            context = "nsis"
            level = "Substantial"
            contact = "nemlogin@example.dk"
            longest-session-minutes = 30
            fresh-minutes = 0
            [metadata]
            url = "https://nemlog-in.example/metadata"
            "#,
        )
        .unwrap();
        assert_eq!(read.preset, Some(Preset::NemLogIn));
        assert_eq!(read.name_id, Some(NameIdRule::Exact));
        assert_eq!(read.release, Some([Attribute::Mail, Attribute::Privileges].into()));
        assert_eq!(read.encryption, Some(Encryption::OaepMgf1pCbc));
        assert_eq!(read.longest_session, Some(SignedDuration::from_mins(30)));
        assert_eq!(read.fresh, Freshness::Within(SignedDuration::ZERO));
        assert_eq!(read.source.unwrap().url, "https://nemlog-in.example/metadata");
        let nothing = settings("").unwrap();
        assert!(nothing.preset.is_none() && nothing.release.is_none() && nothing.source.is_none());
        assert_eq!(nothing.fresh, Freshness::AsBefore);
        assert_eq!(settings("fresh-minutes = \"none\"").unwrap().fresh, Freshness::Whenever);
        for (typed, read) in [("none", Minutes::Word("none".to_owned())), ("15", Minutes::Number(15))] {
            assert_eq!(Minutes::typed(typed.to_owned()), read);
        }
    }

    #[test]
    fn a_word_nobody_knows_is_said() {
        for (text, word) in [
            ("profile = \"eidas\"", "eidas"),
            ("release = [\"eye-colour\"]", "eye-colour"),
            ("name-id = \"cpr\"", "cpr"),
            ("level = \"Medium\"", "Medium"),
            ("fresh-minutes = \"soon\"", "soon"),
        ] {
            let refused = settings(text).unwrap_err().to_string();
            assert!(refused.contains(word), "{refused}");
        }
        assert!(toml::from_str::<SettingsFile>("colour = \"red\"").is_err());
    }
}

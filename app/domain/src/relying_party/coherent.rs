//! Which settings of a connection go together (security decision 26).

use super::{Encryption, NameIdRule, Profile, RelyingParty};
use jiff::SignedDuration;

/// The longest a session at a service may be.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// The longest spec version and suffix of a name that are kept.
const LONGEST_WORD: usize = 64;
/// The longest contact that is kept.
const LONGEST_CONTACT: usize = 200;

/// Why a connection is not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incoherent {
    /// Confidential attributes would leave readable (NSIS 6.10).
    #[error(
        "it releases confidential attributes and encrypts nothing: choose an encryption, or leave cpr out"
    )]
    ConfidentialInClear,
    /// Every profile but the plain one is encrypted always.
    #[error("only the plain profile may leave assertions unencrypted")]
    ProfileEncrypts,
    /// There is nobody to encrypt to.
    #[error("the metadata names no certificate to encrypt to")]
    NoEncryptionKey,
    /// A suffix says nothing where names are not made of user names.
    #[error("a name suffix belongs to the name rule exact alone")]
    SuffixWithoutName,
    /// A setting is empty, too long, or holds what no setting has.
    #[error("{0} is empty, longer than 64 characters, or holds white space")]
    BadWord(&'static str),
    /// A session as short as nothing, or as long as days.
    #[error("the longest session is between one minute and 24 hours")]
    SessionLength,
    /// A contact is a line, not a letter.
    #[error("the contact is longer than 200 characters, or more than one line")]
    BadContact,
    /// The connection is not protected well enough for what it demands.
    #[error("it demands a level above what its own protection gives")]
    Unreachable,
}

impl RelyingParty {
    /// Whether its settings go together.
    ///
    /// # Errors
    /// [`Incoherent`]: the first thing that speaks against it.
    pub fn coherent(&self) -> Result<(), Incoherent> {
        self.encrypts_enough()?;
        let says = &self.says;
        if !says.name_suffix.is_empty() && self.name_id != NameIdRule::Exact {
            return Err(Incoherent::SuffixWithoutName);
        }
        let word = |text: &str| {
            text.chars().count() <= LONGEST_WORD && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        };
        if says.spec_version.is_empty() || !word(&says.spec_version) {
            return Err(Incoherent::BadWord("the spec version"));
        }
        if !word(&says.name_suffix) {
            return Err(Incoherent::BadWord("the name suffix"));
        }
        if self.longest_session < SignedDuration::from_mins(1) || self.longest_session > LONGEST {
            return Err(Incoherent::SessionLength);
        }
        let line =
            |text: &String| text.chars().count() <= LONGEST_CONTACT && !text.chars().any(char::is_control);
        if !self.contact.iter().all(line) {
            return Err(Incoherent::BadContact);
        }
        if self.demands > self.federation {
            return Err(Incoherent::Unreachable);
        }
        Ok(())
    }

    fn encrypts_enough(&self) -> Result<(), Incoherent> {
        if self.encryption != Encryption::None {
            let nobody = self.encryption_certificate.is_empty();
            return if nobody { Err(Incoherent::NoEncryptionKey) } else { Ok(()) };
        }
        if self.says.release.iter().any(|attribute| attribute.is_confidential()) {
            return Err(Incoherent::ConfidentialInClear);
        }
        if self.says.profile == Profile::Plain { Ok(()) } else { Err(Incoherent::ProfileEncrypts) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Attribute, ContextRef, HandedIn, Preset};
    use super::*;
    use crate::level::AssuranceLevel;
    use uuid::Uuid;

    fn plain() -> RelyingParty {
        RelyingParty {
            id: Uuid::from_u128(1).into(),
            entity_id: "https://sp.test".into(),
            display_name: "SP".into(),
            assertion_consumers: vec!["https://sp.test/acs".into()],
            consumer_indexes: Vec::new(),
            signing_certificates: vec![vec![1]],
            encryption_certificate: vec![1],
            encryption: Encryption::Oaep256Gcm,
            context_ref: ContextRef::LevelUri,
            name_id: NameIdRule::PersistentPairwise,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_mins(60),
            fresh_within: None,
            soap_logout: None,
            back_channel_ca: None,
            front_logout: None,
            says: Preset::Plain.saying(),
            contact: None,
            source: None,
            pin: None,
            handed_in: HandedIn::default(),
        }
    }

    #[test]
    fn confidential_attributes_without_encryption_cannot_be_saved() {
        let mut rp = plain();
        assert_eq!(rp.coherent(), Ok(()));
        rp.encryption = Encryption::None;
        assert_eq!(rp.coherent(), Ok(()), "nothing confidential is told");
        rp.says.release.insert(Attribute::Cpr);
        assert_eq!(rp.coherent(), Err(Incoherent::ConfidentialInClear));
        rp.encryption = Encryption::OaepMgf1pCbc;
        assert_eq!(rp.coherent(), Ok(()));
        rp.encryption_certificate.clear();
        assert_eq!(rp.coherent(), Err(Incoherent::NoEncryptionKey));
    }

    #[test]
    fn the_profiles_of_the_federations_are_always_encrypted() {
        for preset in [Preset::Oiosaml, Preset::NemLogIn, Preset::Kombit, Preset::Stil] {
            let rp = RelyingParty { encryption: Encryption::None, says: preset.saying(), ..plain() };
            assert_eq!(rp.coherent(), Err(Incoherent::ProfileEncrypts), "{preset:?}");
        }
    }

    #[test]
    fn settings_that_contradict_each_other_are_named() {
        type Break = fn(&mut RelyingParty);
        let cases: [(Break, Incoherent); 7] = [
            (|rp| rp.says.name_suffix = "@k.dk".into(), Incoherent::SuffixWithoutName),
            (|rp| rp.says.spec_version.clear(), Incoherent::BadWord("the spec version")),
            (|rp| rp.longest_session = SignedDuration::from_secs(59), Incoherent::SessionLength),
            (|rp| rp.longest_session = SignedDuration::from_hours(25), Incoherent::SessionLength),
            (|rp| rp.demands = AssuranceLevel::High, Incoherent::Unreachable),
            (|rp| rp.contact = Some("a\nb".into()), Incoherent::BadContact),
            (
                |rp| {
                    rp.name_id = NameIdRule::Exact;
                    rp.says.name_suffix = "@k dk".into();
                },
                Incoherent::BadWord("the name suffix"),
            ),
        ];
        for (break_it, found) in cases {
            let mut rp = plain();
            break_it(&mut rp);
            assert_eq!(rp.coherent(), Err(found));
        }
    }
}

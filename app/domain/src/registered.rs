//! What partners know a person by, and what she may do there, as registered beside HR's feed.

use crate::association::Cvr;
use crate::person::Malformed;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most job functions one person is registered with.
pub const MOST_FUNCTIONS: usize = 100;
const LONGEST: usize = 256;
const LONGEST_ADDRESS: usize = 1024;

/// One thing she may do: the address of a privilege, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JobFunction {
    /// Where; none: in the organisation of the relation that a token speaks for.
    #[serde(default)]
    pub scope: Option<String>,
    /// What: an absolute address.
    pub privilege: String,
}

impl JobFunction {
    /// Reads `privilege` or `scope|privilege`, each an absolute address.
    ///
    /// # Errors
    /// [`Malformed`] when it is neither.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let (scope, privilege) = match text.split_once('|') {
            Some((scope, privilege)) => (Some(scope), privilege),
            None => (None, text),
        };
        if !is_address(privilege) || scope.is_some_and(|scope| !is_address(scope)) {
            return Err(Malformed("job function"));
        }
        Ok(Self { scope: scope.map(str::to_owned), privilege: privilege.to_owned() })
    }

    /// Where it counts, for a relation to this organisation.
    pub fn scope(&self, cvr: &Cvr) -> String {
        self.scope.clone().unwrap_or_else(|| format!("urn:dk:gov:saml:cvrNumberIdentifier:{cvr}"))
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '|' | '<' | '>' | '"');
    named && text.len() > scheme.len() + 1 && text.len() <= LONGEST_ADDRESS && text.chars().all(plain)
}

/// Which partner's name for her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// The `subjectNameId` registered in MitID Erhverv.
    SubjectNameId,
    /// Her UNI-ID.
    UniId,
    /// Her UUID in the municipality's organisation register.
    Uuid,
}

impl NameKind {
    /// The word where it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SubjectNameId => "subject-name-id",
            Self::UniId => "uni-id",
            Self::Uuid => "uuid",
        }
    }
}

/// A name as a partner registered it: 1–256 characters, no white space around it, no control characters; kept byte for
/// byte.
///
/// # Errors
/// [`Malformed`]
pub fn exact_name(text: &str) -> Result<String, Malformed> {
    let fits = !text.is_empty()
        && text.len() <= LONGEST
        && text.trim() == text
        && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(Malformed("registered name")) }
}

/// What is registered about one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The `subjectNameId` registered in MitID Erhverv, byte for byte.
    #[serde(default)]
    pub subject_name_id: Option<String>,
    /// Her UNI-ID.
    #[serde(default)]
    pub uni_id: Option<String>,
    /// Her UUID in the municipality's organisation register.
    #[serde(default)]
    pub uuid: Option<Uuid>,
    /// What she may do at services.
    #[serde(default)]
    pub job_functions: Vec<JobFunction>,
}

impl Registered {
    /// The names in it: each belongs to her for ever (security decision 21).
    pub fn names(&self) -> Vec<(NameKind, String)> {
        let uuid = self.uuid.map(|uuid| uuid.hyphenated().to_string());
        [
            (NameKind::SubjectNameId, self.subject_name_id.clone()),
            (NameKind::UniId, self.uni_id.clone()),
            (NameKind::Uuid, uuid),
        ]
        .into_iter()
        .filter_map(|(kind, name)| name.map(|name| (kind, name)))
        .collect()
    }
}

/// One line of the file about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredLine {
    /// Where it stood, counted from one, the header included.
    pub line: u64,
    /// Whom it is about.
    pub user_name: crate::person::UserName,
    /// What it says; what it leaves out is taken away.
    pub says: Registered,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_function_is_an_address_with_or_without_a_place() {
        let plain = JobFunction::read("http://kommune.dk/roles/jobrole/laeser/1").unwrap();
        let cvr = Cvr::try_from("29189897".to_owned()).unwrap();
        assert_eq!(plain.scope(&cvr), "urn:dk:gov:saml:cvrNumberIdentifier:29189897");
        let placed = JobFunction::read("urn:dk:gov:saml:seNumberIdentifier:12345678|urn:x:y").unwrap();
        assert_eq!(placed.scope(&cvr), "urn:dk:gov:saml:seNumberIdentifier:12345678");
        for wrong in ["", "laeser", "|urn:x", "urn:a|", "urn:", "urn:a b", "urn:<a>", "1:a", "a|b|c"] {
            assert!(JobFunction::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_registered_name_is_kept_byte_for_byte() {
        assert_eq!(exact_name("Maja.Holm@Kommune.dk").unwrap(), "Maja.Holm@Kommune.dk");
        for wrong in ["", " a", "a ", "a\u{0}b", &"a".repeat(257)] {
            assert!(exact_name(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn every_name_of_hers_is_listed_and_job_functions_are_none() {
        let all = Registered {
            subject_name_id: Some("maja@kommune.dk".into()),
            uni_id: Some("maja1234".into()),
            uuid: Some(Uuid::from_u128(7)),
            job_functions: vec![JobFunction::read("urn:x:y").unwrap()],
        };
        let kinds: Vec<_> = all.names().into_iter().map(|(kind, _)| kind.word()).collect();
        assert_eq!(kinds, ["subject-name-id", "uni-id", "uuid"]);
        assert_eq!(Registered::default().names(), []);
    }
}

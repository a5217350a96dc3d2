//! Ceremonies without cryptography: a challenge, and a key that says what a test wants it to say.

use domain::factor::{Aaguid, Assertion, CredentialId, NewPasskey, PasskeyKind, Registered, StoredKey};
use domain::ids::PersonId;
use std::sync::atomic::{AtomicU64, Ordering};
use usecases::ports::ceremonies::{
    Asked, Ceremonies, CeremonyDown, Claimed, KeyRefused, KnownKey, NewKeyFor,
};
use uuid::Uuid;

/// Asks with a numbered challenge and believes what a [`SoftKey`] answers.
#[derive(Debug, Default)]
pub struct PlainCeremonies(AtomicU64);

/// A key in a test's hand.
#[expect(clippy::struct_excessive_bools, reason = "a test says each by itself")]
#[derive(Clone, Debug)]
pub struct SoftKey {
    /// The name it goes by.
    pub number: u128,
    /// Whose it says it is.
    pub person: Option<PersonId>,
    /// It verifies its owner.
    pub verifies: bool,
    /// It may be copied.
    pub eligible: bool,
    /// It is copied.
    pub backed_up: bool,
    /// Its counter.
    pub counter: u32,
    /// Its model.
    pub model: u128,
    /// Its maker vouches for that.
    pub attested: bool,
}

impl SoftKey {
    /// A phone's: verifies its owner, counts nothing, attests nothing.
    pub fn numbered(number: u128) -> Self {
        Self {
            number,
            person: None,
            verifies: true,
            eligible: false,
            backed_up: false,
            counter: 0,
            model: 0,
            attested: false,
        }
    }

    /// What it answers to these options.
    pub fn answer(&self, options: &str) -> String {
        let challenge = options.split('|').next().unwrap_or_default();
        let person = self.person.map(|id| id.to_string()).unwrap_or_default();
        let flags = [self.verifies, self.eligible, self.backed_up, self.attested].map(u8::from);
        let [verifies, eligible, backed_up, attested] = flags;
        let Self { number, counter, model, .. } = self;
        format!(
            "{challenge}|{number}|{person}|{verifies}|{eligible}|{backed_up}|{attested}|{counter}|{model}"
        )
    }
}

/// An answer, read.
struct Said {
    challenge: String,
    key: SoftKey,
}

fn read(answer: &str) -> Option<Said> {
    let parts: Vec<&str> = answer.split('|').collect();
    let [challenge, number, person, verifies, eligible, backed_up, attested, counter, model] = parts[..]
    else {
        return None;
    };
    let key = SoftKey {
        number: number.parse().ok()?,
        person: person.parse().ok(),
        verifies: verifies == "1",
        eligible: eligible == "1",
        backed_up: backed_up == "1",
        attested: attested == "1",
        counter: counter.parse().ok()?,
        model: model.parse().ok()?,
    };
    Some(Said { challenge: challenge.to_owned(), key })
}

impl PlainCeremonies {
    fn asked(&self, kind: &str, of: &[CredentialId]) -> Asked {
        let challenge = format!("{kind}{}", self.0.fetch_add(1, Ordering::Relaxed));
        let all: Vec<String> = of.iter().map(|id| format!("{:?}", id.0)).collect();
        let options = format!("{challenge}|{}", all.join(","));
        Asked { state: options.clone().into_bytes(), options }
    }
}

/// What was asked, and the key, when the answer is to it.
fn fits(state: &[u8], answer: &str) -> Result<(String, SoftKey), KeyRefused> {
    let said = read(answer).ok_or(KeyRefused::Malformed)?;
    let state = String::from_utf8(state.to_vec()).map_err(|_| KeyRefused::Other)?;
    if state.split('|').next() == Some(said.challenge.as_str()) {
        Ok((state, said.key))
    } else {
        Err(KeyRefused::Challenge)
    }
}

fn name(key: &SoftKey) -> CredentialId {
    CredentialId(key.number.to_be_bytes().to_vec())
}

impl Ceremonies for PlainCeremonies {
    fn ask_new(&self, of: &NewKeyFor) -> Result<Asked, CeremonyDown> {
        Ok(self.asked("new", &of.known))
    }

    fn new_key(&self, kind: PasskeyKind, state: &[u8], answer: &str) -> Result<NewPasskey, KeyRefused> {
        let (_, key) = fits(state, answer)?;
        let registered = Registered {
            kind,
            verified: key.verifies,
            backup_eligible: key.eligible,
            backed_up: key.backed_up,
            model: Aaguid::read(Uuid::from_u128(key.model)),
            attested: key.attested,
            transports: vec!["internal".to_owned()],
        };
        let stored = StoredKey(name(&key).0);
        Ok(NewPasskey { credential: name(&key), registered, counter: key.counter, stored })
    }

    fn ask(&self, keys: &[KnownKey]) -> Result<Asked, CeremonyDown> {
        let all: Vec<CredentialId> = keys.iter().map(|key| key.credential.clone()).collect();
        Ok(self.asked("known", &all))
    }

    fn claimed(&self, answer: &str) -> Result<Claimed, KeyRefused> {
        let said = read(answer).ok_or(KeyRefused::Malformed)?;
        Ok(Claimed { credential: name(&said.key), person: said.key.person })
    }

    fn answered(&self, state: &[u8], answer: &str, key: &StoredKey) -> Result<Assertion, KeyRefused> {
        let (asked, said) = fits(state, answer)?;
        let of = asked.split_once('|').map(|(_, of)| of).unwrap_or_default();
        let named = name(&said);
        if !of.is_empty() && !of.contains(&format!("{:?}", named.0)) {
            return Err(KeyRefused::OtherKey);
        }
        if of.is_empty() && !said.verifies {
            return Err(KeyRefused::NotVerified);
        }
        if key.0 != named.0 {
            return Err(KeyRefused::Signature);
        }
        Ok(Assertion {
            verified: said.verifies,
            backup_eligible: said.eligible,
            backed_up: said.backed_up,
            counter: said.counter,
        })
    }
}

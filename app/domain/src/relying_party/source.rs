//! Metadata that is fetched anew, and what a new version of it may change by itself (security decision 26).

use super::RelyingParty;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a connection's metadata is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its address: https, or loopback in the demo.
    pub url: String,
    /// The certificate, DER, whose key must have signed it; none: TLS alone says where it is from.
    #[serde(default)]
    pub signer: Option<Vec<u8>>,
    /// When it was last in order.
    #[serde(default)]
    pub fetched_at: Option<Timestamp>,
    /// When the version that holds says it ends.
    #[serde(default)]
    pub valid_until: Option<Timestamp>,
    /// A version that waits for an administrator.
    #[serde(default)]
    pub waits: Option<Waits>,
    /// What was wrong the last time, as it was told; none when it was in order.
    #[serde(default)]
    pub trouble: Option<String>,
    /// When it was last asked for, whatever came of it.
    #[serde(default)]
    pub tried_at: Option<Timestamp>,
    /// The end, of keys or of the whole, that administrators were warned of.
    #[serde(default)]
    pub warned_of: Option<Timestamp>,
}

/// What is known of the end of metadata that an administrator hands in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    /// When it says it ends. It counts until it is replaced all the same.
    #[serde(default)]
    pub valid_until: Option<Timestamp>,
    /// The end, of keys or of the whole, that administrators were warned of.
    #[serde(default)]
    pub warned_of: Option<Timestamp>,
}

impl HandedIn {
    /// The end that administrators are to be warned of now and were not.
    pub fn to_warn_of(&self, keys_until: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        near(keys_until.into_iter().chain(self.valid_until).min(), self.warned_of, now)
    }
}

/// The end that is near, and that nobody was warned of.
fn near(end: Option<Timestamp>, warned_of: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let end = end?;
    let near = end.duration_since(now) < WARNED_BEFORE;
    // A version that ends soon by design, and is replaced long before, is no news each time.
    let new = warned_of.is_none_or(|warned| end.duration_since(warned).abs() > WARNED_BEFORE);
    (near && new).then_some(end)
}

/// How often metadata is fetched.
const FETCHED_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How long before an end administrators are warned.
const WARNED_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 30);

impl Source {
    /// One that was never fetched.
    pub fn at(url: String, signer: Option<Vec<u8>>) -> Self {
        Self {
            url,
            signer,
            fetched_at: None,
            valid_until: None,
            waits: None,
            trouble: None,
            tried_at: None,
            warned_of: None,
        }
    }

    /// Whether it is time to fetch it.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.tried_at.is_none_or(|tried| now.duration_since(tried) >= FETCHED_EVERY)
    }

    /// The end that administrators are to be warned of now and were not: of a version that ends, or of its keys.
    pub fn to_warn_of(&self, keys_until: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        near(keys_until.into_iter().chain(self.valid_until).min(), self.warned_of, now)
    }
}

/// A version of the metadata that changes more than it may by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
    /// The same of what it would make of the connection; a text may be dated anew at each answer.
    #[serde(default)]
    pub makes: String,
    /// Since when.
    pub since: Timestamp,
    /// What it would change.
    pub changes: Vec<String>,
}

/// What a fetched version comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// It says what was known.
    Same,
    /// It is taken; what changed, in words for the trail.
    Taken(Box<RelyingParty>, Vec<&'static str>),
    /// Nobody but TLS vouches for it, and it changes where answers go or who can read them: it waits.
    Waits(Vec<&'static str>),
}

impl RelyingParty {
    /// Whether the metadata it rests on has ended: nothing of it counts any more (SAML metadata 2.3.2). Metadata that an
    /// administrator handed in once, without saying where newer stands, counts until it is replaced.
    pub fn metadata_over(&self, now: Timestamp) -> bool {
        self.source.as_ref().and_then(|source| source.valid_until).is_some_and(|end| end <= now)
    }

    /// Where messages about logging out go: without a browser, and through it.
    pub fn logout_addresses(&self) -> impl Iterator<Item = &str> {
        let front = self.front_logout.iter().flat_map(|front| [&front.requests_to, &front.answers_to]);
        self.soap_logout.iter().chain(front).map(String::as_str)
    }

    /// What becomes of this connection by a new version of its metadata. `vouched`: it bears the pinned signature, or an
    /// administrator hands it in. Only what metadata says is taken from it; settings stay.
    pub fn refreshed(&self, newer: &Self, vouched: bool) -> Refresh {
        let hosts = |rp: &Self| {
            let mut hosts: Vec<_> = rp.assertion_consumers.iter().map(|it| origin(it).to_owned()).collect();
            hosts.sort_unstable();
            hosts.dedup();
            hosts
        };
        let mut grave = Vec::new();
        if sorted(&self.signing_certificates) != sorted(&newer.signing_certificates) {
            grave.push("signing-keys");
        }
        if self.encryption_certificate != newer.encryption_certificate {
            grave.push("encryption-key");
        }
        if hosts(self) != hosts(newer) {
            grave.push("hosts");
        }
        let logout_hosts =
            |rp: &Self| rp.logout_addresses().map(|it| origin(it).to_owned()).collect::<Vec<_>>();
        if logout_hosts(self) != logout_hosts(newer) {
            grave.push("logout-host");
        }
        if !grave.is_empty() && !vouched {
            return Refresh::Waits(grave);
        }
        let mut changes = grave;
        let consumers = |rp: &Self| (rp.assertion_consumers.clone(), rp.consumer_indexes.clone());
        if consumers(self) != consumers(newer) {
            changes.push("addresses");
        }
        if (&self.soap_logout, &self.front_logout) != (&newer.soap_logout, &newer.front_logout) {
            changes.push("logout-address");
        }
        if changes.is_empty() {
            return Refresh::Same;
        }
        let taken = Self {
            assertion_consumers: newer.assertion_consumers.clone(),
            consumer_indexes: newer.consumer_indexes.clone(),
            signing_certificates: newer.signing_certificates.clone(),
            encryption_certificate: newer.encryption_certificate.clone(),
            soap_logout: newer.soap_logout.clone(),
            front_logout: newer.front_logout.clone(),
            ..self.clone()
        };
        Refresh::Taken(Box::new(taken), changes)
    }
}

fn sorted(certificates: &[Vec<u8>]) -> Vec<&[u8]> {
    let mut all: Vec<_> = certificates.iter().map(Vec::as_slice).collect();
    all.sort_unstable();
    all
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    let end =
        address.get(host..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(address.len(), |at| host + at);
    address.get(..end).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::super::{ContextRef, Encryption, FrontBinding, FrontLogout, NameIdRule, Saying};
    use super::*;
    use crate::level::AssuranceLevel;
    use crate::signing_key::KeyPin;
    use uuid::Uuid;

    fn at(hour: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
    }

    #[test]
    fn it_is_fetched_every_hour_and_ends_when_it_says() {
        let mut rp = known();
        let source = rp.source.as_mut().unwrap();
        assert!(source.is_due(at(0)));
        source.tried_at = Some(at(1));
        assert!(!source.is_due(at(1)) && source.is_due(at(2)));
        source.valid_until = Some(at(5));
        assert!(!rp.metadata_over(at(4)) && rp.metadata_over(at(5)));
        assert!(!RelyingParty { source: None, ..rp }.metadata_over(at(5)), "handed in by an administrator");
    }

    #[test]
    fn an_end_is_warned_of_once_a_month_before() {
        let mut source = Source::at("https://sp.test".into(), None);
        let month = 24 * 30;
        assert_eq!(source.to_warn_of(None, at(0)), None);
        assert_eq!(source.to_warn_of(Some(at(month)), at(0)), None, "a month is enough");
        assert_eq!(source.to_warn_of(Some(at(month)), at(1)), Some(at(month)));
        source.valid_until = Some(at(24));
        assert_eq!(source.to_warn_of(Some(at(month)), at(1)), Some(at(24)), "whichever is first");
        source.warned_of = Some(at(24));
        source.valid_until = Some(at(48));
        assert_eq!(source.to_warn_of(Some(at(2 * month)), at(25)), None, "one that is renewed each day");
        source.valid_until = Some(at(2 * month));
        assert_eq!(source.to_warn_of(None, at(2 * month - 1)), Some(at(2 * month)));
    }

    fn front(host: &str) -> FrontLogout {
        let (requests_to, answers_to) = (format!("{host}/slo"), format!("{host}/slo/answer"));
        FrontLogout { binding: FrontBinding::Redirect, requests_to, answers_to }
    }

    fn known() -> RelyingParty {
        RelyingParty {
            id: Uuid::from_u128(1).into(),
            entity_id: "https://sp.test".into(),
            display_name: "As an administrator wrote it".into(),
            assertion_consumers: vec!["https://sp.test/acs".into()],
            consumer_indexes: vec![4],
            signing_certificates: vec![vec![1], vec![2]],
            encryption_certificate: vec![3],
            encryption: Encryption::OaepMgf1pCbc,
            context_ref: ContextRef::Echo,
            name_id: NameIdRule::Exact,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_mins(30),
            fresh_within: Some(SignedDuration::from_mins(15)),
            soap_logout: Some("https://sp.test/logout".into()),
            back_channel_ca: Some(vec![9]),
            front_logout: Some(front("https://sp.test")),
            says: Saying::default(),
            contact: Some("it@sp.test".into()),
            source: Some(Source::at("https://sp.test/metadata".into(), None)),
            pin: Some(KeyPin { key: Uuid::from_u128(5).into(), until: at(9) }),
            handed_in: HandedIn::default(),
        }
    }

    #[test]
    fn what_is_the_same_changes_nothing_whatever_its_order() {
        let newer = RelyingParty { signing_certificates: vec![vec![2], vec![1]], ..known() };
        assert_eq!(known().refreshed(&newer, false), Refresh::Same);
        let renamed = RelyingParty { display_name: "Otherwise".into(), ..known() };
        assert_eq!(known().refreshed(&renamed, true), Refresh::Same, "settings are not metadata");
    }

    #[test]
    fn keys_and_hosts_wait_unless_somebody_vouches_for_them() {
        type Change = fn(&mut RelyingParty);
        let cases: [(Change, &str); 5] = [
            (|rp| rp.signing_certificates.push(vec![7]), "signing-keys"),
            (|rp| rp.encryption_certificate = vec![7], "encryption-key"),
            (|rp| rp.assertion_consumers = vec!["https://sp.test.evil.test/acs".into()], "hosts"),
            (|rp| rp.soap_logout = Some("https://other.test/logout".into()), "logout-host"),
            (|rp| rp.front_logout = Some(front("https://other.test")), "logout-host"),
        ];
        for (change, word) in cases {
            let mut newer = known();
            change(&mut newer);
            assert_eq!(known().refreshed(&newer, false), Refresh::Waits(vec![word]));
            let Refresh::Taken(taken, changes) = known().refreshed(&newer, true) else {
                unreachable!("vouched for: {word}")
            };
            assert!(changes.contains(&word));
            assert_eq!(*taken, newer, "nothing else");
        }
    }

    #[test]
    fn another_path_on_the_same_host_is_taken_and_settings_stay() {
        let newer = RelyingParty {
            assertion_consumers: vec!["https://sp.test/acs2".into()],
            name_id: NameIdRule::Transient,
            encryption: Encryption::Oaep256Gcm,
            ..known()
        };
        let Refresh::Taken(taken, changes) = known().refreshed(&newer, false) else {
            unreachable!("the same host")
        };
        assert_eq!(changes, ["addresses"]);
        assert_eq!(*taken, RelyingParty { assertion_consumers: newer.assertion_consumers, ..known() });
        let numbered = RelyingParty { consumer_indexes: vec![7], ..known() };
        let Refresh::Taken(taken, changes) = known().refreshed(&numbered, false) else {
            unreachable!("the same addresses")
        };
        assert_eq!((*taken, changes), (numbered, vec!["addresses"]), "another number means another request");
    }

    #[test]
    fn an_end_of_what_was_handed_in_is_warned_of_once_a_month_before() {
        let month = 24 * 30;
        let mut handed_in = HandedIn { valid_until: Some(at(2 * month)), warned_of: None };
        assert_eq!(handed_in.to_warn_of(Some(at(month)), at(0)), None, "a month is enough");
        assert_eq!(handed_in.to_warn_of(Some(at(month)), at(1)), Some(at(month)), "whichever is first");
        handed_in.warned_of = Some(at(month));
        assert_eq!(handed_in.to_warn_of(Some(at(month)), at(2)), None);
        assert_eq!(HandedIn::default().to_warn_of(None, at(0)), None);
    }
}

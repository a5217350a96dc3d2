//! Metadata that is fetched anew, and what a new version of it may change by itself (security decision 26).

use super::RelyingParty;
use jiff::Timestamp;
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
}

impl Source {
    /// One that was never fetched.
    pub fn at(url: String, signer: Option<Vec<u8>>) -> Self {
        Self { url, signer, fetched_at: None, valid_until: None, waits: None, trouble: None }
    }
}

/// A version of the metadata that changes more than it may by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
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
        if self.soap_logout.as_deref().map(origin) != newer.soap_logout.as_deref().map(origin) {
            grave.push("logout-host");
        }
        if !grave.is_empty() && !vouched {
            return Refresh::Waits(grave);
        }
        let mut changes = grave;
        if self.assertion_consumers != newer.assertion_consumers {
            changes.push("addresses");
        }
        if self.soap_logout != newer.soap_logout {
            changes.push("logout-address");
        }
        if changes.is_empty() {
            return Refresh::Same;
        }
        let taken = Self {
            assertion_consumers: newer.assertion_consumers.clone(),
            signing_certificates: newer.signing_certificates.clone(),
            encryption_certificate: newer.encryption_certificate.clone(),
            soap_logout: newer.soap_logout.clone(),
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
    use super::super::{ContextRef, Encryption, NameIdRule, Saying};
    use super::*;
    use crate::level::AssuranceLevel;
    use jiff::SignedDuration;
    use uuid::Uuid;

    fn known() -> RelyingParty {
        RelyingParty {
            id: Uuid::from_u128(1).into(),
            entity_id: "https://sp.test".into(),
            display_name: "As an administrator wrote it".into(),
            assertion_consumers: vec!["https://sp.test/acs".into()],
            signing_certificates: vec![vec![1], vec![2]],
            encryption_certificate: vec![3],
            encryption: Encryption::OaepMgf1pCbc,
            context_ref: ContextRef::Echo,
            name_id: NameIdRule::Exact,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_mins(30),
            soap_logout: Some("https://sp.test/logout".into()),
            back_channel_ca: Some(vec![9]),
            says: Saying::default(),
            contact: Some("it@sp.test".into()),
            source: Some(Source::at("https://sp.test/metadata".into(), None)),
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
        let cases: [(Change, &str); 4] = [
            (|rp| rp.signing_certificates.push(vec![7]), "signing-keys"),
            (|rp| rp.encryption_certificate = vec![7], "encryption-key"),
            (|rp| rp.assertion_consumers = vec!["https://sp.test.evil.test/acs".into()], "hosts"),
            (|rp| rp.soap_logout = Some("https://other.test/logout".into()), "logout-host"),
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
    }
}

//! Lists of revoked certificates (RFC 5280 5): whose each is, and that none takes the place of a newer one. Whether a certificate
//! stands on one, and whether a list is in time, is looked at where a certificate is.

use core::fmt;
use domain::Timestamp;
use rustls::RootCertStore;
use rustls::pki_types::TrustAnchor;
use std::collections::BTreeMap;
use x509_cert::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, UintRef};
use x509_cert::der::{Decode as _, Reader as _, Result, SliceReader, TagMode, TagNumber};
use x509_cert::ext::Extensions;
use x509_cert::name::RdnSequence;
use x509_cert::time::Time;

/// `cRLNumber` (5.2.3).
const NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.20");
/// `issuingDistributionPoint` (5.2.5).
const PART: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");
/// `[0]`, where the extensions stand.
const EXTENSIONS: u8 = 0xa0;

/// By whose key, and of which of its certificates: numbers rise within one of these alone (5.2.3).
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Scope {
    key: Vec<u8>,
    part: Vec<u8>,
}

/// A list that one of the authorities signed.
#[derive(Clone, Debug)]
struct List {
    der: Vec<u8>,
    issuer: String,
    /// `thisUpdate`, in seconds.
    issued: u64,
    /// How many bytes, and the bytes.
    number: Option<(usize, Vec<u8>)>,
}

impl List {
    /// Both rise, or stay with a list that is read again.
    fn is_older_than(&self, other: &Self) -> bool {
        self.number < other.number || self.issued < other.issued
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.number {
            Some((_, bytes)) => {
                f.write_str("number 0x")?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
            }
            None => f.write_str("without a number")?,
        }
        match i64::try_from(self.issued).map(Timestamp::from_second) {
            Ok(Ok(issued)) => write!(f, " of {issued}"),
            _ => Ok(()),
        }
    }
}

/// The newest list of each authority that came since the start.
#[derive(Debug, Default)]
pub(crate) struct Taken(BTreeMap<Scope, List>);

/// What would hold.
#[derive(Default)]
pub(crate) struct Holding {
    /// The lists, DER; those that an authority signed first.
    pub(crate) lists: Vec<Vec<u8>>,
    older: Vec<String>,
    newest: BTreeMap<Scope, List>,
}

impl Taken {
    /// Looks at these lists, DER; of several of one scope the newest counts. One that no authority signed counts for nothing and is
    /// in the way of none that was signed. Remembers none: which can be used is found out after it.
    ///
    /// # Errors
    /// A list that cannot be read.
    pub(crate) fn weigh(&self, lists: &[Vec<u8>], roots: &RootCertStore) -> Result<Holding> {
        let (mut newest, mut others) = (BTreeMap::<Scope, List>::new(), Vec::new());
        for der in lists {
            match read(der, roots)? {
                Some((scope, list)) if newest.get(&scope).is_none_or(|it| !list.is_older_than(it)) => {
                    newest.insert(scope, list);
                }
                Some(_) => {}
                None => others.push(der.clone()),
            }
        }
        let mut holding = Holding::default();
        for (scope, list) in newest {
            match self.0.get(&scope) {
                Some(taken) if list.is_older_than(taken) => {
                    holding.older.push(format!("{}: {list} after {taken}", list.issuer));
                    holding.lists.push(taken.der.clone());
                }
                _ => {
                    holding.lists.push(list.der.clone());
                    holding.newest.insert(scope, list);
                }
            }
        }
        holding.lists.extend(others);
        Ok(holding)
    }

    /// Lets none that is older take the place of these. Gives what is said of each that was older: the one before it goes on.
    pub(crate) fn remember(&mut self, holding: Holding) -> Vec<String> {
        self.0.extend(holding.newest);
        holding.older
    }
}

/// Whose a list is, and which; none where no authority signed it.
fn read(der: &[u8], roots: &RootCertStore) -> Result<Option<(Scope, List)>> {
    let parts = Parts::of(der)?;
    let (issuer, time, extensions) = heading(parts.signed)?;
    let named = AnyRef::from_der(issuer)?.value();
    let Some(anchor) = roots.roots.iter().find(|anchor| *anchor.subject == *named && parts.are_by(anchor))
    else {
        return Ok(None);
    };
    let extension = |id: ObjectIdentifier| {
        extensions.iter().find(|it| it.extn_id == id).map(|it| it.extn_value.as_bytes())
    };
    let number = extension(NUMBER).map(UintRef::from_der).transpose()?;
    let scope = Scope {
        key: anchor.subject_public_key_info.to_vec(),
        part: extension(PART).unwrap_or_default().to_vec(),
    };
    let list = List {
        der: der.to_vec(),
        issuer: RdnSequence::from_der(issuer).map(|name| name.to_string()).unwrap_or_default(),
        issued: time.to_unix_duration().as_secs(),
        number: number.map(|number| (number.as_bytes().len(), number.as_bytes().to_vec())),
    };
    Ok(Some((scope, list)))
}

/// A list in its parts (5.1.1).
struct Parts<'a> {
    signed: &'a [u8],
    algorithm: AnyRef<'a>,
    signature: BitStringRef<'a>,
}

impl<'a> Parts<'a> {
    fn of(der: &'a [u8]) -> Result<Self> {
        let mut reader = SliceReader::new(der)?;
        reader.sequence(|list| {
            let signed = list.tlv_bytes()?;
            Ok(Self { signed, algorithm: list.decode()?, signature: list.decode()? })
        })
    }

    /// Whether this authority signed it, by an algorithm that its certificates may be signed with.
    fn are_by(&self, anchor: &TrustAnchor<'_>) -> bool {
        let Ok((kind, key)) = key(&anchor.subject_public_key_info) else { return false };
        let known = rustls::crypto::aws_lc_rs::default_provider().signature_verification_algorithms.all;
        known.iter().any(|it| {
            *it.public_key_alg_id() == *kind.value()
                && *it.signature_alg_id() == *self.algorithm.value()
                && it.verify_signature(key.raw_bytes(), self.signed, self.signature.raw_bytes()).is_ok()
        })
    }
}

fn key(info: &[u8]) -> Result<(AnyRef<'_>, BitStringRef<'_>)> {
    let mut reader = SliceReader::new(info)?;
    Ok((reader.decode()?, reader.decode()?))
}

/// Who issued it, when, and what else it says of itself (5.1.2); what it revokes is passed over.
fn heading(signed: &[u8]) -> Result<(&[u8], Time, Extensions)> {
    let mut reader = SliceReader::new(signed)?;
    reader.sequence(|inside| {
        // Version and algorithm come first.
        inside.tlv_bytes()?;
        inside.tlv_bytes()?;
        let (issuer, time) = (inside.tlv_bytes()?, inside.decode()?);
        while inside.peek_byte().is_some_and(|tag| tag != EXTENSIONS) {
            inside.tlv_bytes()?;
        }
        let extensions = inside.context_specific::<Extensions>(TagNumber::N0, TagMode::Explicit)?;
        Ok((issuer, time, extensions.unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::List;

    fn list(number: Option<&[u8]>, issued: u64) -> List {
        let number = number.map(|bytes| (bytes.len(), bytes.to_vec()));
        List { der: Vec::new(), issuer: String::new(), issued, number }
    }

    #[test]
    fn a_list_that_lost_its_number_is_older_and_one_that_got_one_is_not() {
        let (without, before) = (list(None, 5), list(Some(&[1, 0]), 5));
        for older in [list(None, 9), list(Some(&[255]), 9), list(Some(&[2, 0]), 4)] {
            assert!(older.is_older_than(&before), "{older}");
        }
        for newer in [list(Some(&[1, 0]), 5), list(Some(&[1, 0]), 6), list(Some(&[1, 0, 0]), 5)] {
            assert!(!newer.is_older_than(&before), "{newer}");
        }
        assert!(!before.is_older_than(&without) && list(None, 4).is_older_than(&without));
    }
}

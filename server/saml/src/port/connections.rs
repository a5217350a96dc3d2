//! A service as its metadata describe it, as it is kept, and as the checks want it.

use super::translate::{consumers, front_logout, name_id_rule, offered};
use super::{Wire, not_taken};
use crate::certificate::Certificate;
use crate::metadata::{Consumer, LogoutBinding, Policy, ServiceProvider, read, read_signed};
use domain::Timestamp;
use domain::ids::RelyingPartyId;
use domain::level::AssuranceLevel;
use domain::relying_party::{ContextRef, HandedIn, RelyingParty, Saying};
use jiff::SignedDuration;
use usecases::ports::saml::{Described, NotTaken};

/// Longest session a new connection gets; an administrator may only shorten it.
const LONGEST_SESSION: SignedDuration = SignedDuration::from_mins(60);

impl Wire {
    /// The connection that metadata describe.
    pub(super) fn describe(
        &self,
        metadata: &str,
        signer: Option<&[u8]>,
        id: RelyingPartyId,
        now: Timestamp,
    ) -> Result<Described, NotTaken> {
        let policy = Policy { now, http_on_loopback: self.settings.http_on_loopback };
        let signer = signer.map(Certificate::from_der).transpose();
        let service = match signer.map_err(|fault| not_taken(fault.code()))? {
            Some(signer) => read_signed(metadata, policy, &signer),
            None => read(metadata, policy),
        };
        // Metadata is an administrator's own choice: the whole sentence helps and harms nobody.
        let service = service.map_err(|error| not_taken(error.to_string()))?;
        let (valid_until, keys_until) = (service.valid_until, keys_until(&service));
        Ok(Described { connection: connection(service, id)?, valid_until, keys_until })
    }
}

/// A connection to this service, with the defaults of this house. Without a certificate to encrypt to it says so when it
/// is saved.
fn connection(service: ServiceProvider, id: RelyingPartyId) -> Result<RelyingParty, NotTaken> {
    let wanted = service.preferred_encryption.unwrap_or_default();
    let encryption_certificate = service.encryption.first().map(|it| it.der().to_vec()).unwrap_or_default();
    Ok(RelyingParty {
        id,
        display_name: service.display_name.clone().unwrap_or_else(|| service.entity_id.clone()),
        assertion_consumers: consumers(&service).map(|it| it.location.clone()).collect(),
        consumer_indexes: consumers(&service).map(|it| it.index).collect(),
        signing_certificates: service.signing.iter().map(|c| c.der().to_vec()).collect(),
        encryption_certificate,
        encryption: offered(wanted)?,
        context_ref: ContextRef::LevelUri,
        name_id: name_id_rule(&service.name_id_formats),
        demands: AssuranceLevel::Substantial,
        federation: AssuranceLevel::Substantial,
        longest_session: LONGEST_SESSION,
        fresh_within: None,
        soap_logout: service
            .logout
            .iter()
            .find(|end| end.binding == LogoutBinding::Soap)
            .map(|end| end.location.clone()),
        back_channel_ca: None,
        front_logout: front_logout(&service),
        says: Saying::default(),
        contact: None,
        source: None,
        pin: None,
        handed_in: HandedIn::default(),
        entity_id: service.entity_id,
    })
}

/// The connection as the checks want it, with the keys that count now.
pub(super) fn service(from: &RelyingParty, now: Timestamp) -> Result<ServiceProvider, NotTaken> {
    let mut signing = from
        .signing_certificates
        .iter()
        .map(|der| Certificate::from_der(der))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|fault| not_taken(fault.code()))?;
    signing.retain(|certificate| certificate.is_in_time(now));
    let numbered = from.consumer_indexes.len() == from.assertion_consumers.len();
    let counted = (0_u16..).zip(&from.assertion_consumers).map(|(place, location)| {
        let number = from.consumer_indexes.get(usize::from(place)).filter(|_| numbered);
        (number.copied().unwrap_or(place), location)
    });
    let consumers =
        counted.map(|(index, location)| Consumer { index, default: None, location: location.clone() });
    Ok(ServiceProvider {
        entity_id: from.entity_id.clone(),
        display_name: None,
        signing,
        encryption: Vec::new(),
        preferred_encryption: None,
        consumers: consumers.collect(),
        logout: Vec::new(),
        name_id_formats: Vec::new(),
        valid_until: None,
    })
}

/// When the last of its signing certificates runs out, or the one that is encrypted to, whichever is first.
fn keys_until(service: &ServiceProvider) -> Option<Timestamp> {
    let signing = service.signing.iter().map(Certificate::not_after).max();
    let encryption = service.encryption.first().map(Certificate::not_after);
    signing.into_iter().chain(encryption).min()
}

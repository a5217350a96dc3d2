//! SAML without XML: a request is `entity|message`, an answer says in plain words what it grants.

use domain::ids::RelyingPartyId;
use domain::issue::Grant;
use domain::level::AssuranceLevel;
use domain::relying_party::{ContextRef, Encryption, NameIdRule, RelyingParty, ServiceRequest};
use domain::{SignedDuration, Timestamp};
use usecases::ports::saml::{Claimed, Named, NotTaken, Outgoing, SamlWire, Status};

/// The wire, stubbed. The raw query is `entity id|message id`, and behind it what is special: `|forged` when the
/// signature is wrong, `|force`, `|passive`, `|high` when that level is asked, `|no-level` when none is.
#[derive(Clone, Copy, Debug)]
pub struct StubSaml;

impl SamlWire for StubSaml {
    fn claimed(&self, raw_query: &str) -> Result<Claimed, NotTaken> {
        let mut parts = raw_query.split('|').map(str::to_owned);
        match (parts.next(), parts.next()) {
            (Some(entity_id), Some(message_id)) => Ok(Claimed { entity_id, message_id }),
            _ => Err(NotTaken { reason: "shape".into(), tell: None }),
        }
    }

    fn read(&self, raw_query: &str, from: &RelyingParty, now: Timestamp) -> Result<ServiceRequest, NotTaken> {
        let says = |word: &str| raw_query.split('|').skip(2).any(|said| said == word);
        if says("forged") {
            return Err(NotTaken { reason: "signature".into(), tell: None });
        }
        Ok(ServiceRequest {
            relying_party: from.id,
            display_name: from.display_name.clone(),
            message_id: self.claimed(raw_query)?.message_id,
            answer_to: from.assertion_consumers.first().cloned().unwrap_or_default(),
            relay_state: None,
            force: says("force"),
            passive: says("passive"),
            level: match (says("no-level"), says("high")) {
                (true, _) => None,
                (false, true) => Some(AssuranceLevel::High),
                (false, false) => Some(AssuranceLevel::Substantial),
            },
            contexts: Vec::new(),
            name_id_format: None,
            requesters: Vec::new(),
            at: now,
        })
    }

    fn answer(
        &self,
        request: &ServiceRequest,
        _to: &RelyingParty,
        grant: &Grant,
        named: &Named,
        ids: [String; 3],
        _now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        let level = grant.level.map_or("no level", AssuranceLevel::word);
        let said = format!("{} at {level} for {}", named.name_id, grant.association.cvr);
        Ok(outgoing(request, said, ids.concat()))
    }

    fn refuse(
        &self,
        request: &ServiceRequest,
        _to: &RelyingParty,
        status: Status,
        id: String,
        _now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        Ok(outgoing(request, format!("{status:?}"), id))
    }

    fn connection(
        &self,
        metadata: &str,
        id: RelyingPartyId,
        _now: Timestamp,
    ) -> Result<RelyingParty, NotTaken> {
        Ok(RelyingParty {
            id,
            entity_id: metadata.to_owned(),
            display_name: "A service".into(),
            assertion_consumers: vec![format!("{metadata}/acs")],
            signing_certificates: vec![vec![1]],
            encryption_certificate: vec![1],
            encryption: Encryption::Oaep256Gcm,
            context_ref: ContextRef::LevelUri,
            name_id: NameIdRule::PersistentPairwise,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_hours(1),
        })
    }

    fn metadata(&self) -> String {
        "<EntityDescriptor/>".to_owned()
    }
}

fn outgoing(request: &ServiceRequest, response: String, message_id: String) -> Outgoing {
    Outgoing {
        service: request.display_name.clone(),
        address: request.answer_to.clone(),
        response,
        relay_state: request.relay_state.clone(),
        message_id,
    }
}

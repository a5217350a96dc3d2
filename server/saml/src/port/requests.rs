//! Requests to sign in: whose they are, whether they are to be believed, and what they ask.

use super::connections::service;
use super::translate::{assurance, level, name_id_formats, told, vocabulary};
use super::{Wire, not_taken};
use crate::authn_request::{AuthnRequest, Expected, Rejected, check};
use crate::certificate::Certificate;
use crate::redirect::Verified;
use crate::values::{MessageId, ReturnTo};
use crate::{Refusal, posted, redirect};
use domain::Timestamp;
use domain::relying_party::{RelyingParty, ServiceRequest};
use domain::stateable::Stateable;
use usecases::ports::saml::{Claimed, Inbound, NotTaken, Status, Told};

/// Who claims to ask, and under which id. Nothing is believed yet.
pub(super) fn claimed(message: Inbound<'_>) -> Result<Claimed, NotTaken> {
    let (entity_id, id) = claims(message).map_err(|refusal| not_taken(refusal.code()))?;
    Ok(Claimed { entity_id, message_id: id.map(|id| id.as_str().to_owned()).unwrap_or_default() })
}

impl Wire {
    /// What a service asks, once its signature held and everything else of the message fits.
    pub(super) fn read_request(
        &self,
        message: Inbound<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<ServiceRequest, NotTaken> {
        let service = service(from, now)?;
        if service.signing.is_empty() {
            return Err(not_taken("certificate-out-of-time"));
        }
        let verified = verified(message, &service.signing).map_err(|refusal| not_taken(refusal.code()))?;
        let expected = Expected {
            service: &service,
            destination: &self.settings.single_sign_on,
            name_id_formats: name_id_formats(from.name_id),
            vocabulary: vocabulary(from.says.profile),
            now,
        };
        match check(&verified, &expected) {
            Ok(request) => understood(request, from, now),
            Err(rejected) => Err(rejection(&rejected, from, now)),
        }
    }
}

/// A message of either binding, once its signature is verified.
fn verified(message: Inbound<'_>, signing: &[Certificate]) -> Result<Verified, Refusal> {
    match message {
        Inbound::Redirect(query) => redirect::Unverified::from_query(query)?.verify(signing),
        Inbound::Posted { message, relay_state } => {
            posted::Unverified::from_form(message, relay_state)?.verify(signing)
        }
    }
}

/// Who claims to have sent it, and under which id.
fn claims(message: Inbound<'_>) -> Result<(String, Option<MessageId>), Refusal> {
    Ok(match message {
        Inbound::Redirect(query) => {
            let message = redirect::Unverified::from_query(query)?;
            (message.claimed_issuer()?, message.claimed_id())
        }
        Inbound::Posted { message, relay_state } => {
            let message = posted::Unverified::from_form(message, relay_state)?;
            (message.claimed_issuer()?, message.claimed_id())
        }
    })
}

fn understood(
    request: AuthnRequest,
    from: &RelyingParty,
    now: Timestamp,
) -> Result<ServiceRequest, NotTaken> {
    let asked = !request.context.requested_levels().is_empty();
    let lowest = request.context.lowest_sufficient();
    let may_state = Stateable::those(|stated| request.context.allows(level(stated)));
    let mut read = bare(&request.return_to, from, now);
    read.force = request.force_authn;
    read.passive = request.is_passive;
    read.contexts = request.context.references;
    read.name_id_format = Some(request.name_id_format.uri().to_owned());
    read.requesters = request.requesters;
    read.subject = request.subject;
    read.may_state = may_state;
    match lowest {
        Ok(lowest) => {
            read.level = asked.then(|| assurance(lowest));
            Ok(read)
        }
        Err(fault) => Err(NotTaken {
            reason: fault.code().to_owned(),
            tell: Some(Box::new(Told { request: read, status: Status::NoAuthnContext })),
        }),
    }
}

fn rejection(rejected: &Rejected, from: &RelyingParty, now: Timestamp) -> NotTaken {
    let tell = match rejected {
        Rejected::ShowPage(_) => None,
        Rejected::Answer { status, return_to, .. } => {
            let request = bare(return_to, from, now);
            Some(Box::new(Told { request, status: told(*status) }))
        }
    };
    NotTaken { reason: rejected.code().to_owned(), tell }
}

/// A request of which only the way back is known.
fn bare(return_to: &ReturnTo, from: &RelyingParty, now: Timestamp) -> ServiceRequest {
    ServiceRequest {
        relying_party: from.id,
        display_name: from.display_name.clone(),
        message_id: return_to.request.as_str().to_owned(),
        answer_to: return_to.address.clone(),
        relay_state: return_to.relay_state.clone(),
        force: false,
        passive: false,
        level: None,
        may_state: Stateable::ANY,
        subject: None,
        contexts: Vec::new(),
        name_id_format: None,
        requesters: Vec::new(),
        at: now,
    }
}

//! Answers to a service: signed, encrypted where that is agreed, and sent where the connection says.

use super::translate::{error_status, level, name_id_format, vocabulary};
use super::{Wire, attributes, message_id, not_taken};
use crate::error_response::Failure;
use crate::form::PostForm;
use crate::names;
use crate::response::SignIn;
use crate::values::{MessageId, NameId, ReturnTo};
use domain::Timestamp;
use domain::issue::Grant;
use domain::level::AssuranceLevel;
use domain::relying_party::{ContextRef, RelyingParty, ServiceRequest};
use usecases::ports::saml::{Named, NotTaken, Outgoing, Status};

impl Wire {
    /// The answer that lets her in.
    pub(super) fn answered(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        grant: &Grant,
        named: &Named,
        ids: [String; 3],
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        let [response_id, assertion_id, session_index] = ids;
        let response_id = message_id(&response_id)?;
        let return_to = return_to(request, to)?;
        let attributes = attributes::told(to, grant, named)?;
        let sign_in = SignIn {
            response_id: &response_id,
            assertion_id: &message_id(&assertion_id)?,
            issuer: &self.settings.entity_id,
            audience: &to.entity_id,
            return_to: &return_to,
            name_id: &NameId {
                format: name_id_format(to.name_id),
                value: named.name_id.clone(),
                confidential: false,
            },
            authenticated_at: grant.authenticated_at,
            session_index: &session_index,
            session_ends: grant.session_ends_at,
            class_ref: grant.level.map_or(names::UNSPECIFIED, |level| class_ref(request, to, level)),
            attributes: &attributes,
            now,
        };
        let recipient = self.recipient(to)?;
        let signer = self.signer(to, now)?;
        let xml =
            sign_in.to_response(&signer, recipient.as_deref()).map_err(|fault| not_taken(fault.code()))?;
        Ok(post(&xml, (&return_to, false), &response_id, request))
    }

    /// The answer that does not.
    pub(super) fn refused(
        &self,
        request: &ServiceRequest,
        to: &RelyingParty,
        status: Status,
        id: &str,
        now: Timestamp,
    ) -> Result<Outgoing, NotTaken> {
        let response_id = message_id(id)?;
        let return_to = return_to(request, to)?;
        let failure = Failure {
            response_id: &response_id,
            issuer: &self.settings.entity_id,
            return_to: &return_to,
            status: error_status(status),
            now,
        };
        let signer = self.signer(to, now)?;
        let xml = failure.to_response(&signer).map_err(|fault| not_taken(fault.code()))?;
        Ok(post(&xml, (&return_to, true), &response_id, request))
    }
}

fn post(
    xml: &str,
    (return_to, refusal): (&ReturnTo, bool),
    id: &MessageId,
    request: &ServiceRequest,
) -> Outgoing {
    let form = PostForm::new(xml, return_to);
    Outgoing {
        service: request.display_name.clone(),
        address: form.action,
        response: form.saml_response,
        relay_state: form.relay_state,
        message_id: id.as_str().to_owned(),
        refusal,
    }
}

/// The way back, checked again: the connection may have changed while the person signed in.
fn return_to(request: &ServiceRequest, to: &RelyingParty) -> Result<ReturnTo, NotTaken> {
    if request.relying_party != to.id || !to.assertion_consumers.contains(&request.answer_to) {
        return Err(not_taken("answer-address-not-the-connections"));
    }
    Ok(ReturnTo {
        address: request.answer_to.clone(),
        request: message_id(&request.message_id)?,
        relay_state: request.relay_state.clone(),
    })
}

/// What stands in the class reference when this level is stated. Repeated is the highest of the requested references that
/// the level satisfies, in the words it was asked in; one that says more than was reached never is.
fn class_ref<'a>(request: &'a ServiceRequest, to: &RelyingParty, stated: AssuranceLevel) -> &'a str {
    let own = level(stated).uri();
    match to.context_ref {
        ContextRef::LevelUri => own,
        ContextRef::Nsis => "https://data.gov.dk/concept/core/nsis",
        ContextRef::Echo => {
            let words = vocabulary(to.says.profile);
            // From the last to the first: of several that say the same, the first is repeated.
            let asked = request.contexts.iter().rev();
            let levels = asked.filter_map(|uri| Some((words.level(uri)?, uri.as_str())));
            let satisfied = levels.filter(|(asked, _)| *asked <= level(stated));
            satisfied.max_by_key(|(asked, _)| *asked).map_or(own, |(_, uri)| uri)
        }
    }
}

//! Logging out through the browser.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Timestamp;
use domain::leaving::{LogoutAnswered, LogoutRequested, LogoutSaid};
use domain::relying_party::{FrontBinding, FrontLogout, RelyingParty};
use usecases::ports::saml::{Brought, Claimed, FrontAnswer, FrontAsk, FrontMessage, NotTaken, Way};

use super::connections::service;
use super::translate::{logout_status, name_id_format};
use super::{Wire, message_id, not_taken};
use crate::Refusal;
use crate::front_logout::{FrontExpected, Heard, LogoutResponse, hear};
use crate::logout::{LogoutFault, LogoutRequest};
use crate::posted;
use crate::redirect::{MessageKind, Unverified, to_address};
use crate::sign::SigningKey;
use crate::values::MessageId;

/// Who claims to have sent what a browser brought.
pub(super) fn claimed(brought: Brought<'_>) -> Result<Claimed, NotTaken> {
    let (entity_id, message_id) = match brought {
        Brought::Query(raw) => {
            Unverified::either(raw).and_then(|message| Ok((message.claimed_issuer()?, message.claimed_id())))
        }
        Brought::Form(raw) => posted::Unverified::from_body(raw)
            .and_then(|message| Ok((message.claimed_issuer()?, message.claimed_id()))),
    }
    .map_err(|refusal: Refusal| not_taken(refusal.code()))?;
    let message_id = message_id.map(|id| id.as_str().to_owned()).unwrap_or_default();
    Ok(Claimed { entity_id, message_id })
}

impl Wire {
    /// What a service said, once its signature held and everything else of the message fits.
    pub(super) fn heard(
        &self,
        brought: Brought<'_>,
        from: &RelyingParty,
        now: Timestamp,
    ) -> Result<LogoutSaid, NotTaken> {
        let service = service(from, now)?;
        if service.signing.is_empty() {
            return Err(not_taken("certificate-out-of-time"));
        }
        let verified = match brought {
            Brought::Query(raw) => {
                Unverified::either(raw).and_then(|message| message.verify(&service.signing))
            }
            Brought::Form(raw) => {
                posted::Unverified::from_body(raw).and_then(|message| message.verify(&service.signing))
            }
        };
        let expected = FrontExpected {
            service: &service,
            us: &self.settings.entity_id,
            destination: &self.settings.single_logout,
            name_id_format: name_id_format(from.name_id),
            redirected: matches!(brought, Brought::Query(_)),
            now,
        };
        let heard = verified.and_then(|message| hear(&message, &expected));
        Ok(match heard.map_err(|refusal| not_taken(refusal.code()))? {
            Heard::Request(asked) => LogoutSaid::Request(LogoutRequested {
                relying_party: from.id,
                message_id: asked.id.as_str().to_owned(),
                name_id: asked.name_id,
                session_indexes: asked.session_indexes,
                relay_state: asked.relay_state,
            }),
            Heard::Answer(said) => LogoutSaid::Answer(LogoutAnswered {
                relying_party: from.id,
                message_id: said.id.as_str().to_owned(),
                in_response_to: said.in_response_to,
                walk: said.relay_state.and_then(|state| state.parse().ok()),
                refused: said.ended.err().map(|fault| fault.code().to_owned()),
            }),
        })
    }

    /// A request to end her sessions at a service.
    pub(super) fn front_request(&self, to: &RelyingParty, ask: &FrontAsk) -> Result<FrontMessage, NotTaken> {
        let front = front(to)?;
        let id = message_id(&ask.id)?;
        let indexes: Vec<&str> = ask.session_indexes.iter().map(String::as_str).collect();
        let request = LogoutRequest {
            id: &id,
            issuer: &self.settings.entity_id,
            destination: &front.requests_to,
            format: name_id_format(to.name_id),
            name_id: &ask.name_id,
            session_indexes: &indexes,
            now: ask.at,
        };
        let signer = self.signer(to, ask.at)?;
        let xml = match front.binding {
            FrontBinding::Redirect => request.to_bare(),
            FrontBinding::Post => request.to_signed(&signer),
        };
        let walk = ask.walk.to_string();
        let kind = MessageKind::Request;
        carried(to, &signer, (front, &front.requests_to), kind, (&id, xml), Some(&walk))
    }

    /// What a service that sent her to log out is told.
    pub(super) fn front_answer(
        &self,
        to: &RelyingParty,
        answer: &FrontAnswer,
    ) -> Result<FrontMessage, NotTaken> {
        let front = front(to)?;
        let id = message_id(&answer.id)?;
        let response = LogoutResponse {
            id: &id,
            issuer: &self.settings.entity_id,
            destination: &front.answers_to,
            request: &message_id(&answer.in_response_to)?,
            status: logout_status(answer.outcome),
            now: answer.at,
        };
        let signer = self.signer(to, answer.at)?;
        let xml = match front.binding {
            FrontBinding::Redirect => response.to_bare(),
            FrontBinding::Post => response.to_signed(&signer),
        };
        let kind = MessageKind::Response;
        carried(to, &signer, (front, &front.answers_to), kind, (&id, xml), answer.relay_state.as_deref())
    }
}

/// Packed as the service takes it.
fn carried(
    to: &RelyingParty,
    signer: &SigningKey,
    (front, location): (&FrontLogout, &str),
    kind: MessageKind,
    (id, xml): (&MessageId, Result<String, LogoutFault>),
    relay_state: Option<&str>,
) -> Result<FrontMessage, NotTaken> {
    let xml = xml.map_err(|fault| not_taken(fault.code()))?;
    let (address, way) = match front.binding {
        FrontBinding::Redirect => {
            let address = to_address(location, kind, &xml, relay_state, signer);
            (address.map_err(|fault| not_taken(fault.code()))?, Way::Address)
        }
        FrontBinding::Post => {
            let message = (kind.parameter(), STANDARD.encode(xml));
            let state = relay_state.map(|state| ("RelayState", state.to_owned()));
            (location.to_owned(), Way::Form([message].into_iter().chain(state).collect()))
        }
    };
    Ok(FrontMessage { service: to.display_name.clone(), address, way, message_id: id.as_str().to_owned() })
}

fn front(to: &RelyingParty) -> Result<&FrontLogout, NotTaken> {
    to.front_logout.as_ref().ok_or_else(|| not_taken("logout-no-front-channel"))
}

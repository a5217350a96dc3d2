//! Logging out from server to server, in an envelope.

use super::connections::service;
use super::translate::name_id_format;
use super::{Wire, message_id, not_taken};
use crate::logout::{LogoutExpected, LogoutRequest, read_answer};
use domain::Timestamp;
use domain::relying_party::RelyingParty;
use usecases::ports::saml::{LogoutAsk, NotTaken, SoapMessage};

impl Wire {
    /// Asks a service to end a session, from server to server.
    pub(super) fn back_request(&self, to: &RelyingParty, ask: &LogoutAsk) -> Result<SoapMessage, NotTaken> {
        let address = to.soap_logout.clone().ok_or_else(|| not_taken("logout-no-back-channel"))?;
        let request = LogoutRequest {
            id: &message_id(&ask.id)?,
            issuer: &self.settings.entity_id,
            destination: &address,
            format: name_id_format(to.name_id),
            name_id: &ask.name_id,
            session_indexes: &[&ask.session_index],
            now: ask.at,
        };
        let signer = self.signer(to, ask.at)?;
        let body = request.to_envelope(&signer).map_err(|fault| not_taken(fault.code()))?;
        Ok(SoapMessage { address, body, authority: to.back_channel_ca.clone() })
    }
}

/// Whether it said that it did.
pub(super) fn back_answer(
    from: &RelyingParty,
    ask: &LogoutAsk,
    answer: &[u8],
    now: Timestamp,
) -> Result<(), NotTaken> {
    let service = service(from, now)?;
    let expected = LogoutExpected {
        request: &message_id(&ask.id)?,
        issuer: &from.entity_id,
        signing: &service.signing,
        now,
    };
    read_answer(answer, &expected).map_err(|fault| not_taken(fault.code()))
}

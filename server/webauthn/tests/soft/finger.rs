//! Whoever stands before an authenticator that others wrote.

use passkey::authenticator::{UiHint, UserCheck, UserValidationMethod};
use passkey::types::Passkey;
use passkey::types::ctap2::Ctap2Error;

/// Somebody who is there and puts her finger on it.
pub(crate) struct Finger;

#[async_trait::async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _hint: UiHint<'a, Passkey>,
        _presence: bool,
        _verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence: true, verification: true })
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }
}

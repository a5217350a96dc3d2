//! What the library says of an answer it does not take, in words of the trail.

use usecases::ports::ceremonies::KeyRefused;
use webauthn_rs_core::error::WebauthnError as Error;

pub(crate) fn refused(error: &Error) -> KeyRefused {
    tracing::debug!(%error, "a key's answer is not taken");
    match error {
        Error::MismatchedChallenge => KeyRefused::Challenge,
        Error::InvalidRPOrigin | Error::InvalidRPIDHash | Error::CredentialCrossOrigin => KeyRefused::Origin,
        Error::UserNotVerified | Error::UserNotPresent => KeyRefused::NotVerified,
        Error::CredentialNotFound => KeyRefused::OtherKey,
        Error::AuthenticationFailure | Error::SignatureInvalid => KeyRefused::Signature,
        Error::ParseBase64Failure(_)
        | Error::ParseCBORFailure(_)
        | Error::ParseJSONFailure(_)
        | Error::ParseNOMFailure
        | Error::ParseInsufficientBytesAvailable
        | Error::InvalidClientDataType => KeyRefused::Malformed,
        other if format!("{other:?}").starts_with("Attestation") => KeyRefused::Attestation,
        _ => KeyRefused::Other,
    }
}

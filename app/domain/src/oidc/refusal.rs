//! Why a request is refused, in the protocol's words and in one for our log.

/// An error code. RFC 6749 4.1.2.1 and 5.2, RFC 6750 3.1, OIDC Core 3.1.2.6, RFC 9126 2.3, and "OpenID Connect Core Unmet
/// Authentication Requirements".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// Something is missing, given twice, or malformed.
    InvalidRequest,
    /// The client did not prove itself.
    InvalidClient,
    /// A code or token is over, used, or another's.
    InvalidGrant,
    /// The client may not do this.
    UnauthorizedClient,
    /// Another kind of grant than a code or a refresh token.
    UnsupportedGrantType,
    /// Another kind of answer than a code.
    UnsupportedResponseType,
    /// Without `openid` there is nothing to say.
    InvalidScope,
    /// The person may not, or gave up.
    AccessDenied,
    /// Nobody is signed in and nothing may be asked.
    LoginRequired,
    /// A step is missing and nothing may be asked.
    InteractionRequired,
    /// The level or the kind of authentication cannot be reached.
    UnmetAuthenticationRequirements,
    /// Request objects are not taken.
    RequestNotSupported,
    /// No such pushed request, or it is over.
    InvalidRequestUri,
    /// An access token that counts for nothing.
    InvalidToken,
    /// The house failed.
    ServerError,
    /// Nothing is issued at the moment.
    TemporarilyUnavailable,
}

impl ErrorCode {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::RequestNotSupported => "request_not_supported",
            Self::InvalidRequestUri => "invalid_request_uri",
            Self::InvalidToken => "invalid_token",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
        }
    }
}

/// A request that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Refusal {
    /// What the sender is told.
    pub code: ErrorCode,
    /// What the log is told: a fixed word, no personal data. It may be shown to the sender too.
    pub why: &'static str,
}

impl Refusal {
    /// A refusal.
    pub const fn new(code: ErrorCode, why: &'static str) -> Self {
        Self { code, why }
    }
}

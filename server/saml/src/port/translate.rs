//! The words of the use cases and of the standard for the same things.

use domain::level::AssuranceLevel;
use domain::relying_party::{self, FrontBinding, FrontLogout, NameIdRule, Profile};
use usecases::ports::saml::{LogoutOutcome, NotTaken, Status};

use super::not_taken;
use crate::authn_request::Vocabulary;
use crate::encrypt::{Cipher, Encryption, KeyTransport};
use crate::error_response::ErrorStatus;
use crate::front_logout::LogoutStatus;
use crate::metadata::{Consumer, LogoutBinding, ServiceProvider};
use crate::values::{Level, NameIdFormat};

pub(super) const fn level(level: AssuranceLevel) -> Level {
    match level {
        AssuranceLevel::Low => Level::Low,
        AssuranceLevel::Substantial => Level::Substantial,
        AssuranceLevel::High => Level::High,
    }
}

pub(super) const fn assurance(level: Level) -> AssuranceLevel {
    match level {
        Level::Low => AssuranceLevel::Low,
        Level::Substantial => AssuranceLevel::Substantial,
        Level::High => AssuranceLevel::High,
    }
}

pub(super) const fn error_status(status: Status) -> ErrorStatus {
    match status {
        Status::NoPassive => ErrorStatus::NoPassive,
        Status::NoAuthnContext => ErrorStatus::NoAuthnContext,
        Status::InvalidNameIdPolicy => ErrorStatus::InvalidNameIdPolicy,
        Status::AuthnFailed => ErrorStatus::AuthnFailed,
        Status::UnsupportedBinding => ErrorStatus::UnsupportedBinding,
        Status::RequestUnsupported => ErrorStatus::RequestUnsupported,
    }
}

pub(super) const fn told(status: ErrorStatus) -> Status {
    match status {
        ErrorStatus::NoPassive => Status::NoPassive,
        ErrorStatus::NoAuthnContext => Status::NoAuthnContext,
        ErrorStatus::InvalidNameIdPolicy => Status::InvalidNameIdPolicy,
        ErrorStatus::AuthnFailed | ErrorStatus::RequestDenied => Status::AuthnFailed,
        ErrorStatus::UnsupportedBinding => Status::UnsupportedBinding,
        ErrorStatus::RequestUnsupported => Status::RequestUnsupported,
    }
}

pub(super) const fn name_id_format(rule: NameIdRule) -> NameIdFormat {
    match rule {
        NameIdRule::PersistentPairwise | NameIdRule::Exact => NameIdFormat::Persistent,
        NameIdRule::Transient => NameIdFormat::Transient,
        NameIdRule::X509SubjectName => NameIdFormat::X509SubjectName,
        NameIdRule::UniId => NameIdFormat::Unspecified,
    }
}

/// The formats a request may ask for. A UNI-ID is what the broker knows her by, whatever it calls it.
pub(super) const fn name_id_formats(rule: NameIdRule) -> &'static [NameIdFormat] {
    match rule {
        NameIdRule::PersistentPairwise | NameIdRule::Exact => &[NameIdFormat::Persistent],
        NameIdRule::Transient => &[NameIdFormat::Transient],
        NameIdRule::X509SubjectName => &[NameIdFormat::X509SubjectName],
        NameIdRule::UniId => &[NameIdFormat::Unspecified, NameIdFormat::Persistent],
    }
}

/// Whose words for levels a connection may use.
pub(super) const fn vocabulary(profile: Profile) -> Vocabulary {
    match profile {
        Profile::Oiosaml | Profile::Plain => Vocabulary::Nsis,
        Profile::ContextHandler => Vocabulary::ContextHandler,
        Profile::Unilogin => Vocabulary::Unilogin,
    }
}

/// The first format the service lists that we give to anybody; without one, a lasting pseudonym.
pub(super) fn name_id_rule(listed: &[String]) -> NameIdRule {
    let given = |uri: &String| match NameIdFormat::from_uri(uri)? {
        NameIdFormat::Transient => Some(NameIdRule::Transient),
        NameIdFormat::Persistent => Some(NameIdRule::PersistentPairwise),
        NameIdFormat::X509SubjectName | NameIdFormat::Unspecified => None,
    };
    listed.iter().find_map(given).unwrap_or(NameIdRule::PersistentPairwise)
}

/// Every address, the service's default first.
pub(super) fn consumers(service: &ServiceProvider) -> impl Iterator<Item = &Consumer> {
    let default = service.default_consumer();
    let others = service.consumers.iter().filter(move |consumer| Some(*consumer) != default);
    default.into_iter().chain(others)
}

/// Where messages about logging out go through the browser: the first it lists of either kind (oiosaml 1.6).
pub(super) fn front_logout(service: &ServiceProvider) -> Option<FrontLogout> {
    service.logout.iter().find_map(|end| {
        let binding = match end.binding {
            LogoutBinding::Redirect => FrontBinding::Redirect,
            LogoutBinding::Post => FrontBinding::Post,
            LogoutBinding::Soap => return None,
        };
        let requests_to = end.location.clone();
        let answers_to = end.response_location.clone().unwrap_or_else(|| requests_to.clone());
        Some(FrontLogout { binding, requests_to, answers_to })
    })
}

pub(super) const fn logout_status(outcome: LogoutOutcome) -> LogoutStatus {
    match outcome {
        LogoutOutcome::Everywhere => LogoutStatus::Success,
        LogoutOutcome::Partly => LogoutStatus::Partial,
        LogoutOutcome::Nobody => LogoutStatus::UnknownPrincipal,
    }
}

/// How; none: not at all.
pub(super) const fn encryption(kind: relying_party::Encryption) -> Option<Encryption> {
    let (transport, cipher) = match kind {
        relying_party::Encryption::Oaep256Gcm => (KeyTransport::OaepSha256, Cipher::Aes256Gcm),
        relying_party::Encryption::OaepMgf1pGcm => (KeyTransport::OaepSha1, Cipher::Aes256Gcm),
        relying_party::Encryption::OaepMgf1pCbc => (KeyTransport::OaepSha1, Cipher::Aes256Cbc),
        relying_party::Encryption::None => return None,
    };
    Some(Encryption { transport, cipher })
}

pub(super) fn offered(wanted: Encryption) -> Result<relying_party::Encryption, NotTaken> {
    match (wanted.transport, wanted.cipher) {
        (KeyTransport::OaepSha256, Cipher::Aes256Gcm) => Ok(relying_party::Encryption::Oaep256Gcm),
        (KeyTransport::OaepSha1, Cipher::Aes256Gcm) => Ok(relying_party::Encryption::OaepMgf1pGcm),
        (KeyTransport::OaepSha1, Cipher::Aes256Cbc) => Ok(relying_party::Encryption::OaepMgf1pCbc),
        _ => Err(not_taken(
            "The metadata lists only kinds of encryption that no connection offers: list AES-256-GCM.",
        )),
    }
}

//! What we do, for applications to read (OIDC Discovery 3; RFC 8414 2).

use crate::certificate::Certificates;
use crate::paths;
use domain::level::AssuranceLevel;
use domain::oidc::client::{Claim, Signing};
use serde_json::{Value, json};

pub(crate) fn document(issuer: &str, certificates: Option<&Certificates>) -> Value {
    let at = |path: &str| format!("{issuer}{path}");
    let algorithms = Signing::ALL.map(Signing::word);
    let fixed =
        ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "loa", "ial", "aal"];
    let claims: Vec<&str> = fixed.into_iter().chain(Claim::ALL.map(Claim::word)).collect();
    let levels = [AssuranceLevel::Low, AssuranceLevel::Substantial].map(AssuranceLevel::loa_uri);
    let by_certificate = certificates.map(Certificates::methods).unwrap_or_default();
    let methods = [&["private_key_jwt", "client_secret_basic"][..], by_certificate].concat();
    let with_none = [methods.as_slice(), &["none"]].concat();
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": at(paths::AUTHORIZE),
        "pushed_authorization_request_endpoint": at(paths::PAR),
        "token_endpoint": at(paths::TOKEN),
        "userinfo_endpoint": at(paths::USERINFO),
        "introspection_endpoint": at(paths::INTROSPECT),
        "revocation_endpoint": at(paths::REVOKE),
        "end_session_endpoint": at(paths::LOGOUT),
        "jwks_uri": at(paths::JWKS),
        "scopes_supported": ["openid", "profile", "email", "organisation"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": algorithms,
        "token_endpoint_auth_methods_supported": with_none,
        "token_endpoint_auth_signing_alg_values_supported": algorithms,
        "introspection_endpoint_auth_methods_supported": methods,
        "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
        "revocation_endpoint_auth_methods_supported": with_none,
        "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": levels,
        "claims_supported": claims,
        "claims_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "require_pushed_authorization_requests": false,
        "authorization_response_iss_parameter_supported": true,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "ui_locales_supported": ["da", "en"],
    });
    if let (Some(certificates), Value::Object(document)) = (certificates, &mut document) {
        document.insert("tls_client_certificate_bound_access_tokens".to_owned(), true.into());
        document.extend(certificates.address().map(|at| ("mtls_endpoint_aliases".to_owned(), aliases(at))));
    }
    document
}

/// Where the same is reached by a line that asks for a certificate (RFC 8705 5).
fn aliases(address: &str) -> Value {
    let at = |path: &str| format!("{address}{path}");
    json!({
        "pushed_authorization_request_endpoint": at(paths::PAR),
        "token_endpoint": at(paths::TOKEN),
        "userinfo_endpoint": at(paths::USERINFO),
        "introspection_endpoint": at(paths::INTROSPECT),
        "revocation_endpoint": at(paths::REVOKE),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_announced_where_they_count_and_nowhere_else() {
        let plain = document("https://login.test", None);
        assert!(!plain.to_string().contains("tls") && plain["frontchannel_logout_supported"] == true);
        let own = Certificates::new(&[], Some("https://mtls.login.test".to_owned())).unwrap();
        let own = document("https://login.test", Some(&own));
        for methods in [
            "token_endpoint_auth_methods_supported",
            "introspection_endpoint_auth_methods_supported",
            "revocation_endpoint_auth_methods_supported",
        ] {
            assert!(own[methods].to_string().contains("\"self_signed_tls_client_auth\""), "{methods}");
            assert!(!own[methods].to_string().contains("\"tls_client_auth\""), "{methods}: of no authority");
        }
        assert_eq!(own["tls_client_certificate_bound_access_tokens"], true);
        assert_eq!(own["token_endpoint"], "https://login.test/oidc/token");
        assert_eq!(own["mtls_endpoint_aliases"]["token_endpoint"], "https://mtls.login.test/oidc/token");
    }
}

//! What a broker's error callback means for the person.

use domain::proofing::Refusal;

/// Reads `error` and `error_description`; the latter is the broker's own code. Only the pair of `access_denied` and
/// `mitid_user_aborted` is known for certain, so the code decides and the OAuth error only where there is none.
pub(crate) fn refusal(error: &str, code: &str) -> Refusal {
    let code = code.trim().to_ascii_lowercase();
    of_code(&code).unwrap_or(match error {
        "access_denied" if code.is_empty() => Refusal::Aborted,
        "login_required" | "interaction_required" | "account_selection_required" => Refusal::Lost,
        _ => Refusal::Technical,
    })
}

fn of_code(code: &str) -> Option<Refusal> {
    let ends = |ends: &[&str]| ends.iter().any(|end| code.ends_with(end));
    let holds = |parts: &[&str]| parts.iter().any(|part| code.contains(part));
    if ends(&["user_aborted", "user_abort", "signing_aborted"]) || code == "declined_user_consent" {
        return Some(Refusal::Aborted);
    }
    if holds(&NO_CPR) {
        return Some(Refusal::NoCpr);
    }
    if holds(&OTHER_IDENTITY) {
        return Some(Refusal::LevelTooLow);
    }
    holds(&ON_THE_WAY).then_some(Refusal::Lost)
}

const NO_CPR: [&str; 2] = ["cpr_match_failed", "no_cpr"];
const OTHER_IDENTITY: [&str; 3] = ["identity_not_found", "no_identities", "invalid_user_for_user_consent"];
const ON_THE_WAY: [&str; 9] = [
    "timeout",
    "navigation",
    "cookies",
    "no_ctx",
    "correlation",
    "already_used",
    "anti_forgery",
    "missing_user_in_session",
    "missing_user_consent",
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::proofing::RefusalPage;
    use proptest::prelude::*;

    #[test]
    fn stopping_is_never_blamed_on_technology() {
        for code in [
            "mitid_user_aborted",
            "user_aborted",
            "mitid_erhverv_user_aborted",
            "mitid_core_client_error_user_abort",
            "private_to_business_user_aborted",
            "workflow_signing_aborted",
            "MITID_USER_ABORTED",
        ] {
            assert_eq!(refusal("access_denied", code), Refusal::Aborted, "{code}");
        }
        assert_eq!(refusal("access_denied", ""), Refusal::Aborted);
    }

    #[test]
    fn what_was_lost_on_the_way_may_be_tried_again() {
        for code in [
            "mitid_timeout",
            "user_navigation_error_empty_state",
            "user_missing_timed_cookies",
            "user_is_missing_cookies",
            "mitid_no_ctx",
            "idp_correlation_failure",
            "mitid_auth_code_already_used",
        ] {
            assert_eq!(refusal("access_denied", code), Refusal::Lost, "{code}");
        }
        assert_eq!(refusal("login_required", ""), Refusal::Lost);
    }

    #[test]
    fn what_cannot_succeed_with_mitid_is_said() {
        assert_eq!(refusal("access_denied", "mitid_identity_not_found"), Refusal::LevelTooLow);
        assert_eq!(refusal("access_denied", "mitid_cpr_match_failed"), Refusal::NoCpr);
    }

    /// The list a broker of the Nets shape gives out at its own address for documentation.
    #[test]
    fn every_code_a_broker_documents_ends_on_the_page_it_belongs_to() {
        let pages = [
            (
                RefusalPage::Stopped,
                "declined_user_consent mitid_core_client_error_user_abort mitid_erhverv_user_aborted \
                 mitid_user_aborted private_to_business_user_aborted privilege_cvr_select_user_aborted \
                 user_aborted workflow_signing_aborted",
            ),
            (
                RefusalPage::Retry,
                "idp_correlation_failure idp_no_ctx missing_user_consent missing_user_in_session \
                 mitid_anti_forgery_validation_error mitid_auth_code_already_used \
                 mitid_erhverv_unexpected_user_navigation mitid_no_ctx mitid_timeout \
                 mitid_transfer_token_exchange_code_already_used mitid_user_navigation_error_empty_state no_ctx \
                 no_ctx_idp_params oidc_correlation_continue_failed \
                 transaction_signing_lokal_idp_correlation_error user_is_missing_cookies \
                 user_missing_timed_cookies user_navigation_error user_navigation_error_empty_state",
            ),
            (
                RefusalPage::OtherWay,
                "invalid_user_for_user_consent mitid_cpr_match_failed mitid_erhverv.no_identities \
                 mitid_identity_not_found",
            ),
            (
                RefusalPage::Later,
                "idp_remote_error internal_error invalid_consent_id invalid_idp_configuration_or_parameter \
                 invalid_idp_params invalid_tin mitid_browser_not_supported mitid_core_client_error \
                 mitid_erhverv_api_error mitid_internal_error mitid_invalid_transfer_token_code \
                 mitid_simulation_error_parameter mitid_simulation_unknown_user \
                 mitid_transaction_signing_failed mitid_unexpected_error mitid_uuid_hint_malformed \
                 transaction_signing_hash_mismatch",
            ),
        ];
        for (page, codes) in pages {
            for code in codes.split_whitespace() {
                assert_eq!(refusal("access_denied", code).page(), page, "{code}");
            }
        }
    }

    #[test]
    fn everything_else_is_technical() {
        for (error, code) in [
            ("server_error", ""),
            ("temporarily_unavailable", ""),
            ("access_denied", "mitid_internal_error"),
            ("access_denied", "something new"),
            ("invalid_request", "invalid_idp_params"),
            ("", ""),
        ] {
            assert_eq!(refusal(error, code), Refusal::Technical, "{error} {code}");
        }
    }

    proptest! {
        #[test]
        fn no_error_ever_accuses_or_accepts(error in ".{0,40}", code in ".{0,80}") {
            let refusal = refusal(&error, &code);
            prop_assert!(!matches!(refusal, Refusal::OtherPerson | Refusal::Register | Refusal::RegisterSilent));
        }
    }
}

//! Chapter 6: what a broker of identities owes.

use super::{Owner, Requirement, State, low, substantial};
use crate::audit::EventKind as E;

pub(super) const ROWS: &[Requirement] = &[
    low(
        "6.1",
        "a token only right after a proof, or in a valid session, or for a token of a trusted \
                broker",
    )
    .by("a token states its cause; no other way to build one (`issue.rs`, `issue_code.rs`, \
            `mint.rs`)")
    .tests(&[
        "a_service_that_demands_a_fresh_sign_in_gets_one",
        "refreshing_ends_with_the_session_it_came_from",
        "a_request_leads_through_a_sign_in_to_one_token",
        "every_row_of_an_application_names_what_it_answers_and_why_it_could",
    ])
    .seen(&[E::TokenIssued, E::CodeIssued])
    .exports(&[11])
    .is(State::Wired),
    low("6.2", "the level is readable, and the lowest of the chain")
        .by("computed at issue, never stored (`level.rs`, `issue.rs`)")
        .tests(&[
            "with_everything_in_order_the_token_says_substantial_and_ends_with_the_session",
            "no_link_is_weaker_than_the_level_of_the_chain",
            "minimum_states_what_was_reached_and_echoes_what_it_satisfies",
            "an_id_token_says_who_when_how_and_at_which_level",
            "a_level_nobody_has_is_refused_to_the_application",
            "a_service_that_wants_exactly_low_is_told_low_of_whoever_reached_more",
        ])
        .seen(&[E::TokenIssued])
        .exports(&[11])
        .is(State::Wired),
    low("6.3", "signed, and over encrypted channels only")
        .by("signed assertion; https addresses from metadata only (`server/saml`, `server/oidc`)")
        .tests(&[
            "our_answer_passes_every_check_of_the_reference_service",
            "every_answer_of_the_running_house_passes_the_reference_checks_and_opens_elsewhere",
            "every_no_of_the_running_house_passes_the_reference_checks_and_verifies_elsewhere",
            "answers_go_only_to_addresses_of_the_services_metadata",
            "an_address_that_could_lead_elsewhere_is_refused_and_named",
            "nothing_is_sent_to_an_address_that_is_not_exactly_the_clients",
            "a_bad_version_changes_nothing_and_says_what_is_wrong_once",
        ])
        .seen(&[E::TokenIssued, E::MetadataTaken, E::MetadataRefused])
        .exports(&[11])
        .is(State::Proved),
    low("6.4", "the signing key is protected from who has no right to it")
        .by("sealed, versioned (`server/keys`)")
        .tests(&[
            "signing_keys_come_back_newest_first",
            "during_a_rotation_both_keys_open_and_verify_and_the_new_one_seals",
            "a_signing_key_shows_nothing_secret_to_debug",
        ])
        .seen(&[E::KeyCreated, E::KeyRetired])
        .exports(&[12])
        .is(State::Proved),
    low("6.5", "sessions end, and all at once")
        .by("idle and absolute limits; their owner sees and ends them; a block ends them at services \
            with a back channel too, a sign-out and a service's logout at those her browser reaches \
            (`session.rs`, `see_sessions.rs`, `end_visits.rs`, `walk_out.rs`, `receive_logout.rs`)")
        .tests(&[
            "it_ends_after_half_an_hour_unused_and_after_one_hour_anyhow",
            "she_sees_what_happened_and_ends_sessions_elsewhere",
            "services_are_told_and_the_receipt_says_what_they_answered",
            "a_service_ends_the_session_of_this_browser_and_hears_that_all_are_out",
            "services_are_asked_one_after_another_and_each_answer_counts_once",
            "another_place_sender_time_or_version_is_refused",
            "a_sign_out_kills_tokens_and_tells_the_application",
            "an_application_logs_out_the_session_it_speaks_of_and_no_other",
        ])
        .seen(&[
            E::SignedOut,
            E::ServiceTold,
            E::LogoutReceived,
            E::LogoutAsked,
            E::LogoutAnswered,
            E::LogoutRefused,
        ])
        .exports(&[11])
        .is(State::Wired),
    low("6.6", "sessions cannot be taken over")
        .by("`__Host-` cookie, rotated at each step-up, bound to the epoch (`session.rs`, `visit.rs`)")
        .tests(&[
            "a_raised_epoch_or_another_browser_ends_it",
            "nobody_becomes_somebody_else_after_signing_in",
            "a_cookie_copied_before_the_code_opens_nothing_after_it",
            "where_the_cookie_gets_no_new_id_nobody_is_signed_in_by_the_old_one_or_any_other",
            "every_cookie_is_for_this_house_over_tls_and_for_no_script",
        ])
        .seen(&[E::SignedIn])
        .exports(&[11])
        .is(State::Wired),
    low("6.7", "all requests and answers in a log whose integrity is protected")
        .by("each is an event, chained, under signed checkpoints kept outside (`record.rs`, \
            `sequence_trail.rs`, `checkpoint_trail.rs`, `verify_trail.rs`)")
        .tests(&[
            "no_two_kinds_share_a_word_and_each_is_in_the_catalogue",
            "rows_wait_until_they_are_chained_and_then_hold",
            "a_changed_row_is_found_wherever_it_was_changed",
            "a_removed_row_is_found_with_or_without_its_link",
            "an_added_row_is_found_and_gets_no_place_in_the_chain",
            "a_row_that_was_changed_before_it_was_chained_gets_no_place_and_alarms",
            "nothing_is_signed_over_a_row_this_house_did_not_write",
            "a_swapped_row_is_found",
            "an_end_that_was_cut_off_is_found_by_the_checkpoint_alone",
            "an_older_backup_in_the_place_of_the_database_is_found_and_issues_nothing_until_it_is_recovered",
            "another_trail_in_its_place_is_found_though_every_row_and_link_of_it_holds",
            "a_whole_export_and_one_of_a_few_days_are_sound_to_both_verifiers",
            "the_chain_is_shown_as_far_as_it_is_signed_for_and_what_was_changed_is_said",
            "a_run_of_the_verifier_stands_in_the_export_whatever_it_found",
            "a_server_killed_at_any_moment_keeps_what_was_told_on_sqlite",
            "a_server_killed_at_any_moment_keeps_what_was_told_on_postgres",
            "who_gives_up_at_whatever_step_is_answered_no_once_and_nothing_of_it_goes_on",
            "every_row_of_an_application_names_what_it_answers_and_why_it_could",
        ])
        .seen(&[
            E::RequestReceived,
            E::RequestRefused,
            E::ApplicationAsked,
            E::ApplicationRefused,
            E::CodeIssued,
            E::TokenIssued,
            E::TokenRefused,
            E::TokenRenewed,
            E::TokenReused,
            E::TokenRevoked,
            E::ClaimsTold,
            E::TrailExported,
            E::TrailVerified,
        ])
        .beside("`audit verify`, `audit export`")
        .exports(&[10, 11])
        .is(State::Proved),
    substantial("6.8", "a service can refuse single sign-on")
        .by("ForceAuthn; `prompt=login`, `max_age`, a setting of the connection (`issue.rs`, \
            `receive_request.rs`, `receive_authorize.rs`)")
        .tests(&[
            "a_service_that_demands_a_fresh_sign_in_gets_one",
            "a_service_that_forces_gets_fresh_factors_and_not_the_session",
            "a_session_answers_only_while_it_is_fresh_enough_for_who_asks",
        ])
        .seen(&[E::TokenIssued])
        .exports(&[11])
        .is(State::Wired),
    substantial("6.9", "a token is limited to its service, by name")
        .by("audience and recipient; each is told what its connection releases (`server/saml`, \
            `server/oidc`, `named.rs`)")
        .tests(&[
            "our_answer_passes_every_check_of_the_reference_service",
            "what_a_connection_releases_is_told_and_nothing_else",
            "another_services_return_address_is_no_use",
            "a_client_looks_at_and_gives_back_its_own_tokens_alone",
        ])
        .seen(&[E::TokenIssued])
        .exports(&[11])
        .is(State::Proved),
    substantial("6.10", "confidential data through a browser are readable for the recipient only")
        .by("no encryption, no confidential attributes: such a connection is not saved \
            (`coherent.rs`, `save_connection.rs`)")
        .tests(&[
            "confidential_values_never_leave_unencrypted",
            "confidential_attributes_without_encryption_are_not_saved",
            "every_kind_of_encryption_opens_and_verifies_elsewhere",
        ])
        .seen(&[E::ConnectionSaved])
        .exports(&[11, 13])
        .is(State::Proved)
        .rest("for SAML"),
    substantial("6.11", "the signing key is protected from insiders too, through its whole life")
        .by("sealed, versioned, sealed anew, rolled over, each step an event (`server/keys`, `rotate_keys.rs`, \
            `retire_keys.rs`, `make_token_keys.rs`, `signing_key.rs`, `activate_signing_key.rs`)")
        .tests(&[
            "during_a_rotation_both_keys_open_and_verify_and_the_new_one_seals",
            "signing_keys_come_back_newest_first",
            "an_older_key_is_retired_when_its_time_is_over_and_not_before",
            "new_keys_for_tokens_are_published_a_day_before_they_sign_and_old_ones_destroyed",
            "a_signing_key_goes_through_its_life_in_order_and_no_other",
            "a_service_that_holds_the_old_key_logs_in_until_its_pin_ends_and_one_that_reads_our_metadata_always",
            "a_signing_key_that_was_retired_since_the_backup_signs_no_more",
        ])
        .seen(&[
            E::KeyCreated,
            E::KeyPublished,
            E::KeyActivated,
            E::KeyRetired,
            E::KeyDestroyed,
            E::ConnectionPinned,
        ])
        .exports(&[12])
        .is(State::Wired)
        .rest("dual control open")
        .owner(Owner::SecurityOfficer),
    substantial("6.12", "keys of national services lie in hardware")
        .by("one municipality is not national; PKCS#11 fits behind the same port")
        .is(State::NotDemanded)
        .rest("open as a choice")
        .owner(Owner::SecurityOfficer),
];

//! Chapters 3.2.1, 3.2.2 and 3.3.1: what means of login are made of, how they reach their owner, how they are used.

use super::{Owner, Requirement, State, low, substantial};
use crate::audit::EventKind as E;

/// 3.2.1 and 3.2.2.
pub(super) const STRENGTH: &[Requirement] = &[
    low("3.2.1.1", "at least one factor")
        .by("a login is active with a password and a factor, and with nothing less (`enrolment.rs`, \
            `finish_enrolment.rs`)")
        .tests(&[
            "nobody_finishes_without_terms_proof_password_and_factor",
            "no_sequence_leaves_her_without_a_way_in_or_lets_a_password_add_one",
        ])
        .seen(&[E::FactorAdded])
        .exports(&[1])
        .is(State::Proved),
    low("3.2.1.2", "it is hers: the issuer sees to it that she alone controls it")
        .by("a CPR number is one person; user names are never given twice (`import_employees.rs`)")
        .tests(&[
            "the_same_cpr_number_is_one_person_with_several_relations",
            "a_user_name_somebody_has_or_had_is_not_given_to_another",
            "two_people_never_share_a_number",
        ])
        .seen(&[E::PersonImported, E::FactorAdded])
        .exports(&[1])
        .is(State::Proved),
    substantial("3.2.1.3", "two factors of different kinds")
        .by("the level counts categories, not factors; a passkey that verified its owner counts as \
            two only where its model is attested and good (`factor.rs`, `kind.rs`, `passkey.rs`)")
        .tests(&[
            "every_pair_gives_exactly_its_level",
            "codes_by_oathtool_are_accepted_once",
            "it_counts_alone_only_when_every_condition_holds",
        ])
        .seen(&[E::FactorAdded])
        .exports(&[1])
        .is(State::Wired),
    substantial("3.2.1.4", "it can be taken that only its owner can use it")
        .by("sealed seeds; guessing bounded over a year (`throttle.rs`, `codes.rs`)")
        .tests(&[
            "somebody_who_knows_the_password_guesses_a_code_at_most_once_in_a_thousand_years_of_trying",
            "of_two_who_type_the_same_code_at_once_one_gets_in",
            "of_codes_at_once_each_counts",
        ])
        .seen(&[E::SignInRefused, E::CodesStopped])
        .exports(&[1, 11])
        .is(State::Proved),
    low("3.2.2.1", "delivered so that it reaches whom it is meant for")
        .by("made in the session that was proved, within the hour; a code device counts once its \
            holder showed a code (`enrolment.rs`, `register_app.rs`, `register_passkey.rs`, \
            `activate_device.rs`)")
        .tests(&[
            "after_the_hour_only_a_new_proof_helps",
            "an_hour_after_the_proof_only_a_new_one_goes_on",
            "an_app_counts_after_one_right_code_and_the_offer_survives_a_wrong_one",
            "it_counts_once_its_holder_showed_a_code_and_for_nobody_else",
        ])
        .seen(&[E::EnrolmentFinished, E::EnrolmentRevoked, E::DevicesImported, E::DeviceHandedOut])
        .exports(&[1])
        .is(State::Proved),
    substantial("3.2.2.2", "delivered to its owner and nobody else")
        .by("what is not taken into use in fourteen days is revoked; one more is added behind a \
            step-up made for it (`revoke_enrolments.rs`, `register_another_app.rs`, \
            `register_passkey.rs`)")
        .tests(&[
            "an_enrolment_not_finished_within_fourteen_days_is_revoked_with_all_that_was_chosen",
            "a_passkey_is_added_on_day_one_and_signs_in_after_the_password_and_before_it",
            "another_key_takes_a_step_up_made_for_it_with_a_factor",
            "one_more_app_takes_a_step_up_and_one_right_code",
        ])
        .seen(&[E::EnrolmentFinished, E::EnrolmentRevoked, E::FactorAdded])
        .exports(&[1])
        .is(State::Proved),
];

/// 3.3.1.
pub(super) const AUTHENTICATION: &[Requirement] = &[
    low(
        "3.3.1.1",
        "data are released after a reliable check of means and validity, confidential and \
                whole",
    )
    .by("everything is checked again at issue, in the transaction that issues (`issue.rs`, \
            `issue_code.rs`, `mint.rs`)")
    .tests(&[
        "each_missing_thing_is_named",
        "with_everything_in_order_the_token_says_substantial_and_ends_with_the_session",
        "after_a_hold_is_committed_no_token_is_however_they_race",
    ])
    .seen(&[E::TokenIssued, E::TokenRefused])
    .exports(&[11])
    .is(State::Wired),
    low("3.3.1.2", "what is stored withstands loss and analysis offline")
        .by("Argon2id; seeds and CPR numbers sealed under purpose keys (`hasher.rs`, `server/keys`)")
        .tests(&[
            "a_user_name_nobody_has_is_verified_all_the_same_and_refused",
            "moved_to_another_place_it_does_not_open",
            "the_number_and_the_key_are_kept_sealed_beside_her",
        ])
        .beside("the key ring")
        .exports(&[12])
        .is(State::Proved),
    low(
        "3.3.1.3",
        "against guessing, listening, replay, tampering by attackers of enhanced-basic \
                strength",
    )
    .by("throttling by account, source and browser; each code step once; flows used once \
            (`throttle.rs`, `doors.rs`, `codes.rs`, `flow.rs`)")
    .tests(&[
        "of_guesses_at_once_no_more_are_tried_than_one_after_another",
        "a_source_tries_twenty_wrong_ones_a_minute_over_all_names",
        "codes_pause_at_ten_and_stop_at_twenty",
        "a_step_counts_once_and_never_an_older_one",
        "of_two_copies_of_a_message_at_once_one_is_new",
    ])
    .seen(&[E::SignInRefused])
    .exports(&[11])
    .is(State::Wired),
    substantial("3.3.1.4", "dynamic authentication: the proof is another one each time")
        .by("no level Substantial without a dynamic factor (`kind.rs`, `app.rs`, `ceremony.rs`)")
        .tests(&[
            "every_pair_gives_exactly_its_level",
            "a_step_is_accepted_once_and_never_an_older_one",
            "an_answer_counts_once_in_its_browser_within_five_minutes",
        ])
        .seen(&[E::SignedIn])
        .exports(&[11])
        .is(State::Wired),
    substantial("3.3.1.5", "the same against attackers of moderate strength")
        .by("the above; passkeys and security keys answer to this site alone, once, and are \
            recommended first (`passkey.rs`, `server/webauthn`)")
        .tests(&[
            "an_answer_counts_once_in_its_browser_within_five_minutes",
            "what_a_key_answers_wrongly_is_said_and_adds_nothing",
            "a_copied_key_blocks_the_login_and_is_taken_away",
            "another_site_another_challenge_and_another_keys_signature_are_refused",
        ])
        .seen(&[E::FactorAdded, E::FactorRefused, E::KeyMistrusted])
        .exports(&[11])
        .is(State::Wired)
        .rest("nobody has to have one, since biometrics are never the only way; penetration test")
        .owner(Owner::SecurityOfficer),
];

//! Chapters 3.2.3 and 3.2.4: blocking, opening again, renewing.

use super::{Requirement, State, low, substantial};
use crate::audit::EventKind as E;

pub(super) const ROWS: &[Requirement] = &[
    low("3.2.3.1", "its owner can suspend or block it fast")
        .by("five doors at `/spaer`, on every page: open session, MitID, printed code, link in a \
            notice, user name and password (`block_by_session.rs`, `block_by_code.rs`, \
            `block_by_notice.rs`, `block_by_password.rs`, `confirm_block.rs`). One transaction puts \
            the hold, raises the epoch and ends sessions and flows (`suspend.rs`); services with a \
            back channel are told (`end_visits.rs`)")
        .tests(&[
            "an_open_session_blocks_its_own_login",
            "mitid_blocks_whom_it_names_after_one_yes",
            "the_code_blocks_once_however_it_is_typed",
            "the_link_in_a_letter_blocks_and_looking_does_nothing",
            "user_name_and_password_block_and_a_wrong_password_does_not",
            "no_token_and_no_session_outlives_a_block",
            "services_are_told_and_the_receipt_says_what_they_answered",
            "a_service_that_does_not_answer_may_stay_open",
            "end2end/tests/power-cut.spec.ts: killed at any moment, keeps every block it told of, and none by halves",
        ])
        .seen(&[E::Held, E::ServiceTold])
        .beside("the door, in `login.held`")
        .exports(&[4])
        .is(State::Proved)
        .rest("times under load are in [figures](figures.md)"),
    low("3.2.3.2", "nobody blocks another's login wrongfully")
        .by("a user name alone does nothing; MitID asks once more; codes of 60 bits; every failure \
            says that nothing was blocked; limits count wrong tries only; many blocks at once alarm \
            and slow, and refuse nobody (`printed.rs`, `doors.rs`, `suspend.rs`). Her own block its \
            owner lifts herself")
        .tests(&[
            "a_wrong_code_and_an_unknown_name_are_answered_alike",
            "the_right_code_blocks_after_a_thousand_wrong_ones",
            "every_bit_counts",
            "a_link_dies_with_age_and_with_a_reopening",
            "forty_owners_block_from_one_address_within_minutes_by_every_door",
        ])
        .seen(&[E::BlockRefused, E::MassBlocking])
        .exports(&[4])
        .is(State::Proved),
    low("3.2.3.3", "reopened only where what was demanded at issuing still holds")
        .by("the owner opens her own block with MitID at Substantial, the register and her relation \
            looked at again, or with a passkey that alone is Substantial while her proof holds \
            (`prove_by_key.rs`), a new password, her factors gone through, and never fewer than two, \
            the terms in force read and accepted where she has not yet, all in one transaction at \
            the end (`reopening.rs`, `reopen.rs`, `reopen_password.rs`, `reopen_factors.rs`, \
            `reopen_app.rs`, `reopen_key.rs`, `reopen_activity.rs`); after thirty days it is closed \
            for good and she enrols anew (`revoke_suspended.rs`); so does who blocked before her \
            login was active, and who comes back to work")
        .tests(&[
            "she_opens_it_again_with_mitid_a_new_password_her_factor_and_a_look_at_what_happened",
            "no_order_of_requests_skips_a_step",
            "no_step_is_skipped_by_a_request_made_by_hand",
            "nothing_has_changed_before_the_confirmation",
            "terms_she_has_not_accepted_are_read_page_by_page_before_she_confirms",
            "who_keeps_nothing_registers_an_app_in_the_same_flow",
            "a_hold_of_others_stays_and_refuses",
            "whose_relation_ended_opens_nothing",
            "thirty_days_close_it_for_good_and_invite_anew",
            "who_comes_back_is_invited_anew_and_has_nothing_she_had",
            "who_came_back_signs_in_only_after_enrolling_anew",
            "a_passkey_that_counts_alone_opens_a_blocked_login",
            "a_proof_that_is_void_at_the_confirmation_opens_nothing",
        ])
        .seen(&[
            E::ReopeningBegun,
            E::ReopeningStep,
            E::Reopened,
            E::ReopeningRefused,
            E::SuspensionRevoked,
            E::HoldLifted,
            E::MeansRevoked,
        ])
        .exports(&[5])
        .is(State::Proved)
        .rest("with MitID and with a passkey; a registrar's desk open"),
    low("3.2.3.4", "the issuer blocks by itself: on suspicion, wrong data, no valid agreement")
        .by("holds with origins; an ended relation, another CPR number in HR's feed, declined terms, \
            and a register that says at any proof that she is dead, missing or withdrawn close the \
            login. Declined terms are settled by accepting them, at a reopening with MitID \
            (`standing.rs`, `hold.rs`, `hold_for_terms.rs`, `hold_leaked_seeds.rs`, \
            `leaked_password.rs`, `lift_hold.rs`)")
        .tests(&[
            "each_missing_thing_is_named",
            "an_end_in_the_past_closes_the_relation_and_without_another_one_the_login",
            "the_number_a_person_proved_is_never_overwritten_and_holds_her_login_once",
            "declining_new_terms_holds_the_login",
            "who_declined_at_a_sign_in_opens_it_by_accepting",
            "what_the_register_says_of_the_dead_holds_her_login",
            "a_hold_of_others_stays_and_refuses",
            "known_seeds_are_out_of_use_at_once_and_hold_whoever_signs_in_with_one",
            "a_copied_key_blocks_the_login_and_is_taken_away",
            "a_refresh_token_used_twice_holds_the_login",
            "past_its_week_the_login_is_held_and_its_owner_opens_it_herself_with_another",
            "an_operator_closes_a_login_at_once_and_its_owner_hears_whom_to_call",
            "two_operators_lift_it_and_only_she_opens_it_with_mitid",
        ])
        .seen(&[E::Held, E::AssociationClosed])
        .exports(&[4, 6])
        .is(State::Proved)
        .rest(
            "also for leaked seeds, a copied key, a refresh token used twice, a leaked password and \
            an operator's hold, which two lift; a page for the service desk open",
        ),
    low("3.2.3.5", "a receipt, where possible")
        .by("shown at once, with time to the second, reference and, behind a session of hers in that \
            browser or MitID, what services answered (`see_receipt.rs`); sent to the work and the private \
            address and as SMS, with the same reference")
        .tests(&[
            "services_are_told_and_the_receipt_says_what_they_answered",
            "only_a_session_or_mitid_is_told_of_services",
            "a_code_a_link_and_a_password_tell_of_services_only_where_their_owner_is_signed_in",
            "the_link_in_a_letter_blocks_and_looking_does_nothing",
            "every_notice_is_whole_in_both_languages",
            "each_way_leaves_and_is_tried_again_by_itself",
            "end2end/tests/block.spec.ts: that can be told end her session, in both browsers, and the receipt says so",
            "end2end/tests/contact.spec.ts: she gives a mobile number of her own, and takes her mail away",
        ])
        .seen(&[E::Held, E::NoticeSent])
        .beside("its channel, in `notice.sent`")
        .exports(&[4])
        .is(State::Proved)
        .rest("both letters and the SMS in a browser too"),
    substantial("3.2.3.6", "blocking works round the clock and is highly available")
        .by("all doors but MitID need nothing but the database, and go ahead of whoever else waits to \
            write (`suspend.rs`, `gate.rs`); each is asked from another machine (`probe.rs`), and its days \
            are handed in (`hand_in_probes.rs`); a form that answered is taken to answer for a quarter of an hour")
        .tests(&[
            "each_door_is_asked_from_outside_and_kept_as_a_figure",
            "a_door_that_shows_its_page_and_answers_nobody_is_down",
            "days_of_doors_are_handed_in_once_and_stand_in_export_and_figures",
            "each_door_of_a_block_says_whether_it_works",
            "blocking_goes_on_and_opens_nothing",
            "what_must_be_at_once_goes_ahead_of_whoever_waits",
            "forty_owners_at_once_behind_one_address_all_block",
        ])
        .seen(&[E::Held, E::DoorMeasured])
        .beside("`nsis-id probe report`")
        .exports(&[14])
        .is(State::Proved)
        .rest(
            "with availability of each door from outside the process; times under load are in \
            [figures](figures.md)",
        ),
    substantial("3.2.3.7", "blocked when it is found that the owner is dead")
        .by("at a proof: day one, reopening, reset, confirming anew; then a login in use is held \
            (`finish_proof.rs`)")
        .tests(&[
            "the_dead_the_missing_and_withdrawn_numbers_are_refused",
            "what_the_register_says_of_the_dead_holds_her_login",
            "of_the_dead_and_the_missing_nothing_is_opened_and_the_login_is_held",
        ])
        .seen(&[E::ProofRefused, E::Held])
        .exports(&[3])
        .is(State::Open)
        .rest(
            "open between two proofs: the one register there is, the broker's look-up (`ssn.details`), \
            answers while she is at MitID and cannot be asked without her, so a death is found at the \
            next proof, within the year it holds at the latest; until then HR's feed, or whoever hears \
            of it and an operator (`hold put`), closes the login",
        ),
    low(
        "3.2.4.1",
        "renewed and replaced with the strength of the first proof, or by a valid means as \
                strong",
    )
    .by("a proof holds for a year, or until HR changes her name: then no service that demands \
            Substantial is answered before she confirmed anew with MitID, in the same sign-in or \
            from the portal (`reconfirmation.rs`, `issue.rs`, `again.rs`); she is told thirty, seven \
            and one day before; a forgotten password is replaced with MitID at Substantial, or a \
            passkey that alone is Substantial while her proof holds, and with nothing less \
            (`reset_password.rs`, `prove_by_key.rs`), a known one with itself and a fresh code \
            (`change_password.rs`), and nobody chooses it for her")
    .tests(&[
        "it_is_due_a_year_after_the_day_of_the_proof_in_copenhagen",
        "overdue_an_open_session_gives_no_token_and_after_mitid_the_same_flow_does",
        "another_persons_mitid_confirms_nothing",
        "she_is_told_three_times_and_once_each",
        "a_new_name_from_hr_is_told_and_asks_at_once",
        "a_forgotten_password_is_replaced_after_mitid_and_everything_else_ends",
        "a_reset_is_used_once_and_in_time",
        "a_password_is_changed_with_the_old_one_and_a_code",
        "a_proof_for_something_else_opens_and_resets_nothing",
    ])
    .seen(&[
        E::IdentityProved,
        E::Reconfirmed,
        E::ReconfirmationNear,
        E::TokenRefused,
        E::ResetBegun,
        E::PasswordSet,
    ])
    .exports(&[5])
    .is(State::Proved)
    .rest("with MitID; a registrar's desk open"),
    substantial("3.2.4.2", "the same at Substantial: what renews is at Substantial itself")
        .by("as 3.2.4.1: one way that alone is Substantial remains, else the proof is made anew \
            (`renewal.rs`, `recovery.rs`, `replace_factor.rs`)")
        .tests(&[
            "only_a_key_that_counts_alone_stands_in_and_only_while_the_proof_holds",
            "a_recovery_code_and_mitid_lead_to_a_new_method_and_in_and_nothing_less_does",
            "a_weaker_key_is_sent_to_mitid",
            "where_the_proof_is_over_or_void_only_mitid_does",
        ])
        .seen(&[E::Reconfirmed, E::ResetBegun, E::RecoveryCodeUsed, E::FactorAdded])
        .exports(&[5])
        .is(State::Proved)
        .rest("with MitID; a registrar's desk open"),
];

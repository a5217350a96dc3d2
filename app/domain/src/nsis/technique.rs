//! Chapters 4.1.5 to 4.1.7: staff, premises, technical controls, notification and audit.

use super::{Owner, Requirement, State, low, substantial};
use crate::audit::EventKind as E;

/// 4.1.5 and 4.1.6.
pub(super) const CONTROLS: &[Requirement] = &[
    low("4.1.5.1", "staff and suppliers are trained and qualified")
        .exports(&[8])
        .is(State::Owners)
        .owner(Owner::Management),
    low("4.1.5.2", "there are enough of them").is(State::Owners).owner(Owner::Management),
    low("4.1.5.3", "premises are guarded against damage and intruders")
        .is(State::Owners)
        .owner(Owner::Operations),
    low("4.1.5.4", "areas with confidential data are for authorised staff only")
        .is(State::Owners)
        .owner(Owner::Operations),
    substantial("4.1.5.5", "trusted staff and suppliers are checked for crimes and skills")
        .exports(&[8])
        .is(State::Owners)
        .rest("the register of roles holds no date of it yet")
        .owner(Owner::HumanResources),
    substantial("4.1.5.6", "who entered the central premises can be shown")
        .is(State::Owners)
        .owner(Owner::Operations),
    substantial("4.1.5.7", "trusted access is secured and watched")
        .by("named, expiring roles; every command that changes something demands a reason, and keeps \
            it sealed (`role.rs`, `roles.rs`, `operator.rs`)")
        .tests(&[
            "one_voice_twice_is_one_voice_and_ones_own_is_none",
            "a_command_that_changes_something_must_say_why",
            "the_roles_of_somebody_who_leaves_end_with_her_last_relation_and_do_not_come_back",
            "a_proposal_that_is_refused_leaves_an_event_with_its_reason_sealed",
            "every_command_tells_the_administrators",
            "nobody_without_the_role_reads_anything_and_that_she_asked_is_in_the_trail",
            "what_is_sealed_in_a_row_is_opened_by_a_deed_of_which_she_hears",
            "whoever_is_read_about_gets_one_letter_a_day_and_it_says_no_more",
            "who_is_in_an_export_about_everybody_or_in_a_sample_sees_that_she_was_read_about",
            "of_more_people_than_are_told_one_by_one_each_sees_the_one_event_of_all",
            "whatever_takes_a_role_tells_with_what_means_it_was_done",
        ])
        .seen(&[
            E::RoleProposed,
            E::RoleRefused,
            E::RoleAccepted,
            E::RoleEnded,
            E::FeedImported,
            E::ConnectionSaved,
            E::KeyCreated,
            E::ExportMade,
            E::ExportTaken,
            E::TrailRead,
            E::PartRead,
            E::ManyRead,
            E::NameRead,
            E::TrailSearched,
            E::AuditorRefused,
        ])
        .exports(&[8, 9])
        .is(State::Wired)
        .rest("access review open")
        .owner(Owner::SecurityOfficer),
    low("4.1.6.1", "reasonable technical controls keep data confidential, whole and available")
        .by("every address declares whom it lets in (`server/http/src/doors.rs`); headers, a strict \
            policy for scripts, cookies for this house alone (`headers.rs`, `policy.rs`, `guard.rs`)")
        .tests(&[
            "every_address_of_the_router_is_declared_and_no_other",
            "nobody_another_person_and_half_a_login_are_refused_as_declared",
            "no_form_is_taken_from_another_site",
            "every_cookie_is_for_this_house_over_tls_and_for_no_script",
            "scripts_carry_the_nonce_and_only_island_pages_may_compile",
            "no_room_knows_what_it_must_not",
        ])
        .beside("[security](security.md)")
        .exports(&[13])
        .is(State::Proved)
        .rest("the assessment of risk is the owner's")
        .owner(Owner::SecurityOfficer),
    low("4.1.6.2", "channels are safe from listening, tampering and replay")
        .by("`serve` refuses plain http, and a database elsewhere without a verified certificate \
            (`config.rs`, `way.rs`, `smtp.rs`)")
        .tests(&[
            "another_machine_takes_a_verified_certificate",
            "plain_http_is_for_loopback_hosts_when_allowed",
            "serve_refuses_plain_http_test_brokers_and_a_pilot_it_was_not_told_of",
            "with_starttls_the_letter_travels_encrypted_to_a_server_we_trust",
            "of_two_copies_of_a_message_at_once_one_is_new",
        ])
        .beside("`check-config`")
        .exports(&[13])
        .is(State::Wired),
    low("4.1.6.3", "keys are for who needs them, and never in clear on a disk")
        .by("sealed under a key-encryption key from outside (`server/keys`)")
        .tests(&[
            "a_bare_key_is_refused_outside_the_demo",
            "neither_passphrase_nor_key_lies_in_the_file_and_nobody_else_may_read_it",
            "the_ring_goes_over_to_another_key_encryption_key_and_what_it_sealed_still_opens",
            "after_a_rotation_everything_lies_under_the_new_keys_and_works",
            "interrupted_at_any_step_it_goes_on_and_everybody_is_found_meanwhile",
            "whoever_serves_leaves_no_core_dump",
        ])
        .seen(&[
            E::KeyCreated,
            E::RotationBegun,
            E::KeysRotated,
            E::KeyRetired,
            E::RingRewrapBegun,
            E::RingRewrapped,
            E::RingRewrapFailed,
        ])
        .beside("the key ring")
        .exports(&[12])
        .is(State::Proved)
        .rest("HSM open"),
    low("4.1.6.4", "security is kept up over time, and incidents are answered")
        .by("clocks apart, rows of the trail and checkpoints that do not fit and many blocks at once alarm; \
            advisories are looked at by `make check` (`watch_clocks.rs`, `sequence_trail.rs`, \
            `keep_checkpoints.rs`, `suspend.rs`)")
        .tests(&[
            "clocks_apart_alarm_once_and_far_apart_stop_issuing_but_no_hold",
            "nothing_is_signed_that_does_not_go_on_from_what_was_signed",
            "a_row_that_was_changed_before_it_was_chained_gets_no_place_and_alarms",
            "whoever_watches_the_house_hears_how_many_letters_were_given_up",
        ])
        .seen(&[
            E::ClocksApart,
            E::CheckpointsApart,
            E::RowsRefused,
            E::MassBlocking,
            E::ConnectionSaved,
            E::DatabaseMigrated,
        ])
        .exports(&[13, 17])
        .is(State::Owners)
        .rest("routine for incidents and changes")
        .owner(Owner::SecurityOfficer),
    low("4.1.6.5", "media are kept, moved and disposed of safely")
        .by("what is secret in the database is sealed, so a copy of it shows no number, seed or key \
            (`server/keys`)")
        .tests(&[
            "the_number_and_the_key_are_kept_sealed_beside_her",
            "neither_passphrase_nor_key_lies_in_the_file_and_nobody_else_may_read_it",
        ])
        .exports(&[17])
        .is(State::Owners)
        .rest("backups and disks")
        .owner(Owner::Operations),
    substantial("4.1.6.6", "stored keys are protected from manipulation")
        .by("sealed with authentication under a key-encryption key from outside; a ring that does not \
            hold is refused (`server/keys`)")
        .tests(&[
            "one_flipped_bit_anywhere_and_it_does_not_open",
            "a_ring_with_a_gap_or_an_unknown_word_is_refused",
            "since_when_a_key_is_in_its_state_is_kept_and_cannot_be_edited",
            "a_retired_key_does_not_come_back_by_editing_the_file",
        ])
        .seen(&[E::KeyCreated, E::KeysRotated, E::KeyRetired])
        .beside("the key ring")
        .exports(&[12])
        .is(State::Proved)
        .rest("HSM open"),
    substantial("4.1.6.7", "no weak algorithms, protocols or key lengths")
        .by("lists in code; refused at metadata and at the door (`server/saml`, `server/oidc`, \
            `server/mitid`); those in use are reported (`algorithms.rs`)")
        .tests(&[
            "sha1_is_refused_and_sha512_accepted",
            "weak_and_foreign_keys_are_refused",
            "no_algorithm_but_those_of_its_key_counts",
            "a_key_that_is_weak_private_or_ambiguous_is_refused",
            "every_algorithm_that_is_reported_is_the_one_in_the_code",
        ])
        .seen(&[E::RequestRefused, E::ApplicationRefused])
        .exports(&[12])
        .is(State::Proved),
];

/// 4.1.7.
pub(super) const AUDIT: &[Requirement] = &[
    low("4.1.7.1", "the notification describes technique, security, level and name")
        .exports(&[18])
        .is(State::Owners)
        .owner(Owner::Management),
    low("4.1.7.2", "the notifier vouches for it").exports(&[18]).is(State::Owners).owner(Owner::Management),
    low("4.1.7.3", "internal audit and a yearly statement of management")
        .is(State::NotDemanded)
        .rest("an external audit, as at Substantial, takes the place of the internal one")
        .owner(Owner::Management),
    substantial("4.1.7.4", "an independent auditor confirms it, anew each year, and management signs")
        .exports(&[18])
        .is(State::Owners)
        .owner(Owner::Management),
    substantial("4.1.7.5", "by the latest audit guidance, with the control schema filled")
        .by("this table, also at `/revision/krav`; eighteen exports for a period, each with a signed manifest, \
             samples that are drawn again by their seed, and figures (`table.rs`, `make_export.rs`, \
             `run_exports.rs`, `draw_sample.rs`, `take_figures.rs`)")
        .tests(&[
            "every_requirement_at_substantial_is_met_by_a_test_or_has_an_owner",
            "an_export_holds_what_happened_in_its_period_and_nothing_besides",
            "a_manifest_is_signed_by_the_key_of_the_checkpoints_and_its_files_are_those_that_are_taken",
            "a_long_export_is_made_aside_and_its_files_are_those_of_the_signed_manifest",
            "a_sample_is_drawn_again_by_its_seed_and_shows_who_is_in_it",
            "each_export_of_a_year_says_what_happened_in_it_and_nothing_besides",
            "figures_are_of_their_instant_and_count_nobody_twice",
            "every_requirement_stands_on_its_page_with_tests_exports_and_the_last_result",
        ])
        .seen(&[
            E::ExportMade,
            E::ExportOrdered,
            E::ExportTaken,
            E::ExportCancelled,
            E::SampleDrawn,
            E::FiguresTaken,
        ])
        .exports(&[18])
        .is(State::Owners)
        .owner(Owner::Management),
];

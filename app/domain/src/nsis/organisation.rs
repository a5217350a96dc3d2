//! Chapters 4.1.1 to 4.1.4: who provides the service, what is told, managed and kept.

use super::{Owner, Requirement, State, low, substantial};
use crate::audit::EventKind as E;

pub(super) const ROWS: &[Requirement] = &[
    low("4.1.1.1", "the provider is a legal entity in the EU with an established organisation")
        .is(State::Owners)
        .owner(Owner::Management),
    low("4.1.1.2", "it obeys the law: data protection, administration, eIDAS")
        .by("her own data and activity are hers to see and take out (`own_data.rs`, `see_data.rs`, \
            `see_activity.rs`, `take_activity.rs`)")
        .tests(&[
            "her_own_data_is_whole_and_holds_no_secret",
            "the_page_about_her_data_says_why_who_how_long_and_shows_her_terms",
            "her_activity_and_her_data_name_the_services_she_was_at",
            "whatever_is_about_a_person_is_shown_to_her_or_says_why_not",
            "a_copy_says_why_who_how_long_and_how_to_complain_in_both_languages",
        ])
        .seen(&[E::OwnDataTaken])
        .is(State::Owners)
        .rest(
            "the software gives data subjects their access; what the law asks besides is the \
            municipality's",
        )
        .owner(Owner::Management),
    low("4.1.1.3", "it answers for what third parties do for it")
        .is(State::Owners)
        .rest("contracts")
        .owner(Owner::Management),
    substantial("4.1.1.4", "it can bear liability and fund the operation")
        .is(State::Owners)
        .owner(Owner::Management),
    substantial("4.1.1.5", "a private provider has a plan for its end")
        .is(State::NotDemanded)
        .rest("demanded of private providers")
        .owner(Owner::Management),
    low("4.1.2.1", "a public description of the service, with terms, fees, limits and privacy policy")
        .by("`server/texts`, dated and versioned, Danish and English")
        .tests(&[
            "both_languages_have_the_same_pages_points_and_links",
            "every_text_has_a_title_the_same_version_and_the_same_date",
            "texts_and_algorithms_stand_beside_what_happened",
        ])
        .seen(&[E::DocumentPublished])
        .beside("the public pages")
        .exports(&[16])
        .is(State::Proved)
        .rest("the text is a draft until the owner read it")
        .owner(Owner::DataProtectionOfficer),
    low("4.1.2.2", "users and relying parties are told what they must do")
        .by("`help.md`, `relying-parties.md`")
        .tests(&["both_languages_have_the_same_pages_points_and_links"])
        .beside("`/hjaelp`; relying parties are handed theirs")
        .exports(&[16])
        .is(State::Proved)
        .rest("the text"),
    low("4.1.2.3", "the six duties of the holder stand in the terms")
        .by("`02-duties.md`, held against the list by a test")
        .tests(&["the_terms_hold_six_duties_and_seven_conditions"])
        .seen(&[E::TermsAccepted])
        .exports(&[16])
        .is(State::Proved)
        .rest("the text"),
    substantial("4.1.2.4", "the same at Substantial")
        .by("as 4.1.2.1 to 4.1.2.3")
        .tests(&[
            "both_languages_have_the_same_pages_points_and_links",
            "the_terms_hold_six_duties_and_seven_conditions",
        ])
        .seen(&[E::TermsAccepted])
        .exports(&[16])
        .is(State::Proved)
        .rest("the text"),
    low("4.1.3.1", "information security is managed, for this service too")
        .exports(&[13, 17])
        .is(State::Owners)
        .owner(Owner::SecurityOfficer),
    substantial("4.1.3.2", "by the principles of ISO 27001").is(State::Owners).owner(Owner::SecurityOfficer),
    substantial("4.1.3.3", "a contingency plan for all that matters")
        .by("a restored database issues nothing until what was taken away since is taken away again \
            (`compare_outside.rs`, `recover.rs`)")
        .tests(&[
            "a_backup_from_before_the_block_issues_nothing_until_it_is_recovered",
            "interrupted_at_any_step_a_recovery_goes_on_and_nothing_is_issued_meanwhile",
            "end2end/tests/recover.spec.ts: a restored backup revives no blocked login",
        ])
        .seen(&[E::RecoveryBegun, E::Recovered, E::OutsideApart])
        .exports(&[17])
        .is(State::Owners)
        .rest("the software's part proved; the plan and its drills are the owner's")
        .owner(Owner::SecurityOfficer),
    low("4.1.4.1", "what matters is archived and protected")
        .by("append-only trail, personal fields sealed per person (`audit.rs`, `record.rs`)")
        .tests(&[
            "a_changed_row_is_found_wherever_it_was_changed",
            "nobody_changes_or_removes_a_row_past_the_store",
            "a_persons_part_of_the_trail_opens_with_her_own_key_alone",
        ])
        .seen(&[E::TrailExported])
        .beside("`audit verify`")
        .exports(&[10, 15])
        .is(State::Proved),
    low("4.1.4.2", "and recorded by an effective system, with respect for data protection")
        .by("every change leaves its event, of a catalogue, in the transaction that made it \
            (`catalogue.rs`, `record.rs`)")
        .tests(&[
            "every_use_case_that_changes_something_leaves_an_event",
            "no_two_kinds_share_a_word_and_each_is_in_the_catalogue",
            "a_server_killed_at_any_moment_keeps_what_was_told_on_sqlite",
            "a_server_killed_at_any_moment_keeps_what_was_told_on_postgres",
        ])
        .beside("`audit verify`")
        .exports(&[2, 10])
        .is(State::Proved),
    low("4.1.4.3", "kept as long as audit and investigation need it, then deleted safely")
        .by("once a day what was kept long enough is deleted by a rule that stands in the trail; who \
            left long ago is erased by two operators, with the key of her part of the trail, which lies apart \
            from the database and its backups (`retention.rs`, `keep_retention.rs`, `erasure.rs`, \
            `approve_erasure.rs`, `person_keys.rs`)")
        .tests(&[
            "nobody_changes_or_removes_a_row_past_the_store",
            "details_of_signing_in_go_after_thirteen_months_and_central_events_after_five_years",
            "killed_at_any_step_a_run_goes_on_and_nothing_is_lost_or_false",
            "sent_notices_are_forgotten_after_thirty_days",
            "a_row_expired_by_rule_verifies",
            "a_row_emptied_without_a_rule_is_found",
            "a_row_emptied_before_its_time_is_found",
            "an_erased_person_leaves_a_trail_that_verifies_without_her_data",
            "nobody_is_erased_before_her_time_nor_while_somebody_needs_what_is_kept",
            "a_copy_of_the_keys_that_was_put_back_opens_nothing_of_who_was_erased",
        ])
        .seen(&[E::RowsExpired, E::RetentionDone, E::ErasureProposed, E::ErasureRefused, E::PersonErased])
        .beside("`audit verify`, `[retention]`")
        .exports(&[15])
        .is(State::Proved)
        .rest("how long beyond the default is the owner's to decide")
        .owner(Owner::DataProtectionOfficer),
    substantial("4.1.4.4", "the same at Substantial")
        .by("as 4.1.4.1 to 4.1.4.3")
        .tests(&[
            "a_changed_row_is_found_wherever_it_was_changed",
            "a_persons_part_of_the_trail_opens_with_her_own_key_alone",
            "details_of_signing_in_go_after_thirteen_months_and_central_events_after_five_years",
            "a_row_expired_by_rule_verifies",
            "a_row_emptied_before_its_time_is_found",
        ])
        .seen(&[E::RetentionDone])
        .beside("`audit verify`, `[retention]`")
        .exports(&[10, 15])
        .is(State::Proved),
];

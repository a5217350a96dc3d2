//! Chapter 5.2: the link between a person and the organisation.

use super::{Owner, Requirement, State, low, substantial};
use crate::audit::EventKind as E;

pub(super) const ROWS: &[Requirement] = &[
    low("5.2.1", "both sides can suspend or end the relation")
        .by("by HR's line, and by the person with a fresh code, on a page that says what happens \
            (`end_association.rs`, `close_associations.rs`); both are told, and HR's next file opens \
            nothing")
        .tests(&[
            "an_end_in_the_past_closes_the_relation_and_without_another_one_the_login",
            "the_last_one_closes_the_login_at_once_and_everybody_concerned_is_told",
            "with_another_one_the_login_stays",
            "a_file_of_hrs_that_still_lists_it_opens_nothing",
        ])
        .seen(&[E::AssociationClosed])
        .exports(&[6, 7])
        .is(State::Proved),
    low("5.2.2", "the organisation has that right, and over the means issued through it")
        .by("HR's file ends relations; an operator closes a login at once, and two give it back \
            (`import_employees.rs`, `hold_login.rs`, `lift_hold.rs`)")
        .tests(&[
            "an_end_in_the_past_closes_the_relation_and_without_another_one_the_login",
            "an_operator_closes_a_login_at_once_and_its_owner_hears_whom_to_call",
            "two_operators_lift_it_and_only_she_opens_it_with_mitid",
        ])
        .seen(&[E::AssociationClosed, E::Held])
        .exports(&[4, 6])
        .is(State::Proved)
        .rest("by file and command; pages open")
        .owner(Owner::HumanResources),
    low("5.2.3", "it is gone when the person leaves the organisation")
        .by("last day inclusive, in Danish time; roles end with the last relation, and one who cannot be dealt with \
            keeps nobody waiting behind her (`association.rs`, `close_associations.rs`, `end_roles.rs`, `chores.rs`)")
        .tests(&[
            "it_holds_from_the_first_to_the_last_day_inclusive",
            "the_last_day_counts_and_the_day_after_closes",
            "a_relation_past_its_last_day_gets_no_token_though_nobody_closed_it_yet",
            "the_roles_of_somebody_who_leaves_end_with_her_last_relation_and_do_not_come_back",
            "one_who_cannot_be_dealt_with_keeps_nobody_waiting_behind_her",
        ])
        .seen(&[E::AssociationClosed])
        .exports(&[6])
        .is(State::Proved),
    low("5.2.4", "the person is proved at Low or above")
        .by("becomes active at the end of the enrolment only, and that takes a proof at Substantial \
            (`association.rs`, `finish_enrolment.rs`)")
        .tests(&[
            "one_that_is_not_activated_names_nobody",
            "nobody_finishes_without_terms_proof_password_and_factor",
        ])
        .seen(&[E::AssociationActivated])
        .exports(&[7])
        .is(State::Proved),
    low(
        "5.2.5",
        "it rests on the CVR register or another authoritative source, the organisation \
                included",
    )
    .by("the source is HR's feed, named in each row (`import_employees.rs`)")
    .tests(&["every_run_is_recorded_with_its_file_source_and_operator"])
    .seen(&[E::PersonImported, E::AssociationActivated])
    .beside("`source` and `import`")
    .exports(&[7])
    .is(State::Proved),
    low("5.2.6", "the person is not barred from acting for it")
        .by("holds and the register are looked at when it is made active and at each token \
            (`finish_enrolment.rs`, `issue.rs`)")
        .tests(&[
            "a_last_day_that_passes_at_midnight_is_not_activated_though_nobody_closed_it_yet",
            "each_missing_thing_is_named",
            "a_relation_that_ends_after_the_proof_ends_the_enrolment",
        ])
        .seen(&[E::AssociationActivated, E::TokenRefused])
        .exports(&[7, 11])
        .is(State::Proved),
    substantial("5.2.7", "the person is proved at Substantial before the relation works")
        .by("becomes active at the end of the enrolment only (`association.rs`, \
            `finish_enrolment.rs`)")
        .tests(&[
            "one_that_is_not_activated_names_nobody",
            "nothing_below_substantial_anywhere_is_ever_proved",
            "a_further_relation_of_somebody_with_a_login_is_active_at_once",
        ])
        .seen(&[E::AssociationActivated])
        .exports(&[7])
        .is(State::Proved),
    substantial("5.2.8", "it is made under the organisation's control")
        .by("HR feed, recorded with file hash and operator; a file that changes too much waits for a \
            reason (`import_employees.rs`, `hr.rs`)")
        .tests(&[
            "every_run_is_recorded_with_its_file_source_and_operator",
            "a_file_that_ends_everyone_is_refused_and_changes_nothing_until_somebody_says_why",
        ])
        .seen(&[E::FeedImported, E::FeedRefused])
        .exports(&[7])
        .is(State::Proved),
    substantial("5.2.9", "how relations are made is audited")
        .by("each relation names the import it came from, and that its file, source and operator \
            (`import_employees.rs`)")
        .tests(&["every_run_is_recorded_with_its_file_source_and_operator"])
        .seen(&[E::FeedImported, E::PersonImported, E::AssociationActivated])
        .exports(&[7])
        .is(State::Proved)
        .rest("the audit itself is ordered by the owner")
        .owner(Owner::Management),
    substantial("5.2.10", "checked on CVR and on what is unique of the person")
        .by("CVR in every relation and answer; sealed CPR number (`association.rs`, `person.rs`)")
        .tests(&[
            "the_same_cpr_number_is_one_person_with_several_relations",
            "an_employee_number_of_another_person_is_refused",
            "two_people_never_share_a_number",
        ])
        .seen(&[E::AssociationActivated])
        .exports(&[7])
        .is(State::Proved),
    substantial("5.2.11", "person and organisation are told")
        .by("two notices (`finish_enrolment.rs`)")
        .tests(&[
            "person_and_organisation_hear_that_it_is_active_and_nobody_is_invited_any_more",
            "every_notice_is_whole_in_both_languages",
        ])
        .seen(&[E::NoticeSent])
        .exports(&[7])
        .is(State::Proved),
];

//! Chapter 3.1: terms, application, proof of who somebody is.

use super::{Owner, Requirement, State, low, substantial};
use crate::audit::EventKind as E;

pub(super) const ROWS: &[Requirement] = &[
    low("3.1.1.1", "the applicant is told the terms")
        .by("five short pages, each shown page recorded; versions are hashes of the text in both \
            languages, published by two administrators and never changed (`terms.rs`, `publication.rs`, \
            `read_terms.rs`, `approve_terms.rs`)")
        .tests(&[
            "text_cannot_move_between_pages_without_changing_the_hash",
            "one_writes_another_publishes_and_every_instance_says_the_same_from_the_day_on",
            "published_terms_cannot_be_changed_past_the_store",
            "terms_are_accepted_only_read_in_order_to_the_end_and_ticked",
        ])
        .seen(&[E::TermsPageShown, E::TermsProposed, E::TermsPublished])
        .exports(&[1, 16])
        .is(State::Proved),
    low("3.1.1.2", "she is told the precautions demanded of her")
        .by("the six duties and seven conditions are a page of their own (`02-duties.md`)")
        .tests(&["the_terms_hold_six_duties_and_seven_conditions"])
        .seen(&[E::TermsPageShown])
        .exports(&[1, 16])
        .is(State::Proved),
    low("3.1.1.3", "the data the proof needs are collected")
        .by("from HR; a line that lacks something is refused (`hr.rs`, `person.rs`, \
            `import_employees.rs`)")
        .tests(&[
            "values_are_normalised_or_refused",
            "what_cannot_be_read_or_stands_twice_is_reported_in_the_order_of_the_file",
        ])
        .seen(&[E::FeedImported, E::PersonImported, E::FeedRefused])
        .exports(&[1, 7])
        .is(State::Proved),
    substantial("3.1.1.4", "she accepts the terms and says that she read them")
        .by("an unticked box; refused with a page missing, out of order, or another version \
            (`terms.rs`, `read_terms.rs`)")
        .tests(&[
            "a_skipped_page_is_refused_and_the_next_one_named",
            "the_box_must_be_ticked_and_the_version_still_hold",
            "terms_that_change_between_accept_and_proof_are_read_before_anything_is_stored",
            "new_terms_interrupt_and_accepting_them_goes_on",
            "whoever_accepted_is_asked_again_only_where_everybody_is",
            "an_accept_is_proved_by_its_text_its_pages_its_tick_and_its_level",
        ])
        .seen(&[E::TermsAccepted, E::TermsDeclined])
        .beside("version, hash, pages, time, address and level at `/revision/vilkaar`")
        .exports(&[1, 16])
        .is(State::Proved),
    low("3.1.2.1", "a described process of verification is carried out")
        .by("the enrolment is a state machine; each proofing names its process version \
            (`enrolment.rs`, `proofing.rs`, `finish_enrolment.rs`)")
        .tests(&[
            "nobody_finishes_without_terms_proof_password_and_factor",
            "finishing_needs_every_step_and_twice_is_once",
        ])
        .seen(&[E::EnrolmentBegun, E::IdentityProved, E::EnrolmentFinished])
        .exports(&[1])
        .is(State::Proved),
    low("3.1.2.2", "she very likely holds recognised evidence of who she is")
        .by("MitID at Substantial with loa, ial and aal each at least Substantial (`proofing.rs`, \
            `finish_proof.rs`)")
        .tests(&[
            "each_level_is_demanded_by_itself",
            "nothing_but_the_three_exact_levels_passes",
            "every_refusal_of_a_proof_leaves_an_event_and_nothing_else_and_she_can_try_again",
        ])
        .seen(&[E::IdentityProved, E::ProofRefused])
        .exports(&[1])
        .is(State::Proved)
        .rest("a registrar's desk open"),
    low("3.1.2.3", "the evidence can be taken for genuine and valid")
        .by("only a signed answer of the pinned broker counts, and only for the flow that asked \
            (`callback.rs`, `id_token.rs`)")
        .tests(&["what_does_not_hold_is_refused", "a_callback_works_once_in_its_browser_and_in_its_time"])
        .seen(&[E::IdentityProved, E::ProofRefused])
        .exports(&[1])
        .is(State::Proved)
        .rest("a registrar's desk open"),
    substantial("3.1.2.4", "evidence with photo or biometrics, or a process equal to it")
        .by("MitID at Substantial is such a process; the three levels are demanded one by one, and \
            the CPR number must be hers (`proofing.rs`)")
        .tests(&[
            "each_level_is_demanded_by_itself",
            "nothing_below_substantial_anywhere_is_ever_proved",
            "another_persons_mitid_and_one_without_cpr_are_refused",
        ])
        .seen(&[E::IdentityProved, E::ProofRefused])
        .exports(&[1])
        .is(State::Proved)
        .rest("a registrar's desk, where documents are looked at, open"),
    substantial("3.1.2.5", "the evidence is genuine, or known at an authoritative source")
        .by("signed answer of the pinned broker, fresh, for this flow (`callback.rs`, `id_token.rs`, \
            `proofing.rs`)")
        .tests(&[
            "an_old_sign_in_at_the_broker_proves_nothing",
            "whatever_is_not_ours_or_not_now_is_refused",
            "what_does_not_hold_is_refused",
        ])
        .seen(&[E::IdentityProved])
        .beside("the broker's receipt or its hash")
        .exports(&[1])
        .is(State::Proved),
    substantial(
        "3.1.2.6",
        "the evidence is not lost, revoked or expired, and she is neither dead nor missing",
    )
    .by("no proofing without a status from the register (`proofing.rs`, `finish_proof.rs`)")
    .tests(&[
        "the_dead_the_missing_and_withdrawn_numbers_are_refused",
        "the_register_may_say_missing_or_nothing",
        "while_the_register_is_silent_she_waits_and_nobody_is_proved",
    ])
    .seen(&[E::IdentityProved, E::ProofRefused])
    .beside("status, source and time in `proof.accepted`")
    .exports(&[1, 3])
    .is(State::Proved)
    .rest("looked at with each proof, and between two proofs by nobody"),
    substantial("3.1.2.7", "manual checks are made by specially trained staff only")
        .by("registrar is a role that expires; nobody checks by hand today (`role.rs`)")
        .tests(&[
            "a_role_gives_no_rights_before_its_owner_accepted_it_and_runs_out",
            "a_role_takes_two_operators_and_her_own_acceptance",
        ])
        .seen(&[E::RoleProposed, E::RoleAccepted])
        .exports(&[8])
        .is(State::Wired)
        .rest("wired as a role; desk and training register open")
        .owner(Owner::CitizenService),
    substantial("3.1.2.8", "whoever registers somebody else is authenticated at Substantial")
        .by("the role is accepted in a session at Substantial, with every factor just shown \
            (`roles.rs`)")
        .tests(&[
            "a_role_gives_no_rights_before_its_owner_accepted_it_and_runs_out",
            "accepting_takes_factors_just_shown_in_a_session_that_lives",
            "an_overdue_proof_accepts_no_role",
        ])
        .seen(&[E::RoleAccepted])
        .exports(&[8])
        .is(State::Wired)
        .rest("wired as a role; desk open"),
    low("3.1.3.1", "that the legal entity exists is documented")
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
    low("3.1.3.2", "its name, form and CVR number are settled")
        .by("one entity an installation: eight digits in the configuration, in every answer \
            (`config.rs`, `association.rs`)")
        .tests(&["a_complete_configuration_is_accepted"])
        .exports(&[13])
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
    low("3.1.3.3", "it is not barred from acting, as by bankruptcy")
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
    low("3.1.3.4", "who registers it may be taken to have the authority")
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
    low("3.1.3.5", "and is authenticated at Low or above")
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
    substantial("3.1.3.6", "reasonable steps are taken to verify that authority")
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
    substantial("3.1.3.7", "and at Substantial or above")
        .is(State::NotDemanded)
        .rest("legal entities are not subjects here; the only one is the municipality itself")
        .owner(Owner::Management),
];

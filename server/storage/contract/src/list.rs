//! The list of promises. A test below holds it against the sources, so that none is forgotten.

/// Makes one test of each promise. Takes the path of an async function that gives a fresh
/// [`Subject`](crate::Subject) or an error.
#[macro_export]
macro_rules! contract_tests {
    ($make:path) => {
        $crate::tests! { $make;
            transactions:
                what_is_dropped_leaves_nothing
                a_fault_in_the_middle_leaves_nothing_either
                a_write_that_fails_refuses_the_commit_and_leaves_nothing
                nothing_is_kept_after_a_failure_that_was_passed_over
                a_question_sees_what_its_transaction_wrote_and_others_do_not
                more_writes_than_go_in_one_message_are_kept_in_order
                what_is_committed_is_there_for_readers
                a_reader_sees_one_state_while_others_write
                a_reader_cannot_write
                a_look_sees_what_is_committed_and_cannot_write
                who_goes_away_in_the_middle_leaves_nothing;
            blocking:
                a_printed_code_is_known_as_its_owners_used_or_not
                a_new_sheet_kills_the_old_one
                a_notice_comes_back_with_the_epoch_it_was_queued_in
                open_visits_at_a_service_end_together_and_no_others
                a_visit_is_told_under_a_lease_until_it_is_settled;
            people:
                a_person_comes_back_as_she_was
                nobody_is_found_where_nobody_is
                nobodys_standing_is_a_fault_and_never_active
                a_person_is_found_by_any_index_of_her_number
                two_people_never_share_a_number
                a_number_may_be_replaced_by_a_free_one_only
                the_number_and_the_key_are_kept_sealed_beside_her
                a_change_keeps_number_and_epoch
                a_change_of_somebody_who_is_not_there_is_a_fault
                a_user_name_stays_hers_after_she_changed_it
                a_user_name_somebody_once_had_is_given_to_nobody_else
                a_reserved_name_cannot_be_freed_past_the_store
                every_hold_is_kept_and_raises_the_epoch
                a_hold_whose_epoch_does_not_rise_is_refused
                a_hold_waits_for_a_session_being_made
                her_standing_held_steady_is_her_standing
                lifting_takes_the_holds_of_one_origin_and_raises_the_epoch;
            reconfirmation:
                the_newest_proof_and_name_are_told_together
                a_proof_that_runs_out_is_noted_once;
            relations:
                relations_come_back_as_they_were_the_oldest_first
                a_relation_is_changed_but_never_opened_again
                a_relation_never_passes_to_another_person
                an_employee_number_is_open_once_and_may_return_after_its_end
                open_relations_are_counted_and_those_past_their_last_day_listed
                the_newest_accept_counts
                nobody_accepts_terms_that_were_never_kept
                the_newest_proof_counts
                a_role_is_kept_as_far_as_it_came
                a_role_never_passes_to_another_person
                a_run_of_the_feed_is_remembered_once;
            credentials:
                the_newest_password_replaces_the_one_before
                a_password_is_found_by_the_name_of_its_owner
                an_app_comes_back_with_its_sealed_seed
                a_step_counts_once_and_never_an_older_one
                of_two_who_type_the_same_code_at_once_one_gets_in
                wrong_answers_are_counted_at_each_door_alone
                a_right_answer_ends_the_row_and_not_the_months_count
                a_thousand_strangers_are_counted_and_take_little_room
                old_wrong_answers_are_forgotten
                of_guesses_at_once_each_sees_those_before_it
                the_nth_newest_wrong_answer_is_found
                one_taken_back_counts_no_more
                a_guess_is_counted_and_taken_back_at_all_its_doors_at_once
                what_stands_behind_a_guesss_doors_is_read_in_one
                looking_at_codes_reads_the_same_beside_whoever_counts
                wrong_codes_are_counted_since_a_time_or_the_last_proof
                wrong_codes_and_their_stop_are_kept_whatever_their_age
                a_source_is_known_for_one_person_until_it_is_forgotten
                revoked_means_are_gone_and_nobody_elses;
            devices:
                a_delivery_comes_back_as_it_was
                a_number_is_there_once_and_a_delivery_comes_whole_or_not
                every_life_of_a_device_comes_back
                a_code_of_a_device_is_spent_once_and_never_an_older_one
                of_two_who_type_the_same_code_of_a_device_at_once_one_gets_in
                what_a_person_signs_in_with_is_put_aside_and_stays_with_her
                seeds_of_devices_lie_beside_those_of_apps_for_sealing_anew
                past_the_store_no_device_goes_nor_a_used_code_comes_back;
            flows:
                a_flow_comes_back_as_it_was
                a_flow_goes_on_but_never_to_another_browser
                a_used_up_flow_is_gone_and_cannot_be_saved
                a_locked_flow_is_used_up_with_the_commit_and_once
                of_two_callbacks_at_once_one_uses_the_flow
                a_flow_is_not_used_up_by_a_transaction_that_failed
                all_flows_of_a_person_end_and_nobody_elses
                flows_are_swept_without_waiting_for_one_in_use
                all_flows_of_a_person_but_one_browsers_end
                flows_that_ran_out_are_deleted
                a_newer_invitation_replaces_the_one_before
                an_ended_invitation_opens_nothing
                an_open_enrolment_is_listed_once_old_enough_and_not_after_its_end;
            sessions:
                a_session_comes_back_as_it_was
                a_browsers_session_is_its_newest_that_was_not_ended
                its_use_is_noted_and_never_backwards
                an_ended_session_is_ended_once_and_not_revived_by_use
                a_session_replaces_the_one_of_its_browser
                a_browsers_session_comes_with_its_person
                the_evidence_of_a_session_is_what_each_question_says
                all_sessions_of_a_person_end_and_nobody_elses
                old_sessions_are_deleted;
            services:
                a_connection_comes_back_by_id_and_entity_id
                a_connection_saved_again_keeps_its_id
                a_message_is_new_once_for_each_service
                of_two_copies_of_a_message_at_once_one_is_new
                messages_too_old_to_be_replayed_are_forgotten
                signing_keys_come_back_newest_first;
            trail:
                a_row_comes_back_byte_for_byte
                rows_wait_for_the_chain_in_the_order_they_were_written
                a_chained_row_waits_no_longer
                a_row_taken_out_of_the_line_for_the_chain_is_found
                an_empty_chain_ends_at_its_start
                the_chain_is_read_in_pages_each_link_with_its_row
                a_link_whose_row_is_gone_shows
                of_two_sequencers_at_once_one_waits_for_the_other
                a_row_or_link_is_written_once
                nobody_changes_or_removes_a_row_past_the_store
                the_newest_rows_about_a_person_come_first
                rows_of_a_kind_are_counted_from_a_time_on;
            checkpoints:
                a_lane_is_counted_on_after_a_commit_and_not_after_a_rollback
                of_two_transactions_at_once_each_has_a_lane_of_its_own
                a_commit_nobody_knows_of_ends_its_lane
                links_are_read_without_their_rows
                places_are_found_by_time
                nodes_are_kept_once_and_read_side_by_side
                a_checkpoint_is_kept_once_and_comes_back_as_it_was
                checkpoints_cannot_be_changed_past_the_store;
            tampering:
                a_changed_row_is_found_wherever_it_was_changed
                the_first_and_the_last_row_are_missed_as_well
                a_row_taken_away_before_it_was_chained_leaves_a_gap_in_its_lane
                a_removed_row_is_found_with_or_without_its_link
                a_removed_row_that_was_still_waiting_is_found
                a_swapped_row_is_found
                an_added_row_is_found_while_it_waits_and_after_it_was_chained
                an_added_row_that_hides_from_the_sequencer_is_found
                rows_that_are_not_chained_yet_are_counted_and_hold
                the_trail_cannot_be_changed_while_its_guards_stand;
            post:
                what_is_due_is_taken_in_order_as_it_was
                each_lane_is_taken_by_itself
                nothing_leaves_before_its_transaction_is_committed
                what_is_leased_is_taken_by_nobody_else_until_the_lease_is_over
                of_two_instances_at_once_none_takes_the_others
                what_was_sent_is_never_taken_again
                what_failed_waits_for_its_retry_and_counts
                a_dead_letter_is_counted_and_never_taken
                what_has_not_left_can_be_withdrawn
                what_was_sent_is_deleted_in_time_and_what_waits_is_not;
            outside:
                records_wait_in_order_until_they_have_a_place
                a_record_waits_with_its_transaction_or_not_at_all
                a_place_is_given_once_and_a_record_keeps_its_own
                a_file_outside_is_known_by_how_far_it_was_written
                one_recovery_is_under_way_at_a_time_and_is_ended_once
                everybody_is_read_in_pages_and_an_epoch_only_rises;
            reach:
                what_she_decided_stands_beside_what_hr_holds
                a_newer_decision_replaces_the_one_before_and_may_be_forgotten
                a_file_of_hrs_leaves_what_she_decided
                one_notice_is_dropped_and_its_like_stays
                the_rows_of_a_request_are_found_without_the_sending_of_notices
                all_accepts_and_proofs_come_back_the_newest_first;
            kept:
                a_database_is_stamped_once
                a_stamp_cannot_be_changed_past_the_store
                sealed_numbers_are_read_in_pages
                a_number_is_sealed_and_indexed_anew_unless_it_changed_meanwhile
                trail_keys_are_read_in_pages
                a_signing_key_is_sealed_anew
                one_rotation_is_under_way_at_a_time_and_is_ended_once
                each_step_of_a_key_is_told_once
                seeds_are_read_in_pages_and_sealed_anew
                a_trail_key_is_wrapped_anew
                a_trail_key_read_before_is_not_remembered_after_it_was_wrapped_anew
                a_shredded_trail_key_stays_shredded
                the_database_tells_its_time;
            rotation:
                after_a_rotation_everything_lies_under_the_new_keys_and_works
                a_link_mailed_under_older_keys_still_opens
                interrupted_at_any_step_it_goes_on_and_everybody_is_found_meanwhile
                what_was_counted_before_the_interruption_counts
                announced_keys_open_and_seal_nothing_yet
                people_under_either_index_are_found_and_nobody_is_added_twice
                an_older_key_is_retired_when_its_time_is_over_and_not_before
                a_key_something_still_lies_under_is_not_retired
                keys_for_names_are_never_rotated;
            browser:
                a_browsers_session_comes_back_as_it_was
                an_id_that_is_taken_is_replaced
                saving_changes_what_is_there
                saving_never_brings_back_what_was_deleted
                what_ran_out_is_not_there_and_is_swept_away;
        }
    };
}

/// Makes one test of each promise that only holds where two transactions write at a time. Takes the path of an async
/// function that gives a fresh [`TwoWriters`](crate::TwoWriters) or an error.
#[macro_export]
macro_rules! two_writer_tests {
    ($make:path) => {
        $crate::tests! { $make;
            two_writers:
                a_hold_waits_while_a_person_is_read_steadily
                a_session_waits_for_a_hold_and_sees_its_epoch
                a_second_sequencer_waits_and_goes_on_where_the_first_ended
                a_second_callback_waits_and_finds_the_flow_used_up
                a_second_copy_of_a_message_waits_and_is_a_replay
                the_row_of_a_slow_transaction_is_not_skipped
                notices_another_is_taking_are_passed_over_without_waiting
                a_person_read_steadily_by_two_keeps_neither_waiting
                a_second_guess_at_a_door_waits_and_sees_the_first
                a_second_code_of_a_person_waits_and_sees_the_first
                a_number_somebody_is_changing_is_passed_over_without_waiting
                a_decision_that_waited_sees_the_session_ended_meanwhile;
        }
    };
}

/// One module for each file of promises, one test for each promise.
#[doc(hidden)]
#[macro_export]
macro_rules! tests {
    ($make:path; $($file:ident: $($promise:ident)+;)+) => {$(
        mod $file {
            $(
                #[tokio::test]
                async fn $promise() -> $crate::Kept {
                    $crate::$file::$promise(&$make().await?).await
                }
            )+
        }
    )+};
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_promise_is_on_the_list() {
        let list = include_str!("list.rs");
        for source in [
            include_str!("transactions.rs"),
            include_str!("people.rs"),
            include_str!("reconfirmation.rs"),
            include_str!("relations.rs"),
            include_str!("credentials.rs"),
            include_str!("devices.rs"),
            include_str!("flows.rs"),
            include_str!("sessions.rs"),
            include_str!("services.rs"),
            include_str!("trail.rs"),
            include_str!("checkpoints.rs"),
            include_str!("tampering.rs"),
            include_str!("post.rs"),
            include_str!("reach.rs"),
            include_str!("kept.rs"),
            include_str!("outside.rs"),
            include_str!("rotation.rs"),
            include_str!("browser.rs"),
            include_str!("two_writers.rs"),
        ] {
            for line in source.lines().filter_map(|line| line.strip_prefix("pub async fn ")) {
                let name = line.split('(').next().unwrap();
                assert!(list.contains(&format!("    {name}")), "{name} is not on the list");
            }
        }
    }
}

//! Which day of the year brings what.

use super::life::Life;
use super::{ADMINISTRATOR, AUDITOR, Calendar, FOLLOWED};
use domain::SignedDuration;
use domain::role::RoleKind;

impl Life<'_> {
    /// The two months before the first day.
    pub(super) async fn before(&mut self) {
        self.begins_outside().await;
        self.meet_keys().await;
        self.publishes(&[("privacy", "1.0"), ("service", "1.0")]).await;
        self.crowd_begins().await;
        self.day(-59);
        for n in 0..4 {
            self.enrol(n).await;
        }
        self.day(-58);
        self.is_given(RoleKind::Auditor, 2).await;
        for n in [0, 1] {
            self.is_given(RoleKind::Administrator, n).await;
        }
        self.day(-50);
        self.connect().await;
        self.crowd_works().await;
        self.edge(Calendar::period(self.calendar.year()).from).await;
    }

    /// To the first day of the quarter: blocks by each door, and what owners make of them.
    pub(super) async fn winter(&mut self) {
        self.month(2).await;
        self.day(10);
        self.types_a_wrong_code(3).await;
        self.blocks_by_session(3).await;
        self.day(12);
        self.enrol(4).await;
        self.blocks_by_code(4).await;
        self.day(13);
        self.opens_again(3).await;
        self.day(14);
        self.enrol(5).await;
        self.blocks_by_notice(5).await;
        self.day(15);
        self.opens_again(5).await;
        self.retention().await;
        self.day(16);
        self.enrol(6).await;
        self.blocks_by_password(6).await;
        self.day(17);
        self.opens_again(4).await;
        self.day(18);
        self.enrol(7).await;
        self.blocks_by_mitid(7).await;
        self.day(20);
        self.opens_again(7).await;
        self.enrol(8).await;
        self.blocks_by_session(8).await;
        self.a_name_is_taken().await;
        self.day(24);
        self.opens_again(6).await;
        self.month(32).await;
        self.day(33);
        self.reconnect().await;
        self.day(40);
        self.is_given_no_role().await;
        self.day(45);
        self.retention().await;
        self.is_held_while_no_letter_leaves().await;
        self.day(51);
        self.never_opened(8).await;
        self.edge(Calendar::period(self.calendar.quarter()).from).await;
    }

    /// The quarter.
    pub(super) async fn spring(&mut self) {
        self.day(60);
        for n in 9..=16 {
            self.enrol(n).await;
        }
        self.enrols_with_a_device(17).await;
        self.month(62).await;
        self.day(65);
        self.forgets_her_password(12).await;
        self.day(70);
        self.is_held_and_let_go(FOLLOWED).await;
        self.day(72);
        self.opens_again(FOLLOWED).await;
        self.day(75);
        self.is_dead_says_the_register(16).await;
        self.day(76);
        self.retention().await;
        self.day(77);
        self.the_seed_leaks(17).await;
        self.day(80);
        self.leave(&[10], 85).await;
        self.day(86);
        self.is_over(85).await;
        self.month(92).await;
        self.day(95);
        self.works_at_services(11).await;
        self.day(100);
        self.rotate_keys().await;
        self.day(105);
        self.publishes(&[("privacy", "2.0"), ("service", "1.0")]).await;
        self.day(110);
        self.publish_terms(115).await;
        self.day(120);
        for n in [13, 14] {
            self.sign_in_and_accept(n).await;
        }
        self.declines(15).await;
        self.month(122).await;
        self.day(123);
        self.the_password_leaks(13).await;
        self.day(131);
        self.is_held_for_it(13).await;
        self.day(134);
        self.opens_again(13).await;
        self.day(135);
        self.retire_keys().await;
        self.day(136);
        self.retention().await;
        self.day(150);
        self.is_not_erased(10).await;
        self.edge(Calendar::period(self.calendar.quarter()).before).await;
    }

    /// Until after its last day.
    pub(super) async fn rest(&mut self) {
        self.month(152).await;
        self.month(182).await;
        self.day(200);
        self.audits(2).await;
        self.day(201);
        self.clocks_go_apart().await;
        self.verifies().await;
        self.day(205);
        self.many_block().await;
        self.month(212).await;
        self.day(215);
        self.publishes(&[("privacy", "2.0"), ("service", "2.0")]).await;
        self.day(236);
        self.none_of_them_opened().await;
        self.month(242).await;
        self.month(272).await;
        self.day(275);
        self.leave(&[], 280).await;
        self.day(281);
        self.is_over(280).await;
        self.day(290);
        self.recovers().await;
        self.month(302).await;
        // The roles of the first administrators are over: operators propose again.
        self.day(320);
        for (n, role) in [(AUDITOR, RoleKind::Auditor), (ADMINISTRATOR, RoleKind::Administrator)] {
            self.enrol(n).await;
            self.is_given(role, n).await;
        }
        self.month(332).await;
        self.day(345);
        self.retention().await;
        self.edge(Calendar::period(self.calendar.year()).before).await;
        self.rig.clock.advance(SignedDuration::from_hours(1));
        self.letters().await;
        self.sequence().await;
    }

    /// What every month brings.
    async fn month(&mut self, day: i64) {
        self.day(day);
        self.hands_in(day).await;
        self.crowd_joins().await;
        self.crowd_works().await;
        self.sequence().await;
    }

    /// Time goes on to the morning of a day.
    fn day(&self, n: i64) {
        self.go(self.calendar.morning(n));
    }
}

//! Everybody else. HR imports all of them. Some, drawn by chance, walk day one and use their logins as people do, step by
//! step; what the others do is written past the use cases (`written.rs`), with rows made of the same thing they are held
//! against.
//!
//! So of those others exports prove that among very many rows none is missing, doubled, in another period or in an export it
//! does not belong in. That a deed leaves its row, and with what in it, is proved by those who walk.

use super::life::Life;
use super::people::{browser_of, ops1};
use crate::hr;
use domain::audit::EventKind;
use domain::hr::HrLine;
use domain::ids::PersonId;
use domain::{Date, SignedDuration};
use std::collections::BTreeSet;
use usecases::close_associations::close_associations;
use usecases::ports::chance::Clock as _;

/// How many leave on a day: a file that ends more is refused, until somebody says why (security decision 21).
const AT_ONCE: usize = 20;

/// The first of the crowd; before her are those who walk by themselves.
const FIRST: u32 = 20;
/// So many of the first are held at the edges of periods, and do nothing else.
const RESERVED: u32 = 9;
/// People of one transaction.
const BATCH: usize = 100;
/// One of so many walks by herself.
const WALKS: u64 = 30;
/// Months in which some join, once it began.
const MONTHS: u32 = 12;

/// How far the crowd has come.
pub(super) struct Crowd {
    people: u32,
    next: u32,
    enrolled: Vec<(u32, PersonId)>,
    leaving: Vec<(u32, PersonId)>,
    left: BTreeSet<u32>,
    worked: u32,
}

impl Crowd {
    pub(super) fn of(people: u32) -> Self {
        let (enrolled, leaving) = (Vec::new(), Vec::new());
        Self { people, next: FIRST, enrolled, leaving, left: BTreeSet::new(), worked: 0 }
    }

    /// One of those who are held at the edges.
    pub(super) fn reserved(at: u32) -> u32 {
        assert!(at < RESERVED, "one is kept for each edge");
        FIRST + at
    }

    /// She does nothing from now on that others do.
    pub(super) fn goes(&mut self, n: u32) {
        self.left.insert(n);
    }

    /// A message of a service nobody has sent yet.
    pub(super) fn message(&mut self) -> String {
        self.worked += 1;
        format!("_crowd-{}", self.worked)
    }

    /// Who is there and does what others do.
    pub(super) fn active(&self) -> Vec<(u32, PersonId)> {
        let there = |(n, _): &(u32, PersonId)| *n >= FIRST + RESERVED && !self.left.contains(n);
        self.enrolled.iter().copied().filter(there).collect()
    }
}

impl Life<'_> {
    /// Four of ten are there before the first day.
    pub(super) async fn crowd_begins(&mut self) {
        let many = (self.crowd.people - FIRST) * 4 / 10;
        self.these_join(FIRST + many.max(RESERVED)).await;
    }

    /// A month's share of those who join in the year.
    pub(super) async fn crowd_joins(&mut self) {
        let already = FIRST + (self.crowd.people - FIRST) * 4 / 10;
        let share = (self.crowd.people - already).div_ceil(MONTHS);
        self.these_join((self.crowd.next + share).min(self.crowd.people)).await;
    }

    /// HR's feed names everybody up to this one. Nine of ten begin day one at once, and those who walk always.
    async fn these_join(&mut self, before: u32) {
        let all = self.crowd.next..before;
        self.crowd.next = self.crowd.next.max(before);
        let (walk, others): (Vec<u32>, Vec<u32>) =
            all.partition(|n| *n >= FIRST + RESERVED && self.chance.once_in(WALKS));
        if !others.is_empty() {
            self.these_are_written(others).await;
        }
        for n in walk {
            self.rig.clock.advance(SignedDuration::from_mins(1));
            Box::pin(self.enrol(n)).await;
            let id = self.id(n);
            self.crowd.enrolled.push((n, id));
        }
    }

    async fn these_are_written(&mut self, people: Vec<u32>) {
        let ids = self.join(&people).await;
        self.rig.clock.advance(SignedDuration::from_mins(1));
        let mut begin = Vec::new();
        for (n, id) in people.into_iter().zip(ids) {
            if n < FIRST + RESERVED || !self.chance.once_in(10) {
                begin.push((n, id));
            }
        }
        for some in begin.chunks(BATCH) {
            self.these_enrol(some).await;
        }
        self.crowd.enrolled.extend(begin);
        self.letters().await;
    }

    /// One of four of them uses her login at a service.
    pub(super) async fn crowd_works(&mut self) {
        let mut at_work = self.crowd.active();
        at_work.retain(|_| self.chance.once_in(4));
        self.rig.clock.advance(SignedDuration::from_mins(1));
        let (walk, written): (Vec<_>, Vec<_>) =
            at_work.into_iter().partition(|(n, _)| self.walkers.contains_key(n));
        let walk = walk.into_iter().filter(|(n, _)| self.is_proved_still(*n)).collect::<Vec<_>>();
        for some in written.chunks(BATCH) {
            let mut tx = self.rig.change().await;
            for (n, id) in some {
                let cx = self.rig.browser(browser_of(*n));
                self.works(&cx, tx.as_mut(), *id).await;
            }
            tx.commit().await.expect("a store");
        }
        for (n, _) in walk {
            self.rig.clock.advance(SignedDuration::from_mins(1));
            Box::pin(self.uses_a_service(n)).await;
        }
        self.letters().await;
    }

    /// Whether her proof holds for some days yet: behind its year she would have to confirm anew.
    fn is_proved_still(&self, n: u32) -> bool {
        let age = self.rig.clock.now().duration_since(self.walkers[&n].proved);
        age < SignedDuration::from_hours(24 * 360)
    }

    /// HR's feed gives these a last day, and some of the crowd.
    pub(super) async fn leave(&mut self, walkers: &[u32], last: i64) {
        let mut leaving: Vec<_> = walkers.iter().map(|n| (*n, self.id(*n))).collect();
        for (at, some) in self.crowd.active().into_iter().enumerate() {
            let goes = at == 0 || self.chance.once_in(20);
            if goes && leaving.len() < AT_ONCE {
                leaving.push(some);
            }
        }
        let ends_on = Some(self.calendar.day(last));
        let lines = leaving.iter().map(|(n, _)| HrLine { ends_on, ..self.line(*n) }).collect();
        self.rig.import(lines).await.expect("a usual day");
        self.note(EventKind::FeedImported, ops1(), None);
        for (n, id) in &leaving {
            self.note(EventKind::PersonImported, ops1(), Some(*id)).fact("change", "relation");
            self.crowd.left.insert(*n);
        }
        self.crowd.leaving = leaving;
    }

    /// The day after.
    pub(super) async fn is_over(&mut self, last: i64) {
        let last: Date = self.calendar.day(last);
        let leaving = core::mem::take(&mut self.crowd.leaving);
        let closed = close_associations(&self.rig.cx()).await.expect("a store");
        assert_eq!(closed, u64::try_from(leaving.len()).expect("few"), "nobody else's is over");
        for (_, id) in leaving {
            self.fell(EventKind::AssociationClosed, id).fact("last-day", last);
            self.fell(EventKind::Held, id).fact("origin", "association");
        }
        self.letters().await;
    }

    /// HR's feed gives somebody new a user name that is taken.
    pub(super) async fn a_name_is_taken(&mut self) {
        let line = HrLine { user_name: hr::line(3).user_name, ..self.line(250_000) };
        let report = self.rig.import(vec![line]).await.expect("a usual day");
        assert_eq!((report.added, report.errors.len()), (0, 1), "the line is refused");
        self.note(EventKind::FeedImported, ops1(), None);
        self.note(EventKind::FeedRefused, ops1(), None).fact("column", "user_name");
    }
}

//! Where jobs wait for the threads that do them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Two lines before the same threads, served by turns: neither keeps the other waiting longer than for one of its own.
pub(crate) struct Line<T> {
    waiting: Mutex<Waiting<T>>,
    more: Condvar,
}

/// In which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Those that are known.
    Known,
    /// Everybody else.
    Others,
}

struct Waiting<T> {
    known: VecDeque<T>,
    others: VecDeque<T>,
    last: Side,
    closed: bool,
}

impl<T> Waiting<T> {
    /// The first of the side that was not served last; of the other where nobody waits there.
    fn take(&mut self) -> Option<T> {
        let sides = match self.last {
            Side::Known => [Side::Others, Side::Known],
            Side::Others => [Side::Known, Side::Others],
        };
        sides.into_iter().find_map(|side| {
            let next = self.side(side).pop_front()?;
            self.last = side;
            Some(next)
        })
    }

    fn side(&mut self, side: Side) -> &mut VecDeque<T> {
        match side {
            Side::Known => &mut self.known,
            Side::Others => &mut self.others,
        }
    }
}

impl<T> Line<T> {
    pub(crate) fn new() -> Self {
        let (known, others) = (VecDeque::new(), VecDeque::new());
        let waiting = Waiting { known, others, last: Side::Others, closed: false };
        Self { waiting: Mutex::new(waiting), more: Condvar::new() }
    }

    /// Lines up; gives it back once the line is closed.
    pub(crate) fn push(&self, side: Side, it: T) -> Result<(), T> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(it);
        }
        waiting.side(side).push_back(it);
        drop(waiting);
        self.more.notify_one();
        Ok(())
    }

    /// The next, waited for; none once the line is closed and nobody waits.
    pub(crate) fn next(&self) -> Option<T> {
        let nobody = |waiting: &mut Waiting<T>| {
            waiting.known.is_empty() && waiting.others.is_empty() && !waiting.closed
        };
        self.more.wait_while(self.lock(), nobody).unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Nobody comes any more; who waits is still served.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.more.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_is_served_in_order_and_none_waits_for_more_than_one_of_the_other() {
        let line = Line::new();
        for at in 0..5 {
            line.push(Side::Others, format!("stranger {at}")).unwrap();
        }
        line.push(Side::Known, "known 0".to_owned()).unwrap();
        line.push(Side::Known, "known 1".to_owned()).unwrap();
        let served: Vec<_> = (0..7).filter_map(|_| line.next()).collect();
        assert_eq!(
            served,
            ["known 0", "stranger 0", "known 1", "stranger 1", "stranger 2", "stranger 3", "stranger 4"]
        );
    }

    #[test]
    fn a_closed_line_serves_who_waits_and_takes_nobody() {
        let line = Line::new();
        line.push(Side::Known, 1).unwrap();
        line.close();
        assert_eq!(line.push(Side::Others, 2), Err(2));
        assert_eq!((line.next(), line.next()), (Some(1), None));
    }
}

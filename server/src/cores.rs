//! On which cores of the machine the programme runs.
//!
//! With SQLite every question is a message between two threads, and to wake a thread on another core costs more than the
//! question, most of all on a virtual machine. So what talks with the file stays on one core: the runtime, with a single
//! thread, and the connections, which inherit its place. Passwords are hashed on all cores. With PostgreSQL, which is
//! another process, nothing of this is done.

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use std::sync::OnceLock;
use tokio::runtime::{Builder, Runtime};

/// The cores we were given, where we stay on one of them.
static GIVEN: OnceLock<CpuSet> = OnceLock::new();

/// The runtime for a programme that works on this database; without one, or with PostgreSQL, one thread a core.
pub(crate) fn runtime(database: Option<&str>) -> std::io::Result<Runtime> {
    if !database.is_some_and(|address| address.starts_with("sqlite:")) {
        return Builder::new_multi_thread().enable_all().build();
    }
    if let Err(error) = stay() {
        tracing::warn!(%error, "staying on one core is not allowed; questions to the database cost more");
    }
    Builder::new_current_thread().enable_all().build()
}

/// Keeps this thread, and those it starts, on the first of the cores we were given.
fn stay() -> rustix::io::Result<()> {
    let given = sched_getaffinity(None)?;
    let mut one = CpuSet::new();
    if let Some(first) = (0..CpuSet::MAX_CPU).find(|core| given.is_set(*core)) {
        one.set(first);
        sched_setaffinity(None, &one)?;
        // Set once, before any other thread is there.
        let _ = GIVEN.set(given);
    }
    Ok(())
}

/// Does something that starts threads which may use every core.
pub(crate) fn on_all<T>(start: impl FnOnce() -> T) -> T {
    let Some(given) = GIVEN.get() else { return start() };
    let here = sched_getaffinity(None);
    let widened = sched_setaffinity(None, given).is_ok();
    let started = start();
    if widened && let Ok(here) = here {
        // Where that fails the threads stay where they may; it only costs more.
        let _ = sched_setaffinity(None, &here);
    }
    started
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a thread of its own: what it inherits and where it stays is nobody else's.
    #[test]
    fn who_stays_on_one_core_still_hashes_on_all() {
        let given = sched_getaffinity(None).unwrap();
        let seen = std::thread::spawn(|| {
            stay().unwrap();
            let alone = sched_getaffinity(None).unwrap().count();
            let cores = || std::thread::spawn(|| sched_getaffinity(None).unwrap()).join().unwrap();
            let all = on_all(|| (cores(), std::thread::available_parallelism().unwrap().get()));
            (alone, cores().count(), all, sched_getaffinity(None).unwrap().count())
        });
        let (alone, inherited, (all, parallel), after) = seen.join().unwrap();
        assert_eq!((alone, inherited, after), (1, 1, 1));
        assert_eq!(all, given);
        assert_eq!(parallel, usize::try_from(given.count()).unwrap());
    }
}

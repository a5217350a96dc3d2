//! Argon2id (RFC 9106) on threads of its own. A storm of logins waits here, in the order of arrival; pages, blocking and
//! everything else go on beside it.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::line::{Line, Side};
use crate::room::{self, Room};
use async_trait::async_trait;
use domain::password::Password;
use tokio::sync::{Semaphore, oneshot};
use usecases::ports::chance::Entropy;
use usecases::ports::people::{Hasher, Lane, NotHashed, Place};

/// How much hashing goes on at once, and how much may wait.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// Threads; each takes 19 MiB while it works.
    pub workers: NonZeroUsize,
    /// Passwords that may wait, in each lane. What comes then is told that passwords cannot be checked just now.
    pub waiting: usize,
    /// The same for those whose limit of wrong ones is up.
    pub late: usize,
    /// How long their thread rests after each.
    pub rest: Duration,
}

impl Default for Pool {
    /// One thread per core, and for each some twenty seconds of work waiting: whoever would wait longer has left. Who
    /// comes late waits as long at most, one password a second: a few hundredths of one core, whoever asks.
    fn default() -> Self {
        let workers = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { workers, waiting: workers.get() * 1024, late: 20, rest: Duration::from_secs(1) }
    }
}

/// Says whether there was anything to do: who gave up waiting costs nothing more.
type Job = Box<dyn FnOnce(&mut Room) -> bool + Send>;
type Jobs = Arc<Line<Job>>;

/// The pool. Its threads end when it is dropped and nobody waits.
pub struct ArgonHasher {
    lanes: Lanes,
    entropy: Arc<dyn Entropy>,
    /// A hash of no password at all, for user names nobody has.
    nobody: Arc<str>,
}

/// Where passwords wait. Each lane has a bound of its own, so none takes another's place.
struct Lanes {
    /// Sign-ins, of two sides: whom nobody knows, and those who are known.
    sign_ins: Jobs,
    /// Blocks alone, with a thread of their own: a storm of logins never stands before them.
    blocks: Jobs,
    /// Blocks from where the limit of wrong ones is up, one at a time with a rest after each.
    late: Jobs,
    strangers_may: Arc<Semaphore>,
    known_may: Arc<Semaphore>,
    blocks_may: Arc<Semaphore>,
    late_may: Arc<Semaphore>,
}

impl Lanes {
    fn new(pool: Pool) -> Self {
        let line = || Arc::new(Line::new());
        let may = |waiting| Arc::new(Semaphore::new(waiting));
        Self {
            sign_ins: line(),
            blocks: line(),
            late: line(),
            strangers_may: may(pool.waiting),
            known_may: may(pool.waiting),
            blocks_may: may(pool.waiting),
            late_may: may(pool.late),
        }
    }

    fn of(&self, lane: Lane) -> (&Jobs, Side, &Arc<Semaphore>) {
        match lane {
            Lane::SignIn => (&self.sign_ins, Side::Others, &self.strangers_may),
            Lane::Known => (&self.sign_ins, Side::Known, &self.known_may),
            Lane::Blocking => (&self.blocks, Side::Others, &self.blocks_may),
            Lane::Late => (&self.late, Side::Others, &self.late_may),
        }
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        for line in [&self.sign_ins, &self.blocks, &self.late] {
            line.close();
        }
    }
}

impl ArgonHasher {
    /// Starts the threads and makes the fixed hash that unknown users are verified against.
    pub fn start(pool: Pool, entropy: Arc<dyn Entropy>) -> Result<Self, NotHashed> {
        let hasher = Self::unattended(pool, entropy)?;
        for number in 0..pool.workers.get() {
            let behind = Attendance { rest: Duration::ZERO, steps_back: true };
            attend(format!("hasher-{number}"), Arc::clone(&hasher.lanes.sign_ins), behind)?;
        }
        let at_once = Attendance { rest: Duration::ZERO, steps_back: false };
        attend("hasher-block".to_owned(), Arc::clone(&hasher.lanes.blocks), at_once)?;
        let at_leisure = Attendance { rest: pool.rest, steps_back: true };
        attend("hasher-late".to_owned(), Arc::clone(&hasher.lanes.late), at_leisure)?;
        Ok(hasher)
    }

    fn unattended(pool: Pool, entropy: Arc<dyn Entropy>) -> Result<Self, NotHashed> {
        // Random bytes in the place of a hash: to verify against it takes the same work as any other, nothing matches it,
        // and nothing had to be hashed for it.
        let mut none = [0; 32];
        entropy.fill(&mut none).map_err(|_| NotHashed::Down)?;
        let nobody = room::of_this_house(&salt(entropy.as_ref())?, &none)?.into();
        Ok(Self { lanes: Lanes::new(pool), entropy, nobody })
    }

    /// Waits in line for a thread, without holding one of the runtime's.
    async fn in_turn<T: Send + 'static>(
        &self,
        at: Place,
        work: impl FnOnce(&mut Room) -> Result<T, NotHashed> + Send + 'static,
    ) -> Result<T, NotHashed> {
        let lane = at.lane();
        let held = match at.hold() {
            Some(held) => held,
            None => self.place(lane)?.hold().ok_or(NotHashed::Down)?,
        };
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |room| {
            // Also of those who left: what waits is bounded, whoever it waits for.
            let _held = held;
            let waits = !reply.is_closed();
            if waits {
                drop(reply.send(work(room)));
            }
            waits
        });
        let (jobs, side, _) = self.lanes.of(lane);
        jobs.push(side, job).map_err(|_| NotHashed::Down)?;
        answer.await.map_err(|_| NotHashed::Down)?
    }
}

impl fmt::Debug for ArgonHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArgonHasher").finish_non_exhaustive()
    }
}

#[async_trait]
impl Hasher for ArgonHasher {
    async fn hash(&self, password: Password) -> Result<String, NotHashed> {
        let salt = salt(self.entropy.as_ref())?;
        // Only somebody who was proved a moment ago chooses one.
        self.in_turn(Lane::Known.into(), move |room| room.hash(password.expose().as_bytes(), &salt)).await
    }

    fn place(&self, lane: Lane) -> Result<Place, NotHashed> {
        let (.., may) = self.lanes.of(lane);
        match Arc::clone(may).try_acquire_owned() {
            Ok(permit) => Ok(Place::held(lane, permit)),
            Err(_) => {
                tracing::warn!(?lane, "too many passwords wait to be checked");
                Err(NotHashed::Full)
            }
        }
    }

    async fn verify(
        &self,
        password: Password,
        on_record: Option<String>,
        at: Place,
    ) -> Result<bool, NotHashed> {
        let nobody = Arc::clone(&self.nobody);
        self.in_turn(at, move |room| {
            let known = on_record.is_some();
            Ok(room.verify(password.expose().as_bytes(), on_record.as_deref().unwrap_or(&nobody))? & known)
        })
        .await
    }
}

/// How a thread goes about its line.
#[derive(Clone, Copy)]
struct Attendance {
    /// How long it rests after each.
    rest: Duration,
    /// Whether whatever serves goes before it where there is too little processor for both.
    steps_back: bool,
}

fn attend(name: String, jobs: Jobs, how: Attendance) -> Result<(), NotHashed> {
    let spawned = thread::Builder::new().name(name).spawn(move || work(&jobs, how));
    spawned.map(drop).map_err(|_| NotHashed::Down)
}

fn work(jobs: &Line<Job>, how: Attendance) {
    if how.steps_back {
        step_back();
    }
    let mut room = Room::default();
    while let Some(job) = jobs.next() {
        if job(&mut room) {
            thread::sleep(how.rest);
        }
    }
}

/// A tenth of what a thread that serves may take (nice 10): else a storm of logins, which always has something to hash,
/// leaves pages and blocks waiting for a core. On Linux each thread has a priority of its own; elsewhere it is the whole
/// programme's, and stays.
fn step_back() {
    if cfg!(target_os = "linux")
        && let Err(error) = rustix::process::nice(10)
    {
        tracing::warn!(%error, "passwords are hashed at the priority of everything else");
    }
}

fn salt(entropy: &dyn Entropy) -> Result<[u8; 16], NotHashed> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt).map_err(|_| NotHashed::Down)?;
    Ok(salt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future as _;
    use std::pin::pin;
    use std::sync::Mutex;
    use std::task::{Context, Poll, Waker};

    const ALL: [Lane; 4] = [Lane::SignIn, Lane::Known, Lane::Blocking, Lane::Late];

    /// A pool whose threads have not come yet, so that all that is asked stays in line.
    fn unattended(waiting: usize) -> ArgonHasher {
        let pool = Pool { waiting, late: waiting, ..Pool::default() };
        ArgonHasher::unattended(pool, Arc::new(crate::SystemEntropy)).unwrap()
    }

    fn ask(hasher: &ArgonHasher, at: Place) -> impl Future<Output = Result<bool, NotHashed>> + '_ {
        hasher.verify(Password::typed("grøn cykel ved åen".into()), None, at)
    }

    #[test]
    fn a_full_line_turns_away_at_once_instead_of_growing_and_fills_no_other() {
        let hasher = unattended(2);
        let mut cx = Context::from_waker(Waker::noop());
        let mut waiting = Vec::new();
        for lane in ALL {
            for at in [lane.into(), hasher.place(lane).unwrap()] {
                let mut asked = Box::pin(ask(&hasher, at));
                assert!(asked.as_mut().poll(&mut cx).is_pending(), "{lane:?}");
                waiting.push(asked);
            }
            assert!(hasher.place(lane).is_err(), "{lane:?}");
            let mut third = pin!(ask(&hasher, lane.into()));
            assert!(matches!(third.as_mut().poll(&mut cx), Poll::Ready(Err(NotHashed::Full))), "{lane:?}");
        }
    }

    #[test]
    fn a_place_nobody_came_to_is_free_again() {
        let hasher = unattended(1);
        let place = hasher.place(Lane::SignIn).unwrap();
        assert!(hasher.place(Lane::SignIn).is_err());
        drop(place);
        assert!(hasher.place(Lane::SignIn).is_ok());
    }

    #[test]
    fn who_stopped_waiting_is_not_served() {
        let hasher = unattended(2);
        let started = Arc::new(Mutex::new(0));
        let mut cx = Context::from_waker(Waker::noop());
        let counted = || {
            let started = Arc::clone(&started);
            hasher.in_turn(Lane::SignIn.into(), move |_| {
                *started.lock().unwrap() += 1;
                Ok(())
            })
        };
        let mut stays = Box::pin(counted());
        assert!(stays.as_mut().poll(&mut cx).is_pending());
        let mut leaves = Box::pin(counted());
        assert!(leaves.as_mut().poll(&mut cx).is_pending());
        drop(leaves);
        let jobs = [(); 2].map(|()| hasher.lanes.sign_ins.next().unwrap());
        let served = jobs.map(|job| job(&mut Room::default()));
        assert_eq!(served, [true, false], "nobody rests after what was not done");
        assert_eq!(*started.lock().unwrap(), 1);
        assert!(matches!(stays.as_mut().poll(&mut cx), Poll::Ready(Ok(()))));
        assert!(hasher.place(Lane::SignIn).is_ok(), "whoever left gave the place back");
    }

    #[test]
    fn a_pool_that_is_gone_is_a_fault_and_no_answer() {
        let hasher = unattended(2);
        hasher.lanes.sign_ins.close();
        let mut asked = pin!(ask(&hasher, Lane::SignIn.into()));
        assert!(matches!(
            asked.as_mut().poll(&mut Context::from_waker(Waker::noop())),
            Poll::Ready(Err(NotHashed::Down))
        ));
    }
}

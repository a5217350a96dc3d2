//! Argon2id (RFC 9106) on threads of its own. A storm of logins waits here, in the order of arrival; pages, blocking and
//! everything else go on beside it.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::room::Room;
use async_trait::async_trait;
use domain::password::Password;
use tokio::sync::oneshot;
use usecases::ports::chance::Entropy;
use usecases::ports::people::{Hasher, HasherDown, Lane};

/// How much hashing goes on at once, and how much may wait.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// Threads; each takes 19 MiB while it works.
    pub workers: NonZeroUsize,
    /// Passwords that may wait. What comes then is told that passwords cannot be checked just now.
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

/// The pool. Its threads end when it is dropped and the queue is empty.
pub struct ArgonHasher {
    lanes: Lanes,
    entropy: Arc<dyn Entropy>,
    /// A hash of no password at all, for user names nobody has.
    nobody: Arc<str>,
}

/// Where passwords wait. Each lane has threads and a bound of its own, so none takes another's place.
struct Lanes {
    queue: SyncSender<Job>,
    /// Blocks alone, with a thread of their own: a storm of logins never stands before them.
    blocks: SyncSender<Job>,
    /// Blocks from where the limit of wrong ones is up, one at a time with a rest after each.
    late: SyncSender<Job>,
}

impl ArgonHasher {
    /// Starts the threads and makes the fixed hash that unknown users are verified against.
    pub fn start(pool: Pool, entropy: Arc<dyn Entropy>) -> Result<Self, HasherDown> {
        let (queue, jobs) = sync_channel(pool.waiting);
        let (blocks, urgent) = sync_channel(pool.waiting);
        let (late, slow) = sync_channel(pool.late);
        let hasher = Self::over(Lanes { queue, blocks, late }, entropy)?;
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..pool.workers.get() {
            attend(format!("hasher-{number}"), Arc::clone(&jobs), Duration::ZERO)?;
        }
        attend("hasher-block".to_owned(), Arc::new(Mutex::new(urgent)), Duration::ZERO)?;
        attend("hasher-late".to_owned(), Arc::new(Mutex::new(slow)), pool.rest)?;
        Ok(hasher)
    }

    fn over(lanes: Lanes, entropy: Arc<dyn Entropy>) -> Result<Self, HasherDown> {
        // Of random bytes that nobody keeps: it takes the same work as any other and nothing matches it.
        let mut secret = [0; 32];
        entropy.fill(&mut secret).map_err(|_| HasherDown)?;
        let nobody = Room::default().hash(&secret, &salt(entropy.as_ref())?)?.into();
        Ok(Self { lanes, entropy, nobody })
    }

    /// Waits in line for a thread, without holding one of the runtime's.
    async fn in_turn<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce(&mut Room) -> Result<T, HasherDown> + Send + 'static,
    ) -> Result<T, HasherDown> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |room| {
            let waits = !reply.is_closed();
            if waits {
                drop(reply.send(work(room)));
            }
            waits
        });
        let queue = match lane {
            Lane::SignIn => &self.lanes.queue,
            Lane::Blocking => &self.lanes.blocks,
            Lane::Late => &self.lanes.late,
        };
        queue.try_send(job).map_err(|_| {
            tracing::warn!(?lane, "too many passwords wait to be checked");
            HasherDown
        })?;
        answer.await.map_err(|_| HasherDown)?
    }
}

impl fmt::Debug for ArgonHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArgonHasher").finish_non_exhaustive()
    }
}

#[async_trait]
impl Hasher for ArgonHasher {
    async fn hash(&self, password: Password) -> Result<String, HasherDown> {
        let salt = salt(self.entropy.as_ref())?;
        self.in_turn(Lane::SignIn, move |room| room.hash(password.expose().as_bytes(), &salt)).await
    }

    async fn verify(
        &self,
        password: Password,
        on_record: Option<String>,
        lane: Lane,
    ) -> Result<bool, HasherDown> {
        let nobody = Arc::clone(&self.nobody);
        self.in_turn(lane, move |room| {
            let known = on_record.is_some();
            Ok(room.verify(password.expose().as_bytes(), on_record.as_deref().unwrap_or(&nobody))? & known)
        })
        .await
    }
}

fn attend(name: String, jobs: Arc<Mutex<Receiver<Job>>>, rest: Duration) -> Result<(), HasherDown> {
    let spawned = thread::Builder::new().name(name).spawn(move || work(&jobs, rest));
    spawned.map(drop).map_err(|_| HasherDown)
}

fn work(jobs: &Mutex<Receiver<Job>>, rest: Duration) {
    let mut room = Room::default();
    while let Some(job) = next(jobs) {
        if job(&mut room) {
            thread::sleep(rest);
        }
    }
}

/// The next in line. The lock is held while waiting for it, never while it is done.
fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn salt(entropy: &dyn Entropy) -> Result<[u8; 16], HasherDown> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt).map_err(|_| HasherDown)?;
    Ok(salt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    const ALL: [Lane; 3] = [Lane::SignIn, Lane::Blocking, Lane::Late];

    /// A pool whose threads have not come yet, so that all that is asked stays in line: sign-in, blocks, late ones.
    fn unattended(waiting: usize) -> (ArgonHasher, [Receiver<Job>; 3]) {
        let [(queue, jobs), (blocks, urgent), (late, slow)] = ALL.map(|_| sync_channel(waiting));
        let lanes = Lanes { queue, blocks, late };
        (ArgonHasher::over(lanes, Arc::new(crate::SystemEntropy)).unwrap(), [jobs, urgent, slow])
    }

    fn ask(hasher: &ArgonHasher, lane: Lane) -> impl Future<Output = Result<bool, HasherDown>> + '_ {
        hasher.verify(Password::typed("grøn cykel ved åen".into()), None, lane)
    }

    #[test]
    fn a_full_line_turns_away_at_once_instead_of_growing_and_fills_no_other() {
        let (hasher, _jobs) = unattended(2);
        let mut cx = Context::from_waker(Waker::noop());
        let mut waiting = Vec::new();
        for lane in ALL {
            for _ in 0..2 {
                let mut asked = Box::pin(ask(&hasher, lane));
                assert!(asked.as_mut().poll(&mut cx).is_pending(), "{lane:?}");
                waiting.push(asked);
            }
            let mut third = pin!(ask(&hasher, lane));
            assert!(matches!(third.as_mut().poll(&mut cx), Poll::Ready(Err(HasherDown))), "{lane:?}");
        }
    }

    #[test]
    fn who_stopped_waiting_is_not_served() {
        let (hasher, [jobs, ..]) = unattended(2);
        let started = Arc::new(Mutex::new(0));
        let mut cx = Context::from_waker(Waker::noop());
        let counted = || {
            let started = Arc::clone(&started);
            hasher.in_turn(Lane::SignIn, move |_| {
                *started.lock().unwrap() += 1;
                Ok(())
            })
        };
        let mut stays = Box::pin(counted());
        assert!(stays.as_mut().poll(&mut cx).is_pending());
        let mut leaves = Box::pin(counted());
        assert!(leaves.as_mut().poll(&mut cx).is_pending());
        drop(leaves);
        let served: Vec<bool> = jobs.try_iter().map(|job| job(&mut Room::default())).collect();
        assert_eq!(served, [true, false], "nobody rests after what was not done");
        assert_eq!(*started.lock().unwrap(), 1);
        assert!(matches!(stays.as_mut().poll(&mut cx), Poll::Ready(Ok(()))));
    }

    #[test]
    fn a_pool_that_is_gone_is_a_fault_and_no_answer() {
        let (hasher, jobs) = unattended(2);
        drop(jobs);
        let mut asked = pin!(ask(&hasher, Lane::SignIn));
        assert!(matches!(
            asked.as_mut().poll(&mut Context::from_waker(Waker::noop())),
            Poll::Ready(Err(HasherDown))
        ));
    }
}

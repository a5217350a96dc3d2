//! Argon2id (RFC 9106) on threads of its own. A storm of logins waits here, in the order of arrival; pages, blocking and
//! everything else go on beside it.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

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
}

impl Default for Pool {
    /// One thread per core, and for each some twenty seconds of work waiting: whoever would wait longer has left.
    fn default() -> Self {
        let workers = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { workers, waiting: workers.get() * 1024 }
    }
}

type Job = Box<dyn FnOnce(&mut Room) + Send>;

/// The pool. Its threads end when it is dropped and the queue is empty.
pub struct ArgonHasher {
    queue: SyncSender<Job>,
    /// Blocks alone, with a thread of their own: a storm of logins never stands before them.
    blocks: SyncSender<Job>,
    entropy: Arc<dyn Entropy>,
    /// A hash of no password at all, for user names nobody has.
    nobody: Arc<str>,
}

impl ArgonHasher {
    /// Starts the threads and makes the fixed hash that unknown users are verified against.
    pub fn start(pool: Pool, entropy: Arc<dyn Entropy>) -> Result<Self, HasherDown> {
        let (queue, jobs) = sync_channel(pool.waiting);
        let (blocks, urgent) = sync_channel(pool.waiting);
        let hasher = Self::over((queue, blocks), entropy)?;
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..pool.workers.get() {
            attend(format!("hasher-{number}"), Arc::clone(&jobs))?;
        }
        attend("hasher-block".to_owned(), Arc::new(Mutex::new(urgent)))?;
        Ok(hasher)
    }

    fn over(
        (queue, blocks): (SyncSender<Job>, SyncSender<Job>),
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, HasherDown> {
        // Of random bytes that nobody keeps: it takes the same work as any other and nothing matches it.
        let mut secret = [0; 32];
        entropy.fill(&mut secret).map_err(|_| HasherDown)?;
        let nobody = Room::default().hash(&secret, &salt(entropy.as_ref())?)?.into();
        Ok(Self { queue, blocks, entropy, nobody })
    }

    /// Waits in line for a thread, without holding one of the runtime's.
    async fn in_turn<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce(&mut Room) -> Result<T, HasherDown> + Send + 'static,
    ) -> Result<T, HasherDown> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |room| {
            // Who gave up waiting costs nothing more.
            if !reply.is_closed() {
                drop(reply.send(work(room)));
            }
        });
        let queue = match lane {
            Lane::SignIn => &self.queue,
            Lane::Blocking => &self.blocks,
        };
        queue.try_send(job).map_err(|_| {
            tracing::warn!("too many passwords wait to be checked");
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

fn attend(name: String, jobs: Arc<Mutex<Receiver<Job>>>) -> Result<(), HasherDown> {
    let spawned = thread::Builder::new().name(name).spawn(move || work(&jobs));
    spawned.map(drop).map_err(|_| HasherDown)
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    let mut room = Room::default();
    while let Some(job) = next(jobs) {
        job(&mut room);
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

    /// A pool whose threads have not come yet, so that all that is asked stays in line.
    fn unattended(waiting: usize) -> (ArgonHasher, Receiver<Job>) {
        let ((queue, jobs), (blocks, _)) = (sync_channel(waiting), sync_channel(waiting));
        (ArgonHasher::over((queue, blocks), Arc::new(crate::SystemEntropy)).unwrap(), jobs)
    }

    fn ask(hasher: &ArgonHasher) -> impl Future<Output = Result<bool, HasherDown>> + '_ {
        hasher.verify(Password::typed("grøn cykel ved åen".into()), None, Lane::SignIn)
    }

    #[test]
    fn a_full_line_turns_away_at_once_instead_of_growing() {
        let (hasher, _jobs) = unattended(2);
        let mut cx = Context::from_waker(Waker::noop());
        let (mut first, mut second, mut third) = (pin!(ask(&hasher)), pin!(ask(&hasher)), pin!(ask(&hasher)));
        assert!(first.as_mut().poll(&mut cx).is_pending());
        assert!(second.as_mut().poll(&mut cx).is_pending());
        assert!(matches!(third.as_mut().poll(&mut cx), Poll::Ready(Err(HasherDown))));
    }

    #[test]
    fn who_stopped_waiting_is_not_served() {
        let (hasher, jobs) = unattended(2);
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
        for job in jobs.try_iter() {
            job(&mut Room::default());
        }
        assert_eq!(*started.lock().unwrap(), 1);
        assert!(matches!(stays.as_mut().poll(&mut cx), Poll::Ready(Ok(()))));
    }

    #[test]
    fn a_pool_that_is_gone_is_a_fault_and_no_answer() {
        let (hasher, jobs) = unattended(2);
        drop(jobs);
        let mut asked = pin!(ask(&hasher));
        assert!(matches!(
            asked.as_mut().poll(&mut Context::from_waker(Waker::noop())),
            Poll::Ready(Err(HasherDown))
        ));
    }
}

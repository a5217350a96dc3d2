//! Connections to the file, lent without a word.
//!
//! The library gives each connection a thread of its own, so whatever is sent to one costs two changes of thread, more
//! than most of our questions cost themselves. Its pool sends two messages around every loan, and its transactions wait
//! for a receipt; here `begin` and `commit` are statements like others, and a loan sends nothing.
//! Opening a connection takes longest of all, so all of them are open from the start.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, Error};
use std::fmt;
use std::sync::{Arc, Mutex as Shelf, PoisonError};
use std::time::Duration;
use tokio::sync::{AcquireError, Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// How long somebody waits for a connection, or a statement for another process's transaction.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// How long the file itself is asked again and again whether another process's transaction is over: after 1, 2 and 5 ms.
/// Longer, SQLite would ask every 100 ms only; so it answers then, and is asked anew.
pub(crate) const ASKED: &str = "8";
/// How old a connection becomes: one whose thread died is not kept for ever.
const OLDEST: Duration = Duration::from_mins(10);

/// Patience with another process's transaction.
pub(crate) struct Patience(Instant);

impl Patience {
    pub(crate) fn new() -> Self {
        Self(Instant::now() + PATIENCE)
    }

    /// Whether what failed with this is worth another attempt: another process writes, and has not done so for long.
    /// `SQLITE_BUSY` and what is said more precisely with it.
    pub(crate) fn lasts(&self, error: &Error) -> bool {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        let busy = code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5);
        busy && Instant::now() < self.0
    }
}

/// Connections of one kind, and the line before them: first come, first served. Cloning shares it.
#[derive(Clone)]
pub(crate) struct Line {
    options: Arc<SqliteConnectOptions>,
    size: u32,
    places: Arc<Semaphore>,
    /// Where the line stands: one at a time comes forward from it, so that whoever may go ahead waits for this one alone.
    front: Arc<Semaphore>,
    free: Free,
}

type Place = Result<OwnedSemaphorePermit, AcquireError>;
type Free = Arc<Shelf<Vec<Arc<Mutex<Seat>>>>>;

/// A connection and what it was left with.
struct Seat {
    connection: SqliteConnection,
    since: Instant,
    /// A transaction may be open on it.
    open: bool,
    /// It failed where a connection must not.
    broken: bool,
}

impl Seat {
    async fn new(options: &SqliteConnectOptions) -> Result<Self, Error> {
        let connection = options.connect().await?;
        Ok(Self { connection, since: Instant::now(), open: false, broken: false })
    }

    /// Undoes what a transaction left that was dropped.
    async fn settle(&mut self) {
        if self.open {
            // Also said where the transaction had ended by itself; who hears an error takes a new connection.
            self.broken = sqlx::query("rollback").execute(&mut self.connection).await.is_err();
            self.open = false;
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Line {
    /// A line before `size` connections. All are opened now: a file that cannot be used is refused here, and nobody waits
    /// for a connection to open amid a storm.
    pub(crate) async fn new(options: SqliteConnectOptions, size: u32) -> Result<Self, Error> {
        let mut seats = Vec::new();
        for _ in 0..size {
            seats.push(Arc::new(Mutex::new(Seat::new(&options).await?)));
        }
        let (places, front) = (Arc::new(Semaphore::new(seats.len())), Arc::new(Semaphore::new(1)));
        Ok(Self { options: Arc::new(options), size, places, front, free: Arc::new(Shelf::new(seats)) })
    }

    /// A connection, for as long as the loan is kept. No transaction is open on it.
    pub(crate) async fn lend(&self) -> Result<Lent, Error> {
        let in_turn = async {
            let _front = self.front.acquire().await?;
            Arc::clone(&self.places).acquire_owned().await
        };
        self.seat(in_turn).await
    }

    /// The same, ahead of everybody in the line.
    pub(crate) async fn lend_at_once(&self) -> Result<Lent, Error> {
        self.seat(Arc::clone(&self.places).acquire_owned()).await
    }

    async fn seat(&self, place: impl Future<Output = Place>) -> Result<Lent, Error> {
        let place = tokio::time::timeout(PATIENCE, place);
        let place = place.await.map_err(|_| Error::PoolTimedOut)?.map_err(|_| Error::PoolClosed)?;
        let waiting = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let back = match waiting {
            Some(back) => back,
            None => Arc::new(Mutex::new(Seat::new(&self.options).await?)),
        };
        let mut seat = Arc::clone(&back).lock_owned().await;
        seat.settle().await;
        if seat.broken || seat.since.elapsed() > OLDEST {
            *seat = Seat::new(&self.options).await?;
        }
        Ok(Lent { seat, back, free: Arc::clone(&self.free), _place: place })
    }

    /// Closes the connections once every loan has come back.
    pub(crate) async fn close(&self) {
        let all = self.places.acquire_many(self.size).await;
        self.places.close();
        drop(all);
        let seats = std::mem::take(&mut *self.free.lock().unwrap_or_else(PoisonError::into_inner));
        for seat in seats.into_iter().filter_map(Arc::into_inner) {
            // Whatever it says, the file is consistent; it was only tidied less.
            drop(seat.into_inner().connection.close().await);
        }
    }
}

/// A connection on loan. Given back when dropped; a transaction still open on it is undone at once.
pub(crate) struct Lent {
    seat: OwnedMutexGuard<Seat>,
    back: Arc<Mutex<Seat>>,
    free: Free,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    /// The connection.
    pub(crate) fn db(&mut self) -> &mut SqliteConnection {
        &mut self.seat.connection
    }

    /// A transaction may be open on it from here on.
    pub(crate) fn opened(&mut self) {
        self.seat.open = true;
    }

    /// It was committed. Not said after an error: nothing of it is kept.
    pub(crate) fn closed(&mut self) {
        self.seat.open = false;
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if self.seat.open
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            // It waits for the seat and must not hold others up meanwhile: who comes first undoes it.
            let seat = Arc::clone(&self.back);
            runtime.spawn(async move { seat.lock().await.settle().await });
        }
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&self.back));
    }
}

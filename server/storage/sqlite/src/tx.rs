//! One transaction. What it answers stands in the files named after the ports.

use crate::SqliteStore;
use crate::ask::Ask;
use crate::line::{Lent, Patience};
use crate::message::{Message, Value, Writes};
use crate::shared::{Lane, Lanes, TrailKeys, Writing, fault};
use async_trait::async_trait;
use domain::ids::{InstanceId, PersonId};
use futures_util::TryStreamExt as _;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow};
use sqlx::{Either, Error, Executor as _, SqliteConnection};
use std::sync::Arc;
use usecases::ports::store::{StoreFault, Tx};

/// One transaction, or one look without any; dropping it rolls back.
pub(crate) struct SqliteTx {
    lent: Lent,
    name: &'static str,
    kind: Kind,
    /// How it begins, until that was said: it goes along with the first question.
    begin: Option<&'static str>,
    writes: Writes,
    /// What was said last was not heard to have been done: how it begins, or what it wrote. Nothing more is said.
    spoiled: bool,
    /// What was said last failed at its last statement, or it is not known where: before that nothing of this one was done.
    at_the_last: bool,
    keys: Arc<TrailKeys>,
    /// Whose keys are destroyed once it is committed.
    erased: Vec<PersonId>,
    lanes: Lanes,
    /// The lane it writes the trail on, once it does.
    lane: Option<Lane>,
    /// How long it keeps others from writing, where it may write.
    writing: Option<Writing>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// May write.
    Writing,
    /// Reads one state.
    Reading,
    /// Questions that each see their own moment.
    Look,
}

impl SqliteTx {
    /// A transaction that may write. Nobody of this process does so beside it; another process is kept out from the first
    /// question on.
    pub(crate) fn writing(lent: Lent, store: &SqliteStore, name: &'static str) -> Self {
        Self::new(lent, store, name, Kind::Writing, Some("begin immediate"))
    }

    /// A transaction that reads.
    pub(crate) fn reading(lent: Lent, store: &SqliteStore, name: &'static str) -> Self {
        Self::new(lent, store, name, Kind::Reading, Some("begin"))
    }

    /// Questions that each see their own moment.
    pub(crate) fn look(lent: Lent, store: &SqliteStore, name: &'static str) -> Self {
        Self::new(lent, store, name, Kind::Look, None)
    }

    fn new(
        lent: Lent,
        store: &SqliteStore,
        name: &'static str,
        kind: Kind,
        begin: Option<&'static str>,
    ) -> Self {
        let (lanes, keys) = (store.lanes.clone(), Arc::clone(&store.keys));
        let (writes, erased) = (Writes::default(), Vec::new());
        let (spoiled, at_the_last, lane) = (false, false, None);
        let writing = (kind == Kind::Writing).then(|| Writing::begins(name));
        Self { lent, name, kind, begin, writes, spoiled, at_the_last, keys, erased, lanes, lane, writing }
    }

    /// People's own keys of the trail.
    pub(crate) fn keys(&self) -> &TrailKeys {
        &self.keys
    }

    /// Her key is destroyed once this is committed.
    pub(crate) fn destroys_key_of(&mut self, id: PersonId) {
        self.erased.push(id);
    }

    /// The lane it writes the trail on.
    pub(crate) fn lane(&mut self, instance: InstanceId) -> &mut Lane {
        self.lane.get_or_insert_with(|| self.lanes.lend(instance))
    }

    /// A row was written on it.
    pub(crate) fn wrote_row(&mut self) {
        if let Some(lane) = &mut self.lane {
            lane.wrote();
        }
    }

    /// Asks a question, after everything that was written.
    pub(crate) fn db(&mut self) -> Ask<'_> {
        Ask(self)
    }

    /// Writes without waiting; see [`later!`](crate::later). What is wrong with it refuses the next question or the commit.
    pub(crate) async fn write(
        &mut self,
        sql: &'static str,
        values: impl FnOnce(&mut Vec<Value>) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreFault> {
        self.writes.push(sql, values).map_err(fault)?;
        // Who may not write is told at once.
        if self.writes.is_full() || self.kind != Kind::Writing {
            self.flush().await.map_err(fault)?;
        }
        Ok(())
    }

    /// The same, of a row that must be there.
    pub(crate) async fn write_one(
        &mut self,
        sql: &'static str,
        values: impl FnOnce(&mut Vec<Value>) -> Result<(), BoxDynError>,
        or: &'static str,
    ) -> Result<(), StoreFault> {
        self.write(sql, values).await?;
        self.writes.must_change_one(or);
        Ok(())
    }

    /// How it begins, if that is still to be said; it is from here on.
    pub(crate) fn begins(&mut self) -> Result<Option<&'static str>, Error> {
        if self.spoiled {
            return Err(Error::Protocol("a transaction that failed goes no further".to_owned()));
        }
        let begin = self.begin.take();
        if begin.is_some() {
            // Noted first: who goes away while it begins leaves one to be undone.
            self.lent.opened();
            self.spoiled = true;
        }
        Ok(begin)
    }

    /// Says what was written.
    pub(crate) async fn flush(&mut self) -> Result<(), Error> {
        if self.writes.is_empty() { Ok(()) } else { self.say(None).await.map(drop) }
    }

    /// Whether something is to be said before a question can be.
    pub(crate) fn has_to_say(&self) -> bool {
        self.begin.is_some() || !self.writes.is_empty()
    }

    /// Says what waits, and this behind it, as one message. Gives what is answered to this.
    pub(crate) async fn say(
        &mut self,
        last: Option<(&str, SqliteArguments)>,
    ) -> Result<Vec<Either<SqliteQueryResult, SqliteRow>>, Error> {
        self.at_the_last = false;
        let first = self.begins()?;
        // Until all of it was done: an error that is passed over must not leave the half of it to be committed.
        self.spoiled = true;
        let is_asked = last.is_some();
        let Message { words, values, before } = self.writes.message(first, last)?;
        let patience = Patience::new();
        let (mut done, mut last) = (0, Vec::new());
        let mut answers = self.lent.db().fetch_many((words.clone(), Some(values.clone())));
        loop {
            match answers.try_next().await {
                Ok(None) => break,
                Ok(Some(answer)) if done == before.len() => last.push(answer),
                Ok(Some(answer)) => done += usize::from(answer.is_left()),
                // Another process writes: nothing began, and all of it is said again.
                Err(error) if done == 0 && first.is_some() && patience.lasts(&error) => {
                    drop(answers);
                    answers = self.lent.db().fetch_many((words.clone(), Some(values.clone())));
                }
                Err(error) => {
                    self.at_the_last = done == before.len();
                    let what = before.get(done).copied().flatten();
                    return Err(what.map_or(error, |what| Error::Protocol(what.to_owned())));
                }
            }
        }
        drop(answers);
        if done < before.len() || (is_asked && !last.iter().any(Either::is_left)) {
            // The answers end where whoever gave them went away: what else was done nobody knows.
            self.at_the_last = true;
            return Err(Error::WorkerCrashed);
        }
        self.spoiled = false;
        Ok(last)
    }

    /// The connection, whatever waits, and whether what is said last is not known to have been done.
    pub(crate) fn parts(&mut self) -> (&mut SqliteConnection, &mut bool) {
        (self.lent.db(), &mut self.spoiled)
    }
}

/// `later!(tx, "insert …", value, …)`: a write of which nothing is asked back. Checked against the migrations when
/// compiled, like a question; it goes along with the next one or with the commit. With `or "…"` at the end, of a row that
/// must be there.
macro_rules! later {
    (@values $arguments:ident $($value:expr),*) => {{
        use $crate::message::Keep as _;
        $($arguments.push($value.keep()?);)*
        Ok(())
    }};
    ($tx:expr, $sql:literal, $($value:expr),+; or $what:literal) => {{
        // Never run: here the compiler checks it.
        let _checked = || sqlx::query!($sql, $($value),+);
        $tx.write_one($sql, |arguments| $crate::tx::later!(@values arguments $($value),+), $what).await
    }};
    ($tx:expr, $sql:literal, $($value:expr),+ $(,)?) => {{
        let _checked = || sqlx::query!($sql, $($value),+);
        $tx.write($sql, |arguments| $crate::tx::later!(@values arguments $($value),+)).await
    }};
}
pub(crate) use later;

#[async_trait]
impl Tx for SqliteTx {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreFault> {
        // Where nothing was asked nor written there is nothing to end.
        let untouched = self.begin.is_some() && self.writes.is_empty();
        if self.kind != Kind::Look && !untouched {
            if let Some(lane) = &mut self.lane {
                lane.in_doubt(true);
            }
            let committed = self.say(Some(("commit", SqliteArguments::default()))).await;
            if committed.is_err()
                && !self.at_the_last
                && let Some(lane) = &mut self.lane
            {
                // As where a message of a service was taken before: whoever sends one again ends no lane.
                lane.in_doubt(false);
            }
            committed.map_err(fault)?;
            self.lent.closed();
            if let Some(lane) = &mut self.lane {
                lane.made();
            }
            if !self.erased.is_empty()
                && let Err(error) = self.keys.destroy(&self.erased).await
            {
                // She is erased; her key is looked for again within an hour, and when the programme starts.
                tracing::error!(%error, "the key of somebody who was erased could not be destroyed yet");
            }
        }
        drop(self.writing.take());
        tracing::trace!(transaction = self.name, "committed");
        Ok(())
    }
}

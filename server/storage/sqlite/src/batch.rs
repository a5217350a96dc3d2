//! Several questions in one message: a message changes threads twice, which costs more than most questions.
//!
//! Each is checked when compiled, like any other, and then written twice: its words go into the message, and it reads the
//! rows that came back for it.

use crate::shared::fault;
use crate::tx::SqliteTx;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt as _};
use futures_util::{FutureExt as _, future, stream};
use sqlx::sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo};
use sqlx::{Describe, Either, Error, Execute, Executor, SqlStr, Sqlite};
use std::fmt;
use usecases::ports::store::StoreFault;

/// The words of a question.
pub(crate) fn words<'q>(question: impl Execute<'q, Sqlite>) -> SqlStr {
    question.sql()
}

/// The values of a question.
pub(crate) fn values<'q>(mut question: impl Execute<'q, Sqlite>) -> Result<SqliteArguments, StoreFault> {
    Ok(question.take_arguments().map_err(Error::Encode).map_err(fault)?.unwrap_or_default())
}

impl SqliteTx {
    /// Asks all of these at once, after everything that was written. All take these values, by their numbers. Gives the rows
    /// of each, in their order.
    pub(crate) async fn batch<const N: usize>(
        &mut self,
        values: SqliteArguments,
        all: [SqlStr; N],
    ) -> Result<[Told; N], StoreFault> {
        let all = all.each_ref().map(SqlStr::as_str).join(";");
        let answers = self.say(Some((&all, values))).await.map_err(fault)?;
        let mut told: [Told; N] = std::array::from_fn(|_| Told::default());
        let mut each = told.iter_mut();
        let (mut now, mut ends) = (each.next(), 0);
        for answer in answers {
            match answer {
                // The end of one is where the next begins.
                Either::Left(_) => (now, ends) = (each.next(), ends + 1),
                Either::Right(row) => {
                    if let Some(now) = now.as_mut() {
                        now.0.push(row);
                    }
                }
            }
        }
        // One that was not answered must not look as if there were nothing.
        if ends == N { Ok(told) } else { Err(fault(Error::WorkerCrashed)) }
    }
}

/// The rows that answer one of them. Whichever question is asked of it, these are the answer: it is for the one whose words
/// went into the message.
#[derive(Default)]
pub(crate) struct Told(Vec<SqliteRow>);

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Told").field("rows", &self.0.len()).finish_non_exhaustive()
    }
}

impl<'t> Executor<'t> for Told {
    type Database = Sqlite;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        _question: E,
    ) -> BoxStream<'e, Result<Either<SqliteQueryResult, SqliteRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        stream::iter(self.0.into_iter().map(|row| Ok(Either::Right(row)))).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, _question: E) -> BoxFuture<'e, Result<Option<SqliteRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        future::ready(Ok(self.0.into_iter().next())).boxed()
    }

    fn prepare_with<'e>(
        self,
        _sql: SqlStr,
        _parameters: &'e [SqliteTypeInfo],
    ) -> BoxFuture<'e, Result<SqliteStatement, Error>>
    where
        't: 'e,
    {
        future::ready(Err(unasked())).boxed()
    }

    fn describe<'e>(self, _sql: SqlStr) -> BoxFuture<'e, Result<Describe<Sqlite>, Error>>
    where
        't: 'e,
    {
        future::ready(Err(unasked())).boxed()
    }
}

/// An answer that is there already is no way to the file.
fn unasked() -> Error {
    Error::Protocol("nothing is asked where rows are only read".to_owned())
}

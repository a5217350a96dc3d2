//! Questions of a transaction. What waits to be said is said first, as far as it can in the same message.

use crate::tx::SqliteTx;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt as _};
use futures_util::{FutureExt as _, TryFutureExt as _, stream};
use sqlx::sqlite::{SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo};
use sqlx::{Describe, Either, Error, Execute, Executor, SqlStr, Sqlite};
use std::fmt;

/// One question.
pub(crate) struct Ask<'t>(pub(crate) &'t mut SqliteTx);

impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ask")
    }
}

impl<'t> Executor<'t> for Ask<'t> {
    type Database = Sqlite;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        mut query: E,
    ) -> BoxStream<'e, Result<Either<SqliteQueryResult, SqliteRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let (values, words) = (query.take_arguments(), query.sql());
        let Self(tx) = self;
        async move {
            let values = values.map_err(Error::Encode)?;
            if tx.has_to_say() {
                let answers = tx.say(Some((words.as_str(), values.unwrap_or_default()))).await?;
                return Ok(stream::iter(answers).map(Ok).boxed());
            }
            tx.begins()?;
            let (connection, spoiled) = tx.parts();
            let answers = connection.fetch_many((words, values));
            Ok(answers.inspect(move |item| *spoiled = item.is_err()).boxed())
        }
        .try_flatten_stream()
        .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, mut query: E) -> BoxFuture<'e, Result<Option<SqliteRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let (values, words) = (query.take_arguments(), query.sql());
        let Self(tx) = self;
        async move {
            let values = values.map_err(Error::Encode)?;
            if tx.has_to_say() {
                let answers = tx.say(Some((words.as_str(), values.unwrap_or_default()))).await?;
                return Ok(answers.into_iter().find_map(Either::right));
            }
            tx.begins()?;
            let (connection, spoiled) = tx.parts();
            let row = connection.fetch_optional((words, values)).await;
            *spoiled = row.is_err();
            row
        }
        .boxed()
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [SqliteTypeInfo],
    ) -> BoxFuture<'e, Result<SqliteStatement, Error>>
    where
        't: 'e,
    {
        self.0.parts().0.prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Sqlite>, Error>>
    where
        't: 'e,
    {
        self.0.parts().0.describe(sql)
    }
}

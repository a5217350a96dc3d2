//! Questions of a transaction. What waits to be said is said first, as far as it can in the same message.

use crate::line::Patience;
use crate::tx::SqliteTx;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt as _};
use futures_util::{FutureExt as _, TryFutureExt as _, stream};
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArguments, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo};
use sqlx::{AssertSqlSafe, Describe, Either, Error, Execute, Executor, SqlSafeStr as _, SqlStr, Sqlite};
use std::fmt;

/// One question.
pub(crate) struct Ask<'t>(pub(crate) &'t mut SqliteTx);

impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ask")
    }
}

type Values = Result<Option<SqliteArguments>, BoxDynError>;
/// A question as it is said.
type Said = (SqlStr, Option<SqliteArguments>);

impl<'t> Ask<'t> {
    /// Says what waits; where the transaction begins with this question, it is spoiled until that was heard.
    async fn ready(self, words: SqlStr, values: Values) -> Result<(&'t mut SqliteTx, Said), Error> {
        let Self(tx) = self;
        let values = values.map_err(Error::Encode)?;
        tx.flush().await?;
        let Some(begin) = tx.begins()? else { return Ok((tx, (words, values))) };
        let words = AssertSqlSafe(format!("{begin};{}", words.as_str())).into_sql_str();
        Ok((tx, (words, values)))
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
        let values = query.take_arguments();
        let asked = self.ready(query.sql(), values).and_then(|(tx, said)| async move {
            let (connection, spoiled) = tx.parts();
            if !*spoiled {
                let answers = connection.fetch_many(said);
                return Ok(answers.inspect(move |item| *spoiled = item.is_err()).boxed());
            }
            // It begins with this, which may meet another process. That it began is nobody's answer.
            let patience = Patience::new();
            let mut answers = loop {
                let answers: Vec<_> = connection.fetch_many(said.clone()).collect().await;
                match answers.first() {
                    Some(Err(error)) if patience.lasts(error) => {}
                    _ => break answers.into_iter(),
                }
            };
            let Some(began) = answers.next() else { return Ok(stream::empty().boxed()) };
            began?;
            *spoiled = answers.as_slice().iter().any(Result::is_err);
            Ok(stream::iter(answers).boxed())
        });
        asked.try_flatten_stream().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, mut query: E) -> BoxFuture<'e, Result<Option<SqliteRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let values = query.take_arguments();
        let ready = self.ready(query.sql(), values);
        async move {
            let (tx, said) = ready.await?;
            let (connection, spoiled) = tx.parts();
            let begins = *spoiled;
            let mut row = connection.fetch_optional(said.clone()).await;
            // Where it begins with this, it may meet another process.
            let patience = Patience::new();
            while begins && row.as_ref().is_err_and(|error| patience.lasts(error)) {
                row = connection.fetch_optional(said.clone()).await;
            }
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

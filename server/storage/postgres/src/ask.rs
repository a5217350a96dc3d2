//! Questions of a transaction. Rows of the trail that were appended are written first: no question misses one, whatever it
//! reads.

use crate::tx::PgTx;
use futures_util::future::BoxFuture;
use futures_util::stream::{BoxStream, StreamExt as _};
use futures_util::{FutureExt as _, TryFutureExt as _};
use sqlx::postgres::{PgQueryResult, PgRow, PgStatement, PgTypeInfo};
use sqlx::{Describe, Either, Error, Execute, Executor, Postgres, SqlStr};
use std::fmt;

/// One question.
pub(crate) struct Ask<'t>(pub(crate) &'t mut PgTx);

impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ask")
    }
}

impl<'t> Executor<'t> for Ask<'t> {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(self, query: E) -> BoxStream<'e, Result<Either<PgQueryResult, PgRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let Self(tx) = self;
        async move {
            tx.write_appended().await?;
            let (connection, spoiled) = tx.parts();
            let answers = connection.fetch_many(query);
            Ok::<_, Error>(answers.inspect(move |item| *spoiled |= item.is_err()))
        }
        .try_flatten_stream()
        .boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<PgRow>, Error>>
    where
        't: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let Self(tx) = self;
        async move {
            tx.write_appended().await?;
            let (connection, spoiled) = tx.parts();
            let row = connection.fetch_optional(query).await;
            *spoiled |= row.is_err();
            row
        }
        .boxed()
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [PgTypeInfo],
    ) -> BoxFuture<'e, Result<PgStatement, Error>>
    where
        't: 'e,
    {
        self.0.parts().0.prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Postgres>, Error>>
    where
        't: 'e,
    {
        self.0.parts().0.describe(sql)
    }
}

//! What waits to be said to the file: how a transaction begins, and what it wrote since its last question.
//!
//! A message to a connection changes threads twice. So nobody waits for a write of which nothing is asked back: it goes
//! along with the next question or with the commit, in the order of writing. A statement that fails ends its message,
//! and with it the question or the commit that stood behind it.

use serde::Serialize;
use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteArguments;
use sqlx::types::{Json, Uuid};
use sqlx::{Arguments as _, AssertSqlSafe, Error, SqlSafeStr as _, SqlStr};

/// Statements that go together become one that is kept ready; beyond this the pieces are worth more than the whole.
const MOST: usize = 12;

/// Fails its message unless the statement before it changed one row: a change that silently goes nowhere is a fault.
const ONE_ROW: &str = "select 0 where case changes() when 1 then 0 else json('') end";

/// A value of a write, until it is known which number it gets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// What may stand in a write.
pub(crate) trait Keep {
    /// As SQLite keeps it.
    fn keep(&self) -> Result<Value, BoxDynError>;
}

impl Keep for i64 {
    fn keep(&self) -> Result<Value, BoxDynError> {
        Ok(Value::Integer(*self))
    }
}

impl Keep for bool {
    fn keep(&self) -> Result<Value, BoxDynError> {
        Ok(Value::Integer(i64::from(*self)))
    }
}

impl Keep for str {
    fn keep(&self) -> Result<Value, BoxDynError> {
        Ok(Value::Text(self.to_owned()))
    }
}

impl Keep for String {
    fn keep(&self) -> Result<Value, BoxDynError> {
        self.as_str().keep()
    }
}

impl Keep for [u8] {
    fn keep(&self) -> Result<Value, BoxDynError> {
        Ok(Value::Blob(self.to_vec()))
    }
}

impl Keep for Vec<u8> {
    fn keep(&self) -> Result<Value, BoxDynError> {
        self.as_slice().keep()
    }
}

impl Keep for Uuid {
    fn keep(&self) -> Result<Value, BoxDynError> {
        self.as_bytes().as_slice().keep()
    }
}

impl<T: Serialize> Keep for Json<T> {
    fn keep(&self) -> Result<Value, BoxDynError> {
        Ok(Value::Text(serde_json::to_string(&self.0)?))
    }
}

impl<T: Keep + ?Sized> Keep for &T {
    fn keep(&self) -> Result<Value, BoxDynError> {
        (**self).keep()
    }
}

impl<T: Keep> Keep for Option<T> {
    fn keep(&self) -> Result<Value, BoxDynError> {
        self.as_ref().map_or(Ok(Value::Null), Keep::keep)
    }
}

/// What is said to the file at once.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) words: SqlStr,
    pub(crate) values: SqliteArguments,
    /// Of each statement before the last what its failure means, where that is known.
    pub(crate) before: Vec<Option<&'static str>>,
}

/// Writes nobody waits for, in order.
#[derive(Debug, Default)]
pub(crate) struct Writes {
    words: String,
    values: Vec<Value>,
    /// Of each statement what its failure means, where that is known.
    each: Vec<Option<&'static str>>,
}

impl Writes {
    /// Adds a write of as many statements as are divided by `;`. Its parameters are numbered from one.
    pub(crate) fn push(
        &mut self,
        sql: &str,
        values: impl FnOnce(&mut Vec<Value>) -> Result<(), BoxDynError>,
    ) -> Result<(), Error> {
        if !self.words.is_empty() {
            self.words.push(';');
        }
        renumber(sql, self.values.len(), &mut self.words);
        self.each.extend(sql.split(';').map(|_| None));
        values(&mut self.values).map_err(Error::Encode)
    }

    /// What was added last must have changed one row, or this is what is wrong.
    pub(crate) fn must_change_one(&mut self, or: &'static str) {
        self.words.push(';');
        self.words.push_str(ONE_ROW);
        self.each.push(Some(or));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// So many that they should go now.
    pub(crate) fn is_full(&self) -> bool {
        self.each.len() >= MOST
    }

    /// One message: `first`, these, and `last`, whose values come first.
    pub(crate) fn message(
        &mut self,
        first: Option<&'static str>,
        last: Option<(&str, SqliteArguments)>,
    ) -> Result<Message, Error> {
        let Self { words: written, values: kept, each } = std::mem::take(self);
        let (last, mut values) = last.unwrap_or_default();
        let mut words = first.unwrap_or_default().to_owned();
        let mut behind = |piece: &str, taken| {
            if !piece.is_empty() {
                if !words.is_empty() {
                    words.push(';');
                }
                renumber(piece, taken, &mut words);
            }
        };
        behind(&written, values.len());
        behind(last, 0);
        for value in kept {
            let added = match value {
                Value::Null => values.add(None::<i64>),
                Value::Integer(number) => values.add(number),
                Value::Text(text) => values.add(text),
                Value::Blob(bytes) => values.add(bytes),
            };
            added.map_err(Error::Encode)?;
        }
        let before = first.map(|_| None).into_iter().chain(each).collect();
        Ok(Message { words: AssertSqlSafe(words).into_sql_str(), values, before })
    }
}

/// Writes `sql` behind others that have so many values already: `$1` becomes the first that is free.
fn renumber(sql: &str, taken: usize, to: &mut String) {
    let mut pieces = sql.split('$');
    to.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let (number, rest) = piece.split_at(end);
        to.push('$');
        match number.parse::<usize>() {
            Ok(number) => to.push_str(&(number + taken).to_string()),
            Err(_) => to.push_str(number),
        }
        to.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(values: &mut Vec<Value>) -> Result<(), BoxDynError> {
        values.push(1.keep()?);
        Ok(())
    }

    fn writes() -> Writes {
        let mut writes = Writes::default();
        writes.push("insert into a values ($1, $1)", value).unwrap();
        writes.must_change_one("an a");
        writes.push("update b set c = $1; delete from d where e = $1 and f = 10", value).unwrap();
        writes
    }

    #[test]
    fn each_write_keeps_its_own_values() {
        let mut writes = writes();
        let last = Some(("commit", SqliteArguments::default()));
        let Message { words, values, before } = writes.message(Some("begin immediate"), last).unwrap();
        assert_eq!(
            words.as_str(),
            format!(
                "begin immediate;insert into a values ($1, $1);{ONE_ROW};\
                 update b set c = $2; delete from d where e = $2 and f = 10;commit"
            )
        );
        assert_eq!(values.len(), 2);
        assert_eq!(before, [None, None, Some("an a"), None, None]);
        assert!(writes.is_empty());
    }

    #[test]
    fn a_question_behind_writes_keeps_its_numbers_and_they_get_those_after() {
        let mut asked = SqliteArguments::default();
        asked.add("x").unwrap();
        asked.add("y").unwrap();
        let last = Some(("select g from h where i = $2 and j = $1", asked));
        let Message { words, values, .. } = writes().message(None, last).unwrap();
        assert_eq!(
            words.as_str(),
            format!(
                "insert into a values ($3, $3);{ONE_ROW};\
                 update b set c = $4; delete from d where e = $4 and f = 10;\
                 select g from h where i = $2 and j = $1"
            )
        );
        assert_eq!(values.len(), 4);
    }

    #[test]
    fn values_are_kept_as_the_library_says_them() {
        let id = Uuid::from_u128(7);
        assert_eq!(Some(id).keep().unwrap(), Value::Blob(id.as_bytes().to_vec()));
        assert_eq!(None::<i64>.keep().unwrap(), Value::Null);
        assert_eq!(true.keep().unwrap(), Value::Integer(1));
        assert_eq!(Json(["a"]).keep().unwrap(), Value::Text(r#"["a"]"#.to_owned()));
    }

    #[test]
    fn a_number_of_two_digits_stays_one_number() {
        let mut words = String::new();
        renumber("values ($9, $10, '$')", 3, &mut words);
        assert_eq!(words, "values ($12, $13, '$')");
    }
}

//! What waits to be said to the file: how a transaction begins, and what it wrote since its last question.
//!
//! A message to a connection changes threads twice. So nobody waits for a write of which nothing is asked back: it goes
//! along with the next question or with the commit, in the order of writing. A statement that fails ends its message,
//! and with it the question or the commit that stood behind it.

use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, Error};

/// Statements that go together become one that is kept ready; beyond this the pieces are worth more than the whole.
const MOST: usize = 12;

/// Fails its message unless the statement before it changed one row: a change that silently goes nowhere is a fault.
const ONE_ROW: &str = "select 0 where case changes() when 1 then 0 else json('') end";

/// Writes nobody waits for, in order.
#[derive(Debug, Default)]
pub(crate) struct Writes {
    words: String,
    arguments: SqliteArguments,
    /// Of each statement what its failure means, where that is known.
    each: Vec<Option<&'static str>>,
}

impl Writes {
    /// Adds a write of as many statements as are divided by `;`. Its parameters are numbered from one.
    pub(crate) fn push(
        &mut self,
        sql: &str,
        values: impl FnOnce(&mut SqliteArguments) -> Result<(), BoxDynError>,
    ) -> Result<(), Error> {
        if !self.words.is_empty() {
            self.words.push(';');
        }
        renumber(sql, self.arguments.len(), &mut self.words);
        self.each.extend(sql.split(';').map(|_| None));
        values(&mut self.arguments).map_err(Error::Encode)
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

    /// One message: `first`, these, `last`. Gives its words, its values and what the failure of each statement means.
    pub(crate) fn message(
        &mut self,
        first: Option<&'static str>,
        last: Option<&'static str>,
    ) -> (String, SqliteArguments, Vec<Option<&'static str>>) {
        let Self { words, arguments, each } = std::mem::take(self);
        let parts = [first.unwrap_or_default(), &words, last.unwrap_or_default()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let meaning = first.map(|_| None).into_iter().chain(each).chain(last.map(|_| None)).collect();
        (parts.join(";"), arguments, meaning)
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

    fn value(arguments: &mut SqliteArguments) -> Result<(), BoxDynError> {
        arguments.add(1)
    }

    #[test]
    fn each_write_keeps_its_own_values() {
        let mut writes = Writes::default();
        writes.push("insert into a values ($1, $1)", value).unwrap();
        writes.must_change_one("an a");
        writes.push("update b set c = $1; delete from d where e = $1 and f = 10", value).unwrap();
        let (words, arguments, each) = writes.message(Some("begin immediate"), Some("commit"));
        assert_eq!(
            words,
            format!(
                "begin immediate;insert into a values ($1, $1);{ONE_ROW};\
                 update b set c = $2; delete from d where e = $2 and f = 10;commit"
            )
        );
        assert_eq!(arguments.len(), 2);
        assert_eq!(each, [None, None, Some("an a"), None, None, None]);
        assert!(writes.is_empty());
    }

    #[test]
    fn a_number_of_two_digits_stays_one_number() {
        let mut words = String::new();
        renumber("values ($9, $10, '$')", 3, &mut words);
        assert_eq!(words, "values ($12, $13, '$')");
    }
}

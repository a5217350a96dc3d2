//! The rows of an auditor's export, read page by page, and how they are written into files. Of a short one nothing is kept:
//! whoever reads the same order again reads the same bytes, until the rows themselves are deleted by rule.

mod files;
mod line;
mod made;
mod present;
mod rows;
mod whole;

pub use files::Form;
pub(crate) use files::Writer;
pub use line::Line;
pub(crate) use made::{Tally, manifest, period, sign, tell};
pub(crate) use present::present;
pub(crate) use rows::{Rows, keyholders};

use crate::context::House;
use crate::fault::Fault;
use domain::evidence::Order;
use domain::ids::ExportJobId;
use std::sync::Arc;

/// A file of an export while it is read. Holds one page of rows, however long the file is.
#[derive(Debug)]
pub struct Reading {
    rows: Rows,
    writer: Writer,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Head,
    Rows,
    Done,
}

impl Reading {
    pub(crate) fn begin(house: Arc<House>, order: Order, form: Form) -> Self {
        let writer = Writer::of(&order, form);
        Self { rows: Rows::of(house, order), writer, stage: Stage::Head }
    }

    /// The next piece of the file; none when it is at its end.
    pub async fn next_part(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        match self.stage {
            Stage::Head => {
                self.stage = Stage::Rows;
                self.writer.head(self.rows.order()).map(Some)
            }
            Stage::Rows => match self.rows.next_page().await? {
                Some(lines) => self.writer.lines(&lines).map(Some),
                None => {
                    self.stage = Stage::Done;
                    let tail = self.writer.tail();
                    Ok((!tail.is_empty()).then_some(tail))
                }
            },
            Stage::Done => Ok(None),
        }
    }
}

/// The place a sealed piece of a file is bound to.
pub(crate) fn piece_place(id: ExportJobId, (file, number): (&str, u32)) -> String {
    format!("export_pieces/sealed/{id}/{file}/{number}")
}

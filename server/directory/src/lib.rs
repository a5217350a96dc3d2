//! Outside registers: the HR feed, read strictly. What it may do is decided by `usecases::import_employees`.

mod field;
mod header;
mod reader;
mod registered;

pub use reader::{FeedUnreadable, LARGEST, read};
pub use registered::{PeopleFile, PeopleUnreadable, read_people};

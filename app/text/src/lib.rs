//! Every word a person reads, in Danish and English.

pub mod lang;

pub use lang::{Lang, Say};

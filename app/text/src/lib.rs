//! Every word a person reads, in Danish and English.

pub mod browser;
pub mod format;
pub mod html;
pub mod lang;
pub mod notices;
pub mod pages;
pub mod words;

pub use lang::{Lang, Say};

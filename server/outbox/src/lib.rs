//! Notices on their way out: who writes them, who carries them, and the worker that hands them over.

mod folder;
mod mime;
mod scribe;
mod smtp;
mod worker;

pub use folder::FolderPost;
pub use scribe::TextScribe;
pub use smtp::{BadMailServer, MailServer, Security, SmtpPost};
pub use worker::run;

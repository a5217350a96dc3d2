//! Notices on their way out: who writes them, who carries them, and the worker that hands them over.

mod ending;
mod folder;
mod line;
mod metadata;
mod mime;
mod scribe;
mod smtp;
mod texts;
mod worker;

pub use ending::run_endings;
pub use folder::{FolderPost, FolderTexts};
pub use line::{HttpLine, NoLine};
pub use scribe::TextScribe;
pub use smtp::{BadMailServer, MailServer, Security, SmtpPost};
pub use texts::{BadGateway, Gateway, HttpTexts, NoTexts};
pub use worker::{run_post, run_texts};

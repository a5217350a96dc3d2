//! The parts of a page that live in the browser.
//!
//! Each makes a page better that already works without it. The server renders the markup; once awake, an island reads
//! what was typed meanwhile and never empties a field. Words come in with the markup: none live here. What an island
//! sends, and where, is what the form or link it stands around would send; no secret is kept or written a second time.

mod answer;
mod around;
mod block_button;
mod code_field;
mod copy_secret;
mod dom;
mod factor_review;
mod list_filter;
mod password_field;
mod session_countdown;
mod terms_reader;
mod watch_page;

pub use block_button::block_button;
pub use code_field::{CodeWords, code_field};
pub use copy_secret::{CopyWords, copy_secret};
pub use factor_review::{ReviewWords, factor_review};
pub use list_filter::{FilterWords, list_filter};
pub use password_field::{NewPassword, NewPasswordWords, PasswordWords, password_field};
pub use session_countdown::{CountdownWords, SessionLeft, session_countdown};
pub use terms_reader::{ReaderWords, terms_reader};
pub use watch_page::watch_page;

/// How a field is named, described and marked; the server renders label, hint and error around it.
#[derive(Clone, Debug, Default)]
pub struct FieldMarks {
    /// The `id`, which the label points to.
    pub id: String,
    /// The name it is sent under.
    pub name: String,
    /// Ids of what describes it, separated by spaces.
    pub described_by: Option<String>,
    /// There is something to correct.
    pub invalid: bool,
    /// The `autocomplete` token (HTML, "autofill"; WCAG 1.3.5).
    pub autocomplete: String,
}

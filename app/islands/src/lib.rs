//! The parts of a page that live in the browser.
//!
//! Each makes a page better that already works without it. The server renders the same markup; once awake, an island
//! reads what was typed meanwhile and never empties a field. Words come in as properties: none live here. No island
//! calls the server's functions, and no secret is among the properties, because those are written into the page twice.

#![expect(
    unreachable_pub,
    reason = "what the island macro generates: components and their properties, serialised for the browser"
)]

#[macro_use]
mod words;

mod awake;
mod code_field;
mod copy_secret;
mod password_field;
mod session_countdown;
mod terms_reader;

pub use code_field::{CodeField, CodeWords};
pub use copy_secret::{CopySecret, CopyWords};
pub use password_field::{NewPassword, NewPasswordWords, PasswordField, PasswordWords};
pub use session_countdown::{CountdownWords, SessionCountdown, SessionLeft};
pub use terms_reader::{ReaderWords, TermsReader};

/// How a field is named, described and marked; the server renders label, hint and error around it.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
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

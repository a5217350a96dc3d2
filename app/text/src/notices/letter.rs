//! A mail in the making: the same blocks become plain text and HTML.

use crate::html::Escaped;
use std::fmt;

/// A finished mail. It may hold a one-time link, so its bodies are kept out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line, Danish and English.
    pub subject: String,
    /// The plain-text body.
    pub text: String,
    /// The same as a whole HTML page; every value in it is escaped.
    pub html: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// A part of a mail, in one language.
pub(super) enum Block {
    /// Running text.
    Paragraph(String),
    /// What to press, and where it leads.
    Link { label: String, url: String },
    /// Short facts: a name and what it is.
    Facts(Vec<(String, String)>),
}

impl Block {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Paragraph(words) => words.clone(),
            Self::Link { label, url } => format!("{label}:\n{url}"),
            Self::Facts(facts) => {
                let lines: Vec<_> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                lines.join("\n")
            }
        }
    }

    pub(super) fn html(&self) -> String {
        match self {
            Self::Paragraph(words) => format!("<p>{}</p>", Escaped(words)),
            Self::Link { label, url } => {
                let (label, url) = (Escaped(label), Escaped(url));
                format!("<p>{label}:<br><a href=\"{url}\">{url}</a></p>")
            }
            Self::Facts(facts) => {
                let rows: Vec<_> = facts.iter().map(|(name, value)| fact_html(name, value)).collect();
                format!("<p>{}</p>", rows.join("<br>"))
            }
        }
    }
}

fn fact_html(name: &str, value: &str) -> String {
    format!("{}: <strong>{}</strong>", Escaped(name), Escaped(value))
}

/// A value from outside, fit to stand on one line: no line breaks or other control characters (a name must
/// not write paragraphs of its own), at most 120 characters.
pub(super) fn one_line(value: &str) -> String {
    let spaced = value.chars().map(|character| if character.is_control() { ' ' } else { character });
    spaced.take(120).collect()
}

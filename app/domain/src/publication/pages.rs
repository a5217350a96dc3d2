//! The pages of one version, each in both languages.

use crate::terms::TermsHash;
use serde::{Deserialize, Serialize};

/// The most pages a version has.
pub const MOST_PAGES: usize = 12;
/// The longest title of a page, in characters.
pub const LONGEST_TITLE: usize = 120;
/// The longest text of a page in one language, in characters.
pub const LONGEST_BODY: usize = 8_000;
/// The most lines of it.
const MOST_LINES: usize = 150;

/// One page in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageText {
    /// Its heading.
    pub title: String,
    /// Its text, as Markdown.
    pub body: String,
}

impl PageText {
    /// As typed: line ends are one kind, and what is blank at the ends goes.
    pub fn typed(title: &str, body: &str) -> Self {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = body.replace("\r\n", "\n").replace('\r', "\n");
        let body = body.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        Self { title, body: body.trim_matches('\n').to_owned() }
    }

    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.body.trim().is_empty()
    }

    fn is_whole(&self) -> bool {
        !self.title.is_empty() && !self.body.trim().is_empty()
    }
}

/// One page in both languages: what is accepted is both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// In Danish.
    pub danish: PageText,
    /// In English.
    pub english: PageText,
}

/// A part of a page, as it stands in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// The Danish heading.
    DanishTitle,
    /// The Danish text.
    DanishBody,
    /// The English heading.
    EnglishTitle,
    /// The English text.
    EnglishBody,
}

/// Why a page is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageRefused {
    /// There is no such page, or there are as many as there may be.
    #[error("no such page")]
    NoSuchPage,
    /// The only page cannot go.
    #[error("the only page cannot be taken away")]
    OnlyPage,
    /// It is longer than a page may be.
    #[error("a part of the page is too long")]
    TooLong(Part),
    /// It has a place to be filled in, as the files have: here it would be shown as it stands.
    #[error("a part of the page has a place to be filled in")]
    Placeholder(Part),
}

/// The pages of a version in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pages(Vec<Spread>);

impl From<Vec<Spread>> for Pages {
    fn from(pages: Vec<Spread>) -> Self {
        Self(pages)
    }
}

impl Pages {
    /// How many.
    pub fn count(&self) -> u8 {
        u8::try_from(self.0.len()).unwrap_or(u8::MAX)
    }

    /// All of them.
    pub fn all(&self) -> &[Spread] {
        &self.0
    }

    /// One, counted from one.
    pub fn page(&self, number: u8) -> Option<&Spread> {
        self.0.get(usize::from(number).checked_sub(1)?)
    }

    /// The hash of all that is shown of a version of this name: every page in both languages. With the name in it no two
    /// versions have the same, also where one says again what an earlier one said.
    pub fn hash(&self, version: &str) -> TermsHash {
        let of = |of: fn(&Spread) -> &PageText| {
            self.0.iter().map(of).flat_map(|text| [text.title.as_str(), text.body.as_str()])
        };
        let danish = of(|spread| &spread.danish);
        let english = of(|spread| &spread.english);
        TermsHash::of(core::iter::once(version).chain(danish).chain(english))
    }

    /// The text of one language line by line, with each page's heading before it.
    pub fn lines(&self, of: fn(&Spread) -> &PageText) -> Vec<&str> {
        self.0
            .iter()
            .map(of)
            .flat_map(|text| core::iter::once(text.title.as_str()).chain(text.body.lines()))
            .filter(|line| !line.trim().is_empty())
            .collect()
    }

    /// The same with this page in it.
    ///
    /// # Errors
    /// [`PageRefused`]
    pub(super) fn with(mut self, number: u8, spread: Spread) -> Result<Self, PageRefused> {
        let place = usize::from(number).checked_sub(1).ok_or(PageRefused::NoSuchPage)?;
        let adds = place == self.0.len();
        if place > self.0.len() || place >= MOST_PAGES {
            return Err(PageRefused::NoSuchPage);
        }
        fits(&spread)?;
        let empty = spread.danish.is_empty() && spread.english.is_empty();
        if empty && !adds {
            if self.0.len() == 1 {
                return Err(PageRefused::OnlyPage);
            }
            self.0.remove(place);
        } else if adds && !empty {
            self.0.push(spread);
        } else if let Some(page) = self.0.get_mut(place) {
            *page = spread;
        }
        Ok(self)
    }

    /// The first page that lacks something, counted from one.
    pub(super) fn first_incomplete(&self) -> Option<u8> {
        let incomplete = |spread: &Spread| !spread.danish.is_whole() || !spread.english.is_whole();
        let place = self.0.iter().position(incomplete)?;
        u8::try_from(place).ok()?.checked_add(1)
    }
}

fn fits(spread: &Spread) -> Result<(), PageRefused> {
    for (part, text, longest) in [
        (Part::DanishTitle, &spread.danish.title, LONGEST_TITLE),
        (Part::DanishBody, &spread.danish.body, LONGEST_BODY),
        (Part::EnglishTitle, &spread.english.title, LONGEST_TITLE),
        (Part::EnglishBody, &spread.english.body, LONGEST_BODY),
    ] {
        if text.chars().count() > longest || text.lines().count() > MOST_LINES {
            return Err(PageRefused::TooLong(part));
        }
        if text.contains("{{") {
            return Err(PageRefused::Placeholder(part));
        }
    }
    Ok(())
}

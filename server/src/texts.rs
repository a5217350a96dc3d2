//! The municipality's texts: Markdown files, built in or of the operator's own, rendered once.

use crate::config::Municipality;
use crate::fault::CommandFault;
use app::desk::{Document, TextPage};
use domain::Date;
use domain::publication::{PageText, Pages, Spread};
use domain::terms::{TermsHash, TermsVersion};
use http_edge::Library;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use rust_embed::RustEmbed;
use std::path::Path;
use text::Lang;
use usecases::note_documents::Published;
use usecases::ports::terms::TermsShelf;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/texts"]
struct BuiltIn;

/// One text file: its front matter and its body as HTML.
#[derive(Clone, Debug)]
struct Text {
    title: String,
    version: String,
    date: Date,
    source: String,
    body: String,
    html: String,
}

/// All texts, rendered.
#[derive(Debug)]
pub(crate) struct Texts {
    terms: [Vec<Text>; 2],
    documents: [Vec<(Document, Text)>; 2],
    version: TermsVersion,
    accept_by: Option<Date>,
}

const DOCUMENTS: [(Document, &str); 5] = [
    (Document::Help, "help.md"),
    (Document::Accessibility, "accessibility.md"),
    (Document::Privacy, "privacy.md"),
    (Document::Service, "service.md"),
    (Document::RelyingParties, "relying-parties.md"),
];

impl Texts {
    /// Reads them from `folder`, or the built-in ones.
    pub(crate) fn load(folder: Option<&Path>, about: &Municipality, url: &str) -> Result<Self, CommandFault> {
        let read =
            |name: String| read(folder, &name).and_then(|source| parse(&name, &fill(source, about, url)));
        let terms = |lang: Lang| names(folder, lang).into_iter().map(read).collect::<Result<Vec<_>, _>>();
        let documents = |lang: Lang| {
            let each = |(document, file)| Ok((document, read(format!("{}/{file}", lang.code()))?));
            DOCUMENTS.into_iter().map(each).collect::<Result<Vec<_>, CommandFault>>()
        };
        let terms = [terms(Lang::Da)?, terms(Lang::En)?];
        let version = version(&terms)?;
        Ok(Self { terms, documents: [documents(Lang::Da)?, documents(Lang::En)?], version, accept_by: None })
    }

    /// With a last day to accept the terms.
    pub(crate) fn by(self, accept_by: Option<Date>) -> Self {
        Self { accept_by, ..self }
    }

    /// What is published besides the terms.
    pub(crate) fn published(&self) -> Vec<Published> {
        let [danish, english] = &self.documents;
        let both = danish.iter().zip(english);
        let published = both.map(|((document, danish), (_, english))| Published {
            document: word(*document),
            version: danish.version.clone(),
            date: danish.date,
            digest: TermsHash::of([danish.source.as_str(), english.source.as_str()]).to_string(),
        });
        published.collect()
    }

    fn of<T>(both: &[T; 2], lang: Lang) -> &T {
        let [da, en] = both;
        match lang {
            Lang::Da => da,
            Lang::En => en,
        }
    }
}

/// What the trail calls a text.
const fn word(document: Document) -> &'static str {
    match document {
        Document::Help => "help",
        Document::Accessibility => "accessibility",
        Document::Privacy => "privacy",
        Document::Service => "service",
        Document::RelyingParties => "relying-parties",
        Document::Terms => "terms",
    }
}

/// What is accepted is every page in both languages.
fn version(terms: &[Vec<Text>; 2]) -> Result<TermsVersion, CommandFault> {
    let [da, en] = terms;
    let first = da.first().ok_or_else(|| CommandFault::refused("there are no terms"))?;
    if da.len() != en.len() {
        return Err(CommandFault::refused("the terms must have the same pages in Danish and English"));
    }
    Ok(TermsVersion {
        hash: TermsHash::of(da.iter().chain(en).map(|text| text.source.as_str())),
        version: first.version.clone(),
        date: first.date,
        pages: u8::try_from(da.len()).map_err(|_| CommandFault::refused("the terms have too many pages"))?,
    })
}

fn names(folder: Option<&Path>, lang: Lang) -> Vec<String> {
    let prefix = format!("{}/terms/", lang.code());
    let mut names: Vec<String> = match folder {
        Some(folder) => std::fs::read_dir(folder.join(&prefix))
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .map(|name| format!("{prefix}{name}"))
            .collect(),
        None => BuiltIn::iter().filter(|name| name.starts_with(&prefix)).map(Into::into).collect(),
    };
    names.retain(|name| Path::new(name).extension().is_some_and(|ending| ending == "md"));
    names.sort();
    names
}

fn read(folder: Option<&Path>, name: &str) -> Result<String, CommandFault> {
    let missing = || CommandFault::refused(format!("the text {name} is missing or not UTF-8"));
    match folder {
        Some(folder) => std::fs::read_to_string(folder.join(name)).map_err(|_| missing()),
        None => BuiltIn::get(name)
            .and_then(|file| String::from_utf8(file.data.into_owned()).ok())
            .ok_or_else(missing),
    }
}

fn fill(source: String, about: &Municipality, url: &str) -> String {
    source
        .replace("{{municipality}}", &about.name)
        .replace("{{phone}}", &about.phone)
        .replace("{{mail}}", &about.mail)
        .replace("{{cvr}}", &about.cvr)
        .replace("{{url}}", url)
}

/// Splits off the front matter and renders the rest. Raw HTML is shown as text, never passed through.
fn parse(name: &str, source: &str) -> Result<Text, CommandFault> {
    let wrong = |what: &str| CommandFault::refused(format!("the text {name} has no {what}"));
    let rest = source.strip_prefix("---\n").ok_or_else(|| wrong("front matter"))?;
    let (front, body) = rest.split_once("\n---\n").ok_or_else(|| wrong("front matter"))?;
    let field = |key: &str| {
        let line = front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
        line.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).ok_or_else(|| wrong(key))
    };
    Ok(Text {
        title: field("title")?,
        version: field("version")?,
        date: field("date")?.parse().map_err(|_| wrong("readable date"))?,
        source: source.to_owned(),
        body: body.to_owned(),
        html: render(body),
    })
}

/// Raw HTML is shown as text, a picture as its words, and a link leads nowhere but to pages, mail and telephones.
fn render(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if leads_on(&dest_url) { dest_url } else { "#".into() };
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        other => Some(other),
    });
    let mut rendered = String::new();
    html::push_html(&mut rendered, events);
    rendered
}

fn leads_on(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "/", "#"].into_iter().any(|start| address.starts_with(start))
}

impl TermsShelf for Texts {
    fn version(&self) -> TermsVersion {
        self.version.clone()
    }

    fn pages(&self) -> Pages {
        let [danish, english] = &self.terms;
        let page = |text: &Text| PageText::typed(&text.title, &text.body);
        let spreads = danish.iter().zip(english);
        let spreads =
            spreads.map(|(danish, english)| Spread { danish: page(danish), english: page(english) });
        spreads.collect::<Vec<_>>().into()
    }

    fn accept_by(&self) -> Option<Date> {
        self.accept_by
    }
}

impl Library for Texts {
    fn rendered(&self, markdown: &str) -> String {
        render(markdown)
    }

    fn document(&self, lang: Lang, document: Document) -> Option<TextPage> {
        let (_, text) = Self::of(&self.documents, lang).iter().find(|(kind, _)| *kind == document)?;
        Some(TextPage {
            title: text.title.clone(),
            html: text.html.clone(),
            version: Some((text.version.clone(), text.date)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_in_a_text_is_shown_and_never_run() {
        let text =
            parse("x", "---\ntitle: T\nversion: 1\ndate: 2026-11-01\n---\n<script>alert(1)</script>\n")
                .unwrap();
        assert!(!text.html.contains("<script>"), "{}", text.html);
    }

    #[test]
    fn a_link_in_a_text_leads_to_pages_mail_and_telephones_only() {
        let html = render(
            "[a](javascript:alert(1)) [b](/spaer) [c](https://x.example) [d](data:text/html,x) ![e](/x.png)",
        );
        assert!(!html.contains("javascript") && !html.contains("data:") && !html.contains("<img"), "{html}");
        assert!(html.contains("href=\"/spaer\"") && html.contains("href=\"https://x.example\""), "{html}");
        assert_eq!(html.matches("href=\"#\"").count(), 2, "{html}");
    }
}

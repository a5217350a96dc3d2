//! The page that carries an answer to a service, without making the application's page anew for each answer: it is rendered
//! once in each language, with marks where an answer's own words stand, and filled in one pass.
//!
//! It is the same for everybody. Who is signed in reads neither her name there nor when her session ends: it sends itself on.

use crate::desk::BrowserDesk;
use crate::visit::Visit;
use crate::{pages, protocols};
use app::desk::{Carried, Desk as _, HandOver, Seen};
use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::ids::FlowId;
use std::sync::{Arc, OnceLock};
use text::Lang;
use text::html::escaped;

/// Where a flow's answer is made; its handle follows.
pub(crate) const ANSWER: &str = "/svar/{flow}";
/// No page of this kind is larger.
const LARGEST: usize = 64 * 1024;

/// What an answer's own words stand for in the page. Nothing that anybody sent is in a page while marks are looked for in it,
/// so none can be forged; and nothing is looked for in what was filled in.
const MARKS: [(Slot, &str); 6] = [
    (Slot::Nonce, "maerke1engang"),
    (Slot::Path, "maerke2sti"),
    (Slot::Service, "maerke3tjeneste"),
    (Slot::Address, "maerke4adresse"),
    (Slot::Name, FIELD),
    (Slot::Value, "maerke6indhold"),
];
const FIELD: &str = "maerke5felt";

/// Where something is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Nonce,
    Path,
    Service,
    Address,
    /// All fields of the form, one after another.
    Fields,
    /// The name of one of them.
    Name,
    /// What it holds.
    Value,
}

fn mark(wanted: Slot) -> &'static str {
    MARKS.iter().find_map(|(slot, mark)| (*slot == wanted).then_some(*mark)).unwrap_or_default()
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Slot(Slot),
}

/// A page with places left open.
#[derive(Debug)]
struct Template {
    page: Vec<Piece>,
    /// One field of its form; nothing where it has none.
    field: Vec<Piece>,
}

impl Template {
    /// Cuts the page at its marks; nothing where one that belongs there is missing, or stands there more than once.
    fn of(document: &str, form: bool) -> Option<Self> {
        let template = if form {
            let (before, field, after) = around_field(document)?;
            let mut page = cut(before);
            page.push(Piece::Slot(Slot::Fields));
            page.extend(cut(after));
            Self { page, field: cut(field) }
        } else {
            Self { page: cut(document), field: Vec::new() }
        };
        template.is_whole(form).then_some(template)
    }

    fn is_whole(&self, form: bool) -> bool {
        let once = [Slot::Path, Slot::Service, Slot::Address];
        let of_form = [Slot::Name, Slot::Value];
        count(&self.page, Slot::Nonce) > 0
            && once.iter().all(|slot| count(&self.page, *slot) == 1)
            && of_form
                .iter()
                .all(|slot| count(&self.field, *slot) == usize::from(form) && count(&self.page, *slot) == 0)
    }

    fn filled(&self, nonce: &str, path: &str, answer: &HandOver) -> String {
        let mut out = String::new();
        for piece in &self.page {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot(Slot::Nonce) => out.push_str(&escaped(nonce)),
                Piece::Slot(Slot::Path) => out.push_str(&escaped(path)),
                Piece::Slot(Slot::Service) => out.push_str(&escaped(&answer.service)),
                Piece::Slot(Slot::Address) => out.push_str(&escaped(&answer.address)),
                Piece::Slot(Slot::Fields) => self.fields(&mut out, &answer.carried),
                Piece::Slot(Slot::Name | Slot::Value) => {}
            }
        }
        out
    }

    fn fields(&self, out: &mut String, carried: &Carried) {
        let Carried::Form(fields) = carried else { return };
        for (name, value) in fields {
            for piece in &self.field {
                match piece {
                    Piece::Text(text) => out.push_str(text),
                    Piece::Slot(Slot::Name) => out.push_str(&escaped(name)),
                    Piece::Slot(Slot::Value) => out.push_str(&escaped(value)),
                    Piece::Slot(_) => {}
                }
            }
        }
    }
}

fn count(pieces: &[Piece], wanted: Slot) -> usize {
    pieces.iter().filter(|piece| matches!(piece, Piece::Slot(slot) if *slot == wanted)).count()
}

/// What stands before the marked field, the field, and what stands behind it.
fn around_field(document: &str) -> Option<(&str, &str, &str)> {
    let name = document.find(FIELD)?;
    let (before, from) = document.split_at(document.get(..name)?.rfind('<')?);
    let (field, after) = from.split_at(from.find('>')? + 1);
    Some((before, field, after))
}

fn cut(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, mark, slot)) = first_mark(rest) {
        let (before, from) = rest.split_at(at);
        pieces.extend([Piece::Text(before.to_owned()), Piece::Slot(slot)]);
        rest = from.strip_prefix(mark).unwrap_or_default();
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces
}

fn first_mark(text: &str) -> Option<(usize, &'static str, Slot)> {
    let found = MARKS.iter().filter_map(|(slot, mark)| Some((text.find(*mark)?, *mark, *slot)));
    found.min_by_key(|(at, ..)| *at)
}

/// The pages as they were rendered when first asked for: in each language, saying yes and no, by a form and by an address.
#[derive(Clone, Default)]
pub(crate) struct Carriers(Arc<[OnceLock<Template>; 8]>);

impl Carriers {
    async fn page(&self, desk: &BrowserDesk, answer: &HandOver) -> Option<&Template> {
        let form = matches!(answer.carried, Carried::Form(_));
        let english = desk.asking().lang == Lang::En;
        let place = usize::from(english) * 4 + usize::from(answer.refusal) * 2 + usize::from(form);
        let kept = self.0.get(place)?;
        if let Some(page) = kept.get() {
            return Some(page);
        }
        let made = make(desk, answer.refusal, form).await?;
        Some(kept.get_or_init(|| made))
    }
}

/// Renders the page as it is for everybody.
async fn make(desk: &BrowserDesk, refusal: bool, form: bool) -> Option<Template> {
    let fields = || Carried::Form(vec![(mark(Slot::Name), mark(Slot::Value).to_owned())]);
    let marked = HandOver {
        service: mark(Slot::Service).to_owned(),
        address: mark(Slot::Address).to_owned(),
        origins: Vec::new(),
        carried: if form { fields() } else { Carried::Address },
        refusal,
    };
    let desk = desk.for_everybody(mark(Slot::Path), marked);
    let reference = desk.asking().reference.clone();
    let visit = Visit { desk: Arc::new(desk), nonce: mark(Slot::Nonce).into() };
    let request =
        axum::http::Request::builder().uri(protocols::SSO).extension(visit).body(Body::empty()).ok()?;
    let response = app::tidied(pages::render(request).await).await;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), LARGEST).await.ok()?;
    let document = core::str::from_utf8(&bytes).ok()?;
    // What is one request's own must not be shown to others.
    let whole = status == StatusCode::OK && !document.contains(&reference);
    let template = whole.then(|| Template::of(document, form)).flatten();
    if template.is_none() {
        tracing::error!(%status, "the page that carries answers cannot be kept, and is made anew for each");
    }
    template
}

/// A sign-in for a service has come to its end: what is asked for here is made at this moment, once.
pub(crate) async fn at_the_end(Extension(visit): Extension<Visit>, request: Request) -> Response {
    let flow = request.uri().path().rsplit('/').next().and_then(|flow| flow.parse::<FlowId>().ok());
    match flow {
        Some(flow) => {
            let seen = visit.desk.see_hand_over(flow).await;
            carry(&visit, seen, request).await
        }
        None => pages::render(request).await,
    }
}

/// The page that carries this answer; or the application's own, where there is none or something else is to be said on it.
pub(crate) async fn carry(visit: &Visit, seen: Seen<HandOver>, request: Request) -> Response {
    let carriers = request.extensions().get::<Carriers>().cloned();
    if let (Ok(answer), Some(carriers)) = (&seen, carriers)
        && !visit.desk.has_words_here().await
        && let Some(page) = carriers.page(&visit.desk, answer).await
    {
        let html = page.filled(&visit.nonce, &visit.desk.asking().path, answer);
        let policy = app::plain_policy(&visit.nonce, &answer.origins);
        let kind = "text/html; charset=utf-8".to_owned();
        return ([(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, policy)], html).into_response();
    }
    visit.desk.hold(seen);
    pages::render(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(form: bool) -> String {
        let [nonce, path, service, address, name, value] = MARKS.map(|(_, mark)| mark);
        let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
        let field = if form { field } else { String::new() };
        format!(
            "<a href=\"{path}?sprog=en\">x</a><p>To {service}.</p><form action=\"{address}\">{field}<!----></form>\
             <script nonce=\"{nonce}\">x</script>"
        )
    }

    fn answer(service: &str, carried: Carried) -> HandOver {
        let address = "https://sp.test/?a=1&b=\"".to_owned();
        HandOver { service: service.to_owned(), address, origins: Vec::new(), carried, refusal: false }
    }

    #[test]
    fn every_place_is_filled_once_and_nothing_is_looked_for_in_what_was_filled_in() {
        let every_mark = MARKS.map(|(_, mark)| mark).join("<\"'>&");
        let safe = MARKS.map(|(_, mark)| mark).join("&lt;&quot;&#39;&gt;&amp;");
        let template = Template::of(&page(true), true).unwrap();
        let fields = Carried::Form(vec![("SAMLResponse", every_mark.clone()), ("RelayState", "å\"".into())]);
        assert_eq!(
            template.filled(&every_mark, &every_mark, &answer(&every_mark, fields)),
            format!(
                "<a href=\"{safe}?sprog=en\">x</a><p>To {safe}.</p><form action=\"https://sp.test/?a=1&amp;b=&quot;\">\
                 <input type=\"hidden\" name=\"SAMLResponse\" value=\"{safe}\">\
                 <input type=\"hidden\" name=\"RelayState\" value=\"å&quot;\"><!----></form>\
                 <script nonce=\"{safe}\">x</script>"
            )
        );
        let template = Template::of(&page(false), false).unwrap();
        let filled = template.filled("n", "/svar/1", &answer("Løn", Carried::Address));
        assert!(filled.contains("<p>To Løn.</p>") && !filled.contains("maerke"), "{filled}");
    }

    #[test]
    fn a_page_without_a_place_or_with_one_too_many_is_not_kept() {
        for (slot, mark) in MARKS {
            let lacks = page(true).replace(mark, "");
            assert!(Template::of(&lacks, true).is_none(), "{slot:?}");
            let twice = format!("{}{mark}", page(true));
            assert_eq!(Template::of(&twice, true).is_some(), slot == Slot::Nonce, "{slot:?}");
        }
        assert!(Template::of(&page(false), true).is_none() && Template::of(&page(true), false).is_none());
    }
}

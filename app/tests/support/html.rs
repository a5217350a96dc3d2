//! Looking at a page the way a reader does: title, heading, fields and what describes them.

use axum::http::StatusCode;

/// A page as it arrived.
pub(crate) struct Shown {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) policy: String,
    pub(crate) html: String,
}

impl Shown {
    pub(crate) fn title(&self) -> String {
        between(&self.html, "<title>", "</title>").unwrap_or_default()
    }

    pub(crate) fn heading(&self) -> String {
        let inside = between(&self.html, "<h1", "</h1>").unwrap_or_default();
        text(inside.split_once('>').map(|(_, rest)| rest).unwrap_or_default())
    }

    pub(crate) fn lang(&self) -> String {
        between(&self.html, "<html lang=\"", "\"").unwrap_or_default()
    }

    pub(crate) fn count(&self, what: &str) -> usize {
        self.html.matches(what).count()
    }

    /// The words of the page, without markup.
    pub(crate) fn words(&self) -> String {
        text(self.html.split_once("<body>").map_or(self.html.as_str(), |(_, body)| body))
    }

    /// Every start tag of this element.
    pub(crate) fn tags(&self, element: &str) -> Vec<&str> {
        let open = format!("<{element} ");
        self.html.split(&open).skip(1).filter_map(|rest| rest.split('>').next()).collect()
    }

    /// Whether the field stands inside its label.
    fn inside_label(&self, input: &str) -> bool {
        let before = self.html.split(input).next().unwrap_or_default();
        before.rfind("<label") > before.rfind("</label>")
    }

    fn ids(&self) -> Vec<String> {
        self.html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    }

    /// Labels and descriptions point to something, every id stands once, every field has a label, one main, one `h1`.
    pub(crate) fn assert_sound(&self, what: &str) {
        let ids = self.ids();
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{what}: an id stands twice in {ids:?}");
        let labels: Vec<_> = self.tags("label").into_iter().filter_map(|tag| attribute(tag, "for")).collect();
        for target in &labels {
            assert!(ids.contains(target), "{what}: a label for {target}, which is not there");
        }
        for input in self.tags("input") {
            let kind = attribute(input, "type").unwrap_or_default();
            let hidden = kind == "hidden" || input.ends_with(" hidden") || input.contains(" hidden ");
            let id = attribute(input, "id").unwrap_or_default();
            assert!(
                hidden || labels.contains(&id) || self.inside_label(input),
                "{what}: no label for <input {input}>"
            );
            for described in attribute(input, "aria-describedby").unwrap_or_default().split_whitespace() {
                assert!(
                    ids.iter().any(|id| id == described),
                    "{what}: {described} describes and is not there"
                );
            }
        }
        assert_eq!(self.count("<h1"), 1, "{what}: {}", self.words());
        assert_eq!(self.count("<main"), 1, "{what}");
        assert!(!self.words().contains('{'), "{what}: a placeholder is left in {}", self.words());
        assert!(self.count("btn-primary") <= 1, "{what}: more than one primary button");
    }
}

/// An attribute of a start tag.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let padded = format!(" {tag}");
    between(&padded, &format!(" {name}=\""), "\"")
}

fn between(text: &str, from: &str, to: &str) -> Option<String> {
    Some(text.split_once(from)?.1.split_once(to)?.0.to_owned())
}

fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    // Scripts are no words.
    let without_scripts: String = html
        .split("<script")
        .enumerate()
        .map(
            |(n, part)| if n == 0 { part } else { part.split_once("</script>").map_or("", |(_, rest)| rest) },
        )
        .collect();
    for character in without_scripts.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ").replace("&#x27;", "'").replace("&amp;", "&")
}

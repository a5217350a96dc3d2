//! The two languages, and a sentence said in both.

use serde::{Deserialize, Serialize};

/// A language a person reads. Danish comes first, and is the binding one where the words bind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// The language of a two-letter code (ISO 639-1), as it stands in links, cookies and records.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| code.eq_ignore_ascii_case(lang.code()))
    }

    /// The two-letter code (ISO 639-1) of this language.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }

    /// The value of the `lang` attribute (BCP 47, WCAG 3.1.1).
    pub const fn html_lang(self) -> &'static str {
        self.code()
    }

    /// The language's name for itself, for the switch between them (WCAG 3.1.2).
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Da => "Dansk",
            Self::En => "English",
        }
    }

    /// The language the switch leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Da => Self::En,
            Self::En => Self::Da,
        }
    }

    /// Chooses from an `Accept-Language` header (RFC 9110, 12.5.4). Danish wins a draw, and is the answer
    /// to a header that is missing, broken or names neither language.
    pub fn from_accept_language(header: Option<&str>) -> Self {
        let mut wanted = [(Self::Da, 0), (Self::En, 0)];
        for range in header.unwrap_or_default().split(',') {
            let Some((lang, weight)) = language_range(range) else {
                continue;
            };
            for (known, best) in &mut wanted {
                if *known == lang {
                    *best = weight.max(*best);
                }
            }
        }
        let [(_, danish), (_, english)] = wanted;
        if english > danish { Self::En } else { Self::Da }
    }
}

/// One range such as `en-GB;q=0.8`: our language for it, and its weight in thousandths.
fn language_range(range: &str) -> Option<(Lang, u16)> {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let lang = Lang::from_code(tag.trim().split('-').next()?)?;
    match parameters.trim().strip_prefix("q=") {
        None => Some((lang, 1000)),
        Some(quality) => Some((lang, thousandths(quality.trim())?)),
    }
}

/// `0.8` as 800. Three decimals at most, as the header's grammar has it.
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, decimals) = quality.split_once('.').unwrap_or((quality, ""));
    if decimals.len() > 3 {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    Some((whole.checked_mul(1000)?.checked_add(decimals)?).min(1000))
}

/// One sentence in both languages. May hold placeholders: `{name}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say {
    /// The Danish wording.
    pub da: &'static str,
    /// The English wording.
    pub en: &'static str,
}

impl Say {
    /// Says the same in Danish and English.
    pub const fn new(da: &'static str, en: &'static str) -> Self {
        Self { da, en }
    }

    /// The wording in one language, placeholders as they stand.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Da => self.da,
            Lang::En => self.en,
        }
    }

    /// The wording with `{name}` replaced by the value called `name`.
    ///
    /// A value is put in as it is and never searched for placeholders itself. A placeholder without a value
    /// stays visible, so that a reader of a test, or of a page, sees the mistake.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(lang);
        while let Some((before, name, after)) = next_placeholder(rest) {
            filled.push_str(before);
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.extend(["{", name, "}"]),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// Whether both languages use the same placeholders. Each module of wordings asserts it over its own.
    pub fn agrees(self) -> bool {
        let sorted = |text| {
            let mut names: Vec<_> = placeholders(text).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        sorted(self.da) == sorted(self.en)
    }
}

/// The names of the placeholders in a text, in the order they stand.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (_, name, after) = next_placeholder(rest)?;
        rest = after;
        Some(name)
    })
}

/// What stands before the first placeholder, its name, and what stands after it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, tail) = text.split_once('{')?;
    let (name, after) = tail.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_is_the_answer_when_nobody_asks_for_english() {
        for header in [None, Some(""), Some("*"), Some("de, pl;q=0.9"), Some("da;q=x"), Some("en;q=0")] {
            assert_eq!(Lang::from_accept_language(header), Lang::Da, "{header:?}");
        }
    }

    #[test]
    fn english_is_chosen_when_it_is_wanted_more() {
        for header in ["en", "en-GB,en;q=0.9", "da;q=0.7, en-US", "de, en;q=0.3", "EN ; q=0.9, da;q=0.85"] {
            assert_eq!(Lang::from_accept_language(Some(header)), Lang::En, "{header}");
        }
    }

    #[test]
    fn danish_wins_a_draw_whatever_the_order() {
        assert_eq!(Lang::from_accept_language(Some("en;q=0.8, da-DK;q=0.8")), Lang::Da);
        assert_eq!(Lang::from_accept_language(Some("en;q=0.5, da;q=0.500")), Lang::Da);
    }

    #[test]
    fn a_code_names_its_language_and_nothing_else_does() {
        assert!(Lang::ALL.into_iter().all(|lang| Lang::from_code(lang.code()) == Some(lang)));
        assert_eq!(Lang::from_code("EN"), Some(Lang::En));
        assert_eq!(Lang::from_code("english"), None);
    }

    const GREETING: Say = Say::new("Hej {name}. Kode: {code}", "{code} is yours, {name}");

    #[test]
    fn a_sentence_is_filled_by_name_in_either_language() {
        let values = [("name", "Åse"), ("code", "A1")];
        assert_eq!(GREETING.fill(Lang::Da, &values), "Hej Åse. Kode: A1");
        assert_eq!(GREETING.fill(Lang::En, &values), "A1 is yours, Åse");
    }

    #[test]
    fn a_value_cannot_bring_a_placeholder_of_its_own() {
        let values = [("name", "{code}"), ("code", "A1")];
        assert_eq!(GREETING.fill(Lang::Da, &values), "Hej {code}. Kode: A1");
    }

    #[test]
    fn a_placeholder_without_a_value_stays_visible() {
        assert_eq!(GREETING.fill(Lang::Da, &[("name", "Åse")]), "Hej Åse. Kode: {code}");
        assert_eq!(Say::new("en { alene", "").fill(Lang::Da, &[]), "en { alene");
    }

    #[test]
    fn languages_that_need_different_values_disagree() {
        assert!(GREETING.agrees());
        assert!(!Say::new("{name}", "{nam}").agrees());
        assert_eq!(placeholders(GREETING.da).collect::<Vec<_>>(), ["name", "code"]);
    }
}

//! The code of an authenticator app: one field, pasted or typed, spaces forgiven.

use crate::FieldMarks;
use crate::around::around;
use crate::dom::{hear, left, part, say};
use domain::code::six_digits;
use leptos::prelude::*;
use web_sys::{Element, HtmlInputElement};

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct CodeWords {
    /// So far `{n}` digits.
    pub some: String,
    /// All six.
    pub enough: String,
}

/// The field. Tells how many digits there are; takes the spaces out once six digits stand there.
pub fn code_field(marks: FieldMarks, words: CodeWords) -> impl IntoView {
    view! {
        <CodeField>
            <input
                id=marks.id
                name=marks.name
                class="input input-code"
                type="text"
                inputmode="numeric"
                autocomplete=marks.autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=marks.invalid.then_some("true")
                aria-describedby=marks.described_by
            />
            <p class="hint" aria-live="polite" data-some=words.some data-enough=words.enough></p>
        </CodeField>
    }
}

#[island]
fn CodeField(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let input: HtmlInputElement = part(root, "input")?;
    let progress: Element = part(root, "p")?;
    let words = CodeWords { some: left(&progress, "data-some"), enough: left(&progress, "data-enough") };
    say(&progress, &said(&words, &input.value()));
    let field = input.clone();
    hear(&input, "input", move |_| {
        let typed = field.value();
        if let Some(digits) = six_digits(&typed).filter(|digits| *digits != typed) {
            field.set_value(&digits);
        }
        say(&progress, &said(&words, &typed));
    });
    Some(())
}

fn said(words: &CodeWords, text: &str) -> String {
    match text.chars().filter(char::is_ascii_digit).count() {
        0 => String::new(),
        _ if six_digits(text).is_some() => words.enough.clone(),
        n => words.some.replace("{n}", &n.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_digits_and_says_when_there_are_six() {
        let words = CodeWords { some: "{n} af 6".into(), enough: "nok".into() };
        for (text, expected) in [("", ""), ("12 3", "3 af 6"), ("123 456", "nok"), ("1234567", "7 af 6")] {
            assert_eq!(said(&words, text), expected, "{text}");
        }
    }
}

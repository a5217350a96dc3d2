//! The code of an authenticator app: one field, pasted or typed, spaces forgiven.

use crate::FieldMarks;
use crate::awake::typed;
use domain::code::six_digits;
use leptos::html::Input;
use leptos::prelude::*;

words! {
    /// Its words.
    CodeWords {
        /// So far `{n}` digits.
        some,
        /// All six.
        enough,
    }
}

/// The field. Tells how many digits there are; takes the spaces out once six digits stand there.
#[island]
pub fn CodeField(marks: FieldMarks, words: CodeWords) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let text = typed(field);
    let progress = move || said(&words, &text.read());
    view! {
        <input
            node_ref=field
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
            on:input:target=move |event| {
                let input = event.target();
                if let Some(digits) = six_digits(&input.value()) && digits != input.value() {
                    input.set_value(&digits);
                }
                text.set(input.value());
            }
        />
        <p class="hint" aria-live="polite">{progress}</p>
    }
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

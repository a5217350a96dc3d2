//! A password: shown on request, with the rule ticked off while a new one is typed.

use crate::FieldMarks;
use crate::around::around;
use crate::dom::{hear, left, part, say};
use domain::password::{LONGEST, OBVIOUS, Password, SHORTEST, Weak, check};
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

/// Its words.
#[derive(Clone, Debug, Default)]
pub struct PasswordWords {
    /// The button that shows.
    pub show: String,
    /// The same while shown.
    pub hide: String,
    /// What the buttons do, for those who hear them.
    pub show_label: String,
    /// The same while shown.
    pub hide_label: String,
    /// Caps Lock is on.
    pub caps_lock: String,
}

/// What is said about a *new* password.
#[derive(Clone, Debug, Default)]
pub struct NewPasswordWords {
    /// The rule about length.
    pub rule_length: String,
    /// The rule about the obvious.
    pub rule_obvious: String,
    /// Said after a rule that is met.
    pub met: String,
    /// `{n}` more characters.
    pub more: String,
    /// One more character.
    pub one_more: String,
    /// Too long.
    pub too_long: String,
    /// Easy to guess.
    pub obvious: String,
    /// Long enough, and not obvious.
    pub good: String,
}

/// What a *new* password must be.
#[derive(Clone, Debug, Default)]
pub struct NewPassword {
    /// Words it must not be, besides the domain's list.
    pub avoid: Vec<String>,
    /// What is said about it.
    pub words: NewPasswordWords,
}

/// The field with its button. `new` adds the rules, from the same code the server decides by.
pub fn password_field(marks: FieldMarks, words: PasswordWords, new: Option<NewPassword>) -> impl IntoView {
    let id = marks.id.clone();
    let PasswordWords { show, hide, show_label, hide_label, caps_lock } = words;
    let (said, label) = (show.clone(), show_label.clone());
    view! {
        <PasswordField>
            <div class="input-row">
                <input
                    id=marks.id
                    name=marks.name
                    class="input"
                    type="password"
                    autocomplete=marks.autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=marks.invalid.then_some("true")
                    aria-describedby=marks.described_by
                />
                <button
                    type="button"
                    class="btn btn-secondary"
                    hidden
                    aria-controls=id
                    aria-label=label
                    data-show=show
                    data-show-label=show_label
                    data-hide=hide
                    data-hide-label=hide_label
                >
                    {said}
                </button>
            </div>
            <p class="hint" aria-live="polite" data-caps=caps_lock></p>
            {new.map(rules)}
        </PasswordField>
    }
}

/// The rules of a new password, each with the word that says it is met, and one spoken line.
fn rules(new: NewPassword) -> impl IntoView {
    let NewPassword { avoid, words } = new;
    view! {
        <ul class="rule-list" data-avoid=avoid.join("\n") data-met=words.met>
            <li>{words.rule_length} " " <span class="visually-hidden"></span></li>
            <li>{words.rule_obvious} " " <span class="visually-hidden"></span></li>
        </ul>
        <p
            class="hint"
            aria-live="polite"
            data-more=words.more
            data-one-more=words.one_more
            data-too-long=words.too_long
            data-obvious=words.obvious
            data-good=words.good
        ></p>
    }
}

#[island]
fn PasswordField(children: Children) -> impl IntoView {
    around(children, wake)
}

fn wake(root: &Element) -> Option<()> {
    let input: HtmlInputElement = part(root, "input")?;
    let button: HtmlElement = part(root, "button")?;
    let caps: Element = part(root, "[data-caps]")?;
    let field = input.clone();
    let pressed = button.clone();
    hear(&button, "click", move |_| toggle(&field, &pressed));
    button.set_hidden(false);
    let line = caps.clone();
    hear(&input, "keyup", move |event| {
        let on = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.get_modifier_state("CapsLock"));
        say(&line, &if on { left(&line, "data-caps") } else { String::new() });
    });
    hear(&input, "blur", move |_| say(&caps, ""));
    watch(root, &input)
}

/// Shows the password, or hides it again.
fn toggle(field: &HtmlInputElement, button: &Element) {
    let shown = field.type_() == "password";
    field.set_type(if shown { "text" } else { "password" });
    let (word, label) =
        if shown { ("data-hide", "data-hide-label") } else { ("data-show", "data-show-label") };
    say(button, &left(button, word));
    // A label that is not taken leaves the old one: the word on the button is right.
    let _refused = button.set_attribute("aria-label", &left(button, label));
}

/// Where there are rules: judges what stands in the field now, and after every change.
fn watch(root: &Element, input: &HtmlInputElement) -> Option<()> {
    let list: Element = part(root, "ul")?;
    let (length, obvious) = (part(&list, "li:first-child")?, part(&list, "li:last-child")?);
    let spoken: Element = part(root, "[data-more]")?;
    let (avoid, met) = (left(&list, "data-avoid"), left(&list, "data-met"));
    let field = input.clone();
    let judge_now = move || {
        let verdict = judge(&field.value(), avoid.lines());
        tick(&length, matches!(verdict, Verdict::Obvious | Verdict::Good), &met);
        tick(&obvious, verdict == Verdict::Good, &met);
        say(&spoken, &said(verdict, |name| left(&spoken, name)));
    };
    judge_now();
    hear(input, "input", move |_| judge_now());
    Some(())
}

fn tick(rule: &Element, is_met: bool, met: &str) {
    rule.set_class_name(if is_met { "met" } else { "" });
    if let Some(word) = part::<Element>(rule, "span") {
        say(&word, if is_met { met } else { "" });
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Empty,
    More(usize),
    TooLong,
    Obvious,
    Good,
}

fn judge<'a>(text: &str, avoid: impl Iterator<Item = &'a str>) -> Verdict {
    let length = text.chars().count();
    if length == 0 {
        return Verdict::Empty;
    }
    match check(&Password::typed(text.to_owned()), OBVIOUS.iter().copied().chain(avoid)) {
        Ok(()) | Err(Weak::Leaked) => Verdict::Good,
        Err(Weak::TooShort) => Verdict::More(SHORTEST.saturating_sub(length)),
        Err(Weak::TooLong) => Verdict::TooLong,
        Err(Weak::Obvious) => Verdict::Obvious,
    }
}

fn said(verdict: Verdict, word: impl Fn(&'static str) -> String) -> String {
    match verdict {
        Verdict::Empty => String::new(),
        Verdict::More(1) => word("data-one-more"),
        Verdict::More(n) => word("data-more").replace("{n}", &n.to_string()),
        Verdict::TooLong => word("data-too-long").replace("{n}", &LONGEST.to_string()),
        Verdict::Obvious => word("data-obvious"),
        Verdict::Good => word("data-good"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_island_says_what_the_server_will_decide() {
        for (text, verdict) in [
            ("", Verdict::Empty),
            ("grøn cykel", Verdict::More(2)),
            ("grøn cykel ved åen", Verdict::Good),
            ("Sygeplejerske1", Verdict::Obvious),
            ("  maja holm 123", Verdict::Obvious),
        ] {
            assert_eq!(judge(text, ["Maja Holm"].into_iter()), verdict, "{text}");
        }
        assert_eq!(judge(&"å".repeat(257), [].into_iter()), Verdict::TooLong);
    }

    #[test]
    fn the_count_of_missing_characters_goes_down_to_one() {
        let word = |name: &str| match name {
            "data-more" => "{n} tegn endnu".to_owned(),
            "data-one-more" => "1 tegn endnu".to_owned(),
            other => other.to_owned(),
        };
        assert_eq!(said(Verdict::More(3), word), "3 tegn endnu");
        assert_eq!(said(Verdict::More(1), word), "1 tegn endnu");
        assert_eq!(said(Verdict::Empty, word), "");
    }
}

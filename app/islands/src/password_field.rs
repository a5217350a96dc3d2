//! A password: shown on request, with the rule ticked off while a new one is typed.

use crate::FieldMarks;
use crate::awake::{awake, typed};
use domain::password::{LONGEST, OBVIOUS, Password, SHORTEST, Weak, check};
use leptos::html::Input;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

words! {
    /// Its words.
    PasswordWords {
        /// The button that shows.
        show,
        /// The same while shown.
        hide,
        /// What the buttons do, for those who hear them.
        show_label,
        /// The same while shown.
        hide_label,
        /// Caps Lock is on.
        caps_lock,
    }
}

words! {
    /// What is said about a *new* password.
    NewPasswordWords {
        /// The rule about length.
        rule_length,
        /// The rule about the obvious.
        rule_obvious,
        /// Said after a rule that is met.
        met,
        /// `{n}` more characters.
        more,
        /// One more character.
        one_more,
        /// Too long.
        too_long,
        /// Easy to guess.
        obvious,
        /// Long enough, and not obvious.
        good,
    }
}

/// What a *new* password must be.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NewPassword {
    /// Words it must not be, besides the domain's list.
    pub avoid: Vec<String>,
    /// What is said about it.
    pub words: NewPasswordWords,
}

/// The field with its button. `new` adds the rules, from the same code the server decides by.
#[island]
pub fn PasswordField(marks: FieldMarks, words: PasswordWords, new: Option<NewPassword>) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let text = typed(field);
    let awake = awake();
    let shown = RwSignal::new(false);
    let caps = RwSignal::new(false);
    let PasswordWords { show, hide, show_label, hide_label, caps_lock } = words;
    let id = marks.id.clone();
    view! {
        <div class="input-row">
            <input
                node_ref=field
                id=marks.id
                name=marks.name
                class="input"
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=marks.autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=marks.invalid.then_some("true")
                aria-describedby=marks.described_by
                on:input:target=move |event| text.set(event.target().value())
                on:keyup=move |event| caps.set(event.get_modifier_state("CapsLock"))
                on:blur=move |_| caps.set(false)
            />
            <button
                type="button"
                class="btn btn-secondary"
                hidden=move || !awake.get()
                aria-controls=id
                aria-label=move || if shown.get() { hide_label.clone() } else { show_label.clone() }
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || if shown.get() { hide.clone() } else { show.clone() }}
            </button>
        </div>
        <p class="hint" aria-live="polite">{move || caps.get().then(|| caps_lock.clone())}</p>
        {new.map(|new| rules(new, text))}
    }
}

/// The rules of a new password, each with the word that says it is met, and one spoken line.
fn rules(new: NewPassword, text: RwSignal<String>) -> impl IntoView {
    let NewPassword { avoid, words } = new;
    let verdict = Memo::new(move |_| judge(&text.read(), &avoid));
    let long_enough = move || matches!(verdict.get(), Verdict::Obvious | Verdict::Good);
    let not_obvious = move || verdict.get() == Verdict::Good;
    let NewPasswordWords { rule_length, rule_obvious, met, .. } = words.clone();
    let also_met = met.clone();
    view! {
        <ul class="rule-list">
            <li class:met=long_enough>
                {rule_length} <span class="visually-hidden">{move || long_enough().then(|| met.clone())}</span>
            </li>
            <li class:met=not_obvious>
                {rule_obvious} <span class="visually-hidden">{move || not_obvious().then(|| also_met.clone())}</span>
            </li>
        </ul>
        <p class="hint" aria-live="polite">{move || said(&words, verdict.get())}</p>
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

fn judge(text: &str, avoid: &[String]) -> Verdict {
    let length = text.chars().count();
    if length == 0 {
        return Verdict::Empty;
    }
    let words = OBVIOUS.iter().copied().chain(avoid.iter().map(String::as_str));
    match check(&Password::typed(text.to_owned()), words) {
        Ok(()) | Err(Weak::Leaked) => Verdict::Good,
        Err(Weak::TooShort) => Verdict::More(SHORTEST.saturating_sub(length)),
        Err(Weak::TooLong) => Verdict::TooLong,
        Err(Weak::Obvious) => Verdict::Obvious,
    }
}

fn said(words: &NewPasswordWords, verdict: Verdict) -> String {
    match verdict {
        Verdict::Empty => String::new(),
        Verdict::More(1) => words.one_more.clone(),
        Verdict::More(n) => words.more.replace("{n}", &n.to_string()),
        Verdict::TooLong => words.too_long.replace("{n}", &LONGEST.to_string()),
        Verdict::Obvious => words.obvious.clone(),
        Verdict::Good => words.good.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_island_says_what_the_server_will_decide() {
        let avoid = ["Maja Holm".to_owned()];
        for (text, verdict) in [
            ("", Verdict::Empty),
            ("grøn cykel", Verdict::More(2)),
            ("grøn cykel ved åen", Verdict::Good),
            ("Sygeplejerske1", Verdict::Obvious),
            ("  maja holm 123", Verdict::Obvious),
        ] {
            assert_eq!(judge(text, &avoid), verdict, "{text}");
        }
        assert_eq!(judge(&"å".repeat(257), &[]), Verdict::TooLong);
    }

    #[test]
    fn the_count_of_missing_characters_goes_down_to_one() {
        let words = NewPasswordWords {
            more: "{n} tegn endnu".into(),
            one_more: "1 tegn endnu".into(),
            ..Default::default()
        };
        assert_eq!(said(&words, Verdict::More(3)), "3 tegn endnu");
        assert_eq!(said(&words, Verdict::More(1)), "1 tegn endnu");
        assert_eq!(said(&words, Verdict::Empty), "");
    }
}

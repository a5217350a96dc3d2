//! Fields: label, hint, error, input, in this order, tied together by ids.

use crate::desk::CodeFrom;
use crate::scene::Scene;
use islands::{CodeWords, FieldMarks, NewPassword, NewPasswordWords, PasswordWords};
use leptos::prelude::*;
use text::pages::{common, devices, password, sign_in};

/// What is wrong with a field, for the field itself.
pub(crate) fn field_error(scene: &Scene, field: &str) -> Option<AnyView> {
    let slip = scene.flash.slips.iter().find(|slip| slip.field() == field)?;
    let (id, words) = (error_id(field), slip.words(scene));
    let prefix = scene.say(common::ERROR);
    Some(
        view! { <p class="field-error" id=id><span class="visually-hidden">{prefix} " "</span>{words}</p> }
            .into_any(),
    )
}

/// Where a label stands, and what it says beside itself.
pub(crate) struct Label<'a> {
    pub(crate) field: &'static str,
    pub(crate) says: &'a str,
    pub(crate) hint: Option<&'a str>,
}

impl Label<'_> {
    fn marks(&self, scene: &Scene, autocomplete: &str) -> FieldMarks {
        let invalid = has_error(scene, self.field);
        let ids = [self.hint.map(|_| hint_id(self.field)), invalid.then(|| error_id(self.field))];
        let ids = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
        FieldMarks {
            id: self.field.to_owned(),
            name: self.field.to_owned(),
            described_by: (!ids.is_empty()).then_some(ids),
            invalid,
            autocomplete: autocomplete.to_owned(),
        }
    }

    fn around(&self, scene: &Scene, input: AnyView) -> AnyView {
        let (field, label) = (self.field, self.says.to_owned());
        let hint = self.hint.map(|hint| {
            let (id, hint) = (hint_id(field), hint.to_owned());
            view! { <p class="hint" id=id>{hint}</p> }
        });
        view! {
            <div class="field">
                <label class="label" for=field>{label}</label>
                {hint}
                {field_error(scene, field)}
                {input}
            </div>
        }
        .into_any()
    }
}

fn hint_id(field: &str) -> String {
    format!("{field}-hint")
}

fn error_id(field: &str) -> String {
    format!("{field}-error")
}

fn has_error(scene: &Scene, field: &str) -> bool {
    scene.flash.slips.iter().any(|slip| slip.field() == field)
}

/// A line of text that is no secret; `value` is what was typed before.
pub(crate) fn text_field(scene: &Scene, label: &Label<'_>, autocomplete: &str, value: &str) -> AnyView {
    typed_field(scene, label, ("text", autocomplete), value)
}

/// The same with the keyboard a phone shows for it: `email`, `tel`, or `numeric` for digits.
pub(crate) fn typed_field(
    scene: &Scene,
    label: &Label<'_>,
    (kind, autocomplete): (&'static str, &str),
    value: &str,
) -> AnyView {
    let (kind, inputmode) = if kind == "numeric" { ("text", Some("numeric")) } else { (kind, None) };
    let marks = label.marks(scene, autocomplete);
    let value = value.to_owned();
    let input = view! {
        <input
            class="input input-w-20"
            type=kind
            inputmode=inputmode
            id=marks.id
            name=marks.name
            value=value
            autocomplete=marks.autocomplete
            autocapitalize="none"
            spellcheck="false"
            aria-invalid=marks.invalid.then_some("true")
            aria-describedby=marks.described_by
        />
    };
    label.around(scene, input.into_any())
}

fn password_words(scene: &Scene) -> PasswordWords {
    PasswordWords {
        show: scene.say(sign_in::SHOW).to_owned(),
        hide: scene.say(sign_in::HIDE).to_owned(),
        show_label: scene.say(sign_in::SHOW_LABEL).to_owned(),
        hide_label: scene.say(sign_in::HIDE_LABEL).to_owned(),
        caps_lock: scene.say(sign_in::CAPS_LOCK).to_owned(),
    }
}

/// The password one has. Never filled in by us.
pub(crate) fn password_field(scene: &Scene, label: &Label<'_>) -> AnyView {
    let (marks, words) = (label.marks(scene, "current-password"), password_words(scene));
    label.around(scene, islands::password_field(marks, words, None).into_any())
}

/// The password one wants, with the rule in sight.
pub(crate) fn new_password_field(scene: &Scene, label: &Label<'_>, avoid: Vec<String>) -> AnyView {
    let (marks, words) = (label.marks(scene, "new-password"), password_words(scene));
    let shortest = domain::password::SHORTEST.to_string();
    let new = NewPassword {
        avoid,
        words: NewPasswordWords {
            rule_length: scene.fill(password::RULE_LENGTH, &[("n", &shortest)]),
            rule_obvious: scene.say(password::RULE_OBVIOUS).to_owned(),
            met: scene.say(password::MET).to_owned(),
            more: scene.say(password::HINT_SHORT).to_owned(),
            one_more: scene.say(password::HINT_SHORT_ONE).to_owned(),
            too_long: scene.say(password::HINT_LONG).to_owned(),
            obvious: scene.say(password::HINT_OBVIOUS).to_owned(),
            good: scene.say(password::HINT_GOOD).to_owned(),
        },
    };
    label.around(scene, islands::password_field(marks, words, Some(new)).into_any())
}

/// Six digits.
pub(crate) fn code_field(scene: &Scene, label: &Label<'_>) -> AnyView {
    let marks = label.marks(scene, "one-time-code");
    let words = CodeWords {
        some: scene.say(sign_in::CODE_SOME).to_owned(),
        enough: scene.say(sign_in::CODE_ENOUGH).to_owned(),
    };
    label.around(scene, islands::code_field(marks, words).into_any())
}

/// A code of what somebody has.
pub(crate) fn shown_code_field(scene: &Scene, from: CodeFrom) -> AnyView {
    let label = |hint| Label { field: "code", says: scene.say(sign_in::CODE), hint: Some(scene.say(hint)) };
    match from {
        CodeFrom::App => code_field(scene, &label(sign_in::CODE_HINT)),
        // Of six to eight digits nobody can say when they are all there.
        CodeFrom::Device | CodeFrom::Either => {
            typed_field(scene, &label(devices::CODE_HINT), ("numeric", "one-time-code"), "")
        }
    }
}

/// Many lines of text; `value` is what stands in it.
pub(crate) fn long_field(
    scene: &Scene,
    label: &Label<'_>,
    (lang, longest): (&'static str, usize),
    value: &str,
) -> AnyView {
    let marks = label.marks(scene, "off");
    let (value, longest) = (as_text(value), longest.to_string());
    let input = view! {
        <textarea
            class="input"
            rows="14"
            lang=lang
            id=marks.id
            name=marks.name
            maxlength=longest
            autocomplete=marks.autocomplete
            aria-invalid=marks.invalid.then_some("true")
            aria-describedby=marks.described_by
            inner_html=value
        ></textarea>
    };
    label.around(scene, input.into_any())
}

/// The framework writes what stands in such a field as it is.
fn as_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

//! Who did what happened, in her words, and what she can do where it was not right.

use crate::scene::Scene;
use domain::audit::{Doer, Remedy};
use leptos::prelude::*;
use text::Say;
use text::pages::account as words;

/// What she can do where it was not right: whom to talk to where nobody at a browser did it, and a block on each row, for
/// somebody else may have asked for it in her name.
pub(super) fn remedy(scene: &Scene, by: Doer, happened: &str) -> AnyView {
    let talk = match by.remedy() {
        Remedy::Block => None,
        Remedy::AskHr => Some(view! { " " {scene.tell(words::ACTIVITY_ASK_HR)} }.into_any()),
        Remedy::Call => {
            let call = view! { <a href=scene.call()>{scene.tell(words::ACTIVITY_CALL)}</a> };
            Some(view! { " " {scene.tell(words::ACTIVITY_WRONG)} " " {call} "." }.into_any())
        }
    };
    let label = format!("{}: {happened}", scene.say(words::ACTIVITY_NOT_ME));
    view! { {talk} " " <a href="/spaer" aria-label=label>{scene.say(words::ACTIVITY_NOT_ME)}</a> }.into_any()
}

/// Who did it, where it was nobody at a browser.
pub(super) const fn who_did(by: Doer) -> Option<Say> {
    Some(match by {
        Doer::Herself | Doer::Unknown | Doer::House { answering: true } => return None,
        Doer::Another => words::DID_ANOTHER,
        Doer::Hr => words::DID_HR,
        Doer::Register => words::DID_REGISTER,
        Doer::Operator => words::DID_OPERATOR,
        Doer::House { answering: false } => words::DID_HOUSE,
    })
}

/// Who did it, in a cell of the table.
pub const fn doer_name(by: Doer) -> Say {
    match by {
        Doer::Herself => words::BY_HERSELF,
        Doer::Unknown => words::BY_UNKNOWN,
        Doer::Another => words::BY_ANOTHER,
        Doer::Hr => words::BY_HR,
        Doer::Register => words::BY_REGISTER,
        Doer::Operator => words::BY_OPERATOR,
        Doer::House { .. } => words::BY_HOUSE,
    }
}

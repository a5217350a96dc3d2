//! A form whose button opens the browser's dialog for passkeys and security keys.
//!
//! `frontend/passkeys` wakes it: asks at `action` what the browser is to do, and sends its answer to `data-answer`. Without
//! script it posts to `action` as it stands, and is told there that this needs script.

use crate::desk::Ask;
use crate::scene::Scene;
use leptos::prelude::*;
use text::pages::keys as words;

/// Which dialog.
#[derive(Clone, Copy)]
pub(crate) enum Dialog {
    /// For a new key.
    Create,
    /// For one that is there.
    Get,
}

/// The button of such a form.
pub(crate) struct Opens<'a> {
    pub(crate) dialog: Dialog,
    /// Where it is asked, and what for.
    pub(crate) ask: Ask,
    /// Where the answer goes.
    pub(crate) answer: &'static str,
    /// What the button says.
    pub(crate) says: &'a str,
    /// The page is about it.
    pub(crate) primary: bool,
}

/// The form; `inside` are its fields.
pub(crate) fn key_form(scene: &Scene, opens: &Opens<'_>, inside: impl IntoView + 'static) -> AnyView {
    let dialog = match opens.dialog {
        Dialog::Create => "create",
        Dialog::Get => "get",
    };
    let class = if opens.primary { "btn btn-primary" } else { "btn btn-secondary" };
    let (action, answer, says) = (opens.ask.path(), opens.answer, opens.says.to_owned());
    view! {
        <form method="post" action=action data-ceremony=dialog data-answer=answer novalidate>
            {inside.into_any()}
            <noscript><p class="notice notice-info">{scene.say(words::NEEDS_SCRIPT)}</p></noscript>
            <p class="actions"><button class=class type="submit">{says}</button></p>
            <p
                class="hint"
                role="status"
                data-working=scene.say(words::WORKING)
                data-done=scene.say(words::DONE)
                data-closed=scene.say(words::CLOSED)
                data-known=scene.say(words::KNOWN_HERE)
                data-unsupported=scene.say(words::UNSUPPORTED)
            ></p>
        </form>
    }
    .into_any()
}

/// Nothing to see: offers passkeys where the user name is typed, in browsers that can. A form has a button, also one that
/// nobody presses.
pub(crate) fn autofill(scene: &Scene, answer: &'static str, inside: impl IntoView + 'static) -> AnyView {
    view! {
        <form method="post" action=Ask::SignIn.path() data-ceremony="autofill" data-answer=answer hidden>
            {inside.into_any()}
            <button type="submit">{scene.say(words::LINK)}</button>
        </form>
    }
    .into_any()
}

//! Knowing that the browser has taken over, and what was typed before it did.

use leptos::html::Input;
use leptos::prelude::*;

/// False on the server and in the first moment of the browser, true from then on.
pub(crate) fn awake() -> ReadSignal<bool> {
    let (read, write) = signal(false);
    Effect::new(move |_| write.set(true));
    read
}

/// What stands in the field: first what was typed before the island woke, then every change.
pub(crate) fn typed(field: NodeRef<Input>) -> RwSignal<String> {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(input) = field.get() {
            typed.set(input.value());
        }
    });
    typed
}

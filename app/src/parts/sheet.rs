//! The printed sheet of codes (page 31), wherever one is made.

use crate::desk::CodeSheet;
use crate::parts::field_error;
use crate::scene::Scene;
use leptos::prelude::*;
use text::format;
use text::pages::{emergency as words, recovery};

/// The codes, and whose they are. No property of an island carries them.
pub(crate) fn code_sheet(scene: &Scene, seen: &CodeSheet) -> AnyView {
    let made = format::day_of(seen.at, scene.lang());
    let before = seen.replaces.map(|at| format::day_of(at, scene.lang())).unwrap_or_default();
    let of = if seen.replaces.is_some() { recovery::SHEET_REPLACES } else { words::SHEET_OF };
    let of = scene.fill(of, &[("user", &seen.user_name), ("when", &made), ("before", &before)]);
    let url = seen.url.split_once("://").map_or(seen.url.as_str(), |(_, rest)| rest).to_owned();
    let why = scene.fill(words::SHEET_BLOCKING_WHY, &[("url", &url)]);
    let recovery =
        seen.recovery.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view();
    view! {
        <section class="code-sheet" aria-labelledby="ark" translate="no">
            <h2 id="ark">{scene.say(words::SHEET_BLOCKING)}</h2>
            <p><code class="reference" id="spaerrekode">{seen.blocking.clone()}</code></p>
            <p>{why}</p>
            <h2>{scene.say(words::SHEET_RECOVERY)}</h2>
            <ol>{recovery}</ol>
            <p>{scene.tell(words::SHEET_RECOVERY_WHY)}</p>
            <p>{scene.tell(words::SHEET_PHONE)}</p>
            <p class="hint">{of}</p>
        </section>
    }
    .into_any()
}

/// The box that says they are on paper.
pub(crate) fn saved_box(scene: &Scene) -> AnyView {
    let invalid = scene.flash.slips.iter().any(|slip| slip.field() == "saved").then_some("true");
    view! {
        <div class="field">
            {field_error(scene, "saved")}
            <label class="check">
                <input type="checkbox" id="saved" name="saved" value="yes" aria-invalid=invalid/>
                <span>{scene.say(words::SHEET_BOX)}</span>
            </label>
        </div>
    }
    .into_any()
}

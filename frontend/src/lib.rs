//! The browser's door: the start function that `boot.js` calls before it wakes the islands of a page.

// Nothing here calls an island, the pages name them: this keeps them in the build.
use islands as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the reactive system; each island is then started by name, by the script in `boot.js`.
///
/// Panics are spelled out in the console of development builds only: the text costs every visitor bytes.
#[wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}

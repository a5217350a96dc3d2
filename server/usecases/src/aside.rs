//! What a browser's record keeps for its person for a while: sealed, and opened in that browser alone.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::vault::{KeyUse, Sealed};
use zeroize::Zeroizing;

/// Seals what somebody typed, to lie in the record of her browser.
pub fn put_aside(cx: &Cx, clear: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(cx.house.vault.seal(KeyUse::Memory, &place(cx), clear)?.0)
}

/// Opens it; none where it was changed, lay in another browser's record, or its key is gone.
pub fn take_up(cx: &Cx, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    cx.house.vault.open(KeyUse::Memory, &place(cx), &Sealed(sealed.to_vec())).ok()
}

fn place(cx: &Cx) -> String {
    format!("browser/aside/{}", cx.browser)
}

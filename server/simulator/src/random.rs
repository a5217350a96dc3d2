//! Names nobody can guess.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use usecases::ports::chance::Entropy;

/// 256 bits as text; none when there is no chance to be had.
pub(crate) fn handle(entropy: &dyn Entropy) -> Option<String> {
    let mut bytes = [0u8; 32];
    entropy.fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

//! Codes and tokens of OpenID Connect: what is written on them and its MAC, in hexadecimal. Nothing of them is kept.

use crate::context::{Cx, hex};
use crate::ports::vault::{KeyUse, VaultFault};
use domain::oidc::ticket::{TICKET_BYTES, Ticket, TicketKind};
use zeroize::Zeroizing;

/// Writes one.
pub(crate) fn write(cx: &Cx, ticket: &Ticket) -> Result<Zeroizing<String>, VaultFault> {
    let bytes = ticket.bytes();
    let mac = cx.house.vault.mac(KeyUse::Codes, &material(&bytes))?;
    Ok(Zeroizing::new(hex(&bytes) + &hex(&mac)))
}

/// Reads one that is ours, of any of these kinds and not past its time.
pub(crate) fn read(cx: &Cx, kinds: &[TicketKind], text: &str) -> Result<Option<Ticket>, VaultFault> {
    let Some(bytes) = bytes::<{ TICKET_BYTES + 32 }>(text) else { return Ok(None) };
    let Some((written, mac)) = bytes.split_first_chunk::<TICKET_BYTES>() else { return Ok(None) };
    let known = cx.house.vault.macs(KeyUse::Codes, &material(written))?;
    // Compared whole whatever they begin with: the time it takes tells nothing of where they differ.
    let ours = known.iter().any(|own| same(own, mac));
    let ticket = Ticket::read(*written).filter(|it| ours && kinds.contains(&it.kind) && cx.now < it.until);
    Ok(ticket)
}

/// No code of another kind, printed or mailed, has this before it.
fn material(written: &[u8; TICKET_BYTES]) -> Vec<u8> {
    [b"oidc ticket:".as_slice(), written].concat()
}

/// Compared whole, wherever they differ.
pub(crate) fn same(own: &[u8], shown: &[u8]) -> bool {
    own.len() == shown.len() && own.iter().zip(shown).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Lower-case hexadecimal of just so many bytes: one form of each ticket, so that none is known by two.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    if pairs.len() != N {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (digit(*high)? << 4) | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn a_ticket_has_one_form() {
        assert_eq!(bytes::<2>("00ff"), Some([0, 255]));
        for wrong in ["", "00f", "00FF", "00ff0", "00ff00", "0x12", "00 f"] {
            assert_eq!(bytes::<2>(wrong), None, "{wrong}");
        }
    }
}

//! Seeds as they are written: hexadecimal, base 32, base 64. Read into memory that is wiped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// Base 64, white space in it passed over.
pub(crate) fn base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let dense: Zeroizing<String> = Zeroizing::new(text.split_ascii_whitespace().collect());
    STANDARD.decode(dense.as_bytes()).ok().map(Zeroizing::new)
}

/// Hexadecimal in either case.
pub(crate) fn hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks_exact(2);
    if text.is_empty() || !pairs.remainder().is_empty() {
        return None;
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
    for pair in pairs {
        let [high, low] = pair else { return None };
        bytes.push((digit(*high)? << 4) | digit(*low)?);
    }
    Some(bytes)
}

/// Base 32 (RFC 4648) in either case, padded or not. What is left over at the end must be zero.
pub(crate) fn base32(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let text = text.trim_end_matches('=');
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 5 / 8));
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|it| *it == letter.to_ascii_uppercase())?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (!bytes.is_empty() && bits < 5 && held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_is_the_same_however_it_is_written() {
        let seed = b"12345678901234567890".as_slice();
        assert_eq!(hex("3132333435363738393031323334353637383930").unwrap().as_slice(), seed);
        assert_eq!(base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap().as_slice(), seed);
        assert_eq!(base32("gezdgnbvgy3tqojqgezdgnbvgy3tqojq").unwrap().as_slice(), seed);
        assert_eq!(base64(" MTIzNDU2Nzg5MDEy\n  MzQ1Njc4OTA= ").unwrap().as_slice(), seed);
    }

    #[test]
    fn what_is_half_a_seed_is_none() {
        for wrong in ["", "3", "3g", "31 32", "+1"] {
            assert_eq!(hex(wrong), None, "{wrong}");
        }
        for wrong in ["", "====", "A", "GEZDGNBV1", "GEZDG NBV", "GEZDGNBVG"] {
            assert_eq!(base32(wrong), None, "{wrong}");
        }
        assert_eq!(base64("MTIzNDU2Nzg5MDEy*"), None);
    }
}

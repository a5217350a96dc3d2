//! base64url without padding (RFC 4648, 5), in as few bytes of WASM as it takes: a library made for speed weighs more than all
//! the rest of this module.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes bytes as text.
pub(crate) fn write(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut waiting) = (0u32, 0u32);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        waiting += 8;
        while waiting >= 6 {
            waiting -= 6;
            text.push(letter(bits >> waiting));
        }
    }
    if waiting > 0 {
        text.push(letter(bits << (6 - waiting)));
    }
    text
}

fn letter(bits: u32) -> char {
    let at = usize::try_from(bits & 63).unwrap_or_default();
    LETTERS.get(at).copied().map_or('A', char::from)
}

/// Reads them back; none of what is no such text.
pub(crate) fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut waiting) = (0u32, 0u32);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        waiting += 6;
        if waiting >= 8 {
            waiting -= 8;
            bytes.push(u8::try_from(bits >> waiting & 255).ok()?);
        }
    }
    // Bits that are left over are part of no byte.
    (waiting < 6 && bits & ((1 << waiting) - 1) == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_writes_and_reads_as_the_standard_does() {
        let known: [(&[u8], &str); 6] = [
            (b"", ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foobar", "Zm9vYmFy"),
            (&[251, 255], "-_8"),
        ];
        for (bytes, text) in known {
            assert_eq!(write(bytes), text);
            assert_eq!(read(text).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn every_length_of_every_byte_comes_back() {
        let all: Vec<u8> = (0..=255).rev().collect();
        for length in 0..=all.len() {
            let bytes = all.get(..length).unwrap_or_default();
            assert_eq!(read(&write(bytes)).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn what_is_no_such_text_is_not_read() {
        for other in ["Zg==", "Zm9v+", "a", "æ", "Zh"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}

//! Public keys as other tools read them: PEM of a `SubjectPublicKeyInfo` (RFC 8410), which `openssl` and every library know.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::audit::checkpoint::PublicKey;

/// What stands before the 32 bytes of an Ed25519 key: SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING }.
const HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// A key as PEM.
pub fn to_pem(key: &PublicKey) -> String {
    format!("{BEGIN}\n{}\n{END}\n", STANDARD.encode([&HEAD[..], key].concat()))
}

/// Every Ed25519 key in a text of PEM blocks; none when one of the blocks is something else.
pub fn from_pem(text: &str) -> Option<Vec<PublicKey>> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (body, after) = after.split_once(END)?;
        let body: String = body.split_whitespace().collect();
        let bytes = STANDARD.decode(body).ok()?;
        keys.push(bytes.strip_prefix(&HEAD)?.try_into().ok()?);
        rest = after;
    }
    (!keys.is_empty()).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_they_were_written_and_others_are_refused() {
        let both = format!("one of two\n{}{}", to_pem(&[1; 32]), to_pem(&[2; 32]));
        assert_eq!(from_pem(&both), Some(vec![[1; 32], [2; 32]]));
        assert_eq!(from_pem("nothing"), None);
        assert_eq!(from_pem(&both.replace("MCow", "MCox")), None, "another kind of key");
    }
}

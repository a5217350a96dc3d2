//! Codes as people type them.

/// The six digits of an authenticator code, spaces and hyphens forgiven; none when it is anything else.
pub fn six_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// The eight digits of a code that was sent, likewise.
pub fn eight_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// A secret in groups of four, for reading and typing.
pub fn in_fours(secret: &str) -> String {
    let mut grouped = String::with_capacity(secret.len() + secret.len() / 4);
    for (at, character) in secret.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(character);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_do_not_matter_but_letters_do() {
        assert_eq!(six_digits(" 123 456 ").as_deref(), Some("123456"));
        assert_eq!(six_digits("123-456").as_deref(), Some("123456"));
        for wrong in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"] {
            assert_eq!(six_digits(wrong), None, "{wrong}");
        }
        assert_eq!(eight_digits("1234 5678").as_deref(), Some("12345678"));
        assert_eq!(eight_digits("123456"), None);
    }

    #[test]
    fn a_secret_is_grouped_without_a_trailing_space() {
        assert_eq!(in_fours("ABCDEFGH"), "ABCD EFGH");
        assert_eq!(in_fours("ABCDE"), "ABCD E");
    }
}

//! Claims as brokers send them: numbers as text, lists as text, truth as text.

use crate::reason::Reason;
use domain::Timestamp;
use serde_json::{Map, Value};
use zeroize::Zeroize;

/// One set of claims; its texts are wiped when dropped.
#[derive(Default)]
pub(crate) struct Claims(Map<String, Value>);

impl Claims {
    pub(crate) fn new(map: Map<String, Value>) -> Self {
        Self(map)
    }

    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok().map(Self)
    }

    pub(crate) fn raw(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A text, and only a text.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.raw(name).and_then(Value::as_str)
    }

    /// A value as text; an empty one is none.
    fn text(&self, name: &str) -> Option<String> {
        let text = match self.raw(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// One text or several.
    fn list(&self, name: &str) -> Option<Vec<String>> {
        match self.raw(name)? {
            Value::Array(values) => {
                Some(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            Value::String(text) => Some(text.split_whitespace().map(str::to_owned).collect()),
            _ => None,
        }
    }
}

impl Drop for Claims {
    fn drop(&mut self) {
        for value in self.0.values_mut() {
            if let Value::String(text) = value {
                text.zeroize();
            }
        }
    }
}

/// The signed answer and userinfo about the same subject.
pub(crate) struct Told {
    pub(crate) signed: Claims,
    pub(crate) userinfo: Claims,
}

impl Told {
    /// A claim that decides something: where both name it, they must agree.
    pub(crate) fn decisive(&self, name: &str) -> Result<Option<String>, Reason> {
        match (self.signed.text(name), self.userinfo.text(name)) {
            (Some(signed), Some(told)) if signed != told => Err(Reason::Contradiction),
            (signed, told) => Ok(signed.or(told)),
        }
    }

    /// A claim kept for the record: the signed one first.
    pub(crate) fn recorded(&self, name: &str) -> Option<String> {
        self.signed.text(name).or_else(|| self.userinfo.text(name))
    }

    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        self.signed.list(name).or_else(|| self.userinfo.list(name)).unwrap_or_default()
    }

    /// An instant: seconds since 1970, or RFC 3339.
    pub(crate) fn instant(&self, name: &str) -> Result<Option<Timestamp>, Reason> {
        Ok(self.decisive(name)?.as_deref().and_then(read_instant))
    }
}

fn read_instant(text: &str) -> Option<Timestamp> {
    match text.parse::<i64>() {
        Ok(seconds) => Timestamp::from_second(seconds).ok(),
        Err(_) => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn claims(value: Value) -> Claims {
        let Value::Object(map) = value else { panic!("an object") };
        Claims::new(map)
    }
    fn told(signed: Value, userinfo: Value) -> Told {
        Told { signed: claims(signed), userinfo: claims(userinfo) }
    }

    #[test]
    fn numbers_truths_and_texts_read_alike() {
        let it = told(json!({"a": 7, "b": true, "c": " x ", "d": "", "e": null, "f": ["x"]}), json!({}));
        let read = |name| it.decisive(name).unwrap();
        assert_eq!(read("a").as_deref(), Some("7"));
        assert_eq!(read("b").as_deref(), Some("true"));
        assert_eq!(read("c").as_deref(), Some("x"));
        assert_eq!([read("d"), read("e"), read("f"), read("g")], [None, None, None, None]);
    }

    #[test]
    fn two_voices_that_disagree_are_refused() {
        let it = told(json!({"loa": "high"}), json!({"loa": "low", "aal": "low"}));
        assert_eq!(it.decisive("loa"), Err(Reason::Contradiction));
        assert_eq!(it.decisive("aal"), Ok(Some("low".into())));
        assert_eq!(it.recorded("loa").as_deref(), Some("high"));
    }

    #[test]
    fn an_instant_may_be_a_number_a_text_or_a_date() {
        let at = Timestamp::from_second(1_800_000_000).unwrap();
        for value in [json!(1_800_000_000), json!("1800000000"), json!("2027-01-15T08:00:00Z")] {
            assert_eq!(told(json!({"auth_time": value}), json!({})).instant("auth_time").unwrap(), Some(at));
        }
        for value in [json!("soon"), json!(1.5), json!("99999999999999999999"), json!(i64::MAX), json!([])] {
            assert_eq!(told(json!({"auth_time": value}), json!({})).instant("auth_time").unwrap(), None);
        }
    }

    #[test]
    fn the_means_may_be_one_text_or_several() {
        assert_eq!(told(json!({"amr": ["a", 1, "b"]}), json!({})).list("amr"), ["a", "b"]);
        assert_eq!(told(json!({}), json!({"amr": "a b"})).list("amr"), ["a", "b"]);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,60}", body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_instant(&text);
            let _ = Claims::read(&body);
        }
    }
}

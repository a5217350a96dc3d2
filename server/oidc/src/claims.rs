//! The `claims` parameter (OIDC Core 5.5): which claims are asked for by name, and whether the level is essential.

use domain::level::AssuranceLevel;
use domain::oidc::client::Claim;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Longer ones are nobody's.
const LONGEST: usize = 4096;

/// What it asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) userinfo: BTreeSet<Claim>,
    pub(crate) id_token: BTreeSet<Claim>,
    pub(crate) level: Option<AssuranceLevel>,
}

/// Why it is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNamed {
    /// No JSON object of that shape.
    Malformed,
    /// A kind of authentication is essential that we do not have.
    Unmet,
}

/// Reads it. Names we do not know are passed over, as the specification demands.
pub(crate) fn read(text: &str) -> Result<Named, NotNamed> {
    if text.len() > LONGEST {
        return Err(NotNamed::Malformed);
    }
    let asked: Map<String, Value> = serde_json::from_str(text).map_err(|_| NotNamed::Malformed)?;
    let part = |name: &str| match asked.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(part)) => Ok(Some(part)),
        Some(_) => Err(NotNamed::Malformed),
    };
    let (userinfo, id_token) = (part("userinfo")?, part("id_token")?);
    let names = |part: Option<&Map<String, Value>>| {
        part.into_iter().flat_map(Map::keys).filter_map(|name| Claim::from_word(name)).collect()
    };
    let level = match id_token.and_then(|part| part.get("acr")) {
        Some(Value::Object(acr)) => acr_level(acr)?,
        Some(Value::Null) | None => None,
        Some(_) => return Err(NotNamed::Malformed),
    };
    Ok(Named { userinfo: names(userinfo), id_token: names(id_token), level })
}

/// `{"essential": true, "values": [...]}`: of several the lowest satisfies.
fn acr_level(acr: &Map<String, Value>) -> Result<Option<AssuranceLevel>, NotNamed> {
    let essential = match acr.get("essential") {
        None => false,
        Some(Value::Bool(essential)) => *essential,
        Some(_) => return Err(NotNamed::Malformed),
    };
    let values = match (acr.get("value"), acr.get("values")) {
        (None, None) => return Ok(None),
        (Some(one), None) => vec![one],
        (None, Some(Value::Array(several))) => several.iter().collect(),
        _ => return Err(NotNamed::Malformed),
    };
    let words: Option<Vec<&str>> = values.into_iter().map(Value::as_str).collect();
    let words = words.ok_or(NotNamed::Malformed)?;
    match lowest(words.into_iter()) {
        None if essential => Err(NotNamed::Unmet),
        level => Ok(level),
    }
}

/// The lowest of the levels among these; others are passed over.
pub(crate) fn lowest<'a>(values: impl Iterator<Item = &'a str>) -> Option<AssuranceLevel> {
    values.filter_map(AssuranceLevel::from_loa_uri).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssuranceLevel::{High, Low, Substantial};

    const LOA: &str = "https://data.gov.dk/concept/core/nsis/loa/";

    #[test]
    fn an_essential_level_is_demanded_and_an_unknown_one_is_refused() {
        let read = |acr: &str| read(&format!(r#"{{"id_token":{{"acr":{acr}}}}}"#)).map(|it| it.level);
        let all = format!(r#"["{LOA}High","{LOA}Substantial"]"#);
        assert_eq!(read(&format!(r#"{{"essential":true,"values":{all}}}"#)), Ok(Some(Substantial)));
        assert_eq!(read(&format!(r#"{{"essential":true,"value":"{LOA}High"}}"#)), Ok(Some(High)));
        assert_eq!(read(&format!(r#"{{"value":"{LOA}Low"}}"#)), Ok(Some(Low)));
        assert_eq!(read(r#"{"essential":true,"value":"urn:other"}"#), Err(NotNamed::Unmet));
        assert_eq!(read(r#"{"essential":true,"values":[]}"#), Err(NotNamed::Unmet));
        assert_eq!(read(r#"{"value":"urn:other"}"#), Ok(None));
        assert_eq!(read(r#"{"essential":true}"#), Ok(None), "any level will do");
        assert_eq!(read("null"), Ok(None));
        for wrong in ["1", "[]", r#"{"essential":"true","value":"x"}"#, r#"{"value":1}"#, r#"{"values":"x"}"#]
        {
            assert_eq!(read(wrong), Err(NotNamed::Malformed), "{wrong}");
        }
    }

    #[test]
    fn claims_are_named_where_they_are_wanted() {
        let named =
            read(r#"{"userinfo":{"email":null,"cpr":null},"id_token":{"name":{"essential":true}}}"#).unwrap();
        assert_eq!(named.userinfo, BTreeSet::from([Claim::Mail]));
        assert_eq!(named.id_token, BTreeSet::from([Claim::Name]));
        for wrong in
            ["", "[]", "{", r#"{"userinfo":[]}"#, &"[".repeat(300), &format!("{{{}}}", " ".repeat(5000))]
        {
            assert_eq!(read(wrong), Err(NotNamed::Malformed), "{wrong}");
        }
    }
}

//! The raw query: which parameters it holds, still exactly as sent.

use super::{MessageKind, RELAY_STATE_LONGEST, RedirectFault};
use crate::names;

const QUERY_LONGEST: usize = 32 * 1024;
const REQUEST: &str = "SAMLRequest";
const RESPONSE: &str = "SAMLResponse";
const ENCODING: &str = "SAMLEncoding";
const RELAY_STATE: &str = "RelayState";
const ALGORITHM: &str = "SigAlg";
const SIGNATURE: &str = "Signature";
const ALL: [&str; 6] = [REQUEST, RESPONSE, ENCODING, RELAY_STATE, ALGORITHM, SIGNATURE];

/// The raw values of the SAML parameters; others in the query are none of our business.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameters<'a> {
    pub(super) kind: MessageKind,
    pub(super) message: &'a str,
    pub(super) relay_state: Option<&'a str>,
    pub(super) signature_algorithm: &'a str,
    pub(super) signature: &'a str,
}

impl<'a> Parameters<'a> {
    /// A request, and nothing else.
    pub(super) fn split(raw: &'a str) -> Result<Self, RedirectFault> {
        let parameters = Self::either(raw)?;
        match parameters.kind {
            MessageKind::Request => Ok(parameters),
            MessageKind::Response => Err(RedirectFault::Response),
        }
    }

    /// A request or a response, never both.
    pub(super) fn either(raw: &'a str) -> Result<Self, RedirectFault> {
        if raw.len() > QUERY_LONGEST {
            return Err(RedirectFault::QueryTooLong);
        }
        let pairs = pairs(raw)?;
        let value = |name| find(&pairs, name);
        let (kind, message) = message(&pairs)?;
        if let Some(encoding) = value(ENCODING)?
            && decode(encoding)? != names::ENCODING_DEFLATE
        {
            return Err(RedirectFault::BadEncoding);
        }
        Ok(Self {
            kind,
            message,
            relay_state: value(RELAY_STATE)?,
            signature_algorithm: value(ALGORITHM)?.ok_or(RedirectFault::Unsigned)?,
            signature: value(SIGNATURE)?.ok_or(RedirectFault::Unsigned)?,
        })
    }

    /// The bytes the signature covers (bindings 3.4.4.1): raw values, in the order of the
    /// standard, whatever the order in the query.
    pub(super) fn signed(&self) -> String {
        signed(self.kind, self.message, self.relay_state, self.signature_algorithm)
    }
}

/// The same of values that are encoded already.
fn signed(kind: MessageKind, message: &str, relay_state: Option<&str>, algorithm: &str) -> String {
    let name = kind.parameter();
    match relay_state {
        Some(state) => format!("{name}={message}&{RELAY_STATE}={state}&{ALGORITHM}={algorithm}"),
        None => format!("{name}={message}&{ALGORITHM}={algorithm}"),
    }
}

/// A query of ours without its signature: what is signed, and what the signature is added to by [`sealed`].
pub(super) fn unsigned(kind: MessageKind, base64: &str, relay_state: Option<&str>) -> String {
    let state = relay_state.map(escape);
    signed(kind, &escape(base64), state.as_deref(), &escape(names::RSA_SHA256))
}

/// The whole query.
pub(super) fn sealed(unsigned: &str, signature_base64: &str) -> String {
    format!("{unsigned}&{SIGNATURE}={}", escape(signature_base64))
}

/// Percent-encoding of everything but letters, digits and `-._` (RFC 3986 2.1).
fn escape(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
        .replace('*', "%2A")
}

/// The one message of a query or a form.
pub(crate) fn message<'a>(pairs: &[(&str, &'a str)]) -> Result<(MessageKind, &'a str), RedirectFault> {
    match (find(pairs, REQUEST)?, find(pairs, RESPONSE)?) {
        (Some(request), None) => Ok((MessageKind::Request, request)),
        (None, Some(response)) => Ok((MessageKind::Response, response)),
        (Some(_), Some(_)) => Err(RedirectFault::TwoMessages),
        (None, None) => Err(RedirectFault::NoRequest),
    }
}

/// What a form asks to have back.
pub(crate) fn relay_state(pairs: &[(&str, &str)]) -> Result<Option<String>, RedirectFault> {
    opaque(find(pairs, RELAY_STATE)?)
}

/// The same, as it stands in a query.
pub(super) fn opaque(raw: Option<&str>) -> Result<Option<String>, RedirectFault> {
    match raw.map(decode).transpose()? {
        Some(state) if state.len() > RELAY_STATE_LONGEST => Err(RedirectFault::RelayStateTooLong),
        other => Ok(other),
    }
}

pub(crate) fn pairs(raw: &str) -> Result<Vec<(&str, &str)>, RedirectFault> {
    let pairs: Vec<_> = raw.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    // `SAMLReq%75est` would be one parameter to a framework that decodes names and none to us.
    let disguised = |name: &str| {
        name.contains(['%', '+']) && decode(name).is_ok_and(|plain| ALL.contains(&plain.as_str()))
    };
    if pairs.iter().any(|(name, _)| disguised(name)) {
        return Err(RedirectFault::DisguisedParameter);
    }
    Ok(pairs)
}

fn find<'a>(pairs: &[(&str, &'a str)], name: &str) -> Result<Option<&'a str>, RedirectFault> {
    let mut values = pairs.iter().filter(|(candidate, _)| *candidate == name).map(|(_, value)| *value);
    let first = values.next();
    if values.next().is_some() {
        return Err(RedirectFault::DuplicateParameter);
    }
    Ok(first)
}

/// Undoes percent-encoding strictly: a broken escape or broken UTF-8 is refused, not guessed.
pub(crate) fn decode(raw: &str) -> Result<String, RedirectFault> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => escaped(rest.next(), rest.next()).ok_or(RedirectFault::BadPercentEncoding)?,
            plain => plain,
        });
    }
    String::from_utf8(bytes).map_err(|_| RedirectFault::BadPercentEncoding)
}

fn escaped(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(raw: &str) -> RedirectFault {
        Parameters::split(raw).expect_err("refused")
    }

    #[test]
    fn the_signed_bytes_follow_the_standard_whatever_the_order_in_the_query() {
        let ordered = Parameters::split("SAMLRequest=a%2b&RelayState=r&SigAlg=s&Signature=x").unwrap();
        let shuffled =
            Parameters::split("Signature=x&SigAlg=s&RelayState=r&other=1&SAMLRequest=a%2b").unwrap();
        assert_eq!(ordered.signed(), "SAMLRequest=a%2b&RelayState=r&SigAlg=s");
        assert_eq!(shuffled.signed(), ordered.signed());
    }

    #[test]
    fn a_query_of_ours_is_read_back_as_it_was_meant() {
        let signed = unsigned(MessageKind::Response, "a+b/c=", Some("å 1*"));
        assert!(
            signed.starts_with("SAMLResponse=a%2Bb%2Fc%3D&RelayState=%C3%A5%201%2A&SigAlg=http%3A"),
            "{signed}"
        );
        let whole = sealed(&signed, "x+y");
        let read = Parameters::either(&whole).unwrap();
        assert_eq!((read.kind, read.signed()), (MessageKind::Response, signed));
        assert_eq!(decode(read.signature).unwrap(), "x+y");
        assert_eq!(decode(read.relay_state.unwrap()).unwrap(), "å 1*");
    }

    #[test]
    fn an_absent_relay_state_is_not_signed_and_an_empty_one_is() {
        let signed = |raw| Parameters::split(raw).unwrap().signed();
        assert_eq!(signed("SAMLRequest=a&SigAlg=s&Signature=x"), "SAMLRequest=a&SigAlg=s");
        assert_eq!(
            signed("SAMLRequest=a&RelayState=&SigAlg=s&Signature=x"),
            "SAMLRequest=a&RelayState=&SigAlg=s"
        );
    }

    #[test]
    fn a_parameter_can_neither_stand_twice_nor_hide() {
        for name in ALL {
            let twice = format!("SAMLRequest=a&SigAlg=s&Signature=x&{name}=1&{name}=1");
            assert_eq!(fault(&twice), RedirectFault::DuplicateParameter, "{name}");
        }
        assert_eq!(
            fault("SAMLRequest=a&SAMLReq%75est=b&SigAlg=s&Signature=x"),
            RedirectFault::DisguisedParameter
        );
    }

    #[test]
    fn unsigned_and_misdirected_messages_are_refused() {
        assert_eq!(fault("SAMLRequest=a"), RedirectFault::Unsigned);
        assert_eq!(fault("SAMLRequest=a&SigAlg=s"), RedirectFault::Unsigned);
        assert_eq!(fault("SigAlg=s&Signature=x"), RedirectFault::NoRequest);
        assert_eq!(fault("SAMLResponse=a&SigAlg=s&Signature=x"), RedirectFault::Response);
        let both = "SAMLRequest=a&SAMLResponse=b&SigAlg=s&Signature=x";
        assert_eq!(fault(both), RedirectFault::TwoMessages);
        assert_eq!(
            fault("SAMLRequest=a&SAMLEncoding=urn:x&SigAlg=s&Signature=x"),
            RedirectFault::BadEncoding
        );
        assert_eq!(fault(&"a".repeat(40_000)), RedirectFault::QueryTooLong);
    }

    #[test]
    fn broken_escapes_are_refused() {
        for broken in ["%", "%2", "%zz", "%+1", "%ff"] {
            assert_eq!(decode(broken), Err(RedirectFault::BadPercentEncoding), "{broken}");
        }
        assert_eq!(decode("%c3%A5+b").unwrap(), "å b");
    }
}

//! A time-stamp authority over HTTP (RFC 3161, 3.4). Off unless the configuration names one.

use async_trait::async_trait;
use core::time::Duration;
use reqwest::{Client, Url, redirect::Policy};
use usecases::ports::stamps::{NotStamped, StampAuthority};
use x509_cert::der::asn1::{Any, AnyRef, ObjectIdentifier, OctetStringRef, SequenceOf};
use x509_cert::der::{self, Decode as _, Encode as _, Reader as _};

/// How long it may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// More bytes than any stamp has.
const LARGEST: usize = 64 * 1024;
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// A time-stamp authority.
#[derive(Clone, Debug)]
pub struct TimeStampAuthority {
    client: Client,
    url: Url,
}

/// Why it cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum BadAuthority {
    /// No https address.
    #[error("outside.stamps must be an https address, without a password in it")]
    Address,
    /// The client cannot be made.
    #[error("outside.stamps: the client cannot be made")]
    Client(#[from] reqwest::Error),
}

impl TimeStampAuthority {
    /// At this address; `plain_on_loopback` accepts http to this machine, for tests.
    ///
    /// # Errors
    /// [`BadAuthority`]
    pub fn new(url: &str, plain_on_loopback: bool) -> Result<Self, BadAuthority> {
        let url = Url::parse(url).map_err(|_| BadAuthority::Address)?;
        let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let safe = url.scheme() == "https" || (url.scheme() == "http" && local && plain_on_loopback);
        if !safe || url.host_str().is_none() || url.password().is_some() {
            return Err(BadAuthority::Address);
        }
        // Fails only when the programme has chosen its provider already, which is the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        #[expect(
            clippy::disallowed_methods,
            reason = "an authority is another machine: bounded, and led nowhere else"
        )]
        let client = Client::builder()
            .timeout(TIMEOUT)
            .connect_timeout(TIMEOUT)
            .redirect(Policy::none())
            .no_proxy()
            .user_agent("nsis-id")
            .build()?;
        Ok(Self { client, url })
    }

    async fn ask(&self, request: Vec<u8>) -> Result<Vec<u8>, NotStamped> {
        let unreachable = |error: reqwest::Error| NotStamped::Unreachable(Box::new(error));
        let asked = self.client.post(self.url.clone()).header("content-type", "application/timestamp-query");
        let mut answer = asked.body(request).send().await.map_err(unreachable)?;
        if !answer.status().is_success() {
            return Err(NotStamped::Status(answer.status().as_u16()));
        }
        let mut whole = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(unreachable)? {
            whole.extend_from_slice(&part);
            if whole.len() > LARGEST {
                return Err(NotStamped::NotGranted);
            }
        }
        Ok(whole)
    }
}

#[async_trait]
impl StampAuthority for TimeStampAuthority {
    async fn stamp(&self, digest: &[u8; 32], nonce: u64) -> Result<Vec<u8>, NotStamped> {
        let unfit = |_: der::Error| NotStamped::NotGranted;
        let answer = self.ask(request(digest, nonce).map_err(unfit)?).await?;
        // Its certificate is not judged here; that it answers this question and no other is.
        let spoken = [OctetStringRef::new(digest).and_then(|it| it.to_der()), nonce.to_der()];
        for part in spoken {
            let part = part.map_err(unfit)?;
            if !answer.windows(part.len()).any(|it| it == part) {
                return Err(NotStamped::NotGranted);
            }
        }
        if is_granted(&answer).map_err(unfit)? { Ok(answer) } else { Err(NotStamped::NotGranted) }
    }
}

/// `TimeStampReq`: version 1, what is stamped, the nonce, and that the authority's certificate be in the answer.
fn request(digest: &[u8; 32], nonce: u64) -> der::Result<Vec<u8>> {
    let mut algorithm = SequenceOf::<Any, 2>::new();
    algorithm.add(Any::encode_from(&SHA_256)?)?;
    algorithm.add(Any::null())?;
    let mut imprint = SequenceOf::<Any, 2>::new();
    imprint.add(Any::encode_from(&algorithm)?)?;
    imprint.add(Any::encode_from(&OctetStringRef::new(digest)?)?)?;
    let mut request = SequenceOf::<Any, 4>::new();
    request.add(Any::encode_from(&1_u8)?)?;
    request.add(Any::encode_from(&imprint)?)?;
    request.add(Any::encode_from(&nonce)?)?;
    request.add(Any::encode_from(&true)?)?;
    request.to_der()
}

/// `TimeStampResp`: whether its status is granted (0), or granted with changes (1), and a token is there.
fn is_granted(response: &[u8]) -> der::Result<bool> {
    AnyRef::from_der(response)?.sequence(|reader| {
        let status = AnyRef::decode(reader)?.sequence(|info| {
            let status = u8::decode(info)?;
            while !info.is_finished() {
                AnyRef::decode(info)?;
            }
            Ok(status)
        })?;
        let has_token = !reader.is_finished();
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(status <= 1 && has_token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_what_is_to_be_stamped_byte_by_byte_as_the_standard_does() {
        let frame = |nonce: &[u8]| {
            let mut whole =
                vec![0x30, u8::try_from(0x39 + nonce.len() + 2).unwrap(), 2, 1, 1, 0x30, 0x31, 0x30, 0x0d];
            whole.extend([6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 32]);
            whole.extend([7; 32]);
            whole.extend([2, u8::try_from(nonce.len()).unwrap()]);
            whole.extend(nonce);
            whole.extend([1, 1, 0xff]);
            whole
        };
        assert_eq!(request(&[7; 32], 5).unwrap(), frame(&[5]));
        let widest = [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(request(&[7; 32], u64::MAX).unwrap(), frame(&widest));
    }

    #[test]
    fn what_was_refused_or_has_no_token_is_no_stamp() {
        for (response, granted) in [
            (&[0x30, 5, 0x30, 3, 2, 1, 2][..], false),
            (&[0x30, 5, 0x30, 3, 2, 1, 0][..], false),
            (&[0x30, 7, 0x30, 3, 2, 1, 2, 0x30, 0][..], false),
            (&[0x30, 7, 0x30, 3, 2, 1, 0, 0x30, 0][..], true),
            (&[0x30, 9, 0x30, 5, 2, 1, 1, 0x30, 0, 0x30, 0][..], true),
        ] {
            assert_eq!(is_granted(response).unwrap(), granted, "{response:?}");
        }
        for broken in [&b""[..], &b"<html>"[..], &[0x30, 9, 0x30][..]] {
            assert!(is_granted(broken).is_err(), "{broken:?}");
        }
    }
}

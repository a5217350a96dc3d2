//! Userinfo, where the CPR number is (OpenID Connect Core 1.0, section 5.3).

use crate::claims::Claims;
use crate::reason::Reason;
use crate::wire;
use reqwest::Client;
use url::Url;
use zeroize::Zeroizing;

/// Claims about the subject of the signed answer, and the bytes they came in.
pub(crate) async fn userinfo(
    http: &Client,
    endpoint: &Url,
    access_token: &str,
    signed: &Claims,
) -> Result<(Claims, Zeroizing<Vec<u8>>), Reason> {
    let reply = wire::send(http.get(endpoint.clone()).bearer_auth(access_token)).await?.good()?;
    let body = Zeroizing::new(reply.body);
    let claims = Claims::read(&body).ok_or(Reason::Malformed("userinfo"))?;
    // Without this an access token of somebody else would lend her number to this answer.
    if claims.word("sub").is_some() && claims.word("sub") == signed.word("sub") {
        Ok((claims, body))
    } else {
        Err(Reason::Subject)
    }
}

//! Addresses: compared byte by byte, and of nobody else.

use super::{Registration, no};
use domain::oidc::client::FrontChannel;
use url::{Host, Url};
use usecases::ports::oidc::NotRegistered;

pub(super) fn each(
    addresses: &[String],
    at: &str,
    check: impl Fn(&str) -> Result<(), &'static str>,
) -> Result<(), NotRegistered> {
    for (place, text) in addresses.iter().enumerate() {
        if let Err(why) = check(text) {
            return no(format!("{at}[{place}] {text:?}: {why}"));
        }
    }
    Ok(())
}

/// An absolute `https` address that means the same to everybody; `http` to this machine in the demo only.
pub(super) fn address(text: &str, loopback_http: bool) -> Result<Url, &'static str> {
    if text.len() > 2048
        || !text.bytes().all(|byte| byte.is_ascii_graphic())
        || text.contains(['*', '\\', '"', '<', '>'])
    {
        return Err("not an address that can be compared byte by byte");
    }
    let url = Url::parse(text).map_err(|_| "not an absolute address")?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err("it names no host"),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback && loopback_http) {
        return Err("not https");
    }
    if url.fragment().is_some() {
        return Err("it has a fragment");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it names a user");
    }
    // As a browser would write it, so that what is compared is what is called.
    let written = url.as_str();
    if written != text && written.strip_suffix('/') != Some(text) {
        return Err("it is not in its usual form");
    }
    Ok(url)
}

/// What we add to its query must not stand there already.
pub(super) fn redirect(text: &str, loopback_http: bool) -> Result<(), &'static str> {
    let ours = ["code", "state", "iss", "error"];
    let url = address(text, loopback_http)?;
    if url.query_pairs().any(|(name, _)| ours.contains(&name.as_ref())) {
        return Err("its query holds a name that answers have");
    }
    Ok(())
}

/// What we add to its query must not stand there already, and a browser is led to no host that answers do not go to
/// (Front-Channel Logout 2).
pub(super) fn front_channel(
    it: &Registration,
    loopback_http: bool,
) -> Result<Option<FrontChannel>, NotRegistered> {
    let Some(text) = &it.frontchannel_logout_uri else {
        return if it.frontchannel_logout_session_required {
            no("frontchannel_logout_session_required: there is no frontchannel_logout_uri")
        } else {
            Ok(None)
        };
    };
    let found = address(text, loopback_http).and_then(|url| {
        if url.query_pairs().any(|(name, _)| ["iss", "sid"].contains(&name.as_ref())) {
            return Err("its query holds a name that we add");
        }
        let mut own = it.redirect_uris.iter().filter_map(|own| Url::parse(own).ok());
        if own.any(|own| own.origin() == url.origin()) {
            Ok(())
        } else {
            Err("it is of another origin than each of redirect_uris")
        }
    });
    match found {
        Ok(()) => Ok(Some(FrontChannel {
            address: text.clone(),
            names_session: it.frontchannel_logout_session_required,
        })),
        Err(why) => no(format!("frontchannel_logout_uri {text:?}: {why}")),
    }
}

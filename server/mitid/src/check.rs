//! Whether a profile may be used for real (security decision 25).

use crate::profile::{BrokerProfile, Environment};
use url::{Host, Url};
use usecases::ports::store::Stamp;

/// Why a profile is refused. Shown to the operator at start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The named setting is empty or cannot be read.
    #[error("broker profile: `{0}` is missing or cannot be read")]
    Malformed(&'static str),
    /// The address is not https; only the demo may speak http, to this machine.
    #[error("broker profile: `{0}` must be an https address")]
    NotHttps(&'static str),
    /// A parameter of the request that is ours to set.
    #[error("broker profile: `extra_parameters.{0}` would replace a parameter of ours")]
    Reserved(String),
    /// Made for tests.
    #[error("broker profile: `{0}` is of a test environment and proves nobody")]
    Test(&'static str),
    /// Simulated identities.
    #[error("broker profile: `extra_parameters.{0}` asks for simulated identities")]
    Simulation(String),
    /// The HTTP client could not be made.
    #[error("broker profile: no HTTP client with TLS could be made")]
    Client,
}

/// Checks a profile for a programme of this kind.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(profile: &BrokerProfile, kind: Stamp) -> Result<(), Unfit> {
    well_formed(profile)?;
    for (name, address) in addresses(profile)? {
        let demo = kind == Stamp::Demo && address.scheme() == "http" && is_loopback(&address);
        if address.scheme() != "https" && !demo {
            return Err(Unfit::NotHttps(name));
        }
        if kind == Stamp::Production && is_test_host(&address) {
            return Err(Unfit::Test(name));
        }
    }
    match kind {
        Stamp::Demo => Ok(()),
        Stamp::Pilot => no_simulation(profile),
        Stamp::Production => no_simulation(profile).and_then(|()| no_test(profile)),
    }
}

fn well_formed(profile: &BrokerProfile) -> Result<(), Unfit> {
    let levels = &profile.levels;
    let distinct = levels.low != levels.substantial
        && levels.substantial != levels.high
        && levels.low != levels.high
        && [&levels.low, &levels.substantial, &levels.high].iter().all(|value| !value.is_empty());
    let demands = [
        ("id", is_segment(&profile.id)),
        ("client_id", !profile.client_id.is_empty()),
        ("client_secret", !profile.client_secret.expose().is_empty()),
        ("scopes", profile.scopes.iter().any(|scope| scope == "openid")),
        ("levels", distinct),
        ("scheme", !profile.scheme.mitid.is_empty() && !profile.scheme.private.is_empty()),
        ("algorithms", !profile.algorithms.is_empty()),
    ];
    if let Some((name, _)) = demands.into_iter().find(|(_, holds)| !holds) {
        return Err(Unfit::Malformed(name));
    }
    let reserved = profile.extra_parameters.keys().find(|name| RESERVED.contains(&name.as_str()));
    reserved.map_or(Ok(()), |name| Err(Unfit::Reserved(name.clone())))
}

/// An id stands in an address: lower-case letters, digits and hyphens.
fn is_segment(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

fn addresses(profile: &BrokerProfile) -> Result<[(&'static str, Url); 2], Unfit> {
    let read = |name, text: &str| {
        let address = Url::parse(text).map_err(|_| Unfit::Malformed(name))?;
        let plain = address.query().is_none() && address.fragment().is_none() && address.host().is_some();
        let anonymous = address.username().is_empty() && address.password().is_none();
        if plain && anonymous { Ok((name, address)) } else { Err(Unfit::Malformed(name)) }
    };
    Ok([read("issuer", &profile.issuer)?, read("redirect_uri", &profile.redirect_uri)?])
}

fn no_simulation(profile: &BrokerProfile) -> Result<(), Unfit> {
    let simulated = profile
        .extra_parameters
        .iter()
        .find(|(name, value)| [name, value].iter().any(|text| text.to_ascii_lowercase().contains("simulat")));
    simulated.map_or(Ok(()), |(name, _)| Err(Unfit::Simulation(name.clone())))
}

fn no_test(profile: &BrokerProfile) -> Result<(), Unfit> {
    if profile.environment == Environment::Test {
        return Err(Unfit::Test("environment"));
    }
    if profile.client_id == OPEN_TEST_CLIENT {
        return Err(Unfit::Test("client_id"));
    }
    Ok(())
}

/// Whether the address is on this machine.
pub(crate) fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Hosts of tests: numbers instead of names, names that never resolve on the internet, and the words brokers use
/// for their test ends (`pp.netseidbroker.dk`, `login-test.signicat.io`, `x.sandbox.signicat.com`,
/// `mitidsimulator.test-nemlog-in.dk`).
fn is_test_host(address: &Url) -> bool {
    let Some(Host::Domain(name)) = address.host() else { return true };
    let mut parts = name.trim_end_matches('.').split(['.', '-']);
    !name.contains('.') || parts.any(|part| TEST_WORDS.contains(&part)) || name.contains("simulator")
}

const TEST_WORDS: [&str; 14] = [
    "pp",
    "test",
    "sandbox",
    "preprod",
    "preproduction",
    "staging",
    "demo",
    "devtest4",
    "localhost",
    "local",
    "internal",
    "invalid",
    "example",
    "stub",
];

/// The client a broker publishes with its secret, for anybody to try.
const OPEN_TEST_CLIENT: &str = "0a775a87-878c-4b83-abe3-ee29c720c3e7";

const RESERVED: [&str; 16] = [
    "client_id",
    "client_secret",
    "code_challenge",
    "code_challenge_method",
    "idp_params",
    "idp_values",
    "language",
    "max_age",
    "nonce",
    "prompt",
    "redirect_uri",
    "request",
    "request_uri",
    "response_type",
    "scope",
    "state",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Client;

    fn real() -> BrokerProfile {
        let client = Client {
            id: "3f1c",
            secret: "kept secret",
            redirect_uri: "https://id.eksempelkommune.dk/mitid/neb",
        };
        BrokerProfile::neb("neb", Environment::Production, "https://netseidbroker.dk/op", client)
    }

    #[test]
    fn a_real_profile_is_fit_for_every_kind() {
        for kind in [Stamp::Demo, Stamp::Pilot, Stamp::Production] {
            assert_eq!(check(&real(), kind), Ok(()));
        }
    }

    #[test]
    fn production_refuses_whatever_is_made_for_tests() {
        let with = |change: fn(&mut BrokerProfile)| {
            let mut it = real();
            change(&mut it);
            check(&it, Stamp::Production).unwrap_err()
        };
        assert_eq!(with(|p| p.environment = Environment::Test), Unfit::Test("environment"));
        assert_eq!(with(|p| p.client_id = OPEN_TEST_CLIENT.into()), Unfit::Test("client_id"));
        for host in [
            "pp.netseidbroker.dk",
            "login-test.signicat.io",
            "kommune.sandbox.signicat.com",
            "mitidsimulator.test-nemlog-in.dk",
            "10.0.0.4",
            "[::1]",
            "localhost",
            "broker",
            "broker.test",
            "LOCALHOST",
        ] {
            let it = BrokerProfile { issuer: format!("https://{host}/op"), ..real() };
            assert_eq!(check(&it, Stamp::Production), Err(Unfit::Test("issuer")), "{host}");
        }
    }

    #[test]
    fn only_the_demo_simulates() {
        let mut it = real();
        it.extra_parameters.insert("simulation".into(), "no-ui".into());
        assert_eq!(check(&it, Stamp::Demo), Ok(()));
        for kind in [Stamp::Pilot, Stamp::Production] {
            assert_eq!(check(&it, kind), Err(Unfit::Simulation("simulation".into())));
        }
    }

    #[test]
    fn only_the_demo_speaks_http_and_only_to_this_machine() {
        let local = BrokerProfile {
            issuer: "http://localhost:3000/simulator/op".into(),
            redirect_uri: "http://127.0.0.1:3000/mitid".into(),
            ..real()
        };
        assert_eq!(check(&local, Stamp::Demo), Ok(()));
        assert_eq!(check(&local, Stamp::Pilot), Err(Unfit::NotHttps("issuer")));
        let far = BrokerProfile { issuer: "http://netseidbroker.dk/op".into(), ..real() };
        assert_eq!(check(&far, Stamp::Demo), Err(Unfit::NotHttps("issuer")));
        let back = BrokerProfile { redirect_uri: "http://id.eksempelkommune.dk/mitid".into(), ..real() };
        assert_eq!(check(&back, Stamp::Production), Err(Unfit::NotHttps("redirect_uri")));
    }

    #[test]
    fn what_is_ours_in_the_request_cannot_be_replaced() {
        for name in ["prompt", "state", "redirect_uri", "idp_params", "nonce"] {
            let mut it = real();
            it.extra_parameters.insert(name.into(), "x".into());
            assert_eq!(check(&it, Stamp::Demo), Err(Unfit::Reserved(name.into())));
        }
    }

    #[test]
    fn levels_that_mean_the_same_are_refused() {
        let mut it = real();
        it.levels.low = it.levels.substantial.clone();
        assert_eq!(check(&it, Stamp::Demo), Err(Unfit::Malformed("levels")));
    }

    #[test]
    fn the_secret_never_shows_itself() {
        assert!(!format!("{:?}", real()).contains("kept secret"));
    }
}

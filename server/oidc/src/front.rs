//! What an application is told in a frame of her browser (OIDC Front-Channel Logout 3).

use domain::oidc::client::FrontChannel;
use url::Url;

/// One address; or one for each session, where the application must be told which.
pub(crate) fn addresses(to: &FrontChannel, issuer: &str, sessions: &[String]) -> Vec<String> {
    if !to.names_session {
        return vec![to.address.clone()];
    }
    // What cannot be read was refused when it was registered.
    let Ok(address) = Url::parse(&to.address) else { return Vec::new() };
    let naming = |session: &String| {
        let mut address = address.clone();
        address.query_pairs_mut().append_pair("iss", issuer).append_pair("sid", session);
        String::from(address)
    };
    sessions.iter().map(naming).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_named_where_it_must_be_and_what_stands_in_the_address_stays() {
        let to = |names_session| FrontChannel { address: "https://app.example/fc?x=1".into(), names_session };
        let sessions = ["one".to_owned(), "t&wo".to_owned()];
        assert_eq!(addresses(&to(false), "https://login.test", &sessions), ["https://app.example/fc?x=1"]);
        assert_eq!(
            addresses(&to(true), "https://login.test", &sessions),
            [
                "https://app.example/fc?x=1&iss=https%3A%2F%2Flogin.test&sid=one",
                "https://app.example/fc?x=1&iss=https%3A%2F%2Flogin.test&sid=t%26wo",
            ]
        );
    }
}

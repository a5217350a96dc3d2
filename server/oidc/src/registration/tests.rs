use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::oidc::client::{CertifiedName, FrontChannel};
use serde_json::json;

fn good() -> Value {
    json!({
        "client_id": "app-1",
        "client_name": "Sagssystemet",
        "redirect_uris": ["https://app.example/back", "https://app.example/other?x=1"],
        "token_endpoint_auth_method": "client_secret_basic",
        "grant_types": ["authorization_code", "refresh_token"],
        "post_logout_redirect_uris": ["https://app.example/out"],
        "backchannel_logout_uri": "https://app.example/bc",
        "id_token_signed_response_alg": "ES256",
        "level": "Low",
        "longest_session_minutes": 30,
        "single_sign_on": false,
        "claims": ["name", "email"],
    })
}

fn with(name: &str, value: Value) -> Result<Client, NotRegistered> {
    let mut text = good();
    text[name] = value;
    read(&text.to_string(), uuid::Uuid::nil().into(), [7; 32], false)
}

#[test]
fn a_whole_registration_is_read() {
    let client = with("client_name", json!(" Sagssystemet ")).unwrap();
    assert_eq!((client.client_id.as_str(), client.display_name.as_str()), ("app-1", "Sagssystemet"));
    assert_eq!(client.auth, ClientAuth::SecretBasic([7; 32]));
    assert_eq!((client.signing, client.demands), (Signing::ES256, AssuranceLevel::Low));
    assert_eq!(client.claims, BTreeSet::from([Claim::Name, Claim::Mail]));
    assert!(client.refresh && !client.single_sign_on && !client.pushed_only);
    assert_eq!((client.longest_session, client.sector.as_str()), (SignedDuration::from_mins(30), "app-1"));
    let least = json!({
        "client_id": "app", "client_name": "App", "redirect_uris": ["https://app.example"],
        "token_endpoint_auth_method": "none",
    });
    let client = read(&least.to_string(), uuid::Uuid::nil().into(), [7; 32], false).unwrap();
    assert_eq!((client.signing, client.demands), (Signing::RS256, AssuranceLevel::Substantial));
    assert!(!client.refresh && client.single_sign_on && client.claims.is_empty());
}

#[test]
fn an_address_that_could_lead_elsewhere_is_refused_and_named() {
    for wrong in [
        "http://app.example/back",
        "http://localhost:3000/back",
        "javascript:alert(1)",
        "data:text/html,x",
        "app.example/back",
        "/back",
        "https:///back",
        "https://*.example/back",
        "https://app.example/back#x",
        "https://app.example/back?code=1",
        "https://app.example/back?st%61te=1",
        "https://user@app.example/back",
        "https://app.example/a/../back",
        "https://APP.example/back",
        "https://app.example:443/back",
        "https://app.example/ba ck",
        "https://app.example\\@evil.example/back",
        "https://app.example/back\n",
        "com.example.app:/back",
        "",
    ] {
        let refused = with("redirect_uris", json!(["https://app.example/ok", wrong])).unwrap_err();
        assert!(refused.0.starts_with("redirect_uris[1] "), "{wrong}: {refused}");
    }
    for wrong in [
        "http://app.example/fc",
        "https://app.example:8443/fc",
        "https://other.example/fc",
        "https://app.example.evil.example/fc",
        "https://app.example/fc?s%69d=1",
        "https://app.example/fc#x",
        "javascript:alert(1)",
    ] {
        let refused = with("frontchannel_logout_uri", json!(wrong)).unwrap_err();
        assert!(refused.0.starts_with("frontchannel_logout_uri "), "{wrong}: {refused}");
    }
    for name in ["post_logout_redirect_uris", "backchannel_logout_uri"] {
        let value = if name.ends_with("uri") {
            json!("http://app.example/x")
        } else {
            json!(["http://app.example/x"])
        };
        assert!(with(name, value).unwrap_err().0.contains("not https"), "{name}");
    }
    let demo = json!({
        "client_id": "app", "client_name": "App", "redirect_uris": ["http://127.0.0.1:3000/back"],
        "token_endpoint_auth_method": "none",
    });
    assert!(read(&demo.to_string(), uuid::Uuid::nil().into(), [7; 32], true).is_ok(), "the demo only");
}

#[test]
fn a_frame_is_told_which_session_where_it_must_be() {
    let front = |session: bool| {
        let mut text = good();
        text["frontchannel_logout_uri"] = json!("https://app.example/fc?x=1");
        text["frontchannel_logout_session_required"] = json!(session);
        read(&text.to_string(), uuid::Uuid::nil().into(), [7; 32], false).unwrap().front_channel_logout
    };
    for names_session in [false, true] {
        let address = "https://app.example/fc?x=1".to_owned();
        assert_eq!(front(names_session), Some(FrontChannel { address, names_session }));
    }
    assert_eq!(with("client_name", json!("App")).unwrap().front_channel_logout, None);
    assert!(with("frontchannel_logout_session_required", json!(true)).is_err(), "told nowhere");
}

#[test]
fn who_proves_itself_by_a_certificate_says_exactly_which() {
    let by = |method: &str, more: Value| {
        let mut text = good();
        text["token_endpoint_auth_method"] = json!(method);
        for (name, value) in more.as_object().unwrap() {
            text[name] = value.clone();
        }
        read(&text.to_string(), uuid::Uuid::nil().into(), [7; 32], false).map(|client| client.auth)
    };
    let named = |name: &str, value: &str| by("tls_client_auth", json!({ name: value }));
    let subject = "CN=fagsystem,2.5.4.97=NTRDK-29189897,C=DK";
    assert_eq!(
        named("tls_client_auth_subject_dn", subject),
        Ok(ClientAuth::Certified(CertifiedName::Subject(subject.to_owned())))
    );
    assert!(named("tls_client_auth_san_dns", "app.example").is_ok());
    assert!(named("tls_client_auth_san_uri", "urn:app").is_ok());
    for (name, value) in [
        ("tls_client_auth_subject_dn", ""),
        ("tls_client_auth_subject_dn", "fagsystem"),
        ("tls_client_auth_san_dns", "APP.example"),
        ("tls_client_auth_san_dns", ""),
        ("tls_client_auth_san_uri", "app"),
        ("tls_client_auth_san_ip", "192.0.2.1"),
    ] {
        assert!(named(name, value).is_err(), "{name} {value}");
    }
    let two = json!({ "tls_client_auth_subject_dn": subject, "tls_client_auth_san_uri": "urn:app" });
    assert!(by("tls_client_auth", two).is_err() && by("tls_client_auth", json!({})).is_err());
    assert!(by("tls_client_auth", json!({ "jwks": { "keys": [] } })).is_err());
    assert!(by("self_signed_tls_client_auth", json!({})).is_err(), "no certificate");
    assert!(by("client_secret_basic", json!({ "tls_client_auth_san_uri": "urn:app" })).is_err());
    let bound = "tls_client_certificate_bound_access_tokens";
    assert!(by("client_secret_basic", json!({ bound: true })).is_err(), "to what");
    assert!(by("client_secret_basic", json!({ bound: false })).is_ok());
    let unbound = json!({ "tls_client_auth_san_uri": "urn:app", bound: false });
    assert!(by("tls_client_auth", unbound).is_err(), "always");
    // The wire takes none where none counts.
    let wire = crate::Wire::new("https://login.test");
    let mut text = good();
    text["token_endpoint_auth_method"] = json!("tls_client_auth");
    text["tls_client_auth_san_uri"] = json!("urn:app");
    let registered = usecases::ports::oidc::OidcWire::registration(
        &wire,
        &text.to_string(),
        uuid::Uuid::nil().into(),
        [7; 32],
        false,
    );
    assert!(registered.unwrap_err().0.contains("client_certificates"));
}

#[test]
fn whatever_is_not_known_is_refused() {
    for (name, value) in [
        ("client_id", json!("https://sp.example")),
        ("client_id", json!("ab")),
        ("client_id", json!("a b c")),
        ("client_name", json!("")),
        ("client_name", json!("a\nb")),
        ("redirect_uris", json!([])),
        ("token_endpoint_auth_method", json!("client_secret_post")),
        ("token_endpoint_auth_method", json!("private_key_jwt")),
        ("grant_types", json!(["implicit"])),
        ("grant_types", json!(["refresh_token"])),
        ("id_token_signed_response_alg", json!("none")),
        ("id_token_signed_response_alg", json!("HS256")),
        ("level", json!("High")),
        ("longest_session_minutes", json!(0)),
        ("longest_session_minutes", json!(1441)),
        ("claims", json!(["cpr"])),
        ("sector", json!("a/b/c")),
        ("jwks_uri", json!("https://app.example/jwks")),
        ("jwks", json!({ "keys": [] })),
    ] {
        assert!(with(name, value.clone()).is_err(), "{name} {value}");
    }
}

#[test]
fn a_key_that_is_weak_private_or_ambiguous_is_refused() {
    let point = json!({ "kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode([1; 32]), "y": URL_SAFE_NO_PAD.encode([2; 32]) });
    let rsa = |bytes: usize, e: &[u8]| json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode(vec![0xff; bytes]), "e": URL_SAFE_NO_PAD.encode(e) });
    let keyed = |keys: Value| {
        let mut text = good();
        text["token_endpoint_auth_method"] = json!("private_key_jwt");
        text["jwks"] = json!({ "keys": keys });
        read(&text.to_string(), uuid::Uuid::nil().into(), [7; 32], false).map(|client| client.auth)
    };
    let changed = |name: &str, value: &str| {
        let mut key = point.clone();
        key[name] = json!(value);
        key
    };
    assert!(keyed(json!([point])).is_ok() && keyed(json!([rsa(256, &[1, 0, 1])])).is_ok());
    assert!(keyed(json!([changed("kid", "a"), changed("kid", "b")])).is_ok());
    for wrong in [
        json!([rsa(255, &[1, 0, 1])]),
        json!([rsa(256, &[3])]),
        json!([rsa(256, &[1, 0, 0])]),
        json!([changed("d", "AA")]),
        json!([{ "kty": "oct", "k": "AA" }]),
        json!([changed("crv", "P-384")]),
        json!([changed("x", "AA")]),
        json!([changed("use", "enc")]),
        json!([changed("alg", "RS256")]),
        json!([changed("alg", "none")]),
        json!([changed("kid", "a"), changed("kid", "a")]),
        json!([point, point]),
        json!([]),
    ] {
        assert!(keyed(wrong.clone()).is_err(), "{wrong}");
    }
}

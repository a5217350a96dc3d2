use super::*;

#[path = "../../tests/installation/mod.rs"]
mod installation;

use installation::configuration;

/// One that keeps its files where an installed house does.
fn good() -> String {
    configuration(&[
        ("127.0.0.1:0", "127.0.0.1:3000"),
        ("sqlite:nsis-id.db", "sqlite:/var/lib/nsis-id/nsis-id.db"),
        ("sqlite:outside/person-keys.db", "sqlite:/var/lib/nsis-id-keys/keys.db"),
        ("keys.toml", "/etc/nsis-id/keys.toml"),
        ("passphrase_file = \"kek.toml\"\npassphrase_from = \"passphrase\"", "credential = \"nsis-id-kek\""),
        ("outside/records", "/srv/nsis-id-outside/records"),
    ])
}

fn objections(change: impl Fn(String) -> String) -> Vec<String> {
    toml::from_str::<Config>(&change(good())).unwrap().objections()
}

#[test]
fn a_complete_configuration_is_accepted() {
    assert_eq!(objections(|text| text), Vec::<String>::new());
}

#[test]
fn plain_http_a_public_address_and_a_test_broker_are_refused() {
    let plain = objections(|text| {
        text.replace(
            "https://login.eksempelkommune.dk\"\nlisten",
            "http://login.eksempelkommune.dk\"\nlisten",
        )
    });
    assert!(plain.iter().any(|it| it.contains("public_url must be https")), "{plain:?}");
    assert_eq!(objections(|text| text.replace("127.0.0.1:3000", "0.0.0.0:80")).len(), 1);
    assert!(
        !objections(|text| text.replace("environment = \"production\"", "environment = \"test\"")).is_empty()
    );
    assert!(
        !objections(|text| text.replace("https://netseidbroker.dk/op", "https://pp.netseidbroker.dk/op"))
            .is_empty()
    );
    assert!(!objections(|text| text.replace("credential = \"nsis-id-kek\"", "")).is_empty());
}

#[test]
fn certificates_take_a_header_of_their_own_and_a_listed_proxy() {
    let section = |proxies: &str, lines: &str| {
        objections(|text| format!("{proxies}\n{text}[client_certificates]\n{lines}\n"))
    };
    let listed = "proxies = [\"127.0.0.1\"]";
    assert_eq!(section(listed, "header = \"client-cert\""), Vec::<String>::new());
    for (proxies, lines) in [
        ("", "header = \"client-cert\""),
        (listed, "header = \"Client-Cert\""),
        (listed, "header = \"\""),
        (listed, "header = \"x-forwarded-for\""),
        (listed, "header = \"accept-language\""),
        (listed, "header = \"client-cert\"\npublic_url = \"http://mtls.eksempelkommune.dk\""),
        (listed, "header = \"client-cert\"\nauthorities = \"/nowhere/authorities.pem\""),
        (listed, "header = \"client-cert\"\nrevoked = \"/nowhere/revoked.pem\""),
    ] {
        assert_eq!(section(proxies, lines).len(), 1, "{proxies} {lines}");
    }
}

#[test]
fn every_broker_comes_back_to_an_address_of_its_own() {
    for other in ["/mitid/tilbage", "/mitid/tilbage/other", "/mitid/tilbage/neb/"] {
        let found = objections(|text| text.replace("/mitid/tilbage/neb", other));
        assert!(
            found.iter().any(|it| it.contains("/mitid/tilbage/neb, an address of its own")),
            "{other}: {found:?}"
        );
    }
    let found = objections(|text| text.replace("id = \"neb\"", "id = \"../neb\""));
    assert!(found.iter().any(|it| it.contains("`id`")), "{found:?}");
}

#[test]
fn a_database_on_another_machine_is_reached_with_a_verified_certificate_only() {
    let at = |address: &str| {
        objections(|text| {
            text.replace("sqlite:/var/lib/nsis-id/nsis-id.db", address)
                .replace("sqlite:/var/lib/nsis-id-keys/keys.db", "postgres://nsis@localhost/keys")
        })
    };
    assert!(at("postgres://nsis@db.kommune.example/nsis")[0].contains("sslmode=verify-full"));
    assert_eq!(at("postgres://nsis@db.kommune.example/nsis?sslmode=verify-full"), Vec::<String>::new());
    assert_eq!(at("postgres://nsis@localhost/nsis?host=/run/postgresql"), Vec::<String>::new());
}

#[test]
fn production_keeps_records_outside_the_database_and_a_pilot_may() {
    let nowhere = |text: String| text.replace("[outside]\nfile = \"/srv/nsis-id-outside/records\"\n", "");
    assert!(objections(nowhere)[0].contains("a restored backup undoes blocks"));
    let at = |file: &str| objections(|text| text.replace("/srv/nsis-id-outside/records", file));
    assert!(at("/var/lib/nsis-id/records")[0].contains("not lie beside the database"));
    let beside = at("/srv/nsis-id-outside/records\"\ncheckpoints = \"/var/lib/nsis-id/checkpoints");
    assert!(beside[0].starts_with("outside.checkpoints must not lie beside"), "{beside:?}");
    assert!(at("/srv/x\"\nstamps = \"http://tsa.example")[0].starts_with("outside.stamps must be"));
    assert_eq!(at("/srv/x\"\nstamps = \"https://tsa.example/stamp"), Vec::<String>::new());
    let pilot = nowhere(good().replace("kind = \"production\"", "kind = \"pilot\""));
    assert_eq!(toml::from_str::<Config>(&pilot).unwrap().objections(), Vec::<String>::new());
}

#[test]
fn a_gateway_for_sms_is_https_with_a_token_that_can_be_read() {
    let token = tempfile::NamedTempFile::new().unwrap();
    let with = |url: &str, from: &str, body: &str| {
        objections(|text| format!("{text}[sms]\nurl = \"{url}\"\nbearer_from = \"{from}\"\nbody = {body}\n"))
    };
    let (from, body) = (token.path().to_str().unwrap(), "{ to = \"{to}\", message = \"{text}\" }");
    assert!(with("https://sms.example/send", from, body)[0].contains("token is empty"));
    std::fs::write(token.path(), "hemmelig\n").unwrap();
    assert_eq!(with("https://sms.example/send", from, body), Vec::<String>::new());
    assert!(with("http://sms.example/send", from, body)[0].contains("https"));
    assert!(with("http://127.0.0.1/send", from, body)[0].contains("https"), "also on this machine");
    assert!(with("https://sms.example/send", from, "{ to = \"{to}\" }")[0].contains("{text}"));
    assert!(with("https://sms.example/send", "/nowhere/token", body)[0].contains("/nowhere/token"));
}

#[test]
fn a_model_counts_for_more_only_with_the_reference_of_a_risk_note() {
    let with = |model: &str| {
        let text = format!("{}[[passkeys.model]]\n{model}\n", good());
        toml::from_str::<Config>(&text).unwrap().objections()
    };
    let key = "aaguid = \"ee882879-721c-4913-9775-3dfcce97072a\"\n";
    assert_eq!(with(&format!("{key}rule = \"deny\"")), Vec::<String>::new());
    assert_eq!(with(&format!("{key}rule = \"alone\"\nrisk_note = \"R-7\"")), Vec::<String>::new());
    for bad in ["rule = \"alone\"", "rule = \"alone\"\nrisk_note = \" \""] {
        assert!(with(&format!("{key}{bad}"))[0].contains("risk"), "{bad}");
    }
    let twice = format!("{key}rule = \"deny\"\n[[passkeys.model]]\n{key}rule = \"allow\"");
    assert!(with(&twice)[0].contains("twice"));
}

#[test]
fn a_closed_list_of_models_takes_metadata_and_a_model() {
    let with = |passkeys: &str| {
        let text = format!("{}[passkeys]\nonly_listed = true\n{passkeys}\n", good());
        toml::from_str::<Config>(&text).unwrap().objections()
    };
    let model = |rule: &str| {
        let key = "aaguid = \"ee882879-721c-4913-9775-3dfcce97072a\"";
        format!("[[passkeys.model]]\n{key}\nrule = \"{rule}\"\n")
    };
    assert!(with(&model("allow"))[0].contains("only_listed takes metadata"), "{:?}", with(&model("allow")));
    let metadata = "metadata = \"/etc/nsis-id/blob.jwt\"\n";
    assert_eq!(with(&format!("{metadata}{}", model("allow"))), Vec::<String>::new());
    for nobody in [String::new(), model("deny")] {
        assert!(with(&format!("{metadata}{nobody}"))[0].contains("not denied"), "{nobody}");
    }
}

#[test]
fn the_accessibility_statement_stands_where_all_of_them_do() {
    let at = |address: &str| {
        objections(|text| text.replace("[keys]", &format!("accessibility_statement = \"{address}\"\n[keys]")))
    };
    assert_eq!(at("https://was.digst.dk/login-eksempelkommune-dk"), Vec::<String>::new());
    for bad in [
        "",
        "http://was.digst.dk/login-eksempelkommune-dk",
        "https://was.digst.dk/",
        "https://was.digst.dk.example/login",
        "https://was.digst.dk@example.dk/login",
        "https://example.dk/was.digst.dk",
        "https://was.digst.dk:8443/login",
        "//was.digst.dk/login",
        "javascript:alert(1)",
    ] {
        let found = at(bad);
        assert!(found.len() == 1 && found[0].contains("https://was.digst.dk/"), "{bad}: {found:?}");
    }
}

#[test]
fn an_outage_is_announced_with_its_times_and_in_both_languages() {
    const OUTAGE: &str = "[[outage]]\nfrom = \"2026-12-05T22:00:00+01:00\"\nuntil = \"2026-12-06T02:00:00+01:00\"\nda = \"Ingen kan logge ind.\"\nen = \"Nobody can sign in.\"\n";
    let with = |outage: &str| toml::from_str::<Config>(&format!("{}{outage}", good()));
    let good = with(OUTAGE).unwrap();
    assert_eq!(good.objections(), Vec::<String>::new());
    let told = good.outages.into_iter().next().unwrap().outage();
    assert_eq!(told.from.to_string(), "2026-12-05T21:00:00Z");
    assert_eq!(told.says, ["Ingen kan logge ind.", "Nobody can sign in."]);
    assert_eq!(with(&OUTAGE.repeat(2)).unwrap().outages.len(), 2);
    let backwards = with(&OUTAGE.replace("2026-12-06", "2026-12-05")).unwrap().objections();
    assert!(backwards.len() == 1 && backwards[0].contains("until must be after"), "{backwards:?}");
    let silent = with(&OUTAGE.replace("Nobody can sign in.", " ")).unwrap().objections();
    assert!(silent.len() == 1 && silent[0].contains("da and en"), "{silent:?}");
    // A time without a zone could be meant in summer or in winter; a field left out is no announcement.
    for bad in [OUTAGE.replace("+01:00", ""), OUTAGE.replace("en = ", "no = ")] {
        assert!(with(&bad).is_err(), "{bad}");
    }
}

#[test]
fn evidence_is_kept_longer_than_the_default_or_as_long_and_sessions_never_longer() {
    let with = |retention: &str| {
        let text = format!("{}[retention]\n{retention}\n", good());
        toml::from_str::<Config>(&text).unwrap()
    };
    let longer = with("central_months = 84\nsession_days = 14");
    assert_eq!(longer.objections(), Vec::<String>::new());
    let periods = longer.retention.periods();
    assert_eq!((periods.central, periods.exchange, periods.sessions), (84, 60, 14));
    for short in ["central_months = 59", "exchange_months = 12", "sign_in_months = 12", "session_days = 31"] {
        let found = with(short).objections();
        assert!(found.len() == 1 && found[0].starts_with("retention: "), "{short}: {found:?}");
    }
}

#[test]
fn a_misspelt_field_is_refused() {
    assert!(toml::from_str::<Config>(&good().replace("phone =", "fone =")).is_err());
}

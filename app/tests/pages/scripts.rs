//! What a script is given, and what a page may reach.

use crate::address;
use crate::support::{self, Samples, get};
use text::Lang;

#[tokio::test]
async fn the_seed_stands_in_the_page_and_in_nothing_a_script_is_given() {
    let shown = get(Samples::new(Lang::Da), &address("/indrullering/*/app")).await;
    assert!(shown.words().contains("JBSW Y3DP"), "in groups, for reading");
    assert_eq!(
        shown.count("JBSWY3DPEHPK3PXP"),
        2,
        "only in the link that opens the app (twice sixteen characters)"
    );
    for island in shown.tags("leptos-island") {
        assert!(!island.contains("JBSW"), "{island}");
    }
    for script in shown.html.split("<script").skip(1) {
        assert!(!script.split("</script>").next().unwrap().contains("JBSW"), "{script}");
    }
}

#[tokio::test]
async fn scripts_carry_the_nonce_and_only_island_pages_may_compile() {
    let with = get(Samples::new(Lang::Da), "/log-ind").await;
    assert!(
        with.policy.contains("'wasm-unsafe-eval'") && with.html.contains("/* boot */"),
        "{}",
        with.policy
    );
    let without = get(Samples::new(Lang::Da), "/spaer").await;
    assert!(!without.policy.contains("wasm") && !without.html.contains("/* boot */"), "{}", without.policy);
    let (_, rest) = with.policy.split_once("'nonce-").unwrap();
    let nonce = rest.split('\'').next().unwrap();
    let scripts = with.tags("script");
    assert!(scripts.len() > 1 && scripts.iter().all(|tag| tag.contains(nonce)), "{scripts:?}");
    for page in [&with, &without] {
        assert!(page.policy.starts_with("default-src 'none'") && !page.policy.contains("unsafe-inline"));
        assert!(!page.html.contains(" style=\"") && !page.html.contains(" onclick="), "nothing inline");
        assert!(!page.html.contains("rel=\"preload\"") && !page.html.contains("modulepreload"));
    }
}

#[tokio::test]
async fn forms_reach_only_whom_the_page_is_about() {
    let mitid = get(Samples::new(Lang::Da), &address("/indrullering/*/bekraeft")).await.policy;
    assert!(mitid.contains("form-action 'self' https://broker.example;"), "{mitid}");
    let answer = get(Samples::new(Lang::Da), &address("/svar/*")).await;
    assert!(answer.policy.contains("form-action 'self' https://service.example;"), "{}", answer.policy);
    assert!(answer.html.contains("action=\"https://service.example/acs\""));
    assert!(answer.html.contains("value=\"PHJlc3BvbnNlLz4=\""));
    assert!(!answer.html.contains("a\"b<c"), "the relay state is escaped");
    for page in ["/spaer", "/spaer/ikke-spaerret", "/genaktiver", "/glemt-adgangskode"] {
        let policy = get(Samples::new(Lang::Da), page).await.policy;
        assert!(policy.contains("form-action 'self' https://broker.example;"), "{page}: {policy}");
    }
    let other = get(Samples::new(Lang::Da), "/log-ind").await.policy;
    assert!(other.contains("form-action 'self';"), "{other}");
}

#[tokio::test]
async fn a_document_ends_where_it_ends() {
    let shown = get(Samples::new(Lang::Da), "/log-ind").await;
    assert!(shown.html.ends_with("</body></html>") && !shown.html.contains("<!>"), "{}", shown.html);
}

#[tokio::test]
async fn the_sheet_stands_in_the_page_and_in_nothing_a_script_is_given() {
    let shown = get(Samples::new(Lang::Da), &address("/koder/*")).await;
    assert_eq!(shown.html.matches("AAAA-BBBB-CCCC").count(), 1);
    assert!(!shown.html.contains("leptos-island"), "no island on the page of codes");
    assert!(shown.html.contains("maja.holm"), "the blocking code is used with the user name");
}

#[tokio::test]
async fn every_dialog_has_its_words_and_says_without_script_what_needs_it() {
    for path in [
        "/log-ind/noegle",
        "/log-ind/*/noegle",
        "/indrullering/*/adgangsnoegle",
        "/indrullering/*/sikkerhedsnoegle",
        "/konto/loginmidler/ret/*/adgangsnoegle",
        "/log-ind/*/gendan/adgangsnoegle",
        "/log-ind/*/gendan/sikkerhedsnoegle",
        "/genaktiver/*/adgangsnoegle",
        "/genaktiver/*/sikkerhedsnoegle",
        "/paa-telefon/*/adgangsnoegle",
        "/konto/bekraeft/*",
    ] {
        for lang in Lang::ALL {
            let shown = get(Samples::new(lang), &address(path)).await;
            let form =
                shown.tags("form").into_iter().find(|tag| tag.contains("data-ceremony")).unwrap().to_owned();
            assert!(
                form.contains("action=\"/handling/noegle-") && form.contains("data-answer=\"/handling/"),
                "{form}"
            );
            let status =
                shown.tags("p").into_iter().find(|tag| tag.contains("data-working")).unwrap().to_owned();
            for words in ["working", "done", "closed", "known", "unsupported"] {
                let said = support::attribute(&status, &format!("data-{words}")).unwrap();
                assert!(said.len() > 10, "{path} {words}: {said}");
            }
            assert!(
                shown.html.contains("<noscript>") && shown.policy.contains("'wasm-unsafe-eval'"),
                "{path}"
            );
        }
    }
    let sign_in = get(Samples::new(Lang::Da), "/log-ind").await;
    assert_eq!(
        (sign_in.count("data-ceremony=\"autofill\""), sign_in.count("<noscript>")),
        (1, 0),
        "it is only offered"
    );
    let known_as = Some("maja.holm".to_owned());
    let after = get(Samples { known_as, ..Samples::new(Lang::Da) }, &address("/log-ind/*")).await;
    assert_eq!(after.count("data-ceremony"), 0, "one key is enough");
    assert!(after.html.contains("value=\"maja.holm\"") && after.words().contains("Din nøgle er godkendt"));
}

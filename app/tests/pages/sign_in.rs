//! Signing in by whichever way.

use crate::address;
use crate::support::{Samples, get};
use domain::throttle::CodeDoor;
use text::Lang;

#[tokio::test]
async fn closed_codes_are_said_before_anything_is_typed() {
    let at = "2026-11-21T20:00:00Z".parse().unwrap();
    for (codes, says) in [(CodeDoor::Paused(at), "21.00"), (CodeDoor::Stopped, "MitID")] {
        let samples = Samples { codes, ..Samples::new(Lang::Da) };
        let shown = get(samples.signed_in(), "/konto/adgangskode").await;
        assert!(shown.html.contains(says), "{says}");
        assert!(!shown.html.contains("name=\"current\""), "there is nothing to type");
    }
}

#[tokio::test]
async fn who_asks_through_a_broker_is_said_and_whom_it_means_is_typed_already() {
    let behind = vec!["https://sp.example/<script>".to_owned(), "urn:x".to_owned()];
    let hint = Some("maja.holm".to_owned());
    let shown = get(Samples { behind, hint, ..Samples::new(Lang::Da) }, &address("/log-ind/*")).await;
    shown.assert_sound("a broker");
    assert!(shown.words().contains("Omsorg & Pleje spørger på vegne af"), "{}", shown.words());
    assert!(shown.words().contains("urn:x") && !shown.html.contains("/<script>"), "said, and never run");
    assert!(shown.html.contains("value=\"maja.holm\""));
    let alone = get(Samples::new(Lang::Da), &address("/log-ind/*")).await;
    assert!(!alone.words().contains("på vegne af"));
}

#[tokio::test]
async fn after_a_recovery_code_she_proves_herself_and_then_adds_an_app_on_the_same_page() {
    let page = address("/log-ind/*/gendan");
    let shown = get(Samples::new(Lang::Da), &page).await;
    assert!(shown.html.contains("/handling/gendan-bekraeft") && !shown.html.contains("/handling/gendan-app"));
    assert!(shown.policy.contains("https://broker.example"), "the form reaches the broker: {}", shown.policy);
    let shown = get(Samples { proved: true, ..Samples::new(Lang::Da) }, &page).await;
    shown.assert_sound("the app");
    assert_eq!(shown.heading(), "Tilføj godkender-app");
    assert!(shown.html.contains("/handling/gendan-app") && !shown.html.contains("/handling/gendan-bekraeft"));
    assert!(shown.html.contains("Dine loginmidler, når der er gået en time"), "the old one is not forgotten");
}

#[tokio::test]
async fn every_page_on_the_way_to_a_service_leads_back_to_it_and_says_what_it_hears() {
    const BACK: &str = "\"/handling/afbryd\"";
    for pattern in [
        "/log-ind/*",
        "/log-ind/*/kode",
        "/log-ind/*/noegle",
        "/log-ind/*/andre-veje",
        "/log-ind/*/adgangskode",
        "/log-ind/*/loginmiddel",
        "/log-ind/*/gendan",
        "/log-ind/*/pause",
        "/log-ind/*/spaerret",
        "/log-ind/*/vilkaar/1",
        "/log-ind/*/bekraeft",
    ] {
        let shown = get(Samples::new(Lang::Da), &address(pattern)).await;
        assert_eq!(shown.count(BACK), 1, "{pattern}");
        assert!(shown.words().contains("Afbryd, og gå tilbage til"), "{pattern}");
    }
    for pattern in ["/log-ind", "/log-ind/noegle", "/indrullering/*/vilkaar/1", "/log-ind/*/gendannelseskode"]
    {
        let shown = get(Samples::new(Lang::Da), &address(pattern)).await;
        assert_eq!(shown.count(BACK), 0, "no service waits: {pattern}");
    }
    let back = get(Samples { given_up: true, ..Samples::new(Lang::Da) }, &address("/svar/*")).await;
    back.assert_sound("given up");
    assert_eq!(back.heading(), "Du går tilbage uden at logge ind");
    assert!(back.words().contains("får at vide, at du ikke loggede ind"), "{}", back.words());
    assert!(back.policy.contains("https://service.example"), "the form reaches it: {}", back.policy);
}

#[tokio::test]
async fn no_page_of_a_sign_in_that_asks_for_something_she_has_is_a_dead_end() {
    for pattern in
        ["/log-ind/*/kode", "/log-ind/*/noegle", "/log-ind/*/kodeviser", "/log-ind/*/gendannelseskode"]
    {
        let shown = get(Samples::new(Lang::Da), &address(pattern)).await;
        let other = format!("href=\"{}\"", address("/log-ind/*/andre-veje"));
        assert!(shown.html.contains(&other), "{pattern} offers no other way");
    }
    let paused = CodeDoor::Paused("2026-11-02T08:00:00Z".parse().unwrap());
    for codes in [Samples::new(Lang::Da).codes, paused, CodeDoor::Stopped] {
        for has in [(true, false, false), (false, true, true)] {
            let desk = Samples { codes, has, ..Samples::new(Lang::Da) };
            let shown = get(desk, &address("/konto/bekraeft/*")).await;
            shown.assert_sound("a step-up");
            let words = shown.words();
            assert!(words.contains("Har du mistet det, du skal bruge?"), "{codes:?} {has:?}: {words}");
            assert!(
                words.contains("gendannelseskode fra dit ark") && words.contains("åbn den igen med MitID")
            );
        }
    }
    for codes in [paused, CodeDoor::Stopped] {
        let desk = Samples { codes, ..Samples::new(Lang::Da).signed_in() };
        let shown = get(desk, "/konto/loginmidler/noget").await;
        shown.assert_sound("codes that are paused");
        assert!(shown.words().contains("Har du mistet det, du skal bruge?"), "{codes:?}");
    }
    let shown = get(Samples::new(Lang::Da), &address("/log-ind/*/andre-veje")).await;
    for way in ["noegle", "kode", "kodeviser", "gendannelseskode"] {
        let way = format!("href=\"{}\"", address(&format!("/log-ind/*/{way}")));
        assert!(shown.html.contains(&way), "{way}");
    }
    // Another password alone gives nobody a method: who has none of them blocks, and opens again with MitID.
    let main = shown.html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    for rest in ["href=\"/spaer\"", "76\u{a0}16\u{a0}12\u{a0}12", "tilføjer et nyt loginmiddel"] {
        assert!(main.contains(rest), "who has none of them: {rest}");
    }
    assert!(!main.contains("/glemt-adgangskode"), "it leads back to this page");
}

#[tokio::test]
async fn what_to_do_with_a_security_key_is_drawn_and_said() {
    for (lang, says) in [(Lang::Da, "en finger rører ved den"), (Lang::En, "a finger touches it")] {
        for (pattern, drawn) in [
            ("/indrullering/*/sikkerhedsnoegle", 1),
            ("/konto/loginmidler/ret/*/sikkerhedsnoegle", 1),
            ("/indrullering/*/adgangsnoegle", 0),
        ] {
            let shown = get(Samples::new(lang), &address(pattern)).await;
            let pictures: Vec<_> =
                shown.tags("svg").into_iter().filter(|tag| tag.contains("role=\"img\"")).collect();
            assert_eq!(pictures.len(), drawn, "{pattern}: {pictures:?}");
            assert!(pictures.iter().all(|tag| tag.contains(says)), "{pattern}: {pictures:?}");
        }
    }
}

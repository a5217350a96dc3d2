//! Every page, in both languages, with and without something to correct.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use app::actions;
use app::desk::{Answer, BlockedBy, BrokenKind, ChainWrong, Flash, Kept, OrderStage, Slip, Stop, Tiding};
use axum::http::StatusCode;
use domain::flow::FlowGone;
use domain::password::Weak;
use domain::proofing::RefusalPage;
use domain::status::{Outage, Part};
use domain::throttle::CodeDoor;
use std::sync::Arc;
use support::{FLOW, OnTheWayOut, Samples, get, post};
use text::Lang;

/// Every page: its address and its heading in both languages; `*` is a flow.
const PAGES: &[(&str, &str, &str)] = &[
    ("/overblik", "Hej Maja Holm", "Hello Maja Holm"),
    ("/log-ind", "Log ind", "Sign in"),
    ("/log-ind/fejl", "Vi kunne ikke logge dig ind", "We couldn't sign you in"),
    ("/log-ind/*", "Log ind", "Sign in"),
    ("/log-ind/*/kode", "Bekræft med koden fra din app", "Enter the code from your app"),
    ("/log-ind/noegle", "Brug din adgangsnøgle eller sikkerhedsnøgle", "Use your passkey or security key"),
    ("/log-ind/*/noegle", "Brug din adgangsnøgle eller sikkerhedsnøgle", "Use your passkey or security key"),
    ("/log-ind/*/andre-veje", "Vælg en anden måde", "Choose another way"),
    ("/log-ind/*/adgangskode", "Skift din adgangskode", "Change your password"),
    ("/log-ind/*/loginmiddel", "Har du det stadig?", "Do you still have it?"),
    ("/log-ind/*/gendannelseskode", "Brug en gendannelseskode", "Use a recovery code"),
    ("/log-ind/*/gendan", "Bekræft dig med MitID", "Confirm with MitID"),
    ("/log-ind/*/gendan/adgangsnoegle", "Tilføj adgangsnøgle", "Add a passkey"),
    ("/log-ind/*/gendan/sikkerhedsnoegle", "Tilføj sikkerhedsnøgle", "Add a security key"),
    ("/log-ind/*/kodeviser", "Stil din kodeviser", "Set your code device"),
    ("/log-ind/*/pause", "Du har prøvet for mange gange", "Too many attempts"),
    ("/log-ind/*/spaerret", "Din konto er spærret", "Your account is blocked"),
    ("/log-ind/*/vilkaar/1", "Læs vilkårene (del 1 af 5)", "Read the terms (part 1 of 5)"),
    ("/log-ind/*/vilkaar/nej", "Hvis du ikke accepterer", "If you do not accept"),
    ("/saml/sso", "Du er logget ind", "You are signed in"),
    ("/log-ind/*/bekraeft", "Inden du fortsætter", "Before you continue"),
    ("/oidc/authorize", "Du er logget ind", "You are signed in"),
    ("/svar/*", "Du er logget ind", "You are signed in"),
    ("/log-af", "Vil du logge ud?", "Do you want to sign out?"),
    ("/log-af/*", "Du er logget ud her", "You are signed out here"),
    ("/logget-ud", "Du er logget ud", "You are signed out"),
    ("/logget-ud/*", "Du er logget ud", "You are signed out"),
    ("/kom-i-gang", "Kom i gang", "Get started"),
    ("/kom-i-gang/mitid", "Find din invitation med MitID", "Find your invitation with MitID"),
    ("/kom-i-gang/fundet", "Tjek din mail", "Check your mail"),
    ("/kom-i-gang/uden-mitid", "Bekræft dig uden MitID", "Confirm without MitID"),
    ("/kom-i-gang/hemmeligt-link", "Kom i gang", "Get started"),
    ("/indrullering/*", "Kom i gang", "Get started"),
    ("/indrullering/*/vilkaar/1", "Læs vilkårene (del 1 af 5)", "Read the terms (part 1 of 5)"),
    ("/indrullering/*/vilkaar/5", "Acceptér vilkårene (del 5 af 5)", "Accept the terms (part 5 of 5)"),
    ("/indrullering/*/vilkaar/nej", "Hvis du ikke accepterer", "If you do not accept"),
    ("/indrullering/*/bekraeft", "Bekræft, hvem du er", "Confirm who you are"),
    ("/indrullering/*/ikke-bekraeftet", "Du stoppede undervejs", "You stopped on the way"),
    ("/indrullering/*/uden-mitid", "Bekræft dig uden MitID", "Confirm without MitID"),
    ("/indrullering/*/adgangskode", "Vælg din adgangskode", "Create your password"),
    ("/indrullering/*/loginmiddel", "Vælg et loginmiddel", "Choose a login method"),
    ("/indrullering/*/app", "Tilføj godkender-app", "Add an authenticator app"),
    ("/indrullering/*/adgangsnoegle", "Tilføj adgangsnøgle", "Add a passkey"),
    ("/indrullering/*/sikkerhedsnoegle", "Tilføj sikkerhedsnøgle", "Add a security key"),
    ("/indrullering/*/kodeviser", "Tag din kodeviser i brug", "Take your code device into use"),
    ("/indrullering/*/tjek", "Tjek og gør færdig", "Check and finish"),
    ("/indrullering/*/klar", "Du er klar", "You're ready"),
    ("/mitid/ikke-bekraeftet", "Du stoppede undervejs", "You stopped on the way"),
    ("/vilkaar/afvist", "Du har ikke accepteret vilkårene", "You have not accepted the terms"),
    ("/spaer", "Spær min konto", "Block my account"),
    ("/spaer/kode", "Spær med din spærrekode", "Block with your code"),
    ("/spaer/adgangskode", "Spær med din adgangskode", "Block with your password"),
    ("/spaer/nu", "Vil du spærre nu?", "Block now?"),
    ("/spaer/bekraeft/*", "Vil du spærre nu?", "Block now?"),
    ("/spaer/kvittering", "Din konto er spærret", "Your account is blocked"),
    ("/spaer/ikke-spaerret", "Din konto blev ikke spærret", "Your account was not blocked"),
    ("/var-det-dig/hemmeligt", "Var det dig?", "Was this you?"),
    ("/indrullering/*/koder", "Gem dine koder", "Save your codes"),
    ("/glemt-adgangskode", "Glemt adgangskode", "Forgotten password"),
    ("/glemt-adgangskode/*", "Vælg en ny adgangskode", "Choose a new password"),
    ("/genaktiver", "Genaktivér din konto", "Reactivate your account"),
    ("/genaktiver/afvist", "Vi kan ikke åbne din konto", "We cannot open your account"),
    ("/genaktiver/*", "Vælg en ny adgangskode", "Choose a new password"),
    ("/genaktiver/*/vilkaar/5", "Acceptér vilkårene (del 5 af 5)", "Accept the terms (part 5 of 5)"),
    ("/genaktiver/*/vilkaar/nej", "Hvis du ikke accepterer", "If you do not accept"),
    ("/genaktiver/*/loginmidler", "Hvilke loginmidler er dine?", "Which login methods are yours?"),
    ("/genaktiver/*/adgangsnoegle", "Tilføj adgangsnøgle", "Add a passkey"),
    ("/genaktiver/*/sikkerhedsnoegle", "Tilføj sikkerhedsnøgle", "Add a security key"),
    ("/koder/*", "Gem dine koder", "Save your codes"),
    ("/konto/adgangskode", "Skift adgangskode", "Change your password"),
    ("/konto/bekraeft", "Bekræft dig igen", "Confirm again who you are"),
    ("/konto/aktivitet", "Din aktivitet", "Your activity"),
    ("/konto/aktivitet/login", "Din aktivitet", "Your activity"),
    ("/konto/tilknytning", "Dine tilknytninger", "Your work relations"),
    ("/konto/tilknytning/noget", "Afslut en tilknytning", "End a work relation"),
    ("/konto/login", "Her er du logget ind", "Where you are signed in"),
    ("/venter", "Man kan ikke logge ind lige nu", "Nobody can sign in right now"),
    ("/konto/bekraeft/*", "Bekræft igen", "Confirm it's you"),
    ("/konto/loginmidler", "Dine loginmidler", "Your login methods"),
    ("/konto/loginmidler/noget", "Nummer 1", "Nummer 1"),
    ("/konto/loginmidler/ret/*", "Tilføj eller fjern loginmidler", "Add or remove login methods"),
    ("/konto/loginmidler/ret/*/app", "Tilføj godkender-app", "Add an authenticator app"),
    ("/konto/loginmidler/ret/*/adgangsnoegle", "Tilføj adgangsnøgle", "Add a passkey"),
    ("/konto/loginmidler/ret/*/sikkerhedsnoegle", "Tilføj sikkerhedsnøgle", "Add a security key"),
    ("/konto/adgangskode/*", "Skift adgangskode", "Change your password"),
    ("/konto/afslut/*", "Dine tilknytninger", "Your work relations"),
    ("/konto/afslut/*/noget", "Afslut en tilknytning", "End a work relation"),
    ("/fortsaet/*", "Fortsæt på din telefon", "Continue on your phone"),
    ("/telefon/hemmeligt", "Er det din telefon?", "Is this your phone?"),
    ("/paa-telefon/*", "Skriv tallet på pc'en", "Enter the number on the computer"),
    ("/paa-telefon/*/adgangsnoegle", "Tilføj adgangsnøgle", "Add a passkey"),
    ("/konto/koder/*", "Lav nye koder", "Make new codes"),
    ("/konto/kodeviser", "Stil din kodeviser", "Set your code device"),
    ("/konto/kodeviser/*", "Tag din kodeviser i brug", "Take your code device into use"),
    ("/konto/kontakt", "Kontakt til dig", "Contact channels"),
    ("/konto/kontakt/*", "Skift privat mail", "Change private mail"),
    ("/konto/kontakt/*/kode", "Skriv koden, vi har sendt", "Enter the code we sent"),
    ("/konto/data", "Dine oplysninger", "Your data"),
    ("/konto/data/*", "Dine oplysninger er klar", "Your data is ready"),
    ("/konto/vilkaar", "Dine vilkår", "Your terms"),
    ("/revision", "Revision", "Audit"),
    ("/revision/udtraek/*", "Udtræk 4: Spærringer og lukninger", "Export 4: Blocks and revocations"),
    ("/revision/bestilling/*", "Udtræk 4: Spærringer og lukninger", "Export 4: Blocks and revocations"),
    ("/revision/stikproeve/*", "Stikprøve", "Random sample"),
    ("/revision/noegletal", "Nøgletal", "Key figures"),
    ("/revision/noegletal/*", "Nøgletal", "Key figures"),
    ("/revision/haendelser", "Hændelser", "Events"),
    ("/revision/haendelser/*", "Hændelser", "Events"),
    ("/revision/haendelser/*/019a0000-0000-7000-8000-000000000009", "Hændelser", "Events"),
    ("/revision/haendelse/*", "Række i loggen", "A row of the log"),
    ("/revision/vilkaar", "Accept af vilkår", "Accepts of terms"),
    ("/revision/vilkaar/*", "Bevis for vilkårsaccept", "Proof of acceptance"),
    ("/revision/krav", "Krav", "Requirements"),
    ("/administration/vilkaar", "Udgiv vilkår", "Publish terms"),
    ("/administration/vilkaar/side/1", "Side 1 i version 2.0", "Page 1 of version 2.0"),
    ("/administration/vilkaar/*", "Udgiv version 2.0", "Publish version 2.0"),
    ("/driftsstatus", "Driftsstatus", "Service status"),
    ("/hjaelp", "En tekst", "En tekst"),
    ("/tilgaengelighed", "En tekst", "En tekst"),
    ("/privatliv", "En tekst", "En tekst"),
    ("/service", "En tekst", "En tekst"),
    ("/tjenesteudbydere", "En tekst", "En tekst"),
    ("/vilkaar", "En tekst", "En tekst"),
];

/// Pages that are read, or whose one button is red: no primary button.
const READ_ONLY: &[&str] = &[
    "/spaer/kode",
    "/spaer/adgangskode",
    "/spaer/nu",
    "/spaer/bekraeft/*",
    "/spaer/kvittering",
    "/var-det-dig/hemmeligt",
    "/konto/aktivitet",
    "/konto/aktivitet/login",
    "/konto/tilknytning",
    "/konto/afslut/*",
    "/konto/afslut/*/noget",
    "/konto/tilknytning/noget",
    "/konto/loginmidler/ret/*",
    "/paa-telefon/*",
    "/konto/kontakt",
    "/konto/vilkaar",
    "/revision/stikproeve/*",
    "/revision/noegletal/*",
    "/revision/haendelser/*",
    "/revision/haendelser/*/019a0000-0000-7000-8000-000000000009",
    "/revision/haendelse/*",
    "/revision/vilkaar/*",
    "/revision/krav",
    "/logget-ud",
    "/venter",
    "/driftsstatus",
    "/hjaelp",
    "/tilgaengelighed",
    "/privatliv",
    "/service",
    "/tjenesteudbydere",
    "/vilkaar",
];

fn address(pattern: &str) -> String {
    pattern.replace('*', FLOW)
}

/// Whoever looks at a page: only somebody signed in can be asked whether she wants to sign out.
fn looking(pattern: &str, lang: Lang) -> Samples {
    let samples = Samples::new(lang);
    if pattern == "/log-af" { samples.signed_in() } else { samples }
}

#[tokio::test]
async fn every_page_reads_well_in_both_languages() {
    for (pattern, danish, english) in PAGES {
        for (lang, heading) in [(Lang::Da, danish), (Lang::En, english)] {
            let shown = get(looking(pattern, lang), &address(pattern)).await;
            let what = format!("{pattern} in {}", lang.code());
            assert_eq!(shown.status, StatusCode::OK, "{what}");
            shown.assert_sound(&what);
            assert_eq!(shown.lang(), lang.code(), "{what}");
            assert_eq!(shown.heading(), *heading, "{what}");
            assert!(shown.title().starts_with(heading), "{what}: {}", shown.title());
            assert!(shown.title().ends_with("– Eksempel Kommune"), "{what}: {}", shown.title());
            let primaries = usize::from(!READ_ONLY.contains(pattern));
            assert_eq!(shown.count("btn-primary"), primaries, "{what}: primary buttons");
        }
    }
}

#[tokio::test]
async fn her_pages_name_services_how_long_what_happens_is_kept_and_where_to_complain() {
    let danish = ["Lønportalen, sidst", "13 måneder", "5 år", "30 dage", "databeskyttelsesrådgiver"];
    let english = ["Lønportalen, last", "13 months", "5 years", "30 days", "data protection officer"];
    for (lang, words, entered) in
        [(Lang::Da, danish, "et system: Lønportalen"), (Lang::En, english, "a system: Lønportalen")]
    {
        let data = get(looking("/konto/data", lang), "/konto/data").await;
        for said in words {
            assert!(data.words().contains(said), "{said}: {}", data.words());
        }
        assert!(data.html.contains("href=\"https://www.datatilsynet.dk\""), "{}", data.html);
        let activity = get(looking("/konto/aktivitet", lang), "/konto/aktivitet").await;
        assert!(activity.words().contains(entered), "{}", activity.words());
    }
}

#[tokio::test]
async fn every_page_offers_help_blocking_and_the_other_language() {
    for (pattern, ..) in PAGES {
        let shown = get(looking(pattern, Lang::Da), &address(pattern)).await;
        for needed in
            ["href=\"/spaer", "href=\"tel:76161212\"", "href=\"/was\"", "href=\"#indhold\"", "id=\"indhold\""]
        {
            assert!(shown.html.contains(needed), "{pattern} lacks {needed}");
        }
        let switch = format!("href=\"{}?sprog=en\" lang=\"en\"", address(pattern));
        assert!(shown.html.contains(&switch), "{pattern} lacks {switch}");
    }
}

#[tokio::test]
async fn every_address_is_in_the_list_above() {
    let listed: Vec<_> =
        leptos_axum::generate_route_list(app::App).iter().map(|route| route.path().to_owned()).collect();
    for path in listed.iter().filter(|path| !["/", "/forbliv"].contains(&path.as_str())) {
        let pattern = path.replace("{flow}", "*").replace(":flow", "*");
        let covered = PAGES.iter().any(|(known, ..)| {
            let mut parts = pattern.split('/');
            let mut ours = known.split('/');
            loop {
                match (parts.next(), ours.next()) {
                    (None, None) => return true,
                    (Some(part), Some(own)) if part == own || part.starts_with([':', '{']) => {}
                    _ => return false,
                }
            }
        });
        assert!(covered, "{path} is tested by nobody");
    }
}

#[tokio::test]
async fn what_administrators_write_is_shown_as_text_wherever_it_stands() {
    for page in ["/administration/vilkaar", "/administration/vilkaar/side/1", "/administration/vilkaar/*"] {
        let shown = get(looking(page, Lang::Da), &address(page)).await;
        assert!(!shown.html.contains("<script>alert"), "{page}");
        assert!(shown.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    }
    let list = get(looking("/administration/vilkaar", Lang::Da), "/administration/vilkaar").await;
    for told in ["<del>One &amp; old.</del>", "<ins>", "Går ud:", "Kommer ind:", "Alle skal acceptere senest"]
    {
        assert!(list.html.contains(told), "{told}: {}", list.html);
    }
}

#[tokio::test]
async fn something_to_correct_is_said_in_the_title_above_the_heading_and_at_the_field() {
    let cases = [
        ("/log-ind/*", vec![Slip::UserNameMissing, Slip::PasswordMissing]),
        ("/log-ind/*", vec![Slip::NoMatch { left: Some(2) }]),
        ("/log-ind/*/kode", vec![Slip::CodeShape]),
        ("/log-ind/*/kode", vec![Slip::CodeWrong { left: Some(1), again: true }]),
        ("/indrullering/*/vilkaar/5", vec![Slip::BoxNotTicked]),
        ("/indrullering/*/adgangskode", vec![Slip::PasswordWeak(Weak::TooShort)]),
        ("/indrullering/*/app", vec![Slip::FactorName, Slip::CodeMissing]),
        ("/konto/tilknytning/noget", vec![Slip::NotSure, Slip::CodeMissing]),
        ("/administration/vilkaar/*", vec![Slip::FirstDayEarly, Slip::BindsMissing, Slip::LastDay]),
        ("/administration/vilkaar/side/1", vec![Slip::TermsTooLong(domain::publication::Part::EnglishBody)]),
        ("/konto/bekraeft/*", vec![Slip::CodeWrong { left: Some(2), again: false }]),
        ("/konto/kontakt/*", vec![Slip::MailShape]),
        ("/indrullering/*/adgangsnoegle", vec![Slip::FactorName]),
        ("/indrullering/*/kodeviser", vec![Slip::FactorName, Slip::CodeMissing]),
        ("/log-ind/*/gendannelseskode", vec![Slip::RecoveryCodeMissing]),
        ("/log-ind/*/gendannelseskode", vec![Slip::RecoveryCodeWrong { left: Some(2) }]),
        ("/log-ind/*/kodeviser", vec![Slip::CodesApart { left: Some(3) }, Slip::SecondCodeMissing]),
        ("/konto/loginmidler/noget", vec![Slip::CodeMissing]),
        ("/konto/loginmidler/ret/*", vec![Slip::FactorName]),
        ("/konto/kontakt/*/kode", vec![Slip::SentCodeWrong { left: 1 }]),
        ("/revision", vec![Slip::FromShape, Slip::ToShape]),
        ("/revision", vec![Slip::PeriodBackwards, Slip::SeedShape, Slip::SampleSize, Slip::PersonUnknown]),
        ("/revision", vec![Slip::CaseMissing]),
        ("/revision/noegletal", vec![Slip::FromShape, Slip::PeriodBackwards]),
        ("/revision/haendelser", vec![Slip::KindUnknown, Slip::ReferenceShape, Slip::PlaceShape]),
        ("/revision/vilkaar", vec![Slip::ReferenceShape]),
    ];
    for (pattern, slips) in cases {
        for lang in Lang::ALL {
            let flash = Flash { slips: slips.clone(), ..Flash::default() };
            let shown = get(Samples::new(lang).saying(flash), &address(pattern)).await;
            let what = format!("{pattern} {slips:?} {}", lang.code());
            shown.assert_sound(&what);
            let prefix = if lang == Lang::Da { "Fejl:" } else { "Error:" };
            assert!(shown.title().starts_with(prefix), "{what}: {}", shown.title());
            assert_eq!(shown.count("class=\"field-error\""), slips.len(), "{what}");
            assert_eq!(shown.count("aria-invalid=\"true\""), slips.len(), "{what}");
            let (summary, heading) =
                (shown.html.find("error-summary").unwrap(), shown.html.find("<h1").unwrap());
            assert!(summary < heading, "{what}: the summary stands above the heading");
            assert!(shown.html.contains("role=\"alert\""), "{what}");
        }
    }
}

#[tokio::test]
async fn what_was_typed_is_kept_but_never_a_password() {
    let kept = Kept { user_name: "maja\"><b>".into(), ..Kept::default() };
    let flash = Flash::slip(Slip::NoMatch { left: None }).keeping(kept);
    let shown = get(Samples::new(Lang::Da).saying(flash), "/log-ind").await;
    assert!(
        shown.html.contains("value=\"maja&quot;&gt;&lt;b&gt;\"")
            || shown.html.contains("value=\"maja&quot;><b>\""),
        "kept and escaped"
    );
    let password =
        shown.tags("input").into_iter().find(|tag| tag.contains("current-password")).unwrap().to_owned();
    assert!(!password.contains(" value="), "{password}");
}

#[tokio::test]
async fn fields_tell_browsers_and_password_managers_what_they_are_for() {
    let sign_in = get(Samples::new(Lang::Da), "/log-ind").await.html;
    let code = get(Samples::new(Lang::Da), &address("/log-ind/*/kode")).await.html;
    let password = get(Samples::new(Lang::Da), &address("/indrullering/*/adgangskode")).await.html;
    for (html, token) in [
        (&sign_in, "autocomplete=\"username webauthn\""),
        (&sign_in, "autocomplete=\"current-password\""),
        (&code, "autocomplete=\"one-time-code\""),
        (&code, "inputmode=\"numeric\""),
        (&password, "autocomplete=\"new-password\""),
        (&password, "value=\"maja.holm\" autocomplete=\"username\""),
    ] {
        assert!(html.contains(token), "{token}");
        assert!(html.contains(" novalidate"));
        assert!(!html.contains("maxlength") && !html.contains(" required"));
    }
}

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
async fn a_way_out_never_keeps_her_waiting() {
    let path = address("/log-af/*");
    let on = get(Samples::new(Lang::Da), &path).await;
    assert!(on.policy.contains("form-action 'self' https://service.example;"), "{}", on.policy);
    assert!(on.html.contains("action=\"https://service.example/acs\""), "a button carries it without script");
    assert!(on.html.contains(&format!("href=\"/logget-ud/{FLOW}\"")), "the receipt is one link away");
    for lang in Lang::ALL {
        let waits = get(Samples { way_out: OnTheWayOut::Waits, ..Samples::new(lang) }, &path).await;
        waits.assert_sound("waiting");
        assert!(
            waits.html.contains("value=\"igen\"")
                && waits.html.contains("action=\"/handling/log-af-videre\"")
        );
        assert!(waits.html.contains(&format!("href=\"/logget-ud/{FLOW}\"")));
        assert!(!waits.html.contains(".submit()"), "nothing goes by itself to who did not answer");
    }
}

#[tokio::test]
async fn applications_are_told_in_frames_that_can_do_nothing_to_the_page() {
    let path = address("/log-af/*");
    for lang in Lang::ALL {
        let shown = get(Samples { way_out: OnTheWayOut::Shows, ..Samples::new(lang) }, &path).await;
        shown.assert_sound("frames");
        assert!(shown.policy.ends_with("; frame-src https://service.example"), "{}", shown.policy);
        assert!(shown.policy.contains("form-action 'self';"), "{}", shown.policy);
        let html = &shown.html;
        assert!(html.contains("src=\"https://service.example/fc?iss=a&amp;sid=b\""), "{html}");
        assert!(html.contains("sandbox=\"allow-scripts allow-same-origin\""), "{html}");
        assert!(html.contains("action=\"/handling/log-af-videre\""), "a button goes on without script");
        assert!(html.contains(&format!("href=\"/logget-ud/{FLOW}\"")), "the receipt is one link away");
    }
    let other = get(Samples::new(Lang::Da), &path).await.policy;
    assert!(!other.contains("frame-src"), "{other}");
}

#[tokio::test]
async fn the_receipt_says_plainly_who_closed_and_who_did_not() {
    let receipt = get(Samples::new(Lang::Da), &address("/logget-ud/*")).await;
    let words = receipt.words();
    for said in [
        "luk browseren",
        "Disse systemer har logget dig ud",
        "Journal",
        "Disse systemer får besked nu",
        "Disse systemer har ikke svaret endnu",
        "Systemer, du har åbnet, kan stadig være åbne",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(
        receipt.html.contains(&format!("href=\"/log-af/{FLOW}\"")) && receipt.html.contains("value=\"stop\"")
    );
    let bare = get(Samples::new(Lang::Da), "/logget-ud").await.words();
    assert!(bare.contains("luk browseren") && bare.contains("Log også af dér"), "{bare}");
}

#[tokio::test]
async fn a_document_ends_where_it_ends() {
    let shown = get(Samples::new(Lang::Da), "/log-ind").await;
    assert!(shown.html.ends_with("</body></html>") && !shown.html.contains("<!>"), "{}", shown.html);
}

#[tokio::test]
async fn somebody_signed_in_sees_her_name_and_can_sign_out() {
    let shown = get(Samples::new(Lang::Da).signed_in(), "/overblik").await;
    shown.assert_sound("/overblik");
    assert!(shown.html.contains("action=\"/handling/log-af\""));
    assert!(shown.words().contains("Logget ind: Maja Holm"));
    assert!(shown.html.contains("role=\"timer\""), "the warning before the end");
    assert!(
        shown.words().contains("hvis du ikke bruger siden"),
        "the end by the clock, for whoever has no script"
    );
    let front = get(Samples::new(Lang::Da).signed_in(), "/").await;
    assert_eq!(front.location.as_deref(), Some("/overblik"));
    let stay = get(Samples::new(Lang::Da).signed_in(), "/forbliv").await;
    assert_eq!(stay.heading(), "Du er stadig logget på");
}

#[tokio::test]
async fn the_way_to_block_is_one_click_shorter_for_whoever_is_signed_in() {
    let way = |shown: &support::Shown| {
        let link = shown.tags("a").into_iter().find(|tag| tag.contains("emergency-link"));
        link.and_then(|tag| support::attribute(tag, "href")).unwrap()
    };
    for path in ["/overblik", "/konto/adgangskode", "/spaer", "/hjaelp", "/findes/ikke"] {
        assert_eq!(way(&get(Samples::new(Lang::Da).signed_in(), path).await), "/spaer/nu", "{path}");
        assert_eq!(way(&get(Samples::new(Lang::Da), path).await), "/spaer", "{path}");
    }
}

#[tokio::test]
async fn a_stranger_is_led_to_the_sign_in() {
    for path in ["/", "/forbliv"] {
        let shown = get(Samples::new(Lang::Da), path).await;
        assert_eq!(
            (shown.status, shown.location.as_deref()),
            (StatusCode::SEE_OTHER, Some("/log-ind")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn stops_have_their_status_and_say_what_to_do() {
    let (flow, revision) = (address("/indrullering/*/tjek"), address("/revision/udtraek/*"));
    for (stop, path, status, words) in [
        (Stop::Missing, flow.as_str(), StatusCode::NOT_FOUND, "Siden findes ikke"),
        (Stop::Gone(FlowGone::Expired), &flow, StatusCode::GONE, "Åbn linket i din mail igen"),
        (Stop::Gone(FlowGone::OtherBrowser), &flow, StatusCode::GONE, "Siden hører til en anden browser"),
        (Stop::Gone(FlowGone::Unknown), "/log-ind", StatusCode::GONE, "begynd forfra dér"),
        (Stop::LinkDead, "/kom-i-gang/x", StatusCode::GONE, "Linket virker ikke længere"),
        (Stop::Fault, &flow, StatusCode::INTERNAL_SERVER_ERROR, "7K3Q-92AB"),
        (Stop::NotAuditor, "/revision", StatusCode::FORBIDDEN, "rollen som revisor"),
        (Stop::Gone(FlowGone::Expired), revision.as_str(), StatusCode::GONE, "er lukket igen"),
        (Stop::Busy, &flow, StatusCode::SERVICE_UNAVAILABLE, "Vi kan ikke svare lige nu"),
    ] {
        for lang in Lang::ALL {
            let shown = get(Samples::new(lang).stopping(stop.clone()), path).await;
            shown.assert_sound(&format!("{stop:?}"));
            assert_eq!(shown.status, status, "{stop:?}");
            assert!(lang == Lang::En || shown.words().contains(words), "{stop:?}: {}", shown.words());
        }
    }
    let led = get(Samples::new(Lang::Da).stopping(Stop::Go("/log-ind".into())), "/overblik").await;
    assert_eq!((led.status, led.location.as_deref()), (StatusCode::SEE_OTHER, Some("/log-ind")));
}

#[tokio::test]
async fn a_block_that_was_not_confirmed_in_time_says_so_and_offers_the_doors() {
    for lang in Lang::ALL {
        for gone in [FlowGone::Expired, FlowGone::Unknown, FlowGone::OtherBrowser] {
            let shown =
                get(Samples::new(lang).stopping(Stop::Gone(gone)), &address("/spaer/bekraeft/*")).await;
            shown.assert_sound("/spaer/bekraeft");
            assert_eq!(shown.status, StatusCode::GONE);
            let said = if lang == Lang::Da { "blev ikke spærret" } else { "was not blocked" };
            assert!(shown.heading().contains(said), "{}", shown.heading());
            for door in ["/spaer/kode", "/spaer/adgangskode", "tel:76161212", "/handling/spaer-mitid"] {
                assert!(shown.html.contains(door), "{door}");
            }
            assert!(shown.policy.contains("https://broker.example"), "{}", shown.policy);
            assert!(!shown.html.contains("href=\"/log-ind\""), "signing in blocks nothing");
        }
    }
}

#[tokio::test]
async fn what_began_with_mitid_begins_again_there() {
    for (path, start) in [
        ("/genaktiver/*", "href=\"/genaktiver\" class=\"btn btn-primary\""),
        ("/genaktiver/*/loginmidler", "href=\"/genaktiver\" class=\"btn btn-primary\""),
        ("/glemt-adgangskode/*", "href=\"/glemt-adgangskode\" class=\"btn btn-primary\""),
    ] {
        for lang in Lang::ALL {
            for gone in [FlowGone::Expired, FlowGone::Unknown, FlowGone::OtherBrowser] {
                let shown = get(Samples::new(lang).stopping(Stop::Gone(gone)), &address(path)).await;
                shown.assert_sound(path);
                assert_eq!(shown.status, StatusCode::GONE, "{path}");
                assert!(shown.html.contains(start), "{path}: {}", shown.html);
                let system = if lang == Lang::Da { "det system" } else { "the system" };
                assert!(!shown.words().contains(system), "{path}: no system was asked for");
            }
        }
    }
}

#[tokio::test]
async fn an_address_nobody_knows_is_not_found() {
    for path in ["/findes/ikke", "/indrullering/ikke-et-flow/app", &address("/indrullering/*/vilkaar/x")] {
        let shown = get(Samples::new(Lang::Da), path).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(shown.heading(), "Siden findes ikke", "{path}");
    }
}

#[tokio::test]
async fn the_four_refusals_the_blocks_and_the_breaks_read_well() {
    use BlockedBy::{Association, LeakedPassword, Municipality, Owner, Reconfirmation, Terms};
    use BrokenKind::{
        Clocks, Crowded, Fault, FlowGone, LevelTooHigh, NotEntitled, NotOut, Pilot, Stale, UnknownService,
    };
    for lang in Lang::ALL {
        for refusal in [RefusalPage::Stopped, RefusalPage::Retry, RefusalPage::OtherWay, RefusalPage::Later] {
            let samples = Samples { refusal, ..Samples::new(lang) };
            let shown = get(samples, &address("/indrullering/*/ikke-bekraeftet")).await;
            shown.assert_sound(&format!("{refusal:?}"));
            assert!(shown.html.contains("/uden-mitid"), "{refusal:?}: the equal way");
        }
        for blocked_by in [Owner, LeakedPassword, Municipality, Association, Terms, Reconfirmation] {
            let samples = Samples { blocked_by, ..Samples::new(lang) };
            get(samples, &address("/log-ind/*/spaerret")).await.assert_sound(&format!("{blocked_by:?}"));
        }
        for broken in [
            UnknownService,
            Stale,
            LevelTooHigh,
            Pilot,
            NotEntitled,
            FlowGone,
            Clocks,
            Crowded,
            NotOut,
            Fault,
        ] {
            let samples = Samples { broken, ..Samples::new(lang) };
            get(samples, "/log-ind/fejl").await.assert_sound(&format!("{broken:?}"));
        }
    }
}

#[tokio::test]
async fn every_page_of_a_pilot_says_that_it_is_one() {
    for (lang, words) in [(Lang::Da, "et pilotforsøg"), (Lang::En, "a pilot")] {
        for path in ["/log-ind", "/kom-i-gang", "/spaer", "/hjaelp", "/findes-ikke", "/overblik"] {
            let mut samples = Samples::new(lang);
            samples.house.pilot = true;
            let shown = get(samples, path).await;
            assert!(shown.words().contains(words), "{path}: {}", shown.words());
            assert!(!get(Samples::new(lang), path).await.words().contains(words), "{path} of the real thing");
        }
        let mut samples = Samples::new(lang);
        samples.house.pilot = true;
        let overview = get(samples, "/overblik").await;
        let level = text::pages::overview::LEVEL_SUBSTANTIAL.get(lang);
        assert!(!overview.words().contains(level), "no level is promised: {}", overview.words());
    }
}

#[tokio::test]
async fn what_does_not_work_is_said_part_by_part_in_words_for_people() {
    for (lang, fine, not_all) in [
        (Lang::Da, "Alt virker, så vidt vi kan se.", "Ikke alt virker lige nu."),
        (Lang::En, "Everything works, as far as we can see.", "Not everything works right now."),
    ] {
        let shown = get(Samples::new(lang), "/driftsstatus").await;
        assert!(shown.words().contains(fine) && !shown.words().contains(not_all), "{}", shown.words());
        let mut told = Vec::new();
        for part in Part::ALL {
            let shown = get(Samples { broken_part: Some(part), ..Samples::new(lang) }, "/driftsstatus").await;
            shown.assert_sound(&format!("{part:?}"));
            assert!(shown.words().contains(not_all) && !shown.words().contains(fine), "{part:?}");
            told.push(shown.words());
        }
        told.dedup();
        assert_eq!(told.len(), Part::ALL.len(), "each part says something else");
    }
}

/// An outage that begins so many hours after the moment of all samples, and lasts two.
fn outage(hours: i64) -> Outage {
    let from = Samples::new(Lang::Da).asking.now + domain::SignedDuration::from_hours(hours);
    let says = ["Vi flytter <systemet>.", "We move the <system>."].map(str::to_owned);
    Outage { from, until: from + domain::SignedDuration::from_hours(2), says }
}

#[tokio::test]
async fn an_outage_is_said_where_people_sign_in_a_day_before_it_and_until_it_is_over() {
    for (hours, near, on) in [(25, false, false), (24, true, false), (-1, true, true), (-2, false, false)] {
        for (lang, says, now) in [
            (Lang::Da, "Vi flytter &lt;systemet", "Lige nu:"),
            (Lang::En, "We move the &lt;system", "Right now:"),
        ] {
            let samples = || {
                let mut samples = Samples::new(lang);
                samples.house.outages = vec![outage(hours)];
                samples
            };
            for path in ["/log-ind", "/log-ind/*", "/overblik", "/hjaelp"] {
                let shown = get(samples(), &address(path)).await;
                let case = format!("{hours} hours, {path}: {}", shown.html);
                assert_eq!(shown.html.contains(says), near, "{case}");
                assert_eq!(shown.html.contains(now), on, "{case}");
                shown.assert_sound(path);
            }
            let status = get(samples(), "/driftsstatus").await;
            assert_eq!(status.html.contains(says), hours > -2, "{hours}: planned, on or over");
            let elsewhere = get(samples(), &address("/log-ind/*/kode")).await;
            assert!(!elsewhere.html.contains(says), "in the middle of a sign-in nothing distracts");
        }
    }
}

#[tokio::test]
async fn news_is_said_once_above_the_page() {
    let samples = Samples::new(Lang::Da).saying(Flash::tiding(Tiding::Proved));
    let shown = get(samples, &address("/indrullering/*/adgangskode")).await;
    assert!(shown.words().contains("Vi ved nu, at du er dig."));
    assert!(shown.title().starts_with("Vælg din adgangskode – Trin 3 af 5"), "{}", shown.title());
}

#[tokio::test]
async fn a_form_is_answered_with_303_to_a_clean_address() {
    let flash = Flash::slip(Slip::NoMatch { left: None });
    let answer = Answer::to("/log-ind").saying(flash.clone());
    let desk = Arc::new(Samples::new(Lang::Da).answering(answer));
    let body = format!("flow={FLOW}&user_name=maja&password=a+long%20secret%5B0%5D");
    let shown = post(desk.clone(), "/handling/log-ind", &body).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER);
    assert_eq!(shown.location.as_deref(), Some("/log-ind"));
    assert_eq!(*desk.left.lock().unwrap(), [("/log-ind".to_owned(), flash)]);
    let heard = desk.heard.lock().unwrap().join(" ");
    assert!(heard.contains("maja") && heard.contains(FLOW), "{heard}");
    assert!(!heard.contains("secret"), "{heard}");
}

#[tokio::test]
async fn a_form_may_be_empty_and_is_answered_all_the_same() {
    for path in actions::PATHS {
        let desk = Arc::new(Samples::new(Lang::Da));
        let shown = post(desk.clone(), path, "").await;
        assert_eq!(
            (shown.status, shown.location.as_deref()),
            (StatusCode::SEE_OTHER, Some("/overblik")),
            "{path}"
        );
        assert_eq!(desk.heard.lock().unwrap().len(), 1, "{path}");
    }
}

#[tokio::test]
async fn every_form_of_every_page_posts_to_an_action_that_exists() {
    for (pattern, ..) in PAGES {
        let shown = get(Samples::new(Lang::Da).signed_in(), &address(pattern)).await;
        for form in shown.tags("form") {
            let action = support::attribute(form, "action").unwrap_or_default();
            assert!(form.contains("method=\"post\""), "{pattern}: {form}");
            let known = actions::PATHS.contains(&action.as_str())
                || action == "https://service.example/acs"
                // A script asks there; it answers in JSON, and without script with the page.
                || app::desk::Ask::ALL.iter().any(|ask| ask.path() == action);
            assert!(known, "{pattern}: {action}");
        }
    }
}

#[tokio::test]
async fn a_broker_is_reached_from_the_form() {
    let answer = Answer::to_broker("https://broker.example/authorize?client_id=a&state=b");
    let shown = post(Arc::new(Samples::new(Lang::Da).answering(answer)), "/handling/bekraeft", "").await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER);
    assert_eq!(shown.location.as_deref(), Some("https://broker.example/authorize?client_id=a&state=b"));
}

/// Each step of a reopening, with what only that step has.
#[tokio::test]
async fn every_step_of_a_reopening_says_where_one_is() {
    use domain::reopening::ReopeningStep::{Activity, App, Confirm, Factors, Password};
    for (step, danish, english, number) in [
        (Password, "Vælg en ny adgangskode", "Choose a new password", 2),
        (Factors, "Hvilke loginmidler er dine?", "Which login methods are yours?", 3),
        (App, "Tilføj godkender-app", "Add an authenticator app", 3),
        (Activity, "Er der noget, du ikke kender?", "Is there anything you do not recognise?", 4),
        (Confirm, "Tjek, og åbn kontoen", "Check, and open the account", 5),
    ] {
        for (lang, heading) in [(Lang::Da, danish), (Lang::En, english)] {
            let samples = Samples { reopening: step, ..Samples::new(lang) };
            let shown = get(samples, &address("/genaktiver/*")).await;
            shown.assert_sound(danish);
            assert_eq!(shown.heading(), heading);
            assert_eq!(shown.count("btn-primary"), 1, "{heading}");
            let of = [format!("Trin {number} af 5"), format!("Step {number} of 5")];
            assert!(of.iter().any(|of| shown.title().contains(of.as_str())), "{}", shown.title());
        }
    }
}

/// A box left as it stands keeps what is known and lets go of what came just before the block.
#[tokio::test]
async fn what_is_suspect_is_not_ticked() {
    let shown = get(Samples::new(Lang::Da), &address("/genaktiver/*/loginmidler")).await;
    let boxes: Vec<&str> = shown.html.split("<input type=\"checkbox\"").skip(1).collect();
    let tags: Vec<&str> = boxes.iter().filter_map(|rest| rest.split('>').next()).collect();
    let ticked: Vec<bool> = tags.iter().map(|tag| tag.contains("checked")).collect();
    assert_eq!(ticked, [true, false], "{tags:?}");
    assert!(
        tags.iter().enumerate().all(|(at, tag)| tag.contains(&format!("name=\"keep[{at}]\""))),
        "{tags:?}"
    );
}

#[tokio::test]
async fn what_is_kept_is_read_from_as_many_boxes_as_are_ticked() {
    let desk = Arc::new(Samples::new(Lang::Da).answering(Answer::to("/genaktiver")));
    let body = format!("flow={FLOW}&keep%5B0%5D=first&keep%5B2%5D=third");
    let shown = post(desk.clone(), "/handling/genaktiver-loginmidler", &body).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER);
    let heard = desk.heard.lock().unwrap().concat();
    assert!(heard.contains("first") && heard.contains("third"), "{heard}");
    let none = post(desk.clone(), "/handling/genaktiver-loginmidler", &format!("flow={FLOW}")).await;
    assert_eq!(none.status, StatusCode::SEE_OTHER, "none is an answer too");
    assert!(desk.heard.lock().unwrap().last().unwrap().contains("keep: []"));
}

#[tokio::test]
async fn who_cannot_open_it_is_told_whom_to_call_or_where_to_go() {
    use app::desk::{Cannot, CannotWhy};
    use domain::standing::Origin;
    for (why, leads) in [
        (CannotWhy::Held(Origin::Security), "href=\"tel:76161212\" class=\"btn btn-primary\""),
        (CannotWhy::Held(Origin::Association), "Tal med din leder"),
        (CannotWhy::Held(Origin::Reconfirmation), "cpr-nummer"),
        (CannotWhy::Revoked, "href=\"/kom-i-gang\""),
        (CannotWhy::NotBlocked, "href=\"/log-ind\""),
        (CannotWhy::BlockedFirst, "href=\"/genaktiver\""),
        (CannotWhy::NoLogin, "href=\"/kom-i-gang\""),
        (CannotWhy::Anew, "Vi har sendt et nyt link"),
        (CannotWhy::Missing, "76"),
    ] {
        for reset in [false, true] {
            let samples = Samples { cannot: Cannot { reset, why }, ..Samples::new(Lang::Da) };
            let shown = get(samples, "/genaktiver/afvist").await;
            shown.assert_sound(leads);
            let said = shown.html.to_lowercase();
            let parts = leads.to_lowercase();
            let mut parts = parts.split(" class=");
            assert!(parts.all(|part| said.contains(part.trim_end_matches("\"\""))), "{why:?}: {leads}");
            assert_eq!(shown.count("btn-primary"), 1, "{why:?}");
        }
    }
}

#[tokio::test]
async fn who_begins_later_is_told_from_which_day_her_login_works_and_never_that_it_works_now() {
    for (lang, day, now) in [
        (Lang::Da, "tirsdag d. 1. dec. 2026", "Dit login virker nu"),
        (Lang::En, "Tuesday 1 Dec 2026", "Your login works now"),
    ] {
        for path in ["/indrullering/*", "/indrullering/*/tjek", "/indrullering/*/klar"] {
            let samples = Samples { works_from: Some(jiff::civil::date(2026, 12, 1)), ..Samples::new(lang) };
            let shown = get(samples, &address(path)).await;
            assert!(shown.words().contains(day), "{path}: {}", shown.words());
            assert!(!shown.words().contains(now), "{path}: {}", shown.words());
            let today = get(Samples::new(lang), &address(path)).await;
            assert!(!today.words().contains(day), "{path}: {}", today.words());
        }
        let done = get(Samples::new(lang), &address("/indrullering/*/klar")).await;
        assert!(done.words().contains(now), "{}", done.words());
    }
}

#[tokio::test]
async fn the_sheet_stands_in_the_page_and_in_nothing_a_script_is_given() {
    let shown = get(Samples::new(Lang::Da), &address("/koder/*")).await;
    assert_eq!(shown.html.matches("AAAA-BBBB-CCCC").count(), 1);
    assert!(!shown.html.contains("leptos-island"), "no island on the page of codes");
    assert!(shown.html.contains("maja.holm"), "the blocking code is used with the user name");
}

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
async fn a_browser_is_called_what_people_call_it() {
    use domain::reopening::ReopeningStep::Activity;
    for (lang, said) in
        [(Lang::Da, "I Firefox på Linux fra 192.0.2.1"), (Lang::En, "In Firefox on Linux from 192.0.2.1")]
    {
        for path in ["/konto/aktivitet", "/genaktiver/*"] {
            let samples = Samples { reopening: Activity, ..Samples::new(lang) };
            let shown = get(samples, &address(path)).await;
            assert!(shown.words().contains(said), "{path}: {}", shown.words());
            assert!(!shown.html.contains("Mozilla"), "{path} shows what nobody reads");
        }
    }
}

#[tokio::test]
async fn a_browser_nobody_knows_is_another_browser() {
    for agent in ["", "curl/8.5.0 (call 12345678)"] {
        let samples = Samples { agent: agent.into(), ..Samples::new(Lang::Da) };
        let shown = get(samples, "/konto/aktivitet").await;
        assert!(shown.words().contains("I en anden browser fra 192.0.2.1"), "{}", shown.words());
        assert!(!shown.html.contains("12345678"));
    }
}

#[tokio::test]
async fn a_session_says_where_it_came_from() {
    for (agent, danish) in [
        (support::AGENT, "Logget ind med Firefox på Linux fra 192.0.2.1."),
        ("curl/8.5.0", "Logget ind fra 192.0.2.1."),
    ] {
        for lang in Lang::ALL {
            let samples = Samples { agent: agent.into(), ..Samples::new(lang) };
            let shown = get(samples.signed_in(), "/konto/login").await;
            assert_eq!(shown.count("192.0.2.1"), 2, "each of them: {}", shown.words());
            assert!(lang == Lang::En || shown.words().contains(danish), "{}", shown.words());
            assert!(
                !shown.html.contains("Mozilla") && !shown.html.contains("curl"),
                "never the header itself"
            );
        }
    }
}

#[tokio::test]
async fn the_tick_that_ends_other_sessions_is_kept_with_what_is_to_correct() {
    for end_others in [false, true] {
        let kept = Kept { end_others, ..Kept::default() };
        let samples = Samples::new(Lang::Da).saying(Flash::slip(Slip::NotShown).keeping(kept));
        let shown = get(samples.signed_in(), "/konto/adgangskode").await;
        shown.assert_sound("/konto/adgangskode");
        let tick = shown.tags("input").into_iter().find(|tag| tag.contains("id=\"others\"")).unwrap();
        assert_eq!(tick.contains("checked"), end_others, "{tick}");
    }
}

#[tokio::test]
async fn one_thing_is_a_sentence_and_no_list() {
    let shown = get(Samples::new(Lang::Da), "/glemt-adgangskode").await;
    assert!(shown.words().contains("Åbn linket i din mail igen."), "{}", shown.words());
    assert_eq!(shown.count("<li>"), 0, "a list of one");
}

#[tokio::test]
async fn whoever_has_a_login_is_not_led_into_an_enrolment_by_a_proof_that_did_not_succeed() {
    for start in ["/genaktiver", "/glemt-adgangskode"] {
        for refusal in [RefusalPage::Stopped, RefusalPage::Retry, RefusalPage::OtherWay, RefusalPage::Later] {
            for lang in Lang::ALL {
                let samples = Samples { refusal, start: Some(start.into()), ..Samples::new(lang) };
                let shown = get(samples, "/mitid/ikke-bekraeftet").await;
                let what = format!("{start} {refusal:?} {}", lang.code());
                shown.assert_sound(&what);
                let main = shown.html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
                assert!(!main.contains("/kom-i-gang"), "{what}: {main}");
                assert!(main.contains(&format!("href=\"{start}\"")), "{what}: {main}");
                assert!(main.contains("href=\"tel:76161212\""), "{what}: {main}");
                let paper =
                    if lang == Lang::Da { "pas eller kørekort" } else { "passport or driving licence" };
                assert!(main.contains(paper), "{what}: {main}");
            }
        }
    }
    let found = get(Samples::new(Lang::Da), "/mitid/ikke-bekraeftet").await;
    assert!(found.html.contains("/kom-i-gang/uden-mitid"), "who has none yet is");
}

/// Nobody at the desk can prove anybody yet: whoever is locked out must not wait for it.
#[tokio::test]
async fn where_only_mitid_opens_no_page_promises_that_the_desk_does() {
    for lang in Lang::ALL {
        let says = match lang {
            Lang::Da => "endnu ikke",
            Lang::En => "yet, but they tell you",
        };
        for pattern in ["/genaktiver", "/glemt-adgangskode", "/log-ind/*/gendan", "/konto/bekraeft"] {
            let shown = get(Samples::new(lang), &address(pattern)).await;
            let words = shown.words();
            assert!(words.contains(says), "{pattern} {}: {words}", lang.code());
            for promise in ["finder en tid", "find a time"] {
                assert!(!words.contains(promise), "{pattern}: {words}");
            }
        }
    }
}

#[tokio::test]
async fn confirming_anew_says_why_until_when_and_may_be_put_off_only_in_time() {
    use domain::reconfirmation::{Because, Reconfirmation};
    use jiff::civil::date;
    let renamed = "2026-11-20T09:00:00Z".parse().unwrap();
    for (state, says, overview, late) in [
        (Reconfirmation::Later(date(2027, 11, 2)), "senest", None, false),
        (Reconfirmation::Near(date(2026, 12, 2)), "2. dec. 2026", Some("2. dec. 2026"), false),
        (
            Reconfirmation::Overdue(Because::AYear(date(2026, 11, 2))),
            "2. nov. 2026",
            Some("2. nov. 2026"),
            true,
        ),
        (Reconfirmation::Overdue(Because::NewName(renamed)), "andet navn", Some("andet navn"), true),
    ] {
        for path in ["/log-ind/*/bekraeft", "/konto/bekraeft"] {
            let samples = Samples { reconfirm: state, ..Samples::new(Lang::Da) };
            let shown = get(samples, &address(path)).await;
            shown.assert_sound(path);
            assert!(shown.html.contains(says), "{path} {state:?}");
            let at_sign_in = path.starts_with("/log-ind");
            assert_eq!(shown.html.contains("Ikke nu"), at_sign_in && !late, "{path} {state:?}");
            assert_eq!(shown.html.contains("Omsorg"), at_sign_in, "{path}: where she goes then");
            assert_eq!(shown.html.contains("niveau Betydelig"), late, "{path} {state:?}");
            assert!(shown.html.contains("pas eller kørekort"), "{path}: MitID is offered, never demanded");
        }
        let samples = Samples { reconfirm: state, ..Samples::new(Lang::Da) };
        let shown = get(samples, "/overblik").await;
        assert_eq!(shown.html.contains("href=\"/konto/bekraeft\""), overview.is_some(), "{state:?}");
        assert!(shown.html.contains(overview.unwrap_or("Bekræft dig igen senest")), "{state:?}");
        assert_eq!(shown.count("btn-primary"), 1, "one next step: {state:?}");
    }
}

#[tokio::test]
async fn before_a_relation_is_ended_it_says_what_happens_and_what_opens_it_again() {
    for (last_relation, says) in
        [(true, "dit login lukker med det samme"), (false, "Dit login virker stadig")]
    {
        let shown =
            get(Samples { last_relation, ..Samples::new(Lang::Da) }, "/konto/tilknytning/noget").await;
        shown.assert_sound(says);
        for needed in [says, "senere første dag", "medarbejdernummer 1001", "btn-danger", "href=\"/spaer\""]
        {
            assert!(shown.html.contains(needed), "{needed}");
        }
        assert!(!shown.html.contains(" checked"), "the box is not ticked beforehand");
    }
    let paused = CodeDoor::Paused("2026-11-21T20:00:00Z".parse().unwrap());
    let shown = get(Samples { codes: paused, ..Samples::new(Lang::Da) }, "/konto/tilknytning/noget").await;
    assert!(!shown.html.contains("btn-danger") && shown.html.contains("pause"), "it says until when");
}

#[tokio::test]
async fn what_she_has_decides_what_she_is_asked_to_confirm_with() {
    for lang in Lang::ALL {
        for (has, dialogs, fields) in [
            ((true, false, false), 0, 1),
            ((true, true, false), 1, 1),
            ((true, true, true), 1, 1),
            ((false, true, true), 1, 0),
            // Nothing is left of hers: the code field says so rather than an empty page.
            ((false, false, false), 0, 1),
        ] {
            let desk = Samples { has, ..Samples::new(lang) };
            let shown = get(desk, &address("/konto/bekraeft/*")).await;
            shown.assert_sound(&format!("{has:?}"));
            assert_eq!(shown.count("data-ceremony=\"get\""), dialogs, "{has:?}");
            assert_eq!(shown.count("name=\"code\""), fields, "{has:?}");
            assert_eq!(shown.count("btn-primary"), 1, "{has:?}");
        }
        for path in ["/konto/adgangskode", "/konto/tilknytning/noget"] {
            let desk = Samples { has: (false, true, true), ..Samples::new(lang) };
            let shown = get(desk, path).await;
            shown.assert_sound(path);
            assert_eq!(
                (shown.count("name=\"code\""), shown.count("btn-primary")),
                (0, 1),
                "{path}: no dead end"
            );
        }
    }
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
async fn at_three_codes_left_she_is_warned_where_she_looks() {
    for (left, said) in [
        (10, None),
        (4, None),
        (3, Some("kun 3 gendannelseskoder")),
        (1, Some("kun 1 gendannelseskode ")),
        (0, Some("ingen gendannelseskoder")),
    ] {
        for page in ["/overblik", "/konto/loginmidler"] {
            let shown = get(Samples { recovery: left, ..Samples::new(Lang::Da).signed_in() }, page).await;
            let warned = shown.html.contains("gendannelseskoder tilbage. Lav")
                || shown.html.contains("gendannelseskode tilbage. Lav");
            assert_eq!(warned, said.is_some(), "{left} at {page}");
            assert!(said.is_none_or(|said| shown.html.contains(said)), "{left} at {page}");
        }
    }
    let shown = get(Samples::new(Lang::Da).signed_in(), "/konto/loginmidler").await;
    assert!(shown.html.contains("value=\"sheet\""), "new codes are asked for here");
    assert_eq!(shown.html.matches("Den tæller ikke længere").count(), 1, "the one of a denied model");
}

#[tokio::test]
async fn a_sheet_says_which_one_it_replaces() {
    let before = "2026-11-02T08:00:00Z".parse().unwrap();
    let shown = get(Samples { replaces: Some(before), ..Samples::new(Lang::Da) }, &address("/koder/*")).await;
    assert!(shown.html.contains("Erstatter arket fra mandag d. 2. nov. 2026"), "{}", shown.html);
    assert!(shown.html.contains("Dine nye koder er lavet"));
}

#[tokio::test]
async fn the_overview_asks_once_about_a_method_that_was_not_used_and_else_for_a_second_one() {
    use domain::reconfirmation::Reconfirmation;
    use jiff::civil::date;
    let later = || Samples {
        reconfirm: Reconfirmation::Later(date(2027, 11, 2)),
        ..Samples::new(Lang::Da).signed_in()
    };
    let shown = get(later(), "/overblik").await;
    shown.assert_sound("a second one");
    assert!(shown.html.contains("men du har kun ét loginmiddel"), "{}", shown.html);
    assert!(!shown.html.contains("loginmiddel-senere"));
    let id = "019a0000-0000-7000-8000-000000000009".parse().unwrap();
    let asked = Samples { check: Some((id, "Min \"gamle\" telefon".into())), ..later() };
    let shown = get(asked, "/overblik").await;
    shown.assert_sound("a check");
    assert!(shown.html.contains("Har du stadig") && shown.html.contains("/handling/loginmiddel-senere"));
    assert!(shown.html.contains("/konto/loginmidler/019a0000-0000-7000-8000-000000000009"));
    assert!(!shown.html.contains("du har kun ét"), "one thing at a time");
    assert_eq!(shown.count("btn-primary"), 1);
}

#[tokio::test]
async fn what_does_not_count_any_more_is_no_second_login_method() {
    use domain::reconfirmation::Reconfirmation;
    use jiff::civil::date;
    const ONE: &str = "men du har kun ét loginmiddel";
    const NONE: &str = "Intet af dine loginmidler tæller længere";
    for (counting, says, marked) in [
        (vec![true, false], Some(ONE), 1),
        (vec![true, true, false], None, 1),
        (vec![true, true], None, 0),
        (vec![false, false], Some(NONE), 2),
    ] {
        let desk = Samples {
            reconfirm: Reconfirmation::Later(date(2027, 11, 2)),
            counting: counting.clone(),
            ..Samples::new(Lang::Da).signed_in()
        };
        let shown = get(desk, "/overblik").await;
        shown.assert_sound("login methods that count, and not");
        for word in [ONE, NONE] {
            assert_eq!(shown.html.contains(word), says == Some(word), "{counting:?}: {word}");
        }
        assert_eq!(shown.count("Den tæller ikke længere"), marked, "{counting:?}");
    }
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
    for rest in ["href=\"/glemt-adgangskode\"", "76 16 12 12", "href=\"/spaer\""] {
        assert!(shown.html.contains(rest), "who has none of them: {rest}");
    }
}

#[tokio::test]
async fn an_auditor_chooses_among_the_exports_and_reads_which_count_as_open() {
    for lang in Lang::ALL {
        let shown = get(Samples::new(lang).signed_in(), "/revision").await;
        shown.assert_sound("the list of exports");
        let radios = shown.tags("input").into_iter().filter(|tag| tag.contains("type=\"radio\"")).count();
        assert_eq!(radios, 17, "all but the one that begins with a person");
        let open = if lang == Lang::Da { "Samles ikke endnu" } else { "Not collected yet" };
        assert_eq!(shown.words().matches(open).count(), 1, "{}", shown.words());
        let kept = Kept { export: "4".into(), from: "2026-01-01".into(), ..Kept::default() };
        let flash = Flash::slip(Slip::ToShape).keeping(kept);
        let again = get(Samples::new(lang).signed_in().saying(flash), "/revision").await;
        assert!(again.html.contains("value=\"2026-01-01\""), "what was typed stays");
        let chosen = again.tags("input").into_iter().find(|tag| tag.contains("id=\"export-4\"")).unwrap();
        assert!(chosen.contains("checked"), "{chosen}");
        let missing = Samples::new(lang).signed_in().saying(Flash::slip(Slip::ExportMissing));
        let missing = get(missing, "/revision").await;
        missing.assert_sound("no export chosen");
        assert!(missing.html.contains("href=\"#export\"") && missing.html.contains("id=\"export-error\""));
    }
}

#[tokio::test]
async fn an_order_shows_how_far_it_is_and_what_can_be_done() {
    let at = "2026-11-22T19:47:07Z".parse().unwrap();
    let runs = OrderStage::Runs { done: 300, of: 400, percent: 75 };
    for (order, goes_on, [danish, english]) in [
        (OrderStage::Waits, true, ["Det begynder om lidt", "It begins shortly"]),
        (runs, true, ["300 af 400 er læst (75 %)", "300 of 400 read (75 %)"]),
        (OrderStage::Ready(at), false, ["Du kan hente filerne til", "You can take the files until"]),
        (OrderStage::Expired, false, ["Filerne er slettet", "The files are deleted"]),
        (OrderStage::Cancelled, false, ["Udtrækket er annulleret", "The export is cancelled"]),
        (OrderStage::RoleLost, false, ["ikke havde rollen", "did not have the role"]),
        (OrderStage::Interrupted, false, ["afbrudt for mange gange", "broke off too many times"]),
        (OrderStage::TooLarge, false, ["større end 4 GB", "larger than 4 GB"]),
    ] {
        for (lang, said) in [(Lang::Da, danish), (Lang::En, english)] {
            let samples = Samples { order, ..Samples::new(lang).signed_in() };
            let shown = get(samples, &address("/revision/bestilling/*")).await;
            shown.assert_sound(&format!("{order:?}"));
            assert!(shown.words().contains(said), "{order:?}: {}", shown.words());
            assert_eq!(shown.count("btn-primary"), 1, "{order:?}");
            let can_be_taken = matches!(order, OrderStage::Ready(_));
            let csv = shown.html.contains(&address("href=\"/revision/bestilling/*/csv\""));
            assert_eq!(csv, can_be_taken, "{order:?}");
            let cancels = shown.html.contains("action=\"/handling/revision-annuller\"");
            assert_eq!(cancels, goes_on || can_be_taken, "{order:?}");
            assert_eq!(shown.html.contains(&address("/revision/bestilling/*/trin")), goes_on, "{order:?}");
        }
    }
    let list = get(Samples::new(Lang::Da).signed_in(), "/revision").await;
    for said in ["Bestilte udtræk", "Klar til", "Venter", "Slettet"] {
        assert!(list.words().contains(said), "{said}: {}", list.words());
    }
}

#[tokio::test]
async fn the_state_of_the_log_is_red_when_something_is_wrong_and_says_what_and_what_next() {
    for lang in Lang::ALL {
        let whole = get(Samples::new(lang).signed_in(), "/revision/haendelser").await;
        assert!(whole.html.contains("notice-success") && !whole.html.contains("notice-error"));
        for wrong in [
            ChainWrong::Unsigned,
            ChainWrong::NotGrown,
            ChainWrong::Behind,
            ChainWrong::Forged,
            ChainWrong::Unusable,
            ChainWrong::Tampered,
        ] {
            for page in ["/revision/haendelser", "/revision/krav"] {
                let samples = Samples { chain_wrong: Some(wrong), ..Samples::new(lang).signed_in() };
                let shown = get(samples, page).await;
                shown.assert_sound(&format!("{wrong:?} at {page}"));
                assert!(shown.html.contains("notice-error"), "{wrong:?} at {page}");
                assert!(shown.words().contains("nsis-id audit verify"), "{wrong:?} at {page}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_sealed_stands_on_the_page_of_one_row_alone_and_as_text() {
    for lang in Lang::ALL {
        let list = get(Samples::new(lang).signed_in(), &address("/revision/haendelser/*")).await;
        assert_eq!(list.count("action=\"/handling/revision-vis\""), 2, "a deed for each");
        assert!(!list.words().contains("192.0.2.1"));
        let row = get(Samples::new(lang).signed_in(), &address("/revision/haendelse/*")).await;
        assert!(row.words().contains("address: 192.0.2.1"), "{}", row.words());
        let proof = get(Samples::new(lang).signed_in(), &address("/revision/vilkaar/*")).await;
        for told in ["Maja Holm (maja.holm)", "192.0.2.1", "Firefox", "2026-11-21T19:47:07.000000Z"] {
            assert!(proof.words().contains(told), "{told}: {}", proof.words());
        }
        for shown in [list, row, proof] {
            assert!(
                !shown.html.contains("<script>alert") && !shown.html.contains("<ops1>"),
                "text stays text"
            );
        }
    }
}

#[tokio::test]
async fn every_requirement_stands_on_its_page_with_tests_exports_and_the_last_result() {
    for lang in Lang::ALL {
        let shown = get(Samples::new(lang).signed_in(), "/revision/krav").await;
        let words = shown.words();
        for row in domain::nsis::all() {
            assert!(words.contains(&format!("{} – ", row.id)), "{}", row.id);
            assert!(row.tests.iter().all(|test| shown.html.contains(*test)), "{}", row.id);
        }
        let result = if lang == Lang::Da { "Seneste resultat:" } else { "Last result:" };
        assert_eq!(words.matches(result).count(), domain::nsis::all().count());
        assert!(shown.html.contains("href=\"/revision#export-8\"") && !words.contains("](security.md)"));
    }
}

#[tokio::test]
async fn every_export_is_shown_with_its_files_and_what_counts_as_open() {
    use domain::evidence::Evidence;
    for evidence in Evidence::ALL {
        for lang in Lang::ALL {
            let samples = Samples { evidence, ..Samples::new(lang).signed_in() };
            let shown = get(samples, &address("/revision/udtraek/*")).await;
            shown.assert_sound(&format!("{evidence:?}"));
            for form in ["csv", "json", "foelgebrev"] {
                assert!(shown.html.contains(&address(&format!("/revision/udtraek/*/{form}"))), "{form}");
            }
            let open = if lang == Lang::Da { "Tæller som åbent" } else { "Counts as open" };
            assert_eq!(shown.words().contains(open), !evidence.gaps().is_empty(), "{evidence:?}");
            assert_eq!(shown.words().contains("login.held"), evidence == Evidence::Person, "{evidence:?}");
            assert!(!shown.html.contains("<ops1>") && !shown.html.contains("reason: <b>"), "text stays text");
        }
    }
}

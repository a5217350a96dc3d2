//! Every page, in both languages, with and without something to correct.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "pages/account.rs"]
mod account;
#[path = "pages/enrolment.rs"]
mod enrolment;
#[path = "pages/forms.rs"]
mod forms;
#[path = "pages/leaving.rs"]
mod leaving;
#[path = "pages/reopening.rs"]
mod reopening;
#[path = "pages/scripts.rs"]
mod scripts;
#[path = "pages/sign_in.rs"]
mod sign_in;
#[path = "pages/staff.rs"]
mod staff;
#[path = "pages/status.rs"]
mod status;
#[path = "pages/stops.rs"]
mod stops;
mod support;

use axum::http::StatusCode;
use support::{FLOW, Samples, get};
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
    ("/konto/loginmidler/ret/*/fjern/noget", "Vil du fjerne Nummer 1?", "Remove Nummer 1?"),
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
    "/konto/loginmidler/ret/*/fjern/noget",
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

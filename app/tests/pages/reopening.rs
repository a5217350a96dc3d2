//! Opening a blocked login again.

use crate::address;
use crate::support::{Samples, get};
use text::Lang;

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

//! Becoming able to log in.

use crate::address;
use crate::support::{Samples, get};
use domain::proofing::RefusalPage;
use text::Lang;

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
async fn the_receipt_of_day_one_names_the_terms_and_before_it_she_is_told_who_corrects_her_name() {
    for (lang, accepted, who) in [
        (Lang::Da, "Version 2.0, accepteret", "sig det til din leder"),
        (Lang::En, "Version 2.0, accepted", "tell your manager"),
    ] {
        let done = get(Samples::new(lang), &address("/indrullering/*/klar")).await;
        assert!(done.words().contains(accepted), "{}", done.words());
        let review = get(Samples::new(lang), &address("/indrullering/*/tjek")).await;
        assert!(review.words().contains(who), "{}", review.words());
    }
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

#[tokio::test]
async fn the_way_without_mitid_ends_at_a_page_that_says_whom_to_see() {
    for (lang, whom, not_yet) in [
        (Lang::Da, "De siger, hvem i Borgerservice du skal møde", "endnu ikke"),
        (Lang::En, "They tell you whom to see at Borgerservice", "yet"),
    ] {
        for pattern in ["/kom-i-gang/uden-mitid", "/indrullering/*/uden-mitid"] {
            let shown = get(Samples::new(lang), &address(pattern)).await;
            let what = format!("{pattern} {}: {}", lang.code(), shown.words());
            assert!(shown.words().contains(whom) && shown.words().contains(not_yet), "{what}");
            let main = shown.html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
            assert!(main.contains("href=\"tel:76161212\""), "{what}");
        }
        for pattern in
            ["/kom-i-gang", "/kom-i-gang/mitid", "/kom-i-gang/hemmeligt", "/indrullering/*/bekraeft"]
        {
            let shown = get(Samples::new(lang), &address(pattern)).await;
            assert!(shown.html.contains("/uden-mitid\""), "{pattern} {} leads there", lang.code());
        }
    }
}

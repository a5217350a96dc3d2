//! Pilots, outages, and news above a page.

use crate::address;
use crate::support::{Samples, get};
use app::desk::{Flash, Tiding};
use domain::status::{Outage, Part};
use text::Lang;

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

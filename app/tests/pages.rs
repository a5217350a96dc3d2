//! Every page, in both languages, with and without something to correct.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use app::actions;
use app::desk::{Answer, BlockedBy, BrokenKind, Flash, Kept, Slip, Stop, Tiding};
use axum::http::StatusCode;
use domain::flow::FlowGone;
use domain::password::Weak;
use domain::proofing::RefusalPage;
use std::sync::Arc;
use support::{FLOW, Samples, get, post};
use text::Lang;

/// Every page: its address and its heading in both languages; `*` is a flow.
const PAGES: &[(&str, &str, &str)] = &[
    ("/overblik", "Hej Maja Holm", "Hello Maja Holm"),
    ("/log-ind", "Log ind", "Sign in"),
    ("/log-ind/fejl", "Vi kunne ikke logge dig ind", "We couldn't sign you in"),
    ("/log-ind/*", "Log ind", "Sign in"),
    ("/log-ind/*/kode", "Bekræft med koden fra din app", "Enter the code from your app"),
    ("/log-ind/*/pause", "Du har prøvet for mange gange", "Too many attempts"),
    ("/log-ind/*/spaerret", "Din konto er spærret", "Your account is blocked"),
    ("/log-ind/*/vilkaar/1", "Læs vilkårene (del 1 af 5)", "Read the terms (part 1 of 5)"),
    ("/log-ind/*/vilkaar/nej", "Hvis du ikke accepterer", "If you do not accept"),
    ("/saml/svar/*", "Du er logget ind", "You are signed in"),
    ("/logget-ud", "Du er logget ud", "You are signed out"),
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
    ("/indrullering/*/tjek", "Tjek og gør færdig", "Check and finish"),
    ("/indrullering/*/klar", "Du er klar", "You're ready"),
    ("/mitid/ikke-bekraeftet", "Du stoppede undervejs", "You stopped on the way"),
    ("/vilkaar/afvist", "Du har ikke accepteret vilkårene", "You have not accepted the terms"),
    ("/spaer", "Spær min konto", "Block my account"),
    ("/glemt-adgangskode", "Glemt adgangskode", "Forgotten password"),
    ("/hjaelp", "En tekst", "En tekst"),
    ("/tilgaengelighed", "En tekst", "En tekst"),
    ("/privatliv", "En tekst", "En tekst"),
    ("/service", "En tekst", "En tekst"),
    ("/vilkaar", "En tekst", "En tekst"),
];

/// Pages that are read, not acted on: no primary button.
const READ_ONLY: &[&str] =
    &["/logget-ud", "/spaer", "/hjaelp", "/tilgaengelighed", "/privatliv", "/service", "/vilkaar"];

fn address(pattern: &str) -> String {
    pattern.replace('*', FLOW)
}

#[tokio::test]
async fn every_page_reads_well_in_both_languages() {
    for (pattern, danish, english) in PAGES {
        for (lang, heading) in [(Lang::Da, danish), (Lang::En, english)] {
            let shown = get(Samples::new(lang), &address(pattern)).await;
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
        let shown = get(Samples::new(Lang::Da), &address(pattern)).await;
        for needed in [
            "href=\"/spaer\"",
            "href=\"tel:76161212\"",
            "href=\"/was\"",
            "href=\"#indhold\"",
            "id=\"indhold\"",
        ] {
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
async fn something_to_correct_is_said_in_the_title_above_the_heading_and_at_the_field() {
    let cases = [
        ("/log-ind/*", vec![Slip::UserNameMissing, Slip::PasswordMissing]),
        ("/log-ind/*", vec![Slip::NoMatch { left: Some(2) }]),
        ("/log-ind/*/kode", vec![Slip::CodeShape]),
        ("/log-ind/*/kode", vec![Slip::CodeWrong { left: Some(1), again: true }]),
        ("/indrullering/*/vilkaar/5", vec![Slip::BoxNotTicked]),
        ("/indrullering/*/adgangskode", vec![Slip::PasswordWeak(Weak::TooShort)]),
        ("/indrullering/*/app", vec![Slip::FactorName, Slip::CodeMissing]),
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
    let kept = Kept { user_name: "maja\"><b>".into(), factor_name: String::new() };
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
    let answer = get(Samples::new(Lang::Da), &address("/saml/svar/*")).await;
    assert!(answer.policy.contains("form-action 'self' https://service.example;"), "{}", answer.policy);
    assert!(answer.html.contains("action=\"https://service.example/acs\""));
    assert!(answer.html.contains("value=\"PHJlc3BvbnNlLz4=\""));
    assert!(!answer.html.contains("a\"b<c"), "the relay state is escaped");
    let other = get(Samples::new(Lang::Da), "/log-ind").await.policy;
    assert!(other.contains("form-action 'self';"), "{other}");
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
    let front = get(Samples::new(Lang::Da).signed_in(), "/").await;
    assert_eq!(front.location.as_deref(), Some("/overblik"));
    let stay = get(Samples::new(Lang::Da).signed_in(), "/forbliv").await;
    assert_eq!(stay.heading(), "Du er stadig logget på");
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
    let flow = address("/indrullering/*/tjek");
    for (stop, path, status, words) in [
        (Stop::Missing, flow.as_str(), StatusCode::NOT_FOUND, "Siden findes ikke"),
        (Stop::Gone(FlowGone::Expired), &flow, StatusCode::GONE, "Åbn linket i din mail igen"),
        (Stop::Gone(FlowGone::OtherBrowser), &flow, StatusCode::GONE, "Siden hører til en anden browser"),
        (Stop::Gone(FlowGone::Unknown), "/log-ind", StatusCode::GONE, "begynd forfra dér"),
        (Stop::LinkDead, "/kom-i-gang/x", StatusCode::GONE, "Linket virker ikke længere"),
        (Stop::Fault, &flow, StatusCode::INTERNAL_SERVER_ERROR, "7K3Q-92AB"),
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
async fn an_address_nobody_knows_is_not_found() {
    for path in ["/findes/ikke", "/indrullering/ikke-et-flow/app", &address("/indrullering/*/vilkaar/x")] {
        let shown = get(Samples::new(Lang::Da), path).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(shown.heading(), "Siden findes ikke", "{path}");
    }
}

#[tokio::test]
async fn the_four_refusals_the_blocks_and_the_breaks_read_well() {
    use BlockedBy::{Association, Municipality, Owner, Reconfirmation, Terms};
    use BrokenKind::{Clocks, Fault, FlowGone, LevelTooHigh, NotEntitled, Pilot, Stale, UnknownService};
    for lang in Lang::ALL {
        for refusal in [RefusalPage::Stopped, RefusalPage::Retry, RefusalPage::OtherWay, RefusalPage::Later] {
            let samples = Samples { refusal, ..Samples::new(lang) };
            let shown = get(samples, &address("/indrullering/*/ikke-bekraeftet")).await;
            shown.assert_sound(&format!("{refusal:?}"));
            assert!(shown.html.contains("/uden-mitid"), "{refusal:?}: the equal way");
        }
        for blocked_by in [Owner, Municipality, Association, Terms, Reconfirmation] {
            let samples = Samples { blocked_by, ..Samples::new(lang) };
            get(samples, &address("/log-ind/*/spaerret")).await.assert_sound(&format!("{blocked_by:?}"));
        }
        for broken in [UnknownService, Stale, LevelTooHigh, Pilot, NotEntitled, FlowGone, Clocks, Fault] {
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
            let known = actions::PATHS.contains(&action.as_str()) || action == "https://service.example/acs";
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

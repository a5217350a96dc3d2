//! Pages that are not shown, and what is said instead.

use crate::address;
use crate::support::{Samples, get};
use app::desk::{BlockedBy, BrokenKind, Stop};
use axum::http::StatusCode;
use domain::flow::FlowGone;
use domain::proofing::RefusalPage;
use text::Lang;

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
async fn what_is_over_of_her_login_methods_begins_again_there() {
    for path in ["/konto/loginmidler/ret/*", "/konto/koder/*", "/konto/kodeviser/*", "/koder/*"] {
        for lang in Lang::ALL {
            let over = Samples::new(lang).signed_in().stopping(Stop::Gone(FlowGone::Expired));
            let shown = get(over, &address(path)).await;
            shown.assert_sound(path);
            assert_eq!(shown.status, StatusCode::GONE, "{path}");
            let start = "href=\"/konto/loginmidler\" class=\"btn btn-primary\"";
            assert!(shown.html.contains(start), "{path}: {}", shown.html);
            let system = if lang == Lang::Da { "det system" } else { "the system" };
            assert!(!shown.words().contains(system), "{path}: no system was asked for");
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
    use BlockedBy::{Association, LeakedPassword, Municipality, Owner, Reconfirmation, Register, Terms};
    use BrokenKind::{
        Clocks, Crowded, Fault, FlowGone, LevelTooHigh, NotEntitled, NotOut, NotRenewed, NothingToFinish,
        Pilot, Stale, UnknownService,
    };
    for lang in Lang::ALL {
        for refusal in [RefusalPage::Stopped, RefusalPage::Retry, RefusalPage::OtherWay, RefusalPage::Later] {
            let samples = Samples { refusal, ..Samples::new(lang) };
            let shown = get(samples, &address("/indrullering/*/ikke-bekraeftet")).await;
            shown.assert_sound(&format!("{refusal:?}"));
            assert!(shown.html.contains("/uden-mitid"), "{refusal:?}: the equal way");
        }
        for blocked_by in [Owner, LeakedPassword, Municipality, Register, Association, Terms, Reconfirmation]
        {
            let samples = Samples { blocked_by, ..Samples::new(lang) };
            let shown = get(samples, &address("/log-ind/*/spaerret")).await;
            shown.assert_sound(&format!("{blocked_by:?}"));
            let says = shown.html.contains(match lang {
                Lang::Da => "CPR-registeret siger noget om dig",
                Lang::En => "The CPR register says something about you",
            });
            assert_eq!(says, blocked_by == Register, "{blocked_by:?}: who blocked it, in its own words");
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
            NothingToFinish,
            NotRenewed,
        ] {
            let samples = Samples { broken, ..Samples::new(lang) };
            get(samples, "/log-ind/fejl").await.assert_sound(&format!("{broken:?}"));
        }
    }
}

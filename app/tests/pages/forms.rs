//! Forms: what they say of what is wrong, what they keep, and where they lead.

use crate::support::{self, FLOW, Samples, get, post};
use crate::{PAGES, address};
use app::actions;
use app::desk::{Answer, Flash, Kept, Slip};
use axum::http::StatusCode;
use domain::password::Weak;
use std::sync::Arc;
use text::Lang;

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
        ("/indrullering/*/kodeviser", vec![Slip::FactorName, Slip::ShownCodeMissing]),
        ("/log-ind/*/kode", vec![Slip::ShownCodeShape]),
        ("/konto/bekraeft/*", vec![Slip::ShownCodeWrong { left: Some(2), again: true }]),
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
        ("/revision/haendelser", vec![Slip::ReferenceLong]),
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

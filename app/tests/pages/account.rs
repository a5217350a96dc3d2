//! Her own account.

use crate::support::{self, Samples, get};
use crate::{address, looking};
use app::desk::{CodeFrom, Flash, Tiding};
use domain::throttle::CodeDoor;
use text::Lang;

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
async fn her_activity_says_how_long_it_is_kept_and_leads_to_what_is_older_and_newer() {
    let months = ["5 år", "13 måneder"];
    let first = get(looking("/konto/aktivitet", Lang::Da), "/konto/aktivitet").await;
    assert!(months.iter().all(|said| first.words().contains(said)), "{}", first.words());
    assert!(first.html.contains("href=\"/konto/aktivitet?side=2\"") && !first.words().contains("Vis nyere"));
    let signed_in = || Samples::new(Lang::Da).signed_in();
    let second = get(signed_in(), "/konto/aktivitet/aendringer?side=2").await;
    second.assert_sound("the second page");
    for path in ["/konto/aktivitet/aendringer?side=3", "/konto/aktivitet/aendringer"] {
        assert!(second.html.contains(&format!("href=\"{path}\"")), "{path}: {}", second.html);
    }
    let last = get(signed_in(), "/konto/aktivitet?side=3").await;
    assert!(last.words().contains("Vis nyere hændelser") && !last.words().contains("Vis ældre"));
    for said in
        ["En revisor trak dig i en stikprøve", "HR sendte oplysninger om dig", "En rolle blev foreslået"]
    {
        assert!(first.words().contains(said), "{said}: {}", first.words());
    }
}

#[tokio::test]
async fn what_others_did_says_who_and_whom_to_talk_to_and_a_block_is_on_each_row() {
    let danish = [
        ("HR sendte oplysninger om dig", "Det kom fra personalesystemet (HR)", "tal med din leder"),
        ("En rolle blev foreslået", "Det gjorde en driftsmedarbejder", "Ring til servicedesken"),
        ("Oprettelsen blev ikke færdig i tide", "Det gjorde loginløsningen selv", "Ring til servicedesken"),
        ("En revisor trak dig i en stikprøve", "Det gjorde en anden end dig", "Ring til servicedesken"),
    ];
    let english = [
        ("HR sent data about you", "It came from the HR system", "talk to your manager"),
        ("A role was proposed", "An operator did it", "Call the service desk"),
        (
            "The enrolment was not finished in time",
            "The login service did it by itself",
            "Call the service desk",
        ),
        ("An auditor drew you in a sample", "Somebody other than you did it", "Call the service desk"),
    ];
    for (lang, rows, not_me, not_kept) in [
        (Lang::Da, danish, "Det var ikke mig", "192.0.2.1"),
        (Lang::En, english, "It was not me", "192.0.2.1"),
    ] {
        let shown = get(looking("/konto/aktivitet", lang), "/konto/aktivitet").await;
        let row = |what: &str| {
            let (_, rest) = shown.html.split_once(&format!("<strong>{what}")).unwrap();
            rest.split("</dd>").next().unwrap().to_owned()
        };
        for (what, who, next) in rows {
            let row = row(what);
            assert!(row.contains(who) && row.contains(next), "{what}: {row}");
            assert!(row.contains("href=\"/spaer\"") && row.contains(not_me), "{what}: {row}");
            assert!(!row.contains(not_kept), "where others sat: {row}");
            assert_eq!(row.contains("href=\"tel:"), !what.contains("HR"), "{what}: {row}");
        }
        let signed_in = row(if lang == Lang::Da { "Du loggede ind" } else { "You signed in" });
        assert!(signed_in.contains(not_me) && signed_in.contains("href=\"/spaer\""), "{signed_in}");
        assert!(signed_in.contains(not_kept), "from where: {signed_in}");
    }
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
async fn one_thing_is_a_sentence_and_no_list() {
    let shown = get(Samples::new(Lang::Da), "/glemt-adgangskode").await;
    assert!(shown.words().contains("Åbn linket i din mail igen."), "{}", shown.words());
    assert_eq!(shown.count("<li>"), 0, "a list of one");
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
async fn a_code_is_asked_for_by_what_shows_it() {
    for (lang, from, heading, digits) in [
        (Lang::Da, CodeFrom::App, "Bekræft med koden fra din app", "6 cifre"),
        (Lang::Da, CodeFrom::Device, "Bekræft med koden fra din kodeviser", "6 eller 8 cifre"),
        (Lang::Da, CodeFrom::Either, "Bekræft med koden fra din app eller kodeviser", "6 eller 8 cifre"),
        (Lang::En, CodeFrom::App, "Enter the code from your app", "6 digits"),
        (Lang::En, CodeFrom::Device, "Enter the code from your code device", "6 or 8 digits"),
        (Lang::En, CodeFrom::Either, "Enter the code from your app or code device", "6 or 8 digits"),
    ] {
        let shown = get(Samples { code_from: from, ..Samples::new(lang) }, &address("/log-ind/*/kode")).await;
        let what = format!("{from:?} {}: {}", lang.code(), shown.words());
        shown.assert_sound(&what);
        assert_eq!(shown.heading(), heading);
        assert!(shown.words().contains(digits), "{what}");
        let app =
            shown.words().contains(if lang == Lang::Da { "godkender-app" } else { "authenticator app" });
        assert_eq!(app, from != CodeFrom::Device, "{what}");
        let again =
            get(Samples { code_from: from, ..Samples::new(lang) }, &address("/konto/bekraeft/*")).await;
        again.assert_sound(&what);
        assert!(again.words().contains(digits), "{}", again.words());
        for path in ["/konto/adgangskode", "/konto/tilknytning/noget"] {
            let shown = get(Samples { code_from: from, ..Samples::new(lang) }, path).await;
            shown.assert_sound(&what);
            assert!(shown.words().contains(digits), "{path}: {}", shown.words());
        }
    }
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
async fn who_confirmed_with_what_is_new_after_a_recovery_is_told_until_when_it_removes_no_other() {
    let until = "2026-11-02T08:00:00Z".parse().unwrap();
    let told = Flash::tiding(Tiding::MethodCooling(until));
    let shown = get(Samples::new(Lang::Da).signed_in().saying(told), "/konto/loginmidler").await;
    for words in ["brugte en gendannelseskode", "prøv igen efter kl. 09.00", "Bekræft med et af de andre"] {
        assert!(shown.html.contains(words), "{words}: {}", shown.html);
    }
}

#[tokio::test]
async fn before_one_goes_the_page_says_how_she_signs_in_afterwards() {
    let shown =
        get(Samples::new(Lang::Da).signed_in(), &address("/konto/loginmidler/ret/*/fjern/noget")).await;
    for words in
        ["Med din adgangskode og Nummer 2 (adgangsnøgle)", "Med Nummer 4 (sikkerhedsnøgle), som er nok alene"]
    {
        assert!(shown.html.contains(words), "{words}: {}", shown.html);
    }
    assert!(!shown.html.contains("Nummer 5"), "one of a denied model is no way in: {}", shown.html);
}

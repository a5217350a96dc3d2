//! What auditors and administrators see.

use crate::support::{Samples, get};
use crate::{address, looking};
use app::desk::{ChainWrong, Flash, Kept, OrderStage, Slip};
use std::sync::Arc;
use text::Lang;

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
async fn an_auditor_chooses_among_the_exports_and_reads_which_count_as_open() {
    use domain::evidence::Evidence;
    for lang in Lang::ALL {
        let shown = get(Samples::new(lang).signed_in(), "/revision").await;
        shown.assert_sound("the list of exports");
        let radios = shown.tags("input").into_iter().filter(|tag| tag.contains("type=\"radio\"")).count();
        assert_eq!(radios, 17, "all but the one that begins with a person");
        let open = if lang == Lang::Da { "Ikke komplet" } else { "Not complete" };
        let with_gaps = Evidence::ALL.into_iter().filter(|it| !it.gaps().is_empty()).count();
        assert_eq!(shown.words().matches(open).count(), with_gaps, "{}", shown.words());
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
        let sought = if lang == Lang::Da {
            "Søgt efter: Arter: login.held; Plads i kæden: 7"
        } else {
            "Searched for: Kinds: login.held; Place in the chain: 7"
        };
        assert!(list.words().contains(sought), "{}", list.words());
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
        for row in domain::nsis::all() {
            let at = format!("id=\"krav-{}\"", row.id.replace('.', "-"));
            assert_eq!(shown.count(&at), 1, "an address leads to {}", row.id);
        }
        let result = if lang == Lang::Da { "Seneste resultat:" } else { "Last result:" };
        assert_eq!(words.matches(result).count(), domain::nsis::all().count());
        assert!(shown.html.contains("href=\"/revision#export-8\"") && !words.contains("](security.md)"));
    }
}

#[tokio::test]
async fn the_requirements_are_in_the_language_of_the_page_and_closed_by_chapter_until_all_are_asked_for() {
    for (lang, shows, closes) in [
        (Lang::Da, "Vis alle krav på én gang", "Luk kapitlerne igen"),
        (Lang::En, "Show all requirements at once", "Close the chapters again"),
    ] {
        let short = get(Samples::new(lang).signed_in(), "/revision/krav").await;
        let words = short.words();
        let mine = |danish: &'static str, english: &'static str| {
            if lang == Lang::Da { (danish, english) } else { (english, danish) }
        };
        for chapter in domain::nsis::CHAPTERS {
            let (own, other) = mine(chapter.danish, chapter.title);
            let (own, other) = (format!("<h3>{own}"), format!("<h3>{other}"));
            assert!(short.html.contains(&own) && !short.html.contains(&other), "{own}");
        }
        for row in domain::nsis::all() {
            let (own, other) = mine(row.danish(), row.demands);
            assert!(short.html.contains(&format!("<p>{}", escaped(own))), "{}: {own}", row.id);
            assert!(!short.html.contains(&format!("<p>{}<", escaped(other))), "{}: {other}", row.id);
        }
        let (summed, _) = mine("3.1.1.1 til 3.1.3.7: 19 krav, ", "3.1.1.1 to 3.1.3.7: 19 requirements, ");
        assert!(words.contains(summed), "{words}");
        assert_eq!(short.count("<details open"), 0, "all closed");
        assert!(words.contains(shows) && !words.contains(closes), "{words}");
        short.assert_sound("closed");
        let whole = get(Samples::new(lang).signed_in(), "/revision/krav?alle=1").await;
        assert_eq!(whole.count("<details open"), short.count("<details"), "all open");
        assert!(whole.words().contains(closes));
        whole.assert_sound("open");
    }
}

/// As it stands in a document.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[tokio::test]
async fn what_the_tests_of_the_build_answered_stands_at_each_requirement_and_is_not_known_before_it_is_handed_in()
 {
    let row = domain::nsis::all().find(|row| row.tests.len() > 1 && row.live().is_none()).unwrap();
    let run = |last: bool, commit: &str| domain::nsis::Results {
        commit: commit.to_owned(),
        at: "2026-11-20T12:00:00Z".parse().unwrap(),
        tests: domain::nsis::all()
            .flat_map(|row| row.tests)
            .map(|test| ((*test).to_owned(), *test != row.tests[0] || last))
            .collect(),
    };
    let of_row = |words: &str| {
        let (_, behind) = words.split_once(&format!("{} – ", row.id)).unwrap();
        behind.split_once("Seneste resultat: ").unwrap().1.chars().take(400).collect::<String>()
    };
    let shown = async |tested| {
        let desk = Samples { tested, ..Samples::new(Lang::Da).signed_in() };
        get(desk, "/revision/krav").await.words()
    };
    let none = shown(None).await;
    assert!(of_row(&none).starts_with("prøvernes svar kendes ikke her"), "{}", of_row(&none));
    assert!(none.contains("bed om byggeloggen"), "{none}");
    let good = shown(Some(Arc::new(run(true, "0123456789ab")))).await;
    let said = format!("{0} af {0} prøver bestod", row.tests.len());
    assert!(of_row(&good).starts_with(&said), "{}", of_row(&good));
    assert!(good.contains("0 fejlede.") && !good.contains("en anden commit"), "{good}");
    let bad = shown(Some(Arc::new(run(false, "ba9876543210")))).await;
    assert!(of_row(&bad).starts_with("fejlede ") && of_row(&bad).contains(row.tests[0]), "{}", of_row(&bad));
    assert!(bad.contains("1 fejlede. Det er en anden commit"), "{bad}");
}

#[tokio::test]
async fn figures_tell_how_fast_blocks_were_and_how_the_doors_answered_as_far_as_it_was_handed_in() {
    for (lang, [quick, share, nothing, none]) in [
        (
            Lang::Da,
            [
                "Med spærrekode: halvdelen inden for 41 ms, 99 af 100 inden for 41 ms (antal: 1)",
                "Med spærrekode: 99,930 % af 1440 spørgsmål på 1 af 20 dage; længste fejl 60 sek.",
                "Med MitID: intet afleveret",
                "Der er ikke afleveret tal for perioden.",
            ],
        ),
        (
            Lang::En,
            [
                "With the blocking code: half of them within 41 ms, 99 of 100 within 41 ms (number: 1)",
                "With the blocking code: 99.930 % of 1440 questions on 1 of 20 days; longest failure 60 s,",
                "With MitID: nothing handed in",
                "No figures of the period were handed in.",
            ],
        ),
    ] {
        for measured in [false, true] {
            let desk = Samples { measured, ..Samples::new(lang).signed_in() };
            let shown = get(desk, &address("/revision/noegletal/*")).await;
            shown.assert_sound("figures");
            let words = shown.words();
            assert!(words.contains(quick), "{words}");
            assert_eq!([share, nothing].map(|said| words.contains(said)), [measured; 2], "{words}");
            assert_eq!(words.contains(none), !measured, "{words}");
        }
    }
}

#[tokio::test]
async fn an_export_figures_and_a_proof_say_when_rows_were_changed_or_taken_away_and_what_to_do() {
    for lang in Lang::ALL {
        let export = address("/revision/udtraek/*");
        let whole = get(Samples::new(lang).signed_in(), &export).await;
        assert!(!whole.html.contains("notice-error"));
        let samples = Samples { chain_wrong: Some(ChainWrong::Tampered), ..Samples::new(lang).signed_in() };
        let shown = get(samples, &export).await;
        shown.assert_sound("rows that do not hold");
        let first = if lang == Lang::Da { "har plads 17 i loggen" } else { "has place 17 in the log" };
        assert!(shown.html.contains("notice-error") && shown.words().contains(first), "{}", shown.words());
        assert!(shown.words().contains("nsis-id audit verify"), "{}", shown.words());
        let figures = address("/revision/noegletal/*");
        assert!(!get(Samples::new(lang).signed_in(), &figures).await.html.contains("notice-error"));
        let samples = Samples { chain_wrong: Some(ChainWrong::Tampered), ..Samples::new(lang).signed_in() };
        let passed_over = get(samples, &figures).await;
        passed_over.assert_sound("figures without what was changed");
        assert!(passed_over.html.contains("notice-error"));
        assert!(passed_over.words().contains("nsis-id audit verify"), "{}", passed_over.words());
        let proof = address("/revision/vilkaar/*");
        assert!(!get(Samples::new(lang).signed_in(), &proof).await.html.contains("notice-error"));
        let samples = Samples { chain_wrong: Some(ChainWrong::Tampered), ..Samples::new(lang).signed_in() };
        let changed = get(samples, &proof).await;
        changed.assert_sound("an accept whose row was changed");
        let none = if lang == Lang::Da { "Det her beviser ikke noget" } else { "This proves nothing" };
        assert!(
            changed.html.contains("notice-error") && changed.words().contains(none),
            "{}",
            changed.words()
        );
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

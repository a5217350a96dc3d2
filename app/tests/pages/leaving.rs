//! The way out, and what she is told of services.

use crate::address;
use crate::support::{FLOW, OnTheWayOut, Samples, get};
use text::Lang;

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

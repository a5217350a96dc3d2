//! A service's form at the door: no cookie comes with it, so the browser is sent to look (security decision 4).

use crate::house::{House, SERVICE};
use axum::http::{Method, StatusCode};
use domain::audit::EventKind;

#[tokio::test]
async fn a_form_of_a_service_is_looked_for_by_the_browser_it_was_posted_from() {
    let house = House::open().await;
    let mut browser = house.browser();
    let app = house.enrol(&mut browser, 1).await;
    house.sign_in(&mut browser, 1, &app).await;
    let mut elsewhere = house.browser();
    elsewhere.site = Some("cross-site");
    let message = format!("{SERVICE}|m1");
    let fields = [("SAMLRequest", message.as_str()), ("RelayState", "a&b=\"c")];
    let sent_on = elsewhere.send(&Method::POST, "/saml/sso", &fields).await;
    assert_eq!(sent_on.status, StatusCode::SEE_OTHER);
    assert!(sent_on.to.starts_with("/saml/sso?besked="), "{}", sent_on.to);
    assert!(elsewhere.told_to_keep.is_empty(), "nothing is known of a browser there");
    let answer = browser.get(&sent_on.to).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("name=\"RelayState\"") && answer.body.contains("a&amp;b=&quot;c"));
    assert_eq!(house.rig.events(EventKind::TokenIssued).await, 1);
    assert_eq!(browser.get(&sent_on.to).await.to, "/log-ind/fejl", "taken once");
    let again = elsewhere.send(&Method::POST, "/saml/sso", &fields).await;
    assert_eq!(browser.get(&again.to).await.to, "/log-ind/fejl", "and so is the message");
}

#[tokio::test]
async fn a_form_that_cannot_be_trusted_leads_to_a_page_of_ours_and_nowhere_else() {
    let house = House::open().await;
    let mut elsewhere = house.browser();
    elsewhere.site = Some("cross-site");
    let forged = format!("{SERVICE}|m1|forged");
    let twice = [("SAMLRequest", "a|b"), ("SAMLRequest", "c|d")];
    for fields in [&[("SAMLRequest", forged.as_str())][..], &[("SAMLResponse", "x")], &[], &twice] {
        let sent_on = elsewhere.send(&Method::POST, "/saml/sso", fields).await;
        assert_eq!((sent_on.status, sent_on.to.as_str()), (StatusCode::SEE_OTHER, "/saml/sso?besked=afvist"));
        let mut browser = house.browser();
        assert_eq!(browser.get(&sent_on.to).await.to, "/log-ind/fejl");
    }
    assert_eq!(house.rig.events(EventKind::RequestRefused).await, 4, "each once");
    let large = "a".repeat(80 * 1024);
    let refused = elsewhere.send(&Method::POST, "/saml/sso", &[("SAMLRequest", &large)]).await;
    assert_eq!(refused.to, "/saml/sso?besked=afvist");
}

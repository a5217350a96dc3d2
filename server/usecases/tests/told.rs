//! Who hears what happened: nobody takes her notices away behind her back. Every promise on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::contact::ChannelKind;
use domain::hr::HrLine;
use domain::notice::Template;
use testkit::{App, Rig, day, hr, sent_to};

testkit::on_both! {
    whoever_replaced_her_private_address_does_not_keep_the_end_of_her_login_from_her
}

const MAIL: ChannelKind = ChannelKind::PrivateMail;
const THIEF: &str = "thief@private.example";
const OF_HR: &str = "p0@private.example";

/// Somebody signed in, with no letter waiting.
async fn signed_in(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    rig.letters().await;
    app
}

/// A file of HR's that ended her relation.
fn ended() -> HrLine {
    HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(0) }
}

async fn whoever_replaced_her_private_address_does_not_keep_the_end_of_her_login_from_her(rig: Rig) {
    let app = signed_in(&rig).await;
    rig.verified(&app, MAIL, THIEF).await;
    rig.letters().await;
    rig.import(vec![ended()]).await.unwrap();
    assert_eq!(sent_to(&rig.letters().await, Template::AssociationClosed), [OF_HR, THIEF]);
}

//! Every notice becomes a letter, and the worker sends it.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::factor::MeanKind;
use domain::notice::{Channel, Notice, Template};
use domain::role::RoleKind;
use outbox::TextScribe;
use std::sync::Arc;
use testkit::{PlainScribe, PostBox, Posted, Rig, hr};
use tokio::sync::watch;
use usecases::ports::people::{About, CameFrom, Letter, Link, NotSent, Particulars, Post, Scribe};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const ALL: [(Template, Particulars); 43] = [
    (Template::Welcome, Particulars::None),
    (Template::Reminder, Particulars::StepsLeft(3)),
    (Template::TermsAccepted, Particulars::Terms(String::new())),
    (Template::IdentityProved, Particulars::None),
    (Template::FactorAdded, Particulars::Factor(String::new(), MeanKind::App)),
    (Template::FactorRenamed, Particulars::Factor(String::new(), MeanKind::App)),
    (Template::PasswordSet, Particulars::None),
    (Template::CodesStopped, Particulars::None),
    (Template::Active, Particulars::None),
    (Template::ActiveToOrganisation, Particulars::EmployeeNumber(String::new())),
    (Template::AssociationClosed, Particulars::None),
    (Template::KeysChanged, Particulars::None),
    (Template::KeyEnds, Particulars::None),
    (Template::FeedImported, Particulars::None),
    (Template::ServiceSaved, Particulars::None),
    (Template::ServiceAttention, Particulars::None),
    (Template::DevicesChanged, Particulars::None),
    (Template::DeviceHandedOut, Particulars::None),
    (Template::SeedLeaked, Particulars::None),
    (Template::TokenReused, Particulars::None),
    (Template::HeldByMunicipality, Particulars::None),
    (Template::HoldLifted, Particulars::None),
    (Template::BeginsAnew, Particulars::None),
    (Template::HoldsChanged, Particulars::None),
    (Template::Erasure, Particulars::None),
    (Template::TermsHandled, Particulars::None),
    (Template::NewPlace, Particulars::None),
    (Template::CodesPaused, Particulars::None),
    (Template::ResetLeft, Particulars::None),
    (Template::HeldForLeak, Particulars::None),
    (Template::OpenAnew, Particulars::None),
    (Template::KeyCopied, Particulars::None),
    (Template::PasswordLeaked, Particulars::Day(domain::Date::constant(2026, 11, 9))),
    (Template::RecoveryCodeUsed, Particulars::CodesLeft(9)),
    (Template::DatabaseRecovered, Particulars::None),
    (Template::ContactChanged, Particulars::None),
    (Template::ContactCode, Particulars::None),
    (Template::OwnDataTaken, Particulars::None),
    (Template::ReadByAuditor, Particulars::None),
    (Template::RolesEnded, Particulars::None),
    (Template::RoleUnheld, Particulars::Unheld(Vec::new())),
    (Template::DatabaseMigrated, Particulars::None),
    (Template::OutsideBegun, Particulars::None),
];

fn write(template: Template, particulars: Particulars) -> Letter {
    let id = uuid::Uuid::from_u128(7);
    let now = testkit::MORNING.parse().unwrap();
    let notice = Notice {
        id: id.into(),
        person: id.into(),
        template,
        channel: Channel::Mail,
        at: now,
        request: id.into(),
        flow: None,
        due_at: now,
    };
    let link = Link { address: "https://login.nordby.example/kom-i-gang/abc".into(), until: now };
    let about = About {
        notice,
        reader: "Maja".into(),
        full_name: "Maja Prøve".into(),
        link: matches!(template, Template::Welcome | Template::Reminder).then_some(link),
        not_me: template.may_block().then(|| "https://login.nordby.example/var-det-dig/hemmeligt".to_owned()),
        code: None,
        from: Some(CameFrom { agent: FIREFOX.into(), address: "192.0.2.1".into() }),
        reference: "0000-0007".into(),
        particulars,
    };
    TextScribe::new("Nordby Kommune", "https://login.nordby.example", "70 00 00 00")
        .write(&about, "m@x.example")
}

#[test]
fn every_notice_has_its_own_subject_a_stable_id_the_reference_and_the_phone() {
    let mut subjects = Vec::new();
    for (template, particulars) in ALL {
        let letter = write(template, particulars);
        assert_eq!(letter.message_id, "00000000-0000-0000-0000-000000000007@login.nordby.example");
        for part in ["0000-0007", "70 00 00 00", "Firefox på Linux", "Firefox on Linux", "192.0.2.1"] {
            assert!(letter.text.contains(part) && letter.html.contains(part), "{template:?}: {part}");
        }
        assert_eq!(
            letter.text.contains("/kom-i-gang/abc"),
            matches!(template, Template::Welcome | Template::Reminder)
        );
        subjects.push(letter.subject);
    }
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), ALL.len());
}

#[test]
fn a_role_is_told_differently_to_its_bearer_and_to_the_others() {
    let role =
        |for_another| Particulars::Role { kind: RoleKind::Auditor, proposer: "ops1".into(), for_another };
    let (bearer, other) =
        (write(Template::RoleProposed, role(false)), write(Template::RoleProposed, role(true)));
    assert_ne!(bearer.subject, other.subject);
    assert!(
        other.text.contains("Maja Prøve") && other.text.contains("revisor") && other.text.contains("ops1")
    );
}

/// Hands on, and says when a letter came.
struct Announced {
    inner: PostBox,
    came: watch::Sender<usize>,
}

#[async_trait::async_trait]
impl Post for Announced {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        self.inner.send(letter).await?;
        self.came.send_modify(|count| *count += 1);
        Ok(())
    }
}

#[tokio::test]
async fn the_worker_sends_all_that_is_due_and_stops_when_told() {
    let rig = Rig::on_sqlite().await;
    rig.import((0..45).map(hr::line).collect()).await.unwrap();
    let (came, mut seen) = watch::channel(0);
    let post = Arc::new(Announced { inner: PostBox::default(), came });
    let (stop, stopped) = watch::channel(false);
    let carrier: Arc<dyn Post> = post.clone();
    let house = Arc::clone(&rig.house);
    let worker = tokio::spawn(outbox::run_post(house, carrier, Arc::new(PlainScribe), stopped));
    seen.wait_for(|count| *count == 45).await.unwrap();
    stop.send(true).unwrap();
    worker.await.unwrap();
    let mut to: Vec<String> = post.inner.empty().into_iter().map(|Posted { to, .. }| to).collect();
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 45);
}

//! Services are told that a session is over, each by itself.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::ids::{PersonId, RelyingPartyId};
use domain::visit::{Ending, Visit};
use outbox::run_endings;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use testkit::{Rig, hr};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use usecases::ports::oidc::LogoutPost;
use usecases::ports::saml::{LineDown, SoapLine, SoapMessage};
use usecases::save_connection::{Settings, save_connection};

/// One service takes every message and never answers; the others answer at once.
struct HalfDead {
    asked_in_vain: AtomicUsize,
    told: mpsc::UnboundedSender<()>,
}

#[async_trait::async_trait]
impl SoapLine for HalfDead {
    async fn ask(&self, message: &SoapMessage) -> Result<Vec<u8>, LineDown> {
        if message.address.starts_with("https://dead.example") {
            self.asked_in_vain.fetch_add(1, Ordering::SeqCst);
            std::future::pending::<()>().await;
        }
        self.told.send(()).unwrap();
        Ok(b"ended".to_vec())
    }

    async fn tell(&self, _: &LogoutPost) -> Result<(), LineDown> {
        unreachable!("these services speak SAML")
    }
}

/// So many sessions at a service, all to be ended.
async fn visits(rig: &Rig, person: PersonId, service: RelyingPartyId, many: usize) {
    let cx = rig.cx();
    let mut tx = rig.change().await;
    for number in 0..many {
        let visit = Visit {
            id: cx.id().unwrap(),
            person,
            session: cx.handle().unwrap(),
            relying_party: service,
            name_id: format!("name-{number}"),
            session_index: format!("_{number}"),
            began_at: cx.now,
            until: cx.now + SignedDuration::from_hours(1),
            ending: Ending::None,
        };
        tx.add_visit(&visit).await.unwrap();
        tx.end_visit(visit.id, Ending::Asked, Some(cx.now)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_service_that_never_answers_delays_its_own_sessions_alone() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(0)]).await.unwrap();
    let person = rig.person(0).await.id;
    // The dead one first and with many, as after a block of many logins.
    for (service, many) in
        [("https://dead.example", 20), ("https://one.example", 10), ("https://two.example", 1)]
    {
        let saved = save_connection(&rig.cx(), "ops1", "a service", service, Settings::default()).await;
        visits(&rig, person, saved.unwrap().id, many).await;
    }
    let (told, mut heard) = mpsc::unbounded_channel();
    let line = Arc::new(HalfDead { asked_in_vain: AtomicUsize::new(0), told });
    let (stop, stopped) = watch::channel(false);
    let work = tokio::spawn(run_endings(Arc::clone(&rig.house), line.clone(), stopped));
    for _ in 0..11 {
        timeout(Duration::from_secs(20), heard.recv())
            .await
            .expect("the others wait for the dead one")
            .unwrap();
    }
    assert!(line.asked_in_vain.load(Ordering::SeqCst) <= 8, "never more than a batch at a time");
    stop.send(true).unwrap();
    timeout(Duration::from_secs(20), work).await.expect("it ends when told to").unwrap();
}

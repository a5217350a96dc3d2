//! What is done again and again, each by itself.

use super::{every, now, text};
use crate::wiring::Installation;
use domain::clocks::Agreement;
use outbox::HttpLine;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use usecases::keep_person_keys::keep_person_keys;
use usecases::ports::stamps::{StampAuthority, StampPlace};
use usecases::ports::store::Stamp;
use usecases::refresh_metadata::refresh_metadata;
use usecases::run_exports::run_exports;
use usecases::stamp_checkpoint::stamp_checkpoint;
use usecases::take_up_signing_keys::take_up_signing_keys;
use usecases::warn_of_key_end::warn_of_key_end;
use usecases::watch_clocks::watch_clocks;
use usecases::{Cx, House};

/// What became of two that were done each for itself.
fn both(one: Result<(), String>, other: Result<(), String>) -> Result<(), String> {
    match (one, other) {
        (Err(one), Err(other)) => Err(format!("{one}; {other}")),
        (one, other) => one.and(other),
    }
}

/// What ends by itself: work relations, enrolments that nobody finished, and logins that stayed blocked.
pub(super) fn logins_that_end(
    house: &Arc<House>,
    cx: &Cx,
    stopped: &watch::Receiver<bool>,
) -> [JoinHandle<()>; 3] {
    let [relations, enrolments, blocked] = [cx.clone(), cx.clone(), cx.clone()];
    let often = Duration::from_mins(5);
    [
        every(Duration::from_mins(1), stopped.clone(), house, "closing associations", move |house| {
            let cx = now(&relations, &house);
            async move {
                let closed = text(usecases::close_associations::close_associations(&cx).await);
                // Whatever became of those, who left before keeps no role.
                both(closed, text(usecases::end_roles::end_roles(&cx).await))
            }
        }),
        every(often, stopped.clone(), house, "revoking enrolments", move |house| {
            let cx = now(&enrolments, &house);
            async move { text(usecases::revoke_enrolments::revoke_enrolments(&cx).await) }
        }),
        every(often, stopped.clone(), house, "closing what stayed blocked", move |house| {
            let cx = now(&blocked, &house);
            async move { text(usecases::revoke_suspended::revoke_suspended(&cx).await) }
        }),
    ]
}

/// Deletes what browsers carried whose time is over: nobody comes back for it.
pub(super) fn browsers(installation: &Installation, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    let database = installation.database.clone();
    let what = "deleting what browsers carried";
    every(Duration::from_mins(1), stopped, &installation.house, what, move |house| {
        let database = database.clone();
        async move { database.delete_expired(Arc::clone(&house.clock)).await }
    })
}

/// Follows the lives of the signing keys.
pub(super) fn signing_keys(house: &Arc<House>, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    every(Duration::from_mins(1), stopped, house, "taking up the signing keys", |house| async move {
        let taken = take_up_signing_keys(&house).await;
        taken.map_err(|fault| crate::fault::chain(&fault))
    })
}

/// Reads the lists of revoked certificates anew, where some are named. What cannot be read, or is older, leaves those of before, which run out.
pub(super) fn revoked(installation: &Installation, stopped: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let named = installation.plan.client_certificates.clone().filter(|it| it.revoked.is_some())?;
    let tokens = Arc::clone(&installation.tokens);
    let what = "reading the lists of revoked certificates";
    let reads = every(Duration::from_mins(1), stopped, &installation.house, what, move |_| {
        let lists = named.lists().map(Option::unwrap_or_default);
        let taken = lists.and_then(|lists| tokens.refuse_revoked(&lists).map_err(|unfit| unfit.to_string()));
        async move { taken }
    });
    Some(reads)
}

/// Deletes what was kept long enough.
pub(super) fn retention(house: &Arc<House>, operator: Cx, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    every(Duration::from_mins(5), stopped, house, "deleting what was kept long enough", move |house| {
        let cx = now(&operator, &house);
        async move { text(usecases::keep_retention::keep_retention(&cx).await) }
    })
}

/// Looks after people's own keys of the trail, at the start and every hour.
pub(super) fn person_keys(
    installation: &Installation,
    operator: Cx,
    stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    let database = installation.database.clone();
    let what = "looking after people's keys";
    every(Duration::from_hours(1), stopped, &installation.house, what, move |house| {
        let (cx, database) = (now(&operator, &house), database.clone());
        async move {
            if text(keep_person_keys(&cx).await).is_ok() {
                return Ok(());
            }
            // Away when the programme started, it was not brought to this version.
            database.migrate_keys().await.map_err(|fault| crate::fault::chain(&fault))?;
            text(keep_person_keys(&cx).await)
        }
    })
}

/// Has the newest checkpoint stamped once an hour, where an authority is named. One that is down keeps nobody waiting.
pub(super) fn stamps(installation: &Installation, stopped: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let (url, folder) = installation.plan.stamps.as_ref()?;
    let authority = match audit::TimeStampAuthority::new(url, false) {
        Ok(authority) => Arc::new(authority),
        Err(error) => {
            tracing::error!(%error, "no checkpoint will be stamped");
            return None;
        }
    };
    let place = Arc::new(audit::StampFolder::at(folder));
    Some(stamping(&installation.house, authority, place, Duration::from_hours(1), stopped))
}

/// Has it stamped by this authority again and again, at once and after each pause.
fn stamping(
    house: &Arc<House>,
    authority: Arc<dyn StampAuthority>,
    place: Arc<dyn StampPlace>,
    pause: Duration,
    stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    every(pause, stopped, house, "stamping a checkpoint", move |house| {
        let (authority, place) = (Arc::clone(&authority), Arc::clone(&place));
        async move {
            let stamped = stamp_checkpoint(&house, authority.as_ref(), place.as_ref()).await;
            stamped.map(drop).map_err(|fault| crate::fault::chain(&fault))
        }
    })
}

/// Makes long exports that were ordered. What is under way when the programme stops is left where it is: whoever comes after
/// its lease begins anew.
pub(super) fn exports(cx: Cx, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(2));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let turn = async {
                ticks.tick().await;
                run_exports(&now(&cx, &cx.house)).await
            };
            tokio::select! {
                _ = stopped.changed() => break,
                done = turn => if let Err(error) = done {
                    tracing::error!(%error, "making an export that was ordered failed");
                }
            }
        }
    })
}

/// Fetches the metadata of services anew, where it is due.
pub(super) fn metadata(
    installation: &Installation,
    operator: Cx,
    line: Arc<HttpLine>,
    stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    let loopback_http = installation.plan.stamp == Stamp::Demo;
    every(
        Duration::from_mins(5),
        stopped,
        &installation.house,
        "fetching the metadata of services",
        move |house| {
            let (cx, line) = (now(&operator, &house), Arc::clone(&line));
            async move {
                let refreshed = text(refresh_metadata(&cx, line.as_ref(), loopback_http).await);
                // Whatever became of theirs, ours is looked at too.
                both(refreshed, text(warn_of_key_end(&cx).await))
            }
        },
    )
}

/// Compares the clocks every ten seconds; what it saw last tells news from what is known.
pub(super) fn clocks(cx: Cx, mut stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(10));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut seen = Agreement::default();
        loop {
            tokio::select! {
                _ = stopped.changed() => break,
                _ = ticks.tick() => match watch_clocks(&now(&cx, &cx.house), seen).await {
                    Ok(agreement) => seen = agreement,
                    Err(error) => tracing::error!(%error, "comparing the clocks failed"),
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{StampAuthority, StampPlace, both, stamping};
    use async_trait::async_trait;
    use std::sync::Arc;
    use std::time::Duration;
    use storage_sqlite::SqliteStore;
    use testkit::{Rig, hr};
    use tokio::sync::{mpsc, watch};
    use usecases::keep_checkpoints::keep_checkpoints;
    use usecases::ports::outside::OutsideFault;
    use usecases::ports::stamps::NotStamped;

    /// An authority that stamps whatever it is asked, and a place that tells what it was given.
    struct Stamps(mpsc::UnboundedSender<(u64, String, Vec<u8>)>, std::sync::Mutex<Option<u64>>);

    #[async_trait]
    impl StampAuthority for Stamps {
        async fn stamp(&self, digest: &[u8; 32], _: u64) -> Result<Vec<u8>, NotStamped> {
            Ok(digest.to_vec())
        }
    }

    #[async_trait]
    impl StampPlace for Stamps {
        async fn newest(&self) -> Result<Option<u64>, OutsideFault> {
            Ok(*self.1.lock().unwrap())
        }

        async fn keep(&self, number: u64, note: &str, stamp: &[u8]) -> Result<(), OutsideFault> {
            *self.1.lock().unwrap() = Some(number);
            self.0.send((number, note.to_owned(), stamp.to_owned())).unwrap();
            Ok(())
        }
    }

    #[tokio::test]
    async fn each_new_checkpoint_is_stamped_beside_the_requests_until_told_to_stop() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("test.db")).await.unwrap();
        store.migrate().await.unwrap();
        let rig = Rig::on(Arc::new(store));
        let (kept, mut stamped) = mpsc::unbounded_channel();
        let stamps = Arc::new(Stamps(kept, std::sync::Mutex::default()));
        let (stop, stopped) = watch::channel(false);
        let authority = Arc::<Stamps>::clone(&stamps);
        let job = stamping(&rig.house, authority, stamps, Duration::from_millis(10), stopped);
        for number in 1..=2 {
            rig.import(vec![hr::line(u32::try_from(number).unwrap())]).await.unwrap();
            while rig.sequence().await > 0 {}
            assert!(keep_checkpoints(&rig.cx()).await.unwrap().signed);
            let note = rig.look().await.last_checkpoint().await.unwrap().unwrap().note;
            let (of, over, stamp) = stamped.recv().await.unwrap();
            assert_eq!((of, over, stamp.len()), (number, note, 32));
        }
        stop.send(true).unwrap();
        job.await.unwrap();
        assert!(stamped.recv().await.is_none(), "nobody is left who could, and none was stamped twice");
    }

    #[test]
    fn of_two_that_fail_each_is_told() {
        let fails = |why: &str| Err(why.to_owned());
        assert_eq!(both(fails("closing"), fails("ending")), Err("closing; ending".to_owned()));
        assert_eq!(both(fails("closing"), Ok(())), Err("closing".to_owned()));
        assert_eq!(both(Ok(()), fails("ending")), Err("ending".to_owned()));
        assert_eq!(both(Ok(()), Ok(())), Ok(()));
    }
}

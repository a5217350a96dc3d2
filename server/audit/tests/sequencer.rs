//! The sequencer as it runs beside the requests.

use domain::SignedDuration;
use std::sync::Arc;
use testkit::{Rig, hr};
use tokio::sync::watch;
use usecases::see_late_rows::see_late_rows;

#[tokio::test]
async fn what_is_written_is_chained_beside_the_requests_until_told_to_stop() {
    let rig = Rig::on_sqlite().await;
    let (stop, stopped) = watch::channel(false);
    let sequencer = tokio::spawn(audit::run(Arc::clone(&rig.house), stopped));
    rig.import((0..300).map(hr::line).collect()).await.unwrap();
    // No sleeping: whoever walks the trail sees it through to its end.
    let report = loop {
        let report = audit::verify(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
        assert_eq!(report.first, None);
        if report.unsequenced == 0 {
            break report;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(report.checked, 601);
    rig.import(vec![hr::line(998)]).await.unwrap();
    stop.send(true).unwrap();
    sequencer.await.unwrap();
    let verify = || audit::verify(rig.house.store.as_ref(), rig.house.vault.as_ref());
    let told = verify().await.unwrap();
    assert_eq!((told.checked, told.unsequenced), (604, 0), "what was written last, too");
    rig.import(vec![hr::line(999)]).await.unwrap();
    let after = verify().await.unwrap();
    assert_eq!((after.checked, after.unsequenced), (604, 3));
}

#[tokio::test]
async fn a_sequencer_that_cannot_work_is_seen_within_seconds() {
    let rig = Rig::on_sqlite().await;
    rig.import(vec![hr::line(1)]).await.unwrap();
    let (without_store, _) = rig.stumbling(0);
    let (stop, stopped) = watch::channel(false);
    let sequencer = tokio::spawn(audit::run(Arc::clone(&without_store.house), stopped));
    let mut seconds = 0;
    while see_late_rows(&rig.house).await.unwrap() == 0 {
        rig.clock.advance(SignedDuration::from_secs(1));
        seconds += 1;
        assert!(seconds < 60, "nobody is told");
    }
    assert_eq!(see_late_rows(&rig.house).await.unwrap(), 3);
    stop.send(true).unwrap();
    sequencer.await.unwrap();
}

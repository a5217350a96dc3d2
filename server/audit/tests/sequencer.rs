//! The sequencer as it runs beside the requests.

use std::sync::Arc;
use testkit::{Rig, hr};
use tokio::sync::watch;

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
    stop.send(true).unwrap();
    sequencer.await.unwrap();
    rig.import(vec![hr::line(999)]).await.unwrap();
    let after = audit::verify(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    assert_eq!((after.checked, after.unsequenced), (601, 3));
}

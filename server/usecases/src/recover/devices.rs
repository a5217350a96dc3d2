//! Code devices that were lost or known by others when the database was newer.

use crate::context::Cx;
use crate::fault::Fault;
use crate::record::{Entry, record};
use domain::audit::EventKind;
use domain::code_device::Serial;
use domain::ids::FactorId;
use std::collections::BTreeSet;

const PAGE: u32 = 200;

/// Puts them out of use for good, as if every one of their seeds were known by others. Done before, it does nothing.
pub(super) async fn put_away(cx: &Cx, gone: &BTreeSet<FactorId>) -> Result<(), Fault> {
    let mut after = None;
    while !gone.is_empty() {
        let mut tx = cx.house.store.look("all_devices").await?;
        let page = tx.all_devices(after, PAGE).await?;
        drop(tx);
        let Some((last, _)) = page.last() else { break };
        after = Some(last.id);
        for (device, _) in page.iter().filter(|(device, _)| gone.contains(&device.id)) {
            put_one_away(cx, &device.serial).await?;
        }
    }
    Ok(())
}

/// Whoever had it in that database was told when it happened, and her hold was put again; nothing is issued now.
async fn put_one_away(cx: &Cx, serial: &Serial) -> Result<(), Fault> {
    let mut tx = cx.house.store.begin("put_device_away").await?;
    let Some((device, _)) = tx.device_for_update(serial).await? else { return Ok(()) };
    let (id, holder) = (device.id, device.life.holder());
    let Ok(leaked) = device.leaked(cx.now) else { return Ok(()) };
    tx.put_device(&leaked).await?;
    let entry = Entry::by_system(EventKind::DeviceLeaked).fact("device", id).fact("serial", serial);
    let entry = holder.into_iter().fold(entry.fact("recovered", true), Entry::about);
    record(cx, tx.as_mut(), entry).await?;
    Ok(tx.commit().await?)
}

//! Hardware code devices.

use crate::shared::{DeviceNow, DeviceRow, all, fault, one};
use crate::tx::{SqliteTx, later};
use async_trait::async_trait;
use domain::code_device::{CodeDevice, Label, Serial};
use domain::ids::{FactorId, PersonId};
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{CodeDevices, StoreFault};
use usecases::ports::vault::Sealed;

/// Those of a person.
macro_rules! devices_of {
    ($person:expr) => {
        sqlx::query_as!(
            DeviceRow,
            r#"select id as "id: Uuid", serial, manufacturer, model, hash, digits, step, drift, used, life, since,
               holder as "holder: Uuid", name, used_at, seed
               from code_devices where holder = $1 order by since, id"#,
            $person
        )
    };
}
pub(crate) use devices_of;

#[async_trait]
impl CodeDevices for SqliteTx {
    async fn add_devices(&mut self, devices: &[(CodeDevice, Sealed)]) -> Result<(), StoreFault> {
        for (device, seed) in devices {
            let now = DeviceNow::of(device);
            let (id, serial) = (Uuid::from(device.id), device.serial.as_str());
            let manufacturer = device.manufacturer.as_ref().map(Label::as_str);
            let model = device.model.as_ref().map(Label::as_str);
            let (hash, digits) = (device.hash.word(), i64::from(device.digits.count()));
            let DeviceNow { step, drift, used, life, since, holder, name, used_at } = now;
            let seed = seed.0.as_slice();
            later!(
                self,
                "insert into code_devices (id, serial, manufacturer, model, hash, digits, step, drift, used, life,
                     since, holder, name, used_at, seed)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                id,
                serial,
                manufacturer,
                model,
                hash,
                digits,
                step,
                drift,
                used,
                life,
                since,
                holder,
                name,
                used_at,
                seed
            )?;
        }
        Ok(())
    }

    async fn devices_among(&mut self, serials: &[Serial]) -> Result<Vec<CodeDevice>, StoreFault> {
        let numbers = Json(serials.iter().map(Serial::as_str).collect::<Vec<_>>());
        let rows = sqlx::query_as!(
            DeviceRow,
            r#"select id as "id: Uuid", serial, manufacturer, model, hash, digits, step, drift, used, life, since,
               holder as "holder: Uuid", name, used_at, seed
               from code_devices where serial in (select value from json_each($1)) order by serial"#,
            numbers
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    /// The only writer holds the whole file.
    async fn device_for_update(
        &mut self,
        serial: &Serial,
    ) -> Result<Option<(CodeDevice, Sealed)>, StoreFault> {
        let serial = serial.as_str();
        let row = sqlx::query_as!(
            DeviceRow,
            r#"select id as "id: Uuid", serial, manufacturer, model, hash, digits, step, drift, used, life, since,
               holder as "holder: Uuid", name, used_at, seed
               from code_devices where serial = $1"#,
            serial
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(TryInto::try_into).transpose()
    }

    async fn devices_of(&mut self, id: PersonId) -> Result<Vec<(CodeDevice, Sealed)>, StoreFault> {
        let id = Uuid::from(id);
        all(devices_of!(id).fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn put_device(&mut self, device: &CodeDevice) -> Result<(), StoreFault> {
        let id = Uuid::from(device.id);
        let DeviceNow { drift, used, life, since, holder, name, used_at, .. } = DeviceNow::of(device);
        let put = sqlx::query!(
            "update code_devices set drift = $2, used = $3, life = $4, since = $5, holder = $6, name = $7, used_at = $8
             where id = $1",
            id,
            drift,
            used,
            life,
            since,
            holder,
            name,
            used_at
        );
        one(put.execute(self.db()).await.map_err(fault)?.rows_affected(), "a code device")
    }

    async fn spend_device(&mut self, device: &CodeDevice) -> Result<bool, StoreFault> {
        let id = Uuid::from(device.id);
        let DeviceNow { drift, used, holder, used_at, .. } = DeviceNow::of(device);
        let spend = sqlx::query!(
            "update code_devices set drift = $2, used = $3, used_at = $4
             where id = $1 and used < $3 and holder = $5 and life = 'active'",
            id,
            drift,
            used,
            used_at,
            holder
        );
        Ok(spend.execute(self.db()).await.map_err(fault)?.rows_affected() == 1)
    }

    async fn all_devices(
        &mut self,
        after: Option<FactorId>,
        limit: u32,
    ) -> Result<Vec<(CodeDevice, Sealed)>, StoreFault> {
        let (after, limit) = (after.map_or(Uuid::nil(), Uuid::from), i64::from(limit));
        let rows = sqlx::query_as!(
            DeviceRow,
            r#"select id as "id: Uuid", serial, manufacturer, model, hash, digits, step, drift, used, life, since,
               holder as "holder: Uuid", name, used_at, seed
               from code_devices where id > $1 order by id limit $2"#,
            after,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }
}

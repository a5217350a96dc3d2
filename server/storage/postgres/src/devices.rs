//! Hardware code devices.

use crate::shared::{DeviceNow, DeviceRow, all, fault, one};
use crate::tx::PgTx;
use async_trait::async_trait;
use domain::code_device::{CodeDevice, Label, Serial};
use domain::ids::{FactorId, PersonId};
use sqlx::types::Uuid;
use usecases::ports::store::{CodeDevices, StoreFault};
use usecases::ports::vault::Sealed;

#[async_trait]
impl CodeDevices for PgTx {
    /// One statement for all: a delivery of a thousand goes in one short transaction.
    async fn add_devices(&mut self, devices: &[(CodeDevice, Sealed)]) -> Result<(), StoreFault> {
        let now: Vec<_> = devices.iter().map(|(device, _)| DeviceNow::of(device)).collect();
        let of = |pick: fn(&CodeDevice) -> String| -> Vec<String> {
            devices.iter().map(|(device, _)| pick(device)).collect()
        };
        let number = |pick: fn(&DeviceNow<'_>) -> i64| -> Vec<i64> { now.iter().map(pick).collect() };
        let label = |label: &Option<Label>| label.as_ref().map(Label::to_string).unwrap_or_default();
        let ids: Vec<Uuid> = devices.iter().map(|(device, _)| device.id.into()).collect();
        let manufacturers: Vec<String> =
            devices.iter().map(|(device, _)| label(&device.manufacturer)).collect();
        let models: Vec<String> = devices.iter().map(|(device, _)| label(&device.model)).collect();
        let digits: Vec<i64> = devices.iter().map(|(device, _)| i64::from(device.digits.count())).collect();
        let lives: Vec<String> = now.iter().map(|now| now.life.to_owned()).collect();
        let seeds: Vec<Vec<u8>> = devices.iter().map(|(_, seed)| seed.0.clone()).collect();
        let holders: Vec<Uuid> = now.iter().map(|now| now.holder.unwrap_or_default()).collect();
        let names: Vec<String> = now.iter().map(|now| now.name.unwrap_or_default().to_owned()).collect();
        let add = sqlx::query!(
            "insert into code_devices (id, serial, manufacturer, model, hash, digits, step, drift, used, life, since,
                 holder, name, used_at, seed)
             select id, serial, nullif(manufacturer, ''), nullif(model, ''), hash, digits, nullif(step, 0), drift, used,
                 life, since, nullif(holder, '00000000-0000-0000-0000-000000000000'::uuid), nullif(name, ''),
                 nullif(used_at, 0), seed
             from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
                 $8::bigint[], $9::bigint[], $10::text[], $11::bigint[], $12::uuid[], $13::text[], $14::bigint[],
                 $15::bytea[])
               as new (id, serial, manufacturer, model, hash, digits, step, drift, used, life, since, holder, name,
                 used_at, seed)",
            &ids,
            &of(|device| device.serial.to_string()),
            &manufacturers,
            &models,
            &of(|device| device.hash.word().to_owned()),
            &digits,
            &number(|now| now.step.unwrap_or_default()),
            &number(|now| now.drift),
            &number(|now| now.used),
            &lives,
            &number(|now| now.since),
            &holders,
            &names,
            &number(|now| now.used_at.unwrap_or_default()),
            &seeds
        );
        add.execute(self.db()).await.map_err(fault).map(drop)
    }

    async fn devices_among(&mut self, serials: &[Serial]) -> Result<Vec<CodeDevice>, StoreFault> {
        let numbers: Vec<String> = serials.iter().map(|serial| serial.as_str().to_owned()).collect();
        let rows = sqlx::query_as!(
            DeviceRow,
            r#"select id, serial, manufacturer, model, hash, digits, step, drift, used, life, since, holder, name,
               used_at, seed
               from code_devices where serial = any($1) order by serial"#,
            &numbers
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }

    async fn device_for_update(
        &mut self,
        serial: &Serial,
    ) -> Result<Option<(CodeDevice, Sealed)>, StoreFault> {
        let serial = serial.as_str();
        let row = sqlx::query_as!(
            DeviceRow,
            r#"select id, serial, manufacturer, model, hash, digits, step, drift, used, life, since, holder, name,
               used_at, seed
               from code_devices where serial = $1 for update"#,
            serial
        );
        row.fetch_optional(self.db()).await.map_err(fault)?.map(TryInto::try_into).transpose()
    }

    async fn devices_of(&mut self, id: PersonId) -> Result<Vec<(CodeDevice, Sealed)>, StoreFault> {
        let id = Uuid::from(id);
        let rows = sqlx::query_as!(
            DeviceRow,
            r#"select id, serial, manufacturer, model, hash, digits, step, drift, used, life, since, holder, name,
               used_at, seed
               from code_devices where holder = $1 order by since, id"#,
            id
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
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
            r#"select id, serial, manufacturer, model, hash, digits, step, drift, used, life, since, holder, name,
               used_at, seed
               from code_devices where id > $1 order by id limit $2"#,
            after,
            limit
        );
        all(rows.fetch_all(self.db()).await.map_err(fault)?)
    }
}

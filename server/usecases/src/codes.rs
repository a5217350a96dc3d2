//! Counting wrong codes at one login, inside the transaction of the use case that calls (security decision 19).

use crate::code_devices::{active, in_use};
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::people::Lane;
use crate::ports::store::{CodesOnRecord, Tx};
use crate::ports::vault::{KeyUse, Mac, Sealed};
use crate::record::{Entry, record, tell};
use domain::audit::EventKind;
use domain::code_device::CodeDevice;
use domain::factor::AuthenticatorApp;
use domain::ids::PersonId;
use domain::notice::Template;
use domain::password::Password;
use domain::throttle::{CODES_BEFORE_PAUSE, CodeCount, CodeDoor, Wrong, code_door};
use domain::{SignedDuration, Timestamp};

/// The window of the limit by month.
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What was counted at a person's login, locked until the end of the transaction.
pub(crate) struct Codes {
    person: PersonId,
    door: Mac,
    count: CodeCount,
    in_thirty_days: u32,
    apps: Vec<(AuthenticatorApp, Sealed)>,
    devices: Vec<(CodeDevice, Sealed)>,
}

impl Codes {
    pub(crate) async fn of(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<Self, Fault> {
        let (door, month_ago) = (mac(cx, person)?, month_ago(cx));
        // What came before a proof was answered by it.
        let on_record = tx.codes_with_means(person, door, month_ago).await?;
        let CodesOnRecord { count, lately: in_thirty_days, apps, mut devices } = on_record;
        devices.retain(in_use);
        Ok(Self { person, door, count, in_thirty_days, apps, devices })
    }

    pub(crate) fn door(&self, cx: &Cx) -> CodeDoor {
        code_door(self.count, self.in_thirty_days, tries(&self.apps, &self.devices), cx.now)
    }

    /// The apps a code is tried against.
    pub(crate) fn apps(&self) -> &[(AuthenticatorApp, Sealed)] {
        &self.apps
    }

    /// The devices a code is tried against.
    pub(crate) fn devices(&self) -> &[(CodeDevice, Sealed)] {
        &self.devices
    }

    /// Counts a wrong one. At a stop it is kept, written and told: it lasts until a proof, or a new password after one.
    pub(crate) async fn wrong(self, cx: &Cx, tx: &mut dyn Tx) -> Result<(), Fault> {
        tx.count_wrong(self.door, cx.now).await?;
        let count = self.count.one_more(tries(&self.apps, &self.devices), cx.now);
        let after = Self { count, in_thirty_days: self.in_thirty_days + 1, ..self };
        if after.door(cx) == CodeDoor::Stopped {
            return after.stop(cx, tx).await;
        }
        tx.keep_codes(after.person, CodeCount { stopped_at: None, ..count }).await?;
        if count.wrong.count == CODES_BEFORE_PAUSE {
            tell(cx, tx, after.person, Template::CodesPaused).await?;
        }
        Ok(())
    }

    /// Codes stop now.
    async fn stop(self, cx: &Cx, tx: &mut dyn Tx) -> Result<(), Fault> {
        let Self { person, count, .. } = self;
        tx.keep_codes(person, CodeCount { stopped_at: Some(cx.now), ..count }).await?;
        let entry = Entry::by_system(EventKind::CodesStopped).about(person);
        let entry = entry.fact("in-a-row", count.wrong.count);
        record(cx, tx, entry.fact("since-password", count.since_password)).await?;
        tell(cx, tx, person, Template::CodesStopped).await
    }

    /// Begins the row anew; what counts by month and by password stays.
    pub(crate) async fn right(self, tx: &mut dyn Tx) -> Result<(), Fault> {
        if self.count.wrong == Wrong::default() {
            return Ok(());
        }
        Ok(tx.keep_codes(self.person, CodeCount { wrong: Wrong::default(), ..self.count }).await?)
    }
}

/// Whether a code may be shown now, for the page that asks for one: nothing is locked or written.
pub(crate) async fn look(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<CodeDoor, Fault> {
    let (count, in_thirty_days) = tx.look_at_codes(person, mac(cx, person)?, month_ago(cx)).await?;
    let (apps, devices) = (tx.apps_of(person).await?, active(tx, person).await?);
    Ok(code_door(count, in_thirty_days, tries(&apps, &devices), cx.now))
}

fn mac(cx: &Cx, person: PersonId) -> Result<Mac, Fault> {
    Ok(cx.house.vault.mac(KeyUse::Codes, format!("code-door:{person}").as_bytes())?)
}

fn month_ago(cx: &Cx) -> Timestamp {
    cx.now.saturating_sub(MONTH).unwrap_or(cx.now)
}

/// At how many places one code is tried, in apps: a device that is tried at more places than an app counts as several.
fn tries(apps: &[(AuthenticatorApp, Sealed)], devices: &[(CodeDevice, Sealed)]) -> u32 {
    let each = |(device, _): &(CodeDevice, Sealed)| device.moving.tries_each(device.digits);
    let apps = apps.len().try_into().unwrap_or(u32::MAX);
    devices.iter().map(each).fold(apps, u32::saturating_add)
}

/// After one more place was added, in the same transaction. Where the next code would now be tried more often than her
/// password allows, codes stop here, so that it is written and told: no page finds them stopped that nobody told her of.
pub(crate) async fn place_added(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    let codes = Codes::of(cx, tx, person).await?;
    if codes.count.stopped_at.is_some() || codes.door(cx) != CodeDoor::Stopped {
        return Ok(());
    }
    codes.stop(cx, tx).await
}

/// After a proof that leaves her password: the row of wrong codes begins anew, and a stop is over, unless too many were
/// tried under that password; that one ends with it.
pub(crate) async fn proved(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    by: &'static str,
) -> Result<(), Fault> {
    let codes = Codes::of(cx, tx, person).await?;
    let before = codes.count;
    let after = Codes { count: before.proved(), ..codes };
    let stops = after.door(cx) == CodeDoor::Stopped;
    let stopped_at = before.stopped_at.filter(|_| stops);
    tx.keep_codes(person, CodeCount { stopped_at, ..after.count }).await?;
    if before.stopped_at.is_some() && !stops {
        record(cx, tx, Entry::by(EventKind::CodesReopened, person).fact("by", by)).await?;
    }
    Ok(())
}

/// Whether this is the password she has, and wrong codes were tried under it: whoever tried them knows it. Where there were
/// none, nothing is hashed.
pub(crate) async fn tried_under(cx: &Cx, person: PersonId, password: &Password) -> Result<bool, Fault> {
    let mut tx = cx.house.store.reading("tried_under").await?;
    let (count, _) = tx.look_at_codes(person, mac(cx, person)?, month_ago(cx)).await?;
    let before = tx.password_hash(person).await?;
    drop(tx);
    if count.since_password == 0 || before.is_none() {
        return Ok(false);
    }
    Ok(cx.house.hasher.verify(password.clone(), before, Lane::Known.into()).await?)
}

/// Sets another password than she had, after a proof, her row locked before. Codes count from nothing under it, and a stop
/// is over: whoever knew the one before guesses no more with it. Without a proof they count on, see
/// [`crate::change_password`].
pub(crate) async fn set_password(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    hash: &str,
) -> Result<(), Fault> {
    let before = tx.codes_for_update(person).await?;
    tx.set_password_hash(person, hash, cx.now).await?;
    tx.keep_codes(person, CodeCount::default()).await?;
    if before.stopped_at.is_some() {
        record(cx, tx, Entry::by(EventKind::CodesReopened, person).fact("by", "password")).await?;
    }
    Ok(())
}

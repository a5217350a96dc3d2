//! Rows of flows, sessions and the outbox.

use super::values::{count, from_word, time};
use domain::Timestamp;
use domain::flow::{About, Flow};
use domain::ids::Epoch;
use domain::notice::{Channel, Notice, Template};
use domain::session::Session;
use sqlx::types::{Json, Uuid};
use usecases::ports::store::{Invitation, StoreFault};

pub(crate) struct FlowRow {
    pub(crate) id: Uuid,
    pub(crate) browser: Uuid,
    pub(crate) person: Option<Uuid>,
    pub(crate) epoch: Option<i64>,
    pub(crate) expires_at: i64,
    pub(crate) about: Json<About>,
}

impl TryFrom<FlowRow> for Flow {
    type Error = StoreFault;
    fn try_from(row: FlowRow) -> Result<Self, StoreFault> {
        let person = row.person.map(Into::into);
        Ok(Self {
            id: row.id.into(),
            browser: row.browser.into(),
            person: person.zip(row.epoch.map(Epoch)),
            expires_at: time(row.expires_at)?,
            about: row.about.0,
        })
    }
}

pub(crate) struct InvitationRow {
    pub(crate) person: Uuid,
    pub(crate) epoch: i64,
    pub(crate) until: i64,
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = StoreFault;
    fn try_from(row: InvitationRow) -> Result<Self, StoreFault> {
        Ok(Self { person: row.person.into(), epoch: Epoch(row.epoch), until: time(row.until)? })
    }
}

pub(crate) struct SessionRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) epoch: i64,
    pub(crate) browser: Uuid,
    pub(crate) shown: Json<Vec<(domain::factor::FactorKind, Timestamp)>>,
    pub(crate) began_at: i64,
    pub(crate) seen_at: i64,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreFault;
    fn try_from(row: SessionRow) -> Result<Self, StoreFault> {
        Ok(Self {
            id: row.id.into(),
            person: row.person.into(),
            epoch: Epoch(row.epoch),
            browser: row.browser.into(),
            shown: row.shown.0,
            began_at: time(row.began_at)?,
            seen_at: time(row.seen_at)?,
        })
    }
}

pub(crate) struct NoticeRow {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) template: String,
    pub(crate) at: i64,
    pub(crate) request: Uuid,
    pub(crate) due_at: i64,
    pub(crate) attempts: i64,
    pub(crate) epoch: i64,
    pub(crate) channel: String,
    pub(crate) flow: Option<Uuid>,
}

impl TryFrom<NoticeRow> for (Notice, u32) {
    type Error = StoreFault;
    fn try_from(row: NoticeRow) -> Result<Self, StoreFault> {
        let notice = Notice {
            id: row.id.into(),
            person: row.person.into(),
            template: from_word::<Template>(row.template)?,
            channel: from_word::<Channel>(row.channel)?,
            at: time(row.at)?,
            request: row.request.into(),
            flow: row.flow.map(Into::into),
            due_at: time(row.due_at)?,
        };
        Ok((notice, count(row.attempts)?))
    }
}

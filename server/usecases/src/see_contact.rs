//! Where her notices go (page 43).

use crate::context::Cx;
use crate::fault::Fault;
use crate::who::Here;
use domain::Timestamp;
use domain::contact::{Address, ChannelKind, Channels};

/// One kind of channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelSeen {
    /// Which.
    pub kind: ChannelKind,
    /// Where notices go.
    pub address: Option<Address>,
    /// Whether she verified it, or took it away, herself; else it is from HR.
    pub own: bool,
    /// The address that is told besides, and until when; no further change before then.
    pub besides: Option<Address>,
    /// Until when no further change is taken.
    pub cools_off: Option<Timestamp>,
    /// Whether it may be taken away.
    pub may_go: bool,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactSeen {
    /// Mail at work; it always stays.
    pub work_mail: Option<String>,
    /// Her own kinds; a mobile only where this house can send SMS.
    pub channels: Vec<ChannelSeen>,
}

/// Looks at them. Only ever her own.
pub async fn see_contact(cx: &Cx, here: &Here) -> Result<ContactSeen, Fault> {
    let mut tx = cx.house.store.reading("see_contact").await?;
    let known = tx.channels_of(here.person.id).await?;
    let kinds = ChannelKind::ALL.into_iter();
    let kinds = kinds.filter(|kind| cx.house.policy.texts || *kind != ChannelKind::Mobile);
    Ok(ContactSeen {
        work_mail: known.hr.work_mail.as_ref().map(ToString::to_string),
        channels: kinds.map(|kind| seen(&known, kind, cx.now)).collect(),
    })
}

fn seen(known: &Channels, kind: ChannelKind, now: Timestamp) -> ChannelSeen {
    let address = known.told(kind, now);
    ChannelSeen {
        kind,
        own: known.own(kind).is_some(),
        besides: known.told_besides(kind, now),
        cools_off: known.cools_off(kind, now),
        may_go: address.is_some() && known.change(kind, None, now).is_ok(),
        address,
    }
}

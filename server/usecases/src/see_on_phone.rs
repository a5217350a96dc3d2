//! What computer and phone show while somebody goes on with her phone.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::on_phone::{address, number};
use crate::register_app::AppOffer;
use crate::register_on_phone::offered;
use crate::who::Here;
use domain::Timestamp;
use domain::flow::About;
use domain::ids::FlowId;
use domain::on_phone::{Ended, Ground, Made, OnPhone, Stage};

/// The computer's side.
#[derive(Debug)]
pub struct DeskSeen {
    /// On what ground: where to go back to.
    pub ground: Ground,
    /// Until when.
    pub until: Timestamp,
    /// How far.
    pub stage: DeskStage,
    /// The word that changes when anything happened.
    pub word: &'static str,
}

/// How far the computer's side is.
#[derive(Debug)]
pub enum DeskStage {
    /// The link, to scan.
    Show(Secret),
    /// A phone opened it: its number is asked for.
    Number,
    /// The phone is at work.
    Waiting,
    /// What the phone made: yes or no?
    Confirm(Made),
    /// It is over.
    Over(Ended),
}

/// A link or number: for its page, and for no log.
pub struct Secret(pub String);

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The phone's side.
#[derive(Debug)]
pub struct PhoneSeen {
    /// Until when.
    pub until: Timestamp,
    /// How far.
    pub stage: PhoneStage,
    /// The word that changes when anything happened.
    pub word: &'static str,
}

/// How far the phone's side is.
#[derive(Debug)]
pub enum PhoneStage {
    /// The number, to be typed at the computer.
    Number(Secret),
    /// It was let in: an app or a passkey? The offer of an app where one was chosen, and whose account it is.
    Make(Option<AppOffer>, String),
    /// It made one, called so: the computer's turn.
    Made(String),
    /// It is over.
    Over(Ended),
}

/// The computer's side, in its browser; of an account only in the session that showed the link.
pub async fn see_desk(cx: &Cx, here: Option<&Here>, id: FlowId) -> Result<DeskSeen, NoFlow> {
    let mut tx = cx.house.store.reading("see_desk").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let on_phone = flows::on_phone(&flow)?;
    if let Ground::Account(shown) = on_phone.ground
        && here.is_none_or(|here| here.session.id != shown.session)
    {
        return Err(NoFlow::Gone);
    }
    let stage = match on_phone.stage() {
        Stage::Shown => DeskStage::Show(Secret(address(&cx.house, id).map_err(Fault::from)?)),
        Stage::Opened { .. } => DeskStage::Number,
        Stage::Admitted { .. } => DeskStage::Waiting,
        Stage::Made(made) => DeskStage::Confirm((**made).clone()),
        Stage::Over(how) => DeskStage::Over(*how),
    };
    Ok(DeskSeen { ground: on_phone.ground, until: flow.expires_at, stage, word: on_phone.word() })
}

/// The phone's side, in the browser that opened the link.
pub async fn see_phone(cx: &Cx, id: FlowId) -> Result<PhoneSeen, NoFlow> {
    let mut tx = cx.house.store.reading("see_phone").await?;
    let About::PhoneOf(desk) = flows::seen(cx, tx.as_mut(), id).await?.about else {
        return Err(NoFlow::Gone);
    };
    let desk = tx.flow(desk).await?.filter(|desk| cx.now < desk.expires_at).ok_or(NoFlow::Gone)?;
    let on_phone = flows::on_phone(&desk)?;
    if on_phone.phone != Some(id) {
        return Err(NoFlow::Gone);
    }
    let (person, _) = desk.person.ok_or(NoFlow::Gone)?;
    let stage = match on_phone.stage() {
        Stage::Shown => return Err(NoFlow::Gone),
        Stage::Opened { .. } => PhoneStage::Number(Secret(number(&cx.house, id).map_err(Fault::from)?)),
        Stage::Admitted { .. } => {
            let account = tx.person(person).await?.ok_or(NoFlow::Gone)?.user_name.to_string();
            PhoneStage::Make(offered(cx, &desk, on_phone, &account)?, account)
        }
        Stage::Made(made) => PhoneStage::Made(made.name.as_str().to_owned()),
        Stage::Over(how) => PhoneStage::Over(*how),
    };
    Ok(PhoneSeen { until: desk.expires_at, stage, word: on_phone.word() })
}

/// The word of either side, for a page that waits; whoever may not see it is told it is over.
pub async fn watch_phone(cx: &Cx, id: FlowId) -> Result<&'static str, NoFlow> {
    let mut tx = cx.house.store.reading("watch_phone").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    match &flow.about {
        About::OnPhone(on_phone) => Ok(on_phone.word()),
        About::PhoneOf(desk) => {
            let desk = tx.flow(*desk).await?.ok_or(NoFlow::Gone)?;
            flows::on_phone(&desk).map(OnPhone::word)
        }
        _ => Err(NoFlow::Gone),
    }
}

//! The number of the phone, typed at the computer: so the phone that is let in is the one beside it (security decision 20).

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::on_phone::{AtDesk, at_desk, is_number, keep};
use crate::ports::store::StoreFault;
use crate::record::{Entry, record};
use crate::who::Here;
use domain::audit::EventKind;
use domain::ids::FlowId;
use domain::on_phone::{Ended, NotNext, Numbered, Stage};

/// Why the phone is not let in.
#[derive(Debug, thiserror::Error)]
pub enum PhoneNotAdmitted {
    /// No phone opened the link yet.
    #[error("no phone shows a number yet")]
    NoPhone,
    /// The number is another; so many tries are left, and none ends it.
    #[error("the number does not fit")]
    Wrong {
        /// Tries left.
        left: u8,
    },
    /// It went on, or ended, already.
    #[error(transparent)]
    NotNext(#[from] NotNext),
    /// No such flow here, or signed out.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for PhoneNotAdmitted {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for PhoneNotAdmitted {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Lets the phone in whose number was typed.
pub async fn admit_phone(
    cx: &Cx,
    here: Option<&Here>,
    id: FlowId,
    typed: &str,
) -> Result<(), PhoneNotAdmitted> {
    let mut tx = cx.house.store.begin("admit_phone").await?;
    let AtDesk { flow: desk, on_phone, person, .. } = at_desk(cx, tx.as_mut(), here, id).await?;
    let phone = match (on_phone.stage(), on_phone.phone) {
        (Stage::Shown, _) => return Err(PhoneNotAdmitted::NoPhone),
        (_, phone) => phone.ok_or(NotNext)?,
    };
    let right = is_number(&cx.house, phone, typed).map_err(Fault::from)?;
    let (next, entry, left) = match on_phone.numbered(right)? {
        Numbered::Admitted(next) => (next, Entry::by(EventKind::PhoneAdmitted, person), None),
        Numbered::Wrong(next, left) => {
            let why = if left == 0 { Ended::WrongNumbers.word() } else { "number" };
            (next, Entry::by(EventKind::PhoneRefused, person).fact("why", why), Some(left))
        }
    };
    keep(cx, tx.as_mut(), desk, next).await?;
    record(cx, tx.as_mut(), entry).await?;
    tx.commit().await?;
    left.map_or(Ok(()), |left| Err(PhoneNotAdmitted::Wrong { left }))
}

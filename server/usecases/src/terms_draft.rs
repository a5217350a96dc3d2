//! What everybody needs who handles a draft of the terms: the right to, what it follows, and how a refusal is kept.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::NoFlow;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record};
use crate::who::Here;
use domain::audit::EventKind;
use domain::factor::authentication_level;
use domain::level::AssuranceLevel;
use domain::publication::{DraftRefused, Newest, Pages, Published};
use domain::role::RoleKind;
use domain::step_up::NotFresh;
use domain::terms::TermsVersion;

/// Why a draft goes no further.
#[derive(Debug, thiserror::Error)]
pub enum DraftFailed {
    /// She is no administrator, or not signed in at Substantial.
    #[error("only an administrator who is signed in at Substantial handles terms")]
    NotAllowed,
    /// There is no such draft.
    #[error("no such draft")]
    Gone,
    /// One goes on already.
    #[error("a draft goes on already")]
    Another,
    /// The rules of drafts.
    #[error(transparent)]
    Refused(#[from] DraftRefused),
    /// The step-up is over, or was made for something else: she confirms again.
    #[error(transparent)]
    NotFresh(#[from] NotFresh),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A step-up that is not there is one to make again.
impl From<NoFlow> for DraftFailed {
    fn from(no_flow: NoFlow) -> Self {
        match no_flow {
            NoFlow::Gone => Self::NotFresh(NotFresh::RanOut),
            NoFlow::Fault(fault) => Self::Fault(fault),
        }
    }
}
impl From<StoreFault> for DraftFailed {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault.into())
    }
}

impl DraftFailed {
    /// The word of a refusal in the trail.
    fn word(&self) -> &'static str {
        match self {
            Self::NotAllowed => "not-allowed",
            Self::Gone => "gone",
            Self::Another => "another",
            Self::Refused(refused) => refused.word(),
            Self::NotFresh(_) => "step-up",
            Self::Fault(_) => "fault",
        }
    }
}

/// Whether whoever sits here is an administrator, signed in at Substantial, in a session that goes on (security decision 22).
/// Who changes something holds her row first.
pub(crate) async fn is_administrator(cx: &Cx, tx: &mut dyn Tx, here: &Here) -> Result<bool, Fault> {
    if authentication_level(&here.session.kinds()) < Some(AssuranceLevel::Substantial) {
        return Ok(false);
    }
    let person = here.person.id;
    let standing = tx.standing(person).await?;
    let live = tx.session(here.session.id).await?.is_some() && standing.epoch() == here.session.epoch;
    let proved = tx.proved(person).await?.map(|it| it.level(cx.now));
    if !live || !standing.is_active() || proved < Some(AssuranceLevel::Substantial) {
        return Ok(false);
    }
    let roles = tx.roles_of(person).await?;
    Ok(roles.iter().any(|it| it.kind == RoleKind::Administrator && it.is_held(cx.now)))
}

/// Whether she handles terms: for what is shown. Whoever changes something looks again, in its own transaction.
pub async fn may_handle_terms(cx: &Cx, here: &Here) -> Result<bool, Fault> {
    let mut tx = cx.house.store.reading("may_handle_terms").await?;
    is_administrator(cx, tx.as_mut(), here).await
}

/// The same for a change, with her row held steady from here to the commit.
pub(crate) async fn as_administrator(cx: &Cx, tx: &mut dyn Tx, here: &Here) -> Result<(), DraftFailed> {
    tx.person_steady(here.person.id).await?;
    if is_administrator(cx, tx, here).await? { Ok(()) } else { Err(DraftFailed::NotAllowed) }
}

/// The newest version there is, in force or to come.
pub(crate) struct Base {
    pub(crate) terms: TermsVersion,
    pub(crate) pages: Pages,
    /// Every version that was published, the newest first.
    pub(crate) published: Vec<Published>,
}

impl Base {
    /// Reads it.
    pub(crate) async fn of(cx: &Cx, tx: &mut dyn Tx) -> Result<Self, StoreFault> {
        let published = tx.published_terms().await?;
        let terms = published.first().map_or_else(|| cx.house.terms.version(), |it| it.terms.clone());
        let pages = crate::terms_in_force::pages_of(cx, tx, &terms).await?;
        Ok(Self { terms, pages, published })
    }

    pub(crate) fn newest(&self) -> Newest<'_> {
        Newest { hash: self.terms.hash, pages: &self.pages, published: self.published.first() }
    }
}

/// Keeps a refusal in the trail; a fault leaves none. In a transaction of its own: nothing of what was tried stays, so a
/// step-up that was made for it is not spent by a day that was typed wrong.
pub(crate) async fn refuse(
    cx: &Cx,
    here: &Here,
    (act, refused): (&'static str, DraftFailed),
) -> Result<DraftFailed, DraftFailed> {
    if let DraftFailed::Fault(fault) = refused {
        return Err(fault.into());
    }
    let mut tx = cx.house.store.begin("refuse_terms").await?;
    let entry = Entry::by(EventKind::TermsDraftRefused, here.person.id);
    record(cx, tx.as_mut(), entry.fact("why", refused.word()).fact("for", act)).await?;
    tx.commit().await?;
    Ok(refused)
}

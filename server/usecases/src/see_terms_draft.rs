//! What administrators see of the terms (page 56): what was published, the draft that goes on, and what it changes.

use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::terms_draft::{Base, DraftFailed, is_administrator};
use crate::terms_in_force::terms_in_force;
use crate::who::Here;
use domain::ids::PersonId;
use domain::publication::{Draft, Line, Published, difference};
use domain::terms::{TermsHash, TermsVersion};

/// All of it.
#[derive(Debug)]
pub struct Publication {
    /// The version that holds now.
    pub in_force: TermsVersion,
    /// Every version that was published, the newest first, with the names of who wrote and who published it.
    pub published: Vec<(Published, [String; 2])>,
    /// The draft that goes on.
    pub draft: Option<DraftSeen>,
}

/// A draft, beside the version it follows.
#[derive(Debug)]
pub struct DraftSeen {
    /// The draft.
    pub draft: Draft,
    /// What it says, as a hash.
    pub hash: TermsHash,
    /// Whether she who looks writes it.
    pub own: bool,
    /// The name of who does.
    pub author: String,
    /// The version it is compared with: the newest there is.
    pub follows: TermsVersion,
    /// What is different, in Danish and in English.
    pub lines: [Vec<Line>; 2],
}

/// Looks; only for an administrator who is signed in at Substantial.
pub async fn see_terms_draft(cx: &Cx, here: &Here) -> Result<Publication, DraftFailed> {
    let mut tx = cx.house.store.reading("see_terms_draft").await?;
    let tx = tx.as_mut();
    if !is_administrator(cx, tx, here).await? {
        return Err(DraftFailed::NotAllowed);
    }
    let in_force = terms_in_force(cx, tx).await?.terms;
    let base = Base::of(cx, tx).await?;
    let open = tx.open_draft().await?;
    let draft = match open {
        Some(draft) => Some(beside(tx, here, draft, &base).await?),
        None => None,
    };
    let mut published = Vec::with_capacity(base.published.len());
    for it in base.published {
        let names = [name(tx, it.proposed.0).await?, name(tx, it.approved.0).await?];
        published.push((it, names));
    }
    Ok(Publication { in_force, published, draft })
}

async fn beside(tx: &mut dyn Tx, here: &Here, draft: Draft, base: &Base) -> Result<DraftSeen, Fault> {
    let author = name(tx, draft.by).await?;
    let danish = difference(&base.pages.lines(|it| &it.danish), &draft.pages.lines(|it| &it.danish));
    let english = difference(&base.pages.lines(|it| &it.english), &draft.pages.lines(|it| &it.english));
    Ok(DraftSeen {
        hash: draft.hash(),
        own: draft.by == here.person.id,
        author,
        follows: base.terms.clone(),
        lines: [danish, english],
        draft,
    })
}

/// Her name, where she is still known.
async fn name(tx: &mut dyn Tx, id: PersonId) -> Result<String, Fault> {
    Ok(tx.person(id).await?.map(|person| person.full_name()).unwrap_or_default())
}

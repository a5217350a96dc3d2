//! A checkpoint of the trail is signed: so many rows, and the one hash that stands for all of them.
//!
//! It goes on from the last one, whose signature is checked first, and reads only the links behind it with their rows; each
//! is held against the chain, and its row against its MAC, on the way. So a checkpoint costs as much as what happened since,
//! and nothing is signed that does not go on from what was signed before, or that this house did not write: whoever has the
//! public key alone goes by the signature.

use crate::checkpoints::{Unlike, own};
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::{KeptCheckpoint, StoreFault};
use crate::ports::vault::KeyUse;
use crate::verify_trail::{is_authentic, left_of};
use domain::audit::checkpoint::{Checkpoint, GivenUp, Note, origin};
use domain::audit::tree::{Frontier, Node};
use domain::audit::{Follower, Hash, Link, Tampered};

/// Links read on one view of the database.
const PAGE: u32 = 1000;
/// Nodes of every so manieth level are kept: what lies between is added up.
pub(crate) const STRIDE: u32 = 8;

/// What became of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nothing happened since the last one.
    Nothing,
    /// It was made, by this instance.
    Made(Checkpoint, String),
    /// Another instance was quicker.
    Elsewhere,
    /// The trail does not go on from the last one.
    Refused(Unlike),
}

/// Signs one, unless nothing happened. `given_up` is what a restored database owns up to, with the number it takes.
pub async fn checkpoint_trail(cx: &Cx, given_up: Option<(GivenUp, u64)>) -> Result<Signed, Fault> {
    let last = cx.house.store.look("checkpoint_trail").await?.last_checkpoint().await?;
    if let Some(last) = &last
        && !is_whole(cx, last)?
    {
        return Ok(Signed::Refused(Unlike::Tampered("the last checkpoint was changed".to_owned())));
    }
    let number = last.as_ref().map_or(0, |last| last.number).saturating_add(1);
    let start = last.map_or_else(Grown::default, |last| Grown {
        follower: Follower::at(signed_place(last.tree.size()), last.chain),
        tree: last.tree,
    });
    let before = start.tree.size();
    let grown = match grow(cx, start).await? {
        Ok(grown) => grown,
        Err(tampered) => return Ok(Signed::Refused(Unlike::Tampered(tampered.to_string()))),
    };
    if grown.tree.size() == before && given_up.is_none() {
        return Ok(Signed::Nothing);
    }
    let checkpoint = Checkpoint {
        origin: origin(&cx.house.policy.public_url),
        size: grown.tree.size(),
        root: grown.tree.root(),
        number: given_up.map_or(number, |(_, least)| least.max(number)),
        at: cx.now,
        given_up: given_up.map(|(it, _)| it),
    };
    keep(cx, checkpoint, grown).await
}

/// The tree and the chain as far as they were followed.
#[derive(Default)]
struct Grown {
    follower: Follower,
    tree: Frontier,
}

fn signed_place(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// Whether the last checkpoint is the one this house signed.
fn is_whole(cx: &Cx, last: &KeptCheckpoint) -> Result<bool, Fault> {
    let signed = own(&cx.house, &last.note)?;
    Ok(signed
        .is_some_and(|it| (it.number, it.size, it.root) == (last.number, last.tree.size(), last.tree.root())))
}

/// Follows the links behind it, page by page, and keeps the nodes that became whole.
async fn grow(cx: &Cx, mut grown: Grown) -> Result<Result<Grown, Tampered>, Fault> {
    loop {
        let page = match page(cx, grown.follower.place()).await? {
            Ok(page) => page,
            Err(tampered) => return Ok(Err(tampered)),
        };
        let mut nodes: Vec<(Node, Hash)> = Vec::new();
        for (link, leaf) in &page {
            match grown.follower.follow(link, *leaf) {
                Ok(leaf) => grown.tree.push(leaf, |node, hash| {
                    if node.level > 0 && node.level % STRIDE == 0 {
                        nodes.push((node, hash));
                    }
                }),
                Err(tampered) => return Ok(Err(tampered)),
            }
        }
        if !nodes.is_empty() {
            let mut tx = cx.house.store.begin("keep_nodes").await?;
            tx.put_nodes(&nodes).await?;
            tx.commit().await?;
        }
        if page.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
            return Ok(Ok(grown));
        }
    }
}

/// A page of links, each with the leaf of its row, or of what is left of that; unless a row is gone or was changed.
async fn page(cx: &Cx, after: i64) -> Result<Result<Vec<(Link, Hash)>, Tampered>, Fault> {
    let mut tx = cx.house.store.reading("checkpoint_trail").await?;
    let rows = tx.chained_after(after, PAGE).await?;
    let left = left_of(tx.as_mut(), after, &rows).await?;
    let mut page = Vec::with_capacity(rows.len());
    for (link, row) in rows {
        let place = link.place;
        let (encoded, mac, leaf) = match (&row, left.get(&place)) {
            (Some(row), _) => (row.encoded(), row.mac, row.leaf()),
            (None, Some(left)) => (left.encoded(), left.mac, left.leaf()),
            (None, None) => return Ok(Err(Tampered::Removed { place })),
        };
        if !is_authentic(Some(cx.house.vault.as_ref()), &encoded, &mac)? {
            return Ok(Err(Tampered::Changed { place, event: link.event }));
        }
        page.push((link, leaf));
    }
    Ok(Ok(page))
}

async fn keep(cx: &Cx, checkpoint: Checkpoint, grown: Grown) -> Result<Signed, Fault> {
    let text = checkpoint.text();
    let (key, signature) = cx.house.vault.sign(KeyUse::Checkpoints, text.as_bytes())?;
    let note = Note::signed(text, &checkpoint.origin, &key, signature).written();
    let kept = KeptCheckpoint {
        number: checkpoint.number,
        chain: grown.follower.hash(),
        tree: grown.tree,
        note: note.clone(),
    };
    let mut tx = cx.house.store.begin("checkpoint_trail").await?;
    // Two instances at once come to the same number; one of them keeps it.
    match tx.put_checkpoint(&kept).await {
        Ok(()) => {}
        Err(StoreFault::Conflict(_)) => return Ok(Signed::Elsewhere),
        Err(fault) => return Err(fault.into()),
    }
    match tx.commit().await {
        Ok(()) => Ok(Signed::Made(checkpoint, note)),
        Err(StoreFault::Conflict(_)) => Ok(Signed::Elsewhere),
        Err(fault) => Err(fault.into()),
    }
}

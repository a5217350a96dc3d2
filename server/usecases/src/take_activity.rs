//! Her own activity as a table (page 39): all of it that is kept, where the page shows the latest.

use crate::about_her::all_about;
use crate::context::Cx;
use crate::fault::Fault;
use crate::see_activity::{Happened, Which, kinds, of_everybody, part, told};
use crate::who::Here;
use domain::audit::EventKind;

/// Reads it, the newest first. Only ever her own: who she is comes from the session, never from the request.
pub async fn take_activity(cx: &Cx, here: &Here) -> Result<Vec<Happened>, Fault> {
    let mut tx = cx.house.store.reading("take_activity").await?;
    let kinds: Vec<&str> = Which::PARTS.into_iter().flat_map(kinds).collect();
    let mut found = all_about(tx.as_mut(), here.person.id, &kinds).await?;
    let of_everybody = of_everybody(cx, tx.as_mut(), &found, None, None).await?;
    found.extend(of_everybody);
    // What happened at one instant stands in the order of the parts, as on the page.
    found.sort_by_key(|row| EventKind::from_word(&row.kind).and_then(part));
    told(cx, tx.as_mut(), here.person.id, found).await
}

//! Where she never signed in before (notice 12): a browser that is new to her is told, in a network she uses not at each
//! sign-in of one that forgets.

use crate::context::Cx;
use crate::doors::{is_known_browser, network};
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::record::{Entry, tell};
use crate::see_activity::personal;
use domain::SignedDuration;
use domain::audit::{EventKind, Row};
use domain::ids::PersonId;
use domain::notice::Template;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// So many sign-ins and right passwords of hers are looked through, the newest first.
const ROWS: u32 = 50;
/// So long what was told speaks for its like.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// She hears of a browser that she never signed in with; the event says so too, and that is what the letter is made of.
/// `elsewhere` is whether she signed in before and never from this network: the first time every place is new, and she has
/// just been told that her login is active. Where the network is new too she is told each time, else once a day. Of her own
/// browser in another network she is not told: a phone has a new one by the hour, and in which country it is, is not known.
pub(crate) async fn tell_of_strange_place(
    cx: &Cx,
    tx: &mut dyn Tx,
    (person, elsewhere): (PersonId, bool),
    entry: Entry,
) -> Result<Entry, Fault> {
    let known = is_known_browser(cx, person)?;
    if known || !(elsewhere || is_news_here(cx, tx, person, entry.kind()).await?) {
        return Ok(entry);
    }
    tell(cx, tx, person, Template::NewPlace).await?;
    Ok(entry.fact("new-place", true))
}

/// Whether the event says that she was told of a new place.
pub(crate) fn is_new_place(row: &Row) -> bool {
    let facts: Option<BTreeMap<String, String>> = serde_json::from_str(&row.facts).ok();
    facts.is_some_and(|facts| facts.contains_key("new-place"))
}

/// Whether a strange browser in a network she uses is worth a letter: not at her first sign-in, and not where one of the day
/// spoke of this network. A right password is no sign-in: neither speaks for the other.
async fn is_news_here(cx: &Cx, tx: &mut dyn Tx, person: PersonId, kind: EventKind) -> Result<bool, Fault> {
    let kinds = [EventKind::SignedIn.word(), EventKind::PasswordAccepted.word()];
    let rows = tx.rows_about(person, &kinds, ROWS).await?;
    if is_her_first(&rows) {
        return Ok(false);
    }
    let since = cx.now.saturating_sub(A_DAY).unwrap_or(cx.now);
    let of_the_day = |row: &&Row| row.kind == kind.word() && row.at > since && is_new_place(row);
    let told: Vec<_> = rows.iter().filter(of_the_day).collect();
    if told.is_empty() {
        return Ok(true);
    }
    let Some(key) = tx.trail_key_of(person).await? else { return Ok(true) };
    let here = network(cx.source.address);
    let there = |row: &Row| {
        let address = personal(&cx.house, person, &key, row).remove("address")?;
        address.parse::<IpAddr>().ok().map(network)
    };
    Ok(!told.into_iter().any(|row| there(row).is_some_and(|it| it == here)))
}

/// Whether she never signed in: where there are more rows than are looked through, she did.
fn is_her_first(rows: &[Row]) -> bool {
    let is_all = u32::try_from(rows.len()).is_ok_and(|many| many < ROWS);
    is_all && rows.iter().all(|row| row.kind != EventKind::SignedIn.word())
}

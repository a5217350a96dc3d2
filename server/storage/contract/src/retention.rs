//! Deleting by rule.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, hold, id, keep, made, noon, row};
use crate::{Kept, Subject};
use domain::Date;
use domain::audit::{Emptied, Follower, Link, Row};
use domain::ids::{Epoch, EventId, PersonId};
use domain::retention::{Category, Periods, Run};
use domain::standing::Origin;
use usecases::ports::store::{Store, StoreFault, Tx};

fn run(day: i8) -> Run {
    Run::begin(Date::constant(2026, 11, day), &Periods::default())
}

pub async fn the_run_of_a_day_is_begun_once_goes_on_and_is_done_once(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    assert!(!tx.retention_done(run(2).day).await?);
    assert_eq!(tx.retention_for_update(&run(2)).await?, Some(run(2)));
    let further = run(2).took(Category::Central, 7, false);
    tx.put_retention(&further, None).await?;
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(
        tx.retention_for_update(&run(3)).await?,
        Some(further.clone()),
        "the one under way goes first"
    );
    tx.put_retention(&further, Some(noon())).await?;
    assert!(tx.retention_done(run(2).day).await?);
    assert_eq!(tx.retention_for_update(&run(2)).await?, None, "done once");
    assert_eq!(tx.retention_for_update(&run(3)).await?, Some(run(3)));
    Ok(())
}

async fn chain(tx: &mut dyn Tx) -> Result<(), StoreFault> {
    let (place, hash) = tx.chain_end().await?;
    let mut follower = Follower::at(place, hash);
    let links: Vec<Link> = tx.unsequenced(100).await?.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await
}

/// Five rows, the last of an older format and the fourth of another kind; a rule up to the third, and a sixth that waits.
async fn ruled(store: &dyn Store) -> Result<EventId, Box<dyn std::error::Error>> {
    let maja = keep(store, 1).await?;
    let mut tx = store.begin("sample").await?;
    for number in 1..=3 {
        tx.append(&row(number, Some(maja))).await?;
    }
    tx.append(&Row { kind: "login.held".into(), ..row(4, None) }).await?;
    tx.append(&Row { format: 2, ..row(5, None) }).await?;
    let facts = r#"{"before":"2026-11-01T11:00:04.000000Z","category":"central","rows":"2"}"#;
    let rule = Row { kind: "trail.expired".into(), facts: facts.into(), ..row(50, None) };
    tx.append(&rule).await?;
    chain(tx.as_mut()).await?;
    tx.append(&row(6, None)).await?;
    tx.commit().await?;
    Ok(rule.id)
}

fn left(rows: &[Row]) -> Vec<Emptied> {
    rows.iter().filter_map(Row::emptied).collect()
}

pub async fn rows_that_are_old_enough_are_chosen_by_kind_and_format(subject: &dyn Subject) -> Kept {
    ruled(subject.store()).await?;
    let mut tx = subject.store().begin("test").await?;
    let mut ids: Vec<EventId> =
        tx.expired_rows(&["terms.accepted"], at(99), &[], 9).await?.into_iter().map(|row| row.id).collect();
    ids.sort();
    assert_eq!(ids, [id(1), id(2), id(3)], "one waits, and one cannot be emptied");
    assert_eq!(tx.expired_rows(&["terms.accepted"], at(3), &[], 9).await?.len(), 2);
    assert_eq!(tx.expired_rows(&["terms.accepted", "login.held"], at(99), &[], 9).await?.len(), 4);
    assert_eq!(tx.expired_rows(&["terms.accepted"], at(99), &[], 2).await?.len(), 2);
    Ok(())
}

/// The rows of one kind that can be emptied while these people are kept, in order.
async fn chosen(tx: &mut dyn Tx, kept: &[PersonId]) -> Result<Vec<EventId>, StoreFault> {
    let rows = tx.expired_rows(&["terms.accepted"], at(99), kept, 9).await?;
    let mut ids: Vec<EventId> = rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    Ok(ids)
}

pub async fn rows_about_and_by_somebody_who_is_kept_are_not_chosen(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    ruled(store).await?;
    let (maja, other): (PersonId, _) = (id(1), keep(store, 2).await?);
    let mut tx = store.begin("sample").await?;
    let by_her = format!("{{\"Person\":\"{maja}\"}}");
    tx.append(&Row { actor: by_her, ..row(7, Some(other)) }).await?;
    tx.append(&row(8, None)).await?;
    chain(tx.as_mut()).await?;
    tx.add_hold(maja, &hold(1, Origin::Security), Epoch(4)).await?;
    tx.add_hold(other, &hold(2, Origin::Owner), Epoch(4)).await?;
    tx.commit().await?;
    let mut tx = store.reading("test").await?;
    assert_eq!(tx.held_by(&[Origin::Security, Origin::ServiceDesk]).await?, [maja]);
    assert_eq!(tx.held_by(&[Origin::Security, Origin::Owner]).await?, [maja, other]);
    assert!(tx.held_by(&[Origin::Terms]).await?.is_empty());
    assert_eq!(chosen(tx.as_mut(), &[]).await?, [id(1), id(2), id(3), id(6), id(7), id(8)]);
    assert_eq!(chosen(tx.as_mut(), &[maja]).await?, [id(6), id(8)]);
    assert_eq!(chosen(tx.as_mut(), &[other]).await?, [id(1), id(2), id(3), id(6), id(8)]);
    assert_eq!(chosen(tx.as_mut(), &[maja, other]).await?, [id(6), id(8)]);
    Ok(())
}

pub async fn what_is_left_of_an_emptied_row_comes_back_and_its_content_does_not(
    subject: &dyn Subject,
) -> Kept {
    let store = subject.store();
    let rule = ruled(store).await?;
    let mut tx = store.begin("test").await?;
    let old = tx.expired_rows(&["terms.accepted"], at(3), &[], 9).await?;
    tx.empty_rows(rule, &left(&old)).await?;
    tx.commit().await?;
    let mut tx = store.reading("test").await?;
    let emptied = tx.emptied_between(0, 9).await?;
    assert_eq!(emptied.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(emptied.first().map(|(_, left)| left), row(1, Some(id(1))).emptied().as_ref());
    assert_eq!(tx.emptied_between(1, 9).await?.len(), 1);
    assert_eq!(tx.emptied_between(0, 1).await?.len(), 1);
    assert_eq!(tx.row(id(1)).await?, None);
    assert_eq!(tx.rows_about(id(1), &["terms.accepted"], 9).await?.len(), 1);
    let chained = tx.chained_after(0, 9).await?;
    let there: Vec<bool> = chained.iter().map(|(_, row)| row.is_some()).collect();
    assert_eq!(there, [false, false, true, true, true, true], "every link stays");
    assert_eq!(tx.stray_row().await?, None);
    assert_eq!(tx.places_between(at(1), at(4)).await?, Some((1, 3)), "their times are still known");
    assert_eq!(tx.rule_places(9).await?, [6]);
    assert!(tx.rule_places(5).await?.is_empty());
    Ok(())
}

pub async fn the_id_of_an_emptied_row_is_given_to_no_other(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let rule = ruled(store).await?;
    let mut tx = store.begin("test").await?;
    let old = tx.expired_rows(&["terms.accepted"], at(3), &[], 9).await?;
    tx.empty_rows(rule, &left(&old)).await?;
    tx.commit().await?;
    for again in [row(1, None), Row { kind: "login.held".into(), ..row(2, None) }] {
        let mut tx = store.begin("test").await?;
        let added = tx.append(&again).await;
        let added = made(added, tx).await;
        assert!(matches!(added, Err(StoreFault::Conflict("an event"))), "{added:?}");
        assert_eq!(store.look("test").await?.row(again.id).await?, None);
    }
    // Nor past the store.
    let copy = "insert into audit_events (id, format, at, kind, actor, request, facts, personal, mac)
        select x.event, x.format, x.at, x.kind, e.actor, e.request, e.facts, e.personal, x.mac
        from audit_expired x, audit_events e where e.kind = 'login.held'";
    assert!(subject.raw(copy).await.is_err());
    assert_eq!(store.look("test").await?.row(id(1)).await?, None);
    Ok(())
}

pub async fn a_row_that_is_younger_than_its_rule_says_is_not_emptied(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let rule = ruled(store).await?;
    for (what, number, under) in [
        ("of an hour after the rule", 4, rule),
        ("under a row that is no rule", 1, id(4)),
        ("that has no place", 6, rule),
        ("of an older format", 5, rule),
        ("that is the rule itself", 50, rule),
    ] {
        let mut tx = store.begin("test").await?;
        let row = tx.row(id(number)).await?.ok_or("no such row")?;
        let emptied = tx.empty_rows(under, &[strange(&row)]).await;
        let emptied = made(emptied, tx).await;
        // Nothing was to be emptied, or the database refused.
        let mut tx = store.look("test").await?;
        assert_eq!(tx.row(id(number)).await?, Some(row), "a row {what}: {emptied:?}");
    }
    Ok(())
}

/// What would be left of any row.
fn strange(row: &Row) -> Emptied {
    Emptied {
        id: row.id,
        format: row.format,
        at: row.at,
        kind: row.kind.clone(),
        origin: row.origin,
        body: row.leaf(),
        mac: row.mac,
    }
}

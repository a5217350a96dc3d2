//! An auditor's questions.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::relations::{accept, proofing, terms};
use crate::samples::{at, hold, id, keep, noon, relation, row};
use crate::{Kept, Subject};
use domain::audit::{Follower, Link, Row};
use domain::ids::Epoch;
use domain::level::AssuranceLevel;
use domain::reconfirmation::Proved;
use domain::standing::Origin;
use usecases::ports::store::{Employed, Sought};

pub async fn rows_are_found_by_kind_time_and_request_the_newest_first(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.last_place().await?, 0);
    // Of the third two are written at one instant.
    let written = [row(1, None), row(2, None), row(3, None), Row { id: id(4), ..row(3, None) }, row(5, None)];
    for row in &written {
        let kind = if row.id == id(2) { "sign-out".to_owned() } else { row.kind.clone() };
        tx.append(&Row { kind, ..row.clone() }).await?;
    }
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    let mut follower = Follower::default();
    let links: Vec<Link> = tx.unsequenced(4).await?.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await?;
    tx.commit().await?;
    let mut tx = subject.store().reading("test").await?;
    let both = ["terms.accepted", "sign-out"];
    let all = Sought { kinds: &both, from: at(1), before: at(6), request_ends: "" };
    let found = |rows: Vec<(Option<i64>, Row)>| -> Vec<(Option<i64>, u128)> {
        rows.into_iter().map(|(place, row)| (place, uuid::Uuid::from(row.id).as_u128())).collect()
    };
    let (five, four, three) = ((None, 5), (Some(4), 4), (Some(3), 3));
    let (two, one) = ((Some(2), 2), (Some(1), 1));
    assert_eq!(found(tx.rows_sought(all, None, 9).await?), [five, four, three, two, one]);
    assert_eq!(found(tx.rows_sought(all, None, 2).await?), [five, four]);
    let behind = Some((at(3), id(4)));
    assert_eq!(found(tx.rows_sought(all, behind, 9).await?), [three, two, one], "of one instant, too");
    let accepts = Sought { kinds: &["terms.accepted"], ..all };
    assert_eq!(found(tx.rows_sought(accepts, behind, 9).await?), [three, one]);
    let short = Sought { from: at(2), before: at(5), ..all };
    assert_eq!(found(tx.rows_sought(short, None, 9).await?), [four, three, two], "before is before");
    assert_eq!(found(tx.rows_sought(short, Some((at(9), id(9))), 9).await?), [four, three, two]);
    let request = format!("{:010x}", 905);
    let of_request = Sought { request_ends: &request, ..all };
    assert_eq!(found(tx.rows_sought(of_request, None, 9).await?), [five]);
    assert!(tx.rows_sought(Sought { kinds: &[], ..all }, None, 9).await?.is_empty());
    assert_eq!(tx.last_place().await?, 4);
    Ok(())
}

pub async fn everybody_with_a_work_relation_is_told_with_how_she_stands(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let (maja, other, left, never) =
        (keep(store, 1).await?, keep(store, 2).await?, keep(store, 3).await?, keep(store, 4).await?);
    let (old, new) = (terms("old"), terms("new"));
    let mut tx = store.begin("test").await?;
    tx.keep_terms(&old).await?;
    tx.keep_terms(&new).await?;
    for (number, person) in [(1, maja), (2, maja), (3, other), (4, left)] {
        tx.put_association(&relation(number, person)?).await?;
    }
    let mut over = relation(4, left)?;
    over.closed_at = Some(at(1));
    tx.put_association(&over).await?;
    tx.add_acceptance(&accept(1, maja, &old, at(1))).await?;
    tx.add_acceptance(&accept(2, maja, &new, at(2))).await?;
    tx.add_proofing(&proofing(1, maja, noon())).await?;
    tx.add_proofing(&proofing(2, maja, at(10))).await?;
    tx.note_renamed(maja, at(5)).await?;
    tx.add_hold(maja, &hold(9, Origin::Owner), Epoch(4)).await?;
    tx.add_proofing(&proofing(3, other, noon())).await?;
    tx.void_proofs(other, at(20)).await?;
    tx.commit().await?;
    let proved = Proved { at: at(10), level: AssuranceLevel::Substantial, renamed_at: Some(at(5)) };
    let hers = Employed { person: maja, proved: Some(proved), accepted: Some(new.hash), held: true };
    let others = Employed { person: other, proved: None, accepted: None, held: false };
    let mut tx = store.reading("test").await?;
    let all = tx.employed_after(None, 9).await?;
    assert_eq!(all, [hers.clone(), others.clone()], "neither {left:?}, who left, nor {never:?}");
    assert_eq!(tx.employed_after(None, 1).await?, [hers]);
    assert_eq!(tx.employed_after(Some(maja), 9).await?, [others]);
    Ok(())
}

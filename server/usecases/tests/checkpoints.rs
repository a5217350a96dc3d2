//! Checkpoints of the trail, kept outside: what they find that the database cannot tell of itself (NSIS 6.7, security
//! decision 28). Everything here is done as the database's owner, who also knows how rows are chained.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot begin must fail"
)]

#[path = "checkpoints/replaced.rs"]
mod replaced;

use domain::audit::checkpoint::{Checkpoint, standing};
use domain::audit::tree::{Frontier, goes_on, includes};
use domain::audit::{EventKind, Follower, Row, Tampered};
use std::sync::Arc;
use testkit::{PlainHerald, PlainOutside, PlainSignatures, Rig, hr, on_both};
use usecases::checkpoints::{Unlike, read_lines};
use usecases::compare_outside::compare_outside;
use usecases::keep_checkpoints::{Kept, keep_checkpoints};
use usecases::outside::{Apart, State};
use usecases::ports::checkpoints::Herald;
use usecases::ports::ring::KeyState;
use usecases::ports::store::Store;
use usecases::ports::vault::KeyUse;
use usecases::prove_trail::{prove_growth, prove_row};
use usecases::recover::recover;
use usecases::retire_keys::{Stays, retire_keys};
use usecases::rotate_keys::{Ask, rotate_keys};
use usecases::sequence_trail::sequence_trail;
use usecases::verify_trail::{Verified, verify_against, verify_trail};
use usecases::{Operator, Reason};

/// A house whose checkpoints are kept, with two of them over 8 and 15 rows: three people, the file begun, three more.
async fn kept(rig: Rig) -> (Rig, PlainOutside) {
    let place = PlainOutside::default();
    let rig = rig.with_checkpoints(Arc::new(place.clone()));
    grow(&rig, 0).await;
    grow(&rig, 3).await;
    assert_eq!(sizes(&rig, &place), [7, 15]);
    (rig, place)
}

/// Three more people, chained and under a checkpoint.
async fn grow(rig: &Rig, from: u32) -> Kept {
    rig.import((from..from + 3).map(hr::line).collect()).await.unwrap();
    rig.sequence().await;
    let kept = keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!((kept.signed, &kept.apart), (true, &None));
    kept
}

fn all(rig: &Rig, place: &PlainOutside) -> Vec<Checkpoint> {
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    read_lines(&place.text(), &keys, &PlainSignatures).unwrap()
}

fn sizes(rig: &Rig, place: &PlainOutside) -> Vec<u64> {
    all(rig, place).iter().map(|it| it.size).collect()
}

async fn verify(rig: &Rig, store: &dyn Store, place: &PlainOutside) -> Verified {
    let (checkpoints, _) = standing(all(rig, place));
    verify_against(store, Some(rig.house.vault.as_ref()), checkpoints).await.unwrap()
}

async fn found(rig: &Rig, place: &PlainOutside) -> Option<Tampered> {
    verify(rig, rig.house.store.as_ref(), place).await.report.first
}

async fn rows(rig: &Rig) -> Vec<Row> {
    let mut tx = rig.look().await;
    tx.chained_after(0, 10_000).await.unwrap().into_iter().map(|(_, row)| row.unwrap()).collect()
}

/// Throws the chain away and makes another one of these rows, which everybody can who may write.
async fn chain_anew(rig: &Rig, rows: &[Row]) {
    rig.as_owner("delete from audit_chain").await;
    let mut follower = Follower::default();
    let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
    let mut tx = rig.house.store.begin("owner").await.unwrap();
    tx.chain(&links).await.unwrap();
    tx.commit().await.unwrap();
}

fn operator() -> Operator {
    Operator { name: "ops1".into(), reason: Reason::new("the disk died").unwrap() }
}

async fn a_trail_agrees_with_its_checkpoints_and_nothing_new_is_signed_for_nothing(rig: Rig) {
    let (rig, place) = kept(rig).await;
    let verified = verify(&rig, rig.house.store.as_ref(), &place).await;
    assert_eq!((verified.report.first, verified.agreed, verified.report.checked), (None, 2, 15));
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap(), Kept::default());
    assert_eq!(rig.events(EventKind::CheckpointsBegun).await, 1);
    let text = place.text();
    assert!(text.starts_with("{\"checkpoint\":\"login.nordby.example/trail\\n7\\n"), "{text}");
    assert_eq!(text.lines().count(), 2);
}

async fn the_systems_log_is_told_each_checkpoint_that_was_signed_and_keeps_none_waiting_when_it_is_deaf(
    rig: Rig,
) {
    let log = PlainHerald::default();
    let heralds: Vec<Arc<dyn Herald>> = vec![Arc::new(PlainHerald::deaf()), Arc::new(log.clone())];
    let (rig, place) = kept(rig.telling(heralds)).await;
    assert_eq!(log.told(), place.text().lines().collect::<Vec<_>>(), "in the words that stand outside");
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap(), Kept::default());
    assert_eq!(log.told().len(), 2, "once each");
    rig.import(vec![hr::line(9)]).await.unwrap();
    rig.sequence().await;
    place.break_it(true);
    grow_refused(&rig, &Unlike::Unusable("the disk is gone".into())).await;
    assert_eq!(log.told().len(), 2, "nothing was signed");
    place.break_it(false);
    assert!(keep_checkpoints(&rig.cx()).await.unwrap().signed);
    assert_eq!(log.told(), place.text().lines().collect::<Vec<_>>());
}

async fn whatever_is_done_to_a_row_is_found(rig: Rig) {
    let (rig, place) = kept(rig).await;
    rig.unguard_the_trail().await;
    let rows = rows(&rig).await;
    // First, middle, last: the last one stands behind no other row, and only a checkpoint misses it.
    for (at, place_of) in [(0, 1), (6, 7), (14, 15)] {
        let mut left = rows.clone();
        left.remove(at);
        chain_anew(&rig, &left).await;
        let first = found(&rig, &place).await;
        assert!(first.is_some(), "chained anew without row {place_of}");
        let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap().first;
        // The row itself is still there beside the chain.
        assert!(matches!(alone, Some(Tampered::Missing { .. } | Tampered::Added { .. })), "{alone:?}");
    }
    let mut swapped = rows.clone();
    swapped.swap(7, 14);
    chain_anew(&rig, &swapped).await;
    assert!(found(&rig, &place).await.is_some(), "two rows that changed places");
    chain_anew(&rig, &rows).await;
    assert_eq!(found(&rig, &place).await, None, "put back as it was");
    // Taken away with its row: of the last one a checkpoint alone tells, of any other the counter of its lane as well.
    let mut left = rows;
    for (gone, missed) in [(15, None), (4, Some(4)), (1, Some(1))] {
        left.remove(gone - 1);
        rig.as_owner(&format!(
            "delete from audit_events where id = (select event from audit_chain where place = {gone})"
        ))
        .await;
        chain_anew(&rig, &left).await;
        assert!(found(&rig, &place).await.is_some(), "row {gone} is gone");
        let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap().first;
        let before = alone.map(|found| match found {
            Tampered::Missing { place, .. } => place,
            other => panic!("row {gone} is gone: {other:?}"),
        });
        assert_eq!(before, missed, "row {gone} is gone");
    }
}

async fn an_end_that_was_cut_off_is_found_by_the_checkpoint_alone(rig: Rig) {
    let (rig, place) = kept(rig).await;
    rig.unguard_the_trail().await;
    rig.as_owner(
        "delete from audit_events where id in (select event from audit_chain where place > 13);
         delete from audit_chain where place > 13; delete from audit_checkpoints where size > 13;",
    )
    .await;
    let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    assert_eq!((alone.first, alone.checked), (None, 13), "the database knows nothing of it");
    assert_eq!(found(&rig, &place).await, Some(Tampered::Short { end: 13, number: 2, size: 15 }));
    rig.as_owner("delete from audit_events; delete from audit_chain; delete from audit_checkpoints;").await;
    assert_eq!(found(&rig, &place).await, Some(Tampered::Short { end: 0, number: 2, size: 15 }), "truncated");
}

async fn a_row_that_was_taken_away_before_it_was_chained_leaves_a_gap_in_its_lane(rig: Rig) {
    let (rig, _) = kept(rig).await;
    rig.unguard_the_trail().await;
    rig.import(vec![hr::line(50)]).await.unwrap();
    rig.import(vec![hr::line(51)]).await.unwrap();
    let second = "(select min(number) + 1 from audit_waiting)";
    rig.as_owner(&format!(
        "delete from audit_events where number = {second}; delete from audit_waiting where number = {second};"
    ))
    .await;
    let first = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap().first;
    assert!(matches!(first, Some(Tampered::Missing { .. })), "{first:?}");
    rig.sequence().await;
    let first = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap().first;
    assert!(matches!(first, Some(Tampered::Missing { .. })), "chaining the others hides nothing: {first:?}");
}

async fn what_was_rolled_back_leaves_no_gap(rig: Rig) {
    let (rig, place) = kept(rig).await;
    for person in 60..64 {
        let mut tx = rig.house.store.begin("given up").await.unwrap();
        let marked = tx.mark(rig.house.keeping.instance);
        let row = Row {
            id: uuid::Uuid::from_u128(u128::from(person)).into(),
            origin: Some(marked),
            ..rows(&rig).await[0].clone()
        };
        tx.append(&row).await.unwrap();
        drop(tx);
        rig.import(vec![hr::line(person)]).await.unwrap();
    }
    rig.sequence().await;
    assert_eq!(found(&rig, &place).await, None);
}

async fn an_older_backup_in_the_place_of_the_database_is_found_and_issues_nothing_until_it_is_recovered(
    rig: Rig,
) {
    let records = PlainOutside::default();
    let (rig, place) = kept(rig.keeping(Arc::new(records.clone()))).await;
    compare_outside(&rig.cx()).await.unwrap();
    let backup = rig.backup().await;
    grow(&rig, 6).await;
    grow(&rig, 9).await;
    assert_eq!(
        verify(&rig, backup.as_ref(), &place).await.report.first.map(|it| it.to_string()).as_deref(),
        Some(
            "the trail ends at place 15 and checkpoint 4 stands for 30 rows: the end was cut off, or an older backup took the place of the database"
        )
    );
    let rig = rig.moved_to(backup, Arc::new(records));
    let state = compare_outside(&rig.cx()).await.unwrap();
    assert_eq!(state, State::Apart(Apart::TrailBehind(4)));
    // It is not signed over: what is outside stays as it is.
    let before = place.text();
    rig.import(vec![hr::line(20)]).await.unwrap();
    rig.sequence().await;
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, Some(Unlike::Behind(4)));
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, Some(Unlike::Behind(4)));
    assert_eq!((place.text(), rig.events(EventKind::CheckpointsApart).await), (before, 1));
    recover(&rig.cx(), &rig.ring, &operator(), false).await.unwrap();
    assert!(matches!(compare_outside(&rig.cx()).await.unwrap(), State::Agrees(_)));
    rig.sequence().await;
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, None);
    let (stand, restores) = standing(all(&rig, &place));
    assert_eq!(restores.len(), 1);
    assert_eq!(restores[0].given_up.map(|it| (it.kept, it.lost)), Some((15, 30)));
    assert_eq!(stand.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 5, 6]);
    assert_eq!(found(&rig, &place).await, None, "and what it says now holds");
}

/// A rig on another database of the same kind.
async fn another(rig: &Rig) -> Rig {
    if rig.database() == "sqlite" { Rig::on_sqlite().await } else { Rig::on_postgres().await }
}

async fn another_trail_in_its_place_is_found_though_every_row_and_link_of_it_holds(rig: Rig) {
    let other = another(&rig).await;
    let (rig, place) = kept(rig).await;
    // The same house, the same keys, other events, and a checkpoint of its own.
    let own = PlainOutside::default();
    let other = other.with_checkpoints(Arc::new(own.clone()));
    grow(&other, 10).await;
    grow(&other, 13).await;
    grow(&other, 16).await;
    assert_eq!(found(&other, &own).await, None, "it holds by itself");
    let first = found(&other, &place).await;
    assert_eq!(first, Some(Tampered::Unlike { number: 1, from: 1, to: 7 }));
    let other = other.with_checkpoints(Arc::new(place.clone()));
    assert_eq!(keep_checkpoints(&other.cx()).await.unwrap().apart, Some(Unlike::Behind(2)));
    drop(rig);
}

async fn a_checkpoint_that_was_changed_outside_is_no_checkpoint(rig: Rig) {
    let (rig, place) = kept(rig).await;
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    let text = place.text();
    for bad in [
        text.replacen("trail\\n7\\n", "trail\\n6\\n", 1),
        text.replacen("number 1", "number 9", 1),
        text.lines().rev().fold(String::new(), |all, line| all + line + "\n"),
        text.replacen("checkpoint", "checked", 1),
    ] {
        assert!(read_lines(&bad, &keys, &PlainSignatures).is_err(), "{bad}");
    }
    let other_key = [[9; 32]];
    assert_eq!(read_lines(&text, &other_key, &PlainSignatures), Err(1));
    place.put(Some(text.replacen("trail\\n15\\n", "trail\\n14\\n", 1)));
    grow_refused(&rig, &Unlike::Forged).await;
    place.put(Some(text));
    place.break_it(true);
    grow_refused(&rig, &Unlike::Unusable("the disk is gone".into())).await;
    place.break_it(false);
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, None, "it mends itself");
    assert_eq!(rig.events(EventKind::CheckpointsAgree).await, 1);
}

async fn grow_refused(rig: &Rig, why: &Unlike) {
    let kept = keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!((kept.signed, kept.apart.as_ref()), (false, Some(why)));
}

async fn nothing_is_signed_that_does_not_go_on_from_what_was_signed(rig: Rig) {
    let (rig, place) = kept(rig).await;
    rig.unguard_the_trail().await;
    rig.import(vec![hr::line(70)]).await.unwrap();
    rig.sequence().await;
    let zero = if rig.database() == "sqlite" { "zeroblob(32)" } else { "decode(repeat('00', 32), 'hex')" };
    let keep = |column: &str, table: &str, at: &str| {
        format!(
            "create table aside as select * from {table}; update {table} set {column} = {zero} where {at};"
        )
    };
    let back = |column: &str, table: &str, key: &str| {
        format!(
            "update {table} set {column} = (select {column} from aside where aside.{key} = {table}.{key}); drop table aside;"
        )
    };
    for (column, table, at, key) in [
        ("leaf", "audit_chain", "place = 17", "place"),
        ("hash", "audit_chain", "place = 17", "place"),
        ("chain", "audit_checkpoints", "number = 2", "number"),
    ] {
        rig.as_owner(&keep(column, table, at)).await;
        let kept = keep_checkpoints(&rig.cx()).await.unwrap();
        assert!(matches!(kept.apart, Some(Unlike::Tampered(_))), "{column}: {kept:?}");
        rig.as_owner(&back(column, table, key)).await;
    }
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, None);
    assert_eq!(sizes(&rig, &place).len(), 3);
    assert_eq!(found(&rig, &place).await, None);
}

async fn two_instances_make_one_checkpoint_of_a_number_and_each_place_has_all(rig: Rig) {
    let (rig, one) = kept(rig).await;
    let two = PlainOutside::default();
    let twin = rig.twin().await.with_checkpoints(Arc::new(two.clone()));
    rig.import(vec![hr::line(80)]).await.unwrap();
    rig.sequence().await;
    let (ours, theirs) = (rig.cx(), twin.cx());
    let (a, b) = tokio::join!(keep_checkpoints(&ours), keep_checkpoints(&theirs));
    for kept in [a, b] {
        kept.unwrap();
    }
    rig.sequence().await;
    for _ in 0..2 {
        keep_checkpoints(&rig.cx()).await.unwrap();
        keep_checkpoints(&twin.cx()).await.unwrap();
    }
    keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!(one.text(), two.text());
    let numbers: Vec<_> = all(&rig, &one).iter().map(|it| it.number).collect();
    assert_eq!(numbers, (1..=u64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
    assert_eq!(found(&rig, &one).await, None);
}

async fn killed_at_any_step_no_checkpoint_is_lost_and_none_is_there_twice(rig: Rig) {
    let (rig, place) = kept(rig).await;
    for steps in 0..40 {
        rig.import(vec![hr::line(100 + steps)]).await.unwrap();
        rig.sequence().await;
        let (cx, _) = rig.stumbling(steps);
        let done = keep_checkpoints(&cx).await;
        keep_checkpoints(&rig.cx()).await.unwrap();
        let last = all(&rig, &place).pop().unwrap();
        assert_eq!(last.size, u64::try_from(rows(&rig).await.len()).unwrap(), "after {steps} steps");
        assert_eq!(found(&rig, &place).await, None, "after {steps} steps");
        if done.is_ok() {
            return;
        }
    }
    panic!("it never came to its end");
}

async fn killed_at_any_step_every_row_gets_its_place_once_and_none_is_lost(rig: Rig) {
    let (rig, place) = kept(rig).await;
    let (store, vault) = (rig.house.store.as_ref(), rig.house.vault.as_ref());
    let mut in_the_midst = 0;
    for steps in 0..40 {
        let before = verify_trail(store, vault).await.unwrap();
        rig.import((0..3).map(|more| hr::line(200 + 3 * steps + more)).collect()).await.unwrap();
        let (cx, _) = rig.stumbling(steps);
        let died = loop {
            // Two at a time: it can die between any of them.
            match sequence_trail(&cx.house, 2).await {
                Ok(done) if done.rows > 0 => {}
                done => break done.is_err(),
            }
        };
        let after = verify_trail(store, vault).await.unwrap();
        assert_eq!(after.first, None, "after {steps} steps");
        let all = before.checked + before.unsequenced + 7;
        assert_eq!(after.checked + after.unsequenced, all, "after {steps} steps");
        in_the_midst += u32::from(after.checked > before.checked && after.unsequenced > 0);
        while rig.sequence().await > 0 {}
        keep_checkpoints(&rig.cx()).await.unwrap();
        assert_eq!(found(&rig, &place).await, None, "after {steps} steps");
        assert_eq!(sizes(&rig, &place).last(), Some(&all), "after {steps} steps");
        if !died {
            assert!(in_the_midst > 2, "{in_the_midst}: it died with some of them in their place");
            return;
        }
    }
    panic!("it never came to its end");
}

async fn rows_and_growth_are_proved_by_a_few_hashes(rig: Rig) {
    let place = PlainOutside::default();
    let rig = rig.with_checkpoints(Arc::new(place.clone()));
    for part in 0..3 {
        rig.import((part * 200..part * 200 + 200).map(hr::line).collect()).await.unwrap();
        while rig.sequence().await > 0 {}
        keep_checkpoints(&rig.cx()).await.unwrap();
    }
    let (store, all) = (rig.house.store.as_ref(), all(&rig, &place));
    let (rows, last) = (rows(&rig).await, all.last().unwrap());
    assert!(last.size > 1024, "whole subtrees of kept levels are among them");
    for at in [1, 2, 255, 256, 257, 512, 600, last.size - 1, last.size] {
        let path = prove_row(store, at, last.size).await.unwrap();
        let leaf = rows[usize::try_from(at - 1).unwrap()].leaf();
        assert!(includes(last.root, last.size, at - 1, leaf, &path), "{at}");
        assert!(!includes(last.root, last.size, at % last.size, leaf, &path), "{at}");
        assert!(path.len() <= 11);
    }
    for older in &all {
        let proof = prove_growth(store, older.size, last.size).await.unwrap();
        assert!(goes_on((older.size, older.root), (last.size, last.root), &proof));
    }
    let mut tree = Frontier::default();
    for row in &rows {
        tree.push(row.leaf(), |_, _| {});
    }
    assert_eq!(tree.root(), last.root);
}

async fn a_new_key_signs_and_the_older_one_goes_on_vouching_for_what_it_signed(rig: Rig) {
    let (rig, place) = kept(rig).await;
    let old = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    let ask = Ask {
        by: operator(),
        purposes: vec![KeyUse::Checkpoints],
        announce_only: false,
        settle: core::time::Duration::ZERO,
    };
    rotate_keys(&rig.cx(), &rig.ring, &ask).await.unwrap();
    grow(&rig, 30).await;
    let keys = rig.house.vault.public_keys(KeyUse::Checkpoints).unwrap();
    assert_eq!((keys.len(), &keys[1..]), (2, &old[..]));
    assert_eq!(found(&rig, &place).await, None);
    assert_eq!(read_lines(&place.text(), &keys[1..], &PlainSignatures), Err(3), "the old one signs no more");
    assert_eq!(
        read_lines(&place.text(), &keys[..1], &PlainSignatures),
        Err(1),
        "the new one signed nothing before"
    );
    let retired = retire_keys(&rig.cx(), &rig.ring, &operator()).await.unwrap();
    assert!(retired.staying.contains(&(KeyUse::Checkpoints, 1, Stays::Trail)), "{retired:?}");
    let lives: Vec<_> = rig.ring.of(KeyUse::Checkpoints).iter().map(|key| key.state).collect();
    assert_eq!(lives, [KeyState::Accepted, KeyState::Active]);
}

async fn rows_and_links_from_before_there_were_checkpoints_are_taken_in(rig: Rig) {
    rig.import((0..3).map(hr::line).collect()).await.unwrap();
    rig.sequence().await;
    rig.unguard_the_trail().await;
    rig.as_owner("update audit_chain set leaf = null").await;
    let place = PlainOutside::default();
    let rig = rig.with_checkpoints(Arc::new(place.clone()));
    keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!(sizes(&rig, &place), [7]);
    assert_eq!(found(&rig, &place).await, None);
    let path = prove_row(rig.house.store.as_ref(), 3, 7).await.unwrap();
    let (last, leaf) = (all(&rig, &place).pop().unwrap(), rows(&rig).await[2].leaf());
    assert!(includes(last.root, 7, 2, leaf, &path));
}

on_both! {
    a_trail_agrees_with_its_checkpoints_and_nothing_new_is_signed_for_nothing
    the_systems_log_is_told_each_checkpoint_that_was_signed_and_keeps_none_waiting_when_it_is_deaf
    whatever_is_done_to_a_row_is_found
    an_end_that_was_cut_off_is_found_by_the_checkpoint_alone
    a_row_that_was_taken_away_before_it_was_chained_leaves_a_gap_in_its_lane
    what_was_rolled_back_leaves_no_gap
    an_older_backup_in_the_place_of_the_database_is_found_and_issues_nothing_until_it_is_recovered
    another_trail_in_its_place_is_found_though_every_row_and_link_of_it_holds
    a_checkpoint_that_was_changed_outside_is_no_checkpoint
    nothing_is_signed_that_does_not_go_on_from_what_was_signed
    two_instances_make_one_checkpoint_of_a_number_and_each_place_has_all
    killed_at_any_step_no_checkpoint_is_lost_and_none_is_there_twice
    killed_at_any_step_every_row_gets_its_place_once_and_none_is_lost
    rows_and_growth_are_proved_by_a_few_hashes
    a_new_key_signs_and_the_older_one_goes_on_vouching_for_what_it_signed
    rows_and_links_from_before_there_were_checkpoints_are_taken_in
}

//! All of the trail replaced where it lies, a row put in among the others, the tables truncated; and the file and the
//! signatures of an installation in the place of fakes.

use crate::{another, chain_anew, found, grow, kept, rows};
use audit::CheckpointFile;
use domain::Timestamp;
use domain::audit::checkpoint::standing;
use domain::audit::{Origin, Row, Tampered};
use keys::{Ed25519, KekSource, KeyRing, LocalVault, SystemEntropy};
use std::path::Path;
use std::sync::Arc;
use testkit::{PlainOutside, Rig, on_both};
use usecases::checkpoints::{Unlike, read_lines};
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::ports::checkpoints::CheckpointPlace;
use usecases::ports::store::{Stamp, Store};
use usecases::ports::vault::{KeyUse, Vault as _};
use usecases::verify_trail::{verify_against, verify_trail};

on_both! {
    a_table_replaced_where_it_lies_by_one_that_was_chained_anew_is_found_by_the_checkpoint_alone
    a_row_that_was_put_into_the_middle_and_chained_with_the_rest_anew_is_found
    a_table_truncated_past_its_guards_is_found_by_the_checkpoint_alone
    with_a_real_file_and_real_signatures_an_older_backup_and_another_trail_are_found_as_well
}

async fn a_table_replaced_where_it_lies_by_one_that_was_chained_anew_is_found_by_the_checkpoint_alone(
    rig: Rig,
) {
    let other = another(&rig).await.with_checkpoints(Arc::new(PlainOutside::default()));
    let (rig, place) = kept(rig).await;
    for from in [10, 13, 16] {
        grow(&other, from).await;
    }
    // Rows whose MACs hold, in the place of all that was there.
    let theirs = rows(&other).await;
    rig.unguard_the_trail().await;
    rig.as_owner(
        "delete from audit_events; delete from audit_chain; delete from audit_waiting;
         delete from audit_nodes; delete from audit_checkpoints;",
    )
    .await;
    for row in &theirs {
        rig.as_owner(&insertion(&rig, row)).await;
    }
    chain_anew(&rig, &theirs).await;
    let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    let whole = u64::try_from(theirs.len()).unwrap();
    assert_eq!((alone.first, alone.checked, alone.unsequenced), (None, whole, 0), "it holds by itself");
    // Nor do checkpoints help it that are signed with the keys of the house.
    let forger = rig.twin().await.with_checkpoints(Arc::new(PlainOutside::default()));
    for from in [30, 33] {
        grow(&forger, from).await;
    }
    assert_eq!(found(&rig, &place).await, Some(Tampered::Unlike { number: 1, from: 1, to: 7 }));
    let before = place.text();
    let kept = keep_checkpoints(&rig.cx()).await.unwrap();
    assert_eq!((kept.signed, kept.apart, place.text()), (false, Some(Unlike::Behind(2)), before));
}

/// The statement by which an owner writes this row as it is.
fn insertion(rig: &Rig, row: &Row) -> String {
    let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    let on_sqlite = rig.database() == "sqlite";
    let bytes = |bytes: &[u8]| {
        if on_sqlite { format!("x'{}'", hex(bytes)) } else { format!("'\\x{}'", hex(bytes)) }
    };
    let id = |id: uuid::Uuid| if on_sqlite { bytes(id.as_bytes()) } else { format!("'{id}'") };
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let origin = row.origin.unwrap();
    let values = [
        id(row.id.into()),
        row.format.to_string(),
        row.at.as_microsecond().to_string(),
        text(&row.kind),
        text(&row.actor),
        row.subject.map_or_else(|| "null".to_owned(), |subject| id(subject.into())),
        id(row.request.into()),
        text(&row.facts),
        bytes(&row.personal),
        bytes(&row.mac),
        id(origin.instance.into()),
        origin.lane.to_string(),
        origin.number.to_string(),
    ];
    let columns =
        "id, format, at, kind, actor, subject, request, facts, personal, mac, instance, lane, counter";
    format!("insert into audit_events ({columns}) values ({})", values.join(", "))
}

async fn a_row_that_was_put_into_the_middle_and_chained_with_the_rest_anew_is_found(rig: Rig) {
    let (rig, place) = kept(rig).await;
    rig.unguard_the_trail().await;
    let rows = rows(&rig).await;
    // The first behind the first checkpoint, copied by whoever has no key.
    let id = uuid::Uuid::from_u128(1).into();
    let copied = Row { id, ..rows[6].clone() };
    let (mut with, at) = (rows.clone(), 7);
    with.insert(at, copied.clone());
    rig.as_owner(&insertion(&rig, &copied)).await;
    chain_anew(&rig, &with).await;
    let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap().first;
    assert_eq!(alone, Some(Tampered::Changed { place: 8, event: id }));
    assert_eq!(found(&rig, &place).await, alone);
    // And written by whoever has the keys of the house, as if another instance had: the checkpoint alone tells.
    rig.as_owner("delete from audit_events where id = (select event from audit_chain where place = 8)").await;
    let origin = Origin { instance: uuid::Uuid::from_u128(9).into(), lane: 1, number: 1 };
    let written = Row { origin: Some(origin), ..copied };
    let mac = rig.house.vault.mac(KeyUse::Trail, &written.encoded()).unwrap();
    let written = Row { mac, ..written };
    with[at] = written.clone();
    rig.as_owner(&insertion(&rig, &written)).await;
    chain_anew(&rig, &with).await;
    let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    assert_eq!((alone.first, alone.checked), (None, 16), "the database knows nothing of it");
    assert_eq!(found(&rig, &place).await, Some(Tampered::Unlike { number: 2, from: 8, to: 15 }));
}

async fn a_table_truncated_past_its_guards_is_found_by_the_checkpoint_alone(rig: Rig) {
    let (rig, place) = kept(rig).await;
    let sqlite = rig.database() == "sqlite";
    let tables = ["audit_events", "audit_chain", "audit_checkpoints", "audit_expired"];
    let truncate = if sqlite { "delete from" } else { "truncate" };
    for table in tables.iter().take(3) {
        assert!(rig.try_as_owner(&format!("{truncate} {table}")).await.is_err(), "{table} is guarded");
    }
    assert_eq!(found(&rig, &place).await, None);
    if sqlite {
        rig.unguard_the_trail().await;
    }
    for table in tables {
        if !sqlite {
            rig.as_owner(&format!("alter table {table} disable trigger user")).await;
        }
        rig.as_owner(&format!("{truncate} {table}")).await;
    }
    let alone = verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await.unwrap();
    assert_eq!((alone.first, alone.checked), (None, 0), "the database knows nothing of it");
    assert_eq!(found(&rig, &place).await, Some(Tampered::Short { end: 0, number: 2, size: 15 }));
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, Some(Unlike::Behind(2)));
}

async fn with_a_real_file_and_real_signatures_an_older_backup_and_another_trail_are_found_as_well(rig: Rig) {
    let folder = tempfile::tempdir().unwrap();
    let (vault, path) = (real_keys(folder.path()), folder.path().join("checkpoints"));
    let file: Arc<dyn CheckpointPlace> = Arc::new(CheckpointFile::at(&path));
    let real = |rig: Rig| {
        rig.with_checkpoints(Arc::clone(&file)).under(Arc::<LocalVault>::clone(&vault), Arc::new(Ed25519))
    };
    // Another trail under the same keys.
    let own: Arc<dyn CheckpointPlace> = Arc::new(CheckpointFile::at(folder.path().join("other")));
    let other = real(another(&rig).await).with_checkpoints(own);
    for from in [10, 13, 16] {
        grow(&other, from).await;
    }
    let rig = real(rig);
    grow(&rig, 0).await;
    let backup = rig.backup().await;
    grow(&rig, 3).await;
    let keys = vault.public_keys(KeyUse::Checkpoints).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let outside = || standing(read_lines(&text, &keys, &Ed25519).unwrap()).0;
    assert_eq!(read_lines(&text.replacen("number 2", "number 3", 1), &keys, &Ed25519), Err(2), "forged");
    let finds = async |store: &dyn Store| {
        let verified = verify_against(store, Some(&*vault), outside()).await.unwrap();
        (verified.agreed, verified.report.first)
    };
    assert_eq!(finds(rig.house.store.as_ref()).await, (2, None));
    let short = Tampered::Short { end: 7, number: 2, size: 15 };
    assert_eq!(finds(backup.as_ref()).await.1, Some(short), "an older backup");
    let unlike = Tampered::Unlike { number: 1, from: 1, to: 7 };
    assert_eq!(finds(other.house.store.as_ref()).await.1, Some(unlike), "another trail");
    // And whichever is put in the place of the database signs and writes nothing.
    let records = || Arc::new(PlainOutside::default());
    for store in [backup, Arc::clone(&other.house.store)] {
        let moved = real(another(&rig).await).moved_to(store, records());
        assert_eq!(keep_checkpoints(&moved.cx()).await.unwrap().apart, Some(Unlike::Behind(2)));
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

/// Keys as an installation has them.
fn real_keys(folder: &Path) -> Arc<LocalVault> {
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo).unwrap();
    let kek = kek.create(Arc::new(SystemEntropy)).unwrap();
    let at = Timestamp::UNIX_EPOCH;
    let ring = KeyRing::create(folder.join("keys.toml"), kek, at, &SystemEntropy).unwrap();
    Arc::new(LocalVault::new(&ring, Arc::new(SystemEntropy)).unwrap())
}

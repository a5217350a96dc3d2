//! The file beside other processes, which come and go while the house runs.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::Timestamp;
use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use storage_sqlite::SqliteStore;
use tempfile::TempDir;
use tower_sessions::SessionStore as _;
use tower_sessions::session::{Id, Record};
use usecases::ports::chance::Clock;
use usecases::ports::store::{Stamp, Store as _};

const STAMPS: &str = "select count(*) from stamp";

/// Another process that changes something and goes away again, tidying up as SQLite does when nobody else is there.
fn another_process(file: &Path, statement: &str) {
    let done = Command::new("sqlite3").arg(file).arg(".timeout 5000").arg(statement).output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// What a process sees that opens the file now.
fn seen_from_outside(file: &Path, question: &str) -> String {
    let seen = Command::new("sqlite3").arg("-readonly").arg(file).arg(question).output().unwrap();
    assert!(seen.status.success(), "{seen:?}");
    String::from_utf8(seen.stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn what_is_written_is_seen_by_all_also_after_the_file_was_opened_again_and_another_process_left() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("test.db");
    let first = SqliteStore::open(&file).await.unwrap();
    first.migrate().await.unwrap();
    // As a start does: what brought the tables up to date is still there when the house opens the file.
    let second = SqliteStore::open(&file).await.unwrap();
    second.migrate().await.unwrap();
    another_process(&file, "create table beside (it text)");
    let log = dir.path().join("test.db-wal");
    assert!(log.exists(), "whoever leaves sees that others are there, and leaves them their log");
    let mut tx = second.begin("test").await.unwrap();
    tx.set_stamp(Stamp::Pilot).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(seen_from_outside(&file, STAMPS), "1");
    second.close().await;
    first.close().await;
    assert_eq!(seen_from_outside(&file, STAMPS), "1", "and kept");
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-02T12:00:00Z".parse().unwrap()
    }
}

/// Does something while another process writes for longer than SQLite itself waits, and then no more.
async fn beside_a_long_write<T>(file: &Path, deed: impl Future<Output = T>) -> T {
    let other = SqliteStore::open(file).await.unwrap();
    let mut writing = other.begin("test").await.unwrap();
    writing.count_wrong([7; 32], Noon.now()).await.unwrap();
    writing.unsequenced_count().await.unwrap();
    let mut deed = pin!(deed);
    let early = tokio::time::timeout(Duration::from_millis(100), &mut deed).await;
    assert!(early.is_err(), "nobody writes beside it");
    writing.commit().await.unwrap();
    deed.await
}

#[tokio::test]
async fn whoever_meets_another_processs_transaction_waits_until_it_is_over() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("test.db");
    let store = SqliteStore::open(&file).await.unwrap();
    store.migrate().await.unwrap();
    beside_a_long_write(&file, async {
        let mut tx = store.begin("only writes").await?;
        tx.count_wrong([8; 32], Noon.now()).await?;
        tx.commit().await
    })
    .await
    .unwrap();
    let wrong = beside_a_long_write(&file, async {
        let mut tx = store.begin("asks first").await?;
        let wrong = tx.wrong_for_update([8; 32]).await?;
        tx.commit().await.map(|()| wrong)
    });
    assert_eq!(wrong.await.unwrap().count, 1);
    let keys = beside_a_long_write(&file, async {
        let mut tx = store.begin("asks for many first").await?;
        let keys = tx.signing_keys().await?;
        tx.commit().await.map(|()| keys)
    });
    assert!(keys.await.unwrap().is_empty());
    let cookies = store.browser_sessions(Arc::new(Noon));
    let expiry_date = time::OffsetDateTime::from_unix_timestamp(4_102_444_800).unwrap();
    let mut record = Record { id: Id::default(), data: [].into(), expiry_date };
    beside_a_long_write(&file, cookies.create(&mut record)).await.unwrap();
    record.data.insert("word".to_owned(), "kept".into());
    beside_a_long_write(&file, cookies.save(&record)).await.unwrap();
    assert_eq!(cookies.load(&record.id).await.unwrap().unwrap().data, record.data);
    beside_a_long_write(&file, cookies.delete(&record.id)).await.unwrap();
    assert!(cookies.load(&record.id).await.unwrap().is_none());
    // The id a cookie had before a step-up opens nothing, to no process and after no restart.
    assert_eq!(seen_from_outside(&file, "select count(*) from browser_sessions"), "0");
}

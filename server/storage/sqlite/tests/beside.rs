//! The file beside other processes, which come and go while the house runs.
#![expect(clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use std::path::Path;
use std::process::Command;
use storage_sqlite::SqliteStore;
use tempfile::TempDir;
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

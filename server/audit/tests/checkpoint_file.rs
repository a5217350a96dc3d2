//! The file of checkpoints, on a real disk, and the system's log.

use audit::{CheckpointFile, Syslog};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixDatagram;
use usecases::ports::checkpoints::{CheckpointPlace as _, Herald as _};
use usecases::ports::outside::OutsideFault;

#[tokio::test]
async fn lines_are_added_behind_the_last_one_and_its_owner_alone_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkpoints");
    let place = CheckpointFile::at(&path);
    assert_eq!((place.last().await.unwrap(), place.read().await.unwrap()), (None, None));
    place.append(None, "one\ntwo\n").await.unwrap();
    assert_eq!(place.last().await.unwrap().as_deref(), Some("two"));
    place.append(Some("two"), &format!("{}\n", "æ".repeat(300))).await.unwrap();
    for line in 0..100 {
        let last = place.last().await.unwrap();
        place.append(last.as_deref(), &format!("line {line} {}\n", "x".repeat(200))).await.unwrap();
    }
    assert!(place.last().await.unwrap().unwrap().starts_with("line 99 "), "however much stands there");
    assert_eq!(place.read().await.unwrap().unwrap().lines().count(), 103);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn nobody_elses_line_is_written_over_and_half_a_line_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("checkpoints");
    let (one, other) = (CheckpointFile::at(&path), CheckpointFile::at(&path));
    one.append(None, "one\n").await.unwrap();
    other.append(Some("one"), "two\n").await.unwrap();
    assert!(matches!(one.append(Some("one"), "three\n").await, Err(OutsideFault::Changed)));
    assert!(matches!(one.append(None, "three\n").await, Err(OutsideFault::Changed)));
    fs::write(&path, "one\ntwo\nthr").unwrap();
    assert_eq!(one.last().await.unwrap().as_deref(), Some("two"));
    assert_eq!(one.read().await.unwrap().as_deref(), Some("one\ntwo\n"));
    one.append(Some("two"), "three\n").await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "one\ntwo\nthree\n");
    fs::remove_file(&path).unwrap();
    assert!(
        matches!(one.append(Some("three"), "four\n").await, Err(OutsideFault::Unusable(_))),
        "it is gone"
    );
    assert!(!path.exists(), "and is not made anew behind somebody's back");
}

#[test]
fn the_systems_log_is_told_in_one_datagram() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("log");
    let log = UnixDatagram::bind(&socket).unwrap();
    Syslog::at(&socket).tell("{\"checkpoint\":\"…\"}").unwrap();
    let mut bytes = [0; 512];
    let size = log.recv(&mut bytes).unwrap();
    let said = String::from_utf8(bytes.get(..size).unwrap().to_vec()).unwrap();
    assert!(
        said.starts_with("<85>nsis-id[") && said.ends_with("]: checkpoint {\"checkpoint\":\"…\"}"),
        "{said}"
    );
    assert!(Syslog::at(folder.path().join("nowhere")).tell("x").is_err());
}

//! The file outside, on a real disk.

use audit::OutsideFile;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use usecases::ports::outside::{OutsideFault, OutsidePlace as _, Standing};

#[tokio::test]
async fn what_was_written_is_read_as_it_was_and_by_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let place = OutsideFile::at(folder.path().join("records"));
    assert_eq!((place.read().await.unwrap(), place.size().await.unwrap()), (None, None));
    let size = place.begin("head\n").await.unwrap();
    let size = place.append(size, "1 æ\n2 b\n").await.unwrap();
    assert_eq!(place.read().await.unwrap(), Some(Standing { text: "head\n1 æ\n2 b\n".into(), size }));
    assert_eq!(place.size().await.unwrap(), Some(size));
    let mode = fs::metadata(folder.path().join("records")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn it_is_begun_once_and_nobody_elses_line_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("records"), folder.path().join("records"));
    let (one, other) = (OutsideFile::at(one), OutsideFile::at(other));
    let size = one.begin("head\n").await.unwrap();
    assert!(matches!(other.begin("head\n").await, Err(OutsideFault::Changed)));
    other.append(size, "1 other\n").await.unwrap();
    assert!(matches!(one.append(size, "1 one\n").await, Err(OutsideFault::Changed)));
    assert!(matches!(one.append(99, "1 one\n").await, Err(OutsideFault::Changed)), "shorter than it was");
    assert_eq!(one.read().await.unwrap().unwrap().text, "head\n1 other\n");
}

#[tokio::test]
async fn half_a_line_does_not_count_and_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("records");
    let place = OutsideFile::at(&path);
    let size = place.begin("head\n").await.unwrap();
    fs::write(&path, "head\n1 half a li").unwrap();
    assert_eq!(place.read().await.unwrap(), Some(Standing { text: "head\n".into(), size }));
    place.append(size, "1 x\n").await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "head\n1 x\n");
}

#[tokio::test]
async fn what_cannot_be_used_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let place = OutsideFile::at(folder.path());
    assert!(matches!(place.read().await, Err(OutsideFault::Unusable(_))));
    let nowhere = OutsideFile::at(folder.path().join("not/there"));
    assert!(matches!(nowhere.begin("head\n").await, Err(OutsideFault::Unusable(_))));
    fs::write(folder.path().join("bytes"), [0xff, b'\n']).unwrap();
    let bytes = OutsideFile::at(folder.path().join("bytes"));
    assert!(matches!(bytes.read().await, Err(OutsideFault::Unusable(_))));
}

//! The file of checkpoints, on a real disk, the system's log, and a time-stamp authority that is OpenSSL's.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use audit::{CheckpointFile, StampFolder, Syslog, TimeStampAuthority};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::Command;
use testkit::{Rig, hr};
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::ports::checkpoints::{CheckpointPlace as _, Herald as _};
use usecases::ports::outside::OutsideFault;
use usecases::ports::stamps::NotStamped;
use usecases::stamp_checkpoint::{NoStamp, stamp_checkpoint};

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

/// Whether OpenSSL does this in that folder without complaint.
fn openssl(folder: &Path, arguments: &str) -> bool {
    let done = Command::new("openssl").current_dir(folder).args(arguments.split(' ')).output();
    done.expect("OpenSSL").status.success()
}

/// A time-stamp authority's certificate and what `openssl ts -reply` must know, in a folder.
fn authority_in(folder: &Path) {
    fs::write(folder.join("usage"), "extendedKeyUsage=critical,timeStamping\n").unwrap();
    fs::write(folder.join("serial"), "01\n").unwrap();
    let settings = "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n\
        certs = ca.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\n";
    fs::write(folder.join("tsa.cnf"), settings).unwrap();
    for make in [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=authority -days 2",
        "req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=stamps",
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile usage -out tsa.pem",
    ] {
        assert!(openssl(folder, make), "{make}");
    }
}

/// Answers one question over HTTP, as an authority does; one that was put to it before is answered again when it replays.
fn answer(stream: &mut TcpStream, folder: &Path, replays: bool) {
    let mut from = BufReader::new(stream.try_clone().unwrap());
    let mut length = 0;
    loop {
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut question = vec![0; length];
    from.read_exact(&mut question).unwrap();
    if !replays {
        fs::write(folder.join("question"), question).unwrap();
        assert!(openssl(folder, "ts -reply -config tsa.cnf -queryfile question -out reply"));
    }
    let reply = fs::read(folder.join("reply")).unwrap();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/timestamp-reply\r\nconnection: close\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n", reply.len()).unwrap();
    stream.write_all(&reply).unwrap();
}

/// Rows, chained, and a checkpoint over them.
async fn another_checkpoint(rig: &Rig, line: u32) {
    rig.import(vec![hr::line(line)]).await.unwrap();
    while rig.sequence().await > 0 {}
    assert!(keep_checkpoints(&rig.cx()).await.unwrap().signed);
}

#[tokio::test]
async fn a_checkpoint_is_stamped_by_an_authority_and_openssl_alone_verifies_the_stamp() {
    let folder = tempfile::tempdir().unwrap();
    authority_in(folder.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/stamp", listener.local_addr().unwrap());
    let at = folder.path().to_owned();
    let serving = std::thread::spawn(move || {
        // It stamps once, and then says the same again whatever it is asked.
        for replays in [false, true] {
            answer(&mut listener.accept().unwrap().0, &at, replays);
        }
    });
    let authority = TimeStampAuthority::new(&address, true).unwrap();
    let (stamps, rig) = (folder.path().join("checkpoints.stamps"), Rig::on_sqlite().await);
    let place = StampFolder::at(&stamps);
    assert_eq!(stamp_checkpoint(&rig.house, &authority, &place).await.unwrap(), None, "there is none yet");
    another_checkpoint(&rig, 0).await;
    assert_eq!(stamp_checkpoint(&rig.house, &authority, &place).await.unwrap(), Some(1));
    assert_eq!(stamp_checkpoint(&rig.house, &authority, &place).await.unwrap(), None, "it has its stamp");
    let note = rig.look().await.last_checkpoint().await.unwrap().unwrap().note;
    assert_eq!(fs::read_to_string(stamps.join("1.note")).unwrap(), note);
    assert_eq!(fs::metadata(stamps.join("1.tsr")).unwrap().permissions().mode() & 0o777, 0o600);
    let verify = "ts -verify -in checkpoints.stamps/1.tsr -CAfile ca.pem -data";
    assert!(openssl(folder.path(), &format!("{verify} checkpoints.stamps/1.note")));
    fs::write(folder.path().join("other"), note.replacen('1', "2", 1)).unwrap();
    assert!(!openssl(folder.path(), &format!("{verify} other")), "another note");

    another_checkpoint(&rig, 1).await;
    let replayed = stamp_checkpoint(&rig.house, &authority, &place).await;
    assert!(matches!(replayed, Err(NoStamp::Authority(NotStamped::NotGranted))), "{replayed:?}");
    serving.join().unwrap();
    let down = stamp_checkpoint(&rig.house, &authority, &place).await;
    assert!(matches!(down, Err(NoStamp::Authority(NotStamped::Unreachable(_)))), "{down:?}");
    assert!(!stamps.join("2.tsr").exists() && !stamps.join("2.note").exists());
    assert!(TimeStampAuthority::new("http://tsa.example/stamp", true).is_err(), "over the net in clear");
}

//! Figures of each door of a block, asked of a real server from outside, and of one that stopped.

#![expect(clippy::unwrap_used, reason = "a test's helpers stop at the first surprise")]

mod installation;

use installation::configuration;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn programme() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("nsis-id")
}

fn nsis_id(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(programme()).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A pilot that serves; ended by its own id when the test ends.
struct Pilot(Child);

impl Pilot {
    fn start(folder: &Path, port: u16) -> Self {
        let config = configuration(&[
            ("kind = \"production\"", "kind = \"pilot\""),
            ("127.0.0.1:0", &format!("127.0.0.1:{port}")),
            ("person_keys = \"sqlite:outside/person-keys.db\"\n", ""),
            ("[outside]\nfile = \"outside/records\"\n", ""),
        ]);
        fs::write(folder.join("nsis-id.toml"), config).unwrap();
        fs::write(folder.join("passphrase"), "correct horse battery staple\n").unwrap();
        fs::set_permissions(folder.join("passphrase"), fs::Permissions::from_mode(0o600)).unwrap();
        assert!(nsis_id(folder, &["keys", "create", "--reason", "a pilot"]).status.success());
        let mut child = Command::new(programme())
            .current_dir(folder)
            .args(["serve", "--pilot"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let pilot = Self(child);
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.starts_with("ready"), "{line}");
        pilot
    }

    fn stop(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Pilot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn each_door_is_asked_from_outside_and_kept_as_a_figure() {
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let pilot = Pilot::start(folder.path(), port);
    let url = format!("http://127.0.0.1:{port}");
    let probe = || nsis_id(folder.path(), &["probe", "run", &url, "--to", "doors.csv"]);
    for _ in 0..3 {
        let asked = probe();
        assert!(asked.status.success(), "{}{}", said(&asked), String::from_utf8_lossy(&asked.stderr));
    }
    pilot.stop();
    let asked = probe();
    assert_eq!(asked.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("password DOES NOT WORK: unreachable"));

    let lines = fs::read_to_string(folder.path().join("doors.csv")).unwrap();
    assert_eq!(lines.lines().next(), Some("time,door,ok,ms,why"));
    assert_eq!((lines.lines().count(), lines.matches(",true,").count()), (21, 15));
    let days = ["--from", "2020-01-01", "--to", "2099-12-31"];
    let report = |more: &[&str]| {
        said(&nsis_id(folder.path(), &[&["probe", "report", "doors.csv"], &days[..], more].concat()))
    };
    for door in ["session", "mitid", "code", "notice", "password"] {
        assert!(report(&[]).contains(&format!("\n{door},4,3,75.000,")), "{}", report(&[]));
    }
    let json = report(&["--format", "json"]);
    assert!(json.contains(r#""door":"mitid","probes":4,"worked":3,"availability_percent":75.000"#), "{json}");
    assert!(json.contains("NSIS 3.2.3.6"), "{json}");
    let nothing = nsis_id(
        folder.path(),
        &["probe", "report", "doors.csv", "--from", "2020-01-01", "--to", "2020-01-02"],
    );
    assert!(said(&nothing).contains("\ncode,0,0,,"), "{}", said(&nothing));
    // Handed in at the house, as if it had been asked on a day that is over.
    let asked = lines.lines().skip(1).map(|line| line.split_once(',').unwrap().1);
    let asked: Vec<_> = asked.map(|rest| format!("2020-01-06T08:00:00Z,{rest}\n")).collect();
    let day_before = format!("time,door,ok,ms,why\n{}", asked.concat());
    let hand_in = |text: String| {
        fs::write(folder.path().join("handed-in.csv"), text).unwrap();
        nsis_id(folder.path(), &["probe", "hand-in", "handed-in.csv", "--reason", "figures of the week"])
    };
    for new in
        ["5 days of a door are handed in, 0 were known", "0 days of a door are handed in, 5 were known"]
    {
        let done = hand_in(format!("{day_before}half a li"));
        assert!(done.status.success() && said(&done).contains(new), "{done:?}");
    }
    let ahead = hand_in(day_before.replace("2020-01-06", "2999-01-06"));
    assert!(String::from_utf8_lossy(&ahead.stderr).contains("is not yet"), "{ahead:?}");
    let garbled = hand_in(format!("{day_before}no line\n"));
    assert!(!garbled.status.success(), "{garbled:?}");
    assert!(String::from_utf8_lossy(&garbled.stderr).contains("line 22 of handed-in.csv cannot be read"));
    fs::write(folder.path().join("doors.csv"), format!("{lines}half a li")).unwrap();
    let torn = nsis_id(folder.path(), &[&["probe", "report", "doors.csv"], &days[..]].concat());
    assert_eq!(torn.status.code(), Some(2), "what cannot be read is not passed over in silence");
}

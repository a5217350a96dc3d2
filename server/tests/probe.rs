//! Figures of each door of a block, asked of a real server from outside, and of one that stopped.

#![expect(clippy::unwrap_used, reason = "a test's helpers stop at the first surprise")]

mod installation;

use installation::configuration;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};

fn programme() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("nsis-id")
}

fn nsis_id(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(programme()).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it says of doors that do not work, a line each.
fn complaints(output: &Output) -> Vec<String> {
    let told = String::from_utf8_lossy(&output.stderr);
    told.lines().filter(|line| line.contains("DOES NOT WORK")).map(str::to_owned).collect()
}

/// A portal, and a broker behind it, of which all works but what a test says does not.
struct Stage {
    url: String,
    /// Method and path of what is down.
    down: Arc<Mutex<&'static str>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Stage {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stage = Self { url, down: Arc::default(), asked: Arc::default() };
        let (url, down, asked) = (stage.url.clone(), Arc::clone(&stage.down), Arc::clone(&stage.asked));
        std::thread::spawn(move || {
            for call in listener.incoming() {
                let mut call = call.unwrap();
                let request = request(&mut call);
                let (status, to, body) = match *down.lock().unwrap() {
                    what if what == request => (503, String::new(), String::new()),
                    _ => on_stage(&request, &url),
                };
                asked.lock().unwrap().push(request);
                let answer = format!(
                    "HTTP/1.1 {status} -\r\nlocation: {to}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                call.write_all(answer.as_bytes()).unwrap();
            }
        });
        stage
    }

    fn is_down(&self, what: &'static str) {
        *self.down.lock().unwrap() = what;
    }

    /// What was asked since it was looked at last.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

/// Method and path of a request, read to its end.
fn request(call: &mut TcpStream) -> String {
    let mut read = BufReader::new(call);
    let (mut first, mut length) = (String::new(), 0);
    read.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        read.read_line(&mut line).unwrap();
        let line = line.trim().to_lowercase();
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    read.read_exact(&mut body).unwrap();
    first.rsplit_once(' ').unwrap().0.to_owned()
}

/// Status, where it leads, and what it says.
fn on_stage(request: &str, url: &str) -> (u16, String, String) {
    let endpoint = format!("{url}/op/connect/authorize");
    let (status, to, body) = match request {
        "GET /spaer/nu" => (303, "/spaer".to_owned(), String::new()),
        "GET /spaer" => (200, String::new(), "/handling/spaer-mitid".to_owned()),
        "GET /spaer/kode" => (200, String::new(), "/handling/spaer-kode".to_owned()),
        "GET /spaer/adgangskode" => (200, String::new(), "/handling/spaer-adgangskode".to_owned()),
        "GET /spaer/ikke-spaerret" => (200, String::new(), String::new()),
        "GET /var-det-dig/probe" => (410, String::new(), String::new()),
        "GET /spaer/helbred" => {
            (200, String::new(), "session ok\nmitid ok\ncode ok\nnotice ok\npassword ok\n".to_owned())
        }
        "POST /handling/spaer-kode" | "POST /handling/spaer-adgangskode" | "POST /handling/var-det-dig" => {
            (303, "/spaer/ikke-spaerret".to_owned(), String::new())
        }
        "POST /handling/spaer-mitid" => (303, format!("{endpoint}?client_id=client"), String::new()),
        "GET /op/.well-known/openid-configuration" => {
            (200, String::new(), format!(r#"{{"authorization_endpoint":"{endpoint}"}}"#))
        }
        _ => (404, String::new(), String::new()),
    };
    (status, to, body)
}

/// A pilot that serves; ended by its own id when the test ends.
struct Pilot(Child);

impl Pilot {
    fn start(folder: &Path, port: u16) -> Self {
        let config = configuration(&[
            ("kind = \"production\"", "kind = \"pilot\""),
            ("127.0.0.1:0", &format!("127.0.0.1:{port}")),
            ("https://netseidbroker.dk/op", "https://nowhere.eksempelkommune.dk/op"),
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
        // The broker of this house is nowhere, and every other door refuses what nobody has.
        let told = complaints(&asked);
        assert!(
            told.len() == 1 && told.iter().all(|line| line.starts_with("mitid DOES NOT WORK")),
            "{told:?}"
        );
        assert_eq!(asked.status.code(), Some(3));
    }
    pilot.stop();
    let asked = probe();
    assert_eq!(asked.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("password DOES NOT WORK: unreachable"));

    let lines = fs::read_to_string(folder.path().join("doors.csv")).unwrap();
    assert_eq!(lines.lines().next(), Some("time,door,ok,ms,why"));
    assert_eq!((lines.lines().count(), lines.matches(",true,").count()), (21, 12));
    let days = ["--from", "2020-01-01", "--to", "2099-12-31"];
    let report = |more: &[&str]| {
        said(&nsis_id(folder.path(), &[&["probe", "report", "doors.csv"], &days[..], more].concat()))
    };
    assert!(report(&[]).contains("\nmitid,4,0,0.000,"), "{}", report(&[]));
    for door in ["session", "code", "notice", "password"] {
        assert!(report(&[]).contains(&format!("\n{door},4,3,75.000,")), "{}", report(&[]));
    }
    let json = report(&["--format", "json"]);
    assert!(json.contains(r#""door":"code","probes":4,"worked":3,"availability_percent":75.000"#), "{json}");
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

#[test]
fn a_door_that_shows_its_page_and_answers_nobody_is_down() {
    let stage = Stage::open();
    let folder = tempfile::tempdir().unwrap();
    let probe = |file: &str| nsis_id(folder.path(), &["probe", "run", &stage.url, "--to", file]);
    for (n, (what, door)) in [
        ("GET /spaer/nu", "session"),
        ("POST /handling/spaer-mitid", "mitid"),
        ("GET /op/.well-known/openid-configuration", "mitid"),
        ("POST /handling/spaer-kode", "code"),
        ("POST /handling/var-det-dig", "notice"),
        ("POST /handling/spaer-adgangskode", "password"),
    ]
    .into_iter()
    .enumerate()
    {
        stage.is_down(what);
        let asked = probe(&format!("down-{n}.csv"));
        let told = complaints(&asked);
        assert!(told.len() == 1 && told.iter().all(|line| line.starts_with(door)), "{what}: {told:?}");
        assert_eq!(asked.status.code(), Some(3), "{what}");
    }

    stage.is_down("");
    for file in ["down-3.csv", "up.csv"] {
        let asked = probe(file);
        assert!(asked.status.success(), "{:?}", complaints(&asked));
    }
    stage.asked();
    assert!(probe("up.csv").status.success());
    let forms: Vec<String> = stage.asked().into_iter().filter(|it| it.starts_with("POST ")).collect();
    assert_eq!(forms, ["POST /handling/var-det-dig"], "what leaves a row is not shown every minute");
    // The broker is asked each time, whatever the portal remembers of it.
    stage.is_down("GET /op/.well-known/openid-configuration");
    let asked = probe("up.csv");
    assert!(complaints(&asked).iter().any(|line| line.starts_with("mitid DOES NOT WORK")), "{asked:?}");
}

//! The programme as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test's helpers stop at the first surprise")]

mod installation;

use installation::configuration;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The programme built beside this test. (Cargo's own variable has a hyphen in its name, which some shells drop.)
fn programme() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("nsis-id")
}

fn nsis_id(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(programme()).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a pilot says instead.
const PILOT: (&str, &str) = ("\"production\"\npublic", "\"pilot\"\npublic");

fn folder_with(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nsis-id.toml"), config).unwrap();
    fs::create_dir(folder.path().join("outside")).unwrap();
    let passphrase = folder.path().join("passphrase");
    fs::write(&passphrase, "correct horse battery staple\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&passphrase, fs::Permissions::from_mode(0o600)).unwrap();
    }
    folder
}

#[test]
fn help_teaches_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let help = String::from_utf8(nsis_id(folder.path(), &["--help"]).stdout).unwrap();
    for command in [
        "serve",
        "demo",
        "migrate",
        "import",
        "keys",
        "service",
        "check-config",
        "audit",
        "role",
        "hold",
        "erase",
        "recover",
        "outside",
        "probe",
        "devices",
    ] {
        assert!(help.contains(command), "{command}");
    }
}

#[test]
fn keys_are_made_once_and_the_configuration_is_then_good() {
    let folder = folder_with(&configuration(&[]));
    let before = nsis_id(folder.path(), &["check-config"]);
    assert!(!before.status.success(), "a key that does not exist was accepted");
    let made = nsis_id(folder.path(), &["keys", "create", "--reason", "installation"]);
    assert!(made.status.success(), "{}", said(&made));
    let ring = fs::read(folder.path().join("keys.toml")).unwrap();
    assert!(nsis_id(folder.path(), &["keys", "create", "--reason", "again"]).status.success());
    assert_eq!(ring, fs::read(folder.path().join("keys.toml")).unwrap());
    let checked = nsis_id(folder.path(), &["check-config"]);
    assert!(checked.status.success(), "{}", said(&checked));
}

#[test]
fn serve_refuses_plain_http_test_brokers_and_a_pilot_it_was_not_told_of() {
    let cases = [
        ("public_url = \"https://", "public_url = \"http://", "public_url must be https"),
        ("127.0.0.1:0", "0.0.0.0:0", "loopback"),
        ("environment = \"production\"", "environment = \"test\"", "mitid neb"),
        (
            "sqlite:nsis-id.db",
            "postgres://nsis@db.kommune.example/nsis?sslmode=require",
            "sslmode=verify-full",
        ),
        ("kind = \"production\"", "kind = \"pilot\"", "--pilot"),
        ("kind = \"production\"", "kind = \"demo\"", "kind"),
    ];
    for (good, bad, word) in cases {
        let folder = folder_with(&configuration(&[(good, bad)]));
        let refused = nsis_id(folder.path(), &["serve"]);
        assert!(!refused.status.success() && said(&refused).contains(word), "{bad}: {}", said(&refused));
    }
}

/// A key in clear is for the demo alone (NSIS 4.1.6.3): it cannot be named, and stands for no other.
#[test]
fn serve_takes_no_key_in_clear_whether_named_or_put_in_anothers_place() {
    let wrapped = "passphrase_file = \"kek.toml\"\npassphrase_from = \"passphrase\"";
    let named = configuration(&[(wrapped, "bare_file = \"kek\"")]);
    let folder = installed();
    secret(&folder.path().join("kek"), b"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n");
    for (settings, file, why) in [
        (named, "other.toml", "unknown field `bare_file`"),
        (configuration(&[]), "kek.toml", "no passphrase-wrapped key"),
    ] {
        fs::write(folder.path().join("nsis-id.toml"), settings).unwrap();
        fs::copy(folder.path().join("kek"), folder.path().join(file)).unwrap();
        for command in ["serve", "check-config"] {
            let refused = nsis_id(folder.path(), &[command]);
            assert!(
                !refused.status.success() && said(&refused).contains(why),
                "{command}: {}",
                said(&refused)
            );
        }
    }
}

/// What `make run` starts.
#[test]
fn the_demo_says_where_to_click_and_who_to_be_and_there_is_what_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let help = String::from_utf8(nsis_id(folder.path(), &["demo", "--help"]).stdout).unwrap();
    assert!(help.contains("127.0.0.1:3000"), "{help}");
    let mut child = Command::new(programme())
        .current_dir(folder.path())
        .args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    let _served = Served(child);
    let mut told = String::new();
    for line in said.lines() {
        told.push_str(&line.unwrap());
        told.push('\n');
        if told.contains("Stop with Ctrl-C") {
            break;
        }
    }
    let url = told.strip_prefix("ready ").unwrap().lines().next().unwrap();
    let port = url.strip_prefix("http://localhost:").unwrap().parse().unwrap();
    let named: Vec<_> = told.split_whitespace().filter_map(|word| word.strip_prefix(url)).collect();
    assert_eq!(named, ["", "/simulator/tjeneste", "/log-ind"], "{told}");
    for path in named {
        let path = if path.is_empty() { "/" } else { path };
        let answer = fetched_from("localhost", port, path, "da");
        let there = ["HTTP/1.1 200", "HTTP/1.1 303"].iter().any(|status| answer.starts_with(status));
        assert!(there, "{path}: {answer}");
    }
    let letters = told.lines().find_map(|line| line.split_once("welcome letter in ")).unwrap().1;
    assert!(folder.path().join(letters).is_dir(), "{letters}");
    for words in ["nobody here exists", "Maja Holm is new today", "be maja.holm at a service"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_database_made_for_the_pilot_is_refused_in_production() {
    let folder = folder_with(&configuration(&[PILOT]));
    assert!(nsis_id(folder.path(), &["keys", "create", "--reason", "pilot"]).status.success());
    fs::write(folder.path().join("nsis-id.toml"), configuration(&[])).unwrap();
    let refused = nsis_id(folder.path(), &["check-config"]);
    assert!(!refused.status.success() && said(&refused).contains("stamped once"), "{}", said(&refused));
}

/// A served programme; ended by its own id when the test ends.
struct Served(Child);

impl Served {
    /// Lets it finish what it does.
    fn stop(mut self) {
        kill_process(Pid::from_child(&self.0), Signal::TERM).unwrap();
        assert!(self.0.wait().unwrap().success(), "it stops when told to");
    }

    /// Starts it and waits until it says that it is ready.
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(programme())
            .current_dir(folder)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let served = Self(child);
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.starts_with("ready https://login.eksempelkommune.dk"), "{line}");
        served
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// One page, as the proxy in front fetches it.
fn fetched(port: u16, path: &str, language: &str) -> String {
    fetched_from("login.eksempelkommune.dk", port, path, language)
}

fn fetched_from(host: &str, port: u16, path: &str, language: &str) -> String {
    let mut connection = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        connection,
        "GET {path} HTTP/1.1\r\nhost: {host}\r\naccept-language: {language}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_starts_while_the_store_of_peoples_own_keys_is_away_and_says_that_blocking_alone_goes_on() {
    let port = free_port();
    let folder = folder_with(&configuration(&[
        ("sqlite:outside/person-keys.db", "sqlite:keys/person-keys.db"),
        ("127.0.0.1:0", &format!("127.0.0.1:{port}")),
    ]));
    let (there, away) = (folder.path().join("keys"), folder.path().join("away"));
    fs::create_dir(&there).unwrap();
    assert!(nsis_id(folder.path(), &["keys", "create", "--reason", "day one"]).status.success());
    fs::rename(&there, &away).unwrap();
    let served = Served::start(folder.path(), &["serve"]);
    let blocking_alone = "blocking only: nobody signs in, the store of people's own keys does not answer";
    let ready = fetched(port, "/klar", "da");
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains(blocking_alone), "{ready}");
    assert!(fetched(port, "/spaer", "da").starts_with("HTTP/1.1 200"), "the doors of a block are open");
    fs::rename(&away, &there).unwrap();
    let ready = fetched(port, "/klar", "da");
    assert!(ready.starts_with("HTTP/1.1 200") && !ready.contains(blocking_alone), "it is back: {ready}");
    served.stop();
    // One that is there and cannot be used is nothing that comes back by itself.
    fs::remove_dir_all(&there).unwrap();
    fs::create_dir(&there).unwrap();
    fs::write(there.join("person-keys.db"), "no database at all").unwrap();
    let refused = nsis_id(folder.path(), &["serve"]);
    assert!(!refused.status.success() && said(&refused).contains("person_keys"), "{}", said(&refused));
}

#[test]
fn where_only_the_file_of_peoples_own_keys_is_missing_no_new_one_is_made_and_blocking_alone_goes_on() {
    let port = free_port();
    let folder = folder_with(&configuration(&[("127.0.0.1:0", &format!("127.0.0.1:{port}"))]));
    let at = folder.path();
    fs::write(at.join("hr.csv"), one_person()).unwrap();
    for command in [&["keys", "create"][..], &["import", "hr.csv"]] {
        let done = nsis_id(at, &[command, &["--reason", "day one"]].concat());
        assert!(done.status.success(), "{}", said(&done));
    }
    let (keys, away) = (at.join("outside/person-keys.db"), at.join("away"));
    fs::create_dir(&away).unwrap();
    let files = || {
        let all = fs::read_dir(keys.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
        all.filter(|file| file.to_string_lossy().contains("person-keys")).collect::<Vec<_>>()
    };
    for file in files() {
        fs::rename(&file, away.join(file.file_name().unwrap())).unwrap();
    }
    let blocking_alone = "blocking only: nobody signs in, the store of people's own keys does not answer";
    let served = Served::start(at, &["serve"]);
    let ready = fetched(port, "/klar", "da");
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains(blocking_alone), "{ready}");
    assert!(fetched(port, "/spaer", "da").starts_with("HTTP/1.1 200"), "the doors of a block are open");
    for command in [&["migrate"][..], &["keys", "create"], &["keys", "replace-lost"]] {
        let refused = nsis_id(at, &[command, &["--reason", "it is missing"]].concat());
        assert!(!refused.status.success() && said(&refused).contains("newest copy"), "{}", said(&refused));
    }
    assert_eq!(files(), Vec::<PathBuf>::new(), "nothing was made in its place");
    for file in fs::read_dir(&away).unwrap().map(|file| file.unwrap().path()) {
        fs::rename(&file, keys.with_file_name(file.file_name().unwrap())).unwrap();
    }
    let ready = fetched(port, "/klar", "da");
    assert!(ready.starts_with("HTTP/1.1 200") && !ready.contains(blocking_alone), "it is back: {ready}");
    served.stop();
    // Gone for good, an operator says so.
    for file in files() {
        fs::remove_file(file).unwrap();
    }
    let made = nsis_id(at, &["keys", "replace-lost", "--new-store", "--reason", "no copy is left"]);
    let told = String::from_utf8_lossy(&made.stdout).into_owned();
    assert!(made.status.success() && told.contains("1 people have new keys"), "{told}{}", said(&made));
    let told = "select facts from audit_events where kind = 'key.persons-replaced' order by id";
    assert_eq!(sql(at, told), "{\"store\":\"new\"}\n{\"people\":\"1\"}", "the store, and then the keys");
    assert!(nsis_id(at, &["migrate", "--reason", "as before"]).status.success());
}

#[test]
fn copies_of_peoples_own_keys_are_made_by_the_day_and_gone_after_thirty() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = installed();
    let at = folder.path();
    fs::write(at.join("hr.csv"), one_person()).unwrap();
    assert!(nsis_id(at, &["import", "hr.csv", "--reason", "first list"]).status.success());
    let copies = at.join("copies");
    fs::create_dir(&copies).unwrap();
    let names = || {
        let all = fs::read_dir(&copies).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        all.collect::<Vec<_>>()
    };
    let run = |folder: &str, how: &[&str]| {
        let what = ["keys", "person-copies", "--folder", folder, "--reason", "every night"];
        nsis_id(at, &[&what[..], how].concat())
    };
    fs::write(copies.join("2020-01-01.db"), "an old one").unwrap();
    let looked = run("copies", &[]);
    assert_eq!((looked.status.code(), names().len()), (Some(2), 1), "{}", said(&looked));
    assert!(said(&looked).contains("TOO OLD"), "{}", said(&looked));

    let kept = run("copies", &["--make", "--delete"]);
    assert!(kept.status.success(), "{}", said(&kept));
    assert!(run("copies", &["--make", "--delete"]).status.success(), "twice a day is once");
    assert_eq!(names().len(), 1, "{:?}", names());
    let made = copies.join(names().remove(0));
    assert_eq!(fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o600);
    let keys = Command::new("sqlite3").arg(&made).arg("select count(*) from trail_keys").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&keys.stdout).trim(), "1", "{}", said(&keys));

    let half = made.with_extension("half");
    std::os::unix::fs::symlink(at.join("elsewhere"), &half).unwrap();
    assert!(run("copies", &["--make"]).status.success());
    assert!(
        !at.join("elsewhere").exists() && fs::symlink_metadata(&made).unwrap().is_file(),
        "no link is followed"
    );
    fs::write(copies.join("2020-01-01.db"), "an old one").unwrap();
    fs::create_dir(&half).unwrap();
    let failed = run("copies", &["--make", "--delete"]);
    assert!(!failed.status.success() && said(&failed).contains("making a copy"), "{}", said(&failed));
    assert!(
        !copies.join("2020-01-01.db").exists(),
        "where today's cannot be made the old ones go all the same"
    );
    fs::remove_dir(&half).unwrap();

    fs::write(copies.join("notes"), "no copy").unwrap();
    let strange = run("copies", &["--delete"]);
    assert_eq!((strange.status.code(), names().len()), (Some(2), 2), "{}", said(&strange));
    let refused = run("outside", &["--delete"]);
    assert!(
        !refused.status.success() && said(&refused).contains("lies in that folder"),
        "{}",
        said(&refused)
    );
    let told = "select count(*) from audit_events where kind = 'key.person-copies'";
    assert_eq!(sql(at, told), "6", "each look, and no refusal");
}

#[test]
fn a_pilot_marks_every_page_and_offers_no_level() {
    let port = free_port();
    let folder = folder_with(&configuration(&[PILOT, ("127.0.0.1:0", &format!("127.0.0.1:{port}"))]));
    assert!(nsis_id(folder.path(), &["keys", "create", "--reason", "pilot"]).status.success());
    let _served = Served::start(folder.path(), &["serve", "--pilot"]);
    for path in ["/log-ind", "/kom-i-gang", "/spaer", "/hjaelp", "/findes-ikke"] {
        assert!(fetched(port, path, "da").contains("Det her er et pilotforsøg."), "{path}");
        assert!(fetched(port, path, "en").contains("This is a pilot."), "{path}");
    }
    let metadata = fetched(port, "/saml/metadata", "da");
    assert!(metadata.contains("IDPSSODescriptor") && !metadata.contains("nsis/"), "{metadata}");
}

#[test]
fn a_pilot_takes_no_other_database_and_no_simulated_identities() {
    let folder = folder_with(&configuration(&[]));
    assert!(nsis_id(folder.path(), &["keys", "create", "--reason", "production"]).status.success());
    let unasked = nsis_id(folder.path(), &["serve", "--pilot"]);
    assert!(!unasked.status.success() && said(&unasked).contains("--pilot"), "{}", said(&unasked));
    fs::write(folder.path().join("nsis-id.toml"), configuration(&[PILOT])).unwrap();
    let stamped = nsis_id(folder.path(), &["serve", "--pilot"]);
    assert!(!stamped.status.success() && said(&stamped).contains("stamped once"), "{}", said(&stamped));
    let simulated = ("client_id = ", "extra_parameters = { simulation = \"true\" }, client_id = ");
    let folder = folder_with(&configuration(&[PILOT, simulated]));
    let refused = nsis_id(folder.path(), &["serve", "--pilot"]);
    assert!(!refused.status.success() && said(&refused).contains("simulated"), "{}", said(&refused));
}

/// The id of a key that nobody made.
const A_KEY: &str = "019a0000-0000-7000-8000-000000000001";

#[test]
fn a_command_that_changes_something_must_say_why() {
    let folder = folder_with(&configuration(&[]));
    for command in [
        &["import", "people.csv"][..],
        &["keys", "create"],
        &["keys", "rotate"],
        &["keys", "retire"],
        &["keys", "rewrap", "--to", "credential:kek"],
        &["keys", "person-copies", "--folder", "copies"],
        &["keys", "saml", "create"],
        &["keys", "saml", "import", "key.pem"],
        &["keys", "saml", "activate", A_KEY],
        &["service", "pin", "https://sp.example", "--key", A_KEY, "--until", "2027-01-31"],
        &["migrate"],
        &["role", "propose", "maja.holm", "auditor"],
        &["service", "add", "metadata.xml"],
        &["devices", "import", "seeds.csv"],
        &["devices", "hand-out", "1001", "maja.holm"],
        &["devices", "return", "1001"],
        &["devices", "lost", "1001"],
        &["devices", "leaked", "1001"],
        &["hold", "put", "maja.holm", "--origin", "security"],
        &["hold", "lift", "maja.holm", "--origin", "security"],
    ] {
        for empty in ["", "   ", "x"] {
            let with_empty = [command, &["--reason", empty]].concat();
            let refused = nsis_id(folder.path(), &with_empty);
            assert!(!refused.status.success() && said(&refused).contains("--reason"), "{with_empty:?}");
        }
        let refused = nsis_id(folder.path(), command);
        assert!(
            !refused.status.success() && said(&refused).contains("--reason"),
            "{command:?}: {}",
            said(&refused)
        );
    }
}

/// An installation with keys.
fn installed() -> tempfile::TempDir {
    let folder = folder_with(&configuration(&[]));
    let made = nsis_id(folder.path(), &["keys", "create", "--reason", "installation"]);
    assert!(made.status.success(), "{}", said(&made));
    folder
}

fn ring(folder: &Path) -> String {
    fs::read_to_string(folder.join("keys.toml")).unwrap()
}

#[test]
fn keys_are_rotated_and_what_was_sealed_before_opens_afterwards() {
    let folder = installed();
    let before = ring(folder.path());
    let refused = nsis_id(folder.path(), &["keys", "rotate", "names", "--reason", "a year has passed"]);
    assert!(!refused.status.success(), "names for services are never rotated");
    assert_eq!(ring(folder.path()), before);
    let announced = nsis_id(
        folder.path(),
        &["keys", "rotate", "signing", "seeds", "--announce-only", "--reason", "a year"],
    );
    assert!(announced.status.success(), "{}", said(&announced));
    assert_eq!(ring(folder.path()).matches("state = \"coming\"").count(), 2);
    let rotated = nsis_id(folder.path(), &["keys", "rotate", "--reason", "a year has passed"]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    let told = String::from_utf8(rotated.stdout).unwrap();
    assert!(told.contains("went on with it") && told.contains("3 signing keys"), "{told}");
    assert_eq!(
        ring(folder.path()).matches("state = \"accepted\"").count(),
        2,
        "what was announced, and no more"
    );
    let retired = nsis_id(folder.path(), &["keys", "retire", "--reason", "a year has passed"]);
    assert!(String::from_utf8(retired.stdout).unwrap().contains("signing version 1 goes on"));
    // The signing key opens under its new key, and the rows under both are the trail's.
    for command in [&["check-config"][..], &["audit", "verify"]] {
        let checked = nsis_id(folder.path(), command);
        assert!(checked.status.success(), "{command:?}: {}", said(&checked));
    }
}

/// A file only its owner reads.
fn secret(file: &Path, text: &[u8]) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(file, text).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn the_ring_goes_over_to_another_key_encryption_key_of_either_kind_while_it_serves() {
    let port = free_port();
    let settings = configuration(&[("127.0.0.1:0", &format!("127.0.0.1:{port}"))]);
    let folder = folder_with(&settings);
    let (at, credentials) = (folder.path(), folder.path().join("credentials"));
    let run = |arguments: &[&str]| {
        let mut command = Command::new(programme());
        command.current_dir(at).env("CREDENTIALS_DIRECTORY", &credentials).args(arguments).output().unwrap()
    };
    let rewrap =
        |to: &[&str]| run(&[&["keys", "rewrap", "--reason", "somebody saw it", "--to"][..], to].concat());
    let told = || sql(at, "select count(*) from audit_events where kind = 'key.ring-rewrapped'");
    assert!(run(&["keys", "create", "--reason", "day one"]).status.success());
    secret(&at.join("other"), b"another battery of another horse\n");
    fs::create_dir(&credentials).unwrap();
    secret(&credentials.join("kek"), &[7; 32]);
    let first = ring(at);
    for (to, why) in [
        (&["bare:kek"][..], "only in the demo"),
        (&["passphrase:new.toml"][..], "--passphrase-from"),
        (&["passphrase:kek.toml", "--passphrase-from", "passphrase"][..], "nothing was changed"),
        (&["credential:nobody"][..], "cannot be read"),
    ] {
        let refused = rewrap(to);
        assert!(!refused.status.success() && said(&refused).contains(why), "{to:?}: {}", said(&refused));
    }
    assert_eq!((ring(at), told().as_str()), (first.clone(), "0"));

    let served = Served::start(at, &["serve"]);
    let to_file = &["passphrase:new.toml", "--passphrase-from", "other"];
    let wrapped = rewrap(to_file);
    assert!(wrapped.status.success(), "{}", said(&wrapped));
    let doors = fetched(port, "/spaer/helbred", "da");
    assert!(doors.starts_with("HTTP/1.1 200"), "what runs goes on with the keys it has: {doors}");
    served.stop();
    assert!(ring(at) != first && told() == "1");
    assert_eq!(sql(at, "select count(*) from audit_events where kind = 'key.ring-rewrap-begun'"), "1");
    let refused = run(&["serve"]);
    assert!(!refused.status.success() && said(&refused).contains("key-encryption key"), "{}", said(&refused));
    // As when the run before ended between the file and the trail.
    let again = rewrap(to_file);
    assert!(again.status.success() && told() == "2", "{}", said(&again));

    let moved = settings.replace("\"kek.toml\"", "\"new.toml\"").replace("\"passphrase\"\n", "\"other\"\n");
    fs::write(at.join("nsis-id.toml"), moved).unwrap();
    let wrapped = rewrap(&["credential:kek"]);
    assert!(wrapped.status.success() && told() == "3", "{}", said(&wrapped));
    let by_credential = settings
        .replace("passphrase_file = \"kek.toml\"\n", "credential = \"kek\"\n")
        .replace("passphrase_from = \"passphrase\"\n", "");
    fs::write(at.join("nsis-id.toml"), by_credential).unwrap();
    for command in [&["check-config"][..], &["audit", "verify"]] {
        let opened = run(command);
        assert!(opened.status.success(), "{command:?}: {}", said(&opened));
    }
}

#[test]
fn the_signing_key_gets_a_successor_step_by_step_and_each_refusal_says_what_to_do() {
    let folder = installed();
    let keys = |arguments: &[&str]| nsis_id(folder.path(), &[&["keys", "saml"][..], arguments].concat());
    let list = || String::from_utf8(keys(&["list"]).stdout).unwrap();
    let id = |state: &str| {
        let all = list();
        let line = all.lines().find(|line| line.contains(&format!(" {state} since ")));
        assert!(line.is_some(), "none is {state}: {all}");
        line.and_then(|line| line.split(' ').next()).unwrap().to_owned()
    };
    let step = |step: &str, key: &str, more: &[&str]| {
        keys(&[&[step, key, "--reason", "three years are soon over"][..], more].concat())
    };
    let done = |output: Output| assert!(output.status.success(), "{}", said(&output));
    let refused = |output: Output, says: &str| {
        assert!(!output.status.success() && said(&output).contains(says), "{says}: {}", said(&output));
    };
    let create = ["create", "--reason", "three years are soon over"];
    let first = id("active");
    done(keys(&create));
    refused(keys(&create), "waits to sign already");
    let next = id("created");
    refused(step("activate", &next, &[]), "nsis-id keys saml publish");
    done(step("publish", &next, &[]));
    refused(step("activate", &next, &[]), "may sign from");
    refused(step("retire", &first, &[]), "activate another one first");
    refused(step("retire", A_KEY, &[]), "nsis-id keys saml list");
    done(step("activate", &next, &["--now"]));
    assert_eq!((id("active"), id("replaced")), (next.clone(), first.clone()));
    refused(step("destroy", &first, &[]), "nsis-id keys saml retire");
    done(step("retire", &first, &[]));
    refused(step("destroy", &first, &[]), "--now");
    done(step("destroy", &first, &["--now"]));
    assert_eq!(list().lines().count(), 1);
    for command in [&["check-config"][..], &["audit", "verify"]] {
        let checked = nsis_id(folder.path(), command);
        assert!(checked.status.success(), "{command:?}: {}", said(&checked));
    }
}

#[test]
fn a_house_whose_signing_key_is_retired_still_blocks_and_says_how_to_sign_again() {
    let installed = installed();
    let folder = installed.path();
    fs::write(folder.join("hr.csv"), one_person()).unwrap();
    assert!(nsis_id(folder, &["import", "hr.csv", "--reason", "first list"]).status.success());
    // As a recovery leaves it where the backup knows of no successor.
    sql(folder, "update signing_keys set stage = 'retired'");
    let port = free_port();
    let listen = configuration(&[("127.0.0.1:0", &format!("127.0.0.1:{port}"))]);
    fs::write(folder.join("nsis-id.toml"), listen).unwrap();
    let served = Served::start(folder, &["serve"]);
    let ready = fetched(port, "/klar", "da");
    assert!(
        ready.starts_with("HTTP/1.1 200") && ready.contains("nothing is signed for SAML services"),
        "{ready}"
    );
    served.stop();
    let put = ["hold", "put", "maja.holm", "--origin", "security", "--reason", "her laptop was stolen"];
    let put = nsis_id(folder, &put);
    assert!(put.status.success() && said(&put).contains("nsis-id keys create"), "{}", said(&put));
    let checked = nsis_id(folder, &["check-config"]);
    assert!(
        !checked.status.success() && said(&checked).contains("nsis-id keys create"),
        "{}",
        said(&checked)
    );
    let made = nsis_id(folder, &["keys", "create", "--reason", "the one before was retired"]);
    assert!(made.status.success(), "{}", said(&made));
    let list = String::from_utf8(nsis_id(folder, &["keys", "saml", "list"]).stdout).unwrap();
    assert!(list.contains(" active since ") && list.contains(" retired since "), "{list}");
    let told = "select count(*) from audit_events where kind = 'key.activated'";
    assert_eq!(sql(folder, told), "1", "the trail says that another one signs");
}

/// Two devices in the form the documentation gives, the second one broken on request.
fn seed_file(folder: &Path, second: &str) {
    let seed = "3132333435363738393031323334353637383930";
    let lines = format!("serial;kind;seed_hex;digits\n1001;totp;{seed};6\n1002;totp;{second};6\n");
    fs::write(folder.join("seeds.csv"), lines).unwrap();
}

#[test]
fn a_delivery_of_code_devices_is_imported_whole_and_a_broken_one_names_its_line() {
    let folder = installed();
    let import = ["devices", "import", "seeds.csv", "--reason", "first delivery"];
    let stock = || sql(folder.path(), "select count(*) from code_devices").trim().to_owned();
    seed_file(folder.path(), "31323334");
    let refused = nsis_id(folder.path(), &import);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("line 3: seed_hex is shorter than 128 bits"), "{}", said(&refused));
    assert!(
        !said(&refused).contains("31323334") && stock() == "0",
        "nothing is taken, and no seed is repeated"
    );
    seed_file(folder.path(), "3132333435363738393031323334353637383931");
    let imported = nsis_id(folder.path(), &import);
    assert!(imported.status.success() && stock() == "2", "{}", said(&imported));
    let again = nsis_id(folder.path(), &import);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("line 2: the serial number is here already"), "{}", said(&again));
    let nobody = ["devices", "hand-out", "1001", "nobody", "--reason", "first day"];
    assert!(said(&nsis_id(folder.path(), &nobody)).contains("nobody by that user name"));
    let leaked = ["devices", "leaked", "--file", "seeds.csv", "7", "--reason", "the mail was read"];
    let leaked = nsis_id(folder.path(), &leaked);
    assert!(
        leaked.status.success() && said(&leaked).contains("7: no device of that number"),
        "{}",
        said(&leaked)
    );
    assert_eq!(sql(folder.path(), "select count(*) from code_devices where life = 'leaked'").trim(), "2");
    assert!(!nsis_id(folder.path(), &["devices", "leaked", "--reason", "of nothing"]).status.success());
}

/// Two devices in a container as manufacturers send it, encrypted so by `csv2pskc`; `scripts/setup test` installs it.
fn encrypted_seed_file(folder: &Path, how: [&str; 2]) -> String {
    let header = "serial,manufacturer,model,algorithm,algorithm_suite,secret,time_interval,counter,response_length,response_encoding";
    let line = |n: u8| {
        let kind = "urn:ietf:params:xml:ns:keyprov:pskc:totp";
        format!("200{n},Feitian,C200,{kind},,313233343536373839303132333435363738393{n},30,,6,DECIMAL\n")
    };
    fs::write(folder.join("tokens.csv"), format!("{header}\n{}{}", line(1), line(2))).unwrap();
    let mut tool = Command::new("csv2pskc");
    let made = tool.args(["-e", "hex"]).args(how).arg("tokens.csv").current_dir(folder).output().unwrap();
    assert!(made.status.success(), "{}", said(&made));
    let file = String::from_utf8(made.stdout).unwrap();
    assert!(!file.contains("3132333435"), "in clear");
    fs::write(folder.join("seeds.xml"), &file).unwrap();
    file
}

#[test]
fn an_encrypted_delivery_is_imported_with_what_opens_it_and_a_broken_one_names_its_line() {
    let key = "12345678901234567890123456789012";
    let other = "22345678901234567890123456789012";
    for (how, option, secret) in [("-s", "--key-file", key), ("-p", "--password-file", "en lang adgangskode")]
    {
        let folder = installed();
        let stock = || sql(folder.path(), "select count(*) from code_devices");
        let file = encrypted_seed_file(folder.path(), [how, secret]);
        fs::write(folder.path().join("secret"), format!("{secret}\n")).unwrap();
        fs::write(folder.path().join("wrong"), other).unwrap();
        let import = |unlock: &[&str]| {
            let all =
                [&["devices", "import", "seeds.xml", "--reason", "first delivery"][..], unlock].concat();
            nsis_id(folder.path(), &all)
        };
        for refused in [import(&[]), import(&[option, "wrong"])] {
            assert_eq!((refused.status.code(), stock().as_str()), (Some(2), "0"), "{}", said(&refused));
            assert!(
                !said(&refused).contains(secret) && !said(&refused).contains(other),
                "{}",
                said(&refused)
            );
        }
        // The second device of another kind than its maker encrypted, which is written in clear.
        let second = file.rfind("<pskc:KeyPackage>").unwrap();
        let (before, package) = file.split_at(second);
        let broken = package.replace("Length=\"6\"", "Length=\"4\"");
        assert_ne!(broken, package);
        fs::write(folder.path().join("seeds.xml"), format!("{before}{broken}")).unwrap();
        let refused = import(&[option, "secret"]);
        assert_eq!((refused.status.code(), stock().as_str()), (Some(2), "0"), "{}", said(&refused));
        let line = format!("line {}", before.lines().count());
        assert!(
            said(&refused).contains(&line) && said(&refused).contains("ResponseFormat"),
            "{}",
            said(&refused)
        );
        fs::write(folder.path().join("seeds.xml"), &file).unwrap();
        let imported = import(&[option, "secret"]);
        assert!(imported.status.success(), "{}", said(&imported));
        assert_eq!(stock(), "2");
    }
}

/// A list of HR's with one person on it.
fn one_person() -> String {
    let header = "employee_number;cpr;given_name;family_name;work_mail;private_mail;mobile;user_name;starts_on;ends_on;unit;cvr";
    let line = "1001;6101019991;Maja;Holm;maja@nordby.example;;;maja.holm;2020-01-01;;Skolen;29189897";
    format!("{header}\n{line}\n")
}

#[test]
fn a_login_is_closed_by_one_operator_and_given_back_by_nobody_alone() {
    let folder = installed();
    fs::write(folder.path().join("hr.csv"), one_person()).unwrap();
    let import = nsis_id(folder.path(), &["import", "hr.csv", "--reason", "first list"]);
    assert!(import.status.success(), "{} {}", said(&import), String::from_utf8_lossy(&import.stdout));
    let printed = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let holds = || sql(folder.path(), "select origin || ' ' || reason from holds").trim().to_owned();
    let put = ["hold", "put", "maja.holm", "--origin", "security", "--reason", "her laptop was stolen"];
    let put = nsis_id(folder.path(), &put);
    assert!(put.status.success() && printed(&put).contains("SP-"), "{}", said(&put));
    assert_eq!(holds(), "security by-operator");
    let lift = ["hold", "lift", "maja.holm", "--origin", "security", "--reason", "the laptop was found"];
    let first = nsis_id(folder.path(), &lift);
    assert!(
        first.status.success() && printed(&first).contains("a second, other operator"),
        "{}",
        printed(&first)
    );
    let again = nsis_id(folder.path(), &lift);
    assert!(!again.status.success() && said(&again).contains("a second, other operator"), "{}", said(&again));
    assert_eq!(holds(), "security by-operator");
    let nobody = ["hold", "put", "nobody", "--origin", "security", "--reason", "her laptop was stolen"];
    assert!(said(&nsis_id(folder.path(), &nobody)).contains("nobody by that user name"));
}

#[test]
fn checking_the_configuration_makes_and_stamps_nothing() {
    let folder = folder_with(&configuration(&[]));
    let refused = nsis_id(folder.path(), &["check-config"]);
    assert!(!refused.status.success() && said(&refused).contains("keys create"), "{}", said(&refused));
    assert!(!folder.path().join("nsis-id.db").exists());

    assert!(nsis_id(folder.path(), &["migrate", "--reason", "an empty database"]).status.success());
    assert!(!nsis_id(folder.path(), &["check-config"]).status.success(), "there are no keys");
    fs::write(folder.path().join("nsis-id.toml"), configuration(&[PILOT])).unwrap();
    let made = nsis_id(folder.path(), &["keys", "create", "--reason", "a pilot after all"]);
    assert!(made.status.success(), "it bears no stamp of the production yet: {}", said(&made));
}

#[test]
fn a_reader_that_has_left_stops_no_command_and_makes_none_panic() {
    let folder = installed();
    fs::write(folder.path().join("hr.csv"), "no;header\n").unwrap();
    let cases: [(&[&str], i32); 9] = [
        (&["--help"], 0),
        (&["keys", "create", "--reason", "once more"], 0),
        (&["migrate", "--reason", "once more"], 0),
        (&["check-config"], 0),
        (&["audit", "verify"], 0),
        (&["keys", "rotate", "memory", "--reason", "once more"], 0),
        (&["keys", "retire", "--reason", "once more"], 0),
        (&["import", "hr.csv", "--reason", "once more"], 1),
        (&["role", "propose", "nobody", "auditor", "--reason", "once more"], 1),
    ];
    for (arguments, code) in cases {
        for (out, err) in [(true, false), (true, true)] {
            let pipe = |closed: bool| if closed { Stdio::from(closed_pipe()) } else { Stdio::piped() };
            let mut command = Command::new(programme());
            command.current_dir(folder.path()).args(arguments).stdout(pipe(out)).stderr(pipe(err));
            let done = command.spawn().unwrap().wait_with_output().unwrap();
            assert_eq!(done.status.code(), Some(code), "{arguments:?}, stderr closed {err}: {}", said(&done));
            assert!(!said(&done).contains("panicked"), "{arguments:?}: {}", said(&done));
        }
    }
}

/// The end of a pipe nobody reads.
fn closed_pipe() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_serves_leaves_no_core_dump() {
    let folder = installed();
    let mut server = Command::new(programme())
        .current_dir(folder.path())
        .arg("serve")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(first.starts_with("ready "), "{first}");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
}

/// Does to the database what only its owner can; gives what that says.
fn sql(folder: &Path, statements: &str) -> String {
    let done = Command::new("sqlite3").current_dir(folder).args(["nsis-id.db", statements]).output().unwrap();
    assert!(done.status.success(), "{statements}: {}", said(&done));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// The row at this place of the chain, as the programme names it.
fn row_at(folder: &Path, place: u32) -> String {
    let id = sql(folder, &format!("select hex(event) from audit_chain where place = {place}"));
    uuid::Uuid::parse_str(&id).unwrap().to_string()
}

/// Serves until every row is in the chain.
fn chain_all(folder: &Path) {
    let waits = || sql(folder, "select count(*) from audit_waiting") != "0";
    // What is done once a day may write a last row while it stops: then it serves again. It is not killed: between a
    // checkpoint and its file, the file would be missed until the next start.
    let lives = (0..5).take_while(|_| {
        let served = Served::start(folder, &["serve"]);
        let looks = (0..5_000).take_while(|_| waits()).count();
        assert!(looks < 5_000, "nothing puts rows into the chain");
        served.stop();
        waits()
    });
    assert!(lives.count() < 5, "every life leaves something waiting");
}

/// An installation whose rows are all in the chain; a copy of its database lies beside it.
fn chained() -> tempfile::TempDir {
    let folder = installed();
    chain_all(folder.path());
    sql(folder.path(), "vacuum into 'whole.db'");
    folder
}

/// Puts the copy back and does this to it, past everything that guards the trail.
fn tamper(folder: &Path, statements: &str) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("nsis-id.db{end}")));
    }
    fs::copy(folder.join("whole.db"), folder.join("nsis-id.db")).unwrap();
    for guard in ["audit_events_stay", "audit_events_last", "audit_chain_stays", "audit_chain_lasts"] {
        sql(folder, &format!("drop trigger {guard}"));
    }
    sql(folder, statements);
}

#[test]
fn whoever_verifies_a_trail_that_was_tampered_with_is_told_the_row_and_the_command_fails() {
    let folder = chained();
    let folder = folder.path();
    let (third, fourth) = (row_at(folder, 3), row_at(folder, 4));
    let swapped = "create table two as select * from audit_events where number in (3, 4);
        update audit_events set (at, kind, actor, subject, request, facts, personal, mac) =
            (select at, kind, actor, subject, request, facts, personal, mac from two
             where two.number = 7 - audit_events.number)
        where number in (3, 4); drop table two;";
    let added = "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac)
        select x'00000000000070008000000000000001', format, at, kind, actor, subject, request, facts, personal, mac
        from audit_events where number = 4;";
    for (what, says) in [
        (
            "update audit_events set facts = facts || ' ' where number = 4",
            format!("row {fourth} at place 4 was changed"),
        ),
        ("delete from audit_events where number = 4", "the row at place 4 was removed".to_owned()),
        (swapped, format!("row {third} at place 3 was changed")),
        (added, "row 00000000-0000-7000-8000-000000000001 was added".to_owned()),
    ] {
        tamper(folder, what);
        let found = nsis_id(folder, &["audit", "verify"]);
        assert_eq!(found.status.code(), Some(3), "{what}: {}", said(&found));
        assert!(said(&found).contains(&format!("TAMPERED: {says}")), "{what}: {}", said(&found));
        let noted = sql(folder, VERIFICATIONS);
        assert!(noted.contains("\"outcome\":\"tampered\"") && noted.contains(&says), "{what}: {noted}");
    }
    tamper(folder, "select 1");
    let whole = nsis_id(folder, &["audit", "verify"]);
    assert!(whole.status.success(), "{}", said(&whole));
    assert!(String::from_utf8_lossy(&whole.stdout).contains(" 0 are not in it yet"), "{whole:?}");
    let noted = sql(folder, VERIFICATIONS);
    assert_eq!((noted.lines().count(), noted.matches("\"outcome\":\"whole\"").count()), (1, 1), "{noted}");
}

/// What the trail tells of runs of the verifier.
const VERIFICATIONS: &str = "select facts from audit_events where kind = 'trail.verified'";

#[test]
fn an_export_and_a_backup_are_verified_away_from_the_house_with_nothing_but_the_public_key() {
    let home = chained();
    let home = home.path();
    let away = tempfile::tempdir().unwrap();
    let away = away.path();
    let done = |folder: &Path, arguments: &[&str]| {
        let done = nsis_id(folder, arguments);
        assert!(done.status.success(), "{arguments:?}: {}", said(&done));
        String::from_utf8(done.stdout).unwrap()
    };
    let file = |name: &str| away.join(name).to_str().unwrap().to_owned();
    fs::write(file("keys.pem"), done(home, &["audit", "keys"])).unwrap();
    let export = file("trail.jsonl");
    done(home, &["audit", "export", &export, "--reason", "the auditor asked"]);
    let later = file("later.jsonl");
    chain_all(home);
    done(home, &["audit", "export", &later, "--reason", "the auditor asked again"]);
    fs::copy(home.join("outside/records.checkpoints"), file("checkpoints")).unwrap();
    let verify = [
        "audit",
        "verify",
        "--export",
        "trail.jsonl",
        "--public-key",
        "keys.pem",
        "--checkpoints",
        "checkpoints",
    ];
    assert!(done(away, &verify).contains("eksempelkommune.dk/trail are as checkpoint"));
    let text = fs::read_to_string(&export).unwrap();
    fs::write(&export, text.replacen("key.created", "key.retired", 1)).unwrap();
    let found = nsis_id(away, &verify);
    assert_eq!(found.status.code(), Some(3));
    assert!(said(&found).contains("TAMPERED: the chain does not hold at place"), "{}", said(&found));
    let refused = nsis_id(home, &["audit", "export", &export, "--reason", "the auditor asked again"]);
    assert!(!refused.status.success(), "a file that is there is not written over");
    // The copy of the database is from before the export's checkpoint: older, and as a backup nothing wrong.
    fs::copy(home.join("whole.db"), file("whole.db")).unwrap();
    let backup = [
        "audit",
        "verify",
        "--database",
        "sqlite:whole.db",
        "--public-key",
        "keys.pem",
        "--checkpoints",
        "checkpoints",
    ];
    let found = nsis_id(away, &backup);
    assert!(said(&found).contains("TAMPERED: the trail ends at place"), "{}", said(&found));
    assert!(done(away, &[&backup[..], &["--backup"]].concat()).contains("it is that much older"));
    let proof: serde_json::Value =
        serde_json::from_str(&done(home, &["audit", "prove", "1", "--since", "1"])).unwrap();
    assert_eq!(proof["place"], 1);
    assert!(!proof["inclusion"].as_array().unwrap().is_empty());
    assert_eq!(sql(home, VERIFICATIONS), "", "of a copy and of an export the trail says nothing");
    done(home, &["audit", "verify"]);
    fs::remove_file(home.join("outside/records.checkpoints")).unwrap();
    let missing = nsis_id(home, &["audit", "verify"]);
    assert_eq!(missing.status.code(), Some(3), "{}", said(&missing));
    assert!(said(&missing).contains("MISSING: the checkpoints kept outside"), "{}", said(&missing));
}

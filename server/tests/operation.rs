//! The programme as `make release` builds it, without default features: whoever stands for MitID in the demo is not in
//! it (security decision 25). `scripts/test` builds it beside the usual one.

#![expect(clippy::unwrap_used, reason = "a test's helpers stop at the first surprise")]

mod installation;

use installation::configuration;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What stands in the demo's programme and nowhere else: the simulator's code, pages and routes, its people and keys.
const DEMO_ONLY: [&str; 6] = [
    "simulator/src/",
    "Hvem vil du være?",
    "/simulator/op",
    "only-the-simulator-believes-this-secret",
    "maja.holm@eksempel.test",
    "demo.place",
];

/// The folder cargo builds into.
fn target() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned()
}

/// The programme for operation.
fn operation() -> PathBuf {
    let path = target().join("operation/nsis-id");
    assert!(path.exists(), "{} is missing: scripts/test builds it", path.display());
    path
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(operation()).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Which of them can be read in a programme: half a gigabyte with what debuggers read, so `grep` does it, in a tenth of
/// the time.
fn of_the_demo_in(programme: &Path) -> BTreeSet<String> {
    let mut grep = Command::new("grep");
    grep.env("LC_ALL", "C").arg("-aoF");
    for words in DEMO_ONLY {
        grep.args(["-e", words]);
    }
    let found = grep.arg(programme).output().unwrap();
    assert!(matches!(found.status.code(), Some(0 | 1)), "{}", said(&found));
    String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn the_simulator_is_not_in_the_programme_for_operation() {
    let with = of_the_demo_in(&target().join("debug/nsis-id"));
    for words in DEMO_ONLY {
        assert!(
            with.contains(words),
            "{words}: the demo's programme must hold it, else this test sees nothing"
        );
    }
    assert_eq!(of_the_demo_in(&operation()), BTreeSet::new());
}

#[test]
fn it_offers_no_demo_and_says_where_there_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["--help"]);
    assert!(help.status.success() && !said(&help).contains("demo"), "{}", said(&help));
    for arguments in
        [&["demo"][..], &["demo", "--listen", "127.0.0.1:0"], &["audit", "verify", "--demo", "d"]]
    {
        let refused = run(folder.path(), arguments);
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(said(&refused).contains("has no demo in it; `make run`"), "{}", said(&refused));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn it_serves_with_no_profile_of_a_simulator() {
    let simulators = [
        ("production", "http://localhost:3000/simulator/op"),
        ("test", "http://localhost:3000/simulator/op"),
        ("production", "https://mitid-simulator.eksempelkommune.dk/op"),
    ];
    for (environment, issuer) in simulators {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("nsis-id.toml"), config(environment, issuer)).unwrap();
        let refused = run(folder.path(), &["serve"]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains("mitid simulator:"), "{issuer}: {}", said(&refused));
        assert!(!folder.path().join("nsis-id.db").exists(), "refused before anything was made");
    }
}

/// A house that trusts a simulator of this environment.
fn config(environment: &str, issuer: &str) -> String {
    configuration(&[
        ("id = \"neb\"", "id = \"simulator\""),
        ("/mitid/tilbage/neb", "/mitid/tilbage/simulator"),
        ("environment = \"production\"", &format!("environment = \"{environment}\"")),
        ("https://netseidbroker.dk/op", issuer),
    ])
}

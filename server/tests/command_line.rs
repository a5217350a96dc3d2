//! The programme as an operator meets it.

#![expect(clippy::unwrap_used, reason = "a test's helpers stop at the first surprise")]

use std::fs;
use std::process::{Command, Output};

/// The programme built beside this test. (Cargo's own variable has a hyphen in its name, which some shells drop.)
fn nsis_id(folder: &std::path::Path, arguments: &[&str]) -> Output {
    let test = std::env::current_exe().unwrap();
    let programme = test.ancestors().nth(2).unwrap().join("nsis-id");
    Command::new(programme).current_dir(folder).args(arguments).output().unwrap()
}
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const CONFIG: &str = r#"
kind = "production"
public_url = "https://login.eksempelkommune.dk"
listen = "127.0.0.1:0"
database = "sqlite:nsis-id.db"
mitid = [{ id = "neb", environment = "production", issuer = "https://netseidbroker.dk/op", client_id = "client", client_secret = "a-long-secret-of-our-own-0123456789", redirect_uri = "https://login.eksempelkommune.dk/mitid/tilbage" }]
[municipality]
name = "Eksempel Kommune"
cvr = "29189897"
phone = "70 00 00 00"
mail = "servicedesk@eksempel.test"
[keys]
ring = "keys.toml"
passphrase_file = "kek.toml"
passphrase_from = "passphrase"
[mail]
server = "smtps://mail.eksempel.test"
from = "login@eksempel.test"
"#;

fn folder_with(config: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nsis-id.toml"), config).unwrap();
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
    for command in ["serve", "demo", "migrate", "import", "keys", "service", "check-config", "audit", "role"]
    {
        assert!(help.contains(command), "{command}");
    }
}

#[test]
fn keys_are_made_once_and_the_configuration_is_then_good() {
    let folder = folder_with(CONFIG);
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
        ("kind = \"production\"", "kind = \"pilot\"", "--pilot"),
        ("kind = \"production\"", "kind = \"demo\"", "kind"),
    ];
    for (good, bad, word) in cases {
        let folder = folder_with(&CONFIG.replace(good, bad));
        let refused = nsis_id(folder.path(), &["serve"]);
        assert!(!refused.status.success() && said(&refused).contains(word), "{bad}: {}", said(&refused));
    }
}

#[test]
fn a_database_made_for_the_pilot_is_refused_in_production() {
    let folder = folder_with(&CONFIG.replace("\"production\"\npublic", "\"pilot\"\npublic"));
    assert!(nsis_id(folder.path(), &["keys", "create", "--reason", "pilot"]).status.success());
    fs::write(folder.path().join("nsis-id.toml"), CONFIG).unwrap();
    let refused = nsis_id(folder.path(), &["check-config"]);
    assert!(!refused.status.success() && said(&refused).contains("stamped once"), "{}", said(&refused));
}

#[test]
fn a_command_that_changes_something_must_say_why() {
    let folder = folder_with(CONFIG);
    for command in [
        &["import", "people.csv"][..],
        &["keys", "create"],
        &["keys", "rotate"],
        &["keys", "retire"],
        &["migrate"],
        &["role", "propose", "maja.holm", "auditor"],
        &["service", "add", "metadata.xml"],
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

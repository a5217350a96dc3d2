//! An installation that is killed: its people, its commands, its server and its database.

use crate::installation::configuration;
use crate::{BATCH, BATCHES, HELD, KILLS};
use keys::{Ed25519, KekSource, KeyRing, LocalVault, SystemEntropy};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use storage_postgres::PostgresStore;
use storage_sqlite::SqliteStore;
use testkit::Rig;
use usecases::ports::store::Store;

/// What opens its key-encryption key.
const PASSPHRASE: &str = "correct horse battery staple";

/// The programme built beside this test.
fn programme() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("nsis-id")
}

pub(crate) fn all_said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The person at a place of the file; her number is a replacement number.
pub(crate) fn name(place: u32) -> String {
    format!("p{place}")
}

fn line(place: u32) -> String {
    let (day, month) = (61 + place % 28, 1 + place / 28 % 12);
    let (year, number) = (50 + place / 336 % 40, 1000 + place / 13_440);
    let cpr = format!("{day}{month:02}{year:02}{number:04}");
    format!("{place};{cpr};Prøve;Person;;{place}@privat.test;;{};2020-01-01;;Skolen;29189897\n", name(place))
}

pub(crate) fn list(places: impl Iterator<Item = u32>) -> String {
    let header = "employee_number;cpr;given_name;family_name;work_mail;private_mail;mobile;user_name;starts_on;ends_on;unit;cvr\n";
    header.to_owned() + &places.map(line).collect::<String>()
}

/// The places of the people a round's file brings.
pub(crate) fn batch(round: u32) -> std::ops::Range<u32> {
    let first = BATCHES + round * BATCH;
    first..first + BATCH
}

/// An installation with keys and people.
pub(crate) struct House {
    folder: tempfile::TempDir,
    /// The address of its PostgreSQL; none on a file.
    postgres: Option<String>,
}

impl House {
    pub(crate) fn new(postgres: Option<String>) -> Self {
        let house = Self::bare(postgres);
        house.write("people.csv", &list(0..BATCHES));
        for round in 0..KILLS {
            house.write(&batch_file(round), &list(batch(round)));
        }
        house.done(&["import", "people.csv", "--reason", "the first list"]);
        house
    }

    /// An installation with keys and nobody in it.
    pub(crate) fn bare(postgres: Option<String>) -> Self {
        let house = Self { folder: tempfile::tempdir().unwrap(), postgres };
        house.write("nsis-id.toml", &house.config(0));
        house.write("passphrase", &format!("{PASSPHRASE}\n"));
        fs::set_permissions(house.path("passphrase"), fs::Permissions::from_mode(0o600)).unwrap();
        fs::create_dir(house.path("outside")).unwrap();
        house.done(&["keys", "create", "--reason", "installation"]);
        house
    }

    /// Its database, opened beside whatever runs.
    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        match self.postgres() {
            Some(address) => {
                Arc::new(PostgresStore::connect_with(address, &self.person_keys()).await.unwrap())
            }
            None => {
                let keys = self.path("outside/person-keys.db");
                Arc::new(SqliteStore::open_with(&self.path("nsis-id.db"), &keys).await.unwrap())
            }
        }
    }

    /// Somebody who writes to its database as the programme would, under its keys.
    pub(crate) fn hand(&self, store: Arc<dyn Store>) -> Rig {
        let kek = KekSource::passphrase_file(self.path("kek.toml"), SecretString::from(PASSPHRASE));
        let kek = kek.load(Arc::new(SystemEntropy)).unwrap();
        let kept = KeyRing::load(self.path("keys.toml"), kek).unwrap();
        let vault = LocalVault::new(&kept, Arc::new(SystemEntropy)).unwrap();
        Rig::on(store).under(Arc::new(vault), Arc::new(Ed25519))
    }

    /// The address of its PostgreSQL; none on a file.
    pub(crate) fn postgres(&self) -> Option<&str> {
        self.postgres.as_deref()
    }

    /// The address of its people's keys.
    pub(crate) fn person_keys(&self) -> String {
        self.postgres().map_or_else(
            || "sqlite:outside/person-keys.db".to_owned(),
            |address| address.replacen('?', "_keys?", 1),
        )
    }

    fn config(&self, port: u16) -> String {
        configuration(&[
            ("127.0.0.1:0", &format!("127.0.0.1:{port}")),
            ("sqlite:nsis-id.db", self.postgres().unwrap_or("sqlite:nsis-id.db")),
            ("sqlite:outside/person-keys.db", &self.person_keys()),
            ("mitid = [", "proxies = [\"127.0.0.1\"]\nmitid = ["),
            ("smtps://mail.eksempel.test", "smtps://127.0.0.1:1"),
            ("file = \"outside/records\"", "file = \"outside/records\"\nsyslog = \"syslog\""),
        ])
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(programme());
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    /// Runs a command that must succeed; gives what it said.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}\n{}", all_said(&output), self.log());
        all_said(&output)
    }

    /// What a question to the database answers, a line for each row.
    pub(crate) fn ask(&self, query: &str) -> String {
        let asked = match &self.postgres {
            Some(address) => psql(address, query),
            None => {
                let mut tool = Command::new("sqlite3");
                tool.arg(self.path("nsis-id.db")).args([".timeout 5000", query]).output().unwrap()
            }
        };
        assert!(asked.status.success(), "{query}: {}", all_said(&asked));
        String::from_utf8(asked.stdout).unwrap().trim().to_owned()
    }

    /// The user names a question answers, none of them twice.
    pub(crate) fn names(&self, query: &str) -> BTreeSet<String> {
        let answer = self.ask(query);
        let names: BTreeSet<_> = answer.lines().map(str::to_owned).collect();
        assert_eq!(names.len(), answer.lines().count(), "{query}: somebody is there twice: {answer}");
        names
    }

    /// Whom events of this kind are about, each once.
    pub(crate) fn told_of(&self, kind: &str) -> BTreeSet<String> {
        self.names(&format!(
            "select p.user_name from persons p join audit_events e on e.subject = p.id where e.kind = '{kind}'"
        ))
    }

    /// Starts a server, and waits until it says that it is ready.
    pub(crate) fn serve(&self) -> Served {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        self.write("nsis-id.toml", &self.config(port));
        let log = File::options().create(true).append(true).open(self.path("log")).unwrap();
        let mut programme = self.command(&["serve"]);
        let mut child = programme.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let said = child.stdout.take().unwrap();
        let served = Served { child, port };
        let mut first = String::new();
        BufReader::new(said).read_line(&mut first).unwrap();
        assert!(first.starts_with("ready "), "{first}{}", self.log());
        served
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// What runs beside the server and dies with it, and what its success promises. Whatever else must survive that is one
    /// more line here.
    pub(crate) fn beside(&self, round: u32) -> Vec<(Option<Beside>, Child)> {
        let (file, held) = (batch_file(round), name(HELD + round));
        let put = ["hold", "put", &held, "--origin", "security", "--reason", "her laptop was stolen"];
        [
            (Some(Beside::Import), self.command(&["import", &file, "--reason", "a list of HR's"])),
            (Some(Beside::Hold), self.command(&put)),
        ]
        .into_iter()
        .map(|(what, mut command)| {
            (what, command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
        })
        .collect()
    }

    /// Serves until nothing waits for its place in the chain or for the file outside and every letter that is due at once was tried (none is
    /// taken here, and that leaves a row), and stops as told to. What is done
    /// once a day may write a last row while it stops: then it serves again.
    pub(crate) fn settle(&self) {
        let waits = "select count(*) from audit_waiting";
        let lives = (0..5).take_while(|_| {
            self.serve_until_settled();
            self.ask(waits) != "0"
        });
        let what =
            "select group_concat(kind) from audit_events e join audit_waiting w on w.number = e.number";
        assert!(lives.count() < 5, "every life leaves something waiting: {} {}", self.ask(what), self.log());
    }

    fn serve_until_settled(&self) {
        let open = "select (select count(*) from audit_waiting)
            + (select count(*) from outside_records where place is null)
            + (select count(*) from outbox
               where sent_at is null and attempts = 0 and leased_until is null and due_at <= at and not dead)";
        let kept = "select count(*) from outside_records where body like '%\"held\"%'";
        let outside = || fs::read_to_string(self.path("outside/records")).unwrap_or_default();
        let lacks =
            || self.ask(open) != "0" || self.ask(kept) != outside().matches("held").count().to_string();
        self.serve_while(lacks);
    }

    /// Serves as long as something lacks, and stops as told to.
    pub(crate) fn serve_while(&self, lacks: impl Fn() -> bool) {
        let mut served = self.serve();
        let looks = (0..2_000).take_while(|_| lacks()).count();
        assert!(looks < 2_000, "something waits for ever: {}", self.log());
        kill_process(Pid::from_child(&served.child), Signal::TERM).unwrap();
        assert!(served.child.wait().unwrap().success(), "it stops when told to: {}", self.log());
    }
}

pub(crate) fn batch_file(round: u32) -> String {
    format!("batch-{round}.csv")
}

pub(crate) fn psql(address: &str, query: &str) -> Output {
    let tools =
        std::env::var("NSIS_ID_TEST_PG_BIN").expect("the tools: run the tests through scripts/with-postgres");
    Command::new(PathBuf::from(tools).join("psql")).args([address, "-qAt", "-c", query]).output().unwrap()
}

/// What a command that ran beside the server has done once it succeeded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Beside {
    Import,
    Hold,
}

/// A server; killed when the test ends.
pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

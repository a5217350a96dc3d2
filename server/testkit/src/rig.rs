//! A whole house of fakes around a real store.

#[cfg(any(feature = "postgres", feature = "sqlite"))]
use crate::Cookies;
use crate::meanwhile::Meanwhile;
use crate::{
    BrokerSays, CountingHasher, DatabaseClockApart, FewLeaks, FixedClock, OneTerms, PlainCeremonies,
    PlainRing, PlainScribe, PlainSignatures, PlainVault, PostBox, Posted, ScriptedMitid, SeededEntropy,
    StubSaml, Stumbling,
};
use domain::Timestamp;
use domain::evidence::AT_ONCE;
use domain::factor::Models;
use domain::retention::Periods;
use domain::session::SessionTimes;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use usecases::checkpoints::{Apart, Keeping, Refused};
use usecases::context::{Cx, House, Policy, Source};
use usecases::deliver_notices::{Delivered, deliver_notices};
use usecases::outside::Outside;
use usecases::ports::ceremonies::Ceremonies;
use usecases::ports::chance::Clock;
use usecases::ports::checkpoints::CheckpointPlace;
use usecases::ports::oidc::TokenKeyKind;
use usecases::ports::outside::OutsidePlace;
use usecases::ports::people::{Carrier, Hasher};
use usecases::ports::saml::SamlWire;
use usecases::ports::store::Store;
use usecases::ports::vault::{Signatures, Vault};

/// When every test begins: Monday 2 November 2026, nine in the morning in Copenhagen.
pub const MORNING: &str = "2026-11-02T08:00:00Z";

/// A house, with a hand on what its fakes do.
#[derive(Debug)]
pub struct Rig {
    /// The house.
    pub house: Arc<House>,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// The database's clock, which goes with it.
    pub database_clock: Arc<DatabaseClockApart>,
    /// Its hasher.
    pub hasher: Arc<CountingHasher>,
    /// Its broker.
    pub mitid: Arc<ScriptedMitid>,
    /// Its keys.
    pub ring: PlainRing,
    /// Its terms.
    pub terms: Arc<OneTerms>,
    /// Where its mail ends up.
    pub post: PostBox,
    /// Where its SMS end up.
    pub phone: PostBox,
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    cookies: Option<Cookies>,
    #[cfg(feature = "sqlite")]
    folder: Option<tempfile::TempDir>,
    #[cfg(feature = "postgres")]
    url: Option<String>,
}

impl Rig {
    /// Around this store.
    pub fn on(store: Arc<dyn Store>) -> Self {
        Self::with_chance(store, 1)
    }

    fn with_chance(store: Arc<dyn Store>, seed: u64) -> Self {
        let clock = Arc::new(FixedClock::at(MORNING));
        let database_clock = Arc::new(DatabaseClockApart::from(Arc::clone(&clock)));
        let hasher = Arc::new(CountingHasher::default());
        let mitid = Arc::new(ScriptedMitid::default());
        let terms = Arc::new(OneTerms::default());
        let vault = PlainVault::default();
        let ring = vault.ring();
        let house = House {
            store,
            database_clock: database_clock.clone(),
            vault: Arc::new(vault),
            hasher: hasher.clone(),
            leaks: Arc::new(FewLeaks),
            mitid: mitid.clone(),
            register: Arc::new(BrokerSays),
            ceremonies: Arc::new(PlainCeremonies::default()),
            saml: Arc::new(StubSaml),
            oidc: Arc::new(token_wire()),
            terms: terms.clone(),
            clock: clock.clone(),
            entropy: Arc::new(SeededEntropy::new(seed)),
            outside: Arc::new(Outside::nowhere()),
            keeping: Arc::new(keeping(None)),
            policy: policy(),
        };
        Self {
            house: Arc::new(house),
            clock,
            database_clock,
            hasher,
            mitid,
            ring,
            terms,
            post: PostBox::default(),
            phone: PostBox::default(),
            #[cfg(any(feature = "postgres", feature = "sqlite"))]
            cookies: None,
            #[cfg(feature = "sqlite")]
            folder: None,
            #[cfg(feature = "postgres")]
            url: None,
        }
    }

    /// Around an SQLite file of its own, which goes with it.
    #[cfg(feature = "sqlite")]
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = storage_sqlite::SqliteStore::open(&folder.path().join("test.db")).await.expect("a file");
        store.migrate().await.expect("tables");
        let rig = Self::on(Arc::new(store.clone()));
        let cookies = Cookies::of(store.browser_sessions(rig.clock.clone()));
        Self { folder: Some(folder), cookies: Some(cookies), ..rig }
    }

    /// Around a PostgreSQL database of its own, on the server `scripts/with-postgres` starts; gone with that server.
    #[cfg(feature = "postgres")]
    pub async fn on_postgres() -> Self {
        let url = fresh_database().await;
        let store = storage_postgres::PostgresStore::connect(&url).await.expect("a database");
        store.migrate().await.expect("tables");
        let rig = Self::on(Arc::new(store.clone()));
        let cookies = Cookies::of(store.browser_sessions(rig.clock.clone()));
        Self { url: Some(url), cookies: Some(cookies), ..rig }
    }

    /// Which kind of database it stands on, in a figure's name.
    #[cfg(feature = "postgres")]
    pub fn database(&self) -> &'static str {
        if self.url.is_some() { "postgres" } else { "sqlite" }
    }

    /// What browsers carry, kept in this database; for a rig that made it.
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    pub fn cookies(&self) -> Cookies {
        self.cookies.clone().expect("a rig with a database of its own")
    }

    /// A backup of what is in the database now, restored: the same kind of database, opened beside this one. People's keys are
    /// not in it: they stay where they are.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub async fn backup(&self) -> Arc<dyn Store> {
        let Some(url) = &self.url else {
            let copy = self.file().with_extension(format!("{}.db", self.copies()));
            self.tamper(&format!("vacuum into '{}'", copy.display())).await;
            return Arc::new(
                storage_sqlite::SqliteStore::open_with(&copy, &self.key_file()).await.expect("a copy"),
            );
        };
        let copy = database_like("template1").await;
        let tool = |name: &str| {
            let bin = std::env::var("NSIS_ID_TEST_PG_BIN").expect("the tools of scripts/with-postgres");
            std::process::Command::new(std::path::Path::new(&bin).join(name))
        };
        let dump = tool("pg_dump").args(["--exclude-schema", KEYS]).arg(url).output().expect("a dump");
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &dump.stdout).expect("a file");
        let read =
            tool("psql").args(["-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(file.path()).arg(&copy).output();
        assert!(dump.status.success() && read.expect("psql").status.success(), "a backup");
        Arc::new(storage_postgres::PostgresStore::connect_with(&copy, url).await.expect("a copy"))
    }

    /// Whether these bytes stand anywhere in the database: in the file itself with its free pages, or in a dump of it. Where
    /// people's keys lie is another place: [`Rig::keys_hold`].
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub async fn holds(&self, value: &[u8]) -> bool {
        let Some(url) = &self.url else {
            self.tamper("pragma wal_checkpoint(truncate)").await;
            return stands(&std::fs::read(self.file()).expect("the file"), value);
        };
        dump_holds(url, &["--exclude-schema", KEYS], value)
    }

    /// Whether these bytes stand anywhere where people's own keys of the trail lie, the file's log included.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub fn keys_hold(&self, value: &[u8]) -> bool {
        let Some(url) = &self.url else {
            let file = self.key_file();
            let log = std::path::PathBuf::from(format!("{}-wal", file.display()));
            return [file, log].iter().any(|it| std::fs::read(it).is_ok_and(|all| stands(&all, value)));
        };
        dump_holds(url, &["--schema", KEYS], value)
    }

    /// The file people's own keys of the trail lie in.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    fn key_file(&self) -> std::path::PathBuf {
        storage_sqlite::SqliteStore::beside(&self.file())
    }

    /// Loses every person's key of the trail, as when an older copy of the keys was put back. What runs may remember some of
    /// them for a few seconds; a [`Rig::twin`] knows none.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub async fn lose_keys(&self) {
        use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
        if self.url.is_some() {
            return self.as_owner("delete from person_keys.trail_keys").await;
        }
        let keys = SqliteConnectOptions::new().filename(self.key_file());
        let mut keys = keys.connect().await.expect("a connection");
        sqlx::raw_sql("delete from trail_keys").execute(&mut keys).await.expect("a table");
    }

    /// How many files lie in the rig's folder: a name for the next one.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    fn copies(&self) -> usize {
        let folder = self.folder.as_ref().expect("a rig on SQLite");
        std::fs::read_dir(folder.path()).expect("a folder").count()
    }

    /// A second instance beside this one: the same database, all else of its own.
    #[cfg(feature = "sqlite")]
    pub async fn twin(&self) -> Self {
        #[cfg(feature = "postgres")]
        if let Some(url) = &self.url {
            let store = storage_postgres::PostgresStore::connect(url).await.expect("the same database");
            return Self { url: Some(url.clone()), ..Self::with_chance(Arc::new(store), 2) };
        }
        let store = storage_sqlite::SqliteStore::open(&self.file()).await.expect("the same file");
        Self::with_chance(Arc::new(store), 2)
    }

    /// The SQLite file, for a test that does what the store forbids.
    #[cfg(feature = "sqlite")]
    pub fn file(&self) -> std::path::PathBuf {
        self.folder.as_ref().expect("a rig on SQLite").path().join("test.db")
    }

    /// Does to the file what only its owner can, past everything the store forbids.
    #[cfg(feature = "sqlite")]
    pub async fn tamper(&self, sql: &str) {
        self.try_tamper(sql).await.expect("statements that run");
    }

    /// Runs statements as the database's owner, past everything the store forbids, on whichever database it is.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub async fn as_owner(&self, sql: &str) {
        use sqlx::Connection as _;
        let Some(url) = &self.url else { return self.tamper(sql).await };
        let mut owner = sqlx::PgConnection::connect(url).await.expect("the same database");
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        sqlx::raw_sql(sql).execute(&mut owner).await.expect("statements that run");
    }

    /// Takes away what keeps the trail append-only, as its owner can.
    #[cfg(all(feature = "postgres", feature = "sqlite"))]
    pub async fn unguard_the_trail(&self) {
        let guards = [
            ("audit_events_stay", "audit_events"),
            ("audit_events_last", "audit_events"),
            ("audit_chain_stays", "audit_chain"),
            ("audit_chain_lasts", "audit_chain"),
            ("audit_expired_new", "audit_expired"),
            ("audit_expired_stays", "audit_expired"),
            ("audit_expired_lasts", "audit_expired"),
            ("audit_checkpoints_stay", "audit_checkpoints"),
            ("audit_checkpoints_last", "audit_checkpoints"),
        ];
        for (guard, table) in guards {
            let on = if self.url.is_some() { format!(" on {table}") } else { String::new() };
            self.as_owner(&format!("drop trigger {guard}{on}")).await;
        }
    }

    /// The same, where the file may refuse.
    #[cfg(feature = "sqlite")]
    pub async fn try_tamper(&self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        sqlx::raw_sql(sql).execute(&mut self.owner().await).await.map(drop)
    }

    /// The single number a query gives.
    #[cfg(feature = "sqlite")]
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        #[cfg(feature = "postgres")]
        if let Some(url) = &self.url {
            use sqlx::Connection as _;
            let mut owner = sqlx::PgConnection::connect(url).await.expect("the same database");
            return sqlx::query_scalar(sql).fetch_one(&mut owner).await.expect("a number");
        }
        sqlx::query_scalar(sql).fetch_one(&mut self.owner().await).await.expect("a number")
    }

    #[cfg(feature = "sqlite")]
    async fn owner(&self) -> sqlx::SqliteConnection {
        use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
        SqliteConnectOptions::new().filename(self.file()).connect().await.expect("a connection")
    }

    /// The same house on another clock, and with passwords hashed by another: for what takes real time.
    pub fn house_on(&self, clock: Arc<dyn Clock>, hasher: Arc<dyn Hasher>) -> Arc<House> {
        Arc::new(House { hasher, clock, ..self.parts() })
    }

    /// The same, with what it does also kept at this place; nothing is issued before the two were compared.
    #[must_use]
    pub fn keeping(self, place: Arc<dyn OutsidePlace>) -> Self {
        let house = House { outside: Arc::new(Outside::at(place)), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same fakes around another store, as when a backup was put in the place of the database.
    #[must_use]
    pub fn moved_to(self, store: Arc<dyn Store>, place: Arc<dyn OutsidePlace>) -> Self {
        let keeping = Arc::new(keeping(self.house.keeping.place.clone()));
        let house = House { store, outside: Arc::new(Outside::at(place)), keeping, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, with checkpoints of its trail kept at this place.
    #[must_use]
    pub fn with_checkpoints(self, place: Arc<dyn CheckpointPlace>) -> Self {
        let house = House { keeping: Arc::new(keeping(Some(place))), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, with these keys.
    #[must_use]
    pub fn under(self, vault: Arc<dyn Vault>, signatures: Arc<dyn Signatures>) -> Self {
        let keeping = Keeping { signatures, ..keeping(self.house.keeping.place.clone()) };
        let house = House { vault, keeping: Arc::new(keeping), ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where the municipality has nobody who carries SMS.
    #[must_use]
    pub fn without_texts(self) -> Self {
        let policy = Policy { texts: false, ..self.house.policy.clone() };
        let house = House { policy, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, whose SQLite file is `test.db` in this folder, which lasts as long as the rig.
    #[cfg(feature = "sqlite")]
    #[must_use]
    pub fn in_folder(self, folder: tempfile::TempDir) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// The same, where an export that reads more than so many places is ordered.
    #[must_use]
    pub fn reading_at_once(self, places: u64) -> Self {
        let policy = Policy { exports_at_once: places, ..self.house.policy.clone() };
        let house = House { policy, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where this is known and decided of models.
    #[must_use]
    pub fn knowing(self, models: Models) -> Self {
        let policy = Policy { models, ..self.house.policy.clone() };
        let house = House { policy, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, where these ask and verify: for a test of what really does.
    #[must_use]
    pub fn with_keys(self, ceremonies: Arc<dyn Ceremonies>) -> Self {
        let house = House { ceremonies, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    /// The same, speaking SAML by this wire: for a test of what really comes and goes.
    #[must_use]
    pub fn with_saml(self, saml: Arc<dyn SamlWire>) -> Self {
        let house = House { saml, ..self.parts() };
        Self { house: Arc::new(house), ..self }
    }

    fn parts(&self) -> House {
        let house = &self.house;
        House {
            store: house.store.clone(),
            database_clock: house.database_clock.clone(),
            vault: house.vault.clone(),
            hasher: house.hasher.clone(),
            leaks: house.leaks.clone(),
            mitid: house.mitid.clone(),
            register: house.register.clone(),
            ceremonies: house.ceremonies.clone(),
            saml: house.saml.clone(),
            oidc: house.oidc.clone(),
            terms: house.terms.clone(),
            clock: house.clock.clone(),
            entropy: house.entropy.clone(),
            outside: house.outside.clone(),
            keeping: house.keeping.clone(),
            policy: house.policy.clone(),
        }
    }

    /// A request of the n-th browser, now.
    pub fn browser(&self, n: u128) -> Cx {
        let source =
            Source { address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), agent: "Firefox, Linux".into() };
        Cx::new(Arc::clone(&self.house), source, uuid::Uuid::from_u128(n).into()).expect("chance")
    }

    /// A request, now.
    pub fn cx(&self) -> Cx {
        self.browser(1)
    }

    /// A request, now, to the same house; its store and ring fail for ever after so many steps, as if the power went.
    pub fn stumbling(&self, steps: u32) -> (Cx, Stumbling) {
        let legs = Stumbling::after(steps, Arc::clone(&self.house.store), self.ring.clone());
        let house = House { store: Arc::new(legs.clone()), ..self.parts() };
        (Cx { house: Arc::new(house), ..self.cx() }, legs)
    }

    /// A request of the n-th browser, now, in the midst of which this is done: just before it begins that transaction.
    pub fn meanwhile(
        &self,
        browser: u128,
        before: &'static str,
        deed: impl Future<Output = ()> + Send + 'static,
    ) -> Cx {
        let store = Arc::new(Meanwhile::new(Arc::clone(&self.house.store), before, deed));
        let house = House { store, ..self.parts() };
        Cx { house: Arc::new(house), ..self.browser(browser) }
    }

    /// Sends what is due.
    pub async fn deliver(&self) -> Delivered {
        let letters = self.deliver_by(Carrier::Post(&self.post)).await;
        let texts = self.deliver_by(Carrier::Texts(&self.phone)).await;
        Delivered {
            sent: letters.sent + texts.sent,
            failed: letters.failed + texts.failed,
            dead: letters.dead + texts.dead,
            dropped: letters.dropped + texts.dropped,
        }
    }

    async fn deliver_by(&self, by: Carrier<'_>) -> Delivered {
        deliver_notices(&self.house, by, &PlainScribe, 100).await.expect("a store")
    }

    /// Sends what is due and takes the SMS.
    pub async fn sms(&self) -> Vec<Posted> {
        self.deliver().await;
        self.phone.empty()
    }

    /// Sends what is due and takes it out of the box.
    pub async fn letters(&self) -> Vec<Posted> {
        self.deliver().await;
        self.post.empty()
    }
}

/// The real wire of OpenID Connect, with one key for ES256: to draw it takes no time. Certificates count, of no authority.
fn token_wire() -> oidc::Wire {
    let certificates = oidc::Certificates::new(&[], None).expect("no authority");
    let wire = oidc::Wire::new(&policy().public_url).with_certificates(certificates);
    let kind = TokenKeyKind::P256;
    let private = oidc::keys::new_key(kind).expect("a key");
    let key = oidc::OwnKey {
        id: uuid::Uuid::from_u128(1).into(),
        kind,
        private,
        signs_from: Timestamp::UNIX_EPOCH,
    };
    wire.take_up(&[key]).expect("a key");
    wire
}

/// The schema people's own keys of the trail lie in.
#[cfg(all(feature = "postgres", feature = "sqlite"))]
const KEYS: &str = "person_keys";

#[cfg(all(feature = "postgres", feature = "sqlite"))]
fn stands(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|it| it == part)
}

/// Whether these bytes stand in a dump of some of a database.
#[cfg(all(feature = "postgres", feature = "sqlite"))]
fn dump_holds(url: &str, some: &[&str], value: &[u8]) -> bool {
    let bin = std::env::var("NSIS_ID_TEST_PG_BIN").expect("the tools of scripts/with-postgres");
    let mut dump = std::process::Command::new(std::path::Path::new(&bin).join("pg_dump"));
    let dump = dump.args(some).arg(url).output().expect("a dump").stdout;
    let hex = value.iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    stands(&dump, value) || stands(&dump, hex.as_bytes())
}

/// A PostgreSQL database of its own, with every table and nothing in them; gives its address.
///
/// # Panics
/// Without the server that `scripts/with-postgres` starts.
#[cfg(feature = "postgres")]
pub async fn fresh_database() -> String {
    use sqlx::Connection as _;
    let server = postgres_server();
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("a server");
    pattern(&mut connection, &server).await;
    database_like(PATTERN).await
}

#[cfg(feature = "postgres")]
fn postgres_server() -> String {
    std::env::var("NSIS_ID_TEST_PG").expect("a server: run the tests through scripts/with-postgres")
}

/// One with what is in another.
#[cfg(feature = "postgres")]
async fn database_like(template: &str) -> String {
    use sqlx::Connection as _;
    use std::sync::atomic::{AtomicU32, Ordering};
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = postgres_server();
    let name = format!("rig_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("a server");
    let create = sqlx::AssertSqlSafe(format!("create database {name} template {template}"));
    sqlx::raw_sql(create).execute(&mut connection).await.expect("a database");
    server.replace("/postgres?", &format!("/{name}?"))
}

/// The database that others are copied from.
#[cfg(feature = "postgres")]
const PATTERN: &str = "rig_pattern";

/// Sees to it that the database others are copied from is there: to bring each of them up to date by itself costs more than
/// most tests do. Whoever comes first makes it, in whichever process.
#[cfg(feature = "postgres")]
async fn pattern(connection: &mut sqlx::PgConnection, server: &str) {
    let run = async |connection: &mut sqlx::PgConnection, sql: &'static str| {
        sqlx::raw_sql(sql).execute(connection).await.expect("a server that does as it is told");
    };
    run(connection, "select pg_advisory_lock(1)").await;
    let there = "select exists (select 1 from pg_database where datname = 'rig_pattern')";
    if !sqlx::query_scalar::<_, bool>(there).fetch_one(&mut *connection).await.expect("a yes or no") {
        run(connection, "drop database if exists rig_begun").await;
        run(connection, "create database rig_begun").await;
        let begun = server.replace("/postgres?", "/rig_begun?");
        let store = storage_postgres::PostgresStore::connect(&begun).await.expect("a database");
        store.migrate().await.expect("migrations");
        store.close().await;
        run(connection, "alter database rig_begun rename to rig_pattern").await;
    }
    run(connection, "select pg_advisory_unlock(1)").await;
}

/// A run of the programme like no other in this process.
fn keeping(place: Option<Arc<dyn CheckpointPlace>>) -> Keeping {
    use std::sync::atomic::{AtomicU64, Ordering};
    static RUNS: AtomicU64 = AtomicU64::new(1);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    Keeping {
        instance: uuid::Uuid::from_u64_pair(u64::from(std::process::id()), run).into(),
        place,
        heralds: Vec::new(),
        signatures: Arc::new(PlainSignatures),
        apart: Apart::default(),
        refused: Refused::default(),
    }
}

/// What the municipality of the tests decided.
pub fn policy() -> Policy {
    Policy {
        municipality: "Nordby Kommune".into(),
        phone: "70 00 00 00".into(),
        public_url: "https://login.nordby.example".into(),
        organisation_mail: Some("it@nordby.example".into()),
        session: SessionTimes::default(),
        own_networks: vec![IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1))],
        words: vec!["nordby".into()],
        models: Models::default(),
        texts: true,
        retention: Periods::default(),
        exports_at_once: AT_ONCE,
        pilot: false,
    }
}

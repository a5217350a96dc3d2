//! `demo`: everything on this machine, with people who do not exist.

mod crowd;
mod sample_service;

use crate::cli::DemoArgs;
use crate::config::{Municipality, Passkeys};
use crate::fault::CommandFault;
use crate::wiring::{self, Installation, Plan};
use crate::{background, operator, say};
use domain::retention::Periods;
use keys::KekSource;
use mitid::{BrokerProfile, Client, Environment};
use outbox::{FolderPost, FolderTexts};
use simulator::{DemoOnly, SamplePerson, Simulator};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use text::Say;
use usecases::Operator;
use usecases::import_employees::{ImportOptions, import_employees};
use usecases::ports::store::Stamp;

/// HR's feed of the demo: replacement numbers, addresses below `.test`.
const FEED: &str = include_str!("demo/hr.csv");

/// The same people for the simulator's picker: name, number and what each is an example of.
const PEOPLE: &[(&str, &str, Say)] = &[
    (
        "Maja Holm",
        "6101900001",
        Say::new("Ny i hjemmeplejen. Står i HR's liste.", "New in home care. On HR's list."),
    ),
    ("Ali Demir", "6202850002", Say::new("Ny pædagog. Står i HR's liste.", "New child carer. On HR's list.")),
    (
        "Freja Lund",
        "6303920003",
        Say::new("Ny i it-afdelingen. Står i HR's liste.", "New in IT. On HR's list."),
    ),
    ("Jens Friis", "6404780004", Say::new("Vikar. Står i HR's liste.", "Temporary. On HR's list.")),
    ("Sofie Krogh", "6505880005", Say::new("Studerende. Står i HR's liste.", "A student. On HR's list.")),
    ("Ukendt Person", "6606700006", Say::new("Står ikke i HR's liste.", "Not on HR's list.")),
];

/// Where the sample service stands.
const SERVICE: &str = "/simulator/tjeneste";

/// The simulator's profile.
const BROKER: &str = "simulator";
const CLIENT: &str = "nsis-id-demo";
const SECRET: &str = "only-the-simulator-believes-this-secret";

/// Shows everything, until it is told to stop.
pub(crate) async fn demo(args: DemoArgs) -> Result<ExitCode, CommandFault> {
    if !args.listen.ip().is_loopback() {
        return Err(CommandFault::refused("the demo listens on loopback addresses only"));
    }
    fs::create_dir_all(&args.data).map_err(CommandFault::during("making the demo's folder"))?;
    // The port must be known before anything names it: with port 0 the system chooses one.
    let listener =
        tokio::net::TcpListener::bind(args.listen).await.map_err(CommandFault::during("listening"))?;
    let port = listener.local_addr().map_err(CommandFault::during("listening"))?.port();
    let place = Place { port, database: args.database.clone(), texts: args.texts.clone() };
    place.keep(&args.data)?;
    let plan = Plan { passkeys: passkeys(&args)?, ..plan(&args.data)? };
    fs::create_dir_all(args.data.join("outside"))
        .map_err(CommandFault::during("making the folder outside"))?;
    let installation = wiring::create(plan).await?;
    installation.vault.look_now_and_then(Arc::clone(&installation.house.clock));
    super::recover::compare(&installation).await?;
    installation.meet_keys(Some(&demonstrator()?)).await?;
    installation.make_token_keys(Some(&demonstrator()?), false).await?;
    import_feed(&installation, args.people).await?;
    let mail = args.mail_dir.clone().unwrap_or_else(|| args.data.join("mail"));
    fs::create_dir_all(&mail).map_err(CommandFault::during("making the mail folder"))?;
    let site = installation.database.router(installation.edge(), Arc::clone(&installation.house.clock));
    let router = site
        .nest("/simulator/op", simulator(&installation, args.people)?)
        .nest(SERVICE, sample_service::connect(&installation, &args.data).await?);
    let texts = Arc::new(FolderTexts::new(&args.data.join("sms")));
    let letters = Arc::new(FolderPost::new(&mail));
    let work = background::start(&installation, letters, texts, background::line(&installation)?);
    welcome(&installation.plan.public_url, &mail);
    background::serve(listener, router).await?;
    work.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// What is decided of models; nothing where no file says it.
fn passkeys(args: &DemoArgs) -> Result<Passkeys, CommandFault> {
    let Some(path) = &args.passkeys else { return Ok(Passkeys::default()) };
    let text =
        fs::read_to_string(path).map_err(CommandFault::during("reading what is decided of passkeys"))?;
    toml::from_str(&text).map_err(|error| CommandFault::refused(format!("{}: {error}", path.display())))
}

/// What a later command must know of a demo.
struct Place {
    port: u16,
    database: Option<String>,
    texts: Option<std::path::PathBuf>,
}

const PLACE: &str = "demo.place";

impl Place {
    fn keep(&self, folder: &Path) -> Result<(), CommandFault> {
        let database = self.database.clone().unwrap_or_default();
        let texts = self.texts.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        let text = format!("{}\n{database}\n{texts}\n", self.port);
        fs::write(folder.join(PLACE), text).map_err(CommandFault::during("noting the demo's place"))
    }

    fn read(folder: &Path) -> Result<Self, CommandFault> {
        let none = || CommandFault::refused(format!("there is no demo in {}", folder.display()));
        let text = fs::read_to_string(folder.join(PLACE)).map_err(|_| none())?;
        let mut lines = text.lines();
        let port = lines.next().and_then(|line| line.parse().ok()).ok_or_else(none)?;
        let mut next = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
        Ok(Self { port, database: next(), texts: next().map(Into::into) })
    }
}

/// The demo in a folder, as every command sees it.
pub(super) fn plan(folder: &Path) -> Result<Plan, CommandFault> {
    let place = Place::read(folder)?;
    let public_url = format!("http://localhost:{}", place.port);
    let way_back = http_edge::way_back(&public_url, BROKER);
    let client = Client { id: CLIENT, secret: SECRET, redirect_uri: &way_back };
    let issuer = format!("{public_url}/simulator/op");
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo)
        .map_err(CommandFault::during("finding the key"))?;
    Ok(Plan {
        stamp: Stamp::Demo,
        sms: None,
        municipality: Municipality {
            name: "Eksempel Kommune".to_owned(),
            cvr: "29189897".to_owned(),
            phone: "70 00 00 00".to_owned(),
            mail: "servicedesk@eksempel.test".to_owned(),
            phone_hours: ["alle dage, døgnet rundt".to_owned(), "every day, round the clock".to_owned()],
            accessibility_statement: None,
            notices_to: Some("hr@eksempel.test".to_owned()),
            addresses: Vec::new(),
            words: vec!["eksempel".to_owned()],
        },
        outages: Vec::new(),
        person_keys: None,
        database: place.database.unwrap_or_else(|| format!("sqlite:{}", folder.join("nsis-id.db").display())),
        kek,
        ring: folder.join("keys.toml"),
        brokers: vec![BrokerProfile::neb(BROKER, Environment::Test, &issuer, client)],
        entity_id: format!("{public_url}/saml/metadata"),
        public_url,
        texts: place.texts,
        test_results: None,
        accept_terms_by: None,
        retention: Periods::default(),
        proxies: Vec::new(),
        client_certificates: None,
        passkeys: Passkeys::default(),
        outside: Some(folder.join("outside").join("records")),
        checkpoints: Some(folder.join("outside").join("records.checkpoints")),
        syslog: None,
        stamps: None,
    })
}

/// Who does what the demo does by itself.
fn demonstrator() -> Result<Operator, CommandFault> {
    Ok(Operator { name: "demo".to_owned(), ..operator::at_the_command_line("the demo was started")? })
}

async fn import_feed(installation: &Installation, crowd: u32) -> Result<(), CommandFault> {
    let text = FEED.to_owned() + &crowd::people(crowd).map(crowd::Extra::line).collect::<String>();
    let feed = directory::read(text.as_bytes()).map_err(CommandFault::during("reading the sample feed"))?;
    let options = ImportOptions { by: demonstrator()?, source: "sample".to_owned(), confirmed: false };
    let done = import_employees(&installation.operator()?, feed, options).await;
    done.map(drop).map_err(CommandFault::during("importing the sample feed"))
}

fn simulator(installation: &Installation, crowd: u32) -> Result<axum::Router, CommandFault> {
    let permit = permit(installation)?;
    let people = PEOPLE
        .iter()
        .map(|(name, cpr, note)| SamplePerson::new(name, cpr, *note))
        .chain(crowd::people(crowd).map(crowd::Extra::sample))
        .collect::<Result<Vec<_>, _>>();
    let config = simulator::Config {
        issuer: format!("{}/simulator/op", installation.plan.public_url),
        client_id: CLIENT.to_owned(),
        client_secret: SECRET.to_owned(),
        redirect_uri: http_edge::way_back(&installation.plan.public_url, BROKER),
        people: people.map_err(CommandFault::during("choosing sample people"))?,
        clock: Arc::clone(&installation.house.clock),
        entropy: Arc::clone(&installation.house.entropy),
    };
    Simulator::router(permit, config).map_err(CommandFault::during("making the simulator"))
}

fn permit(installation: &Installation) -> Result<DemoOnly, CommandFault> {
    DemoOnly::of(installation.plan.stamp).ok_or_else(|| CommandFault::refused("not a demo"))
}

fn welcome(url: &str, mail: &Path) {
    say(&format!("ready {url}"));
    say("");
    say("  This is a demonstration: nobody here exists, and no level is real.");
    say(&format!("  1. Maja Holm is new today. Open her welcome letter in {}", mail.display()));
    say("     and follow its link: terms, MitID (the simulator), password, authenticator app.");
    say(&format!("  2. Then be maja.holm at a service that trusts her login: {url}{SERVICE}"));
    say(&format!("     or in her own portal: {url}/log-ind"));
    say("");
    say("  Stop with Ctrl-C. Everything is kept until you delete the folder.");
}

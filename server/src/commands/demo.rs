//! `demo`: everything on this machine, with people who do not exist.

use crate::cli::DemoArgs;
use crate::config::Municipality;
use crate::fault::CommandFault;
use crate::wiring::{self, Installation, Plan};
use crate::{background, operator, say};
use keys::KekSource;
use mitid::{BrokerProfile, Client, Environment};
use outbox::FolderPost;
use simulator::{DemoOnly, SamplePerson, Simulator};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use usecases::Operator;
use usecases::import_employees::{ImportOptions, import_employees};
use usecases::ports::store::Stamp;

/// HR's feed of the demo: replacement numbers, addresses below `.test`.
const FEED: &str = include_str!("demo/hr.csv");

/// The same people for the simulator's picker: name, number and what each is an example of.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("Maja Holm", "6101900001", "Ny i hjemmeplejen. Står i HR's liste."),
    ("Ali Demir", "6202850002", "Ny pædagog. Står i HR's liste."),
    ("Freja Lund", "6303920003", "Ny i it-afdelingen. Står i HR's liste."),
    ("Jens Friis", "6404780004", "Vikar. Står i HR's liste."),
    ("Sofie Krogh", "6505880005", "Studerende. Står i HR's liste."),
    ("Ukendt Person", "6606700006", "Står ikke i HR's liste."),
];

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
    let plan = plan(&args.data)?;
    wiring::create_keys(&plan).await?;
    let installation = wiring::open(plan).await?;
    installation.meet_keys(Some(&demonstrator()?)).await?;
    import_feed(&installation).await?;
    let mail = args.mail_dir.clone().unwrap_or_else(|| args.data.join("mail"));
    fs::create_dir_all(&mail).map_err(CommandFault::during("making the mail folder"))?;
    let site = installation.database.router(installation.edge(), Arc::clone(&installation.house.clock));
    let router = site.nest("/simulator/op", simulator(&installation)?);
    let work = background::start(&installation, Arc::new(FolderPost::new(&mail)));
    welcome(&installation.plan.public_url, &mail);
    background::serve(listener, router).await?;
    work.stop().await;
    Ok(ExitCode::SUCCESS)
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
    let client = Client { id: CLIENT, secret: SECRET, redirect_uri: &format!("{public_url}/mitid/tilbage") };
    let issuer = format!("{public_url}/simulator/op");
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo)
        .map_err(CommandFault::during("finding the key"))?;
    Ok(Plan {
        stamp: Stamp::Demo,
        municipality: Municipality {
            name: "Eksempel Kommune".to_owned(),
            cvr: "29189897".to_owned(),
            phone: "70 00 00 00".to_owned(),
            mail: "servicedesk@eksempel.test".to_owned(),
            phone_hours: ["alle dage, døgnet rundt".to_owned(), "every day, round the clock".to_owned()],
            notices_to: Some("hr@eksempel.test".to_owned()),
            words: vec!["eksempel".to_owned()],
        },
        database: place.database.unwrap_or_else(|| format!("sqlite:{}", folder.join("nsis-id.db").display())),
        kek,
        ring: folder.join("keys.toml"),
        brokers: vec![BrokerProfile::neb("simulator", Environment::Test, &issuer, client)],
        entity_id: format!("{public_url}/saml/metadata"),
        public_url,
        texts: place.texts,
        proxies: Vec::new(),
    })
}

/// Who does what the demo does by itself.
fn demonstrator() -> Result<Operator, CommandFault> {
    Ok(Operator { name: "demo".to_owned(), ..operator::at_the_command_line("the demo was started")? })
}

async fn import_feed(installation: &Installation) -> Result<(), CommandFault> {
    let feed = directory::read(FEED.as_bytes()).map_err(CommandFault::during("reading the sample feed"))?;
    let options = ImportOptions { by: demonstrator()?, source: "sample".to_owned(), confirmed: false };
    let done = import_employees(&installation.operator()?, feed, options).await;
    done.map(drop).map_err(CommandFault::during("importing the sample feed"))
}

fn simulator(installation: &Installation) -> Result<axum::Router, CommandFault> {
    let permit = DemoOnly::of(installation.plan.stamp).ok_or_else(|| CommandFault::refused("not a demo"))?;
    let people = PEOPLE
        .iter()
        .map(|(name, cpr, note)| SamplePerson::new(name, cpr, note))
        .collect::<Result<Vec<_>, _>>();
    let config = simulator::Config {
        issuer: format!("{}/simulator/op", installation.plan.public_url),
        client_id: CLIENT.to_owned(),
        client_secret: SECRET.to_owned(),
        redirect_uri: format!("{}/mitid/tilbage", installation.plan.public_url),
        people: people.map_err(CommandFault::during("choosing sample people"))?,
        clock: Arc::clone(&installation.house.clock),
        entropy: Arc::clone(&installation.house.entropy),
    };
    Simulator::router(permit, config).map_err(CommandFault::during("making the simulator"))
}

fn welcome(url: &str, mail: &Path) {
    say(&format!("ready {url}"));
    say("");
    say("  This is a demonstration: nobody here exists, and no level is real.");
    say(&format!("  1. Maja Holm is new today. Open her welcome letter in {}", mail.display()));
    say("     and follow its link: terms, MitID (the simulator), password, authenticator app.");
    say(&format!("  2. Then log in as maja.holm at {url}/log-ind"));
    say("");
    say("  Stop with Ctrl-C. Everything is kept until you delete the folder.");
}

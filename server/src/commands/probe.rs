//! `probe run`, `probe report`: for another machine, by a timer. Needs neither configuration nor keys. `probe hand-in`: at the
//! house itself, what the other machine wrote.

mod knock;

use crate::cli::Where;
use crate::fault::CommandFault;
use crate::probe::{HEAD, Seen, csv, figures, json, name};
use crate::{operator, say, tell, wiring};
use domain::evidence::{Measured, Probe};
use domain::suspension::Door;
use domain::{Date, Timestamp};
use knock::{Knocks, knock};
use reqwest::{Client, StatusCode, redirect::Policy};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::Instant;
use usecases::hand_in_probes::{MOST_DAYS, hand_in_probes};

/// The largest file that is handed in, in bytes: half a year of a probe a minute.
const LARGEST: u64 = 64 * 1024 * 1024;
/// What takes longer does not work.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where each door stands, and what is there when it does.
fn door(door: Door) -> (&'static str, StatusCode, &'static str) {
    match door {
        // Without a session it leads to the other doors.
        Door::Session => ("/spaer/nu", StatusCode::SEE_OTHER, ""),
        Door::Mitid => ("/spaer", StatusCode::OK, "/handling/spaer-mitid"),
        Door::Code => ("/spaer/kode", StatusCode::OK, "/handling/spaer-kode"),
        // No such letter was ever sent.
        Door::Notice => ("/var-det-dig/probe", StatusCode::GONE, ""),
        Door::Password => ("/spaer/adgangskode", StatusCode::OK, "/handling/spaer-adgangskode"),
    }
}

/// Asks each door once and writes a line for each; exit code 3 when one does not work.
pub(crate) async fn run(url: &str, to: &Path) -> Result<ExitCode, CommandFault> {
    let url = url.trim_end_matches('/');
    #[expect(
        clippy::disallowed_methods,
        reason = "what is probed is another machine: bounded, and led nowhere else"
    )]
    let client = Client::builder()
        .timeout(PATIENCE)
        .redirect(Policy::none())
        .user_agent(concat!("nsis-id-probe/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(CommandFault::during("preparing to ask"))?;
    let health = health(&client, url).await;
    let at: Timestamp = wiring::chance().0.now();
    let mut knocks = Knocks::beside(to);
    let mut all = Vec::new();
    for door in Door::ALL {
        let (page, millis) = ask(&client, url, door).await;
        let why = match page.and_then(|()| says_itself(&health, door)) {
            Ok(()) => knock(&client, url, (door, at), &mut knocks).await.err(),
            Err(why) => Some(why),
        };
        all.push(Seen { at, door, millis, why });
    }
    append(to, &all)?;
    knocks.keep()?;
    for seen in &all {
        match &seen.why {
            None => say(&format!("{} works ({} ms)", name(seen.door), seen.millis)),
            Some(why) => tell(&format!("{} DOES NOT WORK: {why}", name(seen.door))),
        }
    }
    Ok(if all.iter().all(|seen| seen.why.is_none()) { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// Whether its page is there, and how many milliseconds it took.
async fn ask(client: &Client, url: &str, which: Door) -> (Result<(), String>, u64) {
    let (path, status, holds) = door(which);
    let begun = Instant::now();
    let page = fetch(client, &format!("{url}{path}")).await;
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let seen = match page {
        Err(why) => Err(why),
        Ok((said, _)) if said != status => Err(format!("status {}", said.as_u16())),
        Ok((_, body)) if !body.contains(holds) => Err("another page".to_owned()),
        Ok(_) => Ok(()),
    };
    (seen, millis)
}

/// Whether the door says of itself that it works.
fn says_itself(health: &Result<BTreeMap<String, String>, String>, which: Door) -> Result<(), String> {
    let lines = health.as_ref().map_err(|why| format!("health: {why}"))?;
    match lines.get(name(which)).map(String::as_str) {
        Some("ok") => Ok(()),
        Some(said) => Err(said.to_owned()),
        None => Err("health: says nothing".to_owned()),
    }
}

/// What each door says of itself, by name.
async fn health(client: &Client, url: &str) -> Result<BTreeMap<String, String>, String> {
    let (_, body) = fetch(client, &format!("{url}/spaer/helbred")).await?;
    let lines = body.lines().filter_map(|line| line.split_once(' '));
    Ok(lines.map(|(door, said)| (door.to_owned(), said.to_owned())).collect())
}

async fn fetch(client: &Client, address: &str) -> Result<(StatusCode, String), String> {
    let response = client.get(address).send().await.map_err(|error| said(&error))?;
    let status = response.status();
    Ok((status, response.text().await.map_err(|error| said(&error))?))
}

/// Why nothing came, without an address.
fn said(error: &reqwest::Error) -> String {
    (if error.is_timeout() { "no answer in time" } else { "unreachable" }).to_owned()
}

fn append(to: &Path, all: &[Seen]) -> Result<(), CommandFault> {
    let writing = "writing the figures";
    let mut file =
        OpenOptions::new().append(true).create(true).open(to).map_err(CommandFault::during(writing))?;
    let new = file.metadata().map_err(CommandFault::during(writing))?.len() == 0;
    let head = if new { format!("{HEAD}\n") } else { String::new() };
    let text = all.iter().fold(head, |text, seen| text + &seen.line() + "\n");
    file.write_all(text.as_bytes()).map_err(CommandFault::during(writing))
}

/// What a period's probes say, for an auditor; exit code 2 when lines could not be read.
pub(crate) fn report(file: &Path, from: Date, to: Date, as_json: bool) -> Result<ExitCode, CommandFault> {
    let text = std::fs::read_to_string(file).map_err(CommandFault::during("reading the figures"))?;
    let lines = text.lines().filter(|line| *line != HEAD);
    let read: Vec<Option<Seen>> = lines.map(Seen::read).collect();
    let unread = read.iter().filter(|seen| seen.is_none()).count();
    let seen: Vec<Seen> = read.into_iter().flatten().collect();
    let figures = figures(&seen, from, to);
    say((if as_json { json(&figures, from, to) } else { csv(&figures) }).trim_end());
    if unread > 0 {
        tell(&format!("{unread} lines could not be read and do not count"));
        return Ok(ExitCode::from(2));
    }
    Ok(ExitCode::SUCCESS)
}

/// Hands in the days of a file that are over; what is not known yet is in the trail then.
pub(crate) async fn hand_in(at: &Where, file: &Path, reason: &str) -> Result<ExitCode, CommandFault> {
    let by = operator::at_the_command_line(reason)?;
    let probes = probes(file)?;
    let installation = wiring::open(super::plan(at)?).await?;
    let now = installation.operator()?;
    if let Some(ahead) = probes.iter().find(|it| it.at > now.now) {
        let ahead = ahead.at;
        return Err(CommandFault::refused(format!(
            "{ahead} is not yet: do the clocks of both machines agree?"
        )));
    }
    let mut over = Measured::of_days(&probes);
    over.retain(|it| it.day < now.today());
    let (mut new, mut known) = (0, 0);
    // Each is one door over a day: so many are never about more days than are taken at once.
    for some in over.chunks(MOST_DAYS) {
        let done = hand_in_probes(&installation.operator()?, &by, some).await;
        let done = done.map_err(CommandFault::during("handing the figures in"))?;
        (new, known) = (new + done.new, known + done.known);
    }
    say(&format!("{new} days of a door are handed in, {known} were known and stay as they were"));
    Ok(ExitCode::SUCCESS)
}

/// Every probe of a file. A line that cannot be read stops it; one that is being written this moment is none yet.
fn probes(file: &Path) -> Result<Vec<Probe>, CommandFault> {
    let reading = || CommandFault::during("reading the figures");
    let size = std::fs::metadata(file).map_err(reading())?.len();
    if size > LARGEST {
        return Err(CommandFault::refused(format!(
            "{} has more than {LARGEST} bytes: hand in a month at a time, and let `probe run` begin a new file",
            file.display()
        )));
    }
    let text = std::fs::read_to_string(file).map_err(reading())?;
    let whole = text.rfind('\n').and_then(|end| text.get(..end)).unwrap_or_default();
    let mut probes = Vec::new();
    for (number, line) in (1..).zip(whole.lines()) {
        let unread = || {
            let file = file.display();
            CommandFault::refused(format!("line {number} of {file} cannot be read: nothing is handed in"))
        };
        if line != HEAD {
            let Seen { at, door, millis, why } = Seen::read(line).ok_or_else(unread)?;
            probes.push(Probe { at, door, millis, worked: why.is_none() });
        }
    }
    Ok(probes)
}

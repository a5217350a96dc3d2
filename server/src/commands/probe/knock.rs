//! What is shown at a door of a block to see that it answers: a secret nobody has, which blocks nobody and counts against
//! nobody. At the door of MitID it is the way to the broker, and the broker itself.

use super::{fetch, said};
use crate::fault::CommandFault;
use domain::suspension::Door;
use domain::{SignedDuration, Timestamp};
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::{Client, StatusCode, Url};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is shown at these doors leaves a row of the trail, about nobody. So a door that answered is left alone for so long.
const APART: SignedDuration = SignedDuration::from_mins(15);
/// Where it is said that nothing was blocked.
const NOT_BLOCKED: &str = "/spaer/ikke-spaerret";
/// Where a broker publishes what it is (OpenID Connect Discovery 1.0, 4).
const PUBLISHED: &str = ".well-known/openid-configuration";
/// No notice has this link.
const LINK: &str = "00000000-0000-0000-0000-000000000000.00";

/// When each door answered last, kept beside the figures.
pub(super) struct Knocks {
    file: PathBuf,
    /// By the door's name: when, and at MitID's where its broker publishes.
    answered: BTreeMap<String, (Timestamp, String)>,
}

impl Knocks {
    /// Reads them. What cannot be read is asked anew.
    pub(super) fn beside(figures: &Path) -> Self {
        let mut name = figures.as_os_str().to_owned();
        name.push(".knocked");
        let file = PathBuf::from(name);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let answered = text.lines().filter_map(|line| {
            let mut words = line.split(' ');
            let door = words.next()?.to_owned();
            let at: Timestamp = words.next()?.parse().ok()?;
            Some((door, (at, words.next().unwrap_or_default().to_owned())))
        });
        Self { answered: answered.collect(), file }
    }

    /// Writes them down.
    pub(super) fn keep(&self) -> Result<(), CommandFault> {
        let lines = self.answered.iter().map(|(door, (at, place))| format!("{door} {at} {place}\n"));
        let text = lines.fold(String::new(), |text, line| text + &line);
        std::fs::write(&self.file, text).map_err(CommandFault::during("writing which doors answered"))
    }

    /// What is known of a door that answered a moment ago. A clock that was set back makes everything old.
    fn lately(&self, door: Door, now: Timestamp) -> Option<String> {
        let (at, place) = self.answered.get(super::name(door))?;
        (*at <= now && now.duration_since(*at) < APART).then(|| place.clone())
    }

    fn answered(&mut self, door: Door, now: Timestamp, place: String) {
        self.answered.insert(super::name(door).to_owned(), (now, place));
    }
}

/// Shows a door what nobody has; says why it does not answer as it must.
pub(super) async fn knock(
    client: &Client,
    url: &str,
    (door, now): (Door, Timestamp),
    knocks: &mut Knocks,
) -> Result<(), String> {
    let lately = knocks.lately(door, now);
    let place = match door {
        // Without a session there is nothing to show.
        Door::Session => return Ok(()),
        // A link that is not ours leaves nothing behind.
        Door::Notice => return refused(client, url, "var-det-dig", &format!("token={LINK}")).await,
        Door::Mitid => broker(client, url, lately).await?,
        Door::Code | Door::Password if lately.is_some() => return Ok(()),
        Door::Code => {
            let form = format!("user_name={}&blocking_code=0000-0000-0000", nobody(now));
            refused(client, url, "spaer-kode", &form).await?;
            String::new()
        }
        Door::Password => {
            let form = format!("user_name={}&password=nobody+has+this+one", nobody(now));
            refused(client, url, "spaer-adgangskode", &form).await?;
            String::new()
        }
    };
    if knocks.lately(door, now).is_none() {
        knocks.answered(door, now, place);
    }
    Ok(())
}

/// A name nobody can have, for the colon in it, and another each time: no wait at one account ever builds up.
fn nobody(now: Timestamp) -> String {
    format!("probe%3A{}", now.as_millisecond())
}

/// Whether the door says plainly that nothing was blocked, and the page that says so is there.
async fn refused(client: &Client, url: &str, form: &str, fields: &str) -> Result<(), String> {
    let to = post(client, url, form, fields).await?;
    if to != NOT_BLOCKED {
        return Err("a made-up secret is not refused".to_owned());
    }
    let (status, _) = fetch(client, &format!("{url}{NOT_BLOCKED}")).await?;
    if status == StatusCode::OK { Ok(()) } else { Err(format!("its refusal: status {}", status.as_u16())) }
}

/// Whether MitID can be reached; gives where its broker publishes. The programme may know the way to a broker that is dead by
/// now, so that one is asked itself each time.
async fn broker(client: &Client, url: &str, lately: Option<String>) -> Result<String, String> {
    if let Some(place) = lately {
        let endpoint = published(client, &place).await?;
        return endpoint.map(|_| place).ok_or_else(|| "the broker: publishes nothing".to_owned());
    }
    let way = post(client, url, "spaer-mitid", "go=yes").await?;
    if way == NOT_BLOCKED {
        return Err("the broker: no way to it".to_owned());
    }
    let way = plain(&way).ok_or_else(|| "the broker: no address".to_owned())?;
    let parts: Vec<&str> = way.path().split('/').filter(|part| !part.is_empty()).collect();
    // Its name is the beginning of that address, and how long it is only the broker says.
    for length in (0..parts.len()).rev() {
        let origin = way.origin().ascii_serialization();
        let issuer = parts.iter().take(length).fold(origin, |root, part| format!("{root}/{part}"));
        let place = format!("{issuer}/{PUBLISHED}");
        let endpoint = published(client, &place).await?;
        if endpoint.and_then(|endpoint| plain(&endpoint)).is_some_and(|endpoint| endpoint == way) {
            return Ok(place);
        }
    }
    Err("the broker: publishes nothing".to_owned())
}

/// An address without what is asked there.
fn plain(address: &str) -> Option<Url> {
    let mut address = Url::parse(address).ok()?;
    address.set_query(None);
    address.set_fragment(None);
    Some(address)
}

/// Where the broker that publishes there takes people; none where none does.
async fn published(client: &Client, place: &str) -> Result<Option<String>, String> {
    let (status, body) = fetch(client, place).await.map_err(|why| format!("the broker: {why}"))?;
    if status != StatusCode::OK {
        return Ok(None);
    }
    let told: Option<serde_json::Value> = serde_json::from_str(&body).ok();
    let endpoint = told.as_ref().and_then(|told| told.get("authorization_endpoint")?.as_str());
    Ok(endpoint.map(str::to_owned))
}

/// Sends a form as a browser without script does; gives where that leads.
async fn post(client: &Client, url: &str, form: &str, fields: &str) -> Result<String, String> {
    let request = client
        .post(format!("{url}/handling/{form}"))
        .header(ACCEPT, "text/html")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(fields.to_owned());
    let response = request.send().await.map_err(|error| said(&error))?;
    if response.status() != StatusCode::SEE_OTHER {
        return Err(format!("its form: status {}", response.status().as_u16()));
    }
    let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    to.map(str::to_owned).ok_or_else(|| "its form leads nowhere".to_owned())
}

//! Who asks, from where, when; and what the programme was wired with.

use crate::checkpoints::Keeping;
use crate::outside::Outside;
use crate::ports::ceremonies::Ceremonies;
use crate::ports::chance::{Clock, Entropy, NoEntropy};
use crate::ports::mitid::{CprRegister, MitidBroker};
use crate::ports::oidc::OidcWire;
use crate::ports::people::{Hasher, Leaks};
use crate::ports::saml::SamlWire;
use crate::ports::store::{DatabaseClock, Store};
use crate::ports::terms::TermsShelf;
use crate::ports::vault::{KeyUse, Vault};
use domain::factor::Models;
use domain::ids::{BrowserId, RequestId, time_ordered, unguessable};
use domain::nsis::Results;
use domain::retention::Periods;
use domain::session::SessionTimes;
use domain::{Date, Timestamp};
use std::net::IpAddr;
use std::sync::Arc;

/// What the programme was wired with; the same for every request.
pub struct House {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The database's own clock.
    pub database_clock: Arc<dyn DatabaseClock>,
    /// Keys.
    pub vault: Arc<dyn Vault>,
    /// Password hashing.
    pub hasher: Arc<dyn Hasher>,
    /// Leaked passwords.
    pub leaks: Arc<dyn Leaks>,
    /// Passkeys and security keys.
    pub ceremonies: Arc<dyn Ceremonies>,
    /// MitID.
    pub mitid: Arc<dyn MitidBroker>,
    /// The CPR register.
    pub register: Arc<dyn CprRegister>,
    /// SAML.
    pub saml: Arc<dyn SamlWire>,
    /// OpenID Connect.
    pub oidc: Arc<dyn OidcWire>,
    /// The terms.
    pub terms: Arc<dyn TermsShelf>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// What is also kept outside the database, and whether the two agree.
    pub outside: Arc<Outside>,
    /// How this instance writes the trail, and where checkpoints of it are kept.
    pub keeping: Arc<Keeping>,
    /// What the municipality decided.
    pub policy: Policy,
}

impl core::fmt::Debug for House {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("House").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// What the municipality decided.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name, such as `Eksempel Kommune`.
    pub municipality: String,
    /// The phone number of the service desk.
    pub phone: String,
    /// The public address of this service, without a slash at the end.
    pub public_url: String,
    /// The mail address of the organisation for notices about associations; none sends none.
    pub organisation_mail: Option<String>,
    /// How long sessions last.
    pub session: SessionTimes,
    /// Addresses the municipality's own people come from, hundreds behind each: they have limits of their own.
    pub own_networks: Vec<IpAddr>,
    /// Words a password must not be, besides the list in the domain.
    pub words: Vec<String>,
    /// What is known and decided of models of authenticators.
    pub models: Models,
    /// Whether there is a way to send SMS.
    pub texts: bool,
    /// How long what is kept is kept.
    pub retention: Periods,
    /// So many places of the trail, or rows about a person, are read while an auditor waits; of more an order is made.
    pub exports_at_once: u64,
    /// A pilot: no level is stated (security decision 25).
    pub pilot: bool,
    /// What the tests of the build answered, where it was handed in.
    pub tests: Option<Arc<Results>>,
}

/// From where somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The address, after listed proxies.
    pub address: IpAddr,
    /// What the browser calls itself, at most 200 characters.
    pub agent: String,
}

/// One request: who asks, from where, when.
#[derive(Clone, Debug)]
pub struct Cx {
    /// What the programme was wired with.
    pub house: Arc<House>,
    /// When it came in; one instant for the whole use case.
    pub now: Timestamp,
    /// From where.
    pub source: Source,
    /// From which browser.
    pub browser: BrowserId,
    /// The browser's long-lived mark, when it has one.
    pub device: Option<Device>,
    /// Which request; the reference people quote.
    pub request: RequestId,
}

impl Cx {
    /// A request of a browser.
    ///
    /// # Errors
    /// [`NoEntropy`]
    pub fn new(house: Arc<House>, source: Source, browser: BrowserId) -> Result<Self, NoEntropy> {
        let now = house.clock.now();
        let mut random = [0u8; 10];
        house.entropy.fill(&mut random)?;
        Ok(Self { request: time_ordered(now, random).into(), house, now, source, browser, device: None })
    }

    /// A new id that sorts by time.
    ///
    /// # Errors
    /// [`NoEntropy`]
    pub fn id<T: From<uuid::Uuid>>(&self) -> Result<T, NoEntropy> {
        let mut random = [0u8; 10];
        self.house.entropy.fill(&mut random)?;
        Ok(time_ordered(self.now, random).into())
    }

    /// A new id nobody can guess.
    ///
    /// # Errors
    /// [`NoEntropy`]
    pub fn handle<T: From<uuid::Uuid>>(&self) -> Result<T, NoEntropy> {
        let mut random = [0u8; 16];
        self.house.entropy.fill(&mut random)?;
        Ok(unguessable(random).into())
    }

    /// Today in Copenhagen.
    pub fn today(&self) -> Date {
        domain::calendar::copenhagen_day(self.now)
    }

    /// The reference a person can quote.
    pub fn reference(&self) -> String {
        domain::ids::reference(self.request.into())
    }
}

/// A browser that signed in before, as its long-lived cookie tells. It opens nothing; it only has its own count of
/// wrong answers, so that strangers cannot spend the owner's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The browser's own id.
    pub id: BrowserId,
    /// A MAC of id and person, in hexadecimal.
    pub mark: String,
}

impl Device {
    /// The device cookie after somebody signed in here.
    ///
    /// # Errors
    /// [`crate::Fault`]
    pub fn known_to(cx: &Cx, person: domain::ids::PersonId) -> Result<Self, crate::Fault> {
        let id = cx.device.as_ref().map_or_else(|| cx.handle(), |device| Ok(device.id))?;
        let mac = cx.house.vault.mac(KeyUse::Devices, &Self::material(id, person))?;
        Ok(Self { id, mark: hex(&mac) })
    }

    /// Whether this person signed in here before.
    ///
    /// # Errors
    /// [`crate::Fault`]
    pub fn knows(&self, house: &House, person: domain::ids::PersonId) -> Result<bool, crate::Fault> {
        let macs = house.vault.macs(KeyUse::Devices, &Self::material(self.id, person))?;
        Ok(macs.iter().any(|mac| hex(mac) == self.mark))
    }

    fn material(id: BrowserId, person: domain::ids::PersonId) -> Vec<u8> {
        format!("device:{id}:{person}").into_bytes()
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use core::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

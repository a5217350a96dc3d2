//! The trips themselves.

use crate::answer;
use crate::callback;
use crate::check::{Unfit, check, is_loopback};
use crate::claims::Told;
use crate::departure::{self, Memory};
use crate::discovery::Discovery;
use crate::exchange::{Tokens, exchange};
use crate::id_token::{Expected, Unverified};
use crate::profile::BrokerProfile;
use crate::reason::Reason;
use crate::userinfo::userinfo;
use crate::wire;
use async_trait::async_trait;
use core::fmt;
use domain::Timestamp;
use domain::proofing::{BrokerAnswer, Refusal};
use reqwest::Client;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use url::Url;
use usecases::ports::chance::{Clock, Entropy};
use usecases::ports::mitid::{Departure, MitidBroker, ProofAsk};
use usecases::ports::store::Stamp;

/// The brokers we are a client of. New trips begin with the first; trips begun with another still arrive, so a
/// municipality can change broker while people are on their way.
pub struct Brokers {
    departing: Broker,
    arriving: Vec<Broker>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

struct Broker {
    profile: BrokerProfile,
    http: Client,
    discovery: Discovery,
}

impl fmt::Debug for Brokers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let former = self.arriving.iter().map(|broker| &broker.profile.id).collect::<Vec<_>>();
        f.debug_struct("Brokers")
            .field("departing", &self.departing.profile.id)
            .field("arriving", &former)
            .finish_non_exhaustive()
    }
}

impl Brokers {
    /// Takes the profiles, the one for new trips first. Nothing is fetched before the first trip.
    ///
    /// # Errors
    /// [`Unfit`] when a profile may not be used for this kind of database, when there is none, or when two share
    /// an id or a redirect address.
    pub fn new(
        profiles: Vec<BrokerProfile>,
        kind: Stamp,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, Unfit> {
        let (mut ids, mut addresses) = (BTreeSet::new(), BTreeSet::new());
        for profile in &profiles {
            check(profile, kind)?;
            if !ids.insert(&profile.id) {
                return Err(Unfit::Malformed("id"));
            }
            if !addresses.insert(&profile.redirect_uri) {
                return Err(Unfit::Malformed("redirect_uri"));
            }
        }
        let brokers = profiles.into_iter().map(Broker::new).collect::<Result<Vec<_>, _>>()?;
        let mut brokers = brokers.into_iter();
        let departing = brokers.next().ok_or(Unfit::Malformed("id"))?;
        Ok(Self { departing, arriving: brokers.collect(), clock, entropy })
    }

    fn find(&self, id: &str) -> Option<&Broker> {
        core::iter::once(&self.departing).chain(&self.arriving).find(|broker| broker.profile.id == id)
    }
}

#[async_trait]
impl MitidBroker for Brokers {
    async fn depart(&self, ask: ProofAsk) -> Result<Departure, Refusal> {
        let broker = &self.departing;
        let departure = broker.depart(&ask, self.clock.now(), self.entropy.as_ref()).await;
        departure.map_err(|reason| reason.report(&broker.profile.id))
    }

    async fn arrive(
        &self,
        profile: &str,
        memory: &[u8],
        callback: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<BrokerAnswer, Refusal> {
        let Some(broker) = self.find(profile) else {
            return Err(Reason::UnknownProfile.report("unknown"));
        };
        broker.arrive(memory, callback, now).await.map_err(|reason| reason.report(&broker.profile.id))
    }

    fn origins(&self) -> Vec<String> {
        let profile = &self.departing.profile;
        let own = Url::parse(&profile.issuer).map(|issuer| issuer.origin().ascii_serialization());
        own.into_iter().chain(profile.passes.iter().cloned()).collect()
    }
}

impl Broker {
    fn new(profile: BrokerProfile) -> Result<Self, Unfit> {
        let local = Url::parse(&profile.issuer).is_ok_and(|issuer| is_loopback(&issuer));
        let http = wire::client(local).map_err(|_| Unfit::Client)?;
        Ok(Self { profile, http, discovery: Discovery::default() })
    }

    async fn depart(
        &self,
        ask: &ProofAsk,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Departure, Reason> {
        let provider = self.discovery.provider(&self.http, &self.profile, now).await?;
        let memory = Memory::new(ask.state.clone(), entropy)?;
        Ok(Departure {
            address: departure::address(&provider.authorize, &self.profile, ask, &memory),
            profile: self.profile.id.clone(),
            memory: memory.write()?,
        })
    }

    async fn arrive(
        &self,
        memory: &[u8],
        callback: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<BrokerAnswer, Reason> {
        let memory = Memory::read(memory)?;
        let code = callback::code(callback, &memory, &self.profile)?;
        let provider = self.discovery.provider(&self.http, &self.profile, now).await?;
        let tokens = exchange(&self.http, &provider.token, &self.profile, code, &memory).await?;
        let (told, body) = self.told(&tokens, &memory, now).await?;
        answer::answer(&told, &self.profile, answer::receipt(&tokens.id_token, &body), now)
    }

    /// What the broker said, checked.
    async fn told(
        &self,
        tokens: &Tokens,
        memory: &Memory,
        now: Timestamp,
    ) -> Result<(Told, zeroize::Zeroizing<Vec<u8>>), Reason> {
        let unverified = Unverified::read(&tokens.id_token, &self.profile)?;
        let mut provider = self.discovery.provider(&self.http, &self.profile, now).await?;
        if unverified.key(&provider.keys).is_none() {
            provider = self.discovery.with_new_keys(&self.http, &self.profile, now).await?;
        }
        let key = unverified.key(&provider.keys).ok_or(Reason::IdToken("no such key"))?;
        let expected = Expected {
            profile: &self.profile,
            nonce: &memory.nonce,
            access_token: &tokens.access_token,
            now,
        };
        let signed = unverified.verify(key, &expected)?;
        let (userinfo, body) =
            userinfo(&self.http, &provider.userinfo, &tokens.access_token, &signed).await?;
        Ok((Told { signed, userinfo }, body))
    }
}

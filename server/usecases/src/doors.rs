//! The doors a password guess passes. Each guess is counted before it is looked at, so that any number of guesses at
//! once cannot pass through one open place; a right one is taken back (security decisions 10 and 19).

use crate::context::{Cx, House};
use crate::fault::Fault;
use crate::ports::store::{GuessDoors, Guesses, Tx};
use crate::ports::vault::{KeyUse, Mac, VaultFault};
use domain::ids::PersonId;
use domain::suspension::Door;
use domain::throttle::{
    ACCOUNT_UNDER_PRESSURE, OWN_NETWORK_A_MINUTE, Pressure, SOURCE_A_MINUTE, WaitUntil, Wrong, password_door,
    pressure, source_door,
};
use std::net::IpAddr;
use uuid::Uuid;

/// The doors of one guess at one account.
#[derive(Clone, Debug)]
pub(crate) struct Doors {
    /// Of account and source; of account and browser where that signed in as her before.
    own: Mac,
    /// Those that only a stranger's guess passes.
    stranger: Option<Stranger>,
}

#[derive(Clone, Debug)]
struct Stranger {
    /// Of the source, over all accounts.
    source: Mac,
    /// How many wrong ones it may give in a minute.
    a_minute: u32,
    /// Of the account, over all sources.
    account: Mac,
    /// Whose account it is, and what this source is known by once she signed in from it. Where it is nobody's, of an id
    /// nobody has: as much is made and asked of every name.
    owner: (PersonId, Vec<Mac>),
}

/// A guess that may be looked at, counted as wrong until it is known to be right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admitted {
    /// The count at its own door, with this one.
    pub(crate) wrong: Wrong,
    /// Whether strangers press the account.
    pub(crate) pressure: Pressure,
}

impl Doors {
    /// The doors of what was typed as a user name; the same whether it is anybody's.
    pub(crate) fn of(cx: &Cx, typed: &str, person: Option<PersonId>) -> Result<Self, Fault> {
        let account = typed.trim().to_lowercase();
        let mac = |what: &str| cx.house.vault.mac(KeyUse::Codes, format!("password-door:{what}").as_bytes());
        if let (Some(person), Some(device)) = (person, &cx.device)
            && device.knows(&cx.house, person)?
        {
            return Ok(Self { own: mac(&format!("device {} {account}", device.id))?, stranger: None });
        }
        let source = network(cx.source.address);
        let owner = person.unwrap_or_else(|| Uuid::nil().into());
        let stranger = Stranger {
            source: mac(&format!("source {source}"))?,
            a_minute: a_minute(&cx.house, &source),
            account: mac(&format!("account {account}"))?,
            owner: (owner, sources(cx, owner)?),
        };
        Ok(Self { own: mac(&format!("own {source} {account}"))?, stranger: Some(stranger) })
    }

    /// Counts a guess, if one may be made here now. Doors are locked in the same order by everybody: own, source,
    /// account.
    pub(crate) async fn admit(&self, cx: &Cx, tx: &mut dyn Tx) -> Result<Result<Admitted, WaitUntil>, Fault> {
        let (wrong, pressure) = match &self.stranger {
            None => (tx.wrong_for_update(self.own).await?, Pressure::None),
            Some(stranger) => {
                let guesses = tx.guesses_for_update(&stranger.doors(self.own)).await?;
                match strangers(cx, &guesses) {
                    Ok(pressure) => (guesses.wrong, pressure),
                    Err(wait) => return Ok(Err(wait)),
                }
            }
        };
        if let Err(wait) = password_door(wrong, pressure, cx.now) {
            return Ok(Err(wait));
        }
        self.count(cx, tx).await?;
        let wrong = Wrong { count: wrong.count.saturating_add(1), last: Some(cx.now) };
        Ok(Ok(Admitted { wrong, pressure }))
    }

    /// The guess was right: it never counted, and the row of wrong ones at this door begins anew.
    pub(crate) async fn right(&self, cx: &Cx, tx: &mut dyn Tx) -> Result<(), Fault> {
        self.take_back(cx, tx).await?;
        self.begin_anew(tx).await
    }

    /// The same of a guess that was never counted.
    pub(crate) async fn begin_anew(&self, tx: &mut dyn Tx) -> Result<(), Fault> {
        Ok(tx.forget_wrong(self.own).await?)
    }

    /// Counts a wrong guess, whatever may be made here now.
    pub(crate) async fn count(&self, cx: &Cx, tx: &mut dyn Tx) -> Result<(), Fault> {
        Ok(tx.count_wrong_at(&self.all(), cx.now).await?)
    }

    /// Nobody could tell whether the guess was right, so it does not count.
    pub(crate) async fn take_back(&self, cx: &Cx, tx: &mut dyn Tx) -> Result<(), Fault> {
        Ok(tx.take_back_wrong(&self.all(), cx.now).await?)
    }

    /// In the order in which everybody locks them.
    fn all(&self) -> Vec<Mac> {
        let strangers = self.stranger.iter().flat_map(|stranger| [stranger.source, stranger.account]);
        std::iter::once(self.own).chain(strangers).collect()
    }
}

impl Stranger {
    fn doors(&self, own: Mac) -> GuessDoors {
        let (source, account) = ((self.source, self.a_minute), (self.account, ACCOUNT_UNDER_PRESSURE));
        GuessDoors { own, source, account, owner: self.owner.clone() }
    }
}

/// Whether one more guess of a stranger is looked at, and how much is asked of her.
fn strangers(cx: &Cx, guesses: &Guesses) -> Result<Pressure, WaitUntil> {
    source_door(guesses.at_source, cx.now)?;
    Ok(if guesses.knows_source { Pressure::None } else { pressure(guesses.at_account, cx.now) })
}

/// How often a source may do in a minute what strangers do: more where the municipality's own people sit behind it.
fn a_minute(house: &House, source: &str) -> u32 {
    let own_network = house.policy.own_networks.iter().any(|own| network(*own) == source);
    if own_network { OWN_NETWORK_A_MINUTE } else { SOURCE_A_MINUTE }
}

/// Counts something wrong at a door of blocking, by source alone; false when the source gave so many within a minute
/// that one more is not worth a row.
pub(crate) async fn a_source_may_be_wrong(cx: &Cx, tx: &mut dyn Tx, at: Door) -> Result<bool, Fault> {
    worth_a_row(cx, tx, &format!("block-door:{}", at.word()), SOURCE_A_MINUTE).await
}

/// The same of a welcome link that opens nothing.
pub(crate) async fn a_source_may_try_links(cx: &Cx, tx: &mut dyn Tx) -> Result<bool, Fault> {
    worth_a_row(cx, tx, "link-door", SOURCE_A_MINUTE).await
}

/// The same of somebody unknown who sets out for MitID. Nothing is wrong in that, and the trip is never refused: it only
/// says whether one more of them is worth a row.
pub(crate) async fn a_source_is_seen_leaving(cx: &Cx, tx: &mut dyn Tx) -> Result<bool, Fault> {
    let many = a_minute(&cx.house, &network(cx.source.address));
    worth_a_row(cx, tx, "mitid-start", many).await
}

/// The same of an answer to a question for a key at a sign-in, before its signature held: of nobody's key, or of hers, whose
/// name is no secret to whoever knows her password.
pub(crate) async fn a_source_may_answer_wrongly(
    cx: &Cx,
    tx: &mut dyn Tx,
    whose: Option<PersonId>,
) -> Result<bool, Fault> {
    let whose = whose.map(|person| person.to_string()).unwrap_or_default();
    worth_a_row(cx, tx, &format!("key-door:{whose}"), SOURCE_A_MINUTE).await
}

/// The same of somebody unknown who comes back from MitID without a proof, or from nowhere, or shows a key nobody has.
pub(crate) async fn a_source_is_seen_coming_back(cx: &Cx, tx: &mut dyn Tx) -> Result<bool, Fault> {
    let many = a_minute(&cx.house, &network(cx.source.address));
    worth_a_row(cx, tx, "mitid-back", many).await
}

/// The same of a message of a service that cannot be believed, or was taken before: anybody may send any number of them.
pub(crate) async fn a_source_may_send_nonsense(cx: &Cx, tx: &mut dyn Tx) -> Result<bool, Fault> {
    let many = a_minute(&cx.house, &network(cx.source.address));
    worth_a_row(cx, tx, "saml-door", many).await
}

/// The same of what an application, or somebody in its name, is refused.
pub(crate) async fn an_application_may_be_refused(cx: &Cx, tx: &mut dyn Tx) -> Result<bool, Fault> {
    let many = a_minute(&cx.house, &network(cx.source.address));
    worth_a_row(cx, tx, "oidc-door", many).await
}

/// The same of a request that may ask nobody, where nobody is signed in. Nothing is wrong in that, and whoever is refused
/// takes none of its places.
pub(crate) async fn a_passive_request_may_fail(cx: &Cx, tx: &mut dyn Tx) -> Result<bool, Fault> {
    let many = a_minute(&cx.house, &network(cx.source.address));
    worth_a_row(cx, tx, "oidc-passive", many).await
}

/// The same of somebody signed in who asks for what only auditors read.
pub(crate) async fn a_stranger_may_ask(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<bool, Fault> {
    worth_a_row(cx, tx, &format!("auditor-door:{person}"), SOURCE_A_MINUTE).await
}

async fn worth_a_row(cx: &Cx, tx: &mut dyn Tx, what: &str, a_minute: u32) -> Result<bool, Fault> {
    let what = format!("{what} {}", network(cx.source.address));
    let door = cx.house.vault.mac(KeyUse::Codes, what.as_bytes())?;
    tx.wrong_for_update(door).await?;
    if source_door(tx.nth_newest_wrong(door, a_minute).await?, cx.now).is_err() {
        return Ok(false);
    }
    tx.count_wrong(door, cx.now).await?;
    Ok(true)
}

/// Notes that somebody signed in from where she is: strangers' guesses elsewhere do not slow her here.
pub(crate) async fn know_source(cx: &Cx, tx: &mut dyn Tx, person: PersonId) -> Result<(), Fault> {
    let mark = cx.house.vault.mac(KeyUse::Devices, &material(person, &network(cx.source.address)))?;
    Ok(tx.know_source(person, mark, cx.now).await?)
}

/// Whether she signed in in this browser before.
pub(crate) fn is_known_browser(cx: &Cx, person: PersonId) -> Result<bool, Fault> {
    cx.device.as_ref().map_or(Ok(false), |device| device.knows(&cx.house, person))
}

/// What the network she sits in is known by once she signed in from it.
pub(crate) fn sources(cx: &Cx, person: PersonId) -> Result<Vec<Mac>, VaultFault> {
    cx.house.vault.macs(KeyUse::Devices, &material(person, &network(cx.source.address)))
}

fn material(person: PersonId, source: &str) -> Vec<u8> {
    format!("source:{person}:{source}").into_bytes()
}

/// IPv4 addresses as they are, IPv6 by /64: one household, one source.
pub(crate) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_source() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}

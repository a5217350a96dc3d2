//! The first factor: user name and password, uniform for the known and the unknown.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::StoreFault;
use crate::ports::vault::{KeyUse, Mac};
use crate::record::{Entry, record};
use domain::Timestamp;
use domain::audit::{Actor, EventKind};
use domain::flow::About;
use domain::ids::{FlowId, PersonId};
use domain::password::Password;
use domain::person::UserName;
use domain::throttle::{self, WaitUntil};
use std::net::IpAddr;

/// Why the first factor is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum PasswordWrong {
    /// User name or password does not fit; never which.
    #[error("user name or password does not fit")]
    Wrong,
    /// Too many wrong ones from here; not before then.
    #[error("too many wrong answers")]
    Wait(Timestamp),
    /// The attempt is past this point.
    #[error("another step comes first")]
    NotNow,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for PasswordWrong {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for PasswordWrong {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}

/// Shows the first factor. The door that counts wrong answers belongs to account *and* source, or to account and a
/// browser that signed in before, so a stranger cannot spend the owner's tries.
pub async fn show_password(
    cx: &Cx,
    id: FlowId,
    user_name: &str,
    password: Password,
) -> Result<(), PasswordWrong> {
    let name = UserName::try_from(user_name).ok();
    let (door, person, hash) = look_up(cx, id, user_name, name.as_ref()).await?;
    if let Err(WaitUntil(until)) = door.open {
        note(cx, person, "waiting").await?;
        return Err(PasswordWrong::Wait(until));
    }
    let right = cx.house.hasher.verify(password, hash).await.map_err(Fault::from)?;
    match person.filter(|_| right) {
        Some(person) => accept(cx, id, person, door.key).await,
        None => Err(refuse(cx, person, door.key).await?),
    }
}

struct Door {
    key: Mac,
    open: Result<(), WaitUntil>,
}

async fn look_up(
    cx: &Cx,
    id: FlowId,
    typed: &str,
    name: Option<&UserName>,
) -> Result<(Door, Option<PersonId>, Option<String>), PasswordWrong> {
    let mut tx = cx.house.store.reading("show_password").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    flows::sign_in(&flow)?;
    let person = match name {
        Some(name) => tx.person_by_user_name(name).await?,
        None => None,
    };
    let hash = match person {
        Some(person) => tx.password_hash(person).await?,
        None => None,
    };
    let key = door_key(cx, typed, person)?;
    let open = throttle::password_door(tx.wrong(key).await?, cx.now);
    Ok((Door { key, open }, person, hash))
}

/// The door of this account here: by the browser, when it signed in as this person before; else by the source.
fn door_key(cx: &Cx, typed: &str, person: Option<PersonId>) -> Result<Mac, Fault> {
    let account = typed.trim().to_lowercase();
    let from = match (person, &cx.device) {
        (Some(person), Some(device)) if device.knows(&cx.house, person)? => format!("device {}", device.id),
        _ => format!("source {}", network(cx.source.address)),
    };
    Ok(cx.house.vault.mac(KeyUse::Codes, format!("password-door:{account}:{from}").as_bytes())?)
}

/// IPv4 addresses as they are, IPv6 by /64: one household, one source.
fn network(address: IpAddr) -> String {
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

async fn accept(cx: &Cx, id: FlowId, person: PersonId, door: Mac) -> Result<(), PasswordWrong> {
    let mut tx = cx.house.store.begin("accept_password").await?;
    let mut flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let shown = sign_in.password_shown(person, cx.now).map_err(|_| PasswordWrong::NotNow)?;
    let epoch = tx.standing(person).await?.epoch();
    flow.person = Some((person, epoch));
    tx.forget_wrong(door).await?;
    tx.save_flow(&flow.onward(About::SignIn(shown), cx.now)).await?;
    record(cx, tx.as_mut(), Entry::by(EventKind::PasswordAccepted, person)).await?;
    tx.commit().await?;
    Ok(())
}

async fn refuse(cx: &Cx, person: Option<PersonId>, door: Mac) -> Result<PasswordWrong, PasswordWrong> {
    let mut tx = cx.house.store.begin("refuse_password").await?;
    let wrong = tx.count_wrong(door, cx.now).await?;
    record(cx, tx.as_mut(), refusal(person, "wrong")).await?;
    tx.commit().await?;
    match throttle::password_door(wrong, cx.now) {
        Ok(()) => Ok(PasswordWrong::Wrong),
        Err(WaitUntil(until)) => Ok(PasswordWrong::Wait(until)),
    }
}

async fn note(cx: &Cx, person: Option<PersonId>, why: &'static str) -> Result<(), PasswordWrong> {
    let mut tx = cx.house.store.begin("refuse_password").await?;
    record(cx, tx.as_mut(), refusal(person, why)).await?;
    tx.commit().await?;
    Ok(())
}

fn refusal(person: Option<PersonId>, why: &'static str) -> Entry {
    let entry =
        Entry::new(EventKind::SignInRefused, Actor::Unknown).fact("factor", "password").fact("why", why);
    person.into_iter().fold(entry, Entry::about)
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

//! The two sides of "continue on your phone": the link, the number, and who may touch what.
//!
//! All there is to know stands in the flow of the desk, the computer that shows the link. The phone's flow points at it and
//! is bound to the phone. Nothing secret is kept: link and number are MACs of the flows' ids, made again when they are
//! shown or looked at.

use crate::context::{Cx, House, hex};
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::ports::vault::{KeyUse, VaultFault};
use crate::show_step_up::is_live;
use crate::tickets::same;
use crate::who::Here;
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::on_phone::{Ground, NUMBER_DIGITS, OnPhone};

/// Hexadecimal characters of the desk's id, and of the MAC, in a link.
const HALF: usize = 32;

/// The secret part of the link a desk shows: 64 hexadecimal characters, half of them a MAC.
pub(crate) fn token(house: &House, desk: FlowId) -> Result<String, VaultFault> {
    let mac = hex(&house.vault.mac(KeyUse::Codes, &link_material(desk))?);
    Ok(format!("{}{}", uuid::Uuid::from(desk).simple(), mac.get(..HALF).unwrap_or_default()))
}

/// The desk whose link this is; none where we never showed it.
pub(crate) fn desk_of(house: &House, token: &str) -> Result<Option<FlowId>, VaultFault> {
    let (Some(id), Some(shown)) = (token.get(..HALF), token.get(HALF..)) else { return Ok(None) };
    let Ok(desk) = id.parse::<FlowId>() else { return Ok(None) };
    let ours = house.vault.macs(KeyUse::Codes, &link_material(desk))?;
    let known =
        ours.iter().any(|mac| hex(mac).get(..HALF).is_some_and(|own| same(own.as_bytes(), shown.as_bytes())));
    Ok(known.then_some(desk))
}

/// The address in the picture.
pub(crate) fn address(house: &House, desk: FlowId) -> Result<String, VaultFault> {
    Ok(format!("{}/telefon/{}", house.policy.public_url, token(house, desk)?))
}

/// The number a phone shows.
pub(crate) fn number(house: &House, phone: FlowId) -> Result<String, VaultFault> {
    Ok(digits(&house.vault.mac(KeyUse::Codes, &number_material(phone))?))
}

/// Whether this is the number that phone shows; blanks do not matter.
pub(crate) fn is_number(house: &House, phone: FlowId, typed: &str) -> Result<bool, VaultFault> {
    let typed: String = typed.chars().filter(|it| !it.is_whitespace()).collect();
    let numbers = house.vault.macs(KeyUse::Codes, &number_material(phone))?;
    Ok(numbers.iter().any(|mac| same(digits(mac).as_bytes(), typed.as_bytes())))
}

/// The desk's side, locked.
pub(crate) struct AtDesk {
    /// Its flow.
    pub(crate) flow: Flow,
    /// How far it is.
    pub(crate) on_phone: OnPhone,
    /// Whose.
    pub(crate) person: PersonId,
    /// The enrolment it serves, locked too.
    pub(crate) enrolment: Option<Flow>,
}

/// The desk's side: of this browser, and for an account of the very session that showed the link, which goes on.
pub(crate) async fn at_desk(
    cx: &Cx,
    tx: &mut dyn Tx,
    here: Option<&Here>,
    id: FlowId,
) -> Result<AtDesk, NoFlow> {
    let serves = match flows::on_phone(&flows::seen(cx, tx, id).await?)?.ground {
        Ground::Account(_) => None,
        Ground::Enrolment(enrolment) => Some(enrolment),
    };
    // Whoever locks both flows locks the smaller first, and both before their person.
    let before = serves.filter(|enrolment| *enrolment < id);
    let mut enrolment = locked_if(cx, tx, before).await?;
    let flow = flows::locked(cx, tx, id).await?;
    if before.is_none() {
        enrolment = locked_if(cx, tx, serves).await?;
    }
    let on_phone = flows::on_phone(&flow)?.clone();
    // For a change, not only steady: of two desks of one person that held her row steady, neither could change it.
    if let Some((person, _)) = flow.person {
        tx.person_for_update(person).await?;
    }
    let live = match (&on_phone.ground, here) {
        (Ground::Account(shown), Some(here)) => {
            here.session.id == shown.session && is_live(tx, here, &flow).await?
        }
        (Ground::Account(_), None) => false,
        (Ground::Enrolment(_), _) => stands(tx, &flow).await?,
    };
    let person = flow.person.filter(|_| live).ok_or(NoFlow::Gone)?.0;
    Ok(AtDesk { flow, on_phone, person, enrolment })
}

async fn locked_if(cx: &Cx, tx: &mut dyn Tx, id: Option<FlowId>) -> Result<Option<Flow>, NoFlow> {
    match id {
        Some(id) => flows::locked(cx, tx, id).await.map(Some),
        None => Ok(None),
    }
}

/// The phone's side: its flow of this browser, and the desk's, locked, while nothing was put on the login since.
pub(crate) async fn at_phone(cx: &Cx, tx: &mut dyn Tx, id: FlowId) -> Result<(Flow, OnPhone), NoFlow> {
    let About::PhoneOf(desk) = flows::seen(cx, tx, id).await?.about else { return Err(NoFlow::Gone) };
    let flow = tx.flow_for_update(desk).await?.filter(|flow| cx.now < flow.expires_at).ok_or(NoFlow::Gone)?;
    let on_phone = flows::on_phone(&flow)?.clone();
    if on_phone.phone == Some(id) && stands(tx, &flow).await? {
        Ok((flow, on_phone))
    } else {
        Err(NoFlow::Gone)
    }
}

/// Keeps the desk's side as it is now; its ten minutes go on.
pub(crate) async fn keep(cx: &Cx, tx: &mut dyn Tx, desk: Flow, on_phone: OnPhone) -> Result<(), Fault> {
    let until = desk.expires_at;
    Ok(tx.save_flow(&desk.onward(About::OnPhone(Box::new(on_phone)), cx.now).until(until)).await?)
}

/// Whether nothing raised her epoch since.
async fn stands(tx: &mut dyn Tx, flow: &Flow) -> Result<bool, Fault> {
    let Some((person, epoch)) = flow.person else { return Ok(false) };
    Ok(tx.standing_steady(person).await?.is_some_and(|standing| standing.epoch() == epoch))
}

/// Where the seed of an app waits that is offered on a phone.
pub(crate) fn seed_offered(desk: FlowId) -> String {
    format!("flows/phone-seed/{desk}")
}

/// Where a key waits that a phone made.
pub(crate) fn key_made(desk: FlowId) -> String {
    format!("flows/phone-key/{desk}")
}

fn link_material(desk: FlowId) -> Vec<u8> {
    format!("phone-link:{desk}").into_bytes()
}

fn number_material(phone: FlowId) -> Vec<u8> {
    format!("phone-number:{phone}").into_bytes()
}

/// The first digits of a MAC read as one number, with zeros in front.
fn digits(mac: &[u8]) -> String {
    let sum = mac.iter().take(8).fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let all = format!("{:0>width$}", sum % 1_000_000, width = NUMBER_DIGITS);
    all.chars().take(NUMBER_DIGITS).collect()
}

//! What a service is told of a person: the name it knows her by, and what its connection releases. Read in the
//! transaction that issues.

use crate::context::Cx;
use crate::erasure::was_registered;
use crate::fault::Fault;
use crate::ports::saml::Named;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::cpr_place;
use domain::issue::{Grant, Missing};
use domain::person::Person;
use domain::registered::{NameKind, Registered};
use domain::relying_party::{Attribute, NameIdRule, RelyingParty, ServiceRequest};
use uuid::Uuid;

/// Why nothing is told.
#[derive(Debug)]
pub(crate) enum NotNamed {
    /// Something is missing.
    Missing(Missing),
    /// The request is about somebody else than whoever is here.
    Another,
}

/// Everything the connection is told of her. What it does not need beside her own record is not read.
pub(crate) async fn of(
    cx: &Cx,
    tx: &mut dyn Tx,
    (rp, request): (&RelyingParty, &ServiceRequest),
    grant: &Grant,
    person: &Person,
) -> Result<Result<Named, NotNamed>, Fault> {
    let registered = if needs_registered(rp) { tx.registered(grant.person).await? } else { None };
    let known = Known { person, registered: registered.unwrap_or_default() };
    let Some(name_id) = name(cx, tx, (rp, grant), &known).await? else {
        return Ok(Err(NotNamed::Missing(Missing::Name)));
    };
    if request.subject.as_ref().is_some_and(|asked| !means(asked, &name_id, person)) {
        return Ok(Err(NotNamed::Another));
    }
    let mut released = personal(rp, person);
    if rp.says.release.contains(&Attribute::Cpr) {
        released.push((Attribute::Cpr, cpr(cx, tx, grant).await?));
    }
    if rp.says.release.contains(&Attribute::Uuid) {
        // Never made up: it means the same person wherever it is shown.
        released.extend(known.registered.uuid.map(|uuid| (Attribute::Uuid, uuid.to_string())));
    }
    Ok(Ok(Named {
        name_id,
        organisation: cx.house.policy.municipality.clone(),
        released,
        job_functions: known.registered.job_functions,
    }))
}

/// Whether a connection takes what services are told of her besides what HR holds.
fn needs_registered(rp: &RelyingParty) -> bool {
    let by_rule = match rp.name_id {
        NameIdRule::PersistentPairwise | NameIdRule::Transient => false,
        NameIdRule::Exact | NameIdRule::X509SubjectName | NameIdRule::UniId => true,
    };
    let released = [Attribute::Privileges, Attribute::Uuid];
    by_rule || released.iter().any(|attribute| rp.says.release.contains(attribute))
}

struct Known<'a> {
    person: &'a Person,
    registered: Registered,
}

/// The name the service knows her by; none where it knows people by one that nobody registered for her.
async fn name(
    cx: &Cx,
    tx: &mut dyn Tx,
    (rp, grant): (&RelyingParty, &Grant),
    known: &Known<'_>,
) -> Result<Option<String>, Fault> {
    let address = |id: Uuid| format!("https://data.gov.dk/model/core/eid/professional/uuid/{id}");
    Ok(match rp.name_id {
        NameIdRule::Transient => Some(address(cx.handle()?)),
        NameIdRule::PersistentPairwise => Some(address(pairwise(cx, rp, grant)?)),
        NameIdRule::Exact => match &known.registered.subject_name_id {
            Some(registered) => Some(registered.clone()),
            None => {
                let made = format!("{}{}", known.person.user_name, rp.says.name_suffix);
                is_free(cx, tx, grant, &made).await?.then_some(made)
            }
        },
        NameIdRule::UniId => known.registered.uni_id.clone(),
        NameIdRule::X509SubjectName => {
            let own = known.registered.uuid.map_or_else(|| pairwise(cx, rp, grant), Ok)?;
            let (cvr, common_name) = (&grant.association.cvr, distinguished(&known.person.full_name()));
            Some(format!("C=DK,O={cvr},CN={common_name},Serial={own}"))
        }
    })
}

/// Whether a name that nobody registered for her is no other's: one that is, or was, means that other to the partner
/// (security decision 21).
async fn is_free(cx: &Cx, tx: &mut dyn Tx, grant: &Grant, name: &str) -> Result<bool, Fault> {
    let kind = NameKind::SubjectNameId;
    let owner = tx.registered_name_owner(kind, name).await?;
    let others = owner.is_some_and(|owner| owner != grant.person);
    Ok(!others && !was_registered(cx, tx, (kind, name)).await?)
}

/// The same at every visit, another at every service.
fn pairwise(cx: &Cx, rp: &RelyingParty, grant: &Grant) -> Result<Uuid, Fault> {
    let of = format!("{} {}", grant.person, rp.entity_id);
    let mac = cx.house.vault.mac(KeyUse::Names, of.as_bytes())?;
    let mut bytes = [0u8; 16];
    bytes.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
    Ok(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// A value inside a distinguished name: what would end it is escaped (RFC 4514 2.4).
fn distinguished(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=')
            || (at == 0 && character == '#')
        {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Whether the name a request gives is hers: the one the service is told, or her user name, with a domain behind it or
/// without.
fn means(asked: &str, name_id: &str, person: &Person) -> bool {
    let typed = |name: &str| person.user_name.as_str() == name.to_lowercase();
    asked == name_id || typed(asked) || asked.rsplit_once('@').is_some_and(|(local, _)| typed(local))
}

fn personal(rp: &RelyingParty, person: &Person) -> Vec<(Attribute, String)> {
    let told = rp.says.release.iter().filter_map(|attribute| {
        let value = match attribute {
            Attribute::FullName => person.full_name(),
            Attribute::FirstName => person.given_name.to_string(),
            Attribute::LastName => person.family_name.to_string(),
            Attribute::Mail => person.contact.work_mail.as_ref()?.to_string(),
            Attribute::Ial | Attribute::Aal | Attribute::Cpr | Attribute::Privileges | Attribute::Uuid => {
                return None;
            }
        };
        Some((*attribute, value))
    });
    told.collect()
}

async fn cpr(cx: &Cx, tx: &mut dyn Tx, grant: &Grant) -> Result<String, Fault> {
    let sealed = tx.cpr_of(grant.person).await?.ok_or(Fault::Encoding)?;
    let clear = cx.house.vault.open(KeyUse::CprSeal, &cpr_place(grant.person), &sealed)?;
    core::str::from_utf8(&clear).map(str::to_owned).map_err(|_| Fault::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_say_more_than_a_name() {
        assert_eq!(distinguished("Maja Holm Ærø"), "Maja Holm Ærø");
        assert_eq!(distinguished("Maja,O=29189896"), "Maja\\,O\\=29189896");
        assert_eq!(distinguished("#1 \\ \"x\""), "\\#1 \\\\ \\\"x\\\"");
    }
}

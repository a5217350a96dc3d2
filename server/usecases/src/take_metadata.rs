//! What a fetched version of a service's metadata comes to: a bad one changes nothing and says exactly what is wrong
//! (security decision 26).

use crate::context::{Cx, hex};
use crate::fault::Fault;
use crate::operator::{Operator, tell_administrators};
use crate::ports::saml::{Described, LineDown};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use crate::save_connection::safe_addresses;
use domain::Timestamp;
use domain::audit::EventKind;
use domain::notice::Template;
use domain::relying_party::{Refresh, RelyingParty, Source, Waits};
use sha2::{Digest, Sha256};

/// A version that was fetched, or why there is none.
pub(crate) struct Version {
    described: Result<Described, String>,
    /// SHA-256 of its text, in hexadecimal.
    sha256: String,
}

/// SHA-256 of what a version may change: the same of two texts that say the same.
fn makes(rp: &RelyingParty) -> String {
    let numbers: Vec<u8> = rp.consumer_indexes.iter().flat_map(|number| number.to_be_bytes()).collect();
    let mut keys: Vec<&[u8]> = rp.signing_certificates.iter().map(Vec::as_slice).collect();
    keys.sort_unstable();
    let addresses = rp.assertion_consumers.iter().map(String::as_str).chain(rp.logout_addresses());
    let parts = keys.into_iter().chain([rp.encryption_certificate.as_slice(), numbers.as_slice()]);
    let parts = parts.chain(addresses.map(str::as_bytes)).map(Sha256::digest);
    hex(&parts.fold(Sha256::new(), Digest::chain_update).finalize())
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It says what was known.
    Same,
    /// It is in use from now on; what changed.
    Taken(Vec<&'static str>),
    /// It waits for an administrator; what it would change.
    Waits(Vec<&'static str>),
    /// It cannot be used; says what is wrong.
    Trouble(String),
    /// The connection is gone, or fetched from elsewhere by now.
    Gone,
}

/// Reads what was fetched for this connection, outside of any transaction.
pub(crate) fn read(
    cx: &Cx,
    rp: &RelyingParty,
    source: &Source,
    fetched: Result<String, LineDown>,
    loopback_http: bool,
) -> Version {
    let sha256 = fetched.as_ref().map(|text| hex(&Sha256::digest(text))).unwrap_or_default();
    let described = fetched.map_err(|LineDown(why)| why).and_then(|text| {
        let described = cx
            .house
            .saml
            .described(&text, source.signer.as_deref(), rp.id, cx.now)
            .map_err(|not_taken| not_taken.reason)?;
        if described.connection.entity_id != rp.entity_id {
            return Err("the metadata is of another service (entityID)".to_owned());
        }
        safe_addresses(&described.connection, loopback_http).map_err(|unsafe_| unsafe_.to_string())?;
        Ok(described)
    });
    Version { described, sha256 }
}

/// Settles it in this transaction: as it was fetched by itself, or with an operator who vouches for it.
pub(crate) async fn settle(
    cx: &Cx,
    tx: &mut dyn Tx,
    of: (&RelyingParty, &Source),
    version: Version,
    by: Option<&Operator>,
) -> Result<Outcome, Fault> {
    let (asked, from) = of;
    // Read anew, and held: it may have been saved meanwhile, and what an administrator saves now comes after this.
    let Some(mut rp) = tx.relying_party_for_update(asked.id).await? else { return Ok(Outcome::Gone) };
    let Some(mut source) = rp.source.take().filter(|now| now.url == from.url && now.signer == from.signer)
    else {
        return Ok(Outcome::Gone);
    };
    source.tried_at = Some(cx.now);
    let vouched = by.is_some() || source.signer.is_some();
    let keys_until = version.described.as_ref().ok().and_then(|it| it.keys_until);
    let made = version.described.as_ref().map(|it| makes(&it.connection)).unwrap_or_default();
    let digests = (version.sha256.as_str(), made.as_str());
    let outcome = match version.described {
        Err(trouble) => Outcome::Trouble(trouble),
        Ok(described) => match rp.refreshed(&described.connection, vouched) {
            Refresh::Same => in_order(&mut source, described.valid_until, cx.now, Outcome::Same),
            Refresh::Waits(changes) => Outcome::Waits(changes),
            Refresh::Taken(taken, changes) => match taken.coherent() {
                Err(incoherent) => Outcome::Trouble(incoherent.to_string()),
                Ok(()) => {
                    rp = *taken;
                    in_order(&mut source, described.valid_until, cx.now, Outcome::Taken(changes))
                }
            },
        },
    };
    if let Some((entry, tells)) = news(cx, &rp, &mut source, &outcome, digests, by) {
        record(cx, tx, entry).await?;
        if tells {
            tell_administrators(cx, tx, attention(&outcome)).await?;
        }
    }
    if let Some(end) = source.to_warn_of(keys_until, cx.now) {
        tracing::warn!(service = %rp.entity_id, %end, "the metadata of a service, or its keys, end soon");
        source.warned_of = Some(end);
        tell_administrators(cx, tx, Template::ServiceAttention).await?;
    }
    rp.source = Some(source);
    tx.put_relying_party(&rp).await?;
    Ok(outcome)
}

/// Warns administrators, once, that what was handed in of this service, or one of its keys, ends soon.
pub(crate) async fn warn_of_end(cx: &Cx, known: &RelyingParty) -> Result<(), Fault> {
    let end = |rp: &RelyingParty| rp.handed_in.to_warn_of(cx.house.saml.keys_until(rp), cx.now);
    if end(known).is_none() {
        return Ok(());
    }
    let mut tx = cx.house.store.begin("warn_of_end").await?;
    // Read anew, and held: it may have been saved meanwhile, or warned of by another instance.
    let Some(mut rp) = tx.relying_party_for_update(known.id).await?.filter(|rp| rp.source.is_none()) else {
        return Ok(());
    };
    let Some(end) = end(&rp) else { return Ok(()) };
    tracing::warn!(service = %rp.entity_id, %end, "the metadata of a service, or its keys, end soon");
    rp.handed_in.warned_of = Some(end);
    tell_administrators(cx, tx.as_mut(), Template::ServiceAttention).await?;
    tx.put_relying_party(&rp).await?;
    Ok(tx.commit().await?)
}

fn in_order(
    source: &mut Source,
    valid_until: Option<Timestamp>,
    now: Timestamp,
    outcome: Outcome,
) -> Outcome {
    source.fetched_at = Some(now);
    source.valid_until = valid_until;
    source.waits = None;
    source.trouble = None;
    outcome
}

fn attention(outcome: &Outcome) -> Template {
    match outcome {
        Outcome::Taken(_) => Template::ServiceSaved,
        Outcome::Same | Outcome::Waits(_) | Outcome::Trouble(_) | Outcome::Gone => Template::ServiceAttention,
    }
}

/// The event of what is new, and whether administrators hear of it: what waits, and the same trouble, are told once.
fn news(
    cx: &Cx,
    rp: &RelyingParty,
    source: &mut Source,
    outcome: &Outcome,
    (sha256, made): (&str, &str),
    by: Option<&Operator>,
) -> Option<(Entry, bool)> {
    let entry = |kind| match by {
        Some(by) => by.entry(kind).fact("service", &rp.entity_id),
        None => Entry::by_system(kind).fact("service", &rp.entity_id),
    };
    match outcome {
        Outcome::Same | Outcome::Gone => None,
        Outcome::Taken(changes) => {
            let entry = entry(EventKind::MetadataTaken).fact("change", changes.join(" "));
            let entry = entry.fact("signed", source.signer.is_some());
            let until = source.valid_until.map_or_else(|| "none".to_owned(), |until| until.to_string());
            Some((entry.fact("until", until), true))
        }
        Outcome::Waits(changes) => {
            source.trouble = None;
            if source.waits.as_ref().is_some_and(|waits| waits.makes == made) {
                return None;
            }
            let words = changes.iter().map(|word| (*word).to_owned()).collect();
            source.waits = Some(Waits {
                sha256: sha256.to_owned(),
                makes: made.to_owned(),
                since: cx.now,
                changes: words,
            });
            let entry = Entry::by_system(EventKind::MetadataWaits).fact("service", &rp.entity_id);
            Some((entry.fact("change", changes.join(" ")).fact("sha256", sha256), true))
        }
        Outcome::Trouble(trouble) => {
            tracing::warn!(service = %rp.entity_id, %trouble, "metadata of a service was not taken");
            if by.is_none() && source.trouble.as_ref() == Some(trouble) {
                return None;
            }
            source.trouble = Some(trouble.clone());
            Some((entry(EventKind::MetadataRefused).fact("why", trouble), by.is_none()))
        }
    }
}

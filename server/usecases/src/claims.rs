//! What an application is told about a person: what it asked for, as far as its connection releases it.

use crate::context::Cx;
use domain::association::Association;
use domain::oidc::client::{Claim, Client};
use domain::person::Person;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The claims, by their names on the wire.
pub(crate) fn told(
    cx: &Cx,
    client: &Client,
    person: &Person,
    association: &Association,
    asked: &BTreeSet<Claim>,
) -> Map<String, Value> {
    let given = asked.intersection(&client.claims).filter_map(|claim| {
        let value = match claim {
            Claim::Name => person.full_name(),
            Claim::GivenName => person.given_name.to_string(),
            Claim::FamilyName => person.family_name.to_string(),
            Claim::UserName => person.user_name.to_string(),
            // HR says what it is, and HR's word is all we have for it: never `email_verified`.
            Claim::Mail => person.contact.work_mail.as_ref()?.to_string(),
            Claim::Cvr => association.cvr.to_string(),
            Claim::Organisation => cx.house.policy.municipality.clone(),
        };
        Some((claim.word().to_owned(), Value::String(value)))
    });
    given.collect()
}

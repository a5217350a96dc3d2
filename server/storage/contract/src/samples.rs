//! People, times and things to keep.

use domain::association::{Association, Cvr};
use domain::audit::{Actor, FORMAT, Row};
use domain::ids::{Epoch, PersonId};
use domain::person::{Contact, Mail, Mobile, Name, Person, UserName};
use domain::session::Session;
use domain::standing::{Hold, Origin};
use domain::{Date, SignedDuration, Timestamp};
use usecases::ports::chance::Clock;
use usecases::ports::store::{NewPerson, Store, StoreFault, Tx};
use usecases::ports::vault::{Mac, Sealed};
use uuid::Uuid;

/// Noon in Copenhagen on Maja's first day, for ever.
#[derive(Clone, Copy, Debug)]
pub struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        noon()
    }
}

/// See [`Noon`].
pub(crate) fn noon() -> Timestamp {
    Timestamp::constant(1_793_530_800, 0)
}

/// Noon and so many seconds.
pub(crate) fn at(seconds: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(seconds)
}

/// An id of any kind.
pub(crate) fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

/// A MAC like no other.
pub(crate) fn mac(number: u8) -> Mac {
    [number; 32]
}

/// A sealed value like no other.
pub(crate) fn sealed(number: u8) -> Sealed {
    Sealed(vec![number; 48])
}

/// A person with everything.
pub(crate) fn person(number: u8) -> Result<Person, Box<dyn std::error::Error>> {
    Ok(Person {
        id: id(number.into()),
        user_name: UserName::try_from(format!("maja{number}"))?,
        given_name: Name::try_from("Maja")?,
        family_name: Name::try_from("Holm Ærø")?,
        contact: Contact {
            work_mail: Some(Mail::try_from("maja@kommune.example")?),
            private_mail: None,
            mobile: Some(Mobile::try_from("12345678")?),
        },
        epoch: Epoch(3),
    })
}

/// Adds a person with her own number, index and key.
pub(crate) async fn add(tx: &mut dyn Tx, person: &Person, number: u8) -> Result<(), StoreFault> {
    tx.add_person(NewPerson {
        person,
        cpr: &sealed(number),
        cpr_index: mac(number),
        trail_key: &sealed(number.wrapping_add(100)),
        at: noon(),
    })
    .await
}

/// Commits what was changed. A change that cannot be made is refused itself or refuses the commit.
pub(crate) async fn made(change: Result<(), StoreFault>, tx: Box<dyn Tx>) -> Result<(), StoreFault> {
    change?;
    tx.commit().await
}

/// Keeps one person and commits.
pub(crate) async fn keep(store: &dyn Store, number: u8) -> Result<PersonId, Box<dyn std::error::Error>> {
    let person = person(number)?;
    let mut tx = store.begin("sample").await?;
    add(tx.as_mut(), &person, number).await?;
    tx.commit().await?;
    Ok(person.id)
}

/// A hold.
pub(crate) fn hold(number: u128, origin: Origin) -> Hold {
    Hold { id: id(number), origin, reason: "reported-lost".into(), at: at(60) }
}

/// A relation of a person.
pub(crate) fn relation(number: u128, person: PersonId) -> Result<Association, Box<dyn std::error::Error>> {
    Ok(Association {
        id: id(number),
        person,
        cvr: Cvr::try_from("29189897".to_owned())?,
        employee_number: format!("{number}"),
        unit: "Hjemmepleje Nord".into(),
        starts_on: Date::constant(2026, 11, 1),
        ends_on: None,
        activated_at: None,
        closed_at: None,
    })
}

/// A session of a person.
pub(crate) fn session(number: u128, person: PersonId, browser: u128, began_at: Timestamp) -> Session {
    use domain::factor::FactorKind::{AuthenticatorApp, Password};
    Session {
        id: id(number),
        person,
        epoch: Epoch(3),
        browser: id(browser),
        shown: vec![(Password, began_at), (AuthenticatorApp, began_at)],
        began_at,
        seen_at: began_at,
    }
}

/// A row of the trail.
pub(crate) fn row(number: u128, subject: Option<PersonId>) -> Row {
    Row {
        id: id(number),
        format: FORMAT,
        at: at(i64::try_from(number).unwrap_or(0)),
        kind: "terms.accepted".into(),
        actor: format!("{:?}", Actor::System),
        subject,
        request: id(900 + number),
        facts: r#"{"version":"1.0","word":"æøå"}"#.into(),
        personal: vec![1, 2, 3, 0, 255],
        origin: None,
        mac: [7; 32],
    }
}

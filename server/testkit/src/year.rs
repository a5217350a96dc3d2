//! A year of a municipality, lived by people who do not exist: imports, day one, logins at services, blocks by every door,
//! holds, roles, terms and other texts, keys, checkpoints, leaks, a recovery and retention, under a clock that is moved. The
//! same seed lives the same year.
//!
//! What happened is noted beside each deed, by whoever did it and not by what wrote it down; exports are held against that,
//! and what they say of the present against `Year::present`. What most of the crowd does is the exception: `year/crowd.rs`
//! says what it proves, and what it does not.

mod calendar;
mod crowd;
mod days;
mod doors;
mod incidents;
mod known;
mod life;
mod office;
mod people;
mod present;
mod scribe;
mod services;
mod trail;
mod written;

pub use calendar::Calendar;
pub use known::Known;
pub use present::Now;

use crate::{Rig, hr};
use domain::audit::checkpoint::PublicKey;
use domain::evidence::{Measured, Period};
use domain::ids::PersonId;
use domain::role::RoleKind;
use domain::suspension::Door;
use domain::{Date, Timestamp};
use life::Life;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use usecases::ports::ring::Ring;

/// Whom every trail of the year is told of: operators closed her login, and she opened it again.
const FOLLOWED: u32 = 9;
/// Who is an auditor when the year is over.
const AUDITOR: u32 = 18;
/// Who is an administrator then, and no auditor.
const ADMINISTRATOR: u32 = 19;

/// Somebody who can sign in when the year is over.
#[derive(Clone, Debug)]
pub struct Login {
    /// The how-manieth seeded person.
    pub n: u32,
    /// The seed of her authenticator app, in base 32.
    pub secret: String,
}

/// A login that was blocked by its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Whose.
    pub person: PersonId,
    /// By which door.
    pub door: Door,
    /// When.
    pub shut: Timestamp,
    /// When she opened it again; none: never.
    pub opened: Option<Timestamp>,
}

/// A year that was lived, and what is known of it.
#[derive(Clone, Debug)]
pub struct Year {
    /// Its days.
    pub calendar: Calendar,
    /// What happened, in its order, from before its first day until after its last.
    pub known: Vec<Known>,
    /// Blocks by owners, in their order.
    pub blocks: Vec<Blocked>,
    /// Whose login was held at each edge of quarter and year: at the last microsecond before it, and at its first.
    pub edges: Vec<(Timestamp, PersonId)>,
    /// Somebody whose whole trail is looked at.
    pub followed: PersonId,
    /// Every role that was accepted, in the order of its proposal: which, whose, and whether it is held at the end.
    pub roles: Vec<(RoleKind, PersonId, bool)>,
    /// Each day of a door that was handed in.
    pub measured: Vec<Measured>,
    /// What checkpoints and manifests are verified with.
    pub keys: Vec<PublicKey>,
    /// How many checkpoints were signed: none where the rig has no place for them.
    pub checkpoints: u64,
    /// Who is an auditor at the end.
    pub auditor: Login,
    /// Who is an administrator at the end, and no auditor.
    pub administrator: Login,
}

impl Year {
    /// So many people as `NSIS_ID_PEOPLE` says; else as usual.
    pub fn people(usual: u32) -> u32 {
        std::env::var("NSIS_ID_PEOPLE").ok().and_then(|many| many.parse().ok()).unwrap_or(usual)
    }

    /// Lives the year that begins on this day, with so many people (sixty at least). The clock of the rig is put to two
    /// months before, and stands behind the last day in the end. `keys` is that of the rig's vault. The rig keeps records at a
    /// place outside, which nothing was written to.
    pub async fn lived(rig: &Rig, keys: &dyn Ring, first: Date, people: u32) -> Self {
        assert!(people >= 60, "too few for what happens");
        let mut life = Life::begin(rig, keys, Calendar::from(first), people);
        Box::pin(life.before()).await;
        Box::pin(life.winter()).await;
        Box::pin(life.spring()).await;
        Box::pin(life.rest()).await;
        life.over()
    }

    /// What an export of this number tells of a period, the second one being about whom is followed.
    pub fn told(&self, number: u8, period: Period) -> impl Iterator<Item = &Known> {
        let about = (number == 2).then_some(self.followed);
        let hers = move |it: &&Known| about.is_none_or(|person| it.about == Some(person));
        let in_it = move |it: &&Known| period.holds(it.at) && it.exports().contains(&number);
        self.known.iter().filter(in_it).filter(hers)
    }

    /// How often what happened, by export and event, and what stands beside it, for whoever reads the files.
    pub fn facts(&self) -> Value {
        let counts = |period: Period| {
            let exports = (1..=18).map(|number| {
                let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
                for known in self.told(number, period).filter(|it| number != 2 || !it.is_notice()) {
                    *counts.entry(known.kind.word()).or_default() += 1;
                }
                (number.to_string(), counts)
            });
            exports.collect::<BTreeMap<_, _>>()
        };
        let period = |(first, last): (Date, Date)| {
            let within = Calendar::period((first, last));
            let present: BTreeMap<_, _> =
                (1..=18).map(|number| (number.to_string(), self.present(number, within))).collect();
            let (first, last) = (first.to_string(), last.to_string());
            json!({ "first": first, "last": last, "exports": counts(within), "present": present })
        };
        let login =
            |it: &Login| json!({ "userName": hr::line(it.n).user_name.as_str(), "secret": it.secret });
        json!({
            "year": period(self.calendar.year()),
            "quarter": period(self.calendar.quarter()),
            "followed": self.followed.to_string(),
            "auditor": login(&self.auditor),
            "administrator": login(&self.administrator),
        })
    }
}

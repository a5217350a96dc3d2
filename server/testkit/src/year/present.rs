//! What must stand in an export of how things are, by what is known of the year.

use super::{Known, Year};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::algorithms;
use domain::audit::EventKind;
use domain::calendar::{copenhagen_day, day_begins};
use domain::evidence::{Measured, Period};
use domain::ids::PersonId;
use domain::nsis;
use domain::role::RoleKind;
use domain::suspension::Door;
use std::collections::{BTreeMap, BTreeSet};

/// A row of the present: those of its columns that are known.
pub type Now = BTreeMap<&'static str, String>;

impl Year {
    /// What an export of this number must say of the present, where the year knows it whichever house looks: that house's own
    /// settings, keys and texts stand there besides.
    pub fn present(&self, number: u8, period: Period) -> Vec<Now> {
        match number {
            8 => self.roles_now(),
            12 => self.keys_now(),
            13 => self.connections(),
            14 => Door::ALL.map(|door| self.door(door, period)).into(),
            16 => self.texts(period),
            18 => nsis::all().map(requirement).collect(),
            _ => Vec::new(),
        }
    }

    fn happened(&self, kind: EventKind) -> impl Iterator<Item = &Known> {
        self.known.iter().filter(move |it| it.kind == kind)
    }

    fn roles_now(&self) -> Vec<Now> {
        let role = |(kind, person, held): &(RoleKind, PersonId, bool)| {
            let state = if *held { "held" } else { "ended" };
            let person = person.to_string();
            row("role", [("role", kind.word()), ("person", person.as_str()), ("state", state)])
        };
        self.roles.iter().map(role).collect()
    }

    fn keys_now(&self) -> Vec<Now> {
        let key = |key: &[u8; 32]| row("checkpoint-key", [("public", STANDARD.encode(key).as_str())]);
        let algorithm = |it: &algorithms::Algorithm| {
            row("algorithm", [("for", it.purpose), ("algorithm", it.name), ("strength", it.strength)])
        };
        self.keys.iter().map(key).chain(algorithms::IN_USE.iter().map(algorithm)).collect()
    }

    fn connections(&self) -> Vec<Now> {
        let saved = self.happened(EventKind::ConnectionSaved);
        let services: BTreeSet<_> = saved.filter_map(|it| it.facts.get("service")).collect();
        services.into_iter().map(|service| row("connection", [("service", service.as_str())])).collect()
    }

    /// Of the days that begin within the period those that were handed in.
    fn door(&self, door: Door, period: Period) -> Now {
        let within = |it: &&Measured| it.door == door && period.holds(day_begins(it.day));
        let days: Vec<&Measured> = self.measured.iter().filter(within).collect();
        let sum = |of: fn(&Measured) -> u64| days.iter().map(|it| of(it)).sum::<u64>();
        let most = |of: fn(&Measured) -> u64| days.iter().map(|it| of(it)).max().unwrap_or(0).to_string();
        let (probes, worked) = (sum(|it| it.probes), sum(|it| it.worked));
        let percent = (worked * 100_000).checked_div(probes);
        let percent = percent.map_or(String::new(), |it| format!("{}.{:03}", it / 1000, it % 1000));
        let mut now = row("door", [("door", door.word()), ("available-percent", percent.as_str())]);
        now.insert("days", days.len().to_string());
        now.insert("of", days_of(period).to_string());
        now.insert("probes", probes.to_string());
        now.insert("worked", worked.to_string());
        now.insert("longest-failure", most(|it| it.longest_failure));
        now.insert("longest-silence", most(|it| it.longest_silence));
        now.insert("slowest-p99-ms", most(|it| it.p99));
        now
    }

    /// The terms that were published, and of each other text the version of the end of the period.
    fn texts(&self, period: Period) -> Vec<Now> {
        let fact = |it: &Known, name: &str| it.facts.get(name).cloned().unwrap_or_default();
        let terms = self.happened(EventKind::TermsPublished);
        let terms =
            terms.map(|it| row("terms", [("version", fact(it, "version").as_str()), ("in-force", "true")]));
        let mut newest = BTreeMap::new();
        for it in self.happened(EventKind::DocumentPublished).filter(|it| it.at < period.before) {
            newest.insert(fact(it, "document"), it);
        }
        let documents = newest.into_iter().map(|(document, it)| {
            let (version, from, digest) = (fact(it, "version"), fact(it, "holds-from"), fact(it, "sha256"));
            let told = [("document", &document), ("version", &version), ("from", &from), ("sha256", &digest)];
            row("document", told.map(|(name, value)| (name, value.as_str())))
        });
        terms.chain(documents).collect()
    }
}

fn row<const N: usize>(what: &str, told: [(&'static str, &str); N]) -> Now {
    [("what", what)].into_iter().chain(told).map(|(name, value)| (name, value.to_owned())).collect()
}

fn requirement(it: &nsis::Requirement) -> Now {
    let told = [("level", it.level.word()), ("demands", it.demands), ("state", it.state().word())];
    row("requirement", told).into_iter().chain([("id", it.id.to_owned())]).collect()
}

fn days_of(period: Period) -> u64 {
    let (mut day, mut many) = (copenhagen_day(period.from), 0);
    while period.holds(day_begins(day)) {
        day = day.tomorrow().expect("a day within reach");
        many += 1;
    }
    many
}

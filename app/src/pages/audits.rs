//! What an auditor looks at beside her exports: figures (53), events (54), accepts of terms (55), requirements. Everything
//! is read only, and what is sealed is shown by a deed alone.

mod accepts;
mod chain;
mod events;
mod figures;
mod requirements;

pub(crate) use accepts::{acceptance, accepts_start};
pub(crate) use events::{events, events_start, row};
pub(crate) use figures::{figures, figures_start};
pub(crate) use requirements::requirements;

use crate::scene::Scene;
use domain::Timestamp;
use domain::nsis::Owner;
use leptos::prelude::*;
use text::pages::audits as words;
use text::{Say, format};

/// Until when what was opened is shown.
fn open_until(scene: &Scene, until: Timestamp) -> AnyView {
    let told = scene.fill(words::OPEN_UNTIL, &[("clock", &format::clock(until, scene.lang()))]);
    view! { <p class="hint no-print">{told}</p> }.into_any()
}

/// Who in the municipality answers for what no software can do.
const fn owner_name(owner: Owner) -> Say {
    match owner {
        Owner::Management => words::OWNER_MANAGEMENT,
        Owner::HumanResources => words::OWNER_HR,
        Owner::CitizenService => words::OWNER_CITIZENS,
        Owner::Operations => words::OWNER_OPERATIONS,
        Owner::SecurityOfficer => words::OWNER_SECURITY,
        Owner::DataProtectionOfficer => words::OWNER_PRIVACY,
    }
}

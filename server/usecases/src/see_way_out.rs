//! How a way out through services stands, at any time.

use crate::context::Cx;
use crate::flows::{self, NoFlow};
use domain::Timestamp;
use domain::ids::FlowId;
use domain::leaving::{Asker, Leaving, Step};
use domain::visit::{Ending, Visit};

/// How a way out stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOutSeen {
    /// The services of the session, in the order she came to them.
    pub services: Vec<ServiceLeft>,
    /// Somebody is still to be asked or waited for.
    pub walking: bool,
    /// Somebody is left who is to hear how it went.
    pub unanswered: bool,
}

/// A service, and whether its session is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceLeft {
    /// What people call it.
    pub name: String,
    /// How it stands there.
    pub state: LeftState,
}

/// How it stands at a service; the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftState {
    /// It said that her session is over.
    Confirmed,
    /// It is being told, without her browser.
    BeingTold,
    /// It is to be asked through her browser, or was and has not answered.
    Waits,
    /// It cannot be told, or did not confirm: it may stay open until then.
    MayStay(Timestamp),
}

/// How a way out stands, to look at.
pub async fn see_way_out(cx: &Cx, id: FlowId) -> Result<WayOutSeen, NoFlow> {
    let mut tx = cx.house.store.reading("see_way_out").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let leaving = flows::leaving(&flow)?;
    let (person, _) = flow.person.ok_or(NoFlow::Gone)?;
    let mut services: Vec<ServiceLeft> = Vec::new();
    let visits = tx.visits_of(person, cx.now).await?;
    for visit in visits.iter().filter(|it| it.session == leaving.session) {
        let known = tx.connection(visit.relying_party).await?;
        let name = known.map(|it| it.display_name().to_owned()).unwrap_or_default();
        let state = state(leaving, visit);
        match services.iter_mut().find(|it| it.name == name) {
            Some(seen) => seen.state = seen.state.max(state),
            None => services.push(ServiceLeft { name, state }),
        }
    }
    let unanswered = leaving.asker != Asker::Portal && leaving.step() != Step::Done;
    Ok(WayOutSeen { services, walking: leaving.is_walking(), unanswered })
}

fn state(leaving: &Leaving, visit: &Visit) -> LeftState {
    match visit.ending {
        Ending::Confirmed(_) => LeftState::Confirmed,
        Ending::Asked => LeftState::BeingTold,
        Ending::None if leaving.waits_for(visit.id) => LeftState::Waits,
        Ending::None | Ending::NotConfirmed => LeftState::MayStay(visit.until),
    }
}

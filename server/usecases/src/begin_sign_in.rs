//! Beginning to sign in, to the portal or for a service that asked.

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::ports::store::Tx;
use crate::record::{Entry, record};
use domain::audit::{Actor, EventKind};
use domain::flow::{About, Flow};
use domain::ids::FlowId;
use domain::sign_in::{SignIn, Step, Target};

/// Begins an attempt of its own: two tabs never swap service or level (security decision 3).
pub async fn begin_sign_in(cx: &Cx) -> Result<FlowId, Fault> {
    let id = cx.handle()?;
    let mut tx = cx.house.store.begin("begin_sign_in").await?;
    begin(cx, tx.as_mut(), id).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside another transaction, as this flow.
pub(crate) async fn begin(cx: &Cx, tx: &mut dyn Tx, id: FlowId) -> Result<(), Fault> {
    let flow = Flow::start(id, cx.browser, About::SignIn(SignIn::begin(Target::Portal)), cx.now);
    tx.add_flow(&flow).await?;
    record(cx, tx, Entry::new(EventKind::SignInBegun, Actor::Unknown)).await
}

/// Where a sign-in stands, and for whom it is.
#[derive(Clone, Debug)]
pub struct SignInSeen {
    /// What comes next.
    pub step: Step,
    /// What people call the service; none for the portal.
    pub service: Option<String>,
    /// The services behind a broker.
    pub requesters: Vec<String>,
    /// Whom the service means, as she would type it.
    pub hint: Option<String>,
    /// The user name of whoever showed a key here whose password comes next.
    pub known_as: Option<String>,
    /// Until when the password shown in it may be used, where it is known from leaks.
    pub leaked_until: Option<domain::Timestamp>,
}

/// Looks at a sign-in of this browser.
pub async fn see_sign_in(cx: &Cx, id: FlowId) -> Result<SignInSeen, NoFlow> {
    let mut tx = cx.house.store.look("see_sign_in").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?;
    if sign_in.step() == Step::ChangePassword {
        flows::signed_in_still(tx.as_mut(), sign_in).await?;
    }
    let service = sign_in.target.service().map(str::to_owned);
    let (requesters, subject) = match &sign_in.target {
        Target::Service(request) => (request.requesters.clone(), request.subject.as_deref()),
        Target::Portal | Target::Application(_) => (Vec::new(), None),
    };
    // A broker names her with a domain behind it that she does not type.
    let hint = subject.map(|name| name.split_once('@').map_or(name, |(local, _)| local).to_owned());
    let known_as = match sign_in.awaiting_password() {
        Some(person) => tx.person(person).await?.map(|person| person.user_name.to_string()),
        None => None,
    };
    let (step, leaked_until) = (sign_in.step(), sign_in.leaked_until());
    Ok(SignInSeen { step, service, requesters, hint, known_as, leaked_until })
}

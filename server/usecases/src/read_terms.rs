//! Reading and accepting the terms, before the first login and when a new version holds (NSIS 3.1.1).

use crate::context::Cx;
use crate::fault::Fault;
use crate::flows::{self, NoFlow};
use crate::hold::hold;
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::terms_in_force::{pages_of, terms_in_force};
use domain::audit::{Actor, EventKind};
use domain::enrolment::NotNow;
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::publication::Pages;
use domain::standing::Origin;
use domain::terms::{Accepted, Accepting, NotRead, Reading, TermsAcceptance, TermsVersion};

/// Why a page is not turned, or the terms are not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TermsRefused {
    /// Not read as they must be; the page to show stands in it.
    #[error(transparent)]
    NotRead(NotRead),
    /// The terms are not what comes next.
    #[error("the terms are not what comes next")]
    NotNow,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for TermsRefused {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for TermsRefused {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<NotNow> for TermsRefused {
    fn from(refused: NotNow) -> Self {
        match refused {
            NotNow::Terms(not_read) => Self::NotRead(not_read),
            _ => Self::NotNow,
        }
    }
}

/// On the way to what somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Her first login.
    Enrolling,
    /// Her login, for which other terms hold now.
    SigningIn,
    /// Her blocked login, for which other terms hold now.
    Reopening,
}

/// A reading under way, and what is read.
#[derive(Clone, Debug)]
pub struct ReadingSeen {
    /// Who reads.
    pub reader: Reader,
    /// How far.
    pub reading: Reading,
    /// The version that holds.
    pub terms: TermsVersion,
    /// What it says.
    pub pages: Pages,
}

/// The reading under way in a flow of this browser.
pub async fn see_reading(cx: &Cx, id: FlowId) -> Result<ReadingSeen, TermsRefused> {
    let mut tx = cx.house.store.reading("see_reading").await?;
    let flow = flows::seen(cx, tx.as_mut(), id).await?;
    let reader = match &flow.about {
        About::Enrolment(_) => Reader::Enrolling,
        About::SignIn(_) => Reader::SigningIn,
        About::Reopening(_) => Reader::Reopening,
        _ => return Err(NoFlow::Gone.into()),
    };
    let reading = reading_in(&flow).cloned().ok_or(TermsRefused::NotNow)?;
    let terms = terms_in_force(cx, tx.as_mut()).await?.terms;
    let pages = pages_of(cx, tx.as_mut(), &terms).await?;
    Ok(ReadingSeen { reader, reading, terms, pages })
}

/// Records that page `page` was shown ("Næste").
pub async fn turn_page(cx: &Cx, id: FlowId, page: u8) -> Result<(), TermsRefused> {
    let mut tx = cx.house.store.begin("turn_page").await?;
    let current = terms_in_force(cx, tx.as_mut()).await?.terms;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let turned = match flow.about.clone() {
        About::Enrolment(enrolment) => {
            enrolment.turn_page(page, current.hash, cx.now).map(About::Enrolment).map_err(TermsRefused::from)
        }
        About::SignIn(sign_in) => {
            let (session, reading) =
                sign_in.session().zip(sign_in.reading().cloned()).ok_or(TermsRefused::NotNow)?;
            let turned = reading.turn(page, current.hash, cx.now).map_err(TermsRefused::NotRead);
            turned.map(|reading| About::SignIn(sign_in.signed(session, Some(reading))))
        }
        About::Reopening(reopening) => {
            let reading = reopening.reading().cloned().ok_or(TermsRefused::NotNow)?;
            let turned = reading.turn(page, current.hash, cx.now).map_err(TermsRefused::NotRead);
            turned.map(|reading| About::Reopening(Box::new(reopening.read(reading))))
        }
        About::Mitid(_)
        | About::Blocking(..)
        | About::Blocked(..)
        | About::Reset(_)
        | About::Sheet(..)
        | About::StepUp(_)
        | About::Verifying(_)
        | About::OwnData(..)
        | About::Ceremony(_)
        | About::OnPhone(_)
        | About::PhoneOf(_)
        | About::Export(_)
        | About::Sample(_)
        | About::Looked(_)
        | About::Leaving(_)
        | About::Brought(_) => Err(TermsRefused::NotNow),
    };
    match turned {
        Ok(about) => {
            let entry =
                entry(&flow, EventKind::TermsPageShown).fact("page", page).fact("terms", current.hash);
            tx.save_flow(&onward(cx, flow, about)).await?;
            record(cx, tx.as_mut(), entry).await?;
            tx.commit().await?;
            Ok(())
        }
        Err(refused) => Err(refuse(cx, tx, flow, refused).await?),
    }
}

/// Accepts. In an enrolment the accept waits in the flow for the proof that names its giver (security decision 1);
/// after a sign-in it is stored at once, and in a reopening with all the rest.
pub async fn accept_terms(cx: &Cx, id: FlowId, ticked: bool) -> Result<(), TermsRefused> {
    let by = Accepting { address: cx.source.address.to_string(), agent: cx.source.agent.clone() };
    let mut tx = cx.house.store.begin("accept_terms").await?;
    let current = terms_in_force(cx, tx.as_mut()).await?.terms;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    let accepted = match flow.about.clone() {
        About::Enrolment(enrolment) => enrolment
            .accept(ticked, current.hash, cx.now, by)
            .map(About::Enrolment)
            .map_err(TermsRefused::from),
        About::SignIn(sign_in) => {
            let (session, reading) =
                sign_in.session().zip(sign_in.reading().cloned()).ok_or(TermsRefused::NotNow)?;
            flows::signed_in_still(tx.as_mut(), &sign_in).await?;
            match reading.accept(ticked, current.hash, cx.now, by) {
                Ok(accepted) => {
                    let (person, _) = flow.person.ok_or(TermsRefused::NotNow)?;
                    tx.keep_terms(&current).await?;
                    keep_acceptance(cx, tx.as_mut(), person, accepted).await?;
                    Ok(About::SignIn(sign_in.signed(session, None)))
                }
                Err(not_read) => Err(TermsRefused::NotRead(not_read)),
            }
        }
        // Staged like all of a reopening: stored when she confirms, and not before.
        About::Reopening(reopening) => {
            let reading = reopening.reading().cloned().ok_or(TermsRefused::NotNow)?;
            let accepted = reading.accept(ticked, current.hash, cx.now, by).map_err(TermsRefused::NotRead);
            accepted.map(|accepted| About::Reopening(Box::new(reopening.agreed(accepted))))
        }
        About::Mitid(_)
        | About::Blocking(..)
        | About::Blocked(..)
        | About::Reset(_)
        | About::Sheet(..)
        | About::StepUp(_)
        | About::Verifying(_)
        | About::OwnData(..)
        | About::Ceremony(_)
        | About::OnPhone(_)
        | About::PhoneOf(_)
        | About::Export(_)
        | About::Sample(_)
        | About::Looked(_)
        | About::Leaving(_)
        | About::Brought(_) => Err(TermsRefused::NotNow),
    };
    match accepted {
        Ok(about) => {
            tx.save_flow(&onward(cx, flow, about)).await?;
            tx.commit().await?;
            Ok(())
        }
        Err(refused) => Err(refuse(cx, tx, flow, refused).await?),
    }
}

/// Declines. Who is signed in loses the use of her login until it is settled (security decision 8); in an enrolment
/// nobody is known yet, so it is only written down, and the way stays open.
pub async fn decline_terms(cx: &Cx, id: FlowId) -> Result<(), TermsRefused> {
    let mut tx = cx.house.store.begin("decline_terms").await?;
    let current = terms_in_force(cx, tx.as_mut()).await?.terms;
    let flow = flows::locked(cx, tx.as_mut(), id).await?;
    reading_in(&flow).ok_or(TermsRefused::NotNow)?;
    if let About::SignIn(sign_in) = &flow.about {
        flows::signed_in_still(tx.as_mut(), sign_in).await?;
    }
    record(cx, tx.as_mut(), entry(&flow, EventKind::TermsDeclined).fact("terms", current.hash)).await?;
    if let (About::SignIn(_) | About::Reopening(_), Some((person, _))) = (&flow.about, flow.person) {
        hold(cx, tx.as_mut(), person, &Actor::Person(person), (Origin::Terms, "terms-declined")).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Stores an accept with its event and receipt.
pub(crate) async fn keep_acceptance(
    cx: &Cx,
    tx: &mut dyn Tx,
    person: PersonId,
    accepted: Accepted,
) -> Result<(), Fault> {
    let entry = Entry::by(EventKind::TermsAccepted, person)
        .fact("terms", accepted.terms)
        .fact("pages", accepted.shown.len())
        .fact("ticked-at", accepted.at);
    tx.add_acceptance(&TermsAcceptance { id: cx.id()?, person, accepted }).await?;
    tx.withdraw(person, Template::TermsNear).await?;
    record(cx, tx, entry).await?;
    tell(cx, tx, person, Template::TermsAccepted).await
}

/// Keeps the refusal in the trail; a version that changed midway is opened at its first page.
async fn refuse(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    flow: Flow,
    refused: TermsRefused,
) -> Result<TermsRefused, TermsRefused> {
    if matches!(refused, TermsRefused::NotRead(NotRead::NewVersion)) {
        let current = terms_in_force(cx, tx.as_mut()).await?.terms;
        tx.keep_terms(&current).await?;
        let about = match flow.about.clone() {
            About::Enrolment(enrolment) => About::Enrolment(enrolment.with_new_terms(&current)),
            About::SignIn(sign_in) => match sign_in.session() {
                Some(session) => About::SignIn(sign_in.signed(session, Some(Reading::begin(&current)))),
                None => About::SignIn(sign_in),
            },
            About::Reopening(reopening) => About::Reopening(Box::new(reopening.with_terms(&current))),
            about @ (About::Mitid(_)
            | About::Blocking(..)
            | About::Blocked(..)
            | About::Reset(_)
            | About::Sheet(..)
            | About::StepUp(_)
            | About::Verifying(_)
            | About::OwnData(..)
            | About::Ceremony(_)
            | About::OnPhone(_)
            | About::PhoneOf(_)
            | About::Export(_)
            | About::Sample(_)
            | About::Looked(_)
            | About::Leaving(_)
            | About::Brought(_)) => about,
        };
        tx.save_flow(&onward(cx, flow.clone(), about)).await?;
    }
    record(cx, tx.as_mut(), entry(&flow, EventKind::EnrolmentRefused).fact("why", &refused)).await?;
    tx.commit().await?;
    Ok(refused)
}

/// A quarter of an hour more; a reopening lasts as long as its proof.
fn onward(cx: &Cx, flow: Flow, about: About) -> Flow {
    let until = match &about {
        About::Reopening(reopening) => Some(reopening.until()),
        _ => None,
    };
    let flow = flow.onward(about, cx.now);
    match until {
        Some(until) => flow.until(until),
        None => flow,
    }
}

fn reading_in(flow: &Flow) -> Option<&Reading> {
    match &flow.about {
        About::Enrolment(enrolment) => enrolment.reading(),
        About::SignIn(sign_in) => sign_in.reading(),
        About::Reopening(reopening) => reopening.reading(),
        About::Mitid(_)
        | About::Blocking(..)
        | About::Blocked(..)
        | About::Reset(_)
        | About::Sheet(..)
        | About::StepUp(_)
        | About::Verifying(_)
        | About::OwnData(..)
        | About::Ceremony(_)
        | About::OnPhone(_)
        | About::PhoneOf(_)
        | About::Export(_)
        | About::Sample(_)
        | About::Looked(_)
        | About::Leaving(_)
        | About::Brought(_) => None,
    }
}

/// Before the proof nobody is known: the event is about the invited, by somebody unknown.
fn entry(flow: &Flow, kind: EventKind) -> Entry {
    match (&flow.about, flow.person) {
        (_, Some((person, _))) => Entry::by(kind, person),
        (About::Enrolment(enrolment), None) => Entry::new(kind, Actor::Unknown).about(enrolment.invited),
        _ => Entry::new(kind, Actor::Unknown),
    }
}

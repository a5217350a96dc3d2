//! Whether a token may be issued at this very instant, and what it says (NSIS 6.1, 6.2).

use crate::association::Association;
use crate::clocks::Agreement;
use crate::factor::authentication_level;
use crate::ids::{BrowserId, PersonId};
use crate::level::{AssuranceLevel, Chain};
use crate::proofing::IdentityProofing;
use crate::reconfirmation::Proved;
use crate::relying_party::{RelyingParty, ServiceRequest};
use crate::session::{Session, SessionTimes};
use crate::standing::Standing;
use crate::stateable::Stateable;
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Everything that is looked at when a token is issued; read in the transaction that issues.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Who.
    pub person: PersonId,
    /// Open holds and epoch.
    pub standing: &'a Standing,
    /// The session.
    pub session: &'a Session,
    /// The browser that asks.
    pub browser: BrowserId,
    /// The newest proofing.
    pub proofing: Option<&'a IdentityProofing>,
    /// When HR changed her name the last time.
    pub renamed_at: Option<Timestamp>,
    /// All work relations.
    pub associations: &'a [Association],
    /// Whether what she accepted last is enough for the terms that hold ([`crate::publication::InForce::settled_by`]).
    pub agreed: bool,
    /// How long sessions last.
    pub times: SessionTimes,
    /// Now.
    pub now: Timestamp,
    /// Whether our clock and the database's agree.
    pub clocks: Agreement,
    /// Today in Copenhagen.
    pub today: Date,
    /// A pilot: everything is checked as ever, and no level is stated (security decision 25).
    pub pilot: bool,
}

/// What is missing; each leads to a step that mends it, or to a page that says whom to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Missing {
    /// Sign in (again).
    #[error("no live session")]
    SignIn,
    /// Show every factor anew: the service demands it.
    #[error("the service demands a fresh sign-in")]
    FreshSignIn,
    /// A hold is open.
    #[error("the login is held")]
    Held,
    /// Never proofed at the level.
    #[error("identity not proved")]
    Proof,
    /// Proofed, and overdue to confirm it anew: a year ago, or before HR changed her name.
    #[error("confirming anew with MitID is overdue")]
    Reconfirmation,
    /// No active work relation.
    #[error("no active association")]
    Association,
    /// The terms that hold are not accepted.
    #[error("terms not accepted")]
    Terms,
    /// The clocks are too far apart for any token.
    #[error("the clocks are too far apart")]
    Clocks,
    /// The level cannot be reached, whatever she does.
    #[error("the level cannot be reached")]
    Level,
    /// The service knows people by a name that nobody registered for her.
    #[error("no name registered that the service knows her by")]
    Name,
    /// A level is asked for, and a pilot states none.
    #[error("a pilot states no level")]
    Pilot,
}

/// What a token says about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who.
    pub person: PersonId,
    /// The relation it speaks for.
    pub association: Association,
    /// The level it states: the lowest of the chain, or less where the service wants it so; none at a pilot.
    pub level: Option<AssuranceLevel>,
    /// The chain it was computed from.
    pub chain: Chain,
    /// When she authenticated.
    pub authenticated_at: Timestamp,
    /// When the service must end its session.
    pub session_ends_at: Timestamp,
    /// Whether this token comes from a sign-in made for it, from a session, or from an exchange (NSIS 6.1).
    pub cause: Cause,
}

/// Why a token was issued (NSIS 6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Both factors were shown for this request.
    Fresh,
    /// A live session answered.
    Session,
    /// A code or a refresh token was exchanged for it, while what that rests on still held.
    Exchange,
}

/// What a service demands of one token, in whatever protocol it asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The least level asked for in the request.
    pub level: Option<AssuranceLevel>,
    /// What the token may state of the level that is reached.
    pub may_state: Stateable,
    /// The least level its connection takes.
    pub least: AssuranceLevel,
    /// How well the connection is protected.
    pub federation: AssuranceLevel,
    /// The longest session of the service.
    pub longest_session: SignedDuration,
    /// When it asked.
    pub asked_at: Timestamp,
    /// Every factor must have been shown since then.
    pub fresh_since: Option<Timestamp>,
}

impl Demand {
    /// Of a SAML request.
    pub fn of(rp: &RelyingParty, request: &ServiceRequest) -> Self {
        let within = if request.force { Some(SignedDuration::ZERO) } else { rp.fresh_within };
        let since = |within: SignedDuration| request.at.saturating_sub(within).unwrap_or(request.at);
        Self {
            level: request.level,
            may_state: request.may_state,
            least: rp.demands,
            federation: rp.federation,
            longest_session: rp.longest_session,
            asked_at: request.at,
            fresh_since: within.map(since),
        }
    }
}

/// Decides. Order matters: what the person can mend comes after what she cannot.
///
/// # Errors
/// [`Missing`]: the first thing that stands in the way.
pub fn decide(facts: &Facts<'_>, demand: &Demand) -> Result<Grant, Missing> {
    if !facts.clocks.may_issue() {
        return Err(Missing::Clocks);
    }
    if facts.pilot && demand.level.is_some() {
        return Err(Missing::Pilot);
    }
    let demanded = demand.level.map_or(demand.least, |asked| asked.max(demand.least));
    if demanded > AssuranceLevel::Substantial || demanded > demand.federation {
        return Err(Missing::Level);
    }
    if !facts.standing.is_active() {
        return Err(Missing::Held);
    }
    facts
        .session
        .alive(facts.browser, facts.standing.epoch(), facts.times, facts.now)
        .map_err(|_| Missing::SignIn)?;
    let authenticated_at = facts.session.authenticated_at();
    if demand.fresh_since.is_some_and(|since| authenticated_at < since) {
        return Err(Missing::FreshSignIn);
    }
    let proved =
        facts.proofing.map(|proofing| Proved::of(proofing, facts.renamed_at)).ok_or(Missing::Proof)?;
    let identity = proved.level(facts.now);
    let association =
        facts.associations.iter().find(|it| it.active_on(facts.today)).ok_or(Missing::Association)?;
    if !facts.agreed {
        return Err(Missing::Terms);
    }
    let authentication = authentication_level(&facts.session.kinds()).ok_or(Missing::SignIn)?;
    let chain = Chain { identity, authentication, federation: demand.federation };
    if chain.level() < demanded {
        return Err(if proved.level < demanded {
            Missing::Proof
        } else if identity < demanded {
            Missing::Reconfirmation
        } else {
            Missing::SignIn
        });
    }
    let stated = demand.may_state.highest_up_to(chain.level()).ok_or(Missing::Level)?;
    let longest = facts.now.saturating_add(demand.longest_session).unwrap_or(facts.now);
    Ok(Grant {
        person: facts.person,
        association: association.clone(),
        level: (!facts.pilot).then_some(stated),
        chain,
        authenticated_at,
        session_ends_at: facts.session.must_end_at(facts.times).min(longest),
        cause: if authenticated_at >= demand.asked_at { Cause::Fresh } else { Cause::Session },
    })
}

#[cfg(test)]
#[path = "issue_tests.rs"]
mod tests;

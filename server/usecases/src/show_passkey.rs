//! Signing in with a passkey or security key: alone where it counts alone, before the password, or after it.

use crate::begin_sign_in;
use crate::ceremonies::{self, Asking, Taken};
use crate::context::Cx;
use crate::doors::a_source_may_answer_wrongly;
use crate::fault::Fault;
use crate::finish_sign_in::{Barred, SignedIn, admission, barred, begin_session};
use crate::flows::{self, NoFlow};
use crate::hold::hold;
use crate::means;
use crate::ports::ceremonies::{CeremonyDown, KeyRefused, KnownKey};
use crate::ports::store::{StoreFault, Tx};
use crate::record::{Entry, record, tell};
use crate::show_password::Attempt;
use crate::suspend::warn_in_time;
use domain::audit::{Actor, EventKind};
use domain::ceremony::Serves;
use domain::factor::{Assertion, Mistrust, Passkey, Worth};
use domain::flow::{About, Flow};
use domain::ids::{FlowId, PersonId};
use domain::notice::Template;
use domain::sign_in::{KeyShown, SignIn, Step};
use domain::standing::{Hold, Origin};

/// Why a key is not asked for, or its answer not accepted.
#[derive(Debug, thiserror::Error)]
pub enum KeyWrong {
    /// She has no key that could answer; only ever told after her password.
    #[error("no key")]
    NoKey,
    /// The answer is not taken: unknown key, wrong site, old challenge, bad signature, a key not admitted. One case on
    /// purpose. Costs no try of any count.
    #[error("the key is not accepted")]
    Refused,
    /// The login is held; also when this answer put the hold, because there are two of this key.
    #[error("the login is held")]
    Held(Hold),
    /// Her enrolment was never finished.
    #[error("the enrolment is not finished")]
    Unfinished,
    /// The attempt is past this point.
    #[error("another step comes first")]
    NotNow,
    /// No such flow here.
    #[error(transparent)]
    NoFlow(#[from] NoFlow),
}

impl From<StoreFault> for KeyWrong {
    fn from(fault: StoreFault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault.into()))
    }
}
impl From<Fault> for KeyWrong {
    fn from(fault: Fault) -> Self {
        Self::NoFlow(NoFlow::Fault(fault))
    }
}
impl From<CeremonyDown> for KeyWrong {
    fn from(down: CeremonyDown) -> Self {
        Fault::from(down).into()
    }
}
impl From<Barred> for KeyWrong {
    fn from(bar: Barred) -> Self {
        match bar {
            Barred::Held(hold) => Self::Held(hold),
            Barred::Epoch => NoFlow::Gone.into(),
            Barred::Unfinished => Self::Unfinished,
        }
    }
}

/// What a right answer led to.
#[derive(Clone, Debug)]
pub enum KeyAccepted {
    /// She is signed in.
    SignedIn(Box<SignedIn>),
    /// The key does not count alone: her password comes next, in this sign-in.
    PasswordNext(FlowId),
}

/// Asks for a key: of anybody's before the password, of hers after it. Where no attempt is under way, one begins with the
/// first right answer.
pub async fn ask_key(cx: &Cx, attempt: impl Into<Attempt>) -> Result<Asking, KeyWrong> {
    let attempt = attempt.into();
    let mut tx = cx.house.store.begin("ask_key").await?;
    let (keys, begins) = match attempt {
        Attempt::Begins(_) => (Vec::new(), true),
        Attempt::GoesOn(id) => (keys_for(cx, tx.as_mut(), id).await?, false),
    };
    let asked = cx.house.ceremonies.ask(&keys)?;
    let serves = Serves::SignIn { flow: attempt.flow(), begins };
    let asking = ceremonies::keep(cx, tx.as_mut(), (serves, None), asked).await?;
    tx.commit().await?;
    Ok(asking)
}

/// Which keys may answer in this attempt; none where any may.
async fn keys_for(cx: &Cx, tx: &mut dyn Tx, id: FlowId) -> Result<Vec<KnownKey>, KeyWrong> {
    let flow = flows::seen(cx, tx, id).await?;
    let sign_in = flows::sign_in(&flow)?;
    match (sign_in.step(), sign_in.awaiting_code()) {
        (Step::Code, Some(person)) => {
            let keys = means::keys(cx, tx, person).await?;
            if keys.is_empty() { Err(KeyWrong::NoKey) } else { Ok(ceremonies::known(&keys)) }
        }
        (Step::Identify | Step::Password, _) => Ok(Vec::new()),
        _ => Err(KeyWrong::NotNow),
    }
}

/// Takes the answer of a key.
pub async fn show_key(cx: &Cx, ceremony: FlowId, answer: &str) -> Result<KeyAccepted, KeyWrong> {
    cx.house.outside.open()?;
    let (taken, key) = match claim(cx, ceremony, answer, |it| matches!(it, Serves::SignIn { .. })).await? {
        (taken, Ok(key)) => (taken, key),
        (_, Err(why)) => return Err(refuse(cx, None, why.word(), KeyWrong::Refused).await?),
    };
    let Serves::SignIn { flow: id, begins } = taken.serves else { return Err(NoFlow::Gone.into()) };
    let said = match cx.house.ceremonies.answered(&taken.state, answer, &key.stored) {
        Ok(said) => said,
        Err(why) => return Err(refuse(cx, Some(key.person), why.word(), KeyWrong::Refused).await?),
    };
    accept(cx, (id, begins), &key, said).await
}

/// Spends the ceremony and finds the key that claims to answer.
pub(crate) async fn claim(
    cx: &Cx,
    ceremony: FlowId,
    answer: &str,
    fits: impl FnOnce(&Serves) -> bool + Send,
) -> Result<(Taken, Result<Passkey, KeyRefused>), NoFlow> {
    let mut tx = cx.house.store.begin("take_ceremony").await?;
    let taken = ceremonies::take(cx, tx.as_mut(), ceremony, fits).await?;
    let key = match cx.house.ceremonies.claimed(answer) {
        Ok(claimed) => {
            let key = tx.passkey(&claimed.credential).await?;
            // What the key says of its owner and what we know must agree (WebAuthn 7.2, step 6).
            key.filter(|key| claimed.person.is_none_or(|person| person == key.person))
                .ok_or(KeyRefused::OtherKey)
        }
        Err(malformed) => Err(malformed),
    };
    tx.commit().await?;
    Ok((taken, key))
}

async fn accept(
    cx: &Cx,
    (id, begins): (FlowId, bool),
    key: &Passkey,
    said: Assertion,
) -> Result<KeyAccepted, KeyWrong> {
    let person = key.person;
    let mut tx = cx.house.store.begin("show_key").await?;
    if begins {
        begin_sign_in::begin(cx, tx.as_mut(), id).await?;
    }
    let mut flow = flows::locked(cx, tx.as_mut(), id).await?;
    let sign_in = flows::sign_in(&flow)?.clone();
    let admission = admission(cx, tx.as_mut(), person).await?.ok_or(NoFlow::Gone)?;
    let worth = match weigh(cx, tx.as_mut(), key, said).await? {
        Some(Ok(worth)) => worth,
        Some(Err(mistrust)) => return Err(mistrusted(cx, tx, key, mistrust).await?),
        None => return Err(refuse_in(cx, tx, Some(person), "removed", KeyWrong::Refused).await?),
    };
    let Ok(shown) = sign_in.clone().key_shown(person, worth, cx.now) else {
        return Err(refuse_in(cx, tx, Some(person), "out-of-turn", KeyWrong::NotNow).await?);
    };
    // Before the password nobody was known: this answer says who it is, at the epoch of now.
    if sign_in.awaiting_code().is_none() {
        flow.person = Some((person, admission.standing.epoch()));
    }
    let accepted = match shown {
        KeyShown::PasswordNext(next) => {
            password_next(cx, tx.as_mut(), flow, next, key).await?;
            KeyAccepted::PasswordNext(id)
        }
        KeyShown::Enough(shown) => {
            if let Some(bar) = barred(&flow, person, &admission) {
                let why = bar.word();
                return Err(refuse_in(cx, tx, Some(person), why, bar.into()).await?);
            }
            let signed =
                begin_session(cx, tx.as_mut(), (flow, sign_in), &shown, (&admission, Some(key.id))).await?;
            KeyAccepted::SignedIn(Box::new(signed))
        }
    };
    tx.commit().await?;
    Ok(accepted)
}

/// Takes an answer of a key as it is now, locked: what it is worth, or why it is not trusted; nothing where it was taken
/// away meanwhile.
pub(crate) async fn weigh(
    cx: &Cx,
    tx: &mut dyn Tx,
    key: &Passkey,
    said: Assertion,
) -> Result<Option<Result<Worth, Mistrust>>, Fault> {
    let Some(now) = tx.passkey_for_update(&key.credential).await?.filter(|now| now.id == key.id) else {
        return Ok(None);
    };
    match now.answered(said, &cx.house.policy.models, cx.now) {
        Ok((after, worth)) => {
            tx.save_passkey(&after).await?;
            Ok(Some(Ok(worth)))
        }
        Err(mistrust) => Ok(Some(Err(mistrust))),
    }
}

async fn password_next(
    cx: &Cx,
    tx: &mut dyn Tx,
    flow: Flow,
    next: SignIn,
    key: &Passkey,
) -> Result<(), Fault> {
    tx.save_flow(&flow.onward(About::SignIn(next), cx.now)).await?;
    let entry = Entry::by(EventKind::KeyAccepted, key.person).fact("factor", key.id);
    record(cx, tx, entry).await
}

/// Notes a right answer that is not trusted, in a transaction of its own; a key there are two of closes its owner's login
/// (security decision 8).
pub(crate) async fn mistrusted(
    cx: &Cx,
    tx: Box<dyn Tx>,
    key: &Passkey,
    mistrust: Mistrust,
) -> Result<KeyWrong, Fault> {
    // Nothing was written; and a hold locks flows and person in an order of its own.
    drop(tx);
    let mut tx = cx.house.store.begin("mistrust_key").await?;
    let entry = Entry::new(EventKind::KeyMistrusted, Actor::Unknown).about(key.person);
    record(cx, tx.as_mut(), entry.fact("factor", key.id).fact("why", mistrust.word())).await?;
    let put = match mistrust.hold() {
        Some(reason) => Some(close(cx, tx.as_mut(), key, reason).await?),
        None => None,
    };
    tx.commit().await?;
    Ok(put.map_or(KeyWrong::Refused, KeyWrong::Held))
}

/// Takes a copied key away and puts her own hold, as after a restored backup: nobody else has to let her in again, she opens
/// it with MitID, another password and her login methods gone through.
async fn close(cx: &Cx, tx: &mut dyn Tx, key: &Passkey, reason: &'static str) -> Result<Hold, Fault> {
    let person = key.person;
    let id = hold(cx, tx, person, &Actor::System, (Origin::Owner, reason)).await?;
    let epoch = tx.standing(person).await?.epoch();
    if let Some(mean) = means::of(cx, tx, person).await?.mean(key.id) {
        means::take_away(cx, tx, (person, epoch), mean, reason).await?;
    }
    warn_in_time(cx, tx, person).await?;
    tell(cx, tx, person, Template::KeyCopied).await?;
    Ok(Hold { id, origin: Origin::Owner, reason: reason.to_owned(), at: cx.now })
}

/// Nothing is signed yet: whoever makes answers up does not fill the trail.
async fn refuse(
    cx: &Cx,
    person: Option<PersonId>,
    why: &'static str,
    refused: KeyWrong,
) -> Result<KeyWrong, KeyWrong> {
    let mut tx = cx.house.store.begin("refuse_key").await?;
    if !a_source_may_answer_wrongly(cx, tx.as_mut(), person).await? {
        return Ok(refused);
    }
    refuse_in(cx, tx, person, why, refused).await
}

async fn refuse_in(
    cx: &Cx,
    mut tx: Box<dyn Tx>,
    person: Option<PersonId>,
    why: &'static str,
    refused: KeyWrong,
) -> Result<KeyWrong, KeyWrong> {
    // Who it was is not known before the signature held: it is noted about her, not as hers.
    let entry =
        Entry::new(EventKind::SignInRefused, Actor::Unknown).fact("factor", "passkey").fact("why", why);
    record(cx, tx.as_mut(), person.into_iter().fold(entry, Entry::about)).await?;
    tx.commit().await?;
    Ok(refused)
}

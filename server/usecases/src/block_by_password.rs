//! Door E: user name and password. If a stranger knows them, blocking is right anyway.

use crate::block_by_code::{NotBlocked, note_wrong};
use crate::context::Cx;
use crate::doors::{Doors, a_source_may_be_wrong};
use crate::fault::Fault;
use crate::ports::people::Lane;
use crate::suspend::{Opened, suspend_or_ask};
use domain::ids::PersonId;
use domain::password::Password;
use domain::person::UserName;
use domain::suspension::Door;
use uuid::Uuid;

/// Blocks by user name and password. Shares its count of wrong answers with the sign-in, and has a place of its own
/// in the queue for hashing, so that a storm of logins does not keep it waiting.
///
/// A limit that is up closes nothing (security decision 10): then the password waits for its turn in a slow lane, where
/// the right one still blocks and a wrong one costs the guesser time. A guessed password burns itself: it blocks. Only
/// when too many wait there already is nothing looked at.
pub async fn block_by_password(cx: &Cx, user_name: &str, password: Password) -> Result<Opened, NotBlocked> {
    // Taken before anything is written: a storm at this door writes no more than can be hashed.
    let place = cx.house.hasher.place(Lane::Blocking).map_err(Fault::from)?;
    let door = knock(cx, user_name).await?;
    let place = if door.lane == Lane::Late { door.lane.into() } else { place };
    // Unknown name and wrong password look and take the same.
    let right = match cx.house.hasher.verify(password, door.hash.clone(), place).await {
        Ok(right) => right,
        Err(down) => {
            door.untold(cx).await?;
            return Err(Fault::from(down).into());
        }
    };
    let Some(person) = door.person.filter(|_| right) else {
        door.wrong(cx).await?;
        return Err(NotBlocked::Wrong);
    };
    door.right(cx).await?;
    let tx = cx.house.store.begin_at_once("block_by_password").await?;
    Ok(suspend_or_ask(cx, tx, person, Door::Password).await?)
}

/// A guess before it is looked at.
struct Knock {
    doors: Doors,
    person: Option<PersonId>,
    hash: Option<String>,
    /// Counted already in the lane for blocks. What comes late is counted once it was wrong: nobody passes a limit by
    /// asking often at once where one is looked at after another, and a full lane costs no write.
    lane: Lane,
}

async fn knock(cx: &Cx, user_name: &str) -> Result<Knock, NotBlocked> {
    let mut tx = cx.house.store.begin_at_once("admit_block").await?;
    let person = match UserName::try_from(user_name).ok() {
        Some(name) => tx.person_by_user_name(&name).await?,
        None => None,
    };
    // As much is asked of a name nobody has.
    let hash = tx.password_hash(person.unwrap_or_else(|| Uuid::nil().into())).await?;
    let doors = Doors::of(cx, user_name, person)?;
    let lane = match doors.admit(cx, tx.as_mut()).await? {
        Ok(_) => Lane::Blocking,
        Err(_) => Lane::Late,
    };
    tx.commit().await?;
    Ok(Knock { doors, person, hash, lane })
}

impl Knock {
    async fn right(&self, cx: &Cx) -> Result<(), NotBlocked> {
        let mut tx = cx.house.store.begin_at_once("right_password").await?;
        match self.lane {
            Lane::Late => self.doors.begin_anew(tx.as_mut()).await?,
            Lane::Blocking | Lane::SignIn | Lane::Known => self.doors.right(cx, tx.as_mut()).await?,
        }
        Ok(tx.commit().await?)
    }

    async fn wrong(&self, cx: &Cx) -> Result<(), NotBlocked> {
        let mut tx = cx.house.store.begin_at_once("refuse_block").await?;
        if self.lane == Lane::Late {
            self.doors.count(cx, tx.as_mut()).await?;
            // What goes on and on must not bury what happened at her login.
            if !a_source_may_be_wrong(cx, tx.as_mut(), Door::Password).await? {
                return Ok(tx.commit().await?);
            }
        }
        note_wrong(cx, tx, self.person, Door::Password).await
    }

    /// Nobody could tell whether it was right, so it does not count.
    async fn untold(&self, cx: &Cx) -> Result<(), NotBlocked> {
        if self.lane == Lane::Late {
            return Ok(());
        }
        let mut tx = cx.house.store.begin_at_once("take_back_password").await?;
        self.doors.take_back(cx, tx.as_mut()).await?;
        Ok(tx.commit().await?)
    }
}

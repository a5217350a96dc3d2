//! Door E: user name and password. If a stranger knows them, blocking is right anyway.

use crate::block_by_code::{NotBlocked, note_wrong};
use crate::context::Cx;
use crate::doors::Doors;
use crate::fault::Fault;
use crate::ports::people::Lane;
use crate::suspend::{Opened, suspend_or_ask};
use domain::ids::PersonId;
use domain::password::Password;
use domain::person::UserName;
use domain::suspension::Door;

/// Blocks by user name and password. Shares its count of wrong answers with the sign-in, and has a place of its own
/// in the queue for hashing, so that a storm of logins does not keep it waiting.
pub async fn block_by_password(cx: &Cx, user_name: &str, password: Password) -> Result<Opened, NotBlocked> {
    // Whoever guessed too often does not enter the lane that is kept for owners, and leaves no row either.
    let (doors, person, hash) = admit(cx, user_name).await?.ok_or(NotBlocked::Wrong)?;
    // Unknown name and wrong password look and take the same.
    let right = match cx.house.hasher.verify(password, hash, Lane::Blocking).await {
        Ok(right) => right,
        Err(down) => {
            settle(cx, &doors).await?;
            return Err(Fault::from(down).into());
        }
    };
    let Some(person) = person.filter(|_| right) else {
        let tx = cx.house.store.begin_at_once("refuse_block").await?;
        note_wrong(cx, tx, person, Door::Password).await?;
        return Err(NotBlocked::Wrong);
    };
    let mut tx = cx.house.store.begin_at_once("right_password").await?;
    doors.right(cx, tx.as_mut()).await?;
    tx.commit().await?;
    let tx = cx.house.store.begin_at_once("block_by_password").await?;
    Ok(suspend_or_ask(cx, tx, person, Door::Password).await?)
}

type Admitted = (Doors, Option<PersonId>, Option<String>);

async fn admit(cx: &Cx, user_name: &str) -> Result<Option<Admitted>, NotBlocked> {
    let mut tx = cx.house.store.begin_at_once("admit_block").await?;
    let person = match UserName::try_from(user_name).ok() {
        Some(name) => tx.person_by_user_name(&name).await?,
        None => None,
    };
    let hash = match person {
        Some(person) => tx.password_hash(person).await?,
        None => None,
    };
    let doors = Doors::of(cx, tx.as_mut(), user_name, person).await?;
    let admitted = doors.admit(cx, tx.as_mut()).await?.is_ok();
    tx.commit().await?;
    Ok(admitted.then_some((doors, person, hash)))
}

/// Nobody could tell whether it was right, so it does not count.
async fn settle(cx: &Cx, doors: &Doors) -> Result<(), NotBlocked> {
    let mut tx = cx.house.store.begin_at_once("take_back_password").await?;
    doors.take_back(cx, tx.as_mut()).await?;
    tx.commit().await?;
    Ok(())
}

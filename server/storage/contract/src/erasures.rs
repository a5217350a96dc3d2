//! Erasing people.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{add, at, hold, id, keep, mac, made, noon, person, relation, row, session};
use crate::{Kept, Subject};
use domain::erasure::Voice;
use domain::registered::{NameKind, Registered};
use domain::standing::Origin;

pub async fn one_operators_voice_is_kept_in_place_of_an_earlier_one(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.erasure_asked(maja).await?, None);
    for (by, seconds) in [("ops1", 1), ("ops2", 2)] {
        let voice = Voice { by: by.to_owned(), at: at(seconds) };
        tx.ask_erasure(maja, &voice).await?;
        assert_eq!(tx.erasure_asked(maja).await?, Some(voice));
    }
    Ok(())
}

pub async fn the_newest_row_about_her_is_known_some_kinds_apart(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.newest_row_about(maja, &[]).await?, None);
    tx.append(&row(3, Some(maja))).await?;
    tx.append(&domain::audit::Row { kind: "login.held".into(), ..row(5, Some(maja)) }).await?;
    tx.append(&row(9, None)).await?;
    assert_eq!(tx.newest_row_about(maja, &["nothing"]).await?, Some(at(5)));
    assert_eq!(tx.newest_row_about(maja, &["login.held"]).await?, Some(at(3)));
    Ok(())
}

pub async fn of_who_was_erased_nothing_is_left_and_her_names_stay_reserved(subject: &dyn Subject) -> Kept {
    let (maja, other) = (person(1)?, person(2)?);
    let mut tx = subject.store().begin("test").await?;
    for (who, number) in [(&maja, 1), (&other, 2)] {
        add(tx.as_mut(), who, number).await?;
        tx.put_association(&relation(number.into(), who.id)?).await?;
        tx.add_session(&session(number.into(), who.id, number.into(), noon())).await?;
        let epoch = tx.standing(who.id).await?.epoch().raised();
        tx.add_hold(who.id, &hold(number.into(), Origin::Association), epoch).await?;
        tx.append(&row(number.into(), Some(who.id))).await?;
    }
    let names = tx.user_names_of(maja.id).await?;
    assert_eq!(names, [maja.user_name.as_str()]);
    let says = |name: &str| Registered { uni_id: Some(name.into()), ..Registered::default() };
    for (name, seconds) in [("maja1", 1), ("maja2", 2)] {
        tx.register(maja.id, &says(name), at(seconds)).await?;
    }
    tx.register(other.id, &says("other"), at(1)).await?;
    let known_by = |name: &str| ("uni-id".to_owned(), name.to_owned());
    assert_eq!(tx.registered_names_of(maja.id).await?, [known_by("maja1"), known_by("maja2")]);
    tx.ask_erasure(maja.id, &Voice { by: "ops1".to_owned(), at: noon() }).await?;
    tx.erase_person(maja.id, &[mac(7)], at(9)).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.person(maja.id).await?.is_none() && tx.person(other.id).await?.is_some());
    assert!(tx.trail_key_of(maja.id).await?.is_none() && tx.trail_key_of(other.id).await?.is_some());
    assert_eq!(tx.person_by_user_name(&maja.user_name).await?, None);
    assert_eq!(tx.user_name_owner(&maja.user_name).await?, None);
    assert!(tx.registered(maja.id).await?.is_none() && tx.registered_names_of(maja.id).await?.is_empty());
    assert_eq!(tx.registered_name_owner(NameKind::UniId, "other").await?, Some(other.id));
    assert!(tx.associations_of(maja.id).await?.is_empty() && tx.associations_of(other.id).await?.len() == 1);
    assert_eq!(tx.rows_about(maja.id, &["terms.accepted"], 9).await?.len(), 1, "the trail stays");
    assert_eq!((tx.erased_at(maja.id).await?, tx.erased_at(other.id).await?), (Some(at(9)), None));
    assert!(tx.name_was_erased(&[mac(8), mac(7)]).await? && !tx.name_was_erased(&[mac(8)]).await?);
    let nobody = tx.erase_person(id(99), &[], at(10)).await;
    assert!(made(nobody, tx).await.is_err(), "a change that goes nowhere is a fault");
    for sql in ["delete from user_names", "delete from erasures", "update erasures set at = 1"] {
        assert!(subject.raw(sql).await.is_err(), "{sql}");
    }
    Ok(())
}

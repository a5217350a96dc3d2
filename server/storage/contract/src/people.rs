//! People, their names, numbers and holds.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{add, hold, id, keep, mac, made, noon, person, relation, sealed, session};
use crate::{Kept, Subject};
use domain::association::Association;
use domain::ids::{Epoch, PersonId};
use domain::lift::Asked;
use domain::person::{Contact, Mail, Name, Person, UserName};
use domain::standing::Origin;
use std::cell::RefCell;
use usecases::ports::store::{Named, StoreFault};

pub async fn a_person_comes_back_as_she_was(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    let expected = Some(person(1)?);
    assert_eq!(tx.person(maja).await?, expected);
    assert_eq!(tx.person_steady(maja).await?, expected);
    assert_eq!(tx.person_for_update(maja).await?, expected);
    assert_eq!(tx.person_by_user_name(&person(1)?.user_name).await?, Some(maja));
    Ok(())
}

pub async fn nobody_is_found_where_nobody_is(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    let nobody: PersonId = id(9);
    assert_eq!(tx.person(nobody).await?, None);
    assert_eq!(tx.person_by_user_name(&UserName::try_from("nobody")?).await?, None);
    assert_eq!(tx.user_name_owner(&UserName::try_from("nobody")?).await?, None);
    assert_eq!(tx.person_by_cpr(&[mac(9)]).await?, None);
    assert!(tx.cpr_of(nobody).await?.is_none());
    assert!(tx.trail_key_of(nobody).await?.is_none());
    Ok(())
}

pub async fn nobodys_standing_is_a_fault_and_never_active(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.standing(id(9)).await.is_err());
    Ok(())
}

pub async fn a_person_is_found_by_any_index_of_her_number(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.person_by_cpr(&[mac(200), mac(1)]).await?, Some(maja));
    assert_eq!(tx.person_by_cpr(&[mac(1)]).await?, Some(maja));
    assert_eq!(tx.person_by_cpr(&[]).await?, None);
    Ok(())
}

pub async fn what_is_on_record_about_a_line_is_what_the_narrow_questions_say(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let closed = Association { closed_at: Some(noon()), ..relation(1, maja)? };
    tx.put_association(&closed).await?;
    tx.put_association(&Association { id: id(2), ..relation(1, other)? }).await?;
    tx.put_association(&Association { id: id(3), closed_at: Some(noon()), ..relation(3, maja)? }).await?;
    for indexes in [vec![mac(1)], vec![mac(200), mac(2)], vec![mac(9)], vec![]] {
        for number in ["1", "3", "9"] {
            for name in [person(1)?.user_name, person(2)?.user_name, UserName::try_from("nobody")?] {
                let named =
                    Named { indexes: &indexes, cvr: &closed.cvr, employee_number: number, user_name: &name };
                let known = tx.line_on_record(named).await?;
                let whose = tx.person_by_cpr(&indexes).await?;
                assert_eq!(known.person.as_ref().map(|person| person.id), whose);
                if let Some(whose) = whose {
                    assert_eq!(known.person, tx.person(whose).await?);
                }
                assert_eq!(known.relation, tx.association_by_number(&closed.cvr, number).await?);
                assert_eq!(known.name_owner, tx.user_name_owner(&name).await?);
            }
        }
    }
    Ok(())
}

pub async fn two_people_never_share_a_number(subject: &dyn Subject) -> Kept {
    keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    let second = add(tx.as_mut(), &person(2)?, 1).await;
    let second = made(second, tx).await;
    assert!(matches!(second, Err(StoreFault::Conflict("a CPR number"))), "{second:?}");
    Ok(())
}

pub async fn a_number_may_be_replaced_by_a_free_one_only(subject: &dyn Subject) -> Kept {
    let (maja, _) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.set_cpr(maja, &sealed(50), mac(50)).await?;
    assert!(tx.cpr_of(maja).await? == Some(sealed(50)));
    assert_eq!(tx.person_by_cpr(&[mac(50)]).await?, Some(maja));
    assert_eq!(tx.person_by_cpr(&[mac(1)]).await?, None);
    assert!(matches!(tx.set_cpr(maja, &sealed(2), mac(2)).await, Err(StoreFault::Conflict(_))));
    Ok(())
}

pub async fn the_number_and_the_key_are_kept_sealed_beside_her(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.cpr_of(maja).await? == Some(sealed(1)));
    assert!(tx.trail_key_of(maja).await? == Some(sealed(101)));
    Ok(())
}

pub async fn a_change_keeps_number_and_epoch(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    let contact = Contact { private_mail: Some(Mail::try_from("maja@home.example")?), ..Contact::default() };
    let married = Person { family_name: Name::try_from("Lind")?, contact, epoch: Epoch(99), ..person(1)? };
    tx.change_person(&married).await?;
    assert_eq!(tx.person(maja).await?, Some(Person { epoch: Epoch(3), ..married }));
    assert!(tx.cpr_of(maja).await? == Some(sealed(1)));
    Ok(())
}

pub async fn a_change_of_somebody_who_is_not_there_is_a_fault(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.change_person(&person(9)?).await.is_err());
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.set_cpr(id(9), &sealed(9), mac(9)).await.is_err());
    Ok(())
}

pub async fn a_user_name_stays_hers_after_she_changed_it(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let old = person(1)?.user_name;
    let renamed = Person { user_name: UserName::try_from("maja.lind")?, ..person(1)? };
    let mut tx = subject.store().begin("test").await?;
    tx.change_person(&renamed).await?;
    assert_eq!(tx.person_by_user_name(&old).await?, None);
    assert_eq!(tx.user_name_owner(&old).await?, Some(maja));
    assert_eq!(tx.user_name_owner(&renamed.user_name).await?, Some(maja));
    tx.change_person(&person(1)?).await?;
    assert_eq!(tx.person_by_user_name(&old).await?, Some(maja), "she may take it again");
    Ok(())
}

pub async fn a_user_name_somebody_once_had_is_given_to_nobody_else(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    keep(store, 1).await?;
    keep(store, 2).await?;
    let renamed = Person { user_name: UserName::try_from("maja.lind")?, ..person(1)? };
    let mut tx = store.begin("test").await?;
    tx.change_person(&renamed).await?;
    tx.commit().await?;
    let old = person(1)?.user_name;
    let mut tx = store.begin("test").await?;
    let taken = tx.change_person(&Person { user_name: old.clone(), ..person(2)? }).await;
    assert!(matches!(taken, Err(StoreFault::Conflict("a user name"))), "{taken:?}");
    drop(tx);
    let mut tx = store.begin("test").await?;
    let taken = add(tx.as_mut(), &Person { user_name: old, ..person(3)? }, 3).await;
    let taken = made(taken, tx).await;
    assert!(matches!(taken, Err(StoreFault::Conflict("a user name"))), "{taken:?}");
    Ok(())
}

pub async fn a_reserved_name_cannot_be_freed_past_the_store(subject: &dyn Subject) -> Kept {
    keep(subject.store(), 1).await?;
    assert!(subject.raw("delete from user_names").await.is_err());
    assert!(subject.raw("update user_names set name = 'free'").await.is_err());
    Ok(())
}

pub async fn every_hold_is_kept_and_raises_the_epoch(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.standing(maja).await?.is_active());
    let (own, ours) = (hold(1, Origin::Owner), hold(2, Origin::Security));
    tx.add_hold(maja, &own, Epoch(4)).await?;
    tx.add_hold(maja, &ours, Epoch(5)).await?;
    let standing = tx.standing(maja).await?;
    assert_eq!((standing.holds(), standing.epoch()), ([own, ours].as_slice(), Epoch(5)));
    assert_eq!(tx.person(maja).await?.map(|her| her.epoch), Some(Epoch(5)));
    Ok(())
}

pub async fn a_hold_whose_epoch_does_not_rise_is_refused(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.add_hold(maja, &hold(1, Origin::Owner), Epoch(3)).await.is_err());
    Ok(())
}

/// Whoever reads a person to make a session keeps holds waiting until the session is there to be ended.
pub async fn a_hold_waits_for_a_session_being_made(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let order = RefCell::new(Vec::new());
    let (began, has_begun) = tokio::sync::oneshot::channel();
    let session = async {
        let mut tx = subject.store().begin("session").await?;
        let her = tx.person_steady(maja).await?;
        let _ = began.send(());
        for _ in 0..50 {
            tx.standing(maja).await?;
        }
        assert_eq!(her.map(|her| her.epoch), Some(Epoch(3)));
        tx.add_session(&session(1, maja, 1, noon())).await?;
        order.borrow_mut().push("session");
        tx.commit().await
    };
    let held = async {
        let _ = has_begun.await;
        let mut tx = subject.store().begin("hold").await?;
        tx.person_for_update(maja).await?;
        order.borrow_mut().push("hold");
        tx.add_hold(maja, &hold(1, Origin::Owner), Epoch(4)).await?;
        assert_eq!(tx.end_sessions(maja, noon()).await?, 1, "it sees the session");
        tx.commit().await
    };
    let (session, held) = tokio::join!(session, held);
    session?;
    held?;
    assert_eq!(order.into_inner(), ["session", "hold"]);
    Ok(())
}

pub async fn lifting_takes_the_holds_of_one_origin_and_raises_the_epoch(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let ours = hold(2, Origin::Security);
    tx.add_hold(maja, &hold(1, Origin::Association), Epoch(4)).await?;
    tx.add_hold(maja, &ours, Epoch(5)).await?;
    tx.add_hold(other, &hold(3, Origin::Association), Epoch(4)).await?;
    assert_eq!(tx.lift_holds(maja, Origin::Association, Epoch(6)).await?, 1);
    let standing = tx.standing(maja).await?;
    assert_eq!((standing.holds(), standing.epoch()), ([ours].as_slice(), Epoch(6)));
    assert!(!tx.standing(other).await?.is_active());
    assert!(tx.lift_holds(maja, Origin::Security, Epoch(6)).await.is_err(), "the epoch must rise");
    Ok(())
}

pub async fn her_standing_held_steady_is_her_standing(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.standing_steady(id(9)).await?, None);
    assert_eq!(tx.standing_steady(maja).await?, Some(tx.standing(maja).await?));
    let held = tx.standing(maja).await?.hold(hold(1, Origin::Owner));
    tx.add_hold(maja, &hold(1, Origin::Owner), held.epoch()).await?;
    assert_eq!(tx.standing_steady(maja).await?, Some(held));
    Ok(())
}

pub async fn a_voice_for_lifting_is_kept_with_its_hold_and_goes_with_it(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    let (ours, hers) = (hold(1, Origin::Security), hold(2, Origin::Register));
    tx.add_hold(maja, &ours, Epoch(4)).await?;
    tx.add_hold(other, &hers, Epoch(4)).await?;
    let voice = |hold: &domain::standing::Hold, by: &str| Asked { hold: hold.id, by: by.into(), at: noon() };
    tx.ask_lift(&voice(&ours, "ops1")).await?;
    tx.ask_lift(&voice(&hers, "ops1")).await?;
    tx.ask_lift(&voice(&ours, "ops2")).await?;
    assert_eq!(
        tx.lifts_asked(maja).await?,
        [voice(&ours, "ops2")],
        "the later one stands in place of the earlier"
    );
    tx.lift_holds(maja, Origin::Security, Epoch(5)).await?;
    assert_eq!(tx.lifts_asked(maja).await?, []);
    assert_eq!(tx.lifts_asked(other).await?, [voice(&hers, "ops1")]);
    Ok(())
}

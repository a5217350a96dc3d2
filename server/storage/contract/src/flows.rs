//! Flows and one-time links.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, mac, made, noon};
use crate::{Kept, Subject};
use domain::ceremony::{Ceremony, Serves};
use domain::factor::PasskeyKind;
use domain::flow::{About, Flow, Trip};
use domain::ids::{Epoch, FlowId, PersonId};
use domain::proofing::Purpose;
use domain::sign_in::{SignIn, Target};
use usecases::ports::store::{Invitation, Store, StoreFault};

pub(crate) fn trip(number: u128) -> Flow {
    let about = About::Mitid(Trip {
        purpose: Purpose::Enrolment,
        serves: Some(id(77)),
        profile: "demo".into(),
        began_at: noon(),
        sealed: vec![0, 1, 255],
    });
    Flow::start(id(number), id(5), about, noon())
}

pub(crate) async fn keep_flow(store: &dyn Store, flow: &Flow) -> Result<(), StoreFault> {
    let mut tx = store.begin("sample").await?;
    tx.add_flow(flow).await?;
    tx.commit().await
}

pub async fn a_flow_comes_back_as_it_was(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.add_flow(&trip(1)).await?;
    assert_eq!(tx.flow(id(1)).await?, Some(trip(1)));
    assert_eq!(tx.flow_for_update(id(1)).await?, Some(trip(1)));
    assert_eq!(tx.flow(id(2)).await?, None);
    Ok(())
}

pub async fn a_flow_goes_on_but_never_to_another_browser(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_flow(&trip(1)).await?;
    let next = About::SignIn(SignIn::begin(Target::Portal));
    let onward = Flow { person: Some((maja, Epoch(3))), browser: id(6), ..trip(1).onward(next, at(60)) };
    tx.save_flow(&onward).await?;
    assert_eq!(tx.flow(id(1)).await?, Some(Flow { browser: id(5), ..onward }));
    Ok(())
}

pub async fn a_used_up_flow_is_gone_and_cannot_be_saved(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.add_flow(&trip(1)).await?;
    assert!(tx.spend_flow(id(1)).await?);
    assert!(!tx.spend_flow(id(1)).await?);
    assert_eq!(tx.flow(id(1)).await?, None);
    let saved = tx.save_flow(&trip(1)).await;
    assert!(made(saved, tx).await.is_err());
    Ok(())
}

pub async fn a_locked_flow_is_used_up_with_the_commit_and_once(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    keep_flow(store, &trip(1)).await?;
    let mut tx = store.begin("test").await?;
    assert!(tx.flow_for_update(id(1)).await?.is_some());
    tx.use_up_flow(id(1)).await?;
    assert_eq!(tx.flow(id(1)).await?, None, "its own transaction sees it gone");
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    tx.add_flow(&trip(2)).await?;
    let again = tx.use_up_flow(id(1)).await;
    assert!(made(again, tx).await.is_err());
    assert_eq!(store.begin("test").await?.flow(id(2)).await?, None, "what was written beside it is not kept");
    Ok(())
}

async fn spend(store: &dyn Store, flow: FlowId) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let there = tx.flow_for_update(flow).await?.is_some();
    let spent = tx.spend_flow(flow).await?;
    assert_eq!(there, spent, "who saw it locked spends it");
    tx.commit().await?;
    Ok(spent)
}

pub async fn of_two_callbacks_at_once_one_uses_the_flow(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    keep_flow(store, &trip(1)).await?;
    let (one, other) = tokio::join!(spend(store, id(1)), spend(store, id(1)));
    assert!(one? != other?);
    Ok(())
}

pub async fn a_flow_is_not_used_up_by_a_transaction_that_failed(subject: &dyn Subject) -> Kept {
    keep_flow(subject.store(), &trip(1)).await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.spend_flow(id(1)).await?);
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.spend_flow(id(1)).await?);
    Ok(())
}

pub async fn all_flows_of_a_person_end_and_nobody_elses(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let of = |number, person: PersonId| Flow { person: Some((person, Epoch(3))), ..trip(number) };
    let mut tx = subject.store().begin("test").await?;
    for flow in [of(1, maja), of(2, maja), of(3, other), trip(4)] {
        tx.add_flow(&flow).await?;
    }
    assert_eq!(tx.end_flows(maja).await?, 2);
    assert!(tx.flow(id(1)).await?.is_none() && tx.flow(id(2)).await?.is_none());
    assert!(tx.flow(id(3)).await?.is_some() && tx.flow(id(4)).await?.is_some());
    Ok(())
}

pub async fn flows_are_swept_without_waiting_for_one_in_use(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let of = |number| Flow { person: Some((maja, Epoch(3))), ..trip(number) };
    let mut tx = subject.store().begin("test").await?;
    tx.add_flow(&of(1)).await?;
    tx.add_flow(&Flow { person: None, ..trip(2) }).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    tx.flow_for_update(id(1)).await?;
    tx.sweep_flows(maja).await?;
    assert!(tx.flow(id(1)).await?.is_none(), "one's own lock is no use by another");
    assert!(tx.flow(id(2)).await?.is_some());
    Ok(())
}

pub async fn all_flows_of_a_person_but_one_browsers_end(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let of = |number, person: PersonId, browser| Flow {
        person: Some((person, Epoch(3))),
        browser: id(browser),
        ..trip(number)
    };
    let mut tx = subject.store().begin("test").await?;
    for flow in [of(1, maja, 5), of(2, maja, 6), of(3, maja, 7), of(4, other, 6)] {
        tx.add_flow(&flow).await?;
    }
    tx.lock_flows(maja).await?;
    assert_eq!(tx.end_flows_elsewhere(maja, id(5)).await?, 2);
    assert!(tx.flow(id(2)).await?.is_none() && tx.flow(id(3)).await?.is_none());
    assert!(tx.flow(id(1)).await?.is_some() && tx.flow(id(4)).await?.is_some());
    Ok(())
}

/// A trip nobody is known for, in the browser of the others.
fn idle(number: u128, ends: i64) -> Flow {
    let about = About::Mitid(Trip {
        purpose: Purpose::Blocking,
        serves: None,
        profile: "demo".into(),
        began_at: noon(),
        sealed: vec![1],
    });
    Flow::start(id(number), id(5), about, noon()).until(at(ends))
}

pub async fn only_the_newest_idle_trips_of_a_browser_stay(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let others = [
        trip(4),
        Flow { browser: id(6), ..idle(5, 5) },
        Flow { person: Some((maja, Epoch(3))), ..idle(6, 5) },
        Flow { about: About::SignIn(SignIn::begin(Target::Portal)), ..idle(7, 5) },
    ];
    let mut tx = subject.store().begin("test").await?;
    for flow in [idle(1, 10), idle(2, 20), idle(3, 30)].iter().chain(&others) {
        tx.add_flow(flow).await?;
    }
    assert_eq!(tx.end_idle_trips(id(5), 3).await?, 0);
    assert_eq!(tx.end_idle_trips(id(5), 2).await?, 1);
    assert!(tx.flow(id(1)).await?.is_none(), "the oldest");
    assert_eq!(tx.end_idle_trips(id(5), 0).await?, 2);
    for flow in &others {
        assert!(tx.flow(flow.id).await?.is_some(), "{flow:?}");
    }
    Ok(())
}

/// A question for a key, in the browser of the others.
fn question(number: u128, serves: Serves, ends: i64) -> Flow {
    let about = About::Ceremony(Ceremony { serves, sealed: vec![1] });
    Flow::start(id(number), id(5), about, noon()).until(at(ends))
}

pub async fn asked_anew_the_same_question_of_before_ends_and_no_other(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let adds = |kind| Serves::Enrolment { flow: id(70), kind };
    let (same, kind) = (Serves::SignIn { flow: id(71), begins: false }, PasskeyKind::Passkey);
    let of = |flow: Flow| Flow { person: Some((maja, Epoch(3))), ..flow };
    let others = [
        question(3, Serves::SignIn { flow: id(72), begins: false }, 5),
        question(4, Serves::Renewal { purpose: Purpose::Reset }, 5),
        Flow { browser: id(6), ..question(5, same, 5) },
        of(question(6, adds(PasskeyKind::SecurityKey), 5)),
        trip(7),
    ];
    let mut tx = subject.store().begin("test").await?;
    for flow in [question(1, same, 5), of(question(2, adds(kind), 5))].iter().chain(&others) {
        tx.add_flow(flow).await?;
    }
    tx.end_same_questions(id(5), None, &adds(kind)).await?;
    tx.end_same_questions(id(5), Some(maja), &same).await?;
    assert!(tx.flow(id(1)).await?.is_some() && tx.flow(id(2)).await?.is_some(), "each is of its own person");
    tx.end_same_questions(id(5), None, &same).await?;
    tx.end_same_questions(id(5), Some(maja), &adds(kind)).await?;
    assert!(tx.flow(id(1)).await?.is_none() && tx.flow(id(2)).await?.is_none());
    for flow in &others {
        assert!(tx.flow(flow.id).await?.is_some(), "{flow:?}");
    }
    Ok(())
}

pub async fn only_the_newest_questions_that_begin_a_sign_in_stay(subject: &dyn Subject) -> Kept {
    let begins = |number| Serves::SignIn { flow: id(70 + number), begins: true };
    let others = [
        question(4, Serves::SignIn { flow: id(70), begins: false }, 5),
        Flow { browser: id(6), ..question(5, begins(5), 5) },
        question(6, Serves::Renewal { purpose: Purpose::Reopening }, 5),
        trip(7),
    ];
    let mut tx = subject.store().begin("test").await?;
    let idle = [1, 2, 3].map(|n| question(n, begins(n), i64::try_from(n).unwrap_or(0) * 10));
    for flow in idle.iter().chain(&others) {
        tx.add_flow(flow).await?;
    }
    tx.end_idle_questions(id(5), 3).await?;
    assert!(tx.flow(id(1)).await?.is_some());
    tx.end_idle_questions(id(5), 2).await?;
    assert!(tx.flow(id(1)).await?.is_none(), "the oldest");
    assert!(tx.flow(id(2)).await?.is_some());
    tx.end_idle_questions(id(5), 0).await?;
    assert!(tx.flow(id(2)).await?.is_none() && tx.flow(id(3)).await?.is_none());
    for flow in &others {
        assert!(tx.flow(flow.id).await?.is_some(), "{flow:?}");
    }
    Ok(())
}

pub async fn flows_that_ran_out_are_deleted(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.add_flow(&trip(1).until(at(10))).await?;
    tx.add_flow(&trip(2).until(at(20))).await?;
    assert_eq!(tx.prune_flows(at(15), 100).await?, 1);
    assert!(tx.flow(id(1)).await?.is_none() && tx.flow(id(2)).await?.is_some());
    Ok(())
}

pub async fn a_newer_invitation_replaces_the_one_before(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.put_invitation(maja, mac(1), Epoch(3), at(10)).await?;
    tx.put_invitation(maja, mac(2), Epoch(4), at(20)).await?;
    assert_eq!(tx.invitation(&[mac(1)]).await?, None);
    let newer = Invitation { person: maja, epoch: Epoch(4), until: at(20) };
    assert_eq!(tx.invitation(&[mac(9), mac(2)]).await?, Some(newer));
    Ok(())
}

pub async fn an_ended_invitation_opens_nothing(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.put_invitation(maja, mac(1), Epoch(3), at(10)).await?;
    tx.end_invitation(maja).await?;
    tx.end_invitation(maja).await?;
    assert_eq!(tx.invitation(&[mac(1)]).await?, None);
    Ok(())
}

pub async fn an_open_enrolment_is_listed_once_old_enough_and_not_after_its_end(
    subject: &dyn Subject,
) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.enrolment_open(maja, at(1)).await?;
    tx.enrolment_open(other, at(2)).await?;
    assert_eq!(tx.enrolments_open_before(at(3), 10).await?, [maja, other]);
    assert_eq!(tx.enrolments_open_before(at(3), 1).await?, [maja]);
    assert_eq!(tx.enrolments_open_before(at(2), 10).await?, [maja]);
    tx.enrolment_open(maja, at(9)).await?;
    assert_eq!(tx.enrolments_open_before(at(3), 10).await?, [other], "the newer proof counts");
    assert_eq!(tx.enrolment_open_since(maja).await?, Some(at(9)));
    tx.enrolment_over(maja).await?;
    assert_eq!(tx.enrolment_open_since(maja).await?, None);
    assert_eq!(tx.enrolments_open_before(at(99), 10).await?, [other]);
    Ok(())
}

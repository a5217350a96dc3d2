//! Signed-in sessions.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::publications::published;
use crate::relations::{accept, proofing, terms};
use crate::samples::{at, hold, id, keep, mac, person, relation, row, session};
use crate::{Kept, Subject};
use domain::audit::{EventKind, Row};
use domain::ids::PersonId;
use domain::publication::Binds;
use domain::standing::Origin;
use usecases::ports::store::{Admission, Evidence, Tx};

pub async fn a_session_comes_back_as_it_was(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    assert_eq!(tx.session(id(1)).await?, Some(session(1, maja, 5, at(0))));
    assert_eq!(tx.session(id(2)).await?, None);
    Ok(())
}

pub async fn a_browsers_session_is_its_newest_that_was_not_ended(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    for (number, browser, began) in [(1, 5, 10), (2, 5, 30), (3, 5, 20), (4, 6, 40)] {
        tx.add_session(&session(number, maja, browser, at(began))).await?;
    }
    assert_eq!(tx.session_in(id(5)).await?.map(|it| it.id), Some(id(2)));
    tx.end_session(id(2), at(50)).await?;
    assert_eq!(tx.session_in(id(5)).await?.map(|it| it.id), Some(id(3)));
    assert_eq!(tx.session_in(id(7)).await?, None);
    Ok(())
}

pub async fn its_use_is_noted_and_never_backwards(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    tx.touch_session(id(1), at(60)).await?;
    tx.touch_session(id(1), at(30)).await?;
    assert_eq!(tx.session(id(1)).await?.map(|it| it.seen_at), Some(at(60)));
    Ok(())
}

pub async fn an_ended_session_is_ended_once_and_not_revived_by_use(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    assert!(tx.end_session(id(1), at(10)).await?);
    assert!(!tx.end_session(id(1), at(11)).await?);
    tx.touch_session(id(1), at(60)).await?;
    assert_eq!(tx.session(id(1)).await?, None);
    assert_eq!(tx.session_in(id(5)).await?, None);
    Ok(())
}

pub async fn all_sessions_of_a_person_end_and_nobody_elses(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    for (number, person) in [(1, maja), (2, maja), (3, maja), (4, other)] {
        tx.add_session(&session(number, person, number, at(0))).await?;
    }
    tx.end_session(id(3), at(1)).await?;
    assert_eq!(tx.end_sessions(maja, at(2)).await?, 2);
    assert!(tx.session(id(1)).await?.is_none() && tx.session(id(2)).await?.is_none());
    assert!(tx.session(id(4)).await?.is_some());
    Ok(())
}

pub async fn old_sessions_are_deleted(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    tx.add_session(&session(2, maja, 5, at(20))).await?;
    assert_eq!(tx.prune_sessions(at(10), 100).await?, 1);
    assert!(tx.session(id(1)).await?.is_none() && tx.session(id(2)).await?.is_some());
    Ok(())
}

pub async fn a_session_replaces_the_one_of_its_browser(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.replace_session(&session(1, maja, 5, at(0))).await?;
    tx.replace_session(&session(2, maja, 6, at(10))).await?;
    assert!(tx.session(id(1)).await?.is_some(), "in another browser");
    tx.replace_session(&session(3, maja, 5, at(20))).await?;
    assert_eq!(tx.session(id(1)).await?, None);
    assert_eq!(tx.session_in(id(5)).await?, Some(session(3, maja, 5, at(20))));
    assert_eq!(tx.session_in(id(6)).await?, Some(session(2, maja, 6, at(10))));
    Ok(())
}

pub async fn a_browsers_session_comes_with_its_person(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    for (number, who, began) in [(1, maja, 10), (2, other, 30), (3, maja, 20)] {
        tx.add_session(&session(number, who, 5, at(began))).await?;
    }
    let both = Some((session(2, other, 5, at(30)), person(2)?));
    assert_eq!(tx.session_with_person(id(5)).await?, both);
    tx.end_session(id(2), at(40)).await?;
    let both = Some((session(3, maja, 5, at(20)), person(1)?));
    assert_eq!(tx.session_with_person(id(5)).await?, both);
    assert_eq!(tx.session_with_person(id(6)).await?, None);
    Ok(())
}

pub async fn the_evidence_of_a_session_is_what_each_question_says(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.evidence(id(1)).await?, None);
    tx.add_session(&session(1, maja, 5, at(0))).await?;
    same(tx.as_mut(), maja).await?;
    let now = terms("now");
    tx.keep_terms(&now).await?;
    for (number, who, seconds) in [(1, maja, 10), (2, maja, 30), (3, maja, 20), (4, other, 40)] {
        tx.add_proofing(&proofing(number, who, at(seconds))).await?;
        tx.add_acceptance(&accept(number, who, &now, at(seconds))).await?;
        tx.put_association(&relation(number, who)?).await?;
    }
    same(tx.as_mut(), maja).await?;
    let found = tx.evidence(id(1)).await?.ok_or("it is there")?;
    assert_eq!((found.associations.len(), found.proofing.map(|it| it.id)), (3, Some(id(2))));
    for number in [1, 2] {
        let held = tx.standing(maja).await?.hold(hold(number, Origin::Owner));
        tx.add_hold(maja, &hold(number, Origin::Owner), held.epoch()).await?;
    }
    assert_eq!(tx.evidence(id(1)).await?.map(|it| it.standing.holds().len()), Some(2));
    let (version, pages) = published(1, Binds::Newcomers);
    tx.publish_terms(&version, &pages).await?;
    same(tx.as_mut(), maja).await?;
    tx.void_proofs(maja, at(45)).await?;
    assert_eq!(
        tx.evidence(id(1)).await?.map(|it| it.proofing),
        Some(None),
        "a proof of before counts no more"
    );
    same(tx.as_mut(), maja).await?;
    tx.end_session(id(1), at(50)).await?;
    assert_eq!(tx.evidence(id(1)).await?, None);
    Ok(())
}

/// Whether the one question says the same as all of them.
async fn same(tx: &mut dyn Tx, maja: PersonId) -> Kept {
    let expected = Evidence {
        session: tx.session(id(1)).await?.ok_or("it is there")?,
        person: tx.person(maja).await?.ok_or("she is there")?,
        standing: tx.standing(maja).await?,
        proofing: tx.last_proofing(maja).await?,
        renamed_at: tx.proved(maja).await?.and_then(|proved| proved.renamed_at),
        associations: tx.associations_of(maja).await?,
        published: tx.published_terms().await?,
        accepted: tx.last_acceptance(maja).await?.map(|last| last.accepted.terms),
    };
    assert_eq!(tx.evidence(id(1)).await?, Some(expected));
    Ok(())
}

pub async fn the_admission_to_a_session_is_what_each_question_says(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.admission(id(9), &[mac(7)]).await?, None);
    as_asked(tx.as_mut(), maja, false).await?;
    let now = terms("now");
    tx.keep_terms(&now).await?;
    let (version, pages) = published(1, Binds::Newcomers);
    tx.publish_terms(&version, &pages).await?;
    for (number, who, seconds) in [(1, maja, 10), (2, maja, 30), (3, maja, 20), (4, other, 40)] {
        tx.add_proofing(&proofing(number, who, at(seconds))).await?;
        tx.add_acceptance(&accept(number, who, &now, at(seconds))).await?;
        tx.put_association(&relation(number, who)?).await?;
    }
    as_asked(tx.as_mut(), maja, false).await?;
    let found = tx.admission(maja, &[]).await?.ok_or("she is there")?;
    assert_eq!((found.associations.len(), found.proved.map(|it| it.at)), (3, Some(at(30))));
    tx.void_proofs(maja, at(45)).await?;
    let held = tx.standing(maja).await?.hold(hold(1, Origin::Owner));
    tx.add_hold(maja, &hold(1, Origin::Owner), held.epoch()).await?;
    as_asked(tx.as_mut(), maja, false).await?;
    // Somebody else signed in, and she did something else.
    tx.append(&Row { kind: EventKind::SignedIn.word().to_owned(), ..row(1, Some(other)) }).await?;
    tx.append(&row(2, Some(maja))).await?;
    as_asked(tx.as_mut(), maja, false).await?;
    tx.append(&Row { kind: EventKind::SignedIn.word().to_owned(), ..row(3, Some(maja)) }).await?;
    as_asked(tx.as_mut(), maja, true).await?;
    tx.know_source(other, mac(7), at(1)).await?;
    tx.know_source(maja, mac(9), at(1)).await?;
    as_asked(tx.as_mut(), maja, true).await?;
    tx.know_source(maja, mac(7), at(1)).await?;
    as_asked(tx.as_mut(), maja, false).await
}

/// Whether the one question says the same as all of them, at either of two sources.
async fn as_asked(tx: &mut dyn Tx, maja: PersonId, elsewhere: bool) -> Kept {
    let expected = Admission {
        standing: tx.standing(maja).await?,
        associations: tx.associations_of(maja).await?,
        published: tx.published_terms().await?,
        accepted: tx.last_acceptance(maja).await?.map(|last| last.accepted.terms),
        proved: tx.proved(maja).await?,
        elsewhere,
    };
    assert_eq!(tx.admission(maja, &[mac(8), mac(7)]).await?, Some(expected));
    Ok(())
}

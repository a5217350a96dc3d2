//! Relations, terms, proofs, roles and runs of the feed.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, hold, id, keep, made, noon, relation};
use crate::{Kept, Subject};
use domain::association::Association;
use domain::cpr::{CprStatus, RegisterStatus};
use domain::ids::{Epoch, PersonId};
use domain::level::AssuranceLevel;
use domain::proofing::{IdentityProofing, Means};
use domain::role::{Proposer, Role, RoleKind, RoleState};
use domain::standing::Origin;
use domain::terms::{Accepted, Accepting, TermsAcceptance, TermsHash, TermsVersion};
use domain::{Date, Timestamp};
use usecases::ports::store::StoreFault;

pub async fn relations_come_back_as_they_were_the_oldest_first(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let new = relation(1, maja)?;
    let old = Association {
        starts_on: Date::constant(2020, 1, 31),
        ends_on: Some(Date::constant(2026, 12, 31)),
        activated_at: Some(at(5)),
        ..relation(2, maja)?
    };
    let mut tx = subject.store().begin("test").await?;
    tx.put_association(&new).await?;
    tx.put_association(&old).await?;
    assert_eq!(tx.associations_of(maja).await?, [old.clone(), new.clone()]);
    assert_eq!(tx.association(old.id).await?, Some(old.clone()));
    assert_eq!(tx.association_by_number(&old.cvr, "2").await?, Some(old));
    assert_eq!(tx.association_by_number(&new.cvr, "3").await?, None);
    Ok(())
}

pub async fn a_relation_is_changed_but_never_opened_again(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let open = relation(1, maja)?;
    let closed = Association { unit: "Skole".into(), closed_at: Some(at(9)), ..open.clone() };
    let mut tx = subject.store().begin("test").await?;
    tx.put_association(&open).await?;
    tx.put_association(&closed).await?;
    assert_eq!(tx.association(open.id).await?, Some(closed));
    let opened = tx.put_association(&open).await;
    assert!(made(opened, tx).await.is_err());
    Ok(())
}

pub async fn a_relation_never_passes_to_another_person(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.put_association(&relation(1, maja)?).await?;
    let passed = tx.put_association(&relation(1, other)?).await;
    assert!(made(passed, tx).await.is_err());
    Ok(())
}

pub async fn an_employee_number_is_open_once_and_may_return_after_its_end(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let first = relation(1, maja)?;
    let again = Association { id: id(2), ..first.clone() };
    let mut tx = subject.store().begin("test").await?;
    tx.put_association(&first).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    let twice = tx.put_association(&again).await;
    let twice = made(twice, tx).await;
    assert!(matches!(twice, Err(StoreFault::Conflict("an employee number"))), "{twice:?}");
    let mut tx = subject.store().begin("test").await?;
    tx.put_association(&Association { closed_at: Some(at(1)), ..first.clone() }).await?;
    tx.put_association(&again).await?;
    assert_eq!(tx.association_by_number(&first.cvr, "1").await?, Some(again), "the open one");
    Ok(())
}

pub async fn open_relations_are_counted_and_those_past_their_last_day_listed(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let ending = |number, last| -> Result<Association, Box<dyn std::error::Error>> {
        Ok(Association { ends_on: Some(Date::constant(2026, 11, last)), ..relation(number, maja)? })
    };
    let mut tx = subject.store().begin("test").await?;
    tx.put_association(&relation(1, maja)?).await?;
    tx.put_association(&ending(2, 30)?).await?;
    tx.put_association(&ending(3, 29)?).await?;
    tx.put_association(&Association { closed_at: Some(noon()), ..ending(4, 1)? }).await?;
    assert_eq!(tx.open_associations().await?, 3);
    assert_eq!(
        tx.associations_over(Date::constant(2026, 11, 30), 10).await?,
        [id(3)],
        "the last day still holds"
    );
    assert_eq!(tx.associations_over(Date::constant(2026, 12, 1), 10).await?, [id(3), id(2)]);
    assert_eq!(tx.associations_over(Date::constant(2026, 12, 1), 1).await?, [id(3)]);
    Ok(())
}

/// A version of the terms.
pub(crate) fn terms(text: &str) -> TermsVersion {
    TermsVersion {
        hash: TermsHash::of([text]),
        version: "1.0".into(),
        date: Date::constant(2026, 11, 1),
        pages: 5,
    }
}

/// An accept.
pub(crate) fn accept(number: u128, person: PersonId, terms: &TermsVersion, at: Timestamp) -> TermsAcceptance {
    let by = Accepting { address: "2001:db8::1".into(), agent: "Browser".into() };
    let shown = vec![at, at, at];
    TermsAcceptance { id: id(number), person, accepted: Accepted { terms: terms.hash, shown, at, by } }
}

pub async fn the_newest_accept_counts(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let (first, second) = (terms("a"), terms("b"));
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.last_acceptance(maja).await?, None);
    tx.keep_terms(&first).await?;
    tx.keep_terms(&first).await?;
    tx.keep_terms(&second).await?;
    let newest = accept(1, maja, &second, at(2));
    tx.add_acceptance(&newest).await?;
    tx.add_acceptance(&accept(2, maja, &first, at(1))).await?;
    assert_eq!(tx.last_acceptance(maja).await?, Some(newest));
    Ok(())
}

pub async fn nobody_accepts_terms_that_were_never_kept(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    let accepts = tx.add_acceptance(&accept(1, maja, &terms("lost"), noon())).await;
    assert!(made(accepts, tx).await.is_err());
    assert_eq!(subject.store().begin("test").await?.last_acceptance(maja).await?, None);
    Ok(())
}

/// A proof.
pub(crate) fn proofing(number: u128, person: PersonId, at: Timestamp) -> IdentityProofing {
    IdentityProofing {
        id: id(number),
        person,
        at,
        level: AssuranceLevel::Substantial,
        means: Means::Mitid {
            issuer: "https://broker.example".into(),
            authenticators: vec!["code_app".into()],
            transaction: "t1".into(),
            mitid_transaction: "m1".into(),
            receipt: [9; 32],
        },
        register: CprStatus { status: RegisterStatus::Resident, source: "broker:ssn.details".into(), at },
        process: "mitid-1".into(),
    }
}

pub async fn the_newest_proof_counts(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.last_proofing(maja).await?, None);
    tx.add_proofing(&proofing(2, maja, at(100))).await?;
    tx.add_proofing(&proofing(1, maja, at(50))).await?;
    assert_eq!(tx.last_proofing(maja).await?, Some(proofing(2, maja, at(100))));
    Ok(())
}

fn role(number: u128, person: PersonId, proposed_at: Timestamp) -> Role {
    let state = RoleState::Proposed { by: Proposer::Operator("ops1".into()) };
    Role { id: id(number), person, kind: RoleKind::Auditor, proposed_at, state }
}

pub async fn a_role_is_kept_as_far_as_it_came(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.put_role(&role(1, maja, at(1))).await?;
    tx.put_role(&role(2, other, at(2))).await?;
    let seconded = role(1, maja, at(1)).seconded(Proposer::Operator("ops2".into()), at(3))?;
    tx.put_role(&seconded).await?;
    assert_eq!(tx.role(id(1)).await?, Some(seconded.clone()));
    assert_eq!(tx.roles_of(maja).await?, std::slice::from_ref(&seconded));
    assert_eq!(tx.roles().await?, [role(2, other, at(2)), seconded], "the newest first");
    assert_eq!(tx.role(id(3)).await?, None);
    Ok(())
}

pub async fn a_role_never_passes_to_another_person(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.put_role(&role(1, maja, at(1))).await?;
    assert!(tx.put_role(&role(1, other, at(1))).await.is_err());
    Ok(())
}

pub async fn a_run_of_the_feed_is_remembered_once(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.add_import(id(1), noon(), "ops1", "hr.csv", [1; 32]).await?;
    assert!(tx.add_import(id(1), noon(), "ops1", "hr.csv", [1; 32]).await.is_err());
    Ok(())
}

pub async fn who_is_behind_the_terms_is_found_until_told_or_held(subject: &dyn Subject) -> Kept {
    let (first, second) = (terms("first"), terms("second"));
    let (maja, other, never) =
        (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?, keep(subject.store(), 3).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.keep_terms(&first).await?;
    tx.keep_terms(&second).await?;
    for (number, person, version, when) in
        [(1, maja, &first, 1), (2, other, &second, 1), (3, other, &first, 2), (4, maja, &second, 3)]
    {
        tx.add_acceptance(&accept(number, person, version, at(when))).await?;
    }
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(
        tx.behind_terms(&[first.hash], None, 9).await?,
        [maja],
        "the newest counts, and {never:?} accepted none"
    );
    assert_eq!(tx.behind_terms(&[second.hash], None, 9).await?, [other]);
    assert!(tx.behind_terms(&[second.hash], Some(other), 9).await?.is_empty(), "behind is behind");
    let either = [first.hash, second.hash];
    assert!(tx.behind_terms(&either, None, 9).await?.is_empty(), "either is enough");
    assert!(tx.untold_of_terms(&either, second.hash, 9).await?.is_empty());
    let neither = terms("neither").hash;
    assert_eq!(tx.behind_terms(&[neither], None, 9).await?, [maja, other]);
    assert_eq!(tx.behind_terms(&[neither], None, 1).await?, [maja]);
    assert_eq!(tx.behind_terms(&[neither], Some(maja), 9).await?, [other]);
    assert_eq!(tx.untold_of_terms(&[neither], neither, 9).await?, [maja, other]);
    assert!(tx.note_terms_told(maja, neither, at(4)).await?);
    assert!(!tx.note_terms_told(maja, neither, at(5)).await?, "once");
    assert_eq!(tx.untold_of_terms(&[neither], neither, 9).await?, [other]);
    assert_eq!(tx.untold_of_terms(&[first.hash], first.hash, 9).await?, [maja], "told of another version");
    tx.add_hold(other, &hold(9, Origin::Terms), Epoch(4)).await?;
    assert_eq!(tx.behind_terms(&[neither], None, 9).await?, [maja], "whom the terms hold is left out");
    assert!(tx.untold_of_terms(&[neither], neither, 9).await?.is_empty());
    Ok(())
}

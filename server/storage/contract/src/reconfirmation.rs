//! When people were proved, what HR changed since, and whom to tell.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, noon, session};
use crate::{Kept, Subject};
use domain::Timestamp;
use domain::cpr::{CprStatus, RegisterStatus};
use domain::ids::PersonId;
use domain::level::AssuranceLevel;
use domain::proofing::{IdentityProofing, Means};
use domain::reconfirmation::Proved;

fn proof(number: u128, person: PersonId, at: Timestamp) -> IdentityProofing {
    IdentityProofing {
        id: id(number),
        person,
        at,
        level: AssuranceLevel::Substantial,
        means: Means::Mitid {
            issuer: "https://broker.example".into(),
            authenticators: vec![],
            transaction: "t".into(),
            mitid_transaction: "m".into(),
            receipt: [1; 32],
        },
        register: CprStatus { status: RegisterStatus::Resident, source: "test".into(), at },
        process: "test".into(),
    }
}

pub async fn the_newest_proof_and_name_are_told_together(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.proved(maja).await?, None, "never proved");
    tx.note_renamed(maja, at(5)).await?;
    assert_eq!(tx.proved(maja).await?, None, "a name proves nobody");
    tx.add_proofing(&proof(1, maja, at(10))).await?;
    tx.add_proofing(&proof(2, maja, noon())).await?;
    tx.add_proofing(&proof(3, other, at(99))).await?;
    let proved = |renamed_at| Some(Proved { at: at(10), level: AssuranceLevel::Substantial, renamed_at });
    assert_eq!(tx.proved(maja).await?, proved(Some(at(5))));
    tx.note_renamed(maja, at(20)).await?;
    tx.note_renamed(maja, at(19)).await?;
    assert_eq!(tx.proved(maja).await?, proved(Some(at(20))), "never backwards");
    assert_eq!(tx.proved(other).await?.and_then(|it| it.renamed_at), None, "hers alone");
    tx.add_session(&session(1, maja, 1, noon())).await?;
    let evidence = tx.evidence(id(1)).await?.ok_or("no evidence")?;
    assert_eq!(evidence.renamed_at, Some(at(20)), "and a decision to issue sees it");
    Ok(())
}

pub async fn a_proof_that_runs_out_is_noted_once(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    for proof in [proof(1, maja, at(10)), proof(2, other, at(5)), proof(3, maja, at(50))] {
        tx.add_proofing(&proof).await?;
    }
    assert_eq!(tx.proofs_running_out(at(5), 9).await?, [], "not yet");
    assert_eq!(tx.proofs_running_out(at(50), 9).await?, [(id(2), other), (id(1), maja)], "the oldest first");
    assert_eq!(tx.proofs_running_out(at(50), 1).await?, [(id(2), other)]);
    assert!(tx.note_running_out(id(2), at(60)).await?);
    assert!(!tx.note_running_out(id(2), at(61)).await?, "once");
    assert_eq!(tx.proofs_running_out(at(51), 9).await?, [(id(1), maja), (id(3), maja)]);
    Ok(())
}

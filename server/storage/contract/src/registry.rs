//! What is registered about people beside HR's feed.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep};
use crate::{Kept, Subject};
use domain::registered::{JobFunction, NameKind, Registered};
use usecases::ports::store::StoreFault;

fn named(name: &str) -> Registered {
    Registered { subject_name_id: Some(name.into()), ..Registered::default() }
}

pub async fn what_is_registered_comes_back_and_is_replaced(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let all = Registered {
        subject_name_id: Some("Maja@Kommune.example".into()),
        uni_id: Some("maja1234".into()),
        uuid: Some(id(9)),
        job_functions: vec![JobFunction { scope: None, privilege: "urn:x:y".into() }],
    };
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.registered(maja).await?, None);
    tx.register(maja, &all, at(0)).await?;
    tx.register(other, &named("maja@kommune.example"), at(0)).await?;
    assert_eq!(tx.registered(maja).await?, Some(all.clone()), "byte for byte");
    tx.register(maja, &all, at(1)).await?;
    tx.register(maja, &Registered::default(), at(2)).await?;
    assert_eq!(tx.registered(maja).await?, Some(Registered::default()));
    assert_eq!(tx.registered(other).await?, Some(named("maja@kommune.example")), "hers alone");
    Ok(())
}

pub async fn a_registered_name_is_given_to_nobody_else_whatever_became_of_it(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.register(maja, &named("m"), at(0)).await?;
    tx.register(maja, &named("n"), at(1)).await?;
    tx.commit().await?;
    for name in ["m", "n"] {
        let mut tx = subject.store().begin("test").await?;
        let refused = tx.register(other, &named(name), at(2)).await;
        assert!(matches!(refused, Err(StoreFault::Conflict(_))), "{name}: {refused:?}");
    }
    for past in ["delete from registered_names", "update registered_names set name = 'o'"] {
        assert!(subject.raw(past).await.is_err(), "{past}");
    }
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.registered_name_owner(NameKind::SubjectNameId, "m").await?, Some(maja), "as it was");
    assert_eq!(tx.registered_name_owner(NameKind::UniId, "m").await?, None);
    let uni_id = Registered { uni_id: Some("m".into()), ..Registered::default() };
    tx.register(other, &uni_id, at(3)).await?;
    tx.register(maja, &named("m"), at(3)).await?;
    Ok(())
}

//! Drafts of the terms, and what was published.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id};
use crate::{Kept, Subject};
use domain::Date;
use domain::ids::PersonId;
use domain::publication::{Binds, Draft, DraftState, PageText, Pages, Published, Spread};
use domain::terms::{TermsHash, TermsVersion};
use usecases::ports::store::StoreFault;

const FIRST: Date = Date::constant(2026, 12, 1);

fn somebody() -> PersonId {
    id(1)
}

fn pages(says: &str) -> Pages {
    let page = PageText { title: "Æble".into(), body: format!("{says}\n\n1. \"Ét\"") };
    vec![Spread { danish: page.clone(), english: page }].into()
}

fn draft(number: u128) -> Draft {
    Draft {
        id: id(number),
        version: number.to_string(),
        pages: pages("words"),
        replaces: TermsHash::of(["before"]),
        by: somebody(),
        begun_at: at(1),
        state: DraftState::Writing,
    }
}

/// A version, and what it says.
pub(crate) fn published(number: u32, binds: Binds) -> (Published, Pages) {
    let (version, pages) = (format!("{number}.0"), pages(&number.to_string()));
    let terms = TermsVersion { hash: pages.hash(&version), version, date: FIRST, pages: 1 };
    let version = Published {
        number,
        terms,
        replaces: TermsHash::of(["before"]),
        binds,
        draft: id(u128::from(number)),
        proposed: (somebody(), at(1)),
        approved: (id(2), at(2)),
    };
    (version, pages)
}

pub async fn a_draft_comes_back_as_it_was_and_one_goes_on_at_a_time(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.open_draft().await?, None);
    assert!(tx.add_draft(&draft(1)).await?);
    assert!(!tx.add_draft(&draft(2)).await?, "one at a time");
    let proposed = Draft {
        pages: pages("other words"),
        state: DraftState::Proposed { at: at(3), hash: TermsHash::of(["x"]) },
        ..draft(1)
    };
    tx.put_draft(&proposed).await?;
    assert_eq!(tx.open_draft().await?, Some(proposed.clone()));
    let ended = Draft { state: DraftState::Withdrawn { by: somebody(), at: at(4) }, ..proposed };
    tx.put_draft(&ended).await?;
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.open_draft().await?, None, "it ended");
    assert_eq!(tx.draft_for_update(ended.id).await?, Some(ended));
    assert_eq!(tx.draft_for_update(id(9)).await?, None);
    assert!(tx.add_draft(&draft(2)).await?, "another may begin");
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert!(tx.put_draft(&draft(1)).await.is_err(), "what ended stays as it ended");
    Ok(())
}

pub async fn published_terms_come_back_the_newest_first(subject: &dyn Subject) -> Kept {
    let (first, first_pages) = published(1, Binds::Newcomers);
    let (second, second_pages) = published(2, Binds::Everybody { accept_by: Some(FIRST) });
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.published_terms().await?.is_empty());
    tx.publish_terms(&first, &first_pages).await?;
    tx.publish_terms(&second, &second_pages).await?;
    tx.commit().await?;
    let mut tx = subject.store().reading("test").await?;
    assert_eq!(tx.published_terms().await?, [second.clone(), first.clone()]);
    assert_eq!(tx.published_pages(first.terms.hash).await?, Some(first_pages));
    assert_eq!(tx.published_pages(second.terms.hash).await?, Some(second_pages));
    assert_eq!(tx.published_pages(TermsHash::of(["none"])).await?, None);
    Ok(())
}

pub async fn a_version_is_published_once(subject: &dyn Subject) -> Kept {
    let (first, pages) = published(1, Binds::Newcomers);
    let mut tx = subject.store().begin("test").await?;
    tx.publish_terms(&first, &pages).await?;
    tx.commit().await?;
    let (second, _) = published(2, Binds::Newcomers);
    let same_name = TermsVersion { version: first.terms.version.clone(), ..second.terms.clone() };
    for again in [
        first.clone(),
        Published { number: 1, ..second.clone() },
        Published {
            terms: TermsVersion { hash: first.terms.hash, ..second.terms.clone() },
            ..second.clone()
        },
        Published { terms: same_name, ..second.clone() },
    ] {
        let mut tx = subject.store().begin("test").await?;
        let refused = tx.publish_terms(&again, &pages).await;
        assert!(matches!(refused, Err(StoreFault::Conflict("a version of the terms"))), "{refused:?}");
    }
    Ok(())
}

pub async fn published_terms_cannot_be_changed_past_the_store(subject: &dyn Subject) -> Kept {
    let (first, pages) = published(1, Binds::Newcomers);
    let mut tx = subject.store().begin("test").await?;
    tx.publish_terms(&first, &pages).await?;
    tx.commit().await?;
    for change in [
        "update terms_published set version = 'x'",
        "update terms_published set number = 2",
        "delete from terms_published",
    ] {
        assert!(subject.raw(change).await.is_err(), "{change}");
    }
    let mut tx = subject.store().reading("test").await?;
    assert_eq!(tx.published_terms().await?, [first]);
    Ok(())
}

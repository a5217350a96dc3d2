//! Orders of long exports, and their files.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, made, sealed};
use crate::{Kept, Subject};
use domain::Timestamp;
use domain::evidence::{CancelledFor, Evidence, Job, Order, Period, Stage};
use domain::ids::{ExportJobId, PersonId};
use usecases::ports::store::{Store, StoreFault};

fn job(number: u128, by: PersonId, about: Option<PersonId>) -> Job {
    let order = Order {
        evidence: Evidence::Tokens,
        period: Period { from: at(0), before: at(9) },
        about,
        places: (1, 400),
        waiting: 2,
        since: Some(at(0)),
        present: Vec::new(),
        restricted: vec![id(7)],
        at: at(i64::try_from(number).unwrap_or(0)),
    };
    Job::ordered(id(number), by, order, 400)
}

async fn add(store: &dyn Store, jobs: &[Job]) -> Result<(), StoreFault> {
    let mut tx = store.begin("sample").await?;
    for job in jobs {
        tx.add_export_job(job).await?;
    }
    tx.commit().await
}

/// What whoever makes exports does at that time; leased for a minute.
async fn claim(store: &dyn Store, now: Timestamp) -> Result<Option<Job>, Box<dyn std::error::Error>> {
    let mut tx = store.begin("claim").await?;
    let Some(job) = tx.due_export_job(now).await? else { return Ok(None) };
    let job = job.begun(now)?;
    tx.put_export_job(&job, Some(now + domain::SignedDuration::from_secs(60))).await?;
    tx.commit().await?;
    Ok(Some(job))
}

fn ids(jobs: &[Job]) -> Vec<ExportJobId> {
    jobs.iter().map(|job| job.id).collect()
}

pub async fn an_order_comes_back_as_it_was_left_to_who_ordered_it(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let (maja, other) = (keep(store, 1).await?, keep(store, 2).await?);
    let all = [job(1, maja, Some(other)), job(2, other, None), job(3, maja, None)];
    add(store, &all).await?;
    let [first, ..] = all;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.export_job(first.id).await?, Some(first.clone()));
    assert_eq!(ids(&tx.export_jobs_of(maja).await?), [id(3), id(1)], "the newest first, and nobody else's");
    let begun = first.begun(at(10))?.went(1, 200)?;
    tx.put_export_job(&begun, Some(at(70))).await?;
    assert_eq!(tx.export_job_for_update(begun.id).await?, Some(begun));
    assert_eq!(tx.export_job(id(9)).await?, None);
    let lost = tx.put_export_job(&job(9, maja, None), None).await;
    assert!(made(lost, tx).await.is_err(), "a change that goes nowhere is a fault");
    Ok(())
}

pub async fn one_makes_an_order_until_the_lease_is_over(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    assert!(!store.look("test").await?.exports_wait(at(0)).await?);
    add(store, &[job(1, maja, None), job(2, maja, None)]).await?;
    assert!(store.look("test").await?.exports_wait(at(9)).await?);
    let (one, two) = tokio::join!(claim(store, at(10)), claim(store, at(10)));
    let mut claimed: Vec<_> = [one?, two?].into_iter().flatten().collect();
    if claimed.len() < 2 {
        claimed.extend(claim(store, at(10)).await?);
    }
    claimed.sort_by_key(|job| job.id);
    assert_eq!(ids(&claimed), [id(1), id(2)], "each once");
    assert_eq!(claim(store, at(69)).await?, None);
    assert!(!store.look("test").await?.exports_wait(at(69)).await?);
    let again = claim(store, at(70)).await?;
    assert_eq!(again.and_then(|job| job.tries()), Some(2), "whoever had it may be gone");
    Ok(())
}

pub async fn pieces_of_files_come_back_and_go_a_few_at_a_time(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    add(store, &[job(1, maja, None), job(2, maja, None)]).await?;
    let (one, other): (ExportJobId, ExportJobId) = (id(1), id(2));
    let mut tx = store.begin("test").await?;
    for number in 0..3 {
        tx.add_export_piece(one, ("csv", number), &sealed(1)).await?;
    }
    tx.add_export_piece(one, ("json", 0), &sealed(2)).await?;
    tx.add_export_piece(other, ("csv", 0), &sealed(3)).await?;
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.export_piece(one, ("json", 0)).await?, Some(sealed(2)));
    assert_eq!(tx.export_piece(one, ("json", 1)).await?, None);
    assert_eq!(tx.drop_export_pieces(one, 3).await?, 3);
    assert_eq!(tx.drop_export_pieces(one, 3).await?, 1);
    assert_eq!(tx.export_piece(other, ("csv", 0)).await?, Some(sealed(3)), "another's stay");
    Ok(())
}

pub async fn what_is_over_goes_with_its_pieces_and_nothing_else(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    add(store, &[job(1, maja, None), job(2, maja, None), job(3, maja, None)]).await?;
    let mut tx = store.begin("test").await?;
    let ready = job(1, maja, None).begun(at(10))?.made(1, "a manifest".into())?;
    let until = ready.ends_at().ok_or("it ends")?;
    tx.put_export_job(&ready, None).await?;
    tx.put_export_job(&job(2, maja, None).cancelled(CancelledFor::Asked, at(20))?, None).await?;
    for (number, pieces) in [(1, 1), (2, 2), (3, 1)] {
        for piece in 0..pieces {
            tx.add_export_piece(id(number), ("csv", piece), &sealed(1)).await?;
        }
    }
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(ids(&tx.export_jobs_of(maja).await?), [id(3), id(1), id(2)], "what is over comes last");
    assert!(tx.spent_export_jobs(at(20), 9).await?.is_empty());
    assert_eq!(ids(&tx.spent_export_jobs(until, 9).await?), [id(1)]);
    assert_eq!(tx.drop_spent_pieces(at(19), 9).await?, 0);
    assert_eq!(tx.prune_export_jobs(until, 9).await?, 0, "not before their pieces");
    assert_eq!((tx.drop_spent_pieces(at(20), 1).await?, tx.drop_spent_pieces(at(20), 9).await?), (1, 1));
    assert_eq!(tx.prune_export_jobs(at(20), 9).await?, 0, "not before its time");
    assert_eq!(tx.prune_export_jobs(at(21), 9).await?, 1);
    assert_eq!(tx.drop_spent_pieces(until, 9).await?, 1);
    let expired = tx.export_job(id(1)).await?.ok_or("it is there")?.expired(until)?;
    tx.put_export_job(&expired, None).await?;
    assert_eq!(tx.export_job(id(1)).await?.map(|job| job.stage()), Some(Stage::Over));
    assert!(tx.spent_export_jobs(until, 9).await?.is_empty());
    assert_eq!(tx.export_piece(id(3), ("csv", 0)).await?, Some(sealed(1)), "what waits has its pieces");
    Ok(())
}

pub async fn orders_by_and_about_who_was_erased_go(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let (maja, other) = (keep(store, 1).await?, keep(store, 2).await?);
    add(store, &[job(1, maja, None), job(2, other, Some(maja)), job(3, other, None)]).await?;
    let mut tx = store.begin("test").await?;
    tx.add_export_piece(id(2), ("csv", 0), &sealed(1)).await?;
    tx.erase_person(maja, &[], at(9)).await?;
    tx.commit().await?;
    let mut tx = store.begin("test").await?;
    assert_eq!(ids(&tx.export_jobs_of(other).await?), [id(3)]);
    assert_eq!(tx.export_job(id(1)).await?, None);
    Ok(())
}

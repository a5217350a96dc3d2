//! The outbox.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep};
use crate::{Kept, Subject};
use domain::Timestamp;
use domain::ids::{NoticeId, PersonId};
use domain::notice::{Channel, Lane, Notice, Template};
use usecases::ports::store::{Store, StoreFault};

fn notice(number: u128, person: PersonId, due: i64) -> Notice {
    Notice {
        id: id(number),
        person,
        template: Template::Welcome,
        channel: Channel::PrivateBefore,
        at: at(0),
        request: id(50),
        flow: Some(id(60)),
        due_at: at(due),
    }
}

async fn queue(store: &dyn Store, notices: &[Notice]) -> Result<(), StoreFault> {
    let mut tx = store.begin("sample").await?;
    for notice in notices {
        tx.enqueue(notice).await?;
    }
    tx.commit().await
}

async fn take(store: &dyn Store, now: Timestamp, limit: u32) -> Result<Vec<NoticeId>, StoreFault> {
    let mut tx = store.begin("post").await?;
    let taken = tx.take_due(Lane::Mail, now, now + domain::SignedDuration::from_secs(60), limit).await?;
    tx.commit().await?;
    Ok(taken.into_iter().map(|(notice, _)| notice.id).collect())
}

pub async fn what_is_due_is_taken_in_order_as_it_was(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    queue(store, &[notice(1, maja, 20), notice(2, maja, 10), notice(3, maja, 99)]).await?;
    let mut tx = store.begin("post").await?;
    let taken = tx.take_due(Lane::Mail, at(30), at(90), 10).await?;
    assert_eq!(taken, [(notice(2, maja, 10), 0), (notice(1, maja, 20), 0)]);
    Ok(())
}

pub async fn each_lane_is_taken_by_itself(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let by = |number, channel| Notice { channel, ..notice(number, maja, 0) };
    let all = [
        by(1, Channel::Mail),
        by(2, Channel::Sms),
        by(3, Channel::Private),
        by(4, Channel::SmsBefore),
        by(5, Channel::PrivateBefore),
    ];
    queue(store, &all).await?;
    for lane in [Lane::Sms, Lane::Mail] {
        let mut tx = store.begin("post").await?;
        let taken = tx.take_due(lane, at(0), at(60), 10).await?;
        tx.commit().await?;
        let taken: Vec<_> = taken.into_iter().map(|(notice, _)| notice).collect();
        let expected: Vec<_> = all.iter().filter(|it| it.channel.lane() == lane).cloned().collect();
        assert_eq!(taken, expected, "{lane:?}");
    }
    Ok(())
}

pub async fn nothing_leaves_before_its_transaction_is_committed(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.enqueue(&notice(1, maja, 0)).await?;
    drop(tx);
    assert!(take(subject.store(), at(10), 10).await?.is_empty());
    Ok(())
}

pub async fn what_is_leased_is_taken_by_nobody_else_until_the_lease_is_over(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    queue(store, &[notice(1, maja, 0)]).await?;
    assert_eq!(take(store, at(0), 10).await?, [id(1)]);
    assert!(take(store, at(59), 10).await?.is_empty());
    assert_eq!(take(store, at(60), 10).await?, [id(1)], "whoever had it may be gone");
    Ok(())
}

pub async fn of_two_instances_at_once_none_takes_the_others(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    let all: Vec<_> = (1..=6).map(|number| notice(number, maja, 0)).collect();
    queue(store, &all).await?;
    let (one, other) = tokio::join!(take(store, at(0), 3), take(store, at(0), 3));
    let mut taken = [one?, other?].concat();
    taken.extend(take(store, at(0), 6).await?);
    taken.sort();
    assert_eq!(taken, (1..=6).map(id).collect::<Vec<NoticeId>>());
    Ok(())
}

pub async fn what_was_sent_is_never_taken_again(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    queue(store, &[notice(1, maja, 0)]).await?;
    take(store, at(0), 1).await?;
    let mut tx = store.begin("test").await?;
    tx.sent(id(1), at(1)).await?;
    tx.not_sent(id(1), "too late", Some(at(2))).await?;
    tx.commit().await?;
    assert!(take(store, at(1000), 10).await?.is_empty());
    let mut tx = store.begin("test").await?;
    assert_eq!(tx.waiting_and_dead().await?, (0, 0));
    Ok(())
}

pub async fn what_failed_waits_for_its_retry_and_counts(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    queue(store, &[notice(1, maja, 0)]).await?;
    take(store, at(0), 1).await?;
    let mut tx = store.begin("test").await?;
    tx.not_sent(id(1), "connection refused", Some(at(30))).await?;
    assert_eq!(tx.waiting_and_dead().await?, (1, 0));
    assert!(tx.take_due(Lane::Mail, at(29), at(90), 10).await?.is_empty());
    let taken = tx.take_due(Lane::Mail, at(30), at(90), 10).await?;
    assert_eq!(taken, [(notice(1, maja, 30), 1)]);
    Ok(())
}

pub async fn a_dead_letter_is_counted_and_never_taken(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    queue(store, &[notice(1, maja, 0), notice(2, maja, 500)]).await?;
    let mut tx = store.begin("test").await?;
    tx.not_sent(id(1), "no such address", None).await?;
    assert_eq!(tx.waiting_and_dead().await?, (1, 1));
    assert!(tx.take_due(Lane::Mail, at(400), at(500), 10).await?.is_empty());
    Ok(())
}

pub async fn what_has_not_left_can_be_withdrawn(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let (maja, other) = (keep(store, 1).await?, keep(store, 2).await?);
    let reminder = Notice { template: Template::Reminder, ..notice(3, maja, 0) };
    queue(store, &[notice(1, maja, 0), notice(2, maja, 500), reminder, notice(4, other, 0)]).await?;
    let mut tx = store.begin("test").await?;
    tx.sent(id(1), at(1)).await?;
    assert_eq!(tx.withdraw(maja, Template::Welcome).await?, 1);
    tx.commit().await?;
    assert_eq!(take(store, at(1000), 10).await?, [id(3), id(4)]);
    Ok(())
}

pub async fn what_was_queued_since_and_has_not_left_is_known(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let (maja, other) = (keep(store, 1).await?, keep(store, 2).await?);
    let news = |number, seconds| Notice {
        template: Template::NewPlace,
        at: at(seconds),
        ..notice(number, maja, seconds + 300)
    };
    queue(store, &[news(1, 10), news(2, 20)]).await?;
    let mut tx = store.begin("test").await?;
    assert!(tx.waits(maja, Template::NewPlace, at(19)).await?);
    assert!(!tx.waits(maja, Template::NewPlace, at(20)).await?, "after, not since");
    assert!(
        !tx.waits(maja, Template::Welcome, at(0)).await?
            && !tx.waits(other, Template::NewPlace, at(0)).await?
    );
    tx.sent(id(2), at(321)).await?;
    assert!(!tx.waits(maja, Template::NewPlace, at(10)).await?, "it has left");
    assert!(tx.waits(maja, Template::NewPlace, at(9)).await?);
    let epoch = tx.standing(maja).await?.epoch();
    tx.note_opened(maja, epoch).await?;
    assert!(tx.waits(maja, Template::NewPlace, at(9)).await?);
    tx.note_opened(maja, epoch.raised()).await?;
    assert!(!tx.waits(maja, Template::NewPlace, at(9)).await?, "its link is dead since she opened her login");
    Ok(())
}

pub async fn what_was_sent_is_deleted_in_time_and_what_waits_is_not(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let maja = keep(store, 1).await?;
    queue(store, &[notice(1, maja, 0), notice(2, maja, 0), notice(3, maja, 0)]).await?;
    let mut tx = store.begin("test").await?;
    tx.sent(id(1), at(10)).await?;
    tx.sent(id(2), at(20)).await?;
    assert_eq!(tx.prune_sent(at(20), 100).await?, 1);
    assert_eq!(tx.prune_sent(at(21), 100).await?, 1);
    assert_eq!(tx.prune_sent(at(99), 100).await?, 0);
    assert_eq!(tx.waiting_and_dead().await?, (1, 0));
    Ok(())
}

//! Printed codes, links in notices, and visits.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, mac, noon};
use crate::services::keep_service;
use crate::{Kept, Subject};
use domain::ids::{Epoch, PersonId};
use domain::notice::{Channel, Notice, Template};
use domain::printed::{Printed, PrintedKind};
use domain::visit::{Ending, Visit};

fn visit(number: u128, person: PersonId) -> Visit {
    Visit {
        id: id(number),
        person,
        session: id(1),
        relying_party: id(1),
        name_id: format!("name-{number}"),
        session_index: format!("_{number}"),
        began_at: at(i64::try_from(number).unwrap_or_default()),
        until: at(3600),
        ending: Ending::None,
    }
}

pub async fn a_printed_code_is_known_as_its_owners_used_or_not(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.put_printed(maja, PrintedKind::Blocking, &[mac(1)], noon()).await?;
    tx.put_printed(maja, PrintedKind::Recovery, &[mac(2), mac(3)], noon()).await?;
    assert_eq!(tx.printed(other, PrintedKind::Blocking, &[mac(1)]).await?, None, "not hers");
    assert_eq!(tx.printed(maja, PrintedKind::Recovery, &[mac(1)]).await?, None, "another kind");
    assert_eq!(tx.printed(maja, PrintedKind::Blocking, &[mac(9)]).await?, None, "no code");
    let unused = Some(Printed::Unused);
    assert_eq!(tx.printed(maja, PrintedKind::Blocking, &[mac(9), mac(1)]).await?, unused);
    tx.spend_printed(other, PrintedKind::Blocking, at(1)).await?;
    assert_eq!(tx.printed(maja, PrintedKind::Blocking, &[mac(1)]).await?, unused, "another's were spent");
    tx.spend_printed(maja, PrintedKind::Blocking, at(1)).await?;
    assert_eq!(tx.printed(maja, PrintedKind::Blocking, &[mac(1)]).await?, Some(Printed::Used));
    assert_eq!(tx.printed_left(maja, PrintedKind::Blocking).await?, 0);
    assert_eq!(tx.printed_left(maja, PrintedKind::Recovery).await?, 2);
    Ok(())
}

pub async fn one_printed_code_is_used_up_once_and_only_by_its_owner(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let mut tx = subject.store().begin("test").await?;
    tx.put_printed(maja, PrintedKind::Recovery, &[mac(2), mac(3)], noon()).await?;
    let kind = PrintedKind::Recovery;
    assert!(!tx.use_printed(other, kind, &[mac(2)], at(1)).await?, "not hers");
    assert!(!tx.use_printed(maja, PrintedKind::Blocking, &[mac(2)], at(1)).await?, "another kind");
    assert!(!tx.use_printed(maja, kind, &[], at(1)).await?);
    assert!(tx.use_printed(maja, kind, &[mac(9), mac(2)], at(1)).await?);
    assert!(!tx.use_printed(maja, kind, &[mac(9), mac(2)], at(2)).await?, "used up");
    assert_eq!(tx.printed(maja, kind, &[mac(2)]).await?, Some(Printed::Used));
    assert_eq!(tx.printed(maja, kind, &[mac(3)]).await?, Some(Printed::Unused));
    assert_eq!(tx.printed_left(maja, kind).await?, 1);
    Ok(())
}

pub async fn a_new_sheet_kills_the_old_one(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.put_printed(maja, PrintedKind::Recovery, &[mac(2), mac(3)], noon()).await?;
    tx.put_printed(maja, PrintedKind::Recovery, &[mac(4)], at(1)).await?;
    assert_eq!(tx.printed(maja, PrintedKind::Recovery, &[mac(2)]).await?, None, "dead, not used");
    assert_eq!(tx.printed_left(maja, PrintedKind::Recovery).await?, 1);
    tx.put_printed(maja, PrintedKind::Recovery, &[], at(3)).await?;
    assert_eq!(tx.printed_left(maja, PrintedKind::Recovery).await?, 0);
    Ok(())
}

pub async fn a_notice_comes_back_with_the_epoch_it_was_queued_in(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let notice = Notice {
        id: id(7),
        person: maja,
        template: Template::PasswordSet,
        channel: Channel::Private,
        at: noon(),
        request: id(8),
        flow: None,
        due_at: noon(),
    };
    let mut tx = subject.store().begin("test").await?;
    let epoch = tx.standing(maja).await?.epoch();
    tx.enqueue(&notice).await?;
    tx.sent(notice.id, at(1)).await?;
    assert_eq!(tx.notice(notice.id).await?, Some((notice, epoch)), "also when it was sent");
    assert_eq!(tx.notice(id(9)).await?, None);
    assert!(tx.opened_epoch(maja).await? <= epoch, "she never had to open it");
    tx.note_opened(maja, Epoch(epoch.0 + 3)).await?;
    assert_eq!(tx.opened_epoch(maja).await?, Epoch(epoch.0 + 3));
    Ok(())
}

pub async fn open_visits_at_a_service_end_together_and_no_others(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    keep_service(subject.store()).await?;
    let mut tx = subject.store().begin("test").await?;
    for visit in [visit(1, maja), visit(2, maja), visit(3, maja), visit(4, other)] {
        tx.add_visit(&visit).await?;
    }
    tx.end_visit(id(3), Ending::NotConfirmed, None).await?;
    assert_eq!(tx.services_visited(maja, at(10)).await?, [id(1)], "once, however many visits");
    assert_eq!(tx.services_visited(maja, at(3600)).await?, [], "over by itself");
    tx.end_visits_at(maja, id(1), Ending::Asked, Some(at(10))).await?;
    let endings: Vec<Ending> = tx.visits_of(maja, at(10)).await?.into_iter().map(|it| it.ending).collect();
    assert_eq!(endings, [Ending::Asked, Ending::Asked, Ending::NotConfirmed]);
    assert_eq!(tx.services_visited(maja, at(10)).await?, [], "nothing is left to ask");
    assert_eq!(tx.visits_of(other, at(10)).await?, [visit(4, other)], "hers alone");
    Ok(())
}

pub async fn a_visit_is_told_under_a_lease_until_it_is_settled(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    keep_service(subject.store()).await?;
    let (first, second) = (visit(1, maja), visit(2, maja));
    let mut tx = subject.store().begin("test").await?;
    tx.add_visit(&second).await?;
    tx.add_visit(&first).await?;
    assert_eq!(tx.visits_of(maja, at(10)).await?, [first.clone(), second.clone()], "the oldest first");
    assert_eq!(tx.visits_of(maja, at(3600)).await?, [], "over by itself");
    assert_eq!(tx.take_visits_to_end(id(1), at(10), at(70), 9).await?, [], "nobody asked");
    assert_eq!(tx.services_to_tell(at(10)).await?, []);
    tx.end_visit(first.id, Ending::Asked, Some(at(10))).await?;
    assert_eq!(tx.services_to_tell(at(9)).await?, [], "not due");
    assert_eq!(tx.services_to_tell(at(10)).await?, [id(1)]);
    assert_eq!(tx.take_visits_to_end(id(2), at(10), at(70), 9).await?, [], "another service");
    let asked = Visit { ending: Ending::Asked, ..first.clone() };
    assert_eq!(tx.take_visits_to_end(id(1), at(9), at(70), 9).await?, [], "not due");
    assert_eq!(tx.take_visits_to_end(id(1), at(10), at(70), 9).await?, [(asked.clone(), 0)]);
    assert_eq!(tx.take_visits_to_end(id(1), at(69), at(99), 9).await?, [], "leased");
    assert_eq!(tx.services_to_tell(at(69)).await?, [], "leased");
    tx.visit_not_ended(first.id, at(80)).await?;
    assert_eq!(tx.take_visits_to_end(id(1), at(79), at(99), 9).await?, []);
    assert_eq!(tx.take_visits_to_end(id(1), at(80), at(140), 9).await?, [(asked, 1)]);
    tx.end_visit(first.id, Ending::Confirmed(at(81)), None).await?;
    tx.end_visit(second.id, Ending::NotConfirmed, None).await?;
    assert_eq!(tx.take_visits_to_end(id(1), at(999), at(1999), 9).await?, [], "settled");
    let endings: Vec<Ending> = tx.visits_of(maja, at(90)).await?.iter().map(|one| one.ending).collect();
    assert_eq!(endings, [Ending::Confirmed(at(81)), Ending::NotConfirmed]);
    assert_eq!(tx.prune_visits(at(3600), 100).await?, 0);
    assert_eq!(tx.prune_visits(at(3601), 100).await?, 2);
    Ok(())
}

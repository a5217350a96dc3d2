//! Every kind of tampering, done with SQL as the database's owner, is found by walking the trail.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::{Kept, Subject};
use domain::SignedDuration;
use domain::audit::{EventKind, Follower, Row, Tampered};
use domain::ids::EventId;
use domain::retention::Category;
use testkit::{Rig, hr};
use usecases::checkpoints::Unlike;
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::keep_retention::keep_retention;
use usecases::sequence_trail::sequence_trail;
use usecases::verify_trail::{Report, verify_trail};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The triggers that guard the trail, each with its table; an owner can drop them.
const GUARDS: [(&str, &str); 7] = [
    ("audit_events_stay", "audit_events"),
    ("audit_events_last", "audit_events"),
    ("audit_chain_stays", "audit_chain"),
    ("audit_chain_lasts", "audit_chain"),
    ("audit_expired_new", "audit_expired"),
    ("audit_expired_stays", "audit_expired"),
    ("audit_expired_lasts", "audit_expired"),
];

/// Seven rows: the run, and two for each of three people.
async fn filled(subject: &dyn Subject) -> Outcome<Rig> {
    let rig = Rig::on(subject.shared());
    rig.import((0..3).map(hr::line).collect()).await?;
    Ok(rig)
}

async fn chained(subject: &dyn Subject) -> Outcome<Rig> {
    let rig = filled(subject).await?;
    assert_eq!(rig.sequence().await, 7);
    Ok(rig)
}

async fn verify(rig: &Rig) -> Outcome<Report> {
    Ok(verify_trail(rig.house.store.as_ref(), rig.house.vault.as_ref()).await?)
}

async fn unguard(subject: &dyn Subject) -> Outcome<()> {
    for (trigger, table) in GUARDS {
        subject.raw(&subject.dialect().drop_trigger(trigger, table)).await?;
    }
    Ok(())
}

/// Does it to a chained trail of its own and gives what is found then.
async fn found_after(subject: &dyn Subject, sql: &str) -> Outcome<Option<Tampered>> {
    let own = subject.fresh().await?;
    let rig = chained(own.as_ref()).await?;
    unguard(own.as_ref()).await?;
    own.raw(sql).await?;
    Ok(verify(&rig).await?.first)
}

pub async fn a_changed_row_is_found_wherever_it_was_changed(subject: &dyn Subject) -> Kept {
    let (noise, id) = (subject.dialect().noise(), subject.dialect().random_id());
    for change in [
        "facts = replace(facts, '1', '2')".to_owned(),
        "facts = facts || ' '".to_owned(),
        "kind = 'feed.refused'".to_owned(),
        "actor = '\"System\"'".to_owned(),
        "at = at + 1".to_owned(),
        "subject = null".to_owned(),
        format!("request = {id}"),
        format!("personal = {noise}"),
        format!("mac = {noise}"),
        "format = 1".to_owned(),
        format!("instance = {id}"),
        "lane = lane + 1".to_owned(),
        "counter = counter + 1".to_owned(),
        "counter = null".to_owned(),
    ] {
        let sql = format!("update audit_events set {change} where number = 4");
        let found = found_after(subject, &sql).await?;
        assert!(matches!(found, Some(Tampered::Changed { place: 4, .. })), "{change}: {found:?}");
    }
    Ok(())
}

pub async fn the_first_and_the_last_row_are_missed_as_well(subject: &dyn Subject) -> Kept {
    for number in [1, 7] {
        let row = format!("delete from audit_events where number = {number};");
        assert_eq!(found_after(subject, &row).await?, Some(Tampered::Removed { place: number }));
    }
    let all = "delete from audit_events; delete from audit_waiting;";
    assert_eq!(found_after(subject, all).await?, Some(Tampered::Removed { place: 1 }));
    let first = "delete from audit_events where number = 1; delete from audit_chain where place = 1;
        update audit_chain set place = place - 1;";
    assert_eq!(found_after(subject, first).await?, Some(Tampered::Broken { place: 1 }));
    Ok(())
}

pub async fn a_row_taken_away_before_it_was_chained_leaves_a_gap_in_its_lane(subject: &dyn Subject) -> Kept {
    let rig = filled(subject).await?;
    unguard(subject).await?;
    subject
        .raw("delete from audit_events where number = 4; delete from audit_waiting where number = 4;")
        .await?;
    let first = verify(&rig).await?.first;
    assert!(matches!(first, Some(Tampered::Missing { place: 1, number: 4, .. })), "{first:?}");
    rig.sequence().await;
    let first = verify(&rig).await?.first;
    assert!(matches!(first, Some(Tampered::Missing { place: 4, number: 4, .. })), "{first:?}");
    Ok(())
}

pub async fn a_removed_row_is_found_with_or_without_its_link(subject: &dyn Subject) -> Kept {
    let row = "delete from audit_events where number = 4;";
    assert_eq!(found_after(subject, row).await?, Some(Tampered::Removed { place: 4 }));
    let both = format!("{row} delete from audit_chain where place = 4;");
    assert_eq!(found_after(subject, &both).await?, Some(Tampered::Broken { place: 4 }));
    let closed_up = format!("{both} update audit_chain set place = place - 1 where place > 4;");
    assert_eq!(found_after(subject, &closed_up).await?, Some(Tampered::Broken { place: 4 }));
    Ok(())
}

pub async fn a_removed_row_that_was_still_waiting_is_found(subject: &dyn Subject) -> Kept {
    let rig = filled(subject).await?;
    unguard(subject).await?;
    subject.raw("delete from audit_events where number = 4").await?;
    let first = verify(&rig).await?.first;
    assert!(matches!(first, Some(Tampered::Missing { place: 1, number: 4, .. })), "{first:?}");
    rig.sequence().await;
    let first = verify(&rig).await?.first;
    let named = matches!(first, Some(Tampered::Missing { place: 4, number: 4, .. }));
    assert!(named, "chaining the others hides nothing: {first:?}");
    Ok(())
}

pub async fn a_swapped_row_is_found(subject: &dyn Subject) -> Kept {
    let contents = "create table two as select * from audit_events where number in (3, 4);
        update audit_events set (at, kind, actor, subject, request, facts, personal, mac) =
            (select at, kind, actor, subject, request, facts, personal, mac from two where two.number = 7 - audit_events.number)
        where number in (3, 4); drop table two;";
    let found = found_after(subject, contents).await?;
    assert!(matches!(found, Some(Tampered::Changed { place: 3, .. })), "{found:?}");
    let links = format!(
        "create table two as select * from audit_chain where place in (3, 4);
        update audit_chain set event = {} where place in (3, 4);
        update audit_chain set event = (select event from two where two.place = 7 - audit_chain.place) where place in (3, 4);
        drop table two;",
        subject.dialect().random_id()
    );
    assert_eq!(found_after(subject, &links).await?, Some(Tampered::Broken { place: 3 }));
    Ok(())
}

/// A copy of a real row under another id: everything but the MAC's key is at hand.
fn add(subject: &dyn Subject) -> String {
    format!(
        "insert into audit_events (id, format, at, kind, actor, subject, request, facts, personal, mac)
         select {}, format, at, kind, actor, subject, request, facts, personal, mac
         from audit_events where number = 4",
        subject.dialect().known_id()
    )
}

/// What `known_id` is.
fn added() -> Outcome<EventId> {
    Ok("00000000-0000-7000-8000-000000000001".parse()?)
}

pub async fn an_added_row_is_found_and_gets_no_place_in_the_chain(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    subject.raw(&add(subject)).await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Added { event: added()? }));
    for chained in [0, 1] {
        assert_eq!(rig.sequence().await, chained, "only the alarm, once the chain goes on without it");
        assert_eq!(verify(&rig).await?.first, Some(Tampered::Added { event: added()? }));
        rig.clock.advance(A_MINUTE);
    }
    // Nor does a place help it that somebody gives it who knows how rows are chained.
    chain_by_hand(&rig).await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Changed { place: 9, event: added()? }));
    Ok(())
}

/// What the sequencer waits for a row that does not hold.
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Chains all that waits, whatever it is.
async fn chain_by_hand(rig: &Rig) -> Outcome<()> {
    let mut tx = rig.change().await;
    let (place, hash) = tx.chain_end().await?;
    let mut follower = Follower::at(place, hash);
    let links: Vec<_> = tx.unsequenced(100).await?.iter().map(|row| follower.append(row)).collect();
    tx.chain(&links).await?;
    Ok(tx.commit().await?)
}

pub async fn a_row_that_was_changed_before_it_was_chained_gets_no_place_and_alarms(
    subject: &dyn Subject,
) -> Kept {
    let rig = filled(subject).await?;
    subject.raw(&subject.dialect().drop_trigger("audit_events_stay", "audit_events")).await?;
    subject.raw("update audit_events set facts = facts || ' ' where number in (4, 6)").await?;
    let found = async |what: &str| -> Outcome<()> {
        let first = verify(&rig).await?.first;
        assert!(
            matches!(first, Some(Tampered::Added { .. } | Tampered::Missing { .. })),
            "{what}: {first:?}"
        );
        assert_eq!(
            (rig.events(EventKind::RowsRefused).await, rig.house.keeping.refused.count()),
            (1, 2),
            "{what}"
        );
        Ok(())
    };
    assert_eq!(rig.sequence().await, 3, "an instance that has the key of the fourth may come yet");
    found("before it").await?;
    assert_eq!(rig.sequence().await, 0);
    found("told once").await?;
    rig.import(vec![hr::line(9)]).await?;
    rig.clock.advance(A_MINUTE);
    assert_eq!(rig.sequence().await, 6, "the two that hold, the alarm, and what was written since");
    found("without them").await?;
    subject.raw("update audit_events set facts = trim(facts) where number in (4, 6)").await?;
    assert_eq!(rig.sequence().await, 2);
    assert_eq!(rig.house.keeping.refused.count(), 0, "put back as they were, they are no alarm");
    let first = verify(&rig).await?.first;
    assert!(matches!(first, Some(Tampered::Missing { .. })), "and the counters still tell of it: {first:?}");
    Ok(())
}

pub async fn rows_that_get_no_place_keep_none_behind_them_from_theirs(subject: &dyn Subject) -> Kept {
    let rig = filled(subject).await?;
    subject.raw(&subject.dialect().drop_trigger("audit_events_stay", "audit_events")).await?;
    subject.raw("update audit_events set facts = facts || ' ' where number in (1, 2, 3)").await?;
    let batch = async || -> Outcome<usize> { Ok(sequence_trail(&rig.house, 2).await?.rows) };
    assert_eq!((batch().await?, batch().await?), (0, 0), "as many as a batch holds, and then the third");
    assert_eq!(rig.house.keeping.refused.count(), 3);
    rig.clock.advance(A_MINUTE);
    let mut chained = 0;
    while let more @ 1.. = batch().await? {
        chained += more;
    }
    assert_eq!(chained, 6, "the four that hold, and the two alarms");
    Ok(())
}

pub async fn nothing_is_signed_over_a_row_this_house_did_not_write(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    assert!(keep_checkpoints(&rig.cx()).await?.signed);
    subject.raw(&add(subject)).await?;
    chain_by_hand(&rig).await?;
    let kept = keep_checkpoints(&rig.cx()).await?;
    assert!(!kept.signed && matches!(kept.apart, Some(Unlike::Tampered(_))), "{kept:?}");
    assert_eq!(rig.events(EventKind::CheckpointsApart).await, 1);
    Ok(())
}

pub async fn an_added_row_that_hides_from_the_sequencer_is_found(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    subject.raw(&subject.dialect().drop_trigger("audit_events_wait", "audit_events")).await?;
    subject.raw(&add(subject)).await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Added { event: added()? }));
    Ok(())
}

pub async fn rows_that_are_not_chained_yet_are_counted_and_hold(subject: &dyn Subject) -> Kept {
    let rig = filled(subject).await?;
    assert_eq!(verify(&rig).await?, Report { checked: 0, unsequenced: 7, first: None });
    rig.sequence().await;
    assert_eq!(verify(&rig).await?, Report { checked: 7, unsequenced: 0, first: None });
    rig.import(vec![hr::line(9)]).await?;
    assert_eq!(verify(&rig).await?, Report { checked: 7, unsequenced: 3, first: None });
    Ok(())
}

pub async fn the_trail_cannot_be_changed_while_its_guards_stand(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    for sql in [
        "update audit_events set facts = '{}'",
        "delete from audit_events",
        "update audit_chain set place = 99 where place = 1",
        "delete from audit_chain",
    ] {
        assert!(subject.raw(sql).await.is_err(), "{sql}");
    }
    assert_eq!(verify(&rig).await?, Report { checked: 7, unsequenced: 0, first: None });
    Ok(())
}

/// Five years and a day after [`filled`]: its seven rows are old enough, and three that come with another person are not.
async fn expired(subject: &dyn Subject) -> Outcome<Rig> {
    let rig = chained(subject).await?;
    rig.clock.set("2031-11-03T08:00:00Z");
    rig.import(vec![hr::line(9)]).await?;
    assert_eq!(rig.sequence().await, 3);
    let run = keep_retention(&rig.cx()).await?.ok_or("nothing was done")?;
    assert_eq!(run.gone(Category::Central), 7);
    Ok(rig)
}

/// The rows of the chain, each where it is still there.
async fn rows(rig: &Rig) -> Outcome<Vec<Option<Row>>> {
    let mut tx = rig.look().await;
    Ok(tx.chained_after(0, 100).await?.into_iter().map(|(_, row)| row).collect())
}

/// What an owner says who empties the row in a place just as the programme would: the digest of what goes, and then the row.
async fn emptying(subject: &dyn Subject, rig: &Rig, place: usize, rule: &str) -> Outcome<String> {
    let row = rows(rig).await?.into_iter().nth(place - 1).flatten().ok_or("there is no such row")?;
    let body = row.emptied().ok_or("it cannot be emptied")?.body;
    let hex = body.0.iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    Ok(format!(
        "insert into audit_expired (place, event, format, at, kind, instance, lane, counter, body, mac, rule)
         select c.place, e.id, e.format, e.at, e.kind, e.instance, e.lane, e.counter, {}, e.mac, {rule}
         from audit_events e join audit_chain c on c.event = e.id where c.place = {place};
         delete from audit_events where id = (select event from audit_chain where place = {place});",
        subject.dialect().bytes(&hex)
    ))
}

pub async fn a_row_expired_by_rule_verifies(subject: &dyn Subject) -> Kept {
    let rig = expired(subject).await?;
    let holds = |checked, unsequenced| Report { checked, unsequenced, first: None };
    assert_eq!(verify(&rig).await?, holds(10, 2), "also while what says so waits for its place");
    rig.sequence().await;
    assert_eq!(verify(&rig).await?, holds(12, 0));
    let rows = rows(&rig).await?;
    assert_eq!(rows.iter().filter(|row| row.is_none()).count(), 7, "their content is gone");
    let kinds: Vec<_> = rows.iter().flatten().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds.last_chunk(), Some(&[EventKind::RowsExpired.word(), EventKind::RetentionDone.word()]));
    assert_eq!(keep_retention(&rig.cx()).await?, None, "once a day");
    Ok(())
}

pub async fn a_row_emptied_without_a_rule_is_found(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    let sql = emptying(subject, &rig, 4, "e.id").await?;
    assert!(subject.raw(&sql).await.is_err(), "the guards refuse it");
    unguard(subject).await?;
    subject.raw(&sql).await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Emptied { place: 4 }));
    let noise = subject.dialect().noise();
    subject.raw(&format!("update audit_expired set body = {noise} where place = 4")).await?;
    let first = verify(&rig).await?.first;
    assert!(matches!(first, Some(Tampered::Changed { place: 4, .. })), "{first:?}");
    Ok(())
}

pub async fn a_row_emptied_before_its_time_is_found(subject: &dyn Subject) -> Kept {
    let rig = expired(subject).await?;
    rig.sequence().await;
    let rule = "(select id from audit_events where kind = 'trail.expired')";
    let sql = emptying(subject, &rig, 9, rule).await?;
    assert!(subject.raw(&sql).await.is_err(), "the guards refuse it");
    assert_eq!(verify(&rig).await?.first, None);
    unguard(subject).await?;
    subject.raw(&sql).await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Emptied { place: 9 }));
    // Nor does an older time help that is written over what is left.
    subject.raw("update audit_expired set at = (select min(at) from audit_expired) where place = 9").await?;
    let first = verify(&rig).await?.first;
    assert!(matches!(first, Some(Tampered::Changed { place: 9, .. })), "{first:?}");
    Ok(())
}

pub async fn what_is_left_of_an_emptied_row_cannot_be_changed_or_removed(subject: &dyn Subject) -> Kept {
    let rig = expired(subject).await?;
    rig.sequence().await;
    for sql in [
        "update audit_expired set at = at - 1",
        "delete from audit_expired",
        "insert into audit_expired select * from audit_expired where place = 1",
    ] {
        assert!(subject.raw(sql).await.is_err(), "{sql}");
    }
    assert_eq!(verify(&rig).await?.first, None);
    unguard(subject).await?;
    subject.raw("delete from audit_expired where place = 2").await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Removed { place: 2 }));
    Ok(())
}

pub async fn a_row_that_was_changed_is_not_emptied(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    subject.raw(&subject.dialect().drop_trigger("audit_events_stay", "audit_events")).await?;
    subject.raw("update audit_events set kind = 'feed.refused' where number = 4").await?;
    rig.clock.set("2031-11-03T08:00:00Z");
    let run = keep_retention(&rig.cx()).await?.ok_or("nothing was done")?;
    assert_eq!(run.gone(Category::Central), 6);
    let first = verify(&rig).await?.first;
    assert!(
        matches!(first, Some(Tampered::Changed { place: 4, .. })),
        "it is evidence, and stays: {first:?}"
    );
    Ok(())
}

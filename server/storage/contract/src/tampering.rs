//! Every kind of tampering, done with SQL as the database's owner, is found by walking the trail.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::{Kept, Subject};
use domain::audit::Tampered;
use domain::ids::EventId;
use testkit::{Rig, hr};
use usecases::verify_trail::{Report, verify_trail};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The triggers that guard the trail, each with its table; an owner can drop them.
const GUARDS: [(&str, &str); 4] = [
    ("audit_events_stay", "audit_events"),
    ("audit_events_last", "audit_events"),
    ("audit_chain_stays", "audit_chain"),
    ("audit_chain_lasts", "audit_chain"),
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

pub async fn an_added_row_is_found_while_it_waits_and_after_it_was_chained(subject: &dyn Subject) -> Kept {
    let rig = chained(subject).await?;
    subject.raw(&add(subject)).await?;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Added { event: added()? }));
    rig.sequence().await;
    assert_eq!(verify(&rig).await?.first, Some(Tampered::Changed { place: 8, event: added()? }));
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

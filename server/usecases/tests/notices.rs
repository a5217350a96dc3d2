//! Notices leave: made at sending, tried again, given up, taken back. Every promise on both databases.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::SignedDuration;
use domain::audit::EventKind;
use domain::ids::PersonId;
use domain::notice::{Channel, Lane, Notice, Template};
use domain::person::Contact;
use testkit::{PlainScribe, Rig, hours, hr};
use usecases::begin_enrolment::look_at_link;
use usecases::deliver_notices::{Delivered, deliver_notices};
use usecases::ports::people::Carrier;

testkit::on_both! {
    what_is_due_leaves_once_and_leaves_a_trace
    the_outbox_holds_neither_text_nor_address_nor_link
    a_reminder_comes_after_two_days_and_after_five_and_its_link_is_the_invitation
    nobody_is_reminded_of_an_invitation_that_opens_nothing_any_more
    a_letter_that_is_not_taken_is_tried_again_later_with_the_same_message_id
    after_ten_retries_a_letter_is_given_up_and_says_so
    a_notice_taken_by_an_instance_that_died_is_taken_up_after_its_lease
    one_batch_takes_no_more_than_its_limit
    receipts_go_to_work_and_the_organisation_hears_of_its_own
    somebody_without_any_address_makes_a_dead_letter_at_once
}

async fn invited(rig: &Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
}

async fn queue(rig: &Rig, person: PersonId, template: Template) -> Notice {
    let cx = rig.cx();
    let notice = Notice {
        id: cx.id().unwrap(),
        person,
        template,
        channel: Channel::Mail,
        at: cx.now,
        request: cx.request,
        flow: None,
        due_at: cx.now,
    };
    let mut tx = rig.change().await;
    tx.enqueue(&notice).await.unwrap();
    tx.commit().await.unwrap();
    notice
}

fn subjects(letters: &[testkit::Posted]) -> Vec<&str> {
    letters.iter().map(|letter| letter.subject.as_str()).collect()
}

const SENT: Delivered = Delivered { sent: 1, failed: 0, dead: 0, dropped: 0 };

async fn what_is_due_leaves_once_and_leaves_a_trace(rig: Rig) {
    invited(&rig).await;
    assert_eq!(rig.deliver().await, SENT);
    assert_eq!(rig.deliver().await, Delivered::default());
    assert_eq!(rig.post.empty().len(), 1);
    assert_eq!(rig.events(EventKind::NoticeSent).await, 1);
}

async fn the_outbox_holds_neither_text_nor_address_nor_link(rig: Rig) {
    invited(&rig).await;
    let letters = rig.letters().await;
    let token = letters[0].token().unwrap();
    let (columns, hex) = if rig.database() == "sqlite" {
        ("pragma_table_info('outbox')", "lower(hex(mac))")
    } else {
        ("information_schema.columns where table_name = 'outbox'", "encode(mac, 'hex')")
    };
    let (columns, kept) = (
        rig.number(&format!("select count(*) from {columns}")).await,
        rig.number(&format!("select count(*) from invitations where {hex} = lower('{token}')")).await,
    );
    assert_eq!(
        (columns, kept),
        (14, 0),
        "ids, times, counts, the way, her epoch and the reason of the last failure"
    );
}

async fn a_reminder_comes_after_two_days_and_after_five_and_its_link_is_the_invitation(rig: Rig) {
    invited(&rig).await;
    let welcome = rig.letters().await;
    rig.clock.advance(hours(47));
    assert!(rig.letters().await.is_empty());
    rig.clock.advance(hours(1));
    let second_day = rig.letters().await;
    rig.clock.advance(hours(72));
    let fifth_day = rig.letters().await;
    for reminder in [&second_day, &fifth_day] {
        assert_eq!(subjects(reminder), ["reminder"]);
        assert_eq!(reminder[0].token(), welcome[0].token());
        assert!(reminder[0].text.contains("StepsLeft(4)"));
    }
    look_at_link(&rig.cx(), fifth_day[0].token().unwrap()).await.unwrap();
}

async fn nobody_is_reminded_of_an_invitation_that_opens_nothing_any_more(rig: Rig) {
    invited(&rig).await;
    rig.letters().await;
    let id = rig.person(0).await.id;
    let mut tx = rig.change().await;
    tx.end_invitation(id).await.unwrap();
    tx.commit().await.unwrap();
    rig.clock.advance(hours(48));
    assert_eq!(rig.deliver().await, Delivered { dropped: 1, sent: 0, failed: 0, dead: 0 });
    rig.clock.advance(hours(72));
    assert_eq!(
        rig.deliver().await,
        Delivered { dropped: 1, sent: 0, failed: 0, dead: 0 },
        "nor on the fifth day"
    );
    assert!(rig.letters().await.is_empty());
    assert_eq!(rig.number("select count(*) from outbox where sent_at is null").await, 0);
}

async fn a_letter_that_is_not_taken_is_tried_again_later_with_the_same_message_id(rig: Rig) {
    invited(&rig).await;
    rig.post.close();
    assert_eq!(rig.deliver().await, Delivered { failed: 1, ..Delivered::default() });
    rig.post.open();
    assert_eq!(rig.deliver().await, Delivered::default(), "not before a minute has passed");
    rig.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(rig.deliver().await, SENT);
    let id = rig.number("select count(*) from outbox where attempts = 1 and sent_at is not null").await;
    assert_eq!((id, rig.events(EventKind::NoticeFailed).await), (1, 1));
}

async fn after_ten_retries_a_letter_is_given_up_and_says_so(rig: Rig) {
    invited(&rig).await;
    rig.as_owner("delete from outbox where template not like '%elcome%'").await;
    rig.post.close();
    let mut rounds = Vec::new();
    for _ in 0..12 {
        rounds.push(rig.deliver().await);
        rig.clock.advance(hours(6));
    }
    assert_eq!(rounds.iter().map(|round| round.failed).sum::<usize>(), 10);
    assert_eq!(rounds.iter().map(|round| round.dead).sum::<usize>(), 1);
    assert_eq!(rig.look().await.waiting_and_dead().await.unwrap(), (0, 1));
    assert_eq!(rig.events(EventKind::NoticeFailed).await, 11);
}

async fn a_notice_taken_by_an_instance_that_died_is_taken_up_after_its_lease(rig: Rig) {
    invited(&rig).await;
    let mut tx = rig.change().await;
    let (now, lease) = (rig.cx().now, rig.cx().now + SignedDuration::from_mins(10));
    assert_eq!(tx.take_due(Lane::Mail, now, lease, 9).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
    assert_eq!(rig.deliver().await, Delivered::default());
    rig.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(rig.deliver().await, SENT);
}

async fn one_batch_takes_no_more_than_its_limit(rig: Rig) {
    rig.import((0..7).map(hr::line).collect()).await.unwrap();
    let mut sent = Vec::new();
    let by = Carrier::Post(&rig.post);
    for _ in 0..3 {
        sent.push(deliver_notices(&rig.house, by, &PlainScribe, 5).await.unwrap().sent);
    }
    assert_eq!(sent, [5, 2, 0]);
}

async fn receipts_go_to_work_and_the_organisation_hears_of_its_own(rig: Rig) {
    invited(&rig).await;
    rig.letters().await;
    rig.prove(0).await;
    rig.activate(0).await;
    let id = rig.person(0).await.id;
    for (template, to) in [
        (Template::PasswordSet, "p0@nordby.example"),
        (Template::Active, "p0@nordby.example"),
        (Template::ActiveToOrganisation, "it@nordby.example"),
        (Template::AssociationClosed, "p0@private.example"),
    ] {
        let notice = queue(&rig, id, template).await;
        let letters = rig.letters().await;
        assert_eq!((subjects(&letters), letters[0].to.as_str()), (vec![template.word()], to));
        assert_eq!(letters[0].message_id, notice.id.to_string());
        assert!(letters[0].text.contains(&domain::ids::reference(notice.request.into())));
    }
}

async fn somebody_without_any_address_makes_a_dead_letter_at_once(rig: Rig) {
    invited(&rig).await;
    rig.letters().await;
    let mut reachable = rig.person(0).await;
    reachable.contact = Contact::default();
    let mut tx = rig.change().await;
    tx.change_person(&reachable).await.unwrap();
    tx.commit().await.unwrap();
    queue(&rig, reachable.id, Template::PasswordSet).await;
    assert_eq!(rig.deliver().await, Delivered { dead: 1, ..Delivered::default() });
}

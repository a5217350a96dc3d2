//! How people are reached, and what they are shown of themselves.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, keep, noon, row};
use crate::{Kept, Subject};
use domain::audit::Row;
use domain::contact::{Address, ChannelKind, Channels, Own};
use domain::cpr::{CprStatus, RegisterStatus};
use domain::ids::PersonId;
use domain::level::AssuranceLevel;
use domain::notice::{Channel, Lane, Notice, Template};
use domain::proofing::{IdentityProofing, Means};
use domain::terms::{Accepted, Accepting, TermsAcceptance, TermsHash, TermsVersion};

const MAIL: ChannelKind = ChannelKind::PrivateMail;
const MOBILE: ChannelKind = ChannelKind::Mobile;

fn own(kind: ChannelKind, address: Option<&str>, seconds: i64) -> Own {
    let address = address.and_then(|text| kind.read(text));
    Own { address, changed_at: at(seconds), before: kind.read("87654321") }
}

async fn channels(subject: &dyn Subject, person: PersonId) -> Result<Channels, Box<dyn std::error::Error>> {
    Ok(subject.store().reading("channels").await?.channels_of(person).await?)
}

pub async fn what_she_decided_stands_beside_what_hr_holds(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let hr = channels(subject, maja).await?;
    assert_eq!(hr.hr.mobile.as_ref().map(ToString::to_string).as_deref(), Some("+4512345678"));
    assert_eq!((hr.private_mail, hr.mobile), (None, None));
    let mut tx = subject.store().begin("test").await?;
    tx.put_channel(maja, MAIL, &own(MAIL, Some("own@private.example"), 1)).await?;
    tx.put_channel(maja, MOBILE, &own(MOBILE, None, 2)).await?;
    tx.commit().await?;
    let known = channels(subject, maja).await?;
    assert_eq!(known.private_mail, Some(own(MAIL, Some("own@private.example"), 1)));
    assert_eq!(known.mobile, Some(own(MOBILE, None, 2)));
    assert_eq!(known.hr, hr.hr, "HR's stays");
    assert_eq!(channels(subject, other).await?.mobile, None, "nobody else's");
    assert_eq!(channels(subject, id(77)).await?, Channels::default(), "nobody is reached by none");
    Ok(())
}

pub async fn a_newer_decision_replaces_the_one_before_and_may_be_forgotten(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.put_channel(maja, MOBILE, &own(MOBILE, Some("11111111"), 1)).await?;
    let newer = Own { before: None, ..own(MOBILE, Some("22222222"), 9) };
    tx.put_channel(maja, MOBILE, &newer).await?;
    assert_eq!(tx.channels_of(maja).await?.mobile, Some(newer));
    assert!(!tx.forget_channel(maja, MAIL).await?, "there was none");
    assert!(tx.forget_channel(maja, MOBILE).await?);
    assert_eq!(tx.channels_of(maja).await?.mobile, None);
    Ok(())
}

pub async fn a_file_of_hrs_leaves_what_she_decided(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.put_channel(maja, MOBILE, &own(MOBILE, Some("11111111"), 1)).await?;
    let mut person = tx.person(maja).await?.ok_or("she is there")?;
    person.contact.mobile = None;
    tx.change_person(&person).await?;
    let known = tx.channels_of(maja).await?;
    assert_eq!(known.hr.mobile, None);
    assert_eq!(known.told(MOBILE, at(9)).as_ref().map(Address::as_str), Some("+4511111111"));
    Ok(())
}

pub async fn one_notice_is_dropped_and_its_like_stays(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let notice = |number, channel| Notice {
        id: id(number),
        person: maja,
        template: Template::Blocked,
        channel,
        at: noon(),
        request: id(9),
        flow: None,
        due_at: noon(),
    };
    let mut tx = subject.store().begin("test").await?;
    for (number, channel) in [(1, Channel::Mail), (2, Channel::Sms), (3, Channel::SmsBefore)] {
        tx.enqueue(&notice(number, channel)).await?;
    }
    tx.sent(id(3), at(1)).await?;
    tx.drop_notice(id(2)).await?;
    tx.drop_notice(id(3)).await?;
    assert!(tx.take_due(Lane::Sms, at(2), at(3), 9).await?.is_empty());
    let left = tx.take_due(Lane::Mail, at(2), at(3), 9).await?;
    assert_eq!(left, [(notice(1, Channel::Mail), 0)]);
    assert!(tx.notice(id(3)).await?.is_some(), "what was sent stays");
    Ok(())
}

pub async fn the_rows_of_a_request_are_found_without_the_sending_of_notices(subject: &dyn Subject) -> Kept {
    let (maja, other) = (keep(subject.store(), 1).await?, keep(subject.store(), 2).await?);
    let one =
        |number, person, kind: &str| Row { request: id(50), kind: kind.into(), ..row(number, Some(person)) };
    let mut tx = subject.store().begin("test").await?;
    for row in [
        one(1, maja, "factor.added"),
        one(2, maja, "password.set"),
        one(3, maja, "notice.sent"),
        one(4, maja, "notice.failed"),
        one(5, other, "factor.added"),
        row(6, Some(maja)),
    ] {
        tx.append(&row).await?;
    }
    let found = tx.rows_of_request(maja, id(50), 9).await?;
    assert_eq!(found, [one(2, maja, "password.set"), one(1, maja, "factor.added")]);
    assert_eq!(tx.rows_of_request(maja, id(50), 1).await?.len(), 1);
    Ok(())
}

pub async fn all_accepts_and_proofs_come_back_the_newest_first(subject: &dyn Subject) -> Kept {
    let maja = keep(subject.store(), 1).await?;
    let mut tx = subject.store().begin("test").await?;
    for (number, version) in [(1u128, "1.0"), (2, "2.0")] {
        let seconds = i64::try_from(number)?;
        let hash = TermsHash::of([version]);
        let terms = TermsVersion {
            hash,
            version: version.into(),
            date: domain::Date::constant(2026, 11, 1),
            pages: 1,
        };
        tx.keep_terms(&terms).await?;
        let by = Accepting { address: "192.0.2.1".into(), agent: "Firefox".into() };
        let accepted = Accepted { terms: hash, shown: vec![at(seconds)], at: at(seconds), by };
        tx.add_acceptance(&TermsAcceptance { id: id(number), person: maja, accepted }).await?;
        let proof = IdentityProofing {
            id: id(number),
            person: maja,
            at: at(seconds),
            level: AssuranceLevel::Substantial,
            means: Means::Mitid {
                issuer: "https://broker.example".into(),
                authenticators: vec![],
                transaction: version.into(),
                mitid_transaction: "m".into(),
                receipt: [1; 32],
            },
            register: CprStatus { status: RegisterStatus::Resident, source: "test".into(), at: at(seconds) },
            process: "1".into(),
        };
        tx.add_proofing(&proof).await?;
    }
    let accepts = tx.acceptances_of(maja).await?;
    let versions: Vec<_> = accepts.iter().map(|(accept, version)| (accept.id, version.as_str())).collect();
    assert_eq!(versions, [(id(2), "2.0"), (id(1), "1.0")]);
    let proofs: Vec<_> = tx.proofings_of(maja).await?.into_iter().map(|proof| proof.id).collect();
    assert_eq!(proofs, [id(2), id(1)]);
    assert!(tx.acceptances_of(id(77)).await?.is_empty());
    Ok(())
}

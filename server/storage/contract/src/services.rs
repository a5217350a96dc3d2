//! Connections, their messages, and our keys.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, made, sealed};
use crate::{Kept, Subject};
use domain::SignedDuration;
use domain::level::AssuranceLevel;
use domain::relying_party::{
    ContextRef, Encryption, FrontBinding, FrontLogout, HandedIn, NameIdRule, Preset, RelyingParty, Source,
};
use domain::signing_key::{KeyPin, SigningLife};
use usecases::ports::store::{Posted, SigningKey, Store, StoreFault, TAKEN_MESSAGE};

pub(crate) fn service(number: u128, entity_id: &str) -> RelyingParty {
    RelyingParty {
        id: id(number),
        entity_id: entity_id.into(),
        display_name: "Journal".into(),
        assertion_consumers: vec!["https://journal.example/acs".into()],
        consumer_indexes: vec![3],
        signing_certificates: vec![vec![1, 2, 3]],
        encryption_certificate: vec![4, 5],
        encryption: Encryption::OaepMgf1pGcm,
        context_ref: ContextRef::LevelUri,
        name_id: NameIdRule::PersistentPairwise,
        demands: AssuranceLevel::Substantial,
        federation: AssuranceLevel::Substantial,
        longest_session: SignedDuration::from_hours(8),
        fresh_within: Some(SignedDuration::from_mins(15)),
        soap_logout: Some("https://journal.example/logout".into()),
        back_channel_ca: Some(vec![6, 7]),
        front_logout: Some(FrontLogout {
            binding: FrontBinding::Redirect,
            requests_to: "https://journal.example/slo".into(),
            answers_to: "https://journal.example/slo/svar".into(),
        }),
        says: Preset::Kombit.saying(),
        contact: Some("it@journal.example".into()),
        source: Some(Source::at("https://journal.example/metadata".into(), Some(vec![8]))),
        pin: Some(KeyPin { key: id(7), until: at(90) }),
        handed_in: HandedIn { valid_until: Some(at(9)), warned_of: None },
    }
}

/// Keeps a connection with the id 1.
pub(crate) async fn keep_service(store: &dyn Store) -> Result<(), StoreFault> {
    let mut tx = store.begin("sample").await?;
    tx.put_relying_party(&service(1, "https://a.example")).await?;
    tx.commit().await
}

pub async fn a_connection_comes_back_by_id_and_entity_id(subject: &dyn Subject) -> Kept {
    let (a, b) = (service(1, "https://a.example"), service(2, "https://b.example"));
    let mut tx = subject.store().begin("test").await?;
    tx.put_relying_party(&b).await?;
    tx.put_relying_party(&a).await?;
    assert_eq!(tx.relying_party(a.id).await?, Some(a.clone()));
    assert_eq!(tx.relying_party_for_update(a.id).await?, Some(a.clone()));
    assert_eq!(tx.relying_party_by_entity("https://b.example").await?, Some(b.clone()));
    assert_eq!(tx.relying_parties().await?, [a, b]);
    assert_eq!(tx.relying_party_by_entity("https://c.example").await?, None);
    assert_eq!(tx.relying_party(id(3)).await?, None);
    Ok(())
}

pub async fn a_connection_saved_again_keeps_its_id(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_relying_party(&service(1, "https://a.example")).await?;
    let anew = RelyingParty { display_name: "Ny journal".into(), ..service(2, "https://a.example") };
    tx.put_relying_party(&anew).await?;
    assert_eq!(tx.relying_parties().await?, [RelyingParty { id: id(1), ..anew }]);
    Ok(())
}

pub async fn a_message_is_new_once_for_each_service(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_relying_party(&service(1, "https://a.example")).await?;
    tx.put_relying_party(&service(2, "https://b.example")).await?;
    assert!(tx.first_time(id(1), "_m1", at(60)).await?);
    assert!(!tx.first_time(id(1), "_m1", at(90)).await?);
    assert!(tx.first_time(id(1), "_m2", at(60)).await?);
    assert!(tx.first_time(id(2), "_m1", at(60)).await?);
    Ok(())
}

/// Takes a message in a transaction of its own.
async fn take(store: &dyn Store, service: u128, message: &str) -> Result<(), StoreFault> {
    let mut tx = store.begin("test").await?;
    made(tx.take_message(id(service), message, at(60)).await, tx).await
}

pub async fn a_message_that_is_taken_twice_refuses_its_transaction(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    tx.put_relying_party(&service(1, "https://a.example")).await?;
    tx.put_relying_party(&service(2, "https://b.example")).await?;
    tx.commit().await?;
    take(store, 1, "_m1").await?;
    let again = take(store, 1, "_m1").await;
    assert!(matches!(again, Err(StoreFault::Conflict(TAKEN_MESSAGE))), "{again:?}");
    take(store, 1, "_m2").await?;
    take(store, 2, "_m1").await?;
    let mut tx = store.begin("test").await?;
    let asked = match tx.take_message(id(1), "_m2", at(60)).await {
        Ok(()) => tx.relying_party(id(1)).await.map(drop),
        refused => refused,
    };
    assert!(matches!(asked, Err(StoreFault::Conflict(TAKEN_MESSAGE))), "at the next question: {asked:?}");
    Ok(())
}

async fn receive(store: &dyn Store) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let first = tx.first_time(id(1), "_m1", at(60)).await?;
    tx.commit().await?;
    Ok(first)
}

pub async fn of_two_copies_of_a_message_at_once_one_is_new(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    keep_service(store).await?;
    let (one, other) = tokio::join!(receive(store), receive(store));
    assert!(one? != other?);
    Ok(())
}

pub async fn messages_too_old_to_be_replayed_are_forgotten(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_relying_party(&service(1, "https://a.example")).await?;
    tx.first_time(id(1), "_old", at(10)).await?;
    tx.first_time(id(1), "_new", at(30)).await?;
    assert_eq!(tx.prune_messages(at(20), 100).await?, 1);
    assert!(!tx.first_time(id(1), "_new", at(30)).await?);
    Ok(())
}

fn signing_key(number: u8, made: i64, life: SigningLife) -> SigningKey {
    SigningKey {
        id: id(number.into()),
        sealed: sealed(number),
        certificate: vec![number, 0],
        created_at: at(made),
        life,
    }
}

pub async fn signing_keys_come_back_newest_first(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.add_signing_key(&signing_key(1, 20, SigningLife::Active(at(20)))).await?;
    tx.add_signing_key(&signing_key(2, 10, SigningLife::Replaced(at(20)))).await?;
    let kept: Vec<_> = tx.signing_keys().await?;
    let lives: Vec<_> = kept.iter().map(|key| (key.id, key.life)).collect();
    assert_eq!(lives, [(id(1), SigningLife::Active(at(20))), (id(2), SigningLife::Replaced(at(20)))]);
    let newest = kept.first().map(|key| (key.sealed.clone(), key.certificate.clone(), key.created_at));
    assert!(newest == Some((sealed(1), vec![1, 0], at(20))));
    Ok(())
}

pub async fn a_signing_key_moves_on_from_where_it_is_and_goes_for_good(subject: &dyn Subject) -> Kept {
    let (active, next) = (SigningLife::Active(at(10)), SigningLife::Published(at(20)));
    let mut tx = subject.store().begin("test").await?;
    tx.add_signing_key(&signing_key(1, 10, active)).await?;
    tx.add_signing_key(&signing_key(2, 20, next)).await?;
    let (replaced, retired) = (SigningLife::Replaced(at(30)), SigningLife::Retired(at(40)));
    assert!(!tx.move_signing_key(id(1), next, replaced).await?, "it is not there");
    assert!(tx.move_signing_key(id(1), active, replaced).await?);
    assert!(!tx.move_signing_key(id(1), active, replaced).await?, "somebody did it before");
    assert!(tx.move_signing_key(id(2), next, SigningLife::Active(at(30))).await?);
    assert!(!tx.drop_signing_key(id(1), retired).await?, "it is not retired");
    assert!(tx.move_signing_key(id(1), replaced, retired).await?);
    let lives: Vec<_> = tx.signing_keys().await?.into_iter().map(|key| (key.id, key.life)).collect();
    assert_eq!(lives, [(id(2), SigningLife::Active(at(30))), (id(1), retired)]);
    assert!(tx.drop_signing_key(id(1), retired).await?);
    assert!(!tx.drop_signing_key(id(1), retired).await?);
    assert_eq!(tx.signing_keys().await?.len(), 1);
    Ok(())
}

pub async fn of_all_signing_keys_one_is_active_and_one_waits(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.add_signing_key(&signing_key(1, 10, SigningLife::Active(at(10)))).await?;
    tx.add_signing_key(&signing_key(2, 20, SigningLife::Created(at(20)))).await?;
    tx.commit().await?;
    for life in [SigningLife::Active(at(30)), SigningLife::Created(at(30)), SigningLife::Published(at(30))] {
        let mut tx = subject.store().begin("test").await?;
        let added = tx.add_signing_key(&signing_key(3, 30, life)).await;
        let added = match added {
            Ok(()) => tx.commit().await,
            Err(fault) => Err(fault),
        };
        assert!(matches!(added, Err(StoreFault::Conflict("a signing key"))), "{life:?}: {added:?}");
    }
    let mut tx = subject.store().begin("test").await?;
    let second = tx.move_signing_key(id(2), SigningLife::Created(at(20)), SigningLife::Active(at(30))).await;
    assert!(matches!(second, Err(StoreFault::Conflict("a signing key"))), "{second:?}");
    Ok(())
}

pub async fn a_signing_key_of_an_earlier_version_counts_as_active(subject: &dyn Subject) -> Kept {
    let dialect = subject.dialect();
    let key = dialect.bytes("aa");
    let known = dialect.known_id();
    let sql = format!(
        "insert into signing_keys (id, sealed, certificate, created_at) values ({known}, {key}, {key}, 5)"
    );
    subject.raw(&sql).await?;
    let mut tx = subject.store().begin("test").await?;
    let lives: Vec<_> = tx.signing_keys().await?.into_iter().map(|key| key.life.is_active()).collect();
    assert_eq!(lives, [true]);
    Ok(())
}

fn posted(number: u128, message_id: &str, until: i64) -> Posted {
    Posted {
        id: id(number),
        relying_party: id(1),
        message_id: message_id.into(),
        message: "PGE+".into(),
        relay_state: Some("state".into()),
        until: at(until),
    }
}

pub async fn a_posted_message_waits_once_and_is_taken_once(subject: &dyn Subject) -> Kept {
    keep_service(subject.store()).await?;
    let mut tx = subject.store().begin("test").await?;
    assert!(tx.add_posted(&posted(5, "_m1", 60)).await?);
    assert!(!tx.add_posted(&posted(6, "_m1", 60)).await?, "the same message");
    let without = Posted { relay_state: None, ..posted(7, "_m2", 60) };
    assert!(tx.add_posted(&without).await?);
    assert_eq!(tx.take_posted(id(5)).await?, Some(posted(5, "_m1", 60)));
    assert_eq!(tx.take_posted(id(5)).await?, None);
    assert_eq!(tx.take_posted(id(6)).await?, None);
    assert_eq!(tx.take_posted(id(7)).await?, Some(without));
    Ok(())
}

pub async fn a_posted_message_nobody_came_for_is_forgotten(subject: &dyn Subject) -> Kept {
    keep_service(subject.store()).await?;
    let mut tx = subject.store().begin("test").await?;
    tx.add_posted(&posted(5, "_m1", 10)).await?;
    tx.add_posted(&posted(6, "_m2", 30)).await?;
    assert_eq!(tx.prune_messages(at(20), 100).await?, 1);
    assert_eq!(tx.take_posted(id(5)).await?, None);
    assert!(tx.take_posted(id(6)).await?.is_some());
    Ok(())
}

//! Applications that ask by OpenID Connect, what they asked and what came of it.
#![expect(missing_docs, reason = "each name is the sentence it promises")]

use crate::samples::{at, id, made, sealed};
use crate::services::service;
use crate::{Kept, Subject};
use domain::SignedDuration;
use domain::connection::Connection;
use domain::ids::{Epoch, PersonId, VisitId};
use domain::level::AssuranceLevel;
use domain::oidc::authorization::Authorization;
use domain::oidc::client::{Claim, Client, ClientAuth, ClientKey, FrontChannel, KeyMaterial, Signing, hash};
use domain::oidc::request::{AnswerTo, Asked, AuthorizeRequest, Mode};
use std::collections::BTreeSet;
use usecases::ports::oidc::TokenKeyKind;
use usecases::ports::store::{Pushed, Store, StoreFault, TokenKey};

fn client(number: u128, client_id: &str) -> Client {
    let material = KeyMaterial::P256 { x: "x".into(), y: "y".into() };
    Client {
        id: id(number),
        client_id: client_id.into(),
        display_name: "Sagssystem".into(),
        auth: ClientAuth::PrivateKeyJwt(vec![ClientKey {
            kid: None,
            signing: Some(Signing::ES256),
            material,
        }]),
        redirect_uris: vec!["https://app.example/back".into()],
        post_logout_uris: vec!["https://app.example/out".into()],
        back_channel_logout: Some("https://app.example/bc".into()),
        back_channel_ca: Some(vec![1, 2]),
        front_channel_logout: Some(FrontChannel {
            address: "https://app.example/fc".into(),
            names_session: true,
        }),
        demands: AssuranceLevel::Substantial,
        federation: AssuranceLevel::Substantial,
        longest_session: SignedDuration::from_hours(1),
        single_sign_on: true,
        pushed_only: false,
        refresh: true,
        claims: BTreeSet::from([Claim::Name, Claim::Cvr]),
        signing: Signing::PS256,
        sector: "sector".into(),
    }
}

const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123";

fn request(number: u128) -> AuthorizeRequest {
    AuthorizeRequest {
        relying_party: id(number),
        display_name: "Sagssystem".into(),
        answer: AnswerTo {
            redirect_uri: "https://app.example/back".into(),
            mode: Mode::FormPost,
            state: Some("æ \"s".into()),
        },
        nonce: Some("n".into()),
        challenge: hash(VERIFIER.as_bytes()),
        scopes: vec!["openid".into()],
        asked: Asked { userinfo: BTreeSet::from([Claim::Mail]), id_token: BTreeSet::new() },
        level: Some(AssuranceLevel::Substantial),
        force: true,
        passive: false,
        max_age: Some(SignedDuration::from_secs(60)),
        hint: None,
        login_hint: Some("p1".into()),
        languages: vec!["da".into()],
        at: at(0),
    }
}

fn authorization(visit: u128, until: i64) -> Authorization {
    let person: PersonId = id(7);
    let times = (at(0), at(until));
    Authorization::begin(id(visit), (person, Epoch(3)), id(8), request(2), times)
}

pub async fn an_application_comes_back_by_its_name_and_either_kind_by_id(subject: &dyn Subject) -> Kept {
    let (app, saml) = (client(2, "app"), service(1, "https://a.example"));
    let mut tx = subject.store().begin("test").await?;
    tx.put_client(&app).await?;
    tx.put_relying_party(&saml).await?;
    assert_eq!(tx.client("app").await?, Some(app.clone()));
    assert_eq!(tx.client("App").await?, None, "byte by byte");
    assert_eq!(tx.clients().await?, std::slice::from_ref(&app), "without SAML services");
    assert_eq!(tx.client("https://a.example").await?, None, "a SAML service is no application");
    assert_eq!(tx.relying_party_by_entity("app").await?, None, "nor the other way round");
    assert_eq!(tx.relying_party(app.id).await?, None);
    assert_eq!(tx.relying_parties().await?, std::slice::from_ref(&saml));
    assert_eq!(tx.connection(app.id).await?, Some(Connection::Oidc(Box::new(app))));
    assert_eq!(tx.connection(saml.id).await?, Some(Connection::Saml(Box::new(saml))));
    assert_eq!(tx.connection(id(3)).await?, None);
    Ok(())
}

pub async fn an_application_saved_again_keeps_its_id(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_client(&client(2, "app")).await?;
    let anew = Client { display_name: "Nyt navn".into(), auth: ClientAuth::Public, ..client(3, "app") };
    tx.put_client(&anew).await?;
    assert_eq!(tx.client("app").await?, Some(Client { id: id(2), ..anew }));
    Ok(())
}

pub async fn the_name_of_a_saml_service_is_no_applications(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_relying_party(&service(1, "a-name")).await?;
    let refused = tx.put_client(&client(2, "a-name")).await;
    assert!(matches!(refused, Err(StoreFault::Conflict(_))));
    drop(tx);
    let mut tx = subject.store().begin("test").await?;
    tx.put_client(&client(2, "app")).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    let taken = tx.put_relying_party(&service(1, "app")).await;
    assert!(made(taken, tx).await.is_err(), "an application is not written over by metadata");
    let kept = subject.store().look("test").await?.client("app").await?;
    assert_eq!(kept, Some(client(2, "app")));
    Ok(())
}

async fn take(store: &dyn Store) -> Result<bool, StoreFault> {
    let mut tx = store.begin("race").await?;
    let taken = tx.take_pushed(id(5)).await?;
    tx.commit().await?;
    Ok(taken)
}

pub async fn a_pushed_request_is_taken_once(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let pushed = Pushed { id: id(5), request: request(2), until: at(60) };
    let mut tx = store.begin("test").await?;
    tx.put_client(&client(2, "app")).await?;
    tx.add_pushed(&pushed).await?;
    tx.commit().await?;
    let mut tx = store.look("test").await?;
    assert_eq!(tx.pushed(id(5)).await?, Some(pushed));
    assert_eq!(tx.pushed(id(6)).await?, None);
    drop(tx);
    let (one, other) = tokio::join!(take(store), take(store));
    assert!(one? != other?);
    assert_eq!(store.look("test").await?.pushed(id(5)).await?, None);
    Ok(())
}

pub async fn an_authorization_comes_back_as_it_was_left(subject: &dyn Subject) -> Kept {
    let begun = authorization(11, 3600);
    let mut tx = subject.store().begin("test").await?;
    tx.add_authorization(&begun).await?;
    assert_eq!(tx.authorization(begun.visit).await?, Some(begun.clone()));
    let open = begun.exchange("https://app.example/back", VERIFIER, at(1))?;
    tx.save_authorization(&open).await?;
    tx.commit().await?;
    let mut tx = subject.store().begin("test").await?;
    assert_eq!(tx.authorization_for_update(open.visit).await?, Some(open));
    let nobody: VisitId = id(12);
    assert_eq!(tx.authorization_for_update(nobody).await?, None);
    let lost = tx.save_authorization(&authorization(12, 60)).await;
    assert!(made(lost, tx).await.is_err(), "a change that goes nowhere is a fault");
    Ok(())
}

async fn exchange(store: &dyn Store) -> Result<bool, Box<dyn std::error::Error>> {
    let mut tx = store.begin("race").await?;
    let found = tx.authorization_for_update(id(11)).await?.ok_or("gone")?;
    let open = found.exchange("https://app.example/back", VERIFIER, at(1));
    if let Ok(open) = &open {
        tx.save_authorization(open).await?;
    }
    tx.commit().await?;
    Ok(open.is_ok())
}

pub async fn of_two_exchanges_at_once_one_is_the_second(subject: &dyn Subject) -> Kept {
    let store = subject.store();
    let mut tx = store.begin("test").await?;
    tx.add_authorization(&authorization(11, 3600)).await?;
    tx.commit().await?;
    let (one, other) = tokio::join!(exchange(store), exchange(store));
    assert!(one? != other?);
    Ok(())
}

pub async fn what_ran_out_is_deleted(subject: &dyn Subject) -> Kept {
    let mut tx = subject.store().begin("test").await?;
    tx.put_client(&client(2, "app")).await?;
    for (number, until) in [(5, 10), (6, 30)] {
        tx.add_pushed(&Pushed { id: id(number), request: request(2), until: at(until) }).await?;
        tx.add_authorization(&authorization(number, until)).await?;
    }
    assert_eq!(tx.prune_authorizations(at(20), 100).await?, 2);
    assert!(tx.pushed(id(5)).await?.is_none() && tx.pushed(id(6)).await?.is_some());
    assert!(tx.authorization(id(5)).await?.is_none() && tx.authorization(id(6)).await?.is_some());
    Ok(())
}

pub async fn keys_for_tokens_come_back_newest_first_and_are_sealed_anew_or_dropped(
    subject: &dyn Subject,
) -> Kept {
    let key = |number: u8, kind, created: i64| TokenKey {
        id: id(number.into()),
        kind,
        sealed: sealed(number),
        created_at: at(created),
        signs_from: at(created + 60),
    };
    let (rsa, point) = (key(1, TokenKeyKind::Rsa, 20), key(2, TokenKeyKind::P256, 30));
    let mut tx = subject.store().begin("test").await?;
    tx.add_token_key(&rsa).await?;
    tx.add_token_key(&point).await?;
    assert_eq!(tx.token_keys().await?, [point.clone(), rsa.clone()]);
    assert!(tx.reseal_token_key(rsa.id, &sealed(9)).await?);
    assert!(!tx.reseal_token_key(id(3), &sealed(9)).await?);
    assert!(tx.drop_token_key(point.id).await? && !tx.drop_token_key(point.id).await?);
    assert_eq!(tx.token_keys().await?, [TokenKey { sealed: sealed(9), ..rsa }]);
    Ok(())
}

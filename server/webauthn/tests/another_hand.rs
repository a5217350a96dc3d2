//! The same ceremonies with an authenticator and a browser that others wrote (`passkey`, by 1Password).

#[path = "soft/finger.rs"]
mod finger;

use domain::Timestamp;
use domain::factor::{Added, Passkey as OfHers, PasskeyKind};
use finger::Finger;
use passkey::authenticator::Authenticator;
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::aws_lc_rs::AwsLcRsBackend;
use passkey::types::Passkey;
use passkey::types::ctap2::Aaguid;
use url::Url;
use usecases::ports::ceremonies::{Ceremonies, KnownKey, NewKeyFor};
use uuid::Uuid;
use webauthn::{Keys, Metadata};

const SITE: &str = "https://login.nordby.example";

#[tokio::test]
async fn a_passkey_of_another_maker_registers_and_signs_in_known_and_unknown() {
    let keys = Keys::of(SITE, "Nordby Kommune", Metadata::none()).unwrap();
    let store: Option<Passkey> = None;
    let authenticator = Authenticator::new(Aaguid::new_empty(), store, Finger, AwsLcRsBackend);
    let (mut client, origin) = (Client::new(authenticator), Url::parse(SITE).unwrap());
    let person = Uuid::from_u128(1).into();
    let (user_name, full_name) = ("maja.holm".to_owned(), "Maja Holm".to_owned());
    let kind = PasskeyKind::Passkey;
    let of = NewKeyFor { person, user_name, full_name, kind, known: Vec::new() };
    let asked = keys.ask_new(&of).unwrap();
    let options = serde_json::from_str(&asked.options).unwrap();
    let made = client.register(&origin, options, DefaultClientData).await.unwrap();
    let answer = serde_json::to_string(&made).unwrap();
    let new = keys.new_key(kind, &asked.state, &answer).unwrap();
    assert!(new.registered.verified);
    let name = "Min telefon".to_owned().try_into().unwrap();
    let hers =
        OfHers::take(new, Uuid::from_u128(2).into(), person, name, (Added::Enrolment, Timestamp::UNIX_EPOCH));
    let known = KnownKey { credential: hers.credential.clone(), transports: Vec::new() };
    for of in [vec![], vec![known]] {
        let asked = keys.ask(&of).unwrap();
        let options = serde_json::from_str(&asked.options).unwrap();
        let shown = client.authenticate(&origin, options, DefaultClientData).await.unwrap();
        let answer = serde_json::to_string(&shown).unwrap();
        let claimed = keys.claimed(&answer).unwrap();
        assert_eq!(claimed.credential, hers.credential);
        assert!(claimed.person.is_none_or(|it| it == person));
        assert!(keys.answered(&asked.state, &answer, &hers.stored).unwrap().verified);
    }
}

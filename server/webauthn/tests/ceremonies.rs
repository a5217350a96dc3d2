//! Whole ceremonies against a soft authenticator: right ones, and everything a hostile one says.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

mod soft;

use domain::Timestamp;
use domain::factor::{
    Added, FactorName, Mistrust, ModelStatus, Models, NewPasskey, Passkey, PasskeyKind, Worth,
};
use domain::ids::PersonId;
use serde_json::Value;
use soft::{Maker, Signer, Soft};
use usecases::ports::ceremonies::{Asked, Ceremonies, Claimed, KeyRefused, KnownKey, NewKeyFor};
use uuid::Uuid;
use webauthn::{BadMetadata, BadSite, Keys, Metadata, ModelStatement};

const SITE: &str = "https://login.nordby.example";
const HOST: &str = "login.nordby.example";
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn model() -> Uuid {
    Uuid::from_u128(0xf1d0)
}
fn maja() -> PersonId {
    Uuid::from_u128(1).into()
}
fn site() -> Keys {
    Keys::of(SITE, "Nordby Kommune", Metadata::none()).unwrap()
}
fn knowing(maker: &Maker, status: ModelStatus) -> Keys {
    let roots = vec![maker.root.clone()];
    let statement = ModelStatement { model: model(), name: "Model".into(), roots, status };
    Keys::of(SITE, "Nordby Kommune", Metadata::of([statement]).unwrap()).unwrap()
}
fn soft() -> Soft {
    Soft::at(SITE, HOST)
}
fn ask_new(keys: &Keys, kind: PasskeyKind) -> Asked {
    let (user_name, full_name) = ("maja.holm".to_owned(), "Maja Holm".to_owned());
    keys.ask_new(&NewKeyFor { person: maja(), user_name, full_name, kind, known: Vec::new() }).unwrap()
}
fn register(keys: &Keys, kind: PasskeyKind, key: &mut Soft) -> Result<NewPasskey, KeyRefused> {
    let asked = ask_new(keys, kind);
    keys.new_key(kind, &asked.state, &key.create(&asked.options, None))
}
fn hers(new: NewPasskey) -> Passkey {
    let name = FactorName::try_from("Min telefon".to_owned()).unwrap();
    Passkey::take(new, Uuid::from_u128(9).into(), maja(), name, (Added::Enrolment, NOW))
}
fn known(key: &Passkey) -> KnownKey {
    KnownKey { credential: key.credential.clone(), transports: key.registered.transports.clone() }
}

#[test]
fn a_passkey_is_asked_for_as_the_house_wants_it() {
    let options: Value = serde_json::from_str(&ask_new(&site(), PasskeyKind::Passkey).options).unwrap();
    let asked = &options["publicKey"];
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["extensions"]["credProps"], true);
    assert_eq!(asked["attestation"], "none", "nothing to compare it with");
    let algorithms: Vec<_> =
        asked["pubKeyCredParams"].as_array().unwrap().iter().map(|it| &it["alg"]).collect();
    assert_eq!(algorithms, [-7, -257], "ES256 and RS256");
    assert_eq!(asked["rp"]["id"], HOST);
    let options: Value = serde_json::from_str(&ask_new(&site(), PasskeyKind::SecurityKey).options).unwrap();
    assert_eq!(options["publicKey"]["authenticatorSelection"]["userVerification"], "preferred");
    assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "discouraged");
    assert_eq!(options["publicKey"]["extensions"]["credentialProtectionPolicy"], Value::Null);
}

#[test]
fn a_rule_for_a_model_asks_for_it_though_nothing_is_stated_of_any() {
    let keys = site().asking_for_models(true);
    let (maker, mut key) = (Maker::of(model()), Soft { model: model(), ..soft() });
    let new = attested(&keys, &mut key, &maker).unwrap();
    assert_eq!(new.registered.model.map(Uuid::from), Some(model()), "so that a rule finds it");
    assert!(!new.registered.attested, "by nobody we know");
}

#[test]
fn a_passkey_registers_and_signs_in_without_a_user_name() {
    let (keys, mut key) = (site(), soft());
    let new = register(&keys, PasskeyKind::Passkey, &mut key).unwrap();
    assert!(new.registered.verified && !new.registered.backup_eligible && !new.registered.attested);
    assert_eq!(
        (new.registered.model, new.registered.transports.clone()),
        (None, vec!["usb".into(), "nfc".into()])
    );
    let asked = keys.ask(&[]).unwrap();
    let options: Value = serde_json::from_str(&asked.options).unwrap();
    assert_eq!(options["publicKey"]["userVerification"], "required");
    assert_eq!(options["publicKey"]["allowCredentials"], serde_json::json!([]));
    let answer = key.get(&asked.options);
    assert_eq!(
        keys.claimed(&answer).unwrap(),
        Claimed { credential: new.credential.clone(), person: Some(maja()) }
    );
    let said = keys.answered(&asked.state, &answer, &new.stored).unwrap();
    assert!(said.verified && !said.backup_eligible && said.counter == 0);
}

#[test]
fn an_rsa_key_registers_and_signs_in_and_one_of_an_algorithm_nobody_asked_for_does_not() {
    let (keys, mut key) = (site(), Soft { key: Signer::rs256(), ..soft() });
    let new = register(&keys, PasskeyKind::Passkey, &mut key).unwrap();
    let asked = keys.ask(&[]).unwrap();
    assert!(keys.answered(&asked.state, &key.get(&asked.options), &new.stored).unwrap().verified);
    for mut forged in [Soft { key: Signer::rs256(), ..soft() }, soft()] {
        let refused = keys.answered(&asked.state, &forged.get(&asked.options), &new.stored);
        assert_eq!(refused, Err(KeyRefused::Signature), "the same name, another key");
    }
    let mut other = Soft { key: Signer::eddsa(), ..soft() };
    assert!(register(&keys, PasskeyKind::Passkey, &mut other).is_err());
}

#[test]
fn a_known_persons_key_is_asked_for_by_name_and_another_one_is_not_taken() {
    let (keys, mut key) = (site(), soft());
    let passkey = hers(register(&keys, PasskeyKind::SecurityKey, &mut key).unwrap());
    let asked = keys.ask(&[known(&passkey)]).unwrap();
    let options: Value = serde_json::from_str(&asked.options).unwrap();
    assert_eq!(options["publicKey"]["userVerification"], "preferred");
    assert_eq!(options["publicKey"]["allowCredentials"][0]["transports"], serde_json::json!(["usb", "nfc"]));
    assert!(keys.answered(&asked.state, &key.get(&asked.options), &passkey.stored).is_ok());
    let mut other = Soft { id: vec![3; 16], ..soft() };
    let others = hers(register(&keys, PasskeyKind::SecurityKey, &mut other).unwrap());
    let refused = keys.answered(&asked.state, &other.get(&asked.options), &others.stored);
    assert_eq!(refused, Err(KeyRefused::OtherKey));
}

#[test]
fn another_site_another_challenge_and_another_keys_signature_are_refused() {
    let (keys, mut key) = (site(), soft());
    let new = register(&keys, PasskeyKind::Passkey, &mut key).unwrap();
    let (asked, other) = (keys.ask(&[]).unwrap(), keys.ask(&[]).unwrap());
    let replayed = key.get(&other.options);
    assert_eq!(keys.answered(&asked.state, &replayed, &new.stored), Err(KeyRefused::Challenge));
    for origin in
        ["https://login.nordby.example.evil.example", "http://login.nordby.example", "https://nordby.example"]
    {
        let mut elsewhere = Soft { origin: origin.to_owned(), ..key };
        let refused = keys.answered(&asked.state, &elsewhere.get(&asked.options), &new.stored);
        assert_eq!(refused, Err(KeyRefused::Origin), "{origin}");
        key = elsewhere;
    }
    key.origin = format!("{SITE}:8443");
    assert_eq!(keys.answered(&asked.state, &key.get(&asked.options), &new.stored), Err(KeyRefused::Origin));
    (key.origin, key.rp_id) = (SITE.to_owned(), "nordby.example".to_owned());
    assert_eq!(keys.answered(&asked.state, &key.get(&asked.options), &new.stored), Err(KeyRefused::Origin));
    let mut forged = soft();
    let refused = keys.answered(&asked.state, &forged.get(&asked.options), &new.stored);
    assert_eq!(refused, Err(KeyRefused::Signature), "the same name, another key");
}

#[test]
fn a_registration_made_elsewhere_or_for_another_challenge_is_refused() {
    let keys = site();
    let (asked, other) = (ask_new(&keys, PasskeyKind::Passkey), ask_new(&keys, PasskeyKind::Passkey));
    let taken = |answer: &str| keys.new_key(PasskeyKind::Passkey, &asked.state, answer).map(drop);
    assert_eq!(taken(&soft().create(&other.options, None)), Err(KeyRefused::Challenge));
    let evil = Soft { origin: "https://evil.example".into(), ..soft() }.create(&asked.options, None);
    assert_eq!(taken(&evil), Err(KeyRefused::Origin));
    let evil = Soft { rp_id: "evil.example".into(), ..soft() }.create(&asked.options, None);
    assert_eq!(taken(&evil), Err(KeyRefused::Origin));
    for nonsense in ["", "{}", "[1]", "null"] {
        assert_eq!(taken(nonsense), Err(KeyRefused::Malformed));
        assert_eq!(keys.claimed(nonsense), Err(KeyRefused::Malformed));
    }
    assert!(taken(&soft().get(&asked.options)).is_err(), "a sign-in is no registration");
    assert_eq!(taken(&soft().create(&asked.options, None)), Ok(()));
}

#[test]
fn without_verification_no_passkey_is_made_and_a_security_key_may_be_u2f_like() {
    let keys = site();
    let mut plain = Soft { verifies: false, ..soft() };
    assert_eq!(register(&keys, PasskeyKind::Passkey, &mut plain), Err(KeyRefused::NotVerified));
    let key = hers(register(&keys, PasskeyKind::SecurityKey, &mut plain).unwrap());
    assert!(!key.registered.verified);
    plain.user = None;
    let asked = keys.ask(&[known(&key)]).unwrap();
    let answer = plain.get(&asked.options);
    assert_eq!(keys.claimed(&answer).unwrap().person, None, "it does not say whose it is");
    assert!(!keys.answered(&asked.state, &answer, &key.stored).unwrap().verified);
    let anyones = keys.ask(&[]).unwrap();
    let refused = keys.answered(&anyones.state, &plain.get(&anyones.options), &key.stored);
    assert_eq!(refused, Err(KeyRefused::NotVerified), "alone it would be one factor");
}

#[test]
fn a_passkey_that_does_not_verify_now_is_refused() {
    let (keys, mut key) = (site(), soft());
    let passkey = hers(register(&keys, PasskeyKind::Passkey, &mut key).unwrap());
    key.verifies = false;
    for of in [vec![], vec![known(&passkey)]] {
        let asked = keys.ask(&of).unwrap();
        let refused = keys.answered(&asked.state, &key.get(&asked.options), &passkey.stored);
        assert_eq!(refused, Err(KeyRefused::NotVerified));
    }
}

fn attested(keys: &Keys, key: &mut Soft, maker: &Maker) -> Result<NewPasskey, KeyRefused> {
    let asked = ask_new(keys, PasskeyKind::Passkey);
    let options: Value = serde_json::from_str(&asked.options).unwrap();
    assert_eq!(options["publicKey"]["attestation"], "direct");
    keys.new_key(PasskeyKind::Passkey, &asked.state, &key.create(&asked.options, Some(maker)))
}

#[test]
fn an_attested_model_counts_alone_and_a_bad_one_beside_a_password() {
    let maker = Maker::of(model());
    for (status, worth) in [(ModelStatus::Good, Worth::Alone), (ModelStatus::Bad, Worth::Beside)] {
        let keys = knowing(&maker, status);
        let models = Models::default().knowing(keys_metadata(&maker, status));
        let mut key = Soft { model: model(), ..soft() };
        let passkey = hers(attested(&keys, &mut key, &maker).unwrap());
        assert!(passkey.registered.attested);
        let asked = keys.ask(&[]).unwrap();
        let said = keys.answered(&asked.state, &key.get(&asked.options), &passkey.stored).unwrap();
        assert_eq!(passkey.answered(said, &models, NOW).unwrap().1, worth);
    }
}

fn keys_metadata(
    maker: &Maker,
    status: ModelStatus,
) -> std::collections::BTreeMap<domain::factor::Aaguid, ModelStatus> {
    let roots = vec![maker.root.clone()];
    Metadata::of([ModelStatement { model: model(), name: "Model".into(), roots, status }]).unwrap().statuses()
}

#[test]
fn a_tampered_statement_is_refused_and_a_strangers_root_attests_nothing() {
    let (maker, stranger) = (Maker::of(model()), Maker::of(model()));
    let keys = knowing(&maker, ModelStatus::Good);
    let mut key = Soft { model: model(), tampers: true, ..soft() };
    assert_eq!(attested(&keys, &mut key, &maker), Err(KeyRefused::Attestation));
    let mut key = Soft { model: model(), ..soft() };
    let new = attested(&keys, &mut key, &stranger).unwrap();
    assert!(!new.registered.attested, "another root");
    // The maker's certificate names its model; a key that says another one was not made there.
    let mut liar = Soft { model: Uuid::from_u128(2), ..soft() };
    assert_eq!(attested(&keys, &mut liar, &maker), Err(KeyRefused::Attestation));
    let other = Maker::of(Uuid::from_u128(2));
    let mut unknown = Soft { model: Uuid::from_u128(2), ..soft() };
    assert!(
        !attested(&keys, &mut unknown, &other).unwrap().registered.attested,
        "a model nothing is stated of"
    );
    let mut quiet = Soft { model: model(), ..soft() };
    let new = register(&keys, PasskeyKind::Passkey, &mut quiet).unwrap();
    assert!(!new.registered.attested, "it only says so");
}

#[test]
fn a_key_that_was_copied_is_found_by_its_counter() {
    let (keys, mut key) = (site(), Soft { counter: 4, ..soft() });
    let mut passkey = hers(register(&keys, PasskeyKind::Passkey, &mut key).unwrap());
    assert_eq!(passkey.counter, 4);
    key.counter = 5;
    let copied_at = key.counter;
    let mut answer = |counter: u32, passkey: Passkey| {
        key.counter = counter;
        let asked = keys.ask(&[]).unwrap();
        let said = keys.answered(&asked.state, &key.get(&asked.options), &passkey.stored).unwrap();
        passkey.answered(said, &Models::default(), NOW).map(|(key, _)| key)
    };
    passkey = answer(5, passkey).unwrap();
    passkey = answer(6, passkey).unwrap();
    assert_eq!(answer(copied_at, passkey.clone()).unwrap_err(), Mistrust::CounterWentBack);
    assert_eq!(answer(6, passkey).unwrap_err(), Mistrust::CounterWentBack);
}

#[test]
fn a_backed_up_key_says_so_and_a_change_of_it_reaches_the_domain() {
    let (keys, mut key) = (site(), Soft { eligible: true, backed_up: true, ..soft() });
    let passkey = hers(register(&keys, PasskeyKind::Passkey, &mut key).unwrap());
    assert!(passkey.registered.backup_eligible && passkey.registered.backed_up);
    let mut answer = |eligible, backed_up| {
        (key.eligible, key.backed_up) = (eligible, backed_up);
        let asked = keys.ask(&[]).unwrap();
        keys.answered(&asked.state, &key.get(&asked.options), &passkey.stored)
    };
    assert!(answer(true, false).is_ok_and(|said| said.backup_eligible && !said.backed_up));
    let said = answer(false, false).unwrap();
    assert_eq!(
        passkey.clone().answered(said, &Models::default(), NOW).unwrap_err(),
        Mistrust::EligibilityGone
    );
    assert_eq!(answer(false, true), Err(KeyRefused::Other), "copied though it may not be");
}

#[test]
fn a_site_without_a_host_name_and_a_file_nobody_signed_are_refused() {
    for bad in ["nonsense", "https://192.0.2.1", "https://[2001:db8::1]"] {
        assert_eq!(Keys::of(bad, "x", Metadata::none()).unwrap_err(), BadSite, "{bad}");
    }
    assert!(Keys::of("http://localhost:3000", "x", Metadata::none()).is_ok(), "the demo");
    for bad in ["", "{}", "a.b.c"] {
        assert_eq!(Metadata::read(bad).unwrap_err(), BadMetadata::NotSigned);
    }
    let statement =
        ModelStatement { model: model(), name: "x".into(), roots: vec![vec![1]], status: ModelStatus::Good };
    assert_eq!(Metadata::of([statement]).unwrap_err(), BadMetadata::Root);
}

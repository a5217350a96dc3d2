//! Connections as data: what is told of whom by which rule, what cannot be saved, forms, and metadata that comes anew.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

#[cfg(test)]
#[path = "connections/roll_over.rs"]
mod roll_over;

use async_trait::async_trait;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::issue::Missing;
use domain::notice::Template;
use domain::registered::{JobFunction, Registered, RegisteredLine};
use domain::relying_party::{Attribute, Encryption, Incoherent, NameIdRule, Preset, RelyingParty, Source};
use domain::role::{Role, RoleKind, RoleState};
use domain::signing_key::SigningLife;
use std::collections::BTreeSet;
use std::sync::Mutex;
use testkit::{App, Rig, hours, hr, receive, sent_to};
use usecases::begin_sign_in::see_sign_in;
use usecases::flows::NoFlow;
use usecases::issue::{NotIssued, issue};
use usecases::keep_posted::{POSTED_HOLDS, keep_posted};
use usecases::ports::saml::{LineDown, MetadataLine, Outgoing};
use usecases::ports::store::SigningKey;
use usecases::ports::vault::Sealed;
use usecases::receive_logout::{LogoutRefused, receive_logout};
use usecases::receive_posted::receive_posted;
use usecases::receive_request::{Received, RequestRefused};
use usecases::refresh_metadata::{Refreshed, refresh_metadata};
use usecases::register_people::{LineRefused, PeopleRegistered, register_people};
use usecases::save_connection::{Freshness, NotSaved, Settings, save_connection};
use usecases::vouch_metadata::{NotVouched, vouch_metadata};
use usecases::warn_of_key_end::warn_of_key_end;
use usecases::who::who;

testkit::on_both! {
    each_rule_names_her_as_its_partner_knows_her
    a_service_that_knows_her_by_no_name_is_told_nothing
    what_a_connection_releases_is_told_and_nothing_else
    confidential_attributes_without_encryption_are_not_saved
    settings_stay_when_metadata_comes_anew
    a_service_wants_factors_shown_lately_or_for_each_request
    a_request_about_somebody_is_answered_for_nobody_else
    who_asks_through_a_broker_is_seen_and_stands_in_the_trail
    a_posted_request_waits_for_its_browser_and_is_taken_once
    what_is_posted_and_cannot_be_trusted_is_kept_nowhere
    people_are_registered_once_and_no_name_passes_to_another
    a_name_made_of_a_user_name_never_means_two_people
    a_new_version_without_keys_is_taken_and_one_with_keys_waits
    a_pinned_signature_lets_keys_change_and_nothing_else_does
    a_bad_version_changes_nothing_and_says_what_is_wrong_once
    metadata_that_ended_takes_no_request
    administrators_are_warned_before_keys_run_out
    administrators_are_warned_once_before_what_was_handed_in_ends
    administrators_are_warned_once_before_our_own_certificate_ends
    metadata_refused_at_a_command_leaves_an_event_and_what_is_saved_names_its_keys
    a_source_of_nonsense_leaves_so_many_events_a_minute_and_stops_nobody
}

const SERVICE: &str = "https://sp.example";
const URL: &str = "https://sp.example/metadata";

async fn save(rig: &Rig, metadata: &str, settings: Settings) -> Result<RelyingParty, NotSaved> {
    save_connection(&rig.cx(), "ops1", "a new service", metadata, settings).await
}

fn preset(preset: Preset) -> Settings {
    Settings { preset: Some(preset), ..Settings::default() }
}

/// Somebody who finished day one, signed in in browser 1.
async fn signed_in(rig: &Rig) -> App {
    let app = rig.enrol(1, 0).await;
    rig.sign_in(1, 0, &app).await;
    app
}

async fn ask(rig: &Rig, message: &str) -> Result<Received, RequestRefused> {
    receive(&rig.cx(), &format!("{SERVICE}|{message}")).await
}

async fn answered(rig: &Rig, message: &str) -> Outgoing {
    match ask(rig, message).await.unwrap() {
        Received::Answered(outgoing) => outgoing,
        other => panic!("not answered: {other:?}"),
    }
}

/// The name in an answer, as the stub writes it.
async fn named(rig: &Rig, message: &str) -> String {
    let response = answered(rig, message).await.response;
    response.strip_suffix(" at Substantial for 00000000").unwrap().to_owned()
}

async fn register(rig: &Rig, n: u32, says: Registered) -> PeopleRegistered {
    let line = RegisteredLine { line: 2, user_name: hr::line(n).user_name, says };
    register_people(&rig.cx(), &[line], [7; 32], &hr::operator("ops1")).await.unwrap()
}

async fn each_rule_names_her_as_its_partner_knows_her(rig: Rig) {
    signed_in(&rig).await;
    let suffix = Settings { name_suffix: Some("@kommune.example".into()), ..preset(Preset::NemLogIn) };
    save(&rig, SERVICE, suffix).await.unwrap();
    assert_eq!(named(&rig, "m1").await, "p0@kommune.example");
    save(&rig, SERVICE, preset(Preset::Kombit)).await.unwrap();
    let before = named(&rig, "m2").await;
    assert!(before.starts_with("C=DK,O=00000000,CN=Maja Prøve 0,Serial="), "{before}");
    assert!(before.ends_with(" mail=p0@nordby.example"), "{before}");
    register(
        &rig,
        0,
        Registered {
            subject_name_id: Some("Maja.P@Kommune.example".into()),
            uni_id: Some("maja1234".into()),
            uuid: Some(uuid::Uuid::from_u128(7)),
            job_functions: Vec::new(),
        },
    )
    .await;
    let kombit = named(&rig, "m3").await;
    assert!(kombit.contains("Serial=00000000-0000-0000-0000-000000000007"), "{kombit}");
    save(&rig, SERVICE, preset(Preset::NemLogIn)).await.unwrap();
    assert_eq!(named(&rig, "m4").await, "Maja.P@Kommune.example", "byte for byte");
    save(&rig, SERVICE, preset(Preset::Stil)).await.unwrap();
    assert_eq!(named(&rig, "m5").await, "maja1234");
    save(&rig, SERVICE, preset(Preset::Plain)).await.unwrap();
    let (one, two) = (named(&rig, "m6").await, named(&rig, "m7").await);
    assert!(one == two && one.starts_with("https://data.gov.dk/model/core/eid/professional/uuid/"), "{one}");
    let transient = Settings { name_id: Some(NameIdRule::Transient), ..Settings::default() };
    save(&rig, SERVICE, transient).await.unwrap();
    assert_ne!(named(&rig, "m8").await, named(&rig, "m9").await);
}

async fn a_service_that_knows_her_by_no_name_is_told_nothing(rig: Rig) {
    signed_in(&rig).await;
    save(&rig, SERVICE, preset(Preset::Stil)).await.unwrap();
    let refused = ask(&rig, "m1").await.unwrap();
    assert!(matches!(refused, Received::Missing { missing: Missing::Name, .. }), "{refused:?}");
    let flow = rig.before_answer(&rig.cx(), &format!("{SERVICE}|m2")).await;
    let refused = issue(&rig.cx(), flow).await;
    assert!(matches!(refused, Err(NotIssued::Refused(Missing::Name))));
    assert_eq!((rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await), (0, 2));
    assert_eq!(rig.number("select count(*) from visits").await, 0);
}

async fn what_a_connection_releases_is_told_and_nothing_else(rig: Rig) {
    signed_in(&rig).await;
    register(
        &rig,
        0,
        Registered {
            job_functions: vec![JobFunction::read("urn:x:y").unwrap()],
            uuid: Some(uuid::Uuid::from_u128(7)),
            ..Registered::default()
        },
    )
    .await;
    save(&rig, SERVICE, preset(Preset::Plain)).await.unwrap();
    let nothing = named(&rig, "m1").await;
    assert!(!nothing.contains('=') && !nothing.contains("urn:x:y"), "{nothing}");
    let release =
        [Attribute::FullName, Attribute::Mail, Attribute::Cpr, Attribute::Privileges, Attribute::Uuid];
    save(&rig, SERVICE, Settings { release: Some(release.into()), ..Settings::default() }).await.unwrap();
    let told = named(&rig, "m2").await;
    for said in [
        "full-name=Maja Prøve 0",
        "mail=p0@nordby.example",
        "urn:x:y",
        "uuid=00000000-0000-0000-0000-000000000007",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(told.contains(&format!("cpr={}", hr::cpr(0))), "encrypted, to whom it is released");
    assert!(!told.contains("first-name="));
    let in_the_trail = format!("select count(*) from audit_events where facts like '%{}%'", hr::cpr(0));
    assert_eq!(rig.number(&in_the_trail).await, 0);
}

async fn confidential_attributes_without_encryption_are_not_saved(rig: Rig) {
    let cpr: BTreeSet<_> = [Attribute::Cpr].into();
    let open = |release: &BTreeSet<Attribute>, profile| Settings {
        encryption: Some(Encryption::None),
        release: Some(release.clone()),
        ..preset(profile)
    };
    for (settings, metadata, found) in [
        (open(&cpr, Preset::Plain), SERVICE, Incoherent::ConfidentialInClear),
        (open(&cpr, Preset::Stil), SERVICE, Incoherent::ConfidentialInClear),
        (open(&BTreeSet::new(), Preset::NemLogIn), SERVICE, Incoherent::ProfileEncrypts),
        (preset(Preset::Plain), "https://sp.example bare", Incoherent::NoEncryptionKey),
    ] {
        let refused = save(&rig, metadata, settings).await;
        assert!(matches!(refused, Err(NotSaved::Incoherent(why)) if why == found), "{found}: {refused:?}");
    }
    assert_eq!(rig.events(EventKind::ConnectionSaved).await, 0);
    let saved = save(&rig, "https://sp.example bare", open(&BTreeSet::new(), Preset::Plain)).await.unwrap();
    assert_eq!(saved.encryption, Encryption::None, "nothing confidential is told");
    let later = Settings { release: Some(cpr), ..Settings::default() };
    assert!(save(&rig, "https://sp.example bare", later).await.is_err(), "nor later");
}

async fn settings_stay_when_metadata_comes_anew(rig: Rig) {
    let settings = Settings {
        contact: Some("it@sp.example".into()),
        longest_session: Some(SignedDuration::from_mins(20)),
        fresh: Freshness::Within(SignedDuration::from_mins(15)),
        name_suffix: Some("@k.example".into()),
        ..preset(Preset::NemLogIn)
    };
    let before = save(&rig, SERVICE, settings).await.unwrap();
    let after = save(&rig, "https://sp.example key=2", Settings::default()).await.unwrap();
    assert_eq!(after, RelyingParty { signing_certificates: vec![vec![2]], ..before });
    let facts = "select count(*) from audit_events where kind = 'connection.saved' and facts like '%\"name-id\":\"exact\"%'";
    assert_eq!(rig.number(facts).await, 2);
}

async fn a_service_wants_factors_shown_lately_or_for_each_request(rig: Rig) {
    let app = signed_in(&rig).await;
    let within = |minutes| Settings {
        fresh: Freshness::Within(SignedDuration::from_mins(minutes)),
        ..preset(Preset::Plain)
    };
    let steps = async |message: &str| {
        let Received::Step(flow) = ask(&rig, message).await.unwrap() else { panic!("a session answered") };
        rig.show_password(&rig.cx(), flow, 0).await;
        rig.show_code(1, flow, &app).await;
        issue(&rig.cx(), flow).await.unwrap();
    };
    save(&rig, SERVICE, within(5)).await.unwrap();
    answered(&rig, "m1").await;
    rig.clock.advance(SignedDuration::from_mins(6));
    assert_eq!(answered(&rig, "m2|passive").await.response, "NoPassive", "nothing may be asked");
    steps("m3").await;
    answered(&rig, "m4").await;

    save(&rig, SERVICE, within(0)).await.unwrap();
    rig.clock.advance(SignedDuration::from_secs(1));
    steps("m5").await;
    rig.clock.advance(SignedDuration::from_secs(1));
    steps("m6").await;
    let fresh = "select count(*) from audit_events where kind = 'token.issued' and facts like '%\"cause\":\"Fresh\"%'";
    assert_eq!(rig.number(fresh).await, 3);
    assert_eq!(rig.events(EventKind::TokenIssued).await, 5);

    save(&rig, SERVICE, Settings { fresh: Freshness::Whenever, ..Settings::default() }).await.unwrap();
    rig.clock.advance(SignedDuration::from_mins(6));
    answered(&rig, "m7").await;
    let told = async |minutes: &str| {
        let saved = "select count(*) from audit_events where kind = 'connection.saved'";
        rig.number(&format!("{saved} and facts like '%\"fresh-minutes\":\"{minutes}\"%'")).await
    };
    assert_eq!((told("5").await, told("0").await, told("none").await), (1, 1, 1));
}

async fn a_request_about_somebody_is_answered_for_nobody_else(rig: Rig) {
    signed_in(&rig).await;
    save(&rig, SERVICE, preset(Preset::Plain)).await.unwrap();
    for hers in ["m1|about=p0", "m2|about=P0", "m3|about=p0@school.example"] {
        answered(&rig, hers).await;
    }
    let own = named(&rig, "m4").await;
    answered(&rig, &format!("m5|about={own}")).await;
    for (number, other) in ["p1", "p1@school.example", "p", "p0x@school.example"].iter().enumerate() {
        let refused = ask(&rig, &format!("o{number}|about={other}")).await.unwrap();
        let Received::Answered(told) = refused else { panic!("{refused:?}") };
        assert_eq!(told.response, "AuthnFailed", "{other}");
    }
    assert_eq!((rig.events(EventKind::TokenIssued).await, rig.events(EventKind::TokenRefused).await), (5, 4));
    let why = "select count(*) from audit_events where facts like '%\"why\":\"another-person\"%'";
    assert_eq!(rig.number(why).await, 4);
    let flow = rig.before_answer(&rig.cx(), &format!("{SERVICE}|m6|about=p1@school.example")).await;
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().hint.as_deref(), Some("p1"));
    assert_eq!(issue(&rig.cx(), flow).await.unwrap().response, "AuthnFailed");
    assert!(issue(&rig.cx(), flow).await.is_err(), "answered once");
}

async fn who_asks_through_a_broker_is_seen_and_stands_in_the_trail(rig: Rig) {
    save(&rig, SERVICE, preset(Preset::Kombit)).await.unwrap();
    let Received::SignIn(flow) = ask(&rig, "m1|behind=https://sub.example").await.unwrap() else { panic!() };
    assert_eq!(see_sign_in(&rig.cx(), flow).await.unwrap().requesters, ["https://sub.example"]);
    let facts =
        "select count(*) from audit_events where facts like '%\"requesters\":\"https://sub.example\"%'";
    assert_eq!(rig.number(facts).await, 1);
}

async fn a_posted_request_waits_for_its_browser_and_is_taken_once(rig: Rig) {
    signed_in(&rig).await;
    save(&rig, SERVICE, preset(Preset::Plain)).await.unwrap();
    let post =
        async |message: &str| keep_posted(&rig.cx(), &format!("{SERVICE}|{message}"), Some("state")).await;
    let id = post("m1").await.unwrap();
    assert!(matches!(post("m1").await, Err(RequestRefused::Replayed)), "it waits already");
    let here = who(&rig.cx()).await.unwrap();
    let Received::Answered(token) = receive_posted(&rig.cx(), here.clone(), id).await.unwrap() else {
        panic!()
    };
    assert_eq!(token.relay_state.as_deref(), Some("state"));
    let again = receive_posted(&rig.cx(), here.clone(), id).await;
    assert!(matches!(again, Err(RequestRefused::Replayed)));
    let copied = post("m1").await.unwrap();
    let again = receive_posted(&rig.cx(), here.clone(), copied).await;
    assert!(matches!(again, Err(RequestRefused::Replayed)), "the message was taken before");
    let late = post("m2").await.unwrap();
    rig.clock.advance(POSTED_HOLDS);
    assert!(matches!(receive_posted(&rig.cx(), here, late).await, Err(RequestRefused::Replayed)));
    assert_eq!(
        (rig.events(EventKind::TokenIssued).await, rig.events(EventKind::RequestRefused).await),
        (1, 4)
    );
}

async fn what_is_posted_and_cannot_be_trusted_is_kept_nowhere(rig: Rig) {
    save(&rig, SERVICE, preset(Preset::Plain)).await.unwrap();
    for message in ["https://sp.example|m1|forged", "https://stranger.example|m1", "https://sp.example", ""] {
        assert!(keep_posted(&rig.cx(), message, None).await.is_err(), "{message}");
    }
    assert_eq!(rig.number("select count(*) from posted_messages").await, 0);
    assert_eq!(rig.events(EventKind::RequestRefused).await, 4);
    let odd = keep_posted(&rig.cx(), "https://sp.example|m2|odd", None).await.unwrap();
    let told = receive_posted(&rig.cx(), None, odd).await.unwrap();
    let Received::Refuse(told) = told else { panic!("{told:?}") };
    assert_eq!(told.response, "RequestUnsupported", "a genuine sender is told");
}

async fn people_are_registered_once_and_no_name_passes_to_another(rig: Rig) {
    rig.import(vec![hr::line(0), hr::line(1)]).await.unwrap();
    let uni_id = |name: &str| Registered { uni_id: Some(name.into()), ..Registered::default() };
    let line = |number, n, says| RegisteredLine { line: number, user_name: hr::line(n).user_name, says };
    let lines = [
        line(2, 0, uni_id("a1")),
        line(3, 1, uni_id("b1")),
        line(4, 1, uni_id("b2")),
        line(5, 9, uni_id("c1")),
    ];
    let by = hr::operator("ops1");
    let run = async |lines: &[RegisteredLine]| register_people(&rig.cx(), lines, [7; 32], &by).await.unwrap();
    let done = run(&lines).await;
    assert_eq!((done.changed, done.same), (2, 0));
    assert_eq!(done.refused, [(4, LineRefused::Twice), (5, LineRefused::Nobody)]);
    assert_eq!(run(&lines[..2]).await, PeopleRegistered { same: 2, ..PeopleRegistered::default() });
    assert_eq!(rig.events(EventKind::PersonRegistered).await, 2, "done twice, nothing changes");
    let changed = run(&[line(2, 0, uni_id("a2")), line(3, 1, uni_id("a1"))]).await;
    assert_eq!((changed.changed, changed.refused), (1, vec![(3, LineRefused::NameTaken)]));
    let person = rig.person(1).await.id;
    assert_eq!(rig.look().await.registered(person).await.unwrap(), Some(uni_id("b1")), "as it was");
    let sealed = "select count(*) from audit_events where kind = 'person.registered' and facts like '%a1%'";
    assert_eq!(rig.number(sealed).await, 0, "names are not told in the trail");
}

async fn a_name_made_of_a_user_name_never_means_two_people(rig: Rig) {
    signed_in(&rig).await;
    rig.import(vec![hr::line(1), hr::line(2)]).await.unwrap();
    let known_as = |name: &str| Registered { subject_name_id: Some(name.into()), ..Registered::default() };
    let before = register(&rig, 1, known_as("p0@kommune.example")).await;
    assert_eq!((before.changed, before.refused), (1, vec![]), "no service makes such names yet");
    let suffix = Settings { name_suffix: Some("@kommune.example".into()), ..preset(Preset::NemLogIn) };
    save(&rig, SERVICE, suffix).await.unwrap();
    let refused = ask(&rig, "m1").await.unwrap();
    assert!(matches!(refused, Received::Missing { missing: Missing::Name, .. }), "another's: {refused:?}");
    assert_eq!(
        register(&rig, 1, known_as("p0@kommune.example")).await.same,
        1,
        "the same file is taken again"
    );
    let other = register(&rig, 1, known_as("p2@kommune.example")).await;
    assert_eq!(other.refused, [(2, LineRefused::NameTaken)], "made of another's user name");
    assert_eq!(register(&rig, 1, known_as("P2@kommune.example")).await.changed, 1, "compared byte by byte");
    assert_eq!(register(&rig, 2, known_as("p2@kommune.example")).await.changed, 1, "her own");
    register(&rig, 0, known_as("Maja")).await;
    assert_eq!(named(&rig, "m2").await, "Maja");
}

/// Metadata at an address, as a test writes it.
#[derive(Default)]
struct Published(Mutex<Option<String>>);

impl Published {
    fn says(&self, text: &str) {
        *self.0.lock().unwrap() = Some(text.to_owned());
    }
}

#[async_trait]
impl MetadataLine for Published {
    async fn fetch(&self, address: &str) -> Result<String, LineDown> {
        assert_eq!(address, URL);
        self.0.lock().unwrap().clone().ok_or_else(|| LineDown("unreachable".into()))
    }
}

/// A connection whose metadata is fetched, and an administrator to hear of it.
async fn fetched(rig: &Rig, signer: Option<Vec<u8>>) -> Published {
    let marked = if signer.is_some() { " signed" } else { "" };
    let source = Some(Source::at(URL.into(), signer));
    let settings = Settings { source, ..preset(Preset::Plain) };
    save(rig, &format!("{SERVICE} key=1{marked}"), settings).await.unwrap();
    Published::default()
}

/// The next round, an hour later.
async fn round(rig: &Rig, published: &Published, text: &str) -> Refreshed {
    rig.clock.advance(SignedDuration::from_hours(1));
    published.says(text);
    refresh_metadata(&rig.cx(), published, false).await.unwrap()
}

async fn connection(rig: &Rig) -> RelyingParty {
    rig.look().await.relying_party_by_entity(SERVICE).await.unwrap().unwrap()
}

const SAME: Refreshed = Refreshed { same: 1, taken: 0, waiting: 0, troubled: 0 };
const TAKEN: Refreshed = Refreshed { same: 0, taken: 1, waiting: 0, troubled: 0 };
const WAITING: Refreshed = Refreshed { same: 0, taken: 0, waiting: 1, troubled: 0 };
const TROUBLED: Refreshed = Refreshed { same: 0, taken: 0, waiting: 0, troubled: 1 };

async fn a_new_version_without_keys_is_taken_and_one_with_keys_waits(rig: Rig) {
    let published = fetched(&rig, None).await;
    assert_eq!(round(&rig, &published, "https://sp.example key=1").await, SAME);
    let nothing = refresh_metadata(&rig.cx(), &published, false).await.unwrap();
    assert_eq!(nothing, Refreshed::default(), "not yet due");
    let moved = "https://sp.example key=1 acs=https://sp.example/other";
    assert_eq!(round(&rig, &published, moved).await, TAKEN);
    assert_eq!(connection(&rig).await.assertion_consumers, ["https://sp.example/other"]);
    let rolled = "https://sp.example key=2 acs=https://sp.example/other";
    let dated = format!("{rolled} dated=anew");
    for text in [rolled, rolled, dated.as_str()] {
        assert_eq!(round(&rig, &published, text).await, WAITING);
    }
    assert_eq!(connection(&rig).await.signing_certificates, [vec![1u8]], "as before");
    assert_eq!(rig.events(EventKind::MetadataWaits).await, 1, "told once");
    let elsewhere = "https://sp.example key=1 acs=https://evil.example/acs";
    assert_eq!(round(&rig, &published, elsewhere).await, WAITING);
    assert_eq!(connection(&rig).await.source.unwrap().waits.unwrap().changes, ["hosts"]);
    published.says(rolled);
    let by = hr::operator("ops1");
    let taken = vouch_metadata(&rig.cx(), &published, SERVICE, &by, false).await.unwrap();
    assert_eq!(taken, ["signing-keys"]);
    let after = connection(&rig).await;
    assert_eq!(after.signing_certificates, [vec![2u8]]);
    assert_eq!((after.source.unwrap().waits, rig.events(EventKind::MetadataTaken).await), (None, 2));
    let unknown = vouch_metadata(&rig.cx(), &published, "https://other.example", &by, false).await;
    assert!(matches!(unknown, Err(NotVouched::Unknown)));
}

async fn a_pinned_signature_lets_keys_change_and_nothing_else_does(rig: Rig) {
    let published = fetched(&rig, Some(vec![9])).await;
    assert_eq!(round(&rig, &published, "https://sp.example key=2").await, TROUBLED, "unsigned");
    let by = hr::operator("ops1");
    let unsigned = vouch_metadata(&rig.cx(), &published, SERVICE, &by, false).await;
    assert!(
        matches!(unsigned, Err(NotVouched::Trouble(why)) if why.contains("signature")),
        "for no one's word"
    );
    assert_eq!(round(&rig, &published, "https://sp.example key=2 signed").await, TAKEN);
    assert_eq!(connection(&rig).await.signing_certificates, [vec![2u8]]);
    let signed = "select count(*) from audit_events where kind = 'connection.metadata' and facts like '%\"signed\":\"true\"%'";
    assert_eq!(rig.number(signed).await, 1);
}

async fn a_bad_version_changes_nothing_and_says_what_is_wrong_once(rig: Rig) {
    let published = fetched(&rig, None).await;
    let before = connection(&rig).await;
    for (text, says) in [
        ("https://sp.example broken", "md:EntityDescriptor"),
        ("https://other.example key=1", "of another service"),
        ("https://sp.example key=1 acs=http://sp.example/acs", "not https"),
        ("https://sp.example key=1 ends=2020-01-01T00:00:00Z", "expired"),
    ] {
        assert_eq!(round(&rig, &published, text).await, TROUBLED);
        assert_eq!(round(&rig, &published, text).await, TROUBLED);
        let after = connection(&rig).await;
        assert!(after.source.as_ref().unwrap().trouble.as_ref().unwrap().contains(says), "{says}");
        assert_eq!(RelyingParty { source: None, ..after }, RelyingParty { source: None, ..before.clone() });
    }
    rig.clock.advance(SignedDuration::from_hours(1));
    let nobody = Published::default();
    assert_eq!(refresh_metadata(&rig.cx(), &nobody, false).await.unwrap(), TROUBLED);
    assert_eq!(rig.events(EventKind::MetadataRefused).await, 5, "each trouble once");
    assert_eq!(round(&rig, &published, "https://sp.example key=1").await, SAME);
    assert_eq!(connection(&rig).await.source.unwrap().trouble, None);
}

async fn metadata_that_ended_takes_no_request(rig: Rig) {
    let published = fetched(&rig, None).await;
    let end = rig.cx().now + SignedDuration::from_hours(2);
    assert_eq!(round(&rig, &published, &format!("https://sp.example key=1 ends={end}")).await, SAME);
    rig.clock.advance(SignedDuration::from_mins(45));
    signed_in(&rig).await;
    answered(&rig, "m1").await;
    let begun = rig.before_answer(&rig.cx(), &format!("{SERVICE}|m2")).await;
    rig.clock.set(&end.to_string());
    let refused = ask(&rig, "m3").await;
    assert!(matches!(refused, Err(RequestRefused::NotTaken(ref why)) if why.reason == "metadata-over"));
    let late = issue(&rig.cx(), begun).await;
    assert!(matches!(late, Err(NotIssued::NoFlow(NoFlow::Gone))), "nor is one answered that came before");
    for said in ["out|p0", "over|m9|x|"] {
        let heard = receive_logout(&rig.cx(), &format!("{SERVICE}|l1|{said}")).await;
        assert!(matches!(heard, Err(LogoutRefused::NotTaken(ref why)) if why.reason == "metadata-over"));
    }
    assert!(who(&rig.cx()).await.unwrap().is_some());
    assert_eq!(rig.events(EventKind::TokenIssued).await, 1);
}

async fn administrators_are_warned_before_keys_run_out(rig: Rig) {
    administrator(&rig).await;
    let published = fetched(&rig, None).await;
    rig.letters().await;
    let end = rig.cx().now + SignedDuration::from_hours(24 * 10);
    let text = format!("https://sp.example key=1 keys={end}");
    assert_eq!(round(&rig, &published, &text).await, SAME);
    assert_eq!(round(&rig, &published, &text).await, SAME);
    let letters = rig.letters().await;
    let told = sent_to(&letters, Template::ServiceAttention);
    assert_eq!(told, ["p0@nordby.example"], "once, and not every hour");
}

async fn administrators_are_warned_once_before_our_own_certificate_ends(rig: Rig) {
    administrator(&rig).await;
    let (day, now) = (SignedDuration::from_hours(24), rig.cx().now);
    assert!(!warn_of_key_end(&rig.cx()).await.unwrap(), "there is no key");
    let mut tx = rig.change().await;
    let key = SigningKey {
        id: rig.cx().id().unwrap(),
        sealed: Sealed(vec![1]),
        certificate: format!("ours until {}", now + day * 40).into_bytes(),
        created_at: now,
        life: SigningLife::Active(now),
    };
    tx.add_signing_key(&key).await.unwrap();
    tx.commit().await.unwrap();
    rig.letters().await;
    rig.clock.advance(day * 9);
    assert!(!warn_of_key_end(&rig.cx()).await.unwrap(), "more than thirty days");
    rig.clock.advance(day * 2);
    let twin = rig.twin().await;
    let (here, there) = (rig.cx(), twin.cx());
    let (one, other) = tokio::join!(warn_of_key_end(&here), warn_of_key_end(&there));
    assert_ne!(one.unwrap(), other.unwrap(), "of two instances one tells");
    rig.clock.advance(day * 20);
    assert!(!warn_of_key_end(&rig.cx()).await.unwrap(), "once");
    assert_eq!(sent_to(&rig.letters().await, Template::KeyEnds), ["p0@nordby.example"]);
    assert_eq!(rig.events(EventKind::KeyEnds).await, 1);
    let kept = rig.look().await.signing_keys().await.unwrap();
    assert!(kept.iter().map(|kept| kept.life).eq([key.life]), "and it goes on signing");
}

async fn administrators_are_warned_once_before_what_was_handed_in_ends(rig: Rig) {
    administrator(&rig).await;
    let day = SignedDuration::from_hours(24);
    let end = rig.cx().now + day * 40;
    let nobody = Published::default();
    for text in [format!("{SERVICE} keys={end}"), format!("https://other.example ends={end}")] {
        save(&rig, &text, preset(Preset::Plain)).await.unwrap();
    }
    rig.letters().await;
    let warned = async |rig: &Rig| {
        assert_eq!(refresh_metadata(&rig.cx(), &nobody, false).await.unwrap(), Refreshed::default());
        sent_to(&rig.letters().await, Template::ServiceAttention).len()
    };
    rig.clock.advance(day * 9);
    assert_eq!(warned(&rig).await, 0, "more than thirty days");
    rig.clock.advance(day * 2);
    assert_eq!(warned(&rig).await, 2, "of keys, and of the file");
    assert_eq!(warned(&rig).await, 0, "once");
    // A new file is warned of anew.
    let end = rig.cx().now + day * 10;
    save(&rig, &format!("https://other.example ends={end}"), Settings::default()).await.unwrap();
    rig.letters().await;
    assert_eq!(warned(&rig).await, 1);
}

async fn metadata_refused_at_a_command_leaves_an_event_and_what_is_saved_names_its_keys(rig: Rig) {
    save(&rig, "https://sp.example broken", Settings::default()).await.unwrap_err();
    save(&rig, "https://sp.example acs=http://sp.example/acs", Settings::default()).await.unwrap_err();
    assert_eq!(rig.events(EventKind::MetadataRefused).await, 2);
    assert_eq!(rig.events(EventKind::ConnectionSaved).await, 0);
    let named = "select count(*) from audit_events where kind = 'connection.metadata-refused' and facts like '%\"service\":\"https://sp.example\"%'";
    assert_eq!(rig.number(named).await, 1, "where it is known whose it is");
    for key in [1, 1, 2] {
        save(&rig, &format!("{SERVICE} key={key}"), preset(Preset::Plain)).await.unwrap();
    }
    let rows = rig.look().await.unsequenced(1000).await.unwrap();
    let saved = rows.iter().filter(|row| row.kind == "connection.saved");
    let keys: Vec<String> = saved
        .map(|row| serde_json::from_str::<serde_json::Value>(&row.facts).unwrap())
        .map(|facts| facts.get("keys").unwrap().to_string())
        .collect();
    let [first, again, other] = keys.as_slice() else { panic!("not three: {keys:?}") };
    assert_eq!(first, again);
    assert!(first != other && first.len() == 66, "{first}");
}

async fn a_source_of_nonsense_leaves_so_many_events_a_minute_and_stops_nobody(rig: Rig) {
    signed_in(&rig).await;
    save(&rig, SERVICE, preset(Preset::Plain)).await.unwrap();
    for n in 0..25 {
        assert!(receive(&rig.cx(), "nonsense").await.is_err());
        assert!(keep_posted(&rig.cx(), "nonsense", None).await.is_err());
        assert!(receive_logout(&rig.cx(), "nonsense").await.is_err(), "{n}");
    }
    let events =
        async || rig.events(EventKind::RequestRefused).await + rig.events(EventKind::LogoutRefused).await;
    assert_eq!(events().await, 20, "one limit for all of it");
    assert!(matches!(ask(&rig, "m0|odd").await.unwrap(), Received::Refuse(_)));
    assert_eq!(events().await, 21, "who is genuine is written down");
    assert!(matches!(ask(&rig, "m0|odd").await.unwrap(), Received::Refuse(_)), "and told so each time");
    assert_eq!(events().await, 21, "what is sent again is nonsense like any other");
    answered(&rig, "m1").await;
    rig.clock.advance(SignedDuration::from_mins(1));
    assert!(receive(&rig.cx(), "nonsense").await.is_err());
    assert_eq!(events().await, 22, "the next minute");
}

/// Somebody to hear of what happens to connections.
async fn administrator(rig: &Rig) {
    rig.import(vec![hr::line(0)]).await.unwrap();
    let role = Role {
        id: rig.cx().id().unwrap(),
        person: rig.person(0).await.id,
        kind: RoleKind::Administrator,
        proposed_at: rig.cx().now,
        state: RoleState::Held { since: rig.cx().now, until: rig.cx().now + hours(9999) },
    };
    let mut tx = rig.change().await;
    tx.put_role(&role).await.unwrap();
    tx.commit().await.unwrap();
}

use super::*;
use crate::association::Cvr;
use crate::cpr::{CprStatus, RegisterStatus};
use crate::factor::FactorKind;
use crate::ids::Epoch;
use crate::proofing::Means;
use crate::relying_party::{ContextRef, Encryption, HandedIn, NameIdRule, Saying};
use crate::standing::{Hold, Origin};
use jiff::{SignedDuration, civil::date};
use uuid::Uuid;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
}

struct World {
    standing: Standing,
    session: Session,
    proofing: Option<IdentityProofing>,
    renamed_at: Option<Timestamp>,
    associations: Vec<Association>,
    agreed: bool,
    rp: RelyingParty,
    request: ServiceRequest,
    pilot: bool,
    clocks: Agreement,
}

fn world() -> World {
    let (person, browser) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
    World {
        standing: Standing::of(vec![], Epoch(7)),
        session: Session {
            id: Uuid::from_u128(3).into(),
            person,
            epoch: Epoch(7),
            browser,
            shown: vec![(FactorKind::Password, at(0)), (FactorKind::AuthenticatorApp, at(0))],
            began_at: at(0),
            seen_at: at(0),
        },
        proofing: Some(IdentityProofing {
            id: Uuid::from_u128(4).into(),
            person,
            at: at(-100),
            level: AssuranceLevel::Substantial,
            means: Means::Mitid {
                issuer: String::new(),
                authenticators: vec![],
                transaction: String::new(),
                mitid_transaction: String::new(),
                receipt: [0; 32],
            },
            register: CprStatus { status: RegisterStatus::Resident, source: "test".into(), at: at(-100) },
            process: "test".into(),
        }),
        renamed_at: None,
        associations: vec![Association {
            id: Uuid::from_u128(5).into(),
            person,
            cvr: Cvr::try_from("29189897".to_owned()).unwrap(),
            employee_number: "1".into(),
            unit: String::new(),
            starts_on: date(2020, 1, 1),
            ends_on: None,
            activated_at: Some(at(-50)),
            closed_at: None,
        }],
        agreed: true,
        rp: RelyingParty {
            id: Uuid::from_u128(6).into(),
            entity_id: "https://sp.test".into(),
            display_name: "SP".into(),
            assertion_consumers: vec!["https://sp.test/acs".into()],
            consumer_indexes: Vec::new(),
            signing_certificates: vec![],
            encryption_certificate: vec![],
            encryption: Encryption::Oaep256Gcm,
            context_ref: ContextRef::LevelUri,
            name_id: NameIdRule::PersistentPairwise,
            demands: AssuranceLevel::Substantial,
            federation: AssuranceLevel::Substantial,
            longest_session: SignedDuration::from_mins(30),
            fresh_within: None,
            soap_logout: None,
            back_channel_ca: None,
            front_logout: None,
            says: Saying::default(),
            contact: None,
            source: None,
            pin: None,
            handed_in: HandedIn::default(),
        },
        request: ServiceRequest {
            relying_party: Uuid::from_u128(6).into(),
            display_name: "SP".into(),
            message_id: "_1".into(),
            answer_to: "https://sp.test/acs".into(),
            relay_state: None,
            force: false,
            passive: false,
            level: Some(AssuranceLevel::Substantial),
            may_state: Stateable::ANY,
            subject: None,
            contexts: vec![],
            name_id_format: None,
            requesters: vec![],
            at: at(1),
        },
        pilot: false,
        clocks: Agreement::Agree,
    }
}

fn verdict(world: &World, minute: i64) -> Result<Grant, Missing> {
    let facts = Facts {
        person: world.session.person,
        standing: &world.standing,
        session: &world.session,
        browser: Uuid::from_u128(2).into(),
        proofing: world.proofing.as_ref(),
        renamed_at: world.renamed_at,
        associations: &world.associations,
        agreed: world.agreed,
        times: SessionTimes::default(),
        now: at(minute),
        clocks: world.clocks,
        today: date(2027, 1, 15),
        pilot: world.pilot,
    };
    decide(&facts, &Demand::of(&world.rp, &world.request))
}

#[test]
fn with_everything_in_order_the_token_says_substantial_and_ends_with_the_session() {
    let grant = verdict(&world(), 10).unwrap();
    assert_eq!(grant.level, Some(AssuranceLevel::Substantial));
    assert_eq!(grant.cause, Cause::Session);
    assert_eq!(grant.session_ends_at, at(40));
    assert_eq!(verdict(&world(), 29).unwrap().session_ends_at, at(59));
}

#[test]
fn a_pilot_states_no_level_demands_all_the_same_and_refuses_who_asks_for_one() {
    let mut world = world();
    world.pilot = true;
    assert_eq!(verdict(&world, 10).unwrap_err(), Missing::Pilot);
    world.request.level = None;
    let grant = verdict(&world, 10).unwrap();
    assert_eq!(grant.level, None);
    assert_eq!(grant.chain.level(), AssuranceLevel::Substantial);
    world.proofing = None;
    assert_eq!(verdict(&world, 10).unwrap_err(), Missing::Proof, "a pilot proves people as ever");
}

#[test]
fn each_missing_thing_is_named() {
    type Break = fn(&mut World);
    let cases: [(Break, Missing); 12] = [
        (
            |w| {
                w.standing = Standing::of(
                    vec![Hold {
                        id: Uuid::from_u128(9).into(),
                        origin: Origin::Owner,
                        reason: "x".into(),
                        at: at(0),
                    }],
                    Epoch(7),
                );
            },
            Missing::Held,
        ),
        (|w| w.standing = Standing::of(vec![], Epoch(8)), Missing::SignIn),
        (|w| w.session.browser = Uuid::from_u128(99).into(), Missing::SignIn),
        (|w| w.proofing = None, Missing::Proof),
        (|w| w.proofing.as_mut().unwrap().at = at(-60 * 24 * 367), Missing::Reconfirmation),
        (|w| w.renamed_at = Some(at(5)), Missing::Reconfirmation),
        (|w| w.associations[0].closed_at = Some(at(0)), Missing::Association),
        (|w| w.associations[0].activated_at = None, Missing::Association),
        (|w| w.agreed = false, Missing::Terms),
        (|w| w.session.shown.truncate(1), Missing::SignIn),
        (|w| w.request.level = Some(AssuranceLevel::High), Missing::Level),
        (|w| w.clocks = Agreement::TooFar(SignedDuration::from_secs(31)), Missing::Clocks),
    ];
    for (break_it, missing) in cases {
        let mut world = world();
        break_it(&mut world);
        assert_eq!(verdict(&world, 10).unwrap_err(), missing);
    }
}

#[test]
fn a_service_that_demands_a_fresh_sign_in_gets_one() {
    let mut world = world();
    world.request.force = true;
    assert_eq!(verdict(&world, 10).unwrap_err(), Missing::FreshSignIn);
    world.session.shown = vec![(FactorKind::Password, at(2)), (FactorKind::AuthenticatorApp, at(2))];
    assert_eq!(verdict(&world, 10).unwrap().cause, Cause::Fresh);
    world.session.shown[0].1 = at(0);
    assert_eq!(
        verdict(&world, 10).unwrap_err(),
        Missing::FreshSignIn,
        "every factor must be fresh, not just the code"
    );
}

#[test]
fn a_connection_may_want_factors_shown_lately_or_for_each_request() {
    let mut world = world();
    world.request.at = at(10);
    for (minutes, good) in [(None, true), (Some(10), true), (Some(9), false), (Some(0), false)] {
        world.rp.fresh_within = minutes.map(SignedDuration::from_mins);
        let expected = if good { None } else { Some(Missing::FreshSignIn) };
        assert_eq!(verdict(&world, 12).err(), expected, "{minutes:?}");
    }
    (world.rp.fresh_within, world.request.force) = (Some(SignedDuration::from_mins(60)), true);
    assert_eq!(verdict(&world, 12).unwrap_err(), Missing::FreshSignIn, "what it asks itself goes further");
}

#[test]
fn overdue_a_service_that_demands_no_level_is_answered_at_low_and_no_other() {
    let mut world = world();
    world.proofing.as_mut().unwrap().at = at(-60 * 24 * 367);
    (world.request.level, world.rp.demands) = (None, AssuranceLevel::Low);
    assert_eq!(verdict(&world, 10).unwrap().level, Some(AssuranceLevel::Low));
    world.request.level = Some(AssuranceLevel::Substantial);
    assert_eq!(verdict(&world, 10).unwrap_err(), Missing::Reconfirmation);
    world.agreed = false;
    assert_eq!(verdict(&world, 10).unwrap_err(), Missing::Terms, "read first, then prove");
}

#[test]
fn a_service_that_wants_exactly_low_is_told_low_of_whoever_reached_more() {
    let mut world = world();
    world.request.level = Some(AssuranceLevel::Low);
    world.request.may_state = Stateable::those(|level| level == AssuranceLevel::Low);
    let grant = verdict(&world, 10).unwrap();
    assert_eq!((grant.level, grant.chain.level()), (Some(AssuranceLevel::Low), AssuranceLevel::Substantial));
    world.request.may_state = Stateable::those(|level| level > AssuranceLevel::Substantial);
    assert_eq!(verdict(&world, 10).unwrap_err(), Missing::Level);
}

//! The doors of a block when many come at once: owners from one address, with the mass brake as it is, and strangers who try
//! whatever they can think of. No limit closes a door to the right secret (security decision 10).

use crate::browser::Browser;
use crate::house::House;
use axum::http::StatusCode;
use domain::SignedDuration;
use domain::audit::EventKind;
use domain::suspension::Door;
use domain::throttle::{SOURCE_A_MINUTE, TRIES_BEFORE_WAIT};
use std::net::{IpAddr, Ipv4Addr};
use testkit::{PASSWORD, Posted};
use usecases::finish_enrolment::finish_enrolment;
use usecases::keep_codes::see_codes;
use usecases::suspend::BRAKE_AT;

const RECEIPT: &str = "/spaer/kvittering";
const FAILED: &str = "/spaer/ikke-spaerret";
const OWNERS: u32 = 40;
/// So many wrong tries come from one source, and as many from a source each.
const WRONG: u32 = 500;

/// Somebody with a login, and with what opens this door to her.
struct Owner {
    p: u32,
    browser: Browser,
    secret: String,
}

async fn owner(house: &House, p: u32, door: Door) -> Owner {
    let (rig, n) = (&house.rig, u128::from(p) + 1);
    let flow = rig.proved(n, p).await;
    rig.choose(n, flow).await;
    let app = rig.register(n, flow).await;
    finish_enrolment(&rig.browser(n), flow).await.unwrap();
    let letters = rig.letters().await;
    let mut browser = house.browser();
    let secret = match door {
        Door::Session => {
            house.sign_in(&mut browser, p, &app).await;
            String::new()
        }
        Door::Code => see_codes(&rig.browser(n), flow).await.unwrap().0.blocking.printed(),
        Door::Notice => letters.iter().find_map(Posted::not_me).unwrap().to_owned(),
        Door::Mitid | Door::Password => String::new(),
    };
    Owner { p, browser, secret }
}

impl Owner {
    /// Goes through her door, and says yes once more where that is asked; gives whether it was.
    async fn blocks(&mut self, house: &House, door: Door) -> bool {
        let name = format!("p{}", self.p);
        let (name, secret, browser) = (name.as_str(), self.secret.as_str(), &mut self.browser);
        let to = match door {
            Door::Session => browser.post("spaer-nu", &[("go", "yes")]).await.to,
            Door::Mitid => {
                let flow = house.back_from_mitid(browser, "spaer-mitid", self.p).await;
                format!("/spaer/bekraeft/{flow}")
            }
            Door::Code => {
                browser.post("spaer-kode", &[("user_name", name), ("blocking_code", secret)]).await.to
            }
            Door::Notice => browser.post("var-det-dig", &[("token", secret)]).await.to,
            Door::Password => {
                browser.post("spaer-adgangskode", &[("user_name", name), ("password", PASSWORD)]).await.to
            }
        };
        let asked = to.strip_prefix("/spaer/bekraeft/");
        if asked.is_some() {
            let promised = browser.get(&to).await.body.contains("kvitteringen viser");
            assert_eq!(promised, door == Door::Mitid, "a time only where the receipt shows one: {door:?}");
        }
        let last = match asked {
            Some(flow) => browser.post("spaer-bekraeft", &[("flow", flow)]).await.to,
            None => to.clone(),
        };
        assert_eq!(last, RECEIPT, "{door:?}: {name}");
        assert_eq!(browser.get(RECEIPT).await.status, StatusCode::OK, "{door:?}: {name}");
        asked.is_some()
    }
}

/// Forty owners block within five minutes, all from this machine's address.
async fn forty_block(door: Door) {
    let house = House::open().await;
    let mut owners = Vec::new();
    for p in 0..OWNERS {
        owners.push(owner(&house, p, door).await);
    }
    let begun = house.rig.cx().now;
    let mut asked = 0;
    for owner in &mut owners {
        house.rig.clock.advance(SignedDuration::from_secs(7));
        asked += u64::from(owner.blocks(&house, door).await);
    }
    assert!(house.rig.cx().now.duration_since(begun) < SignedDuration::from_mins(5));
    for p in 0..OWNERS {
        assert!(!house.rig.standing(p).await.is_active(), "owner {p} by {door:?}");
    }
    let expected = match door {
        Door::Session => 0,
        Door::Mitid => u64::from(OWNERS),
        Door::Code | Door::Notice | Door::Password => u64::from(OWNERS) - BRAKE_AT - 1,
    };
    assert_eq!(asked, expected, "the brake asks once more, and refuses nobody: {door:?}");
    let events = [EventKind::BlockRefused, EventKind::MassBlocking];
    assert_eq!([house.rig.events(events[0]).await, house.rig.events(events[1]).await], [0, 1], "{door:?}");
}

#[tokio::test]
async fn forty_owners_block_by_their_sessions() {
    forty_block(Door::Session).await;
}

#[tokio::test]
async fn forty_owners_block_with_mitid() {
    forty_block(Door::Mitid).await;
}

#[tokio::test]
async fn forty_owners_block_by_their_codes() {
    forty_block(Door::Code).await;
}

#[tokio::test]
async fn forty_owners_block_by_the_links_in_their_letters() {
    forty_block(Door::Notice).await;
}

#[tokio::test]
async fn forty_owners_block_by_their_passwords() {
    forty_block(Door::Password).await;
}

/// Tries the first person's door with what anybody could make up.
async fn tries(browser: &mut Browser, door: Door, n: u32) {
    let (code, link) = (format!("{n:012}"), format!("019a0000-0000-7000-8000-{n:012}.{n:064x}"));
    let to = match door {
        Door::Session => browser.post("spaer-nu", &[("go", "yes")]).await.to,
        Door::Mitid => browser.post("spaer-mitid", &[("go", "yes")]).await.to,
        Door::Code => browser.post("spaer-kode", &[("user_name", "p0"), ("blocking_code", &code)]).await.to,
        Door::Notice => browser.post("var-det-dig", &[("token", &link)]).await.to,
        Door::Password => {
            let wrong = "wrong enough words";
            browser.post("spaer-adgangskode", &[("user_name", "p0"), ("password", wrong)]).await.to
        }
    };
    if door == Door::Mitid {
        assert!(to.contains("state="), "nobody is kept from leaving, {n}: {to}");
    } else {
        assert_eq!(to, FAILED, "{door:?}, {n}");
    }
}

/// What strangers can write into the trail at the doors of a block.
async fn rows(house: &House) -> u64 {
    let kinds = [EventKind::BlockRefused, EventKind::ProofStarted, EventKind::ProofRefused];
    let mut all = 0;
    for kind in kinds {
        all += house.rig.events(kind).await;
    }
    all
}

/// A thousand wrong tries, half of them from one source. What one of them may leave there is bounded by the minute, and the
/// right secret opens the door afterwards, from that very source.
async fn flooded(door: Door, from_one: u32, from_each: u32) {
    let house = House::open().await;
    let mut owner = owner(&house, 0, door).await;
    let source: IpAddr = Ipv4Addr::new(203, 0, 113, 7).into();
    let before = rows(&house).await;
    let mut one = house.browser();
    one.address = Some(source);
    for n in 0..WRONG {
        tries(&mut one, door, n).await;
    }
    let left = rows(&house).await - before;
    assert_eq!(left, u64::from(from_one), "{door:?}: from one source");
    for n in 0..WRONG {
        let mut other = house.browser();
        other.address = Some(Ipv4Addr::from_bits(0xC612_0000 + n).into());
        tries(&mut other, door, n).await;
    }
    let left = rows(&house).await - before - left;
    assert_eq!(left, u64::from(from_each * WRONG), "{door:?}: from a source each");
    assert!(house.rig.standing(0).await.is_active());
    for kind in [EventKind::Held, EventKind::MassBlocking] {
        assert_eq!(house.rig.events(kind).await, 0, "{door:?}: {kind:?}");
    }
    owner.browser.address = Some(source);
    owner.blocks(&house, door).await;
    assert!(!house.rig.standing(0).await.is_active(), "{door:?}");
}

#[tokio::test]
async fn a_thousand_clicks_without_a_session_write_nothing_and_keep_nobody_from_hers() {
    flooded(Door::Session, 0, 0).await;
}

#[tokio::test]
async fn a_thousand_links_made_up_write_nothing_and_the_right_one_blocks() {
    flooded(Door::Notice, 0, 0).await;
}

#[tokio::test]
async fn of_a_thousand_who_leave_for_mitid_few_are_written_down_and_its_owner_blocks() {
    flooded(Door::Mitid, SOURCE_A_MINUTE, 1).await;
}

#[tokio::test]
async fn of_a_thousand_wrong_codes_few_are_written_down_and_the_right_one_blocks() {
    flooded(Door::Code, SOURCE_A_MINUTE, 1).await;
}

#[tokio::test]
async fn of_a_thousand_wrong_passwords_few_are_written_down_and_the_right_one_blocks() {
    flooded(Door::Password, TRIES_BEFORE_WAIT + SOURCE_A_MINUTE, 1).await;
}

use super::*;
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

fn row(n: u128) -> Row {
    Row {
        id: Uuid::from_u128(n).into(),
        format: FORMAT,
        at: Timestamp::UNIX_EPOCH,
        kind: "terms.accepted".into(),
        actor: "\"System\"".into(),
        subject: None,
        request: Uuid::from_u128(1).into(),
        facts: "{}".into(),
        personal: vec![1, 2, 3],
        origin: None,
        mac: [7; 32],
    }
}

fn chain(rows: &[Row]) -> Vec<Link> {
    let mut follower = Follower::default();
    rows.iter().map(|row| follower.append(row)).collect()
}

fn verify(links: &[Link], rows: &[Row]) -> Result<(), Tampered> {
    let mut follower = Follower::default();
    links.iter().try_for_each(|link| {
        follower.check(link, rows.iter().find(|row| row.id == link.event), true).map(drop)
    })
}

#[test]
fn what_is_left_of_an_emptied_row_has_its_leaf_and_nothing_of_its_content() {
    let whole =
        Row { origin: Some(Origin { instance: Uuid::from_u128(5).into(), lane: 2, number: 9 }), ..row(1) };
    let left = whole.emptied().unwrap();
    assert_eq!((left.encoded(), left.leaf()), (whole.encoded(), whole.leaf()));
    for other in [
        Row { actor: "\"Unknown\"".into(), ..whole.clone() },
        Row { subject: Some(Uuid::from_u128(3).into()), ..whole.clone() },
        Row { request: Uuid::from_u128(2).into(), ..whole.clone() },
        Row { facts: "{ }".into(), ..whole.clone() },
        Row { personal: vec![1, 2], ..whole.clone() },
        Row { at: Timestamp::MAX, ..whole.clone() },
        Row { kind: "sign-in.done".into(), ..whole.clone() },
        Row { origin: None, ..whole.clone() },
        Row { mac: [8; 32], ..whole.clone() },
    ] {
        assert_ne!(other.leaf(), left.leaf(), "{other:?}");
    }
    assert_eq!(Row { format: 2, ..whole }.emptied(), None, "its leaf covers the content itself");
}

proptest! {
    #[test]
    fn a_changed_removed_or_swapped_row_breaks_the_chain(count in 2usize..12, at in 0usize..12, how in 0u8..3) {
        let rows: Vec<Row> = (1u128..=count.try_into().unwrap()).map(row).collect();
        let links = chain(&rows);
        prop_assert!(verify(&links, &rows).is_ok());
        let at = at % count;
        let mut bad_rows = rows.clone();
        let mut bad_links = links.clone();
        match how {
            0 => bad_rows[at].facts = "{\"level\":\"High\"}".into(),
            1 => { bad_rows.remove(at); }
            _ => {
                let other = (at + 1) % count;
                let event = bad_links[at].event;
                bad_links[at].event = bad_links[other].event;
                bad_links[other].event = event;
            }
        }
        prop_assert!(verify(&bad_links, &bad_rows).is_err());
    }
}

#[test]
fn no_two_kinds_share_a_word_and_each_is_in_the_catalogue() {
    let words: std::collections::BTreeSet<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
    assert_eq!(words.len(), EventKind::ALL.len());
    assert_eq!(EventKind::from_word("terms.accepted"), Some(EventKind::TermsAccepted));
}

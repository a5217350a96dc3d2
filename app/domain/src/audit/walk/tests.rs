use super::*;
use crate::audit::FORMAT;
use crate::audit::catalogue::Keep;
use jiff::Timestamp;
use uuid::Uuid;

fn row(n: u128, lane: u32, number: u64) -> Row {
    Row {
        id: Uuid::from_u128(n).into(),
        format: FORMAT,
        at: Timestamp::UNIX_EPOCH,
        kind: "terms.accepted".into(),
        actor: "\"System\"".into(),
        subject: None,
        request: Uuid::from_u128(1).into(),
        facts: "{}".into(),
        personal: vec![],
        origin: Some(Origin { instance: Uuid::from_u128(5).into(), lane, number }),
        mac: [7; 32],
    }
}

fn rows() -> Vec<Row> {
    vec![row(1, 1, 1), row(2, 2, 1), row(3, 1, 2), row(4, 1, 3), row(5, 2, 2)]
}

fn checkpoint(number: u64, rows: &[Row]) -> Checkpoint {
    let mut tree = Frontier::default();
    for row in rows {
        tree.push(row.leaf(), |_, _| {});
    }
    let at = Timestamp::UNIX_EPOCH;
    Checkpoint { origin: "a/trail".into(), size: tree.size(), root: tree.root(), number, at, given_up: None }
}

fn walk(rows: &[Row], checkpoints: Vec<Checkpoint>) -> Result<usize, Tampered> {
    let (mut follower, mut walk) = (Follower::default(), Walk::from_the_start(checkpoints));
    for row in rows {
        walk.step(&follower.append(row), Some(row), true)?;
    }
    walk.end()?;
    Ok(walk.agreed())
}

#[test]
fn a_trail_agrees_with_every_checkpoint_of_its_own() {
    let rows = rows();
    let all = (0..=5).map(|n| checkpoint(n + 1, &rows[..usize::try_from(n).unwrap()])).collect();
    assert_eq!(walk(&rows, all), Ok(6));
}

#[test]
fn a_trail_that_was_chained_anew_is_told_by_the_checkpoint_between_whose_places_it_differs() {
    let rows = rows();
    let kept = vec![checkpoint(1, &rows[..2]), checkpoint(2, &rows)];
    let mut other = rows.clone();
    other[3].facts = "{\"level\":\"High\"}".into();
    assert_eq!(walk(&other, kept.clone()), Err(Tampered::Unlike { number: 2, from: 3, to: 5 }));
    assert_eq!(walk(&rows[..3], kept), Err(Tampered::Short { end: 3, number: 2, size: 5 }));
}

#[test]
fn a_row_an_instance_counted_and_nobody_chained_is_named() {
    let instance = Uuid::from_u128(5).into();
    let mut rows = rows();
    rows.remove(2);
    let missing = Tampered::Missing { place: 3, instance, lane: 1, number: 2 };
    assert_eq!(walk(&rows, vec![]), Err(missing));
    rows.remove(0);
    let missing = Tampered::Missing { place: 2, instance, lane: 1, number: 1 };
    assert_eq!(walk(&rows, vec![]), Err(missing), "the first of a lane too");
}

#[test]
fn a_row_that_was_emptied_by_rule_is_passed_over_and_one_more_is_missed() {
    let rows = rows();
    let mut follower = Follower::default();
    let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
    let kept = vec![checkpoint(1, &rows)];
    let at: Timestamp = "2026-11-02T08:00:00Z".parse().unwrap();
    let rule = Rule { keep: Keep::Central, before: "2021-11-02T00:00:00Z".parse().unwrap(), at };
    let gone = |gone: &[usize], left_out: &[usize], rules: &[Rule]| {
        let mut walk = Walk::from_the_start(kept.clone());
        for (at, (link, row)) in links.iter().zip(&rows).enumerate() {
            if gone.contains(&at) {
                walk.pass_over(link, &row.emptied().unwrap(), true)?;
            } else {
                walk.step(link, (!left_out.contains(&at)).then_some(row), true)?;
            }
        }
        walk.end()?;
        for rule in rules {
            walk.allow(rule);
        }
        walk.settle()
    };
    assert_eq!(gone(&[0, 2, 4], &[], &[rule]), Ok(()));
    assert_eq!(gone(&[0], &[2], &[rule]), Err(Tampered::Removed { place: 3 }));
    assert_eq!(gone(&[1, 4], &[], &[]), Err(Tampered::Emptied { place: 2 }), "without a rule");
    let other = Rule { keep: Keep::SignIn, ..rule };
    assert_eq!(gone(&[1, 4], &[], &[other]), Err(Tampered::Emptied { place: 2 }), "of another category");
}

#[test]
fn a_rule_nobody_has_the_key_of_counts_once_a_checkpoint_stands_for_it() {
    let rows = rows();
    let at: Timestamp = "2026-11-02T08:00:00Z".parse().unwrap();
    let rule = Rule { keep: Keep::Central, before: "2021-11-02T00:00:00Z".parse().unwrap(), at };
    // The rule stands in the fourth row.
    let under = |checkpoints: Vec<Checkpoint>| {
        let (mut follower, mut walk) = (Follower::default(), Walk::from_the_start(checkpoints));
        for (place, row) in (1..).zip(&rows) {
            let link = follower.append(row);
            if place == 1 {
                walk.pass_over(&link, &row.emptied().unwrap(), true)?;
            } else {
                walk.step(&link, Some(row), true)?;
            }
            if place == 4 {
                walk.claim(rule);
            }
        }
        walk.end()?;
        walk.settle()
    };
    assert_eq!(under(vec![checkpoint(1, &rows)]), Ok(()));
    assert_eq!(under(vec![checkpoint(1, &rows[..4])]), Ok(()));
    for unvouched in [vec![], vec![checkpoint(1, &rows[..3])]] {
        assert_eq!(under(unvouched), Err(Tampered::Emptied { place: 1 }));
    }
}

#[test]
fn what_is_left_of_another_row_or_was_changed_does_not_pass() {
    let rows = rows();
    let link = Follower::default().append(&rows[0]);
    let (left, other) = (rows[0].emptied().unwrap(), rows[1].emptied().unwrap());
    let passes = |left: &Emptied, authentic| Walk::from_the_start(vec![]).pass_over(&link, left, authentic);
    assert_eq!(passes(&left, true), Ok(()));
    assert_eq!(passes(&left, false), Err(Tampered::Changed { place: 1, event: left.id }));
    let earlier = Emptied { at: Timestamp::MIN, ..left.clone() };
    for wrong in [other, earlier, Emptied { kind: "sign-in.done".into(), ..left }] {
        assert_eq!(passes(&wrong, true), Err(Tampered::Broken { place: 1 }), "{wrong:?}");
    }
}

#[test]
fn from_the_middle_on_a_lane_goes_on_where_it_is() {
    let rows = rows();
    let mut follower = Follower::default();
    let links: Vec<_> = rows.iter().map(|row| follower.append(row)).collect();
    let mut tree = Frontier::default();
    for row in &rows[..2] {
        tree.push(row.leaf(), |_, _| {});
    }
    let all = vec![checkpoint(1, &rows[..1]), checkpoint(2, &rows)];
    let mut walk = Walk::from_place(links[1].hash, tree, all);
    for (link, row) in links.iter().zip(&rows).skip(2) {
        walk.step(link, Some(row), true).unwrap();
    }
    walk.end().unwrap();
    assert_eq!(walk.agreed(), 1, "the one before has nothing to compare");
}

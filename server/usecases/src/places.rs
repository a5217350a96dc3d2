//! Which places of the trail hold what was written in a period: asked a day at a time, each on a view of its own, so that no
//! period is so long that a single question reads millions of rows.

use crate::ports::store::{Store, StoreFault};
use domain::evidence::Period;
use domain::{SignedDuration, Timestamp};

/// So much of the trail is looked at by one question.
const AT_ONCE: SignedDuration = SignedDuration::from_hours(24);

/// The first and the last place of rows of a period; none where there are none. `lived` is from when to when the trail was
/// written, as its clocks say: what lies before or behind it is one question each, however long.
pub(crate) async fn places_within(
    store: &dyn Store,
    what: &'static str,
    period: Period,
    lived: Period,
) -> Result<Option<(i64, i64)>, StoreFault> {
    let (mut from, mut found) = (period.from, None);
    while from < period.before {
        let to = step(from, lived).min(period.before);
        let some = store.look(what).await?.places_between(from, to).await?;
        found = match (found, some) {
            (Some((first, last)), Some((one, other))) => Some((one.min(first), other.max(last))),
            (found, some) => found.or(some),
        };
        from = to;
    }
    Ok(found)
}

/// How far the question that begins at an instant goes.
fn step(from: Timestamp, lived: Period) -> Timestamp {
    if from < lived.from {
        return lived.from;
    }
    if from >= lived.before {
        return Timestamp::MAX;
    }
    from.saturating_add(AT_ONCE).unwrap_or(Timestamp::MAX).min(lived.before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_asked_by_days_where_the_trail_lives_and_at_once_where_it_does_not() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let lived = Period { from: at("2026-11-02T08:00:00Z"), before: at("2026-11-04T00:00:00Z") };
        let (mut from, mut asked) = (Timestamp::UNIX_EPOCH, Vec::new());
        while from < Timestamp::MAX {
            from = step(from, lived);
            asked.push(from);
        }
        let expected =
            ["2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", "2026-11-04T00:00:00Z"].map(at).into_iter();
        assert_eq!(asked, expected.chain([Timestamp::MAX]).collect::<Vec<_>>());
    }
}

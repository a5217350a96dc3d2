use super::*;
use crate::evidence::{Evidence, Period};
use uuid::Uuid;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn job() -> Job {
    let order = Order {
        evidence: Evidence::Tokens,
        period: Period::until(at(9)),
        about: None,
        places: (1, 400),
        waiting: 0,
        since: None,
        present: Vec::new(),
        restricted: Vec::new(),
        at: at(9),
    };
    Job::ordered(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), order, 400)
}

#[test]
fn an_order_is_made_and_its_files_can_be_taken_for_a_day() {
    let job = job().begun(at(10)).unwrap().went(1, 200).unwrap();
    assert_eq!((job.percent(), job.word(), job.ends_at()), (50, "running-50", None));
    let ready = job.made(1, "a manifest".into()).unwrap();
    assert_eq!(ready.ends_at(), Some(at(10 + 24 * 3600)));
    assert_eq!(ready.clone().expired(at(10)), Err(JobRefused::NotReady));
    let taken = ready.clone().taken(at(20)).unwrap();
    let over = at(10 + 24 * 3600);
    assert_eq!(taken.clone().taken(over), Err(JobRefused::NotReady));
    assert!(taken.is_open(at(20)) && !taken.is_open(over));
    for (job, was_taken) in [(ready, false), (taken, true)] {
        let gone = job.expired(over).unwrap();
        assert_eq!(gone.state, JobState::Expired { at: over, taken: was_taken });
        assert_eq!(gone.taken(at(20)), Err(JobRefused::NotReady));
    }
}

#[test]
fn who_was_replaced_says_nothing_more_and_after_five_tries_nobody_does() {
    let mut job = job();
    for tries in 1..=MOST_TRIES {
        job = job.begun(at(10)).unwrap();
        assert_eq!(job.tries(), Some(tries));
        assert_eq!(job.clone().went(tries - 1, 1), Err(JobRefused::NotTheirs));
        assert_eq!(job.clone().made(tries + 1, String::new()), Err(JobRefused::NotTheirs));
    }
    let failed = job.begun(at(11)).unwrap();
    assert_eq!(failed.state, JobState::Failed { at: at(11), why: FailedFor::Interrupted });
    assert_eq!(failed.begun(at(12)), Err(JobRefused::Over));
}

#[test]
fn whatever_is_not_over_can_be_cancelled_and_nothing_follows() {
    let running = job().begun(at(10)).unwrap();
    let ready = running.clone().made(1, String::new()).unwrap();
    for job in [job(), running, ready] {
        let gone = job.cancelled(CancelledFor::Asked, at(11)).unwrap();
        assert_eq!((gone.stage(), gone.ends_at()), (Stage::Over, Some(at(11))));
        assert_eq!(gone.clone().went(1, 5), Err(JobRefused::NotTheirs));
        assert_eq!(gone.clone().failed(1, FailedFor::TooLarge, at(12)), Err(JobRefused::NotTheirs));
        assert_eq!(gone.cancelled(CancelledFor::RoleLost, at(12)), Err(JobRefused::Over));
    }
}

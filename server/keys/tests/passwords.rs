//! Passwords: hashed in turn, beside everything else; and known when they leaked.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::password::Password;
use keys::leaks::Compiled;
use keys::{ArgonHasher, LeakFilter, Pool, SystemEntropy};
use tokio::task::JoinSet;
use usecases::ports::chance::Entropy as _;
use usecases::ports::people::{Hasher as _, Lane, Leaks as _};

fn typed(text: &str) -> Password {
    Password::typed(text.into())
}

fn hasher(workers: usize) -> Arc<ArgonHasher> {
    resting(workers, Duration::ZERO)
}

/// The same with a rest after each that comes late.
fn resting(workers: usize, rest: Duration) -> Arc<ArgonHasher> {
    let pool = Pool { workers: NonZeroUsize::new(workers).unwrap(), waiting: 200, late: 3, rest };
    Arc::new(ArgonHasher::start(pool, Arc::new(SystemEntropy)).unwrap())
}

#[tokio::test]
async fn the_right_password_verifies_and_a_wrong_one_does_not() {
    let hasher = hasher(1);
    let hash = hasher.hash(typed("grøn cykel ved åen")).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert!(
        hasher.verify(typed("grøn cykel ved åen"), Some(hash.clone()), Lane::SignIn.into()).await.unwrap()
    );
    assert!(
        !hasher.verify(typed("Grøn cykel ved åen"), Some(hash.clone()), Lane::SignIn.into()).await.unwrap()
    );
    assert_ne!(
        hasher.hash(typed("grøn cykel ved åen")).await.unwrap(),
        hash,
        "each hash has a salt of its own"
    );
}

#[tokio::test]
async fn a_user_name_nobody_has_is_verified_all_the_same_and_refused() {
    assert!(!hasher(1).verify(typed("grøn cykel ved åen"), None, Lane::SignIn.into()).await.unwrap());
}

#[tokio::test]
async fn a_broken_hash_on_record_is_a_fault_and_no_answer() {
    let hasher = hasher(1);
    for broken in ["", "plain", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ"]
    {
        assert!(
            hasher
                .verify(typed("grøn cykel ved åen"), Some(broken.into()), Lane::SignIn.into())
                .await
                .is_err(),
            "{broken}"
        );
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_hundred_logins_at_once_leave_the_only_runtime_thread_free() {
    let hasher = hasher(2);
    let hash = hasher.hash(typed("grøn cykel ved åen")).await.unwrap();
    let mut storm = JoinSet::new();
    for _ in 0..100 {
        let (hasher, hash) = (Arc::clone(&hasher), hash.clone());
        storm.spawn(async move {
            hasher.verify(typed("grøn cykel ved åen"), Some(hash), Lane::SignIn.into()).await.unwrap()
        });
    }
    // Someone else's page: if hashing took this thread, it would get one turn for each of the hundred at most.
    let (mut turns, mut right) = (0_u32, 0);
    while !storm.is_empty() {
        turns += 1;
        tokio::task::yield_now().await;
        while let Some(done) = storm.try_join_next() {
            right += u32::from(done.unwrap());
        }
    }
    assert_eq!(right, 100);
    assert!(turns > 1_000, "{turns} turns");
}

#[tokio::test(flavor = "current_thread")]
async fn who_came_first_is_served_first() {
    let hasher = hasher(1);
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut storm = JoinSet::new();
    for number in 0..20 {
        let (hasher, served) = (Arc::clone(&hasher), Arc::clone(&served));
        storm.spawn(async move {
            hasher.verify(typed("grøn cykel ved åen"), None, Lane::SignIn.into()).await.unwrap();
            served.lock().unwrap().push(number);
        });
    }
    storm.join_all().await;
    assert_eq!(*served.lock().unwrap(), (0..20).collect::<Vec<_>>());
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "what is measured is how long it takes")]
async fn who_comes_late_waits_for_the_rest_after_each_before() {
    let rest = Duration::from_millis(100);
    let hasher = resting(1, rest);
    let hash = hasher.hash(typed("grøn cykel ved åen")).await.unwrap();
    let begun = Instant::now();
    for _ in 0..3 {
        assert!(
            !hasher.verify(typed("rød cykel ved åen"), Some(hash.clone()), Lane::Late.into()).await.unwrap()
        );
    }
    assert!(
        hasher.verify(typed("grøn cykel ved åen"), Some(hash), Lane::Late.into()).await.unwrap(),
        "the right one"
    );
    assert!(begun.elapsed() >= rest * 3, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_lane_that_rests_keeps_nobody_else_waiting() {
    let hasher = resting(1, Duration::from_hours(1));
    assert!(!hasher.verify(typed("rød cykel ved åen"), None, Lane::Late.into()).await.unwrap());
    let mut late = JoinSet::new();
    for _ in 0..4 {
        let hasher = Arc::clone(&hasher);
        late.spawn(async move { hasher.verify(typed("rød cykel ved åen"), None, Lane::Late.into()).await });
    }
    let refused = late.join_next().await.unwrap().unwrap();
    assert!(refused.is_err(), "three may wait; of four, one is turned away at once");
    for lane in [Lane::SignIn, Lane::Blocking] {
        assert!(!hasher.verify(typed("rød cykel ved åen"), None, lane.into()).await.unwrap(), "{lane:?}");
    }
    assert_eq!(late.len(), 3, "and the others still wait");
}

#[test]
fn leaked_passwords_are_known_in_whatever_capitals_and_decoration() {
    let filter = LeakFilter::embedded();
    for leaked in [
        "password1234",
        "PassWord1234",
        "qwertyuiop123",
        "iloveyou1234",
        "123456789012",
        "passwordpassword",
        "administrator",
        "1q2w3e4r5t6y",
        "Mailcreated5240",
        "mailcreated5240",
        "justinbieber",
        "!JustinBieber99",
    ] {
        assert!(filter.contains(&typed(leaked)), "{leaked}");
    }
    assert!(!filter.contains(&typed("grøn cykel ved åen")));
}

/// A password of random letters in decoration, so that both of its forms are looked up.
fn random() -> String {
    let mut bytes = [0; 14];
    SystemEntropy.fill(&mut bytes).unwrap();
    let letters: String = bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect();
    format!("{letters}7!")
}

#[test]
fn a_good_password_is_called_leaked_at_most_once_in_ten_thousand() {
    const TRIED: usize = 1_000_000;
    let filter = LeakFilter::embedded();
    let taken = (0..TRIED).filter(|_| filter.contains(&typed(&random()))).count();
    // Some 30 are expected; more than 100, or none at all, comes once in ten thousand million runs and more.
    assert!((1..=TRIED / 10_000).contains(&taken), "{taken} of {TRIED}");
}

#[test]
fn no_password_of_the_list_is_ever_missed() {
    let list: Vec<String> = (0..50_000).map(|_| random()).collect();
    let compiled = Compiled::of(&list.join("\n")).unwrap();
    assert_eq!(compiled.keys, 100_000, "each in both forms");
    assert_eq!(compiled.missing(&list.join("\n")), 0);
    assert!(list.iter().all(|leaked| compiled.contains(&typed(leaked))));
    assert!(list.iter().all(|leaked| compiled.contains(&typed(&format!("1{leaked}?")))));
}

#[test]
fn a_list_compiles_to_the_same_bytes_each_time_and_without_what_is_too_short() {
    let list = "Sommerfugle2020!\nsommerfugle2020!\n\nkort\nvinter2021!!\n";
    let compiled = Compiled::of(list).unwrap();
    assert_eq!(compiled.keys, 2, "bare, each is shorter than twelve characters");
    assert_eq!(compiled.bytes(), Compiled::of(list).unwrap().bytes());
}

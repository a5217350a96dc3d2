//! What is sealed opens only where it was put, for what it was meant, as it was.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use common::{Keys, at, entropy};
use domain::Timestamp;
use domain::ids::PersonId;
use keys::{Ed25519, LocalVault, SystemEntropy};
use proptest::prelude::*;
use usecases::ports::chance::{Clock, Entropy, NoEntropy};
use usecases::ports::vault::{KeyUse, Sealed, Signatures as _, Vault, VaultFault};

static VAULT: LazyLock<LocalVault> = LazyLock::new(|| Keys::new().vault());

fn person(number: u8) -> PersonId {
    domain::ids::unguessable([number; 16]).into()
}

fn purpose() -> impl Strategy<Value = KeyUse> {
    proptest::sample::select(KeyUse::ALL.to_vec())
}

proptest! {
    #[test]
    fn what_was_sealed_opens_again(key in purpose(), place in ".{0,40}", clear: Vec<u8>) {
        let sealed = VAULT.seal(key, &place, &clear).unwrap();
        prop_assert_eq!(&**VAULT.open(key, &place, &sealed).unwrap(), &clear[..]);
    }

    #[test]
    fn moved_to_another_place_it_does_not_open(place in ".{0,20}", other in ".{0,20}", clear: Vec<u8>) {
        prop_assume!(place != other);
        let sealed = VAULT.seal(KeyUse::CprSeal, &place, &clear).unwrap();
        prop_assert_eq!(VAULT.open(KeyUse::CprSeal, &other, &sealed).err(), Some(VaultFault::DoesNotOpen));
    }

    #[test]
    fn a_key_of_another_purpose_does_not_open_it(key in purpose(), other in purpose()) {
        prop_assume!(key != other);
        let sealed = VAULT.seal(key, "person/1/cpr", b"secret").unwrap();
        prop_assert_eq!(VAULT.open(other, "person/1/cpr", &sealed).err(), Some(VaultFault::DoesNotOpen));
    }

    #[test]
    fn one_flipped_bit_anywhere_and_it_does_not_open(clear in proptest::collection::vec(any::<u8>(), 0..40),
                                                     at: proptest::sample::Index, bit in 0..8u8) {
        let Sealed(mut bytes) = VAULT.seal(KeyUse::Seeds, "factor/1", &clear).unwrap();
        *at.get_mut(&mut bytes) ^= 1 << bit;
        let opened = VAULT.open(KeyUse::Seeds, "factor/1", &Sealed(bytes));
        prop_assert_eq!(opened.err(), Some(VaultFault::DoesNotOpen));
    }

    #[test]
    fn cut_short_it_does_not_open(keep: proptest::sample::Index) {
        let Sealed(mut bytes) = VAULT.seal(KeyUse::Seeds, "factor/1", b"seed").unwrap();
        bytes.truncate(keep.index(bytes.len()));
        let opened = VAULT.open(KeyUse::Seeds, "factor/1", &Sealed(bytes));
        prop_assert_eq!(opened.err(), Some(VaultFault::DoesNotOpen));
    }

    #[test]
    fn equal_data_have_equal_macs_of_one_purpose_only(key in purpose(), other in purpose(), data: Vec<u8>) {
        let mac = VAULT.mac(key, &data).unwrap();
        prop_assert_eq!(VAULT.macs(key, &data).unwrap(), vec![mac]);
        prop_assert_eq!(VAULT.mac(other, &data).unwrap() == mac, key == other);
    }
}

#[test]
fn sealing_twice_does_not_show_that_it_is_the_same() {
    let seal = || VAULT.seal(KeyUse::CprSeal, "person/1/cpr", b"same").unwrap();
    assert_ne!(seal(), seal());
}

#[test]
fn a_persons_part_of_the_trail_opens_with_her_own_key_alone() {
    let (hers, his) = (VAULT.person_key(person(1)).unwrap(), VAULT.person_key(person(2)).unwrap());
    let sealed = VAULT.seal_for(person(1), &hers, "event/9", b"where from").unwrap();
    assert_eq!(**VAULT.open_for(person(1), &hers, "event/9", &sealed).unwrap(), *b"where from");

    let refused = |who, key, place| VAULT.open_for(who, key, place, &sealed).err();
    assert_eq!(refused(person(2), &his, "event/9"), Some(VaultFault::DoesNotOpen));
    assert_eq!(refused(person(2), &hers, "event/9"), Some(VaultFault::DoesNotOpen));
    assert_eq!(refused(person(1), &hers, "event/8"), Some(VaultFault::DoesNotOpen));
}

#[test]
fn during_a_rotation_both_keys_open_and_verify_and_the_new_one_seals() {
    let mut keys = Keys::new();
    let vault = keys.vault();
    let old = vault.seal(KeyUse::CprSeal, "p", b"sealed before").unwrap();
    let old_index = vault.mac(KeyUse::CprIndex, b"number").unwrap();

    for purpose in [KeyUse::CprSeal, KeyUse::CprIndex] {
        assert_eq!(keys.rotate(purpose).version, 2);
    }

    let new = vault.seal(KeyUse::CprSeal, "p", b"sealed after").unwrap();
    assert_eq!(**vault.open(KeyUse::CprSeal, "p", &old).unwrap(), *b"sealed before");
    assert_eq!(**vault.open(KeyUse::CprSeal, "p", &new).unwrap(), *b"sealed after");
    let new_index = vault.mac(KeyUse::CprIndex, b"number").unwrap();
    assert_ne!(new_index, old_index);
    assert_eq!(vault.macs(KeyUse::CprIndex, b"number").unwrap(), [new_index, old_index]);

    keys.ring.retire(&[(KeyUse::CprSeal, 1)], at(3)).unwrap();
    keys.ring.retire(&[(KeyUse::CprIndex, 1)], at(3)).unwrap();

    assert_eq!(vault.open(KeyUse::CprSeal, "p", &old).err(), Some(VaultFault::DoesNotOpen));
    assert_eq!(**vault.open(KeyUse::CprSeal, "p", &new).unwrap(), *b"sealed after");
    assert_eq!(vault.macs(KeyUse::CprIndex, b"number").unwrap(), [new_index]);
}

#[test]
fn a_coming_key_opens_and_verifies_and_seals_nothing() {
    let mut keys = Keys::new();
    let (vault, other) = (keys.vault(), keys.vault());
    keys.ring.announce(&[KeyUse::Seeds], at(2), &SystemEntropy).unwrap();
    let sealed = vault.seal(KeyUse::Seeds, "p", b"seed").unwrap();
    assert!(vault.is_current(KeyUse::Seeds, &sealed).unwrap());
    assert_eq!(vault.macs(KeyUse::Seeds, b"x").unwrap().len(), 2);

    keys.ring.activate(&[KeyUse::Seeds], at(2)).unwrap();
    assert!(!vault.is_current(KeyUse::Seeds, &sealed).unwrap());
    let after = vault.seal(KeyUse::Seeds, "p", b"seed").unwrap();
    assert!(vault.is_current(KeyUse::Seeds, &after).unwrap());
    assert_eq!(
        **other.open(KeyUse::Seeds, "p", &after).unwrap(),
        *b"seed",
        "another process follows as well"
    );
}

/// A clock that stands until it is set on.
struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

#[test]
fn what_serves_looks_every_100_ms_and_before_a_key_is_not_known() {
    let mut keys = Keys::new();
    let (serving, other) = (keys.vault(), keys.vault());
    let clock = Arc::new(Standing(AtomicI64::new(1_790_000_000_000)));
    let goes_on = |by: i64| clock.0.fetch_add(by, Ordering::SeqCst);
    let hers: Arc<dyn Clock> = clock.clone();
    serving.look_now_and_then(hers);
    let before = serving.seal(KeyUse::Seeds, "p", b"before").unwrap();
    keys.rotate(KeyUse::Seeds);
    goes_on(99);
    assert!(serving.is_current(KeyUse::Seeds, &before).unwrap(), "nobody looked");
    goes_on(1);
    assert!(!serving.is_current(KeyUse::Seeds, &before).unwrap(), "a tenth of a second later");

    keys.rotate(KeyUse::Seeds);
    let after = other.seal(KeyUse::Seeds, "p", b"after").unwrap();
    assert_eq!(**serving.open(KeyUse::Seeds, "p", &after).unwrap(), *b"after", "under a key not seen yet");
    assert_eq!(**serving.open(KeyUse::Seeds, "p", &before).unwrap(), *b"before");

    keys.rotate(KeyUse::Codes);
    let sealed = other.seal(KeyUse::Codes, "p", b"x").unwrap();
    goes_on(-3_600_000);
    assert!(serving.is_current(KeyUse::Codes, &sealed).unwrap(), "a clock that was set back hides nothing");
}

#[test]
fn a_ring_that_cannot_be_taken_up_leaves_the_keys_of_before() {
    let mut keys = Keys::new();
    let vault = keys.vault();
    let sealed = vault.seal(KeyUse::Codes, "p", b"x").unwrap();
    let whole = std::fs::read(keys.ring.path()).unwrap();
    for broken in [&whole[..whole.len() / 2], b"", b"format = 1\n"] {
        std::fs::write(keys.ring.path(), broken).unwrap();
        assert!(vault.open(KeyUse::Codes, "p", &sealed).is_ok());
    }
    std::fs::remove_file(keys.ring.path()).unwrap();
    assert!(vault.open(KeyUse::Codes, "p", &sealed).is_ok());
    std::fs::write(keys.ring.path(), &whole).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(keys.ring.path(), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    keys.rotate(KeyUse::Codes);
    assert!(!vault.is_current(KeyUse::Codes, &sealed).unwrap(), "a whole ring is taken up again");
}

#[test]
fn a_persons_key_wrapped_anew_opens_what_it_sealed() {
    let mut keys = Keys::new();
    let vault = keys.vault();
    let old = vault.person_key(person(1)).unwrap();
    let sealed = vault.seal_for(person(1), &old, "event/9", b"where from").unwrap();
    keys.rotate(KeyUse::People);
    let new = vault.rewrap_person_key(person(1), &old).unwrap();
    assert!(
        vault.is_current(KeyUse::People, &new).unwrap() && !vault.is_current(KeyUse::People, &old).unwrap()
    );
    assert_eq!(**vault.open_for(person(1), &new, "event/9", &sealed).unwrap(), *b"where from");
    assert_eq!(vault.rewrap_person_key(person(2), &old).err(), Some(VaultFault::DoesNotOpen));
}

#[test]
fn without_random_bytes_nothing_is_sealed() {
    struct Dry;
    impl Entropy for Dry {
        fn fill(&self, _: &mut [u8]) -> Result<(), NoEntropy> {
            Err(NoEntropy)
        }
    }
    let vault = LocalVault::new(&Keys::new().ring, Arc::new(Dry)).unwrap();
    assert_eq!(vault.seal(KeyUse::Codes, "p", b"x").err(), Some(VaultFault::Cipher));
    assert_eq!(vault.person_key(person(1)).err(), Some(VaultFault::Cipher));
    assert!(vault.mac(KeyUse::Codes, b"x").is_ok());
}

#[test]
fn nothing_that_is_shown_shows_a_key() {
    let keys = Keys::new();
    assert_eq!(format!("{:?}", LocalVault::new(&keys.ring, entropy()).unwrap()), "LocalVault { .. }");
    assert!(!format!("{:?}", keys.ring).contains("wrapped"));
}

#[test]
fn a_checkpoint_key_signs_what_its_public_half_checks_and_no_other() {
    let mut keys = Keys::new();
    let (key, signature) = keys.vault().sign(KeyUse::Checkpoints, b"rows").unwrap();
    assert!(Ed25519.holds(&key, b"rows", &signature));
    assert!(!Ed25519.holds(&key, b"other rows", &signature));
    assert!(!Ed25519.holds(&[7; 32], b"rows", &signature));
    assert_eq!(keys.vault().public_keys(KeyUse::Checkpoints).unwrap(), [key]);
    keys.rotate(KeyUse::Checkpoints);
    let (newer, signature) = keys.vault().sign(KeyUse::Checkpoints, b"rows").unwrap();
    assert_ne!(key, newer);
    assert!(Ed25519.holds(&newer, b"rows", &signature) && !Ed25519.holds(&key, b"rows", &signature));
    assert_eq!(
        keys.vault().public_keys(KeyUse::Checkpoints).unwrap(),
        [newer, key],
        "the older one vouches on"
    );
    assert_eq!(keys.vault().sign(KeyUse::Trail, b"rows"), Err(VaultFault::NoKey), "no other purpose signs");
}

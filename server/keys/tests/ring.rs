//! Key files: who may read them, what opens them, and that a hand in the file is noticed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::fs;
use std::sync::Arc;

use common::{Keys, at, entropy, kek};
use keys::{
    Kek, KekSource, KeyBytes, KeyFault, KeyRing, KeyState, LocalVault, OtherKek, RingOnDisk, SystemEntropy,
    kek::read_passphrase,
};
use tempfile::TempDir;
use usecases::ports::store::Stamp;
use usecases::ports::vault::{KeyUse, Vault as _};

const PASSPHRASE: &str = "korrekt hest batteri klamme";

fn passphrase_file(folder: &TempDir, passphrase: &str) -> KekSource {
    KekSource::passphrase_file(folder.path().join("kek.toml"), passphrase.to_owned().into())
}

#[test]
fn a_passphrase_opens_the_key_it_wrapped_and_a_wrong_one_does_not() {
    let folder = TempDir::new().unwrap();
    let made = passphrase_file(&folder, PASSPHRASE).create(entropy()).unwrap();
    let ring = folder.path().join("keys.toml");
    KeyRing::create(&ring, made, at(1), &SystemEntropy).unwrap();

    let taken_up = passphrase_file(&folder, PASSPHRASE).load(entropy()).unwrap();
    assert_eq!(KeyRing::load(&ring, taken_up).unwrap().versions().count(), KeyUse::ALL.len());
    let wrong = passphrase_file(&folder, "korrekt hest batteri klammf").load(entropy());
    assert!(matches!(wrong.err(), Some(KeyFault::DoesNotOpen)));
}

#[test]
fn neither_passphrase_nor_key_lies_in_the_file_and_nobody_else_may_read_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("kek.toml");
    passphrase_file(&folder, PASSPHRASE).create(entropy()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains(PASSPHRASE));
    assert!(text.contains("memory_kib = 65536") && text.contains("passes = 3"), "{text}");
    assert!(!format!("{:?}", passphrase_file(&folder, PASSPHRASE)).contains("korrekt"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let fault = passphrase_file(&folder, PASSPHRASE).load(entropy()).err();
            assert!(matches!(fault, Some(KeyFault::OpenToOthers { .. })), "{mode:o}");
        }
    }
}

#[test]
fn a_short_passphrase_is_not_taken_and_leaves_no_file() {
    let folder = TempDir::new().unwrap();
    let fault = passphrase_file(&folder, "kort").create(entropy()).err();
    assert!(matches!(fault, Some(KeyFault::WeakPassphrase)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_bare_key_is_refused_outside_the_demo() {
    for stamp in [Stamp::Pilot, Stamp::Production] {
        let fault = KekSource::bare_file("kek", stamp).err();
        assert!(matches!(fault, Some(KeyFault::BareOutsideDemo)), "{stamp:?}");
    }
}

#[test]
fn a_service_credential_is_taken_raw_or_in_base64_and_never_from_outside_its_folder() {
    let folder = TempDir::new().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o440)).unwrap();
        }
    };
    let take = |name: &str| KekSource::credential_in(folder.path(), name)?.load(entropy());
    put("raw", &[7; 32]);
    put("text", b"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n");
    put("short", &[7; 31]);

    let ring = folder.path().join("keys.toml");
    KeyRing::create(&ring, take("raw").unwrap(), at(1), &SystemEntropy).unwrap();
    assert!(KeyRing::load(&ring, take("text").unwrap()).is_ok());
    assert!(matches!(take("short").err(), Some(KeyFault::Malformed { .. })));
    assert!(matches!(take("gone").err(), Some(KeyFault::NotRead { .. })));
    for name in ["../raw", "/etc/hostname", "a/b", ".", ".."] {
        assert!(matches!(take(name).err(), Some(KeyFault::NoCredential)), "{name}");
    }
    let made = KekSource::credential_in(folder.path(), "new").unwrap().create(entropy());
    assert!(matches!(made.err(), Some(KeyFault::MadeElsewhere)));
}

#[test]
fn a_passphrase_file_gives_its_first_line() {
    use secrecy::ExposeSecret as _;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("passphrase");
    fs::write(&path, format!("{PASSPHRASE}\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert!(matches!(read_passphrase(&path), Err(KeyFault::OpenToOthers { .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    }
    assert_eq!(read_passphrase(&path).unwrap().expose_secret(), PASSPHRASE);
}

#[test]
fn nothing_is_ever_overwritten() {
    let keys = Keys::new();
    let before = fs::read(keys.ring.path()).unwrap();
    let again = KeyRing::create(keys.ring.path(), kek(&keys.folder, "other"), at(2), &SystemEntropy);
    assert!(matches!(again.err(), Some(KeyFault::NotWritten { .. })));
    let again = KekSource::bare_file(keys.folder.path().join("kek"), Stamp::Demo).unwrap().create(entropy());
    assert!(matches!(again.err(), Some(KeyFault::NotWritten { .. })));
    assert_eq!(fs::read(keys.ring.path()).unwrap(), before);
    assert_eq!(files(&keys), ["kek", "keys.toml", "other"]);
}

#[test]
fn a_change_is_on_disk_and_a_draft_left_by_a_crash_is_in_nobodys_way() {
    let mut keys = Keys::new();
    fs::write(keys.folder.path().join("keys.toml.new"), "half a li").unwrap();
    let made = keys.rotate(KeyUse::Trail);
    let read = KeyRing::load(keys.ring.path(), keys.kek()).unwrap();
    let trail: Vec<_> = read.versions().filter(|key| key.purpose == KeyUse::Trail).collect();
    assert_eq!(trail.iter().map(|key| key.state).collect::<Vec<_>>(), [KeyState::Accepted, KeyState::Active]);
    assert_eq!((trail[1], trail[1].created_at, trail[1].version), (made, at(2), 2));
    assert_eq!(files(&keys), ["kek", "keys.toml"]);
}

#[test]
fn of_two_who_change_the_ring_at_once_one_must_read_it_again_and_no_key_is_lost() {
    let mut keys = Keys::new();
    let mut other = KeyRing::load(keys.ring.path(), keys.kek()).unwrap();
    let made = keys.rotate(KeyUse::Seeds);
    let refused = other.announce(&[KeyUse::Seeds], at(2), &SystemEntropy);
    assert!(matches!(refused, Err(KeyFault::ChangedMeanwhile)));
    assert!(KeyRing::load(keys.ring.path(), keys.kek()).unwrap().versions().any(|key| key == made));
}

#[test]
fn only_an_accepted_version_can_be_retired() {
    let mut keys = Keys::new();
    assert!(matches!(keys.ring.retire(&[(KeyUse::Codes, 1)], at(3)), Err(KeyFault::StillActive)));
    assert!(matches!(keys.ring.retire(&[(KeyUse::Codes, 2)], at(3)), Err(KeyFault::NoSuchVersion)));
    keys.rotate(KeyUse::Codes);
    keys.ring.retire(&[(KeyUse::Codes, 1)], at(3)).unwrap();
    assert!(keys.ring.versions().any(|key| key.purpose == KeyUse::Codes && key.state == KeyState::Retired));
}

#[test]
fn the_ring_goes_over_to_another_key_encryption_key_and_what_it_sealed_still_opens() {
    let mut keys = Keys::new();
    let running = keys.vault();
    let sealed = running.seal(KeyUse::Signing, "key/1", b"pem").unwrap();
    keys.rotate(KeyUse::Signing);
    keys.rotate(KeyUse::Memory);
    keys.ring.retire(&[(KeyUse::Memory, 1)], at(3)).unwrap();
    let before: Vec<_> = keys.ring.versions().collect();
    let new = kek(&keys.folder, "new kek");
    keys.ring.rewrap(Arc::clone(&new)).unwrap();
    assert_eq!(files(&keys), ["kek", "keys.toml", "new kek"]);

    assert!(matches!(KeyRing::load(keys.ring.path(), keys.kek()).err(), Some(KeyFault::DoesNotOpen)));
    let mut ring = KeyRing::load(keys.ring.path(), Arc::clone(&new)).unwrap();
    assert_eq!(ring.versions().collect::<Vec<_>>(), before, "each with its life, the retired one too");
    let vault = LocalVault::new(&ring, entropy()).unwrap();
    assert_eq!(**vault.open(KeyUse::Signing, "key/1", &sealed).unwrap(), *b"pem");
    assert_eq!(**running.open(KeyUse::Signing, "key/1", &sealed).unwrap(), *b"pem", "what runs goes on");
    assert!(matches!(ring.rewrap(new), Err(KeyFault::SameKek)));
    // Back again: a retired key, which nothing that runs opens, was wrapped as well as the others.
    ring.rewrap(keys.kek()).unwrap();
    KeyRing::load(keys.ring.path(), keys.kek()).unwrap();
}

/// Wraps another key than it was given, as faulty hardware may.
struct Forgets(Arc<dyn Kek>);

impl Kek for Forgets {
    fn wrap(&self, about: &[u8], _: &KeyBytes) -> Result<Vec<u8>, KeyFault> {
        self.0.wrap(about, &KeyBytes::random(&SystemEntropy)?)
    }

    fn open(&self, about: &[u8], wrapped: &[u8]) -> Result<KeyBytes, KeyFault> {
        self.0.open(about, wrapped)
    }
}

#[test]
fn a_ring_that_is_not_whole_when_it_is_read_back_never_takes_the_place_of_the_one_before() {
    let mut keys = Keys::new();
    fs::write(keys.folder.path().join("keys.toml.new"), "half a li").unwrap();
    let before = fs::read(keys.ring.path()).unwrap();
    let forgets = Arc::new(Forgets(kek(&keys.folder, "new kek")));
    assert!(matches!(keys.ring.rewrap(forgets), Err(KeyFault::Malformed { .. })));
    assert_eq!(fs::read(keys.ring.path()).unwrap(), before);
    assert_eq!(files(&keys), ["kek", "keys.toml", "new kek"], "and no draft of it stays");
    KeyRing::load(keys.ring.path(), keys.kek()).unwrap();
}

#[test]
fn a_ring_behind_its_port_is_wrapped_once_and_whoever_does_it_again_finds_it_done() {
    use usecases::ports::ring::Rewrap as _;
    let keys = Keys::new();
    let new = kek(&keys.folder, "new kek");
    let other = OtherKek::of(&RingOnDisk::of(&keys.ring, entropy()), Arc::clone(&new));
    assert!(other.rewrap().unwrap());
    let wrapped = fs::read(keys.ring.path()).unwrap();
    assert!(!other.rewrap().unwrap(), "it is done");
    assert_eq!(fs::read(keys.ring.path()).unwrap(), wrapped);
    let third = OtherKek::of(&RingOnDisk::of(&keys.ring, entropy()), kek(&keys.folder, "third"));
    assert!(third.rewrap().is_err(), "under a key-encryption key that does not open it nothing is wrapped");
    assert_eq!(fs::read(keys.ring.path()).unwrap(), wrapped);
}

#[test]
fn a_retired_key_does_not_come_back_by_editing_the_file() {
    let mut keys = Keys::new();
    keys.rotate(KeyUse::Memory);
    keys.ring.retire(&[(KeyUse::Memory, 1)], at(3)).unwrap();
    let fault = load_edited(&keys, &[("retired", "accepted")]);
    assert!(matches!(fault, KeyFault::DoesNotOpen));
}

#[test]
fn since_when_a_key_is_in_its_state_is_kept_and_cannot_be_edited() {
    let mut keys = Keys::new();
    keys.rotate(KeyUse::Seeds);
    let read = KeyRing::load(keys.ring.path(), keys.kek()).unwrap();
    let seeds: Vec<_> = read.versions().filter(|key| key.purpose == KeyUse::Seeds).collect();
    assert_eq!(
        seeds.iter().map(|key| (key.created_at, key.since)).collect::<Vec<_>>(),
        [(at(1), at(2)), (at(2), at(2))]
    );
    let (since, sooner) = (format!("since = \"{}\"", at(2)), format!("since = \"{}\"", at(0)));
    assert!(matches!(load_edited(&keys, &[(&since, &sooner)]), KeyFault::DoesNotOpen));
    assert!(matches!(load_edited(&keys, &[(&since, "")]), KeyFault::DoesNotOpen));
}

#[test]
fn every_step_of_a_ring_behind_its_port_is_on_disk_and_can_be_done_again() {
    use usecases::ports::ring::Ring as _;
    let keys = Keys::new();
    let port = RingOnDisk::of(&keys.ring, entropy());
    let states = || {
        let versions = port.versions().unwrap();
        versions
            .into_iter()
            .filter(|key| key.purpose == KeyUse::Codes)
            .map(|key| key.state)
            .collect::<Vec<_>>()
    };
    for _ in 0..2 {
        port.announce(&[KeyUse::Codes], at(2)).unwrap();
        assert_eq!(states(), [KeyState::Active, KeyState::Coming]);
    }
    for _ in 0..2 {
        port.activate(&[KeyUse::Codes], at(3)).unwrap();
        assert_eq!(states(), [KeyState::Accepted, KeyState::Active]);
    }
    for _ in 0..2 {
        port.retire(&[(KeyUse::Codes, 1)], at(4)).unwrap();
        assert_eq!(states(), [KeyState::Retired, KeyState::Active]);
    }
    assert!(port.retire(&[(KeyUse::Codes, 2)], at(4)).is_err());
}

#[test]
fn a_key_taken_for_another_purpose_does_not_open() {
    let swap = [("\"codes\"", "\"x\""), ("\"devices\"", "\"codes\""), ("\"x\"", "\"devices\"")];
    assert!(matches!(load_edited(&Keys::new(), &swap), KeyFault::DoesNotOpen));
}

#[test]
fn a_ring_with_a_gap_or_an_unknown_word_is_refused() {
    let keys = Keys::new();
    let text = fs::read_to_string(keys.ring.path()).unwrap();
    let (with_gap, last) = text.rsplit_once("[[key]]").unwrap();
    let doubled = format!("{text}\n[[key]]{last}");

    assert!(matches!(load_text(&keys, with_gap), KeyFault::NoKey(_)));
    assert!(matches!(load_text(&keys, &doubled), KeyFault::Malformed { .. }));
    fs::write(keys.ring.path(), &text).unwrap();
    for (word, other) in [("format = 1", "format = 2"), ("\"names\"", "\"nicknames\""), ("version", "versio")]
    {
        assert!(matches!(load_edited(&keys, &[(word, other)]), KeyFault::Malformed { .. }), "{word}");
    }
}

/// The fault of a ring whose file was edited; the file is as before afterwards.
fn load_edited(keys: &Keys, edits: &[(&str, &str)]) -> KeyFault {
    let before = fs::read_to_string(keys.ring.path()).unwrap();
    let mut text = before.clone();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let fault = load_text(keys, &text);
    fs::write(keys.ring.path(), before).unwrap();
    fault
}

fn load_text(keys: &Keys, text: &str) -> KeyFault {
    fs::write(keys.ring.path(), text).unwrap();
    KeyRing::load(keys.ring.path(), keys.kek()).unwrap_err()
}

fn files(keys: &Keys) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(keys.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_ring_made_before_a_purpose_existed_gets_its_first_key_and_keeps_the_others() {
    let keys = Keys::new();
    let text = fs::read_to_string(keys.ring.path()).unwrap();
    let blocks: Vec<&str> = text.split("[[key]]").collect();
    let older: Vec<&str> =
        blocks.iter().copied().filter(|block| !block.contains("purpose = \"outside\"")).collect();
    assert_eq!(older.len() + 1, blocks.len());
    fs::write(keys.ring.path(), older.join("[[key]]")).unwrap();
    assert!(KeyRing::load(keys.ring.path(), keys.kek()).is_err(), "a gap is refused");
    let before: Vec<_> = keys.ring.versions().filter(|key| key.purpose != KeyUse::Outside).collect();
    let incomplete = fs::read(keys.ring.path()).unwrap();
    let other = kek(&keys.folder, "other kek");
    let refused = KeyRing::complete(keys.ring.path(), other, at(5), &SystemEntropy);
    assert!(matches!(refused.err(), Some(KeyFault::DoesNotOpen)));
    assert_eq!(fs::read(keys.ring.path()).unwrap(), incomplete, "no key comes in under another one");
    let complete = KeyRing::complete(keys.ring.path(), keys.kek(), at(5), &SystemEntropy).unwrap();
    let (new, others): (Vec<_>, Vec<_>) = complete.versions().partition(|key| key.purpose == KeyUse::Outside);
    assert_eq!((new.len(), others), (1, before));
    let again = fs::read(keys.ring.path()).unwrap();
    KeyRing::complete(keys.ring.path(), keys.kek(), at(6), &SystemEntropy).unwrap();
    assert_eq!(fs::read(keys.ring.path()).unwrap(), again, "what is there stays");
}

//! An export proves itself with nothing but the public key: to our own verifier, and to one in Python that shares no code
//! with it. Both say the same of good exports and of bad ones.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot begin must fail")]

use audit::{CheckpointFile, Sound, Unsound, verify_export};
use domain::audit::checkpoint::{GivenUp, Note, PublicKey, Seal, origin, standing};
use domain::audit::{EventKind, Follower, Hash, Row, Tampered};
use domain::hr::HrLine;
use domain::{SignedDuration, Timestamp};
use keys::{Ed25519, KekSource, KeyRing, LocalVault, SystemEntropy};
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;
use testkit::{PlainOutside, Rig, day, hr};
use usecases::approve_erasure::approve_erasure;
use usecases::checkpoint_trail::{Signed, checkpoint_trail};
use usecases::checkpoints::read_lines;
use usecases::export_trail::format::{Closing, EmptiedLine, Left, Line};
use usecases::export_trail::{NotExported, Which, export_trail};
use usecases::keep_checkpoints::keep_checkpoints;
use usecases::keep_retention::keep_retention;
use usecases::ports::store::Stamp;
use usecases::ports::vault::{KeyUse, Vault};
use usecases::propose_erasure::propose_erasure;
use usecases::{Operator, Reason};

testkit::on_both! {
    a_whole_export_and_one_of_a_few_days_are_sound_to_both_verifiers
    an_export_across_emptied_rows_is_sound_to_both_verifiers_and_no_row_may_be_empty_before_its_time
    a_restored_trail_that_says_what_it_gave_up_is_sound_to_both_verifiers
}

const A_DAY: SignedDuration = SignedDuration::from_hours(24);

struct House {
    rig: Rig,
    folder: TempDir,
    keys: Vec<PublicKey>,
}

impl House {
    async fn new() -> Self {
        Self::on(Rig::on_sqlite().await).await
    }

    /// With real keys; 36 rows under three checkpoints in a real file.
    async fn on(rig: Rig) -> Self {
        let folder = TempDir::new().unwrap();
        let vault = vault(folder.path());
        let keys = vault.public_keys(KeyUse::Checkpoints).unwrap();
        let file = CheckpointFile::at(folder.path().join("checkpoints"));
        let rig = rig.with_checkpoints(Arc::new(file)).under(vault, Arc::new(Ed25519));
        let house = Self { rig, folder, keys };
        for part in 0..3 {
            house.rig.import((part * 5..part * 5 + 5).map(hr::line).collect()).await.unwrap();
            house.rig.sequence().await;
            house.rig.clock.advance(A_DAY);
            keep_checkpoints(&house.rig.cx()).await.unwrap();
        }
        house.write_keys();
        house
    }

    /// What whoever verifies is given.
    fn write_keys(&self) {
        let keys: String = self.keys.iter().map(keys::public::to_pem).collect();
        std::fs::write(self.path("keys.pem"), keys).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn export(&self, which: Which) -> String {
        let by = Operator { name: "ops1".into(), reason: Reason::new("the auditor asked").unwrap() };
        let mut bytes = Vec::new();
        export_trail(&self.rig.cx(), &by, which, &mut bytes).await.unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn ours(&self, export: &str) -> Result<Sound, Unsound> {
        let text = std::fs::read_to_string(self.path("checkpoints")).unwrap();
        let outside = read_lines(&text, &self.keys, &Ed25519)
            .map_err(|line| Unsound::Tampered(Tampered::Forged { line }))?;
        verify_export(export.as_bytes(), &self.keys, &Ed25519, &standing(outside).0)
    }

    /// What Python says: whether it is sound, and its words.
    fn theirs(&self, export: &str) -> (bool, String) {
        std::fs::write(self.path("export"), export).unwrap();
        let said = Command::new(python())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify_trail.py"))
            .args([self.path("export"), self.path("keys.pem"), self.path("checkpoints")])
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(
            matches!(said.status.code(), Some(0 | 3)),
            "{words}{}",
            String::from_utf8_lossy(&said.stderr)
        );
        (said.status.success(), words)
    }

    #[track_caller]
    fn both_take(&self, export: &str) -> Sound {
        let ours = self.ours(export).unwrap();
        let (sound, words) = self.theirs(export);
        assert!(sound, "{words}");
        ours
    }

    #[track_caller]
    fn both_refuse(&self, what: &str, export: &str) {
        let ours = self.ours(export);
        assert!(ours.is_err(), "{what}: {ours:?}");
        let (sound, words) = self.theirs(export);
        assert!(!sound, "{what}: {words}");
    }
}

impl House {
    /// These lines without the last, closed by this house's own seal: as only somebody with its keys could.
    fn resealed(&self, lines: &[String]) -> String {
        let (_, all) = lines.split_last().unwrap();
        let body = joined(all);
        let header: serde_json::Value = serde_json::from_str(&all[0]).unwrap();
        let place = |name: &str| header[name].as_u64().unwrap();
        let seal = Seal {
            origin: origin(&self.rig.house.policy.public_url),
            from: place("from"),
            to: place("to"),
            digest: Hash(Sha256::digest(&body).into()),
            at: self.rig.cx().now,
        };
        let text = seal.text();
        let (key, signature) = self.rig.house.vault.sign(KeyUse::Checkpoints, text.as_bytes()).unwrap();
        let note = Note::signed(text, &seal.origin, &key, signature).written();
        body + &serde_json::to_string(&Closing::Seal(note)).unwrap() + "\n"
    }
}

fn vault(folder: &Path) -> Arc<dyn Vault> {
    let kek = KekSource::bare_file(folder.join("kek"), Stamp::Demo).unwrap();
    let kek = kek.create(Arc::new(SystemEntropy)).unwrap();
    let at = Timestamp::UNIX_EPOCH;
    let ring = KeyRing::create(folder.join("keys.toml"), kek, at, &SystemEntropy).unwrap();
    Arc::new(LocalVault::new(&ring, Arc::new(SystemEntropy)).unwrap())
}

/// The second verifier's Python, made when it is missing.
fn python() -> &'static PathBuf {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let made = Command::new(here.join("../../scripts/python-env"))
            .arg(here.join("tests/requirements.txt"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        PathBuf::from(String::from_utf8(made.stdout).unwrap().trim())
    })
}

fn lines(export: &str) -> Vec<String> {
    export.lines().map(str::to_owned).collect()
}

fn joined(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |all, line| all + line + "\n")
}

/// The `n`-th row's line with one word for another.
fn with(export: &str, n: usize, from: &str, to: &str) -> String {
    let mut lines = lines(export);
    assert!(lines[n].contains(from), "{from} is not in {}", lines[n]);
    lines[n] = lines[n].replacen(from, to, 1);
    joined(&lines)
}

async fn a_whole_export_and_one_of_a_few_days_are_sound_to_both_verifiers(rig: Rig) {
    let house = House::on(rig).await;
    let all = house.both_take(&house.export(Which::All).await);
    assert_eq!((all.from, all.to, all.checkpoint.number, all.agreed), (1, all.checkpoint.size, 3, 3));
    // The second day alone: something before it, something behind it.
    let day: Timestamp = "2026-11-03T00:00:00Z".parse().unwrap();
    let part = house.export(Which::Between(day, "2026-11-04T00:00:00Z".parse().unwrap())).await;
    let part = house.both_take(&part);
    assert!(part.from > 1 && part.to < part.checkpoint.size, "{part:?}");
    assert_eq!(house.rig.events(EventKind::TrailExported).await, 2, "and that leaves events");
}

#[tokio::test]
async fn whatever_is_done_to_an_export_both_verifiers_refuse_it() {
    let house = House::new().await;
    let good = house.export(Which::All).await;
    let (all, rows) = (lines(&good), lines(&good).len() - 3);
    let changed = |what: &str, at: usize, from: &str, to: &str| {
        house.both_refuse(what, &with(&good, at, from, to));
    };
    changed("a fact", 3, "\"facts\":\"{", "\"facts\":\"{ ");
    changed("a kind", 2, "feed.person", "feed.refused");
    changed("an actor", 2, "ops1", "ops2");
    changed("a time", 2, "2026-11-02T08:00:00.000000Z", "2026-11-02T08:00:00.000001Z");
    changed("a time written otherwise", 2, "2026-11-02T08:00:00.000000Z", "2026-11-02T09:00:00.000000+01:00");
    changed("a lane", 4, "\"lane\":1", "\"lane\":2");
    changed("a counter", 4, "\"number\":", "\"number\":1");
    changed("a MAC", rows, "\"mac\":\"", "\"mac\":\"00");
    changed("the size", 0, "\"size\":", "\"size\":1");
    changed("the origin", 0, "login.nordby", "login.sydby");
    for (what, at) in [("the first row", 1), ("one in the middle", 9), ("the last row", rows)] {
        let mut left = all.clone();
        left.remove(at);
        house.both_refuse(what, &joined(&left));
        let to = format!("\"to\":{rows},");
        left[0] = left[0].replace(&to, &format!("\"to\":{},", rows - 1));
        house.both_refuse(what, &joined(&left));
    }
    let mut swapped = all.clone();
    swapped.swap(4, 5);
    house.both_refuse("two rows that changed places", &joined(&swapped));
    let mut twice = all.clone();
    twice.insert(4, all[4].clone());
    house.both_refuse("a row that is there twice", &joined(&twice));
    house.both_refuse("cut off", &joined(&all[..all.len() - 1]));
    house.both_refuse("half a line", good.trim_end());
    house.both_refuse("something behind the seal", &format!("{good}{}\n", all[1]));
    house.both_refuse("the same content under other spaces", &with(&good, 2, ",\"kind\"", ", \"kind\""));
    house.both_refuse("nothing", "");
}

async fn an_export_across_emptied_rows_is_sound_to_both_verifiers_and_no_row_may_be_empty_before_its_time(
    rig: Rig,
) {
    let house = House::on(rig).await;
    // Five years after the second of its three days.
    house.rig.clock.set("2031-11-04T08:00:00Z");
    keep_retention(&house.rig.cx()).await.unwrap().unwrap();
    house.rig.sequence().await;
    keep_checkpoints(&house.rig.cx()).await.unwrap();
    let good = house.export(Which::All).await;
    house.both_take(&good);
    let all = lines(&good);
    let emptied = all.iter().filter(|line| line.starts_with(r#"{"emptied":"#)).count();
    assert!(emptied > 20 && !good.contains(r#"{"rule":"#), "{emptied}; the rule is one of its rows");
    assert_eq!(house.both_take(&house.resealed(&all)).to, house.both_take(&good).to);

    // A row of the third day: what would be left of it proves that it is too young.
    let at = all.iter().position(|line| line.contains(r#""at":"2026-11-04T"#)).unwrap();
    let (link, row) = serde_json::from_str::<Line<'_>>(&all[at]).unwrap().read().unwrap();
    let left = row.emptied().unwrap();
    let mut young = all.clone();
    young[at] = serde_json::to_string(&EmptiedLine { emptied: Left::of(&link, &left) }).unwrap();
    let refused = house.resealed(&young);
    let named = Tampered::Emptied { place: link.place };
    assert!(matches!(house.ours(&refused), Err(Unsound::Tampered(it)) if it == named));
    house.both_refuse("emptied before its time", &refused);
    let mut older = young.clone();
    older[at] = older[at].replace("2026-11-04T", "2026-11-01T");
    house.both_refuse("with an older time written over it", &house.resealed(&older));

    // The first two days alone: the rule that took them stands outside, with what shows that it is in the trail.
    let days =
        Which::Between("2026-11-02T00:00:00Z".parse().unwrap(), "2026-11-04T00:00:00Z".parse().unwrap());
    let part = house.export(days).await;
    house.both_take(&part);
    let mut without = lines(&part);
    let rule = without.iter().position(|line| line.starts_with(r#"{"rule":"#)).unwrap();
    let stated = without.remove(rule);
    house.both_refuse("without a rule", &house.resealed(&without));
    without.insert(rule, stated.replace("2026-11-04T", "2026-11-05T"));
    house.both_refuse("with another rule", &house.resealed(&without));
}

/// So many rows the newest checkpoint in the database stands for.
async fn signed_for(rig: &Rig) -> u64 {
    rig.look().await.last_checkpoint().await.unwrap().unwrap().tree.size()
}

async fn a_restored_trail_that_says_what_it_gave_up_is_sound_to_both_verifiers(rig: Rig) {
    let House { rig, folder, mut keys } = House::on(rig).await;
    let (backup, kept) = (rig.backup().await, signed_for(&rig).await);
    rig.import(vec![hr::line(90)]).await.unwrap();
    rig.sequence().await;
    rig.clock.advance(A_DAY);
    assert!(keep_checkpoints(&rig.cx()).await.unwrap().signed);
    let lost = signed_for(&rig).await;
    assert!(lost > kept);
    let rig = rig.moved_to(backup, Arc::new(PlainOutside::default()));
    rig.clock.advance(A_DAY);
    let owned_up = checkpoint_trail(&rig.cx(), Some((GivenUp { kept, lost }, 5))).await.unwrap();
    assert!(matches!(owned_up, Signed::Made(..)), "{owned_up:?}");
    assert_eq!(keep_checkpoints(&rig.cx()).await.unwrap().apart, None);
    // An older key of the house is given along with the one that signed.
    let older = TempDir::new().unwrap();
    keys.insert(0, vault(older.path()).public_keys(KeyUse::Checkpoints).unwrap()[0]);
    let house = House { rig, folder, keys };
    house.write_keys();
    let good = house.export(Which::All).await;
    assert_eq!(house.both_take(&good).agreed, 4, "all but the one that was given up");
    let file = house.path("checkpoints");
    let all = std::fs::read_to_string(&file).unwrap();
    let before: String = all.split_inclusive('\n').take(4).collect();
    std::fs::write(&file, before).unwrap();
    house.both_refuse("before it owned up", &good);
    let more = all.replacen(&format!("given-up {kept} "), &format!("given-up {} ", kept - 1), 1);
    assert_ne!(more, all);
    std::fs::write(&file, more).unwrap();
    house.both_refuse("as if it gave up more", &good);
}

#[tokio::test]
async fn an_export_made_after_an_erasure_is_sound_to_both_verifiers_and_names_her_by_an_id_alone() {
    let house = House::new().await;
    let rig = &house.rig;
    let (person, line) = (rig.person(3).await.id, hr::line(3));
    rig.import(vec![HrLine { ends_on: Some(day("2026-11-01")), ..hr::line(3) }]).await.unwrap();
    while rig.sequence().await > 0 {}
    rig.clock.set("2031-12-10T08:00:00Z");
    keep_retention(&rig.cx()).await.unwrap().unwrap();
    propose_erasure(&rig.cx(), &hr::operator("ops1"), &line.user_name).await.unwrap();
    assert_eq!(approve_erasure(&rig.cx(), &hr::operator("ops2"), &line.user_name).await.unwrap(), person);
    while rig.sequence().await > 0 {}
    assert!(keep_checkpoints(&rig.cx()).await.unwrap().signed);
    let good = house.export(Which::All).await;
    assert_eq!(house.both_take(&good).agreed, 4);
    // What tells of her erasure is there, sealed under a key that is gone; nothing else says who she was.
    let all = lines(&good);
    let erased = format!("\"kind\":\"{}\"", EventKind::PersonErased.word());
    let at = all.iter().position(|it| it.contains(&erased)).unwrap();
    assert!(all[at].contains(&person.to_string()), "{}", all[at]);
    assert!(rig.look().await.trail_key_of(person).await.unwrap().is_none());
    let mails = [&line.contact.work_mail, &line.contact.private_mail].map(|it| it.as_ref().unwrap().as_str());
    for hers in [line.family_name.as_str(), hr::cpr(3).as_str()].into_iter().chain(mails) {
        assert!(!good.contains(hers), "{hers}");
    }
    let somebody = rig.person(4).await.id.to_string();
    house.both_refuse("another one erased", &with(&good, at, &person.to_string(), &somebody));
    let mut without = all.clone();
    without.remove(at);
    house.both_refuse("as if nobody was erased", &house.resealed(&without));
}

#[tokio::test]
async fn a_rule_that_the_house_did_not_write_takes_no_row_out_of_an_export() {
    let house = House::new().await;
    let mut tx = house.rig.house.store.begin("test").await.unwrap();
    let (_, row) = tx.chained_after(3, 1).await.unwrap().pop().unwrap();
    let row = row.unwrap();
    // Ten years from now, by a rule any house may have: only its MAC is wrong.
    let facts = r#"{"before":"2030-01-01T00:00:00.000000Z","category":"central","rows":"1"}"#;
    let id = "00000000-0000-7000-8000-000000000001".parse().unwrap();
    let at = "2036-01-01T00:00:00Z".parse().unwrap();
    let kind = "trail.expired".to_owned();
    let rule = Row { id, at, kind, facts: facts.to_owned(), origin: None, ..row.clone() };
    tx.append(&rule).await.unwrap();
    // The sequencer gives it no place; whoever owns the database can.
    let (place, hash) = tx.chain_end().await.unwrap();
    tx.chain(&[Follower::at(place, hash).append(&rule)]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!keep_checkpoints(&house.rig.cx()).await.unwrap().signed, "nothing is signed over it");
    house.ours(&house.export(Which::All).await).unwrap();
    house.rig.unguard_the_trail().await;
    let mut tx = house.rig.house.store.begin("test").await.unwrap();
    tx.empty_rows(id, &[row.emptied().unwrap()]).await.unwrap();
    tx.commit().await.unwrap();
    let by = Operator { name: "ops1".into(), reason: Reason::new("the auditor asked").unwrap() };
    let none = export_trail(&house.rig.cx(), &by, Which::All, &mut Vec::new()).await;
    assert!(matches!(none, Err(NotExported::Unsettled)), "{none:?}");
}

#[tokio::test]
async fn an_export_under_another_key_or_of_a_database_that_was_rolled_back_is_refused() {
    let house = House::new().await;
    let other = House::new().await;
    house.both_refuse("another house's keys", &other.export(Which::All).await);
    // What an older backup says of itself is sound, until it is held against what was kept outside.
    let early = house.export(Which::All).await;
    house.rig.clock.set("2026-11-05T07:00:00Z");
    house.rig.import(vec![hr::line(90)]).await.unwrap();
    house.rig.sequence().await;
    keep_checkpoints(&house.rig.cx()).await.unwrap();
    assert!(matches!(house.ours(&early), Err(Unsound::Tampered(Tampered::Short { number: 4, .. }))));
    let (sound, words) = house.theirs(&early);
    assert!(!sound && words.contains("checkpoint 4 stands for"), "{words}");
    let text = std::fs::read_to_string(house.path("checkpoints")).unwrap();
    std::fs::write(house.path("checkpoints"), text.replacen("number 2", "number 3", 1)).unwrap();
    house.both_refuse("a checkpoint that was changed outside", &house.export(Which::All).await);
}

#[tokio::test]
async fn days_without_rows_and_a_trail_without_checkpoints_are_said_and_not_written() {
    let house = House::new().await;
    let by = Operator { name: "ops1".into(), reason: Reason::new("the auditor asked").unwrap() };
    let never = Which::Between(Timestamp::UNIX_EPOCH, "1999-01-01T00:00:00Z".parse().unwrap());
    let none = export_trail(&house.rig.cx(), &by, never, &mut Vec::new()).await;
    assert!(matches!(none, Err(NotExported::Nothing)), "{none:?}");
    let fresh = Rig::on_sqlite().await;
    let none = export_trail(&fresh.cx(), &by, Which::All, &mut Vec::new()).await;
    assert!(matches!(none, Err(NotExported::NoCheckpoint)), "{none:?}");
}

/// A disk that is full when the seal is to be written.
#[derive(Default)]
struct Full(Vec<u8>);

impl Write for Full {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if line.starts_with(br#"{"seal":"#) {
            return Err(io::Error::other("it is full"));
        }
        self.0.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_export_is_sealed_before_the_trail_tells_of_it() {
    let house = House::new().await;
    let mut file = Full::default();
    let by = Operator { name: "ops1".into(), reason: Reason::new("the auditor asked").unwrap() };
    let broke = export_trail(&house.rig.cx(), &by, Which::All, &mut file).await;
    assert!(matches!(broke, Err(NotExported::File(_))), "{broke:?}");
    assert_eq!(house.rig.events(EventKind::TrailExported).await, 1, "its rows were read all the same");
    let unsealed = String::from_utf8(file.0).unwrap();
    assert!(unsealed.contains("feed.person"));
    house.both_refuse("without its seal", &unsealed);
}

#[tokio::test]
async fn openssl_alone_checks_the_signature_of_a_checkpoint() {
    let house = House::new().await;
    let text = std::fs::read_to_string(house.path("checkpoints")).unwrap();
    let note = usecases::checkpoints::note(text.lines().last().unwrap()).unwrap();
    let note = Note::read(&note).unwrap();
    std::fs::write(house.path("text"), &note.text).unwrap();
    std::fs::write(house.path("signature"), note.signatures[0].2).unwrap();
    let verdict = Command::new("openssl")
        .args(["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey"])
        .arg(house.path("keys.pem"))
        .arg("-in")
        .arg(house.path("text"))
        .arg("-sigfile")
        .arg(house.path("signature"))
        .output()
        .unwrap();
    assert!(verdict.status.success(), "{}", String::from_utf8_lossy(&verdict.stderr));
}

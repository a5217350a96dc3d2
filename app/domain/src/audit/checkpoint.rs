//! What is signed of the trail and kept outside the database: how many rows there are, and the one hash that stands for
//! all of them (a signed tree head, RFC 6962, 3.5).
//!
//! The text is a signed note (C2SP, `signed-note` and `tlog-checkpoint`): readable by people, and checked by any tool
//! that knows Ed25519. An export is closed by a note too; its first line cannot be an [`Checkpoint::origin`], so neither
//! passes for the other.

use super::{Hash, tree};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// A public key: Ed25519 (RFC 8032).
pub type PublicKey = [u8; 32];
/// A signature: Ed25519 (RFC 8032).
pub type Signature = [u8; 64];

/// What stands before a name in a note's last lines.
const DASH: &str = "\u{2014} ";
/// How the text of an export's seal begins.
const SEAL: &str = "nsis-id export 1";

/// A state of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which trail: the public address without its scheme, and `/trail`. No space, no plus.
    pub origin: String,
    /// How many rows.
    pub size: u64,
    /// The tree's root over them.
    pub root: Hash,
    /// Counts checkpoints from one.
    pub number: u64,
    /// When it was made.
    pub at: Timestamp,
    /// Said once by the first one after a restored backup took the place of a database.
    pub given_up: Option<GivenUp>,
}

/// After a restore: of an older trail all rows behind `kept` are given up, up to the `lost`-th.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// How many rows both have.
    pub kept: u64,
    /// How many rows there once were.
    pub lost: u64,
}

/// The name of a trail, from the address people know.
pub fn origin(public_url: &str) -> String {
    let bare = public_url.trim_start_matches("https://").trim_start_matches("http://");
    format!("{}/trail", bare.replace([' ', '+'], "-"))
}

impl Checkpoint {
    /// What is signed.
    pub fn text(&self) -> String {
        let given_up = self.given_up.map(|it| format!("given-up {} {}\n", it.kept, it.lost));
        format!(
            "{}\n{}\n{}\nnumber {}\nat {}\n{}",
            self.origin,
            self.size,
            STANDARD.encode(self.root.0),
            self.number,
            instant(self.at),
            given_up.unwrap_or_default()
        )
    }

    /// Reads what was signed; none when it is anything else, or not written as [`Checkpoint::text`] writes it.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let mut named = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
        let (number, at) = (named("number")?.parse().ok()?, named("at")?.parse().ok()?);
        let given_up = match named("given-up") {
            None => None,
            Some(both) => {
                let (kept, lost) = both.split_once(' ')?;
                Some(GivenUp { kept: kept.parse().ok()?, lost: lost.parse().ok()? })
            }
        };
        let root = Hash(STANDARD.decode(root).ok()?.try_into().ok()?);
        let size = size.parse().ok()?;
        let read = Self { origin: origin.to_owned(), size, root, number, at, given_up };
        (read.text() == text && !read.origin.contains(' ')).then_some(read)
    }
}

/// The seal of an export: which places, and the SHA-256 of every line before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Which trail.
    pub origin: String,
    /// The first place.
    pub from: u64,
    /// The last place; one less than `from` where there is none.
    pub to: u64,
    /// The digest.
    pub digest: Hash,
    /// When the export was made.
    pub at: Timestamp,
}

impl Seal {
    /// What is signed.
    pub fn text(&self) -> String {
        format!(
            "{SEAL}\n{}\nplaces {} {}\nsha256 {}\nat {}\n",
            self.origin,
            self.from,
            self.to,
            STANDARD.encode(self.digest.0),
            instant(self.at)
        )
    }

    /// Reads what was signed.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().skip(1);
        let origin = lines.next()?.to_owned();
        let mut named = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let (from, to) = named("places")?.split_once(' ')?;
        let digest = Hash(STANDARD.decode(named("sha256")?).ok()?.try_into().ok()?);
        let at = named("at")?.parse().ok()?;
        let read = Self { origin, from: from.parse().ok()?, to: to.parse().ok()?, digest, at };
        (read.text() == text).then_some(read)
    }
}

/// To the microsecond, always written alike.
pub fn instant(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// A text with signatures below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What is signed, with the end of its last line.
    pub text: String,
    /// By whom: name, key id, signature.
    pub signatures: Vec<(String, [u8; 4], Signature)>,
}

impl Note {
    /// Signed by one.
    pub fn signed(text: String, name: &str, key: &PublicKey, signature: Signature) -> Self {
        Self { text, signatures: vec![(name.to_owned(), key_id(name, key), signature)] }
    }

    /// As it is kept and shown.
    pub fn written(&self) -> String {
        let line = |(name, id, signature): &(String, [u8; 4], Signature)| {
            format!("{DASH}{name} {}\n", STANDARD.encode([&id[..], signature].concat()))
        };
        format!("{}\n{}", self.text, self.signatures.iter().map(line).collect::<String>())
    }

    /// Reads what [`Note::written`] wrote.
    pub fn read(written: &str) -> Option<Self> {
        let (text, below) = written.rsplit_once("\n\n")?;
        let signatures = below.lines().map(signature).collect::<Option<Vec<_>>>()?;
        let note = Self { text: format!("{text}\n"), signatures };
        (!note.signatures.is_empty() && note.written() == written).then_some(note)
    }

    /// Whether one of these keys signed it; `holds` compares key, text and signature.
    pub fn is_signed_by(
        &self,
        keys: &[PublicKey],
        holds: impl Fn(&PublicKey, &[u8], &Signature) -> bool,
    ) -> bool {
        let by = |key: &PublicKey| {
            self.signatures.iter().any(|(name, id, signature)| {
                key_id(name, key) == *id && holds(key, self.text.as_bytes(), signature)
            })
        };
        keys.iter().any(by)
    }
}

fn signature(line: &str) -> Option<(String, [u8; 4], Signature)> {
    let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    Some((name.to_owned(), *id, signature.try_into().ok()?))
}

/// Tells keys of one name apart; 1 stands for Ed25519 (C2SP, `signed-note`).
fn key_id(name: &str, key: &PublicKey) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', 1]).chain_update(key).finalize();
    hash.first_chunk().copied().unwrap_or_default()
}

/// Reads checkpoints one a line, as they are kept outside: JSON with a note in it, made of lines already taken out of
/// their JSON. The line of the first that is none, or that no given key signed, is told.
pub fn read_all<'a>(
    notes: impl IntoIterator<Item = Option<&'a str>>,
    keys: &[PublicKey],
    holds: impl Fn(&PublicKey, &[u8], &Signature) -> bool,
) -> Result<Vec<Checkpoint>, u64> {
    let mut all = Vec::<Checkpoint>::new();
    for (line, note) in (1_u64..).zip(notes) {
        let note = note.and_then(Note::read).filter(|note| note.is_signed_by(keys, &holds)).ok_or(line)?;
        let checkpoint = Checkpoint::read(&note.text).ok_or(line)?;
        let follows = all.last().is_none_or(|last| {
            last.number < checkpoint.number
                && last.origin == checkpoint.origin
                && (last.size <= checkpoint.size || checkpoint.given_up.is_some())
        });
        all.push(if follows { checkpoint } else { return Err(line) });
    }
    Ok(all)
}

/// Of checkpoints in the order they were written those that still count: what was given up after a restore is left out,
/// and told besides.
pub fn standing(all: Vec<Checkpoint>) -> (Vec<Checkpoint>, Vec<Checkpoint>) {
    let (mut stand, mut restores) = (Vec::<Checkpoint>::new(), Vec::new());
    for checkpoint in all {
        if let Some(given_up) = checkpoint.given_up {
            stand.retain(|it| it.size <= given_up.kept);
            restores.push(checkpoint.clone());
        }
        stand.push(checkpoint);
    }
    (stand, restores)
}

/// The root of a trail without rows, for the first checkpoint of all.
pub fn nothing() -> Hash {
    tree::empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            origin: origin("https://login.nordby.example"),
            size: 1201,
            root: Hash([7; 32]),
            number: 17,
            at: "2026-11-02T08:00:00.5Z".parse().unwrap(),
            given_up: None,
        }
    }

    fn sign(text: &[u8]) -> Signature {
        let hash: [u8; 32] = Sha256::digest(text).into();
        [hash, hash].concat().try_into().unwrap()
    }

    #[test]
    fn a_checkpoint_reads_as_it_was_written_and_no_other_way() {
        let written = checkpoint();
        let text = written.text();
        assert_eq!(
            text,
            "login.nordby.example/trail\n1201\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\nnumber 17\nat 2026-11-02T08:00:00.500000Z\n"
        );
        assert_eq!(Checkpoint::read(&text), Some(written.clone()));
        let restored = Checkpoint { given_up: Some(GivenUp { kept: 900, lost: 1300 }), ..written };
        assert_eq!(Checkpoint::read(&restored.text()), Some(restored));
        for bad in [
            text.replace("1201", "01201"),
            text.replace("17", "+17"),
            format!("{text}more\n"),
            text.replace(".500000", ".5"),
        ] {
            assert_eq!(Checkpoint::read(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_note_is_signed_by_the_key_it_names_and_covers_every_byte() {
        let key = [3; 32];
        let text = checkpoint().text();
        let note = Note::signed(text.clone(), "login.nordby.example/trail", &key, sign(text.as_bytes()));
        let read = Note::read(&note.written()).unwrap();
        assert_eq!(read, note);
        let holds = |_: &PublicKey, text: &[u8], signature: &Signature| *signature == sign(text);
        assert!(read.is_signed_by(&[[9; 32], key], holds));
        assert!(!read.is_signed_by(&[[9; 32]], holds), "another key");
        let changed = Note { text: text.replace("1201", "1200"), ..read };
        assert!(!changed.is_signed_by(&[key], holds));
        assert_eq!(Note::read(&text), None, "nobody signed");
    }

    #[test]
    fn a_seal_is_no_checkpoint_and_a_checkpoint_no_seal() {
        let seal =
            Seal { origin: "a/trail".into(), from: 1, to: 9, digest: Hash([1; 32]), at: checkpoint().at };
        assert_eq!(Seal::read(&seal.text()), Some(seal.clone()));
        assert_eq!(Checkpoint::read(&seal.text()), None);
        assert_eq!(Seal::read(&checkpoint().text()), None);
        assert_eq!(Seal::read(&seal.text().replace("places 1 9", "places 1 8 9")), None);
    }

    #[test]
    fn what_a_restore_gave_up_counts_no_more_and_is_told() {
        let of = |number, size, given_up| Checkpoint { size, number, given_up, ..checkpoint() };
        let fourth = of(4, 210, Some(GivenUp { kept: 100, lost: 300 }));
        let (stand, restores) = standing(vec![
            of(1, 100, None),
            of(2, 200, None),
            of(3, 300, None),
            fourth.clone(),
            of(5, 250, None),
        ]);
        assert_eq!(stand.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 4, 5]);
        assert_eq!(restores, [fourth]);
    }
}

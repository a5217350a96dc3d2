//! Verifying an export with nothing but public keys: no database, no key ring, no network.

use domain::SignedDuration;
use domain::audit::checkpoint::{Checkpoint, Note, PublicKey, Seal};
use domain::audit::tree::{Frontier, cover, sum};
use domain::audit::{Hash, Tampered, Walk};
use sha2::{Digest as _, Sha256};
use std::io::{self, BufRead};
use usecases::export_trail::format::{Closing, Header, Line, NAME};
use usecases::ports::vault::Signatures;

/// A checkpoint may be made while an export is being written, and another machine's clock may be a little ahead.
const GRACE: SignedDuration = SignedDuration::from_mins(10);

/// What an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// The first place.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// The checkpoint it adds up to.
    pub checkpoint: Checkpoint,
    /// How many other checkpoints agreed.
    pub agreed: usize,
    /// The seal: which trail, when it was made.
    pub seal: Seal,
}

/// Why an export was not found sound.
#[derive(Debug, thiserror::Error)]
pub enum Unsound {
    /// It was tampered with.
    #[error(transparent)]
    Tampered(#[from] Tampered),
    /// It cannot be read.
    #[error("the export cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// Verifies every row, the checkpoint, the seal, and that whatever checkpoints were kept outside agree.
///
/// # Errors
/// [`Unsound`], with the first place that is wrong.
pub fn verify_export(
    mut file: impl BufRead,
    keys: &[PublicKey],
    signatures: &dyn Signatures,
    outside: &[Checkpoint],
) -> Result<Sound, Unsound> {
    let mut reader = Reader { digest: Sha256::new(), line: 0, text: Vec::new() };
    let header: Header = reader.next(&mut file)?;
    let tree = start(&header).ok_or(Tampered::Garbled { line: 1 })?;
    let within = |it: &&Checkpoint| it.size >= header.from.saturating_sub(1) && it.size <= header.to;
    let compared: Vec<Checkpoint> = outside.iter().filter(within).cloned().collect();
    let mut walk = match header.from {
        1 => Walk::from_the_start(compared),
        _ => Walk::from_place(header.chain, tree, compared),
    };
    for _ in header.from..=header.to {
        let read = reader.next::<Line<'_>>(&mut file)?.read();
        let (link, row) = read.ok_or(Tampered::Garbled { line: reader.line })?;
        walk.step(&link, Some(&row), true)?;
    }
    walk.end()?;
    close(reader, &mut file, keys, signatures, &header, &walk, outside)
}

fn start(header: &Header) -> Option<Frontier> {
    let fits = header.format == NAME
        && header.from >= 1
        && header.from <= header.to
        && header.to <= header.size
        && header.after.len() == cover(header.to, header.size).len()
        && (header.from > 1 || header.chain == Hash::START);
    if fits { Frontier::of(header.from - 1, header.before.clone()) } else { None }
}

fn close(
    mut reader: Reader,
    file: &mut impl BufRead,
    keys: &[PublicKey],
    signatures: &dyn Signatures,
    header: &Header,
    walk: &Walk,
    outside: &[Checkpoint],
) -> Result<Sound, Unsound> {
    let holds = |key: &PublicKey, data: &[u8], by: &_| signatures.holds(key, data, by);
    let Closing::Checkpoint(note) = reader.next(file)? else {
        return Err(Tampered::Garbled { line: reader.line }.into());
    };
    let line = reader.line;
    let signed = Note::read(&note).filter(|note| note.is_signed_by(keys, holds));
    let checkpoint = signed.and_then(|note| Checkpoint::read(&note.text)).ok_or(Tampered::Forged { line })?;
    let root = root(walk.tree(), header).ok_or(Tampered::Garbled { line: 1 })?;
    if (checkpoint.size, checkpoint.root) != (header.size, root) || checkpoint.origin != header.origin {
        let (number, from, to) = (checkpoint.number, header.from, header.to);
        return Err(Tampered::Unlike { number, from, to }.into());
    }
    let digest = Hash(reader.digest.clone().finalize().into());
    let Closing::Seal(note) = reader.next(file)? else { return Err(Tampered::Unsealed.into()) };
    let seal = Note::read(&note)
        .filter(|note| note.is_signed_by(keys, holds))
        .and_then(|note| Seal::read(&note.text))
        .filter(|seal| seal.digest == digest && (seal.from, seal.to) == (header.from, header.to))
        .filter(|seal| seal.origin == header.origin)
        .ok_or(Tampered::Unsealed)?;
    if !file.fill_buf()?.is_empty() {
        return Err(Tampered::Unsealed.into());
    }
    // A checkpoint from well before the export that stands for more than it does: the database it was made from was older.
    let newer = |it: &&Checkpoint| it.size > header.size && seal.at.duration_since(it.at) > GRACE;
    let newer = outside.iter().find(newer);
    if let Some(newer) = newer {
        return Err(Tampered::Short { end: header.size, number: newer.number, size: newer.size }.into());
    }
    Ok(Sound { from: header.from, to: header.to, checkpoint, agreed: walk.agreed(), seal })
}

/// The root over what was walked and what the header says lies behind it.
fn root(tree: &Frontier, header: &Header) -> Option<Hash> {
    // Left of the end stand the tree's own peaks, right of it what the header brings; together they add up to the whole
    // only once neighbours of one height are joined.
    let mut stack: Vec<(u32, Hash)> = Vec::new();
    let left = cover(0, tree.size()).into_iter().zip(tree.peaks());
    let right = cover(header.to, header.size).into_iter().zip(&header.after);
    for (node, hash) in left.chain(right) {
        let (mut level, mut index, mut hash) = (node.level, node.index, *hash);
        while index & 1 == 1 && stack.last().is_some_and(|(height, _)| *height == level) {
            let (_, before) = stack.pop()?;
            hash = domain::audit::tree::parent(before, hash);
            (level, index) = (level + 1, index >> 1);
        }
        stack.push((level, hash));
    }
    sum(&stack.into_iter().map(|(_, hash)| hash).collect::<Vec<_>>())
}

/// Reads line by line and digests what it read.
struct Reader {
    digest: Sha256,
    line: u64,
    text: Vec<u8>,
}

impl Reader {
    fn next<'a, T: serde::Deserialize<'a>>(&'a mut self, file: &mut impl BufRead) -> Result<T, Unsound> {
        self.text.clear();
        self.line += 1;
        file.read_until(b'\n', &mut self.text)?;
        let garbled = Tampered::Garbled { line: self.line };
        if self.text.last() != Some(&b'\n') {
            return Err(garbled.into());
        }
        self.digest.update(&self.text);
        serde_json::from_slice(&self.text).map_err(|_| garbled.into())
    }
}

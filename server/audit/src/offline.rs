//! Verifying an export with nothing but public keys: no database, no key ring, no network.

use domain::SignedDuration;
use domain::audit::checkpoint::{Checkpoint, Note, PublicKey, Seal};
use domain::audit::tree::{Frontier, cover, includes, sum};
use domain::audit::{Emptied, Hash, Link, Row, Tampered, Walk};
use domain::retention::Rule;
use sha2::{Digest as _, Sha256};
use std::io::{self, BufRead};
use usecases::export_trail::format::{Closing, EMPTIED, EmptiedLine, Header, Line, NAME, RULE, RuleLine};
use usecases::keep_retention::rule_of;
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
        match reader.place(&mut file)? {
            Place::Whole(link, row) => {
                walk.step(&link, Some(&row), true)?;
                if let Some(rule) = rule_of(&row) {
                    walk.allow(&rule);
                }
            }
            Place::Empty(link, left) => walk.pass_over(&link, &left, true)?,
        }
    }
    walk.end()?;
    close(reader, &mut file, keys, signatures, &header, &mut walk, outside)
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
    walk: &mut Walk,
    outside: &[Checkpoint],
) -> Result<Sound, Unsound> {
    let holds = |key: &PublicKey, data: &[u8], by: &_| signatures.holds(key, data, by);
    let root = root(walk.tree(), header).ok_or(Tampered::Garbled { line: 1 })?;
    reader.fill(file)?;
    while reader.text.starts_with(RULE) {
        walk.allow(&reader.rule(header.size, root)?);
        reader.fill(file)?;
    }
    walk.settle()?;
    let line = reader.line;
    let Closing::Checkpoint(note) = reader.parse()? else { return Err(Tampered::Garbled { line }.into()) };
    let signed = Note::read(&note).filter(|note| note.is_signed_by(keys, holds));
    let checkpoint = signed.and_then(|note| Checkpoint::read(&note.text)).ok_or(Tampered::Forged { line })?;
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

/// What stands in a place.
enum Place {
    /// A row.
    Whole(Link, Row),
    /// What is left of one.
    Empty(Link, Emptied),
}

/// Reads line by line and digests what it read.
struct Reader {
    digest: Sha256,
    line: u64,
    text: Vec<u8>,
}

impl Reader {
    fn next<'a, T: serde::Deserialize<'a>>(&'a mut self, file: &mut impl BufRead) -> Result<T, Unsound> {
        self.fill(file)?;
        self.parse()
    }

    fn fill(&mut self, file: &mut impl BufRead) -> Result<(), Unsound> {
        self.text.clear();
        self.line += 1;
        file.read_until(b'\n', &mut self.text)?;
        if self.text.last() != Some(&b'\n') {
            return Err(self.garbled().into());
        }
        self.digest.update(&self.text);
        Ok(())
    }

    fn parse<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T, Unsound> {
        serde_json::from_slice(&self.text).map_err(|_| self.garbled().into())
    }

    fn garbled(&self) -> Tampered {
        Tampered::Garbled { line: self.line }
    }

    /// The next row, or what is left of it.
    fn place(&mut self, file: &mut impl BufRead) -> Result<Place, Unsound> {
        self.fill(file)?;
        let read = if self.text.starts_with(EMPTIED) {
            self.parse::<EmptiedLine<'_>>()?.emptied.read().map(|(link, left)| Place::Empty(link, left))
        } else {
            self.parse::<Line<'_>>()?.read().map(|(link, row)| Place::Whole(link, row))
        };
        Ok(read.ok_or(self.garbled())?)
    }

    /// The rule of this line, which must be one of the rows the checkpoint stands for.
    fn rule(&self, size: u64, root: Hash) -> Result<Rule, Unsound> {
        let RuleLine { rule, path } = self.parse()?;
        let (link, row) = rule.read().ok_or(self.garbled())?;
        let index = u64::try_from(link.place).ok().and_then(|place| place.checked_sub(1));
        let stands = index.is_some_and(|index| includes(root, size, index, row.leaf(), &path));
        Ok(rule_of(&row).filter(|_| stands).ok_or(self.garbled())?)
    }
}

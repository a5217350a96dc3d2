//! Inputs nobody thought of, from some that somebody did: the same ones for the same seed.

/// Chance that repeats itself (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

/// Longer ones are refused for their length alone.
const LONGEST: usize = 96 * 1024;
/// What parsers trip over.
const WORDS: [&[u8]; 36] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"\"",
    b"'",
    b"&",
    b"&amp;",
    b"&#0;",
    b"&#x9;",
    b"<!--",
    b"-->",
    b"<?x",
    b"?>",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a>",
    b"xmlns:a=\"u\"",
    b" ID=\"_1\"",
    b"%",
    b"%00",
    b"%2e",
    b"+",
    b"=",
    b"&&",
    b".",
    b"..",
    b"\0",
    b"\n",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"{",
    b"[[[[",
    b"null",
    b"-1e999",
];

impl Dice {
    /// Dice that fall in an order of their own.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; 0 below none.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        usize::try_from(self.draw().checked_rem(bound).unwrap_or(0)).unwrap_or(0)
    }

    /// A place in these bytes, or right behind them.
    fn place(&mut self, bytes: &[u8]) -> usize {
        self.below(bytes.len() + 1)
    }

    /// A stretch of these bytes, seldom a long one.
    fn stretch(&mut self, bytes: &[u8]) -> core::ops::Range<usize> {
        let start = self.place(bytes);
        let most = if self.below(8) == 0 { bytes.len() } else { 16 };
        start..(start + self.below(most + 1)).min(bytes.len())
    }

    /// One of these, changed in a few ways. `others` lend pieces of theirs.
    pub fn mutated(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let pick = self.below(corpus.len());
        let mut bytes = corpus.get(pick).cloned().unwrap_or_default();
        for _ in 0..=self.below(6) {
            self.change(&mut bytes, corpus);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let (at, stretch) = (self.place(bytes), self.stretch(bytes));
        let word = WORDS[self.below(WORDS.len())];
        match self.below(8) {
            0 | 1 => {
                let bit = 1_u8 << self.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= bit;
                }
            }
            2 => drop(bytes.splice(at..at, word.iter().copied())),
            3 => drop(bytes.splice(stretch, word.iter().copied())),
            4 => drop(bytes.drain(stretch)),
            5 => {
                let piece = bytes[stretch].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            6 => {
                let piece = bytes[stretch].to_vec();
                let times = (1 << self.below(14)).min(LONGEST / piece.len().max(1));
                drop(bytes.splice(at..at, piece.repeat(times)));
            }
            _ => {
                let other = corpus.get(self.below(corpus.len())).map_or(&[][..], Vec::as_slice);
                let piece = other[self.stretch(other)].to_vec();
                drop(bytes.splice(at..at, piece));
            }
        }
        bytes.truncate(LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_inputs() {
        let corpus = vec![b"<a b='c'>d</a>".to_vec(), b"x=1&y=2".to_vec(), Vec::new()];
        let made = |seed| {
            let mut dice = Dice::new(seed);
            (0..1_000).map(|_| dice.mutated(&corpus)).collect::<Vec<_>>()
        };
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
    }
}

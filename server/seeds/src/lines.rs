//! Lines as an editor counts them.

/// The line of the byte at `at`, counted from one.
pub(crate) fn line_at(bytes: &[u8], at: usize) -> u64 {
    let passed = bytes.iter().take(at).filter(|byte| **byte == b'\n').count();
    u64::try_from(passed).unwrap_or(u64::MAX).saturating_add(1)
}

/// The same for places that come one after another: each byte is looked at once.
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of a byte that lies no earlier than the one asked for before.
    pub(crate) fn line_of(&mut self, at: usize) -> u64 {
        let new = self.bytes.iter().take(at).skip(self.at).filter(|byte| **byte == b'\n').count();
        self.line += u64::try_from(new).unwrap_or(0);
        self.at = self.at.max(at);
        self.line
    }

    /// The same, blank lines before it passed over.
    pub(crate) fn line_of_text(&mut self, at: usize) -> u64 {
        let blank = self.bytes.iter().skip(at).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line_of(at + blank)
    }
}

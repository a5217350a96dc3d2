//! What is different between two texts, line by line: a line of Markdown is a heading, a paragraph or an item.

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands in both.
    Same,
    /// It went.
    Gone,
    /// It came.
    New,
}

/// One line of either text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What became of it.
    pub change: Change,
    /// What it says.
    pub text: String,
}

/// All lines of both texts in their order; what went stands before what came. The most lines stay as they are.
pub fn difference(before: &[&str], after: &[&str]) -> Vec<Line> {
    let head = before.iter().zip(after).take_while(|(old, new)| old == new).count();
    let (same_head, old) = before.split_at(head);
    let (_, new) = after.split_at(head);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, same_tail) = old.split_at(old.len() - tail);
    let (new, _) = new.split_at(new.len() - tail);
    let line = |change| move |text: &&str| Line { change, text: (*text).to_owned() };
    let mut all: Vec<Line> = same_head.iter().map(line(Change::Same)).collect();
    all.extend(changed(old, new));
    all.extend(same_tail.iter().map(line(Change::Same)));
    all
}

/// By the longest common subsequence of lines: of each pair of places, how many lines the rests of both still share.
fn changed(old: &[&str], new: &[&str]) -> Vec<Line> {
    let shared = shared(old, new);
    let at = |i: usize, j: usize| shared.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    loop {
        let (change, text) = match (old.get(i), new.get(j)) {
            (Some(gone), Some(came)) if gone == came => (Change::Same, *gone),
            (Some(gone), Some(_)) if at(i + 1, j) >= at(i, j + 1) => (Change::Gone, *gone),
            (Some(gone), None) => (Change::Gone, *gone),
            (_, Some(came)) => (Change::New, *came),
            (None, None) => return all,
        };
        i += usize::from(change != Change::New);
        j += usize::from(change != Change::Gone);
        all.push(Line { change, text: text.to_owned() });
    }
}

fn shared(old: &[&str], new: &[&str]) -> Vec<Vec<u16>> {
    let mut below = vec![0u16; new.len() + 1];
    let mut rows = vec![below.clone()];
    for gone in old.iter().rev() {
        let mut row = Vec::with_capacity(new.len() + 1);
        let mut right = 0u16;
        row.push(right);
        // From the last line to the first: `below` is the row of the next old line.
        for (came, (straight, across)) in new.iter().zip(below.iter().zip(below.iter().skip(1))).rev() {
            right = if gone == came { across.saturating_add(1) } else { right.max(*straight) };
            row.push(right);
        }
        row.reverse();
        below.clone_from(&row);
        rows.push(row);
    }
    rows.reverse();
    rows
}

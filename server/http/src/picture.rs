//! A text as a picture to scan: an SVG of one stroke for each run of dark modules, a quarter of what one square for each
//! takes, and sharp at any size.

use core::fmt::Write as _;
use fast_qr::QRCode;
use fast_qr::qr::QRBuilder;

/// The quiet zone around it, in modules. Four are prescribed (ISO/IEC 18004); the page's own white frame gives two.
const QUIET: usize = 2;

/// The picture; none when the text is longer than a code can be.
pub(crate) fn scannable(text: &str) -> Option<String> {
    let code = QRBuilder::new(text.as_bytes()).build().ok()?;
    let side = code.size + 2 * QUIET;
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d="{}"/></svg>"##,
        strokes(&code)
    ))
}

/// `M{column} {row}.5h{length}` for each run: a stroke one module wide covers its row exactly.
fn strokes(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        for (column, length) in runs(code, row) {
            let _ = write!(path, "M{} {}.5h{length}", column + QUIET, row + QUIET);
        }
    }
    path
}

/// The dark runs of a row: where each begins and how long it is.
fn runs(code: &QRCode, row: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let dark = |column: &usize| code[row].get(*column).is_some_and(|module| module.value());
    for column in (0..code.size).filter(dark) {
        match runs.last_mut() {
            Some((begin, length)) if *begin + *length == column => *length += 1,
            _ => runs.push((column, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const ADDRESS: &str = "otpauth://totp/Eksempel%20Kommune:maja.holm?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Eksempel%20Kommune";

    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let code = QRBuilder::new(ADDRESS.as_bytes()).build().unwrap();
        let drawn: BTreeSet<(usize, usize)> = strokes(&code)
            .split('M')
            .skip(1)
            .flat_map(|stroke| {
                let (place, length) = stroke.split_once('h').unwrap();
                let (column, row) = place.split_once(' ').unwrap();
                let (column, length): (usize, usize) = (column.parse().unwrap(), length.parse().unwrap());
                let row: usize = row.strip_suffix(".5").unwrap().parse().unwrap();
                (column..column + length).map(move |column| (row - QUIET, column - QUIET))
            })
            .collect();
        let dark: BTreeSet<(usize, usize)> = (0..code.size)
            .flat_map(|row| (0..code.size).map(move |column| (row, column)))
            .filter(|(row, column)| code[*row][*column].value())
            .collect();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn it_is_light_enough_for_a_page() {
        let picture = scannable(ADDRESS).unwrap();
        assert!(picture.len() < 8_000, "{} bytes", picture.len());
        assert!(scannable(&"x".repeat(5_000)).is_none());
    }
}

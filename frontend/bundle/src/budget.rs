//! The weight limits: what a first visit may cost, in bytes as they travel (brotli).

use crate::Outcome;
use crate::inputs::files_below;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Beginning and ending of the compressed file, limit in bytes for all such files together. What a module of passkeys adds
/// is bounded by itself, glue included.
const LIMITS: [(&str, &str, u64); 4] = [
    ("", ".wasm.br", 80 * 1024),
    ("passkeys.", ".br", 25 * 1024),
    ("", ".js.br", 16 * 1024),
    ("", ".css.br", 14 * 1024),
];

/// Weighs the site; the report when all is within limits, the same report as an error when not.
pub(crate) fn weigh(site: &Path) -> Outcome<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    files_below(&site.join("pkg"), &mut files)?;
    let (mut report, mut too_heavy) = (String::new(), false);
    for (beginning, ending, limit) in LIMITS {
        let mut bytes = 0;
        for file in files.iter().filter(|file| fits(file, beginning, ending)) {
            bytes += fs::metadata(file)?.len();
        }
        too_heavy |= bytes > limit;
        let verdict = if bytes > limit { "TOO HEAVY" } else { "ok" };
        writeln!(report, "bundle: {beginning}*{ending:9} {bytes:>7} of {limit:>7} bytes  {verdict}")?;
    }
    if too_heavy { Err(format!("over the weight limit\n{report}").into()) } else { Ok(report) }
}

fn fits(file: &Path, beginning: &str, ending: &str) -> bool {
    file.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with(beginning) && name.ends_with(ending)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site_with(name: &str, bytes: usize) -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("pkg")).unwrap();
        fs::write(site.path().join("pkg").join(name), vec![0; bytes]).unwrap();
        site
    }

    #[test]
    fn a_site_at_its_limit_is_reported_and_let_through() {
        let site = site_with("app.wasm.br", 80 * 1024);
        let report = weigh(site.path()).unwrap();
        assert!(report.contains("81920 of   81920 bytes  ok"), "{report}");
    }

    #[test]
    fn one_byte_more_stops_the_build() {
        let site = site_with("app.css.br", 14 * 1024 + 1);
        let why = weigh(site.path()).unwrap_err().to_string();
        assert!(why.contains("TOO HEAVY"), "{why}");
    }

    #[test]
    fn what_passkeys_add_has_a_limit_of_its_own() {
        let site = site_with("passkeys.0123.wasm.br", 25 * 1024 + 1);
        let why = weigh(site.path()).unwrap_err().to_string();
        assert!(why.contains("passkeys.*.br"), "{why}");
    }

    #[test]
    fn uncompressed_files_do_not_count() {
        let site = site_with("app.wasm", 900 * 1024);
        assert!(weigh(site.path()).is_ok());
    }
}

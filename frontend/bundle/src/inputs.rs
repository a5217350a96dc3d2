//! What a bundle is made of, as one key: the same key means there is nothing to do.

use crate::Outcome;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs};

/// Everything beside the WASM: the style sheet reads the class names out of the pages and islands.
const SOURCES: [&str; 7] = [
    "style/tailwind.css",
    "style/components",
    "style/compress.mjs",
    "style/package-lock.json",
    "app/src",
    "app/islands/src",
    "public",
];

/// The digest of all inputs, this programme among them.
pub(crate) fn key(modules: &[PathBuf]) -> Outcome<String> {
    let mut digest = Sha256::new();
    let mut files = [modules, &[PathBuf::from("frontend/boot.js")]].concat();
    for source in SOURCES {
        files_below(Path::new(source), &mut files)?;
    }
    files.sort();
    for file in files {
        let content = fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        digest.update(format!("{} {}\n", file.display(), content.len()));
        digest.update(content);
    }
    let me = fs::metadata(env::current_exe()?)?;
    digest.update(format!("{:?} {}", me.modified()?.duration_since(UNIX_EPOCH)?, me.len()));
    Ok(hex(&digest.finalize()))
}

/// Collects the files of a folder and of the folders in it; a file stands for itself.
pub(crate) fn files_below(path: &Path, into: &mut Vec<PathBuf>) -> Outcome<()> {
    if !path.is_dir() {
        into.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        files_below(&entry?.path(), into)?;
    }
    Ok(())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}

//! What the tests of the build answered: the file that `scripts/test` leaves, where it is configured.

use crate::fault::CommandFault;
use domain::nsis::Results;
use std::path::Path;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Reads it.
pub(crate) fn read(file: &Path) -> Result<Results, CommandFault> {
    let reading = || CommandFault::during("reading what the tests answered");
    if std::fs::metadata(file).map_err(reading())?.len() > LARGEST {
        return Err(CommandFault::refused(format!(
            "{} is no result of tests: it is too large",
            file.display()
        )));
    }
    let text = std::fs::read_to_string(file).map_err(reading())?;
    serde_json::from_str(&text).map_err(|why| {
        CommandFault::refused(format!("{} is not what `scripts/test` leaves: {why}", file.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_result_of_tests_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tests.json");
        std::fs::write(&file, r#"{"commit":"abc","at":"2026-11-02T08:00:00Z","tests":{"a":true}}"#).unwrap();
        assert_eq!(read(&file).unwrap().counts(), (1, 0));
        std::fs::write(&file, "<testsuites/>").unwrap();
        assert!(read(&file).unwrap_err().to_string().contains("scripts/test"));
        assert!(read(&folder.path().join("none")).is_err());
    }
}

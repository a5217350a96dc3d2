//! Answers opened and verified by libxmlsec, an implementation that shares no code with ours. Stands beside `common`.

use super::common::{idp_keys, pem, service_keys};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A place in this crate, from whichever crate's tests ask.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../saml").join(path)
}

/// The oracle's Python, made when it is missing.
fn python() -> PathBuf {
    let made =
        Command::new(here("../../scripts/python-env")).arg(here("tests/requirements.txt")).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    PathBuf::from(String::from_utf8(made.stdout).unwrap().trim())
}

/// The assertion (or refusal) the oracle found genuine in each of these, in their order; or its complaint about the first
/// that is not.
pub(crate) fn oracle(responses: &[String]) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let verdict = Command::new(python())
        .arg(here("tests/oracle.py"))
        .arg(file("service.key", &service_keys().pem()))
        .arg(file("idp.crt", &pem("CERTIFICATE", idp_keys().0.certificate.der())))
        .args(
            (0..)
                .zip(responses)
                .map(|(at, response): (u32, _)| file(&format!("response-{at}.xml"), response)),
        )
        .output()
        .unwrap();
    if !verdict.status.success() {
        return Err(String::from_utf8_lossy(&verdict.stderr).into_owned());
    }
    let told = String::from_utf8(verdict.stdout).unwrap();
    let genuine: Vec<_> = told.split_terminator('\0').map(str::to_owned).collect();
    assert_eq!(genuine.len(), responses.len(), "{told}");
    Ok(genuine)
}

//! What is also kept outside the database, and why it must lie elsewhere (security decisions 7 and 28).

use serde::Deserialize;
use std::path::PathBuf;

/// What is also kept outside the database (security decisions 7 and 28).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outside {
    /// The file, on another disk or another machine.
    pub(crate) file: PathBuf,
    /// The file for checkpoints of the trail; left out: beside the other, with `.checkpoints` behind its name.
    pub(crate) checkpoints: Option<PathBuf>,
    /// The socket of the system's log, such as `/dev/log`, where it sends on what it is told to another machine.
    pub(crate) syslog: Option<PathBuf>,
    /// A time-stamp authority (RFC 3161), https; left out: nothing is stamped.
    pub(crate) stamps: Option<String>,
}

impl Outside {
    /// The file for checkpoints.
    pub(crate) fn checkpoints(&self) -> PathBuf {
        let beside = || {
            let mut name = self.file.as_os_str().to_owned();
            name.push(".checkpoints");
            name.into()
        };
        self.checkpoints.clone().unwrap_or_else(beside)
    }

    /// The time-stamp authority, and the folder for what it stamps: beside the checkpoints, with `.stamps` behind their name.
    pub(crate) fn stamped(&self) -> Option<(String, PathBuf)> {
        let mut folder = self.checkpoints().into_os_string();
        folder.push(".stamps");
        self.stamps.clone().map(|url| (url, folder.into()))
    }
}

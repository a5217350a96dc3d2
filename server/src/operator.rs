//! Who sits at the command line, and why: what the trail keeps of every command that changes something.

use crate::fault::CommandFault;
use std::os::unix::fs::MetadataExt as _;
use usecases::{Operator, Reason};

/// Whoever started the programme, with the reason given.
pub(crate) fn at_the_command_line(reason: &str) -> Result<Operator, CommandFault> {
    let reason = Reason::new(reason).ok_or_else(|| {
        CommandFault::refused("--reason must say something: 5 to 500 characters that an auditor understands")
    })?;
    Ok(Operator { name: name(), reason })
}

/// The operating system's name of whoever started the programme, as the kernel knows it: the login session's user, who
/// stays the same through `sudo`; without one, the process's own. Never an environment variable, which anybody sets.
pub(crate) fn name() -> String {
    const NOBODY_LOGGED_IN: u32 = u32::MAX;
    let login = std::fs::read_to_string("/proc/self/loginuid").ok().and_then(|text| text.trim().parse().ok());
    let own = || std::fs::metadata("/proc/self").ok().map(|process| process.uid());
    match login.filter(|uid| *uid != NOBODY_LOGGED_IN).or_else(own) {
        Some(uid) => user_name(uid).unwrap_or_else(|| format!("uid {uid}")),
        None => "unknown".to_owned(),
    }
}

fn user_name(uid: u32) -> Option<String> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let own: u32 = fields.nth(1)?.parse().ok()?;
        (own == uid).then(|| name.to_owned())
    })
}

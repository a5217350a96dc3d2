//! The system's log as a herald: a datagram to its socket (RFC 3164, as `/dev/log` takes it). Where it goes from there,
//! to another machine best, is the operator's to arrange.

use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use usecases::ports::checkpoints::Herald;
use usecases::ports::outside::OutsideFault;

/// Facility `authpriv`, severity `notice`.
const PRIORITY: u8 = 10 * 8 + 5;

/// The system's log.
#[derive(Clone, Debug)]
pub struct Syslog(PathBuf);

impl Syslog {
    /// At its socket; on most systems `/dev/log`.
    pub fn at(socket: impl Into<PathBuf>) -> Self {
        Self(socket.into())
    }
}

impl Herald for Syslog {
    fn tell(&self, line: &str) -> Result<(), OutsideFault> {
        // A new socket each time: the log may have been started anew since.
        let told = UnixDatagram::unbound().and_then(|socket| {
            socket.set_nonblocking(true)?;
            let message = format!("<{PRIORITY}>nsis-id[{}]: checkpoint {line}", std::process::id());
            socket.send_to(message.as_bytes(), &self.0)
        });
        told.map(drop).map_err(|error| OutsideFault::Unusable(format!("{}: {error}", self.0.display())))
    }
}

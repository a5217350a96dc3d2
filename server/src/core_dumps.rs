//! No core dumps: they would hold every opened key in clear (security decision 24).

use crate::fault::CommandFault;
use rustix::process::{Resource, Rlimit, setrlimit};

/// Sets the limit to nothing, also for whatever this process may start.
pub(crate) fn forbid() -> Result<(), CommandFault> {
    let nothing = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, nothing).map_err(CommandFault::during("turning core dumps off"))
}

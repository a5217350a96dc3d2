//! What the page about what works shows (page 45).

use domain::status::Part;

/// Page 45, the part that changes from hour to hour.
#[derive(Clone, Debug)]
pub struct StatusPage {
    /// Each part, and whether it works as far as we can tell.
    pub parts: Vec<(Part, bool)>,
}

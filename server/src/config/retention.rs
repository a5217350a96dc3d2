//! How long what is kept is kept (NSIS 4.1.4.3).

use domain::retention::Periods;
use serde::Deserialize;

/// How long what is kept is kept (NSIS 4.1.4.3): evidence for the default or longer, sessions and sent notices for it or
/// shorter.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// Central events of the trail; left out: 60.
    pub(crate) central_months: Option<u16>,
    /// Requests and answers in the trail; left out: 60.
    pub(crate) exchange_months: Option<u16>,
    /// Details of signing in, in the trail; left out: 13.
    pub(crate) sign_in_months: Option<u16>,
    /// Sessions; left out: 30.
    pub(crate) session_days: Option<u16>,
    /// Notices that were sent or given up; left out: 30.
    pub(crate) notice_days: Option<u16>,
}

impl Retention {
    /// The periods, as far as they were decided; else the defaults.
    pub(crate) fn periods(self) -> Periods {
        let usual = Periods::default();
        Periods {
            central: self.central_months.unwrap_or(usual.central),
            exchange: self.exchange_months.unwrap_or(usual.exchange),
            sign_in: self.sign_in_months.unwrap_or(usual.sign_in),
            sessions: self.session_days.unwrap_or(usual.sessions),
            notices: self.notice_days.unwrap_or(usual.notices),
        }
    }
}

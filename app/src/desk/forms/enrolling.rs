//! Becoming able to log in, and opening a login again: link, MitID, password, app, and what is kept.

use super::typed::Typed;

forms! {
    /// The invitation's link.
    BeginForm {
        /// The secret of the link.
        token: Typed,
    }
    /// Nothing to say.
    FindForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
    /// Off to MitID.
    ProveForm {
        /// The flow.
        flow: String,
    }
    /// A new password.
    PasswordForm {
        /// The flow.
        flow: String,
        /// As typed.
        password: Typed,
    }
    /// A new authenticator app.
    AppForm {
        /// The flow.
        flow: String,
        /// What she calls it.
        name: String,
        /// The first code, as typed.
        code: Typed,
    }
    /// The box under the printed codes.
    KeepCodesForm {
        /// The flow.
        flow: String,
        /// `yes` when ticked.
        saved: String,
    }
    /// What she keeps at a reopening: `keep[0]=…`, one a box.
    KeepForm {
        /// The flow.
        flow: String,
        /// The ids of what she keeps.
        keep: Vec<String>,
    }
    /// The end of the enrolment.
    FinishForm {
        /// The flow.
        flow: String,
    }
}

of_a_flow!(ProveForm, PasswordForm, AppForm, KeepCodesForm, KeepForm, FinishForm);

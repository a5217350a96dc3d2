//! Signing in and out.

use super::typed::Typed;

forms! {
    /// User name and password.
    SignInForm {
        /// The flow; empty begins one to the portal.
        flow: String,
        /// As typed.
        user_name: String,
        /// As typed.
        password: Typed,
    }
    /// The number a phone shows.
    PhoneNumberForm {
        /// The computer's flow.
        flow: String,
        /// As typed.
        number: Typed,
    }
    /// The code of an authenticator app.
    CodeForm {
        /// The flow.
        flow: String,
        /// As typed.
        code: Typed,
    }
    /// Confirming anew, now or later.
    ReconfirmForm {
        /// The sign-in that asks; empty from the overview.
        flow: String,
    }
    /// Going back to the service without signing in.
    GiveUpForm {
        /// The flow.
        flow: String,
    }
    /// A code from the printed sheet.
    RecoveryForm {
        /// The flow.
        flow: String,
        /// As typed.
        recovery_code: Typed,
    }
    /// A session to end.
    EndForm {
        /// Its id, or `alle`.
        session: String,
    }
    /// What she does while a service does not answer.
    PassForm {
        /// The way out.
        flow: String,
        /// `igen`: asks it once more; `stop`: waits for nobody any more; else goes on without its answer.
        go: String,
    }
    /// Nothing to say.
    SignOutForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
}

of_a_flow!(SignInForm, PhoneNumberForm, CodeForm, ReconfirmForm, GiveUpForm, RecoveryForm, PassForm);

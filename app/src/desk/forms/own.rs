//! What somebody changes about her own login: password, relation, role, addresses.

use super::typed::Typed;

forms! {
    /// What she confirms again for.
    StepUpForm {
        /// As [`domain::step_up::StepUpFor::word`].
        purpose: String,
    }
    /// Another password, while signed in.
    ChangeForm {
        /// The current one, as typed.
        current: Typed,
        /// The new one, as typed.
        password: Typed,
        /// The step-up she made for it; empty where a code stands beside it.
        flow: String,
        /// The code, as typed.
        code: Typed,
        /// `yes` when her other sessions end too.
        others: String,
    }
    /// A work relation to end.
    EndRelationForm {
        /// Its id.
        relation: String,
        /// `yes` when she is sure.
        sure: String,
        /// The step-up she made for it; empty where a code stands beside it.
        flow: String,
        /// The code, as typed.
        code: Typed,
    }
    /// A role to accept.
    RoleForm {
        /// Its id.
        role: String,
    }
    /// A new address for notices.
    ContactForm {
        /// The step-up's flow.
        flow: String,
        /// As [`domain::contact::ChannelKind::word`].
        kind: String,
        /// Whom the page was made for, as [`crate::desk::Visitor::who`].
        who: String,
        /// As typed.
        address: String,
    }
    /// An address to take away.
    ContactGoesForm {
        /// The step-up's flow.
        flow: String,
        /// As [`domain::contact::ChannelKind::word`].
        kind: String,
    }
    /// The code that was sent to a new address.
    SentCodeForm {
        /// The flow.
        flow: String,
        /// As typed.
        sent_code: Typed,
    }
}

of_a_flow!(ChangeForm, EndRelationForm, ContactForm, ContactGoesForm, SentCodeForm);

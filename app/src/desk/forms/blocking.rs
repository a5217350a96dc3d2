//! The doors of a block.

use super::typed::Typed;

forms! {
    /// Nothing to say: the session says who.
    BlockNowForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
    /// The printed blocking code.
    BlockCodeForm {
        /// As typed.
        user_name: String,
        /// As typed.
        blocking_code: Typed,
    }
    /// User name and password, to block.
    BlockPasswordForm {
        /// As typed.
        user_name: String,
        /// As typed.
        password: Typed,
    }
    /// Off to MitID, to block.
    BlockMitidForm {
        /// Unused: a form needs a field to be one.
        go: String,
    }
    /// The last yes of a block.
    ConfirmBlockForm {
        /// The flow.
        flow: String,
    }
    /// "It was not me".
    NoticeForm {
        /// The secret of the link.
        token: Typed,
    }
}

of_a_flow!(ConfirmBlockForm);

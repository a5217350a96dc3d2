//! Drafts of the terms, on their way to everybody.

forms! {
    /// A draft of new terms to begin.
    BeginTermsForm {
        /// What people will call the version.
        version: String,
    }
    /// A page of a draft of the terms.
    WriteTermsForm {
        /// The draft's id.
        draft: String,
        /// Which page, counted from one.
        page: String,
        /// The Danish heading.
        da_title: String,
        /// The Danish text, as Markdown.
        da_body: String,
        /// The English heading.
        en_title: String,
        /// The English text, as Markdown.
        en_body: String,
    }
    /// A draft of the terms to propose.
    ProposeTermsForm {
        /// The step-up's flow.
        flow: String,
        /// The draft's id.
        draft: String,
    }
    /// A draft of the terms to publish.
    ApproveTermsForm {
        /// The step-up's flow.
        flow: String,
        /// The draft's id.
        draft: String,
        /// The digest of the text she read.
        read: String,
        /// The first day it holds, as typed.
        from: String,
        /// As [`domain::publication::Binds::word`].
        binds: String,
        /// The last day to accept it, as typed.
        accept_by: String,
    }
    /// A draft of the terms to withdraw.
    WithdrawTermsForm {
        /// The draft's id.
        draft: String,
    }
}

of_a_flow!(ProposeTermsForm, ApproveTermsForm);

of_a_draft!(WriteTermsForm, ProposeTermsForm, ApproveTermsForm, WithdrawTermsForm);

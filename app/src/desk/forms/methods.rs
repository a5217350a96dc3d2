//! Login methods: new ones, another name, and whether they work.

use super::typed::Typed;

forms! {
    /// What asks for a ceremony, whatever it is for.
    KeyAskForm {
        /// The flow; empty where a sign-in begins with it, or none is needed.
        flow: String,
        /// As [`domain::factor::PasskeyKind::word`], for a new one.
        kind: String,
        /// The one to try out.
        factor: String,
    }
    /// A new passkey or security key that answered.
    NewKeyForm {
        /// The enrolment, or the step-up.
        flow: String,
        /// As [`domain::factor::PasskeyKind::word`].
        kind: String,
        /// What she calls it.
        name: String,
        /// The ceremony.
        ceremony: String,
        /// What the browser answered, as JSON.
        answer: Typed,
    }
    /// A passkey or security key that answered.
    KeyForm {
        /// The flow.
        flow: String,
        /// The one to try out.
        factor: String,
        /// The ceremony.
        ceremony: String,
        /// What the browser answered, as JSON.
        answer: Typed,
    }
    /// A code device to take into use.
    DeviceForm {
        /// The enrolment, or the step-up.
        flow: String,
        /// What she calls it.
        name: String,
        /// The code it shows, as typed.
        code: Typed,
    }
    /// Two codes of a device in a row.
    ApartForm {
        /// The sign-in; empty at an open session.
        flow: String,
        /// The first one, as typed.
        code: Typed,
        /// The one after it, as typed.
        second: Typed,
    }
    /// One of her login methods.
    MethodForm {
        /// The step-up's flow, where one is needed.
        flow: String,
        /// Its id.
        factor: String,
    }
    /// Another name for one.
    MethodNameForm {
        /// The step-up's flow.
        flow: String,
        /// Its id.
        factor: String,
        /// Whom the page was made for, as [`crate::desk::Visitor::who`].
        who: String,
        /// As typed.
        name: String,
    }
    /// A code of one, to try it out.
    MethodCodeForm {
        /// Its id.
        factor: String,
        /// As typed.
        code: Typed,
    }
}

of_a_flow!(KeyAskForm, NewKeyForm, KeyForm, DeviceForm, ApartForm, MethodForm, MethodNameForm);

of_a_method!(KeyAskForm, KeyForm, MethodForm, MethodNameForm, MethodCodeForm);

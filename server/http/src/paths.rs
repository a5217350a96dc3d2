//! Where each step of a flow is shown.

use domain::ids::FlowId;
use domain::{enrolment, sign_in};

/// The page of a step of an enrolment.
pub(crate) fn enrolment(flow: FlowId, step: enrolment::Step) -> String {
    use enrolment::Step::{Codes, Done, Factor, Finish, Password, Proof, Terms};
    let root = format!("/indrullering/{flow}");
    match step {
        Terms { page } => format!("{root}/vilkaar/{page}"),
        Proof => format!("{root}/bekraeft"),
        Password => format!("{root}/adgangskode"),
        Factor => format!("{root}/loginmiddel"),
        Finish => format!("{root}/tjek"),
        Codes => format!("{root}/koder"),
        Done => format!("{root}/klar"),
    }
}

/// The page of a step of a sign-in.
pub(crate) fn sign_in(flow: FlowId, step: sign_in::Step, to_service: bool) -> String {
    use sign_in::Step::{Code, Go, Identify, Reconfirm, Terms};
    match step {
        Identify => format!("/log-ind/{flow}"),
        Code => format!("/log-ind/{flow}/kode"),
        Terms { page } => format!("/log-ind/{flow}/vilkaar/{page}"),
        Reconfirm => format!("/log-ind/{flow}/bekraeft"),
        Go if to_service => format!("/svar/{flow}"),
        Go => "/overblik".to_owned(),
    }
}

//! Where each step of a flow is shown.

use domain::factor::PasskeyKind;
use domain::ids::{FactorId, FlowId};
use domain::{enrolment, sign_in};
use usecases::leave_services::WayOut;

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
    use sign_in::Step::{
        ChangePassword, CheckMethod, Code, Go, Identify, Password, Reconfirm, Recover, Replace, Terms,
    };
    match step {
        // Who showed a key is asked for her password where everybody is.
        Identify | Password => format!("/log-ind/{flow}"),
        Code => format!("/log-ind/{flow}/kode"),
        ChangePassword => format!("/log-ind/{flow}/adgangskode"),
        CheckMethod => format!("/log-ind/{flow}/loginmiddel"),
        // One page shows whichever is next.
        Recover | Replace => format!("/log-ind/{flow}/gendan"),
        Terms { page } => format!("/log-ind/{flow}/vilkaar/{page}"),
        Reconfirm => format!("/log-ind/{flow}/bekraeft"),
        Go if to_service => format!("/svar/{flow}"),
        Go => "/overblik".to_owned(),
    }
}

/// On with a way out: through the services that are to be asked, or to how it went.
pub(crate) fn way_out(way: WayOut) -> String {
    if way.asks { leaving(way.flow) } else { left(way.flow) }
}

/// Through the services that are to be asked.
pub(crate) fn leaving(flow: FlowId) -> String {
    format!("/log-af/{flow}")
}

/// How a way out went.
pub(crate) fn left(flow: FlowId) -> String {
    format!("{LEFT}/{flow}")
}

/// Where whoever is signed out is.
pub(crate) const LEFT: &str = "/logget-ud";

/// Where a passkey or security key is asked for at a sign-in.
pub(crate) fn key(flow: Option<FlowId>) -> String {
    flow.map_or_else(|| "/log-ind/noegle".to_owned(), |flow| format!("/log-ind/{flow}/noegle"))
}

const fn kind(kind: PasskeyKind) -> &'static str {
    match kind {
        PasskeyKind::Passkey => "adgangsnoegle",
        PasskeyKind::SecurityKey => "sikkerhedsnoegle",
    }
}

/// Where one is added in an enrolment.
pub(crate) fn new_key(flow: FlowId, of: PasskeyKind) -> String {
    format!("/indrullering/{flow}/{}", kind(of))
}

/// Where one is added while a login is opened again.
pub(crate) fn reopening_key(flow: FlowId, of: PasskeyKind) -> String {
    format!("/genaktiver/{flow}/{}", kind(of))
}

/// Where one is added at a sign-in, instead of a login method that is gone.
pub(crate) fn replacement_key(flow: FlowId, of: PasskeyKind) -> String {
    format!("/log-ind/{flow}/gendan/{}", kind(of))
}

/// Where one more is added.
pub(crate) fn another_key(flow: FlowId, of: PasskeyKind) -> String {
    format!("/konto/loginmidler/ret/{flow}/{}", kind(of))
}

/// The computer's side of going on with a phone.
pub(crate) fn phone_desk(flow: FlowId) -> String {
    format!("/fortsaet/{flow}")
}

/// The phone's side.
pub(crate) fn phone(flow: FlowId) -> String {
    format!("/paa-telefon/{flow}")
}

/// Where a phone makes a passkey.
pub(crate) fn phone_key(flow: FlowId) -> String {
    format!("/paa-telefon/{flow}/adgangsnoegle")
}

/// Where she changes her password after a step-up.
pub(crate) fn change_password(flow: FlowId) -> String {
    format!("/konto/adgangskode/{flow}")
}

/// Where she ends one of her work relations after a step-up.
pub(crate) fn end_relation(flow: FlowId) -> String {
    format!("/konto/afslut/{flow}")
}

/// The page where a draft of the terms is proposed or published.
pub(crate) fn open_draft(flow: FlowId) -> String {
    format!("/administration/vilkaar/{flow}")
}

/// Where a new sheet of codes is made.
pub(crate) fn new_sheet(flow: FlowId) -> String {
    format!("/konto/koder/{flow}")
}

/// Where she confirms again.
pub(crate) fn step_up(flow: FlowId) -> String {
    format!("/konto/bekraeft/{flow}")
}

/// One of her login methods; all of them where it is none.
pub(crate) fn method(id: Option<FactorId>) -> String {
    id.map_or_else(|| "/konto/loginmidler".to_owned(), |id| format!("/konto/loginmidler/{id}"))
}

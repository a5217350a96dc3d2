//! What every address demands of whoever comes, in one table.
//!
//! The demand itself is made where the work is done: in the use case, beside the row it protects. This table declares it,
//! and `tests/doors` walks the real router against it: an address that is missing here, or answers otherwise than
//! declared, fails there.

use domain::role::RoleKind;

/// What an address demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: it says the same to everybody, or changes nothing but the visitor's own browser.
    Nothing,
    /// The secret of a welcome link, or of the link in a notice.
    Link,
    /// A flow that began in this browser and has not run out.
    Flow,
    /// Words that an answer to this browser left for this page.
    Words,
    /// A trip to MitID that began in this browser.
    Trip,
    /// The signature of a connected service.
    Signature,
    /// An application's proof of who it is, its token, or a request that is its own.
    Client,
    /// A house that issues nothing at the moment.
    Closed,
    /// A live session.
    Session,
    /// A live session whose factors were shown within five minutes: a step-up.
    StepUp,
    /// A step-up made in this session for just this, and unspent.
    Proof,
    /// A live session at Substantial of somebody who holds this role now; what is proposed or published demands a step-up
    /// besides. Whoever is signed in without it is refused as declared; an auditor's place answers with the page that says so,
    /// 403, or leads to it.
    Role(RoleKind),
}

/// What whoever lacks it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing to refuse.
    None,
    /// The page that says it is over, 410.
    Gone,
    /// The page that says there is nothing, 404.
    Missing,
    /// 401 in the protocol's words: for applications.
    Unauthorized,
    /// The page that says the message is not in order, 400.
    Unbelieved,
    /// 303 to this page.
    To(&'static str),
    /// 303 to a page below this path.
    Below(&'static str),
}

/// One address.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// `GET` or `POST`; every other method is answered 405.
    pub method: &'static str,
    /// The path, as the router has it.
    pub path: &'static str,
    /// What it demands.
    pub demands: Demand,
    /// What whoever lacks it is answered.
    pub refusal: Refusal,
}

const fn look(path: &'static str, demands: Demand, refusal: Refusal) -> Door {
    Door { method: "GET", path, demands, refusal }
}

const fn act(path: &'static str, demands: Demand, refusal: Refusal) -> Door {
    Door { method: "POST", path, demands, refusal }
}

const fn open(path: &'static str) -> Door {
    look(path, Demand::Nothing, Refusal::None)
}

const fn flow(path: &'static str) -> Door {
    look(path, Demand::Flow, Refusal::Gone)
}

const AUDITOR: Demand = Demand::Role(RoleKind::Auditor);
const ADMINISTRATOR: Demand = Demand::Role(RoleKind::Administrator);
const LOG_IN: Refusal = Refusal::To("/log-ind");
const METHODS: Refusal = Refusal::To("/konto/loginmidler");
const CONTACT: Refusal = Refusal::To("/konto/kontakt");
const REOPEN: Refusal = Refusal::To("/genaktiver");
const LEFT: Refusal = Refusal::To("/logget-ud");
const SPAER: Refusal = Refusal::To("/spaer");
const NOT_BLOCKED: Refusal = Refusal::To("/spaer/ikke-spaerret");
const OVERVIEW: Refusal = Refusal::To("/overblik");
const START: Refusal = Refusal::To("/kom-i-gang");

/// Where other sites and applications may post to (security decision 4): no cookie counts there. Forms of other sites are
/// sent on by 303 to a look, applications prove who they are.
pub const FROM_ELSEWHERE: &[&str] = &[
    "/saml/sso",
    "/saml/slo",
    "/oidc/authorize",
    "/oidc/logout",
    "/oidc/par",
    "/oidc/token",
    "/oidc/introspect",
    "/oidc/revoke",
    "/oidc/userinfo",
];

/// Every address of the house. Forms post to the last ones.
pub const DOORS: &[Door] = &[
    // For machines.
    open("/saml/metadata"),
    open("/sundhed"),
    open("/klar"),
    open("/spaer/helbred"),
    open("/.well-known/change-password"),
    open("/.well-known/passkey-endpoints"),
    open("/block"),
    open("/was"),
    open("/pkg/{*file}"),
    open("/favicon.svg"),
    open("/robots.txt"),
    look("/saml/sso", Demand::Signature, Refusal::To("/log-ind/fejl")),
    // By another site's form: what is signed waits for its browser; whatever it is, the browser is sent to look.
    act("/saml/sso", Demand::Nothing, Refusal::None),
    look("/saml/slo", Demand::Signature, Refusal::To("/log-ind/fejl")),
    // The same by a service's form: believed, kept, and sent on to look.
    act("/saml/slo", Demand::Signature, Refusal::Unbelieved),
    look("/saml/slo/{message}", Demand::Signature, Refusal::To("/log-ind/fejl")),
    open("/.well-known/openid-configuration"),
    open("/oidc/jwks"),
    look("/oidc/authorize", Demand::Client, Refusal::To("/log-ind/fejl")),
    open("/oidc/logout"),
    // The same by another site's form: sent on to look.
    act("/oidc/authorize", Demand::Nothing, Refusal::None),
    act("/oidc/logout", Demand::Nothing, Refusal::None),
    act("/oidc/par", Demand::Client, Refusal::Unauthorized),
    act("/oidc/token", Demand::Client, Refusal::Unauthorized),
    act("/oidc/introspect", Demand::Client, Refusal::Unauthorized),
    act("/oidc/revoke", Demand::Client, Refusal::Unauthorized),
    look("/oidc/userinfo", Demand::Client, Refusal::Unauthorized),
    act("/oidc/userinfo", Demand::Client, Refusal::Unauthorized),
    look("/mitid/tilbage/{profile}", Demand::Trip, Refusal::To("/mitid/ikke-bekraeftet")),
    // Pages for everybody.
    open("/"),
    open("/log-ind"),
    open("/log-ind/noegle"),
    look("/log-af", Demand::Session, Refusal::To("/logget-ud")),
    open("/logget-ud"),
    // She is signed out already: whoever has no way out, or one that is over, reads just that.
    look("/log-af/{flow}", Demand::Flow, LEFT),
    look("/logget-ud/{flow}", Demand::Flow, LEFT),
    open("/kom-i-gang"),
    open("/kom-i-gang/mitid"),
    open("/kom-i-gang/fundet"),
    open("/kom-i-gang/uden-mitid"),
    open("/vilkaar/afvist"),
    open("/spaer"),
    // While nothing is issued; else 303 to the front page.
    look("/venter", Demand::Closed, Refusal::To("/")),
    open("/spaer/kode"),
    open("/spaer/adgangskode"),
    open("/spaer/ikke-spaerret"),
    open("/glemt-adgangskode"),
    open("/hjaelp"),
    open("/driftsstatus"),
    open("/tilgaengelighed"),
    open("/privatliv"),
    open("/service"),
    open("/tjenesteudbydere"),
    open("/vilkaar"),
    // It says how to go another way, and nothing of the flow in its address.
    open("/indrullering/{flow}/uden-mitid"),
    open("/genaktiver"),
    // What was left for this browser.
    look("/genaktiver/afvist", Demand::Words, Refusal::To("/genaktiver")),
    look("/log-ind/fejl", Demand::Words, Refusal::Missing),
    look("/log-ind/{flow}/pause", Demand::Words, Refusal::Below("/log-ind/")),
    look("/log-ind/{flow}/spaerret", Demand::Words, Refusal::Missing),
    look("/mitid/ikke-bekraeftet", Demand::Words, START),
    look("/indrullering/{flow}/ikke-bekraeftet", Demand::Words, START),
    look("/spaer/kvittering", Demand::Words, SPAER),
    // Steps of a flow.
    look("/var-det-dig/{token}", Demand::Link, Refusal::Gone),
    flow("/spaer/bekraeft/{flow}"),
    look("/kom-i-gang/{token}", Demand::Link, Refusal::Gone),
    flow("/log-ind/{flow}"),
    flow("/log-ind/{flow}/kode"),
    flow("/log-ind/{flow}/noegle"),
    flow("/log-ind/{flow}/andre-veje"),
    flow("/log-ind/{flow}/adgangskode"),
    flow("/log-ind/{flow}/loginmiddel"),
    flow("/log-ind/{flow}/gendannelseskode"),
    flow("/log-ind/{flow}/gendan"),
    flow("/log-ind/{flow}/gendan/adgangsnoegle"),
    flow("/log-ind/{flow}/gendan/sikkerhedsnoegle"),
    flow("/log-ind/{flow}/kodeviser"),
    flow("/log-ind/{flow}/vilkaar/nej"),
    flow("/log-ind/{flow}/vilkaar/{page}"),
    flow("/log-ind/{flow}/bekraeft"),
    flow("/svar/{flow}"),
    flow("/indrullering/{flow}"),
    flow("/indrullering/{flow}/vilkaar/nej"),
    flow("/indrullering/{flow}/vilkaar/{page}"),
    flow("/indrullering/{flow}/bekraeft"),
    flow("/indrullering/{flow}/adgangskode"),
    flow("/indrullering/{flow}/loginmiddel"),
    flow("/indrullering/{flow}/app"),
    flow("/indrullering/{flow}/adgangsnoegle"),
    flow("/indrullering/{flow}/sikkerhedsnoegle"),
    flow("/indrullering/{flow}/kodeviser"),
    flow("/indrullering/{flow}/tjek"),
    flow("/indrullering/{flow}/koder"),
    flow("/indrullering/{flow}/klar"),
    flow("/genaktiver/{flow}"),
    flow("/genaktiver/{flow}/vilkaar/nej"),
    flow("/genaktiver/{flow}/vilkaar/{page}"),
    flow("/genaktiver/{flow}/loginmidler"),
    flow("/genaktiver/{flow}/adgangsnoegle"),
    flow("/genaktiver/{flow}/sikkerhedsnoegle"),
    flow("/glemt-adgangskode/{flow}"),
    flow("/koder/{flow}"),
    // Her own.
    look("/konto/adgangskode", Demand::Session, LOG_IN),
    look("/konto/adgangskode/{flow}", Demand::Proof, Refusal::Gone),
    look("/konto/afslut/{flow}", Demand::Proof, Refusal::Gone),
    look("/konto/afslut/{flow}/{relation}", Demand::Proof, Refusal::Gone),
    look("/konto/aktivitet", Demand::Session, LOG_IN),
    look("/konto/aktivitet/{del}", Demand::Session, LOG_IN),
    look("/konto/bekraeft", Demand::Session, LOG_IN),
    look("/konto/tilknytning", Demand::Session, LOG_IN),
    look("/konto/tilknytning/{relation}", Demand::Session, LOG_IN),
    look("/konto/aktivitet.csv", Demand::Session, LOG_IN),
    look("/konto/login", Demand::Session, LOG_IN),
    look("/konto/loginmidler", Demand::Session, LOG_IN),
    look("/konto/loginmidler/{factor}", Demand::Session, LOG_IN),
    look("/konto/loginmidler/ret/{flow}", Demand::Proof, Refusal::Gone),
    look("/konto/loginmidler/ret/{flow}/fjern/{factor}", Demand::Proof, Refusal::Gone),
    look("/konto/loginmidler/ret/{flow}/app", Demand::Proof, Refusal::Gone),
    look("/konto/loginmidler/ret/{flow}/adgangsnoegle", Demand::Proof, Refusal::Gone),
    look("/konto/loginmidler/ret/{flow}/sikkerhedsnoegle", Demand::Proof, Refusal::Gone),
    flow("/fortsaet/{flow}"),
    flow("/fortsaet/{flow}/trin"),
    flow("/paa-telefon/{flow}"),
    flow("/paa-telefon/{flow}/adgangsnoegle"),
    look("/telefon/{token}", Demand::Link, Refusal::Gone),
    look("/konto/koder/{flow}", Demand::Proof, Refusal::Gone),
    look("/konto/kodeviser", Demand::Session, LOG_IN),
    look("/konto/kodeviser/{flow}", Demand::Proof, Refusal::Gone),
    look("/konto/kontakt", Demand::Session, LOG_IN),
    look("/konto/data", Demand::Session, LOG_IN),
    look("/konto/vilkaar", Demand::Session, LOG_IN),
    flow("/konto/bekraeft/{flow}"),
    look("/konto/kontakt/{flow}", Demand::Proof, Refusal::Gone),
    flow("/konto/kontakt/{flow}/kode"),
    flow("/konto/data/{flow}"),
    look("/konto/data/{flow}/json", Demand::Flow, Refusal::To("/konto/data")),
    look("/konto/data/{flow}/side", Demand::Flow, Refusal::To("/konto/data")),
    look("/overblik", Demand::Session, LOG_IN),
    look("/spaer/nu", Demand::Session, SPAER),
    look("/forbliv", Demand::Session, LOG_IN),
    // Administrators alone.
    look("/administration/vilkaar", ADMINISTRATOR, OVERVIEW),
    look("/administration/vilkaar/side/{page}", ADMINISTRATOR, OVERVIEW),
    look("/administration/vilkaar/{flow}", ADMINISTRATOR, OVERVIEW),
    act("/handling/vilkaar-udkast", ADMINISTRATOR, OVERVIEW),
    act("/handling/vilkaar-side", ADMINISTRATOR, OVERVIEW),
    act("/handling/vilkaar-foreslaa", ADMINISTRATOR, OVERVIEW),
    act("/handling/vilkaar-udgiv", ADMINISTRATOR, OVERVIEW),
    act("/handling/vilkaar-tilbage", ADMINISTRATOR, OVERVIEW),
    // Forms.
    act("/handling/find", Demand::Nothing, Refusal::None),
    act("/handling/genaktiver", Demand::Nothing, Refusal::None),
    act("/handling/nulstil", Demand::Nothing, Refusal::None),
    act("/handling/genaktiver-adgangskode", Demand::Flow, REOPEN),
    act("/handling/genaktiver-loginmidler", Demand::Flow, REOPEN),
    act("/handling/genaktiver-app", Demand::Flow, REOPEN),
    act("/handling/noegle-genaktiver-ny", Demand::Flow, REOPEN),
    act("/handling/genaktiver-noegle", Demand::Flow, REOPEN),
    act("/handling/genaktiver-aktivitet", Demand::Flow, REOPEN),
    act("/handling/genaktiver-aabn", Demand::Flow, REOPEN),
    act("/handling/nulstil-adgangskode", Demand::Flow, Refusal::To("/glemt-adgangskode")),
    act("/handling/koder-gemt", Demand::Flow, LOG_IN),
    act("/handling/koder-nye", Demand::Proof, METHODS),
    act("/handling/bekraeft-igen", Demand::Session, LOG_IN),
    act("/handling/bekraeft-senere", Demand::Flow, LOG_IN),
    // The change asks for the current password and a fresh code itself.
    act("/handling/skift-adgangskode", Demand::Session, LOG_IN),
    // So does ending a relation, a fresh code.
    act("/handling/afslut-tilknytning", Demand::Session, LOG_IN),
    act("/handling/afslut-login", Demand::Session, LOG_IN),
    act("/handling/bekraeft-det-er-dig", Demand::Session, LOG_IN),
    act("/handling/bekraeft-kode", Demand::Flow, Refusal::To("/overblik")),
    // A script asks at these what the browser is to do; others are sent on.
    act("/handling/noegle-spoerg", Demand::Flow, LOG_IN),
    act("/handling/noegle-ny", Demand::Flow, START),
    act("/handling/noegle-en-mere", Demand::Proof, METHODS),
    act("/handling/noegle-bekraeft", Demand::Flow, Refusal::To("/overblik")),
    act("/handling/noegle-proev", Demand::Session, LOG_IN),
    act("/handling/noegle", Demand::Flow, LOG_IN),
    // Whoever wants to open or to reset asks for any passkey; what it answers belongs to who was asked.
    act("/handling/noegle-genaktiver", Demand::Nothing, Refusal::None),
    act("/handling/noegle-nulstil", Demand::Nothing, Refusal::None),
    act("/handling/noegle-genaktiveret", Demand::Flow, REOPEN),
    act("/handling/noegle-nulstillet", Demand::Flow, Refusal::To("/glemt-adgangskode")),
    act("/handling/kodeviser-sammen", Demand::Flow, LOG_IN),
    act("/handling/gendannelseskode", Demand::Flow, LOG_IN),
    act("/handling/gendan-bekraeft", Demand::Flow, LOG_IN),
    act("/handling/gendan-app", Demand::Flow, LOG_IN),
    act("/handling/noegle-gendan", Demand::Flow, LOG_IN),
    act("/handling/gendan-noegle", Demand::Flow, LOG_IN),
    act("/handling/noegle-gem", Demand::Flow, START),
    act("/handling/kodeviser", Demand::Flow, START),
    act("/handling/noegle-bekraeftet", Demand::Flow, Refusal::To("/overblik")),
    act("/handling/noegle-gem-mere", Demand::Flow, METHODS),
    act("/handling/telefon-ny", Demand::Flow, START),
    act("/handling/telefon-aabn", Demand::Link, Refusal::Below("/telefon/")),
    act("/handling/telefon-tal", Demand::Flow, METHODS),
    act("/handling/telefon-ja", Demand::Flow, METHODS),
    act("/handling/telefon-nej", Demand::Flow, METHODS),
    act("/handling/telefon-vaelg-app", Demand::Flow, Refusal::To("/telefon/slut")),
    act("/handling/telefon-app", Demand::Flow, Refusal::To("/telefon/slut")),
    act("/handling/noegle-paa-telefon", Demand::Flow, Refusal::To("/telefon/slut")),
    act("/handling/telefon-noegle", Demand::Flow, Refusal::To("/telefon/slut")),
    act("/handling/app-mere", Demand::Proof, METHODS),
    act("/handling/kodeviser-mere", Demand::Proof, METHODS),
    act("/handling/loginmiddel-navn", Demand::Proof, METHODS),
    act("/handling/loginmiddel-foerst", Demand::Session, LOG_IN),
    act("/handling/loginmiddel-senere", Demand::Session, LOG_IN),
    act("/handling/telefon", Demand::Proof, METHODS),
    act("/handling/loginmiddel-fjern", Demand::Proof, METHODS),
    act("/handling/noegle-proevet", Demand::Session, LOG_IN),
    act("/handling/loginmiddel-proev", Demand::Session, LOG_IN),
    act("/handling/kontakt", Demand::Proof, CONTACT),
    act("/handling/kontakt-fjern", Demand::Proof, CONTACT),
    act("/handling/kontakt-kode", Demand::Flow, CONTACT),
    act("/handling/log-af", Demand::Nothing, Refusal::None),
    act("/handling/log-af-videre", Demand::Flow, LEFT),
    act("/handling/begynd", Demand::Link, Refusal::Below("/kom-i-gang/")),
    act("/handling/log-ind", Demand::Flow, LOG_IN),
    act("/handling/kode", Demand::Flow, LOG_IN),
    act("/handling/afbryd", Demand::Flow, LOG_IN),
    act("/handling/vend", Demand::Flow, START),
    act("/handling/accepter", Demand::Flow, START),
    act("/handling/afvis", Demand::Flow, START),
    act("/handling/bekraeft", Demand::Flow, START),
    act("/handling/adgangskode", Demand::Flow, START),
    act("/handling/app", Demand::Flow, START),
    act("/handling/faerdig", Demand::Flow, START),
    act("/handling/koder", Demand::Flow, START),
    // Whoever has no right to block hears that nothing was blocked, and nothing else.
    act("/handling/spaer-nu", Demand::Session, NOT_BLOCKED),
    act("/handling/spaer-kode", Demand::Nothing, Refusal::None),
    act("/handling/spaer-adgangskode", Demand::Nothing, Refusal::None),
    act("/handling/spaer-mitid", Demand::Nothing, Refusal::None),
    act("/handling/spaer-bekraeft", Demand::Flow, NOT_BLOCKED),
    act("/handling/var-det-dig", Demand::Link, NOT_BLOCKED),
    act("/handling/rolle", Demand::StepUp, LOG_IN),
    // An auditor's.
    look("/revision", AUDITOR, LOG_IN),
    look("/revision/udtraek/{flow}", AUDITOR, LOG_IN),
    look("/revision/udtraek/{flow}/csv", AUDITOR, LOG_IN),
    look("/revision/udtraek/{flow}/json", AUDITOR, LOG_IN),
    look("/revision/udtraek/{flow}/foelgebrev", AUDITOR, LOG_IN),
    look("/revision/bestilling/{order}", AUDITOR, LOG_IN),
    look("/revision/bestilling/{order}/csv", AUDITOR, LOG_IN),
    look("/revision/bestilling/{order}/json", AUDITOR, LOG_IN),
    look("/revision/bestilling/{order}/foelgebrev", AUDITOR, LOG_IN),
    look("/revision/bestilling/{order}/trin", AUDITOR, LOG_IN),
    look("/revision/stikproeve/{flow}", AUDITOR, LOG_IN),
    look("/revision/noegletal", AUDITOR, LOG_IN),
    look("/revision/noegletal/{flow}", AUDITOR, LOG_IN),
    look("/revision/haendelser", AUDITOR, LOG_IN),
    look("/revision/haendelser/{flow}", AUDITOR, LOG_IN),
    look("/revision/haendelser/{flow}/{efter}", AUDITOR, LOG_IN),
    look("/revision/haendelse/{flow}", AUDITOR, LOG_IN),
    look("/revision/vilkaar", AUDITOR, LOG_IN),
    look("/revision/vilkaar/{flow}", AUDITOR, LOG_IN),
    look("/revision/krav", AUDITOR, LOG_IN),
    act("/handling/revision-noegletal", AUDITOR, LOG_IN),
    act("/handling/revision-soeg", AUDITOR, LOG_IN),
    act("/handling/revision-vis", AUDITOR, LOG_IN),
    act("/handling/revision-udtraek", AUDITOR, LOG_IN),
    act("/handling/revision-annuller", AUDITOR, LOG_IN),
    act("/handling/revision-stikproeve", AUDITOR, LOG_IN),
    act("/handling/revision-person", AUDITOR, LOG_IN),
];

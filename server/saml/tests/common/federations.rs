//! What every federation is answered, through the whole wire.

use super::{Request, granted, house, now};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::registered::JobFunction;
use domain::relying_party::{Attribute, Encryption, Preset, RelyingParty};
use usecases::ports::saml::{Inbound, Named, SamlWire as _};

/// The name of the OIOSAML profiles.
pub const PERSON: &str =
    "https://data.gov.dk/model/core/eid/professional/uuid/3f2f7c5e-8a51-4d6f-9f44-0a6f5cf6c1d2";
/// What `NemLog-in` knows her by, and Unilogin.
pub const EXACT: &str = "Maja.Holm@Kommune.dk";
pub const UNI_ID: &str = "maja1234";

/// Every federation, and by which name it knows her.
pub const FEDERATIONS: [(Preset, &str); 5] = [
    (Preset::Oiosaml, PERSON),
    (Preset::NemLogIn, EXACT),
    (Preset::Kombit, "C=DK,O=99999999,CN=Maja Holm,Serial=3f2f7c5e-8a51-4d6f-9f44-0a6f5cf6c1d2"),
    (Preset::Stil, UNI_ID),
    (Preset::Plain, PERSON),
];

/// Every kind of encryption that a connection may have, of both families.
pub const ENCRYPTIONS: [Encryption; 3] =
    [Encryption::Oaep256Gcm, Encryption::OaepMgf1pGcm, Encryption::OaepMgf1pCbc];

/// The answer to a service of a federation, through the whole wire, to whom it knows by this name.
pub fn answered(to: &RelyingParty, name_id: &str) -> String {
    let wire = house();
    let request = wire.read(Inbound::Redirect(&Request::good().query()), to, now()).unwrap();
    let named = Named {
        name_id: name_id.to_owned(),
        organisation: "Prøve Kommune".to_owned(),
        released: vec![(Attribute::Mail, "maja@kommune.example".to_owned())]
            .into_iter()
            .filter(|(attribute, _)| to.says.release.contains(attribute))
            .collect(),
        job_functions: vec![JobFunction::read("http://kommune.dk/roles/jobrole/laeser/1").unwrap()],
    };
    let ids = ["_a", "_b", "_c"].map(str::to_owned);
    let outgoing = wire.answer(&request, to, &granted(), &named, ids, now()).unwrap();
    String::from_utf8(STANDARD.decode(outgoing.response).unwrap()).unwrap()
}

//! The configuration of a house in operation, for whatever test runs the programme or reads its configuration.

/// Whole and good; its files lie beside it, and the system chooses the port.
const IN_OPERATION: &str = r#"
kind = "production"
public_url = "https://login.eksempelkommune.dk"
listen = "127.0.0.1:0"
database = "sqlite:nsis-id.db"
person_keys = "sqlite:outside/person-keys.db"
mitid = [{ id = "neb", environment = "production", issuer = "https://netseidbroker.dk/op", client_id = "client", client_secret = "a-long-secret-of-our-own-0123456789", redirect_uri = "https://login.eksempelkommune.dk/mitid/tilbage/neb" }]
[municipality]
name = "Eksempel Kommune"
cvr = "29189897"
phone = "70 00 00 00"
mail = "servicedesk@eksempel.test"
[keys]
ring = "keys.toml"
passphrase_file = "kek.toml"
passphrase_from = "passphrase"
[outside]
file = "outside/records"
[mail]
server = "smtps://mail.eksempel.test"
from = "login@eksempel.test"
"#;

/// That configuration, and what a test has otherwise: instead of these words, which stand in it, those.
pub(crate) fn configuration(otherwise: &[(&str, &str)]) -> String {
    otherwise.iter().fold(IN_OPERATION.to_owned(), |text, (said, instead)| {
        assert!(text.contains(said), "a configuration does not say {said}");
        text.replace(said, instead)
    })
}

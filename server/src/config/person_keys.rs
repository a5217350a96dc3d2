//! Where people's own keys of the trail lie (security decision 29).

use super::Kind;
use std::path::Path;

/// What is wrong with where they lie, given where the database does; none when that is well.
pub(super) fn objection(kind: Kind, database: &str, keys: Option<&str>) -> Option<String> {
    let production = kind == Kind::Production;
    let apart = "or whoever is erased comes back with the next backup of the database";
    let Some(keys) = keys else {
        return production.then(|| {
            format!("person_keys: production names a place for people's own keys of the trail apart from the database, {apart}")
        });
    };
    match (database.strip_prefix("sqlite:"), keys.strip_prefix("sqlite:")) {
        (Some(database), Some(keys)) => {
            let beside = Path::new(database).parent() == Path::new(keys).parent();
            let same = database == keys || (production && beside);
            same.then(|| format!("person_keys: must not lie in or beside the database, {apart}"))
        }
        (None, None) => {
            if let Err(unsafe_way) = storage_postgres::check_address(keys) {
                return Some(format!("person_keys: {unsafe_way}"));
            }
            let same = production && storage_postgres::is_same_database(database, keys);
            same.then(|| format!("person_keys: must be another database than `database`, {apart}"))
        }
        _ => Some(
            "person_keys: must be of the same kind as `database`: sqlite:FILE or postgres://…".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_keeps_peoples_keys_apart_from_the_database_and_a_pilot_may() {
        let (file, server) = ("sqlite:/var/lib/nsis-id/nsis-id.db", "postgres://nsis@localhost/nsis");
        for (database, keys) in [
            (file, None),
            (file, Some("sqlite:/var/lib/nsis-id/keys.db")),
            (server, None),
            (server, Some("postgres://keys@localhost:5432/nsis")),
        ] {
            let said = objection(Kind::Production, database, keys);
            assert!(
                said.is_some_and(|why| why.contains("comes back with the next backup")),
                "{database} {keys:?}"
            );
            assert_eq!(objection(Kind::Pilot, database, keys), None, "{database} {keys:?}");
        }
        for (database, keys) in
            [(file, "sqlite:/var/lib/nsis-id-keys/keys.db"), (server, "postgres://nsis@localhost/nsis_keys")]
        {
            assert_eq!(objection(Kind::Production, database, Some(keys)), None, "{keys}");
        }
        for (database, keys) in
            [(file, file), (file, server), (server, file), (server, "postgres://nsis@192.0.2.1/keys")]
        {
            assert!(objection(Kind::Pilot, database, Some(keys)).is_some(), "{database} {keys}");
        }
    }
}

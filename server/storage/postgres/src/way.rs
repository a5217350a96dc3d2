//! The way to the database: what travels it is hashes, sealed numbers and who may log in.

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::net::IpAddr;
use std::str::FromStr as _;

/// Why an address is no way to a database.
#[derive(Debug, thiserror::Error)]
pub enum Unsafe {
    /// It cannot be read.
    #[error("the database address cannot be read")]
    Unreadable(#[source] sqlx::Error),
    /// The way to it is open to others: whoever sits on it could read logins, or answer in the database's place and
    /// revive a blocked one (NSIS 4.1.6.2).
    #[error(
        "the database at {0} is another machine, so its address must say sslmode=verify-full: without a verified \
         certificate whoever sits on the way could read logins, or answer in the database's place. Give it a \
         certificate and add sslmode=verify-full, with sslrootcert=FILE where its authority is your own."
    )]
    Open(String),
}

/// Reads an address. Another machine is reached with a verified certificate only; a Unix socket and loopback
/// addresses do not leave this one.
///
/// # Errors
/// [`Unsafe`]
pub fn check_address(url: &str) -> Result<(), Unsafe> {
    options(url).map(drop)
}

/// Whether two addresses lead to the same database, as far as they say so themselves; false where one cannot be read.
pub fn is_same_database(one: &str, other: &str) -> bool {
    let place = |url: &str| {
        let options = PgConnectOptions::from_str(url).ok()?;
        let database = options.get_database().unwrap_or(options.get_username()).to_owned();
        Some((options.get_host().to_owned(), options.get_socket().cloned(), options.get_port(), database))
    };
    place(one).is_some_and(|one| place(other) == Some(one))
}

/// As [`check_address`]; judged as the driver understood the address, with what the environment adds.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions, Unsafe> {
    let options = PgConnectOptions::from_str(url).map_err(Unsafe::Unreadable)?;
    let verified = matches!(options.get_ssl_mode(), PgSslMode::VerifyFull);
    if verified || stays_here(&options) {
        Ok(options)
    } else {
        Err(Unsafe::Open(options.get_host().to_owned()))
    }
}

fn stays_here(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_takes_a_verified_certificate() {
        for way in ["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require", "?sslmode=verify-ca"] {
            for host in ["db.kommune.example", "192.0.2.5", "[2001:db8::5]", "localhost.example"] {
                let refused = check_address(&format!("postgres://nsis@{host}/nsis{way}"));
                let said = refused.err().map(|why| why.to_string()).unwrap_or_default();
                assert!(said.contains("sslmode=verify-full"), "{host}{way}: {said}");
            }
        }
        check_address("postgres://nsis@db.kommune.example/nsis?sslmode=verify-full").unwrap();
    }

    #[test]
    fn the_same_database_is_known_by_another_user_and_another_way_of_writing() {
        let one = "postgres://nsis@db.kommune.example/nsis?sslmode=verify-full";
        assert!(is_same_database(one, "postgresql://keys:x@db.kommune.example:5432/nsis"));
        for other in ["db.kommune.example/keys", "db.kommune.example:5433/nsis", "other.example/nsis"] {
            assert!(!is_same_database(one, &format!("postgres://nsis@{other}")), "{other}");
        }
        assert!(!is_same_database("postgres://nsis@[oops/nsis", "postgres://nsis@[oops/nsis"));
    }

    #[test]
    fn what_stays_on_this_machine_needs_none() {
        for here in [
            "localhost/nsis",
            "127.0.0.1:5433/nsis",
            "[::1]/nsis",
            "localhost/nsis?host=/run/postgresql",
            "%2Frun%2Fpg/nsis",
        ] {
            check_address(&format!("postgres://nsis@{here}")).unwrap();
        }
    }

    #[test]
    fn an_address_elsewhere_hidden_in_a_parameter_is_seen() {
        assert!(check_address("postgres://nsis@localhost/nsis?host=db.example").is_err());
        assert!(check_address("postgres://nsis@localhost/nsis?hostaddr=192.0.2.5").is_err());
        assert!(matches!(check_address("postgres://nsis@[oops/nsis"), Err(Unsafe::Unreadable(_))));
    }
}

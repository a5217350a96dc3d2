//! Codes of hardware devices, worked out with their seeds, and what a person signs in with besides her password.

use crate::fault::Fault;
use crate::ports::store::{StoreFault, Tx};
use crate::ports::vault::Sealed;
use core::ops::RangeInclusive;
use domain::code_device::{CodeDevice, HashAlgorithm};
use domain::factor::{Added, AuthenticatorApp, TimeStep};
use domain::ids::PersonId;
use totp_rs::{Algorithm, Builder, Secret};

/// The places, of these, whose code is this one (RFC 4226, 5.3; the clock of RFC 6238 only says which place).
pub(crate) fn fitting(
    device: &CodeDevice,
    seed: &[u8],
    code: &str,
    places: RangeInclusive<i64>,
) -> Result<Vec<i64>, Fault> {
    if code.len() != usize::from(device.digits.count()) {
        return Ok(Vec::new());
    }
    let algorithm = match device.hash {
        HashAlgorithm::Sha1 => Algorithm::SHA1,
        HashAlgorithm::Sha256 => Algorithm::SHA256,
        HashAlgorithm::Sha512 => Algorithm::SHA512,
    };
    // With steps of one second "the time" is the place itself.
    let codes = Builder::new()
        .with_algorithm(algorithm)
        .with_digits(device.digits.count())
        .with_secret(Secret::from(seed.to_vec()))
        .with_step_duration(1)
        .with_skew(0)
        .build()
        .map_err(|_| Fault::Encoding)?;
    let fits = |place: &i64| u64::try_from(*place).is_ok_and(|place| codes.check(code, place).is_some());
    Ok(places.filter(fits).collect())
}

/// The code devices she signs in with, with their sealed seeds.
pub(crate) async fn active(
    tx: &mut dyn Tx,
    person: PersonId,
) -> Result<Vec<(CodeDevice, Sealed)>, StoreFault> {
    let mut devices = tx.devices_of(person).await?;
    devices.retain(in_use);
    Ok(devices)
}

/// Whether it is one she signs in with.
pub(crate) fn in_use((device, _): &(CodeDevice, Sealed)) -> bool {
    device.in_use().is_some()
}

/// Everything that shows codes and counts at her login, for pages that list it; apps first.
pub(crate) async fn methods(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<AuthenticatorApp>, StoreFault> {
    let mut all: Vec<_> = tx.apps_of(person).await?.into_iter().map(|(app, _)| app).collect();
    let devices = active(tx, person).await?;
    all.extend(devices.iter().filter_map(|(device, _)| listed(device)));
    Ok(all)
}

/// A device as pages list login methods. What its codes are counted by stays with the device.
fn listed(device: &CodeDevice) -> Option<AuthenticatorApp> {
    let in_use = device.in_use()?;
    Some(AuthenticatorApp {
        id: device.id,
        person: in_use.of,
        name: in_use.name.clone(),
        added_at: in_use.since,
        added: Added::StepUp,
        used_at: Some(in_use.used_at),
        last_step: TimeStep(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::code_device::{Digits, Life, Moving, Serial};

    fn device(hash: HashAlgorithm, digits: u8) -> CodeDevice {
        CodeDevice {
            id: uuid::Uuid::from_u128(1).into(),
            serial: Serial::try_from("1".to_owned()).unwrap(),
            manufacturer: None,
            model: None,
            hash,
            digits: Digits::try_from(digits).unwrap(),
            moving: Moving::Button { next: 0 },
            life: Life::InStock { since: Timestamp::UNIX_EPOCH },
        }
    }

    /// RFC 4226, appendix D.
    #[test]
    fn the_codes_of_the_rfc_stand_where_it_says() {
        let seed = b"12345678901234567890";
        for (place, code) in [(0, "755224"), (1, "287082"), (9, "520489")] {
            let found = fitting(&device(HashAlgorithm::Sha1, 6), seed, code, 0..=20).unwrap();
            assert_eq!(found, [place], "{code}");
        }
        assert!(fitting(&device(HashAlgorithm::Sha1, 6), seed, "755224", 1..=20).unwrap().is_empty());
        assert!(fitting(&device(HashAlgorithm::Sha1, 8), seed, "755224", 0..=20).unwrap().is_empty());
    }

    /// RFC 6238, appendix B: the second 59, with the seeds its code listing uses.
    #[test]
    fn so_do_those_of_longer_hashes() {
        let seeds = b"1234567890123456789012345678901234567890123456789012345678901234";
        for (hash, length, code) in [
            (HashAlgorithm::Sha1, 20, "94287082"),
            (HashAlgorithm::Sha256, 32, "46119246"),
            (HashAlgorithm::Sha512, 64, "90693936"),
        ] {
            let seed = &seeds.as_slice()[..length];
            assert_eq!(fitting(&device(hash, 8), seed, code, 0..=5).unwrap(), [1], "{hash:?}");
        }
    }
}

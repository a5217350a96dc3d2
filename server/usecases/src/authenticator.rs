//! Codes of authenticator apps (RFC 6238: SHA-1, six digits, thirty seconds, ±1 step), and spending a code of any kind.

use crate::code_devices::fitting;
use crate::codes::Codes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::ports::store::Tx;
use crate::ports::vault::KeyUse;
use crate::record::seed_place;
use domain::Timestamp;
use domain::code::six_digits;
use domain::code_device::typed_digits;
use domain::factor::{FactorKind, TimeStep, unused_step};
use domain::ids::FactorId;
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a new seed: 160 bits, as RFC 4226 recommends.
pub(crate) const SEED_BYTES: usize = 20;

/// The steps within ±1 of now whose code is this one.
pub(crate) fn matching_steps(seed: &[u8], code: &str, now: Timestamp) -> Result<Vec<TimeStep>, Fault> {
    let totp = totp(seed)?;
    let current = TimeStep::at(now).0;
    let fits = |step: &i64| {
        u64::try_from(step.saturating_mul(30)).is_ok_and(|time| totp.check(code, time).is_some())
    };
    Ok((current - 1..=current + 1).filter(fits).map(TimeStep).collect())
}

/// Spends the code with whichever of her apps and devices made it; gives its kind, and which.
pub(crate) async fn spend_code(
    cx: &Cx,
    tx: &mut dyn Tx,
    codes: &Codes,
    typed: &str,
) -> Result<Option<(FactorKind, FactorId)>, Fault> {
    if let Some(app) = spend_of_app(cx, tx, codes, typed).await? {
        return Ok(Some((FactorKind::AuthenticatorApp, app)));
    }
    Ok(spend_of_device(cx, tx, codes, typed).await?.map(|device| (FactorKind::CodeDevice, device)))
}

async fn spend_of_app(
    cx: &Cx,
    tx: &mut dyn Tx,
    codes: &Codes,
    typed: &str,
) -> Result<Option<FactorId>, Fault> {
    let Some(code) = six_digits(typed) else { return Ok(None) };
    for (app, sealed) in codes.apps() {
        let seed = cx.house.vault.open(KeyUse::Seeds, &seed_place(app.id), sealed)?;
        let steps = matching_steps(&seed, &code, cx.now)?;
        if let Some(step) = unused_step(app.last_step, &steps) {
            tx.use_up_step(app.id, step, cx.now).await?;
            return Ok(Some(app.id));
        }
    }
    Ok(None)
}

async fn spend_of_device(
    cx: &Cx,
    tx: &mut dyn Tx,
    codes: &Codes,
    typed: &str,
) -> Result<Option<FactorId>, Fault> {
    let Some(code) = typed_digits(typed) else { return Ok(None) };
    for (device, sealed) in codes.devices() {
        let seed = cx.house.vault.open(KeyUse::Seeds, &seed_place(device.id), sealed)?;
        // The window begins behind the last that was used: the first that fits is one nobody used.
        let places = fitting(device, &seed, &code, device.moving.at_sign_in(cx.now))?;
        let Some(place) = places.first() else { continue };
        if let Ok(spent) = device.clone().spent(*place, cx.now)
            && tx.spend_device(&spent).await?
        {
            return Ok(Some(device.id));
        }
    }
    Ok(None)
}

/// What an app is told: the seed in base 32, and the address that a QR code or a link carries.
pub(crate) fn offer(seed: &[u8], issuer: &str, account: &str) -> Result<(String, String), Fault> {
    // The address joins issuer and account with a colon, so neither may hold one.
    let plain = |text: &str| text.replace(':', " ");
    let named = Builder::new()
        .with_secret(Secret::from(seed.to_vec()))
        .with_issuer(Some(plain(issuer)))
        .with_account_name(plain(account))
        .build()
        .map_err(|_| Fault::Encoding)?;
    let address = named.to_url().map_err(|_| Fault::Encoding)?;
    Ok((Secret::from(seed.to_vec()).to_base32(), address))
}

fn totp(seed: &[u8]) -> Result<Totp, Fault> {
    Builder::new().with_secret(Secret::from(seed.to_vec())).with_skew(0).build().map_err(|_| Fault::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed and a code of RFC 6238, appendix B (SHA-1, T = 1), cut to six digits.
    #[test]
    fn the_code_of_the_rfc_is_accepted_a_step_around_and_no_further() {
        let seed = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).unwrap();
        for second in [29, 59, 89] {
            assert_eq!(matching_steps(seed, "287082", at(second)).unwrap(), [TimeStep(1)], "{second}");
        }
        assert!(matching_steps(seed, "287082", at(90)).unwrap().is_empty());
    }

    #[test]
    fn the_address_names_issuer_and_account() {
        let (secret, address) = offer(b"12345678901234567890", "Eksempel Kommune", "maja.holm").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(address.starts_with("otpauth://totp/Eksempel%20Kommune:maja.holm?"), "{address}");
    }
}

//! Kinds of factor, and what the combinations of one sign-in are worth (NSIS 3.2.1).

use crate::level::AssuranceLevel;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The category of a factor. Two of one category are one (NSIS 3.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    /// Something only she knows: a password, and a PIN as well. So there is no kind for a PIN: beside a password it would be
    /// the same category again. The PIN of a key never leaves the key; what it vouches for is [`Category::Verified`].
    Knowledge,
    /// Something only she has.
    Possession,
    /// Something only she knows or is, shown to her key and vouched for by it: its PIN, her finger, her face.
    Verified,
}

/// One kind of factor, as used in a sign-in. Kept with sessions and flows: never rename one, add another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FactorKind {
    /// A password.
    Password,
    /// A code from an authenticator app (RFC 6238).
    AuthenticatorApp,
    /// A code from a device that makes nothing else (RFC 4226, RFC 6238).
    CodeDevice,
    /// A code from her printed sheet (security decision 16).
    RecoveryCode,
    /// A passkey or security key, as one possession factor.
    Passkey,
    /// A passkey that counts alone in this sign-in (security decision 17).
    PasskeyAlone,
}

impl FactorKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Password,
        Self::AuthenticatorApp,
        Self::CodeDevice,
        Self::RecoveryCode,
        Self::Passkey,
        Self::PasskeyAlone,
    ];

    /// What categories it shows.
    pub fn categories(self) -> &'static [Category] {
        match self {
            Self::Password => &[Category::Knowledge],
            Self::AuthenticatorApp | Self::CodeDevice | Self::RecoveryCode | Self::Passkey => {
                &[Category::Possession]
            }
            Self::PasskeyAlone => &[Category::Possession, Category::Verified],
        }
    }

    /// Whether its proof differs each time (NSIS 3.3.1.4). A recovery code is used once and yet was written down long
    /// before: it proves nothing about now.
    pub fn is_dynamic(self) -> bool {
        match self {
            Self::AuthenticatorApp | Self::CodeDevice | Self::Passkey | Self::PasskeyAlone => true,
            Self::Password | Self::RecoveryCode => false,
        }
    }

    /// The word kept in the trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::AuthenticatorApp => "app",
            Self::CodeDevice => "device",
            Self::RecoveryCode => "recovery-code",
            Self::Passkey => "passkey",
            Self::PasskeyAlone => "passkey-alone",
        }
    }
}

/// What the factors of one sign-in add up to: Substantial needs two categories and a dynamic proof; one factor is Low.
pub fn authentication_level(used: &[FactorKind]) -> Option<AssuranceLevel> {
    if used.is_empty() {
        return None;
    }
    let categories: BTreeSet<Category> = used.iter().flat_map(|kind| kind.categories()).copied().collect();
    let dynamic = used.iter().any(|kind| kind.is_dynamic());
    let substantial = categories.len() >= 2 && dynamic;
    Some(if substantial { AssuranceLevel::Substantial } else { AssuranceLevel::Low })
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssuranceLevel::{Low, Substantial};
    use FactorKind::{AuthenticatorApp, CodeDevice, Passkey, PasskeyAlone, Password, RecoveryCode};

    /// Every pair a person can show, in either order, and each kind alone (on the diagonal: twice the same is one). Two
    /// passwords, or a password and a PIN, are the first row's first: one thing she knows, Low.
    const TABLE: [(FactorKind, [AssuranceLevel; 6]); 6] = [
        //                  password     app          device       recovery     passkey      alone
        (Password, [Low, Substantial, Substantial, Low, Substantial, Substantial]),
        (AuthenticatorApp, [Substantial, Low, Low, Low, Low, Substantial]),
        (CodeDevice, [Substantial, Low, Low, Low, Low, Substantial]),
        (RecoveryCode, [Low, Low, Low, Low, Low, Substantial]),
        (Passkey, [Substantial, Low, Low, Low, Low, Substantial]),
        (PasskeyAlone, [Substantial, Substantial, Substantial, Substantial, Substantial, Substantial]),
    ];

    #[test]
    fn every_pair_gives_exactly_its_level() {
        for (row, (first, levels)) in TABLE.into_iter().enumerate() {
            assert_eq!(first, FactorKind::ALL[row]);
            assert_eq!(authentication_level(&[first]), Some(levels[row]), "{first:?} alone");
            for (second, level) in FactorKind::ALL.into_iter().zip(levels) {
                assert_eq!(authentication_level(&[first, second]), Some(level), "{first:?} and {second:?}");
            }
        }
        assert_eq!(authentication_level(&[]), None);
    }

    #[test]
    fn one_more_factor_never_lowers_the_level() {
        for first in FactorKind::ALL {
            for second in FactorKind::ALL {
                for third in FactorKind::ALL {
                    let all = authentication_level(&[first, second, third]);
                    assert!(all >= authentication_level(&[first, second]));
                }
            }
        }
    }

    #[test]
    fn what_older_sessions_hold_is_read() {
        for (kind, word) in [(Password, "\"Password\""), (AuthenticatorApp, "\"AuthenticatorApp\"")] {
            assert_eq!(serde_json::from_str::<FactorKind>(word).unwrap(), kind);
            assert_eq!(serde_json::to_string(&kind).unwrap(), word);
        }
    }

    #[test]
    fn no_two_kinds_share_a_word() {
        let words: BTreeSet<_> = FactorKind::ALL.into_iter().map(FactorKind::word).collect();
        assert_eq!(words.len(), FactorKind::ALL.len());
    }
}

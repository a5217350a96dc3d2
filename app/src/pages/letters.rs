//! What a letter was about, in no more words than its subject: for the page behind its link (page 19).

use domain::notice::Template;
use text::Say;
use text::pages::emergency as words;

/// Every letter that asks "was it you?" has words of its own: by them she knows what she answers. A new one is not built
/// before it has some.
pub(super) const fn told_of(template: Template) -> Say {
    match template {
        Template::TermsAccepted => words::EVENT_TERMS,
        Template::IdentityProved => words::EVENT_PROVED,
        Template::FactorAdded => words::EVENT_FACTOR,
        Template::FactorRemoved => words::EVENT_FACTOR_GONE,
        Template::FactorRenamed => words::EVENT_FACTOR_NAME,
        Template::PasswordSet => words::EVENT_PASSWORD,
        Template::ResetLeft => words::EVENT_RESET_LEFT,
        Template::CodesStopped => words::EVENT_STOPPED,
        Template::CodesPaused => words::EVENT_PAUSED,
        Template::CodesPrinted => words::EVENT_CODES,
        Template::RecoveryCodeUsed => words::EVENT_RECOVERY_CODE,
        Template::PasswordLeaked => words::EVENT_PASSWORD_LEAKED,
        Template::NewPlace => words::EVENT_NEW_PLACE,
        Template::Active => words::EVENT_ACTIVE,
        Template::Reopened => words::EVENT_OPENED,
        Template::ContactChanged => words::EVENT_CONTACT,
        Template::OwnDataTaken => words::EVENT_OWN_DATA,
        // They carry no such link.
        Template::Welcome
        | Template::Reminder
        | Template::ActiveToOrganisation
        | Template::Blocked
        | Template::RevocationNear
        | Template::Revoked
        | Template::MassBlocking
        | Template::RoleProposed
        | Template::KeysChanged
        | Template::KeyEnds
        | Template::FeedImported
        | Template::ServiceSaved
        | Template::ServiceAttention
        | Template::AssociationClosed
        | Template::ContactCode
        | Template::OpenAnew
        | Template::DatabaseRecovered
        | Template::EndedToOrganisation
        | Template::ReconfirmationNear
        | Template::NameChanged
        | Template::DevicesChanged
        | Template::DeviceHandedOut
        | Template::SeedLeaked
        | Template::TokenReused
        | Template::HeldByMunicipality
        | Template::HeldForLeak
        | Template::HeldForTerms
        | Template::TermsNear
        | Template::HoldLifted
        | Template::BeginsAnew
        | Template::HoldsChanged
        | Template::Erasure
        | Template::TermsHandled
        | Template::ReadByAuditor
        | Template::RolesEnded
        | Template::RoleUnheld
        | Template::DatabaseMigrated
        | Template::OutsideBegun
        | Template::NumberChanged
        | Template::KeyCopied => words::EVENT_OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_letter_that_asks_whether_it_was_her_has_words_of_its_own() {
        let mut all = BTreeSet::new();
        for template in Template::ALL.into_iter().filter(|it| it.may_block()) {
            let told = told_of(template);
            assert_ne!(told, words::EVENT_OTHER, "{template:?}");
            assert!(all.insert(told.da) && all.insert(told.en), "{template:?} is told as another: {told:?}");
        }
        assert!(all.len() > 30, "{all:?}");
    }
}

//! Which part of her activity a kind of event belongs to.

use super::Which;
use domain::audit::EventKind;

/// The part a kind belongs to; none for what people would not recognise, for a reason that stands in the test below.
pub(crate) fn part(kind: EventKind) -> Option<Which> {
    use EventKind as Kind;
    match kind {
        Kind::SignedIn
        | Kind::KeyAccepted
        | Kind::SignedOut
        | Kind::TokenIssued
        | Kind::TokenRevoked
        | Kind::ClaimsTold
        | Kind::LogoutReceived => Some(Which::SignIns),
        Kind::PersonImported
        | Kind::PersonRegistered
        | Kind::Invited
        | Kind::EnrolmentBegun
        | Kind::EnrolmentFinished
        | Kind::EnrolmentRevoked
        | Kind::IdentityProved
        | Kind::Reconfirmed
        | Kind::PasswordSet
        | Kind::PasswordLeaked
        | Kind::ResetBegun
        | Kind::FactorAdded
        | Kind::FactorRemoved
        | Kind::FactorRenamed
        | Kind::FactorPreferred
        | Kind::FactorTested
        | Kind::DeviceHandedOut
        | Kind::DeviceReturned
        | Kind::DeviceResynchronised
        | Kind::DeviceLeaked
        | Kind::PhoneOpened
        | Kind::MeansRevoked
        | Kind::TermsAccepted
        | Kind::TermsDeclined
        | Kind::TermsDraftBegun
        | Kind::TermsProposed
        | Kind::TermsDraftWithdrawn
        | Kind::TermsPublished
        | Kind::Held
        | Kind::HoldLifted
        | Kind::LiftAsked
        | Kind::ReopeningBegun
        | Kind::Reopened
        | Kind::SuspensionRevoked
        | Kind::LoginRecovered
        | Kind::CodesPrinted
        | Kind::RecoveryCodeUsed
        | Kind::CodesReopened
        | Kind::AssociationActivated
        | Kind::AssociationClosed
        | Kind::RoleProposed
        | Kind::RoleAccepted
        | Kind::RoleEnded
        | Kind::StepUpDone
        | Kind::ContactAsked
        | Kind::ContactChanged
        | Kind::ContactTakenBack
        | Kind::OwnDataTaken
        | Kind::ErasureProposed
        | Kind::CaseNamed
        | Kind::TrailRead
        | Kind::PartRead
        | Kind::NameRead
        | Kind::ManyRead
        | Kind::TrailExported => Some(Which::Changes),
        Kind::EnrolmentRefused
        | Kind::ProofRefused
        | Kind::SignInRefused
        | Kind::CodesStopped
        | Kind::TokenRefused
        | Kind::TokenReused
        | Kind::PasswordRefused
        | Kind::FactorRefused
        | Kind::DeviceRefused
        | Kind::PhoneRefused
        | Kind::KeyMistrusted
        | Kind::BlockRefused
        | Kind::HoldRefused
        | Kind::ReopeningRefused
        | Kind::StepUpRefused
        | Kind::ContactRefused
        | Kind::RoleRefused
        | Kind::TermsDraftRefused
        | Kind::ErasureRefused
        | Kind::AuditorRefused => Some(Which::Refused),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::OF_EVERYBODY;
    use super::*;

    /// What is about a person and not among what she is shown, and why not. All of it is in the copy of her data.
    const NOT_SHOWN: &[(EventKind, &str)] = &[
        (EventKind::TermsPageShown, "the accept it leads to is shown"),
        (EventKind::TermsDraftWritten, "each save of a draft, which is shown where it began and ended"),
        (EventKind::TermsNear, "a letter of which she has the text"),
        (EventKind::ProofStarted, "what came of it is shown"),
        (EventKind::ReconfirmationNear, "a letter of which she has the text"),
        (EventKind::ReconfirmationPutOff, "nothing changed: she is asked again"),
        (EventKind::FactorCheckPutOff, "nothing changed: she is asked again"),
        (EventKind::PasswordPutOff, "nothing changed: she is asked again"),
        (EventKind::FactorOffered, "what came of it is shown"),
        (EventKind::PhoneOffered, "what came of it is shown"),
        (EventKind::PhoneAdmitted, "a step to the method, which is shown"),
        (EventKind::PhoneAnswered, "a step to the method, which is shown"),
        (EventKind::PasswordAccepted, "a step of the sign-in, which is shown, done or refused"),
        (EventKind::CodeIssued, "the answer it was changed for is shown"),
        (
            EventKind::TokenRenewed,
            "machines go on by themselves with an answer that is shown, every few minutes",
        ),
        (EventKind::ServiceTold, "the sign-out it tells of is shown"),
        (EventKind::LogoutAsked, "the sign-out it is part of is shown"),
        (EventKind::LogoutAnswered, "the sign-out it is part of is shown"),
        (EventKind::ReopeningStep, "the reopening is shown where it began and ended"),
        (EventKind::NoticeSent, "she has it"),
        (
            EventKind::NoticeFailed,
            "it is tried again by itself, and who watches the house hears when it is given up",
        ),
        (EventKind::PersonErased, "nobody is left to look"),
    ];

    #[test]
    fn whatever_is_about_a_person_is_shown_to_her_or_says_why_not() {
        for kind in EventKind::ALL.iter().filter(|kind| kind.about().of_person) {
            let why = NOT_SHOWN.iter().find(|(hidden, _)| hidden == kind);
            assert_ne!(part(*kind).is_some(), why.is_some_and(|(_, why)| !why.is_empty()), "{kind:?}");
        }
        for kind in EventKind::ALL.iter().filter(|kind| !kind.about().of_person) {
            assert_eq!(part(*kind).is_some(), OF_EVERYBODY.contains(kind), "{kind:?} is about nobody");
        }
    }
}

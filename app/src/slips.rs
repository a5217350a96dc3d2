//! Which field a slip belongs to, and its sentence.

use crate::desk::{Slip, Tiding};
use crate::scene::Scene;
use domain::password::{LONGEST, SHORTEST, Weak};
use domain::publication::Part;
use text::pages::{
    account, auditor, audits, common, contact, devices, keys, methods, phone, publication, recovery,
    reopening, slips,
};
use text::{Say, format};

impl Slip {
    /// The `id` and name of the field.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::UserNameMissing => "user_name",
            Self::PasswordMissing
            | Self::NoMatch { .. }
            | Self::NewPasswordMissing
            | Self::SamePassword
            | Self::PasswordWeak(_) => "password",
            Self::CurrentMissing | Self::NotShown => "current",
            Self::CodeMissing
            | Self::CodeShape
            | Self::CodeWrong { .. }
            | Self::ShownCodeMissing
            | Self::ShownCodeShape
            | Self::ShownCodeWrong { .. }
            | Self::CodesApart { .. } => "code",
            Self::SecondCodeMissing => "second",
            Self::BoxNotTicked => "accept",
            Self::VersionName => "version",
            Self::TermsTooLong(part) | Self::TermsPlaceholder(part) => part_field(part),
            Self::FirstDayShape | Self::FirstDayEarly | Self::FirstDayFar | Self::FromShape => "from",
            Self::BindsMissing => "binds",
            Self::LastDayShape | Self::LastDay | Self::LastDayWithout => "accept_by",
            Self::RecoveryCodeMissing | Self::RecoveryCodeWrong { .. } => "recovery_code",
            Self::BlockingCodeMissing => "blocking_code",
            Self::CodesNotSaved => "saved",
            Self::NotSure => "sure",
            Self::MailShape | Self::MobileShape | Self::ContactSame => "address",
            Self::SentCodeMissing | Self::SentCodeWrong { .. } => "sent_code",
            Self::FactorName => "name",
            Self::NumberMissing | Self::NumberWrong { .. } | Self::NoPhone => "number",
            Self::ExportMissing => "export",
            Self::ToShape | Self::PeriodBackwards | Self::OrdersFull | Self::ReferenceLong => "to",
            Self::SeedShape => "seed",
            Self::SampleSize => "many",
            Self::PersonUnknown => "person",
            Self::CaseMissing => "case",
            Self::KindUnknown | Self::KindFitsNot => "kinds",
            Self::ReferenceShape => "reference",
            Self::PlaceShape => "place",
        }
    }

    /// What to do about it.
    pub(crate) fn words(self, scene: &Scene) -> String {
        match self {
            Self::UserNameMissing => scene.tell(slips::USER_NAME_MISSING),
            Self::PasswordMissing => scene.tell(slips::PASSWORD_MISSING),
            Self::NoMatch { left } => join([scene.tell(slips::NO_MATCH), tries(scene, left)]),
            Self::CodeMissing => scene.tell(slips::CODE_MISSING),
            Self::CodeShape => scene.tell(slips::CODE_SHAPE),
            Self::CodeWrong { left, again } => {
                let clock = if again { scene.tell(slips::CODE_CLOCK) } else { String::new() };
                join([scene.tell(slips::CODE_WRONG), join([clock, tries(scene, left)])])
            }
            Self::BoxNotTicked => scene.tell(slips::BOX),
            Self::VersionName => scene.tell(publication::SLIP_VERSION),
            Self::TermsTooLong(_) => scene.tell(publication::SLIP_TOO_LONG),
            Self::TermsPlaceholder(_) => scene.tell(publication::SLIP_PLACEHOLDER),
            Self::FirstDayShape | Self::LastDayShape => scene.tell(publication::SLIP_DAY),
            Self::FirstDayEarly => scene.tell(publication::SLIP_FIRST_DAY),
            Self::FirstDayFar => scene.tell(publication::SLIP_TOO_FAR),
            Self::BindsMissing => scene.tell(publication::SLIP_BINDS),
            Self::LastDay => scene.tell(publication::SLIP_LAST_DAY),
            Self::LastDayWithout => scene.tell(publication::SLIP_LAST_WITHOUT),
            Self::NewPasswordMissing => scene.tell(slips::NEW_PASSWORD_MISSING),
            Self::PasswordWeak(weak) => weakness(scene, weak),
            Self::SamePassword => scene.tell(slips::SAME_PASSWORD),
            Self::CurrentMissing => scene.tell(slips::CURRENT_MISSING),
            Self::NotShown => scene.tell(slips::NOT_SHOWN),
            Self::RecoveryCodeMissing => scene.tell(recovery::MISSING),
            Self::RecoveryCodeWrong { left } => join([scene.tell(recovery::WRONG), tries(scene, left)]),
            Self::BlockingCodeMissing => scene.tell(slips::BLOCKING_CODE_MISSING),
            Self::CodesNotSaved => scene.tell(slips::CODES_NOT_SAVED),
            Self::NotSure => scene.tell(slips::NOT_SURE),
            Self::MailShape => scene.tell(slips::MAIL_SHAPE),
            Self::MobileShape => scene.tell(slips::MOBILE_SHAPE),
            Self::ContactSame => scene.tell(slips::CONTACT_SAME),
            Self::SentCodeMissing => scene.tell(slips::SENT_CODE_MISSING),
            Self::SentCodeWrong { left } => {
                let left = match left {
                    1 => scene.tell(slips::SENT_LEFT_ONE),
                    n => scene.fill(slips::SENT_LEFT, &[("n", &n.to_string())]),
                };
                join([scene.tell(slips::SENT_CODE_NO_MATCH), left])
            }
            Self::FactorName => scene.tell(slips::FACTOR_NAME),
            Self::NumberMissing => scene.tell(phone::NUMBER_MISSING),
            Self::NumberWrong { left: 1 } => scene.tell(phone::NUMBER_WRONG_ONE),
            Self::NumberWrong { left } => scene.fill(phone::NUMBER_WRONG, &[("n", &left.to_string())]),
            Self::NoPhone => scene.tell(phone::NO_PHONE),
            Self::SecondCodeMissing => scene.tell(devices::SECOND_MISSING),
            Self::ShownCodeMissing => scene.tell(devices::CODE_MISSING),
            Self::ShownCodeShape => scene.tell(devices::CODE_SHAPE),
            Self::ShownCodeWrong { left, again } => {
                let apart = if again { scene.tell(devices::CODE_APART) } else { String::new() };
                join([scene.tell(devices::CODE_WRONG), join([apart, tries(scene, left)])])
            }
            Self::CodesApart { left } => join([scene.tell(devices::NOT_IN_A_ROW), tries(scene, left)]),
            Self::ExportMissing => scene.tell(auditor::EXPORT_MISSING),
            Self::FromShape => scene.tell(auditor::FROM_SHAPE),
            Self::ToShape => scene.tell(auditor::TO_SHAPE),
            Self::PeriodBackwards => scene.tell(auditor::BACKWARDS),
            Self::OrdersFull => scene.tell(auditor::TOO_MANY),
            Self::SeedShape => scene.tell(auditor::SEED_SHAPE),
            Self::SampleSize => scene.tell(auditor::SIZE),
            Self::PersonUnknown => scene.tell(auditor::NOBODY),
            Self::CaseMissing => scene.tell(auditor::RESTRICTED),
            Self::KindUnknown => scene.tell(audits::KIND_UNKNOWN),
            Self::KindFitsNot => scene.tell(audits::KIND_FITS_NOT),
            Self::ReferenceShape => scene.tell(audits::REFERENCE_SHAPE),
            Self::ReferenceLong => scene.tell(audits::REFERENCE_LONG),
            Self::PlaceShape => scene.tell(audits::PLACE_SHAPE),
        }
    }
}

/// The field of a part of a page of the terms.
pub(crate) const fn part_field(part: Part) -> &'static str {
    match part {
        Part::DanishTitle => "da_title",
        Part::DanishBody => "da_body",
        Part::EnglishTitle => "en_title",
        Part::EnglishBody => "en_body",
    }
}

fn weakness(scene: &Scene, weak: Weak) -> String {
    match weak {
        Weak::TooShort => scene.fill(slips::TOO_SHORT, &[("n", &SHORTEST.to_string())]),
        Weak::TooLong => scene.fill(slips::TOO_LONG, &[("n", &LONGEST.to_string())]),
        Weak::Obvious => scene.tell(slips::OBVIOUS),
        Weak::Leaked => scene.tell(slips::LEAKED),
    }
}

/// Said at three, two and one.
fn tries(scene: &Scene, left: Option<u32>) -> String {
    match left {
        Some(1) => scene.tell(slips::LEFT_ONE),
        Some(n @ 2..=3) => scene.fill(slips::LEFT, &[("n", &n.to_string())]),
        _ => String::new(),
    }
}

fn join(parts: [String; 2]) -> String {
    let [first, second] = parts;
    if first.is_empty() || second.is_empty() { first + &second } else { format!("{first} {second}") }
}

impl Tiding {
    /// The sentence as it is said, and whether it is good news.
    pub(crate) fn told(self, scene: &Scene) -> (String, bool) {
        let (say, good) = self.words();
        let told = if let Self::MethodCooling(until) = self {
            scene.fill(say, &[("clock", &format::clock(until, scene.lang()))])
        } else {
            scene.tell(say)
        };
        (told, good)
    }

    const fn words(self) -> (Say, bool) {
        match self {
            Self::TermsChanged => (common::TERMS_CHANGED, false),
            Self::PageLeftOut => (common::PAGE_LEFT_OUT, false),
            Self::ProofRanOut => (common::PROOF_RAN_OUT, false),
            Self::Proved => (common::PROVED, true),
            Self::Reconfirmed => (common::RECONFIRMED, true),
            Self::PasswordSet => (common::PASSWORD_SET, true),
            Self::AppAdded => (common::APP_ADDED, true),
            Self::NewSeed => (common::NEW_SEED, false),
            Self::PasswordReset => (common::PASSWORD_RESET, true),
            Self::Reopened => (common::REOPENED, true),
            Self::SessionEnded => (common::SESSION_ENDED, true),
            Self::RelationEnded => (common::RELATION_ENDED, true),
            Self::LastRelationEnded => (common::LAST_RELATION_ENDED, true),
            Self::RoleAccepted => (common::ROLE_ACCEPTED, true),
            Self::RolesApart => (common::ROLES_APART, false),
            Self::RowGone => (audits::ROW_GONE, false),
            Self::TermsBegun => (publication::DRAFT_BEGUN, true),
            Self::TermsPageSaved => (publication::PAGE_SAVED, true),
            Self::TermsProposed => (publication::PROPOSED, true),
            Self::TermsPublished => (publication::PUBLISHED, true),
            Self::TermsWithdrawn => (publication::WITHDRAWN, true),
            Self::TermsIncomplete => (publication::INCOMPLETE, false),
            Self::TermsUnchanged => (publication::UNCHANGED, false),
            Self::TermsStale => (publication::STALE, false),
            Self::TermsOtherText => (publication::OTHER_TEXT, false),
            Self::TermsSamePerson => (publication::SAME_PERSON, false),
            Self::TermsMovedOn => (publication::MOVED_ON, false),
            Self::TermsOnlyPage => (publication::ONLY_PAGE, false),
            Self::TermsNoSuchPage => (publication::NO_SUCH_PAGE, false),
            Self::ContactVerified => (contact::VERIFIED, true),
            Self::ContactRemoved => (contact::REMOVED, true),
            Self::ContactOver => (contact::OVER, false),
            Self::ContactCooling => (contact::COOLING, false),
            Self::ContactLastWay => (contact::LAST_WAY, false),
            Self::PasswordNotShown => (account::PASSWORD_NOT_SHOWN, false),
            Self::PasswordSame => (account::PASSWORD_SAME, false),
            Self::ConfirmAgain => (account::CONFIRM_AGAIN, false),
            Self::MethodAdded => (methods::ADDED, true),
            Self::MethodRemoved => (methods::REMOVED, true),
            Self::MethodRenamed => (methods::RENAMED, true),
            Self::MethodPreferred => (methods::PREFERRED, true),
            Self::MethodWorks => (methods::WORKS, true),
            Self::MethodWorksAlone => (methods::WORKS_ALONE, true),
            Self::MethodOther => (methods::OTHER_WORKS, true),
            Self::MethodLast => (methods::LAST, false),
            Self::MethodCooling(_) => (methods::COOLING, false),
            Self::MethodsFull => (methods::FULL, false),
            Self::MethodsFullHere => (recovery::APP_FULL, false),
            Self::NeedsScript => (keys::NEEDS_SCRIPT, false),
            Self::KeyRefused => (keys::REFUSED, false),
            Self::ProofKeyRefused => (reopening::KEY_REFUSED, false),
            Self::ProofKeyWeak => (reopening::KEY_WEAK, false),
            Self::ProofKeyYoung => (reopening::KEY_YOUNG, false),
            Self::ProofNeeded => (reopening::KEY_UNPROVED, false),
            Self::KeyNotTaken => (keys::NOT_TAKEN, false),
            Self::KeyKnown => (keys::KNOWN, false),
            Self::KeyNotAdmitted => (keys::NOT_ADMITTED, false),
            Self::KeyNotVerified => (keys::NOT_VERIFIED, false),
            Self::NoDevice => (devices::NONE_WAITS, false),
            Self::DeviceTogether => (devices::TOGETHER, true),
            Self::CodesClosed => (devices::CODES_CLOSED, false),
            Self::SessionRanOut => (common::SESSION_RAN_OUT, false),
            Self::KeyStaged => (reopening::KEY_STAGED, true),
            Self::DraftKept => (common::DRAFT_KEPT, false),
            Self::DraftWaits => (common::DRAFT_WAITS, false),
            Self::DraftBack => (common::DRAFT_BACK, true),
            Self::Unfinished => (common::UNFINISHED, false),
            Self::StartedOver => (common::STARTED_OVER, false),
            Self::EnrolmentOver => (common::ENROLMENT_OVER, false),
            Self::TryAgain => (common::TRY_AGAIN, false),
        }
    }
}

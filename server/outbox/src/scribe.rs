//! The words of a notice.

use domain::factor::{MeanKind, PasskeyKind};
use domain::notice::Template;
use domain::role::RoleKind;
use text::notices::{Happening, NoticeText, SecretCode, SecretLink, Sender};
use text::{Say, words};
use usecases::ports::people::{About, Letter, Particulars, Scribe, TextMessage};

/// Writes notices in Danish and English, in the municipality's name.
#[derive(Clone, Debug)]
pub struct TextScribe {
    municipality: String,
    url: String,
    phone: String,
    host: String,
}

impl TextScribe {
    /// For this municipality, with its public address (no slash at the end) and its service desk's telephone number.
    pub fn new(municipality: &str, url: &str, phone: &str) -> Self {
        let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        Self {
            municipality: municipality.to_owned(),
            url: url.to_owned(),
            phone: phone.to_owned(),
            host: host.unwrap_or_else(|| "localhost".to_owned()),
        }
    }

    fn notice<'a>(&'a self, about: &'a About) -> NoticeText<'a> {
        let organisation = self.municipality.as_str();
        match about.notice.template {
            Template::Welcome => {
                let (link, until) = link(about);
                NoticeText::Welcome { link, until }
            }
            Template::Reminder => {
                let (link, until) = link(about);
                NoticeText::Reminder { link, until, steps: steps(about) }
            }
            Template::TermsAccepted => NoticeText::TermsAccepted { version: detail(about) },
            Template::IdentityProved => NoticeText::IdentityConfirmed { how: words::BY_MITID },
            Template::FactorAdded => NoticeText::FactorAdded { nickname: detail(about), kind: kind(about) },
            Template::FactorRenamed => {
                NoticeText::FactorRenamed { nickname: detail(about), kind: kind(about) }
            }
            Template::PasswordSet => NoticeText::PasswordSet,
            Template::CodesStopped => NoticeText::CodesStopped,
            Template::Active => NoticeText::AssociationActive { organisation },
            Template::ActiveToOrganisation => NoticeText::AssociationActiveToOrganisation {
                organisation,
                person: &about.full_name,
                employee_number: detail(about),
            },
            Template::EndedToOrganisation => NoticeText::AssociationEndedToOrganisation {
                organisation,
                person: &about.full_name,
                employee_number: detail(about),
            },
            Template::AssociationClosed => NoticeText::AssociationClosed { organisation },
            Template::Blocked => NoticeText::Blocked,
            Template::Reopened => NoticeText::Reopened,
            Template::RevocationNear => NoticeText::RevocationNear,
            Template::Revoked => NoticeText::Revoked,
            Template::CodesPrinted => NoticeText::CodesPrinted,
            Template::PasswordLeaked => NoticeText::PasswordLeaked { last: last_day(about) },
            Template::RecoveryCodeUsed => NoticeText::RecoveryCodeUsed { left: left(about) },
            Template::FactorRemoved => NoticeText::FactorRemoved,
            Template::MassBlocking => NoticeText::MassBlocking { organisation },
            Template::RoleProposed => role(about),
            Template::KeysChanged => NoticeText::KeysChanged,
            Template::KeyEnds => NoticeText::KeyEnds,
            Template::FeedImported => NoticeText::FeedImported,
            Template::DevicesChanged => NoticeText::DevicesChanged,
            Template::DeviceHandedOut => NoticeText::DeviceHandedOut,
            Template::SeedLeaked => NoticeText::SeedLeaked,
            Template::TokenReused => NoticeText::TokenReused,
            Template::HeldByMunicipality => NoticeText::HeldByMunicipality,
            Template::HoldLifted => NoticeText::HoldLifted,
            Template::BeginsAnew => NoticeText::BeginsAnew,
            Template::HoldsChanged => NoticeText::HoldsChanged,
            Template::Erasure => NoticeText::Erasure,
            Template::TermsHandled => NoticeText::TermsHandled,
            Template::NewPlace => new_place(about),
            Template::CodesPaused => NoticeText::CodesPaused,
            Template::ResetLeft => NoticeText::ResetLeft,
            Template::HeldForLeak => NoticeText::HeldForLeak,
            Template::ServiceSaved => NoticeText::ServiceSaved,
            Template::ServiceAttention => NoticeText::ServiceAttention,
            Template::OpenAnew => NoticeText::OpenAnew,
            Template::KeyCopied => NoticeText::KeyCopied,
            Template::DatabaseRecovered => NoticeText::DatabaseRecovered,
            Template::ReconfirmationNear => NoticeText::ReconfirmationNear { last: last_day(about) },
            Template::TermsNear => NoticeText::TermsNear { last: last_day(about) },
            Template::HeldForTerms => NoticeText::HeldForTerms,
            Template::NameChanged => NoticeText::NameChanged,
            Template::NumberChanged => NoticeText::NumberChanged,
            Template::ContactChanged => NoticeText::ContactChanged,
            Template::ContactCode => code(about),
            Template::OwnDataTaken => NoticeText::OwnDataTaken,
            Template::ReadByAuditor => NoticeText::ReadByAuditor,
            Template::RolesEnded => NoticeText::RolesEnded,
            Template::RoleUnheld => NoticeText::RoleUnheld { roles: unheld(about) },
            Template::DatabaseMigrated => NoticeText::DatabaseMigrated,
            Template::OutsideBegun => NoticeText::OutsideBegun,
        }
    }
}

impl TextScribe {
    fn sender(&self) -> Sender<'_> {
        Sender { municipality: &self.municipality, url: &self.url, phone: &self.phone }
    }
}

fn happening(about: &About) -> Happening<'_> {
    Happening {
        name: &about.reader,
        at: about.notice.at,
        agent: about.from.as_ref().map(|from| from.agent.as_str()),
        address: about.from.as_ref().map(|from| from.address.as_str()),
        reference: &about.reference,
        not_me: about.not_me.as_deref().map(SecretLink),
    }
}

impl Scribe for TextScribe {
    fn write_short(&self, about: &About, to: &str) -> TextMessage {
        let text = self.notice(about).write_short(&self.sender(), &happening(about));
        TextMessage { id: about.notice.id.to_string(), to: to.to_owned(), text }
    }

    fn write(&self, about: &About, to: &str) -> Letter {
        let mail = self.notice(about).write(&self.sender(), &happening(about));
        Letter {
            message_id: format!("{}@{}", about.notice.id, self.host),
            to: to.to_owned(),
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
        }
    }
}

fn link(about: &About) -> (SecretLink<'_>, domain::Timestamp) {
    about
        .link
        .as_ref()
        .map_or((SecretLink(""), about.notice.at), |link| (SecretLink(&link.address), link.until))
}

fn code(about: &About) -> NoticeText<'_> {
    let (digits, until) =
        about.code.as_ref().map_or(("", about.notice.at), |code| (code.digits.as_str(), code.until));
    NoticeText::ContactCode { code: SecretCode(digits), until }
}

fn steps(about: &About) -> u8 {
    match about.particulars {
        Particulars::StepsLeft(steps) => steps,
        _ => 1,
    }
}

/// Without one the day of the letter: it was made for a day that is near.
fn last_day(about: &About) -> domain::Date {
    match about.particulars {
        Particulars::Day(day) => day,
        _ => domain::calendar::copenhagen_day(about.notice.due_at),
    }
}

/// Without a number none: nobody counts on a code that may not be there.
fn left(about: &About) -> u32 {
    match about.particulars {
        Particulars::CodesLeft(left) => left,
        _ => 0,
    }
}

fn detail(about: &About) -> &str {
    match &about.particulars {
        Particulars::Terms(text) | Particulars::Factor(text, _) | Particulars::EmployeeNumber(text) => text,
        Particulars::None
        | Particulars::StepsLeft(_)
        | Particulars::CodesLeft(_)
        | Particulars::Day(_)
        | Particulars::NewPlaces { .. }
        | Particulars::Unheld(_)
        | Particulars::Role { .. } => "–",
    }
}

/// What was added.
fn kind(about: &About) -> Say {
    match &about.particulars {
        Particulars::Factor(_, MeanKind::Key(PasskeyKind::Passkey)) => words::PASSKEY,
        Particulars::Factor(_, MeanKind::Key(PasskeyKind::SecurityKey)) => words::SECURITY_KEY,
        Particulars::Factor(_, MeanKind::CodeDevice) => words::CODE_DEVICE,
        _ => words::AUTHENTICATOR_APP,
    }
}

/// Without particulars it says the worse: that somebody signed in.
fn new_place(about: &About) -> NoticeText<'_> {
    match about.particulars {
        Particulars::NewPlaces { inside, also } => NoticeText::NewPlace { inside, also },
        _ => NoticeText::NewPlace { inside: true, also: 0 },
    }
}

fn role(about: &About) -> NoticeText<'_> {
    let Particulars::Role { kind, proposer, for_another } = &about.particulars else {
        return NoticeText::RoleProposed { role: words::ADMINISTRATOR, proposer: "–" };
    };
    let role = words::role(*kind);
    if *for_another {
        NoticeText::RoleProposedToAdministrators { role, proposer, person: &about.full_name }
    } else {
        NoticeText::RoleProposed { role, proposer }
    }
}

fn unheld(about: &About) -> &[RoleKind] {
    match &about.particulars {
        Particulars::Unheld(roles) => roles,
        _ => &[],
    }
}

//! The mails a person gets when something happens to a login: what, when, where, a reference, and what to do
//! if it was somebody else. Danish first, English below. Never a code, never a CPR number.

mod letter;
#[cfg(test)]
mod tests;
mod wording;

use std::fmt;

use jiff::Timestamp;

pub use letter::Mail;
use letter::{Block, one_line};
use wording::{Wording, short};

use crate::{Lang, Say, browser, format};

/// Who sends, and where the reader can turn. From the configuration, the same in every mail.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// The municipality's name.
    pub municipality: &'a str,
    /// The portal's public address, without a slash at the end.
    pub url: &'a str,
    /// The service desk's telephone number.
    pub phone: &'a str,
}

/// What happened to whom, when and where.
#[derive(Clone, Copy, Debug)]
pub struct Happening<'a> {
    /// The given name of the receiver.
    pub name: &'a str,
    /// When it happened.
    pub at: Timestamp,
    /// What the browser it was done in said about itself, where that is known; read by [`browser::name`], never shown.
    pub agent: Option<&'a str>,
    /// The address it was done from, where that is known.
    pub address: Option<&'a str>,
    /// The reference under which the service desk finds the event.
    pub reference: &'a str,
    /// Where "it was not me" leads: a link that blocks and can do nothing else. Without one, to the public page.
    pub not_me: Option<SecretLink<'a>>,
}

/// A one-time link. It is a secret: it never shows itself in a log.
#[derive(Clone, Copy)]
pub struct SecretLink<'a>(
    /// The whole address.
    pub &'a str,
);

impl fmt::Debug for SecretLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretLink(…)")
    }
}

/// A one-time code. It is a secret: it never shows itself in a log.
#[derive(Clone, Copy)]
pub struct SecretCode<'a>(
    /// Its digits.
    pub &'a str,
);

impl fmt::Debug for SecretCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretCode(…)")
    }
}

/// A notice, with what only this kind of notice needs.
#[derive(Clone, Copy, Debug)]
pub enum NoticeText<'a> {
    /// The invitation; it opens only what comes before the proof (security decision 1).
    Welcome {
        /// Where to begin.
        link: SecretLink<'a>,
        /// The last moment the link works.
        until: Timestamp,
    },
    /// The enrolment has been begun and not finished.
    Reminder {
        /// Where to go on.
        link: SecretLink<'a>,
        /// The last moment the link works.
        until: Timestamp,
        /// How many steps are left.
        steps: u8,
    },
    /// Receipt for an acceptance of the terms (NSIS 3.1.1.4).
    TermsAccepted {
        /// The accepted version.
        version: &'a str,
    },
    /// A proof of identity went well.
    IdentityConfirmed {
        /// The way of proof, from [`crate::words`].
        how: Say,
    },
    /// A factor was added.
    FactorAdded {
        /// What its owner called it.
        nickname: &'a str,
        /// The kind of factor, from [`crate::words`].
        kind: Say,
    },
    /// A factor got another name.
    FactorRenamed {
        /// What its owner calls it now.
        nickname: &'a str,
        /// The kind of factor, from [`crate::words`].
        kind: Say,
    },
    /// A password was chosen.
    PasswordSet,
    /// Sign-in by code was stopped after too many wrong ones (security decision 19).
    CodesStopped,
    /// Receipt for a block by its owner (NSIS 3.2.3.5).
    Blocked,
    /// The login was opened again by its owner.
    Reopened,
    /// In a week a login that stays blocked is closed for good.
    RevocationNear,
    /// It stayed blocked and was closed for good.
    Revoked,
    /// A new printed sheet; the old one is dead.
    CodesPrinted,
    /// Her password is known from leaks.
    PasswordLeaked {
        /// The last day it may be used.
        last: jiff::civil::Date,
    },
    /// A recovery code was used up.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
    /// A factor was removed.
    FactorRemoved,
    /// To the organisation: many logins were blocked within minutes (security decision 10).
    MassBlocking {
        /// The organisation's name.
        organisation: &'a str,
    },
    /// To the person: an association became active (NSIS 5.2.11).
    AssociationActive {
        /// The organisation's name.
        organisation: &'a str,
    },
    /// To the organisation: an association became active (NSIS 5.2.11).
    AssociationActiveToOrganisation {
        /// The organisation's name.
        organisation: &'a str,
        /// The person's whole name.
        person: &'a str,
        /// The number HR knows the person by.
        employee_number: &'a str,
    },
    /// To the organisation: a person ended her own association (NSIS 5.2.1).
    AssociationEndedToOrganisation {
        /// The organisation's name.
        organisation: &'a str,
        /// The person's whole name.
        person: &'a str,
        /// The number HR knows the relation by.
        employee_number: &'a str,
    },
    /// An association ended, and with it the login on that organisation's behalf (NSIS 5.2.3).
    AssociationClosed {
        /// The organisation's name.
        organisation: &'a str,
    },
    /// She confirms anew with MitID by a day that is near (service description, condition 7).
    ReconfirmationNear {
        /// The last day for it.
        last: jiff::civil::Date,
    },
    /// New terms are to be accepted by a day that is near (notice 4).
    TermsNear {
        /// The last day for it.
        last: jiff::civil::Date,
    },
    /// She did not accept the terms in time: her login is closed, and she opens it with MitID (NSIS 3.2.3.4).
    HeldForTerms,
    /// HR changed her name, so she confirms anew with MitID (condition 6).
    NameChanged,
    /// HR names another CPR number than the one she proved, so her login is held (security decision 21).
    NumberChanged,
    /// To the person: a role waits for its bearer (security decision 22).
    RoleProposed {
        /// The role, from [`crate::words`].
        role: Say,
        /// Who proposed it.
        proposer: &'a str,
    },
    /// A backup was restored and what she changed since is lost: she opens her login with MitID (security decision 7).
    OpenAnew,
    /// There are two of one of her keys (security decision 8): her login is blocked, and she opens it with MitID.
    KeyCopied,
    /// To each administrator: a backup was restored and brought up to date (security decisions 7 and 22).
    DatabaseRecovered,
    /// Where her notices go was changed: to the old and the new address.
    ContactChanged,
    /// The code that verifies a new address, to that address.
    ContactCode {
        /// The code.
        code: SecretCode<'a>,
        /// The last moment it works.
        until: Timestamp,
    },
    /// Everything that is kept about her was opened to be taken out.
    OwnDataTaken,
    /// An auditor read what the log says about her.
    ReadByAuditor,
    /// To each administrator: keys were made, rotated or retired (security decisions 22 and 24).
    KeysChanged,
    /// To each administrator: the certificate of the key that signs by SAML ends soon (NSIS 6.11).
    KeyEnds,
    /// To each administrator: a list of HR's was imported and changed something (security decision 22).
    FeedImported,
    /// To each administrator: code devices were delivered, handed out, taken back or put out of use (security decision 22).
    DevicesChanged,
    /// A code device was handed out to her.
    DeviceHandedOut,
    /// The seed of her code device is known by others, so her login is held (security decision 8).
    SeedLeaked,
    /// A refresh token of hers came a second time, so her login is held (security decision 8).
    TokenReused,
    /// The municipality closed her login (notice 16).
    HeldByMunicipality,
    /// The municipality lifted its hold: what is left is hers to open, with MitID.
    HoldLifted,
    /// The municipality closed her old login, after HR named another CPR number: she enrols anew.
    BeginsAnew,
    /// In browsers and networks that were never used before somebody signed in, or knew the password (notice 12).
    NewPlace {
        /// Whether somebody signed in.
        inside: bool,
        /// How many such places there were besides the one that is named.
        also: u32,
    },
    /// After the right password so many wrong codes came in a row that there is a pause.
    CodesPaused,
    /// With her MitID, or a passkey of hers, somebody began to choose another password, and did not.
    ResetLeft,
    /// She went on using a password that is known from leaks: her login is closed, and she opens it with MitID.
    HeldForLeak,
    /// To each administrator: a login was held by an operator, or a hold lifted (security decision 22).
    HoldsChanged,
    /// To each administrator: an operator asked that somebody be erased, or a second one did it (security decision 29).
    Erasure,
    /// To each administrator: a draft of new terms was proposed, withdrawn or published (security decision 22).
    TermsHandled,
    /// To each administrator: a connection to a service was added or changed (security decision 22).
    ServiceSaved,
    /// To each administrator: metadata of a service waits, is wrong, or runs out (security decision 26).
    ServiceAttention,
    /// To each administrator: a role was proposed for somebody (security decision 22).
    RoleProposedToAdministrators {
        /// The role, from [`crate::words`].
        role: Say,
        /// Who proposed it.
        proposer: &'a str,
        /// The whole name of the person it is for.
        person: &'a str,
    },
}

impl NoticeText<'_> {
    /// Writes the mail.
    pub fn write(&self, sender: &Sender<'_>, happening: &Happening<'_>) -> Mail {
        let wording = self.wording();
        let [danish, english] = Lang::ALL.map(|lang| self.blocks(lang, sender, happening));
        Mail {
            subject: format!("{} / {}", wording.subject.da, wording.subject.en),
            text: text(&danish, &english),
            html: html(&danish, &english),
        }
    }

    /// Writes it in a few words, for a phone: Danish, then English. No link that opens or blocks anything; the public
    /// page and the telephone number alone.
    pub fn write_short(&self, sender: &Sender<'_>, happening: &Happening<'_>) -> String {
        let sentence = self.short();
        let [danish, english] = Lang::ALL.map(|lang| {
            let mut values = self.own_values(lang);
            values.extend([
                ("municipality", one_line(sender.municipality)),
                ("phone", one_line(sender.phone)),
                ("url", one_line(sender.url)),
                ("clock", format::clock(happening.at, lang)),
                ("reference", one_line(happening.reference)),
            ]);
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            sentence.fill(lang, &values)
        });
        format!("{}: {danish}\n{english}", one_line(sender.municipality))
    }

    /// What goes to a phone; a kind that does not says that there is news, and no more.
    const fn short(&self) -> Say {
        match self {
            Self::Welcome { .. } => short::WELCOME,
            Self::FactorAdded { .. } => short::FACTOR_ADDED,
            Self::Blocked => short::BLOCKED,
            Self::Reopened => short::REOPENED,
            Self::HeldByMunicipality => short::HELD_BY_MUNICIPALITY,
            Self::HeldForLeak => short::HELD_FOR_LEAK,
            Self::HoldLifted => short::HOLD_LIFTED,
            Self::ContactChanged => short::CONTACT_CHANGED,
            Self::ContactCode { .. } => short::CONTACT_CODE,
            _ => short::OTHER,
        }
    }

    const fn wording(&self) -> &'static Wording {
        match self {
            Self::Welcome { .. } => &wording::login::WELCOME,
            Self::Reminder { .. } => &wording::login::REMINDER,
            Self::TermsAccepted { .. } => &wording::login::TERMS_ACCEPTED,
            Self::IdentityConfirmed { .. } => &wording::login::IDENTITY_CONFIRMED,
            Self::FactorAdded { .. } => &wording::login::FACTOR_ADDED,
            Self::FactorRenamed { .. } => &wording::login::FACTOR_RENAMED,
            Self::PasswordSet => &wording::login::PASSWORD_SET,
            Self::CodesStopped => &wording::login::CODES_STOPPED,
            Self::Blocked => &wording::blocking::BLOCKED,
            Self::Reopened => &wording::blocking::REOPENED,
            Self::RevocationNear => &wording::blocking::REVOCATION_NEAR,
            Self::Revoked => &wording::blocking::REVOKED,
            Self::CodesPrinted => &wording::login::CODES_PRINTED,
            Self::PasswordLeaked { .. } => &wording::login::PASSWORD_LEAKED,
            Self::RecoveryCodeUsed { .. } => &wording::login::RECOVERY_CODE_USED,
            Self::FactorRemoved => &wording::login::FACTOR_REMOVED,
            Self::MassBlocking { .. } => &wording::blocking::MASS_BLOCKING,
            Self::AssociationActive { .. } => &wording::relations::ASSOCIATION_ACTIVE,
            Self::AssociationActiveToOrganisation { .. } => {
                &wording::relations::ASSOCIATION_ACTIVE_ORGANISATION
            }
            Self::AssociationEndedToOrganisation { .. } => {
                &wording::relations::ASSOCIATION_ENDED_ORGANISATION
            }
            Self::AssociationClosed { .. } => &wording::relations::ASSOCIATION_CLOSED,
            Self::ReconfirmationNear { .. } => &wording::herself::RECONFIRMATION_NEAR,
            Self::TermsNear { .. } => &wording::herself::TERMS_NEAR,
            Self::HeldForTerms => &wording::blocking::HELD_FOR_TERMS,
            Self::NameChanged => &wording::herself::NAME_CHANGED,
            Self::NumberChanged => &wording::herself::NUMBER_CHANGED,
            Self::RoleProposed { .. } => &wording::relations::ROLE_PROPOSED,
            Self::RoleProposedToAdministrators { .. } => &wording::relations::ROLE_PROPOSED_ADMINISTRATORS,
            Self::KeysChanged => &wording::house::KEYS_CHANGED,
            Self::KeyEnds => &wording::house::KEY_ENDS,
            Self::FeedImported => &wording::house::FEED_IMPORTED,
            Self::DevicesChanged => &wording::house::DEVICES_CHANGED,
            Self::DeviceHandedOut => &wording::login::DEVICE_HANDED_OUT,
            Self::SeedLeaked => &wording::blocking::SEED_LEAKED,
            Self::TokenReused => &wording::blocking::TOKEN_REUSED,
            Self::HeldByMunicipality => &wording::blocking::HELD_BY_MUNICIPALITY,
            Self::HoldLifted => &wording::blocking::HOLD_LIFTED,
            Self::BeginsAnew => &wording::blocking::BEGINS_ANEW,
            Self::HoldsChanged => &wording::house::HOLDS_CHANGED,
            Self::Erasure => &wording::house::ERASURE,
            Self::TermsHandled => &wording::house::TERMS_HANDLED,
            Self::NewPlace { inside: true, also: 0 } => &wording::login::NEW_PLACE,
            Self::NewPlace { inside: true, .. } => &wording::login::NEW_PLACES,
            Self::NewPlace { inside: false, also: 0 } => &wording::login::PASSWORD_KNOWN,
            Self::NewPlace { inside: false, .. } => &wording::login::PASSWORD_KNOWN_IN_PLACES,
            Self::CodesPaused => &wording::login::CODES_PAUSED,
            Self::ResetLeft => &wording::login::RESET_LEFT,
            Self::HeldForLeak => &wording::blocking::HELD_FOR_LEAK,
            Self::ServiceSaved => &wording::house::SERVICE_SAVED,
            Self::ServiceAttention => &wording::house::SERVICE_ATTENTION,
            Self::OpenAnew => &wording::login::OPEN_ANEW,
            Self::KeyCopied => &wording::login::KEY_COPIED,
            Self::DatabaseRecovered => &wording::house::DATABASE_RECOVERED,
            Self::ContactChanged => &wording::herself::CONTACT_CHANGED,
            Self::ContactCode { .. } => &wording::herself::CONTACT_CODE,
            Self::OwnDataTaken => &wording::herself::OWN_DATA_TAKEN,
            Self::ReadByAuditor => &wording::herself::READ_BY_AUDITOR,
        }
    }

    const fn link(&self) -> Option<SecretLink<'_>> {
        match self {
            Self::Welcome { link, .. } | Self::Reminder { link, .. } => Some(*link),
            _ => None,
        }
    }

    /// What it is about is blocked or closed already: asking to block it would make her doubt that.
    const fn of_a_blocked_login(&self) -> bool {
        matches!(
            self,
            Self::Blocked
                | Self::RevocationNear
                | Self::Revoked
                | Self::OpenAnew
                | Self::NumberChanged
                | Self::SeedLeaked
                | Self::KeyCopied
                | Self::TokenReused
                | Self::HeldByMunicipality
                | Self::HeldForLeak
                | Self::HeldForTerms
                | Self::HoldLifted
                | Self::BeginsAnew
        )
    }

    /// The values only this kind has, by the names its sentences use.
    fn own_values(&self, lang: Lang) -> Vec<(&'static str, String)> {
        match self {
            Self::Welcome { until, .. } => vec![("until", format::moment(*until, lang))],
            Self::Reminder { until, steps, .. } => {
                vec![("until", format::moment(*until, lang)), ("steps", steps.to_string())]
            }
            Self::ContactCode { code: SecretCode(code), until } => {
                vec![("code", in_fours(code)), ("clock", format::clock(*until, lang))]
            }
            Self::TermsAccepted { version } => vec![("version", one_line(version))],
            Self::IdentityConfirmed { how } => vec![("how", how.get(lang).into())],
            Self::FactorAdded { nickname, kind } | Self::FactorRenamed { nickname, kind } => {
                vec![("nickname", one_line(nickname)), ("kind", kind.get(lang).into())]
            }
            Self::RecoveryCodeUsed { left } => vec![("n", left.to_string())],
            Self::NewPlace { also, .. } => vec![("n", also.to_string())],
            Self::ReconfirmationNear { last } | Self::PasswordLeaked { last } | Self::TermsNear { last } => {
                vec![("day", format::day(*last, lang))]
            }
            Self::NameChanged
            | Self::HeldForTerms
            | Self::NumberChanged
            | Self::PasswordSet
            | Self::CodesStopped
            | Self::KeysChanged
            | Self::KeyEnds
            | Self::FeedImported
            | Self::DevicesChanged
            | Self::DeviceHandedOut
            | Self::SeedLeaked
            | Self::TokenReused
            | Self::HeldByMunicipality
            | Self::HoldLifted
            | Self::BeginsAnew
            | Self::HoldsChanged
            | Self::Erasure
            | Self::TermsHandled
            | Self::CodesPaused
            | Self::ResetLeft
            | Self::HeldForLeak
            | Self::ServiceSaved
            | Self::ServiceAttention
            | Self::OpenAnew
            | Self::KeyCopied
            | Self::DatabaseRecovered
            | Self::ContactChanged
            | Self::OwnDataTaken
            | Self::ReadByAuditor
            | Self::Blocked
            | Self::Reopened
            | Self::RevocationNear
            | Self::Revoked
            | Self::CodesPrinted
            | Self::FactorRemoved => vec![],
            Self::AssociationActive { organisation }
            | Self::AssociationClosed { organisation }
            | Self::MassBlocking { organisation } => {
                vec![("organisation", one_line(organisation))]
            }
            Self::AssociationActiveToOrganisation { organisation, person, employee_number }
            | Self::AssociationEndedToOrganisation { organisation, person, employee_number } => vec![
                ("organisation", one_line(organisation)),
                ("person", one_line(person)),
                ("number", one_line(employee_number)),
            ],
            Self::RoleProposed { role, proposer } => {
                vec![("role", role.get(lang).into()), ("proposer", one_line(proposer))]
            }
            Self::RoleProposedToAdministrators { role, proposer, person } => vec![
                ("role", role.get(lang).into()),
                ("proposer", one_line(proposer)),
                ("person", one_line(person)),
            ],
        }
    }

    fn blocks(&self, lang: Lang, sender: &Sender<'_>, happening: &Happening<'_>) -> Vec<Block> {
        let wording = self.wording();
        let mut values = self.own_values(lang);
        values.extend([
            ("name", one_line(happening.name)),
            ("municipality", one_line(sender.municipality)),
            ("phone", one_line(sender.phone)),
            ("url", one_line(sender.url)),
        ]);
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let say = |sentence: Say| sentence.fill(lang, &values);
        let paragraph = |sentence: Say| Block::Paragraph(say(sentence));

        let mut blocks = vec![paragraph(wording.greeting)];
        blocks.extend(wording.body.iter().copied().map(paragraph));
        if let (Some(label), Some(SecretLink(url))) = (wording.link, self.link()) {
            blocks.push(Block::Link { label: say(label), url: url.into() });
        }
        blocks.push(Block::Facts(happening.facts(lang)));
        blocks.push(paragraph(wording.doubt));
        if self.of_a_blocked_login() {
            blocks.push(paragraph(wording::CALL));
        } else {
            let public = format!("{}/spaer", sender.url);
            let url = happening.not_me.map_or(public, |SecretLink(own)| own.to_owned());
            blocks.push(Block::Link { label: say(wording::BLOCK), url });
            blocks.push(paragraph(wording::OR_CALL));
        }
        blocks.push(paragraph(wording::REGARDS));
        blocks
    }
}

impl Happening<'_> {
    fn facts(&self, lang: Lang) -> Vec<(String, String)> {
        let fact = |name: Say, value: String| (name.get(lang).to_owned(), value);
        let mut facts = vec![fact(wording::WHEN, format::moment_with_zone(self.at, lang))];
        facts.extend(self.agent.map(|agent| {
            let other = || wording::OTHER_BROWSER.get(lang).to_owned();
            fact(wording::BROWSER, browser::name(agent, lang).unwrap_or_else(other))
        }));
        facts.extend(self.address.map(|address| fact(wording::ADDRESS, one_line(address))));
        facts.push(fact(wording::REFERENCE, one_line(self.reference)));
        facts
    }
}

/// A code in groups of four, for reading and typing.
fn in_fours(code: &str) -> String {
    let (first, second) = code.split_at_checked(4).unwrap_or((code, ""));
    format!("{first} {second}").trim_end().to_owned()
}

fn text(danish: &[Block], english: &[Block]) -> String {
    let body = |blocks: &[Block]| blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n\n");
    format!("{}\n\n{}\n\n-----\n\n{}\n", wording::ENGLISH_BELOW, body(danish), body(english))
}

fn html(danish: &[Block], english: &[Block]) -> String {
    let body = |blocks: &[Block]| blocks.iter().map(Block::html).collect::<Vec<_>>().join("\n");
    let below = wording::ENGLISH_BELOW;
    let (danish, english) = (body(danish), body(english));
    format!(
        "<!doctype html>\n<html lang=\"da\">\n<head><meta charset=\"utf-8\"></head>\n\
         <body style=\"font-family:sans-serif;line-height:1.5;max-width:40em\">\n<p lang=\"en\">{below}</p>\n\
         <div lang=\"da\">\n{danish}\n</div>\n<hr>\n<div lang=\"en\">\n{english}\n</div>\n</body>\n</html>\n"
    )
}

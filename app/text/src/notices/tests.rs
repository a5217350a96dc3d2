use super::*;
use crate::lang::placeholders;
use crate::words;

const SENDER: Sender<'_> =
    Sender { municipality: "Nordby Kommune", url: "https://login.nordby.example", phone: "70 00 00 00" };

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

fn at(utc: &str) -> Timestamp {
    utc.parse().unwrap()
}

fn happening(name: &str) -> Happening<'_> {
    Happening {
        name,
        at: at("2026-11-21T19:47:07Z"),
        agent: Some(FIREFOX),
        address: Some("192.0.2.1"),
        reference: "HD-7K3Q-92",
        not_me: None,
    }
}

/// One of each kind, each told by a person with the given name.
fn every_notice(person: &str) -> [NoticeText<'_>; 61] {
    let link = SecretLink("https://login.nordby.example/kom-i-gang?t=hemmelig&x=1");
    let until = at("2026-12-21T19:47:07Z");
    [
        NoticeText::Welcome { link, until },
        NoticeText::Reminder { link, until, steps: 3 },
        NoticeText::TermsAccepted { version: person },
        NoticeText::IdentityConfirmed { how: words::BY_MITID },
        NoticeText::FactorAdded { nickname: person, kind: words::AUTHENTICATOR_APP },
        NoticeText::FactorRenamed { nickname: person, kind: words::SECURITY_KEY },
        NoticeText::PasswordSet,
        NoticeText::CodesStopped,
        NoticeText::AssociationActive { organisation: person },
        NoticeText::AssociationActiveToOrganisation {
            organisation: "Skolen",
            person,
            employee_number: "4711",
        },
        NoticeText::AssociationEndedToOrganisation {
            organisation: "Skolen",
            person,
            employee_number: "4711",
        },
        NoticeText::AssociationClosed { organisation: person },
        NoticeText::RoleProposedToAdministrators { role: words::REGISTRAR, proposer: "ops1", person },
        NoticeText::RoleProposed { role: words::AUDITOR, proposer: person },
        NoticeText::KeysChanged,
        NoticeText::KeyEnds,
        NoticeText::FeedImported,
        NoticeText::DevicesChanged,
        NoticeText::DeviceHandedOut,
        NoticeText::SeedLeaked,
        NoticeText::TokenReused,
        NoticeText::HeldByMunicipality,
        NoticeText::HoldLifted,
        NoticeText::BeginsAnew,
        NoticeText::HoldsChanged,
        NoticeText::Erasure,
        NoticeText::TermsHandled,
        NoticeText::NewPlace { inside: true, also: 0 },
        NoticeText::NewPlace { inside: true, also: 2 },
        NoticeText::NewPlace { inside: false, also: 0 },
        NoticeText::NewPlace { inside: false, also: 2 },
        NoticeText::CodesPaused,
        NoticeText::ResetLeft,
        NoticeText::HeldForLeak,
        NoticeText::ServiceSaved,
        NoticeText::ServiceAttention,
        NoticeText::OpenAnew,
        NoticeText::KeyCopied,
        NoticeText::DatabaseRecovered,
        NoticeText::Blocked,
        NoticeText::Reopened,
        NoticeText::RevocationNear,
        NoticeText::Revoked,
        NoticeText::CodesPrinted,
        NoticeText::RecoveryCodeUsed { left: 9 },
        NoticeText::PasswordLeaked { last: jiff::civil::date(2026, 11, 28) },
        NoticeText::FactorRemoved,
        NoticeText::MassBlocking { organisation: person },
        NoticeText::ReconfirmationNear { last: jiff::civil::date(2027, 11, 2) },
        NoticeText::TermsNear { last: jiff::civil::date(2026, 12, 20) },
        NoticeText::HeldForTerms,
        NoticeText::NameChanged,
        NoticeText::NumberChanged,
        NoticeText::ContactChanged,
        NoticeText::OwnDataTaken,
        NoticeText::ReadByAuditor,
        NoticeText::RolesEnded,
        NoticeText::RoleUnheld { roles: &domain::role::RoleKind::ALL },
        NoticeText::DatabaseMigrated,
        NoticeText::OutsideBegun,
        NoticeText::ContactCode { code: SecretCode("12345678"), until },
    ]
}

#[test]
fn every_notice_is_whole_in_both_languages() {
    for notice in every_notice("Maja") {
        let mail = notice.write(&SENDER, &happening("Maja"));
        for body in [&mail.subject, &mail.text, &mail.html] {
            assert_eq!(placeholders(body).count(), 0, "{notice:?}: {body}");
        }
        let (danish, english) = mail.text.split_once("\n-----\n").unwrap();
        assert!(danish.contains("Venlig hilsen Nordby Kommune"), "{notice:?}");
        assert!(english.contains("Kind regards, Nordby Kommune"), "{notice:?}");
        assert!(danish.contains("lørdag d. 21. nov. 2026 kl. 20.47 (dansk vintertid)"), "{notice:?}");
        assert!(english.contains("Saturday 21 Nov 2026 at 20:47 (Danish winter time)"), "{notice:?}");
    }
}

#[test]
fn every_notice_says_where_from_how_to_block_whom_to_call_and_its_reference() {
    for notice in every_notice("Maja") {
        let mail = notice.write(&SENDER, &happening("Maja"));
        let door = "https://login.nordby.example/spaer";
        let blocked = matches!(
            notice,
            NoticeText::Blocked
                | NoticeText::RevocationNear
                | NoticeText::Revoked
                | NoticeText::OpenAnew
                | NoticeText::NumberChanged
                | NoticeText::KeyCopied
                | NoticeText::SeedLeaked
                | NoticeText::TokenReused
                | NoticeText::HeldByMunicipality
                | NoticeText::HeldForLeak
                | NoticeText::HeldForTerms
                | NoticeText::HoldLifted
                | NoticeText::BeginsAnew
        );
        for body in [&mail.text, &mail.html] {
            assert_eq!(body.contains(door), !blocked, "{notice:?}: what is blocked need not be");
            assert_eq!(body.contains("Spær dit login"), !blocked, "{notice:?}");
            assert!(!blocked || !body.contains("Eller ring"), "{notice:?}: there is no other way to choose");
        }
        for body in [&mail.text, &mail.html] {
            assert!(body.contains("Firefox på Windows") && body.contains("Firefox on Windows"), "{notice:?}");
            assert!(!body.contains("Mozilla"), "{notice:?}: never the header itself");
        }
        for fact in ["70 00 00 00", "HD-7K3Q-92", "192.0.2.1"].into_iter().chain((!blocked).then_some(door)) {
            for body in [&mail.text, &mail.html] {
                assert!(body.matches(fact).count() >= 2, "{fact} in each language of {notice:?}");
            }
        }
    }
}

#[test]
fn a_name_that_is_markup_stays_a_name() {
    let name = "<script>alert('hej')</script>";
    for notice in every_notice(name) {
        let html = notice.write(&SENDER, &happening(name)).html;
        assert!(!html.contains("<script"), "{notice:?}");
        assert!(!html.contains("alert('"), "{notice:?}");
    }
    let html = NoticeText::PasswordSet.write(&SENDER, &happening(name)).html;
    assert!(html.contains("Hej &lt;script&gt;alert(&#39;hej&#39;)&lt;/script&gt;"));
}

#[test]
fn a_name_writes_neither_lines_nor_placeholders_of_its_own() {
    let mail = NoticeText::PasswordSet.write(&SENDER, &happening("Maja\r\n\r\nRing til {phone}"));
    assert!(mail.text.contains("Hej Maja    Ring til {phone}\n"));
}

#[test]
fn only_invitations_carry_a_link_that_opens_something() {
    for notice in every_notice("Maja") {
        let mail = notice.write(&SENDER, &happening("Maja"));
        let invites = matches!(notice, NoticeText::Welcome { .. } | NoticeText::Reminder { .. });
        assert_eq!(mail.text.contains("t=hemmelig&x=1"), invites, "{notice:?}");
        assert_eq!(
            mail.html.contains("href=\"https://login.nordby.example/kom-i-gang?t=hemmelig&amp;x=1\""),
            invites
        );
        assert!(!format!("{notice:?}{mail:?}").contains("hemmelig"), "a link never reaches a log");
    }
}

#[test]
fn what_is_not_known_is_left_out() {
    let quiet = Happening { agent: None, address: None, ..happening("Maja") };
    let text = NoticeText::PasswordSet.write(&SENDER, &quiet).text;
    assert!(!text.contains("Browser:"));
    assert!(!text.contains("IP-adresse:"));
    let strange = Happening { agent: Some("Ring til 12345678"), ..happening("Maja") };
    let text = NoticeText::PasswordSet.write(&SENDER, &strange).text;
    assert!(text.contains("Browser: en anden browser") && !text.contains("12345678"));
}

#[test]
fn both_languages_of_a_notice_need_the_same_values() {
    for notice in every_notice("Maja") {
        let wording = notice.wording();
        let sentences = [wording.subject, wording.greeting, wording.doubt];
        assert!(sentences.iter().chain(wording.body).all(|sentence| sentence.agrees()), "{notice:?}");
    }
}

#[test]
fn no_notice_offers_a_passport_as_a_way_that_is_open() {
    for notice in every_notice("Maja") {
        for sentence in notice.wording().body.iter().filter(|sentence| sentence.da.contains("kørekort")) {
            let told = sentence.da.contains("endnu ikke") && sentence.en.contains("yet");
            assert!(told, "{notice:?}: {}", sentence.da);
        }
    }
}

#[test]
fn the_question_whether_it_was_her_leads_to_the_link_that_blocks() {
    let own = "https://login.nordby.example/var-det-dig/hemmeligt";
    let mut happening = happening("Maja");
    let without = NoticeText::PasswordSet.write(&SENDER, &happening);
    assert!(without.text.contains("https://login.nordby.example/spaer"), "{}", without.text);
    happening.not_me = Some(SecretLink(own));
    let with = NoticeText::PasswordSet.write(&SENDER, &happening);
    assert_eq!(with.text.matches(own).count(), 2, "once in each language");
    assert!(with.html.contains(own) && !with.text.contains("/spaer"), "{}", with.text);
    assert!(!format!("{happening:?}").contains("hemmeligt"));
}

/// The characters of one SMS alphabet that we use (3GPP TS 23.038): others would make messages of seventy.
fn in_one_alphabet(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " \n.,:;?!()/\"'-+_@&=%*#".contains(c);
    text.chars().all(|c| plain(c) || "æøåÆØÅéÉäÄöÖüÜ".contains(c))
}

#[test]
fn what_goes_to_a_phone_is_short_in_both_languages_and_opens_nothing() {
    let own = "https://login.nordby.example/var-det-dig/hemmeligt";
    let happening = Happening { not_me: Some(SecretLink(own)), ..happening("Maja") };
    for notice in every_notice("Maja") {
        let text = notice.write_short(&SENDER, &happening);
        assert!(text.starts_with("Nordby Kommune: "), "{text}");
        assert!(text.chars().count() <= 306 && in_one_alphabet(&text), "{}: {text}", text.chars().count());
        assert_eq!(placeholders(&text).count(), 0, "{text}");
        assert_eq!(text.lines().count(), 2, "Danish, then English: {text}");
        for secret in ["hemmelig", "kom-i-gang?", "Maja"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let verifies = matches!(notice, NoticeText::ContactCode { .. });
        assert_eq!(text.contains("1234 5678"), verifies, "{text}");
    }
}

#[test]
fn only_the_code_that_verifies_an_address_stands_in_a_letter_and_in_no_log() {
    for notice in every_notice("Maja") {
        let mail = notice.write(&SENDER, &happening("Maja"));
        let verifies = matches!(notice, NoticeText::ContactCode { .. });
        assert_eq!(mail.text.contains("1234 5678"), verifies, "{notice:?}");
        assert!(!mail.subject.contains("1234"), "a locked screen shows subjects");
        assert!(!format!("{notice:?}{mail:?}").contains("1234"));
    }
}

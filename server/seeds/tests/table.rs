//! The CSV file (`docs/code-devices.md`).
#![expect(clippy::panic, reason = "a test that cannot begin must fail")]

use domain::code_device::Misread::{self, Malformed, Missing, Repeated, Unsupported, WrongLength};
use domain::code_device::{Delivery, HashAlgorithm, Moving, StepLength};
use proptest::prelude::*;
use seeds::{Unlock, Unreadable, read};

const HEADER: &str = "serial;manufacturer;model;kind;seed_hex;digits;hash;step;counter";
const HEX: &str = "3132333435363738393031323334353637383930";
const FIFTEEN_BYTES: &str = "313233343536373839303132333435";

fn file(text: &str) -> Result<Delivery, Unreadable> {
    read(text.as_bytes(), &Unlock::Nothing)
}

fn faults(text: &str) -> Vec<(u64, &'static str, Misread)> {
    match file(text) {
        Err(Unreadable::Faults(faults)) => faults.iter().map(|it| (it.place.line, it.what, it.why)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_line_is_a_device() {
    let text = format!(
        "\u{feff}{HEADER}\r\n1001;Feitian;C200;totp;{HEX};8;sha256;60;\r\n\r\nA-2;;;HOTP;{};;;;7\r\n",
        HEX.replace("39", "40")
    );
    let delivery = file(&text).unwrap();
    let [first, second] = delivery.devices.as_slice() else { panic!("{delivery:?}") };
    assert_eq!(first.moving, Moving::clock(StepLength::try_from(60).unwrap(), 0));
    assert_eq!((first.hash, first.digits.count()), (HashAlgorithm::Sha256, 8));
    assert_eq!(first.seed.as_slice(), b"12345678901234567890");
    assert_eq!((second.moving, second.manufacturer.as_ref()), (Moving::Button { next: 7 }, None));
    assert_eq!((first.place.line, second.place.line, second.place.package), (2, 4, None));
}

#[test]
fn base_32_and_commas_do_as_well() {
    let delivery = file("kind,serial,seed_base32\ntotp,1,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n").unwrap();
    assert_eq!(delivery.devices.first().unwrap().seed.as_slice(), b"12345678901234567890");
}

#[test]
fn every_broken_line_is_named_and_nothing_is_taken() {
    let short = "31323334353637383930313233343536373839";
    let text = format!(
        "{HEADER}\n1;;;totp;{HEX};6;sha1;30;\n;;;totp;{HEX};6;;;\n3;;;totp;;6;;;\n4;;;totp;31zz;6;;;\n\
         5;;;totp;{FIFTEEN_BYTES};6;;;\n6;;;push;{HEX};6;;;\n7;;;totp;{HEX};5;;;\n8;;;totp;{HEX};6;md5;;\n9;;;totp;{HEX};6;;45;\n\
         10;;;hotp;{HEX};6;;;-1\n11;;;hotp;{HEX};6;;30;\n12;;;totp;{HEX};6;;;5\n13;;;totp;{HEX};6\n1;;;totp;{short}ff;;;;\n"
    );
    assert_eq!(
        faults(&text),
        [
            (3, "serial", Missing),
            (4, "seed_hex", Missing),
            (5, "seed_hex", Malformed),
            (6, "seed_hex", WrongLength),
            (7, "kind", Unsupported),
            (8, "digits", Unsupported),
            (9, "hash", Unsupported),
            (10, "step", Unsupported),
            (11, "counter", Malformed),
            (12, "step", Unsupported),
            (13, "counter", Unsupported),
            (14, "the number of columns", Malformed),
            (15, "the serial number", Repeated),
        ]
    );
}

#[test]
fn a_header_that_is_not_ours_refuses_the_file() {
    for header in [
        "serial;kind",
        "serial;seed_hex",
        "kind;seed_hex",
        "serial;kind;seed_hex;seed_base32",
        "serial;serial;kind;seed_hex",
        "serial;kind;seed_hex;digit",
    ] {
        assert!(matches!(file(&format!("{header}\n")), Err(Unreadable::Header(_))), "{header}");
    }
    assert_eq!(file(""), Err(Unreadable::Empty));
    assert_eq!(file(HEADER), Err(Unreadable::Empty));
}

#[test]
fn no_message_repeats_what_stands_in_the_file() {
    let text = format!("{HEADER}\nsecret!;;;totp;{HEX}\u{0};6;;;\n");
    let said = format!("{:?} {}", file(&text), file(&text).unwrap_err());
    assert!(!said.contains("secret") && !said.contains("3132"), "{said}");
}

proptest! {
    #[test]
    fn nothing_that_could_be_typed_panics(text in ".{0,300}", header: bool) {
        let text = if header { format!("{HEADER}\n{text}") } else { text };
        let _ = file(&text);
    }
}

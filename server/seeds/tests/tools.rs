//! Files made by the tools manufacturers and others use: `csv2pskc` and the library behind it (python-pskc) encrypt,
//! `pskctool` (OATH Toolkit) signs, and reads what we read. `scripts/setup test` installs them.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::code_device::{Delivery, HashAlgorithm, Misread, Moving, StepLength};
use seeds::{Unlock, Unreadable, key_in_hex, read};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use zeroize::Zeroizing;

const TOTP: &str = "urn:ietf:params:xml:ns:keyprov:pskc:totp";
const HOTP: &str = "urn:ietf:params:xml:ns:keyprov:pskc:hotp";
const KEY_128: &str = "12345678901234567890123456789012";
const KEY_256: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const PASSWORD: &str = "en lang adgangskode";

/// A folder with the same devices as the tools' own CSV.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        let lines = format!(
            "serial,manufacturer,model,algorithm,algorithm_suite,secret,time_interval,counter,response_length,response_encoding\n\
             1001,Feitian,C200,{TOTP},HMAC-SHA256,{},60,,8,DECIMAL\n\
             1002,Feitian,C200,{TOTP},,{},30,,6,DECIMAL\n\
             1003,Feitian,C100,{HOTP},,{},,12,6,DECIMAL\n",
            hex(1),
            hex(2),
            hex(3)
        );
        std::fs::write(files.at("tokens.csv"), lines).unwrap();
        files
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, tool: &str, arguments: &[&str]) -> Vec<u8> {
        let done = Command::new(tool).args(arguments).current_dir(self.0.path()).output();
        let done = done.unwrap_or_else(|error| panic!("{tool}: {error}; run scripts/setup test"));
        assert!(done.status.success(), "{tool}: {}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    }
}

fn seed(n: u8) -> Vec<u8> {
    format!("1234567890123456789{n}").into_bytes()
}

fn hex(n: u8) -> String {
    seed(n).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

fn key(hex: &str) -> Unlock {
    Unlock::Key(key_in_hex(hex).unwrap())
}

fn password(text: &str) -> Unlock {
    Unlock::Password(Zeroizing::new(text.to_owned()))
}

#[track_caller]
fn is_the_three_devices(delivery: &Delivery) {
    let [first, second, third] = delivery.devices.as_slice() else { panic!("{delivery:?}") };
    let half = Moving::clock(StepLength::HALF_A_MINUTE, 0);
    let minute = Moving::clock(StepLength::try_from(60).unwrap(), 0);
    let made = [(first, 1, minute), (second, 2, half), (third, 3, Moving::Button { next: 12 })];
    for (device, n, moving) in made {
        assert_eq!(device.serial.as_str(), format!("100{n}"));
        assert_eq!(device.manufacturer.as_ref().unwrap().as_str(), "Feitian");
        assert_eq!(*device.seed, seed(n));
        assert_eq!(device.moving, moving);
        assert_eq!(device.place.package, Some(n.into()));
    }
    assert_eq!((first.hash, first.digits.count()), (HashAlgorithm::Sha256, 8));
    assert_eq!((third.hash, third.digits.count()), (HashAlgorithm::Sha1, 6));
    assert_eq!(third.model.as_ref().unwrap().as_str(), "C100");
}

fn why(read: Result<Delivery, Unreadable>) -> Vec<(&'static str, Misread)> {
    match read {
        Err(Unreadable::Faults(faults)) => faults.iter().map(|fault| (fault.what, fault.why)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_in_clear_is_read() {
    let files = Files::new();
    let file = files.run("csv2pskc", &["-e", "hex", "tokens.csv"]);
    let delivery = read(&file, &Unlock::Nothing).unwrap();
    is_the_three_devices(&delivery);
    assert!(!delivery.signed);
}

/// AES-256, which `csv2pskc` cannot be asked for, by its library; and a key derived with another hash.
const MAKE: &str = r#"
import csv, sys
from pskc import PSKC
container = PSKC()
for line in csv.DictReader(open("tokens.csv")):
    key = container.add_key(
        serial=line["serial"], manufacturer=line["manufacturer"], model=line["model"], algorithm=line["algorithm"],
        secret=bytes.fromhex(line["secret"]), response_length=line["response_length"], response_encoding="DECIMAL")
    if line["algorithm_suite"]:
        key.algorithm_suite = line["algorithm_suite"]
    if line["time_interval"]:
        key.time_interval = int(line["time_interval"])
    if line["counter"]:
        key.counter = int(line["counter"])
how, secret = sys.argv[1:]
if how == "key":
    container.encryption.setup_preshared_key(key=bytes.fromhex(secret), algorithm="aes256-cbc")
else:
    container.encryption.setup_pbkdf2(
        secret, algorithm="aes256-cbc", key_length=32, iterations=10000, prf="hmac-sha256")
container.write(sys.stdout)
"#;

#[test]
fn files_under_a_key_both_know_are_read_with_it_and_with_no_other() {
    let files = Files::new();
    let short = files.run("csv2pskc", &["-e", "hex", "-s", KEY_128, "tokens.csv"]);
    let long = files.run("/usr/bin/python3", &["-c", MAKE, "key", KEY_256]);
    for (file, secret) in [(short, KEY_128), (long, KEY_256)] {
        is_the_three_devices(&read(&file, &key(secret)).unwrap());
        let wrong: String = secret.chars().rev().collect();
        is_refused(&file, &key(&wrong));
        assert_eq!(why(read(&file, &Unlock::Nothing)), [("EncryptionKey", Misread::Locked)]);
        assert_eq!(why(read(&file, &password(PASSWORD))), [("EncryptionKey", Misread::Unsupported)]);
    }
}

#[test]
fn files_under_a_password_are_read_with_it_and_with_no_other() {
    let files = Files::new();
    let short = files.run("csv2pskc", &["-e", "hex", "-p", PASSWORD, "tokens.csv"]);
    let long = files.run("/usr/bin/python3", &["-c", MAKE, "password", PASSWORD]);
    for file in [short, long] {
        is_the_three_devices(&read(&file, &password(PASSWORD)).unwrap());
        is_refused(&file, &password("en anden"));
        assert_eq!(why(read(&file, &Unlock::Nothing)), [("KeyDerivationMethod", Misread::Locked)]);
        assert_eq!(why(read(&file, &key(KEY_128))), [("KeyDerivationMethod", Misread::Locked)]);
    }
}

/// With a wrong key nothing of it is seen: it is found by its MACs.
#[track_caller]
fn is_refused(file: &[u8], unlock: &Unlock) {
    let refused = why(read(file, unlock));
    let unauthentic = |(_, why): &(_, Misread)| *why == Misread::Unauthentic;
    assert!(!refused.is_empty() && refused.iter().all(unauthentic), "{refused:?}");
}

/// One letter of any ciphertext or MAC another, and the device is refused.
#[test]
fn a_file_that_was_changed_on_the_way_is_refused() {
    let files = Files::new();
    let file = files.run("csv2pskc", &["-e", "hex", "-s", KEY_128, "tokens.csv"]);
    let file = String::from_utf8(file).unwrap();
    for element in ["CipherValue>", "ValueMAC>"] {
        for (opening, _) in file.match_indices(element).step_by(2) {
            let at = opening + element.len() + 3;
            let mut changed = file.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let refused = why(read(&changed, &key(KEY_128)));
            assert!(
                refused.iter().any(|(_, why)| *why == Misread::Unauthentic),
                "{element} at {at}: {refused:?}"
            );
        }
    }
}

/// `pskctool` writes the whole container anew when it signs it: another prefix, one line, and a signature.
#[test]
fn a_file_that_pskctool_made_is_read_and_said_to_be_signed() {
    let files = Files::new();
    let plain = files.run("csv2pskc", &["-e", "hex", "tokens.csv"]);
    std::fs::write(files.at("plain.xml"), plain).unwrap();
    let make = "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=test -days 2";
    files.run("openssl", &make.split(' ').collect::<Vec<_>>());
    let signed = files.run("pskctool", &["--sign", "--sign-key=key.pem", "--sign-crt=cert.pem", "plain.xml"]);
    let delivery = read(&signed, &Unlock::Nothing).unwrap();
    is_the_three_devices(&delivery);
    assert!(delivery.signed);
}

/// Two readers that share no line of code see the same seeds.
#[test]
fn pskctool_reads_the_same_seeds() {
    let files = Files::new();
    let plain = files.run("csv2pskc", &["-e", "hex", "tokens.csv"]);
    std::fs::write(files.at("plain.xml"), &plain).unwrap();
    let said = String::from_utf8(files.run("pskctool", &["--info", "plain.xml"])).unwrap();
    for device in &read(&plain, &Unlock::Nothing).unwrap().devices {
        let secret = said.lines().find_map(|line| {
            let value = line.trim().strip_prefix("Key Secret (base64): ")?;
            (base64(&device.seed) == value).then_some(value)
        });
        assert!(secret.is_some(), "{device:?} in {said}");
        assert!(said.contains(&format!("SerialNo: {}", device.serial)));
    }
}

fn base64(bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let path: &Path = file.path();
    let done = Command::new("openssl").args(["base64", "-A", "-in"]).arg(path).output().unwrap();
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

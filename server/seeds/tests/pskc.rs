//! Containers by the letter of RFC 6030, and hostile ones.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot begin must fail")]

use domain::code_device::{Delivery, Misread, Moving, StepLength};
use proptest::prelude::*;
use seeds::{MOST_DEVICES, Unlock, Unreadable, key_in_hex, read};
use zeroize::Zeroizing;

const SEED: &[u8] = b"12345678901234567890";

/// Figure 6: AES-128-CBC under a key both know, and HMAC-SHA1.
const UNDER_A_KEY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"
    xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
  <EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>
  <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
    <MACKey>
      <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
      <xenc:CipherData>
        <xenc:CipherValue>ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX</xenc:CipherValue>
      </xenc:CipherData>
    </MACKey>
  </MACMethod>
  <KeyPackage>
    <DeviceInfo><Manufacturer>Manufacturer</Manufacturer><SerialNo>987654321</SerialNo></DeviceInfo>
    <CryptoModuleInfo><Id>CM_ID_001</Id></CryptoModuleInfo>
    <Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
      <Issuer>Issuer</Issuer>
      <AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
      <Data>
        <Secret>
          <EncryptedValue>
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
            <xenc:CipherData>
              <xenc:CipherValue>AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv</xenc:CipherValue>
            </xenc:CipherData>
          </EncryptedValue>
          <ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=</ValueMAC>
        </Secret>
        <Counter><PlainValue>0</PlainValue></Counter>
      </Data>
    </Key>
  </KeyPackage>
</KeyContainer>"#;

/// Figure 7: the key is made from the password `qwerty` by PBKDF2.
const UNDER_A_PASSWORD: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<pskc:KeyContainer xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#"
    xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#"
    xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Version="1.0">
  <pskc:EncryptionKey>
    <xenc11:DerivedKey>
      <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
        <pkcs5:PBKDF2-params>
          <Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
          <IterationCount>1000</IterationCount>
          <KeyLength>16</KeyLength>
          <PRF/>
        </pkcs5:PBKDF2-params>
      </xenc11:KeyDerivationMethod>
      <xenc:ReferenceList><xenc:DataReference URI="#ED"/></xenc:ReferenceList>
      <xenc11:MasterKeyName>My Password 1</xenc11:MasterKeyName>
    </xenc11:DerivedKey>
  </pskc:EncryptionKey>
  <pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1">
    <pskc:MACKey>
      <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
      <xenc:CipherData>
        <xenc:CipherValue>2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx</xenc:CipherValue>
      </xenc:CipherData>
    </pskc:MACKey>
  </pskc:MACMethod>
  <pskc:KeyPackage>
    <pskc:DeviceInfo>
      <pskc:Manufacturer>TokenVendorAcme</pskc:Manufacturer>
      <pskc:SerialNo>987654321</pskc:SerialNo>
    </pskc:DeviceInfo>
    <pskc:Key Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp" Id="123456">
      <pskc:Issuer>Example-Issuer</pskc:Issuer>
      <pskc:AlgorithmParameters><pskc:ResponseFormat Length="8" Encoding="DECIMAL"/></pskc:AlgorithmParameters>
      <pskc:Data>
        <pskc:Secret>
          <pskc:EncryptedValue Id="ED">
            <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
            <xenc:CipherData>
              <xenc:CipherValue>oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f</xenc:CipherValue>
            </xenc:CipherData>
          </pskc:EncryptedValue>
          <pskc:ValueMAC>LP6xMvjtypbfT9PdkJhBZ+D6O4w=</pskc:ValueMAC>
        </pskc:Secret>
      </pskc:Data>
    </pskc:Key>
  </pskc:KeyPackage>
</pskc:KeyContainer>"##;

fn key() -> Unlock {
    Unlock::Key(key_in_hex("12345678901234567890123456789012").unwrap())
}

/// A package on one line.
fn package(serial: &str, inside: &str) -> String {
    format!(
        "<KeyPackage><DeviceInfo><SerialNo>{serial}</SerialNo></DeviceInfo>\
         <Key Algorithm=\"urn:ietf:params:xml:ns:keyprov:pskc:totp\">{inside}</Key></KeyPackage>"
    )
}

fn data(seed: &str) -> String {
    format!("<Data><Secret><PlainValue>{seed}</PlainValue></Secret></Data>")
}

const PLAIN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";

fn container(packages: &[String]) -> String {
    format!(
        "<KeyContainer Version=\"1.0\" xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\" \
         xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">\n{}\n</KeyContainer>",
        packages.join("\n")
    )
}

fn plain(packages: &[String]) -> Result<Delivery, Unreadable> {
    read(container(packages).as_bytes(), &Unlock::Nothing)
}

/// Line, package, what and why of each fault.
fn faults(read: Result<Delivery, Unreadable>) -> Vec<(u64, Option<u32>, &'static str, Misread)> {
    match read {
        Err(Unreadable::Faults(faults)) => {
            faults.iter().map(|it| (it.place.line, it.place.package, it.what, it.why)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_examples_of_the_rfc_are_read() {
    let password = Unlock::Password(Zeroizing::new("qwerty".to_owned()));
    for (file, unlock) in [(UNDER_A_KEY, key()), (UNDER_A_PASSWORD, password)] {
        let delivery = read(file.as_bytes(), &unlock).unwrap();
        let [device] = delivery.devices.as_slice() else { panic!("{delivery:?}") };
        assert_eq!(device.seed.as_slice(), SEED);
        assert_eq!((device.serial.as_str(), device.digits.count()), ("987654321", 8));
        assert_eq!(device.moving, Moving::Button { next: 0 });
    }
}

#[test]
fn nothing_of_a_locked_file_is_taken_without_its_mac() {
    let without = UNDER_A_KEY.replace("<ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=</ValueMAC>", "");
    assert_eq!(faults(read(without.as_bytes(), &key()))[0].2, "ValueMAC");
    let (before, rest) = UNDER_A_KEY.split_once("<MACMethod").unwrap();
    let (_, after) = rest.split_once("</MACMethod>").unwrap();
    let without = format!("{before}{after}");
    assert_eq!(faults(read(without.as_bytes(), &key()))[0].3, Misread::NoMac);
}

#[test]
fn a_value_in_clear_slipped_into_a_locked_file_is_refused() {
    let (before, rest) = UNDER_A_KEY.split_once("<Secret>").unwrap();
    let (_, after) = rest.split_once("</Secret>").unwrap();
    let slipped = format!("{before}<Secret><PlainValue>{PLAIN}</PlainValue></Secret>{after}");
    assert_eq!(faults(read(slipped.as_bytes(), &key())), [(13, Some(1), "Secret", Misread::Malformed)]);
}

#[test]
fn ciphers_and_macs_that_are_not_ours_are_named() {
    let rsa = UNDER_A_KEY.replace("xmlenc#aes128-cbc", "xmlenc#rsa-1_5");
    assert_eq!(faults(read(rsa.as_bytes(), &key()))[0].3, Misread::Unsupported);
    let md5 = UNDER_A_KEY.replace("xmldsig#hmac-sha1", "xmldsig-more#hmac-md5");
    assert_eq!(faults(read(md5.as_bytes(), &key())), [(2, None, "MACMethod", Misread::Unsupported)]);
}

#[test]
fn a_key_derivation_that_would_keep_us_busy_is_refused() {
    let password = Unlock::Password(Zeroizing::new("qwerty".to_owned()));
    for rounds in ["0", "2000001", "-1", "99999999999999999999"] {
        let file = UNDER_A_PASSWORD.replace("<IterationCount>1000<", &format!("<IterationCount>{rounds}<"));
        assert_eq!(faults(read(file.as_bytes(), &password))[0].2, "IterationCount", "{rounds}");
    }
    let long = UNDER_A_PASSWORD.replace("<KeyLength>16<", "<KeyLength>4000000000<");
    assert_eq!(faults(read(long.as_bytes(), &password))[0].2, "KeyLength");
}

#[test]
fn defaults_are_those_of_the_rfc() {
    let delivery = plain(&[package("1", &data(PLAIN))]).unwrap();
    let device = delivery.devices.first().unwrap();
    assert_eq!((device.digits.count(), device.hash.word()), (6, "sha1"));
    assert_eq!(device.moving, Moving::clock(StepLength::HALF_A_MINUTE, 0));
}

#[test]
fn every_fault_names_its_line_and_package_and_nothing_is_taken() {
    let packages = [
        package("1", &data(PLAIN)),
        package("2", &data("MTIz")),
        package("", &data(PLAIN)),
        package("4", &data("%%%")),
        package("5", &format!("<Policy><PINPolicy MinLength=\"4\"/></Policy>{}", data(PLAIN))),
        package(
            "6",
            &format!(
                "<AlgorithmParameters><ResponseFormat Length=\"8\" Encoding=\"HEXADECIMAL\"/></AlgorithmParameters>{}",
                data(PLAIN)
            ),
        ),
        package("7", &data(PLAIN)).replace("pskc:totp", "pskc:ocra"),
        package("8", ""),
        package("9", &format!("{}{}", data(PLAIN), data(PLAIN))),
        package("10", "<Data><Secret><PlainValue>MTIz<b/>NDU2</PlainValue></Secret></Data>"),
        package("11", "<Data><Secret><EncryptedValue/></Secret></Data>"),
    ];
    let found = faults(plain(&packages));
    assert_eq!(
        found,
        [
            (3, Some(2), "Secret", Misread::WrongLength),
            (4, Some(3), "SerialNo", Misread::Missing),
            (5, Some(4), "Secret", Misread::Malformed),
            (6, Some(5), "Policy", Misread::Unsupported),
            (7, Some(6), "ResponseFormat", Misread::Unsupported),
            (8, Some(7), "Key Algorithm", Misread::Unsupported),
            (9, Some(8), "Data", Misread::Missing),
            (10, Some(9), "Data", Misread::Twice),
            (11, Some(10), "PlainValue", Misread::Malformed),
            (12, Some(11), "EncryptionKey", Misread::Missing),
        ]
    );
}

#[test]
fn two_devices_with_one_number_or_one_seed_are_refused() {
    let other = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTE=";
    let packages = [package("ab1", &data(PLAIN)), package("AB1", &data(other)), package("3", &data(PLAIN))];
    let repeated = |line, package, what| (line, Some(package), what, Misread::Repeated);
    assert_eq!(faults(plain(&packages)), [repeated(3, 2, "the serial number"), repeated(4, 3, "the seed")]);
}

#[test]
fn a_container_of_something_else_is_none() {
    for (file, line) in [
        ("<a/>", 1),
        ("\n\n<KeyContainer Version='1.0'/>", 3),
        ("<KeyContainer xmlns='urn:ietf:params:xml:ns:keyprov:pskc' Version='2.0'/>", 1),
        (
            "<?xml version='1.0'?>\n<!DOCTYPE KeyContainer SYSTEM 'http://attacker.example/x'>\n<KeyContainer/>",
            2,
        ),
        ("<?xml version='1.0'?>\n<?xml-stylesheet href='x'?><KeyContainer/>", 2),
    ] {
        let read = read(file.as_bytes(), &Unlock::Nothing);
        assert!(
            matches!(&read, Err(Unreadable::Xml { line: found, .. }) if *found == line),
            "{file}: {read:?}"
        );
    }
    assert_eq!(plain(&[]), Err(Unreadable::Empty));
}

#[test]
fn a_file_is_bounded_in_size_and_in_devices() {
    let many = |count: usize| -> Vec<String> {
        (0..count).map(|n| package(&format!("{n}"), &data(&format!("MTIzNDU2Nzg5MDEyMzQ1{n:08}")))).collect()
    };
    assert_eq!(plain(&many(MOST_DEVICES)).unwrap().devices.len(), MOST_DEVICES);
    assert_eq!(plain(&many(MOST_DEVICES + 1)), Err(Unreadable::TooMany));
    let large = format!("<a>{}</a>", " ".repeat(seeds::LARGEST));
    assert_eq!(read(large.as_bytes(), &Unlock::Nothing), Err(Unreadable::TooLarge));
    let not_text = [b"<a>\n\n".as_slice(), &[0xff]].concat();
    assert_eq!(read(&not_text, &Unlock::Nothing), Err(Unreadable::NotUtf8(3)));
}

proptest! {
    /// Cut off, doubled or mixed up anywhere: refused or read, never a panic.
    #[test]
    fn no_damage_to_a_file_panics(
        from in 0usize..4000, length in 0usize..400, to in 0usize..4000, password: bool,
    ) {
        let file = if password { UNDER_A_PASSWORD } else { UNDER_A_KEY }.as_bytes();
        let part = file.iter().skip(from).take(length);
        let damaged: Vec<u8> =
            file.iter().take(to).chain(part).chain(file.iter().skip(to + length)).copied().collect();
        let unlock = if password { Unlock::Password(Zeroizing::new("qwerty".to_owned())) } else { key() };
        if let Ok(delivery) = read(&damaged, &unlock) {
            for device in delivery.devices {
                prop_assert_eq!(device.seed.as_slice(), SEED, "what has a right MAC is what was sent");
            }
        }
    }
}

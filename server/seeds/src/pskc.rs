//! A Portable Symmetric Key Container (RFC 6030): in clear, under a key both know, or under a password.

mod guard;
mod locks;
mod tree;

use crate::lines::Lines;
use crate::{Read, Unlock, Unreadable, bytes};
use domain::code_device::{Delivered, DeliveryFault, Digits, HashAlgorithm, Misread, Moving, StepLength};
use locks::Locks;
use roxmltree::Node;
use tree::{Here, PSKC, is};
use zeroize::Zeroizing;

/// Reads every key package.
pub(crate) fn read(text: &str, unlock: &Unlock) -> Result<Read, Unreadable> {
    let document = guard::parse(text)?;
    let mut lines = Lines::of(text);
    let root = document.root_element();
    let here = Here::of(root, None, &mut lines);
    if !is(root, PSKC, "KeyContainer") {
        return Err(Unreadable::Xml { line: here.line, why: "this is no key container of RFC 6030" });
    }
    if !root.attribute("Version").is_some_and(|version| version.starts_with("1.")) {
        return Err(Unreadable::Xml { line: here.line, why: "this container is not of version 1" });
    }
    // One fault of the lock is one fault: every package behind it would say the same.
    let locks = Locks::of(root, here, unlock).map_err(|fault| Unreadable::Faults(vec![fault]))?;
    let packages = root.children().filter(|node| is(*node, PSKC, "KeyPackage"));
    let found = packages.zip(1..).map(|(node, number)| {
        let here = Here::of(node, Some(number), &mut lines);
        Package { node, here, locks: locks.as_ref() }.device()
    });
    Ok(Read { found: found.collect(), signed: root.children().any(|it| it.tag_name().name() == "Signature") })
}

struct Package<'a, 'i> {
    node: Node<'a, 'i>,
    here: Here,
    locks: Option<&'a Locks>,
}

impl<'a> Package<'a, '_> {
    fn device(&self) -> Result<Delivered, DeliveryFault> {
        let here = self.here;
        let info = here.demanded(self.node, (PSKC, "DeviceInfo"))?;
        let key = here.demanded(self.node, (PSKC, "Key"))?;
        self.refuse_terms(key)?;
        let serial = here.text(info, "SerialNo")?;
        let serial = serial.ok_or_else(|| here.at("SerialNo").fault(Misread::Missing))?;
        let label =
            |name: &'static str| here.text(info, name)?.map(|text| here.at(name).shaped(text)).transpose();
        let parameters = here.child(key, (PSKC, "AlgorithmParameters"))?;
        let data = here.demanded(key, (PSKC, "Data"))?;
        Ok(Delivered {
            place: here.at("").place,
            serial: here.at("SerialNo").shaped(serial)?,
            manufacturer: label("Manufacturer")?,
            model: label("Model")?,
            hash: parameters.map_or(Ok(HashAlgorithm::Sha1), |it| self.hash(it))?,
            digits: parameters.map_or(Ok(Digits::SIX), |it| self.digits(it))?,
            moving: self.moving(key, data)?,
            seed: self.seed(data)?,
        })
    }

    /// What a key demands of whoever keeps it, and we would not keep: a challenge, a PIN, days between which it counts.
    /// Who does not understand a policy must not use the key (RFC 6030, 5).
    fn refuse_terms(&self, key: Node<'a, '_>) -> Result<(), DeliveryFault> {
        let here = self.here;
        if let Some(policy) = here.child(key, (PSKC, "Policy"))? {
            let one_time_codes = |it: Node<'_, '_>| {
                is(it, PSKC, "KeyUsage") && it.text().is_some_and(|text| text.trim() == "OTP")
            };
            if policy.children().filter(Node::is_element).any(|it| !one_time_codes(it)) {
                return Err(here.at("Policy").fault(Misread::Unsupported));
            }
        }
        match tree::named(key, "ChallengeFormat") {
            Some(_) => Err(here.at("ChallengeFormat").fault(Misread::Unsupported)),
            None => Ok(()),
        }
    }

    fn hash(&self, parameters: Node<'a, '_>) -> Result<HashAlgorithm, DeliveryFault> {
        let word = self.here.text(parameters, "Suite")?;
        word.map_or(Ok(HashAlgorithm::Sha1), |word| {
            HashAlgorithm::from_word(word).ok_or_else(|| self.here.at("Suite").fault(Misread::Unsupported))
        })
    }

    fn digits(&self, parameters: Node<'a, '_>) -> Result<Digits, DeliveryFault> {
        let at = self.here.at("ResponseFormat");
        let Some(format) = self.here.child(parameters, (PSKC, "ResponseFormat"))? else {
            return Ok(Digits::SIX);
        };
        let checked = matches!(format.attribute("CheckDigits"), Some("true" | "1"));
        if checked || format.attribute("Encoding").is_some_and(|encoding| encoding != "DECIMAL") {
            return Err(at.fault(Misread::Unsupported));
        }
        format.attribute("Length").map_or(Ok(Digits::SIX), |length| at.number::<u8, Digits>(length))
    }

    fn moving(&self, key: Node<'a, '_>, data: Node<'a, '_>) -> Result<Moving, DeliveryFault> {
        let here = self.here;
        let algorithm = key.attribute("Algorithm").unwrap_or_default();
        let kind = algorithm.strip_prefix(PSKC).unwrap_or_default();
        match kind {
            ":hotp" | "#hotp" => {
                let counter = self.number(data, "Counter")?;
                let at = here.at("Counter");
                Ok(Moving::Button { next: counter.map_or(Ok(0), |counter| at.counter(counter))? })
            }
            ":totp" | "#totp" => {
                let step = self.number(data, "TimeInterval")?;
                let at = here.at("TimeInterval");
                let step =
                    step.map_or(Ok(StepLength::HALF_A_MINUTE), |step| at.number::<u32, StepLength>(step))?;
                // Steps are counted from 1970 on, as everybody does.
                if self.number(data, "Time")?.is_some_and(|begin| begin != "0") {
                    return Err(here.at("Time").fault(Misread::Unsupported));
                }
                let drift = self.number(data, "TimeDrift")?.map(str::parse::<i64>).transpose();
                let drift = drift.map_err(|_| here.at("TimeDrift").fault(Misread::Malformed))?;
                Ok(Moving::clock(step, drift.unwrap_or_default()))
            }
            _ => Err(here.at("Key Algorithm").fault(Misread::Unsupported)),
        }
    }

    /// A plain value that is no secret. Encrypted ones are not taken: nobody writes them.
    fn number(&self, data: Node<'a, '_>, name: &'static str) -> Result<Option<&'a str>, DeliveryFault> {
        let Some(value) = self.here.child(data, (PSKC, name))? else { return Ok(None) };
        match self.here.text(value, "PlainValue")? {
            Some(text) => Ok(Some(text)),
            None => Err(self.here.at(name).fault(Misread::Unsupported)),
        }
    }

    fn seed(&self, data: Node<'a, '_>) -> Result<Zeroizing<Vec<u8>>, DeliveryFault> {
        let here = self.here;
        let secret = here.demanded(data, (PSKC, "Secret"))?;
        let encrypted = here.child(secret, (PSKC, "EncryptedValue"))?;
        let plain = here.text(secret, "PlainValue")?;
        match (plain, encrypted, self.locks) {
            // Of a container under a key nothing in clear is taken: whoever put it there may not know the key.
            (Some(plain), None, None) => here.at("Secret").seed(bytes::base64(plain)),
            (None, Some(sealed), Some(locks)) => {
                here.at("Secret").seed(Some(locks.open(secret, sealed, here)?))
            }
            (None, Some(_), None) => Err(here.at("EncryptionKey").fault(Misread::Missing)),
            (None, None, _) => Err(here.at("Secret").fault(Misread::Missing)),
            (Some(_), ..) => Err(here.at("Secret").fault(Misread::Malformed)),
        }
    }
}

//! The words of the pages, one module for each group of them.
//!
//! Tone: "du", present tense, what happens next, nobody is blamed. *Adgangskode*, *godkender-app*, *adgangsnøgle*,
//! *sikkerhedsnøgle*; *loginmiddel* is explained where it first stands.

/// Declares sentences. Each is documented by its own Danish wording, and listed for the tests.
macro_rules! sentences {
    ($($name:ident: $da:literal, $en:literal;)+) => {
        $(
            #[doc = $da]
            pub const $name: crate::Say = crate::Say::new($da, $en);
        )+
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, crate::Say)] = &[$((stringify!($name), $name)),+];
    };
}

pub mod account;
pub mod auditor;
pub mod audits;
pub mod common;
pub mod contact;
pub mod data;
pub mod devices;
pub mod documents;
pub mod emergency;
pub mod enrolment;
pub mod factor;
pub mod keys;
pub mod methods;
pub mod overview;
pub mod password;
pub mod phone;
pub mod problems;
pub mod proof;
pub mod publication;
pub mod reconfirm;
pub mod recovery;
pub mod relations;
pub mod reopening;
pub mod sign_in;
pub mod slips;
pub mod status;
pub mod step_up;
pub mod terms;
pub mod trail;

#[cfg(test)]
mod tests {
    use super::{
        account, auditor, audits, common, contact, data, devices, documents, emergency, enrolment, factor,
        keys, methods, overview, password, phone, problems, proof, publication, reconfirm, recovery,
        relations, reopening, sign_in, slips, status, step_up, terms,
    };
    use crate::{Lang, Say};

    fn every() -> impl Iterator<Item = (&'static str, Say)> {
        [
            account::ALL,
            auditor::ALL,
            audits::ALL,
            common::ALL,
            contact::ALL,
            data::ALL,
            devices::ALL,
            documents::ALL,
            emergency::ALL,
            enrolment::ALL,
            factor::ALL,
            keys::ALL,
            methods::ALL,
            overview::ALL,
            password::ALL,
            phone::ALL,
            problems::ALL,
            proof::ALL,
            publication::ALL,
            reconfirm::ALL,
            recovery::ALL,
            relations::ALL,
            reopening::ALL,
            sign_in::ALL,
            slips::ALL,
            status::ALL,
            step_up::ALL,
            terms::ALL,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    #[test]
    fn every_sentence_is_said_in_both_languages_with_the_same_values() {
        for (name, say) in every() {
            for lang in Lang::ALL {
                let words = say.get(lang);
                assert!(!words.is_empty() && words.trim() == words, "{name}: {words:?}");
            }
            assert!(say.agrees(), "{name}: placeholders differ");
        }
    }

    #[test]
    fn nobody_is_blamed_and_no_jargon_is_used() {
        for (name, say) in every() {
            let danish = say.da.to_lowercase();
            for word in ["ugyldig", "forkert", "fejlagtig", "kodeord", "token", "login-faktor", "autentifi"] {
                assert!(!danish.contains(word), "{name} says {word:?}: {}", say.da);
            }
            let english = say.en.to_lowercase();
            for word in ["invalid", "illegal", "failed", "incorrect"] {
                assert!(!english.contains(word), "{name} says {word:?}: {}", say.en);
            }
        }
    }

    /// Buttons and headings that the README sends people to.
    #[test]
    fn the_five_minute_tour_names_what_stands_on_the_pages() {
        let readme =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
        let tour = readme.split_once("## Five minutes").unwrap().1.split_once("\n## ").unwrap().0;
        let prose = tour.split("```").step_by(2).collect::<String>().replace("**", "");
        let prose: String = prose.split('`').step_by(2).collect();
        let named: Vec<_> = prose.split('*').skip(1).step_by(2).collect();
        assert!(named.len() >= 6, "{named:?}");
        for label in named {
            assert!(every().any(|(_, say)| say.da == label), "{label:?} stands on no page");
        }
    }

    /// MitID alone can be taken here; the page of the way without it says what may be brought.
    #[test]
    fn no_page_offers_a_passport_as_a_way_that_is_open() {
        for (name, say) in every().filter(|(name, _)| *name != "WITHOUT_BRING") {
            if say.da.contains("kørekort") {
                assert!(say.da.contains("endnu ikke") && say.en.contains("yet"), "{name}: {}", say.da);
            }
        }
    }

    #[test]
    fn a_sentence_is_translated_not_copied() {
        // Names and words that are the same in both languages.
        let same = ["ACTIVITY_AT", "FRAME", "NOTICE_REFERENCE", "PHONE_LINK"];
        for (name, say) in every().filter(|(name, _)| !same.contains(name)) {
            assert_ne!(say.da, say.en, "{name}");
        }
    }
}

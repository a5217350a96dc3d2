//! Words of the trail, as people read them in the file with their data.

use crate::Say;

/// The parts that hold such words. What stands in another part came from outside and is shown as it is.
const PARTS: [&str; 17] = [
    "after", "by", "channel", "door", "during", "factor", "factors", "for", "kind", "origin", "reason",
    "role", "step", "template", "through", "why", "with",
];

/// What people call a word that stands in a part of this name, where they call it something else.
pub fn said(part: &str, word: &str) -> Option<Say> {
    let known = PARTS.contains(&part).then(|| WORDS.iter().find(|(known, _)| *known == word))?;
    known.map(|(_, say)| *say)
}

const WORDS: &[(&str, Say)] = &[
    // Who.
    ("you", Say::new("dig", "you")),
    ("another person", Say::new("en anden", "another person")),
    ("the system", Say::new("systemet", "the system")),
    ("an operator", Say::new("driften", "an operator")),
    ("not known", Say::new("ukendt", "not known")),
    ("owner", Say::new("dig selv", "yourself")),
    ("service-desk", Say::new("servicedesken", "the service desk")),
    ("security", Say::new("sikkerhed", "security")),
    ("register", Say::new("CPR-registret", "the CPR register")),
    ("association", Say::new("din tilknytning", "your work relation")),
    ("terms", Say::new("vilkårene", "the terms")),
    ("reconfirmation", Say::new("ny bekræftelse", "confirming again")),
    ("administrator", crate::words::ADMINISTRATOR),
    ("registrar", crate::words::REGISTRAR),
    ("auditor", crate::words::AUDITOR),
    // With what, and where to.
    ("mitid", Say::new("MitID", "MitID")),
    ("app", Say::new("godkender-app", "authenticator app")),
    ("authenticator-app", Say::new("godkender-app", "authenticator app")),
    ("device", Say::new("kodeviser", "code device")),
    ("code-device", Say::new("kodeviser", "code device")),
    ("code-device-not-in-use", Say::new("kodeviser, ikke i brug", "code device, not in use")),
    ("password", Say::new("adgangskode", "password")),
    ("code", Say::new("kode", "code")),
    ("password+app", Say::new("adgangskode og godkender-app", "password and authenticator app")),
    ("password+device", Say::new("adgangskode og kodeviser", "password and code device")),
    ("private-mail", Say::new("privat mail", "private mail")),
    ("mobile", Say::new("mobil", "mobile")),
    ("mail", Say::new("mail", "mail")),
    ("private", Say::new("privat mail", "private mail")),
    ("private-before", Say::new("tidligere privat mail", "earlier private mail")),
    ("sms", Say::new("SMS", "SMS")),
    ("sms-before", Say::new("SMS til tidligere mobil", "SMS to earlier mobile")),
    // Why, and during what.
    ("by-session", Say::new("mens du var logget ind", "while you were signed in")),
    ("by-mitid", Say::new("med MitID", "with MitID")),
    ("by-code", Say::new("med spærrekoden", "with the blocking code")),
    ("by-notice", Say::new("med linket i en besked", "with the link in a notice")),
    ("by-password", Say::new("med adgangskoden", "with the password")),
    (
        "seed-leaked",
        Say::new("kodeviserens nøgle er kendt af andre", "the key of the code device is known by others"),
    ),
    ("device-lost", Say::new("kodeviseren er væk", "the code device is lost")),
    ("device-returned", Say::new("kodeviseren er afleveret", "the code device was handed in")),
    ("association-ended", Say::new("din tilknytning sluttede", "your work relation ended")),
    ("association-opened", Say::new("din tilknytning åbnede igen", "your work relation opened again")),
    ("terms-declined", Say::new("vilkårene blev afvist", "the terms were declined")),
    ("terms-accepted", Say::new("vilkårene blev accepteret", "the terms were accepted")),
    ("register-hit", Say::new("oplysning i CPR-registret", "what the CPR register says")),
    ("codes-closed", Say::new("koder er lukket", "codes are closed")),
    ("new-terms", Say::new("nye vilkår", "new terms")),
    ("not-activated", Say::new("loginet var ikke aktivt endnu", "the login was not active yet")),
    ("not-reopened", Say::new("ikke åbnet i tide", "not opened in time")),
    ("cools-off", Say::new("ændret for nylig", "changed lately")),
    ("same", Say::new("den samme som før", "the same as before")),
    ("last-way", Say::new("den sidste vej til dig", "the last way to reach you")),
    ("enrolment", Say::new("oprettelse", "enrolment")),
    ("reopening", Say::new("genaktivering", "reopening")),
    ("beginning-anew", Say::new("ny begyndelse", "beginning anew")),
    ("revocation", Say::new("endelig lukning", "closing for good")),
    ("reset", Say::new("ny adgangskode", "new password")),
    ("change", Say::new("skift", "change")),
    ("block", Say::new("spærring", "block")),
    ("blocking", Say::new("spærring", "block")),
    ("finding", Say::new("find din invitation", "finding your invitation")),
    ("own-data", Say::new("dine oplysninger", "your data")),
    ("ending-a-relation", Say::new("afslutning af en tilknytning", "ending a work relation")),
    ("factors", Say::new("loginmidler", "login methods")),
    ("activity", Say::new("aktivitet", "activity")),
    // Which notice.
    ("welcome", Say::new("velkomst", "welcome")),
    ("reminder", Say::new("påmindelse", "reminder")),
    ("identity-proved", Say::new("identitet bekræftet", "identity confirmed")),
    ("factor-added", Say::new("loginmiddel tilføjet", "login method added")),
    ("factor-removed", Say::new("loginmiddel fjernet", "login method removed")),
    ("password-set", Say::new("adgangskode valgt", "password chosen")),
    ("codes-stopped", Say::new("koder stoppet", "codes stopped")),
    ("codes-printed", Say::new("nyt kodeark", "new sheet of codes")),
    ("active", Say::new("login aktivt", "login active")),
    ("active-to-organisation", Say::new("login aktivt, til kommunen", "login active, to the municipality")),
    ("blocked", Say::new("login spærret", "login blocked")),
    ("reopened", Say::new("login åbnet igen", "login opened again")),
    ("revocation-near", Say::new("login lukkes snart", "login closes soon")),
    ("revoked", Say::new("login lukket for altid", "login closed for good")),
    ("association-closed", Say::new("tilknytning afsluttet", "work relation ended")),
    (
        "ended-to-organisation",
        Say::new("tilknytning afsluttet, til kommunen", "work relation ended, to the municipality"),
    ),
    ("reconfirmation-near", Say::new("bekræft igen snart", "confirm again soon")),
    ("name-changed", Say::new("nyt navn", "new name")),
    ("number-changed", Say::new("nyt CPR-nummer", "new CPR number")),
    ("contact-changed", Say::new("kontakt ændret", "contact changed")),
    ("contact-code", Say::new("kode til ny adresse", "code to a new address")),
    ("own-data-taken", Say::new("oplysninger hentet", "data taken out")),
    ("device-handed-out", Say::new("kodeviser udleveret", "code device handed out")),
    ("role-proposed", Say::new("rolle foreslået", "role proposed")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_meaning_and_only_where_words_stand() {
        let mut words: Vec<_> = WORDS.iter().map(|(word, _)| word).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|two| two.first() != two.last()), "{words:?}");
        assert_eq!(said("by", "you").map(|say| say.da), Some("dig"));
        assert_eq!(said("name", "app"), None, "what she called it is hers");
        assert_eq!(said("by", "nobody"), None);
    }
}

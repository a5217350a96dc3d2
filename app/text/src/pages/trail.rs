//! Words of the trail, as people read them in the file with their data.

use crate::Say;

/// The parts that hold such words. What stands in another part came from outside and is shown as it is.
const PARTS: [&str; 19] = [
    "after", "asked", "by", "channel", "door", "during", "factor", "factors", "for", "kind", "level",
    "origin", "reason", "role", "step", "template", "through", "why", "with",
];

/// Why, where only the machines have words for it: what another machine answered, in whatever language.
const ANOTHER_REASON: Say = Say::new("en teknisk årsag", "a technical reason");

/// What people call a word that stands in a part of this name, where they call it something else.
pub fn said(part: &str, word: &str) -> Option<Say> {
    let known = |list: &[(&str, Say)]| list.iter().find(|(known, _)| *known == word).map(|(_, say)| *say);
    if part == "why" {
        return known(REFUSALS).or_else(|| known(WORDS)).or(Some(ANOTHER_REASON));
    }
    PARTS.contains(&part).then(|| known(WORDS))?
}

/// What people call what happened, by its word in the trail, where no other page shows it.
pub fn happened(word: &str) -> Option<Say> {
    HAPPENED.iter().find(|(known, _)| *known == word).map(|(_, say)| *say)
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
    ("Low", crate::pages::overview::LEVEL_LOW),
    ("Substantial", crate::pages::overview::LEVEL_SUBSTANTIAL),
    ("High", crate::pages::overview::LEVEL_HIGH),
    ("none", Say::new("intet", "none")),
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
    (
        "refresh-token-reused",
        Say::new("en nøgle til et login blev brugt to gange", "a key to a login was used twice"),
    ),
    ("device-lost", Say::new("kodeviseren er væk", "the code device is lost")),
    ("device-returned", Say::new("kodeviseren er afleveret", "the code device was handed in")),
    ("association-ended", Say::new("din tilknytning sluttede", "your work relation ended")),
    ("association-opened", Say::new("din tilknytning åbnede igen", "your work relation opened again")),
    ("by-operator", Say::new("af kommunen", "by the municipality")),
    ("two-operators", Say::new("kommunen ophævede den", "the municipality lifted it")),
    ("hold-lifted", Say::new("kommunen ophævede sin spærring", "the municipality lifted its block")),
    ("putting-hold", Say::new("spærring", "blocking")),
    ("lifting-hold", Say::new("ophævelse af spærring", "lifting a block")),
    (
        "terms-overdue",
        Say::new("vilkårene blev ikke accepteret i tide", "the terms were not accepted in time"),
    ),
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
    ("recovery", Say::new("gendannelse", "recovery")),
    ("recovery-code", Say::new("gendannelseskode", "recovery code")),
    ("account", Say::new("din konto", "your account")),
    ("relation", Say::new("en tilknytning", "a work relation")),
    ("phone", Say::new("tilføjelse af en telefon", "adding a phone")),
    ("sheet", Say::new("nye koder", "new codes")),
    ("change", Say::new("skift", "change")),
    ("block", Say::new("spærring", "block")),
    ("blocking", Say::new("spærring", "block")),
    ("finding", Say::new("find din invitation", "finding your invitation")),
    ("own-data", Say::new("dine oplysninger", "your data")),
    ("ending-a-relation", Say::new("afslutning af en tilknytning", "ending a work relation")),
    ("factors", Say::new("loginmidler", "login methods")),
    ("activity", Say::new("aktivitet", "activity")),
    ("export", Say::new("et udtræk", "an export")),
    ("sample", Say::new("en stikprøve", "a sample")),
    // Which notice.
    ("welcome", Say::new("velkomst", "welcome")),
    ("reminder", Say::new("påmindelse", "reminder")),
    ("identity-proved", Say::new("identitet bekræftet", "identity confirmed")),
    ("factor-added", Say::new("loginmiddel tilføjet", "login method added")),
    ("factor-removed", Say::new("loginmiddel fjernet", "login method removed")),
    ("factor-renamed", Say::new("loginmiddel omdøbt", "login method renamed")),
    ("password-set", Say::new("adgangskode valgt", "password chosen")),
    ("codes-stopped", Say::new("koder stoppet", "codes stopped")),
    ("codes-printed", Say::new("nyt kodeark", "new sheet of codes")),
    ("password-leaked", Say::new("adgangskode på lister over stjålne", "password on lists of stolen ones")),
    ("recovery-code-used", Say::new("gendannelseskode brugt", "recovery code used")),
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
    ("terms-near", Say::new("nye vilkår snart", "new terms soon")),
    ("held-for-terms", Say::new("login lukket for vilkår", "login closed for terms")),
    ("reconfirmation-near", Say::new("bekræft igen snart", "confirm again soon")),
    ("name-changed", Say::new("nyt navn", "new name")),
    ("number-changed", Say::new("nyt CPR-nummer", "new CPR number")),
    ("contact-changed", Say::new("kontakt ændret", "contact changed")),
    ("contact-code", Say::new("kode til ny adresse", "code to a new address")),
    ("read-by-auditor", Say::new("en revisor har læst om dig", "an auditor read about you")),
    ("own-data-taken", Say::new("oplysninger hentet", "data taken out")),
    ("device-handed-out", Say::new("kodeviser udleveret", "code device handed out")),
    ("role-proposed", Say::new("rolle foreslået", "role proposed")),
    ("new-place", Say::new("login fra et nyt sted", "sign-in from a new place")),
    ("codes-paused", Say::new("pause for koder", "a pause for codes")),
    ("reset-left", Say::new("ny adgangskode ikke gemt", "new password not saved")),
    ("open-anew", Say::new("åbn dit login igen", "open your login again")),
    ("key-copied", Say::new("nøgle kopieret", "key copied")),
    ("token-reused", Say::new("et login til et system kopieret", "a login to a system copied")),
    ("held-by-municipality", Say::new("login spærret af kommunen", "login blocked by the municipality")),
    (
        "held-for-leak",
        Say::new("login lukket for en lækket adgangskode", "login closed for a leaked password"),
    ),
    ("begins-anew", Say::new("nyt login, helt forfra", "a new login from the start")),
    ("proposing", Say::new("forslag", "proposal")),
    ("approving", Say::new("godkendelse", "approval")),
];

/// Why something was refused or done, as it is written in the trail.
const REFUSALS: &[(&str, Say)] = &[
    // Holds of the municipality.
    ("not-held", Say::new("der var ingen spærring af den slags", "there was no block of that kind")),
    ("others-settle", Say::new("den slags ophæves på en anden måde", "that kind is lifted in another way")),
    ("same-operator", Say::new("det kræver en mere", "it takes one more")),
    ("nobody", Say::new("ingen med det brugernavn", "nobody by that user name")),
    // Erasing.
    ("relation-open", Say::new("en tilknytning er ikke afsluttet", "a work relation is open")),
    ("not-expired", Say::new("det skal gemmes lidt endnu", "it must be kept a while longer")),
    ("device-out", Say::new("en kodeviser er ikke kommet tilbage", "a code device has not come back")),
    ("not-proposed", Say::new("ingen havde foreslået det", "nobody had proposed it")),
    // Going on with a phone.
    ("second-opening", Say::new("linket blev åbnet to gange", "the link was opened twice")),
    ("wrong-numbers", Say::new("tallet passede ikke tre gange", "the number did not fit three times")),
    ("number", Say::new("tallet passede ikke", "the number did not fit")),
    ("left", Say::new("stoppet på pc'en", "stopped on the computer")),
    // Proofs with MitID.
    ("aborted", Say::new("afbrudt undervejs", "stopped on the way")),
    ("lost", Say::new("gik tabt undervejs", "lost on the way")),
    ("level-too-low", Say::new("MitID på for lavt niveau", "MitID at too low a level")),
    ("no-cpr", Say::new("MitID uden CPR-nummer", "MitID without a CPR number")),
    ("other-person", Say::new("en anden persons MitID", "another person's MitID")),
    ("register-refused", Say::new("CPR-registret sagde nej", "the CPR register said no")),
    ("register-silent", Say::new("CPR-registret svarede ikke", "the CPR register did not answer")),
    ("technical", Say::new("teknisk fejl", "technical fault")),
    ("other-broker", Say::new("svaret kom en anden vej", "the answer came another way")),
    ("no-login", Say::new("intet login med det CPR-nummer", "no login with that CPR number")),
    ("nobody-to-invite", Say::new("ingen invitation at sende", "no invitation to send")),
    (
        "held-or-ended",
        Say::new("spærret, eller tilknytningen sluttet", "blocked, or the work relation ended"),
    ),
    ("weak-key", Say::new("nøglen er ikke nok alene", "the key is not enough alone")),
    ("young-key", Say::new("nøglen er tilføjet for nylig", "the key was added lately")),
    ("proof-over", Say::new("det kræver en bekræftelse med MitID", "it takes a confirmation with MitID")),
    ("a-year", Say::new("der var gået et år", "a year had passed")),
    ("new-name", Say::new("nyt navn", "new name")),
    ("ahead-of-time", Say::new("før tiden", "ahead of time")),
    ("first", Say::new("første gang", "for the first time")),
    // Passwords and codes.
    ("wrong", Say::new("adgangskoden passede ikke", "the password did not fit")),
    ("code", Say::new("koden passede ikke", "the code did not fit")),
    ("not-shown", Say::new("adgangskode eller kode passede ikke", "password or code did not fit")),
    ("waiting", Say::new("for mange forsøg: ventetid", "too many attempts: waiting")),
    ("paused", Say::new("for mange forsøg: pause", "too many attempts: a pause")),
    ("stopped", Say::new("koder er stoppet", "codes are stopped")),
    ("same-as-before", Say::new("den samme som før", "the same as before")),
    ("too short", Say::new("for kort", "too short")),
    ("too long", Say::new("for lang", "too long")),
    ("an obvious word", Say::new("et oplagt ord", "an obvious word")),
    ("leaked", Say::new("kendt fra et læk", "known from a leak")),
    // Terms.
    (
        "another version of the terms holds now",
        Say::new("en anden udgave gælder nu", "another version holds now"),
    ),
    ("the box was not ticked", Say::new("fluebenet manglede", "the box was not ticked")),
    (
        "the terms are not what comes next",
        Say::new("vilkårene var ikke det næste", "the terms did not come next"),
    ),
    // A sign-in, and what a service is answered.
    ("epoch", Say::new("begyndt før en spærring", "begun before a block")),
    ("held", Say::new("loginet er spærret", "the login is blocked")),
    ("ended", Say::new("tilknytningen er sluttet", "the work relation has ended")),
    ("unfinished", Say::new("oprettelsen er ikke færdig", "the enrolment is not finished")),
    ("no live session", Say::new("ikke logget ind", "not signed in")),
    (
        "the service demands a fresh sign-in",
        Say::new("systemet kræver nyt login", "the system demands a new sign-in"),
    ),
    ("the login is held", Say::new("loginet er spærret", "the login is blocked")),
    ("identity not proved", Say::new("identiteten er ikke bekræftet", "the identity is not confirmed")),
    (
        "confirming anew with MitID is overdue",
        Say::new("fristen for at bekræfte igen er gået", "it is past the time to confirm again"),
    ),
    ("no active association", Say::new("ingen aktiv tilknytning", "no active work relation")),
    ("terms not accepted", Say::new("vilkårene er ikke accepteret", "the terms are not accepted")),
    ("the clocks are too far apart", Say::new("systemets ure går ikke ens", "the system's clocks disagree")),
    ("the level cannot be reached", Say::new("niveauet kan ikke nås", "the level cannot be reached")),
    (
        "no name registered that the service knows her by",
        Say::new("tjenesten kender dig ikke ved navn", "the service knows you by no name"),
    ),
    ("another-person", Say::new("tjenesten spurgte om en anden", "the service asked about somebody else")),
    ("a pilot states no level", Say::new("en prøvedrift oplyser intet niveau", "a pilot states no level")),
    // Signing out through the browser.
    ("not-waited-for", Say::new("du ventede ikke på svaret", "you did not wait for the answer")),
    ("not-asked", Say::new("systemet blev ikke spurgt", "the system was not asked")),
    // Beginning, opening and closing.
    ("link-dead", Say::new("linket virker ikke længere", "the link no longer works")),
    ("missing", Say::new("der manglede et trin", "a step was missing")),
    ("no-factor", Say::new("intet loginmiddel tilbage", "no login method left")),
    ("another step comes first", Say::new("et andet trin kommer først", "another step comes first")),
    ("the proof has run out", Say::new("bekræftelsen er for gammel", "the confirmation is too old")),
    ("already finished", Say::new("allerede færdig", "already finished")),
    ("a proof for another purpose", Say::new("bekræftet til noget andet", "confirmed for something else")),
    ("the login is not blocked", Say::new("loginet er ikke spærret", "the login is not blocked")),
    (
        "held by another than the owner",
        Say::new("spærret af en anden end dig", "blocked by another than you"),
    ),
    (
        "blocked for more than thirty days",
        Say::new("spærret i mere end 30 dage", "blocked for more than 30 days"),
    ),
    ("recovered", Say::new("bragt tilbage efter et nedbrud", "brought back after a breakdown")),
];

const HAPPENED: &[(&str, Say)] = &[
    (
        "erasure.proposed",
        Say::new("Det blev foreslået at slette dine oplysninger", "It was proposed to erase your data"),
    ),
    ("erasure.refused", Say::new("Dine oplysninger blev ikke slettet", "Your data were not erased")),
    ("erasure.done", Say::new("Dine oplysninger blev slettet", "Your data were erased")),
    (
        "login.hold-refused",
        Say::new(
            "Kommunen spærrede eller ophævede ikke",
            "The municipality neither blocked nor lifted a block",
        ),
    ),
    (
        "person.registered",
        Say::new(
            "Det, tjenester får at vide om dig, blev ændret",
            "What services are told of you was changed",
        ),
    ),
    ("feed.person", Say::new("HR sendte oplysninger om dig", "HR sent data about you")),
    ("feed.refused", Say::new("En linje fra HR blev ikke brugt", "A line from HR was not used")),
    ("enrolment.invited", Say::new("Du blev inviteret", "You were invited")),
    ("enrolment.begun", Say::new("Oprettelsen begyndte", "The enrolment was begun")),
    (
        "enrolment.refused",
        Say::new("Et trin i oprettelsen blev ikke godtaget", "A step of the enrolment was refused"),
    ),
    (
        "enrolment.revoked",
        Say::new("Oprettelsen blev ikke færdig i tide", "The enrolment was not finished in time"),
    ),
    ("terms.page-shown", Say::new("En side af vilkårene blev vist", "A page of the terms was shown")),
    ("terms.declined", Say::new("Vilkårene blev afvist", "The terms were declined")),
    ("terms.draft-begun", Say::new("Du begyndte et udkast til vilkår", "You began a draft of terms")),
    ("terms.draft-written", Say::new("Du skrev i et udkast til vilkår", "You wrote in a draft of terms")),
    ("terms.proposed", Say::new("Du foreslog nye vilkår", "You proposed new terms")),
    (
        "terms.draft-withdrawn",
        Say::new("Du trak et udkast til vilkår tilbage", "You withdrew a draft of terms"),
    ),
    ("terms.published", Say::new("Du udgav nye vilkår", "You published new terms")),
    (
        "terms.draft-refused",
        Say::new(
            "Noget med et udkast til vilkår blev afvist",
            "Something about a draft of terms was refused",
        ),
    ),
    (
        "factor.check-put-off",
        Say::new("Du udsatte at afprøve et loginmiddel", "You put off testing a login method"),
    ),
    (
        "password.put-off",
        Say::new(
            "Du udsatte at skifte en adgangskode, andre kender",
            "You put off changing a password others know",
        ),
    ),
    ("proof.started", Say::new("Du gik til MitID", "You went to MitID")),
    ("proof.refused", Say::new("Det blev ikke bekræftet, hvem du er", "It was not confirmed who you are")),
    (
        "phone.offered",
        Say::new("Et link til at tilføje en telefon blev vist", "A link for adding a phone was shown"),
    ),
    ("phone.admitted", Say::new("Tallet på en telefon passede", "The number of a phone fitted")),
    ("phone.answered", Say::new("En telefon lavede et loginmiddel", "A phone made a login method")),
    ("phone.refused", Say::new("En telefon blev ikke tilføjet", "A phone was not added")),
    ("factor.offered", Say::new("Et loginmiddel blev gjort klar", "A login method was made ready")),
    ("sign-in.begun", Say::new("Et login begyndte", "A sign-in was begun")),
    ("sign-in.password", Say::new("Adgangskoden passede", "The password was right")),
    ("saml.request", Say::new("Et system bad om dit login", "A system asked for your login")),
    ("oidc.code", Say::new("Du blev logget ind i et system", "You were signed in to a system")),
    ("token.renewed", Say::new("Et system fornyede dit login dér", "A system renewed your login there")),
    (
        "token.reused",
        Say::new("Et login til et system blev brugt to gange", "A login to a system was used twice"),
    ),
    ("token.revoked", Say::new("Et system afsluttede dit login dér", "A system ended your login there")),
    ("claims.told", Say::new("Et system fik oplysninger om dig", "A system was told about you")),
    ("role.proposed", Say::new("En rolle blev foreslået", "A role was proposed")),
    (
        "device.handed-out",
        Say::new("En kodeviser blev udleveret til dig", "A code device was handed out to you"),
    ),
    (
        "device.refused",
        Say::new(
            "En kodeviser blev ikke udleveret eller taget tilbage",
            "A code device was not handed out or taken back",
        ),
    ),
    (
        "device.returned",
        Say::new(
            "En kodeviser blev afleveret eller meldt væk",
            "A code device was handed in or reported lost",
        ),
    ),
    (
        "device.resynchronised",
        Say::new("Din kodeviser kom i takt igen", "Your code device came into step again"),
    ),
    (
        "device.leaked",
        Say::new(
            "Din kodeviser blev taget ud af brug, fordi andre kan kende dens nøgle",
            "Your code device was put out of use, since others may know its key",
        ),
    ),
    (
        "role.refused",
        Say::new("En rolle blev ikke foreslået eller taget imod", "A role was not proposed, or not accepted"),
    ),
    ("reopening.begun", Say::new("En genaktivering begyndte", "A reopening was begun")),
    ("reopening.step", Say::new("Et trin i genaktiveringen", "A step of the reopening")),
    ("reset.begun", Say::new("En ny adgangskode blev påbegyndt", "A new password was begun")),
    ("terms.near", Say::new("Du blev bedt om at acceptere nye vilkår", "You were asked to accept new terms")),
    ("reconfirmation.near", Say::new("Du blev bedt om at bekræfte igen", "You were asked to confirm again")),
    ("reconfirmation.put-off", Say::new("Du udsatte at bekræfte igen", "You put off confirming again")),
    (
        "service.told",
        Say::new("Et system fik besked om, at du er logget ud", "A system was told that you are signed out"),
    ),
    ("logout.request", Say::new("Et system sendte dig ud for at logge ud", "A system sent you to sign out")),
    (
        "logout.asked",
        Say::new(
            "Et system blev bedt om at logge dig ud gennem din browser",
            "A system was asked through your browser to sign you out",
        ),
    ),
    (
        "logout.answered",
        Say::new(
            "Et system, der sendte dig ud for at logge ud, fik svar",
            "A system that sent you to sign out was answered",
        ),
    ),
    ("notice.sent", Say::new("En besked blev sendt", "A notice was sent")),
    ("notice.failed", Say::new("En besked kunne ikke sendes", "A notice could not be sent")),
    (
        "recovery.login",
        Say::new(
            "Dit login blev bragt tilbage efter et nedbrud",
            "Your login was brought back after a breakdown",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::issue::Missing;
    use domain::password::Weak;
    use domain::proofing::Refusal;
    use domain::suspension::CannotReopen;

    #[test]
    fn a_word_has_one_meaning_and_only_where_words_stand() {
        for list in [WORDS, REFUSALS, HAPPENED] {
            let mut words: Vec<_> = list.iter().map(|(word, _)| word).collect();
            words.sort_unstable();
            assert!(words.windows(2).all(|two| two.first() != two.last()), "{words:?}");
            assert!(list.iter().all(|(_, say)| !say.da.is_empty() && !say.en.is_empty()));
        }
        assert_eq!(said("by", "you").map(|say| say.da), Some("dig"));
        assert_eq!(said("name", "app"), None, "what she called it is hers");
        assert_eq!(said("by", "nobody"), None);
    }

    #[test]
    fn every_reason_of_the_house_has_words_and_a_foreign_one_is_not_read_out() {
        use Missing as M;
        let proofs = [
            Refusal::Aborted,
            Refusal::Lost,
            Refusal::LevelTooLow,
            Refusal::NoCpr,
            Refusal::OtherPerson,
            Refusal::Register,
            Refusal::RegisterSilent,
            Refusal::Technical,
            Refusal::OtherBroker,
        ];
        let missing = [
            M::SignIn,
            M::FreshSignIn,
            M::Held,
            M::Proof,
            M::Reconfirmation,
            M::Association,
            M::Terms,
            M::Clocks,
            M::Level,
            M::Pilot,
        ];
        let weak = [Weak::TooShort, Weak::TooLong, Weak::Obvious, Weak::Leaked];
        let cannot = [CannotReopen::NotBlocked, CannotReopen::Revoked];
        let words = proofs.map(|it| it.word().to_owned()).into_iter();
        let words = words.chain(missing.map(|it| it.to_string())).chain(weak.map(|it| it.to_string()));
        for word in words.chain(cannot.map(|it| it.to_string())) {
            assert_ne!(said("why", &word), Some(ANOTHER_REASON), "{word}");
        }
        assert_eq!(said("why", "554 5.7.1 rejected"), Some(ANOTHER_REASON));
        assert_eq!(said("why", "new-terms").map(|say| say.da), Some("nye vilkår"));
    }
}

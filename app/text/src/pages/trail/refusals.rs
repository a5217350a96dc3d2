//! What people call the reasons why something was refused or done.

use crate::Say;

/// Why something was refused or done, as it is written in the trail.
pub(super) const REFUSALS: &[(&str, Say)] = &[
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
    ("given-up", Say::new("der blev afbrudt undervejs", "it was cancelled on the way")),
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

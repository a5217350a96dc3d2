//! What people call what happened, where no other page shows it.

use crate::Say;

pub(super) const HAPPENED: &[(&str, Say)] = &[
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

//! Work relations and roles.

use super::{HELLO, NOT_YOU, TO_ORGANISATION, Wording};
use crate::Say;

pub(in crate::notices) const ASSOCIATION_ACTIVE: Wording = Wording {
    subject: Say::new("Din tilknytning er aktiv", "Your working relation is active"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Dit login er knyttet til {organisation}. Du kan nu logge ind og handle på organisationens vegne i de \
             systemer, du har adgang til.",
            "Your login is connected to {organisation}. You can now log in and act for the organisation in the \
             systems you have access to.",
        ),
        Say::new(
            "Passer det ikke, at du arbejder for {organisation}? Ring til servicedesken på {phone}.",
            "Do you not work for {organisation}? Call the service desk on {phone}.",
        ),
    ],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const ASSOCIATION_ACTIVE_ORGANISATION: Wording = Wording {
    subject: Say::new("En tilknytning er aktiv", "A working relation is active"),
    greeting: TO_ORGANISATION,
    body: &[
        Say::new(
            "{person} (medarbejdernummer {number}) kan nu logge ind og handle på vegne af {organisation}.",
            "{person} (employee number {number}) can now log in and act for {organisation}.",
        ),
        Say::new(
            "Passer det ikke? Ring straks til servicedesken på {phone}, så bliver tilknytningen lukket.",
            "Is this wrong? Call the service desk on {phone} at once, and the relation is closed.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er det dit eget login, der er noget galt med?",
        "Is it your own login that something is wrong with?",
    ),
};

pub(in crate::notices) const ASSOCIATION_CLOSED: Wording = Wording {
    subject: Say::new("Din tilknytning er ophørt", "Your working relation has ended"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Din tilknytning til {organisation} er ophørt. Du kan ikke længere logge ind på organisationens vegne, og \
             det, der var åbent hos os, er lukket.",
            "Your working relation to {organisation} has ended. You can no longer log in on the organisation's behalf, \
             and what was open with us is closed.",
        ),
        Say::new(
            "Arbejder du der stadig? Tal med din leder; tilknytningen kommer fra personalesystemet.",
            "Do you still work there? Talk to your manager; the relation comes from the HR system.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Har du et andet login hos os, som andre kan have fået fat i? Så spær det.",
        "Do you have another login with us that others may have got hold of? Then block it.",
    ),
};

pub(in crate::notices) const ASSOCIATION_ENDED_ORGANISATION: Wording = Wording {
    subject: Say::new(
        "En medarbejder har selv afsluttet sin tilknytning",
        "An employee ended a working relation",
    ),
    greeting: TO_ORGANISATION,
    body: &[
        Say::new(
            "{person} har selv afsluttet sin tilknytning til {organisation} (medarbejdernummer {number}). Den giver ikke \
             længere adgang til noget.",
            "{person} has ended the working relation to {organisation} (employee number {number}). It no longer gives access \
             to anything.",
        ),
        Say::new(
            "Giv den en sidste dag i personalesystemet, hvis det passer. Indtil da afviser indlæsningen linjen som afsluttet. \
             Var det en fejl, så giv linjen en senere første dag; så kan {person} begynde forfra.",
            "Give it a last day in the HR system if that is right. Until then the import refuses the line as ended. If it \
             was a mistake, give the line a later first day; then {person} can begin anew.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er det dit eget login, der er noget galt med?",
        "Is it your own login that something is wrong with?",
    ),
};

pub(in crate::notices) const ROLE_PROPOSED: Wording = Wording {
    subject: Say::new("Du er foreslået til en rolle", "You have been proposed for a role"),
    greeting: HELLO,
    body: &[
        Say::new(
            "{proposer} har foreslået, at du får rollen {role} i loginløsningen hos {municipality}.",
            "{proposer} has proposed that you get the role {role} in the login service of {municipality}.",
        ),
        Say::new(
            "Rollen virker først, når du er logget ind på niveau Betydelig og selv har taget imod den. Log ind, som du \
             plejer. Gør du ikke noget, får du ikke rollen.",
            "The role works only when you have logged in at level Substantial and accepted it yourself. Log in as you \
             usually do. If you do nothing, you do not get the role.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender du ikke noget til det? Så tag ikke imod rollen, og ring. Tror du, at andre bruger dit login, så spær det.",
        "Do you know nothing of this? Then do not accept the role, and call. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const ROLE_PROPOSED_ADMINISTRATORS: Wording = Wording {
    subject: Say::new("En rolle er foreslået", "A role has been proposed"),
    greeting: HELLO,
    body: &[
        Say::new(
            "{proposer} har foreslået, at {person} får rollen {role} i loginløsningen hos {municipality}.",
            "{proposer} has proposed that {person} gets the role {role} in the login service of {municipality}.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Rollen virker først, når en anden end forslagsstilleren er \
             enig, og {person} selv har taget imod den.",
            "You get this mail because you are an administrator. The role works only when somebody other than the \
             proposer agrees and {person} has accepted it.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const ROLES_ENDED: Wording = Wording {
    subject: Say::new("Dine roller er ophørt", "Your roles have ended"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Din sidste tilknytning er ophørt, og så ophører også de roller, du havde eller var foreslået til i loginløsningen \
             hos {municipality}.",
            "Your last working relation has ended, and with it the roles you had or were proposed for in the login service of \
             {municipality}.",
        ),
        Say::new(
            "Kommer du tilbage, kommer de ikke af sig selv: to skal foreslå dig igen, og du skal selv tage imod.",
            "If you come back, they do not come by themselves: two must propose you again, and you must accept.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Arbejder du der stadig? Tal med din leder. Har du et andet login hos os, som andre kan have fået fat i? Så spær det.",
        "Do you still work there? Talk to your manager. Do you have another login with us that others may have got hold of? \
         Then block it.",
    ),
};

pub(in crate::notices) const ROLE_UNHELD: Wording = Wording {
    subject: Say::new("Ingen har længere en rolle", "Nobody holds a role any more"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Den sidste, der havde en rolle i loginløsningen hos {municipality}, har ikke længere en tilknytning, og så ophørte \
             rollen. Det gælder: {roles}. Hvem det var, står i revisionssporet under referencen nedenfor.",
            "The last who held a role in the login service of {municipality} has no working relation any more, so the role \
             ended. It is about: {roles}. Who it was stands in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Sørg for, at en anden bliver foreslået til rollen.",
            "You get this mail because you are an administrator. See that somebody else is proposed for the role.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call. If you think others use your login, block it.",
    ),
};

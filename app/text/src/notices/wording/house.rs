//! To administrators: what was done to the house by commands.

use super::{HELLO, Wording};
use crate::Say;

pub(in crate::notices) const KEYS_CHANGED: Wording = Wording {
    subject: Say::new("Nøgler er ændret", "Keys have been changed"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har lavet, skiftet eller udfaset nøgler i loginløsningen hos {municipality}. Hvem det \
             var og hvorfor, står i revisionssporet under referencen nedenfor.",
            "An operator has made, rotated or retired keys of the login service of {municipality}. Who it was and why \
             stands in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const KEY_ENDS: Wording = Wording {
    subject: Say::new("Nøglen, der underskriver, udløber snart", "The key that signs runs out soon"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Loginløsningen hos {municipality} underskriver sine svar til tjenester med en nøgle, og om højst 30 dage udløber \
             dens certifikat. Derefter kan tjenester afvise, at nogen logger ind. Hvilken nøgle det er, og hvornår, står i \
             revisionssporet under referencen nedenfor.",
            "The login service of {municipality} signs its answers to services with a key, and within 30 days its certificate \
             runs out. From then on services may let nobody in. Which key it is, and when, stands in the audit trail under \
             the reference below.",
        ),
        Say::new(
            "Bed driften om at skifte nøglen nu, med kommandoerne keys saml create og keys saml publish. Tjenester, som selv \
             lægger vores nøgle ind, skal have den nye, før den underskriver.",
            "Ask operations to roll the key over now, with the commands keys saml create and keys saml publish. Services that \
             are handed our key must have the new one before it signs.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er skiftet i gang, skal du ikke gøre mere. Tror du, at andre bruger dit login, så spær det.",
        "If that is under way, there is nothing more to do. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const FEED_IMPORTED: Wording = Wording {
    subject: Say::new("En liste fra HR er indlæst", "A list from HR was imported"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har indlæst en liste fra HR i loginløsningen hos {municipality}, og den ændrede noget. Hvem \
             det var, hvorfor og hvad, står i revisionssporet under referencen nedenfor.",
            "An operator has imported a list from HR into the login service of {municipality}, and it changed something. Who \
             it was, why and what stands in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const SERVICE_ATTENTION: Wording = Wording {
    subject: Say::new("En tjenestes metadata skal ses efter", "A service's metadata needs a look"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Loginløsningen hos {municipality} bruger metadata fra en tilsluttet tjeneste. Nu er der nyt, som ikke tages i brug \
             af sig selv, eller noget er galt: metadata kan ikke hentes, er ikke i orden, eller en nøgle eller hele filen \
             udløber snart. Hvilken tjeneste det er, og hvad der er galt, står i revisionssporet under referencen nedenfor \
             eller i loggen.",
            "The login service of {municipality} uses the metadata of a connected service. Now there is something new that is \
             not put to use by itself, or something is wrong: the metadata cannot be fetched, is not in order, or a key or \
             all of it runs out soon. Which service it is, and what is wrong, stands in the audit trail under the reference \
             below, or in the log.",
        ),
        Say::new(
            "Indtil da gælder det, der galdt før. Er det nye rigtigt, så tag det i brug med kommandoen service refresh, eller \
             bed tjenesten om en ny fil.",
            "Until then what held before goes on. If the new version is right, take it with the command service refresh, or \
             ask the service for a new file.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er du i tvivl, så ring til tjenesten på et nummer, du kender i forvejen, og ikke på et fra metadata.",
        "If in doubt, call the service at a number you know already, and not at one from the metadata.",
    ),
};

pub(in crate::notices) const SERVICE_SAVED: Wording = Wording {
    subject: Say::new("En tjeneste er tilsluttet eller ændret", "A service was connected or changed"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har tilsluttet en tjeneste til loginløsningen hos {municipality} eller ændret en, der var \
             tilsluttet. Hvem det var, hvorfor og hvilken, står i revisionssporet under referencen nedenfor.",
            "An operator has connected a service to the login service of {municipality}, or changed one that was connected. \
             Who it was, why and which one stands in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const DATABASE_RECOVERED: Wording = Wording {
    subject: Say::new(
        "Loginløsningen er hentet fra en sikkerhedskopi",
        "The login service was restored from a backup",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har bragt loginløsningen hos {municipality} på plads efter en gendannelse. Spærringer fra \
             efter sikkerhedskopien gælder igen, og alle er logget af. Hvem det var, hvorfor og hvor mange det gjaldt, står i \
             revisionssporet under referencen nedenfor.",
            "An operator has brought the login service of {municipality} up to date after a restore. Blocks from after the \
             backup hold again, and everybody is signed out. Who it was, why, and how many it concerned stands in the audit \
             trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Sørg for, at HR's nyeste liste bliver indlæst.",
            "You get this mail because you are an administrator. See that HR's newest list is imported.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const DEVICES_CHANGED: Wording = Wording {
    subject: Say::new("Ændringer i kodevisere", "Code devices have been changed"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har indlæst, udleveret, modtaget eller spærret kodevisere hos {municipality}. Hvem det var, \
             hvorfor og hvad, står i revisionssporet under referencen nedenfor.",
            "An operator has imported, handed out, taken back or put out of use code devices at {municipality}. Who it was, \
             why and what stands in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const ERASURE: Wording = Wording {
    subject: Say::new("En persons oplysninger slettes", "A person's data are erased"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder hos {municipality} har foreslået at slette en tidligere medarbejders oplysninger, eller en \
             anden har godkendt det, og så er de slettet. Det kræver to, og det kan ikke gøres om. Hvem det var, står i \
             revisionssporet under referencen nedenfor.",
            "An operator at {municipality} proposed to erase the data of a former employee, or another one approved it, and \
             then they are erased. It takes two, and it cannot be undone. Who it was stands in the audit trail under the \
             reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const HOLDS_CHANGED: Wording = Wording {
    subject: Say::new("Et login er spærret eller frigivet", "A login was blocked or released"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Et login hos {municipality} er spærret af en driftsmedarbejder eller efter besked fra CPR-registret, eller en \
             driftsmedarbejder har bedt om at en spærring bliver ophævet. Hvem det var, hvorfor og hvis login, står i \
             revisionssporet under referencen nedenfor. En spærring ophæves kun af to.",
            "A login at {municipality} was blocked by an operator or upon word from the CPR register, or an operator asked for \
             a block to be lifted. Who it was, why and whose login stands in the audit trail under the reference below. It \
             takes two to lift a block.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const TERMS_HANDLED: Wording = Wording {
    subject: Say::new("Et udkast til nye vilkår er behandlet", "A draft of new terms was handled"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En administrator hos {municipality} har foreslået, trukket tilbage eller udgivet nye vilkår, eller et udkast er \
             udløbet, fordi ingen gik videre med det i 90 dage. Hvem det var og hvad, står under Administration, Vilkår, og i \
             revisionssporet under referencen nedenfor. Nye vilkår udgives kun af en anden end den, der har skrevet dem.",
            "An administrator at {municipality} has proposed, withdrawn or published new terms, or a draft ran out because \
             nobody went on with it for 90 days. Who it was and what stands under Administration, Terms, and in the audit trail \
             under the reference below. New terms are published only by somebody else than who wrote them.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Venter et udkast på dig, så læs det, og udgiv det, eller træk det tilbage.",
            "You get this mail because you are an administrator. If a draft waits for you, read it, and publish or withdraw it.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const DATABASE_MIGRATED: Wording = Wording {
    subject: Say::new("Databasen er bragt til en ny version", "The database was brought to a new version"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har bragt databasen i loginløsningen hos {municipality} til en anden version af programmet. Hvem \
             det var, hvorfor og hvilken version, står i revisionssporet under referencen nedenfor.",
            "An operator has brought the database of the login service of {municipality} to another version of the programme. Who it \
             was, why and which version stands in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

pub(in crate::notices) const OUTSIDE_BEGUN: Wording = Wording {
    subject: Say::new("En ny fil uden for databasen er begyndt", "A new file outside the database was begun"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En driftsmedarbejder har begyndt en ny fil uden for databasen i loginløsningen hos {municipality}. Den er skrevet efter \
             det, databasen ved nu, og viser intet om det, en gendannet database kan have glemt. Hvem det var, og hvorfor, står i \
             revisionssporet under referencen nedenfor.",
            "An operator has begun a new file outside the database of the login service of {municipality}. It is written from what \
             the database knows now, and shows nothing of what a restored database may have forgotten. Who it was and why stands \
             in the audit trail under the reference below.",
        ),
        Say::new(
            "Du får denne mail, fordi du er administrator. Var det aftalt, skal du ikke gøre noget.",
            "You get this mail because you are an administrator. If it was agreed, there is nothing to do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kender I ikke noget til det? Så ring straks. Tror du, at andre bruger dit login, så spær det.",
        "Does none of you know of this? Then call at once. If you think others use your login, block it.",
    ),
};

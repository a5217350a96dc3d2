//! What is known of her: her name and number, how she is reached, what she took out.

use super::{HELLO, NOT_YOU, Wording};
use crate::Say;

pub(in crate::notices) const RECONFIRMATION_NEAR: Wording = Wording {
    subject: Say::new("Bekræft igen med MitID, hvem du er", "Confirm again with MitID who you are"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Én gang om året bekræfter du med MitID, at dit login til {municipality} stadig er dit. Du gør det senest {day}, \
             og det tager et par minutter.",
            "Once a year you confirm with MitID that your login to {municipality} is still yours. You do it by {day}, and it \
             takes a few minutes.",
        ),
        Say::new(
            "Log ind på {url}, og vælg Bekræft dig igen. Du kan også vente, til du næste gang logger ind på et system; så \
             spørger vi dig dér. Gør du det ikke i tide, kan du ikke bruge systemer med følsomme oplysninger, før du har \
             bekræftet.",
            "Sign in at {url} and choose Confirm again. You can also wait until you next sign in to a system; we ask you \
             there. If you do not do it in time, you cannot use systems with sensitive details until you have confirmed.",
        ),
        Say::new(
            "Vil du ikke bruge MitID, så ring til servicedesken på {phone}. Det kan endnu ikke gøres med pas eller kørekort, men \
             de siger dig, hvad du kan gøre.",
            "If you would rather not use MitID, call the service desk on {phone}. It cannot be done with passport or driving \
             licence yet, but they tell you what you can do.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Tror du, at andre bruger dit login? Så spær det.",
        "Do you think others use your login? Then block it.",
    ),
};

pub(in crate::notices) const TERMS_NEAR: Wording = Wording {
    subject: Say::new("Nye vilkår: læs og accepter dem", "New terms: read and accept them"),
    greeting: HELLO,
    body: &[
        Say::new(
            "{municipality} har nye vilkår for dit login. Du skal læse og acceptere dem senest {day}. Det tager et par minutter.",
            "{municipality} has new terms for your login. You have to read and accept them by {day}. It takes a few minutes.",
        ),
        Say::new(
            "Log ind på {url}, så viser vi dem. Er de ikke accepteret i tide, lukker dit login. Du åbner det igen med MitID, når \
             du har læst og accepteret dem.",
            "Sign in at {url} and we show them. If they are not accepted in time, your login closes. You open it again with \
             MitID, once you have read and accepted them.",
        ),
        Say::new(
            "Vil du læse dem uden at logge ind, så står de på {url}/vilkaar.",
            "To read them without signing in, see {url}/vilkaar.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Tror du, at andre bruger dit login? Så spær det.",
        "Do you think others use your login? Then block it.",
    ),
};

pub(in crate::notices) const NAME_CHANGED: Wording = Wording {
    subject: Say::new(
        "Dit navn er ændret: bekræft igen, hvem du er",
        "Your name was changed: confirm again who you are",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Personalesystemet har fået et andet navn til dig. Når dit navn ændres, bekræfter du med MitID, at dit login til \
             {municipality} stadig er dit. Det tager et par minutter.",
            "The HR system has another name for you. When your name changes, you confirm with MitID that your login to \
             {municipality} is still yours. It takes a few minutes.",
        ),
        Say::new(
            "Log ind på {url}, og vælg Bekræft dig igen. Indtil da kan du ikke bruge systemer med følsomme oplysninger.",
            "Sign in at {url} and choose Confirm again. Until then you cannot use systems with sensitive details.",
        ),
        Say::new(
            "Passer navnet ikke? Så tal med din leder, som kan få det rettet. Vil du ikke bruge MitID, så ring til \
             servicedesken på {phone}.",
            "Is the name not right? Talk to your manager, who can have it corrected. If you would rather not use MitID, call \
             the service desk on {phone}.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Tror du, at andre bruger dit login? Så spær det.",
        "Do you think others use your login? Then block it.",
    ),
};

pub(in crate::notices) const NUMBER_CHANGED: Wording = Wording {
    subject: Say::new(
        "Dit login er lukket, til vi har talt sammen",
        "Your login is closed until we have talked",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Personalesystemet har fået et andet cpr-nummer til dig end det, du har bekræftet med MitID. For at passe på dig \
             har vi lukket dit login til {municipality}, til vi ved, hvilket der er dit.",
            "The HR system has another CPR number for you than the one you confirmed with MitID. To protect you we have \
             closed your login to {municipality} until we know which is yours.",
        ),
        Say::new(
            "Har du fået nyt cpr-nummer, eller er der sket en fejl, så ring til servicedesken på {phone}. De siger, hvad der \
             skal til. Skriv aldrig dit cpr-nummer i en mail.",
            "If you have a new CPR number, or there is a mistake, call the service desk on {phone}. They tell you what is \
             needed. Never write your CPR number in a mail.",
        ),
    ],
    link: None,
    doubt: Say::new("Er du i tvivl om noget?", "Is anything unclear?"),
};

pub(in crate::notices) const CONTACT_CHANGED: Wording = Wording {
    subject: Say::new("Din kontaktoplysning er ændret", "Your contact details have been changed"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Det er ændret, hvor {municipality} sender beskeder om dit login: en privat mail eller et mobilnummer. Du kan se, \
             hvad der gælder nu, under Kontakt til dig, når du er logget ind.",
            "Where {municipality} sends notices about your login has been changed: a private mail address or a mobile number. \
             You can see what holds now under Contact channels when you are signed in.",
        ),
        Say::new(
            "Den gamle adresse får beskederne med i en time endnu.",
            "The old address goes on getting the notices for one more hour.",
        ),
    ],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const CONTACT_CODE: Wording = Wording {
    subject: Say::new("Din kode til Kontakt til dig", "Your code for Contact channels"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Din kode er {code}. Skriv den på siden, du har åben, inden kl. {clock}. Så sender {municipality} beskeder om dit \
             login til denne adresse.",
            "Your code is {code}. Enter it on the page you have open before {clock}. Then {municipality} sends notices about \
             your login to this address.",
        ),
        Say::new(
            "Giv ikke koden til nogen. Den kan ikke bruges til at logge ind.",
            "Do not give the code to anybody. It cannot be used to sign in.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Har du ikke bedt om en kode? Så gør ingenting: uden koden ændres intet. Er det dit login, så spær det.",
        "Did you not ask for a code? Then do nothing: without it nothing changes. If it is your login, block it.",
    ),
};

pub(in crate::notices) const OWN_DATA_TAKEN: Wording = Wording {
    subject: Say::new("Dine oplysninger er hentet", "Your data has been taken out"),
    greeting: HELLO,
    body: &[Say::new(
        "Det, {municipality} har om dig til brug for dit login, er åbnet, så det kan hentes som fil. Det kan kun ske i den \
         browser, hvor det blev bekræftet med en kode, og kun i et kvarter.",
        "What {municipality} keeps about you for your login has been opened to be taken out as a file. That can be done only in \
         the browser where it was confirmed with a code, and only for a quarter of an hour.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const READ_BY_AUDITOR: Wording = Wording {
    subject: Say::new("En revisor har læst om dit login", "An auditor has read about your login"),
    greeting: HELLO,
    body: &[
        Say::new(
            "En revisor har læst, hvad loggen hos {municipality} siger om dig og dit login. Revisorer må det for at kontrollere, \
             at der bliver passet på dit login. De kan ikke logge ind som dig og ikke ændre noget.",
            "An auditor has read what the log at {municipality} says about you and your login. Auditors may do so to check that \
             your login is looked after. They cannot sign in as you and cannot change anything.",
        ),
        Say::new(
            "Du skal ikke gøre noget. Hver læsning står under Aktivitet, når du logger ind på {url}. Vi sender højst én besked \
             om dagen, også når der bliver læst flere gange.",
            "There is nothing you have to do. Each reading stands under Activity when you sign in at {url}. We send one message \
             a day at most, also when it is read more than once.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Tror du, at andre bruger dit login? Så spær det.",
        "Do you think others use your login? Then block it.",
    ),
};

//! A login that is blocked, opened or closed.

use super::{HELLO, NOT_YOU, TO_ORGANISATION, Wording};
use crate::Say;

pub(in crate::notices) const BLOCKED: Wording = Wording {
    subject: Say::new("Din konto er spærret", "Your account is blocked"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Dit login til {municipality} er spærret. Ingen kan logge ind med det, heller ikke du selv. Systemer, der var \
             åbne, lukker senest, når deres egen tid er gået.",
            "Your login to {municipality} is blocked. Nobody can log in with it, not even you. Systems that were open \
             close when their own time has run out, at the latest.",
        ),
        Say::new(
            "Du gjorde det rigtige. Er du på arbejde lige nu, så ring til din vagtleder. Kan andre have set oplysninger om \
             borgere, så sig det til din leder.",
            "You did the right thing. If you are at work now, call your shift manager. If others may have seen details \
             about citizens, tell your manager.",
        ),
        Say::new(
            "Du kan selv åbne igen hele døgnet med MitID: Gå til {url}/genaktiver.",
            "You can open it again yourself at any hour with MitID: go to {url}/genaktiver.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Har du ikke selv spærret? Så har en anden brugt noget, der er dit. Lad kontoen være spærret, og ring.",
        "Did you not block it yourself? Then somebody else used something of yours. Leave it blocked, and call.",
    ),
};

pub(in crate::notices) const HELD_FOR_LEAK: Wording = Wording {
    subject: Say::new(
        "Dit login er lukket: din adgangskode er kendt fra en læk",
        "Your login is closed: your password is known from a leak",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Adgangskoden til dit login hos {municipality} står på en liste over lækkede adgangskoder, som alle kan hente. Vi \
             skrev til dig om det, og du havde en uge til at vælge en anden. Den er lige brugt igen, så for en sikkerheds \
             skyld har vi lukket dit login.",
            "The password of your login to {municipality} is on a list of leaked passwords that anybody can fetch. We wrote \
             to you about it, and you had a week to choose another one. It has just been used again, so as a precaution we \
             have closed your login.",
        ),
        Say::new(
            "Du kan selv åbne det igen hele døgnet: Gå til {url}/genaktiver, og bekræft dig med MitID. Dér vælger du en ny \
             adgangskode. Bruger du den gamle andre steder, så skift den også dér.",
            "You can open it again yourself at any hour: go to {url}/genaktiver and confirm who you are with MitID. There you \
             choose a new password. If you use the old one in other places, change it there too.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Var det ikke dig, der loggede ind? Så kender andre din adgangskode. Vælg en helt ny, når du åbner.",
        "Was it not you who signed in? Then others know your password. Choose an entirely new one when you open it.",
    ),
};

pub(in crate::notices) const HELD_FOR_TERMS: Wording = Wording {
    subject: Say::new(
        "Dit login er lukket: vilkårene er ikke accepteret",
        "Your login is closed: the terms are not accepted",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Der er nye vilkår for dit login hos {municipality}. Vi skrev til dig om dem, og fristen for at acceptere dem er \
             gået. Derfor er dit login lukket. Systemer, der var åbne, lukker senest, når deres egen tid er gået.",
            "There are new terms for your login to {municipality}. We wrote to you about them, and the time to accept them is \
             over. So your login is closed. Systems that were open close when their own time has run out, at the latest.",
        ),
        Say::new(
            "Du kan selv åbne det igen hele døgnet: Gå til {url}/genaktiver, og bekræft dig med MitID. Undervejs læser og \
             accepterer du vilkårene. Har du spørgsmål til dem, så ring til servicedesken på {phone}.",
            "You can open it again yourself at any hour: go to {url}/genaktiver and confirm who you are with MitID. On the way \
             you read and accept the terms. If you have questions about them, call the service desk on {phone}.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Har du accepteret dem? Så ring til servicedesken, og sig referencen nedenfor.",
        "Did you accept them? Then call the service desk and say the reference below.",
    ),
};

pub(in crate::notices) const REOPENED: Wording = Wording {
    subject: Say::new("Din konto er åben igen", "Your account is open again"),
    greeting: HELLO,
    body: &[Say::new(
        "Dit login til {municipality} er genaktiveret, og du har fået en ny adgangskode og nye koder. De gamle virker ikke.",
        "Your login to {municipality} has been reactivated, with a new password and new codes. The old ones do not work.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const REVOCATION_NEAR: Wording = Wording {
    subject: Say::new("Om 7 dage lukker vi dit login", "In 7 days we close your login"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Du spærrede dit login til {municipality} for godt tre uger siden. Om 7 dage lukker vi det for altid.",
            "You blocked your login to {municipality} a little over three weeks ago. In 7 days we close it for good.",
        ),
        Say::new(
            "Skal du bruge det igen, så gå til {url}/genaktiver, og åbn det med MitID. Det tager et par minutter. Gør du \
             ikke noget, får du en ny indbydelse og begynder helt forfra.",
            "If you need it again, go to {url}/genaktiver and open it with MitID. It takes a few minutes. If you do \
             nothing, you get a new invitation and begin from the start.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Har du ikke selv spærret? Så har en anden brugt noget, der er dit.",
        "Did you not block it yourself? Then somebody else used something of yours.",
    ),
};

pub(in crate::notices) const REVOKED: Wording = Wording {
    subject: Say::new("Dit login er lukket", "Your login is closed"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Dit login til {municipality} var spærret i 30 dage og er nu lukket for altid. Adgangskode, loginmidler og koder \
             virker ikke længere.",
            "Your login to {municipality} was blocked for 30 days and is now closed for good. Password, login methods and \
             codes no longer work.",
        ),
        Say::new(
            "Arbejder du her stadig, får du en ny indbydelse i en mail for sig. Med den laver du et nyt login.",
            "If you still work here, you get a new invitation in a mail of its own. With it you make a new login.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kom det bag på dig? Så tal med servicedesken.",
        "Did this come as a surprise? Then talk to the service desk.",
    ),
};

pub(in crate::notices) const MASS_BLOCKING: Wording = Wording {
    subject: Say::new("Mange konti er spærret på kort tid", "Many accounts were blocked within minutes"),
    greeting: TO_ORGANISATION,
    body: &[
        Say::new(
            "Mere end ti medarbejdere har spærret deres login inden for ti minutter. Ingen blev afvist. Undersøg, om der er \
             sket noget, som flere er ramt af.",
            "More than ten employees blocked their login within ten minutes. Nobody was refused. Find out whether something \
             happened that affects several people.",
        ),
        Say::new(
            "Hvem det er, står i revisionssporet. Hver ejer kan selv åbne sin konto igen.",
            "Who they are stands in the audit trail. Each owner can open the account again.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er det dit eget login, der er noget galt med?",
        "Is it your own login that something is wrong with?",
    ),
};

pub(in crate::notices) const SEED_LEAKED: Wording = Wording {
    subject: Say::new(
        "Dit login er lukket: din kodeviser kan ikke bruges mere",
        "Your login is closed: your code device cannot be used any more",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Nøglen i din kodeviser kan være kendt af andre. For at passe på dig har vi lukket dit login til {municipality} og \
             taget kodeviseren ud af brug.",
            "The key in your code device may be known by others. To protect you we have closed your login to {municipality} \
             and put the code device out of use.",
        ),
        Say::new(
            "Ring til servicedesken på {phone}. De åbner det sammen med dig og giver dig et andet loginmiddel. Aflever \
             kodeviseren.",
            "Call the service desk on {phone}. They open it together with you and give you another login method. Hand the \
             code device in.",
        ),
    ],
    link: None,
    doubt: Say::new("Er du i tvivl om noget?", "Is anything unclear?"),
};

pub(in crate::notices) const TOKEN_REUSED: Wording = Wording {
    subject: Say::new(
        "Dit login er lukket: nogen kan have kopieret et login til et system",
        "Your login is closed: somebody may have copied a login to a system",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Et system viste os en nøgle til dit login, som allerede var brugt. Det kan betyde, at nogen har kopieret den. For \
             at passe på dig har vi lukket dit login til {municipality} og logget dig ud af de systemer, vi kan give besked.",
            "A system showed us a key to your login that was used already. That may mean that somebody copied it. To protect \
             you we have closed your login to {municipality} and logged you out of the systems we can tell.",
        ),
        Say::new(
            "Ring til servicedesken på {phone}. De åbner det sammen med dig.",
            "Call the service desk on {phone}. They open it together with you.",
        ),
    ],
    link: None,
    doubt: Say::new("Er du i tvivl om noget?", "Is anything unclear?"),
};

pub(in crate::notices) const HELD_BY_MUNICIPALITY: Wording = Wording {
    subject: Say::new("Kommunen har spærret dit login", "The municipality has blocked your login"),
    greeting: HELLO,
    body: &[
        Say::new(
            "{municipality} har spærret dit login. Ingen kan logge ind med det, heller ikke du selv, og du kan ikke selv åbne \
             det igen. Systemer, der var åbne, lukker senest, når deres egen tid er gået.",
            "{municipality} has blocked your login. Nobody can log in with it, not even you, and you cannot open it again \
             yourself. Systems that were open close when their own time has run out, at the latest.",
        ),
        Say::new(
            "Ring til servicedesken på {phone} og sig referencen nedenfor. De fortæller dig hvorfor, og hvad der skal til. Skal \
             du bruge et system i dag, så sig det til din leder.",
            "Call the service desk on {phone} and say the reference below. They tell you why, and what it takes. If you need \
             a system today, tell your manager.",
        ),
    ],
    link: None,
    doubt: Say::new("Mener du, at det er en fejl?", "Do you think that it is a mistake?"),
};

pub(in crate::notices) const HOLD_LIFTED: Wording = Wording {
    subject: Say::new("Du kan nu selv åbne dit login", "You can open your login now"),
    greeting: HELLO,
    body: &[
        Say::new(
            "{municipality} har ophævet sin spærring af dit login. Det er ikke åbent endnu: det åbner kun du, med MitID.",
            "{municipality} has lifted its block of your login. It is not open yet: only you open it, with MitID.",
        ),
        Say::new(
            "Gå til {url}/genaktiver, når det passer dig, hele døgnet. Du vælger en ny adgangskode og ser dine loginmidler \
             efter. Gør du det ikke inden 30 dage, lukker vi dit login, og du begynder forfra.",
            "Go to {url}/genaktiver when it suits you, at any hour. You choose a new password and go through your login \
             methods. If you do not within 30 days, we close your login, and you begin from the start.",
        ),
    ],
    link: None,
    doubt: Say::new("Er du i tvivl om noget?", "Is anything unclear?"),
};

pub(in crate::notices) const BEGINS_ANEW: Wording = Wording {
    subject: Say::new("Du skal lave et nyt login", "You need to make a new login"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Personaleafdelingen har givet dig et andet CPR-nummer, end det du viste med MitID. {municipality} har set på det og \
             lukket dit gamle login. Adgangskode, loginmidler og koder virker ikke længere.",
            "The HR department has given you another CPR number than the one you showed with MitID. {municipality} has looked \
             at it and closed your old login. Password, login methods and codes no longer work.",
        ),
        Say::new(
            "Du får en indbydelse i en mail for sig. Med den laver du et nyt login med MitID.",
            "You get an invitation in a mail of its own. With it you make a new login, with MitID.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Kom det bag på dig? Så tal med servicedesken.",
        "Did this come as a surprise? Then talk to the service desk.",
    ),
};

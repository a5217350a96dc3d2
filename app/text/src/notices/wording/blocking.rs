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

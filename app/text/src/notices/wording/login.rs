//! The way in, and what one signs in with.

use super::{HELLO, NOT_YOU, Wording};
use crate::Say;

pub(in crate::notices) const WELCOME: Wording = Wording {
    subject: Say::new("Kom i gang med dit login", "Get started with your login"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Velkommen. {municipality} har gjort et login klar til dig, og du gør det selv færdigt: Læs vilkårene, \
             bekræft, hvem du er, vælg en adgangskode, og tilføj en godkender-app. Sæt omkring 12 minutter af.",
            "Welcome. {municipality} has prepared a login for you, and you finish it yourself: read the terms, \
             confirm who you are, choose a password, and add an authenticator app. Set aside about 12 minutes.",
        ),
        Say::new(
            "Du bekræfter dig med MitID. Har du ikke MitID, eller vil du ikke bruge det, så ring til servicedesken på {phone}. \
             De siger, hvad du kan gøre.",
            "You confirm yourself with MitID. If you have none or would rather not use it, call the service desk on {phone}. \
             They tell you what you can do.",
        ),
        Say::new(
            "Linket er kun til dig og virker til {until}.",
            "The link is for you only and works until {until}.",
        ),
    ],
    link: Some(Say::new("Kom i gang", "Get started")),
    doubt: Say::new(
        "Ventede du ikke denne mail? Så lad linket være. Har du allerede et login, som andre kan have fået fat i, så spær det.",
        "Did you not expect this mail? Then leave the link alone. If you already have a login that others may have got hold of, block it.",
    ),
};

pub(in crate::notices) const REMINDER: Wording = Wording {
    subject: Say::new("Dit login er ikke klar endnu", "Your login is not ready yet"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Du mangler {steps} trin, før dit login til {municipality} virker. Siden viser dig, hvilke.",
            "Steps left before your login to {municipality} works: {steps}. The page shows you which.",
        ),
        Say::new(
            "Linket er kun til dig og virker til {until}.",
            "The link is for you only and works until {until}.",
        ),
    ],
    link: Some(Say::new("Gør det færdigt", "Finish it")),
    doubt: Say::new(
        "Er det ikke dig, der er i gang? Så spær dit login.",
        "Is it not you who has begun? Then block your login.",
    ),
};

pub(in crate::notices) const TERMS_ACCEPTED: Wording = Wording {
    subject: Say::new("Kvittering: Du har accepteret vilkårene", "Receipt: you have accepted the terms"),
    greeting: HELLO,
    body: &[Say::new(
        "Du har læst og accepteret vilkårene for dit login til {municipality}, version {version}. \
         Du kan altid læse dem igen på {url}/vilkaar.",
        "You have read and accepted the terms for your login to {municipality}, version {version}. \
         You can always read them again at {url}/vilkaar.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const IDENTITY_CONFIRMED: Wording = Wording {
    subject: Say::new("Du har bekræftet, hvem du er", "You have confirmed who you are"),
    greeting: HELLO,
    body: &[Say::new(
        "Din identitet er bekræftet {how} til brug for dit login til {municipality}.",
        "Your identity has been confirmed {how}, for your login to {municipality}.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const FACTOR_ADDED: Wording = Wording {
    subject: Say::new("Nyt loginmiddel tilføjet", "New login method added"),
    greeting: HELLO,
    body: &[Say::new(
        "Der er tilføjet et nyt loginmiddel til din konto: “{nickname}” ({kind}).",
        "A new login method has been added to your account: “{nickname}” ({kind}).",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const FACTOR_REMOVED: Wording = Wording {
    subject: Say::new("Loginmiddel fjernet", "Login method removed"),
    greeting: HELLO,
    body: &[Say::new(
        "Et loginmiddel er fjernet fra din konto. Det kan ikke længere bruges til at logge ind.",
        "A login method has been removed from your account. It can no longer be used to log in.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const FACTOR_RENAMED: Wording = Wording {
    subject: Say::new("Loginmiddel omdøbt", "Login method renamed"),
    greeting: HELLO,
    body: &[Say::new(
        "Et af dine loginmidler har fået et nyt navn og hedder nu “{nickname}” ({kind}). Det virker som før.",
        "One of your login methods has got a new name and is now called “{nickname}” ({kind}). It works as before.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const PASSWORD_SET: Wording = Wording {
    subject: Say::new("Din adgangskode er valgt", "Your password has been set"),
    greeting: HELLO,
    body: &[Say::new(
        "Der er valgt en ny adgangskode til dit login. Ingen i {municipality} kan se den, og ingen vil bede dig om den.",
        "A new password has been chosen for your login. Nobody at {municipality} can see it, and nobody will ask you for it.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const CODES_STOPPED: Wording = Wording {
    subject: Say::new(
        "Mange forkerte koder: login med kode er stoppet",
        "Many wrong codes: sign-in by code is stopped",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Nogen har skrevet din rigtige adgangskode og derefter mange forkerte koder. Derfor kan ingen logge ind med \
             koder på din konto, før du har vist, hvem du er.",
            "Somebody entered your right password and then many wrong codes. So nobody can sign in to your account with \
             codes until you have shown who you are.",
        ),
        Say::new(
            "Det kan også ske, når du tilføjer et loginmiddel: så vejer de forkerte koder, der er skrevet før, tungere.",
            "It can also happen when you add a login method: the wrong codes entered before then weigh more.",
        ),
        Say::new(
            "Var det dig selv? Tjek, at din telefons ur stilles automatisk. Vælg så en ny adgangskode med MitID på \
             {url}/glemt-adgangskode; det åbner også for koder igen, hele døgnet.",
            "Was it you? Check that your phone sets its clock automatically. Then choose a new password with MitID at \
             {url}/glemt-adgangskode; that also opens for codes again, at any hour.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Var det ikke dig? Så kender andre din adgangskode.",
        "Was it not you? Then others know your password.",
    ),
};

pub(in crate::notices) const CODES_PRINTED: Wording = Wording {
    subject: Say::new("Du har fået nye koder", "You have new codes"),
    greeting: HELLO,
    body: &[Say::new(
        "Der er lavet et nyt ark med en spærrekode og gendannelseskoder til dit login. Koder fra et ældre ark virker ikke \
         længere.",
        "A new sheet with a blocking code and recovery codes has been made for your login. Codes from an older sheet no \
         longer work.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const PASSWORD_LEAKED: Wording = Wording {
    subject: Say::new("Skift din adgangskode", "Change your password"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Den adgangskode, der lige er skrevet til dit login, står på lister over adgangskoder, som er stjålet andre \
             steder. Andre kan derfor gætte den. Skift den senest {day}; derefter bliver dit login spærret.",
            "The password just entered for your login stands on lists of passwords that were stolen elsewhere. So others \
             can guess it. Change it by {day}; after that your login is blocked.",
        ),
        Say::new(
            "Log ind på {url}, og vælg Skift adgangskode. Du kan også vælge en ny med MitID under Glemt adgangskode.",
            "Log in at {url} and choose Change password. You can also choose a new one with MitID under Forgotten password.",
        ),
    ],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const RECOVERY_CODE_USED: Wording = Wording {
    subject: Say::new("En gendannelseskode er brugt", "A recovery code has been used"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Nogen har skrevet din rigtige adgangskode og en af gendannelseskoderne fra dit ark. Koden virker ikke igen. \
             Koder tilbage: {n}.",
            "Somebody entered your right password and one of the recovery codes on your sheet. The code does not work \
             again. Codes left: {n}.",
        ),
        Say::new(
            "Koden åbner ikke dit login. Næste trin er at bekræfte sig med MitID og tilføje et nyt loginmiddel.",
            "The code does not open your login. The next step is to confirm with MitID and add a new login method.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Var det ikke dig? Så kender andre din adgangskode og har dit ark.",
        "Was it not you? Then others know your password and have your sheet.",
    ),
};

pub(in crate::notices) const KEY_COPIED: Wording = Wording {
    subject: Say::new(
        "Dit login er spærret: en nøgle er kopieret",
        "Your login is blocked: a key was copied",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "En af dine adgangsnøgler eller sikkerhedsnøgler har svaret, som om der er to af den. Derfor har vi fjernet \
             den og spærret dit login hos {municipality}.",
            "One of your passkeys or security keys answered as if there were two of it. So we have removed it and blocked \
             your login at {municipality}.",
        ),
        Say::new(
            "Gå til {url}/genaktiver, og åbn dit login med MitID. Du vælger en ny adgangskode, ser dine loginmidler efter \
             og får nye koder. Det tager et par minutter.",
            "Go to {url}/genaktiver and open your login with MitID. You choose a new password, look through your login \
             methods and get new codes. It takes a few minutes.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er du i tvivl, om mailen er fra os? Så skriv selv adressen i din browser.",
        "Not sure that this mail is from us? Then type the address in your browser yourself.",
    ),
};

pub(in crate::notices) const OPEN_ANEW: Wording = Wording {
    subject: Say::new("Åbn dit login igen med MitID", "Open your login again with MitID"),
    greeting: HELLO,
    body: &[
        Say::new(
            "Vi har måttet hente loginløsningen hos {municipality} frem fra en sikkerhedskopi. Det, du ændrede ved dit \
             login efter den, er gået tabt. Derfor har vi spærret dit login, så ingen kan bruge det, du lagde fra dig.",
            "We had to bring the login service of {municipality} back from a backup. What you changed about your login \
             after it is lost. So we have blocked your login, and nobody can use what you put away.",
        ),
        Say::new(
            "Gå til {url}/genaktiver, og åbn det med MitID. Du vælger en ny adgangskode, ser dine loginmidler efter og får \
             nye koder. Det tager et par minutter.",
            "Go to {url}/genaktiver and open it with MitID. You choose a new password, look through your login methods and \
             get new codes. It takes a few minutes.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Er du i tvivl, om mailen er fra os? Så skriv selv adressen i din browser.",
        "Not sure that this mail is from us? Then type the address in your browser yourself.",
    ),
};

pub(in crate::notices) const DEVICE_HANDED_OUT: Wording = Wording {
    subject: Say::new("Du har fået udleveret en kodeviser", "A code device was handed out to you"),
    greeting: HELLO,
    body: &[Say::new(
        "{municipality} har udleveret en kodeviser til dig. Den virker først, når du selv har tilføjet den med en kode, som \
         den viser. Har du ikke fået den, så ring.",
        "{municipality} has handed out a code device to you. It does not work before you have added it yourself with a code \
         that it shows. If you did not get it, call.",
    )],
    link: None,
    doubt: Say::new(
        "Ved du ikke noget om en kodeviser? Tror du, at andre bruger dit login, så spær det.",
        "Do you know nothing of a code device? If you think others use your login, block it.",
    ),
};

/// Somebody signed in.
const INSIDE: Say = Say::new(
    "Der er lige logget ind på dit login til {municipality} fra en browser, som du ikke har brugt før. Var \
     det dig, skal du ikke gøre noget.",
    "Somebody has just signed in to your login to {municipality} from a browser that you have not used \
     before. If it was you, there is nothing to do.",
);

/// The password was right, and nobody signed in.
const KNOWN: Say = Say::new(
    "Nogen har lige skrevet dit brugernavn og din rigtige adgangskode til {municipality} i en browser, som \
     du ikke har brugt før. Der blev ikke logget ind: Det næste trin mangler.",
    "Somebody has just entered your user name and your right password to {municipality} in a browser that \
     you have not used before. Nobody was signed in: the next step is missing.",
);

/// What to do about a password that somebody knows.
const CHANGE_IT: Say = Say::new(
    "Var det dig, skal du ikke gøre noget. Var det ikke dig, er der nogen, der kender din adgangskode. Spær dit login. Når du \
     åbner det igen, vælger du en ny.",
    "If it was you, there is nothing to do. If it was not, somebody knows your password. Block your login. When you open it \
     again, you choose a new one.",
);

/// More of the same.
const ALSO: Say = Say::new(
    "Inden for de samme fem minutter blev dit login eller din adgangskode også brugt fra andre nye steder. Så mange ud over det, \
     der står her: {n}.",
    "Within the same five minutes your login or your password was also used from other new places. So many besides the one \
     told here: {n}.",
);

pub(in crate::notices) const NEW_PLACE: Wording = Wording {
    subject: Say::new("Login fra et nyt sted", "Sign-in from a new place"),
    greeting: HELLO,
    body: &[INSIDE],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const NEW_PLACES: Wording = Wording {
    subject: Say::new("Login fra nye steder", "Sign-in from new places"),
    greeting: HELLO,
    body: &[INSIDE, ALSO],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const PASSWORD_KNOWN: Wording = Wording {
    subject: Say::new("Din adgangskode er brugt et nyt sted", "Your password was used in a new place"),
    greeting: HELLO,
    body: &[KNOWN, CHANGE_IT],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const PASSWORD_KNOWN_IN_PLACES: Wording = Wording {
    subject: Say::new("Din adgangskode er brugt nye steder", "Your password was used in new places"),
    greeting: HELLO,
    body: &[KNOWN, CHANGE_IT, ALSO],
    link: None,
    doubt: NOT_YOU,
};

pub(in crate::notices) const CODES_PAUSED: Wording = Wording {
    subject: Say::new(
        "Mange forkerte koder: en pause på dit login",
        "Many wrong codes: a pause for your login",
    ),
    greeting: HELLO,
    body: &[
        Say::new(
            "Nogen har skrevet ti forkerte koder i træk til dit login. Koder er sat på pause i et kvarter. Der er ikke spærret \
             noget.",
            "Somebody entered ten wrong codes in a row for your login. Codes are paused for a quarter of an hour. Nothing is \
             blocked.",
        ),
        Say::new(
            "Var det dig selv? Tjek, at din telefons ur stilles automatisk, og prøv igen om lidt.",
            "Was it you? Check that your phone sets its clock automatically, and try again in a while.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Var det ikke dig? Så kender andre din adgangskode.",
        "Was it not you? Then others know your password.",
    ),
};

pub(in crate::notices) const RESET_LEFT: Wording = Wording {
    subject: Say::new("Din adgangskode blev ikke skiftet", "Your password was not changed"),
    greeting: HELLO,
    body: &[Say::new(
        "Med dit MitID eller en af dine adgangsnøgler er der begyndt på en ny adgangskode til {municipality}, men den blev ikke \
         gemt. Din gamle adgangskode virker stadig. Vil du skifte den, så begynd igen på {url}/glemt-adgangskode.",
        "With your MitID or one of your passkeys somebody began to choose a new password for {municipality}, but it was not \
         saved. Your old password still works. To change it, begin again at {url}/glemt-adgangskode.",
    )],
    link: None,
    doubt: Say::new(
        "Var det ikke dig? Så har andre brugt dit MitID eller din nøgle. Spær også dit MitID på mitid.dk.",
        "Was it not you? Then others have used your MitID or your key. Block your MitID too, at mitid.dk.",
    ),
};

//! The sentences of the notices.

use crate::Say;

/// What a kind of notice says.
pub(super) struct Wording {
    pub(super) subject: Say,
    pub(super) greeting: Say,
    pub(super) body: &'static [Say],
    /// The words on the link, where the notice has one.
    pub(super) link: Option<Say>,
    /// What to do if this should not have happened.
    pub(super) doubt: Say,
}

const HELLO: Say = Say::new("Hej {name}", "Hello {name}");
const TO_ORGANISATION: Say = Say::new("Til {organisation}", "To {organisation}");
const NOT_YOU: Say = Say::new("Var det ikke dig?", "Was it not you?");

pub(super) const WHEN: Say = Say::new("Tidspunkt", "Time");
pub(super) const BROWSER: Say = Say::new("Browser", "Browser");
pub(super) const OTHER_BROWSER: Say = Say::new("en anden browser", "another browser");
pub(super) const ADDRESS: Say = Say::new("IP-adresse", "IP address");
pub(super) const REFERENCE: Say = Say::new("Reference", "Reference");
pub(super) const BLOCK: Say = Say::new("Spær dit login", "Block your login");
pub(super) const OR_CALL: Say =
    Say::new("Eller ring til servicedesken på {phone}.", "Or call the service desk on {phone}.");
pub(super) const CALL: Say =
    Say::new("Ring til servicedesken på {phone}.", "Call the service desk on {phone}.");
pub(super) const REGARDS: Say = Say::new("Venlig hilsen {municipality}", "Kind regards, {municipality}");
pub(super) const ENGLISH_BELOW: &str = "English below.";

pub(super) const WELCOME: Wording = Wording {
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
            "Du bekræfter dig med MitID, eller med pas eller kørekort i Borgerservice. Du vælger selv.",
            "You confirm yourself with MitID, or with passport or driving licence at Borgerservice, the citizen \
             service centre. The choice is yours.",
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

pub(super) const REMINDER: Wording = Wording {
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

pub(super) const TERMS_ACCEPTED: Wording = Wording {
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

pub(super) const IDENTITY_CONFIRMED: Wording = Wording {
    subject: Say::new("Du har bekræftet, hvem du er", "You have confirmed who you are"),
    greeting: HELLO,
    body: &[Say::new(
        "Din identitet er bekræftet {how} til brug for dit login til {municipality}.",
        "Your identity has been confirmed {how}, for your login to {municipality}.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(super) const FACTOR_ADDED: Wording = Wording {
    subject: Say::new("Nyt loginmiddel tilføjet", "New login method added"),
    greeting: HELLO,
    body: &[Say::new(
        "Der er tilføjet et nyt loginmiddel til din konto: “{nickname}” ({kind}).",
        "A new login method has been added to your account: “{nickname}” ({kind}).",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(super) const PASSWORD_SET: Wording = Wording {
    subject: Say::new("Din adgangskode er valgt", "Your password has been set"),
    greeting: HELLO,
    body: &[Say::new(
        "Der er valgt en ny adgangskode til dit login. Ingen i {municipality} kan se den, og ingen vil bede dig om den.",
        "A new password has been chosen for your login. Nobody at {municipality} can see it, and nobody will ask you for it.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(super) const CODES_STOPPED: Wording = Wording {
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
            "Var det dig selv? Tjek, at din telefons ur stilles automatisk, og ring til servicedesken på {phone}, så \
             kommer du i gang igen.",
            "Was it you? Check that your phone sets its clock automatically, and call the service desk on {phone} to \
             get going again.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Var det ikke dig? Så kender andre din adgangskode.",
        "Was it not you? Then others know your password.",
    ),
};

pub(super) const BLOCKED: Wording = Wording {
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

pub(super) const REOPENED: Wording = Wording {
    subject: Say::new("Din konto er åben igen", "Your account is open again"),
    greeting: HELLO,
    body: &[Say::new(
        "Dit login til {municipality} er genaktiveret, og du har fået en ny adgangskode og nye koder. De gamle virker ikke.",
        "Your login to {municipality} has been reactivated, with a new password and new codes. The old ones do not work.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(super) const REVOCATION_NEAR: Wording = Wording {
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

pub(super) const REVOKED: Wording = Wording {
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

pub(super) const CODES_PRINTED: Wording = Wording {
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

pub(super) const FACTOR_REMOVED: Wording = Wording {
    subject: Say::new("Loginmiddel fjernet", "Login method removed"),
    greeting: HELLO,
    body: &[Say::new(
        "Et loginmiddel er fjernet fra din konto. Det kan ikke længere bruges til at logge ind.",
        "A login method has been removed from your account. It can no longer be used to log in.",
    )],
    link: None,
    doubt: NOT_YOU,
};

pub(super) const MASS_BLOCKING: Wording = Wording {
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

pub(super) const ASSOCIATION_ACTIVE: Wording = Wording {
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

pub(super) const ASSOCIATION_ACTIVE_ORGANISATION: Wording = Wording {
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

pub(super) const ASSOCIATION_ENDED_ORGANISATION: Wording = Wording {
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

pub(super) const ROLE_PROPOSED: Wording = Wording {
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

pub(super) const ASSOCIATION_CLOSED: Wording = Wording {
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

pub(super) const ROLE_PROPOSED_ADMINISTRATORS: Wording = Wording {
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

pub(super) const KEYS_CHANGED: Wording = Wording {
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

pub(super) const FEED_IMPORTED: Wording = Wording {
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

pub(super) const SERVICE_SAVED: Wording = Wording {
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

pub(super) const RECONFIRMATION_NEAR: Wording = Wording {
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
            "Vil du ikke bruge MitID, så ring til servicedesken på {phone}. De finder en tid, hvor du viser pas eller kørekort.",
            "If you would rather not use MitID, call the service desk on {phone}. They find a time for you to show passport \
             or driving licence.",
        ),
    ],
    link: None,
    doubt: Say::new(
        "Tror du, at andre bruger dit login? Så spær det.",
        "Do you think others use your login? Then block it.",
    ),
};

pub(super) const NAME_CHANGED: Wording = Wording {
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

pub(super) const NUMBER_CHANGED: Wording = Wording {
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

pub(super) const OPEN_ANEW: Wording = Wording {
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

pub(super) const KEY_COPIED: Wording = Wording {
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

pub(super) const DATABASE_RECOVERED: Wording = Wording {
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

pub(super) const CONTACT_CHANGED: Wording = Wording {
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

pub(super) const OWN_DATA_TAKEN: Wording = Wording {
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

pub(super) const CONTACT_CODE: Wording = Wording {
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

// To phones: under two messages of 153 characters together, and nothing that opens or blocks by being pressed.
pub(super) const SHORT_WELCOME: Say = Say::new(
    "Et login er gjort klar til dig. Find mailen \"Kom i gang med dit login\".",
    "A login is ready for you. Look for the mail \"Get started with your login\".",
);
pub(super) const SHORT_FACTOR_ADDED: Say = Say::new(
    "Nyt loginmiddel tilføjet kl. {clock}. Ikke dig? Spær på {url}/spaer eller ring {phone}.",
    "New login method added. Not you? Block it or call.",
);
pub(super) const SHORT_BLOCKED: Say = Say::new(
    "Din konto er spærret kl. {clock}, ref. {reference}. Ikke dig? Ring {phone}.",
    "Your account is blocked. Not you? Call.",
);
pub(super) const SHORT_REOPENED: Say = Say::new(
    "Din konto er åbnet igen kl. {clock}. Ikke dig? Spær på {url}/spaer eller ring {phone}.",
    "Your account is open again. Not you? Block it or call.",
);
pub(super) const SHORT_CONTACT_CHANGED: Say = Say::new(
    "Din kontaktoplysning er ændret kl. {clock}. Ikke dig? Spær på {url}/spaer eller ring {phone}.",
    "Your contact details were changed. Not you? Block or call.",
);
pub(super) const SHORT_CONTACT_CODE: Say = Say::new(
    "Din kode er {code}. Den virker til kl. {clock}. Giv den ikke til nogen.",
    "Your code is {code}, until {clock}. Do not share it.",
);
pub(super) const SHORT_OTHER: Say = Say::new(
    "Der er nyt om dit login. Log ind, som du plejer, eller ring {phone}.",
    "There is news about your login. Sign in as usual, or call.",
);

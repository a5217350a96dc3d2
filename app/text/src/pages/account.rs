//! What she does with her own login: another password (page 37), her activity (39), where she is signed in (40).

sentences! {
    PASSWORD_LINK: "Skift adgangskode", "Change password";
    PASSWORD_TITLE: "Skift adgangskode", "Change your password";
    PASSWORD_LEAD: "Skriv din nuværende adgangskode og en kode fra din app, så vi er sikre på, at det er dig.",
        "Enter your current password and a code from your app, so that we are sure it is you.";
    PASSWORD_CURRENT: "Nuværende adgangskode", "Current password";
    PASSWORD_OTHERS: "Log mig ud alle andre steder", "Sign me out everywhere else";
    PASSWORD_OTHERS_HINT: "Gør det, hvis andre kan have kendt den gamle.",
        "Do this if others may have known the old one.";
    PASSWORD_PAUSED: "Koder er sat på pause til kl. {clock}, fordi der er prøvet for mange gange. Prøv igen bagefter.",
        "Codes are paused until {clock} because of too many attempts. Try again afterwards.";
    PASSWORD_BY_KEY: "Bekræft først, at det er dig, med din adgangsnøgle eller sikkerhedsnøgle. Så kan du skifte adgangskode.",
        "First confirm that it is you with your passkey or security key. Then you can change your password.";
    PASSWORD_LEAD_SHOWN: "Skriv din nuværende adgangskode og den nye.", "Enter your current password and the new one.";
    RELATION_BY_KEY: "Bekræft først, at det er dig, med din adgangsnøgle eller sikkerhedsnøgle.",
        "First confirm that it is you with your passkey or security key.";
    BY_KEY: "Brug din nøgle", "Use your key";
    BY_KEY_INSTEAD: "Brug din nøgle i stedet for en kode", "Use your key instead of a code";
    PASSWORD_NOT_SHOWN: "Den nuværende adgangskode passede ikke. Bekræft igen, og prøv så en gang til.",
        "The current password did not fit. Confirm again, then try once more.";
    PASSWORD_SAME: "Den nye adgangskode er den, du har. Bekræft igen, og vælg en anden.",
        "The new password is the one you have. Confirm again and choose another.";
    CONFIRM_AGAIN: "Det er for længe siden, du bekræftede. Bekræft igen.",
        "It is too long since you confirmed. Confirm again.";
    PASSWORD_STOPPED: "Koder er stoppet, fordi der er prøvet for mange gange. Vælg Glemt adgangskode, og bekræft dig med MitID.",
        "Codes are stopped because of too many attempts. Choose Forgotten password and confirm with MitID.";

    ACTIVITY_LINK: "Din aktivitet", "Your activity";
    ACTIVITY_TITLE: "Din aktivitet", "Your activity";
    ACTIVITY_LEAD: "Det er sket på din konto. Det nyeste står først.",
        "This is what has happened at your account. The newest stands first.";
    ACTIVITY_FILTER: "Vis", "Show";
    ACTIVITY_ALL: "Alt", "Everything";
    ACTIVITY_SIGN_INS: "Login", "Sign-ins";
    ACTIVITY_CHANGES: "Ændringer", "Changes";
    ACTIVITY_REFUSED: "Afvist", "Refused";
    ACTIVITY_NONE: "Der er ikke noget at vise.", "There is nothing to show.";
    ACTIVITY_MANY: "Viser {n} hændelser.", "Showing {n} events.";
    ACTIVITY_ONE: "Viser 1 hændelse.", "Showing 1 event.";
    ACTIVITY_NOT_ME: "Det var ikke mig", "It was not me";
    ACTIVITY_ASK_HR: "Passer det ikke, så tal med din leder.", "If it is not right, talk to your manager.";
    ACTIVITY_WRONG: "Er noget galt?", "Is something wrong?";
    ACTIVITY_CALL: "Ring til servicedesken på {phone}", "Call the service desk on {phone}";
    DID_HR: "Det kom fra personalesystemet (HR)", "It came from the HR system";
    DID_REGISTER: "Det kom fra CPR-registeret", "It came from the CPR register";
    DID_OPERATOR: "Det gjorde en driftsmedarbejder", "An operator did it";
    DID_HOUSE: "Det gjorde loginløsningen selv", "The login service did it by itself";
    DID_ANOTHER: "Det gjorde en anden end dig", "Somebody other than you did it";
    BY_HERSELF: "Dig", "You";
    BY_UNKNOWN: "Ikke kendt", "Not known";
    BY_ANOTHER: "En anden end dig", "Somebody other than you";
    BY_HR: "Personalesystemet (HR)", "The HR system";
    BY_REGISTER: "CPR-registeret", "The CPR register";
    BY_OPERATOR: "En driftsmedarbejder", "An operator";
    BY_HOUSE: "Loginløsningen selv", "The login service itself";
    ACTIVITY_IN: "I {browser}", "In {browser}";
    ACTIVITY_FROM: "I {browser} fra {address}", "In {browser} from {address}";
    ACTIVITY_OTHER: "en anden browser", "another browser";
    ACTIVITY_REFERENCE: "Henvisning {reference}", "Reference {reference}";
    ACTIVITY_CSV: "Hent det hele som regneark (CSV)", "Take out all of it as a spreadsheet (CSV)";
    CSV_HEAD: "Tidspunkt;Hvad;Hvem;System;Browser;IP-adresse;Henvisning",
        "Time;What;Who;System;Browser;IP address;Reference";
    ACTIVITY_AT: "{what}: {service}", "{what}: {service}";
    ACTIVITY_OLDER: "Vis ældre hændelser", "Show older events";
    ACTIVITY_NEWER: "Vis nyere hændelser", "Show newer events";
    ACTIVITY_KEPT: "Vi gemmer, hvad der sker med dit login, i {central}, hvad vi svarer systemer, i {exchange}, og detaljer om hvert login i {login}. I regnearket står alt, vi har.",
        "We keep what happens to your login for {central}, what we answer systems for {exchange}, and details of each sign-in for {login}. The spreadsheet holds all we have.";

    SESSIONS_LINK: "Her er du logget ind", "Where you are signed in";
    SESSIONS_TITLE: "Her er du logget ind", "Where you are signed in";
    SESSIONS_LEAD: "Kender du ikke et af stederne, så afslut det, og skift adgangskode. Er du i tvivl, så spær din konto.",
        "If you do not recognise one of them, end it and change your password. If in doubt, block your account.";
    SESSIONS_THIS: "Denne browser", "This browser";
    SESSIONS_OTHER: "En anden browser", "Another browser";
    SESSIONS_SINCE: "Siden {moment}. Sidst brugt {seen}.", "Since {moment}. Last used {seen}.";
    SESSIONS_IN: "Logget ind med {browser} fra {address}.", "Signed in with {browser} from {address}.";
    SESSIONS_FROM: "Logget ind fra {address}.", "Signed in from {address}.";
    SESSIONS_END: "Afslut", "End";
    SESSIONS_END_LABEL: "Afslut login fra {moment}", "End the sign-in from {moment}";
    SESSIONS_END_ALL: "Log ud alle steder", "Sign out everywhere";
    SESSIONS_SERVICES: "Systemer, der kan være åbne", "Systems that may be open";
    SESSIONS_SERVICE_TOLD: "{service}: får besked, når du logger ud, eller når du spærrer; senest til {moment}",
        "{service}: is told when you sign out or block; until {moment} at the latest";
    SESSIONS_SERVICE_BROWSER: "{service}: får besked gennem din browser, når du logger ud her; senest til {moment}",
        "{service}: is told through your browser when you sign out here; until {moment} at the latest";
    SESSIONS_SERVICE_ALONE: "{service}: får ikke besked; lukker selv senest {moment}",
        "{service}: is not told; closes by itself at {moment} at the latest";
    SESSIONS_SERVICES_BODY: "Når du logger ud, giver vi besked til de systemer, der kan få det. De andre bliver ved til tidspunktet her: log også af i dem, eller spær din konto.",
        "When you sign out we tell the systems that can be told. The others stay until the time here: sign out in them too, or block your account.";

    KIND_SIGNED_IN: "Du loggede ind", "You signed in";
    KIND_SIGNED_OUT: "Du loggede ud", "You signed out";
    KIND_TOKEN: "Du gik ind i et system", "You entered a system";
    KIND_PROVED: "Identitet bekræftet", "Identity confirmed";
    KIND_RECONFIRMED: "Bekræftet igen med MitID", "Confirmed again with MitID";
    KIND_PASSWORD: "Adgangskode valgt", "Password chosen";
    KIND_FACTOR_ADDED: "Loginmiddel tilføjet", "Login method added";
    KIND_FACTOR_RENAMED: "Loginmiddel omdøbt", "Login method renamed";
    KIND_FACTOR_PREFERRED: "Foretrukket loginmiddel valgt", "Preferred login method chosen";
    KIND_PHONE_OPENED: "En telefon åbnede dit link", "A phone opened your link";
    KIND_FACTOR_TESTED: "Loginmiddel testet", "Login method tested";
    KIND_KEY_ACCEPTED: "Nøgle brugt, adgangskode mangler", "Key used, password missing";
    KIND_KEY_MISTRUSTED: "Nøgle afvist, fordi den opfører sig mistænkeligt", "Key refused because it behaves suspiciously";
    KIND_FACTOR_REMOVED: "Loginmiddel fjernet", "Login method removed";
    KIND_ENROLLED: "Login taget i brug", "Login taken into use";
    KIND_MEANS_REVOKED: "Loginmidler lukket", "Login methods closed";
    KIND_TERMS: "Vilkår accepteret", "Terms accepted";
    KIND_HELD: "Konto spærret", "Account blocked";
    KIND_LIFTED: "Spærring ophævet", "Block lifted";
    KIND_LIFT_ASKED: "Kommunen vil ophæve en spærring", "The municipality is about to lift a block";
    KIND_REOPENED: "Konto åbnet igen", "Account opened again";
    KIND_CLOSED: "Konto lukket efter 30 dages spærring", "Account closed after 30 days blocked";
    KIND_PASSWORD_LEAKED: "Adgangskode fundet på lister over stjålne", "Password found on lists of stolen ones";
    KIND_RECOVERY_CODE: "Gendannelseskode brugt", "Recovery code used";
    KIND_CODES: "Nyt ark med koder", "New sheet of codes";
    KIND_CODES_OPEN: "Koder virker igen", "Codes work again";
    KIND_RELATION: "Tilknytning aktiv", "Work relation active";
    KIND_RELATION_ENDED: "Tilknytning slut", "Work relation ended";
    KIND_ROLE: "Rolle accepteret", "Role accepted";
    KIND_ROLE_ENDED: "Rolle slut", "Role ended";
    KIND_CONTACT: "Kontaktoplysning ændret", "Contact details changed";
    KIND_CONTACT_BACK: "Ændret kontaktoplysning taget tilbage", "Change of contact details taken back";
    KIND_STEP_UP: "Du bekræftede igen, at det er dig", "You confirmed again that it is you";
    KIND_CONTACT_ASKED: "En kode sendt til en ny adresse", "A code sent to a new address";
    KIND_OWN_DATA: "Dine oplysninger hentet", "Your data taken out";
    KIND_CASE_NAMED: "En revisor skrev, til hvilken sag dine oplysninger læses", "An auditor stated the case your data are read for";
    KIND_PART_READ: "En revisor tog et udtræk om alle, hvor en begrundelse hos dig blev læst", "An auditor took an export about everybody, in which a reason at your login was read";
    KIND_MANY_READ: "En revisor tog et udtræk om alle, hvor begrundelser hos mange blev læst", "An auditor took an export about everybody, in which reasons at many logins were read";
    KIND_TRAIL_EXPORTED: "Kommunen tog en del af loggen ud, hvor dit login kan stå", "The municipality took out part of the log, in which your login may appear";
    KIND_NAME_READ: "En revisor trak dig i en stikprøve og så dit navn", "An auditor drew you in a sample and saw your name";
    KIND_TRAIL_READ: "En revisor læste, hvad der er sket med dit login", "An auditor read what happened with your login";
    KIND_AUDITOR_REFUSED: "Forsøg på at læse, hvad kun revisorer læser", "Attempt to read what only auditors read";
    KIND_STEP_UP_REFUSED: "Kode, som ikke passede, da noget skulle ændres", "A code that did not match when something was to be changed";
    KIND_CONTACT_REFUSED: "Ny kontaktadresse blev ikke bekræftet", "New contact address was not verified";
    KIND_REFUSED: "Forsøg på login, som blev afvist", "Attempt to sign in, refused";
    KIND_CODES_STOPPED: "Koder stoppet efter for mange forsøg", "Codes stopped after too many attempts";
    KIND_TOKEN_REFUSED: "Adgang til et system afvist", "Entry to a system refused";
    KIND_CHANGE_REFUSED: "Ændring afvist", "Change refused";
    KIND_BLOCK_REFUSED: "Forsøg på at spærre, som blev afvist", "Attempt to block, refused";
    KIND_REOPENING_REFUSED: "Genaktivering afvist", "Reactivation refused";
}

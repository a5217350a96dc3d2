//! Blocking one's own login: the doors, the last question, the receipt, and the page that says it did not happen.

sentences! {
    TITLE: "Spær min konto", "Block my account";
    LEAD: "Spær din konto, hvis du tror, at andre kender din adgangskode eller har din telefon. Det tager under et minut. Du kan selv åbne igen med MitID.",
        "Block your account if you think others know your password or have your phone. It takes less than a minute. You can open it again yourself with MitID.";
    NOW: "Spær min konto nu", "Block my account now";
    DOORS: "Vælg, hvad du har ved hånden", "Choose what you have at hand";
    BY_CODE: "Spær med din spærrekode", "Block with your blocking code";
    BY_CODE_HINT: "Koden står på det ark, du printede.", "The code is on the sheet you printed.";
    BY_PASSWORD: "Spær med din adgangskode", "Block with your password";
    BY_PASSWORD_HINT: "Brugernavn og adgangskode er nok.", "User name and password are enough.";
    BY_MITID: "Spær med MitID", "Block with MitID";
    BY_MITID_HINT: "Du går videre til MitID og kommer tilbage hertil.", "You go on to MitID and come back here.";
    BY_SESSION_HINT: "Du er logget ind. To klik er nok.", "You are signed in. Two clicks are enough.";
    BY_NOTICE: "Har du fået en besked fra os? Linket “Var det ikke dig?” i den spærrer også.",
        "Did you get a message from us? The link “Was it not you?” in it blocks too.";
    BY_PHONE: "Eller ring: {phone}", "Or call: {phone}";
    MEANWHILE: "Gør også det her", "Do this too";
    MEANWHILE_PHONE: "Er din telefon væk, så lås den på afstand, og spær SIM-kortet hos dit teleselskab.",
        "If your phone is gone, lock it remotely and block the SIM card with your operator.";
    MEANWHILE_LEAD: "Sig det til din leder, hvis andre kan have set borgeres oplysninger.",
        "Tell your manager if others may have seen citizens' details.";

    CODE_TITLE: "Spær med din spærrekode", "Block with your code";
    CODE_LABEL: "Spærrekode", "Blocking code";
    CODE_HINT: "12 tegn fra dit ark. Store og små bogstaver, bindestreger og mellemrum gør ikke noget.",
        "12 characters from your sheet. Case, hyphens and spaces do not matter.";
    PASSWORD_TITLE: "Spær med din adgangskode", "Block with your password";
    OTHER_DOOR: "Spær på en anden måde", "Block another way";
    BLOCK: "Spær", "Block";

    ASK_TITLE: "Vil du spærre nu?", "Block now?";
    ASK_LEAD: "Når du spærrer:", "When you block:";
    ASK_NOBODY: "Ingen kan logge ind på din konto, heller ikke du selv. Systemer, der er åbne, lukker senest på det tidspunkt, kvitteringen viser.",
        "Nobody can log in to your account, not even you. Systems that are open close at the time the receipt shows, at the latest.";
    ASK_NOBODY_HIDDEN: "Ingen kan logge ind på din konto, heller ikke du selv. Systemer, der er åbne, lukker senest, når deres egen tid er gået.",
        "Nobody can log in to your account, not even you. Systems that are open close when their own time has run out, at the latest.";
    ASK_WORK: "Du kan ikke dokumentere i omsorgssystemet, før du har genaktiveret. Er du midt i en vagt? Ring til din vagtleder.",
        "You cannot document in the care system until you have reactivated. In the middle of a shift? Call your shift manager.";
    ASK_UNDO: "Du åbner selv igen hele døgnet med MitID. En pc, der er logget ind, låses ikke af det her.",
        "You open it again yourself with MitID at any hour. This does not lock a computer that is signed in.";
    ASK_NO: "Nej, gå tilbage", "No, go back";

    RECEIPT_TITLE: "Din konto er spærret", "Your account is blocked";
    RECEIPT_AT: "Spærret", "Blocked";
    RECEIPT_MOMENT: "{day} kl. {time}", "{day} at {time}";
    RECEIPT_RIGHT: "Du gjorde det rigtige.", "You did the right thing.";
    NEXT: "Det skal du gøre nu", "What to do now";
    NEXT_WORK: "Er du på arbejde, så ring til din vagtleder.", "If you are at work, call your shift manager.";
    NEXT_DATA: "Kan andre have set borgeres oplysninger, så sig det til din leder, og oplys referencen.",
        "If others may have seen citizens' details, tell your manager and give the reference.";
    NEXT_OPEN: "Når du er klar, åbner du selv igen med MitID. Det kan du gøre hele døgnet.",
        "When you are ready, open it again yourself with MitID, at any hour.";
    SERVICES: "Systemer, du var logget ind på", "Systems you were signed in to";
    SERVICES_NONE: "Du var ikke logget ind på nogen systemer gennem os.", "You were not signed in to any systems through us.";
    SERVICE_CLOSED: "lukket kl. {time}", "closed at {time}";
    SERVICE_ASKED: "bliver lukket nu; kan være åben til kl. {time}", "is being closed; may stay open until {time}";
    SERVICE_OPEN: "kan være åben til kl. {time}", "may stay open until {time}";
    SERVICE_OVER: "lukkede af sig selv senest kl. {time}", "closed by itself by {time}";
    SERVICES_AGAIN: "Se, om flere er lukket", "See whether more are closed";
    SERVICES_HIDDEN: "Systemer, der var åbne, lukker senest, når deres egen tid er gået. Er du ved en pc, hvor du er logget ind, så luk browseren.",
        "Systems that were open close when their own time has run out, at the latest. If you are at a computer where you are signed in, close the browser.";
    REOPEN: "Åbn din spærrede konto igen", "Open your blocked account again";
    PRINT: "Du kan printe siden med din browser.", "You can print this page with your browser.";

    FAILED_TITLE: "Din konto blev ikke spærret", "Your account was not blocked";
    FAILED_LEAD: "Det, du skrev eller valgte, spærrede ikke noget. Alt er, som det var.",
        "What you entered or chose blocked nothing. Everything is as it was.";
    FAILED_TRY: "Tjek brugernavn og kode, og prøv igen, eller brug en anden vej:",
        "Check the user name and the code and try again, or use another way:";

    GONE_LEAD: "Der gik for lang tid, eller siden hører til en anden browser. Den spærrede ikke noget. Vil du spærre, så vælg en vej:",
        "It took too long, or the page belongs to another browser. It blocked nothing. If you want to block, choose a way:";

    NOTICE_TITLE: "Var det dig?", "Was this you?";
    NOTICE_LEAD: "Vi har skrevet til dig om dette:", "We wrote to you about this:";
    NOTICE_WHAT: "Hvad", "What";
    NOTICE_WHEN: "Hvornår", "When";
    NOTICE_REFERENCE: "Reference", "Reference";
    NOTICE_NO: "Nej, spær min konto", "No, block my account";
    NOTICE_YES: "Ja, det var mig", "Yes, it was me";
    NOTICE_HINT: "Spærrer du, kan ingen logge ind, før du selv åbner igen med MitID.",
        "If you block, nobody can log in until you open it again yourself with MitID.";
    DEAD_TITLE: "Linket virker ikke længere", "The link no longer works";
    DEAD_LEAD: "Din konto blev ikke spærret. Linket er for gammelt, eller du har åbnet din konto igen, siden vi skrev.",
        "Your account was not blocked. The link is too old, or you have opened your account again since we wrote.";

    EVENT_TERMS: "Du accepterede vilkårene", "You accepted the terms";
    EVENT_PROVED: "Din identitet blev bekræftet", "Your identity was confirmed";
    EVENT_FACTOR: "Et loginmiddel blev tilføjet", "A login method was added";
    EVENT_FACTOR_GONE: "Et loginmiddel blev fjernet", "A login method was removed";
    EVENT_FACTOR_NAME: "Et loginmiddel fik et nyt navn", "A login method got a new name";
    EVENT_PASSWORD: "En adgangskode blev valgt", "A password was chosen";
    EVENT_RESET_LEFT: "Der blev begyndt på en ny adgangskode, som ikke blev gemt", "A new password was begun and not saved";
    EVENT_STOPPED: "Login med kode blev stoppet efter mange koder, der ikke passede", "Sign-in by code was stopped after many wrong codes";
    EVENT_PAUSED: "Koder fik en pause efter mange koder, der ikke passede", "Codes were paused after many wrong ones";
    EVENT_CODES: "Der blev lavet nye koder", "New codes were made";
    EVENT_PASSWORD_LEAKED: "Din adgangskode blev fundet på lister over stjålne", "Your password was found on lists of stolen ones";
    EVENT_RECOVERY_CODE: "En gendannelseskode blev brugt", "A recovery code was used";
    EVENT_NEW_PLACE: "Dit login blev brugt fra et nyt sted", "Your login was used from a new place";
    EVENT_ACTIVE: "Din tilknytning blev aktiv", "Your working relation became active";
    EVENT_OPENED: "Din konto blev åbnet igen", "Your account was opened again";
    EVENT_CONTACT: "Det blev ændret, hvor beskeder til dig bliver sendt hen", "Where notices to you go was changed";
    EVENT_OWN_DATA: "Dine oplysninger blev hentet", "Your data was taken out";
    EVENT_OTHER: "Der skete noget med dit login", "Something happened with your login";

    SHEET_TITLE: "Gem dine koder", "Save your codes";
    SHEET_LEAD: "Koderne vises kun nu. Print siden, eller skriv dem af, og gem arket et sted, hvor kun du kommer.",
        "The codes are shown only now. Print this page or copy them, and keep the sheet where only you can get at it.";
    SHEET_OF: "{municipality}. Brugernavn {user}. Lavet {when}. Erstatter alle tidligere ark.",
        "{municipality}. User name {user}. Made {when}. Replaces every earlier sheet.";
    SHEET_BLOCKING: "Spærrekode", "Blocking code";
    SHEET_BLOCKING_WHY: "Spærrer din konto på {url}/spaer hele døgnet. Den kan ikke andet.",
        "Blocks your account at {url}/spaer, at any hour. It can do nothing else.";
    SHEET_RECOVERY: "Gendannelseskoder", "Recovery codes";
    SHEET_RECOVERY_WHY: "Til den dag, du ikke har dit loginmiddel. En kode er ikke nok alene: Du bekræfter dig også med MitID. Hver kode virker én gang.",
        "For the day you do not have your login method. A code is not enough by itself: you also confirm with MitID. Each works once.";
    SHEET_PHONE: "Servicedesken: {phone}.", "Service desk: {phone}.";
    SHEET_BOX: "Jeg har gemt dem", "I have saved them";
    SHEET_DONE: "Fortsæt", "Continue";
}

//! Opening a blocked login again (page 20), a forgotten password (38), and why either cannot be.

sentences! {
    KEY_STAGED: "Din nøgle virker. Den tæller, når du har åbnet kontoen.", "Your key works. It counts once you have opened the account.";
    TITLE: "Genaktivér din konto", "Reactivate your account";
    LEAD: "Har du selv spærret din konto, kan du åbne den igen nu, hele døgnet. Det tager et par minutter.",
        "If you blocked your account yourself, you can open it again now, at any hour. It takes a few minutes.";
    STEPS: "Sådan foregår det", "How it goes";
    STEP_MITID: "Du bekræfter med MitID eller en adgangsnøgle, at du er dig.",
        "You confirm with MitID or a passkey that it is you.";
    STEP_PASSWORD: "Du vælger en ny adgangskode.", "You choose a new password.";
    STEP_FACTORS: "Du ser dine loginmidler igennem, altså det, du logger ind med.",
        "You go through your login methods, the things you sign in with.";
    STEP_ACTIVITY: "Du ser, hvad der er sket på kontoen.", "You see what has happened at the account.";
    STEP_CONFIRM: "Du åbner kontoen og får nye koder på papir.", "You open the account and get new codes on paper.";
    UNTIL_THEN: "Der er ikke ændret noget, før du vælger Åbn kontoen til sidst.",
        "Nothing is changed before you choose Open the account at the end.";
    OTHER: "Har du ikke MitID, eller vil du ikke bruge det?", "No MitID, or would you rather not use it?";
    OTHER_BODY: "Ring til servicedesken på {phone}. Kontoen kan endnu ikke åbnes med pas eller kørekort, men de siger dig, hvad du kan gøre. Din konto er spærret imens.",
        "Call the service desk on {phone}. The account cannot be opened with passport or driving licence yet, but they tell you what you can do. Your account stays blocked meanwhile.";

    BY_KEY: "Eller brug en adgangsnøgle", "Or use a passkey";
    BY_KEY_BODY: "Har du en adgangsnøgle eller sikkerhedsnøgle, der er nok alene, når du logger ind, kan du bruge den i stedet for MitID. Du låser den op med fingeraftryk, ansigt eller pinkode.",
        "If you have a passkey or security key that is enough alone when you sign in, you can use it instead of MitID. You unlock it by fingerprint, face or PIN.";
    BY_KEY_GO: "Brug adgangsnøgle", "Use a passkey";
    KEY_REFUSED: "Den nøgle kan vi ikke bruge. Prøv igen, eller brug MitID.", "We cannot use that key. Try again, or use MitID.";
    KEY_WEAK: "Den nøgle er ikke nok alene, eller du låste den ikke op. Brug MitID her på siden.",
        "That key is not enough alone, or you did not unlock it. Use MitID on this page.";
    KEY_YOUNG: "Den nøgle er tilføjet for nylig, så den kan ikke bruges til det her endnu. Brug MitID her på siden.",
        "That key was added lately, so it cannot be used for this yet. Use MitID on this page.";
    KEY_UNPROVED: "Her er en nøgle ikke nok: du skal bekræfte med MitID, hvem du er. Brug MitID her på siden.",
        "Here a key is not enough: you must confirm with MitID who you are. Use MitID on this page.";

    PASSWORD_TITLE: "Vælg en ny adgangskode", "Choose a new password";
    PASSWORD_LEAD: "Vælg en, du ikke har brugt før, med mindst {n} tegn. Den gamle virker ikke mere, når du har åbnet kontoen.",
        "Choose one you have not used before, with at least {n} characters. The old one stops working once you have opened the account.";
    PASSWORD_SAVE: "Fortsæt", "Continue";

    FACTORS_TITLE: "Hvilke loginmidler er dine?", "Which login methods are yours?";
    FACTORS_LEAD: "Sæt kun flueben ved dem, du selv har tilføjet og stadig har. Resten bliver fjernet.",
        "Tick only those you added yourself and still have. The rest are removed.";
    FACTORS_NONE: "Du har ingen loginmidler. Du tilføjer et nyt om lidt.",
        "You have no login methods. You add a new one in a moment.";
    FACTORS_WHICH: "Behold", "Keep";
    FACTOR_SUSPECT: "Tilføjet lige før eller efter, at kontoen blev spærret. Vi har ladet den stå til at blive fjernet.",
        "Added just before or after the account was blocked. We have left it to be removed.";
    FACTORS_HINT: "Beholder du ingen, tilføjer du en ny app på næste side.",
        "If you keep none, you add a new app on the next page.";
    FACTORS_ALL: "Du beholder {kept}. Vi fjerner ikke noget.", "You keep {kept}. We remove nothing.";
    FACTORS_SOME: "Du beholder {kept}. Vi fjerner {gone}.", "You keep {kept}. We remove {gone}.";
    FACTORS_ALL_GO: "Du beholder ingen. Vi fjerner {gone}, og du tilføjer en ny app på næste side.",
        "You keep none. We remove {gone}, and you add a new app on the next page.";
    FACTORS_SAVE: "Fortsæt", "Continue";

    APP_LEAD: "Du har ikke beholdt et loginmiddel, og din adgangskode er ikke nok alene. Tilføj en godkender-app nu. Den gælder, når du har åbnet kontoen.",
        "You kept no login method, and your password is not enough by itself. Add an authenticator app now. It counts once you have opened the account.";
    APP_BACK: "Behold alligevel et af de gamle", "Keep one of the old ones after all";

    ACTIVITY_TITLE: "Er der noget, du ikke kender?", "Is there anything you do not recognise?";
    ACTIVITY_LEAD: "Se det igennem, før du åbner kontoen. Det nyeste står først.",
        "Look through it before you open the account. The newest stands first.";
    ACTIVITY_CALL: "Er der noget, du ikke selv har gjort, så ring til servicedesken på {phone}, før du går videre. Lad kontoen være spærret imens.",
        "If there is something you did not do, call the service desk on {phone} before you go on. Leave the account blocked meanwhile.";
    ACTIVITY_SAVE: "Jeg kender det hele – fortsæt", "I recognise all of it – continue";

    CONFIRM_TITLE: "Tjek, og åbn kontoen", "Check, and open the account";
    CONFIRM_LEAD: "Når du åbner kontoen, sker alt det her på én gang.",
        "When you open the account, all of this happens at once.";
    CONFIRM_PASSWORD: "Adgangskode", "Password";
    CONFIRM_PASSWORD_VALUE: "Den nye, du har valgt", "The new one you chose";
    CONFIRM_KEEP: "Beholder", "Kept";
    CONFIRM_REMOVE: "Fjernes", "Removed";
    CONFIRM_NEW: "Ny app", "New app";
    CONFIRM_CODES: "Koder på papir", "Codes on paper";
    CONFIRM_CODES_VALUE: "Du får et nyt ark. Det gamle virker ikke mere.",
        "You get a new sheet. The old one stops working.";
    CONFIRM_CONTACT: "Kontakt til dig", "Contact channels";
    CONFIRM_CONTACT_VALUE: "{kinds} blev ændret kort før spærringen. Det gælder ikke mere; HR's oplysninger gør.",
        "{kinds} was changed shortly before the block. That counts no more; HR's details do.";
    CONFIRM_UNTIL: "Gør det færdigt inden kl. {clock}. Ellers begynder du forfra med MitID.",
        "Finish before {clock}. Otherwise you start over with MitID.";
    CONFIRM_NONE: "Ingen", "None";
    CONFIRM_BACK: "Ret loginmidler", "Change login methods";
    CONFIRM_SUBMIT: "Åbn kontoen", "Open the account";

    AGAIN: "Begynd igen", "Begin again";

    OPENED: "Din konto er åben igen. Gem koderne, og log ind.", "Your account is open again. Save the codes and sign in.";

    RESET_TITLE: "Glemt adgangskode", "Forgotten password";
    RESET_LEAD: "Bekræft med MitID, at du er dig. Så vælger du en ny adgangskode med det samme.",
        "Confirm with MitID that it is you. Then you choose a new password at once.";
    RESET_ENDS: "Når den nye er gemt, virker den gamle ikke mere, og du bliver logget ud af portalen og af de systemer, vi kan give besked. Andre systemer kan være åbne lidt endnu.",
        "Once the new one is saved the old one stops working, and you are signed out of the portal and of the systems we can tell. Other systems may stay open a little longer.";
    RESET_OTHER_BODY: "Ring til servicedesken på {phone}. Det her kan endnu ikke gøres med pas eller kørekort, men de siger dig, hvad du kan gøre.",
        "Call the service desk on {phone}. This cannot be done with passport or driving licence yet, but they tell you what you can do.";
    RESET_BLOCKED: "Har du spærret din konto? Så genaktivér den", "Have you blocked your account? Reactivate it";
    RESET_SAVE: "Gem adgangskoden", "Save the password";

    CANNOT_TITLE: "Vi kan ikke åbne din konto", "We cannot open your account";
    CANNOT_RESET_TITLE: "Du kan ikke vælge en ny adgangskode her", "You cannot choose a new password here";
    CANNOT_MUNICIPALITY: "{municipality} har spærret kontoen, og kun kommunen kan åbne den. Ring til servicedesken på {phone}.",
        "{municipality} has blocked the account, and only the municipality can open it. Call the service desk on {phone}.";
    CANNOT_REGISTER: "CPR-registeret siger noget om dig, som vi skal se på sammen. Ring til servicedesken på {phone}.",
        "The CPR register says something about you that we must look at together. Call the service desk on {phone}.";
    CANNOT_ASSOCIATION: "Personalesystemet siger, at du ikke er ansat mere. Passer det ikke, så tal med din leder. Lederen kan få det rettet.",
        "The HR system says that you no longer work here. If that is not so, talk to your manager, who can have it corrected.";
    CANNOT_TERMS: "Kontoen er lukket, fordi vilkårene ikke er accepteret. Du åbner den med MitID; undervejs læser og accepterer du vilkårene.",
        "The account is closed because the terms are not accepted. You open it with MitID; on the way you read and accept the terms.";
    CANNOT_RECONFIRMATION: "Personalesystemet og MitID er ikke enige om dit cpr-nummer. Ring til servicedesken på {phone}, så får I det på plads.",
        "The HR system and MitID do not agree on your CPR number. Call the service desk on {phone} to settle it.";
    CANNOT_REVOKED: "Kontoen har været spærret i mere end 30 dage og er lukket for altid. Du laver en ny med en indbydelse, som du får tilsendt.",
        "The account was blocked for more than 30 days and is closed for good. You make a new one with an invitation that is sent to you.";
    CANNOT_NOT_BLOCKED: "Kontoen er ikke spærret. Du kan logge ind, som du plejer. Har du mistet det, du logger ind med, så spær den først, og åbn den så igen her.",
        "The account is not blocked. You can sign in as you usually do. If you lost what you sign in with, block it first, and then open it again here.";
    CANNOT_BLOCKED_FIRST: "Kontoen er lukket. Genaktivér den; undervejs vælger du en ny adgangskode.",
        "The account is closed. Reactivate it; on the way you choose a new password.";
    CANNOT_NO_LOGIN: "Vi fandt ikke et login, der hører til det MitID. Er du ny, så kom i gang. Ellers ring til servicedesken på {phone}.",
        "We found no login that belongs to that MitID. If you are new, get started. Otherwise call the service desk on {phone}.";
    CANNOT_ANEW: "Kontoen blev spærret, før den var taget i brug. Spærringen er ophævet, og det, der var valgt, er slettet. Vi har sendt et nyt link til din mail. Med det begynder du forfra. Kommer der ikke en mail inden for 10 minutter, så ring til servicedesken på {phone}.",
        "The account was blocked before it was in use. The block is lifted, and what had been chosen is deleted. We have sent a new link to your mail. With it you start over. If no mail comes within 10 minutes, call the service desk on {phone}.";
    CANNOT_MISSING: "Der mangler noget, før kontoen kan åbnes. Ring til servicedesken på {phone}, så finder I ud af hvad.",
        "Something is missing before the account can be opened. Call the service desk on {phone} to find out what.";
    CANNOT_START: "Kom i gang", "Get started";
}

//! A recovery code at a sign-in (page 5), what it opens, and a new sheet of them (page 31).

sentences! {
    WAYS: "Gendannelseskode fra dit ark", "Recovery code from your sheet";
    TITLE: "Brug en gendannelseskode", "Use a recovery code";
    LEAD: "Skriv en af gendannelseskoderne fra dit ark. Koden kan kun bruges én gang.",
        "Enter one of the recovery codes on your sheet. A code can be used only once.";
    THEN: "Koden er ikke nok alene. Bagefter bekræfter du dig med MitID og tilføjer et nyt loginmiddel.",
        "The code is not enough by itself. Then you confirm with MitID and add a new login method.";
    LOST: "Har du mistet dit loginmiddel, så kan andre have det. Tror du det, så spær din konto i stedet.",
        "If you lost your login method, others may have it. If you think so, block your account instead.";
    CODE: "Gendannelseskode", "Recovery code";
    CODE_HINT: "13 tegn. Store og små bogstaver, mellemrum og streger gør ikke noget.",
        "13 characters. Capitals, spaces and hyphens do not matter.";
    SUBMIT: "Fortsæt", "Continue";
    MISSING: "Skriv en kode fra dit ark.", "Enter a code from your sheet.";
    WRONG: "Koden passer ikke, eller den er brugt. Tjek, at arket er dit nyeste, og at det ikke er spærrekoden, du skriver.",
        "The code does not match, or it has been used. Check that the sheet is your newest, and that it is not the blocking code you enter.";

    PROVE_TITLE: "Bekræft dig med MitID", "Confirm with MitID";
    PROVE_LEAD: "Din gendannelseskode er godkendt og brugt. Bekræft nu med MitID, hvem du er. Så kan du tilføje et nyt loginmiddel og komme ind.",
        "Your recovery code is accepted and used up. Now confirm with MitID who you are. Then you can add a new login method and come in.";
    PROVE_FOUND: "Har du fundet dit loginmiddel alligevel? Log ind med det",
        "Have you found your login method after all? Sign in with it";
    APP_LEAD: "Du har bekræftet, hvem du er. Tilføj en godkender-app nu, så logger vi dig ind med den.",
        "You have confirmed who you are. Add an authenticator app now, and we sign you in with it.";
    KEY_INSTEAD: "Eller brug en nøgle", "Or use a key";
    APP_OLD: "Det gamle loginmiddel virker stadig. Fjern det under Dine loginmidler, når der er gået en time.",
        "The old login method still works. Remove it under Your login methods once an hour has passed.";
    APP_FULL: "Du har allerede så mange loginmidler, som man kan have. Spær din konto, og åbn den igen med MitID: Så vælger du, hvilke du beholder.",
        "You have as many login methods as one can have. Block your account and open it again with MitID: then you choose which to keep.";

    LEFT: "Gendannelseskoder tilbage på dit ark: {n}.", "Recovery codes left on your sheet: {n}.";
    FEW: "Du har kun {n} gendannelseskoder tilbage. Lav et nyt ark, så du ikke løber tør.",
        "You have only {n} recovery codes left. Make a new sheet so that you do not run out.";
    FEW_ONE: "Du har kun 1 gendannelseskode tilbage. Lav et nyt ark, så du ikke løber tør.",
        "You have only 1 recovery code left. Make a new sheet so that you do not run out.";
    NONE: "Du har ingen gendannelseskoder tilbage. Lav et nyt ark.", "You have no recovery codes left. Make a new sheet.";

    SHEET_HEADING: "Dit ark med koder", "Your sheet of codes";
    SHEET_BODY: "På arket står din spærrekode og dine gendannelseskoder. Er det væk, eller kan andre have set det, så lav et nyt.",
        "The sheet holds your blocking code and your recovery codes. If it is gone, or others may have seen it, make a new one.";
    NEW: "Nye koder", "New codes";
    NEW_TITLE: "Lav nye koder", "Make new codes";
    NEW_LEAD: "Du får et nyt ark med en spærrekode og ti gendannelseskoder. Koderne på det gamle ark virker ikke mere.",
        "You get a new sheet with a blocking code and ten recovery codes. The codes on the old sheet stop working.";
    NEW_READY: "Koderne vises kun én gang. Hav en printer eller papir og blyant klar.",
        "The codes are shown only once. Have a printer, or paper and pencil, ready.";
    NEW_GO: "Lav nye koder", "Make new codes";
    MADE: "Dine nye koder er lavet. De gamle virker ikke mere.", "Your new codes are made. The old ones no longer work.";
    SHEET_REPLACES: "{municipality}. Brugernavn {user}. Lavet {when}. Erstatter arket fra {before}.",
        "{municipality}. User name {user}. Made {when}. Replaces the sheet of {before}.";
    FOR_SHEET: "Fordi du er ved at lave nye koder.", "Because you are about to make new codes.";
}

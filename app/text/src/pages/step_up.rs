//! Confirming again who sits at an open session (page 8).

sentences! {
    TITLE: "Bekræft igen", "Confirm it's you";
    FOR_PRIVATE_MAIL: "Fordi du er ved at ændre, hvilken privat mail beskeder om dit login går til.",
        "Because you are about to change the private mail address that gets notices about your login.";
    FOR_MOBILE: "Fordi du er ved at ændre, hvilket mobilnummer beskeder om dit login går til.",
        "Because you are about to change the mobile number that gets notices about your login.";
    FOR_OWN_DATA: "Fordi du er ved at hente alt, hvad vi har om dig.",
        "Because you are about to take out everything we keep about you.";
    FOR_FACTORS: "Fordi du er ved at ændre dine loginmidler.",
        "Because you are about to change your login methods.";
    FOR_CODE_DEVICE: "Fordi du er ved at tilføje en kodeviser.",
        "Because you are about to add a code device.";
    FOR_PASSWORD: "Fordi du er ved at skifte din adgangskode.",
        "Because you are about to change your password.";
    FOR_RELATION: "Fordi du er ved at afslutte en tilknytning.",
        "Because you are about to end a work relation.";
    WHY: "Skriv en kode fra din app eller kodeviser, så vi er sikre på, at det er dig, der sidder her. Derefter har du 5 minutter.",
        "Enter a code from your app or code device, so that we are sure it is you who sits here. You then have 5 minutes.";
    WHY_KEY: "Brug din adgangsnøgle eller sikkerhedsnøgle, så vi er sikre på, at det er dig, der sidder her. Derefter har du 5 minutter.",
        "Use your passkey or security key, so that we are sure it is you who sits here. You then have 5 minutes.";
    OR_CODE: "Eller skriv en kode", "Or enter a code";
    OR_KEY: "Eller brug din adgangsnøgle eller sikkerhedsnøgle", "Or use your passkey or security key";
    PAUSED: "Koder er sat på pause til kl. {clock}, fordi der er prøvet for mange gange. Prøv igen bagefter.",
        "Codes are paused until {clock} because of too many attempts. Try again afterwards.";
    STOPPED: "Koder er stoppet, fordi der er prøvet for mange gange. Vælg en ny adgangskode med MitID, så virker de igen.",
        "Codes are stopped because of too many attempts. Choose a new password with MitID, and they work again.";
    NO: "Nej, gå tilbage", "No, go back";
}

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
    LOST_TITLE: "Har du mistet det, du skal bruge?", "Have you lost what you need?";
    LOST_SHEET: "Log af, og log ind igen med din adgangskode. Vælg så Vælg en anden måde, og brug en gendannelseskode fra dit ark. Bagefter bekræfter du dig med MitID og tilføjer et nyt loginmiddel.",
        "Sign out, and sign in again with your password. Then choose Choose another way, and use a recovery code on your sheet. After that you confirm with MitID and add a new login method.";
    LOST_BLOCK: "Har du ikke arket, eller kan andre have det, du har mistet? Spær din konto, og åbn den igen med MitID. Så vælger du, hvilke loginmidler du beholder, og tilføjer et nyt. Eller ring til servicedesken på {phone}.",
        "Do you not have the sheet, or may others have what you lost? Block your account, and open it again with MitID. You then choose which login methods to keep, and add a new one. Or call the service desk on {phone}.";
    NO: "Nej, gå tilbage", "No, go back";
}

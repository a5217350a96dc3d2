//! What to correct in a form: one sentence each, saying what to do.

sentences! {
    USER_NAME_MISSING: "Skriv dit brugernavn.", "Enter your user name.";
    PASSWORD_MISSING: "Skriv din adgangskode.", "Enter your password.";
    NO_MATCH: "Brugernavn eller adgangskode passer ikke. Prøv igen, eller få hjælp til at komme ind.",
        "User name and password do not match. Try again, or get help to come in.";
    LEFT: "{n} forsøg tilbage, før vi holder en pause.", "{n} attempts left before a pause.";
    LEFT_ONE: "1 forsøg tilbage, før vi holder en pause.", "1 attempt left before a pause.";
    CODE_MISSING: "Skriv koden fra din godkender-app.", "Enter the code from your authenticator app.";
    CODE_SHAPE: "Koden er 6 cifre. Skriv den, som den står i appen.",
        "The code is 6 digits. Enter it as it stands in the app.";
    CODE_WRONG: "Koden passer ikke. Vent på den næste kode i appen, og skriv den.",
        "The code does not match. Wait for the next code in the app and enter that.";
    CODE_CLOCK: "Tjek, at din telefons ur stilles automatisk.", "Check that your phone sets its clock automatically.";
    BLOCKING_CODE_MISSING: "Indtast spærrekoden fra dit ark.", "Enter the blocking code from your sheet.";
    CODES_NOT_SAVED: "Sæt flueben, når du har gemt koderne.", "Tick the box when you have saved the codes.";
    NOT_SURE: "Sæt flueben, hvis du er sikker.", "Tick the box if you are sure.";
    BOX: "Sæt flueben for at acceptere vilkårene.", "Tick the box to accept the terms.";
    SAME_PASSWORD: "Det er den adgangskode, du har i forvejen. Vælg en anden.",
        "That is the password you already have. Choose another.";
    CURRENT_MISSING: "Skriv din nuværende adgangskode.", "Enter your current password.";
    NOT_SHOWN: "Adgangskode eller kode passer ikke. Vent på den næste kode i appen, og prøv igen.",
        "Password or code does not match. Wait for the next code in the app, and try again.";
    NEW_PASSWORD_MISSING: "Skriv den adgangskode, du vil have.", "Enter the password you want.";
    TOO_SHORT: "Adgangskoden skal have mindst {n} tegn. Tilføj et par ord.",
        "The password needs at least {n} characters. Add a few words.";
    TOO_LONG: "Adgangskoden må højst have {n} tegn. Gør den kortere.",
        "The password may have at most {n} characters. Make it shorter.";
    OBVIOUS: "Adgangskoden er et navn eller et ord, som er let at gætte. Vælg nogle andre ord.",
        "The password is a name or a word that is easy to guess. Choose other words.";
    LEAKED: "Adgangskoden står på en liste over adgangskoder, som er lækket et andet sted. Vælg en, du ikke har brugt før.",
        "The password is on a list of passwords leaked elsewhere. Choose one you have not used before.";
    MAIL_SHAPE: "Skriv en mailadresse som navn@eksempel.dk.", "Enter a mail address such as name@example.com.";
    MOBILE_SHAPE: "Skriv et mobilnummer på 8 cifre, eller begynd med + og landekode.",
        "Enter a mobile number of 8 digits, or begin with + and the country code.";
    CONTACT_SAME: "Den bruger vi allerede. Skriv en anden.", "We use that already. Enter another.";
    SENT_CODE_MISSING: "Skriv koden på 8 cifre, som vi har sendt.", "Enter the code of 8 digits that we sent.";
    SENT_CODE_NO_MATCH: "Koden passer ikke. Skriv den, som den står i den nyeste besked.",
        "The code does not match. Enter it as it stands in the latest message.";
    SENT_LEFT: "{n} forsøg tilbage.", "{n} attempts left.";
    SENT_LEFT_ONE: "1 forsøg tilbage.", "1 attempt left.";
    FACTOR_NAME: "Skriv et navn på 1-30 tegn, for eksempel Min telefon.",
        "Enter a name of 1-30 characters, such as My phone.";
}

//! Choosing a password (page 26), and having forgotten it.

sentences! {
    TITLE: "Vælg din adgangskode", "Create your password";
    LEAD: "Vælg mindst {n} tegn. Tre-fire ord, som ikke hører sammen, er gode og lette at huske. Der er ingen krav om tal og specialtegn, og den udløber ikke.",
        "Choose at least {n} characters. Three or four words that do not belong together are good and easy to remember. No digits or signs are demanded, and it does not expire.";
    RULE_AVOID: "Brug ikke dit navn, dit brugernavn, kommunens navn eller en adgangskode, du har et andet sted.",
        "Do not use your name, your user name, the municipality's name or a password you have elsewhere.";
    LABEL: "Ny adgangskode", "New password";
    SAVE: "Gem adgangskoden", "Save the password";
    HINT_SHORT: "{n} tegn endnu", "{n} more characters";
    HINT_SHORT_ONE: "1 tegn endnu", "1 more character";
    HINT_LONG: "For lang: højst {n} tegn", "Too long: at most {n} characters";
    HINT_OBVIOUS: "Let at gætte: vælg andre ord", "Easy to guess: choose other words";
    HINT_GOOD: "Lang nok", "Long enough";
    RULE_LENGTH: "Mindst {n} tegn", "At least {n} characters";
    RULE_OBVIOUS: "Ikke et navn eller et ord, som er let at gætte", "Not a name or a word that is easy to guess";
    MET: "Opfyldt", "Met";

    FORGOT_NEVER: "Ingen kan se din adgangskode, og ingen vælger en ny for dig. Du vælger den selv.",
        "Nobody can see your password, and nobody chooses a new one for you. You choose it yourself.";
    FORGOT_NEW: "Er du ny og ikke færdig? Åbn linket i din mail igen.",
        "New here and not finished? Open the link in your mail again.";
    FORGOT_BACK: "Tilbage til Log ind", "Back to Sign in";

    LEAKED_TITLE: "Skift din adgangskode", "Change your password";
    LEAKED_LEAD: "Din adgangskode står på lister over adgangskoder, der er stjålet andre steder. Andre kan derfor gætte den.",
        "Your password stands on lists of passwords that were stolen elsewhere. So others can guess it.";
    LEAKED_UNTIL: "Du kan bruge den til {moment}. Derefter bliver dit login spærret, og du åbner det igen med MitID og en ny adgangskode.",
        "You can use it until {moment}. After that your login is blocked, and you open it again with MitID and a new password.";
    LEAKED_GO: "Skift adgangskode nu", "Change the password now";
    LEAKED_LATER: "Ikke nu", "Not now";
}

//! The overview (page 34).

sentences! {
    TITLE: "Overblik", "Overview";
    HELLO: "Hej {name}", "Hello {name}";
    OK: "Dit login er i orden. Der er ikke noget, du skal gøre.", "Your login is in order. There is nothing you need to do.";
    WAITING: "Der er noget, der venter på dig.", "Something is waiting for you.";
    NOT_USABLE: "Dit login kan ikke bruges til systemer lige nu. Ring til servicedesken på {phone}.",
        "Your login cannot be used for systems right now. Call the service desk on {phone}.";
    NEXT_NEAR: "Bekræft med MitID senest {day}, at dit login stadig er dit. Det tager et par minutter.",
        "Confirm with MitID by {day} that your login is still yours. It takes a few minutes.";
    NEXT_A_YEAR: "Bekræft med MitID, at dit login stadig er dit. Det skulle være gjort senest {day}, og indtil da kan du ikke bruge systemer, der kræver niveau Betydelig.",
        "Confirm with MitID that your login is still yours. It was to be done by {day}, and until then you cannot use systems that demand level Substantial.";
    NEXT_NEW_NAME: "Personalesystemet fik et andet navn til dig {day}. Bekræft med MitID, at dit login stadig er dit. Indtil da kan du ikke bruge systemer, der kræver niveau Betydelig.",
        "The HR system got another name for you on {day}. Confirm with MitID that your login is still yours. Until then you cannot use systems that demand level Substantial.";
    NEXT_GO: "Bekræft dig igen", "Confirm again";
    NEXT_SECOND: "Dit login er i orden, men du har kun ét loginmiddel. Tilføj et mere, så du ikke er låst ude, hvis du mister det.",
        "Your login is in order, but you have only one login method. Add another, so that you are not locked out if you lose it.";
    NEXT_NONE: "Intet af dine loginmidler tæller længere, for {municipality} godkender ikke den model mere. Næste gang du logger ind, bruger du en gendannelseskode fra dit ark og MitID og tilføjer et nyt. Har du ikke arket, så spær din konto, og åbn den igen med MitID.",
        "None of your login methods counts any longer, for {municipality} no longer approves that model. The next time you sign in, use a recovery code on your sheet and MitID, and add a new one. If you do not have the sheet, block your account, and open it again with MitID.";
    NEXT_NONE_GO: "Se dine loginmidler", "See your login methods";
    NEXT_SECOND_GO: "Tilføj et loginmiddel mere", "Add another login method";
    NEXT_CHECK: "Har du stadig “{name}”? Det er mere end fire uger siden, du tilføjede det, og siden de fire uger var gået, har du ikke brugt det. Afprøv det, mens du er logget ind.",
        "Do you still have “{name}”? You added it more than four weeks ago, and have not used it since those four weeks were over. Test it while you are signed in.";
    NEXT_CHECK_GO: "Afprøv det nu", "Test it now";
    NEXT_CHECK_LATER: "Spørg ikke igen", "Do not ask again";
    CHECK_TITLE: "Har du det stadig?", "Do you still have it?";
    CHECK_LATER: "Fortsæt uden at afprøve det", "Go on without testing it";
    CHECK_DONE: "Det virker. Du spørges ikke igen.", "It works. You are not asked again.";
    CHECK_GO_ON: "Fortsæt", "Go on";
    LOGIN: "Dit login", "Your login";
    USER_NAME: "Brugernavn", "User name";
    LEVEL: "Sikringsniveau", "Level of assurance";
    LEVEL_PILOT: "Intet i pilotforsøget", "None during the pilot";
    LEVEL_LOW: "Lav", "Low";
    LEVEL_SUBSTANTIAL: "Betydelig", "Substantial";
    LEVEL_HIGH: "Høj", "High";
    SIGNED_IN: "Logget ind", "Signed in";
    SIGNED_IN_BEFORE: "Logget ind gangen før", "Signed in the time before";
    UNITS: "Tilknytning", "Work relation";
    TERMS: "Vilkår", "Terms";
    TERMS_VALUE: "Version {version} accepteret", "Version {version} accepted";
    RECONFIRM: "Bekræft dig igen senest", "Confirm who you are again by";
    FACTORS: "Dine loginmidler", "Your login methods";
    FACTOR_ADDED: "Tilføjet {day}", "Added {day}";
    FACTOR_USED: "Sidst brugt {moment}", "Last used {moment}";
    ROLES: "Dine roller", "Your roles";
    ROLE_UNTIL: "Til og med {day}", "Until {day}";
    ROLE_WAITS: "Rolle til dig: {role}", "A role for you: {role}";
    ROLE_WAITS_BODY: "To personer har foreslået dig som {role} {day}. Rollen virker først, når du siger ja. Den giver adgang til andres oplysninger, og alt, du gør med den, bliver skrevet ned.",
        "Two people proposed you as {role} on {day}. The role works only once you say yes. It gives access to other people's details, and everything you do with it is recorded.";
    ROLE_ACCEPT: "Sig ja til rollen", "Accept the role";
    ROLE_DECLINE: "Vil du ikke have den, så lad den ligge. Den forsvinder af sig selv efter 14 dage.",
        "If you do not want it, leave it. It goes away by itself after 14 days.";
    BLOCK: "Tror du, at andre kender din adgangskode eller har din telefon? Spær din konto.",
        "Do you think others know your password or have your phone? Block your account.";
}

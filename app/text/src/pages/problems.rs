//! Pages for what is not there, is over, or does not work.

sentences! {
    MISSING_TITLE: "Siden findes ikke", "Page not found";
    MISSING_BODY: "Har du skrevet adressen selv, så se den efter. Kom du fra et link, kan det være gammelt.",
        "If you typed the address, check it. If you followed a link, it may be old.";
    GONE_TITLE: "Der gik for lang tid", "It took too long";
    GONE_ENROLMENT: "Du har ikke mistet noget, der var gemt. Åbn linket i din mail igen, så fortsætter du.",
        "Nothing that was saved is lost. Open the link in your mail again to go on.";
    GONE_ENROLMENT_PROVED: "Havde du allerede bekræftet, hvem du er, beder vi dig gøre det igen.",
        "If you had already confirmed who you are, we ask you to do it again.";
    GONE_REOPENING: "Nåede du ikke at åbne kontoen, er den stadig spærret, og der er ikke ændret noget. Begynd igen med MitID. Har du åbnet den, så log ind.",
        "If you had not opened the account yet, it is still blocked and nothing was changed. Begin again with MitID. If you have opened it, sign in.";
    GONE_RESET: "Nåede du ikke at gemme en ny adgangskode, gælder den gamle stadig. Begynd igen med MitID. Har du gemt den nye, så log ind.",
        "If you had not saved a new password yet, the old one still holds. Begin again with MitID. If you have saved the new one, sign in.";
    GONE_SIGN_IN: "Gå tilbage til det system, du vil bruge, og begynd forfra dér, eller log ind på portalen.",
        "Go back to the system you want to use and begin again there, or sign in to the portal.";
    GONE_METHODS: "Siden gælder kun kort tid og kun én gang. Var du færdig, er det gemt. Ellers begynd igen fra dine loginmidler.",
        "The page holds for a short time only, and only once. If you were done, it is saved. If not, start again from your login methods.";
    OTHER_BROWSER_TITLE: "Siden hører til en anden browser", "This page belongs to another browser";
    OTHER_BROWSER_BODY: "For at passe på dig virker siden kun i den browser, hvor du begyndte. Gå tilbage til den, eller begynd forfra her.",
        "To protect you, this page works only in the browser where you began. Go back to it, or begin again here.";
    LINK_TITLE: "Linket virker ikke længere", "The link no longer works";
    LINK_BODY: "Det kan være brugt, erstattet af et nyere, mere end 30 dage gammelt, eller lukket, fordi du ikke blev færdig inden 14 dage. Se efter en nyere mail fra os, eller bekræft dig med MitID, så sender vi et nyt link.",
        "It may have been used, replaced by a newer one, be more than 30 days old, or closed because you did not finish within 14 days. Look for a newer mail from us, or confirm who you are with MitID and we send a new link.";
    LINK_ENDED: "Linket lukker også, når personalesystemet siger, at din tilknytning er slut. Passer det ikke, så tal med din leder.",
        "The link also closes when the HR system says that your work relation has ended. If that is not so, talk to your manager.";
    LINK_NEW: "Find din invitation med MitID", "Find your invitation with MitID";
    LINK_DONE: "Er du allerede færdig? Log ind", "Already finished? Sign in";
    FAULT_TITLE: "Noget gik galt hos os", "Something went wrong at our end";
    FAULT_BODY: "Det er ikke noget, du har gjort. Prøv igen om lidt.", "It is nothing you did. Try again shortly.";
    FOREIGN_TITLE: "Siden kunne ikke bruges", "This page could not be used";
    FOREIGN_BODY: "Formularen kom ikke herfra. Gå til forsiden, og begynd igen.",
        "The form did not come from here. Go to the front page and start again.";
    BACK_TO_SERVICE: "Tilbage til systemet", "Back to the system";
    BUSY_TITLE: "Vi kan ikke svare lige nu", "We cannot answer right now";
    BUSY_BODY: "Et system, vi er afhængige af, svarer ikke. Prøv igen om et par minutter.",
        "A system we depend on does not answer. Try again in a few minutes.";
    CLOSED_TITLE: "Man kan ikke logge ind lige nu", "Nobody can sign in right now";
    CLOSED_LEAD: "Vi gør loginløsningen klar igen efter en fejl. Vi åbner, når vi er sikre på, at intet spærret login kan bruges.",
        "We are getting the login service ready after a fault. We open when we are sure that no blocked login can be used.";
    CLOSED_YOU: "Det er ikke noget, du har gjort, og du skal ikke begynde forfra. Prøv igen om en times tid.",
        "It is nothing you did, and you need not start over. Try again in an hour or so.";
    CLOSED_BLOCK: "Spær mit login", "Block my login";
    CLOSED_URGENT: "Kan det ikke vente, så ring til {phone}. Tror du, at andre bruger dit login, kan du spærre det med det samme.", "If it cannot wait, call {phone}. If you think others use your login, you can block it at once.";
}

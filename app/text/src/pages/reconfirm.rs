//! Confirming anew with MitID: page 9 at a sign-in, and the same from the overview.

sentences! {
    TITLE: "Inden du fortsætter", "Before you continue";
    TITLE_OWN: "Bekræft dig igen", "Confirm again who you are";
    LEAD_NEAR: "Bekræft med MitID, at dit login stadig er dit. Gør det senest {day}.",
        "Confirm with MitID that your login is still yours. Do it by {day}.";
    LEAD_LATER: "Du bekræfter dig igen senest {day}. Du kan godt gøre det nu.",
        "You confirm again by {day}. You may do it now.";
    LEAD_A_YEAR: "Bekræft med MitID, at dit login stadig er dit. Det skulle være gjort senest {day}.",
        "Confirm with MitID that your login is still yours. It was to be done by {day}.";
    LEAD_NEW_NAME: "Personalesystemet fik et andet navn til dig {day}. Bekræft med MitID, at dit login stadig er dit.",
        "The HR system got another name for you on {day}. Confirm with MitID that your login is still yours.";
    WHY: "Det gør alle med et login til {municipality} én gang om året, og når deres navn ændres.",
        "Everybody with a login to {municipality} does so once a year, and when their name changes.";
    OVERDUE: "Indtil da kan du ikke bruge systemer, der kræver niveau Betydelig. Portalen her virker som altid.",
        "Until then you cannot use systems that demand level Substantial. This portal works as always.";
    THEN_SERVICE: "Bagefter kommer du videre til {service}.", "Then you go on to {service}.";
    NAME_WRONG: "Passer navnet ikke, så tal med din leder, som kan få det rettet.",
        "If the name is not right, talk to your manager, who can have it corrected.";
    LATER: "Ikke nu – fortsæt", "Not now – continue";
    BACK: "Tilbage til overblik", "Back to the overview";
}

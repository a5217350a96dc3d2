//! Blocking, as far as it goes today: by phone.

sentences! {
    TITLE: "Spær min konto", "Block my account";
    LEAD: "Spær din konto, hvis du tror, at andre kender din adgangskode eller har din telefon. Du behøver ikke være sikker.",
        "Block your account if you think others know your password or have your phone. You need not be sure.";
    CALL: "Ring nu: {phone}", "Call now: {phone}";
    HOW: "Servicedesken spærrer med det samme, når de har sikret sig, at det er din konto. Du kan få den åbnet igen, når de er sikre på, at du er dig.",
        "The service desk blocks at once when they have made sure it is your account. It can be opened again once they are sure it is you.";
    HONEST: "Du kan endnu ikke selv spærre her på siden.", "You cannot block it yourself on this page yet.";
    MEANWHILE: "Gør også det her", "Do this too";
    MEANWHILE_OUT: "Er du logget ind, så vælg Log af.", "If you are signed in, choose Sign out.";
    MEANWHILE_PHONE: "Er din telefon væk, så lås den på afstand, og spær SIM-kortet hos dit teleselskab.",
        "If your phone is gone, lock it remotely and block the SIM card with your operator.";
    MEANWHILE_LEAD: "Sig det til din leder, hvis andre kan have set borgeres oplysninger.",
        "Tell your manager if others may have seen citizens' details.";
}

//! What works, and what is announced: page 45, and the words above the pages where people sign in.

sentences! {
    TITLE: "Driftsstatus", "Service status";
    ALL_WORKS: "Alt virker, så vidt vi kan se.", "Everything works, as far as we can see.";
    NOT_ALL: "Ikke alt virker lige nu. Du behøver ikke gøre noget; vi arbejder på det.",
        "Not everything works right now. You need not do anything; we are working on it.";
    SIGN_IN: "Login på portalen og i systemerne", "Signing in to the portal and to systems";
    BLOCKING: "Spærring af et login", "Blocking a login";
    MITID: "Bekræftelse med MitID", "Confirming with MitID";
    MAIL: "Mails fra os", "Mails from us";
    WORKS: "Virker", "Works";
    NOTHING_KNOWN: "Ingen kendte problemer", "No known problems";
    SIGN_IN_FAILS: "Virker ikke lige nu. Er du allerede inde i et system, kan du arbejde videre.",
        "Does not work right now. If you are in a system already, you can go on working.";
    BLOCKING_FAILS: "Virker ikke på siden lige nu. Ring til {phone}, så spærrer vi for dig.",
        "Does not work on this page right now. Call {phone}, and we block it for you.";
    MITID_FAILS: "Nogle forsøg lykkedes ikke for nylig. Prøv igen om lidt, eller vælg en anden vej.",
        "Some attempts did not succeed lately. Try again shortly, or choose another way.";
    MAIL_FAILS: "Mails kan være forsinkede. De bliver sendt, så snart det kan lade sig gøre.",
        "Mails may be late. They are sent as soon as possible.";
    SEEN_AT: "Sådan så det ud {moment}.", "This is how it looked on {moment}.";
    PLANNED: "Planlagte afbrydelser", "Planned outages";
    NONE_PLANNED: "Der er ikke planlagt nogen.", "None are planned.";
    CALL: "Er der noget, der ikke virker for dig? Ring til servicedesken på {phone}.",
        "Does something not work for you? Call the service desk on {phone}.";
    OUTAGE_ON: "Lige nu: {text} Vi regner med, at det er overstået {until}.",
        "Right now: {text} We expect it to be over on {until}.";
    OUTAGE_PLANNED: "Fra {from} til {until}: {text}", "From {from} to {until}: {text}";
    MORE: "Se driftsstatus", "See the service status";
}

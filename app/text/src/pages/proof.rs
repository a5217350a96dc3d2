//! Proving who one is: pages 6, 24 and 25, and the pages for a proof that did not succeed.

sentences! {
    TITLE: "Bekræft, hvem du er", "Confirm who you are";
    LEAD: "Vi skal sikre os, at du er dig. Her bekræfter du det med MitID.",
        "We must be sure that you are you. Here you confirm it with MitID.";
    SHARED: "Fra MitID får vi dit navn og cpr-nummer, og hvornår og hvordan du bekræftede. Cpr-nummeret bruger vi til at se, at du er den, personalesystemet har oprettet, og til at slå op i CPR-registeret.",
        "From MitID we get your name and CPR number, and when and how you confirmed. We use the number to see that you are the one HR registered, and to look it up in the CPR register.";
    BUTTON: "Bekræft med MitID", "Confirm with MitID";
    AFTER: "Du kommer til MitID og bagefter tilbage hertil. Vælg kun Godkend, hvis det er {municipality}, der står i appen.",
        "You go to MitID and come back here afterwards. Approve only if it is {municipality} you see in the app.";
    OTHER: "Jeg vil ikke bruge MitID", "I would rather not use MitID";

    WITHOUT_TITLE: "Bekræft dig uden MitID", "Confirm without MitID";
    WITHOUT_LEAD: "Det er helt i orden. Du behøver ikke bruge dit private MitID til dit arbejde.",
        "That is quite all right. You need not use your private MitID for your work.";
    WITHOUT_HOW: "Sådan gør du", "How it works";
    WITHOUT_CALL: "Ring til servicedesken på {phone}. De siger, hvem i Borgerservice du skal møde, og hvornår.",
        "Call the service desk on {phone}. They tell you whom to see at Borgerservice, and when.";
    WITHOUT_BRING: "Tag dit pas eller kørekort med. Det skal være gyldigt.",
        "Bring your passport or driving licence. It must not have expired.";
    WITHOUT_THEN: "Uden MitID kan resten endnu ikke gøres færdig her på siden. De siger dig, hvad der så sker; fortæl det også til din leder.",
        "Without MitID the rest cannot be finished on this site yet. They tell you what happens then; tell your manager too.";
    WITHOUT_BACK: "Tilbage til MitID", "Back to MitID";
    WITHOUT_BACK_START: "Tilbage til Kom i gang", "Back to Get started";

    STOPPED_TITLE: "Du stoppede undervejs", "You stopped on the way";
    STOPPED_BODY: "Der er ikke sket noget. Prøv igen, når det passer dig, eller vælg vejen uden MitID.",
        "Nothing has happened. Try again when it suits you, or choose the way without MitID.";
    STOPPED_OWN: "Der er ikke sket noget. Prøv igen, når det passer dig.",
        "Nothing has happened. Try again when it suits you.";
    RETRY_TITLE: "Vi fik ikke et svar, vi kunne bruge", "We did not get an answer we could use";
    RETRY_BODY: "Der gik for lang tid, eller svaret kom til en anden fane. Begynd igen herfra.",
        "It took too long, or the answer came to another tab. Begin again from here.";
    OTHER_WAY_TITLE: "Vi kan ikke bekræfte dig på denne måde", "We cannot confirm you this way";
    OTHER_WAY_BODY: "Det MitID, der blev brugt, passer ikke med det, personalesystemet har, eller kan ikke bruges til et login på niveau Betydelig. Har du brugt dit eget MitID, så ring til servicedesken på {phone}. De siger, hvad du kan gøre.",
        "The MitID that was used does not fit what HR has, or cannot be used for a login at level Substantial. If you used your own MitID, call the service desk on {phone}. They tell you what you can do.";
    OTHER_WAY_OWN: "Det MitID, der blev brugt, passer ikke til dette login, eller kan ikke bruges på niveau Betydelig. Der er ikke ændret noget. Prøv igen med dit eget MitID, eller ring, så siger de dig, hvad du kan gøre.",
        "The MitID that was used does not fit this login, or cannot be used at level Substantial. Nothing was changed. Try again with your own MitID, or call and they tell you what you can do.";
    LATER_TITLE: "Det virker ikke lige nu", "It does not work right now";
    LATER_BODY: "Der er et problem hos MitID, hos CPR-registeret eller hos os. Det er ikke noget, du har gjort. Prøv igen om en time.",
        "There is a problem at MitID, at the CPR register or with us. It is nothing you did. Try again in an hour.";
    TRY_AGAIN: "Prøv igen", "Try again";
    OPEN_LINK: "Åbn linket i din mail igen for at fortsætte.", "Open the link in your mail again to go on.";
}

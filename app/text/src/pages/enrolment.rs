//! Getting started: pages 21, 32 and 33.

sentences! {
    TITLE: "Kom i gang", "Get started";
    LEAD: "Her får du dit personlige login til {municipality}. Det tager omkring 12 minutter.",
        "Here you get your personal login for {municipality}. It takes about 12 minutes.";
    NEEDS: "Det skal du bruge", "What you need";
    NEED_MITID: "MitID. Har du ikke MitID, eller vil du ikke bruge det, så ring til servicedesken på {phone}. De siger, hvad du kan gøre.",
        "MitID. If you have none or would rather not use it, call the service desk on {phone}. They tell you what you can do.";
    NEED_PHONE: "En telefon eller tablet med en godkender-app. Har du ikke en, hjælper servicedesken dig.",
        "A phone or tablet with an authenticator app. If you have none, the service desk helps you.";
    STEPS: "Det skal du igennem", "What you go through";
    TASK_TERMS: "Læs og acceptér vilkårene", "Read and accept the terms";
    TASK_PROOF: "Bekræft, hvem du er", "Confirm who you are";
    TASK_PASSWORD: "Vælg din adgangskode", "Choose your password";
    TASK_FACTOR: "Tilføj et loginmiddel", "Add a login method";
    FACTOR_MEANS: "Et loginmiddel er noget, kun du har, for eksempel en app på din telefon.",
        "A login method is something only you have, such as an app on your phone.";
    TIME: "Fra du bekræfter, hvem du er, har du 60 minutter til resten. Når du det ikke, bekræfter du dig blot igen. Er du ikke færdig inden 14 dage, sletter vi det, du har valgt, og du begynder forfra med et nyt link.",
        "From confirming who you are you have 60 minutes for the rest. If you need longer, just confirm again. If you have not finished within 14 days, we delete what you chose and you begin again with a new link.";
    BEGINS: "Du begynder {day}, og fra den dag lukker systemerne dig ind. Du kan gøre dit login klar allerede nu.",
        "You start on {day}, and from that day systems let you in. You can make your login ready now.";
    LINK_UNTIL: "Dit link virker til og med {day}.", "Your link works until {day}.";
    BEGIN: "Begynd", "Begin";
    RESUME: "Fortsæt, hvor du slap", "Go on where you left off";
    NEXT: "Fortsæt", "Continue";

    NO_LINK_TITLE: "Kom i gang", "Get started";
    NO_LINK_LEAD: "Du skal have et personligt login til {municipality}. Vælg den vej, der passer dig.",
        "You are getting a personal login for {municipality}. Choose the way that suits you.";
    NO_LINK_HAVE: "Jeg har fået en mail med et link", "I have a mail with a link";
    NO_LINK_HAVE_BODY: "Åbn linket i mailen. Så kommer du til det rigtige sted. Linket virker i 30 dage.",
        "Open the link in the mail. It takes you to the right place. The link works for 30 days.";
    NO_LINK_LOST: "Jeg har ikke linket", "I don't have the link";
    NO_LINK_LOST_BODY: "Bekræft, hvem du er, med MitID. Er der en invitation til dig, sender vi et nyt link til den mailadresse, personalesystemet har.",
        "Confirm who you are with MitID. If there is an invitation for you, we send a new link to the mail address HR has.";
    FIND_TITLE: "Find din invitation med MitID", "Find your invitation with MitID";
    FOUND_TITLE: "Tjek din mail", "Check your mail";
    FOUND_SENT: "Vi har sendt et nyt link til {address}. Åbn det her i browseren. Det gamle link virker ikke længere.",
        "We sent a new link to {address}. Open it in this browser. The old link no longer works.";
    FOUND_MAYBE: "Er der en invitation til dig, har vi sendt et nyt link til den mailadresse, personalesystemet har.",
        "If there is an invitation for you, we have sent a new link to the mail address HR has.";
    FOUND_NOTHING: "Kommer der ikke en mail inden for 10 minutter? Spørg din leder, hvilken mailadresse personalesystemet har, eller ring til {phone}.",
        "No mail within 10 minutes? Ask your manager which mail address HR has, or call {phone}.";

    REVIEW_TITLE: "Tjek og gør færdig", "Check and finish";
    REVIEW_LEAD: "Se det hele igennem. Dit login virker, når du vælger Gør færdig.",
        "Look it through. Your login works once you choose Finish.";
    REVIEW_LEAD_LATER: "Se det hele igennem. Når du vælger Gør færdig, er dit login klar, og fra {day} lukker systemerne dig ind.",
        "Look it through. Once you choose Finish your login is ready, and from {day} systems let you in.";
    REVIEW_NAME: "Navn", "Name";
    REVIEW_USER_NAME: "Brugernavn", "User name";
    REVIEW_TERMS: "Vilkår", "Terms";
    REVIEW_TERMS_VALUE: "Version {version}, accepteret {moment}", "Version {version}, accepted {moment}";
    REVIEW_PROOF: "Bekræftet", "Confirmed";
    REVIEW_PROOF_VALUE: "Med MitID {moment}", "With MitID {moment}";
    REVIEW_PASSWORD: "Adgangskode", "Password";
    REVIEW_PASSWORD_VALUE: "Gemt. Ingen kan se den.", "Saved. Nobody can see it.";
    REVIEW_FACTOR: "Loginmidler", "Login methods";
    REVIEW_CHANGE_PASSWORD: "Ret adgangskoden", "Change the password";
    REVIEW_WRONG: "Passer navn eller brugernavn ikke, så sig det til din leder. Det rettes i personalesystemet; du kan gøre færdig imens.",
        "If the name or user name is not right, tell your manager. It is corrected in the HR system; you can finish meanwhile.";
    REVIEW_UNTIL: "Gør færdig senest kl. {clock}. Derefter skal du bekræfte dig igen.",
        "Finish by {clock}. After that you must confirm who you are again.";
    FINISH: "Gør færdig", "Finish";

    DONE_TITLE: "Du er klar", "You're ready";
    DONE_LEAD: "Velkommen, {name}. Dit login virker nu.", "Welcome, {name}. Your login works now.";
    DONE_LEAD_LATER: "Velkommen, {name}. Dit login er klar, og det virker i systemerne fra {day}.",
        "Welcome, {name}. Your login is ready, and it works in the systems from {day}.";
    DONE_AT: "Oprettet", "Created";
    DONE_NEXT: "Det sker nu", "What happens now";
    DONE_MAIL: "Du får en kvittering med mail.", "You get a receipt by mail.";
    DONE_SERVICES: "Systemerne kan være et par minutter om at lukke dig ind første gang.",
        "Systems may take a few minutes before they let you in for the first time.";
    DONE_SERVICES_LATER: "Indtil {day} lukker systemerne dig ikke ind. Dit overblik her kan du se med det samme.",
        "Until {day} systems do not let you in. Your overview here you can see at once.";
    DONE_KEEP: "Hold din adgangskode for dig selv. Ingen fra {municipality} spørger efter den eller efter koden fra din app.",
        "Keep your password to yourself. Nobody from {municipality} asks for it or for the code from your app.";
    DONE_SECOND: "Hav helst to loginmidler, så du ikke er låst ude, hvis du mister det ene. Tilføj et mere under Dine loginmidler.",
        "Two login methods are best: then you are not locked out if you lose one. Add another under Your login methods.";
    DONE_AGAIN: "Senest {day} beder vi dig bekræfte igen, hvem du er.",
        "By {day} we ask you to confirm again who you are.";
    DONE_GO: "Gå til dit overblik", "Go to your overview";
}

//! Going on with the phone: what the computer says, and what the phone says.

sentences! {
    GO: "Fortsæt på din telefon", "Continue on your phone";
    GO_BODY: "Sidder du ved en pc? Så kan du tilføje din telefon ved at scanne et billede. Du skal ikke skrive din adgangskode på telefonen.",
        "At a computer? You can add your phone by scanning a picture. You need not enter your password on the phone.";

    TITLE: "Fortsæt på din telefon", "Continue on your phone";
    SCAN_LEAD: "Åbn kameraet på din telefon, og scan billedet. Så viser telefonen et tal, som du skriver her.",
        "Open the camera of your phone and scan the picture. Your phone then shows a number that you enter here.";
    PICTURE: "Billede til scanning. Det samme link står nedenfor.", "Picture to scan. The same link stands below.";
    CANNOT_SCAN: "Kan du ikke scanne?", "Can't scan?";
    CANNOT_SCAN_BODY: "Send dette link til dig selv, og åbn det på telefonen. Det virker kun én gang.",
        "Send this link to yourself and open it on the phone. It works only once.";
    COPY: "Kopiér linket", "Copy the link";
    COPY_NOT: "Kunne ikke kopiere. Markér linket, og kopiér det selv.", "Could not copy. Select the link and copy it yourself.";
    UNTIL: "Linket virker til kl. {time}.", "The link works until {time}.";
    NUMBER_LEAD: "En telefon har åbnet linket. Skriv det tal, den viser.", "A phone opened the link. Enter the number it shows.";
    NUMBER: "Tallet på telefonen", "The number on the phone";
    NUMBER_HINT: "Seks cifre", "Six digits";
    NEXT: "Næste", "Next";
    NOT_MINE: "Er det ikke din egen telefon, så stop her.", "If it is not your own phone, stop here.";
    STOP: "Stop", "Stop here";
    WAIT_TITLE: "Gør færdig på telefonen", "Finish on the phone";
    WAIT_LEAD: "Telefonen er lukket ind. Vælg på telefonen, hvad du vil tilføje. Kom tilbage hertil, når telefonen siger til.",
        "The phone was let in. Choose on the phone what you want to add. Come back here when the phone says so.";
    LOOK_AGAIN: "Jeg er færdig på telefonen", "I am done on the phone";
    CONFIRM_TITLE: "Er det dit loginmiddel?", "Is this your login method?";
    CONFIRM_LEAD: "Telefonen har lavet et loginmiddel. Det tæller først, når du siger ja her.",
        "The phone made a login method. It counts only once you say yes here.";
    CALLED: "Navn", "Name";
    KIND: "Loginmiddel", "Login method";
    MADE_IN: "Lavet med", "Made with";
    MADE_FROM: "Fra adressen", "From the address";
    OTHER_BROWSER: "en anden browser", "another browser";
    YES: "Ja, tilføj det", "Yes, add it";
    NO: "Nej, det er ikke mit", "No, it is not mine";
    OVER_TITLE: "Der er ikke tilføjet noget", "Nothing was added";
    OVER_TWICE: "Linket blev åbnet to gange. For en sikkerheds skyld stoppede vi, så ingen anden kan tilføje sin telefon.",
        "The link was opened twice. To be safe we stopped, so that nobody else can add their phone.";
    OVER_NUMBERS: "Tallet passede ikke tre gange. For en sikkerheds skyld stoppede vi.",
        "The number did not fit three times. To be safe we stopped.";
    OVER_REFUSED: "Loginmidlet kunne ikke tilføjes. Du har det i forvejen, eller du har så mange, som man kan have. En ny adgangsnøgle på telefonen kan du slette igen.",
        "The login method could not be added. You have it already, or you have as many as one can have. A new passkey on the phone you can delete again.";
    OVER_LEFT: "Du stoppede, før det var færdigt.", "You stopped before it was done.";
    DONE_TITLE: "Telefonen er tilføjet", "The phone was added";
    DONE_BODY: "Du kan lukke siden på telefonen.", "You can close the page on the phone.";
    AGAIN: "Begynd forfra", "Start again";
    TO_METHODS: "Til dine loginmidler", "To your login methods";

    OPEN_TITLE: "Er det din telefon?", "Is this your phone?";
    OPEN_LEAD: "Du er ved at tilføje et loginmiddel på denne telefon til en konto, der er åben på en pc.",
        "You are about to add a login method on this phone to an account that is open on a computer.";
    OPEN_BODY: "Fortsæt kun, hvis du selv scannede billedet på din egen skærm.",
        "Go on only if you scanned the picture on your own screen yourself.";
    OPEN: "Fortsæt på denne telefon", "Continue on this phone";
    SHOW_TITLE: "Skriv tallet på pc'en", "Enter the number on the computer";
    SHOW_LEAD: "Skriv dette tal på den skærm, hvor du scannede billedet:", "Enter this number on the screen where you scanned the picture:";
    SHOW_THEN: "Derefter går det videre her.", "Then it goes on here.";
    TYPED: "Jeg har skrevet tallet", "I have entered the number";
    CHOOSE_TITLE: "Hvad vil du tilføje?", "What do you want to add?";
    CHOOSE_LEAD: "Konto: {account}", "Account: {account}";
    CHOOSE_PASSKEY: "Tilføj adgangsnøgle (anbefalet)", "Add a passkey (recommended)";
    CHOOSE_PASSKEY_BODY: "Du låser telefonen op med fingeraftryk, ansigt eller pinkode. Det er det hele.",
        "You unlock the phone by fingerprint, face or PIN. That is all.";
    CHOOSE_APP: "Tilføj godkender-app", "Add an authenticator app";
    CHOOSE_APP_BODY: "Har du en godkender-app på telefonen, så brug den.", "If you have an authenticator app on the phone, use it.";
    OTHER: "Vælg noget andet", "Choose something else";
    MADE_TITLE: "Sig ja på pc'en", "Say yes on the computer";
    MADE_BODY: "{name} er klar. Den tæller, når du siger ja på pc'en. Du er færdig her.",
        "{name} is ready. It counts once you say yes on the computer. You are done here.";
    ENDED_TITLE: "Du er færdig på telefonen", "You are done on the phone";
    ENDED_BODY: "Se på pc'en, om loginmidlet blev tilføjet. Du kan lukke siden her.",
        "See on the computer whether the login method was added. You can close this page.";

    LINK_TITLE: "Linket virker ikke mere", "The link no longer works";
    LINK_BODY: "Et link virker én gang og i ti minutter. Få et nyt på den pc, hvor du er logget ind. Var det ikke dig, der bad om det, så luk siden.",
        "A link works once and for ten minutes. Get a new one on the computer where you are signed in. If you did not ask for it, close this page.";
    GONE_PHONE: "De ti minutter er gået, eller du stoppede på pc'en. Få et nyt billede dér.",
        "The ten minutes are over, or you stopped on the computer. Get a new picture there.";
    GONE_DESK: "De ti minutter er gået, eller du er logget ud. Begynd igen fra dine loginmidler.",
        "The ten minutes are over, or you are signed out. Start again from your login methods.";

    NUMBER_MISSING: "Skriv det tal, telefonen viser", "Enter the number the phone shows";
    NUMBER_WRONG: "Tallet passer ikke. Se efter på telefonen. Du kan prøve {n} gange mere.",
        "The number does not fit. Look at the phone again. You can try {n} more times.";
    NUMBER_WRONG_ONE: "Tallet passer ikke. Se efter på telefonen. Du kan prøve én gang mere.",
        "The number does not fit. Look at the phone again. You can try once more.";
    NO_PHONE: "Ingen telefon har åbnet linket endnu. Scan billedet først.", "No phone has opened the link yet. Scan the picture first.";
}

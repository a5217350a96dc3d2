//! Signing in: pages 1, 2, 10–13 and the hand-over to a service.

sentences! {
    TITLE: "Log ind", "Sign in";
    TITLE_AGAIN: "Bekræft, at det er dig", "Confirm it's you";
    TO_SERVICE: "Du er på vej til {service}.", "You are on your way to {service}.";
    BEHIND: "{service} spørger på vegne af {names}.", "{service} asks on behalf of {names}.";
    TO_PORTAL: "Log ind for at se og passe på dit login.", "Sign in to see and look after your login.";
    AGAIN_LEAD: "{service} beder dig logge ind igen, også selv om du er logget ind.",
        "{service} asks you to sign in again, even though you are signed in.";
    AGAIN_PORTAL: "Det, du vil nu, kræver, at du logger ind igen.",
        "What you are about to do needs you to sign in again.";
    USER_NAME: "Brugernavn", "User name";
    PASSWORD: "Adgangskode", "Password";
    SUBMIT: "Log ind", "Sign in";
    FORGOT: "Glemt adgangskode", "Forgotten your password";
    NEW_HERE: "Er du ny? Kom i gang", "New here? Get started";

    CODE_TITLE: "Bekræft med koden fra din app", "Enter the code from your app";
    CODE_LEAD: "Åbn din godkender-app, og find koden for {municipality}.",
        "Open your authenticator app and find the code for {municipality}.";
    CODE_TITLE_DEVICE: "Bekræft med koden fra din kodeviser", "Enter the code from your code device";
    CODE_LEAD_DEVICE: "Find koden på din kodeviser.", "Find the code on your code device.";
    CODE_TITLE_EITHER: "Bekræft med koden fra din app eller kodeviser", "Enter the code from your app or code device";
    CODE_LEAD_EITHER: "Find koden for {municipality} i din godkender-app, eller brug din kodeviser.",
        "Find the code for {municipality} in your authenticator app, or use your code device.";
    CODE: "Kode", "Code";
    CODE_HINT: "6 cifre. Mellemrum gør ikke noget.", "6 digits. Spaces do not matter.";
    CODE_SUBMIT: "Fortsæt", "Continue";

    PAUSE_TITLE: "Du har prøvet for mange gange", "Too many attempts";
    PAUSE_UNTIL: "Du kan prøve igen kl. {clock}.", "You can try again at {clock}.";
    PAUSE_SOON: "Vent et øjeblik, og prøv igen.", "Wait a moment and try again.";
    PAUSE_WHY_PASSWORD: "Vi venter lidt længere for hver gang, så fremmede ikke kan gætte din adgangskode. Der er ikke spærret noget.",
        "We wait a little longer each time, so that strangers cannot guess your password. Nothing has been blocked.";
    PAUSE_WHY_CODE: "Der er prøvet mange koder, som ikke passede. Vi holder pause, så fremmede ikke kan gætte en. Din konto er ikke spærret.",
        "Many codes were tried that did not match. We pause so that strangers cannot guess one. Your account is not blocked.";
    PAUSE_STOPPED: "Du kan ikke logge ind med koder, før du har vist, hvem du er. Det gør du med MitID, og så vælger du en ny adgangskode.",
        "You cannot sign in with codes until you have shown who you are. You do that with MitID, and then you choose a new password.";
    PAUSE_RESET: "Vælg en ny adgangskode med MitID", "Choose a new password with MitID";
    PAUSE_PROVE: "Bekræft med MitID", "Confirm with MitID";
    PAUSE_NOW: "Det kan du gøre nu", "What you can do now";
    PAUSE_HELP_PHONE: "Har du travlt? Ring til servicedesken på {phone}.",
        "In a hurry? Call the service desk on {phone}.";
    PAUSE_CLOCK: "Tjek, at din telefons ur stilles automatisk. Er uret skævt, passer koden ikke.",
        "Check that your phone sets its clock automatically. If the clock is off, the code does not fit.";
    PAUSE_NOT_ME: "Var det ikke dig, der prøvede? Spær din konto.", "Wasn't it you who tried? Block your account.";
    PAUSE_RETRY: "Prøv igen", "Try again";

    BLOCKED_TITLE: "Din konto er spærret", "Your account is blocked";
    BLOCKED_SINCE: "Den er spærret {moment}. Ingen kan logge ind på den.",
        "It has been blocked since {moment}. Nobody can sign in to it.";
    BLOCKED_OWNER: "Du har selv spærret den. Du kan åbne den igen nu med MitID, hele døgnet.",
        "You blocked it yourself. You can open it again now with MitID, at any hour.";
    BLOCKED_LEAKED: "Din adgangskode står på lister over stjålne adgangskoder, og den blev ikke skiftet i tide. Åbn kontoen igen med MitID; så vælger du en ny.",
        "Your password stands on lists of stolen passwords, and it was not changed in time. Open the account again with MitID; you choose a new one.";
    BLOCKED_MUNICIPALITY: "{municipality} har spærret den. Ring til servicedesken på {phone} for at høre hvorfor og hvad du gør nu.",
        "{municipality} blocked it. Call the service desk on {phone} to hear why and what to do now.";
    BLOCKED_ASSOCIATION: "Personalesystemet siger, at din tilknytning er slut. Passer det ikke, så tal med din leder.",
        "The HR system says that your work relation has ended. If that is not so, talk to your manager.";
    BLOCKED_TERMS: "Den er lukket, fordi vilkårene ikke er accepteret. Du kan åbne den igen med MitID; undervejs læser og accepterer du vilkårene.",
        "It is closed because the terms are not accepted. You can open it again with MitID; on the way you read and accept the terms.";
    BLOCKED_RECONFIRMATION: "Vi skal være sikre på, hvem du er, før den kan bruges igen. Ring til servicedesken på {phone}.",
        "We must be sure who you are before it can be used again. Call the service desk on {phone}.";
    BLOCKED_QUOTE: "Sig henvisningen, når du ringer.", "Quote the reference when you call.";

    BROKEN_TITLE: "Vi kunne ikke logge dig ind", "We couldn't sign you in";
    BROKEN_UNKNOWN: "Systemet, du kom fra, er ikke forbundet med dette login, eller dets besked er ikke i orden. Gå tilbage til systemet, og prøv igen.",
        "The system you came from is not connected to this login, or its message is not in order. Go back to the system and try again.";
    BROKEN_STALE: "Beskeden fra systemet var for gammel eller er brugt. Gå tilbage til systemet, og begynd forfra dér.",
        "The message from the system was too old or has been used. Go back to the system and begin again there.";
    BROKEN_LEVEL: "{service} kræver et højere sikringsniveau, end dit login har. Ring til servicedesken på {phone}.",
        "{service} demands a higher level of assurance than your login has. Call the service desk on {phone}.";
    BROKEN_PILOT: "{service} kræver et sikringsniveau, og det her er et pilotforsøg, der ikke giver noget. Gå derind, som du plejer, eller ring til servicedesken på {phone}.",
        "{service} demands a level of assurance, and this is a pilot that gives none. Go in the way you usually do, or call the service desk on {phone}.";
    BROKEN_ENTITLED: "Dit login kan ikke bruges til {service} lige nu. Ring til servicedesken på {phone}, så finder I ud af hvorfor.",
        "Your login cannot be used for {service} right now. Call the service desk on {phone} to find out why.";
    BROKEN_GONE: "Der gik for lang tid, eller siden blev åbnet i en anden browser. Gå tilbage til det system, du vil bruge, og begynd forfra dér.",
        "It took too long, or the page was opened in another browser. Go back to the system you want to use and begin again there.";
    BROKEN_CLOCKS: "Vores ure er ude af trit, og så kan vi ikke sende dig sikkert videre. Det er ikke noget, du har gjort. Vi er i gang; prøv igen om lidt. Haster det, så ring til servicedesken på {phone}.",
        "Our clocks are out of step, so we cannot send you on safely. It is nothing you did. We are on it; try again shortly. If it is urgent, call the service desk on {phone}.";
    BROKEN_CROWDED: "Lige nu vil mange logge ind på én gang, og din adgangskode kom ikke frem i køen. Den tæller ikke som et forsøg. Vent et minut, og prøv igen. Du kan stadig spærre din konto; haster det, så ring til servicedesken på {phone}.",
        "Many people are signing in at once, and your password did not get its turn. It does not count as a try. Wait a minute and try again. You can still block your account; if it is urgent, call the service desk on {phone}.";
    BROKEN_FAULT: "Noget gik galt hos os. Prøv igen om lidt.", "Something went wrong at our end. Try again shortly.";
    NOT_RENEWED: "Noget gik galt hos os, lige da du havde vist, at det er dig. For en sikkerheds skyld er du ikke logget ind her. Begynd forfra om lidt. Er du i tvivl om, hvorvidt det, du var i gang med, kom igennem, så se under Din aktivitet, når du er logget ind. Haster det, så ring til servicedesken på {phone}.",
        "Something went wrong at our end just as you had shown that it is you. To be safe, you are not signed in here. Begin again shortly. If you are in doubt whether what you were doing went through, look under Your activity once you are signed in. If it is urgent, call the service desk on {phone}.";
    NOT_FINISHED_TITLE: "Vi kan ikke gøre dit login færdigt", "We cannot finish your login";
    NOT_FINISHED: "Personalesystemet siger, at din tilknytning er slut, eller dit login er spærret. Det, du har valgt her, er ikke taget i brug. Passer det ikke, så tal med din leder, eller ring til servicedesken på {phone}.",
        "The HR system says that your work relation has ended, or your login is blocked. What you chose here was not taken into use. If that is not so, talk to your manager, or call the service desk on {phone}.";
    THE_SERVICE: "systemet", "the system";
    THE_SERVICE_START: "Systemet", "The system";

    SIGNED_OUT_TITLE: "Du er logget ud", "You are signed out";
    SIGNED_OUT_BODY: "Du er logget ud her. Sidder du ved en delt pc, så luk browseren.",
        "You are signed out here. At a shared computer, close the browser.";
    SIGNED_OUT_CLOSED: "Disse systemer har logget dig ud", "These systems have signed you out";
    SIGNED_OUT_TOLD: "Disse systemer får besked nu", "These systems are being told now";
    SIGNED_OUT_WAITS: "Disse systemer har ikke svaret endnu", "These systems have not answered yet";
    SIGNED_OUT_GO_ON: "Giv de andre besked", "Tell the others";
    SIGNED_OUT_STOP: "Vent ikke på de andre", "Do not wait for the others";
    SIGNED_OUT_RETURN: "Tilbage til systemet", "Back to the system";
    SIGNED_OUT_OPEN: "Systemer, du har åbnet, kan stadig være åbne", "Systems you opened may still be open";
    SIGNED_OUT_LINE: "{service}: senest til {moment}", "{service}: until {moment} at the latest";
    SIGNED_OUT_GENERAL: "Systemer, du er gået ind i herfra, lukker ikke altid af sig selv. Log også af dér.",
        "Systems you entered from here do not always close by themselves. Sign out there too.";
    SIGN_IN_AGAIN: "Log ind igen", "Sign in again";

    WAY_OUT_TITLE: "Du er logget ud her", "You are signed out here";
    WAY_OUT_TELL: "Nu giver vi {service} besked om også at logge dig ud. Sker der ikke noget, så vælg Fortsæt.",
        "We are now telling {service} to sign you out too. If nothing happens, choose Continue.";
    WAY_OUT_SHOW: "Nu får de her systemer besked om også at logge dig ud. De svarer ikke, så log også af dér, hvis de stadig er åbne. Sker der ikke noget, så vælg Fortsæt.",
        "These systems are now told to sign you out too. They do not answer, so sign out there as well if they are still open. If nothing happens, choose Continue.";
    WAY_OUT_FRAME: "Besked til {service}", "Message to {service}";
    WAY_OUT_RETURN: "Vi sender dig tilbage til {service}. Sker der ikke noget, så vælg Fortsæt.",
        "We are sending you back to {service}. If nothing happens, choose Continue.";
    WAY_OUT_WAITS: "{service} har ikke svaret. Du behøver ikke vente: gå videre uden svar, eller prøv igen.",
        "{service} has not answered. You need not wait: go on without an answer, or try again.";
    WAY_OUT_OVER: "Gå videre uden svar", "Go on without an answer";
    WAY_OUT_AGAIN: "Prøv igen", "Try again";
    WAY_OUT_RECEIPT: "Stop her, og se, hvad der er lukket", "Stop here and see what is closed";

    NOT_OUT_TITLE: "Vi kunne ikke logge dig ud", "We couldn't sign you out";
    NOT_OUT: "Beskeden fra systemet var ikke i orden, for gammel eller brugt, så der er ikke lukket noget. Log af her på siden, og log også af i systemet. Sidder du ved en delt pc, så luk browseren.",
        "The message from the system was not in order, too old or used, so nothing was closed. Sign out here on this page, and sign out in the system too. At a shared computer, close the browser.";

    LEAVE_TITLE: "Vil du logge ud?", "Do you want to sign out?";
    LEAVE_BODY: "Et system sendte dig hertil for at logge ud. Logger du ud her, gælder det alt, hvad du er gået ind i herfra.",
        "A system sent you here to sign out. If you sign out here, it goes for everything you entered from here.";
    LEAVE_NOT: "Nej, bliv logget ind", "No, stay signed in";

    HAND_OVER_TITLE: "Du er logget ind", "You are signed in";
    HAND_OVER_BODY: "Vi sender dig videre til {service}. Sker der ikke noget, så vælg Fortsæt.",
        "We are sending you on to {service}. If nothing happens, choose Continue.";
    HAND_OVER_SUBMIT: "Fortsæt", "Continue";
    GIVE_UP: "Afbryd, og gå tilbage til {service}", "Cancel and go back to {service}";
    SENT_BACK_TITLE: "Du går tilbage uden at logge ind", "You go back without signing in";
    SENT_BACK_BODY: "Vi sender dig tilbage til {service}, som får at vide, at du ikke loggede ind. Sker der ikke noget, så vælg Fortsæt.",
        "We are sending you back to {service}, which hears that you did not sign in. If nothing happens, choose Continue.";

    SHOW: "Vis", "Show";
    HIDE: "Skjul", "Hide";
    SHOW_LABEL: "Vis adgangskoden", "Show the password";
    HIDE_LABEL: "Skjul adgangskoden", "Hide the password";
    CAPS_LOCK: "Caps Lock er slået til.", "Caps Lock is on.";
    CODE_ENOUGH: "Alle 6 cifre er der.", "All 6 digits are there.";
    CODE_SOME: "{n} af 6 cifre", "{n} of 6 digits";
}

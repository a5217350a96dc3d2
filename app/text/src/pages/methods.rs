//! Her login methods: pages 35 and 36.

sentences! {
    LINK: "Dine loginmidler", "Your login methods";
    TITLE: "Dine loginmidler", "Your login methods";
    LEAD: "Når du logger ind, viser du et af dem. Hav helst to: så er du ikke låst ude, hvis du mister det ene.",
        "When you sign in, you show one of them. Two are best: then you are not locked out if you lose one.";
    ONLY_ONE: "Du har kun ét. Mister du det, kan du kun komme ind igen med MitID. Tilføj et mere.",
        "You have only one. If you lose it, only MitID lets you in again. Add another.";
    PASSKEY: "Adgangsnøgle", "Passkey";
    SECURITY_KEY: "Sikkerhedsnøgle", "Security key";
    APP: "Godkender-app", "Authenticator app";
    DEVICE: "Kodeviser", "Code device";
    ADDED_ON: "Tilføjet {day}", "Added {day}";
    USED: "Sidst brugt {moment}", "Last used {moment}";
    USED_IN: "Sidst brugt {moment} i {browser}", "Last used {moment} in {browser}";
    USED_FROM: "Sidst brugt {moment} i {browser} fra {address}", "Last used {moment} in {browser} from {address}";
    OTHER_BROWSER: "en browser, vi ikke kender", "a browser we do not know";
    NOT_USED: "Ikke brugt endnu", "Not used yet";
    ALONE: "Nok alene: du skal ikke skrive adgangskode.", "Enough alone: you need not enter your password.";
    NO_LONGER: "Den tæller ikke længere: kommunen godkender ikke denne model mere. Du kan ikke logge ind med den, men du kan fjerne den.",
        "It no longer counts: the municipality no longer approves this model. You cannot sign in with it, but you can remove it.";
    PRIMARY: "Du bliver spurgt om det først.", "You are asked for it first.";
    SYNCED: "Den kan blive kopieret til andre af dine enheder. Fjerner du den her, så slet den også dér.",
        "It may be copied to others of your devices. If you remove it here, delete it there too.";
    OPEN_ONE: "Afprøv eller ret", "Test or edit";
    OPEN_ONE_OF: "Afprøv eller ret {name}", "Test or edit {name}";
    CHANGE: "Tilføj eller fjern", "Add or remove";
    CHANGE_BODY: "Du bekræfter først, at det er dig.", "You confirm first that it is you.";
    DEVICE_WAITS: "Du har fået en kodeviser, som ikke er taget i brug endnu.",
        "A code device was handed out to you that has not been taken into use yet.";
    DEVICE_TAKE: "Tag kodeviseren i brug", "Take the code device into use";
    DEVICE_APART: "Passer koderne fra din kodeviser ikke?", "Do the codes of your code device not fit?";

    NAME_TITLE: "Nyt navn", "New name";
    NAME_BODY: "Du bekræfter først, at det er dig, og skriver så det nye navn.",
        "You confirm first that it is you, and then enter the new name.";
    NAME_GO: "Giv det et nyt navn", "Give it a new name";
    NAME_WHICH: "Hvilket?", "Which one?";
    NAME: "Hvad vil du kalde det?", "What do you want to call it?";
    RENAME: "Gem navn", "Save the name";
    TEST_TITLE: "Afprøv", "Test";
    TEST_KEY: "Vælg Afprøv, og brug nøglen, som når du logger ind.", "Choose Test, and use the key as when you sign in.";
    TEST_CODE: "Skriv den kode, det viser nu. En kode kan kun bruges én gang.",
        "Enter the code it shows now. A code can be used only once.";
    TEST: "Afprøv", "Test";
    TEST_NO_LONGER: "Den kan ikke afprøves, for den tæller ikke længere.", "It cannot be tested, for it no longer counts.";
    TEST_PAUSED: "Koder er sat på pause, fordi der er prøvet for mange gange. Prøv igen senere.",
        "Codes are paused because of too many attempts. Try again later.";
    FIRST_TITLE: "Spørg om det først", "Ask for it first";
    FIRST_BODY: "De andre kan stadig bruges: vælg dem under Vælg en anden måde.",
        "The others can still be used: choose them under Choose another way.";
    FIRST: "Spørg om det først", "Ask for it first";
    REMOVE_TITLE: "Fjern", "Remove";
    REMOVE_BODY: "Er det væk, eller bruger du det ikke mere? Du bekræfter først, at det er dig, og vælger så, hvad der skal fjernes.",
        "Is it gone, or do you no longer use it? You confirm first that it is you, and then choose what to remove.";
    REMOVE_LAST: "Det er det sidste, du kan logge ind med. Tilføj et andet, før du fjerner det.",
        "It is the last one you can sign in with. Add another before you remove it.";

    OPEN_TITLE: "Tilføj eller fjern loginmidler", "Add or remove login methods";
    OPEN_LEAD: "Du har bekræftet, at det er dig. Inden for 5 minutter kan du tilføje, omdøbe eller fjerne ét loginmiddel. Skal du ændre mere, bekræfter du igen.",
        "You have confirmed that it is you. Within 5 minutes you can add, rename or remove one login method. To change more, you confirm again.";
    ADD_TITLE: "Tilføj", "Add";
    ADD_PASSKEY: "Tilføj adgangsnøgle", "Add a passkey";
    ADD_APP: "Tilføj godkender-app", "Add an authenticator app";
    ADD_KEY: "Tilføj sikkerhedsnøgle", "Add a security key";
    REMOVE: "Fjern", "Remove";
    REMOVE_ONE: "Fjern {name}", "Remove {name}";
    REMOVE_SURE: "Vil du fjerne {name}?", "Remove {name}?";
    REMOVE_AFTER: "Sådan logger du ind bagefter", "How you sign in afterwards";
    REMOVE_LEFT: "Med din adgangskode og {name} ({kind})", "With your password and {name} ({kind})";
    REMOVE_LEFT_ALONE: "Med {name} ({kind}), som er nok alene", "With {name} ({kind}), which is enough alone";
    REMOVE_KEEP: "Nej, behold det", "No, keep it";
    REMOVE_WHAT: "Det virker ikke længere, så snart du har fjernet det. Vi sender dig besked om det.",
        "It stops working as soon as you have removed it. We send you notice of it.";

    ADDED: "Loginmidlet er tilføjet. Du kan bruge det nu.", "The login method is added. You can use it now.";
    REMOVED: "Loginmidlet er fjernet. Var det en adgangsnøgle, så slet den også på enheden.",
        "The login method is removed. If it was a passkey, delete it on the device too.";
    RENAMED: "Navnet er gemt.", "The name is saved.";
    PREFERRED: "Du bliver spurgt om det først fra nu af.", "You are asked for it first from now on.";
    WORKS: "Det virker. Sammen med din adgangskode kan du logge ind med det.",
        "It works. Together with your password you can sign in with it.";
    WORKS_ALONE: "Det virker, og det er nok alene.", "It works, and it is enough alone.";
    OTHER_WORKS: "Det virker, men det var et andet af dine loginmidler, der svarede.",
        "It works, but it was another of your login methods that answered.";
    LAST: "Det er det sidste, du kan logge ind med. Tilføj et andet først.",
        "It is the last one you can sign in with. Add another first.";
    COOLING: "Det, du bekræftede med, har du tilføjet, efter at du genaktiverede din konto eller brugte en gendannelseskode. Den første time kan det ikke fjerne andre. Bekræft med et af de andre, eller prøv igen efter kl. {clock}.",
        "What you confirmed with was added after you reactivated your account or used a recovery code. For the first hour it cannot remove others. Confirm with one of the others, or try again after {clock}.";
    FULL: "Du har så mange loginmidler, som man kan have. Fjern et først.",
        "You have as many login methods as one can have. Remove one first.";
}

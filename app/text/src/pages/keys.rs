//! Passkeys and security keys: pages 3, 4, 29 and 30, and the same wherever a key is asked for.

sentences! {
    NEEDS_SCRIPT: "Adgangsnøgler og sikkerhedsnøgler virker kun, når JavaScript er slået til i browseren. Slå det til, eller brug en anden måde: alle andre måder virker uden.",
        "Passkeys and security keys work only with JavaScript switched on in the browser. Switch it on or use another way: all other ways work without.";
    WORKING: "Følg vinduet fra din enhed.", "Follow the window from your device.";
    DONE: "Tak. Vi går videre.", "Thank you. We go on.";
    CLOSED: "Vinduet blev lukket, før du var færdig, eller der gik for lang tid. Der er ikke sket noget. Prøv igen, når du er klar, eller brug en anden måde.",
        "The window was closed before you were done, or it took too long. Nothing has happened. Try again when you are ready, or use another way.";
    KNOWN_HERE: "Den er tilføjet i forvejen, så du kan allerede logge ind med den.",
        "It has been added already, so you can sign in with it as it is.";
    UNSUPPORTED: "Denne browser kan ikke bruge adgangsnøgler her. Prøv en anden browser, eller brug en anden måde.",
        "This browser cannot use passkeys here. Try another browser, or use another way.";

    TITLE: "Brug din adgangsnøgle eller sikkerhedsnøgle", "Use your passkey or security key";
    LEAD: "Når du vælger Start, åbner din telefon eller pc et vindue. Bekræft dér med fingeraftryk, ansigt eller pinkode.",
        "When you choose Begin, your phone or computer opens a window. Confirm there by fingerprint, face or PIN.";
    LEAD_KEY: "Har du en sikkerhedsnøgle, så sæt den i, eller hold den klar. Rør ved den, når vinduet beder om det.",
        "If you have a security key, plug it in or hold it ready. Touch it when the window asks you to.";
    ON_PHONE: "Ligger adgangsnøglen på din telefon?", "Is the passkey on your phone?";
    ON_PHONE_BODY: "Vælg telefonen i vinduet, og scan billedet med dens kamera. Bluetooth skal være slået til begge steder.",
        "Choose the phone in the window and scan the picture with its camera. Bluetooth must be on in both places.";
    START: "Start", "Begin";
    OTHER: "Vælg en anden måde", "Choose another way";
    BACK: "Log ind med brugernavn og adgangskode", "Sign in with user name and password";
    LINK: "Log ind med adgangsnøgle", "Sign in with a passkey";
    REFUSED: "Den nøgle kan vi ikke bruge til dit login. Prøv igen, eller vælg en anden måde.",
        "We cannot use that key for your login. Try again, or choose another way.";
    PASSWORD_NEXT: "Din nøgle er godkendt. Skriv nu din adgangskode.", "Your key is accepted. Now enter your password.";

    WAYS_TITLE: "Vælg en anden måde", "Choose another way";
    WAYS_LEAD: "Du har skrevet din adgangskode. Nu skal du vise noget, kun du har. At skifte måde koster ikke et forsøg.",
        "You have entered your password. Now show something only you have. Changing the way costs no attempt.";
    WAYS_KEY: "Adgangsnøgle eller sikkerhedsnøgle", "Passkey or security key";
    WAYS_CODE: "Kode fra app eller kodeviser", "Code from an app or a code device";
    WAYS_DEVICE: "Min kodeviser viser koder, der ikke passer", "My code device shows codes that do not fit";
    WAYS_NONE: "Har du ikke noget af det?", "Do you have none of these?";
    WAYS_LOST: "MitID viser, hvem du er, og kan give dig et nyt loginmiddel, men logger dig ikke ind i sig selv. Spær din konto, og åbn den igen med MitID. Undervejs vælger du en ny adgangskode og tilføjer et nyt loginmiddel, og det, du har mistet, virker ikke mere. Det tager få minutter, også om natten.",
        "MitID shows who you are and can give you a new login method, but does not sign you in by itself. Block your account and open it again with MitID. On the way you choose a new password and add a new login method, and what you lost no longer works. It takes a few minutes, at night too.";
    WAYS_LOST_GO: "Spær, og åbn igen med MitID", "Block, and open again with MitID";
    WAYS_DESK: "Har du ikke MitID, så ring til servicedesken på {phone}. De siger dig, hvilken vej du har; selv kan de ikke lukke dig ind.",
        "Without MitID, call the service desk on {phone}. They tell you which way you have; they cannot let you in themselves.";

    PASSKEY_TITLE: "Tilføj adgangsnøgle", "Add a passkey";
    PASSKEY_LEAD: "En adgangsnøgle ligger i din telefon, på din pc eller i din adgangskodemanager. Du låser den op med fingeraftryk, ansigt eller pinkode. Det bliver på din enhed; vi får det aldrig at se.",
        "A passkey lives in your phone, on your computer or in your password manager. You unlock it by fingerprint, face or PIN. That stays on your device; we never see it.";
    PASSKEY_SHARED: "Gør det ikke på en delt pc. Sidder du ved en, så vælg din egen telefon i vinduet.",
        "Do not do it on a shared computer. If you sit at one, choose your own phone in the window.";
    PASSKEY_GO: "Tilføj adgangsnøgle", "Add the passkey";
    KEY_TITLE: "Tilføj sikkerhedsnøgle", "Add a security key";
    KEY_LEAD: "En sikkerhedsnøgle er en lille ting, du sætter i eller holder hen til telefonen, og rører ved.",
        "A security key is a small thing that you plug in or hold to the phone, and touch.";
    KEY_STEPS: "Sæt nøglen i, eller hold den klar. Vælg Tilføj, og rør ved den, når vinduet beder om det. Spørger vinduet om nøglens pinkode, så skriv den.",
        "Plug the key in, or hold it ready. Choose Add, and touch it when the window asks you to. If the window asks for the key's PIN, enter it.";
    KEY_PICTURE: "Tegning: En sikkerhedsnøgle sidder i siden af en pc, og en finger rører ved den.",
        "Drawing: a security key sits in the side of a computer, and a finger touches it.";
    KEY_GO: "Tilføj sikkerhedsnøgle", "Add the security key";
    NAME: "Giv den et navn", "Give it a name";
    NAME_HINT: "Så du kan kende den igen, for eksempel Min telefon. Højst 30 tegn.",
        "So that you know it again, such as My phone. At most 30 characters.";
    CHOOSE_OTHER: "Vælg et andet loginmiddel", "Choose another login method";

    NOT_TAKEN: "Nøglen blev ikke tilføjet. Prøv igen; sker det igen, så ring til servicedesken på {phone}.",
        "The key was not added. Try again; if it happens again, call the service desk on {phone}.";
    KNOWN: "Den nøgle er tilføjet i forvejen. Vælg en anden.", "That key has been added already. Choose another one.";
    NOT_ADMITTED: "Den slags nøgle bruger {municipality} ikke. Vælg en anden, eller ring til servicedesken på {phone}.",
        "{municipality} does not use that kind of key. Choose another one, or call the service desk on {phone}.";
    NOT_VERIFIED: "En adgangsnøgle skal låses op med fingeraftryk, ansigt eller pinkode. Sæt det op på enheden, og prøv igen.",
        "A passkey must be unlocked by fingerprint, face or PIN. Set that up on the device and try again.";
}

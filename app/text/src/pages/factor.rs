//! Choosing a login method, and adding an app: pages 27 and 28.

sentences! {
    CHOOSE_TITLE: "Vælg et loginmiddel", "Choose a login method";
    CHOOSE_LEAD: "Når du logger ind, skriver du din adgangskode og viser noget, kun du har. Det kalder vi et loginmiddel.",
        "When you sign in, you enter your password and show something only you have. We call that a login method.";
    CHOOSE_PASSKEY: "Adgangsnøgle (anbefalet)", "Passkey (recommended)";
    CHOOSE_PASSKEY_BODY: "Ligger i din telefon eller på din pc og låses op med fingeraftryk, ansigt eller pinkode. Den er hurtigst, og den kan ikke narres af en falsk side.",
        "Lives in your phone or on your computer and is unlocked by fingerprint, face or PIN. It is the fastest, and a false page cannot trick it.";
    CHOOSE_KEY: "Sikkerhedsnøgle", "Security key";
    CHOOSE_KEY_BODY: "En lille nøgle, du sætter i pc'en eller holder hen til telefonen. For dig, der ikke vil bruge en telefon.",
        "A small key that you plug into the computer or hold to the phone. For those who would rather not use a phone.";
    CHOOSE_APP: "Godkender-app på telefon eller tablet", "Authenticator app on a phone or tablet";
    CHOOSE_APP_BODY: "Appen viser en ny kode hvert halve minut. Den virker også uden net og dækning. Du kan bruge den app, du har.",
        "The app shows a new code every half minute. It works without network or coverage. You can use the app you have.";
    CHOOSE_GO: "Tilføj godkender-app", "Add an authenticator app";
    NO_PHONE: "Har du ikke en telefon, eller vil du ikke bruge din egen?", "No phone, or would rather not use your own?";
    NO_PHONE_BODY: "Du behøver ikke bruge din egen telefon. Få en sikkerhedsnøgle eller en kodeviser hos din leder, eller ring til servicedesken på {phone}.",
        "You need not use your own phone. Get a security key or a code device from your manager, or call the service desk on {phone}.";

    APP_TITLE: "Tilføj godkender-app", "Add an authenticator app";
    APP_LEAD: "Du skal bruge en godkender-app, for eksempel Microsoft Authenticator, Google Authenticator eller den, du har i forvejen.",
        "You need an authenticator app, such as Microsoft Authenticator, Google Authenticator or the one you already have.";
    NAME: "Giv appen et navn", "Name the app";
    NAME_HINT: "Så du kan kende den igen, for eksempel Min telefon.", "So that you know it again, such as My phone.";
    SCAN: "Åbn appen, vælg at tilføje en konto, og scan billedet", "Open the app, choose to add an account and scan the picture";
    QR_LABEL: "Billede til scanning. Det samme står som tekst nedenfor.",
        "Picture to scan. The same stands as text below.";
    ON_PHONE: "Sidder du med den telefon, appen er på?", "Are you on the phone that has the app?";
    OPEN_APP: "Åbn i din godkender-app", "Open in your authenticator app";
    CANNOT_SCAN: "Kan du ikke scanne? Skriv denne nøgle i appen", "Can't scan? Enter this key in the app";
    SECRET_LABEL: "Nøgle", "Key";
    ACCOUNT: "Konto: {account}", "Account: {account}";
    COPY: "Kopiér", "Copy";
    COPIED: "Kopieret", "Copied";
    COPY_NOT: "Kunne ikke kopiere. Markér nøglen, og kopiér den selv.",
        "Could not copy. Select the key and copy it yourself.";
    CODE: "Skriv den kode, appen viser nu", "Enter the code the app shows now";
    VERIFY: "Bekræft", "Confirm";
    NO_APP: "Har du ikke en godkender-app?", "Don't have an authenticator app?";
    NO_APP_BODY: "Hent en i App Store eller Google Play. De nævnte er gratis. Kom tilbage hertil, når den er hentet; siden venter.",
        "Get one from the App Store or Google Play. Those named are free. Come back here when you have it; the page waits.";
    KEEP_SECRET: "Vis ikke billedet eller nøglen til andre. Den, der har den, kan lave dine koder.",
        "Do not show the picture or the key to others. Whoever has it can make your codes.";
}

//! Code devices: taking one into use, and bringing one into step again.

sentences! {
    CHOOSE: "Kodeviser", "Code device";
    CHOOSE_BODY: "En lille ting med skærm, som du har fået af kommunen. Den viser koder og skal ikke bruge net.",
        "A small thing with a display that the municipality gave you. It shows codes and needs no network.";
    CHOOSE_GO: "Tag en kodeviser i brug", "Take a code device into use";
    TITLE: "Tag din kodeviser i brug", "Take your code device into use";
    LEAD: "Du har fået kodeviseren udleveret. Den virker, når du har skrevet én kode fra den.",
        "The code device was handed out to you. It works once you have entered one code from it.";
    NAME: "Giv den et navn", "Give it a name";
    CODE: "Skriv den kode, den viser nu", "Enter the code it shows now";
    CODE_HINT: "6 eller 8 cifre. Har den en knap, så tryk på den først.", "6 or 8 digits. If it has a button, press it first.";
    CODE_MISSING: "Skriv den kode, der vises nu.", "Enter the code that is shown now.";
    CODE_SHAPE: "Koden er 6 til 8 cifre. Skriv den, som den står.", "The code is 6 to 8 digits. Enter it as it stands.";
    CODE_WRONG: "Koden passer ikke. Vent på den næste, eller tryk på kodeviserens knap igen, og skriv den.",
        "The code does not match. Wait for the next one, or press the code device's button again, and enter that.";
    CODE_APART: "Bliver det ved, så stil kodeviseren: find den under Vælg en anden måde eller under Dine loginmidler.",
        "If it goes on, set the code device: find it under Choose another way or under Your login methods.";
    GO: "Tag i brug", "Take into use";
    NONE_WAITS: "Der venter ingen kodeviser på dig. Ring til servicedesken på {phone}, hvis du har fået en i hånden.",
        "No code device waits for you. Call the service desk on {phone} if you were handed one.";
    APART_TITLE: "Stil din kodeviser", "Set your code device";
    APART_LEAD: "En kodeviser kan komme ud af takt, når den er trykket på mange gange eller har ligget længe. Skriv to koder lige efter hinanden, så passer den igen.",
        "A code device can fall out of step when it was pressed many times or lay unused for long. Enter two codes, one right after the other, and it fits again.";
    FIRST: "Den kode, den viser nu", "The code it shows now";
    SECOND: "Den næste kode", "The next code";
    SECOND_HINT: "Tryk igen, eller vent, til den skifter.", "Press again, or wait until it changes.";
    APART_GO: "Stil kodeviseren", "Set the code device";
    SECOND_MISSING: "Skriv også den næste kode.", "Enter the next code too.";
    NOT_IN_A_ROW: "De to koder følger ikke efter hinanden på nogen af dine kodevisere. Vent på en ny kode, og skriv den og den næste.",
        "These two codes do not follow each other on any of your code devices. Wait for a new code, and enter it and the next one.";
    TOGETHER: "Kodeviseren passer igen. Brug den næste kode, den viser.", "The code device fits again. Use the next code it shows.";
    CODES_CLOSED: "Der er prøvet for mange koder, der ikke passer. Vent lidt, eller vælg en ny adgangskode med MitID.",
        "Too many codes did not fit. Wait a while, or choose a new password with MitID.";
}

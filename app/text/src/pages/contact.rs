//! Where notices go (page 43).

sentences! {
    LINK: "Kontakt til dig", "Contact channels";
    TITLE: "Kontakt til dig", "Contact channels";
    LEAD: "Her sender {municipality} beskeder hen, når der sker noget med dit login. Så opdager du det, hvis andre bruger det.",
        "This is where {municipality} sends notices when something happens to your login. That is how you find out if others use it.";
    WORK_MAIL: "Mail på arbejde", "Mail at work";
    PRIVATE_MAIL: "Privat mail", "Private mail";
    MOBILE: "Mobil", "Mobile";
    NONE: "Ingen", "None";
    FROM_HR: "Fra HR.", "From HR.";
    FROM_HR_FIXED: "Fra HR. Den bliver altid brugt.", "From HR. It is always used.";
    OWN: "Bekræftet af dig. HR's oplysninger ændrer den ikke.", "Verified by you. HR's details do not change it.";
    OWN_NONE: "Fjernet af dig.", "Removed by you.";
    BESIDES: "{address} får beskederne med til kl. {clock}.", "{address} gets the notices too until {clock}.";
    COOLS_OFF: "Du kan ændre igen kl. {clock}.", "You can change it again at {clock}.";
    ADD: "Tilføj", "Add";
    CHANGE: "Skift", "Change";
    ADD_PRIVATE_MAIL: "Tilføj privat mail", "Add private mail";
    CHANGE_PRIVATE_MAIL: "Skift privat mail", "Change private mail";
    ADD_MOBILE: "Tilføj mobilnummer", "Add mobile number";
    CHANGE_MOBILE: "Skift mobilnummer", "Change mobile number";
    TOLD: "Når du ændrer noget, får både den gamle og den nye adresse besked. I en time går beskeder til begge.",
        "When you change something, both the old and the new address are told. For an hour notices go to both.";

    MAIL_LEAD: "Vi sender en kode til adressen. Først når du har skrevet koden her, bliver adressen brugt.",
        "We send a code to the address. It is used only once you have entered the code here.";
    MOBILE_LEAD: "Vi sender en kode som SMS. Først når du har skrevet koden her, bliver nummeret brugt.",
        "We send a code by SMS. The number is used only once you have entered the code here.";
    MAIL_FIELD: "Din private mailadresse", "Your private mail address";
    MOBILE_FIELD: "Dit mobilnummer", "Your mobile number";
    MAIL_HINT: "For eksempel navn@eksempel.dk", "For example name@example.com";
    MOBILE_HINT: "Uden for Danmark: begynd med + og landekode.", "Outside Denmark: begin with + and the country code.";
    SEND: "Send kode", "Send code";
    REMOVE_TITLE: "Vil du ikke have beskeder her?", "Do you not want notices here?";
    REMOVE_BODY: "Så går de kun til de andre adresser. Den her får beskederne med i en time endnu.",
        "Then they go to the other addresses only. This one gets the notices for one more hour.";
    REMOVE_MAIL: "Fjern privat mail", "Remove private mail";
    REMOVE_MOBILE: "Fjern mobilnummer", "Remove mobile number";

    VERIFY_TITLE: "Skriv koden, vi har sendt", "Enter the code we sent";
    VERIFY_LEAD: "Vi har sendt en kode på 8 cifre til {address}. Den virker til kl. {clock}.",
        "We have sent a code of 8 digits to {address}. It works until {clock}.";
    VERIFY_FIELD: "Kode", "Code";
    VERIFY_HINT: "8 cifre. Mellemrum gør ikke noget.", "8 digits. Spaces do not matter.";
    VERIFY: "Bekræft", "Confirm";
    VERIFY_NONE: "Kom der ingen kode? Kig i uønsket post, og tjek, at adressen er rigtig. Ellers kan du begynde igen.",
        "Did no code arrive? Look in the junk mail, and check that the address is right. Or begin again.";
    VERIFY_AGAIN: "Begynd igen", "Begin again";

    VERIFIED: "Tak. Fra nu af går beskeder også hertil.", "Thank you. From now on notices go here too.";
    REMOVED: "Adressen er fjernet. Den får beskederne med i en time endnu.",
        "The address is removed. It gets the notices for one more hour.";
    OVER: "Der er skrevet for mange koder, som ikke passede. Der er ikke ændret noget. Begynd igen her.",
        "Too many codes did not match. Nothing was changed. Begin again here.";
    COOLING: "Du har lige ændret det. Vent, til timen er gået.", "You changed it just now. Wait until the hour is over.";
    LAST_WAY: "Uden en mail på arbejde er det den eneste adresse, vi kan skrive til. Skift den i stedet.",
        "Without mail at work it is the only address we can write to. Change it instead.";
}

//! Reading and accepting the terms: pages 9, 22 and 23.

sentences! {
    TITLE: "Læs vilkårene (del {page} af {pages})", "Read the terms (part {page} of {pages})";
    TITLE_LAST: "Acceptér vilkårene (del {page} af {pages})", "Accept the terms (part {page} of {pages})";
    NEW_TERMS: "Inden du fortsætter: Vilkårene er ændret. Læs den nye version, og acceptér den, så kommer du videre.",
        "Before you continue: the terms have changed. Read the new version and accept it to go on.";
    VERSION: "Version {version}, gælder fra {day}.", "Version {version}, in force from {day}.";
    BINDING: "Den danske tekst gælder.", "The Danish text is the binding one; this is a translation.";
    NEXT: "Næste", "Next";
    PREVIOUS: "Forrige del", "Previous part";
    PRINT_ALL: "Se og udskriv alle vilkårene", "See and print all the terms";
    BOX: "Jeg har læst vilkårene og accepterer dem (version {version}).",
        "I have read the terms and accept them (version {version}).";
    ACCEPT: "Acceptér", "Accept";
    DECLINE: "Jeg vil ikke acceptere", "I do not want to accept";
    DECLINE_TITLE: "Hvis du ikke accepterer", "If you do not accept";
    DECLINE_BODY: "Uden accept kan vi ikke give dig et login til {municipality}. Tal med din leder om, hvad det betyder for dit arbejde.",
        "Without your accept we cannot give you a login for {municipality}. Talk to your manager about what that means for your work.";
    DECLINE_BODY_SIGN_IN: "Uden accept kan du ikke bruge dit login, og vi lukker det. Vil du åbne det igen, skal vi være sikre på, at du er dig.",
        "Without your accept you cannot use your login, and we close it. To open it again we must be sure it is you.";
    DECLINE_BODY_REOPENING: "Uden accept forbliver din konto lukket, og det, du har valgt her, bliver ikke gemt. Ombestemmer du dig, så genaktivér den med MitID.",
        "Without your accept your account stays closed, and what you chose here is not saved. If you change your mind, reactivate it with MitID.";
    DECLINE_QUESTIONS: "Er der noget i vilkårene, du vil spørge om? Ring til {phone}, før du bestemmer dig.",
        "Is there something in the terms you want to ask about? Call {phone} before you decide.";
    DECLINE_BACK: "Tilbage til vilkårene", "Back to the terms";
    DECLINE_CONFIRM: "Jeg accepterer ikke", "I do not accept";
    DECLINED_TITLE: "Du har ikke accepteret vilkårene", "You have not accepted the terms";
    DECLINED_BODY: "Vi har noteret det. Tal med din leder om, hvad du gør nu. Ombestemmer du dig, og har du haft et login, så genaktivér det med MitID; ellers ring til {phone}.",
        "We have noted it. Talk to your manager about what to do now. If you change your mind and had a login, reactivate it with MitID; otherwise call {phone}.";
    READ: "Du har læst {percent} % af denne del.", "You have read {percent} % of this part.";
    PRINT_PART: "Udskriv denne del", "Print this part";
}

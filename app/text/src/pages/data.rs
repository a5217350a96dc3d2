//! Her own data and the terms she accepted (pages 41 and 42).

use crate::Say;

sentences! {
    LINK: "Dine oplysninger", "Your data";
    TITLE: "Dine oplysninger", "Your data";
    LEAD: "Det har {municipality} om dig til brug for dit login. Du kan hente det hele som en fil.",
        "This is what {municipality} keeps about you for your login. You can take all of it out as a file.";
    TAKE: "Hent dine oplysninger", "Take out your data";
    WHAT: "Det har vi", "What we keep";
    NAME: "Navn", "Name";
    USER_NAME: "Brugernavn", "User name";
    CPR: "CPR-nummer", "CPR number";
    CPR_VALUE: "{cpr}. Resten af nummeret ligger krypteret og bliver ikke vist.",
        "{cpr}. The rest of the number is kept encrypted and is not shown.";
    UNITS: "Tilknytning", "Work relation";
    AND: "Desuden", "Besides";
    AND_CONTACT: "hvor beskeder til dig går hen", "where notices to you go";
    AND_PROOF: "hvornår og hvordan din identitet er bekræftet", "when and how your identity was confirmed";
    AND_TERMS: "hvilke vilkår du har accepteret", "which terms you accepted";
    AND_METHODS: "navnet på dine loginmidler, og hvornår de er brugt", "the names of your login methods, and when they were used";
    AND_USE: "for hver brug: tidspunkt, handling, IP-adresse, browser, henvisning og loginmiddel",
        "for each use: time, action, IP address, browser, reference and login method";
    WHY: "Hvorfor", "Why";
    WHY_BODY: "For at du kan logge ind, og for at kommunen kan vise, at det er sket sikkert. Det bygger på databeskyttelsesforordningens artikel 6, stk. 1, litra b (din brug af loginet) og litra c (de krav, kommunen er bundet af). CPR-nummeret bruger vi efter databeskyttelseslovens § 11, stk. 1, for at vide, at du er dig.",
        "So that you can sign in, and so that the municipality can show that it was done safely. The legal basis is article 6(1)(b) of the General Data Protection Regulation (your use of the login) and (c) (the rules the municipality is bound by). We use the CPR number under section 11(1) of the Danish Data Protection Act, to know that you are you.";
    WHO: "Hvem får dem", "Who gets them";
    WHO_BODY: "Et system, du logger ind i, får det om dig, som det skal bruge. NemLog-in får dit CPR-nummer og din identitet, så loginet virker der. I kommunen er det kun særligt betroede medarbejdere, der har adgang.",
        "A system you sign in to gets what it needs to know about you. NemLog-in gets your CPR number and identity, so that the login works there. In the municipality only specially trusted staff have access.";
    HOW_LONG: "Hvor længe", "For how long";
    WHO_SERVICES: "Disse systemer har senest fået oplysninger om dig:", "These systems were given data about you lately:";
    WHO_SERVICE: "{service}, sidst {moment}", "{service}, last {moment}";
    WHO_NOBODY: "Endnu har intet system fået oplysninger om dig.", "No system has been given data about you yet.";
    HOW_LONG_BODY: "Oplysninger om dig har vi, så længe du har et login her, og derefter efter kommunens frister, som står i privatlivspolitikken. Det, der sker, sletter vi efter:",
        "Data about you we keep for as long as you have a login here, and after that for as long as the municipality has decided, as the privacy policy says. What happens we delete after:";
    KEPT_CENTRAL: "Hvad der er sket med dit login", "What happened to your login";
    KEPT_EXCHANGE: "Systemers forespørgsler om dig og vores svar", "Systems' requests about you and our answers";
    KEPT_SIGN_IN: "Detaljer om hvert login", "Details of each sign-in";
    KEPT_SESSIONS: "Hvor du har været logget ind", "Where you were signed in";
    KEPT_NOTICES: "Beskeder, der er sendt til dig", "Notices that were sent to you";
    KEPT_YEARS: "{n} år", "{n} years";
    KEPT_MONTHS: "{n} måneder", "{n} months";
    KEPT_DAYS: "{n} dage", "{n} days";
    RIGHTS: "Er noget galt?", "Is something wrong?";
    RIGHTS_BODY: "Navn, CPR-nummer og ansættelse kommer fra HR. Få dem rettet der, så retter de sig her. Er der andet, så ring til servicedesken på {phone}.",
        "Name, CPR number and employment come from HR. Have them corrected there, and they are corrected here. For anything else call the service desk on {phone}.";
    COMPLAIN_FIRST: "Er du utilfreds med, hvordan vi bruger dine oplysninger, så skriv til kommunens databeskyttelsesrådgiver på {mail}. Skriv det i emnet.",
        "If you are not content with how we use your data, write to the municipality's data protection officer at {mail}, and say so in the subject.";
    COMPLAIN_LINK: "Klag til Datatilsynet", "Complain to the Danish Data Protection Agency";
    COMPLAIN: "Du kan klage over, hvordan vi bruger dine oplysninger, til Datatilsynet: datatilsynet.dk.",
        "You can complain about how we use your data to the Danish Data Protection Agency: datatilsynet.dk.";
    PRIVACY: "Læs privatlivspolitikken", "Read the privacy policy";

    READY_TITLE: "Dine oplysninger er klar", "Your data is ready";
    READY_LEAD: "Du kan hente dem i denne browser til kl. {clock}. Gem dem et sted, hvor andre ikke kan læse dem, og slet filen bagefter på en delt pc.",
        "You can take them out in this browser until {clock}. Keep them where others cannot read them, and delete the file afterwards on a shared computer.";
    READY_PAGE: "Hent som side, du kan læse", "Take out as a page you can read";
    READY_JSON: "Hent som JSON", "Take out as JSON";

    TERMS_LINK: "Dine vilkår", "Your terms";
    TERMS_TITLE: "Dine vilkår", "Your terms";
    TERMS_LEAD: "De vilkår, du har accepteret. Det nyeste står først.", "The terms you accepted. The newest stands first.";
    TERMS_VERSION: "Udgave {version}", "Version {version}";
    TERMS_NOW: "Den gælder nu.", "It holds now.";
    TERMS_AT: "Accepteret {moment}", "Accepted {moment}";
    TERMS_FROM: "i {browser} fra {address}", "in {browser} from {address}";
    TERMS_FROM_ADDRESS: "fra {address}", "from {address}";
    TERMS_COMING: "Nye vilkår, udgave {version}, gælder fra {day}.", "New terms, version {version}, hold from {day}.";
    TERMS_HOLD: "Nye vilkår, udgave {version}, gælder nu. Du har ikke accepteret dem endnu.",
        "New terms, version {version}, hold now. You have not accepted them yet.";
    TERMS_ASKED_THEN: "Du bliver bedt om at læse og acceptere dem, første gang du logger ind derefter.",
        "You are asked to read and accept them the first time you sign in after that.";
    TERMS_ASKED_NEXT: "Du bliver bedt om at læse og acceptere dem, næste gang du logger ind.",
        "You are asked to read and accept them the next time you sign in.";
    TERMS_BY: "Gør det senest {day}.", "Do it by {day} at the latest.";
    TERMS_ENOUGH: "Din accept gælder stadig. Du skal ikke gøre noget.", "Your accept still counts. There is nothing you need to do.";
    TERMS_NONE: "Der er ingen endnu.", "There are none yet.";
    TERMS_READ: "Læs de vilkår, der gælder nu", "Read the terms that hold now";

    FILE_TITLE: "Oplysninger om {name}", "Data about {name}";
    FILE_FROM: "Hentet fra {municipality}s medarbejderlogin", "Taken out of the staff login of {municipality}";
    FILE_NOTHING: "Intet", "Nothing";
}

/// The names of the parts of the file, in the order they stand in it.
pub const PARTS: &[(&str, Say)] = &[
    ("made_at", Say::new("Lavet", "Made")),
    ("person", Say::new("Hvem du er", "Who you are")),
    ("given_name", Say::new("Fornavn", "Given name")),
    ("family_name", Say::new("Efternavn", "Family name")),
    ("user_name", Say::new("Brugernavn", "User name")),
    ("cpr", Say::new("CPR-nummer", "CPR number")),
    ("contact", Say::new("Kontakt til dig", "Contact channels")),
    ("work_mail", Say::new("Mail på arbejde", "Mail at work")),
    ("private_mail_from_hr", Say::new("Privat mail fra HR", "Private mail from HR")),
    ("mobile_from_hr", Say::new("Mobil fra HR", "Mobile from HR")),
    ("own", Say::new("Valgt af dig", "Chosen by you")),
    ("relations", Say::new("Tilknytninger", "Work relations")),
    ("cvr", Say::new("CVR-nummer", "CVR number")),
    ("employee_number", Say::new("Medarbejdernummer", "Employee number")),
    ("unit", Say::new("Enhed", "Unit")),
    ("starts_on", Say::new("Første dag", "First day")),
    ("ends_on", Say::new("Sidste dag", "Last day")),
    ("activated_at", Say::new("Aktiv siden", "Active since")),
    ("closed_at", Say::new("Lukket", "Closed")),
    ("holds", Say::new("Spærringer", "Blocks")),
    ("origin", Say::new("Fra", "From")),
    ("terms", Say::new("Vilkår", "Terms")),
    ("version", Say::new("Udgave", "Version")),
    ("proofs", Say::new("Bekræftelser af din identitet", "Confirmations of your identity")),
    ("level", Say::new("Sikringsniveau", "Level of assurance")),
    ("with", Say::new("Med", "With")),
    ("through", Say::new("Gennem", "Through")),
    ("authenticators", Say::new("Brugt ved det", "Used for it")),
    ("transactions", Say::new("Deres numre", "Their numbers")),
    ("register_at", Say::new("Register spurgt", "Register asked")),
    ("register", Say::new("Hvilket register", "Which register")),
    ("password_set_at", Say::new("Adgangskode valgt", "Password chosen")),
    ("login_methods", Say::new("Loginmidler", "Login methods")),
    ("recovery_codes_left", Say::new("Gendannelseskoder tilbage", "Recovery codes left")),
    ("roles", Say::new("Roller", "Roles")),
    ("role", Say::new("Rolle", "Role")),
    ("proposed_at", Say::new("Foreslået", "Proposed")),
    ("held_until", Say::new("Din til", "Yours until")),
    ("ended_at", Say::new("Ophørt", "Ended")),
    ("sessions", Say::new("Her er du logget ind", "Where you are signed in")),
    ("services", Say::new("Systemer, der kan være åbne", "Systems that may be open")),
    ("registered", Say::new("Det, systemer får at vide om dig", "What systems are told of you")),
    ("subject_name_id", Say::new("Navn hos MitID Erhverv", "Name at MitID Erhverv")),
    ("uni_id", Say::new("UNI-ID", "UNI-ID")),
    ("uuid", Say::new("Id i organisationsregistret", "Id in the organisation register")),
    ("job_functions", Say::new("Jobfunktioner", "Job functions")),
    ("events", Say::new("Hændelser", "Events")),
    ("at", Say::new("Tidspunkt", "Time")),
    ("what", Say::new("Hvad", "What")),
    ("by", Say::new("Af", "By")),
    ("kind", Say::new("Slags", "Kind")),
    ("name", Say::new("Hvad det hedder", "What it is called")),
    ("address", Say::new("Adresse", "Address")),
    ("browser", Say::new("Sådan kaldte browseren sig", "What the browser called itself")),
    ("to", Say::new("Til", "To")),
    ("old", Say::new("Gammel", "Old")),
    ("new", Say::new("Ny", "New")),
    ("before", Say::new("Før", "Before")),
    ("reason", Say::new("Begrundelse", "Reason")),
    ("took-ms", Say::new("Varede, i millisekunder", "Took, in milliseconds")),
    ("user-name", Say::new("Navn, der blev skrevet", "Name that was typed")),
    ("changed_at", Say::new("Ændret", "Changed")),
    ("added_at", Say::new("Tilføjet", "Added")),
    ("used_at", Say::new("Sidst brugt", "Last used")),
    ("began_at", Say::new("Begyndt", "Begun")),
    ("seen_at", Say::new("Sidst i brug", "Last in use")),
    ("until", Say::new("Senest til", "Until at the latest")),
    ("facts", Say::new("Nærmere", "More about it")),
    ("service", Say::new("System", "System")),
    ("why", Say::new("Hvorfor", "Why")),
    ("for", Say::new("Til brug for", "For")),
    ("factor", Say::new("Loginmiddel", "Login method")),
    ("factors", Say::new("Loginmidler brugt", "Login methods used")),
    ("asked", Say::new("Niveau, systemet bad om", "Level the system asked for")),
    ("profile", Say::new("MitID gennem", "MitID through")),
    ("door", Say::new("Sådan spærret", "How it was blocked")),
    ("during", Say::new("Undervejs i", "During")),
    ("step", Say::new("Trin", "Step")),
    ("after", Say::new("Efter", "After")),
    ("template", Say::new("Besked", "Notice")),
    ("channel", Say::new("Sendt som", "Sent as")),
    ("details", Say::new("Detaljer", "Details")),
    ("reference", Say::new("Henvisning", "Reference")),
];

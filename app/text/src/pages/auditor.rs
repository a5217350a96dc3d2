//! What an auditor sees: the list of exports, one that was made, a sample (pages 53 and 54).

sentences! {
    LINK: "Revision", "Audit";
    TITLE: "Revision", "Audit";
    LEAD: "Her henter du dokumentation for en periode. Hvert udtræk er en tabel og en JSON-fil med de samme rækker og et underskrevet følgebrev.",
        "Here you take out evidence for a period. Each export is a table and a JSON file with the same rows, and a signed manifest.";
    READ_ONLY: "Du kan kun læse. Hvert udtræk bliver skrevet i loggen, og den, du læser om, kan selv se det.",
        "You can only read. Each export is written in the log, and whoever you read about can see it herself.";
    SINCE: "Loggen begynder {moment}. Tidligere perioder er tomme.", "The log begins {moment}. Earlier periods are empty.";
    SINCE_NONE: "Der er ikke noget i loggen endnu.", "There is nothing in the log yet.";
    FROM: "Første dag", "First day";
    TO: "Sidste dag", "Last day";
    DAY_HINT: "Året først, så måned og dag, f.eks. 2026-11-30.", "Year first, then month and day, such as 2026-11-30.";
    EXPORT: "Udtræk", "Export";
    MAKE: "Lav udtrækket", "Make the export";
    SERVES: "Krav {nsis}.", "Requirement {nsis}.";
    OPEN_PART: "Ikke komplet: en del tæller som åben.", "Not complete: a part counts as open.";
    SAMPLE_TITLE: "Stikprøve", "Random sample";
    SAMPLE_LEAD: "Vælg tilfældige medarbejdere, og læs alt, der er sket med hver enkelt. Med samme frø bliver det de samme.",
        "Choose random employees, and read all that happened to each of them. The same seed gives the same people.";
    SEED: "Frø", "Seed";
    SEED_HINT: "Bogstaver fra a til z, tal og bindestreger. Lad det stå tomt, så trækker vi et.",
        "Letters from a to z, digits and hyphens. Leave it empty and we draw one.";
    MANY: "Hvor mange", "How many";
    MANY_HINT: "Fra 1 til 100.", "From 1 to 100.";
    DRAW: "Træk stikprøven", "Draw the sample";
    PERSON_TITLE: "Alt om én person", "Everything about one person";
    PERSON_LEAD: "Har et udtræk et id, du vil følge, så sæt det ind her.", "If an export has an id you want to follow, put it in here.";
    PERSON: "Personens id", "The person's id";
    PERSON_HINT: "Det står i kolonnen about.", "It stands in the column about.";
    CASE: "Sagsnummer, hvis oplysningerne er begrænset", "Case number, if the data are restricted";
    CASE_HINT: "Højst 40 bogstaver, tal og tegnene - . /. Personen kan se det.", "At most 40 letters, digits and the signs - . /. The person can see it.";
    READ: "Læs alt om personen", "Read everything about the person";

    MADE_TITLE: "Udtræk {number}: {name}", "Export {number}: {name}";
    MADE_LEAD: "Udtrækket er klar. Du kan hente filerne i denne browser til kl. {clock}. Gem dem et sted, hvor andre ikke kan læse dem.",
        "The export is ready. You can take the files in this browser until {clock}. Keep them where others cannot read them.";
    TAKE_CSV: "Hent tabel (CSV)", "Take the table (CSV)";
    TAKE_JSON: "Hent JSON-filen", "Take the JSON file";
    TAKE_MANIFEST: "Hent følgebrevet", "Take the manifest";
    ORDERS: "Bestilte udtræk", "Ordered exports";
    ORDER_AT: "Bestilt {moment}.", "Ordered {moment}.";
    ORDER_WAITS: "Udtrækket er langt, så det bliver lavet ved siden af. Det begynder om lidt.",
        "The export is long, so it is made on the side. It begins shortly.";
    ORDER_RUNS: "Udtrækket bliver lavet: {done} af {of} er læst ({percent} %).", "The export is being made: {done} of {of} read ({percent} %).";
    ORDER_LEAVE: "Du kan lukke siden og komme tilbage. Når udtrækket er klar, kan du hente filerne i op til et døgn, også efter at du har logget ind igen.",
        "You can close the page and come back. Once the export is ready you can take the files for up to a day, also after you signed in again.";
    ORDER_LOOK: "Se, hvor langt det er", "See how far it is";
    ORDER_CANCEL: "Annullér udtrækket", "Cancel the export";
    ORDER_DISCARD: "Slet filerne nu", "Delete the files now";
    ORDER_ANEW: "Bestil et nyt udtræk", "Order a new export";
    ORDER_READY: "Udtrækket er klar. Du kan hente filerne til {moment}; derefter bliver de slettet her. Gem dem et sted, hvor andre ikke kan læse dem.",
        "The export is ready. You can take the files until {moment}; then they are deleted here. Keep them where others cannot read them.";
    ORDER_EXPIRED: "Filerne er slettet, for de kunne hentes i et døgn. Bestil udtrækket igen, hvis du skal bruge det.",
        "The files are deleted: they could be taken for a day. Order the export again if you need it.";
    ORDER_CANCELLED: "Udtrækket er annulleret, og filerne bliver slettet. Bestil det igen, hvis du skal bruge det.",
        "The export is cancelled and its files are deleted. Order it again if you need it.";
    ORDER_ROLE_LOST: "Udtrækket blev stoppet, fordi du ikke havde rollen som revisor, mens det blev lavet. Bestil det igen.",
        "The export was stopped because you did not have the role of auditor while it was made. Order it again.";
    ORDER_INTERRUPTED: "Udtrækket blev afbrudt for mange gange. Bestil det igen, og ring til {phone}, hvis det sker én gang til.",
        "The export broke off too many times. Order it again, and call {phone} if it happens once more.";
    ORDER_TOO_LARGE: "Udtrækket blev større end 4 GB. Bestil det for en kortere periode.",
        "The export became larger than 4 GB. Order it for a shorter period.";
    STATE_WAITS: "Venter", "Waits";
    STATE_RUNS: "{percent} % er læst", "{percent} % read";
    STATE_READY: "Klar til {moment}", "Ready until {moment}";
    STATE_EXPIRED: "Slettet", "Deleted";
    STATE_CANCELLED: "Annulleret", "Cancelled";
    STATE_FAILED: "Ikke lavet", "Not made";
    PERIOD: "Periode", "Period";
    PERIOD_VALUE: "{from} til {before}", "{from} to {before}";
    PERIOD_ALL: "Til {before}", "Until {before}";
    ROWS: "Rækker", "Rows";
    GONE: "Slettet efter reglerne", "Deleted by rule";
    GONE_VALUE: "{n} pladser i loggen har ingen række mere", "{n} places of the log have no row any more";
    BROKEN: "Rækker, som er ændret eller fjernet uden om systemet: {n}. Den første har plads {first} i loggen. De er ikke med i filerne.",
        "Rows that were changed or taken away past the system: {n}. The first has place {first} in the log. They are not in the files.";
    BROKEN_NEXT: "Sig det straks til den informationssikkerhedsansvarlige, og få kørt nsis-id audit verify, før du bygger på udtrækket.",
        "Tell the information security officer at once, and have nsis-id audit verify run before you rely on this export.";
    WAITING: "Endnu uden plads", "Without a place yet";
    WAITING_VALUE: "{n} hændelser fra perioden havde ikke fået plads i loggen endnu og er ikke med. De er med i næste udtræk.",
        "{n} events of the period had no place in the log yet and are not in it. They are in the next export.";
    PLACES: "Pladser i loggen", "Places of the log";
    PLACES_VALUE: "{first} til {last}", "{first} to {last}";
    NSIS: "Krav", "Requirements";
    ABOUT: "Om", "About";
    MISSING: "Tæller som åbent", "Counts as open";
    FILE_VALUE: "{bytes} byte, SHA-256 {digest}", "{bytes} bytes, SHA-256 {digest}";
    PROVES: "Følgebrevet er underskrevet med samme nøgle som loggens kontrolpunkter og kan efterprøves med den offentlige nøgle alene.",
        "The manifest is signed by the same key as the checkpoints of the log, and can be verified with the public key alone.";
    TRAIL: "Det er sket", "What happened";
    TRAIL_FIRST: "De første {n} af {of} rækker. Resten står i filerne.", "The first {n} of {of} rows. The rest stands in the files.";
    TRAIL_NONE: "Der er ikke noget i loggen om personen.", "There is nothing in the log about the person.";
    TRAIL_BY: "af {who}", "by {who}";
    BACK: "Tilbage til revision", "Back to audit";

    DRAWN_LEAD: "{n} af {of} medarbejdere. Du kan se stikprøven i denne browser til kl. {clock}.",
        "{n} of {of} employees. You can see the sample in this browser until {clock}.";
    DRAWN_SEED: "Frø: {seed}", "Seed: {seed}";
    DRAWN_HOW: "Sådan er den trukket: SHA-256 af frøet, et linjeskift og personens id; de laveste er med. Den samme stikprøve kan trækkes igen med ethvert værktøj.",
        "How it was drawn: SHA-256 of the seed, a line end and the person's id; the lowest are in it. Any tool can draw the same sample again.";
    DRAWN_READ: "Læs alt", "Read everything";
    DRAWN_READ_LABEL: "Læs alt om {name}", "Read everything about {name}";

    REFUSED_TITLE: "Kun for revisorer", "For auditors only";
    REFUSED_BODY: "Siden er for den, der har rollen som revisor og er logget ind med to faktorer. Skal du revidere, så bed to administratorer om at foreslå rollen. Den virker, når du har accepteret den på dit overblik.",
        "This page is for whoever has the role of auditor and is signed in with two factors. If you are to audit, ask two administrators to propose the role. It works once you accepted it on your overview.";
    REFUSED_BACK: "Til overblikket", "To the overview";
    GONE_MADE: "Udtrækket eller stikprøven er lukket igen. Lav det forfra, så er det de samme rækker.",
        "The export or sample is closed again. Make it once more: the rows are the same.";

    EXPORT_MISSING: "Vælg et udtræk.", "Choose an export.";
    FROM_SHAPE: "Skriv den første dag, f.eks. 2026-11-01.", "Enter the first day, such as 2026-11-01.";
    TO_SHAPE: "Skriv den sidste dag, f.eks. 2026-11-30.", "Enter the last day, such as 2026-11-30.";
    BACKWARDS: "Vælg en sidste dag, der ikke ligger før den første.", "Choose a last day that is not before the first.";
    TOO_MANY: "Du har allerede tre bestilte udtræk. Annullér et af dem, eller slet dets filer, når du har hentet dem.",
        "You have three ordered exports already. Cancel one of them, or delete its files once you have taken them.";
    SEED_SHAPE: "Skriv et frø af bogstaver fra a til z, tal og bindestreger, højst 40 tegn.", "Enter a seed of letters from a to z, digits and hyphens, at most 40.";
    SIZE: "Skriv et tal fra 1 til 100.", "Enter a number from 1 to 100.";
    RESTRICTED: "Personen har bedt om at blive slettet, så oplysningerne er begrænset. Skriv nummeret på den sag, du skal bruge dem til.",
        "The person asked to be erased, so the data are restricted. Write the number of the case you need them for.";
    NOBODY: "Sæt et id ind, som står i et udtræk.", "Put in an id that stands in an export.";

    MEANS: "Udstedte loginmidler", "Issued login methods";
    REGISTER: "CPR-registrets svar", "What the CPR register said";
    BLOCKS: "Spærringer og lukninger", "Blocks and revocations";
    REOPENINGS: "Genåbninger og fornyelser", "Reopenings and renewals";
    LEAVERS: "Fratrådte og lukketid", "Leavers and time of closing";
    LINKS: "Oprettede tilknytninger", "Work relations made";
    STAFF: "Roller og hvem der har dem", "Roles and who holds them";
    PRIVILEGED: "Det, betroede har gjort", "What trusted staff did";
    INTEGRITY: "Loggens ubrudthed", "Integrity of the log";
    TOKENS: "Svar til systemer og deres anmodninger", "Answers to systems and their requests";
    KEYS: "Nøgler og deres liv", "Keys and their lives";
    CONFIGURATION: "Opsætning og ændringer", "Settings and changes";
    UPTIME: "Oppetid for spærring", "Uptime of blocking";
    RETENTION: "Sletninger efter reglerne", "Deletions by rule";
    DOCUMENTS: "Udgaver af vilkår og politikker", "Versions of terms and policies";
    INCIDENTS: "Gendannelser og hændelser", "Restores and incidents";
    CONTROLS: "Kontrolskemaet", "The control schema";

    GAP_IN_PERSON: "bekræftelse ved fremmøde samles først, når den findes", "proofs in person are not collected before they exist";
    GAP_REGISTER_RUNS: "jævnlige opslag i CPR-registret samles først, når de findes", "periodic runs against the CPR register are not collected before they exist";
    GAP_ORPHANS: "tilknytninger, HR ikke længere nævner, samles først, når listen findes", "relations HR does not name any more are not collected before there is a list";
    GAP_TRAINING: "uddannelse af registranter samles først, når registret findes", "training of registrars is not collected before there is a register";
    GAP_CRIMINAL_RECORD: "straffeattester samles først, når de noteres her", "criminal records are not collected before they are noted here";
    GAP_ACCESS_REVIEW: "gennemgang af adgange samles først, når den noteres her", "reviews of access are not collected before they are noted here";
    GAP_ALERTS: "alarmer om betroede samles først, når de gemmes", "alarms about trusted staff are not collected before they are kept";
    GAP_CONFIGURATION: "ændringer i opsætningsfilen samles først, når de noteres", "changes of the configuration file are not collected before they are noted";
    GAP_INCIDENTS: "øvelser og hændelser samles først, når de noteres", "drills and incidents are not collected before they are noted";
    GAP_CONTROLS: "kontrolskemaet samles først, når det udfyldes her", "the control schema is not collected before it is filled in here";
}

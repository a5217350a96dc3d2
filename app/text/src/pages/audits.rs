//! What an auditor looks at beside her exports: figures, events, accepts of terms, requirements (pages 53, 54 and 55).

sentences! {
    MORE: "Se også", "See also";
    SHOW: "Vis", "Show";
    OPEN_UNTIL: "Du kan se siden i denne browser til kl. {clock}.", "You can see this page in this browser until {clock}.";
    SERVES: "Krav {nsis}", "Requirement {nsis}";
    TAKE: "Lav udtræk {number} for perioden", "Make export {number} for the period";

    FIGURES: "Nøgletal", "Key figures";
    FIGURES_LEAD: "Vælg en periode, og se, hvem der har accepteret vilkårene, hvor godt de er bekræftet, og hvor hurtigt spærringer virkede.",
        "Choose a period, and see who accepted the terms, how well they are proved, and how fast blocks worked.";
    FIGURES_COUNT: "Vis nøgletal", "Show the figures";
    FIGURES_MADE: "Optalt {moment}. Perioden er {from} til {before}.", "Counted {moment}. The period is {from} to {before}.";
    FIGURES_BROKEN: "Hændelser, som er ændret uden om systemet og ikke er talt med: {n}.", "Events that were changed past the system and are not counted: {n}.";
    FIGURES_NOBODY: "Ingen navne og ingen id'er står i tallene.", "No names and no ids stand in the figures.";
    TERMS: "Accepterede vilkår", "Accepted terms";
    TERMS_SHARE: "{share} % – {accepted} af {of} med en åben tilknytning har accepteret de vilkår, der gælder nu.",
        "{share}% – {accepted} of {of} people with an open work relation accepted the terms that hold now.";
    TERMS_NOBODY: "Ingen har en åben tilknytning.", "Nobody has an open work relation.";
    TERMS_PERIOD: "{n} accepter blev givet i perioden.", "{n} accepts were given in the period.";
    LEVELS: "Sikringsniveauer lige nu", "Levels of assurance right now";
    LEVEL_NONE: "Ikke bekræftet endnu: {n}", "Not proved yet: {n}";
    LEVEL_LOW: "Lav, eller skal bekræftes igen: {n}", "Low, or to be confirmed anew: {n}";
    LEVEL_SUBSTANTIAL: "Betydelig: {n}", "Substantial: {n}";
    LEVEL_HIGH: "Høj: {n}", "High: {n}";
    LEVEL_HELD: "Spærret eller lukket lige nu: {n}", "Blocked or closed right now: {n}";
    BLOCKS: "Spærringer i perioden", "Blocks in the period";
    BY_SESSION: "Fra en åben session: {n}", "From an open session: {n}";
    BY_MITID: "Med MitID: {n}", "With MitID: {n}";
    BY_CODE: "Med spærrekode: {n}", "With the blocking code: {n}";
    BY_NOTICE: "Med linket i en besked: {n}", "With the link in a notice: {n}";
    BY_PASSWORD: "Med adgangskode: {n}", "With a password: {n}";
    DOOR_SESSION: "Fra en åben session", "From an open session";
    DOOR_MITID: "Med MitID", "With MitID";
    DOOR_CODE: "Med spærrekode", "With the blocking code";
    DOOR_NOTICE: "Med linket i en besked", "With the link in a notice";
    DOOR_PASSWORD: "Med adgangskode", "With a password";
    BY_OTHERS: "Sat af kommunen eller systemet: {n}", "Put by the municipality or the system: {n}";
    BLOCKS_REFUSED: "Forsøg, der ikke gav ret til at spærre: {n}", "Tries that gave no right to block: {n}";
    BLOCKED_FOR: "Fra spærring til genåbning", "From block to reopening";
    BLOCKED_TIMES: "{n} blev genåbnet i perioden: den midterste efter {median}, den længste efter {longest}. {still} var ikke genåbnet ved dens slutning.",
        "{n} were opened again in the period: the one in the middle after {median}, the longest after {longest}. {still} were not opened by its end.";
    BLOCKED_NONE: "Ingen blev genåbnet i perioden. {still} var ikke genåbnet ved dens slutning.",
        "None was opened again in the period. {still} were not opened by its end.";
    QUICK: "Fra knappen til spærringen", "From the button to the block";
    QUICK_DOOR: "{door}: halvdelen inden for {half} ms, 99 af 100 inden for {most} ms (antal: {n})",
        "{door}: half of them within {half} ms, 99 of 100 within {most} ms (number: {n})";
    QUICK_NONE: "Ingen spærring i perioden siger, hvor længe den tog.", "No block of the period says how long it took.";
    QUICK_HOW: "Tiden går fra anmodningen til rækken i loggen, som er skrevet i samme transaktion som spærringen. Kun databasens bekræftelse mangler.",
        "The time goes from the request to the row in the log, which is written in the transaction of the block. Only the database's commit is not in it.";
    DAYS: "{n} dage", "{n} days";
    HOURS: "{n} timer", "{n} hours";
    MINUTES: "{n} min.", "{n} min";
    SECONDS: "{n} sek.", "{n} s";
    UPTIME: "Oppetid for spærring", "Uptime of blocking";
    UPTIME_NONE: "Der er ikke afleveret tal for perioden. De måles udefra på en anden maskine med nsis-id probe run og afleveres med nsis-id probe hand-in.",
        "No figures of the period were handed in. They are measured from outside by nsis-id probe run on another machine, and handed in with nsis-id probe hand-in.";
    UPTIME_DOOR: "{door}: {share} % af {n} spørgsmål på {days} af {of} dage; længste fejl {failure}, længst uden spørgsmål {silence}",
        "{door}: {share} % of {n} questions on {days} of {of} days; longest failure {failure}, longest time nobody asked {silence}";
    UPTIME_DOOR_NONE: "{door}: intet afleveret", "{door}: nothing handed in";
    UPTIME_HOW: "Målt udefra og afleveret af driften, dag for dag. Systemet kan ikke kontrollere, at tallene er, som de blev målt. Om en tid, hvor ingen spurgte, vides intet.",
        "Measured from outside and handed in by operations, day by day. The system cannot check that the figures are as they were measured. Of a time nobody asked in nothing is known.";
    UPTIME_NOW: "Om dørene er åbne lige nu, står på siden med krav.", "Whether the doors are open right now stands on the page of requirements.";
    ORGANISATION: "Åbne og organisatoriske krav", "Open and organisational requirements";
    ORGANISATION_OPEN: "Mangler noget i systemet: {ids}", "Something is missing in the system: {ids}";
    ORGANISATION_OWNED: "{n} krav kan systemet ikke opfylde alene. De hører til: {owners}.",
        "{n} requirements are beyond what the system alone can meet. They belong to: {owners}.";
    NONE: "ingen", "none";
    OWNER_MANAGEMENT: "ledelsen", "management";
    OWNER_HR: "HR og løn", "HR and payroll";
    OWNER_CITIZENS: "Borgerservice", "citizen service";
    OWNER_OPERATIONS: "it-drift", "IT operations";
    OWNER_SECURITY: "informationssikkerhed", "information security";
    OWNER_PRIVACY: "databeskyttelse", "data protection";

    EVENTS: "Hændelser", "Events";
    EVENTS_LEAD: "Søg i loggen efter tid, art, udfald, reference eller plads. Der søges ikke i personoplysninger, og de vises ikke i listen.",
        "Search the log by time, kind, outcome, reference or place. Personal data is not searched, and the list does not show it.";
    CHAIN: "Loggens tilstand", "State of the log";
    CHAIN_WHOLE: "Loggen hænger sammen, så langt den er underskrevet.", "The log is whole as far as it is signed.";
    CHAIN_NOTHING: "Der er ikke underskrevet noget endnu.", "Nothing is signed yet.";
    CHAIN_LIMITS: "Siden ser på de seneste kontrolpunkter. Hele loggen efterprøves række for række med nsis-id audit verify.",
        "This page looks at the latest checkpoints. The whole log is verified row by row with nsis-id audit verify.";
    SIGNED: "Seneste kontrolpunkt", "Latest checkpoint";
    SIGNED_VALUE: "Nr. {number} over {rows} rækker, {moment}", "No. {number} over {rows} rows, {moment}";
    SIGNED_NONE: "Intet, der er underskrevet af os", "None that we signed";
    SEQUENCED: "I kæden", "In the chain";
    SEQUENCED_VALUE: "Til og med plads {place}", "Up to place {place}";
    WAITING: "Venter på plads", "Waiting for a place";
    WAITING_VALUE: "{n} rækker. Efter et sekund eller to skal de være i kæden.", "{n} rows. They are to be in the chain after a second or two.";
    WAITING_NONE: "Ingen rækker", "No rows";
    OUTSIDE: "Uden for databasen", "Outside the database";
    OUTSIDE_NOWHERE: "Denne server gemmer ingen kontrolpunkter udenfor", "This server keeps no checkpoints outside";
    OUTSIDE_NOTHING: "Intet gemt endnu", "Nothing kept yet";
    OUTSIDE_AGREES: "Det samme, til og med nr. {number}", "The same, up to no. {number}";
    OUTSIDE_UNLIKE: "Noget andet end databasen", "Something else than the database";
    WRONG_UNSIGNED: "Det seneste kontrolpunkt er ændret: ingen af vores nøgler har underskrevet det.",
        "The latest checkpoint was changed: none of our keys signed it.";
    WRONG_NOT_GROWN: "Det seneste kontrolpunkt går ikke videre fra det forrige.", "The latest checkpoint does not go on from the one before it.";
    WRONG_BEHIND: "Databasen kender ikke det seneste kontrolpunkt udenfor: den er en ældre kopi, eller loggen er skiftet ud.",
        "The database does not know the latest checkpoint outside: it is an older copy, or its log was replaced.";
    WRONG_FORGED: "Det seneste kontrolpunkt udenfor er ændret eller ikke vores.", "The latest checkpoint outside was changed or is not ours.";
    WRONG_UNUSABLE: "Kontrolpunkter kan ikke gemmes uden for databasen lige nu.", "Checkpoints cannot be kept outside the database right now.";
    WRONG_TAMPERED: "Loggen går ikke videre fra det seneste kontrolpunkt, og der underskrives ikke noget.",
        "The log does not go on from its latest checkpoint, and nothing is signed.";
    WRONG_NEXT: "Bed driften om at køre nsis-id audit verify. Det nævner det første sted, der ikke passer.",
        "Ask operations to run nsis-id audit verify. It names the first place that does not fit.";
    SEARCH: "Søg", "Search";
    GROUP: "Område", "Area";
    GROUP_ALL: "Alle områder", "All areas";
    GROUP_PEOPLE: "Personer og tilknytninger", "People and relations";
    GROUP_ENROLMENT: "Kom i gang", "Getting started";
    GROUP_TERMS: "Vilkår", "Terms";
    GROUP_PROOF: "Bekræftelse af, hvem man er", "Proof of who one is";
    GROUP_MEANS: "Adgangskoder og loginmidler", "Passwords and login methods";
    GROUP_SIGN_IN: "Login", "Signing in";
    GROUP_SERVICES: "Systemer og svar til dem", "Services and answers to them";
    GROUP_BLOCKING: "Spærring og genåbning", "Blocking and opening";
    GROUP_NOTICES: "Beskeder", "Notices";
    GROUP_ROLES: "Roller og læsning af loggen", "Roles and reading of the log";
    GROUP_KEYS: "Nøgler", "Keys";
    GROUP_HOUSE: "Driften og loggen", "The installation and its log";
    KINDS: "Arter", "Kinds";
    KINDS_HINT: "Ord fra hændelseskataloget, f.eks. login.held, med mellemrum imellem. Tomt er alle.",
        "Words of the catalogue of events, such as login.held, with spaces between. Empty means all.";
    OUTCOME: "Udfald", "Outcome";
    OUTCOME_ALL: "Alle udfald", "All outcomes";
    OUTCOME_DONE: "Gennemført", "Done";
    OUTCOME_REFUSED: "Afvist", "Refused";
    OUTCOME_STOPPED: "Lykkedes ikke", "Did not work";
    OUTCOME_SEEN: "Set eller sagt", "Seen or said";
    REFERENCE: "Reference", "The reference";
    REFERENCE_HINT: "F.eks. 7K3Q-92AB sammen med højst 31 dage, eller anmodningens id fra et udtræk: så ledes der i det døgn, den begyndte.",
        "Such as 7K3Q-92AB with 31 days at most, or the id of a request from an export: then the day it began is searched.";
    PLACE: "Plads i kæden", "Place in the chain";
    PLACE_HINT: "Et tal. Så vises den række alene.", "A number. Then that row alone is shown.";
    FOUND_NONE: "Der er ingen rækker, der passer.", "No rows fit.";
    FOUND_WITHIN: "Perioden er {from} til {before}.", "The period is {from} to {before}.";
    FOUND_SOUGHT: "Søgt efter: {sought}", "Searched for: {sought}";
    FOUND_EMPTIED: "Plads {place} er tømt efter reglerne. Den var {event}, {moment}.",
        "Place {place} was emptied by rule. It was {event}, {moment}.";
    OLDER: "Ældre rækker", "Older rows";
    NEWEST: "De nyeste rækker", "The newest rows";
    AT_PLACE: "Plads {place}", "Place {place}";
    AT_NONE: "Venter på plads", "Waits for a place";
    ABOUT: "om {who}", "about {who}";
    OPEN_LABEL: "Vis det forseglede: {event}, {at}", "Show what is sealed: {event}, {at}";
    OPEN: "Vis det forseglede", "Show what is sealed";
    PROOF_OPEN: "Vis beviset", "Show the proof";
    PROOF_OPEN_LABEL: "Vis beviset: {event}, {at}", "Show the proof: {event}, {at}";
    OPEN_TOLD: "Når du viser en række, bliver det skrevet i loggen. Den, den handler om, og den, der gjorde det, kan se det.",
        "When you show a row, that is written in the log. Whoever it is about can see it, and so can whoever did it.";
    BACK_EVENTS: "Ny søgning", "A new search";
    BACK_FOUND: "Tilbage til rækkerne", "Back to the rows";

    ROW: "Række i loggen", "A row of the log";
    ROW_WHEN: "Tid", "Time";
    ROW_WHAT: "Hændelse", "The event";
    ROW_BY: "Af", "By";
    ROW_ABOUT: "Om", "About";
    ROW_REQUEST: "Anmodning", "The request";
    ROW_PLACE: "Plads", "Place";
    ROW_WHOLE: "Uændret", "Unchanged";
    ROW_AUTHENTIC: "Ja: rækken er skrevet med husets nøgle", "Yes: the row was written under a key of this house";
    ROW_CHANGED: "Nej: rækken er ændret efter, at den blev skrevet", "No: the row was changed after it was written";
    ROW_SIGNED: "Underskrevet", "Signed for";
    ROW_NOT_YET: "Ikke endnu: den kommer med i det næste kontrolpunkt", "Not yet: the next checkpoint covers it";
    ROW_PROVED: "Ja: den er blandt rækkerne i kontrolpunkt nr. {number}. Beviset er regnet efter nu.",
        "Yes: it is among the rows of checkpoint no. {number}. The proof was computed just now.";
    ROW_UNPROVED: "Nej: den er ikke blandt rækkerne i kontrolpunkt nr. {number}", "No: it is not among the rows of checkpoint no. {number}";
    ROW_FACTS: "Oplysninger", "Facts";
    ROW_SEALED: "Forseglet", "Sealed";
    ROW_SEALED_NONE: "Intet, der kan åbnes.", "Nothing that can be opened.";

    ACCEPTS: "Accept af vilkår", "Accepts of terms";
    ACCEPTS_LEAD: "Find en accept efter periode eller reference, og vis beviset for den.", "Find an accept by period or reference, and show its proof.";
    ACCEPTS_FIND: "Find accepter", "Find accepts";
    PROOF: "Bevis for vilkårsaccept", "Proof of acceptance";
    PROOF_LEAD: "Version {version} af vilkårene, accepteret af {name}.", "Version {version} of the terms, accepted by {name}.";
    PROOF_LEFT: "Personen er slettet. Af accepten er det tilbage, der står i loggen.", "The person was erased. What is left of the accept is what stands in the log.";
    PROOF_NONE: "Det her beviser ikke noget: rækken i loggen er ikke, som huset skrev den.", "This proves nothing: the row of the log is not as the house wrote it.";
    PROOF_PRINT: "Udskriv siden med browseren, eller gem den som PDF dér.", "Print this page with the browser, or save it as a PDF there.";
    PROOF_WHO: "Hvem", "Who";
    PROOF_ID: "Id i loggen", "Id in the log";
    PROOF_VERSION: "Udgave", "Edition";
    PROOF_DIGEST: "Tekstens SHA-256", "SHA-256 of the text";
    PROOF_PAGE: "Side {n} vist", "Page {n} shown";
    PROOF_TICKED: "Kryds sat og sendt", "Box ticked and sent";
    PROOF_KEPT: "Skrevet i loggen", "Written in the log";
    PROOF_ADDRESS: "Netadresse", "Network address";
    PROOF_BROWSER: "Browser", "The browser";
    PROOF_LEVEL: "Bekræftet på niveau", "Proved at the level";
    PROOF_LEVEL_VALUE: "{level}, {moment}", "{level}: {moment}";
    PROOF_LEVEL_NONE: "Ingen bekræftelse før accepten", "No proof before the accept";
    PROOF_REFERENCE: "Anmodningens reference", "Reference of the request";
    LOW: "Lav", "Low";
    SUBSTANTIAL: "Betydelig", "Substantial";
    HIGH: "Høj", "High";

    REQUIREMENTS: "Krav", "Requirements";
    REQUIREMENTS_LEAD: "Alle krav i NSIS 2.0.2a på niveau Lav og Betydelig: hvad vi gør, hvilke prøver der viser det, og hvor beviset er. Hvad vi gør, står på engelsk, som i dokumentationen.",
        "Every requirement of NSIS 2.0.2a at Low and Substantial: what we do, which tests show it, and where the proof is.";
    BUILD: "Prøverne", "The tests";
    BUILD_SAYS: "Prøverne kører, når programmet bygges. Et kørende program kan ikke se, hvad de svarede: bed om byggeloggen for den udgave, der kører her.",
        "The tests run when the programme is built. A running programme cannot see what they answered: ask for the build log of the version that runs here.";
    BUILD_TESTED: "Kørt {moment}: {n} prøver af {commit}, {passed} bestod, {rest} fejlede.", "Run {moment}: {n} tests of {commit}, {passed} passed, {rest} did not.";
    BUILD_ELSE: "Det er en anden commit end den, der kører her.", "That is another commit than the one that runs here.";
    BUILD_VERSION: "Udgave {version}, bygget af {commit}", "Version {version}, built from {commit}";
    BUILD_UNTOLD: "Udgave {version}. Bygget fik ikke at vide, hvilken commit det var.", "Version {version}. The build was not told which commit it was.";
    NOW: "Programmet svarer lige nu", "What the programme answers right now";
    NOW_AT: "Spurgt {moment}", "Asked {moment}";
    NOW_DOORS: "Spærringens døre", "The doors of blocking";
    NOW_DOORS_OPEN: "Alle er åbne", "All are open";
    NOW_DOORS_CLOSED: "Virker ikke: {doors}", "Do not work: {doors}";
    NOW_OUTSIDE: "Database og det, der er gemt udenfor", "The database and what is kept outside";
    NOW_OUTSIDE_AGREES: "Passede sammen ved den seneste sammenligning; den første er ved start", "Agreed at the last comparison; the first is made at the start";
    NOW_OUTSIDE_APART: "Passer ikke sammen: der udstedes ikke noget", "Do not agree: nothing is issued";
    NOW_OUTSIDE_NOTHING: "Der er ikke gemt noget udenfor", "Nothing is kept outside";
    NOW_CLOCKS: "Urene", "The clocks";
    NOW_CLOCKS_AGREE: "Går ens", "Agree";
    NOW_CLOCKS_APART: "Går ikke ens: nogen skal se på det", "Are apart: somebody must look";
    NOW_CLOCKS_TOO_FAR: "Går for langt fra hinanden: der udstedes ikke noget", "Are too far apart: nothing is issued";
    STATE_PROVED: "Vist", "Proved";
    STATE_WIRED: "Del for del", "Part by part";
    STATE_OPEN: "Åbent", "Open";
    STATE_OWNERS: "Organisationens", "The organisation's";
    STATE_NOT_DEMANDED: "Kræves ikke her", "Not demanded here";
    COUNTS: "{proved}, {wired}, {open}, {owners}, og {other}.", "{proved}, {wired}, {open}, {owners}, and {other}.";
    COUNT_PROVED: "{n} er vist", "{n} are proved";
    COUNT_PROVED_ONE: "1 er vist", "1 is proved";
    COUNT_WIRED: "{n} er vist del for del", "{n} are proved part by part";
    COUNT_WIRED_ONE: "1 er vist del for del", "1 is proved part by part";
    COUNT_OPEN: "{n} er åbne", "{n} are open";
    COUNT_OPEN_ONE: "1 er åbent", "1 is open";
    COUNT_OWNERS: "{n} er organisationens", "{n} are the organisation's";
    COUNT_OWNERS_ONE: "1 er organisationens", "1 is the organisation's";
    COUNT_NOT_DEMANDED: "{n} kræves ikke her", "{n} are not demanded here";
    COUNT_NOT_DEMANDED_ONE: "1 kræves ikke her", "1 is not demanded here";
    CONTROL: "Hvad vi gør:", "What we do:";
    REST: "At vide:", "To know:";
    OWNER: "Ansvarlig: {owner}", "Answered for by: {owner}";
    CHAPTERS: "Kapitler", "Chapters";
    CHAPTERS_OPEN: "Vis alle krav på én gang", "Show all requirements at once";
    CHAPTERS_CLOSE: "Luk kapitlerne igen", "Close the chapters again";
    CHAPTER: "{first} til {last}: {n} krav", "{first} to {last}: {n} requirements";
    CHAPTER_ONE: "{first}: 1 krav", "{first}: 1 requirement";
    MANY_PROVED: "{n} vist", "{n} proved";
    MANY_WIRED: "{n} vist del for del", "{n} proved part by part";
    MANY_OPEN: "{n} åbne", "{n} open";
    ONE_OPEN: "1 åbent", "1 open";
    MANY_OWNERS: "{n} organisationens", "{n} the organisation's";
    MANY_NOT_DEMANDED: "{n} kræves ikke her", "{n} not demanded here";
    INSIDE: "Kontrol, prøver og bevis for {id}", "Control, tests and evidence of {id}";
    TESTS: "Prøver ({n}):", "Tests ({n}):";
    TESTS_NONE: "Ingen prøver", "No tests";
    EVIDENCE: "Bevis:", "Evidence:";
    RESULT: "Seneste resultat: {result}", "Last result: {result}";
    RESULT_TESTS: "prøvernes svar kendes ikke her; se byggeloggen", "what the tests answered is not known here; see the build's log";
    RESULT_PASSED: "{n} af {n} prøver bestod {moment}", "{n} of {n} tests passed {moment}";
    RESULT_PASSED_ONE: "prøven bestod {moment}", "the test passed {moment}";
    RESULT_FAILED: "fejlede {moment}: {tests}", "did not pass {moment}: {tests}";
    RESULT_MISSING: "kørte ikke {moment}: {tests}", "not run {moment}: {tests}";
    RESULT_NONE: "intet, programmet kan svare på", "nothing the programme can answer";
    RESULT_GOOD: "{what}, spurgt nu: i orden", "{what}, asked now: in order";
    RESULT_BAD: "{what}, spurgt nu: ikke i orden", "{what}, asked now: not in order";

    KIND_UNKNOWN: "Skriv ord fra hændelseskataloget, f.eks. login.held.", "Enter words of the catalogue of events, such as login.held.";
    KIND_FITS_NOT: "Ingen art passer til både område, arter og udfald. Vælg færre.", "No kind fits area, kinds and outcome at once. Choose less.";
    REFERENCE_SHAPE: "Skriv en reference som 7K3Q-92AB, eller hele anmodningens id.", "Enter a reference such as 7K3Q-92AB, or the whole id of a request.";
    REFERENCE_LONG: "Vælg højst 31 dage, når du leder efter en kort reference.", "Choose 31 days at most when you look for a short reference.";
    PLACE_SHAPE: "Skriv en plads som et helt tal fra 1 og op.", "Enter a place as a whole number from 1 up.";
    ROW_GONE: "Rækken er der ikke mere. Søg igen.", "The row is not there any more. Search again.";
}

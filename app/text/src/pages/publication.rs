//! Administrators publish terms (page 56): a draft, what is different, and another administrator's yes.

sentences! {
    LINK: "Udgiv vilkår", "Publish terms";
    TITLE: "Udgiv vilkår", "Publish terms";
    LEAD: "En administrator skriver et udkast, og en anden udgiver det. Ingen udgiver sit eget.",
        "One administrator writes a draft, and another one publishes it. Nobody publishes her own.";
    IN_FORCE: "Gælder nu", "In force now";
    VERSION_FROM: "Version {version}, fra {day}", "Version {version}, from {day}";
    BACK: "Tilbage til overblik", "Back to the overview";
    BACK_LIST: "Tilbage til vilkår", "Back to terms";

    BEGIN_TITLE: "Nyt udkast", "New draft";
    BEGIN_BODY: "Udkastet begynder med teksten i den nyeste version. Du skriver det side for side, på dansk og engelsk, og intet gælder, før en anden administrator udgiver det.",
        "The draft begins with the text of the newest version. You write it page by page, in Danish and English, and nothing holds before another administrator publishes it.";
    VERSION: "Versionens navn", "Name of the version";
    VERSION_HINT: "Fx 2.0. Højst 20 tegn, og ikke et, der er brugt før.", "Such as 2.0. At most 20 characters, and none that was used before.";
    BEGIN: "Begynd et udkast", "Begin a draft";

    DRAFT_TITLE: "Udkast til version {version}", "Draft of version {version}";
    WRITING_OWN: "Du skriver udkastet. Når alle sider er færdige på begge sprog, foreslår du det til de andre administratorer.",
        "You are writing the draft. Once every page is whole in both languages, propose it to the other administrators.";
    WRITING_OTHER: "{name} skriver på udkastet. Det kan udgives, når det er foreslået.",
        "{name} is writing the draft. It can be published once it is proposed.";
    PROPOSED_OWN: "Du foreslog udkastet {moment}. En anden administrator skal læse det og udgive det.",
        "You proposed the draft {moment}. Another administrator must read and publish it.";
    PROPOSED_OTHER: "{name} foreslog udkastet {moment}. Læs, hvad der er ændret, før du udgiver det.",
        "{name} proposed the draft {moment}. Read what is different before you publish it.";
    PAGES: "Sider", "Pages";
    PAGE_LINK: "Side {page}: {title}", "Page {page}: {title}";
    PAGE_UNTITLED: "uden overskrift", "without a heading";
    ADD_PAGE: "Tilføj en side", "Add a page";
    PROPOSE: "Foreslå udkastet", "Propose the draft";
    PROPOSE_HINT: "Bagefter kan teksten ikke ændres. Du bekræfter først, at det er dig.",
        "After that the text cannot be changed. First you confirm that it is you.";
    GO_PUBLISH: "Fortsæt til udgivelse", "Continue to publishing";
    GO_PUBLISH_HINT: "Du bekræfter først, at det er dig. Så vælger du dag, og hvem der skal acceptere.",
        "First you confirm that it is you. Then you choose the day and who must accept.";
    WITHDRAW: "Træk udkastet tilbage", "Withdraw the draft";
    HASH: "Tekstens fingeraftryk: {hash}", "Fingerprint of the text: {hash}";

    DIFFERENCE: "Det er ændret", "What is different";
    DIFFERENCE_BODY: "Sammenlignet med version {version}. Det, der går ud, er streget over; det, der kommer ind, er understreget.",
        "Compared with version {version}. What goes is struck through; what comes is underlined.";
    DANISH: "På dansk", "In Danish";
    ENGLISH: "På engelsk", "In English";
    GONE: "Går ud:", "Goes:";
    NEW: "Kommer ind:", "Comes:";
    NOTHING_YET: "Der er ikke ændret noget endnu.", "Nothing is different yet.";

    EARLIER: "Udgivne versioner", "Published versions";
    NONE_PUBLISHED: "Der er ikke udgivet nogen her. Det er teksten i konfigurationen, der gælder.",
        "None was published here. The text in the configuration is the one that holds.";
    VERSION_VALUE: "{who} Skrevet af {author}, udgivet af {publisher} {moment}.",
        "{who} Written by {author}, published by {publisher} {moment}.";
    BINDS_EVERYBODY: "Alle skal acceptere.", "Everybody must accept.";
    BINDS_EVERYBODY_BY: "Alle skal acceptere senest {last}.", "Everybody must accept by {last}.";
    BINDS_NEWCOMERS: "Kun nye skal acceptere.", "Only new people must accept.";

    WRITE_TITLE: "Side {page} i version {version}", "Page {page} of version {version}";
    WRITE_LEAD: "Teksten er Markdown. En side uden nogen tekst bliver fjernet.",
        "The text is Markdown. A page without any text is taken away.";
    DA_TITLE: "Overskrift på dansk", "Heading in Danish";
    DA_BODY: "Tekst på dansk", "Text in Danish";
    EN_TITLE: "Overskrift på engelsk", "Heading in English";
    EN_BODY: "Tekst på engelsk", "Text in English";
    SAVE: "Gem siden", "Save the page";

    PROPOSE_TITLE: "Foreslå version {version}", "Propose version {version}";
    PROPOSE_BODY: "De andre administratorer får besked, og en af dem kan udgive den. Du kan trække den tilbage, så længe den ikke er udgivet.",
        "The other administrators are told, and one of them can publish it. You can withdraw it as long as it is not published.";
    PROPOSE_NOW: "Foreslå nu", "Propose now";

    PUBLISH_TITLE: "Udgiv version {version}", "Publish version {version}";
    PUBLISH_LEAD: "Når du udgiver, kan det ikke gøres om. En ny version kan følge efter.",
        "What you publish cannot be undone. A new version may follow it.";
    FROM: "Gælder fra og med", "Holds from";
    FROM_HINT: "Dag, fx 2027-02-01. Tidligst i dag.", "A day, such as 2027-02-01. Today at the earliest.";
    WHO: "Hvem skal acceptere?", "Who must accept?";
    EVERYBODY: "Alle, næste gang de logger ind", "Everybody, the next time they sign in";
    NEWCOMERS: "Kun nye. Den accept, andre har givet, gælder stadig.",
        "Only new people. The accept that others gave still counts.";
    LAST: "Sidste dag at acceptere (kan udelades)", "Last day to accept (optional)";
    LAST_HINT: "Kun når alle skal acceptere. Mindst 14 dage efter den første dag. De får besked 14 og 3 dage før, og den, der ikke har accepteret bagefter, får spærret sit login, indtil det sker.",
        "Only when everybody must accept. At least 14 days after the first day. They are told 14 and 3 days before, and whoever has not accepted after it has the login blocked until it is done.";
    PUBLISH: "Udgiv vilkårene", "Publish the terms";

    DRAFT_BEGUN: "Udkastet er begyndt.", "The draft is begun.";
    PAGE_SAVED: "Siden er gemt.", "The page is saved.";
    PROPOSED: "Udkastet er foreslået. De andre administratorer har fået besked.",
        "The draft is proposed. The other administrators have been told.";
    PUBLISHED: "Vilkårene er udgivet.", "The terms are published.";
    WITHDRAWN: "Udkastet er trukket tilbage.", "The draft is withdrawn.";
    INCOMPLETE: "Denne side mangler noget på et af sprogene. Skriv det, og gem.",
        "This page lacks something in one of the languages. Write it, and save.";
    UNCHANGED: "Udkastet siger det samme som den nyeste version. Ret en side først.",
        "The draft says what the newest version says. Change a page first.";
    STALE: "Den version, udkastet følger, er ikke længere den nyeste. Træk det tilbage, og begynd et nyt.",
        "The version the draft follows is not the newest any more. Withdraw it, and begin a new one.";
    OTHER_TEXT: "Teksten er ikke den, der blev foreslået. Intet er udgivet. Træk udkastet tilbage, og ring til driften.",
        "The text is not the one that was proposed. Nothing is published. Withdraw the draft, and call operations.";
    SAME_PERSON: "Du har selv skrevet udkastet. En anden administrator skal udgive det.",
        "You wrote the draft yourself. Another administrator must publish it.";
    MOVED_ON: "Udkastet er kommet videre siden, eller det er udløbet. Se her, hvor det står; ellers begynd et nyt.",
        "The draft has moved on since, or it ran out. See here how it stands, or begin a new one.";
    ONLY_PAGE: "Den sidste side kan ikke fjernes.", "The only page cannot be taken away.";
    NO_SUCH_PAGE: "Der er højst 12 sider, og den næste kommer efter den sidste.",
        "There are at most 12 pages, and the next one comes after the last.";

    SLIP_VERSION: "Skriv et navn med højst 20 bogstaver, tal, punktummer eller bindestreger, som ingen version har haft.",
        "Enter a name of at most 20 letters, digits, dots or hyphens that no version has had.";
    SLIP_TOO_LONG: "Gør teksten kortere: højst 8.000 tegn og 150 linjer, og overskriften højst 120 tegn.",
        "Make the text shorter: at most 8,000 characters and 150 lines, and the heading at most 120 characters.";
    SLIP_PLACEHOLDER: "Skriv navne og numre helt ud. Pladser som dem i konfigurationens filer bliver ikke udfyldt her.",
        "Write names and numbers in full. Places as in the files of the configuration are not filled in here.";
    SLIP_DAY: "Skriv en dag, fx 2027-02-01.", "Enter a day, such as 2027-02-01.";
    SLIP_FIRST_DAY: "Vælg en dag, der er i dag eller senere, og ikke før den dag, den seneste version gælder fra.",
        "Choose a day that is today or later, and not before the day the latest version holds from.";
    SLIP_TOO_FAR: "Vælg en dag inden for et år.", "Choose a day within a year.";
    SLIP_LAST_DAY: "Vælg en dag mindst 14 dage efter den første, og højst et år efter.",
        "Choose a day at least 14 days after the first, and at most a year after it.";
    SLIP_LAST_WITHOUT: "Lad dagen stå tom, når kun nye skal acceptere.", "Leave the day empty when only new people must accept.";
    SLIP_BINDS: "Vælg, hvem der skal acceptere.", "Choose who must accept.";

    FOR_TERMS: "Du er ved at foreslå eller udgive vilkår, som andre binder sig til.",
        "You are about to propose or publish terms that others bind themselves to.";
}

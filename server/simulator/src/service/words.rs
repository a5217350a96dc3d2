//! What the service says, in both languages.

use text::Say;

pub(super) const NAME: Say = Say::new("Prøvetjenesten", "The sample service");
pub(super) const BAND: Say =
    Say::new("En tjeneste til demo. Ingen her findes.", "A service for the demo. Nobody here exists.");
pub(super) const WELCOME: Say = Say::new("Velkommen til Prøvetjenesten", "Welcome to the sample service");
pub(super) const WELCOME_LEAD: Say = Say::new(
    "Her ville dit arbejde begynde. Log ind med dit medarbejderlogin; tjenesten kræver niveau Betydelig.",
    "Your work would begin here. Log in with your employee login; the service demands level Substantial.",
);
pub(super) const SIGN_IN: Say = Say::new("Log ind", "Log in");
pub(super) const IN: Say = Say::new("Du er logget ind", "You are logged in");
pub(super) const IN_LEAD: Say = Say::new(
    "Dit login sendte et svar, som var underskrevet og krypteret til os. Det her er alt, hvad der stod i det.",
    "Your login sent an answer that was signed, and encrypted to us. This is all that stood in it.",
);
pub(super) const LEVEL: Say = Say::new("Sikringsniveau", "Level of assurance");
pub(super) const NO_LEVEL: Say = Say::new("Intet NSIS-niveau", "No NSIS level");
pub(super) const SUBSTANTIAL: Say = Say::new("Betydelig (Substantial)", "Substantial");
pub(super) const CVR: Say = Say::new("CVR-nummer", "CVR number");
pub(super) const ORGANISATION: Say = Say::new("Organisation", "Organisation");
pub(super) const NAME_ID: Say = Say::new("Vores navn for dig", "Our name for you");
pub(super) const NAME_ID_HINT: Say = Say::new(
    "Det samme, hver gang du kommer her, og et andet hos alle andre tjenester.",
    "The same every time you come here, and another at every other service.",
);
pub(super) const SINCE: Say = Say::new("Du viste adgangskode og kode", "You showed password and code");
pub(super) const UNTIL: Say = Say::new("Varer højst til", "Lasts until, at most");
pub(super) const AGAIN: Say = Say::new("Log ind igen", "Log in again");
pub(super) const AGAIN_HINT: Say = Say::new(
    "Så spørger dit login igen om både adgangskode og kode.",
    "Your login will then ask for both password and code again.",
);
pub(super) const REFUSED: Say = Say::new("Vi kunne ikke logge dig ind", "We could not log you in");
pub(super) const RETRY: Say = Say::new("Prøv igen", "Try again");
pub(super) const NO_REQUEST: Say = Say::new(
    "Tjenesten kan ikke spørge lige nu. Prøv igen om lidt.",
    "The service cannot ask right now. Try again in a moment.",
);
pub(super) const UNREADABLE: Say =
    Say::new("Svaret kan ikke læses. Prøv igen.", "The answer cannot be read. Try again.");
pub(super) const NOT_AWAITED: Say = Say::new(
    "Svaret hører ikke til noget, denne browser venter på; måske er det brugt allerede. Prøv igen.",
    "The answer belongs to nothing this browser waits for; it may have been used already. Try again.",
);
pub(super) const SAYS_NO: Say = Say::new(
    "Dit login gav os ikke det, vi bad om. Prøv igen, eller ring til din servicedesk.",
    "Your login did not give us what we asked for. Try again, or call your service desk.",
);
pub(super) const NOT_SIGNED: Say = Say::new(
    "Svaret er ikke underskrevet af dem, vi stoler på, så vi bruger det ikke. Prøv igen.",
    "The answer is not signed by those we trust, so we do not use it. Try again.",
);
pub(super) const NOT_FOR_US: Say =
    Say::new("Svaret er til en anden tjeneste. Prøv igen.", "The answer is for another service. Try again.");
pub(super) const NOT_NOW: Say = Say::new(
    "Svaret er for gammelt, eller urene passer ikke sammen. Prøv igen.",
    "The answer is too old, or the clocks disagree. Try again.",
);

//! What the simulator's pages say, in both languages.

use text::Say;

pub(crate) const SIGN: Say =
    Say::new("Simulator til demo. Dette er ikke MitID.", "A simulator for the demo. This is not MitID.");
pub(crate) const WHO_TITLE: Say = Say::new("Vælg en person", "Choose a person");
pub(crate) const WHO: Say = Say::new("Hvem vil du være?", "Who do you want to be?");
pub(crate) const WHO_LEAD: Say = Say::new(
    "Her ville du bruge MitID. I demoen vælger du en person, der ikke findes.",
    "Here you would use MitID. In the demo you choose a person who does not exist.",
);
pub(crate) const PURPOSE: Say = Say::new("Tjenesten skriver:", "The service writes:");
pub(crate) const TRY_WRONG: Say = Say::new("Prøv det, der kan gå galt", "Try what can go wrong");
pub(crate) const AS: Say = Say::new("Som", "As");
pub(crate) const ERROR_TITLE: Say = Say::new("Fejl", "Error");
pub(crate) const ERROR: Say =
    Say::new("Simulatoren kan ikke bruge forespørgslen", "The simulator cannot use the request");
pub(crate) const REASON: Say = Say::new("Grunden er: {why}.", "The reason is: {why}.");
pub(crate) const GO_BACK: Say = Say::new(
    "Gå tilbage til tjenesten, og prøv igen derfra.",
    "Go back to the service, and try again from there.",
);
pub(crate) const KEPT: Say = Say::new("Her stopper turen", "The trip ends here");
pub(crate) const KEPT_LEAD: Say = Say::new(
    "Sådan ser det ud, når en broker beholder browseren. Gå selv tilbage til tjenesten, og prøv igen derfra.",
    "This is what it looks like when a broker keeps the browser. Go back to the service yourself, and try again from there.",
);

pub(crate) const ABORT: Say = Say::new("Afbryd", "Abort");
pub(crate) const TIME_OUT: Say = Say::new("Tiden løber ud", "Time runs out");
pub(crate) const LOW: Say = Say::new("For lavt niveau", "Level too low");
pub(crate) const NO_CPR: Say = Say::new("Uden CPR-nummer", "No CPR number");
pub(crate) const OTHER_CPR: Say = Say::new("Et andet CPR-nummer", "Another CPR number");
pub(crate) const MISSING: Say = Say::new("Meldt forsvundet i CPR", "Reported missing in CPR");
pub(crate) const SILENT: Say = Say::new("CPR svarer ikke", "CPR does not answer");
pub(crate) const FAULT: Say = Say::new("Teknisk fejl", "Technical fault");
pub(crate) const NEVER: Say = Say::new("Vend aldrig tilbage", "Never return");

pub(crate) const TWICE: Say = Say::new("en parameter er der to gange", "a parameter is there twice");
pub(crate) const NO_CHANCE: Say = Say::new("der mangler tilfældige tal", "there are no random numbers");
pub(crate) const TOO_MANY: Say = Say::new("der er for mange på vej", "too many are on their way");
pub(crate) const CLIENT: Say = Say::new("client_id er ukendt", "client_id is unknown");
pub(crate) const REDIRECT: Say =
    Say::new("redirect_uri er ikke den aftalte", "redirect_uri is not the agreed one");
pub(crate) const RESPONSE_TYPE: Say = Say::new("response_type skal være code", "response_type must be code");
pub(crate) const OPENID: Say = Say::new("scope skal have openid", "scope must have openid");
pub(crate) const SCOPE: Say = Say::new("et scope er ikke tilladt", "a scope is not allowed");
pub(crate) const METHOD: Say =
    Say::new("code_challenge_method skal være S256", "code_challenge_method must be S256");
pub(crate) const CHALLENGE: Say =
    Say::new("code_challenge skal være 43 tegn", "code_challenge must be 43 characters");
pub(crate) const PROMPT: Say = Say::new("prompt skal være login", "prompt must be login");
pub(crate) const IDP_VALUES: Say = Say::new("idp_values skal være mitid", "idp_values must be mitid");
pub(crate) const NONCE: Say = Say::new("nonce mangler", "nonce is missing");
pub(crate) const STATE: Say = Say::new("state mangler", "state is missing");
pub(crate) const IDP_PARAMS: Say = Say::new("idp_params er ikke JSON", "idp_params is not JSON");
pub(crate) const NO_MITID: Say = Say::new("idp_params mangler mitid", "idp_params has no mitid");
pub(crate) const LEVEL: Say = Say::new("loa_value skal være substantial", "loa_value must be substantial");
pub(crate) const TEXT_BASE64: Say = Say::new("reference_text er ikke base64", "reference_text is not base64");
pub(crate) const TEXT: Say = Say::new("reference_text er ikke tekst", "reference_text is not text");
pub(crate) const TEXT_LONG: Say =
    Say::new("reference_text er over 130 tegn", "reference_text is over 130 characters");
pub(crate) const CHOICE: Say = Say::new("valget kan ikke læses", "the choice cannot be read");
pub(crate) const NO_CHOICE: Say = Say::new("valget findes ikke", "there is no such choice");
pub(crate) const SPENT: Say =
    Say::new("siden er brugt eller for gammel", "the page has been used or is too old");
pub(crate) const BAD_REDIRECT: Say = Say::new("redirect_uri kan ikke læses", "redirect_uri cannot be read");
pub(crate) const NUMBERED: Say = Say::new("fejl {id}", "error {id}");

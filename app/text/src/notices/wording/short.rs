//! To phones: under two messages of 153 characters together, and nothing that opens or blocks by being pressed.

use crate::Say;

pub(in crate::notices) const WELCOME: Say = Say::new(
    "Et login er gjort klar til dig. Find mailen \"Kom i gang med dit login\".",
    "A login is ready for you. Look for the mail \"Get started with your login\".",
);
pub(in crate::notices) const FACTOR_ADDED: Say = Say::new(
    "Nyt loginmiddel tilføjet kl. {clock}. Ikke dig? Spær på {url}/spaer eller ring {phone}.",
    "New login method added. Not you? Block it or call.",
);
pub(in crate::notices) const BLOCKED: Say = Say::new(
    "Din konto er spærret kl. {clock}, ref. {reference}. Ikke dig? Ring {phone}.",
    "Your account is blocked. Not you? Call.",
);
pub(in crate::notices) const REOPENED: Say = Say::new(
    "Din konto er åbnet igen kl. {clock}. Ikke dig? Spær på {url}/spaer eller ring {phone}.",
    "Your account is open again. Not you? Block it or call.",
);
pub(in crate::notices) const HELD_BY_MUNICIPALITY: Say = Say::new(
    "Kommunen har spærret dit login kl. {clock}, ref. {reference}. Ring {phone}.",
    "The municipality has blocked your login. Call.",
);
pub(in crate::notices) const HELD_FOR_LEAK: Say = Say::new(
    "Dit login er lukket kl. {clock}: din adgangskode er lækket. Åbn med MitID på {url}/genaktiver.",
    "Closed: your password has leaked. Open it with MitID.",
);
pub(in crate::notices) const HOLD_LIFTED: Say = Say::new(
    "Du kan åbne dit login igen med MitID på {url}/genaktiver. Spørgsmål? Ring {phone}.",
    "You can open your login again with MitID.",
);
pub(in crate::notices) const CONTACT_CHANGED: Say = Say::new(
    "Din kontaktoplysning er ændret kl. {clock}. Ikke dig? Spær på {url}/spaer eller ring {phone}.",
    "Your contact details were changed. Not you? Block or call.",
);
pub(in crate::notices) const CONTACT_CODE: Say = Say::new(
    "Din kode er {code}. Den virker til kl. {clock}. Giv den ikke til nogen.",
    "Your code is {code}, until {clock}. Do not share it.",
);
pub(in crate::notices) const OTHER: Say = Say::new(
    "Der er nyt om dit login. Log ind, som du plejer, eller ring {phone}.",
    "There is news about your login. Sign in as usual, or call.",
);

//! What stands around every page, and small words used everywhere.

sentences! {
    PORTAL: "Medarbejderlogin", "Staff login";
    FRAME: "{page} – {municipality}", "{page} – {municipality}";
    SKIP: "Gå til indhold", "Skip to content";
    BLOCK: "Spær min konto", "Block my account";
    SIGN_IN: "Log ind", "Sign in";
    SIGN_OUT: "Log af", "Sign out";
    SIGNED_IN_AS: "Logget ind: {name}", "Signed in: {name}";
    FOOTER: "Om siden", "About this site";
    HELP: "Hjælp", "Help";
    STATUS: "Driftsstatus", "Service status";
    ACCESSIBILITY: "Tilgængelighedserklæring", "Accessibility statement";
    PRIVACY: "Privatliv", "Privacy";
    SERVICE: "Servicebeskrivelse", "Service description";
    TERMS: "Vilkår", "Terms";
    CALL: "Brug for hjælp? Ring til servicedesken:", "Need help? Call the service desk:";
    STEP: "Trin {step} af {steps}", "Step {step} of {steps}";
    ERROR: "Fejl:", "Error:";
    PROBLEMS: "Der er noget, der skal rettes", "There is something to correct";
    DEMO: "Det her er en demonstration. Brug ikke rigtige oplysninger.",
        "This is a demonstration. Do not use real details.";
    PILOT: "Det her er et pilotforsøg. Dit login er rigtigt, men det giver ikke noget NSIS-sikringsniveau.",
        "This is a pilot. Your login is real, but it gives no NSIS level of assurance.";
    BACK: "Tilbage", "Back";
    CONTINUE: "Fortsæt", "Continue";
    CANCEL_TO_START: "Afbryd, og gå til forsiden", "Cancel and go to the front page";
    PRINT: "Udskriv", "Print";
    REFERENCE: "Henvisning", "Reference";
    CALL_WITH_REFERENCE: "Bliver det ved, så ring til {phone}, og læs henvisningen {reference} op.",
        "If it goes on, call {phone} and read out the reference {reference}.";
    CALL_THEM: "Ring til servicedesken på {phone}.", "Call the service desk on {phone}.";
    CHANGE: "Ret", "Change";
    DONE: "Færdig", "Done";
    CURRENT: "I gang", "In progress";
    NOT_BEGUN: "Ikke begyndt", "Not started";
    TO_FRONT: "Gå til forsiden", "Go to the front page";
    SESSION_LEFT: "Du bliver logget af om {left}", "You will be signed out in {left}";
    SESSION_MINUTES: "{n} min.", "{n} min";
    SESSION_SECONDS: "{n} sek.", "{n} sec";
    SESSION_WHY: "Det sker for at passe på din konto, når siden ikke bliver brugt.",
        "This protects your account when the page is not in use.";
    SESSION_STAY: "Forbliv logget på", "Stay signed in";
    SESSION_STAYED: "Du er stadig logget på.", "You are still signed in.";
    SESSION_UNANSWERED: "Vi fik ikke svar. Tjek din forbindelse, og prøv igen.",
        "We got no answer. Check your connection and try again.";
    SESSION_ENDS_UNUSED: "Du bliver logget af kl. {clock}, hvis du ikke bruger siden.",
        "You will be signed out at {clock} if you do not use the page.";
    SESSION_ENDS: "Du bliver logget af kl. {clock}.", "You will be signed out at {clock}.";
    SESSION_STAY_TAB: "Forbliv logget på (åbner en ny fane)", "Stay signed in (opens a new tab)";
    SESSION_OVER: "Du er logget af. Det, du har skrevet her, bliver stående: log ind igen, og gå tilbage til denne fane.",
        "You are signed out. What you typed here stays: sign in again, and come back to this tab.";
    SESSION_SIGN_IN_TAB: "Log ind (åbner en ny fane)", "Sign in (opens a new tab)";
    SESSION_STAY_TITLE: "Du er stadig logget på", "You are still signed in";
    SESSION_STAY_BODY: "Luk denne fane, og fortsæt, hvor du slap.",
        "Close this tab and go on where you left off.";

    TERMS_CHANGED: "Vilkårene er ændret, mens du læste. Her er den nye version fra begyndelsen.",
        "The terms changed while you were reading. Here is the new version from the start.";
    PAGE_LEFT_OUT: "Her er den del af vilkårene, du mangler at læse.",
        "This is the part of the terms you have not read yet.";
    PROOF_RAN_OUT: "Der er gået mere end en time, siden du bekræftede dig. Bekræft dig igen, så fortsætter du, hvor du slap.",
        "More than an hour has passed since you confirmed who you are. Confirm again and go on where you left off.";
    PROVED: "Tak. Vi ved nu, at du er dig.", "Thank you. We now know that you are you.";
    RECONFIRMED: "Tak. Du har bekræftet dig igen.", "Thank you. You have confirmed again who you are.";
    PASSWORD_SET: "Din adgangskode er gemt.", "Your password is saved.";
    APP_ADDED: "Din godkender-app virker.", "Your authenticator app works.";
    NEW_SEED: "Der gik for lang tid. Her er en ny kode til appen: Slet den gamle konto i appen, og scan igen.",
        "It took too long. Here is a new code for the app: delete the old account in the app and scan again.";
    PASSWORD_RESET: "Din nye adgangskode er gemt. Log ind med den.", "Your new password is saved. Sign in with it.";
    REOPENED: "Din konto er åben. Log ind med din nye adgangskode.", "Your account is open. Sign in with your new password.";
    SESSION_ENDED: "Loginet er afsluttet.", "The sign-in is ended.";
    RELATION_ENDED: "Tilknytningen er afsluttet. Du kan logge ind igen for dine andre tilknytninger.",
        "The work relation is ended. You can sign in again for your other relations.";
    LAST_RELATION_ENDED: "Tilknytningen er afsluttet, og dit login er lukket. Du får en mail om det.",
        "The work relation is ended and your login is closed. You get a mail about it.";
    ROLE_ACCEPTED: "Du har nu rollen.", "The role is now yours.";
    ROLES_APART: "Ingen er både administrator og revisor, og du er allerede en af delene. Sig til dem, der foreslog rollen, at den skal gives til en anden, eller vent, til den rolle, du har, er udløbet.",
        "Nobody is both administrator and auditor, and you are one of them already. Tell those who proposed the role to give it to somebody else, or wait until the role you have has run out.";
    SESSION_RAN_OUT: "Du er logget af. Log ind igen, og fortsæt.",
        "You are signed out. Sign in again and go on.";
    DRAFT_KEPT: "Du er logget af. Det, du skrev, er gemt: log ind igen, så kan du fortsætte.",
        "You are signed out. What you typed is kept: sign in again and you can go on.";
    DRAFT_WAITS: "Det, du skrev, er gemt. Begynd her igen, og bekræft, at det er dig; så står det i feltet.",
        "What you typed is kept. Start again here and confirm that it is you; then it stands in the field.";
    DRAFT_BACK: "Det, du skrev før, står i feltet igen.", "What you typed before stands in the field again.";
    UNFINISHED: "Dit login er ikke færdigt endnu, så du kan ikke logge ind med det. Åbn linket i den mail, du har fået, så fortsætter du.",
        "Your login is not finished yet, so you cannot sign in with it. Open the link in the mail you got to go on.";
    STARTED_OVER: "Der gik for lang tid, eller siden blev åbnet i en anden browser. Begynd igen her.",
        "It took too long, or the page was opened in another browser. Begin again here.";
    ENROLMENT_OVER: "Der gik for lang tid, siden blev åbnet i en anden browser, eller personalesystemet har ændret noget om dig. Åbn linket i din mail igen. Virker det ikke længere, så tal med din leder.",
        "It took too long, the page was opened in another browser, or HR changed something about you. Open the link in your mail again. If it no longer works, talk to your manager.";
    TRY_AGAIN: "Noget gik galt hos os. Der er ikke ændret noget. Prøv igen.",
        "Something went wrong at our end. Nothing was changed. Try again.";
}

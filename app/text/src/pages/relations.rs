//! Her own work relations, and ending one.

sentences! {
    LINK: "Dine tilknytninger", "Your work relations";
    TITLE: "Dine tilknytninger", "Your work relations";
    LEAD: "Her arbejder du ifølge personalesystemet. Dit login virker, så længe du har mindst én tilknytning.",
        "This is where you work according to the HR system. Your login works as long as you have at least one work relation.";
    SINCE: "Medarbejdernummer {number}, fra {from}.", "Employee number {number}, from {from}.";
    FROM_TO: "Medarbejdernummer {number}, fra {from} til og med {last}.", "Employee number {number}, from {from} to {last}.";
    END_THIS: "Afslut tilknytningen", "End this relation";
    FROM_HR: "Er der noget, der ikke passer, så tal med din leder. Oplysningerne kommer fra personalesystemet.",
        "If something is not right, talk to your manager. The details come from the HR system.";
    BACK_OVERVIEW: "Tilbage til overblik", "Back to the overview";

    END_TITLE: "Afslut en tilknytning", "End a work relation";
    END_LEAD: "Du er ved at afslutte din tilknytning: {unit}.", "You are about to end your work relation: {unit}.";
    WHAT_HAPPENS: "Det sker der", "What happens";
    LAST_CLOSES: "Det er din eneste tilknytning, så dit login lukker med det samme, og du bliver logget ud alle steder.",
        "It is your only one, so your login closes at once and you are signed out everywhere.";
    ONE_ENDS: "Du kan ikke længere logge ind på vegne af den. Dit login virker stadig til dine andre tilknytninger, men du bliver logget ud nu.",
        "You can no longer sign in on its behalf. Your login still works for your other relations, but you are signed out now.";
    HR_IS_TOLD: "Du og {municipality} får besked. Du siger ikke dit job op på den måde; det gør du hos din leder.",
        "You and {municipality} are told. This does not resign your job; you do that with your manager.";
    LAST_OPENS: "Du kan ikke fortryde her. Login åbner kun igen, når personalesystemet opretter en ny tilknytning med en senere første dag. Så begynder du forfra.",
        "You cannot undo it here. The login opens again only when HR makes a new relation with a later first day. Then you begin from the start.";
    ONE_OPENS: "Du kan ikke fortryde her. Den åbner kun igen, når personalesystemet opretter den på ny med en senere første dag.",
        "You cannot undo it here. It opens again only when HR makes it anew with a later first day.";
    BLOCK_INSTEAD: "Tror du bare, at andre bruger dit login?", "Do you only think that others use your login?";
    BLOCK: "Så spær det; det kan du selv åbne igen.", "Then block it; you can open that again yourself.";
    SURE: "Ja, jeg vil afslutte tilknytningen med medarbejdernummer {number}.",
        "Yes, I want to end the relation with employee number {number}.";
    END: "Afslut tilknytningen nu", "End the relation now";
    BACK: "Nej, gå tilbage", "No, go back";
}

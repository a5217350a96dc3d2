// People who do not exist: replacement numbers, addresses below `.test`. The simulator knows them by name.

export interface Person {
  employeeNumber: string;
  cpr: string;
  givenName: string;
  familyName: string;
  workMail: string;
  privateMail: string;
  userName: string;
  startsOn: string;
  endsOn: string;
  /** How the simulator's picker calls the owner of this number. */
  inSimulator: string;
}

/** Stands in the demo's own feed: invited when the demo starts. */
export const maja: Person = {
  employeeNumber: "1001",
  cpr: "610190-0001",
  givenName: "Maja",
  familyName: "Holm",
  workMail: "maja.holm@eksempel.test",
  privateMail: "maja@privat.test",
  userName: "maja.holm",
  startsOn: "2026-01-01",
  endsOn: "",
  inSimulator: "Maja Holm",
};

/** In no feed yet: a story brings her in with a line of HR's. */
export const newcomer: Person = {
  employeeNumber: "2001",
  cpr: "660670-0006",
  givenName: "Nanna",
  familyName: "Nygaard",
  workMail: "nanna.nygaard@eksempel.test",
  privateMail: "nanna@privat.test",
  userName: "nanna.nygaard",
  startsOn: "2026-01-01",
  endsOn: "",
  inSimulator: "Ukendt Person",
};

/** The feed as `docs/hr-feed.md` describes it. */
export function feed(people: Person[]): string {
  const header = "employee_number;cpr;given_name;family_name;work_mail;private_mail;mobile;user_name;starts_on;ends_on;unit;cvr";
  const line = (it: Person) =>
    [it.employeeNumber, it.cpr, it.givenName, it.familyName, it.workMail, it.privateMail, "", it.userName, it.startsOn, it.endsOn, "Hjemmepleje Nord", "29189897"].join(";");
  return [header, ...people.map(line), ""].join("\n");
}

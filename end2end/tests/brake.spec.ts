// While many block their logins within minutes, each is asked for one more yes, and none is refused.
import type { Page } from "@playwright/test";
import { change } from "../lib/database";
import { expectReceipt, fillCode, fillPassword } from "../lib/doors";
import { expectGoodPage } from "../lib/good-page";
import { type Mailbox } from "../lib/mail";
import { type Person, maja, newcomer } from "../lib/people";
import type { Portal } from "../lib/server";
import { afterDayOne, expect } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { type Credentials, expectPage, press, signIn } from "../lib/walk";

/** Eleven colleagues blocked theirs just now. */
async function manyBlocked(portal: Portal): Promise<void> {
  const people: Person[] = Array.from({ length: 11 }, (_, at) => ({
    ...newcomer,
    employeeNumber: `40${at}`,
    cpr: `6706800${String(at + 200).padStart(3, "0")}`,
    userName: `kollega${at}`,
    privateMail: `kollega${at}@privat.test`,
  }));
  await portal.import(...people);
  const now = "cast(strftime('%s', 'now') as integer) * 1000000";
  await change(
    portal,
    `insert into holds (id, person, origin, reason, at) select randomblob(16), id, 'owner', 'by-session', ${now} from persons where user_name like 'kollega%'`,
  );
}

const doors: Record<string, (page: Page, hers: Credentials & { blockingCode: string }, mailbox: Mailbox) => Promise<void>> = {
  code: async (page, hers) => {
    await page.goto("/spaer/kode");
    await fillCode(page, hers.userName, hers.blockingCode);
  },
  password: async (page, hers) => {
    await page.goto("/spaer/adgangskode");
    await fillPassword(page, hers.userName, hers.password);
  },
  link: async (page, _, mailbox) => {
    await page.goto(await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/));
    await press(page, "Nej, spær min konto");
  },
};

for (const [door, open] of Object.entries(doors)) {
  afterDayOne(`while many block theirs she is asked once more at the door by ${door}, and blocks`, async ({ page, portal, mailbox, credentials }) => {
    await manyBlocked(portal);
    await open(page, credentials, mailbox);
    await expectPage(page, "Vil du spærre nu?");
    await expectGoodPage(page);
    await expectNoEvent(portal, "login.held");
    await press(page, "Spær min konto nu");
    await expectReceipt(page);
    await expectEvents(portal, "login.held", 1);
    await expectEvent(portal, "login.mass-blocking");
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await expectPage(page, "Din konto er spærret");
    await expect(page.getByRole("main")).toContainText("Du har selv spærret den.");
    await expectTrailHolds(portal);
  });
}

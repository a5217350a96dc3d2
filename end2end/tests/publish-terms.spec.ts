// Two administrators publish terms: one writes, the other reads what is different and says yes. Whoever must accept them by a
// day is told before it, and held after it. Time is moved by moving that day, past what guards it.
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectGoodPage } from "../lib/good-page";
import { Keyboard } from "../lib/keyboard";
import { maja, newcomer } from "../lib/people";
import { run } from "../lib/process";
import { becomeAdministrator } from "../lib/roles";
import type { Portal } from "../lib/server";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { acceptTerms, type Credentials, enrol, expectPage, press, readTerms, showCode, showPassword, signIn } from "../lib/walk";

const LIST = "/administration/vilkaar";

/** So many days from today, in Copenhagen. */
function day(ahead: number): string {
  const at = new Date(Date.now() + ahead * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(at);
}

/** Confirms that it is her, with a code nobody has used. */
async function confirm(page: Page, credentials: Credentials): Promise<void> {
  await expectPage(page, "Bekræft igen");
  await expect(page.getByRole("main")).toContainText("vilkår, som andre binder sig til");
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
  await press(page, "Fortsæt");
}

/** The last day to accept is another one, and the portal looks at it anew. */
async function moveLastDay(portal: Portal, last: string): Promise<void> {
  const sql = [
    "pragma busy_timeout = 5000",
    "drop trigger if exists terms_published_stay",
    `update terms_published set record = json_set(record, '$.binds.Everybody.accept_by', '${last}')`,
  ];
  await run("sqlite3", join(portal.data, "nsis-id.db"), sql.join("; "));
  await portal.restart();
}

afterDayOne("one writes, the other publishes, and everybody accepts by a day or is held", async ({ page, portal, mailbox, elsewhere, credentials }, info) => {
  // Two people, two restarts, and every page of it looked at.
  test.setTimeout(400_000);
  await portal.import(newcomer);
  const other = await elsewhere();
  const others = await enrol(other, mailbox, newcomer);
  await becomeAdministrator(page, portal, credentials);
  await becomeAdministrator(other, portal, others);
  // What binds is said by the keyboard alone.
  const [hers, theirs] = [new Keyboard(page, info), new Keyboard(other, info)];

  await test.step("a draft, page by page", async () => {
    await page.getByRole("main").getByRole("link", { name: "Udgiv vilkår" }).click();
    await expectPage(page, "Udgiv vilkår");
    await expectGoodPage(page);
    await page.getByLabel("Versionens navn").fill("1.0");
    await press(page, "Begynd et udkast");
    await expect(page.getByRole("alert")).toContainText("som ingen version har haft");
    await page.getByLabel("Versionens navn").fill("2.0");
    await press(page, "Begynd et udkast");
    await expect(page.getByRole("heading", { name: "Udkast til version 2.0" })).toBeVisible();
    await page.getByRole("link", { name: /^Side 1: / }).click();
    await expectPage(page, "Side 1 i version 2.0");
    await expectGoodPage(page);
    for (const [label, sentence] of [["Tekst på dansk", "En ny sætning."], ["Tekst på engelsk", "A new sentence."]] as const) {
      const field = page.getByLabel(label);
      await field.fill(`${await field.inputValue()}\n\n${sentence}`);
    }
    await press(page, "Gem siden");
    await expect(page.locator("ins")).toHaveText(["En ny sætning.", "A new sentence."]);
    await expect(page.locator("del")).toHaveCount(0);
    await expectGoodPage(page);
    await hers.choose(hers.button("Foreslå udkastet"));
    await confirm(page, credentials);
    await expectPage(page, "Foreslå version 2.0");
    await hers.choose(hers.button("Foreslå nu"));
    await expect(page.getByRole("status").filter({ hasText: "Udkastet er foreslået" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Fortsæt til udgivelse" }), "never her own").toHaveCount(0);
    await mailbox.newest(newcomer.workMail, /udkast til nye vilkår/i);
  });

  await test.step("another administrator's yes", async () => {
    await other.goto(LIST);
    await expect(other.getByRole("main")).toContainText("Maja Holm foreslog udkastet");
    await expect(other.locator("ins")).toHaveText(["En ny sætning.", "A new sentence."]);
    await theirs.choose(theirs.button("Fortsæt til udgivelse"));
    await confirm(other, others);
    await expectPage(other, "Udgiv version 2.0");
    await expectGoodPage(other);
    await theirs.choose(theirs.button("Udgiv vilkårene"));
    await theirs.correct(/./, other.getByLabel("Gælder fra og med"));
    await expect(other.getByRole("alert").getByRole("link")).toHaveCount(2);
    await expectGoodPage(other);
    await expectNoEvent(portal, "terms.published");
    await other.getByLabel("Gælder fra og med").fill(day(0));
    await other.getByRole("radio", { name: /^Alle/ }).check();
    await other.getByLabel(/^Sidste dag at acceptere/).fill(day(20));
    await theirs.choose(theirs.button("Udgiv vilkårene"), "Space");
    await expect(other.getByRole("status").filter({ hasText: "Vilkårene er udgivet" })).toBeVisible();
    await expect(other.getByRole("main")).toContainText("Skrevet af Maja Holm, udgivet af Nanna Nygaard");
    await expectGoodPage(other);
    await expectEvents(portal, "terms.published", 1, '"version":"2.0"');
    await page.goto("/vilkaar");
    await expect(page.getByRole("main")).toContainText("En ny sætning.");
  });

  await test.step("both are told, and who accepts in time goes on", async () => {
    await moveLastDay(portal, day(10));
    for (const person of [maja, newcomer]) await mailbox.newest(person.workMail, /Nye vilkår: læs/);
    await expectEvents(portal, "terms.near", 2);
    const later = await elsewhere();
    await later.goto("/log-ind");
    await signIn(later, credentials);
    await expectPage(later, /^Læs vilkårene \(del 1 af/);
    await expect(later.getByRole("main")).toContainText("En ny sætning.");
    await readTerms(later);
    await acceptTerms(later);
    await expectPage(later, /^Hej /);
  });

  await test.step("after the day the other is held, and told how she opens it", async () => {
    await moveLastDay(portal, day(-1));
    await mailbox.newest(newcomer.workMail, /Dit login er lukket/);
    await expectEvent(portal, "login.held", "terms-overdue");
    await expectEvents(portal, "login.held", 1);
    await other.goto("/log-ind");
    await showPassword(other, others);
    await showCode(other, await freshCode(others.secret));
    await expectPage(other, "Din konto er spærret");
    await expectTrailHolds(portal);
  });
});

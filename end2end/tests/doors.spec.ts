// Each door once more, from its bad side: pressed twice at once, too late, used before; and a thief who is signed in too.
import type { APIResponse, Page } from "@playwright/test";
import { change } from "../lib/database";
import { expectNotBlocked, expectReceipt, post } from "../lib/doors";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import type { Portal } from "../lib/server";
import { signInAtService } from "../lib/service";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, press, signInHere } from "../lib/walk";

// The service's certificate comes from an authority made for this run.
test.use({ ignoreHTTPSErrors: true });

const DAY = 86_400_000_000;

/** The last part of an address. */
const last = (url: string) => new URL(url).pathname.split("/").at(-1) ?? "";

/** To the last yes of a block by MitID; gives the flow. */
async function proveToBlock(page: Page, portal: Portal): Promise<string> {
  await page.goto(`${portal.url}/spaer`);
  await press(page, "Spær med MitID");
  await page.getByRole("button", { name: /^Maja Holm/ }).click();
  await expectPage(page, "Vil du spærre nu?");
  return last(page.url());
}

afterDayOne("two presses at once put one block, by whichever door, and show one receipt", async ({ page, elsewhere, portal, mailbox, credentials }) => {
  test.setTimeout(240_000);
  const token = last(await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/));
  await signInHere(page, credentials);
  const [second, third] = [await elsewhere(), await elsewhere()];
  const name = { user_name: maja.userName };
  // A session and a yes of MitID belong to one browser; the others may be pressed in two.
  const doors: [string, string, () => Promise<Record<string, string>>, [Page, Page]][] = [
    ["by-session", "/handling/spaer-nu", async () => ({ go: "yes" }), [page, page]],
    ["by-code", "/handling/spaer-kode", async () => ({ ...name, blocking_code: credentials.blockingCode }), [page, second]],
    ["by-password", "/handling/spaer-adgangskode", async () => ({ ...name, password: credentials.password }), [page, second]],
    ["by-notice", "/handling/var-det-dig", async () => ({ token }), [page, second]],
    ["by-mitid", "/handling/spaer-bekraeft", async () => ({ flow: await proveToBlock(third, portal) }), [third, third]],
  ];
  let blocks = 0;
  for (const [door, path, show, browsers] of doors) {
    await test.step(door, async () => {
      const form = await show();
      const answers: APIResponse[] = await Promise.all(browsers.map((browser) => post(browser, portal, path, form)));
      expect(answers.map((answer) => answer.headers().location)).toEqual(["/spaer/kvittering", "/spaer/kvittering"]);
      const receipts: string[] = [];
      for (const browser of browsers) {
        await browser.goto(`${portal.url}/spaer/kvittering`);
        receipts.push(await expectReceipt(browser));
      }
      expect(new Set(receipts).size, receipts.join(" ")).toBe(1);
      blocks += 1;
      await expectEvents(portal, "login.held", blocks);
      await expectEvent(portal, "login.held", door);
    });
  }
  await expectNoEvent(portal, "login.block-refused");
  await expectTrailHolds(portal);
});

afterDayOne("a link opens for ten days, and a second press shows what the first did", async ({ page, elsewhere, portal, mailbox }) => {
  test.slow();
  const link = await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/);
  await page.context().clearCookies();
  await page.goto(link);
  await expectPage(page, "Var det dig?");
  await change(portal, `update outbox set at = at - ${10 * DAY}`);
  await press(page, "Nej, spær min konto");
  await expectNotBlocked(page);
  await expectEvent(portal, "login.block-refused", "by-notice");
  const response = await page.goto(link);
  expect(response?.status()).toBe(410);
  await expectPage(page, "Linket virker ikke længere");
  await expectNoEvent(portal, "login.held");

  await change(portal, `update outbox set at = at + ${DAY}`);
  const other = await elsewhere();
  const receipts: string[] = [];
  for (const browser of [page, page, other]) {
    await browser.goto(link);
    await press(browser, "Nej, spær min konto");
    receipts.push(await expectReceipt(browser));
  }
  expect(new Set(receipts).size, receipts.join(" ")).toBe(1);
  await expectEvents(portal, "login.held", 1);
  await expectTrailHolds(portal);
});

afterDayOne("a yes of MitID that waited too long blocks nothing, and the next one does", async ({ page, portal }) => {
  test.slow();
  await page.context().clearCookies();
  await proveToBlock(page, portal);
  await change(portal, "update flows set expires_at = 1 where about like '%Blocking%'");
  await press(page, "Spær min konto nu");
  await expectNotBlocked(page);
  await expectNoEvent(portal, "login.held");
  await proveToBlock(page, portal);
  await press(page, "Spær min konto nu");
  await expectReceipt(page);
  await expectEvents(portal, "login.held", 1);
});

afterDayOne("a code that was used shows its one block, in another browser too", async ({ page, elsewhere, portal, credentials }) => {
  test.slow();
  const receipts: string[] = [];
  for (const browser of [page, await elsewhere()]) {
    const form = { user_name: maja.userName, blocking_code: credentials.blockingCode };
    expect((await post(browser, portal, "/handling/spaer-kode", form)).headers().location).toBe("/spaer/kvittering");
    await browser.goto(`${portal.url}/spaer/kvittering`);
    receipts.push(await expectReceipt(browser));
    // Long after: not the echo of one click.
    await change(portal, `update holds set at = at - ${DAY / 24}`);
  }
  expect(new Set(receipts).size, receipts.join(" ")).toBe(1);
  await expectEvents(portal, "login.held", 1);
});

afterDayOne("the owner's printed code ends the thief's session at the service and her own", async ({ page, portal, mellon, elsewhere, credentials }, info) => {
  test.setTimeout(240_000);
  const thief = await elsewhere();
  await signInAtService(thief, mellon.url, credentials, withoutScript(info));
  await signInAtService(page, mellon.url, credentials, withoutScript(info));
  await page.goto(`${portal.url}/spaer/kode`);
  await page.getByLabel("Brugernavn").fill(maja.userName);
  await page.getByLabel("Spærrekode").fill(credentials.blockingCode);
  await press(page, "Spær");
  await expectReceipt(page);
  const main = page.getByRole("main");
  const rows = main.locator("dl > div").filter({ hasText: "Prøvetjenesten" });
  await expect(rows, "she was signed in here, so it tells of hers and of the thief's").toHaveCount(2);
  await expect(async () => expectEvents(portal, "service.told", 2, '"outcome":"confirmed"'), "the service says that both are over").toPass({ timeout: 90_000 });
  await page.reload();
  await expect(rows.filter({ hasText: /lukket kl\. \d\d\.\d\d/ })).toHaveCount(2);
  for (const browser of [page, thief]) {
    await browser.goto(mellon.url);
    await expectPage(browser, "Log ind");
    await browser.goto(`${portal.url}/overblik`);
    await expectPage(browser, "Log ind");
  }
  await expectEvents(portal, "token.issued", 2);

  await test.step("a browser without her session is shown the same block and no service", async () => {
    const other = await elsewhere();
    const form = { user_name: maja.userName, blocking_code: credentials.blockingCode };
    expect((await post(other, portal, "/handling/spaer-kode", form)).headers().location).toBe("/spaer/kvittering");
    await other.goto(`${portal.url}/spaer/kvittering`);
    await expectReceipt(other);
    const told = other.getByRole("main");
    await expect(told, "a code tells too little of who sits here").toContainText("Systemer, der var åbne, lukker senest, når deres egen tid er gået");
    await expect(told.getByText("Prøvetjenesten")).toHaveCount(0);
    await proveToBlock(other, portal);
    await press(other, "Spær min konto nu");
    await expectReceipt(other);
    const both = told.locator("dl > div").filter({ hasText: "Prøvetjenesten" });
    await expect(both.filter({ hasText: /lukket kl\. \d\d\.\d\d/ }), "until she shows MitID").toHaveCount(2);
  });
  await expectTrailHolds(portal);
});

afterDayOne("a yes of MitID from before a block by another door says that the login is blocked", async ({ page, elsewhere, portal, credentials }) => {
  test.slow();
  await page.context().clearCookies();
  await proveToBlock(page, portal);
  const other = await elsewhere();
  const form = { user_name: maja.userName, blocking_code: credentials.blockingCode };
  expect((await post(other, portal, "/handling/spaer-kode", form)).headers().location).toBe("/spaer/kvittering");
  await press(page, "Spær min konto nu");
  await expectReceipt(page);
  await expectTrailHolds(portal);
});

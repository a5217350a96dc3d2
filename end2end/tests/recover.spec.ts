// A backup from before a block is put back: nobody gets in until what is kept outside was brought back too.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectGoodPage } from "../lib/good-page";
import { newcomer } from "../lib/people";
import type { Portal } from "../lib/server";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectTrailHolds } from "../lib/trail";
import { type Enrolled, enrol, expectPage, press, signIn } from "../lib/walk";

const CLOSED = "Man kan ikke logge ind lige nu";
const BLOCKED = "Din konto er spærret";
const reason = ["--reason", "the disk died, last night's backup was restored"];

/** The records outside, without the first line. */
function records(portal: Portal): string[] {
  return readFileSync(portal.outside, "utf8").trimEnd().split("\n").slice(1);
}

async function blockByCode(page: Page, who: Enrolled): Promise<void> {
  await page.goto("/spaer/kode");
  await page.getByLabel("Brugernavn").fill(who.userName);
  await page.getByLabel("Spærrekode").fill(who.blockingCode);
  await press(page, "Spær");
  await expectPage(page, BLOCKED);
}

async function ready(page: Page): Promise<string> {
  return (await page.request.get("/klar")).text();
}

afterDayOne("a restored backup revives no blocked login", async ({ page, portal, mailbox, elsewhere, problems, credentials: hers }) => {
  test.slow();
  // The page that says so is a 503, for whoever counts.
  problems.allow(/503/);
  await portal.import(newcomer);
  const other = await elsewhere();
  const theirs = await enrol(other, mailbox, newcomer);
  const backup = await portal.backup();
  await page.context().clearCookies();
  await blockByCode(page, hers);
  await expect.poll(() => records(portal).filter((line) => line.includes("by-code")).length).toBe(1);

  await portal.restore(backup);
  expect(portal.log).toContain("run `nsis-id recover --reason …`");
  await other.context().clearCookies();
  for (const path of ["/", "/log-ind", "/overblik", "/genaktiver", "/glemt-adgangskode", "/kom-i-gang"]) {
    await other.goto(path);
    await expectPage(other, CLOSED);
  }
  await expectGoodPage(other);
  expect(await ready(other)).toMatch(/^blocking only: .* behind$/m);
  const posted = await other.request.post("/handling/log-ind", {
    form: { flow: "", user_name: theirs.userName, password: theirs.password },
    headers: { origin: portal.url },
    maxRedirects: 0,
  });
  expect(posted.headers()["location"]).toBe("/venter");
  // She sees that it is closed, and blocks: the page leads there.
  await page.context().clearCookies();
  await page.goto("/log-ind");
  await page.getByRole("main").getByRole("link", { name: "Spær mit login" }).click();
  await expectPage(page, "Spær min konto");
  await blockByCode(page, hers);

  const said = await portal.command("recover", ...reason);
  expect(said).toMatch(/^1 records were missing in the database$/m);
  expect(said).toMatch(/^1 holds put again/m);
  await expect.poll(() => ready(other)).toBe("ready\n");
  await other.goto("/log-ind");
  await signIn(other, theirs);
  await expectPage(other, `Hej ${newcomer.givenName} ${newcomer.familyName}`);
  await page.context().clearCookies();
  await page.goto("/log-ind");
  await signIn(page, hers);
  await expectPage(page, BLOCKED);
  await expectEvents(portal, "token.issued", 0);
  await expectEvent(portal, "recovery.done", '"holds":"1"');
  await expect.poll(() => records(portal).length, "the block from meanwhile is kept outside too").toBe(2);
  expect(await portal.command("recover", ...reason)).toContain("nothing was changed");
  await expectTrailHolds(portal);
});

afterDayOne("a file outside that was changed, cut or moved away keeps everybody out until it is back", async ({ page, portal, problems, credentials: hers }) => {
  test.slow();
  problems.allow(/503/);
  await blockByCode(page, hers);
  await expect.poll(() => records(portal).length).toBe(1);
  const good = readFileSync(portal.outside, "utf8");
  const tampered: [string, RegExp, () => void][] = [
    ["changed", /changed at line 2/, () => writeFileSync(portal.outside, good.replace("by-code", "by-mitid"))],
    ["cut", /ends 1 records before/, () => writeFileSync(portal.outside, `${good.split("\n")[0]}\n`)],
    ["gone", /not there any more/, () => renameSync(portal.outside, `${portal.outside}.elsewhere`)],
  ];
  for (const [what, log, tamper] of tampered) {
    await test.step(what, async () => {
      await portal.restore(undefined, tamper);
      expect(portal.log).toMatch(log);
      await page.goto("/log-ind");
      await expectPage(page, CLOSED);
      writeFileSync(portal.outside, good);
      await expect.poll(() => ready(page), "it opens by itself").toBe("ready\n");
    });
  }
});

afterDayOne("killed between a block and its record, nothing is lost outside and nothing is there twice", async ({ page, portal, credentials: hers }) => {
  const told = page.request.post("/handling/spaer-kode", {
    form: { user_name: hers.userName, blocking_code: hers.blockingCode },
    headers: { origin: portal.url },
    maxRedirects: 0,
  });
  expect((await told).headers()["location"]).toBe("/spaer/kvittering");
  await portal.crash();
  await expect.poll(() => records(portal).filter((line) => line.includes("by-code")).length).toBe(1);
  await portal.crash();
  await expect.poll(() => ready(page)).toBe("ready\n");
  expect(records(portal)).toHaveLength(1);
});

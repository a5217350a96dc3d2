// An auditor takes every export of a year out, and each holds what is known to have happened in it. Nobody else gets any.
import type { Page } from "@playwright/test";
import { post } from "../lib/doors";
import { download } from "../lib/download";
import type { Portal } from "../lib/server";
import { expect, test } from "../lib/test";
import { expectEvents, expectTrailHolds } from "../lib/trail";
import { expectPage, press, signIn, signInHere } from "../lib/walk";
import { type Span, table } from "../lib/year";

/** Everything about one person: asked for by her id, and of all times. */
const PERSON = 2;
/** One that holds much, of which a quarter is taken out too; and where blocks and tokens stand. */
const BY_QUARTER = [4, 7, 11];

/** The acceptance asks for two thousand; few show the same in seconds. */
const PEOPLE = Number(process.env.NSIS_ID_PEOPLE ?? 120);

test.use({ lived: PEOPLE });
test.describe.configure({ timeout: 60_000 + PEOPLE * 200 });

/** How often what happened, by the table of the export on this page. Rows of the present are no events. */
async function told(page: Page): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { event = "" } of table((await download(page, "Hent tabel (CSV)")).toString("utf8"))) {
    if (event !== "present") counts[event] = (counts[event] ?? 0) + 1;
  }
  return counts;
}

/** Makes an export, and tells how often what happened by it. */
async function make(page: Page, number: number, { first, last }: Span): Promise<Record<string, number>> {
  await page.goto("/revision");
  await page.getByLabel("Første dag").fill(first);
  await page.getByLabel("Sidste dag").fill(last);
  await page.getByRole("radio", { name: new RegExp(`^${number}\\. `) }).check();
  await press(page, "Lav udtrækket");
  await expectPage(page, new RegExp(`^Udtræk ${number}: `));
  const aside = new URL(page.url()).pathname.startsWith("/revision/bestilling/");
  if (aside) {
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("main")).toContainText("Udtrækket er klar", { timeout: 500 });
    }, "a long one is made aside").toPass({ timeout: 120_000 });
  }
  const counts = await told(page);
  // No more than three may lie there.
  if (aside) {
    await press(page, "Slet filerne nu");
    await expect(page.getByRole("main")).toContainText("Udtrækket er annulleret");
  }
  return counts;
}

async function readAbout(page: Page, person: string): Promise<void> {
  await page.goto("/revision");
  await page.getByLabel("Personens id").fill(person);
  await press(page, "Læs alt om personen");
  await expectPage(page, /^Udtræk 2: /);
}

/** What she may not look at leads to the page that says so; what she may not do is not done, and stands in the trail. */
async function expectNothing(page: Page, portal: Portal, addresses: string[], { first, last }: Span, person: string): Promise<void> {
  await expect(page.getByRole("main").getByRole("link", { name: "Revision", exact: true })).toHaveCount(0);
  for (const address of addresses) {
    await page.goto(`${portal.url}${address}`);
    await expectPage(page, "Kun for revisorer");
  }
  const deeds = {
    "revision-udtraek": { export: "9", from: first, to: last },
    "revision-stikproeve": { seed: "mine", many: "5" },
    "revision-person": { person },
  };
  for (const [deed, form] of Object.entries(deeds)) {
    const answer = await post(page, portal, `/handling/${deed}`, form);
    expect(answer.headers().location ?? "", deed).not.toMatch(/\/revision\/(udtraek|stikproeve)\//);
  }
}

test("each export of a year holds what is known of it, and an administrator gets none", async ({ page, portal, elsewhere }) => {
  test.slow();
  const known = portal.year;
  if (!known) throw new Error("nobody lived here");
  const { year, quarter, followed, auditor, administrator } = known;
  await signInHere(page, auditor);
  for (let number = 1; number <= 18; number += 1) {
    if (number === PERSON) continue;
    expect(await make(page, number, year), `export ${number}`).toEqual(year.exports[number]);
  }
  for (const number of BY_QUARTER) {
    expect(await make(page, number, quarter), `export ${number} of the quarter`).toEqual(quarter.exports[number]);
  }
  await readAbout(page, followed);
  expect(await told(page), "export 2").toMatchObject(year.exports[PERSON] ?? {});
  const { pathname: made } = new URL(page.url());

  await page.goto("/revision");
  await page.getByLabel("Frø").fill("the-year");
  await page.getByLabel("Hvor mange").fill("5");
  await press(page, "Træk stikprøven");
  await expectPage(page, "Stikprøve");
  const { pathname: sample } = new URL(page.url());

  const refused = await elsewhere();
  await refused.goto(`${portal.url}/log-ind`);
  await signIn(refused, administrator);
  await expectPage(refused, /^Hej /);
  const files = ["csv", "json", "foelgebrev"].map((file) => `${made}/${file}`);
  await expectNothing(refused, portal, ["/revision", made, ...files, sample], year, followed);
  // One administrator tried within the year, too.
  await expectEvents(portal, "auditor.refused", 4);
  await expectTrailHolds(portal);
});

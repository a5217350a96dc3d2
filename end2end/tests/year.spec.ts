// An auditor takes every export of a year out, and each holds what is known to have happened in it. Nobody else gets any.
import type { Page } from "@playwright/test";
import { post } from "../lib/doors";
import { download } from "../lib/download";
import type { Portal } from "../lib/server";
import { expect, test } from "../lib/test";
import { expectEvents, expectTrailHolds } from "../lib/trail";
import { expectPage, press, signIn, signInHere } from "../lib/walk";
import { type Span, type Told, read } from "../lib/year";

/** Everything about one person: asked for by her id, and of all times. */
const PERSON = 2;
/** That an export about everybody opened something of hers: it is of her, and each of these makes one more. */
const READ = "trail.part-read";
/** One that holds much, of which a quarter is taken out too; and where blocks and tokens stand. */
const BY_QUARTER = [4, 7, 11, 14, 16, 17];
/** Beside what a year knows, these say what the house that is asked set up itself: keys, settings, texts, checkpoints. */
const OF_THE_HOUSE = [10, 12, 13, 16];

/** What stands beside the exports. */
const BESIDE = ["noegletal", "haendelser", "vilkaar", "krav"].map((page) => `/revision/${page}`);

/** So many live it in the Rust tests too; fewer show the same sooner to whoever works on it. */
const PEOPLE = Number(process.env.NSIS_ID_PEOPLE ?? 2000);

test.use({ lived: PEOPLE });
test.describe.configure({ timeout: 60_000 + PEOPLE * 200 });

/** The table of the export on this page. */
async function told(page: Page): Promise<Told> {
  return read((await download(page, "Hent tabel (CSV)")).toString("utf8"));
}

/** It says how often what happened, and of how things are each row that is known once. */
function expectTold(told: Told, number: number, { first, exports, present }: Span): void {
  const which = `export ${number} from ${first}`;
  expect(told.counts, which).toEqual(exports[number]);
  const known = present[number] ?? [];
  for (const row of known) {
    const fitting = told.present.filter((it) => Object.entries(row).every(([name, cell]) => it[name] === cell));
    expect(fitting, `${which}: ${JSON.stringify(row)}`).toHaveLength(1);
  }
  if (!OF_THE_HOUSE.includes(number)) expect(told.present, which).toHaveLength(known.length);
}

/** Makes an export, and reads it. */
async function make(page: Page, number: number, { first, last }: Span): Promise<Told> {
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
  const table = await told(page);
  // No more than three may lie there.
  if (aside) {
    await press(page, "Slet filerne nu");
    await expect(page.getByRole("main")).toContainText("Udtrækket er annulleret");
  }
  return table;
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
    "revision-noegletal": { from: first, to: last },
    "revision-soeg": { from: first, to: last, kinds: "login.held" },
    "revision-vis": { row: person },
    "revision-annuller": { order: person },
  };
  for (const [deed, form] of Object.entries(deeds)) {
    const answer = await post(page, portal, `/handling/${deed}`, form);
    expect(answer.headers().location ?? "", deed).not.toMatch(/\/revision\/[^/]+\//);
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
    expectTold(await make(page, number, year), number, year);
  }
  for (const number of BY_QUARTER) {
    expectTold(await make(page, number, quarter), number, quarter);
  }
  await readAbout(page, followed);
  const { [READ]: read = 0, ...others } = year.exports[PERSON] ?? {};
  const { counts } = await told(page);
  expect(counts, "export 2").toMatchObject(others);
  expect(counts[READ], "what was just read of her among others stands there too").toBeGreaterThan(read);
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
  await expectNothing(refused, portal, ["/revision", made, ...files, sample, ...BESIDE], year, followed);
  // One administrator tried within the year, too.
  await expectEvents(portal, "auditor.refused", 8);
  await expectTrailHolds(portal);
});

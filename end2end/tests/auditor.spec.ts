// An auditor takes out evidence: a signed export, a sample, and the trail of one person, who sees that it was read.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { acceptRole, orderedAside } from "../lib/auditors";
import { change } from "../lib/database";
import { download } from "../lib/download";
import { expectGoodEnglish } from "../lib/english";
import { expectGoodPage } from "../lib/good-page";
import { waitHydrated } from "../lib/hydration";
import { Keyboard } from "../lib/keyboard";
import { newcomer } from "../lib/people";
import type { Portal } from "../lib/server";
import { afterDayOne, expect } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { enrol, expectPage, press, signInHere } from "../lib/walk";

/** She left (`null`: she works here again), as HR's feed would have it; her login is left as it is. */
const leaves = (portal: Portal, at: "null" | "unixepoch() * 1000000") =>
  change(portal, `update associations set closed_at = ${at} where person = (select id from persons where user_name = '${newcomer.userName}')`);

/** What stands beside her exports: figures, events, a row, the proof of an accept, the requirements. */
async function lookAround(page: Page, portal: Portal, keyboard: Keyboard, look: (title: string) => Promise<void>): Promise<void> {
  const main = page.getByRole("main");
  await page.goto("/revision");
  await main.getByRole("link", { name: "Nøgletal", exact: true }).click();
  await look("Nøgletal");
  await press(page, "Vis nøgletal");
  await expect(page).toHaveURL(/\/noegletal\/[^/]+$/);
  await look("Nøgletal");
  await expect(main).toContainText(/\d+ af \d+ med en åben tilknytning/);
  await expectEvent(portal, "figures.taken");

  await page.goto("/revision/haendelser");
  await look("Hændelser");
  await expect(main).toContainText(/Loggen hænger sammen|ikke underskrevet noget endnu/);
  await page.getByLabel("Arter", { exact: true }).fill("maja");
  await press(page, "Søg");
  await expect(page.getByRole("alert").getByRole("link", { name: /Skriv ord fra hændelseskataloget/ })).toBeVisible();
  // A search and a row of it, by the keyboard alone.
  await page.goto("/revision/haendelser");
  await keyboard.send(page.getByLabel("Arter", { exact: true }), "role.accepted");
  await expect(page).toHaveURL(/\/haendelser\/[^/]+$/);
  await look("Hændelser");
  await expect(main).toContainText("Søgt efter: Arter: role.accepted");
  await expect(main).not.toContainText("address:");
  const newest = await page.locator("input[name=row]").first().inputValue();
  const found = page.url();
  await page.goto(`${found}/${newest}`);
  await look("Hændelser");
  await page.goto(found);
  await keyboard.choose(page.getByRole("button", { name: /^Vis det forseglede/ }).first());
  await look("Række i loggen");
  await expect(main).toContainText("address: ");
  await expectEvents(portal, "trail.read", 2);

  await page.goto("/revision/vilkaar");
  await look("Accept af vilkår");
  await press(page, "Find accepter");
  await page.getByRole("button", { name: /^Vis beviset/ }).first().click();
  await look("Bevis for vilkårsaccept");
  await expect(main).toContainText("Side 1 vist");
  await page.emulateMedia({ media: "print" });
  await expect(main.getByText("Udskriv siden med browseren"), "what belongs to the screen").toBeHidden();
  await page.emulateMedia({ media: null });
  await page.goto("/revision/krav");
  await look("Krav");
  await expect(main).toContainText("Alle er åbne");
  await requirements(page, keyboard, look);
}

/** A hundred requirements, closed by chapter: short on a phone, opened by an address, by a link, and on paper. */
async function requirements(page: Page, keyboard: Keyboard, look: (title: string) => Promise<void>): Promise<void> {
  const one = page.locator("#krav-3-2-3-6");
  await expect(one).toBeHidden();
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollHeight), "its height on a phone").toBeLessThan(6_000);
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ media: "print" });
  await expect(one, "it stands on paper").toBeVisible();
  await page.emulateMedia({ media: null });
  await expect(one).toBeHidden();
  await page.goto("/revision/krav#krav-3-2-3-6");
  await expect(one, "an address opens its chapter").toBeVisible();
  await expect(page.locator("#krav-6-12")).toBeHidden();
  await page.goto("/revision/krav");
  await keyboard.choose(keyboard.link("Vis alle krav på én gang"));
  await expect(page).toHaveURL(/\/krav\?alle=1$/);
  await look("Krav");
  await expect(one).toContainText("spærring virker døgnet rundt");
  await expect(page.locator("#krav-6-12")).toBeVisible();
}

afterDayOne("an auditor takes out an export, and reads about one person of a sample", async ({ page, portal, credentials }, info) => {
  afterDayOne.slow();
  const look = async (title: string | RegExp) => {
    await expectPage(page, title);
    await waitHydrated(page, info);
    await expectGoodPage(page);
  };
  await acceptRole(page, portal, credentials, "auditor");
  // The first one by the keyboard alone: what is missing leads to the choices, and arrows go through them.
  const keyboard = new Keyboard(page, info);
  await keyboard.choose(keyboard.link("Revision"));
  await look("Revision");
  await keyboard.choose(keyboard.button("Lav udtrækket"));
  await keyboard.correct("Vælg et udtræk.", page.getByRole("radio", { name: /^1\. / }));
  await expectNoEvent(portal, "export.made");
  const roles = page.getByRole("radio", { name: /^8\. Roller/ });
  for (let steps = 0; steps < 17 && !(await roles.isChecked()); steps += 1) await page.keyboard.press("ArrowDown");
  await expect(roles).toBeChecked();
  await keyboard.choose(keyboard.button("Lav udtrækket"));
  await look("Udtræk 8: Roller og hvem der har dem");
  await expect(page.getByRole("main")).toContainText("uddannelse af registranter samles først");
  const manifest = (await download(page, "Hent følgebrevet")).toString("utf8");
  expect(manifest).toMatch(/^nsis-id evidence 1\n[\s\S]*\nexport 8 staff\n/);
  for (const [link, file] of [["Hent tabel (CSV)", "nsis-08-staff.csv"], ["Hent JSON-filen", "nsis-08-staff.json"]] as const) {
    const taken = await download(page, link);
    expect(taken.toString("utf8")).toContain("role.accepted");
    const digest = createHash("sha256").update(taken).digest("base64");
    expect(manifest, "the file is the one that was signed").toContain(`file ${file} ${taken.length} ${digest}\n`);
  }
  await expectEvent(portal, "export.made", '"export":"staff"');

  const order = await orderedAside(portal);
  await page.goto("/revision");
  await expect(page.getByRole("main"), "what she ordered is listed").toContainText("25 % er læst");
  await page.getByRole("main").getByRole("link", { name: "Udtræk 8: Roller og hvem der har dem" }).click();
  await look("Udtræk 8: Roller og hvem der har dem");
  await expect(page.getByRole("main")).toContainText("100 af 400 er læst (25 %)");
  await expect(page.getByRole("button", { name: "Annullér udtrækket", exact: true })).toBeVisible();
  await change(portal, "update export_jobs set leased_until = 0");
  await expect(async () => {
    await page.goto(order);
    await expect(page.getByRole("main")).toContainText("Udtrækket er klar", { timeout: 500 });
  }, "who made it is gone, and another makes it").toPass({ timeout: 20_000 });
  await look("Udtræk 8: Roller og hvem der har dem");
  const letter = (await download(page, "Hent følgebrevet")).toString("utf8");
  const table = await download(page, "Hent tabel (CSV)");
  const tableDigest = createHash("sha256").update(table).digest("base64");
  expect(letter, "the file is the one that was signed").toContain(`file nsis-08-staff.csv ${table.length} ${tableDigest}\n`);
  expect(table.toString("utf8")).toContain("role.accepted");
  await expectEvent(portal, "export.taken", '"form":"csv"');
  await keyboard.choose(keyboard.button("Slet filerne nu"));
  await expect(page.getByRole("main")).toContainText("Udtrækket er annulleret");
  await expectEvent(portal, "export.cancelled", '"why":"asked"');

  await keyboard.choose(keyboard.link("Tilbage til revision"));
  await keyboard.write(page.getByLabel("Frø"), "november");
  await keyboard.write(page.getByLabel("Hvor mange"), "50");
  await keyboard.choose(keyboard.button("Træk stikprøven"));
  await look("Stikprøve");
  await expect(page.getByRole("main")).toContainText("Frø: november");
  await keyboard.choose(page.getByRole("button", { name: "Læs alt om Maja Holm", exact: true }));
  await look("Udtræk 2: Alt om én person");
  await expect(page.getByRole("main")).toContainText("terms.accepted");
  await expect(page.getByRole("main"), "no number in it").not.toContainText(/610190/);
  await expectEvents(portal, "trail.read", 1);
  await page.goto("/konto/aktivitet");
  await expect(page.getByRole("main")).toContainText("En revisor læste, hvad der er sket med dit login");
  await lookAround(page, portal, keyboard, look);
  await page.goto("/revision?sprog=en");
  await expectGoodEnglish(page, "Audit", info);
  await expectTrailHolds(portal);
});

afterDayOne("an auditor reads for a case what is restricted, and whoever it is about sees it", async ({ page, portal, mailbox, elsewhere, credentials }, info) => {
  // Each code counts once, and a new one comes every half minute.
  afterDayOne.setTimeout(240_000);
  const look = async (title: string | RegExp) => {
    await expectPage(page, title);
    await waitHydrated(page, info);
    await expectGoodPage(page);
  };
  await portal.import(newcomer);
  const other = await elsewhere();
  const hers = await enrol(other, mailbox, newcomer);
  await acceptRole(page, portal, credentials, "auditor");
  await leaves(portal, "unixepoch() * 1000000");
  const erase = portal.command("erase", "propose", newcomer.userName, "--reason", "she asked for it");
  await expect(erase, "too early").rejects.toThrow("what is kept of her is restricted");

  // All of it by the keyboard alone, with script and without.
  const keyboard = new Keyboard(page, info);
  await keyboard.choose(keyboard.link("Revision"));
  await keyboard.write(page.getByLabel("Hvor mange"), "50");
  await keyboard.choose(keyboard.button("Træk stikprøven"));
  await look("Stikprøve");
  const main = page.getByRole("main");
  await expect(main, "nobody is named").not.toContainText(new RegExp(`${newcomer.familyName}|${newcomer.userName}`));
  await keyboard.choose(page.getByRole("button", { name: "Læs alt om –", exact: true }));
  await expectPage(page, "Revision");
  const field = page.getByLabel("Sagsnummer, hvis oplysningerne er begrænset");
  await expect(page.getByLabel("Personens id"), "she is who the case is about").toHaveValue(/^[0-9a-f-]{36}$/);
  await keyboard.correct("Skriv nummeret på den sag, du skal bruge dem til", field);
  // A name is no number of a case, and nothing neither.
  for (const typed of ["Nannas sag", ""]) {
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await keyboard.correct("Skriv nummeret på den sag, du skal bruge dem til", field);
    await look("Revision");
    await expect(field).toBeFocused();
  }
  await expectNoEvent(portal, "trail.case-named");
  await expectNoEvent(portal, "trail.read");
  await page.keyboard.type("2026-000123");
  await page.keyboard.press("Enter");
  await look("Udtræk 2: Alt om én person");
  await expect(main).toContainText("enrolment.finished");
  await expectEvents(portal, "trail.case-named", 1, '"case":"2026-000123"');
  await expectEvents(portal, "trail.read", 1);

  await leaves(portal, "null");
  await signInHere(other, hers);
  await other.goto("/konto/aktivitet");
  await expectPage(other, "Din aktivitet");
  await expect(other.getByRole("main")).toContainText("En revisor skrev, til hvilken sag dine oplysninger læses");
  await expect(other.getByRole("main")).toContainText("En revisor læste, hvad der er sket med dit login");
  await waitHydrated(other, info);
  await expectGoodPage(other);
  await expectTrailHolds(portal);
});

afterDayOne("an administrator is told that the place is an auditor's", async ({ page, portal, credentials }) => {
  await acceptRole(page, portal, credentials, "administrator");
  await expect(page.getByRole("main").getByRole("link", { name: "Revision", exact: true })).toHaveCount(0);
  await page.goto("/revision");
  await expectPage(page, "Kun for revisorer");
  await expectGoodPage(page);
  await page.getByRole("main").getByRole("link", { name: "Til overblikket" }).click();
  await expectPage(page, /^Hej /);
});

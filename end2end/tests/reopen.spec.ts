// A person looks after her own login: another password, a forgotten one, where she is signed in, and opening what she
// blocked. Every way at both sizes, with script and without.
import type { Page } from "@playwright/test";
import { expectGoodPage } from "../lib/good-page";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { publishNewTerms } from "../lib/texts";
import { freshCode, totp } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import {
  PASSWORD, acceptTerms, blockingCode, expectPage, goToMitid, press, prove, proveInVain, readTerms, showCode, showPassword, signIn,
  signInHere,
} from "../lib/walk";

const NEW = "tolv gule tulipaner";

afterDayOne("a forgotten password is replaced with MitID alone", async ({ page, portal, mailbox, credentials }) => {
  await page.goto("/log-ind");
  await page.getByRole("link", { name: "Glemt adgangskode" }).click();
  await expectPage(page, "Glemt adgangskode");
  await expectGoodPage(page);
  await proveInVain(page, maja, "Afbryd");
  await expectPage(page, "Du stoppede undervejs");
  await expect(page.getByRole("main").getByRole("link", { name: /^Ring til servicedesken/ })).toHaveAttribute("href", /^tel:/);
  await page.getByRole("main").getByRole("link", { name: "Prøv igen" }).click();
  await expectPage(page, "Glemt adgangskode");
  await prove(page, maja);
  await expectPage(page, "Vælg en ny adgangskode");
  await expectGoodPage(page);
  await page.getByLabel("Ny adgangskode").fill("kort");
  await press(page, "Gem adgangskoden");
  await expect(page.getByRole("alert")).toContainText("mindst 12 tegn");
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await press(page, "Gem adgangskoden");
  await expectPage(page, "Log ind");
  await expect(page.getByRole("status")).toContainText("Din nye adgangskode er gemt");
  await showPassword(page, credentials);
  await expect(page.getByRole("alert")).toContainText("passer ikke");
  await signIn(page, { ...credentials, password: NEW });
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "reset.begun");
  await mailbox.newest(maja.workMail, /adgangskode/i);
  await expectTrailHolds(portal);
});

afterDayOne("a login that is not blocked is not opened, and the page says where to go", async ({ page, portal }) => {
  await page.goto("/genaktiver");
  await expectPage(page, "Genaktivér din konto");
  await expectGoodPage(page);
  await prove(page, maja);
  await expectPage(page, "Vi kan ikke åbne din konto");
  await expect(page.getByRole("main")).toContainText("Kontoen er ikke spærret");
  await expect(page.getByRole("main").getByRole("link", { name: "Log ind" })).toBeVisible();
  await expectGoodPage(page);
  await expectNoEvent(portal, "reopening.begun");
});

test("nobody without a login here learns more than where to begin", async ({ page, portal }) => {
  for (const way of ["/genaktiver", "/glemt-adgangskode"]) {
    await page.goto(way);
    await prove(page, maja);
    await expect(page.getByRole("main")).toContainText("Vi fandt ikke et login");
    await expect(page.getByText(maja.familyName)).toHaveCount(0);
  }
  await expectNoEvent(portal, "reset.begun");
});

afterDayOne("she changes her password with the old one and a code", async ({ page, portal, elsewhere, credentials }) => {
  test.slow();
  await signInHere(page, credentials);
  await page.getByRole("link", { name: "Skift adgangskode" }).click();
  await expectPage(page, "Skift adgangskode");
  await expectGoodPage(page);
  await press(page, "Gem adgangskoden");
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(3);
  await page.getByLabel("Log mig ud alle andre steder").check();
  await page.getByLabel("Nuværende adgangskode").fill("ikke den rigtige");
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await page.getByLabel("Kode", { exact: true }).fill("000000");
  await press(page, "Gem adgangskoden");
  await expect(page.getByRole("alert")).toContainText("Adgangskode eller kode passer ikke");
  await expectEvent(portal, "password.refused");
  await expect(page.getByLabel("Log mig ud alle andre steder"), "her wish outlasts the mistake").toBeChecked();
  await page.getByLabel("Nuværende adgangskode").fill(credentials.password);
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
  await press(page, "Gem adgangskoden");
  await expectPage(page, /^Hej /);
  await expect(page.getByRole("status").filter({ hasText: "Din adgangskode er gemt" })).toBeVisible();
  const other = await elsewhere();
  await other.goto("/log-ind");
  await showPassword(other, credentials);
  await expect(other.getByRole("alert")).toContainText("passer ikke");
  await showPassword(other, { ...credentials, password: NEW });
  await expectPage(other, "Bekræft med koden fra din app");
  await expectTrailHolds(portal);
});

afterDayOne("she sees what happened and where she is signed in, and ends it", async ({ page, portal, credentials }) => {
  await signInHere(page, credentials);
  await page.getByRole("link", { name: "Din aktivitet" }).click();
  await expectPage(page, "Din aktivitet");
  await expectGoodPage(page);
  const rows = page.getByRole("main").locator("dl > div");
  const all = await rows.count();
  await expect(rows.filter({ hasText: "Du loggede ind" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "Du loggede ind" })).toContainText(/I Chrome på \S+ fra 127\.0\.0\.1/);
  await expect(page.getByText("Mozilla")).toHaveCount(0);
  const ofHr = rows.filter({ hasText: "Det kom fra personalesystemet (HR)" });
  await expect(ofHr.first()).toContainText("tal med din leder");
  await expect(rows.getByRole("link", { name: /^Det var ikke mig/ }), "on each row").toHaveCount(all);
  await expect(rows.first().getByRole("link", { name: /^Det var ikke mig/ })).toHaveAttribute("href", "/spaer");
  await page.getByRole("navigation", { name: "Vis" }).getByRole("link", { name: "Login" }).click();
  await expect(page).toHaveURL("/konto/aktivitet/login");
  expect(await rows.count()).toBeLessThan(all);
  await page.goto("/konto/login");
  await expectPage(page, "Her er du logget ind");
  await expectGoodPage(page);
  await expect(page.getByRole("main")).toContainText("Denne browser");
  await expect(page.getByRole("main")).toContainText(/Logget ind med Chrome på \S+ fra 127\.0\.0\.1/);
  await press(page, "Log ud alle steder");
  await expectPage(page, "Du er logget ud");
  await page.goto("/overblik");
  await expectPage(page, "Log ind");
  await expectTrailHolds(portal);
});

/** Blocks by the open session: two choices. */
async function block(page: Page): Promise<void> {
  await page.goto("/spaer");
  await page.getByRole("main").getByRole("link", { name: "Spær min konto nu" }).click();
  await press(page, "Spær min konto nu");
  await expectPage(page, "Din konto er spærret");
}

/** From the start to the login methods. */
async function reachFactors(page: Page): Promise<void> {
  await page.goto("/genaktiver");
  await prove(page, maja);
  await expectPage(page, "Vælg en ny adgangskode");
  await expect(page.getByText("Trin 2 af 5")).toBeVisible();
  await expectGoodPage(page);
  await page.getByLabel("Ny adgangskode").fill(PASSWORD);
  await press(page, "Fortsæt");
  await expect(page.getByRole("alert")).toContainText("den adgangskode, du har i forvejen");
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await press(page, "Fortsæt");
  await expectPage(page, "Hvilke loginmidler er dine?");
  await expect(page.getByText("Trin 3 af 5")).toBeVisible();
  await expectGoodPage(page);
}

/** From what happened to the sheet; gives the blocking code on it. */
async function openAndKeep(page: Page): Promise<string> {
  await expectPage(page, "Er der noget, du ikke kender?");
  await expect(page.getByRole("main")).toContainText("Konto spærret");
  await expectGoodPage(page);
  await press(page, "Jeg kender det hele – fortsæt");
  await expectPage(page, "Tjek, og åbn kontoen");
  await expectGoodPage(page);
  await press(page, "Åbn kontoen");
  const code = await blockingCode(page);
  await expectGoodPage(page);
  await page.reload();
  expect(await blockingCode(page), "a reload costs nobody the sheet").toBe(code);
  await press(page, "Fortsæt");
  await expect(page.getByRole("alert")).toContainText("Sæt flueben");
  const sheet = page.url();
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
  await expectPage(page, "Log ind");
  await expect(page.getByRole("status")).toContainText("Din konto er åben");
  await page.goto(sheet);
  await expect(page.getByText(code)).toHaveCount(0);
  return code;
}

afterDayOne("she opens what she blocked, with the app she has", async ({ page, portal, mailbox, credentials }) => {
  await signInHere(page, credentials);
  await block(page);
  await reachFactors(page);
  // Added minutes before the block, so it is marked to go; she knows it.
  const box = page.getByRole("checkbox", { name: /^Min telefon/ });
  await expect(box).not.toBeChecked();
  await box.check();
  await press(page, "Fortsæt");
  await openAndKeep(page);
  await page.goto("/log-ind");
  await showPassword(page, credentials);
  await expect(page.getByRole("alert"), "the old password is dead").toContainText("passer ikke");
  await showPassword(page, { ...credentials, password: NEW });
  await showCode(page, await freshCode(credentials.secret));
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "login.reopened");
  await mailbox.newest(maja.workMail, /åben igen/);
  await expectTrailHolds(portal);
});

afterDayOne("who keeps nothing adds an app before anything opens", async ({ page, portal, credentials }) => {
  await signInHere(page, credentials);
  await block(page);
  await reachFactors(page);
  await press(page, "Fortsæt");
  await expectPage(page, "Tilføj godkender-app");
  await expect(page.getByText("Trin 3 af 5")).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Behold alligevel et af de gamle" }).click();
  await expectPage(page, "Hvilke loginmidler er dine?");
  await expect(page).toHaveURL(/\/loginmidler$/);
  await expectGoodPage(page);
  await press(page, "Fortsæt");
  const secret = (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  await page.getByLabel("Skriv den kode, appen viser nu").fill(totp(secret));
  await press(page, "Bekræft");
  await openAndKeep(page);
  await page.goto("/log-ind");
  await showPassword(page, { ...credentials, password: NEW });
  await showCode(page, await freshCode(secret));
  await expectPage(page, /^Hej /);
  await expectTrailHolds(portal);
});

test.describe("with other terms in force", () => {
  test.use({ ownTexts: true });

  afterDayOne("they are read and accepted before anything opens, and declined it stays closed", async ({ page, portal, credentials }) => {
    test.slow();
    await signInHere(page, credentials);
    await block(page);
    await publishNewTerms(portal);
    const toTerms = async () => {
      await reachFactors(page);
      await page.getByRole("checkbox", { name: /^Min telefon/ }).check();
      await press(page, "Fortsæt");
      await press(page, "Jeg kender det hele – fortsæt");
      await expectPage(page, /^Læs vilkårene \(del 1 af/);
      await expect(page.getByText("Vilkårene er ændret.")).toBeVisible();
      await expectGoodPage(page);
    };
    await toTerms();
    await page.goto(page.url().replace(/vilkaar\/1$/, "vilkaar/4"));
    await expectPage(page, /^Læs vilkårene \(del 1 af/);
    await readTerms(page);
    await page.getByRole("link", { name: "Jeg vil ikke acceptere" }).click();
    await expectPage(page, "Hvis du ikke accepterer");
    await expect(page.getByRole("main")).toContainText("forbliver din konto lukket");
    await expectGoodPage(page);
    await press(page, "Jeg accepterer ikke");
    await expectPage(page, "Du har ikke accepteret vilkårene");
    await expectEvent(portal, "terms.declined");
    await expectNoEvent(portal, "login.reopened");
    await page.goto("/log-ind");
    await showPassword(page, credentials);
    await showCode(page, await freshCode(credentials.secret));
    await expectPage(page, "Din konto er spærret");
    await toTerms();
    await readTerms(page);
    await press(page, "Acceptér");
    await expect(page.getByRole("alert")).toContainText("Sæt flueben for at acceptere vilkårene.");
    await acceptTerms(page);
    await expectPage(page, "Tjek, og åbn kontoen");
    await press(page, "Åbn kontoen");
    await blockingCode(page);
    await expectEvent(portal, "login.reopened");
    await expectEvents(portal, "terms.accepted", 2);
    await expectTrailHolds(portal);
  });
});

afterDayOne("steps of a reopening asked for by hand lead to its start", async ({ page, portal }) => {
  const made = "01234567-89ab-4cde-8f01-23456789abcd";
  for (const path of ["adgangskode", "loginmidler", "app", "aktivitet", "aabn"]) {
    const form = { flow: made, password: NEW, name: "Min", code: "123456" };
    const response = await page.request.post(`/handling/genaktiver-${path}`, { form, headers: { origin: portal.url }, maxRedirects: 0 });
    expect(response.status(), path).toBe(303);
    expect(response.headers().location, path).toBe("/genaktiver");
  }
  await expectNoEvent(portal, "reopening.step");
});

test("MitID is offered, never demanded", async ({ page }) => {
  for (const way of ["/genaktiver", "/glemt-adgangskode"]) {
    await page.goto(way);
    await page.getByText("Har du ikke MitID, eller vil du ikke bruge det?").click();
    await expect(page.getByText("pas eller kørekort")).toBeVisible();
    await goToMitid(page);
  }
});

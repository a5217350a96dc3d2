// Passkeys and security keys, from the card on day one to their removal. Only a script can talk to them.
import type { Page } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { expectGoodPage } from "../lib/good-page";
import { ASKS, confirmByCode, enrolWithKey, herself, openDialog, openMethods, said, showKey, signInWithKey, walkToChoice } from "../lib/keys";
import { maja } from "../lib/people";
import { shown } from "../lib/service";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent } from "../lib/trail";
import { PASSWORD, expectPage, finish, press, showPassword, signInHere } from "../lib/walk";

const SERVICE = "/simulator/tjeneste";

/** Who keeps the passkey on her phone is told how to bring it into the window. */
async function expectPhoneHint(page: Page): Promise<void> {
  const how = page.getByText("Vælg telefonen i vinduet, og scan billedet med dens kamera. Bluetooth skal være slået til begge steder.");
  await expect(how).toBeHidden();
  await page.getByText("Ligger adgangsnøglen på din telefon?").click();
  await expect(how).toBeVisible();
}

test("she adds a passkey on day one, and it takes her to a service", async ({ page, portal, mailbox }) => {
  test.slow();
  await walkToChoice(page, mailbox);
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expectPage(page, "Tilføj adgangsnøgle");
  await expectPhoneHint(page);
  await expectGoodPage(page);

  const phone = await Authenticator.give(page, "phone");
  await test.step("a dialog she closes costs nothing", async () => {
    await phone.verifies(false);
    await openDialog(page, "Tilføj adgangsnøgle");
    await expect(said(page)).toContainText("Vinduet blev lukket");
    await expectGoodPage(page);
    await expectNoEvent(portal, "factor.added");
    await phone.verifies(true);
  });
  await page.getByLabel("Giv den et navn").fill("Min telefon");
  await press(page, "Tilføj adgangsnøgle");
  await expectPage(page, "Tjek og gør færdig");
  await expect(page.getByRole("main")).toContainText("Loginmidlet er tilføjet");
  await expect(page.getByRole("main")).toContainText("Min telefon");
  expect((await phone.credentials()).map((key) => key.isResidentCredential)).toEqual([true]);
  await expectEvent(portal, "factor.added", "passkey");
  await finish(page);

  await phone.touched(false);
  await page.goto(SERVICE);
  await press(page, "Log ind");
  await showPassword(page, herself);
  await expectPage(page, ASKS);
  await phone.touched(true);
  await expectPhoneHint(page);
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Vælg en anden måde" }).click();
  await expectPage(page, "Vælg en anden måde");
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Adgangsnøgle eller sikkerhedsnøgle" }).click();
  await showKey(page);
  await expectPage(page, "Du er logget ind");
  await expect(page).toHaveURL(SERVICE);
  expect(await shown(page, "Sikringsniveau")).toBe("Betydelig (Substantial)");
  await expectEvent(portal, "token.issued", "Substantial");
});

test("the passkey comes before the password, and the user name need not be typed", async ({ page, portal, mailbox, context }) => {
  test.slow();
  await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  await context.clearCookies();
  await page.goto("/log-ind/noegle");
  await expectGoodPage(page);
  await showKey(page);
  await expect(page.getByText("Din nøgle er godkendt. Skriv nu din adgangskode.")).toBeVisible();
  await expectGoodPage(page);
  await expect(page.getByLabel("Brugernavn")).toHaveValue(maja.userName);
  await page.getByLabel("Adgangskode", { exact: true }).fill(PASSWORD);
  await press(page, "Log ind");
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "sign-in.done", "passkey+password");
});

test("a browser that has her passkey offers it where the user name is typed", async ({ page, portal, mailbox, context }) => {
  test.slow();
  await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  await context.clearCookies();
  // Chromium's virtual list chooses the only one in it at once; a person would touch it.
  await page.goto("/log-ind");
  await expect(page.getByText("Din nøgle er godkendt. Skriv nu din adgangskode.")).toBeVisible();
  await expectEvents(portal, "sign-in.begun", 1);
  await page.getByLabel("Adgangskode", { exact: true }).fill(PASSWORD);
  await press(page, "Log ind");
  await expectPage(page, /^Hej /);
});

for (const [kind, button] of [["key", "Tilføj sikkerhedsnøgle"], ["u2f", "Tilføj sikkerhedsnøgle"], ["synced", "Tilføj adgangsnøgle"]] as const) {
  test(`a ${kind} is added on day one and signs in beside the password`, async ({ page, portal, mailbox }) => {
    test.slow();
    const key = await Authenticator.give(page, kind);
    await enrolWithKey(page, mailbox, button);
    await signInWithKey(page, key);
    await expectPage(page, /^Hej /);
    await expectEvent(portal, "factor.added", `"backup-eligible":"${kind === "synced"}"`);
    await page.goto("/konto/loginmidler");
    await expect(page.getByRole("main").getByText("Den kan blive kopieret")).toHaveCount(kind === "synced" ? 1 : 0);
  });
}

afterDayOne("she adds a key beside her app, tries it, names it, and removes it", async ({ page, portal, credentials }) => {
  test.slow();
  const main = page.getByRole("main");
  await signInHere(page, credentials);
  await main.getByRole("link", { name: "Dine loginmidler" }).click();
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Du har kun ét");
  await expectGoodPage(page);
  await openMethods(page, async () => {
    await expectGoodPage(page);
    await confirmByCode(page, credentials.secret);
  });
  await expect(main).toContainText("Det er det sidste, du kan logge ind med");
  await expectGoodPage(page);
  await Authenticator.give(page, "key");
  await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expectPage(page, "Tilføj sikkerhedsnøgle");
  await expectGoodPage(page);
  await page.getByLabel("Giv den et navn").fill("Nøglebundt");
  await openDialog(page, "Tilføj sikkerhedsnøgle");
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Loginmidlet er tilføjet");

  await test.step("it is tried, named and chosen on a page of its own", async () => {
    await main.getByRole("link", { name: "Afprøv eller ret Nøglebundt" }).click();
    await expectPage(page, "Nøglebundt");
    await expectGoodPage(page);
    await openDialog(page, "Afprøv");
    await expect(main).toContainText("Sammen med din adgangskode kan du logge ind med det.");
    await press(page, "Giv det et nyt navn");
    await expectPage(page, "Bekræft igen");
    await openDialog(page, "Start");
    await expectPage(page, "Tilføj eller fjern loginmidler");
    await page.getByRole("radio", { name: "Nøglebundt" }).check();
    await page.getByLabel("Hvad vil du kalde det?").fill("Blå nøgle");
    await press(page, "Gem navn");
    await expectPage(page, "Blå nøgle");
    await press(page, "Spørg om det først");
    await expect(main).toContainText("Du bliver spurgt om det først fra nu af.");
  });

  await test.step("the same key is not added twice", async () => {
    await openMethods(page, async () => openDialog(page, "Start"));
    await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
    await openDialog(page, "Tilføj sikkerhedsnøgle");
    await expect(said(page)).toContainText("Den er tilføjet i forvejen");
  });

  await page.goBack();
  await main.getByRole("link", { name: "Fjern Blå nøgle" }).click();
  await expectPage(page, "Vil du fjerne Blå nøgle?");
  await expect(main).toContainText(/Med din adgangskode og .+ \(/);
  await expectGoodPage(page);
  await press(page, "Fjern Blå nøgle");
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Loginmidlet er fjernet");
  await expect(main).not.toContainText("Blå nøgle");
  await expectEvents(portal, "factor.removed", 1, "account");
});

test("who has only a passkey changes her password and ends her relations with it", async ({ page, portal, mailbox }) => {
  test.slow();
  const phone = await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  await portal.import({ ...maja, employeeNumber: "3001" });
  await page.context().clearCookies();
  await signInWithKey(page, phone);
  await expectPage(page, /^Hej /);
  const main = page.getByRole("main");

  await page.goto("/konto/adgangskode");
  await expectPage(page, "Skift adgangskode");
  await expectGoodPage(page);
  await press(page, "Brug din nøgle");
  await expectPage(page, "Bekræft igen");
  await openDialog(page, "Start");
  await expectPage(page, "Skift adgangskode");
  await expectGoodPage(page);
  await page.getByLabel("Nuværende adgangskode").fill("ikke den rigtige");
  await page.getByLabel("Ny adgangskode").fill("tolv gule tulipaner");
  await press(page, "Gem adgangskoden");
  await expect(main).toContainText("Den nuværende adgangskode passede ikke. Bekræft igen");
  await expectGoodPage(page);
  await press(page, "Brug din nøgle");
  await openDialog(page, "Start");
  await page.getByLabel("Nuværende adgangskode").fill(PASSWORD);
  await page.getByLabel("Ny adgangskode").fill("tolv gule tulipaner");
  await press(page, "Gem adgangskoden");
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "password.set", "change");

  await page.goto("/konto/tilknytning");
  await main.getByRole("link", { name: "Afslut tilknytningen" }).first().click();
  await expectPage(page, "Afslut en tilknytning");
  await press(page, "Brug din nøgle");
  await openDialog(page, "Start");
  await expectPage(page, "Dine tilknytninger");
  await expectGoodPage(page);
  await main.getByRole("link", { name: "Afslut tilknytningen" }).first().click();
  await expectPage(page, "Afslut en tilknytning");
  await expectGoodPage(page);
  await page.getByRole("checkbox", { name: /^Ja, jeg vil afslutte/ }).check();
  await press(page, "Afslut tilknytningen nu");
  await expectPage(page, "Du er logget ud");
  await expectEvent(portal, "association.closed");
});

test("each of two keys lets her in, and the one that is left does when the other is gone", async ({ page, portal, mailbox, context }) => {
  test.slow();
  const main = page.getByRole("main");
  const ring = await Authenticator.give(page, "key");
  await enrolWithKey(page, mailbox, "Tilføj sikkerhedsnøgle");
  await signInWithKey(page, ring);
  await expectPage(page, /^Hej /);
  await openMethods(page, () => openDialog(page, "Start"));
  await ring.touched(false);
  const drawer = await Authenticator.give(page, "key");
  await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expectPage(page, "Tilføj sikkerhedsnøgle");
  await page.getByLabel("Giv den et navn").fill("I skuffen");
  await openDialog(page, "Tilføj sikkerhedsnøgle");
  await expectPage(page, "Dine loginmidler");
  await expect(main.locator("dt")).toHaveText(["Min sikkerhedsnøgle", "I skuffen"]);
  await drawer.touched(false);
  const hers = new Map<Authenticator, string>();
  for (const [key, name] of [[ring, "Min sikkerhedsnøgle"], [drawer, "I skuffen"]] as const) {
    const path = await main.getByRole("link", { name: `Afprøv eller ret ${name}` }).getAttribute("href");
    hers.set(key, path?.split("/").at(-1) ?? "");
  }

  for (const [key, id] of hers) {
    await context.clearCookies();
    await expectEvents(portal, "sign-in.done", key === ring ? 1 : 0, id);
    await signInWithKey(page, key);
    await expectPage(page, /^Hej /);
    await expectEvents(portal, "sign-in.done", key === ring ? 2 : 1, id);
    await key.touched(false);
  }

  await drawer.touched(true);
  await openMethods(page, () => openDialog(page, "Start"));
  await main.getByRole("link", { name: "Fjern Min sikkerhedsnøgle" }).click();
  await expect(main).toContainText("Med din adgangskode og I skuffen (sikkerhedsnøgle)");
  await press(page, "Fjern Min sikkerhedsnøgle");
  await expectPage(page, "Dine loginmidler");
  await expect(main.locator("dt")).toHaveText(["I skuffen"]);
  await context.clearCookies();
  await signInWithKey(page, drawer);
  await expectPage(page, /^Hej /);
  await expectEvents(portal, "factor.removed", 1, hers.get(ring));
});

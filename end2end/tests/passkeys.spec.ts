// Passkeys and security keys, from the card on day one to their removal. Only a script can talk to them: without one the
// pages say so, and every other way goes on.
import type { Page, Request } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { expectGoodPage } from "../lib/good-page";
import { expectIslandsAwake, withoutScript } from "../lib/hydration";
import type { Mailbox } from "../lib/mail";
import { maja } from "../lib/people";
import { shown } from "../lib/service";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent } from "../lib/trail";
import { PASSWORD, choosePassword, expectPage, finish, press, prove, showPassword, signInHere, walkToProof } from "../lib/walk";

const SERVICE = "/simulator/tjeneste";
const credentials = { userName: maja.userName, password: PASSWORD, secret: "" };

/** As far as the cards of day one. */
async function walkToChoice(page: Page, mailbox: Mailbox): Promise<void> {
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await expectPage(page, "Vælg et loginmiddel");
}

/** Day one with a key of this kind and nothing else. */
async function enrolWithKey(page: Page, mailbox: Mailbox, button: "Tilføj adgangsnøgle" | "Tilføj sikkerhedsnøgle"): Promise<void> {
  await walkToChoice(page, mailbox);
  await page.getByRole("link", { name: button }).click();
  await expectPage(page, button);
  await open(page, button);
  await finish(page);
}

/** Presses the button that opens the browser's dialog, once there is something behind it. */
async function open(page: Page, button: string): Promise<void> {
  await expectIslandsAwake(page, test.info());
  await press(page, button);
}

const status = (page: Page) => page.getByRole("main").getByRole("status").filter({ hasText: /./ });

/** The password first, while her passkey waits to be touched; then the key. */
async function signInWith(page: Page, key: Authenticator): Promise<void> {
  await key.touched(false);
  await showPassword(page, credentials);
  await expectPage(page, "Brug din adgangsnøgle eller sikkerhedsnøgle");
  await key.touched(true);
  await showKey(page);
}

/** Page 3. */
async function showKey(page: Page): Promise<void> {
  await expectPage(page, "Brug din adgangsnøgle eller sikkerhedsnøgle");
  await open(page, "Start");
}

/** To the page where she may add and remove, after confirming with what she has. */
async function openMethods(page: Page, confirm: () => Promise<void>): Promise<void> {
  await page.goto("/konto/loginmidler");
  await press(page, "Tilføj eller fjern");
  await expectPage(page, "Bekræft igen");
  await confirm();
  await expectPage(page, "Tilføj eller fjern loginmidler");
}

test("she adds a passkey on day one, and it takes her to a service", async ({ page, portal, mailbox }, info) => {
  test.skip(withoutScript(info));
  test.slow();
  await walkToChoice(page, mailbox);
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expectPage(page, "Tilføj adgangsnøgle");
  await expectGoodPage(page);

  const phone = await Authenticator.give(page, "phone");
  await test.step("a dialog she closes costs nothing", async () => {
    await phone.verifies(false);
    await open(page, "Tilføj adgangsnøgle");
    await expect(status(page)).toContainText("Vinduet blev lukket");
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
  await showPassword(page, credentials);
  await expectPage(page, "Brug din adgangsnøgle eller sikkerhedsnøgle");
  await phone.touched(true);
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

test("the passkey comes before the password, and the user name need not be typed", async ({ page, portal, mailbox, context }, info) => {
  test.skip(withoutScript(info));
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

test("a browser that has her passkey offers it where the user name is typed", async ({ page, portal, mailbox, context }, info) => {
  test.skip(withoutScript(info));
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
  test(`a ${kind} is added on day one and signs in beside the password`, async ({ page, portal, mailbox }, info) => {
    test.skip(withoutScript(info));
    test.slow();
    const key = await Authenticator.give(page, kind);
    await enrolWithKey(page, mailbox, button);
    await key.touched(false);
    await page.goto("/log-ind");
    await signInWith(page, key);
    await expectPage(page, /^Hej /);
    await expectEvent(portal, "factor.added", `"backup-eligible":"${kind === "synced"}"`);
    await page.goto("/konto/loginmidler");
    await expect(page.getByRole("main").getByText("Den kan blive kopieret")).toHaveCount(kind === "synced" ? 1 : 0);
  });
}

afterDayOne("she adds a key beside her app, tries it, names it, and removes it", async ({ page, portal, credentials }, info) => {
  test.skip(withoutScript(info));
  test.slow();
  const main = page.getByRole("main");
  await signInHere(page, credentials);
  await main.getByRole("link", { name: "Dine loginmidler" }).click();
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Du har kun ét");
  await expectGoodPage(page);
  const byCode = async () => {
    await expectGoodPage(page);
    await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
    await press(page, "Fortsæt");
  };
  await openMethods(page, byCode);
  await expect(main).toContainText("Det er det sidste, du kan logge ind med");
  await expectGoodPage(page);
  await Authenticator.give(page, "key");
  await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expectPage(page, "Tilføj sikkerhedsnøgle");
  await expectGoodPage(page);
  await page.getByLabel("Giv den et navn").fill("Nøglebundt");
  await open(page, "Tilføj sikkerhedsnøgle");
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Loginmidlet er tilføjet");

  await test.step("it is tried, named and chosen on a page of its own", async () => {
    await main.getByRole("link", { name: "Afprøv eller ret Nøglebundt" }).click();
    await expectPage(page, "Nøglebundt");
    await expectGoodPage(page);
    await open(page, "Afprøv");
    await expect(main).toContainText("Sammen med din adgangskode kan du logge ind med det.");
    await press(page, "Giv det et nyt navn");
    await expectPage(page, "Bekræft igen");
    await open(page, "Start");
    await expectPage(page, "Tilføj eller fjern loginmidler");
    await page.getByRole("radio", { name: "Nøglebundt" }).check();
    await page.getByLabel("Hvad vil du kalde det?").fill("Blå nøgle");
    await press(page, "Gem navn");
    await expectPage(page, "Blå nøgle");
    await press(page, "Spørg om det først");
    await expect(main).toContainText("Du bliver spurgt om det først fra nu af.");
  });

  await test.step("the same key is not added twice", async () => {
    await openMethods(page, async () => open(page, "Start"));
    await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
    await open(page, "Tilføj sikkerhedsnøgle");
    await expect(status(page)).toContainText("Den er tilføjet i forvejen");
  });

  await page.goBack();
  await main.getByRole("button", { name: "Fjern Blå nøgle" }).click();
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Loginmidlet er fjernet");
  await expect(main).not.toContainText("Blå nøgle");
  await expectEvents(portal, "factor.removed", 1, "account");
});

test("who has only a passkey changes her password and ends her relations with it", async ({ page, portal, mailbox }, info) => {
  test.skip(withoutScript(info));
  test.slow();
  const phone = await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  await portal.import({ ...maja, employeeNumber: "3001" });
  await page.context().clearCookies();
  await phone.touched(false);
  await page.goto("/log-ind");
  await signInWith(page, phone);
  await expectPage(page, /^Hej /);
  const main = page.getByRole("main");

  await page.goto("/konto/adgangskode");
  await expectPage(page, "Skift adgangskode");
  await expectGoodPage(page);
  await press(page, "Brug din nøgle");
  await expectPage(page, "Bekræft igen");
  await open(page, "Start");
  await expectPage(page, "Skift adgangskode");
  await expectGoodPage(page);
  await page.getByLabel("Nuværende adgangskode").fill("ikke den rigtige");
  await page.getByLabel("Ny adgangskode").fill("tolv gule tulipaner");
  await press(page, "Gem adgangskoden");
  await expect(main).toContainText("Den nuværende adgangskode passede ikke. Bekræft igen");
  await expectGoodPage(page);
  await press(page, "Brug din nøgle");
  await open(page, "Start");
  await page.getByLabel("Nuværende adgangskode").fill(PASSWORD);
  await page.getByLabel("Ny adgangskode").fill("tolv gule tulipaner");
  await press(page, "Gem adgangskoden");
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "password.set", "change");

  await page.goto("/konto/tilknytning");
  await main.getByRole("link", { name: "Afslut tilknytningen" }).first().click();
  await expectPage(page, "Afslut en tilknytning");
  await press(page, "Brug din nøgle");
  await open(page, "Start");
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

test("a copied passkey blocks her login", async ({ page, portal, mailbox, elsewhere }, info) => {
  test.skip(withoutScript(info));
  test.slow();
  const phone = await Authenticator.give(page, "phone");
  await enrolWithKey(page, mailbox, "Tilføj adgangsnøgle");
  const [key] = await phone.credentials();
  if (!key) throw new Error("it holds no key");
  await phone.touched(false);
  await page.goto("/log-ind");
  await signInWith(page, phone);
  await expectPage(page, /^Hej /);

  const thief = await elsewhere();
  const copy = await Authenticator.give(thief, "phone");
  await copy.take({ ...key, signCount: 0 });
  await copy.touched(false);
  await thief.goto(`${portal.url}/log-ind`);
  await signInWith(thief, copy);
  await expectPage(thief, "Din konto er spærret");
  await phone.touched(false);
  await page.goto("/overblik");
  await expectPage(page, "Log ind");
  await expectEvent(portal, "factor.mistrusted", "counter");
  await mailbox.newest(maja.workMail, /spærret|kopi/i);
});

test("an answer that was changed, sent twice or made for another site opens nothing", async ({ page, portal, mailbox, problems }, info) => {
  test.skip(withoutScript(info));
  test.slow();
  await Authenticator.give(page, "phone");
  await walkToChoice(page, mailbox);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await page.route("**/handling/noegle-gem", async (route) => {
    const fields = new URLSearchParams(route.request().postData() ?? "");
    const answer = JSON.parse(fields.get("answer") ?? "{}");
    const said = JSON.parse(Buffer.from(answer.response.clientDataJSON, "base64url").toString());
    answer.response.clientDataJSON = Buffer.from(JSON.stringify({ ...said, origin: "https://evil.test" })).toString("base64url");
    fields.set("answer", JSON.stringify(answer));
    await route.continue({ postData: fields.toString() });
  });
  await open(page, "Tilføj adgangsnøgle");
  await expect(page.getByRole("main")).toContainText("Nøglen blev ikke tilføjet");
  await expectEvent(portal, "factor.refused", "origin");
  await page.unroute("**/handling/noegle-gem");

  const sent = page.waitForRequest("**/handling/noegle-gem");
  await open(page, "Tilføj adgangsnøgle");
  const request: Request = await sent;
  await expectPage(page, "Tjek og gør færdig");
  const headers = { "content-type": "application/x-www-form-urlencoded", origin: portal.url, accept: "text/html" };
  const again = await page.request.post("/handling/noegle-gem", { headers, data: request.postData() ?? "", maxRedirects: 0 });
  expect(again.headers()["location"]).toBe("/kom-i-gang");
  await expectEvents(portal, "factor.added", 1);

  problems.allow(/^(?!csp:).*127\.0\.0\.1/);
  const { port } = new URL(portal.url);
  await page.goto(`http://127.0.0.1:${port}/log-ind/noegle`);
  await open(page, "Start");
  await expect(status(page)).toContainText("Denne browser kan ikke bruge adgangsnøgler her");
});

test("without script the pages of keys say so, and lead on", async ({ page, mailbox }, info) => {
  test.skip(!withoutScript(info));
  test.slow();
  const needs = /virker kun, når JavaScript er slået til/;
  const notice = page.getByRole("main").locator("noscript p");
  await walkToChoice(page, mailbox);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expect(notice).toHaveText(needs);
  await expectGoodPage(page);
  await press(page, "Tilføj adgangsnøgle");
  await expectPage(page, "Tilføj adgangsnøgle");
  await expect(page.getByRole("main"), "who presses all the same is told").toContainText(needs);
  await page.getByRole("link", { name: "Vælg et andet loginmiddel" }).click();
  await page.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expect(notice).toHaveText(needs);
  await expectGoodPage(page);
  await page.goto("/log-ind/noegle");
  await expect(notice).toHaveText(needs);
  await press(page, "Start");
  await expectPage(page, "Brug din adgangsnøgle eller sikkerhedsnøgle");
  await page.getByRole("link", { name: "Log ind med brugernavn og adgangskode" }).click();
  await expectPage(page, "Log ind");
});

// Her login methods by the keyboard alone: added, chosen, shown and removed, a code device, and both sides of going on with
// the phone. No pointer, and nothing typed where the focus did not go.
import { type Page, type TestInfo } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { post } from "../lib/doors";
import { Gadget } from "../lib/gadget";
import { linkOn, numberOn, otherThan } from "../lib/hand-over";
import { withoutScript } from "../lib/hydration";
import { Keyboard } from "../lib/keyboard";
import { ASKS, herself, said, walkToChoice } from "../lib/keys";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode, totp } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { type Enrolled, addApp, choosePassword, expectPage, press, prove, walkToProof } from "../lib/walk";

const NEW = "tolv gule tulipaner";

afterDayOne.beforeEach(() => afterDayOne.slow());

/** Signed in, from the overview to the page where she confirms again. */
async function walkToConfirm(page: Page, keyboard: Keyboard, credentials: Enrolled): Promise<void> {
  await keyboard.signIn(credentials);
  await keyboard.choose(keyboard.link("Dine loginmidler"));
  await expectPage(page, "Dine loginmidler");
  await keyboard.choose(keyboard.button("Tilføj eller fjern"));
  await expectPage(page, "Bekræft igen");
}

/** On to what the confirming opens. */
async function confirm(page: Page, keyboard: Keyboard, secret: string): Promise<void> {
  await keyboard.send(page.getByLabel("Kode", { exact: true }), await freshCode(secret));
  await expectPage(page, "Tilføj eller fjern loginmidler");
}

/** What happened is said, and the page begins at its beginning: the first Tab leads past the header. */
async function expectTold(page: Page, words: string): Promise<void> {
  await expectPage(page, "Dine loginmidler");
  await expect(page.getByRole("status").filter({ hasText: words })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Gå til indhold" })).toBeFocused();
}

/** Where the page does not go on by itself, by this link. */
async function goesOn(page: Page, keyboard: Keyboard, info: TestInfo, [by, title]: [string, string]): Promise<void> {
  if (withoutScript(info)) await keyboard.choose(keyboard.link(by));
  await expectPage(page, title);
}

afterDayOne("a passkey is added, and shown after the password in the place of a code", { tag: "@script" }, async ({ page, portal, credentials }, info) => {
  const keyboard = new Keyboard(page, info);
  const phone = await Authenticator.give(page, "phone");
  await walkToConfirm(page, keyboard, credentials);
  await confirm(page, keyboard, credentials.secret);
  await keyboard.choose(keyboard.link("Tilføj adgangsnøgle"));
  await expectPage(page, "Tilføj adgangsnøgle");
  await keyboard.send(page.getByLabel("Giv den et navn"), "Min egen telefon");
  await expectTold(page, "Loginmidlet er tilføjet");
  await expect(page.getByRole("main").locator("dt")).toHaveText(["Min telefon", "Min egen telefon"]);

  await phone.touched(false);
  await keyboard.choose(page.getByRole("button", { name: "Log af" }));
  await expectPage(page, "Du er logget ud");
  await page.goto("/log-ind");
  await keyboard.write(page.getByLabel("Brugernavn"), credentials.userName);
  await keyboard.send(page.getByLabel("Adgangskode", { exact: true }), credentials.password);
  await expectPage(page, "Bekræft med koden fra din app");
  await keyboard.choose(keyboard.link("Vælg en anden måde"));
  await expectPage(page, "Vælg en anden måde");
  await keyboard.choose(keyboard.link("Adgangsnøgle eller sikkerhedsnøgle"));
  await expectPage(page, ASKS);
  const start = keyboard.button("Start");
  await phone.verifies(false);
  await phone.touched(true);
  await keyboard.choose(start);
  await expect(said(page)).toContainText("Vinduet blev lukket");
  await expect(start, "she is where she was").toBeFocused();
  await phone.verifies(true);
  await page.keyboard.press("Space");
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "sign-in.done", "password+passkey");
  await expectTrailHolds(portal);
});

/** From the page of the app to that of a passkey; a dialog she closes leaves her where she was; then under this name. */
async function addPasskeyInstead(page: Page, keyboard: Keyboard, phone: Authenticator, name: string): Promise<void> {
  await expectPage(page, "Tilføj godkender-app");
  await keyboard.choose(keyboard.link("Tilføj adgangsnøgle"));
  await expectPage(page, "Tilføj adgangsnøgle");
  const add = keyboard.button("Tilføj adgangsnøgle");
  await phone.verifies(false);
  await keyboard.choose(add);
  await expect(said(page)).toContainText("Vinduet blev lukket");
  await expect(add, "she is where she was").toBeFocused();
  await phone.verifies(true);
  await page.goto(page.url());
  await keyboard.send(page.getByLabel("Giv den et navn"), name);
}

afterDayOne("a passkey is added while she opens her login, where she keeps nothing", { tag: "@script" }, async ({ page, portal, credentials }, info) => {
  const keyboard = new Keyboard(page, info);
  const phone = await Authenticator.give(page, "phone");
  const form = { user_name: maja.userName, blocking_code: credentials.blockingCode };
  expect((await post(page, portal, "/handling/spaer-kode", form)).headers().location).toBe("/spaer/kvittering");
  await page.goto("/genaktiver");
  await keyboard.prove();
  await expectPage(page, "Vælg en ny adgangskode");
  await keyboard.send(page.getByLabel("Ny adgangskode"), NEW);
  await expectPage(page, "Hvilke loginmidler er dine?");
  await expect(page.getByRole("checkbox", { name: /^Min telefon/ }), "added just before the block").not.toBeChecked();
  await keyboard.choose(keyboard.button("Fortsæt"));
  await addPasskeyInstead(page, keyboard, phone, "Ny telefon");
  await expectPage(page, "Er der noget, du ikke kender?");
  await expect(page.getByRole("status").filter({ hasText: "Din nøgle virker." })).toBeVisible();
  await expectNoEvent(portal, "login.reopened");
  await keyboard.choose(keyboard.button("Jeg kender det hele – fortsæt"));
  await expectPage(page, "Tjek, og åbn kontoen");
  await keyboard.choose(keyboard.button("Åbn kontoen"));
  await expectPage(page, "Gem dine koder");
  await expectEvent(portal, "login.reopened");
  await expectTrailHolds(portal);
});

test("a code of the sheet and MitID lead to a passkey and in", { tag: "@script" }, async ({ page, portal, mailbox }, info) => {
  test.slow();
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await addApp(page);
  await press(page, "Gør færdig");
  const code = await page.locator(".code-sheet ol code").first().innerText();
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");

  const keyboard = new Keyboard(page, info);
  await page.goto("/log-ind");
  await keyboard.write(page.getByLabel("Brugernavn"), herself.userName);
  await keyboard.send(page.getByLabel("Adgangskode", { exact: true }), herself.password);
  await expectPage(page, "Bekræft med koden fra din app");
  await keyboard.choose(keyboard.link("Vælg en anden måde"));
  await keyboard.choose(keyboard.link("Gendannelseskode fra dit ark"));
  await expectPage(page, "Brug en gendannelseskode");
  const field = page.getByLabel("Gendannelseskode", { exact: true });
  await keyboard.send(field, "ABCDE-FGHJ-KMNP");
  await keyboard.correct("Koden passer ikke, eller den er brugt.", field);
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");
  await expectPage(page, "Bekræft dig med MitID");
  await keyboard.prove();
  await addPasskeyInstead(page, keyboard, await Authenticator.give(page, "phone"), "Den nye telefon");
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "factor.added", "passkey");
  await expectTrailHolds(portal);
});

afterDayOne("an app is added after confirming again, and the old one removed", async ({ page, portal, credentials }, info) => {
  const keyboard = new Keyboard(page, info);
  await walkToConfirm(page, keyboard, credentials);
  await keyboard.send(page.getByLabel("Kode", { exact: true }), "000000");
  await keyboard.correct("Koden passer ikke", page.getByLabel("Kode", { exact: true }));
  await page.keyboard.type(await freshCode(credentials.secret));
  await page.keyboard.press("Enter");
  await expectPage(page, "Tilføj eller fjern loginmidler");
  await keyboard.choose(keyboard.link("Tilføj godkender-app"));
  await expectPage(page, "Tilføj godkender-app");
  const secret = (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  const code = page.getByLabel("Skriv den kode, appen viser nu");
  await keyboard.write(page.getByLabel("Giv appen et navn"), "Min tablet");
  await keyboard.send(code, "12345");
  await keyboard.correct("Koden er 6 cifre", code);
  await expect(page.getByLabel("Giv appen et navn"), "what she typed stays").toHaveValue("Min tablet");
  await page.keyboard.type(totp(secret));
  await page.keyboard.press("Enter");
  await expectTold(page, "Loginmidlet er tilføjet");
  await expectEvents(portal, "factor.added", 2);

  await keyboard.choose(keyboard.button("Tilføj eller fjern"));
  await expectPage(page, "Bekræft igen");
  await confirm(page, keyboard, secret);
  await expectNoEvent(portal, "factor.removed");
  await keyboard.choose(keyboard.link("Fjern Min telefon"));
  await expectPage(page, "Vil du fjerne Min telefon?");
  await expectNoEvent(portal, "factor.removed");
  await keyboard.choose(keyboard.button("Fjern Min telefon"), "Space");
  await expectTold(page, "Loginmidlet er fjernet");
  await expect(page.getByRole("main").locator("dt")).toHaveText(["Min tablet"]);
  await expectEvents(portal, "factor.removed", 1, "account");
  await expectTrailHolds(portal);
});

afterDayOne("both sides of going on with the phone", async ({ page, portal, credentials, elsewhere }, info) => {
  const keyboard = new Keyboard(page, info);
  await walkToConfirm(page, keyboard, credentials);
  await confirm(page, keyboard, credentials.secret);
  await keyboard.choose(keyboard.button("Fortsæt på din telefon"));
  await expectPage(page, "Fortsæt på din telefon");
  const field = page.getByLabel("Tallet på telefonen");
  await keyboard.choose(keyboard.button("Næste"));
  await keyboard.correct("Skriv det tal, telefonen viser", field);

  const phone = await elsewhere();
  const onPhone = new Keyboard(phone, info);
  await phone.goto(await linkOn(page));
  await onPhone.choose(onPhone.button("Fortsæt på denne telefon"));
  await expectPage(phone, "Skriv tallet på pc'en");
  const number = await numberOn(phone);
  if (!withoutScript(info)) await expect(page.getByRole("main")).toContainText("En telefon har åbnet linket");
  await keyboard.send(field, otherThan(number));
  await keyboard.correct("Du kan prøve 2 gange mere", field);
  await page.keyboard.type(number);
  await page.keyboard.press("Enter");
  await expectPage(page, "Gør færdig på telefonen");

  await goesOn(phone, onPhone, info, ["Jeg har skrevet tallet", "Hvad vil du tilføje?"]);
  await onPhone.choose(onPhone.button("Tilføj godkender-app"), "Space");
  await expectPage(phone, "Tilføj godkender-app");
  const secret = (await phone.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  const code = phone.getByLabel("Skriv den kode, appen viser nu");
  await onPhone.write(phone.getByLabel("Giv appen et navn"), "Den nye telefon");
  await onPhone.send(code, "12345");
  await onPhone.correct("Koden er 6 cifre", code);
  await phone.keyboard.type(totp(secret));
  await phone.keyboard.press("Enter");
  await expectPage(phone, "Sig ja på pc'en");

  await goesOn(page, keyboard, info, ["Jeg er færdig på telefonen", "Er det dit loginmiddel?"]);
  await expect(page.getByRole("main")).toContainText("Den nye telefon");
  await keyboard.choose(keyboard.button("Ja, tilføj det"), "Space");
  await expectTold(page, "Loginmidlet er tilføjet");
  await expect(page.getByRole("main").locator("dt")).toHaveText(["Min telefon", "Den nye telefon"]);
  await expectEvents(portal, "factor.added", 2);
  await expectTrailHolds(portal);
});

// With script alone: without it the rest of day one is walked so elsewhere, and the form of a device is any other form.
test("day one with a security key, from the cards to the sign-in", { tag: "@script" }, async ({ page, portal, mailbox }, info) => {
  test.slow();
  await walkToChoice(page, mailbox);
  const keyboard = new Keyboard(page, info);
  const key = await Authenticator.give(page, "key");
  await keyboard.choose(keyboard.link("Tag en kodeviser i brug"));
  await expectPage(page, "Tag din kodeviser i brug");
  await keyboard.choose(keyboard.link("Vælg et andet loginmiddel"));
  await expectPage(page, "Vælg et loginmiddel");
  await keyboard.choose(keyboard.link("Tilføj sikkerhedsnøgle"));
  await expectPage(page, "Tilføj sikkerhedsnøgle");
  await keyboard.send(page.getByLabel("Giv den et navn"), "Nøglebundt");
  await expectPage(page, "Tjek og gør færdig");
  await expect(page.getByRole("main")).toContainText("Nøglebundt");
  await expectEvent(portal, "factor.added", "security-key");
  await keyboard.choose(keyboard.button("Gør færdig"));
  await expectPage(page, "Gem dine koder");
  await keyboard.tick(page.getByRole("checkbox", { name: "Jeg har gemt dem" }));
  await keyboard.choose(keyboard.button("Fortsæt"));
  await expectPage(page, "Du er klar");

  await key.touched(false);
  await page.goto("/log-ind");
  await keyboard.write(page.getByLabel("Brugernavn"), herself.userName);
  await keyboard.send(page.getByLabel("Adgangskode", { exact: true }), herself.password);
  await expectPage(page, ASKS);
  await key.touched(true);
  await keyboard.choose(keyboard.button("Start"), "Space");
  await expectPage(page, /^Hej /);
  await expectTrailHolds(portal);
});

afterDayOne("a code device is taken into use, and brought into step", { tag: "@script" }, async ({ page, portal, credentials }, info) => {
  const gadget = new Gadget("1001");
  await gadget.handOut(portal, maja);
  const keyboard = new Keyboard(page, info);
  await keyboard.signIn(credentials);
  await keyboard.choose(keyboard.link("Dine loginmidler"));
  await expectPage(page, "Dine loginmidler");
  await keyboard.choose(keyboard.button("Tag kodeviseren i brug"));
  await expectPage(page, "Bekræft igen");
  await keyboard.send(page.getByLabel("Kode", { exact: true }), await freshCode(credentials.secret));
  await expectPage(page, "Tag din kodeviser i brug");
  const code = page.getByLabel("Skriv den kode, den viser nu");
  await keyboard.write(page.getByLabel("Giv den et navn"), "Nøglering");
  await keyboard.send(code, "000000");
  await keyboard.correct("Koden passer ikke", code);
  await expect(page.getByLabel("Giv den et navn"), "what she typed stays").toHaveValue("Nøglering");
  await page.keyboard.type(gadget.press());
  await page.keyboard.press("Enter");
  await expectTold(page, "Loginmidlet er tilføjet");

  gadget.presses(60);
  await keyboard.choose(keyboard.link("Passer koderne fra din kodeviser ikke?"));
  await expectPage(page, "Stil din kodeviser");
  await keyboard.choose(keyboard.button("Stil kodeviseren"));
  await keyboard.correct("Skriv også den næste kode.", page.getByLabel("Den kode, den viser nu"));
  await page.keyboard.type(gadget.press());
  await keyboard.send(page.getByLabel("Den næste kode"), gadget.press());
  await expectTold(page, "Kodeviseren passer igen.");
  await expectEvent(portal, "device.resynchronised");
  await expectTrailHolds(portal);
});

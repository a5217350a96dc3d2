// Going on with the phone: the computer shows a picture, the phone a number, and nothing counts before the computer says
// yes. All of it works without script; with it both pages go on by themselves.
import type { Page } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { expectGoodPage } from "../lib/good-page";
import { linkOn, numberOn, otherThan } from "../lib/hand-over";
import { expectIslandsAwake, withoutScript } from "../lib/hydration";
import { confirmByCode, openMethods, walkToChoice } from "../lib/keys";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectEvents } from "../lib/trail";
import { type Enrolled, enterFirstCode, expectPage, finish, press, signInHere } from "../lib/walk";

/** Signed in, from the list of her login methods to the picture. */
async function showPicture(page: Page, credentials: Enrolled): Promise<void> {
  await signInHere(page, credentials);
  await openMethods(page, () => confirmByCode(page, credentials.secret));
  await press(page, "Fortsæt på din telefon");
  await expectPage(page, "Fortsæt på din telefon");
}

/** Opens the link on the phone; gives the number it shows. */
async function openOn(phone: Page, address: string): Promise<string> {
  await phone.goto(address);
  await expectPage(phone, "Er det din telefon?");
  await expectGoodPage(phone);
  await press(phone, "Fortsæt på denne telefon");
  await expectPage(phone, "Skriv tallet på pc'en");
  await expectGoodPage(phone);
  return numberOn(phone);
}

async function typeNumber(page: Page, number: string): Promise<void> {
  await page.getByLabel("Tallet på telefonen").fill(number);
  await page.keyboard.press("Enter");
}

/** With script the page goes on by itself; without, by this. */
async function goesOn(page: Page, title: string, by: string): Promise<void> {
  if (withoutScript(test.info())) await page.getByRole("link", { name: by }).click();
  await expectPage(page, title);
}

afterDayOne("an app is added on the phone beside the computer", async ({ page, portal, credentials, elsewhere }, info) => {
  test.slow();
  await showPicture(page, credentials);
  await expectGoodPage(page);
  await typeNumber(page, "123456");
  await expect(page.getByRole("main")).toContainText("Ingen telefon har åbnet linket endnu");
  await expectGoodPage(page);
  const phone = await elsewhere();
  const number = await openOn(phone, await linkOn(page));
  if (!withoutScript(info)) await expect(page.getByRole("main")).toContainText("En telefon har åbnet linket");
  await typeNumber(page, otherThan(number));
  await expect(page.getByRole("main")).toContainText("Du kan prøve 2 gange mere");
  await expectGoodPage(page);
  await typeNumber(page, number);
  await expectPage(page, "Gør færdig på telefonen");
  await expectGoodPage(page);

  await goesOn(phone, "Hvad vil du tilføje?", "Jeg har skrevet tallet");
  await expectGoodPage(phone);
  await press(phone, "Tilføj godkender-app");
  await expectPage(phone, "Tilføj godkender-app");
  await expectGoodPage(phone);
  const secret = (await phone.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  await phone.getByLabel("Giv appen et navn").fill("Den nye telefon");
  await enterFirstCode(phone, await freshCode(secret));
  await expectPage(phone, "Sig ja på pc'en");
  await expectGoodPage(phone);
  await expectEvents(portal, "factor.added", 1);

  await goesOn(page, "Er det dit loginmiddel?", "Jeg er færdig på telefonen");
  await expect(page.getByRole("main")).toContainText("Den nye telefon");
  // In which browser and from where: what tells her own phone from another's.
  await expect(page.getByRole("main")).toContainText(/Chrome på (Android|Linux|Windows)/);
  await expect(page.getByRole("main")).toContainText("127.0.0.1");
  await expectGoodPage(page);
  await press(page, "Ja, tilføj det");
  await expectPage(page, "Dine loginmidler");
  await expect(page.getByRole("main")).toContainText("Loginmidlet er tilføjet");
  await expect(page.getByRole("main")).toContainText("Den nye telefon");
  await expectEvents(portal, "factor.added", 2);
  if (!withoutScript(info)) await expectPage(phone, "Du er færdig på telefonen");
  await expectEvent(portal, "phone.opened");
  const third = await elsewhere();
  await signInHere(third, { ...credentials, secret });
});

afterDayOne("somebody else's opening of the link ends everything", async ({ page, portal, credentials, elsewhere }, info) => {
  test.slow();
  await showPicture(page, credentials);
  const address = await linkOn(page);
  const phone = await elsewhere();
  await openOn(phone, address);
  const thief = await elsewhere();
  await thief.goto(address);
  await press(thief, "Fortsæt på denne telefon");
  await expectPage(thief, "Linket virker ikke mere");
  await expectGoodPage(thief);
  if (withoutScript(info)) await page.reload();
  await expectPage(page, "Der er ikke tilføjet noget");
  await expect(page.getByRole("main")).toContainText("Linket blev åbnet to gange");
  await expectGoodPage(page);
  if (withoutScript(info)) await phone.reload();
  await expectPage(phone, "Du er færdig på telefonen");
  await expectEvent(portal, "phone.refused", "second-opening");
  await page.getByRole("link", { name: "Begynd forfra" }).click();
  await expectPage(page, "Dine loginmidler");
});

test("day one goes on with a passkey on the phone", { tag: "@script" }, async ({ page, portal, mailbox, elsewhere }, info) => {
  test.slow();
  await walkToChoice(page, mailbox);
  await press(page, "Fortsæt på din telefon");
  await expectPage(page, "Fortsæt på din telefon");
  const phone = await elsewhere();
  const number = await openOn(phone, await linkOn(page));
  await typeNumber(page, number);
  await expectPage(phone, "Hvad vil du tilføje?");
  await Authenticator.give(phone, "phone");
  await phone.getByRole("link", { name: "Tilføj adgangsnøgle (anbefalet)" }).click();
  await expectPage(phone, "Tilføj adgangsnøgle");
  await expectGoodPage(phone);
  await expectIslandsAwake(phone, info);
  await phone.getByLabel("Giv den et navn").fill("Min egen telefon");
  await press(phone, "Tilføj adgangsnøgle");
  await expectPage(phone, "Sig ja på pc'en");
  await expectPage(page, "Er det dit loginmiddel?");
  await press(page, "Ja, tilføj det");
  await expectPage(page, "Tjek og gør færdig");
  await expect(page.getByRole("main")).toContainText("Min egen telefon");
  await expectEvent(portal, "factor.added", "passkey");
  await finish(page);
});

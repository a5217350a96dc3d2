// Her own login by the keyboard alone: every door that blocks, opening again, another password, where notices go, and where
// she is signed in. No pointer, and nothing typed where the focus did not go.
import type { Page, TestInfo } from "@playwright/test";
import { NOT_BLOCKED, expectReceipt, post } from "../lib/doors";
import { withoutScript } from "../lib/hydration";
import { Keyboard } from "../lib/keyboard";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { blockingCode, expectPage, signInHere } from "../lib/walk";

const NEW = "tolv gule tulipaner";
const OWN = "maja.egen@privat.test";

test.beforeEach(() => test.slow());

/** From any page to all doors. */
async function goToDoors(page: Page, keyboard: Keyboard): Promise<void> {
  await page.goto("/hjaelp");
  await keyboard.choose(page.getByRole("banner").getByRole("link", { name: "Spær min konto" }));
  await expectPage(page, "Spær min konto");
}

/** Where the receipt comes in place of the question, its heading has the focus: it is read first. */
async function expectReceiptInPlace(page: Page, info: TestInfo): Promise<void> {
  await expectReceipt(page);
  if (!withoutScript(info)) await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
}

/** From the receipt she gets on without a pointer too. */
async function expectWayBack(page: Page, keyboard: Keyboard): Promise<void> {
  await keyboard.choose(keyboard.link("Åbn din spærrede konto igen"));
  await expectPage(page, "Genaktivér din konto");
}

test.describe("blocked by the keyboard", () => {
  afterDayOne("with the printed code, after a form sent empty", async ({ page, portal, credentials }, info) => {
    const keyboard = new Keyboard(page, info);
    await goToDoors(page, keyboard);
    await keyboard.choose(keyboard.link("Spær med din spærrekode"));
    await expectPage(page, "Spær med din spærrekode");
    await keyboard.choose(keyboard.button("Spær"), "Space");
    await keyboard.correct(/./, page.getByLabel("Brugernavn"));
    await expectNoEvent(portal, "login.held");
    await page.keyboard.type(maja.userName);
    await keyboard.send(page.getByLabel("Spærrekode"), credentials.blockingCode);
    await expectReceipt(page);
    await expectEvent(portal, "login.held", "by-code");
    await expectWayBack(page, keyboard);
  });

  afterDayOne("with user name and password, after a wrong one", async ({ page, portal, credentials }, info) => {
    const keyboard = new Keyboard(page, info);
    await goToDoors(page, keyboard);
    for (const [password, title] of [["en helt anden adgangskode", NOT_BLOCKED], [credentials.password, "Din konto er spærret"]] as const) {
      await keyboard.choose(keyboard.link("Spær med din adgangskode"));
      await expectPage(page, "Spær med din adgangskode");
      await keyboard.write(page.getByLabel("Brugernavn"), maja.userName);
      await keyboard.send(page.getByLabel("Adgangskode", { exact: true }), password);
      await expectPage(page, title);
    }
    await expectReceipt(page);
    await expectEvents(portal, "login.held", 1);
    await expectEvent(portal, "login.held", "by-password");
    await expectWayBack(page, keyboard);
  });

  afterDayOne("with the link in a notice, and not by the yes beside it", async ({ page, portal, mailbox }, info) => {
    const keyboard = new Keyboard(page, info);
    const link = await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/);
    await page.goto(link);
    await expectPage(page, "Var det dig?");
    await keyboard.choose(keyboard.link("Ja, det var mig"));
    await expectPage(page, "Log ind");
    await expectNoEvent(portal, "login.held");
    await page.goto(link);
    await keyboard.choose(keyboard.button("Nej, spær min konto"));
    await expectReceipt(page);
    await expectEvent(portal, "login.held", "by-notice");
    await expectWayBack(page, keyboard);
  });

  afterDayOne("with MitID and one more yes, after a no", async ({ page, portal }, info) => {
    const keyboard = new Keyboard(page, info);
    await goToDoors(page, keyboard);
    await keyboard.prove("Spær med MitID");
    await expectPage(page, "Vil du spærre nu?");
    await keyboard.choose(keyboard.link("Nej, gå tilbage"));
    await expectPage(page, "Spær min konto");
    await expectNoEvent(portal, "login.held");
    await keyboard.prove("Spær med MitID");
    await expectPage(page, "Vil du spærre nu?");
    await keyboard.choose(keyboard.button("Spær min konto nu"), "Space");
    await expectReceiptInPlace(page, info);
    await expectEvent(portal, "login.held", "by-mitid");
    await expectWayBack(page, keyboard);
  });
});

afterDayOne("opened again by the keyboard, from MitID to the sheet", async ({ page, portal, credentials }, info) => {
  const keyboard = new Keyboard(page, info);
  const form = { user_name: maja.userName, blocking_code: credentials.blockingCode };
  expect((await post(page, portal, "/handling/spaer-kode", form)).headers().location).toBe("/spaer/kvittering");
  await page.goto("/genaktiver");
  await expectPage(page, "Genaktivér din konto");
  await keyboard.prove();
  await expectPage(page, "Vælg en ny adgangskode");
  await keyboard.send(page.getByLabel("Ny adgangskode"), "kort");
  await keyboard.correct("mindst 12 tegn", page.getByLabel("Ny adgangskode"));
  await page.keyboard.type(NEW);
  await page.keyboard.press("Enter");
  await expectPage(page, "Hvilke loginmidler er dine?");
  const box = page.getByRole("checkbox", { name: /^Min telefon/ });
  await expect(box, "added just before the block").not.toBeChecked();
  await keyboard.tick(box);
  await keyboard.choose(keyboard.button("Fortsæt"));
  await expectPage(page, "Er der noget, du ikke kender?");
  await keyboard.choose(keyboard.button("Jeg kender det hele – fortsæt"));
  await expectPage(page, "Tjek, og åbn kontoen");
  await expect(page.getByRole("main").locator("dl > div").filter({ hasText: "Beholder" })).toContainText("Min telefon");
  await expectNoEvent(portal, "login.reopened");
  await keyboard.choose(keyboard.button("Åbn kontoen"));
  expect(await blockingCode(page)).not.toBe(credentials.blockingCode);
  const saved = page.getByRole("checkbox", { name: "Jeg har gemt dem" });
  await keyboard.choose(keyboard.button("Fortsæt"));
  await keyboard.correct("Sæt flueben", saved);
  await page.keyboard.press("Space");
  await expect(saved).toBeChecked();
  await keyboard.choose(keyboard.button("Fortsæt"));
  await expectPage(page, "Log ind");
  await expect(page.getByRole("status")).toContainText("Din konto er åben");
  await expectEvent(portal, "login.reopened");
  await expectTrailHolds(portal);
});

afterDayOne("another password by the keyboard, where the old one is forgotten", async ({ page, portal, credentials }, info) => {
  const keyboard = new Keyboard(page, info);
  await page.goto("/log-ind");
  await keyboard.choose(page.getByRole("link", { name: "Glemt adgangskode" }));
  await expectPage(page, "Glemt adgangskode");
  await keyboard.prove();
  await expectPage(page, "Vælg en ny adgangskode");
  await keyboard.send(page.getByLabel("Ny adgangskode"), "kort");
  await keyboard.correct("mindst 12 tegn", page.getByLabel("Ny adgangskode"));
  await page.keyboard.type(NEW);
  await page.keyboard.press("Enter");
  await expectPage(page, "Log ind");
  await expect(page.getByRole("status")).toContainText("Din nye adgangskode er gemt");
  await expectEvent(portal, "reset.begun");
  await expectEvents(portal, "password.set", 2);
  await keyboard.signIn({ ...credentials, password: NEW });
  await expectTrailHolds(portal);
});

afterDayOne("another private mail by the keyboard, from the overview to the code in the letter", async ({ page, portal, mailbox, credentials }, info) => {
  const keyboard = new Keyboard(page, info);
  await keyboard.signIn(credentials);
  await keyboard.choose(keyboard.link("Kontakt til dig"));
  await expectPage(page, "Kontakt til dig");
  await keyboard.choose(keyboard.button("Skift privat mail"));
  await expectPage(page, "Bekræft igen");
  const code = page.getByLabel("Kode", { exact: true });
  await keyboard.send(code, "000000");
  await keyboard.correct("Koden passer ikke", code);
  await page.keyboard.type(await freshCode(credentials.secret));
  await page.keyboard.press("Enter");
  await expectPage(page, "Skift privat mail");
  const address = page.getByLabel("Din private mailadresse");
  await keyboard.send(address, "ikke en adresse");
  await keyboard.correct("Skriv en mailadresse som", address);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(OWN);
  await page.keyboard.press("Enter");
  await expectPage(page, "Skriv koden, vi har sendt");
  await expectNoEvent(portal, "contact.changed");
  const letter = await mailbox.newest(OWN, /kode til Kontakt til dig/i);
  await keyboard.send(code, /Din kode er (\d{4} \d{4})/.exec(letter.text)?.[1] ?? "");
  await expectPage(page, "Kontakt til dig");
  await expect(page.getByRole("status").filter({ hasText: "Fra nu af går beskeder også hertil" })).toBeVisible();
  await expectEvent(portal, "step-up.done");
  await expectEvent(portal, "contact.changed");
  await expectTrailHolds(portal);
});

afterDayOne("signed out everywhere by the keyboard, from the overview", async ({ page, elsewhere, portal, credentials }, info) => {
  const other = await elsewhere();
  await other.goto(`${portal.url}/log-ind`);
  await signInHere(other, credentials);
  const keyboard = new Keyboard(page, info);
  await keyboard.signIn(credentials);
  await keyboard.choose(keyboard.link("Her er du logget ind"));
  await expectPage(page, "Her er du logget ind");
  await expect(page.getByRole("main").locator("dl > div")).toHaveCount(2);
  await keyboard.choose(keyboard.button("Log ud alle steder"));
  await expectPage(page, "Du er logget ud");
  await expectEvents(portal, "sign-out", 2);
  for (const browser of [page, other]) {
    await browser.goto(`${portal.url}/overblik`);
    await expectPage(browser, "Log ind");
  }
  await expectTrailHolds(portal);
});

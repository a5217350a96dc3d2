// What stands in for a login method that is gone, the question about one that was not used, and what somebody had typed when
// her session was over.
import { Authenticator } from "../lib/authenticator";
import { ask, change } from "../lib/database";
import { expectGoodPage } from "../lib/good-page";
import { expectIslandsAwake, withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode, totp } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import {
  PASSWORD, addApp, choosePassword, enterFirstCode, expectPage, press, prove, showPassword, signIn, signInHere, walkToProof,
} from "../lib/walk";

const NEW = "tolv gule tulipaner";
/** As the database counts time. */
const DAY = 86_400_000_000;
const MINUTE = 60_000_000;

test("without her phone a code of the sheet and MitID lead to a passkey and in", async ({ page, portal, mailbox }, info) => {
  test.slow();
  const main = page.getByRole("main");
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await addApp(page);
  await press(page, "Gør færdig");
  const code = await page.locator(".code-sheet ol code").first().innerText();
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
  await page.goto("/log-ind");
  await showPassword(page, { userName: maja.userName, password: PASSWORD, secret: "" });
  await main.getByRole("link", { name: "Vælg en anden måde" }).click();
  await main.getByRole("link", { name: "Gendannelseskode fra dit ark" }).click();
  await page.getByLabel("Gendannelseskode", { exact: true }).fill(code);
  await press(page, "Fortsæt");
  await expectPage(page, "Bekræft dig med MitID");
  await prove(page, maja);
  await expectPage(page, "Tilføj godkender-app");
  await expect(main).toContainText("Eller brug en nøgle");
  await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expectPage(page, "Tilføj sikkerhedsnøgle");
  await expectGoodPage(page);
  await main.getByRole("link", { name: "Vælg et andet loginmiddel" }).click();
  await main.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expectPage(page, "Tilføj adgangsnøgle");
  await expectGoodPage(page);
  if (withoutScript(info)) {
    await expect(main.locator("noscript p")).toHaveText(/virker kun, når JavaScript er slået til/);
    await expectNoEvent(portal, "sign-in.done");
    return;
  }
  await Authenticator.give(page, "phone");
  await expectIslandsAwake(page, info);
  await page.getByLabel("Giv den et navn").fill("Den nye telefon");
  await press(page, "Tilføj adgangsnøgle");
  await expectPage(page, /^Hej /);
  await expect(main).toContainText("Den nye telefon");
  await expectEvent(portal, "factor.added", "passkey");
  await expectEvents(portal, "sign-in.done", 1, "password+passkey");
  await expectTrailHolds(portal);
});

afterDayOne("who keeps no login method opens her login with a new passkey", async ({ page, portal, credentials }, info) => {
  test.slow();
  const main = page.getByRole("main");
  await signInHere(page, credentials);
  await page.goto("/spaer");
  await main.getByRole("link", { name: "Spær min konto nu" }).click();
  await press(page, "Spær min konto nu");
  await expectPage(page, "Din konto er spærret");
  await page.goto("/genaktiver");
  await prove(page, maja);
  await expectPage(page, "Vælg en ny adgangskode");
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await press(page, "Fortsæt");
  await expectPage(page, "Hvilke loginmidler er dine?");
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await press(page, "Fortsæt");
  await expectPage(page, "Tilføj godkender-app");
  await expectGoodPage(page);
  await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expectPage(page, "Tilføj sikkerhedsnøgle");
  await expectGoodPage(page);
  await main.getByRole("link", { name: "Vælg et andet loginmiddel" }).click();
  await main.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expectPage(page, "Tilføj adgangsnøgle");
  await expectGoodPage(page);
  if (withoutScript(info)) {
    await expect(main.locator("noscript p")).toHaveText(/virker kun, når JavaScript er slået til/);
    return;
  }
  const phone = await Authenticator.give(page, "phone");
  await expectIslandsAwake(page, info);
  await page.getByLabel("Giv den et navn").fill("Ny telefon");
  await press(page, "Tilføj adgangsnøgle");
  await expect(page.getByRole("status")).toContainText("Din nøgle virker. Den tæller, når du har åbnet kontoen.");
  await expectNoEvent(portal, "login.reopened");
  await press(page, "Jeg kender det hele – fortsæt");
  await expect(main).toContainText("Ny telefon");
  await press(page, "Åbn kontoen");
  await expectPage(page, "Gem dine koder");
  await expectTrailHolds(portal);
  // Nobody touches it on the login page, where the browser would offer it beside the user name.
  await phone.touched(false);
  await page.goto("/log-ind");
  await showPassword(page, { ...credentials, password: NEW });
  await expectPage(page, "Brug din adgangsnøgle eller sikkerhedsnøgle");
  await phone.touched(true);
  await expectIslandsAwake(page, info);
  await press(page, "Start");
  await expectPage(page, /^Hej /);
});

afterDayOne("on the way to a service she is asked once about what she does not use", async ({ page, portal, credentials }) => {
  test.slow();
  const main = page.getByRole("main");
  await signInHere(page, credentials);
  await page.goto("/konto/loginmidler");
  await press(page, "Tilføj eller fjern");
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
  await press(page, "Fortsæt");
  await main.getByRole("link", { name: "Tilføj godkender-app" }).click();
  const secret = (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  await page.getByLabel("Giv appen et navn").fill("Tablet");
  await enterFirstCode(page, totp(secret));
  await expectPage(page, "Dine loginmidler");
  await page.getByRole("banner").getByRole("button", { name: "Log af" }).click();
  await change(portal, `update authenticator_apps set added_at = added_at - ${29 * DAY}, used_at = used_at - ${29 * DAY} where name = 'Tablet'`);
  const toService = async () => {
    await page.goto("/simulator/tjeneste");
    await press(page, "Log ind");
    await signIn(page, credentials);
  };
  await toService();
  await expectPage(page, "Har du det stadig?");
  await expect(main).toContainText("Tablet");
  await expect(main).toContainText("Bagefter kommer du videre til Prøvetjenesten.");
  await expectGoodPage(page);
  await press(page, "Fortsæt uden at afprøve det");
  await expectPage(page, "Du er logget ind");
  await expectEvents(portal, "factor.check-put-off", 1);
  await page.context().clearCookies();
  await toService();
  await expect(page.getByRole("heading", { name: "Har du det stadig?" })).toHaveCount(0);
});

afterDayOne("what she sent when her session was over waits for her", async ({ page, portal, credentials }) => {
  test.slow();
  const main = page.getByRole("main");
  const asked = async () => {
    await press(page, "Skift privat mail");
    await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
    await press(page, "Fortsæt");
  };
  await signInHere(page, credentials);
  await page.goto("/konto/kontakt");
  await asked();
  await page.getByLabel("Din private mailadresse").fill("maja.holm@eksempel.test");
  await change(portal, `update sessions set seen_at = seen_at - ${31 * MINUTE} where ended_at is null`);
  await press(page, "Send kode");
  await expectPage(page, "Log ind");
  await expect(page.getByRole("alert")).toContainText("Det, du skrev, er gemt");
  await signIn(page, credentials);
  await expectPage(page, "Kontakt til dig");
  await expect(page.getByRole("alert")).toContainText("Det, du skrev, er gemt");
  await asked();
  await expect(page.getByLabel("Din private mailadresse")).toHaveValue("maja.holm@eksempel.test");
  await expect(page.getByRole("status").filter({ hasText: "står i feltet igen" })).toBeVisible();
  await expectGoodPage(page);
  expect(await ask(portal, "select count(*) from audit_events where kind = 'contact.asked'")).toBe("0");
  await press(page, "Send kode");
  await expect(main).toContainText("maja.holm@eksempel.test");
});

// Keys need a script. Where there is none the pages say so, and every other way goes on.
import type { Page } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { expectGoodPage } from "../lib/good-page";
import { ASKS, confirmByCode, openDialog, openMethods, walkToChoice } from "../lib/keys";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectNoEvent } from "../lib/trail";
import { type Enrolled, expectPage, press, showCode, showPassword, signInHere } from "../lib/walk";

const NEEDS = /virker kun, når JavaScript er slået til/;
const notice = (page: Page) => page.getByRole("main").locator("noscript p");

test("without script the pages of keys say so, and lead on", async ({ page, mailbox }) => {
  test.slow();
  await walkToChoice(page, mailbox);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expect(notice(page)).toHaveText(NEEDS);
  await expectGoodPage(page);
  await press(page, "Tilføj adgangsnøgle");
  await expectPage(page, "Tilføj adgangsnøgle");
  await expect(page.getByRole("main"), "who presses all the same is told").toContainText(NEEDS);
  await page.getByRole("link", { name: "Vælg et andet loginmiddel" }).click();
  await page.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expect(notice(page)).toHaveText(NEEDS);
  await expectGoodPage(page);
  await page.goto("/log-ind/noegle");
  await expect(notice(page)).toHaveText(NEEDS);
  await press(page, "Start");
  await expectPage(page, ASKS);
  await page.getByRole("link", { name: "Log ind med brugernavn og adgangskode" }).click();
  await expectPage(page, "Log ind");
});

/** In a browser with script: a security key, which is asked for first from now on. */
async function chooseKey(desk: Page, credentials: Enrolled): Promise<void> {
  const main = desk.getByRole("main");
  await signInHere(desk, credentials);
  await openMethods(desk, () => confirmByCode(desk, credentials.secret));
  await Authenticator.give(desk, "key");
  await main.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await expectPage(desk, "Tilføj sikkerhedsnøgle");
  await desk.getByLabel("Giv den et navn").fill("Nøglebundt");
  await openDialog(desk, "Tilføj sikkerhedsnøgle");
  await expectPage(desk, "Dine loginmidler");
  await main.getByRole("link", { name: "Afprøv eller ret Nøglebundt" }).click();
  await expectPage(desk, "Nøglebundt");
  await press(desk, "Spørg om det først");
  await expect(main).toContainText("Du bliver spurgt om det først fra nu af.");
}

afterDayOne("whoever chose a key is let in by her app where there is no script", async ({ page, portal, credentials, browser, problems }) => {
  test.slow();
  const main = page.getByRole("main");
  const scripted = await browser.newContext({ javaScriptEnabled: true });
  await problems.watch(scripted);
  await chooseKey(await scripted.newPage(), credentials);
  await scripted.close();

  await page.goto("/log-ind");
  await showPassword(page, credentials);
  await expectPage(page, ASKS);
  await expect(notice(page)).toHaveText(NEEDS);
  await expectGoodPage(page);
  await press(page, "Start");
  await expectPage(page, ASKS);
  await expect(main, "who presses all the same is told").toContainText(NEEDS);
  await expectNoEvent(portal, "sign-in.refused");
  await main.getByRole("link", { name: "Vælg en anden måde" }).click();
  await expectPage(page, "Vælg en anden måde");
  await expectGoodPage(page);
  await main.getByRole("link", { name: "Kode fra app eller kodeviser" }).click();
  await showCode(page, await freshCode(credentials.secret));
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "sign-in.done", "password+app");
});

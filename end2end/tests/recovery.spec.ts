// The day she does not have her login method: a code from her sheet, MitID, a new app, and a new sheet. No page of it needs a
// script, and choosing another way never costs her anything.
import { type Page } from "@playwright/test";
import { change } from "../lib/database";
import { expectGoodPage } from "../lib/good-page";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode, totp } from "../lib/totp";
import { expectEvent, expectNoEvent } from "../lib/trail";
import {
  PASSWORD, addApp, choosePassword, expectPage, goToMitid, press, prove, proveInVain, showPassword, signIn, walkToProof,
} from "../lib/walk";

const her = { userName: maja.userName, password: PASSWORD, secret: "" };

/** The recovery codes on the sheet she looks at. */
async function recoveryCodes(page: Page): Promise<string[]> {
  await expectPage(page, "Gem dine koder");
  const codes = await page.locator(".code-sheet ol code").allInnerTexts();
  expect(codes).toHaveLength(10);
  return codes;
}

async function keepSheet(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
}

async function anotherWay(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: "Vælg en anden måde" }).click();
  await expectPage(page, "Vælg en anden måde");
}

test("without her phone a code of the sheet and MitID lead to a new app and in", async ({ page, portal, mailbox }, info) => {
  test.slow();
  const main = page.getByRole("main");
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await addApp(page);
  await expectPage(page, "Tjek og gør færdig");
  await press(page, "Gør færdig");
  const codes = await recoveryCodes(page);
  await keepSheet(page);

  await test.step("choosing another way costs no attempt and leads everywhere and back", async () => {
    await page.goto("/log-ind");
    await showPassword(page, her);
    await expectPage(page, "Bekræft med koden fra din app");
    await page.getByLabel("Kode", { exact: true }).fill("000000");
    await press(page, "Fortsæt");
    await expect(page.getByRole("alert")).toContainText("Koden passer ikke");
    await anotherWay(page);
    await expectGoodPage(page);
    // More often than anything may be tried; that is the portal's to count, and counted once.
    for (let rounds = withoutScript(info) ? 12 : 2; rounds > 0; rounds -= 1) {
      await main.getByRole("link", { name: "Gendannelseskode fra dit ark" }).click();
      await expectPage(page, "Brug en gendannelseskode");
      await anotherWay(page);
      await main.getByRole("link", { name: "Kode fra app eller kodeviser" }).click();
      await expectPage(page, "Bekræft med koden fra din app");
      await anotherWay(page);
    }
  });

  await test.step("a wrong one is said so, and a right one leads to MitID and no further", async () => {
    await main.getByRole("link", { name: "Gendannelseskode fra dit ark" }).click();
    await expectGoodPage(page);
    await press(page, "Fortsæt");
    await expect(page.getByRole("alert")).toContainText("Skriv en kode fra dit ark.");
    await page.getByLabel("Gendannelseskode", { exact: true }).fill("ABCDE-FGHJ-KMNP");
    await press(page, "Fortsæt");
    await expect(page.getByRole("alert")).toContainText("Koden passer ikke, eller den er brugt.");
    await expectGoodPage(page);
    await page.getByLabel("Gendannelseskode", { exact: true }).fill((codes[0] ?? "").toLowerCase().replaceAll("-", " "));
    await press(page, "Fortsæt");
    await expectPage(page, "Bekræft dig med MitID");
    await expectGoodPage(page);
    await expectEvent(portal, "codes.recovery-used");
    await mailbox.newest(maja.workMail, /gendannelseskode er brugt/i);
    const here = page.url();
    await page.goto("/overblik");
    await expectPage(page, "Log ind");
    await page.goto(here);
    await proveInVain(page, maja, "Afbryd");
    await expectPage(page, "Du stoppede undervejs");
    await main.getByRole("link", { name: "Prøv igen" }).click();
    await expectPage(page, "Bekræft dig med MitID");
    await expectNoEvent(portal, "sign-in.done");
  });

  const secret = await test.step("after MitID she adds an app and is in", async () => {
    await goToMitid(page);
    await page.getByRole("button", { name: new RegExp(`^${maja.inSimulator}`) }).click();
    await expectPage(page, "Tilføj godkender-app");
    await expectGoodPage(page);
    const offered = (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
    await page.getByLabel("Giv appen et navn").fill("Ny telefon");
    await page.getByLabel("Skriv den kode, appen viser nu").fill(totp(offered));
    await press(page, "Bekræft");
    await expectPage(page, /^Hej /);
    await expect(main).toContainText("Ny telefon");
    return offered;
  });

  await test.step("what recovery added removes nothing in its first hour", async () => {
    await page.goto("/konto/loginmidler");
    await press(page, "Tilføj eller fjern");
    await page.getByLabel("Kode", { exact: true }).fill(await freshCode(secret));
    await press(page, "Fortsæt");
    await main.getByRole("link", { name: "Fjern Min telefon" }).click();
    await press(page, "Fjern Min telefon");
    await expectPage(page, "Dine loginmidler");
    await expect(page.getByRole("alert")).toContainText("Den første time kan det ikke fjerne andre.");
    await expectGoodPage(page);
    await expectNoEvent(portal, "factor.removed");
  });

  await test.step("she makes a new sheet, and the old one is dead", async () => {
    await page.goto("/konto/loginmidler");
    await expect(main).toContainText("Gendannelseskoder tilbage på dit ark: 9.");
    await expectGoodPage(page);
    await press(page, "Nye koder");
    await expectPage(page, "Bekræft igen");
    await page.getByLabel("Kode", { exact: true }).fill(await freshCode(secret));
    await press(page, "Fortsæt");
    await expectPage(page, "Lav nye koder");
    await expectGoodPage(page);
    await press(page, "Lav nye koder");
    await recoveryCodes(page);
    await expect(main).toContainText("De gamle virker ikke mere.");
    await expect(main).toContainText("Erstatter arket fra");
    const sheet = page.url();
    await keepSheet(page);
    await expectPage(page, "Dine loginmidler");
    await page.goto(sheet);
    await expectPage(page, "Der gik for lang tid");
    await expectGoodPage(page);
    await main.getByRole("link", { name: "Dine loginmidler" }).click();
    await expectPage(page, "Dine loginmidler");
    await expect(main).toContainText("Gendannelseskoder tilbage på dit ark: 10.");
    await page.getByRole("banner").getByRole("button", { name: "Log af" }).click();
    await expectPage(page, "Du er logget ud");
    await page.goto("/log-ind");
    await showPassword(page, her);
    await anotherWay(page);
    await main.getByRole("link", { name: "Gendannelseskode fra dit ark" }).click();
    await page.getByLabel("Gendannelseskode", { exact: true }).fill(codes[1] ?? "");
    await press(page, "Fortsæt");
    await expect(page.getByRole("alert")).toContainText("den er brugt");
    await anotherWay(page);
    await main.getByRole("link", { name: "Kode fra app eller kodeviser" }).click();
    await page.getByLabel("Kode", { exact: true }).fill(await freshCode(secret));
    await press(page, "Fortsæt");
    await expectPage(page, /^Hej /);
  });
});

/** `password1234`, which stands on every list, as this house keeps passwords. */
const LEAKED = "password1234";
const ITS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$kkr6bVVnrYEAVyJemgjf4Q$aGdL9RxV8qABQ2jSgRg0zkckSocCNyWXkHh1ClA+I1o";

afterDayOne("a password that came to stand on a list is to be changed, now or later", async ({ page, portal, mailbox, credentials }) => {
  test.slow();
  const main = page.getByRole("main");
  await change(portal, `update passwords set hash = '${ITS_HASH}'`);
  await page.goto("/log-ind");
  await signIn(page, { ...credentials, password: LEAKED });
  await expectPage(page, "Skift din adgangskode");
  await expectGoodPage(page);
  await mailbox.newest(maja.workMail, /Skift din adgangskode/);
  await main.getByRole("link", { name: "Skift adgangskode nu" }).click();
  await expectPage(page, "Skift adgangskode");
  await page.goBack();
  await press(page, "Ikke nu");
  await expectPage(page, /^Hej /);
  await expect(main).toContainText("men du har kun ét loginmiddel");
  await expectGoodPage(page);
  await expectEvent(portal, "password.leaked");
  await expectEvent(portal, "password.put-off");
});

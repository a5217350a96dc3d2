// Code devices for people without a phone: taken into use on day one and later, and brought into step when pressed too often.
// No page of it needs a script.
import { Gadget } from "../lib/gadget";
import { expectGoodPage } from "../lib/good-page";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode, totp } from "../lib/totp";
import { expectEvent, expectEvents } from "../lib/trail";
import { PASSWORD, choosePassword, expectPage, finish, press, prove, showCode, showPassword, signInHere, walkToProof } from "../lib/walk";

test("she takes a code device into use on day one, and two codes bring it into step again", async ({ page, portal, mailbox }) => {
  test.slow();
  const main = page.getByRole("main");
  const gadget = new Gadget("1001");
  await walkToProof(page, mailbox, maja);
  await gadget.handOut(portal, maja);
  await prove(page, maja);
  await choosePassword(page);
  await page.getByRole("link", { name: "Tag en kodeviser i brug" }).click();
  await expectPage(page, "Tag din kodeviser i brug");
  await expectGoodPage(page);
  await page.getByLabel("Skriv den kode, den viser nu").fill("000000");
  await press(page, "Tag i brug");
  await expect(page.getByRole("alert")).toContainText("Koden passer ikke");
  await expectGoodPage(page);
  await page.getByLabel("Skriv den kode, den viser nu").fill(gadget.press());
  await press(page, "Tag i brug");
  await finish(page);
  await expectEvent(portal, "factor.added", "code-device");

  gadget.presses(60);
  await page.goto("/log-ind");
  await showPassword(page, { userName: maja.userName, password: PASSWORD, secret: "" });
  await expectPage(page, "Bekræft med koden fra din kodeviser");
  await expect(main, "she has no app").not.toContainText("app");
  await expectGoodPage(page);
  for (const [code, said] of [["", "Skriv den kode, der vises nu."], ["12345", "Koden er 6 til 8 cifre."], [gadget.press(), "Koden passer ikke."]] as const) {
    await showCode(page, code);
    await expect(page.getByRole("alert")).toContainText(said);
  }
  await expect(page.getByRole("alert")).toContainText("stil kodeviseren");
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Vælg en anden måde", exact: true }).click();
  await expectPage(page, "Vælg en anden måde");
  await page.getByRole("link", { name: "Min kodeviser viser koder, der ikke passer" }).click();
  await expectPage(page, "Stil din kodeviser");
  await expectGoodPage(page);
  await press(page, "Stil kodeviseren");
  await expect(page.getByRole("alert")).toContainText("Skriv også den næste kode.");
  const [first, second] = [gadget.press(), gadget.press()];
  await page.getByLabel("Den kode, den viser nu").fill(second);
  await page.getByLabel("Den næste kode").fill(first);
  await press(page, "Stil kodeviseren");
  await expect(page.getByRole("alert")).toContainText("De to koder følger ikke efter hinanden");
  await expectGoodPage(page);
  await page.getByLabel("Den kode, den viser nu").fill(first);
  await page.getByLabel("Den næste kode").fill(second);
  await press(page, "Stil kodeviseren");
  await expect(main).toContainText("Kodeviseren passer igen.");
  await showCode(page, gadget.press());
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "device.resynchronised");
});

afterDayOne("later she adds a code device and one more app, each after confirming again", async ({ page, portal, credentials }) => {
  test.slow();
  const main = page.getByRole("main");
  const gadget = new Gadget("1002");
  await gadget.handOut(portal, maja);
  await signInHere(page, credentials);
  await page.goto("/konto/loginmidler");
  await expect(main).toContainText("Du har fået en kodeviser");
  await press(page, "Tag kodeviseren i brug");
  await expectPage(page, "Bekræft igen");
  await page.getByLabel("Kode", { exact: true }).fill("000000");
  await press(page, "Fortsæt");
  await expect(page.getByRole("alert")).toContainText("Koden passer ikke");
  await expectGoodPage(page);
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
  await press(page, "Fortsæt");
  await expectPage(page, "Tag din kodeviser i brug");
  await expectGoodPage(page);
  await page.getByLabel("Giv den et navn").fill("Nøglering");
  await page.getByLabel("Skriv den kode, den viser nu").fill(gadget.press());
  await press(page, "Tag i brug");
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Loginmidlet er tilføjet");
  await main.getByRole("link", { name: "Passer koderne fra din kodeviser ikke?" }).click();
  await expectPage(page, "Stil din kodeviser");
  await expectGoodPage(page);

  await page.goto("/konto/loginmidler");
  await press(page, "Tilføj eller fjern");
  await expectPage(page, "Bekræft igen");
  await expect(main).toContainText("6 eller 8 cifre");
  await page.getByLabel("Kode", { exact: true }).fill(gadget.press());
  await press(page, "Fortsæt");
  await expectPage(page, "Tilføj eller fjern loginmidler");
  await main.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await expectPage(page, "Tilføj adgangsnøgle");
  await expectGoodPage(page);
  await page.goBack();
  await main.getByRole("link", { name: "Tilføj godkender-app" }).click();
  await expectPage(page, "Tilføj godkender-app");
  await expectGoodPage(page);
  const secret = (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  await page.getByLabel("Giv appen et navn").fill("Ny telefon");
  await page.getByLabel("Skriv den kode, appen viser nu").fill(totp(secret));
  await press(page, "Bekræft");
  await expectPage(page, "Dine loginmidler");
  await expect(main).toContainText("Ny telefon");
  await expectEvents(portal, "factor.added", 3);

  await test.step("it is tried on its own page", async () => {
    await main.getByRole("link", { name: "Afprøv eller ret Nøglering" }).click();
    await expectPage(page, "Nøglering");
    await page.getByLabel("Kode", { exact: true }).fill(gadget.press());
    await press(page, "Afprøv");
    await expect(main).toContainText("Sammen med din adgangskode kan du logge ind med det.");
  });
});

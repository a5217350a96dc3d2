// Not a test: a picture of every page, for people to look at. `PICTURES=folder npm run pictures`.
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { waitHydrated } from "../lib/hydration";
import { maja, newcomer } from "../lib/people";
import { test } from "../lib/test";
import { totp } from "../lib/totp";
import {
  acceptTerms, choosePassword, enrol, enterFirstCode, expectPage, finish, goToMitid, invitation, offeredKey, press, prove,
  proveInVain, readTerms, showCode, showPassword, signInHere,
} from "../lib/walk";

const FOLDER = process.env.PICTURES ?? "pictures/out";

test.use({ ignoreHTTPSErrors: true });

for (const code of ["da", "en"]) {
  test(`public pages, ${code}`, async ({ page }, info) => {
    test.slow();
    await page.goto(`/log-ind?sprog=${code}`);
    for (const path of [
      "/log-ind", "/logget-ud", "/kom-i-gang", "/kom-i-gang/mitid", "/kom-i-gang/fundet", "/kom-i-gang/uden-mitid",
      "/kom-i-gang/x", "/spaer", "/glemt-adgangskode", "/hjaelp", "/driftsstatus", "/tilgaengelighed", "/privatliv", "/service", "/tjenesteudbydere",
      "/vilkaar", "/vilkaar/afvist", "/findes-ikke",
    ]) {
      await page.goto(path);
      await waitHydrated(page, info);
      await page.screenshot({ path: join(FOLDER, info.project.name, `${code}${path.replaceAll("/", "-")}.png`), fullPage: true });
    }
  });
}

test("day one", async ({ page, portal, mailbox, mellon }, info) => {
  test.slow();
  let number = 0;
  const picture = async (name: string, from: Page = page) => {
    number += 1;
    await waitHydrated(from, info);
    const file = `day-one-${String(number).padStart(2, "0")}-${name}.png`;
    await from.screenshot({ path: join(FOLDER, info.project.name, file), fullPage: true });
  };
  await portal.import(newcomer);
  await page.goto(await invitation(mailbox, maja));
  await picture("welcome");
  await press(page, "Begynd");
  await picture("terms");
  await readTerms(page);
  await picture("terms-last");
  await press(page, "Acceptér");
  await picture("terms-box");
  await page.getByRole("link", { name: "Jeg vil ikke acceptere" }).click();
  await picture("decline");
  await page.goBack();
  await acceptTerms(page);
  await expectPage(page, "Bekræft, hvem du er");
  await picture("proof");
  for (const button of ["Afbryd", "For lavt niveau", "Teknisk fejl"]) {
    await proveInVain(page, maja, button);
    await picture("not-proved");
    await page.getByRole("link", { name: "Prøv igen" }).click();
  }
  await goToMitid(page);
  await page.screenshot({ path: join(FOLDER, info.project.name, "simulator.png"), fullPage: true });
  await page.goBack();
  await prove(page, maja);
  await picture("password");
  await choosePassword(page, "for kort");
  await picture("password-short");
  await choosePassword(page);
  await expectPage(page, "Vælg et loginmiddel");
  await picture("factor");
  const secret = await offeredKey(page);
  await picture("app");
  await enterFirstCode(page, "12345");
  await picture("app-error");
  await enterFirstCode(page, totp(secret));
  await expectPage(page, "Tjek og gør færdig");
  await picture("review");
  await finish(page);
  await picture("ready");
  await page.goto("/log-ind");
  const credentials = { userName: maja.userName, password: "tre våde kajakker i oktober", secret };
  await showPassword(page, { ...credentials, password: "en helt anden adgangskode" });
  await picture("no-match");
  await page.goto(mellon.url);
  await picture("to-service");
  await showPassword(page, credentials);
  await expectPage(page, "Bekræft med koden fra din app");
  await picture("code");
  await showCode(page, totp(secret, 1));
  await expectPage(page, "Prøvetjenesten");
  await page.screenshot({ path: join(FOLDER, info.project.name, "service.png"), fullPage: true });
  await page.goto("/overblik");
  await picture("overview");
});

test("a block, and what follows", async ({ page, mailbox }, info) => {
  test.slow();
  let number = 0;
  const picture = async (name: string) => {
    number += 1;
    await waitHydrated(page, info);
    const file = `block-${String(number).padStart(2, "0")}-${name}.png`;
    await page.screenshot({ path: join(FOLDER, info.project.name, file), fullPage: true });
  };
  const credentials = await enrol(page, mailbox, maja);
  await signInHere(page, credentials);
  for (const [path, name] of [
    ["/konto/adgangskode", "change-password"], ["/konto/aktivitet", "activity"], ["/konto/login", "sessions"],
    ["/spaer/kode", "by-code"], ["/spaer/adgangskode", "by-password"], ["/spaer/ikke-spaerret", "not-blocked"], ["/spaer/nu", "ask"],
  ] as const) {
    await page.goto(path);
    await picture(name);
  }
  await press(page, "Spær min konto nu");
  await picture("receipt");
  await page.goto("/genaktiver");
  await picture("reopen");
  await prove(page, maja);
  await picture("reopen-password");
  await page.getByLabel("Ny adgangskode").fill("tolv gule tulipaner");
  await press(page, "Fortsæt");
  await picture("reopen-factors");
  await page.getByRole("checkbox", { name: /^Min telefon/ }).check();
  await press(page, "Fortsæt");
  await picture("reopen-activity");
  await press(page, "Jeg kender det hele – fortsæt");
  await picture("reopen-confirm");
  await press(page, "Åbn kontoen");
  await picture("sheet");
});

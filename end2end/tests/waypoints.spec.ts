// The pages on the way that other stories pass by: each is open to everybody. Every one on phone and desktop, with script
// and without.
import type { Page, TestInfo } from "@playwright/test";
import { expectGoodPage } from "../lib/good-page";
import { waitHydrated, withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { publishNewTerms } from "../lib/texts";
import { expectEvent, expectTrailHolds } from "../lib/trail";
import { enrol, expectPage, press, readTerms, showPassword, signIn, signInHere } from "../lib/walk";

test.beforeEach(() => test.slow());

const SERVICE = "/simulator/tjeneste";

/** The page by its title and its place, and everything a machine can say of it. */
async function look(page: Page, info: TestInfo, title: string | RegExp, place: RegExp): Promise<void> {
  await expectPage(page, title);
  await expect(page).toHaveURL(place);
  await waitHydrated(page, info);
  await expectGoodPage(page);
}

afterDayOne("on the way to a service, and back to it", async ({ page, context, portal, credentials }, info) => {
  await context.clearCookies();
  await page.goto(SERVICE);
  await press(page, "Log ind");
  await look(page, info, "Log ind", /\/log-ind\/[0-9a-f-]{36}$/);
  // The answer is given once: what was sent then is what the page is judged by.
  const HANDED = /\/svar\/[0-9a-f-]{36}$/;
  const handed = withoutScript(info) ? page.waitForResponse((response) => HANDED.test(response.url()) && response.status() === 200) : undefined;
  await signIn(page, credentials);
  if (handed) {
    const source = await (await handed).text();
    await expectPage(page, "Du er logget ind");
    await expect(page).toHaveURL(HANDED);
    await expectGoodPage(page, source);
    await press(page, "Fortsæt");
  }
  await expectPage(page, "Du er logget ind");
  await expect(page).toHaveURL(SERVICE);

  await test.step("answered at once, the answer is a page too", async () => {
    if (!withoutScript(info)) return;
    await context.clearCookies({ name: /^proevetjeneste/ });
    await page.goto(SERVICE);
    const answered = page.waitForResponse((response) => response.url().includes("/saml/sso?") && response.status() === 200);
    await press(page, "Log ind");
    const source = await (await answered).text();
    await expectPage(page, "Du er logget ind");
    await expect(page).toHaveURL(/\/saml\/sso\?/);
    await expectGoodPage(page, source);
    await press(page, "Fortsæt");
    await expect(page).toHaveURL(SERVICE);
  });

  await test.step("asked to log in again, and wrong too often", async () => {
    await press(page, "Log ind igen");
    await look(page, info, "Bekræft, at det er dig", /\/log-ind\/[0-9a-f-]{36}$/);
    for (let tries = 0; tries < 3; tries += 1) await showPassword(page, { ...credentials, password: "en helt anden adgangskode" });
    await look(page, info, "Du har prøvet for mange gange", /\/log-ind\/[0-9a-f-]{36}\/pause$/);
  });
  await expectTrailHolds(portal);
});

afterDayOne("blocked, she is told so at the sign-in", async ({ page, portal, credentials }, info) => {
  const form = { user_name: credentials.userName, blocking_code: credentials.blockingCode };
  await page.request.post("/handling/spaer-kode", { form, headers: { origin: portal.url } });
  await page.goto("/log-ind");
  await signIn(page, credentials);
  await look(page, info, "Din konto er spærret", /\/log-ind\/[0-9a-f-]{36}\/spaerret$/);
});

test.describe("with other terms in force", () => {
  test.use({ ownTexts: true });

  afterDayOne("they stand between her and her login", async ({ page, portal, credentials }, info) => {
    await publishNewTerms(portal);
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await look(page, info, /^Læs vilkårene \(del 1 af/, /\/log-ind\/[0-9a-f-]{36}\/vilkaar\/1$/);
    await readTerms(page);
    await look(page, info, /^Acceptér vilkårene/, /\/vilkaar\/\d$/);
    await page.getByRole("link", { name: "Jeg vil ikke acceptere" }).click();
    await look(page, info, "Hvis du ikke accepterer", /\/log-ind\/[0-9a-f-]{36}\/vilkaar\/nej$/);
  });
});

test("what comes from nowhere is told so", async ({ page, portal }, info) => {
  for (const query of ["", "?SAMLRequest=x", "?SAMLRequest=x&SigAlg=y&Signature=z"]) {
    await page.goto(`/saml/sso${query}`);
    await look(page, info, "Vi kunne ikke logge dig ind", /\/log-ind\/fejl$/);
  }
  await page.goto("/mitid/tilbage/simulator?state=x&code=y");
  await look(page, info, "Vi fik ikke et svar, vi kunne bruge", /\/mitid\/ikke-bekraeftet$/);
  await expectEvent(portal, "proof.refused", "lost");
});

test("staying signed in is a page of its own", async ({ page, mailbox }, info) => {
  await signInHere(page, await enrol(page, mailbox, maja));
  await page.goto("/forbliv");
  await look(page, info, "Du er stadig logget på", /\/forbliv$/);
});

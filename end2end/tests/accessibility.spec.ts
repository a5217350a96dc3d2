// Every public page and every page of day one: rules of WCAG, valid HTML, 320 pixels, the keyboard alone.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../lib/axe";
import { expectValidHtml } from "../lib/html";
import { waitHydrated } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { totp } from "../lib/totp";
import {
  PASSWORD, acceptTerms, choosePassword, enterFirstCode, expectPage, finish, invitation, offeredKey, press,
  prove, proveInVain, readTerms, showCode, showPassword,
} from "../lib/walk";

const PUBLIC = [
  "/log-ind", "/logget-ud", "/kom-i-gang", "/kom-i-gang/mitid", "/kom-i-gang/fundet", "/kom-i-gang/uden-mitid",
  "/kom-i-gang/findes-ikke", "/spaer", "/glemt-adgangskode", "/hjaelp", "/tilgaengelighed", "/privatliv", "/service",
  "/vilkaar", "/vilkaar/afvist", "/findes-ikke",
];

/** At 320 CSS pixels (1.4.10) nothing is wider than the window. */
async function expectReflow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const wider = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > limit + 1;
    return document.documentElement.scrollWidth > limit
      ? Array.from(document.querySelectorAll("body *")).filter(sticksOut).map((element) => element.outerHTML.slice(0, 120))
      : [];
  });
  expect(wider, `wider than 320 px on ${page.url()}`).toEqual([]);
  if (before) await page.setViewportSize(before);
}

/** Everything a machine can say of a page as it stands. */
async function expectGoodPage(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expectReflow(page);
  await expectAccessible(page);
}

for (const [language, code] of [["Danish", "da"], ["English", "en"]] as const) {
  test(`every public page is open to everybody, in ${language}`, async ({ page }, info) => {
    test.slow();
    await page.goto(`/log-ind?sprog=${code}`);
    for (const path of PUBLIC) {
      await test.step(path, async () => {
        await page.goto(path);
        await waitHydrated(page, info);
        await expect(page.locator("html")).toHaveAttribute("lang", code);
        await expectGoodPage(page);
        await expectValidHtml(page);
      });
    }
  });
}

test("every page and state of day one is open to everybody", async ({ page, mailbox }, info) => {
  test.slow();
  const look = async (title: string | RegExp) => {
    await expectPage(page, title);
    await waitHydrated(page, info);
    await expectGoodPage(page);
  };
  await page.goto(await invitation(mailbox, maja));
  await look("Kom i gang");
  await expectValidHtml(page);
  await press(page, "Begynd");
  await look(/^Læs vilkårene \(del 1/);
  await expectValidHtml(page);
  await readTerms(page);
  await press(page, "Acceptér");
  await look(/^Acceptér vilkårene/);
  await expectValidHtml(page);
  await acceptTerms(page);
  await look("Bekræft, hvem du er");
  await expectValidHtml(page);
  for (const button of ["Afbryd", "For lavt niveau", "Teknisk fejl"]) {
    await proveInVain(page, maja, button);
    await look(/./);
    await expectValidHtml(page);
    await page.getByRole("link", { name: "Prøv igen" }).click();
  }
  await prove(page, maja);
  await choosePassword(page, "for kort");
  await look("Vælg din adgangskode");
  await expectValidHtml(page);
  await choosePassword(page);
  await look("Vælg et loginmiddel");
  await expectValidHtml(page);
  const secret = await offeredKey(page);
  await enterFirstCode(page, "12345");
  await look("Tilføj godkender-app");
  await expectValidHtml(page);
  await enterFirstCode(page, totp(secret));
  await look("Tjek og gør færdig");
  await expectValidHtml(page);
  await finish(page);
  await look("Du er klar");
  await expectValidHtml(page);
  await page.goto("/log-ind");
  await showPassword(page, { userName: maja.userName, password: "en helt anden adgangskode", secret });
  await look("Log ind");
  await showPassword(page, { userName: maja.userName, password: PASSWORD, secret });
  await look("Bekræft med koden fra din app");
  await expectValidHtml(page);
  await showCode(page, "12345");
  await look("Bekræft med koden fra din app");
  await showCode(page, totp(secret, 1));
  await look("Hej Maja Holm");
  await expectValidHtml(page);
});

/** Presses Tab until the focus is where it should be; fails when it never gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle + getComputedStyle(element).boxShadow);
      expect(outline, "the focus is seen").not.toBe("nonenone");
      return;
    }
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

afterDayOne("the keyboard alone signs her in and out", async ({ page, credentials: { userName, password, secret } }, info) => {
  await page.goto("/log-ind");
  await waitHydrated(page, info);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Gå til indhold" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Brugernavn"));
  await page.keyboard.type(userName);
  await tabTo(page, page.getByLabel("Adgangskode", { exact: true }));
  await page.keyboard.type("en helt anden adgangskode");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert"), "the summary takes the focus").toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Adgangskode", { exact: true }), "its link leads to the field").toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expectPage(page, "Bekræft med koden fra din app");
  await tabTo(page, page.getByLabel("Kode", { exact: true }));
  await page.keyboard.type(totp(secret, 1));
  await page.keyboard.press("Enter");
  await expectPage(page, "Hej Maja Holm");
  await tabTo(page, page.getByRole("button", { name: "Log af" }));
  await page.keyboard.press("Enter");
  await expectPage(page, "Du er logget ud");
});

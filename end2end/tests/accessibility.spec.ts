// Every public page and every page of day one: rules of WCAG, valid HTML, 320 pixels, the keyboard alone.
import { expectGoodPage, tabTo } from "../lib/good-page";
import { waitHydrated } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { totp } from "../lib/totp";
import {
  PASSWORD, acceptTerms, choosePassword, enterFirstCode, expectPage, finish, invitation, offeredKey, press,
  prove, proveInVain, readTerms, showCode, showPassword,
} from "../lib/walk";

const PUBLIC = [
  "/log-ind", "/log-ind/noegle", "/logget-ud", "/kom-i-gang", "/kom-i-gang/mitid", "/kom-i-gang/fundet", "/kom-i-gang/uden-mitid",
  "/kom-i-gang/findes-ikke", "/spaer", "/glemt-adgangskode", "/hjaelp", "/tilgaengelighed", "/privatliv", "/service", "/tjenesteudbydere",
  "/vilkaar", "/vilkaar/afvist", "/driftsstatus", "/findes-ikke",
];

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
  await press(page, "Begynd");
  await look(/^Læs vilkårene \(del 1/);
  const tasks = page.url().replace("/vilkaar/1", "");
  await page.goto(tasks);
  await look("Kom i gang");
  await page.getByRole("main").getByRole("link", { name: "Fortsæt" }).click();
  await readTerms(page);
  await press(page, "Acceptér");
  await look(/^Acceptér vilkårene/);
  await page.getByRole("link", { name: "Jeg vil ikke acceptere" }).click();
  await look("Hvis du ikke accepterer");
  await page.goto(tasks);
  await page.getByRole("main").getByRole("link", { name: "Fortsæt" }).click();
  await acceptTerms(page);
  await look("Bekræft, hvem du er");
  await page.getByRole("link", { name: "Jeg vil ikke bruge MitID" }).click();
  await look("Bekræft dig uden MitID");
  await page.getByRole("main").getByRole("link", { name: "Tilbage til MitID" }).click();
  for (const button of ["Afbryd", "For lavt niveau", "Teknisk fejl"]) {
    await proveInVain(page, maja, button);
    await look(/./);
    await page.getByRole("link", { name: "Prøv igen" }).click();
  }
  await prove(page, maja);
  await choosePassword(page, "for kort");
  await look("Vælg din adgangskode");
  await choosePassword(page);
  await look("Vælg et loginmiddel");
  const secret = await offeredKey(page);
  await enterFirstCode(page, "12345");
  await look("Tilføj godkender-app");
  await enterFirstCode(page, totp(secret));
  await look("Tjek og gør færdig");
  await press(page, "Gør færdig");
  await look("Gem dine koder");
  await press(page, "Fortsæt");
  await look("Gem dine koder");
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
  await look("Du er klar");
  await page.goto("/log-ind");
  await showPassword(page, { userName: maja.userName, password: "en helt anden adgangskode", secret });
  await look("Log ind");
  await showPassword(page, { userName: maja.userName, password: PASSWORD, secret });
  await look("Bekræft med koden fra din app");
  await showCode(page, "12345");
  await look("Bekræft med koden fra din app");
  await showCode(page, totp(secret, 1));
  await look("Hej Maja Holm");
});

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

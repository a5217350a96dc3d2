// Where she is signed in: one place ended from another, and all others at a new password.
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvents, expectTrailHolds } from "../lib/trail";
import { expectPage, press, signInHere } from "../lib/walk";

const NEW = "tolv gule tulipaner";

afterDayOne("she ends the sign-in of another browser, and only that", async ({ page, elsewhere, portal, credentials }) => {
  test.setTimeout(180_000);
  const [other, third] = [await elsewhere(), await elsewhere()];
  for (const browser of [page, other, third]) {
    await browser.goto(`${portal.url}/log-ind`);
    await signInHere(browser, credentials);
  }
  await page.goto("/konto/login");
  await expectPage(page, "Her er du logget ind");
  const rows = page.getByRole("main").locator("dl > div").filter({ hasText: "En anden browser" });
  await expect(rows).toHaveCount(2);
  await rows.first().getByRole("button", { name: /^Afslut login fra/ }).click();
  await expectPage(page, "Her er du logget ind");
  await expect(rows).toHaveCount(1);
  // The list is not told apart by browser here, so both are looked at: one is out, one is in.
  const titles: string[] = [];
  for (const browser of [other, third]) {
    await browser.goto(`${portal.url}/overblik`);
    titles.push((await browser.getByRole("heading", { level: 1 }).innerText()).slice(0, 3));
  }
  expect(titles.sort()).toEqual(["Hej", "Log"]);
  await page.goto("/overblik");
  await expectPage(page, /^Hej /);
  await expectEvents(portal, "sign-out", 1);

  await test.step("her own ends here", async () => {
    await page.goto("/konto/login");
    const own = page.getByRole("main").locator("dl > div").filter({ hasText: "Denne browser" });
    await own.getByRole("button", { name: /^Afslut login fra/ }).click();
    await expectPage(page, "Du er logget ud");
    await page.goto("/overblik");
    await expectPage(page, "Log ind");
  });
  await expectTrailHolds(portal);
});

for (const ends of [true, false]) {
  afterDayOne(`a new password ${ends ? "with" : "without"} the box ${ends ? "signs her out" : "leaves her signed in"} elsewhere`, async ({ page, elsewhere, portal, credentials }) => {
    test.setTimeout(180_000);
    const other = await elsewhere();
    await other.goto(`${portal.url}/log-ind`);
    await signInHere(other, credentials);
    await signInHere(page, credentials);
    await page.goto("/konto/adgangskode");
    if (ends) await page.getByLabel("Log mig ud alle andre steder").check();
    await page.getByLabel("Nuværende adgangskode").fill(credentials.password);
    await page.getByLabel("Ny adgangskode").fill(NEW);
    await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
    await press(page, "Gem adgangskoden");
    await expectPage(page, /^Hej /);
    await other.goto(`${portal.url}/overblik`);
    await expectPage(other, ends ? "Log ind" : /^Hej /);
    await page.reload();
    await expectPage(page, /^Hej /);
    await expectTrailHolds(portal);
  });
}

// Where she is signed in: one place ended from another, all others at a new password, and each by the clock.
import { change } from "../lib/database";
import { post } from "../lib/doors";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, press, signInHere } from "../lib/walk";

const NEW = "tolv gule tulipaner";
/** In the microseconds of the database. */
const MINUTE = 60_000_000;

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

for (const [what, column, still, over] of [
  ["she did nothing for half an hour", "seen_at", 28, 30],
  ["an hour has passed, however she used it", "began_at", 58, 60],
] as const) {
  afterDayOne(`a sign-in is over when ${what}`, async ({ page, portal, credentials }) => {
    test.slow();
    await signInHere(page, credentials);
    await page.goto("/konto/kontakt");
    await change(portal, `update sessions set ${column} = ${column} - ${still * MINUTE} where ended_at is null`);
    await page.goto("/overblik");
    await expectPage(page, /^Hej /);
    await page.goto("/konto/kontakt");
    // What was used just now counts from now; what began does not.
    const more = column === "seen_at" ? over : over - still;
    await change(portal, `update sessions set ${column} = ${column} - ${more * MINUTE} where ended_at is null`);
    await press(page, "Skift privat mail");
    await expectPage(page, "Log ind");
    await expect(page.getByText("Du er logget af. Log ind igen, og fortsæt.", { exact: true })).toBeVisible();
    for (const path of ["/overblik", "/konto/login", "/konto/aktivitet", "/konto/data", "/forbliv"]) {
      await page.goto(path);
      await expectPage(page, "Log ind");
    }
    const block = await post(page, portal, "/handling/spaer-nu", { go: "yes" });
    expect(block.headers().location, "it opens no door any more").toBe("/spaer/ikke-spaerret");
    await expectNoEvent(portal, "login.held");
    await signInHere(page, credentials);
    await page.goto("/konto/login");
    await expect(page.getByRole("main").locator("dl > div"), "the one that is over is not listed").toHaveCount(1);
    await expectTrailHolds(portal);
  });
}

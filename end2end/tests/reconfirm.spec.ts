// Confirming anew with MitID: every year, and after HR changed her name. Time is moved by making her proof older.
import { join } from "node:path";
import { expectGoodPage } from "../lib/good-page";
import { withoutScript } from "../lib/hydration";
import { maja, newcomer } from "../lib/people";
import { run } from "../lib/process";
import type { Portal } from "../lib/server";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, press, prove, proveInVain, signIn, signInHere } from "../lib/walk";

const SERVICE = "/simulator/tjeneste";

/** Her proof was made so many days earlier. */
async function age(portal: Portal, days: number): Promise<void> {
  const sql = `pragma busy_timeout = 5000; update proofings set at = at - ${days} * 86400000000`;
  await run("sqlite3", join(portal.data, "nsis-id.db"), sql);
}

afterDayOne("overdue, a service waits for one step with MitID, in the session that was open", async ({ page, portal, credentials }, info) => {
  test.slow();
  await signInHere(page, credentials);
  await age(portal, 400);
  await page.goto(SERVICE);
  await press(page, "Log ind");
  await expectPage(page, "Inden du fortsætter");
  await expect(page.getByRole("main")).toContainText("Det skulle være gjort senest");
  await expect(page.getByRole("main")).toContainText("Bagefter kommer du videre til Prøvetjenesten.");
  await expect(page.getByRole("button", { name: /Ikke nu/ })).toHaveCount(0);
  await expectGoodPage(page);
  await expectEvent(portal, "token.refused", "overdue");

  await test.step("stopped on the way, and with another person's MitID, nothing is confirmed", async () => {
    await proveInVain(page, maja, "Afbryd");
    await expectPage(page, "Du stoppede undervejs");
    await expectGoodPage(page);
    await page.getByRole("link", { name: "Prøv igen" }).click();
    await expectPage(page, "Inden du fortsætter");
    await prove(page, newcomer);
    await expectPage(page, "Vi kan ikke bekræfte dig på denne måde");
    await expect(page.getByRole("main")).toContainText("passer ikke til dette login");
    await expectGoodPage(page);
    await expectNoEvent(portal, "reconfirmation.done");
    await page.getByRole("link", { name: "Prøv igen" }).click();
  });

  await test.step("the portal itself stays open and says what to do", async () => {
    const asking = page.url();
    await page.goto("/overblik");
    await expectPage(page, /^Hej /);
    await expect(page.getByRole("main")).toContainText("systemer, der kræver niveau Betydelig");
    await expect(page.getByRole("link", { name: "Bekræft dig igen", exact: true })).toBeVisible();
    await expectGoodPage(page);
    await page.goto(asking);
  });

  await prove(page, maja);
  if (withoutScript(info)) await press(page, "Fortsæt");
  await expectPage(page, "Du er logget ind");
  await expect(page).toHaveURL(SERVICE);
  await expectEvent(portal, "reconfirmation.done", "a-year");
  await expectEvents(portal, "token.issued", 1);
});

afterDayOne("within the month a sign-in asks once, and she may put it off", async ({ page, portal, mailbox, credentials }) => {
  test.slow();
  await age(portal, 350);
  await portal.restart();
  const letter = await mailbox.newest(maja.workMail, /Bekræft igen med MitID/);
  expect(letter.text).toContain("/spaer");
  expect(letter.links.some((link) => /bekraeft|mitid/i.test(link)), "no link to follow").toBe(false);
  await page.goto("/log-ind");
  await signIn(page, credentials);
  await expectPage(page, "Inden du fortsætter");
  await expectGoodPage(page);
  await press(page, "Ikke nu – fortsæt");
  await expectPage(page, /^Hej /);
  await expectEvent(portal, "reconfirmation.put-off");
  await page.getByRole("link", { name: "Bekræft dig igen", exact: true }).click();
  await expectPage(page, "Bekræft dig igen");
  await expectGoodPage(page);
  await prove(page, maja);
  await expectPage(page, /^Hej /);
  await expect(page.getByRole("status").filter({ hasText: "Du har bekræftet dig igen" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Dit login er i orden");
  await expectEvent(portal, "reconfirmation.done", "ahead-of-time");
  await page.goto("/konto/aktivitet");
  await expect(page.getByRole("main")).toContainText("Bekræftet igen med MitID");
  await portal.restart();
  await expectEvents(portal, "reconfirmation.near", 1);
});

afterDayOne("a new name from HR asks at once, and is told", async ({ page, portal, mailbox, credentials }) => {
  await portal.import({ ...maja, familyName: "Holm Ny" });
  await mailbox.newest(maja.workMail, /Dit navn er ændret/);
  await signInHere(page, credentials);
  await expect(page.getByRole("main")).toContainText("Personalesystemet fik et andet navn til dig");
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Bekræft dig igen", exact: true }).click();
  await expectPage(page, "Bekræft dig igen");
  await expectGoodPage(page);
  await page.getByText("Har du ikke MitID, eller vil du ikke bruge det?").click();
  await expect(page.getByText("pas eller kørekort")).toBeVisible();
  await prove(page, maja);
  await expect(page.getByRole("main")).toContainText("Dit login er i orden");
  await expectEvent(portal, "reconfirmation.done", "new-name");
  await expectTrailHolds(portal);
});

// Two services at once, in two tabs of one browser: each gets its own answer, whichever is finished first.
import { withoutScript } from "../lib/hydration";
import { shown } from "../lib/service";
import { afterDayOne, expect } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, press, showCode, showPassword } from "../lib/walk";

// The service's certificate comes from an authority made for this run.
afterDayOne.use({ ignoreHTTPSErrors: true });

const SERVICE = "/simulator/tjeneste";

afterDayOne("two sign-ins under way never swap their services", async ({ page, context, portal, mellon, credentials }, info) => {
  afterDayOne.slow();
  await context.clearCookies();
  const other = await context.newPage();
  await page.goto(mellon.url);
  await expectPage(page, "Log ind");
  await other.goto(SERVICE);
  await press(other, "Log ind");
  await expectPage(other, "Log ind");
  const flows = [page, other].map((tab) => new URL(tab.url()).pathname);
  expect(new Set(flows).size, "each request is a flow of its own").toBe(2);

  // Step by step in turn: the tab that asked first is the last to finish.
  for (const tab of [page, other]) await showPassword(tab, credentials);
  await showCode(other, await freshCode(credentials.secret));
  if (withoutScript(info)) await press(other, "Fortsæt");
  await expect(other).toHaveURL(SERVICE);
  await expectPage(other, "Du er logget ind");
  expect(await shown(other, "Sikringsniveau")).toBe("Betydelig (Substantial)");
  await expectEvents(portal, "token.issued", 1);
  await expectEvents(portal, "token.issued", 0, new URL(mellon.url).host);

  await showCode(page, await freshCode(credentials.secret));
  if (withoutScript(info)) await press(page, "Fortsæt");
  await expectPage(page, "Prøvetjenesten");
  await expect(page).toHaveURL(mellon.url);
  expect(await shown(page, "loa")).toBe("Substantial");
  await expectEvents(portal, "token.issued", 2);
  await expectEvents(portal, "token.issued", 1, new URL(mellon.url).host);
  await expect(other, "and the tab that was first stays where it was").toHaveURL(SERVICE);
  await expectNoEvent(portal, "token.refused");
  await expectTrailHolds(portal);
});

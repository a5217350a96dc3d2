// Two services nobody here wrote, and single logout through the browser: they refuse what is below their level, she confirms
// with MitID on the way to one, and signs out at the portal, at a service, and past one that does not answer.
import type { Page, TestInfo } from "@playwright/test";
import { change } from "../lib/database";
import { expectGoodPage } from "../lib/good-page";
import { withoutScript } from "../lib/hydration";
import { Mellon } from "../lib/mellon";
import { maja } from "../lib/people";
import { shown, signInAtService } from "../lib/service";
import { afterDayOne, expect } from "../lib/test";
import { expectEvent, expectEvents, expectTrailHolds } from "../lib/trail";
import { type Credentials, expectPage, press, prove } from "../lib/walk";

// The services' certificates come from authorities made for this run.
afterDayOne.use({ ignoreHTTPSErrors: true });

const FIRST = "Prøvetjenesten";
const SECOND = "Fagtjenesten";
/** In the microseconds of the database. */
const DAY = 86_400_000_000;

/** Without script each page that carries a message on waits for her. */
async function onwards(page: Page, info: TestInfo): Promise<void> {
  if (!withoutScript(info)) return;
  await expectPage(page, "Du er logget ud her");
  await page.getByRole("main").getByRole("link", { name: "Fortsæt", exact: true }).click();
}

/** At the first service with both factors, at the second by the same session. */
async function atBoth(page: Page, [first, second]: [Mellon, Mellon], credentials: Credentials, info: TestInfo): Promise<void> {
  await signInAtService(page, first.url, credentials, withoutScript(info));
  await page.goto(second.url);
  if (withoutScript(info)) await press(page, "Fortsæt");
  await expectPage(page, SECOND);
}

async function expectOut(page: Page, services: Mellon[]): Promise<void> {
  for (const service of services) {
    await page.goto(service.url);
    await expectPage(page, "Log ind");
  }
}

/** What stands under a heading of the receipt. */
const under = (page: Page, heading: string) => page.getByRole("main").locator("h2", { hasText: heading }).locator("xpath=following-sibling::div[1]");

afterDayOne("she signs out of everything, wherever she begins, and waits for nobody", async ({ page, portal, problems, credentials }, info) => {
  afterDayOne.setTimeout(240_000);
  const first = await Mellon.start(portal, { backChannel: false });
  const second = await Mellon.start(portal, { name: SECOND, host: "fag.localhost", backChannel: false });
  const services = [first, second];
  try {
    await afterDayOne.step("a level nobody has, and a stranger who may be asked nothing, are refused to the service", async () => {
      const login = new URL("/mellon/login?IsPassive=true", first.url);
      login.searchParams.set("ReturnTo", first.url);
      for (const [address, why] of [[first.high, "level"], [login.href, "passive"]] as const) {
        await page.goto(address);
        if (withoutScript(info)) await page.getByRole("button", { name: "Fortsæt", exact: true }).click();
        await expectPage(page, `Ikke logget ind i ${FIRST}`);
        await expectEvent(portal, "saml.refused", `"why":"${why}"`);
      }
    });

    await afterDayOne.step("at the portal: both services are told by her browser, and both have closed", async () => {
      await atBoth(page, [first, second], credentials, info);
      await page.goto(`${portal.url}/konto/login`);
      const lines = page.getByRole("main").getByRole("listitem").filter({ hasText: "gennem din browser" });
      await expect(lines).toHaveCount(2);
      await page.getByRole("banner").getByRole("button", { name: "Log af" }).click();
      await onwards(page, info);
      await expectPage(page, "Du er logget ud");
      await expect(under(page, "Disse systemer har logget dig ud").getByRole("listitem")).toHaveText([FIRST, SECOND]);
      await expect(page.getByText("luk browseren")).toBeVisible();
      await expectGoodPage(page);
      await expectEvents(portal, "logout.asked", 2);
      await expectEvents(portal, "service.told", 2, '"outcome":"confirmed"');
      await expectOut(page, [first, second]);
    });

    await afterDayOne.step("on her way to a service she is below its level: she confirms with MitID, and steps up", async () => {
      await signInAtService(page, first.url, credentials, withoutScript(info));
      await change(portal, `update proofings set at = at - ${400 * DAY}`);
      await page.goto(second.url);
      await expectPage(page, "Inden du fortsætter");
      await prove(page, maja);
      if (withoutScript(info)) await press(page, "Fortsæt");
      await expectPage(page, SECOND);
      expect(await shown(page, "loa")).toBe("Substantial");
      await expectEvent(portal, "reconfirmation.done", "a-year");
    });

    await afterDayOne.step("at a service: the other is told, and the first hears that all is closed", async () => {
      await page.goto(first.logout);
      await onwards(page, info);
      await expectPage(page, `Logget ud af ${FIRST}`);
      await expectEvent(portal, "logout.request", new URL(first.url).host);
      await expectEvent(portal, "logout.answered", '"outcome":"everywhere"');
      await page.goto(`${portal.url}/overblik`);
      await expectPage(page, "Log ind");
      await expectOut(page, [first, second]);
    });

    await afterDayOne.step("one that does not answer keeps her from nothing, and the receipt says so", async () => {
      problems.allow(/ERR_CONNECTION_REFUSED/);
      await atBoth(page, [first, second], credentials, info);
      await first.halt();
      await page.goto(`${portal.url}/overblik`);
      const gaveUp = withoutScript(info) ? undefined : page.waitForEvent("requestfailed");
      await page.getByRole("banner").getByRole("button", { name: "Log af" }).click();
      if (gaveUp) await gaveUp;
      else await expectPage(page, "Du er logget ud her");
      await expect(async () => {
        await page.goto(`${portal.url}/logget-ud`);
        await expectPage(page, "Du er logget ud");
        await expect(under(page, "Disse systemer har ikke svaret endnu").getByRole("listitem")).toHaveText([FIRST, SECOND], { timeout: 1_000 });
      }).toPass({ timeout: 20_000 });
      await page.getByRole("main").getByRole("link", { name: "Giv de andre besked" }).click();
      await expectPage(page, "Du er logget ud her");
      await expect(page.getByText(`${FIRST} har ikke svaret.`)).toBeVisible();
      await expectGoodPage(page);
      await press(page, "Gå videre uden svar");
      await onwards(page, info);
      await expectPage(page, "Du er logget ud");
      await expect(under(page, "Disse systemer har logget dig ud").getByRole("listitem")).toHaveText([SECOND]);
      await expect(under(page, "Systemer, du har åbnet, kan stadig være åbne").getByRole("listitem")).toHaveText([new RegExp(`^${FIRST}: senest til `)]);
      await expectEvent(portal, "service.told", "not-waited-for");
    });
    await expectTrailHolds(portal);
  } finally {
    for (const service of services) {
      if (info.status !== info.expectedStatus) await info.attach("apache.log", { body: service.log, contentType: "text/plain" });
      await service.stop();
    }
  }
});

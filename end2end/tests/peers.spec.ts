// Services that nobody here wrote, each with another library: she logs in, is refused what nobody has, shows herself anew,
// and is logged out as far as they can be told.
import type { Page } from "@playwright/test";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { KINDS } from "../lib/peers";
import { shown } from "../lib/service";
import { afterDayOne, expect } from "../lib/test";
import { expectEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, signIn } from "../lib/walk";

/** Ends the session of this browser, from the list of where she is logged in. */
async function leave(page: Page, portal: string): Promise<void> {
  await page.goto(`${portal}/konto/login`);
  const own = page.getByRole("main").locator("dl > div").filter({ hasText: "Denne browser" });
  await own.getByRole("button", { name: /^Afslut login fra/ }).click();
  await expectPage(page, "Du er logget ud");
}

for (const [library, kind] of Object.entries(KINDS)) {
  afterDayOne(`a service with ${library} logs her in, is refused, steps up and logs her out`, async ({ page, portal, credentials }, info) => {
    afterDayOne.setTimeout(240_000);
    const peer = await kind.start(portal);
    const [inside, outside] = [`Logget ind i ${peer.name}`, `Ikke logget ind i ${peer.name}`];
    const said = page.locator("#said");
    /** Without script whatever leads back waits for her. */
    const onwards = async () => {
      if (withoutScript(info)) await page.getByRole("button", { name: "Fortsæt", exact: true }).click();
    };
    const login = (wishes = "") => page.goto(`${peer.url}/login?${wishes}`);
    try {
      await afterDayOne.step("what nobody can reach is refused in words it understands", async () => {
        await login("level=High");
        await onwards();
        await expectPage(page, outside);
        await expect(said).toHaveText(kind.refusedLevel);
        await expectEvent(portal, "saml.refused", '"why":"level"');
      });

      await afterDayOne.step("a stranger is not asked where nothing may be asked", async () => {
        await login("is_passive=1");
        await onwards();
        await expectPage(page, outside);
        await expect(said).toHaveText(kind.refusedPassive);
      });

      await afterDayOne.step("she logs in with both factors", async () => {
        await login("level=Substantial");
        await expect(page.getByText(`Du er på vej til ${peer.name}.`)).toBeVisible();
        await signIn(page, credentials);
        await onwards();
        await expectPage(page, inside);
        expect(await shown(page, "loa")).toBe("Substantial");
        expect(await shown(page, "cvr")).toBe("29189897");
        expect(await shown(page, "orgName")).toBe("Eksempel Kommune");
        expect(await shown(page, "specVersion")).toBe("OIO-SAML-3.0");
        expect(await shown(page, "nameId")).toMatch(/professional\/uuid\/[0-9a-f-]{36}/);
        expect(await shown(page, "relayState"), "it comes back unchanged").toMatch(/^til/);
        await expect(page.getByText(maja.familyName), "no name is given to a service").toHaveCount(0);
        await expectEvent(portal, "token.issued", "Substantial");
      });

      const [name, first] = [await shown(page, "nameId"), await shown(page, "authenticated")];
      await afterDayOne.step("her session answers at once, by the same name", async () => {
        await login("is_passive=1");
        await onwards();
        await expectPage(page, inside);
        expect(await shown(page, "nameId")).toBe(name);
        expect(await shown(page, "authenticated")).toBe(first);
      });

      await afterDayOne.step("it may demand both factors anew", async () => {
        await login("level=Substantial&force_authn=1");
        await expectPage(page, "Bekræft, at det er dig");
        await signIn(page, credentials);
        await onwards();
        await expectPage(page, inside);
        expect(await shown(page, "nameId")).toBe(name);
        expect(Date.parse(await shown(page, "authenticated"))).toBeGreaterThan(Date.parse(first));
      });

      await afterDayOne.step("logged out here she is logged out there, where it can be told", async () => {
        await leave(page, portal.url);
        if (kind.isTold) {
          await expect(async () => {
            await page.goto(peer.url);
            await expect(said).toHaveText("logget ud af portalen", { timeout: 500 });
          }).toPass({ timeout: 20_000 });
          await expectEvent(portal, "service.told", '"outcome":"confirmed"');
        } else {
          await page.goto(`${peer.url}/logout`);
        }
        await expectPage(page, outside);
        await login("is_passive=1");
        await onwards();
        await expectPage(page, outside);
        await expect(said, "nobody is signed in any more").toHaveText(kind.refusedPassive);
        await expectTrailHolds(portal);
      });
    } finally {
      if (peer.log) await info.attach("peer.log", { body: peer.log, contentType: "text/plain" });
      await peer.stop();
    }
  });
}

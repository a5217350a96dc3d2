// Services that nobody here wrote, each with another library: she gives up, logs in, is refused what nobody has, shows herself anew,
// confirms with MitID what is overdue, and is logged out. One holds our old key while it is rolled over.
import type { Page } from "@playwright/test";
import { change } from "../lib/database";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { KINDS, type Peer } from "../lib/peers";
import type { Portal } from "../lib/server";
import { shown } from "../lib/service";
import { afterDayOne, expect } from "../lib/test";
import { expectEvent, expectEvents, expectTrailHolds } from "../lib/trail";
import { expectPage, press, prove, signIn } from "../lib/walk";

/** In the microseconds of the database. */
const DAY = 86_400_000_000;

/** Ends the session of this browser, from the list of where she is logged in. */
async function leave(page: Page, portal: string): Promise<void> {
  await page.goto(`${portal}/konto/login`);
  const own = page.getByRole("main").locator("dl > div").filter({ hasText: "Denne browser" });
  await own.getByRole("button", { name: /^Afslut login fra/ }).click();
  await expectPage(page, "Du er logget ud");
}

/** She logs out at the service: it is told of her other visit there by a form, and then answered by one. */
async function leaveThere(page: Page, peer: Peer, noScript: boolean): Promise<void> {
  await page.goto(`${peer.url}/logout`);
  if (!noScript) return;
  for (const says of [`Nu giver vi ${peer.name} besked`, `Vi sender dig tilbage til ${peer.name}`]) {
    await expect(page.getByText(says)).toBeVisible();
    await press(page, "Fortsæt");
  }
}

/** A new signing key signs for everybody but this service, which holds the old one alone. */
async function rollOver(portal: Portal, { entityId }: Peer): Promise<void> {
  const because = ["--reason", "the certificate ends soon"];
  const key = (line: RegExp, said: string) => line.exec(said)?.[1] ?? "";
  const old = key(/^(\S+) active /m, await portal.command("keys", "saml", "list"));
  const next = key(/^(\S+) is made/m, await portal.command("keys", "saml", "create", ...because));
  const until = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await portal.command("keys", "saml", "publish", next, ...because);
  await portal.command("service", "pin", entityId, "--key", old, "--until", until, ...because);
  await portal.command("keys", "saml", "activate", next, "--now", ...because);
  // It would take the key up by itself, within a minute.
  await portal.restart();
}

for (const [library, kind] of Object.entries(KINDS)) {
  // Where the service itself is told of a logout, nothing but the one button stands in for a script: the other has them all.
  const tag = kind.isTold ? "@script" : [];
  afterDayOne(`a service with ${library} logs her in, is refused, steps up and logs her out`, { tag }, async ({ page, portal, credentials }, info) => {
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

      await afterDayOne.step("she changes her mind on the way, and it hears that she did not sign in", async () => {
        await login("level=Substantial");
        await press(page, `Afbryd, og gå tilbage til ${peer.name}`);
        await onwards();
        await expectPage(page, outside);
        await expect(said).toHaveText(kind.refusedByHer);
        await expectEvent(portal, "token.refused", '"why":"given-up"');
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

      await afterDayOne.step("below the level it demands she is refused, and MitID is the step that reaches it", async () => {
        await change(portal, `update proofings set at = at - ${400 * DAY}`);
        await login("is_passive=1");
        await onwards();
        await expectPage(page, outside);
        await expect(said).toHaveText(kind.refusedPassive);
        await expectEvent(portal, "token.refused", "overdue");
        await login("level=Substantial");
        await expectPage(page, "Inden du fortsætter");
        await prove(page, maja);
        await onwards();
        await expectPage(page, inside);
        expect(await shown(page, "loa")).toBe("Substantial");
        expect(await shown(page, "nameId")).toBe(name);
        await expectEvent(portal, "reconfirmation.done", "a-year");
      });

      const { refusedKey } = kind;
      if (refusedKey !== undefined) {
        await afterDayOne.step("it holds our old key: pinned to it she gets in, and else once it took our metadata", async () => {
          await rollOver(portal, peer);
          await login("is_passive=1");
          await onwards();
          await expectPage(page, inside);
          await portal.command("service", "unpin", peer.entityId, "--reason", "it says it has the new key");
          await login("is_passive=1");
          await onwards();
          await expectPage(page, outside);
          await expect(said).toHaveText(refusedKey);
          await peer.takesMetadata?.();
          await login("is_passive=1");
          await onwards();
          await expectPage(page, inside);
        });
      }

      await afterDayOne.step("logged out here she is logged out there, and the other way round", async () => {
        if (kind.isTold) {
          await leave(page, portal.url);
          await expect(async () => {
            await page.goto(peer.url);
            await expect(said).toHaveText("logget ud af portalen", { timeout: 500 });
          }).toPass({ timeout: 20_000 });
          await expectEvent(portal, "service.told", '"outcome":"confirmed"');
        } else {
          await leaveThere(page, peer, withoutScript(info));
          await expect(said).toHaveText("logget ud af det hele");
          await expectEvent(portal, "logout.request", peer.entityId);
          await expectEvents(portal, "logout.asked", 1);
          await expectEvents(portal, "service.told", 1, '"outcome":"confirmed"');
          await expectEvent(portal, "logout.answered", '"outcome":"everywhere"');
          await page.goto(`${portal.url}/overblik`);
          await expectPage(page, "Log ind");
          await page.goto(peer.url);
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

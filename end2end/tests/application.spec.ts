// An OpenID Connect application that nobody here wrote: she logs in, it is refused what nobody has, she steps up, she logs out.
import type { Page } from "@playwright/test";
import * as oidc from "openid-client";
import { Application, type Kind, LEVEL } from "../lib/application";
import { change } from "../lib/database";
import { expectGoodPage } from "../lib/good-page";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect } from "../lib/test";
import { expectEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, press, prove, signIn } from "../lib/walk";

/** In the microseconds of the database. */
const DAY = 86_400_000_000;

const KINDS: Record<string, Kind> = {
  "with a secret": { proves: "client_secret_basic", signs: "RS256" },
  "with a key of its own, pushing its requests, answered in a form": { proves: "private_key_jwt", signs: "ES256", pushes: true, formPost: true },
  "that can keep no secret and is told in a frame": { proves: "none", signs: "PS256", framed: true },
};

/** Without script what carries the answer waits for her: a form, or a link to the application's address. */
async function onwards(page: Page, kind: Kind): Promise<void> {
  if (kind.formPost) await press(page, "Fortsæt");
  else await page.getByRole("main").getByRole("link", { name: "Fortsæt", exact: true }).click();
}

for (const [name, kind] of Object.entries(KINDS)) {
  afterDayOne(`an application ${name} logs her in, is refused, steps up and logs her out`, async ({ page, portal, credentials }, info) => {
    afterDayOne.slow();
    const app = await Application.start(portal, kind);
    const said = page.locator("#said");
    const login = (more = "") => page.goto(`${app.url}/login?${more}`);
    try {
      await afterDayOne.step("what nobody can reach is refused before anybody signs in", async () => {
        await login(`acr_values=${LEVEL}/High`);
        if (kind.formPost && withoutScript(info)) await page.getByRole("button").click();
        await expectPage(page, "Ikke logget ind i fagsystemet");
        await expect(said).toHaveText("unmet_authentication_requirements");
      });

      await afterDayOne.step("a stranger is not let in without a word", async () => {
        await login("prompt=none");
        if (kind.formPost && withoutScript(info)) await page.getByRole("button").click();
        await expect(said).toHaveText("login_required");
      });

      await afterDayOne.step("she changes her mind on the way, and it hears that she did not sign in", async () => {
        await login(`acr_values=${LEVEL}/Substantial`);
        await press(page, "Afbryd, og gå tilbage til Fagsystemet");
        if (withoutScript(info)) {
          await expectPage(page, "Du går tilbage uden at logge ind");
          await onwards(page, kind);
        }
        await expectPage(page, "Ikke logget ind i fagsystemet");
        await expect(said).toHaveText("access_denied");
        await expectEvent(portal, "token.refused", '"why":"given-up"');
      });

      await afterDayOne.step("she logs in with both factors", async () => {
        await login(`acr_values=${LEVEL}/Substantial&login_hint=${credentials.userName}&ui_locales=da`);
        await expect(page.getByText("Du er på vej til Fagsystemet.")).toBeVisible();
        await expect(page.getByLabel("Brugernavn"), "as the application said").toHaveValue(credentials.userName);
        await expectGoodPage(page);
        await signIn(page, credentials);
        if (withoutScript(info)) await onwards(page, kind);
        await expectPage(page, "Logget ind i fagsystemet");
        await expect(said).toHaveText(`${LEVEL}/Substantial`);
        expect(app.tokens?.claims()).toMatchObject({ loa: "Substantial", ial: "Substantial", aal: "Substantial", amr: ["pwd", "otp", "mfa"] });
        expect(app.user).toMatchObject({ cvr: "29189897", org_name: "Eksempel Kommune" });
        expect(app.user?.name).toBeTruthy();
        expect(app.user, "not released to it").not.toHaveProperty("email");
        await expectEvent(portal, "token.issued", "Substantial");
      });

      const first = app.tokens?.claims();
      await afterDayOne.step("her session answers at once, by the same name", async () => {
        if (kind.formPost && withoutScript(info)) {
          // The answer is given once: what was sent then is what the page is judged by.
          const answered = page.waitForResponse((response) => response.url().includes("/oidc/authorize?") && response.status() === 200);
          await login("prompt=none");
          const source = await (await answered).text();
          await expectPage(page, "Du er logget ind");
          await expectGoodPage(page, source);
          await press(page, "Fortsæt");
        } else {
          await login("prompt=none");
        }
        await expectPage(page, "Logget ind i fagsystemet");
        expect(app.tokens?.claims()).toMatchObject({ sub: first?.sub, auth_time: first?.auth_time });
      });

      await afterDayOne.step("tokens are renewed, looked at and given back", async () => {
        const renewed = await oidc.refreshTokenGrant(app.config, app.tokens?.refresh_token ?? "");
        expect(renewed.claims()).toMatchObject({ sub: first?.sub, acr: `${LEVEL}/Substantial` });
        if (kind.proves !== "none") {
          const looked = await oidc.tokenIntrospection(app.config, renewed.access_token);
          expect(looked).toMatchObject({ active: true, sub: first?.sub });
          await oidc.tokenRevocation(app.config, renewed.access_token);
          expect(await oidc.tokenIntrospection(app.config, renewed.access_token)).toEqual({ active: false });
        }
      });

      await afterDayOne.step("it may demand both factors anew", async () => {
        await login("prompt=login&max_age=60");
        await expectPage(page, "Bekræft, at det er dig");
        await signIn(page, credentials);
        if (withoutScript(info)) await onwards(page, kind);
        await expectPage(page, "Logget ind i fagsystemet");
        expect(app.tokens?.claims()?.auth_time).toBeGreaterThan(first?.auth_time ?? 0);
      });

      if (kind.proves === "client_secret_basic") {
        await afterDayOne.step("below the level it demands it is refused, and MitID is the step that reaches it", async () => {
          await change(portal, `update proofings set at = at - ${400 * DAY}`);
          await login(`acr_values=${LEVEL}/Substantial&prompt=none`);
          await expectPage(page, "Ikke logget ind i fagsystemet");
          await expect(said).toHaveText("interaction_required");
          await login(`acr_values=${LEVEL}/Substantial`);
          await expectPage(page, "Inden du fortsætter");
          await prove(page, maja);
          if (withoutScript(info)) await onwards(page, kind);
          await expectPage(page, "Logget ind i fagsystemet");
          expect(app.tokens?.claims()).toMatchObject({ sub: first?.sub, acr: `${LEVEL}/Substantial` });
          await expectEvent(portal, "reconfirmation.done", "a-year");
        });
      }

      await afterDayOne.step("asked whether she wants to log out, she may stay", async () => {
        await page.goto(`${portal.url}/log-af`);
        await expectPage(page, "Vil du logge ud?");
        await expectGoodPage(page);
      });

      await afterDayOne.step("she logs out there, is logged out here, and it hears so", async () => {
        await page.goto(`${app.url}/logout`);
        if (kind.framed && withoutScript(info)) {
          await expectPage(page, "Du er logget ud her");
          await expectGoodPage(page);
          await press(page, "Fortsæt");
          await page.getByRole("main").getByRole("link", { name: "Fortsæt", exact: true }).click();
        }
        await expectPage(page, "Logget ud af fagsystemet");
        await expect(said).toHaveText("farvel");
        await page.goto(`${portal.url}/overblik`);
        await expectPage(page, "Log ind");
        const sid = app.tokens?.claims()?.sid;
        if (kind.framed) {
          const { issuer } = app.config.serverMetadata();
          expect(app.framed, "told in a frame").toContainEqual({ iss: issuer, sid });
        } else {
          await expect.poll(() => app.told.map((it) => it.sid), { message: "told by the back channel" }).toContain(sid);
        }
        await expect(oidc.fetchUserInfo(app.config, app.tokens?.access_token ?? "", first?.sub ?? "")).rejects.toThrow();
        await expectTrailHolds(portal);
      });
    } finally {
      await app.stop();
    }
  });
}


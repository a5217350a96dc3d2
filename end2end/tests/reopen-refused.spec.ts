// A reopening by the rules: no step before its time, nothing changed on the way, and whatever another holds stays held.
import type { Page } from "@playwright/test";
import { ask, change } from "../lib/database";
import { post } from "../lib/doors";
import { expectGoodPage } from "../lib/good-page";
import { withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import type { Portal } from "../lib/server";
import { shown, signInAtService } from "../lib/service";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { type Credentials, blockingCode, expectPage, press, prove, showCode, showPassword } from "../lib/walk";

// The service's certificate comes from an authority made for this run.
test.use({ ignoreHTTPSErrors: true });

const NEW = "tolv gule tulipaner";
const yesterday = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10);

/** Blocks by the printed code, and stands at step two of opening again. */
async function blockAndBegin(page: Page, portal: Portal, of: Credentials & { blockingCode: string }): Promise<void> {
  await post(page, portal, "/handling/spaer-kode", { user_name: of.userName, blocking_code: of.blockingCode });
  await expectEvent(portal, "login.held", "by-code");
  await page.goto(`${portal.url}/genaktiver`);
  await prove(page, maja);
  await expectPage(page, "Vælg en ny adgangskode");
}

/** From there to the last page. */
async function toTheEnd(page: Page): Promise<void> {
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await press(page, "Fortsæt");
  await page.getByRole("checkbox", { name: /^Min telefon/ }).check();
  await press(page, "Fortsæt");
  await press(page, "Jeg kender det hele – fortsæt");
  await expectPage(page, "Tjek, og åbn kontoen");
}

/** All that a reopening changes, as it is kept. */
function kept(portal: Portal): Promise<string> {
  return ask(portal, `select hex(id), name, hex(seed) from authenticator_apps; select hash, set_at from passwords;
    select hex(id), origin, reason from holds; select hex(mac), spent_at from printed_codes order by mac; select epoch from persons;
    select opened_epoch from persons; select about from flows order by id`);
}

afterDayOne("every later step asked for by hand in her own flow is refused, and changes nothing", async ({ page, portal, mellon, credentials }, info) => {
  test.setTimeout(240_000);
  await blockAndBegin(page, portal, credentials);
  const address = new URL(page.url()).pathname;
  const flow = address.split("/").at(-1) ?? "";
  const before = await kept(portal);
  for (const [path, form] of [
    ["genaktiver-loginmidler", { "keep[0]": "0" }],
    ["genaktiver-app", { name: "Min", code: "123456" }],
    ["genaktiver-aktivitet", {}],
    ["vend", { journey: "genaktiver", page: "1" }],
    ["accepter", { journey: "genaktiver", accept: "yes" }],
    ["afvis", { journey: "genaktiver" }],
    ["genaktiver-aabn", {}],
  ] as const) {
    const response = await post(page, portal, `/handling/${path}`, { flow, ...form });
    expect(response.status(), path).toBe(303);
    expect(response.headers().location, path).toBe(address);
  }
  for (const last of ["/loginmidler", "/vilkaar/1"]) {
    await page.goto(`${address}${last}`);
    await expectPage(page, "Vælg en ny adgangskode");
    await expect(page).toHaveURL(address);
  }
  expect(await kept(portal), "nothing was changed").toBe(before);
  for (const kind of ["reopening.step", "login.reopened", "factor.removed", "terms.declined"]) await expectNoEvent(portal, kind);

  await toTheEnd(page);
  await press(page, "Åbn kontoen");
  await blockingCode(page);
  await expectEvents(portal, "login.reopened", 1);
  await page.goto(`${portal.url}${address}`);
  await expect(page.getByText("Åbn kontoen"), "the flow is spent").toHaveCount(0);
  await signInAtService(page, mellon.url, { ...credentials, password: NEW }, withoutScript(info));
  expect(await shown(page, "loa")).toBe("Substantial");
  await expectTrailHolds(portal);
});

afterDayOne("what another holds is not opened by her, and the page says whom to call", async ({ page, portal, credentials }) => {
  test.setTimeout(180_000);
  await blockAndBegin(page, portal, credentials);
  await toTheEnd(page);
  const confirm = page.url();
  const her = `(select id from persons where user_name = '${maja.userName}')`;
  await change(portal, `insert into holds (id, person, origin, reason, at) values (randomblob(16), ${her}, 'security', 'made-for-a-test', unixepoch() * 1000000)`);
  for (const [origin, told] of [
    ["security", /har spærret kontoen, og kun kommunen kan åbne den\. Ring til servicedesken på/],
    ["service-desk", /har spærret kontoen, og kun kommunen kan åbne den\. Ring til servicedesken på/],
    ["register", /CPR-registeret siger noget om dig, som vi skal se på sammen\. Ring til servicedesken på/],
  ] as const) {
    await test.step(origin, async () => {
      await change(portal, `update holds set origin = '${origin}' where origin <> 'owner'`);
      await page.goto(confirm);
      await press(page, "Åbn kontoen");
      await expectPage(page, "Vi kan ikke åbne din konto");
      await expect(page.getByRole("main")).toContainText(told);
      await expect(page.getByRole("main").getByRole("link", { name: /^Ring/ })).toHaveAttribute("href", /^tel:/);
      await expectGoodPage(page);
      expect(await ask(portal, "select origin from holds order by origin")).toBe(["owner", origin].sort().join("\n"));
    });
  }
  await expectEvents(portal, "reopening.refused", 3);
  await expectNoEvent(portal, "login.reopened");
  await expectNoEvent(portal, "login.hold-lifted");

  await test.step("nor by beginning again", async () => {
    await page.goto("/genaktiver");
    await prove(page, maja);
    await expectPage(page, "Vi kan ikke åbne din konto");
    await expectEvents(portal, "reopening.refused", 4);
  });
  await test.step("and with the old password she is told the same at the sign-in", async () => {
    await page.goto("/log-ind");
    await showPassword(page, credentials);
    await showCode(page, await freshCode(credentials.secret));
    await expectPage(page, "Din konto er spærret");
    await expectNoEvent(portal, "sign-in.done");
  });
  await expectTrailHolds(portal);
});

afterDayOne("whose relation ended meanwhile opens nothing, and the page says whom to ask", async ({ page, portal, credentials }) => {
  test.setTimeout(180_000);
  await blockAndBegin(page, portal, credentials);
  await toTheEnd(page);
  await portal.import({ ...maja, endsOn: yesterday });
  await expectEvent(portal, "association.closed");
  await test.step("the reopening under way is over", async () => {
    await press(page, "Åbn kontoen");
    await expectPage(page, "Genaktivér din konto");
    await expect(page.getByRole("alert")).toContainText("Begynd igen her.");
    await expectNoEvent(portal, "login.reopened");
  });
  await test.step("and so is any other", async () => {
    await page.goto("/genaktiver");
    await prove(page, maja);
    await expectPage(page, "Vi kan ikke åbne din konto");
    await expect(page.getByRole("main")).toContainText("Personalesystemet siger, at du ikke er ansat mere. Passer det ikke, så tal med din leder.");
    await expectGoodPage(page);
  });
  expect(await ask(portal, "select origin from holds order by origin")).toBe("association\nowner");
  await expectEvents(portal, "reopening.refused", 1);
  await expectNoEvent(portal, "login.reopened");
  await expectNoEvent(portal, "login.hold-lifted");
  await expectTrailHolds(portal);
});

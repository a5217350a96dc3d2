// A sign-in with a passkey, in Chromium with its virtual authenticator: what it takes of the server, and how long she waits
// from the button to the page behind it.
import { performance } from "node:perf_hooks";
import { test } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { ASKS, herself } from "../lib/keys";
import { Mailbox } from "../lib/mail";
import { maja } from "../lib/people";
import { Portal } from "../lib/server";
import { choosePassword, expectPage, finish, press, prove, showPassword, walkToProof } from "../lib/walk";
import { figure, median, percentile } from "./lib/figure";
import { cpuWithoutHashing } from "./lib/process";

/** Of this bench; stopped whatever becomes of it. */
let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

const LOGINS = Number(process.env.BENCH_KEY_LOGINS ?? 50);

test("signing in with a passkey", async ({ browser }) => {
  portal = await Portal.start();
  const context = await browser.newContext({ baseURL: portal.url, locale: "da-DK" });
  const page = await context.newPage();
  const phone = await Authenticator.give(page, "phone");
  await walkToProof(page, new Mailbox(portal.mailDir), maja);
  await prove(page, maja);
  await choosePassword(page);
  await page.getByRole("link", { name: "Tilføj adgangsnøgle" }).click();
  await page.waitForLoadState("networkidle");
  await press(page, "Tilføj adgangsnøgle");
  await finish(page);

  /** A sign-in as far as the question for her key, and nothing under way. */
  const toQuestion = async () => {
    await context.clearCookies();
    // Nobody touches it on the login page, where the browser would offer it beside the user name.
    await phone.touched(false);
    await page.goto("/log-ind");
    await showPassword(page, herself);
    await expectPage(page, ASKS);
    await page.waitForLoadState("networkidle");
    await phone.touched(true);
  };
  const waits: number[] = [];
  for (let round = 0; round < LOGINS; round += 1) {
    await toQuestion();
    const clicked = performance.now();
    await press(page, "Start");
    await page.waitForURL("**/overblik", { waitUntil: "commit" });
    waits.push(performance.now() - clicked);
  }
  figure("passkey-login-wait", median(waits), "ms from the button to the overview, median", { atMost: 1000 });
  figure("passkey-login-wait-p95", percentile(waits, 0.95), "ms");

  // What question and answer take; of the page behind them, which every sign-in has, as little as began meanwhile.
  const costs: number[] = [];
  for (let round = 0; round < LOGINS; round += 1) {
    await toQuestion();
    const before = cpuWithoutHashing(portal.pid);
    const answered = page.waitForResponse("**/handling/noegle").then(() => portal && costs.push(cpuWithoutHashing(portal.pid) - before));
    await press(page, "Start");
    await answered;
    await page.waitForURL("**/overblik", { waitUntil: "commit" });
  }
  // Ticks of ten milliseconds say little of one and enough of many.
  const each = costs.reduce((sum, one) => sum + one, 0) / costs.length;
  figure("passkey-login-cpu", each, `ms, question and answer, mean of ${costs.length}, without Argon2id`, { atMost: 3 });
  await context.close();
});

// A service's request that was used, cut or changed: told on a page of ours, with a reference that stands in the log.
import type { Page } from "@playwright/test";
import { expectGoodPage } from "../lib/good-page";
import type { Portal } from "../lib/server";
import { expect, test } from "../lib/test";
import { expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { expectPage, press } from "../lib/walk";

const SERVICE = "/simulator/tjeneste";
const STALE = "Beskeden fra systemet var for gammel eller er brugt.";
const UNKNOWN = "Systemet, du kom fra, er ikke forbundet med dette login, eller dets besked er ikke i orden.";

/** Begins a sign-in at the service; gives the address by which it asked. */
async function asked(page: Page): Promise<string> {
  await page.goto(SERVICE);
  const request = page.waitForRequest((request) => request.url().includes("/saml/sso?"));
  await press(page, "Log ind");
  const url = (await request).url();
  await expectPage(page, "Log ind");
  return url;
}

async function expectBroken(page: Page, portal: Portal, url: string, sentence: string): Promise<void> {
  await page.goto(url);
  await expectPage(page, "Vi kunne ikke logge dig ind");
  await expect(page, "nothing of it is left in the address").toHaveURL("/log-ind/fejl");
  await expect(page.getByRole("main")).toContainText(sentence);
  const reference = await page.getByRole("main").locator(".reference").first().innerText();
  expect(reference).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(portal.log, "what she reads aloud finds the line").toContain(reference);
}

test("used a second time, by her or by somebody else, it opens no sign-in", async ({ page, elsewhere, portal }) => {
  test.slow();
  const url = await asked(page);
  await expectBroken(page, portal, url, STALE);
  await expectGoodPage(page);
  const other = await elsewhere();
  await other.goto(url);
  await expectPage(other, "Vi kunne ikke logge dig ind");
  await expectEvents(portal, "saml.request", 1);
  await expectEvents(portal, "saml.refused", 2);
  await expectNoEvent(portal, "token.issued");
  await page.goto(SERVICE);
  await press(page, "Log ind");
  await expectPage(page, "Log ind");
  await expectTrailHolds(portal);
});

test("cut short or changed on the way, it opens no sign-in", async ({ page, portal }) => {
  test.slow();
  const url = new URL(await asked(page));
  await expectEvents(portal, "saml.request", 1);
  const query = Array.from(url.searchParams);
  const without = (name: string) => new URLSearchParams(query.filter(([key]) => key !== name)).toString();
  const spoilt = (name: string, spoil: (value: string) => string) =>
    new URLSearchParams(query.map(([key, value]) => [key, key === name ? spoil(value) : value])).toString();
  const queries = [
    spoilt("SAMLRequest", (value) => value.slice(0, value.length / 2)),
    spoilt("SAMLRequest", (value) => value.slice(0, -8)),
    spoilt("Signature", (value) => value.slice(0, -8)),
    spoilt("Signature", (value) => `${value.startsWith("A") ? "B" : "A"}${value.slice(1)}`),
    without("Signature"),
    without("SAMLRequest"),
  ];
  for (const query of queries) await expectBroken(page, portal, `/saml/sso?${query}`, UNKNOWN);
  await expectEvents(portal, "saml.refused", queries.length);
  await expectEvents(portal, "saml.request", 1);
  await expectTrailHolds(portal);
});

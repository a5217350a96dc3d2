// The accessibility rules of WCAG 2.2 A and AA, as far as a machine can judge them.
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with the rule and the element of every violation. */
export async function expectAccessible(page: Page): Promise<void> {
  const twin = await withScript(page);
  await twin.page.evaluate(axe.source);
  const violations = await twin.page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ runOnly });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} (${node.failureSummary})`));
  }, rules);
  await twin.close();
  expect(violations, `accessibility of ${page.url()}`).toEqual([]);
}

/** The page itself; where scripts are off, the same document in a browser window that may run the judge. */
async function withScript(page: Page): Promise<{ page: Page; close: () => Promise<void> }> {
  const scripted = await page.evaluate(() => !matchMedia("(scripting: none)").matches);
  const browser = page.context().browser();
  if (scripted || !browser) return { page, close: async () => {} };
  // Its own scripts stay out, as they did there: the page that carries an answer would send it.
  const body = (await page.content()).replaceAll(/<script\b[\s\S]*?<\/script>/g, "");
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const colorScheme = dark ? "dark" : "light";
  const context = await browser.newContext({
    javaScriptEnabled: true, colorScheme, viewport: page.viewportSize(), storageState: await page.context().storageState(),
  });
  const twin = await context.newPage();
  await twin.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }), { times: 1 });
  await twin.goto(page.url());
  return { page: twin, close: () => context.close() };
}

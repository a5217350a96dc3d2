// The accessibility rules of WCAG 2.2 A and AA, as far as a machine can judge them.
import { type BrowserContext, expect, type Page } from "@playwright/test";
import axe from "axe-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with the rule and the element of every violation. */
export async function expectAccessible(page: Page): Promise<void> {
  const judged = await withScript(page);
  await judged.evaluate(axe.source);
  const violations = await judged.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    // Of what is in order it need not tell each place.
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} (${node.failureSummary})`));
  }, rules);
  // A page that goes on by itself does so where she is, not here.
  if (judged !== page) await judged.goto("about:blank");
  expect(violations, `accessibility of ${page.url()}`).toEqual([]);
}

/** The window with scripts beside each browser without: to open one takes longer than to judge a page. */
const twins = new WeakMap<BrowserContext, Promise<Page>>();

/** The page itself; where scripts are off, the same document in a window that may run the judge. */
async function withScript(page: Page): Promise<Page> {
  const scripted = await page.evaluate(() => !matchMedia("(scripting: none)").matches);
  if (scripted) return page;
  const context = page.context();
  const beside = twins.get(context) ?? open(context);
  twins.set(context, beside);
  const twin = await beside;
  // Its own scripts stay out, as they did there: the page that carries an answer would send it.
  const body = (await page.content()).replaceAll(/<script\b[\s\S]*?<\/script>/g, "");
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const size = page.viewportSize();
  await twin.context().clearCookies();
  await twin.context().addCookies(await context.cookies());
  await twin.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  if (size) await twin.setViewportSize(size);
  await twin.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }), { times: 1 });
  await twin.goto(page.url());
  return twin;
}

/** Closed with the browser it stands beside. */
async function open(context: BrowserContext): Promise<Page> {
  const browser = context.browser();
  if (!browser) throw new Error("a browser that cannot open another window");
  const other = await browser.newContext({ javaScriptEnabled: true });
  // Whoever closes everything may be there before.
  context.once("close", () => void other.close().catch(() => {}));
  return other.newPage();
}

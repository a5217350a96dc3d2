// What every page has to be, whatever stands on it: one heading, 320 pixels, WCAG, the keyboard alone.
import { join } from "node:path";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectValidHtml, expectValidSource } from "./html";
import { noteVisit } from "./routes";

/** At 320 CSS pixels (1.4.10) nothing is wider than the window. */
export async function expectReflow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const wider = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const sticksOut = (element: Element) => element.getBoundingClientRect().right > limit + 1;
    return document.documentElement.scrollWidth > limit
      ? Array.from(document.querySelectorAll("body *")).filter(sticksOut).map((element) => element.outerHTML.slice(0, 120))
      : [];
  });
  expect(wider, `wider than 320 px on ${page.url()}`).toEqual([]);
  if (before) await page.setViewportSize(before);
}

/**
 * Everything a machine can say of a page as it stands, and of what the server sent for it: `source`, where that was
 * sent once only.
 */
export async function expectGoodPage(page: Page, source?: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await keepPicture(page);
  await expectReflow(page);
  await expectAccessible(page);
  const status = source === undefined ? await expectValidHtml(page) : await expectValidSource(page, source);
  // Where it is gone, another page stands in its place.
  if (status !== 404 && status !== 410) noteVisit(test.info(), page.url());
}

/** The same rules once more for whoever wants dark pages: other colours, no less contrast. */
export async function expectGoodInTheDark(page: Page): Promise<void> {
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ink(), "the words have another colour").not.toBe(light);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: null });
}

/** With `PICTURES=FOLDER`: how the page looks, whole, one file for each page and size; for people to look at. */
async function keepPicture(page: Page): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  const path = new URL(page.url()).pathname.replaceAll(/[\w-]{22,}/g, "-").replaceAll("/", "_");
  const heading = ((await page.locator("h1").textContent()) ?? "").trim().replaceAll(/[^\wæøåÆØÅ]+/g, "-").slice(0, 40);
  await page.screenshot({ path: join(folder, `${path} ${heading} ${test.info().project.name}.png`), fullPage: true });
}

/** Presses Tab until the focus is where it should be; fails when it never gets there, or nobody sees it there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle + getComputedStyle(element).boxShadow);
      expect(outline, "the focus is seen").not.toBe("nonenone");
      return;
    }
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

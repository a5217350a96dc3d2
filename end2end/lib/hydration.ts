// Whether the islands of a page are awake: without this, a page that never wakes looks as good as one that does.
import { expect, type Page, type TestInfo } from "@playwright/test";

/** True in the projects that run without scripts. */
export function withoutScript(info: TestInfo): boolean {
  return info.project.name.endsWith("-nojs");
}

/** Waits until every island of the page is awake, where there is one. With scripts off: nothing to wait for. */
export async function waitHydrated(page: Page, info: TestInfo): Promise<void> {
  if ((await page.locator("leptos-island, form[data-ceremony]").count()) > 0) await expectIslandsAwake(page, info);
}

/** The same, on a page that must have islands. */
export async function expectIslandsAwake(page: Page, info: TestInfo): Promise<void> {
  if (withoutScript(info)) return;
  await expect(page.locator("html"), "the islands are awake").toHaveAttribute("data-islands", "awake");
}

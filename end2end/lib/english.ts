// Pages for who reads English.
import { expect, type Page, type TestInfo } from "@playwright/test";
import { expectGoodPage } from "./good-page";
import { waitHydrated } from "./hydration";
import { expectPage } from "./walk";

/** The page stands there in English, and nothing of it was left in Danish. */
export async function expectEnglish(page: Page, title: string | RegExp): Promise<void> {
  await expectPage(page, title);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("main"), "no Danish is left").not.toContainText(/ (og|eller|ikke|din|dit) /);
}

/** The same, of a page as good as every page has to be. */
export async function expectGoodEnglish(page: Page, title: string | RegExp, info: TestInfo): Promise<void> {
  await expectEnglish(page, title);
  await waitHydrated(page, info);
  await expectGoodPage(page);
}

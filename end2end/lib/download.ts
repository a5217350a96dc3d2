// A file that a link of the page gives.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

/** Takes the file behind a link. */
export async function download(page: Page, name: string): Promise<Buffer> {
  const coming = page.waitForEvent("download");
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
  return readFileSync(await (await coming).path());
}

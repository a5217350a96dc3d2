// Being at a service: signing in there, and what it shows of whoever did.
import type { Page } from "@playwright/test";
import { type Credentials, expectPage, press, signIn } from "./walk";

/** Sign-in at a service, with both factors. */
export async function signInAtService(page: Page, url: string, credentials: Credentials, noScript: boolean): Promise<void> {
  await page.goto(url);
  await signIn(page, credentials);
  if (noScript) await press(page, "Fortsæt");
  await expectPage(page, "Prøvetjenesten");
}

/** What the page behind the login shows under a name. */
export function shown(page: Page, name: string): Promise<string> {
  return page.locator("dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd").innerText();
}

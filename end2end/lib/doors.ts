// What stands behind every door by which a login is blocked: the receipt, and the page that says nothing was blocked.
import { type APIResponse, type Page, expect } from "@playwright/test";
import type { Portal } from "./server";
import { expectEvent } from "./trail";
import { expectPage, press } from "./walk";

export const BLOCKED = "Din konto er spærret";
export const NOT_BLOCKED = "Din konto blev ikke spærret";

/** The receipt: when to the second, and what she can read aloud. Gives the reference. */
export async function expectReceipt(page: Page): Promise<string> {
  await expectPage(page, BLOCKED);
  await expect(page).toHaveURL(/\/spaer\/kvittering$/);
  const receipt = page.getByRole("status").filter({ hasText: BLOCKED });
  await expect(receipt).toContainText(/Spærret \S+ d\. \d+\. \S+ \d{4} kl\. \d\d\.\d\d\.\d\d/);
  await expect(receipt).toContainText("Du gjorde det rigtige.");
  const reference = await receipt.locator(".reference").innerText();
  expect(reference).toMatch(/^SP-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await expect(page.getByRole("main")).toContainText("ring til din vagtleder");
  return reference;
}

/** One page for everything that did not block, with the other doors and the phone, and nothing about whom. */
export async function expectNotBlocked(page: Page): Promise<void> {
  await expectPage(page, NOT_BLOCKED);
  await expect(page).toHaveURL(/\/spaer\/ikke-spaerret$/);
  const main = page.getByRole("main");
  await expect(main).toContainText("spærrede ikke noget. Alt er, som det var.");
  await expect(main.getByRole("link", { name: "Spær med din spærrekode" })).toBeVisible();
  await expect(main.getByRole("link", { name: "Spær med din adgangskode" })).toBeVisible();
  await expect(main.getByRole("button", { name: "Spær med MitID" })).toBeVisible();
  await expect(main.getByRole("link", { name: /^Eller ring/ })).toHaveAttribute("href", /^tel:/);
  await expect(page.getByText(/Maja|Holm/)).toHaveCount(0);
}

export async function fillCode(page: Page, userName: string, code: string): Promise<void> {
  await expectPage(page, "Spær med din spærrekode");
  await page.getByLabel("Brugernavn").fill(userName);
  await page.getByLabel("Spærrekode").fill(code);
  await press(page, "Spær");
}

export async function fillPassword(page: Page, userName: string, password: string): Promise<void> {
  await expectPage(page, "Spær med din adgangskode");
  await page.getByLabel("Brugernavn").fill(userName);
  await page.getByLabel("Adgangskode", { exact: true }).fill(password);
  await press(page, "Spær");
}

/** Posts what anybody could post by hand. */
export function post(page: Page, portal: Portal, path: string, form: Record<string, string>): Promise<APIResponse> {
  return page.request.post(`${portal.url}${path}`, { form, headers: { origin: portal.url }, maxRedirects: 0 });
}

/** Whether a service told the portal that her session is over. */
export async function confirmed(portal: Portal): Promise<boolean> {
  return expectEvent(portal, "service.told", '"outcome":"confirmed"').then(
    () => true,
    () => false,
  );
}

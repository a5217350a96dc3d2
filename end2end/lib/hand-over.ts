// Going on with the phone: what goes from one screen to the other.
import { expect, type Page } from "@playwright/test";

/** What the computer's picture says. */
export async function linkOn(computer: Page): Promise<string> {
  const address = (await computer.locator("#link").textContent()) ?? "";
  expect(address).toMatch(/\/telefon\/[0-9a-f]{64}$/);
  return address;
}

/** The number the phone shows, as it stands there. */
export function numberOn(phone: Page): Promise<string> {
  return phone.getByText(/^\d{3} \d{3}$/).innerText();
}

/** Another number. */
export const otherThan = (number: string): string => (number === "000 000" ? "000001" : "000000");

// A person's passkeys and security keys on her pages: added, shown, and the list where more are added and removed.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Authenticator } from "./authenticator";
import type { Mailbox } from "./mail";
import { maja } from "./people";
import { freshCode } from "./totp";
import { PASSWORD, choosePassword, expectPage, finish, press, prove, showPassword, walkToProof } from "./walk";

/** Where her key is asked for at a sign-in. */
export const ASKS = "Brug din adgangsnøgle eller sikkerhedsnøgle";
/** Who has a key and no app. */
export const herself = { userName: maja.userName, password: PASSWORD, secret: "" };

/** As far as the cards of day one. */
export async function walkToChoice(page: Page, mailbox: Mailbox): Promise<void> {
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await expectPage(page, "Vælg et loginmiddel");
}

/** Day one with a key and nothing else. */
export async function enrolWithKey(page: Page, mailbox: Mailbox, button: "Tilføj adgangsnøgle" | "Tilføj sikkerhedsnøgle"): Promise<void> {
  await walkToChoice(page, mailbox);
  await page.getByRole("link", { name: button }).click();
  await expectPage(page, button);
  await openDialog(page, button);
  await finish(page);
}

/** Presses the button that opens the browser's dialog, once there is something behind it. */
export async function openDialog(page: Page, button: string): Promise<void> {
  await expect(page.locator("html"), "there is something behind the button").toHaveAttribute("data-islands", "awake");
  await press(page, button);
}

/** What the page says of the dialog. */
export function said(page: Page): Locator {
  return page.getByRole("main").getByRole("status").filter({ hasText: /./ });
}

/** Her password, while nobody touches the key: the login page would offer it beside the user name. */
export async function walkToKey(page: Page, key: Authenticator): Promise<void> {
  await key.touched(false);
  await page.goto("/log-ind");
  await showPassword(page, herself);
  await expectPage(page, ASKS);
}

/** The key, where it is asked for. */
export async function showKey(page: Page): Promise<void> {
  await expectPage(page, ASKS);
  await openDialog(page, "Start");
}

/** Both factors: the password first, then the key. */
export async function signInWithKey(page: Page, key: Authenticator): Promise<void> {
  await walkToKey(page, key);
  await key.touched(true);
  await showKey(page);
}

/** Confirms again with a code of her app. */
export async function confirmByCode(page: Page, secret: string): Promise<void> {
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(secret));
  await press(page, "Fortsæt");
}

/** To the page where she may add and remove, after confirming with what she has. */
export async function openMethods(page: Page, confirm: () => Promise<void>): Promise<void> {
  await page.goto("/konto/loginmidler");
  await press(page, "Tilføj eller fjern");
  await expectPage(page, "Bekræft igen");
  await confirm();
  await expectPage(page, "Tilføj eller fjern loginmidler");
}

// Login methods for who reads English: every page where one is added, shown, tried, named, replaced or handed over to the
// phone. Each is as good as every page has to be; the ones people see most often in the dark, too.
import type { Page, TestInfo } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { expectEnglish, expectGoodEnglish } from "../lib/english";
import { Gadget } from "../lib/gadget";
import { expectGoodInTheDark } from "../lib/good-page";
import { linkOn, numberOn, otherThan } from "../lib/hand-over";
import { withoutScript } from "../lib/hydration";
import { openDialog, said, walkToChoice } from "../lib/keys";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode, totp } from "../lib/totp";
import { expectEvents } from "../lib/trail";
import { type Credentials, PASSWORD, addApp, expectPage, press } from "../lib/walk";

test.beforeEach(() => test.slow());

const follow = (page: Page, link: string) => page.getByRole("main").getByRole("link", { name: link, exact: true }).click();

/** An app, where one is offered; gives its key. */
async function readKey(page: Page): Promise<string> {
  return (await page.getByLabel("Can't scan?").innerText()).replaceAll(/\s/g, "");
}

async function enterAppCode(page: Page, secret: string): Promise<void> {
  await page.getByLabel("Enter the code the app shows now").fill(totp(secret));
  await press(page, "Confirm");
}

/** The password, on the page that asks for it in English. */
async function showPassword(page: Page, { userName, password }: Credentials): Promise<void> {
  await page.goto("/log-ind?sprog=en");
  await expectEnglish(page, "Sign in");
  await page.getByLabel("User name").fill(userName);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await press(page, "Sign in");
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await press(page, "Continue");
}

/** With script a page goes on by itself; without, by this. */
async function goesOn(page: Page, info: TestInfo, by: string): Promise<void> {
  if (withoutScript(info)) await follow(page, by);
}

test("day one's login methods, and the phone beside the computer", async ({ page, portal, mailbox, elsewhere }, info) => {
  const look = (title: string, at = page) => expectGoodEnglish(at, title, info);
  await walkToChoice(page, mailbox);
  await new Gadget("1001").handOut(portal, maja);
  await page.getByRole("banner").getByRole("link", { name: "English" }).click();
  await look("Choose a login method");
  for (const [link, title] of [
    ["Add a passkey", "Add a passkey"], ["Add a security key", "Add a security key"],
    ["Add an authenticator app", "Add an authenticator app"], ["Take a code device into use", "Take your code device into use"],
  ] as const) {
    await test.step(link, async () => {
      await follow(page, link);
      await look(title);
      await page.goBack();
      await expectEnglish(page, "Choose a login method");
    });
  }
  await press(page, "Continue on your phone");
  await look("Continue on your phone");
  const phone = await elsewhere();
  const link = await linkOn(page);
  await phone.goto(`${link}?sprog=en`);
  await look("Is this your phone?", phone);
  await press(phone, "Continue on this phone");
  await look("Enter the number on the computer", phone);
  const number = await numberOn(phone);
  if (!withoutScript(info)) await expect(page.getByRole("main")).toContainText("A phone opened the link.");
  await page.getByLabel("The number on the phone").fill(otherThan(number));
  await press(page, "Next");
  await expect(page.getByRole("alert")).toContainText("You can try 2 more times.");
  await look("Continue on your phone");
  await page.getByLabel("The number on the phone").fill(number);
  await press(page, "Next");
  await look("Finish on the phone");
  await goesOn(phone, info, "I have entered the number");
  await look("What do you want to add?", phone);
  await follow(phone, "Add a passkey (recommended)");
  await look("Add a passkey", phone);
  await follow(phone, "Choose something else");
  await press(phone, "Add an authenticator app");
  await look("Add an authenticator app", phone);
  await phone.getByLabel("Name the app").fill("The new phone");
  await phone.getByLabel("Enter the code the app shows now").fill("12345");
  await press(phone, "Confirm");
  await expect(phone.getByRole("alert")).toContainText("The code is 6 digits.");
  await look("Add an authenticator app", phone);
  await enterAppCode(phone, await readKey(phone));
  await look("Say yes on the computer", phone);
  await goesOn(page, info, "I am done on the phone");
  await look("Is this your login method?");
  await press(page, "Yes, add it");
  await look("Check and finish");
  if (!withoutScript(info)) await look("You are done on the phone", phone);
  await phone.goto(link);
  await look("The link no longer works", phone);
  await press(page, "Finish");
  await look("Save your codes");
  await expectGoodInTheDark(page);
  await expect(page.getByText(`Eksempel Kommune. User name ${maja.userName}. Made `)).toBeVisible();
  await expectEvents(portal, "factor.added", 1);
});

test("the sign-in by code, another way, a recovery code, and the keys that stand in", async ({ page, mailbox }, info) => {
  const look = (title: string) => expectGoodEnglish(page, title, info);
  await walkToChoice(page, mailbox);
  const secret = await addApp(page);
  await expectPage(page, "Tjek og gør færdig");
  await press(page, "Gør færdig");
  await expectPage(page, "Gem dine koder");
  const recovery = await page.locator(".code-sheet ol code").first().innerText();
  await showPassword(page, { userName: maja.userName, password: PASSWORD, secret });
  await look("Enter the code from your app");
  await expectGoodInTheDark(page);
  await giveCode(page, "12345");
  await look("Enter the code from your app");
  await follow(page, "Choose another way");
  await look("Choose another way");
  await expectGoodInTheDark(page);
  await follow(page, "Recovery code from your sheet");
  await look("Use a recovery code");
  await press(page, "Continue");
  await expect(page.getByRole("alert")).toContainText("Enter a code from your sheet.");
  await page.getByLabel("Recovery code", { exact: true }).fill("ABCDE-FGHJ-KMNP");
  await press(page, "Continue");
  await expect(page.getByRole("alert")).toContainText("The code does not match, or it has been used.");
  await look("Use a recovery code");
  await page.getByLabel("Recovery code", { exact: true }).fill(recovery);
  await press(page, "Continue");
  await look("Confirm with MitID");
  await confirm(page);
  await look("Add an authenticator app");
  await lookAtKeys(page, look);
  await page.getByLabel("Name the app").fill("The new phone");
  const added = await readKey(page);
  await enterAppCode(page, added);
  await expectEnglish(page, /^Hello /);

  await test.step("what recovery added removes nothing in its first hour", async () => {
    await follow(page, "Your login methods");
    await press(page, "Add or remove");
    await giveCode(page, "000000");
    await expect(page.getByRole("alert")).toContainText("The code does not match.");
    await look("Confirm it's you");
    await giveCode(page, await freshCode(added));
    await follow(page, "Remove Min telefon");
    await press(page, "Remove Min telefon");
    await expect(page.getByRole("alert")).toContainText("For the first hour it cannot remove others.");
    await look("Your login methods");
  });

  await test.step("and where a blocked login is opened", async () => {
    await page.goto("/spaer/nu");
    await press(page, "Block my account now");
    await expectEnglish(page, "Your account is blocked");
    await page.goto("/genaktiver");
    await look("Reactivate your account");
    await confirm(page);
    await look("Choose a new password");
    await page.getByLabel("New password").fill("tolv gule tulipaner");
    await press(page, "Continue");
    await look("Which login methods are yours?");
    await press(page, "Continue");
    await look("Add an authenticator app");
    await lookAtKeys(page, look);
  });
});

/** To MitID, and back as Maja. */
async function confirm(page: Page): Promise<void> {
  await press(page, "Confirm with MitID");
  await expectPage(page, "Who do you want to be?");
  await page.getByRole("button", { name: new RegExp(`^${maja.inSimulator}`) }).click();
}

/** From the page of the app to those of the keys beside it, and back. */
async function lookAtKeys(page: Page, look: (title: string) => Promise<void>): Promise<void> {
  for (const title of ["Add a passkey", "Add a security key"]) {
    await follow(page, title);
    await look(title);
    await follow(page, "Choose another login method");
    await expectEnglish(page, "Add an authenticator app");
  }
}

afterDayOne("the login methods of an account, and the sign-in with a key", { tag: "@script" }, async ({ page, portal, credentials }, info) => {
  const look = (title: string) => expectGoodEnglish(page, title, info);
  const gadget = new Gadget("1002");
  await gadget.handOut(portal, maja);
  await showPassword(page, credentials);
  await expectEnglish(page, "Enter the code from your app");
  await giveCode(page, await freshCode(credentials.secret));
  await expectEnglish(page, /^Hello /);
  await follow(page, "Your login methods");
  await look("Your login methods");

  await test.step("a code device", async () => {
    await press(page, "Take the code device into use");
    await look("Confirm it's you");
    await giveCode(page, await freshCode(credentials.secret));
    await page.getByLabel("Enter the code it shows now").fill("000000");
    await press(page, "Take into use");
    await expect(page.getByRole("alert")).toContainText("The code does not match.");
    await look("Take your code device into use");
    await page.getByLabel("Enter the code it shows now").fill(gadget.press());
    await press(page, "Take into use");
    await expectEnglish(page, "Your login methods");
    await follow(page, "Do the codes of your code device not fit?");
    await press(page, "Set the code device");
    await expect(page.getByRole("alert")).toContainText("Enter the next code too.");
    await look("Set your code device");
    await follow(page, "Back");
  });

  await test.step("a security key is added, tried and named", async () => {
    await press(page, "Add or remove");
    await expectEnglish(page, "Confirm it's you");
    await giveCode(page, gadget.press());
    await look("Add or remove login methods");
    for (const title of ["Add a passkey", "Add an authenticator app", "Add a security key"]) {
      await follow(page, title);
      await look(title);
      if (title !== "Add a security key") await follow(page, "Back");
    }
    await Authenticator.give(page, "key");
    await openDialog(page, "Add the security key");
    await look("Your login methods");
    await expectGoodInTheDark(page);
    await page.getByRole("link", { name: "Test or edit My security key" }).click();
    await look("My security key");
    await openDialog(page, "Test");
    await expect(page.getByRole("main")).toContainText("It works. Together with your password you can sign in with it.");
    await press(page, "Give it a new name");
    await look("Confirm it's you");
    await openDialog(page, "Begin");
    await expectEnglish(page, "Add or remove login methods");
    await page.getByRole("radio", { name: "My security key" }).check();
    await press(page, "Save the name");
    await expect(page.getByRole("alert")).toContainText("Enter a name of 1-30 characters");
    await look("Add or remove login methods");
    await page.getByLabel("What do you want to call it?").fill("Blue key");
    await press(page, "Save the name");
    await expectEnglish(page, "Blue key");
    await press(page, "Ask for it first");
    await look("Blue key");
  });

  await test.step("a new sheet", async () => {
    await follow(page, "Back");
    await press(page, "New codes");
    await look("Confirm it's you");
    await openDialog(page, "Begin");
    await look("Make new codes");
    await press(page, "Make new codes");
    await look("Save your codes");
    const sheet = page.url();
    await page.getByRole("checkbox", { name: "I have saved them" }).check();
    await press(page, "Continue");
    await expectEnglish(page, "Your login methods");
    await page.goto(sheet);
    await look("It took too long");
  });

  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await expectEnglish(page, "You are signed out");
  await showPassword(page, credentials);
  await look("Use your passkey or security key");
  await expectGoodInTheDark(page);
  await follow(page, "Choose another way");
  await look("Choose another way");
  await follow(page, "My code device shows codes that do not fit");
  await look("Set your code device");
  await page.goBack();
  await follow(page, "Passkey or security key");
  await openDialog(page, "Begin");
  await expectEnglish(page, /^Hello /);
});

afterDayOne("a dialog that is closed, and a method that is removed", { tag: "@script" }, async ({ page, portal, credentials }, info) => {
  const phone = await Authenticator.give(page, "phone");
  await phone.touched(false);
  await showPassword(page, credentials);
  await giveCode(page, await freshCode(credentials.secret));
  await expectEnglish(page, /^Hello /);
  await follow(page, "Your login methods");
  await press(page, "Add or remove");
  await giveCode(page, await freshCode(credentials.secret));
  await follow(page, "Add a passkey");
  await phone.touched(true);
  await phone.verifies(false);
  await openDialog(page, "Add the passkey");
  await expect(said(page)).toContainText("The window was closed before you were done, or it took too long. Nothing has happened.");
  await expectGoodEnglish(page, "Add a passkey", info);
  await phone.verifies(true);
  await openDialog(page, "Add the passkey");
  await expectEnglish(page, "Your login methods");
  await press(page, "Add or remove");
  await openDialog(page, "Begin");
  await follow(page, "Remove Min telefon");
  await expectGoodEnglish(page, "Remove Min telefon?", info);
  await press(page, "Remove Min telefon");
  await expect(page.getByRole("status").filter({ hasText: "The login method is removed." })).toBeVisible();
  await expectGoodEnglish(page, "Your login methods", info);
  await expectEvents(portal, "factor.removed", 1, "account");
  await press(page, "Add or remove");
  await expectEnglish(page, "Confirm it's you");
  await openDialog(page, "Begin");
  await expect(page.getByRole("main")).toContainText("It is the last one you can sign in with. Add another before you remove it.");
  await expectGoodEnglish(page, "Add or remove login methods", info);
});

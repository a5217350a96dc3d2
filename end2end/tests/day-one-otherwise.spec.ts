// Day one for who reads English, and for who uses no pointer.
import type { Locator } from "@playwright/test";
import { expectEnglish } from "../lib/english";
import { tabTo } from "../lib/good-page";
import { waitHydrated } from "../lib/hydration";
import { maja } from "../lib/people";
import { expect, test } from "../lib/test";
import { freshCode, totp } from "../lib/totp";
import { expectEvent, expectTrailHolds } from "../lib/trail";
import { PASSWORD, expectPage, invitation } from "../lib/walk";

test("in English, from the letter to the overview", async ({ page, portal, mailbox }) => {
  test.slow();
  const main = page.getByRole("main");
  const button = (name: string) => main.getByRole("button", { name, exact: true });
  const stands = (title: string | RegExp) => expectEnglish(page, title);
  await page.goto(`${await invitation(mailbox, maja)}?sprog=en`);
  await stands("Get started");
  await button("Begin").click();
  await stands(/^Read the terms \(part 1 of \d\)$/);
  await expect(main).toContainText("The Danish text is the binding one; this is a translation.");
  const pages = Number(/of (\d+)/.exec((await page.getByRole("heading", { level: 1 }).textContent()) ?? "")?.[1]);
  for (let part = 1; part < pages; part += 1) {
    await stands(`Read the terms (part ${part} of ${pages})`);
    await button("Next").click();
  }
  await stands(`Accept the terms (part ${pages} of ${pages})`);
  await button("Accept").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await stands(/^Accept the terms/);
  await page.getByRole("checkbox", { name: /I have read the terms and accept them/ }).check();
  await button("Accept").click();
  await stands("Confirm who you are");
  await button("Confirm with MitID").click();
  await expectPage(page, "Who do you want to be?");
  await page.getByRole("button", { name: /^Maja Holm/ }).click();
  await stands("Create your password");
  await page.getByLabel("New password").fill("too short");
  await button("Save the password").click();
  await expect(page.getByRole("alert")).toContainText("12");
  await page.getByLabel("New password").fill(PASSWORD);
  await button("Save the password").click();
  await stands("Choose a login method");
  await page.getByRole("link", { name: "Add an authenticator app" }).click();
  await stands("Add an authenticator app");
  const secret = (await page.getByLabel("Can't scan?").innerText()).replaceAll(/\s/g, "");
  await page.getByLabel("Enter the code the app shows now").fill(totp(secret));
  await button("Confirm").click();
  await stands("Check and finish");
  await button("Finish").click();
  await stands("Save your codes");
  await main.getByRole("checkbox").check();
  await button("Continue").click();
  await stands("You're ready");
  await page.goto("/log-ind");
  await stands("Sign in");
  await page.getByLabel("User name").fill(maja.userName);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await button("Sign in").click();
  await stands("Enter the code from your app");
  await page.getByLabel("Code", { exact: true }).fill(await freshCode(secret));
  await button("Continue").click();
  await stands(/^Hello /);
  await expectEvent(portal, "terms.accepted");
  await expectEvent(portal, "enrolment.finished");
  await expectTrailHolds(portal);
});

test("by the keyboard alone, from the letter to being ready", async ({ page, portal, mailbox }, info) => {
  test.slow();
  const main = page.getByRole("main");
  const enter = async (target: Locator) => {
    await waitHydrated(page, info);
    await tabTo(page, target);
    await page.keyboard.press("Enter");
  };
  const tick = async (target: Locator) => {
    await waitHydrated(page, info);
    await tabTo(page, target);
    await page.keyboard.press("Space");
    await expect(target).toBeChecked();
  };
  const write = async (target: Locator, what: string) => {
    await waitHydrated(page, info);
    await tabTo(page, target);
    await page.keyboard.type(what);
    await page.keyboard.press("Enter");
  };
  const button = (name: string) => main.getByRole("button", { name, exact: true });
  await page.goto(await invitation(mailbox, maja));
  await expectPage(page, "Kom i gang");
  await enter(button("Begynd"));
  await expectPage(page, /^Læs vilkårene \(del 1/);
  const pages = Number(/af (\d+)/.exec((await page.getByRole("heading", { level: 1 }).textContent()) ?? "")?.[1]);
  for (let part = 1; part < pages; part += 1) {
    await expectPage(page, `Læs vilkårene (del ${part} af ${pages})`);
    await enter(button("Næste"));
  }
  await expectPage(page, /^Acceptér vilkårene/);
  await tick(page.getByRole("checkbox", { name: /Jeg har læst vilkårene/ }));
  await enter(button("Acceptér"));
  await expectPage(page, "Bekræft, hvem du er");
  await enter(button("Bekræft med MitID"));
  await expectPage(page, "Hvem vil du være?");
  await enter(page.getByRole("button", { name: /^Maja Holm/ }));
  await expectPage(page, "Vælg din adgangskode");
  await write(page.getByLabel("Ny adgangskode"), PASSWORD);
  await expectPage(page, "Vælg et loginmiddel");
  await enter(page.getByRole("link", { name: "Tilføj godkender-app" }));
  await expectPage(page, "Tilføj godkender-app");
  const secret = (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
  await write(page.getByLabel("Skriv den kode, appen viser nu"), totp(secret));
  await expectPage(page, "Tjek og gør færdig");
  await enter(button("Gør færdig"));
  await expectPage(page, "Gem dine koder");
  await tick(page.getByRole("checkbox", { name: "Jeg har gemt dem" }));
  await enter(button("Fortsæt"));
  await expectPage(page, "Du er klar");
  await expectEvent(portal, "enrolment.finished");
  await expectTrailHolds(portal);
});

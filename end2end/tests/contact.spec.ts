// Where notices go, and her own data: each behind a fresh code from her app. Every way at both sizes, with script and without.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { expectGoodPage } from "../lib/good-page";
import { maja } from "../lib/people";
import { Phone } from "../lib/phone";
import { afterDayOne, expect, test } from "../lib/test";
import { freshCode } from "../lib/totp";
import { expectEvent, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { type Credentials, expectPage, press, signInHere } from "../lib/walk";

const OWN = "maja.egen@privat.test";
const MOBILE = "+4570000001";

/** The row of a kind on the page of channels. */
const row = (page: Page, kind: string) => page.getByRole("main").locator("dl > div").filter({ hasText: kind });

async function look(page: Page, title: string): Promise<void> {
  await expectPage(page, title);
  await expectGoodPage(page);
}

/** Page 8, with a code nobody has used. */
async function confirm(page: Page, credentials: Credentials): Promise<void> {
  await look(page, "Bekræft igen");
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(credentials.secret));
  await press(page, "Fortsæt");
}

afterDayOne("she gives a private mail of her own, and old and new are told", async ({ page, portal, mailbox, credentials }) => {
  test.slow();
  const added = await mailbox.newest(maja.workMail, /Nyt loginmiddel/);
  for (const part of [/Browser: Chrome på \S+/, "IP-adresse: 127.0.0.1", "Var det ikke dig?", /kl\. \d\d\.\d\d \(dansk/, "Reference: "]) {
    expect(added.text).toMatch(part);
  }
  await signInHere(page, credentials);
  await page.getByRole("main").getByRole("link", { name: "Kontakt til dig" }).click();
  await look(page, "Kontakt til dig");
  await expect(row(page, "Mail på arbejde")).toContainText("Fra HR. Den bliver altid brugt.");
  await expect(row(page, "Privat mail")).toContainText(maja.privateMail);
  await row(page, "Privat mail").getByRole("button", { name: "Skift privat mail" }).click();
  await page.getByLabel("Kode", { exact: true }).fill("000000");
  await press(page, "Fortsæt");
  await expect(page.getByRole("alert")).toContainText("Koden passer ikke");
  await confirm(page, credentials);
  await look(page, "Skift privat mail");
  await page.getByLabel("Din private mailadresse").fill("ikke en adresse");
  await press(page, "Send kode");
  await expect(page.getByRole("alert")).toContainText("Skriv en mailadresse som");
  await expectGoodPage(page);
  await page.getByLabel("Din private mailadresse").fill(OWN);
  await press(page, "Send kode");
  await look(page, "Skriv koden, vi har sendt");
  await expect(page.getByRole("main")).toContainText(OWN);
  const letter = await mailbox.newest(OWN, /kode til Kontakt til dig/i);
  const code = /Din kode er (\d{4} \d{4})/.exec(letter.text)?.[1] ?? "";
  expect(letter.subject).not.toContain(code);
  expect(letter.html).toContain(code);
  await page.getByLabel("Kode", { exact: true }).fill("1234");
  await press(page, "Bekræft");
  await expect(page.getByRole("alert")).toContainText("8 cifre");
  await page.getByLabel("Kode", { exact: true }).fill(code);
  await press(page, "Bekræft");
  await look(page, "Kontakt til dig");
  await expect(page.getByRole("status").filter({ hasText: "Fra nu af går beskeder også hertil" })).toBeVisible();
  await expect(row(page, "Privat mail")).toContainText("Bekræftet af dig");
  await expect(row(page, "Privat mail")).toContainText(/maja@privat\.test får beskederne med til kl\. \d\d\.\d\d/);
  await expect(row(page, "Privat mail").getByRole("button")).toHaveCount(0);
  for (const address of [maja.workMail, maja.privateMail, OWN]) {
    const told = await mailbox.newest(address, /kontaktoplysning er ændret/i);
    expect(told.links.some((link) => link.includes("/var-det-dig/")), address).toBe(true);
    expect(told.text).toContain("has been changed");
  }
  await expectEvent(portal, "contact.changed");
  await expectTrailHolds(portal);
});

afterDayOne("she gives a mobile number of her own, and takes her mail away", async ({ page, portal, credentials }) => {
  test.slow();
  const phone = new Phone(portal.smsDir);
  const welcome = await phone.newest(MOBILE, /login er gjort klar/);
  expect(welcome).not.toContain("/kom-i-gang/");
  await phone.newest(MOBILE, /Nyt loginmiddel tilføjet/);
  await signInHere(page, credentials);
  await page.goto("/konto/kontakt");
  await row(page, "Mobil").getByRole("button", { name: "Skift mobilnummer" }).click();
  await confirm(page, credentials);
  await look(page, "Skift mobilnummer");
  await page.getByLabel("Dit mobilnummer").fill("70 00 00 99");
  await press(page, "Send kode");
  const sms = await phone.newest("+4570000099", /Din kode er/);
  expect(sms.length).toBeLessThanOrEqual(306);
  await page.getByLabel("Kode", { exact: true }).fill(/Din kode er (\d{4} \d{4})/.exec(sms)?.[1] ?? "");
  await press(page, "Bekræft");
  await expect(row(page, "Mobil")).toContainText("+4570000099");
  for (const number of [MOBILE, "+4570000099"]) await phone.newest(number, /kontaktoplysning er ændret/);
  await row(page, "Privat mail").getByRole("button", { name: "Skift privat mail" }).click();
  await confirm(page, credentials);
  await press(page, "Fjern privat mail");
  await expectPage(page, "Kontakt til dig");
  await expect(row(page, "Privat mail")).toContainText("Fjernet af dig.");
  await page.goto("/spaer/nu");
  await press(page, "Spær min konto nu");
  await expectPage(page, "Din konto er spærret");
  for (const number of [MOBILE, "+4570000099"]) {
    expect(await phone.newest(number, /Din konto er spærret/)).not.toContain("/var-det-dig/");
  }
  await expectTrailHolds(portal);
});

afterDayOne("she takes out her data and sees her terms", async ({ page, portal, credentials }, info) => {
  await signInHere(page, credentials);
  await page.getByRole("main").getByRole("link", { name: "Dine vilkår" }).click();
  await look(page, "Dine vilkår");
  await expect(page.getByRole("main")).toContainText(/Den gælder nu\. Accepteret .* i Chrome på \S+ fra 127\.0\.0\.1/);
  await page.goto("/konto/data");
  await look(page, "Dine oplysninger");
  await expect(page.getByRole("main")).toContainText("610190-****");
  await expect(page.getByRole("main")).toContainText("13 måneder");
  await expect(page.getByRole("link", { name: "Klag til Datatilsynet" })).toHaveAttribute("href", "https://www.datatilsynet.dk");
  await expectNoEvent(portal, "own-data.taken");
  await press(page, "Hent dine oplysninger");
  await confirm(page, credentials);
  await look(page, "Dine oplysninger er klar");
  for (const [name, has] of [["Hent som side, du kan læse", "Hvem du er"], ["Hent som JSON", "\"family_name\": \"Holm\""]] as const) {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const file = readFileSync(await (await coming).path(), "utf8");
    expect(file, info.title).toContain(has);
    expect(file).toContain("610190-****");
    expect(file).not.toContain("6101900001");
  }
  await expectEvent(portal, "own-data.taken");
  await page.goto("/konto/aktivitet/aendringer");
  await expect(page.getByRole("main")).toContainText("Dine oplysninger hentet");
  await expectTrailHolds(portal);
});

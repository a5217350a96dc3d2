// The steps of a person, as she takes them: by what stands on the page.
import { expect, type Page } from "@playwright/test";
import type { Mailbox } from "./mail";
import type { Person } from "./people";
import { freshCode, totp } from "./totp";

/** What she logs in with. */
export interface Credentials {
  userName: string;
  password: string;
  /** The key in her authenticator app. */
  secret: string;
}

/** What she has when day one is over. */
export interface Enrolled extends Credentials {
  /** The code on her sheet that blocks. */
  blockingCode: string;
}

export const PASSWORD = "tre våde kajakker i oktober";

/** The page she is on, by its main heading. */
export async function expectPage(page: Page, title: string | RegExp): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

/** Chooses the page's button. */
export function press(page: Page, name: string): Promise<void> {
  return page.getByRole("main").getByRole("button", { name, exact: true }).click();
}

/** The link of her welcome letter. */
export function invitation(mailbox: Mailbox, person: Person): Promise<string> {
  return mailbox.link(person.privateMail, /\/kom-i-gang\//, /Kom i gang/);
}

/** From the letter to the first page of the terms. */
export async function openInvitation(page: Page, mailbox: Mailbox, person: Person): Promise<void> {
  await page.goto(await invitation(mailbox, person));
  await expectPage(page, "Kom i gang");
  await press(page, "Begynd");
  await expectPage(page, /^Læs vilkårene \(del 1 af \d\)$/);
}

/** Turns the pages of the terms, from the first one to the one with the box. */
export async function readTerms(page: Page): Promise<void> {
  const heading = await page.getByRole("heading", { level: 1 }).textContent();
  const pages = Number(/af (\d+)/.exec(heading ?? "")?.[1]);
  for (let part = 1; part < pages; part += 1) {
    await expectPage(page, `Læs vilkårene (del ${part} af ${pages})`);
    await press(page, "Næste");
  }
  await expectPage(page, `Acceptér vilkårene (del ${pages} af ${pages})`);
}

export async function acceptTerms(page: Page): Promise<void> {
  const box = page.getByRole("checkbox", { name: /Jeg har læst vilkårene og accepterer dem/ });
  await expect(box).not.toBeChecked();
  await box.check();
  await press(page, "Acceptér");
}

/** From the welcome letter to the page where MitID comes next. */
export async function walkToProof(page: Page, mailbox: Mailbox, person: Person): Promise<void> {
  await openInvitation(page, mailbox, person);
  await readTerms(page);
  await acceptTerms(page);
  await expectPage(page, "Bekræft, hvem du er");
}

/** To the simulator, which stands where MitID would. */
export async function goToMitid(page: Page): Promise<void> {
  await press(page, "Bekræft med MitID");
  await expectPage(page, "Hvem vil du være?");
}

/** Proves at the simulator that she is the person. */
export async function prove(page: Page, person: Person): Promise<void> {
  await goToMitid(page);
  await page.getByRole("button", { name: new RegExp(`^${person.inSimulator}`) }).click();
}

/** Lets something go wrong at the simulator; `button` says what. */
export async function proveInVain(page: Page, person: Person, button: string): Promise<void> {
  await goToMitid(page);
  await page.getByLabel("Som", { exact: true }).selectOption(person.inSimulator);
  await page.getByRole("button", { name: button, exact: true }).click();
}

export async function choosePassword(page: Page, password = PASSWORD): Promise<void> {
  await expectPage(page, "Vælg din adgangskode");
  await page.getByLabel("Ny adgangskode").fill(password);
  await press(page, "Gem adgangskoden");
}

/** To the page with the picture; gives the key as her app would store it. */
export async function offeredKey(page: Page): Promise<string> {
  await expectPage(page, "Vælg et loginmiddel");
  await page.getByRole("link", { name: "Tilføj godkender-app" }).click();
  await expectPage(page, "Tilføj godkender-app");
  return (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");
}

export async function enterFirstCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Skriv den kode, appen viser nu").fill(code);
  await press(page, "Bekræft");
}

/** Registers an authenticator app; gives its key. */
export async function addApp(page: Page): Promise<string> {
  const secret = await offeredKey(page);
  await enterFirstCode(page, totp(secret));
  return secret;
}

/** The code that blocks, on the sheet she looks at. */
export async function blockingCode(page: Page): Promise<string> {
  await expectPage(page, "Gem dine koder");
  const code = await page.locator("#spaerrekode").innerText();
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return code;
}

/** The last step; gives the code that blocks. */
export async function finish(page: Page): Promise<string> {
  await expectPage(page, "Tjek og gør færdig");
  await press(page, "Gør færdig");
  const code = await blockingCode(page);
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
  await expectPage(page, "Du er klar");
  return code;
}

/** Everything after the proof. */
export async function completeEnrolment(page: Page, person: Person): Promise<Enrolled> {
  await choosePassword(page);
  const secret = await addApp(page);
  return { userName: person.userName, password: PASSWORD, secret, blockingCode: await finish(page) };
}

/** The whole of day one. */
export async function enrol(page: Page, mailbox: Mailbox, person: Person): Promise<Enrolled> {
  await walkToProof(page, mailbox, person);
  await prove(page, person);
  return completeEnrolment(page, person);
}

/** User name and password, on the page that asks for them. */
export async function showPassword(page: Page, credentials: Credentials): Promise<void> {
  await page.getByLabel("Brugernavn").fill(credentials.userName);
  await page.getByLabel("Adgangskode", { exact: true }).fill(credentials.password);
  await press(page, "Log ind");
}

export async function showCode(page: Page, code: string): Promise<void> {
  await expectPage(page, /^Bekræft med koden fra din (app|kodeviser|app eller kodeviser)$/);
  await page.getByLabel("Kode", { exact: true }).fill(code);
  await press(page, "Fortsæt");
}

/** Both factors. */
export async function signIn(page: Page, credentials: Credentials): Promise<void> {
  await showPassword(page, credentials);
  await expectPage(page, /^Bekræft med koden fra din (app|kodeviser|app eller kodeviser)$/);
  await showCode(page, await freshCode(credentials.secret));
}

/** Signs in to the portal itself, and stands at the overview. */
export async function signInHere(page: Page, credentials: Credentials): Promise<void> {
  await page.goto("/log-ind");
  await signIn(page, credentials);
  await expectPage(page, /^Hej /);
}

// What the pages weigh and how soon they are there, each held to the budget of its class. A part of them by its name:
// `-g "of login methods"`, `-g "of the auditor"`, `-g "of publication"`.
import { type Browser, type Page, test } from "@playwright/test";
import { Authenticator } from "../lib/authenticator";
import { acceptRole, orderedAside } from "../lib/auditors";
import { change } from "../lib/database";
import { fillCode, fillPassword } from "../lib/doors";
import { Gadget } from "../lib/gadget";
import { linkOn, numberOn } from "../lib/hand-over";
import { ASKS, herself, openDialog, openMethods, walkToChoice } from "../lib/keys";
import { Mailbox } from "../lib/mail";
import { maja } from "../lib/people";
import { becomeAdministrator } from "../lib/roles";
import { Portal } from "../lib/server";
import { freshCode, totp } from "../lib/totp";
import {
  type Enrolled,
  acceptTerms,
  addApp,
  blockingCode,
  choosePassword,
  enrol,
  enterFirstCode,
  expectPage,
  goToMitid,
  invitation,
  openInvitation,
  press,
  prove,
  proveInVain,
  readTerms,
  showCode,
  showPassword,
} from "../lib/walk";
import { CONSOLE, DAY_ONE, EMERGENCY, LOGIN, weigh } from "./lib/weigh";

/** An address that nobody has. */
const OWN = "maja.egen@privat.test";
const PASSWORD = "fem grå gæs over heden";
/** In microseconds, as the database counts. */
const DAY = 86_400_000_000;

let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

async function open(browser: Browser): Promise<[Page, Mailbox]> {
  portal = await Portal.start();
  const page = await (await browser.newContext({ baseURL: portal.url, locale: "da-DK" })).newPage();
  return [page, new Mailbox(portal.mailDir)];
}

test("the pages of the login and of day one", async ({ browser }) => {
  const [page, mailbox] = await open(browser);
  await weigh(page, "login", LOGIN, "/log-ind");
  await weigh(page, "logged-out", LOGIN, "/logget-ud");
  await openInvitation(page, mailbox, maja);
  await weigh(page, "terms", DAY_ONE);
  await readTerms(page);
  await weigh(page, "accept", DAY_ONE);
  await acceptTerms(page);
  await weigh(page, "proof", DAY_ONE);
  await prove(page, maja);
  await weigh(page, "password", DAY_ONE);
  await choosePassword(page);
  await page.getByRole("link", { name: "Tilføj godkender-app" }).click();
  await weigh(page, "app", DAY_ONE);
  await page.goBack();
  await addApp(page);
  await expectPage(page, "Tjek og gør færdig");
  await weigh(page, "review", DAY_ONE);
  await press(page, "Gør færdig");
  await blockingCode(page);
  await weigh(page, "sheet", DAY_ONE);
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
  await expectPage(page, "Du er klar");
  await weigh(page, "ready", DAY_ONE);
});

test("the pages beside the way: getting started, refusals, locks and texts", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  await weigh(page, "start", DAY_ONE, "/kom-i-gang");
  await weigh(page, "find", DAY_ONE, "/kom-i-gang/mitid");
  await weigh(page, "without-mitid", DAY_ONE, "/kom-i-gang/uden-mitid");
  await weigh(page, "help", DAY_ONE, "/hjaelp");
  await weigh(page, "terms-text", DAY_ONE, "/vilkaar");
  await weigh(page, "status", DAY_ONE, "/driftsstatus");

  await page.goto(await invitation(mailbox, maja));
  await expectPage(page, "Kom i gang");
  await weigh(page, "welcome", DAY_ONE);
  await press(page, "Begynd");
  await expectPage(page, /^Læs vilkårene \(del 1/);
  const tasks = new URL(page.url()).pathname.replace("/vilkaar/1", "");
  await weigh(page, "tasks", DAY_ONE, tasks);
  await page.getByRole("main").getByRole("link", { name: "Fortsæt" }).click();
  await readTerms(page);
  await acceptTerms(page);
  await expectPage(page, "Bekræft, hvem du er");
  await proveInVain(page, maja, "Afbryd");
  await expectPage(page, "Du stoppede undervejs");
  await weigh(page, "refusal", LOGIN);
  await page.getByRole("link", { name: "Prøv igen" }).click();
  await expectPage(page, "Bekræft, hvem du er");
  await page.getByRole("link", { name: "Jeg vil ikke bruge MitID" }).click();
  await expectPage(page, "Bekræft dig uden MitID");
  await weigh(page, "without-mitid-here", DAY_ONE);
  await page.getByRole("main").getByRole("link", { name: "Tilbage til MitID" }).click();
  await prove(page, maja);
  await choosePassword(page);
  await expectPage(page, "Vælg et loginmiddel");
  await weigh(page, "method-choice", DAY_ONE);

  await page.goto("/saml/sso?nonsense");
  await expectPage(page, "Vi kunne ikke logge dig ind");
  await weigh(page, "error", LOGIN);
  for (let tries = 0; tries < 3; tries += 1) {
    await page.goto("/log-ind");
    await showPassword(page, { userName: maja.userName, password: "en helt anden adgangskode", secret: "" });
  }
  await expectPage(page, "Du har prøvet for mange gange");
  await weigh(page, "pause", LOGIN);
});

/** Both factors; between them the page that asks for the code is weighed. */
async function signIn(page: Page, her: Enrolled, code?: string): Promise<void> {
  await page.goto("/log-ind");
  await showPassword(page, her);
  await expectPage(page, "Bekræft med koden fra din app");
  if (code) await weigh(page, code, LOGIN);
  await showCode(page, await freshCode(her.secret));
  await expectPage(page, /^Hej /);
}

/** From a page that asks for it: confirms again, which opens something for five minutes. */
async function confirm(page: Page, her: Enrolled): Promise<void> {
  await expectPage(page, "Bekræft igen");
  await page.getByLabel("Kode", { exact: true }).fill(await freshCode(her.secret));
  await press(page, "Fortsæt");
}

test("the pages of an account", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  await signIn(page, her, "code");
  await weigh(page, "overview", DAY_ONE, "/overblik");
  for (const own of ["adgangskode", "aktivitet", "login", "bekraeft", "tilknytning", "vilkaar", "kontakt", "data"]) {
    await weigh(page, `account-${own}`, DAY_ONE, `/konto/${own}`);
  }
  await page.goto("/konto/tilknytning");
  await page.getByRole("link", { name: "Afslut tilknytningen" }).click();
  await expectPage(page, "Afslut en tilknytning");
  await weigh(page, "account-tilknytning-slut", DAY_ONE);
  await page.goto("/konto/kontakt");
  await page.getByRole("button", { name: "Skift privat mail" }).click();
  await expectPage(page, "Bekræft igen");
  await weigh(page, "step-up", DAY_ONE);
  await confirm(page, her);
  await expectPage(page, "Skift privat mail");
  await weigh(page, "account-kontakt-skift", DAY_ONE);
  // Weighing may take as long as a step-up lasts.
  await page.goto("/konto/kontakt");
  await page.getByRole("button", { name: "Skift privat mail" }).click();
  await confirm(page, her);
  await page.getByLabel("Din private mailadresse").fill(OWN);
  await press(page, "Send kode");
  await expectPage(page, "Skriv koden, vi har sendt");
  await weigh(page, "account-kontakt-kode", DAY_ONE);
  await page.goto("/konto/data");
  await press(page, "Hent dine oplysninger");
  await confirm(page, her);
  await expectPage(page, "Dine oplysninger er klar");
  await weigh(page, "account-data-klar", DAY_ONE);
});

test("the pages of login methods in an account, and at a sign-in", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  await signIn(page, her);
  await weigh(page, "account-loginmidler", DAY_ONE, "/konto/loginmidler");
  await page.getByRole("link", { name: "Afprøv eller ret Min telefon" }).click();
  await expectPage(page, "Min telefon");
  await weigh(page, "account-loginmiddel", DAY_ONE);
  // Weighing may take as long as a step-up lasts: every page has one of its own.
  const stepUp = () => openMethods(page, () => confirm(page, her));
  await stepUp();
  await weigh(page, "account-loginmidler-ret", DAY_ONE);
  for (const [title, name] of [
    ["Tilføj adgangsnøgle", "account-adgangsnoegle"], ["Tilføj godkender-app", "account-app"], ["Tilføj sikkerhedsnøgle", "account-sikkerhedsnoegle"],
  ] as const) {
    await stepUp();
    await page.getByRole("link", { name: title }).click();
    await expectPage(page, title);
    await weigh(page, name, DAY_ONE);
  }
  await stepUp();
  await press(page, "Fortsæt på din telefon");
  await expectPage(page, "Fortsæt på din telefon");
  await weigh(page, "hand-over", DAY_ONE);
  await page.goto("/konto/loginmidler");
  await press(page, "Nye koder");
  await confirm(page, her);
  await expectPage(page, "Lav nye koder");
  await weigh(page, "account-koder", DAY_ONE);
  await page.goto("/konto/loginmidler");
  await press(page, "Nye koder");
  await confirm(page, her);
  await press(page, "Lav nye koder");
  await blockingCode(page);
  await weigh(page, "account-sheet", DAY_ONE);

  await Authenticator.give(page, "key");
  await stepUp();
  await page.getByRole("link", { name: "Tilføj sikkerhedsnøgle" }).click();
  await openDialog(page, "Tilføj sikkerhedsnøgle");
  await expectPage(page, "Dine loginmidler");
  await page.context().clearCookies();
  await page.goto("/log-ind");
  await showPassword(page, her);
  await expectPage(page, "Bekræft med koden fra din app");
  const link = (name: string) => page.getByRole("main").getByRole("link", { name }).click();
  await link("Vælg en anden måde");
  await expectPage(page, "Vælg en anden måde");
  await weigh(page, "ways", LOGIN);
  await link("Adgangsnøgle eller sikkerhedsnøgle");
  await expectPage(page, ASKS);
  await weigh(page, "key", LOGIN);
  await link("Vælg en anden måde");
  await link("Gendannelseskode fra dit ark");
  await expectPage(page, "Brug en gendannelseskode");
  await weigh(page, "recovery-code", LOGIN);
});

/** The key beside the picture. */
const shownKey = async (page: Page): Promise<string> => (await page.getByLabel("Kan du ikke scanne?").innerText()).replaceAll(/\s/g, "");

/** A login method from the page that lists what can be added. */
async function choose(page: Page, name: string, title = name): Promise<void> {
  await page.getByRole("main").getByRole("link", { name }).click();
  await expectPage(page, title);
}

test("the pages of login methods on day one, and of who has lost hers", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const [first, second] = [new Gadget("1001"), new Gadget("1002")];
  await walkToChoice(page, mailbox);
  if (!portal) throw new Error("no portal");
  await first.handOut(portal, maja);
  for (const [title, name] of [["Tilføj adgangsnøgle", "passkey"], ["Tilføj sikkerhedsnøgle", "security-key"]] as const) {
    await choose(page, title);
    await weigh(page, name, DAY_ONE);
    await page.goBack();
    await expectPage(page, "Vælg et loginmiddel");
  }
  await choose(page, "Tag en kodeviser i brug", "Tag din kodeviser i brug");
  await weigh(page, "code-device", DAY_ONE);
  await page.getByLabel("Skriv den kode, den viser nu").fill(first.press());
  await press(page, "Tag i brug");
  await expectPage(page, "Tjek og gør færdig");
  await press(page, "Gør færdig");
  await blockingCode(page);
  const [code] = await page.locator(".code-sheet ol code").allInnerTexts();
  await page.getByRole("checkbox", { name: "Jeg har gemt dem" }).check();
  await press(page, "Fortsæt");
  await expectPage(page, "Du er klar");

  await page.context().clearCookies();
  await page.goto("/log-ind");
  await showPassword(page, herself);
  await expectPage(page, "Bekræft med koden fra din kodeviser");
  await choose(page, "Vælg en anden måde");
  await choose(page, "Min kodeviser viser koder, der ikke passer", "Stil din kodeviser");
  await weigh(page, "device-apart", LOGIN);
  await page.goBack();
  await choose(page, "Gendannelseskode fra dit ark", "Brug en gendannelseskode");
  await page.getByLabel("Gendannelseskode", { exact: true }).fill(code ?? "");
  await press(page, "Fortsæt");
  await expectPage(page, "Bekræft dig med MitID");
  await weigh(page, "regain-proof", DAY_ONE);
  await goToMitid(page);
  await page.getByRole("button", { name: new RegExp(`^${maja.inSimulator}`) }).click();
  await expectPage(page, "Tilføj godkender-app");
  const regain = new URL(page.url()).pathname;
  await weigh(page, "regain-app", DAY_ONE);
  await weigh(page, "regain-passkey", DAY_ONE, `${regain}/adgangsnoegle`);
  await weigh(page, "regain-security-key", DAY_ONE, `${regain}/sikkerhedsnoegle`);
  await page.goto(regain);
  const secret = await shownKey(page);
  await page.getByLabel("Giv appen et navn").fill("Ny telefon");
  await enterFirstCode(page, totp(secret));
  await expectPage(page, /^Hej /);

  await weigh(page, "account-kodeviser-stil", DAY_ONE, "/konto/kodeviser");
  await second.handOut(portal, maja);
  await page.goto("/konto/loginmidler");
  await press(page, "Tag kodeviseren i brug");
  await confirm(page, { ...herself, secret, blockingCode: "" });
  await expectPage(page, "Tag din kodeviser i brug");
  await weigh(page, "account-kodeviser", DAY_ONE);
});

test("the pages of login methods on a phone, of a removal, and of the question after four weeks", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  await signIn(page, her);
  if (!portal) throw new Error("no portal");
  const baseURL = portal.url;
  const stepUp = () => openMethods(page, () => confirm(page, her));
  /** A phone of its own with the link, which lasts ten minutes: weighing is slow. */
  const linked = async (): Promise<Page> => {
    await stepUp();
    await press(page, "Fortsæt på din telefon");
    const phone = await (await browser.newContext({ baseURL, locale: "da-DK" })).newPage();
    await phone.goto(await linkOn(page));
    await expectPage(phone, "Er det din telefon?");
    return phone;
  };
  /** The same, admitted. */
  const admitted = async (): Promise<Page> => {
    const phone = await linked();
    await press(phone, "Fortsæt på denne telefon");
    await expectPage(phone, "Skriv tallet på pc'en");
    await page.getByLabel("Tallet på telefonen").fill(await numberOn(phone));
    await page.keyboard.press("Enter");
    await expectPage(phone, "Hvad vil du tilføje?");
    return phone;
  };
  let phone = await linked();
  await weigh(phone, "phone-link", DAY_ONE);
  await press(phone, "Fortsæt på denne telefon");
  await expectPage(phone, "Skriv tallet på pc'en");
  await weigh(phone, "phone-number", DAY_ONE);
  phone = await admitted();
  await weigh(phone, "phone-choice", DAY_ONE);
  await choose(phone, "Tilføj adgangsnøgle (anbefalet)", "Tilføj adgangsnøgle");
  await weigh(phone, "phone-passkey", DAY_ONE);
  phone = await admitted();
  await press(phone, "Tilføj godkender-app");
  await expectPage(phone, "Tilføj godkender-app");
  await weigh(phone, "phone-app", DAY_ONE);
  phone = await admitted();
  await expectPage(page, "Gør færdig på telefonen");
  await weigh(page, "hand-over-waiting", DAY_ONE);
  await press(phone, "Tilføj godkender-app");
  await expectPage(phone, "Tilføj godkender-app");
  await enterFirstCode(phone, totp(await shownKey(phone)));
  await expectPage(phone, "Sig ja på pc'en");
  await weigh(phone, "phone-made", DAY_ONE);
  await expectPage(page, "Er det dit loginmiddel?");
  await weigh(page, "hand-over-confirm", DAY_ONE);

  await stepUp();
  await choose(page, "Tilføj godkender-app");
  const secret = await shownKey(page);
  await page.getByLabel("Giv appen et navn").fill("Tablet");
  await enterFirstCode(page, totp(secret));
  await expectPage(page, "Dine loginmidler");
  await stepUp();
  await choose(page, "Fjern Tablet", "Vil du fjerne Tablet?");
  await weigh(page, "account-loginmiddel-fjern", DAY_ONE);

  await change(portal, `update authenticator_apps set added_at = added_at - ${29 * DAY}, used_at = used_at - ${29 * DAY} where name = 'Tablet'`);
  await weigh(page, "overview-check", DAY_ONE, "/overblik");
  await page.context().clearCookies();
  await page.goto("/simulator/tjeneste");
  await press(page, "Log ind");
  await showPassword(page, her);
  await showCode(page, await freshCode(her.secret));
  await expectPage(page, "Har du det stadig?");
  await weigh(page, "check", LOGIN);
});

test("the pages of a block and of opening again", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  await weigh(page, "spaer", EMERGENCY, "/spaer");
  await weigh(page, "spaer-kode", EMERGENCY, "/spaer/kode");
  await weigh(page, "spaer-adgangskode", EMERGENCY, "/spaer/adgangskode");
  await page.goto(await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/));
  await expectPage(page, "Var det dig?");
  await weigh(page, "var-det-dig", EMERGENCY);
  await page.goto("/spaer/adgangskode");
  await fillPassword(page, her.userName, "en helt anden adgangskode");
  await expectPage(page, "Din konto blev ikke spærret");
  await weigh(page, "ikke-spaerret", EMERGENCY);
  await signIn(page, her);
  await weigh(page, "spaer-nu", EMERGENCY, "/spaer/nu");
  await page.goto("/spaer/kode");
  await fillCode(page, her.userName, her.blockingCode);
  await expectPage(page, "Din konto er spærret");
  await weigh(page, "receipt", EMERGENCY);

  await weigh(page, "forgotten", DAY_ONE, "/glemt-adgangskode");
  await weigh(page, "reopen", DAY_ONE, "/genaktiver");
  await page.goto("/genaktiver");
  await prove(page, maja);
  await page.getByLabel("Ny adgangskode").waitFor();
  await weigh(page, "reopen-password", DAY_ONE);
  await page.getByLabel("Ny adgangskode").fill(PASSWORD);
  await press(page, "Fortsæt");
  const keep = page.getByRole("checkbox", { name: /^Min telefon/ });
  await keep.waitFor();
  await weigh(page, "reopen-factors", DAY_ONE);
  const reopening = new URL(page.url()).pathname;
  // The pages of who keeps none; that step she may take again.
  await keep.uncheck();
  await press(page, "Fortsæt");
  await expectPage(page, "Tilføj godkender-app");
  await weigh(page, "reopen-app", DAY_ONE);
  await weigh(page, "reopen-passkey", DAY_ONE, `${reopening}/adgangsnoegle`);
  await weigh(page, "reopen-security-key", DAY_ONE, `${reopening}/sikkerhedsnoegle`);
  await page.goto(`${reopening}/loginmidler`);
  await keep.waitFor();
  await keep.check();
  await press(page, "Fortsæt");
  const known = page.getByRole("button", { name: "Jeg kender det hele – fortsæt" });
  await known.waitFor();
  await weigh(page, "reopen-activity", DAY_ONE);
  await known.click();
  await page.getByRole("button", { name: "Åbn kontoen" }).waitFor();
  await weigh(page, "reopen-confirm", DAY_ONE);
  await press(page, "Åbn kontoen");
  await blockingCode(page);
  await weigh(page, "reopen-sheet", DAY_ONE);
});

test("the pages of the auditor: exports and samples", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  if (!portal) throw new Error("no portal");
  await acceptRole(page, portal, her, "auditor");
  await weigh(page, "audit", CONSOLE, "/revision");
  await page.goto("/revision");
  await page.getByRole("radio", { name: /^8\. Roller/ }).check();
  await press(page, "Lav udtrækket");
  await expectPage(page, "Udtræk 8: Roller og hvem der har dem");
  await weigh(page, "audit-export", CONSOLE);
  await weigh(page, "audit-order", CONSOLE, await orderedAside(portal));
  await page.goto("/revision");
  await page.getByLabel("Hvor mange").fill("50");
  await press(page, "Træk stikprøven");
  await expectPage(page, "Stikprøve");
  await weigh(page, "audit-sample", CONSOLE);
});

test("the pages of the auditor: figures, events, accepts and requirements", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  if (!portal) throw new Error("no portal");
  await acceptRole(page, portal, her, "auditor");
  await weigh(page, "audit-figures-asked", CONSOLE, "/revision/noegletal");
  await press(page, "Vis nøgletal");
  await page.waitForURL(/\/noegletal\/[^/]+$/);
  await weigh(page, "audit-figures", CONSOLE);
  await weigh(page, "audit-events-asked", CONSOLE, "/revision/haendelser");
  await page.getByLabel("Arter", { exact: true }).fill("role.accepted");
  await press(page, "Søg");
  await page.waitForURL(/\/haendelser\/[^/]+$/);
  await weigh(page, "audit-events", CONSOLE);
  await page.getByRole("button", { name: /^Vis det forseglede/ }).first().click();
  await expectPage(page, "Række i loggen");
  await weigh(page, "audit-row", CONSOLE);
  await weigh(page, "audit-accepts", CONSOLE, "/revision/vilkaar");
  await press(page, "Find accepter");
  await page.getByRole("button", { name: /^Vis beviset/ }).first().click();
  await expectPage(page, "Bevis for vilkårsaccept");
  await weigh(page, "audit-proof", CONSOLE);
  await weigh(page, "audit-requirements", CONSOLE, "/revision/krav");
  await weigh(page, "audit-requirements-open", CONSOLE, "/revision/krav?alle=1");
});

test("the pages of publication: a draft of the terms, and its proposal", async ({ browser }) => {
  test.setTimeout(45 * 60_000);
  const [page, mailbox] = await open(browser);
  const her = await enrol(page, mailbox, maja);
  if (!portal) throw new Error("no portal");
  await becomeAdministrator(page, portal, her);
  await weigh(page, "admin-terms", CONSOLE, "/administration/vilkaar");
  await page.getByLabel("Versionens navn").fill("2.0");
  await press(page, "Begynd et udkast");
  await page.getByRole("heading", { name: "Udkast til version 2.0" }).waitFor();
  await page.getByRole("link", { name: /^Side 1: / }).click();
  await expectPage(page, "Side 1 i version 2.0");
  await weigh(page, "admin-write", CONSOLE);
  for (const [label, sentence] of [["Tekst på dansk", "En ny sætning."], ["Tekst på engelsk", "A new sentence."]] as const) {
    const field = page.getByLabel(label);
    await field.fill(`${await field.inputValue()}\n\n${sentence}`);
  }
  await press(page, "Gem siden");
  await page.locator("ins").first().waitFor();
  await weigh(page, "admin-draft", CONSOLE, "/administration/vilkaar");
  await press(page, "Foreslå udkastet");
  await confirm(page, her);
  await expectPage(page, "Foreslå version 2.0");
  await weigh(page, "admin-propose", CONSOLE);
});

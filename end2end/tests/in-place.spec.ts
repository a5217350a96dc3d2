// What happens in place where there is WebAssembly, and by a page load where there is none: the same addresses, proved by
// the requests that are made.
import type { Page, Request } from "@playwright/test";
import { expectGoodPage, tabTo } from "../lib/good-page";
import { expectIslandsAwake, withoutScript } from "../lib/hydration";
import { maja, newcomer } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { PASSWORD, enrol, expectPage, press, prove, signInHere } from "../lib/walk";

const NEW = "tolv gule tulipaner";
const BLOCK = "/handling/spaer-nu";

/** What a page asks for from now on, as "METHOD /path kind"; files of the site are left out. */
function listen(page: Page): string[] {
  const heard: string[] = [];
  page.on("request", (request: Request) => {
    const { pathname } = new URL(request.url());
    if (/^\/(pkg\/|favicon)/.test(pathname)) return;
    heard.push(`${request.method()} ${pathname} ${request.resourceType()}`);
  });
  return heard;
}

/** Marks the document; `true` afterwards says that it is still the same one. */
function mark(page: Page): Promise<void> {
  return page.evaluate(() => void ((window as unknown as { marked: boolean }).marked = true));
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => Boolean((window as unknown as { marked?: boolean }).marked));
}

test.describe("the last yes of a block", () => {
  const now = (page: Page) => page.getByRole("main").getByRole("button", { name: "Spær min konto nu" });

  afterDayOne("goes to the form's own address once, and the receipt stands in its place", async ({ page, portal, credentials }, info) => {
    await signInHere(page, credentials);
    await page.goto("/spaer/nu");
    await expectIslandsAwake(page, info);
    await mark(page);
    const heard = listen(page);
    await now(page).dblclick();
    await expectPage(page, "Din konto er spærret");
    await expect(page).toHaveURL("/spaer/kvittering");
    await expect(page).toHaveTitle(/^Din konto er spærret – /);
    await expect(page.getByRole("main").getByRole("status")).toContainText("Du gjorde det rigtige.");
    await expect(page.getByRole("button", { name: "Log af" }), "nobody is signed in any more").toHaveCount(0);
    if (withoutScript(info)) {
      expect(heard.slice(-2)).toEqual([`POST ${BLOCK} document`, "GET /spaer/kvittering document"]);
    } else {
      expect(heard).toEqual([`POST ${BLOCK} fetch`, "GET /spaer/kvittering fetch"]);
      expect(await isMarked(page), "no page was loaded").toBe(true);
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    }
    await expectGoodPage(page);
    const reference = await page.getByRole("main").getByRole("status").locator(".reference").innerText();
    await page.reload();
    await expect(page.getByRole("main").getByRole("status").locator(".reference")).toHaveText(reference);
    await expectEvents(portal, "login.held", 1);
    await expectEvent(portal, "login.held", "by-session");
    await expectTrailHolds(portal);
  });

  afterDayOne("by the keyboard, and a step back asks the portal again", async ({ page, credentials }, info) => {
    await signInHere(page, credentials);
    await page.goto("/spaer");
    await page.getByRole("main").getByRole("link", { name: "Spær min konto nu" }).click();
    await expectIslandsAwake(page, info);
    await tabTo(page, now(page));
    await page.keyboard.press("Enter");
    await expectPage(page, "Din konto er spærret");
    await page.goBack();
    await expectPage(page, "Spær min konto");
    await expect(page.getByRole("link", { name: "Spær min konto nu" }), "nobody is signed in any more").toHaveCount(0);
  });

  afterDayOne("is sent plainly when it does not arrive", { tag: "@script" }, async ({ page, portal, problems, credentials }, info) => {
    // Without script it is always sent plainly.
    problems.allow(/ERR_INTERNET_DISCONNECTED/);
    await signInHere(page, credentials);
    await page.goto("/spaer/nu");
    await expectIslandsAwake(page, info);
    const heard = listen(page);
    await page.route(`**${BLOCK}`, (route) => route.abort("internetdisconnected"), { times: 1 });
    await press(page, "Spær min konto nu");
    await expectPage(page, "Din konto er spærret");
    expect(heard).toEqual([`POST ${BLOCK} fetch`, `POST ${BLOCK} document`, "GET /spaer/kvittering document"]);
    await expectEvents(portal, "login.held", 1);
  });

  afterDayOne("is sent plainly when only the answer got lost, and leads to the receipt", { tag: "@script" }, async ({ page, portal, problems, credentials }, info) => {
    // Without script the browser says that nothing came back.
    problems.allow(/ERR_CONNECTION_RESET/);
    await signInHere(page, credentials);
    await page.goto("/spaer/nu");
    await expectIslandsAwake(page, info);
    await page.route(
      `**${BLOCK}`,
      async (route) => {
        await route.fetch({ maxRedirects: 0 });
        await route.abort("connectionreset");
      },
      { times: 1 },
    );
    await press(page, "Spær min konto nu");
    await expectPage(page, "Din konto er spærret");
    await expect(page).toHaveURL("/spaer/kvittering");
    await expectEvents(portal, "login.held", 1);
  });

  afterDayOne("says that nothing was blocked when the session is over", async ({ page, context, portal, credentials }, info) => {
    await signInHere(page, credentials);
    await page.goto("/spaer/nu");
    await expectIslandsAwake(page, info);
    await context.clearCookies();
    const heard = listen(page);
    await press(page, "Spær min konto nu");
    await expectPage(page, "Din konto blev ikke spærret");
    await expect(page).toHaveURL("/spaer/ikke-spaerret");
    expect(heard.slice(-2), "another page than the receipt is loaded").toEqual([`POST ${BLOCK} document`, "GET /spaer/ikke-spaerret document"]);
    await expectNoEvent(portal, "login.held");
  });
});

afterDayOne("at a reopening she reads what stays and what goes while she chooses", async ({ page, credentials }, info) => {
  await signInHere(page, credentials);
  await page.goto("/spaer/nu");
  await press(page, "Spær min konto nu");
  await expectPage(page, "Din konto er spærret");
  await page.goto("/genaktiver");
  await prove(page, maja);
  await expectPage(page, "Vælg en ny adgangskode");
  await expectIslandsAwake(page, info);
  await page.getByLabel("Ny adgangskode").fill("for kort");
  if (!withoutScript(info)) await expect(page.getByText("4 tegn endnu")).toBeVisible();
  await page.getByLabel("Ny adgangskode").fill(NEW);
  if (!withoutScript(info)) await expect(page.getByText("Lang nok", { exact: true })).toBeVisible();
  await press(page, "Fortsæt");
  await expectPage(page, "Hvilke loginmidler er dine?");
  const box = page.getByRole("checkbox", { name: /^Min telefon/ });
  const told = page.getByRole("main").getByRole("status");
  // Chosen before anything wakes: it is read, not reset.
  await box.check();
  await expectIslandsAwake(page, info);
  await expect(box).toBeChecked();
  const rule = "Beholder du ingen, tilføjer du en ny app på næste side.";
  const heard = listen(page);
  await expect(told).toHaveText(withoutScript(info) ? rule : "Du beholder Min telefon. Vi fjerner ikke noget.");
  await box.press("Space");
  await expect(told).toHaveText(withoutScript(info) ? rule : "Du beholder ingen. Vi fjerner Min telefon, og du tilføjer en ny app på næste side.");
  await expectGoodPage(page);
  expect(heard.filter((request) => !request.endsWith(" document")), "choosing asks nobody").toEqual([]);
  await press(page, "Fortsæt");
  expect(heard.at(-2)).toBe("POST /handling/genaktiver-loginmidler document");
  await expectPage(page, "Tilføj godkender-app");
});

afterDayOne("another password is judged while it is typed", async ({ page, credentials }, info) => {
  await signInHere(page, credentials);
  await page.goto("/konto/adgangskode");
  await page.getByLabel("Nuværende adgangskode").fill(PASSWORD);
  await page.getByLabel("Ny adgangskode").fill("Eksempel Kommune");
  await expectIslandsAwake(page, info);
  await expect(page.getByLabel("Nuværende adgangskode")).toHaveValue(PASSWORD);
  const said = page.getByText("Let at gætte: vælg andre ord", { exact: true });
  if (withoutScript(info)) {
    await expect(said).toHaveCount(0);
    await page.getByLabel("Kode", { exact: true }).fill("123456");
    await press(page, "Gem adgangskoden");
    await expect(page.getByRole("alert").getByRole("link")).toHaveCount(1);
    return;
  }
  await expect(said, "typed before it woke").toBeVisible();
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await expect(page.getByText("Lang nok", { exact: true })).toBeVisible();
});

afterDayOne("a part of her activity comes in place of the list, under its own address", async ({ page, credentials }, info) => {
  await signInHere(page, credentials);
  await page.goto("/konto/aktivitet");
  await expectIslandsAwake(page, info);
  const rows = page.getByRole("main").locator("dl > div");
  const part = (name: string) => page.getByRole("navigation", { name: "Vis" }).getByRole("link", { name });
  const all = await rows.count();
  if (!withoutScript(info)) await mark(page);
  const heard = listen(page);
  await tabTo(page, part("Login"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/konto/aktivitet/login");
  await expect(rows.filter({ hasText: "Du loggede ind" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "Adgangskode" })).toHaveCount(0);
  await expect(part("Login")).toHaveAttribute("aria-current", "page");
  await expect(part("Alt")).not.toHaveAttribute("aria-current");
  const some = await rows.count();
  expect(some).toBeLessThan(all);
  await expectGoodPage(page);
  if (withoutScript(info)) {
    expect(heard).toEqual(["GET /konto/aktivitet/login document"]);
    return;
  }
  expect(heard).toEqual(["GET /konto/aktivitet/login fetch"]);
  const told = page.getByRole("main").getByRole("status");
  await expect(told.filter({ hasText: "Viser" })).toHaveText(some === 1 ? "Viser 1 hændelse." : `Viser ${some} hændelser.`);
  await expect(part("Login"), "the focus stays where it was").toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL("/konto/aktivitet");
  await expect(rows).toHaveCount(all);
  await expect(part("Alt")).toHaveAttribute("aria-current", "page");
  await part("Afvist").click();
  await expect(page.getByText("Der er ikke noget at vise.", { exact: true }).last()).toBeVisible();
  expect(await isMarked(page), "no page was loaded").toBe(true);
  await page.reload();
  await expect(page, "the address is the part's own").toHaveURL("/konto/aktivitet/afvist");
  await expect(part("Afvist")).toHaveAttribute("aria-current", "page");
});

afterDayOne("a part of her activity is loaded when the session is over", async ({ page, context, credentials }, info) => {
  await signInHere(page, credentials);
  await page.goto("/konto/aktivitet");
  await expectIslandsAwake(page, info);
  await context.clearCookies();
  await page.getByRole("navigation", { name: "Vis" }).getByRole("link", { name: "Login" }).click();
  await expectPage(page, "Log ind");
});

test.describe("before a session ends", () => {
  const OVER = "Du er logget af. Det, du har skrevet her, bliver stående: log ind igen, og gå tilbage til denne fane.";
  const warning = (page: Page) => page.getByRole("timer");
  /** What is announced; the line is read by nobody who sees. */
  const announced = (page: Page) => page.locator("leptos-island p[role=status].visually-hidden").first();

  afterDayOne("she is warned, stays, and loses nothing she typed", { tag: "@script" }, async ({ page, credentials }, info) => {
    // Without script the page says by the clock when it ends: the next story.
    await signInHere(page, credentials);
    await page.clock.install();
    await page.goto("/konto/adgangskode");
    await expectIslandsAwake(page, info);
    const field = page.getByLabel("Nuværende adgangskode");
    await field.fill("halvt skrevet");
    await page.getByLabel("Log mig ud alle andre steder").check();
    await expect(warning(page)).toBeHidden();
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
    await page.clock.fastForward("27:20");
    await expect(warning(page)).toBeHidden();
    await page.clock.fastForward("00:15");
    await expect(warning(page)).toHaveText(/^Du bliver logget af om 2 min\. \d+ sek\.$/);
    await expect(announced(page), "seen, not yet spoken").toHaveText("");
    await page.clock.fastForward("00:35");
    await expect(announced(page)).toHaveText("Du bliver logget af om 2 min.");
    await page.clock.fastForward("00:55");
    await expect(announced(page)).toHaveText("Du bliver logget af om 1 min.");
    await page.clock.fastForward("00:30");
    await expect(announced(page)).toHaveText("Du bliver logget af om 30 sek.");
    await mark(page);
    const heard = listen(page);
    await tabTo(page, page.getByRole("link", { name: "Forbliv logget på", exact: true }));
    await page.keyboard.press("Enter");
    await expect(warning(page)).toBeHidden();
    await expect(announced(page)).toHaveText("Du er stadig logget på.");
    expect(heard).toEqual(["GET /forbliv fetch"]);
    expect(await isMarked(page), "no page was loaded").toBe(true);
    await expect(field).toHaveValue("halvt skrevet");
    await expect(page.getByLabel("Log mig ud alle andre steder")).toBeChecked();
    await page.clock.fastForward("27:00");
    await expect(warning(page), "half an hour more").toBeHidden();
    await page.clock.fastForward("00:40");
    await expect(warning(page)).toBeVisible();
    await page.clock.fastForward("02:40");
    await expect(warning(page)).toHaveText(OVER);
    await expect(announced(page)).toHaveText(OVER);
    await expect(field, "still there").toHaveValue("halvt skrevet");
  });

  afterDayOne("what she typed outlives the session: she signs in beside it and goes on", { tag: "@script" }, async ({ page, context, credentials }, info) => {
    // Without script the page just stands there.
    await signInHere(page, credentials);
    await page.clock.install();
    await page.goto("/konto/adgangskode");
    await expectIslandsAwake(page, info);
    const field = page.getByLabel("Nuværende adgangskode");
    await field.fill("halvt skrevet");
    await context.clearCookies();
    await page.clock.fastForward("31:00");
    await expect(warning(page)).toHaveText(OVER);
    // Nobody signed in yet: looking at the tab changes nothing.
    const looksAgain = () => Promise.all([page.waitForResponse(/\/forbliv$|\/log-ind$/), page.evaluate(() => window.dispatchEvent(new Event("focus")))]);
    await looksAgain();
    await expect(warning(page)).toHaveText(OVER);
    const [tab] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("main").getByRole("link", { name: "Log ind (åbner en ny fane)" }).click(),
    ]);
    await expectPage(tab, "Log ind");
    await signInHere(tab, credentials);
    await mark(page);
    await looksAgain();
    await expect(warning(page)).toBeHidden();
    await expect(announced(page)).toHaveText("Du er stadig logget på.");
    expect(await isMarked(page), "no page was loaded").toBe(true);
    await expect(field).toHaveValue("halvt skrevet");
    await page.getByLabel("Log mig ud alle andre steder").check();
  });

  afterDayOne("what she typed is gone once somebody else signs in beside it", { tag: "@script" }, async ({ page, context, elsewhere, portal, mailbox, credentials }, info) => {
    // Without script the page just stands there.
    test.slow();
    await portal.import(newcomer);
    const other = await enrol(await elsewhere(), mailbox, newcomer);
    await signInHere(page, credentials);
    await page.clock.install();
    await page.goto("/konto/adgangskode");
    await expectIslandsAwake(page, info);
    await page.getByLabel("Nuværende adgangskode").fill("halvt skrevet");
    await context.clearCookies();
    await page.clock.fastForward("31:00");
    await expect(warning(page)).toHaveText(OVER);
    const tab = await context.newPage();
    await signInHere(tab, other);
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await expectPage(page, `Hej ${newcomer.givenName} ${newcomer.familyName}`);
    await page.goBack();
    await expect(page.getByLabel("Nuværende adgangskode"), "the page is not in the way back").toHaveCount(0);
    await page.goto("/konto/adgangskode");
    await expect(page.getByLabel("Nuværende adgangskode")).toHaveValue("");
  });

  afterDayOne("she hears when nobody answers, and when it was over already", { tag: "@script" }, async ({ page, context, problems, credentials }, info) => {
    // Without script nothing is asked in place.
    problems.allow(/ERR_INTERNET_DISCONNECTED/);
    await signInHere(page, credentials);
    await page.clock.install();
    await page.goto("/overblik");
    await expectIslandsAwake(page, info);
    await page.clock.fastForward("28:00");
    await expect(warning(page)).toBeVisible();
    await expectGoodPage(page);
    await page.route("**/forbliv", (route) => route.abort("internetdisconnected"), { times: 1 });
    const stay = page.getByRole("link", { name: "Forbliv logget på", exact: true });
    await stay.click();
    await expect(announced(page)).toHaveText("Vi fik ikke svar. Tjek din forbindelse, og prøv igen.");
    await expect(warning(page)).toBeVisible();
    await context.clearCookies();
    await stay.click();
    await expect(warning(page)).toHaveText(OVER);
  });

  afterDayOne("the page says by the clock when that is, and staying leaves it as it is", async ({ page, context, credentials }, info) => {
    await signInHere(page, credentials);
    await page.goto("/konto/adgangskode");
    await expectIslandsAwake(page, info);
    await expect(page.getByText(/^Du bliver logget af kl\. \d\d\.\d\d, hvis du ikke bruger siden\.$/)).toBeVisible();
    const field = page.getByLabel("Nuværende adgangskode");
    await field.fill("halvt skrevet");
    const heard = listen(page);
    const stay = page.getByRole("link", { name: "Forbliv logget på (åbner en ny fane)" });
    if (withoutScript(info)) {
      const [tab] = await Promise.all([context.waitForEvent("page"), stay.click()]);
      await expectPage(tab, "Du er stadig logget på");
      expect(heard).toEqual([]);
    } else {
      await stay.click();
      await expect(announced(page)).toHaveText("Du er stadig logget på.");
      expect(heard).toEqual(["GET /forbliv fetch"]);
    }
    await expect(field).toHaveValue("halvt skrevet");
  });
});

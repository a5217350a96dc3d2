// On suspicion she blocks her own login at once, by the door she has at hand; a stranger cannot.
import type { Locator, Page, TestInfo } from "@playwright/test";
import { BLOCKED, NOT_BLOCKED, confirmed, expectNotBlocked, expectReceipt, fillCode, fillPassword, post } from "../lib/doors";
import { expectGoodPage, tabTo } from "../lib/good-page";
import { waitHydrated, withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { signInAtService } from "../lib/service";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import {
  type Credentials, blockingCode, expectPage, press, prove, showPassword, signIn, signInHere,
} from "../lib/walk";

// The service's certificate comes from an authority made for this run.
test.use({ ignoreHTTPSErrors: true });

const NEW = "tolv gule tulipaner";
const SAMPLE_SERVICE = "/simulator/tjeneste";
/** A code of the right form that nobody has. */
const WRONG_CODE = "0000-0000-0000";

/** Both factors are right, and it is said why that is not enough. */
async function expectLockedOut(page: Page, credentials: Credentials): Promise<void> {
  await page.goto("/overblik");
  await expectPage(page, "Log ind");
  await signIn(page, credentials);
  await expectPage(page, BLOCKED);
  await expect(page.getByRole("main")).toContainText("Du har selv spærret den.");
}

async function blockByCode(page: Page, userName: string, code: string): Promise<void> {
  await page.goto("/spaer");
  await page.getByRole("main").getByRole("link", { name: "Spær med din spærrekode" }).click();
  await fillCode(page, userName, code);
}

async function blockByPassword(page: Page, userName: string, password: string): Promise<void> {
  await page.goto("/spaer");
  await page.getByRole("main").getByRole("link", { name: "Spær med din adgangskode" }).click();
  await fillPassword(page, userName, password);
}

/** What the page at this address weighs by itself, on the wire. */
async function weight(page: Page, path: string): Promise<number> {
  const response = await page.goto(path);
  return (await response?.request().sizes())?.responseBodySize ?? Number.POSITIVE_INFINITY;
}

async function blockBySession(page: Page): Promise<void> {
  await page.goto("/spaer");
  await page.getByRole("main").getByRole("link", { name: "Spær min konto nu" }).click();
  await expectPage(page, "Vil du spærre nu?");
  await press(page, "Spær min konto nu");
}

/** To the simulator from the page of all doors, and back. */
async function goToMitid(page: Page): Promise<void> {
  await page.goto("/spaer");
  await press(page, "Spær med MitID");
  await expectPage(page, "Hvem vil du være?");
}

test.describe("the page of the doors", () => {
  test("is linked from every page, small, and needs no script", async ({ page, portal, mailbox }) => {
    const pages = [
      "/log-ind", "/logget-ud", "/kom-i-gang", "/kom-i-gang/findes-ikke", "/spaer", "/spaer/kode", "/spaer/adgangskode",
      "/spaer/ikke-spaerret", "/var-det-dig/findes-ikke", "/genaktiver", "/glemt-adgangskode", "/hjaelp", "/tilgaengelighed",
      "/privatliv", "/service", "/vilkaar", "/findes-ikke", await mailbox.link(maja.privateMail, /\/kom-i-gang\//),
    ];
    for (const path of pages) {
      await page.goto(path);
      const link = page.getByRole("banner").getByRole("link", { name: "Spær min konto" });
      await expect(link, path).toBeVisible();
      await expect(link, path).toHaveAttribute("href", "/spaer");
    }
    let [bytes, shared] = [0, 0];
    const fetched: string[] = [];
    page.on("requestfinished", async (request) => {
      fetched.push(request.resourceType());
      const size = (await request.sizes()).responseBodySize;
      bytes += size;
      if (request.resourceType() !== "document") shared += size;
    });
    await page.goto("/block");
    await expect(page).toHaveURL("/spaer");
    await expectPage(page, "Spær min konto");
    await page.waitForLoadState("networkidle");
    expect(fetched).toContain("document");
    expect(fetched, "no script and no WebAssembly").not.toContain("script");
    expect(fetched).not.toContain("fetch");
    expect(bytes, "the whole page on the wire").toBeLessThanOrEqual(20 * 1024);
    // What they share is fetched once; each of the others would be a first page as well.
    const own = shared;
    for (const path of ["/spaer/kode", "/spaer/adgangskode", "/spaer/ikke-spaerret", "/var-det-dig/findes-ikke"]) {
      expect((await weight(page, path)) + own, path).toBeLessThanOrEqual(20 * 1024);
    }
    expect(portal.log).not.toContain("panicked");
  });

  afterDayOne("and every page behind it is open to everybody", async ({ page, mailbox, portal, credentials }) => {
    test.slow();
    const look = async (title: string | RegExp) => {
      await expectPage(page, title);
      await expectGoodPage(page);
    };
    for (const path of ["/spaer", "/spaer/kode", "/spaer/adgangskode", "/spaer/ikke-spaerret", "/var-det-dig/findes-ikke"]) {
      await page.goto(path);
      await look(/./);
    }
    await page.goto("/spaer/kode");
    await press(page, "Spær");
    await look("Spær med din spærrekode");
    await page.goto(await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/));
    await look("Var det dig?");
    await goToMitid(page);
    await page.getByRole("button", { name: /^Maja Holm/ }).click();
    await look("Vil du spærre nu?");
    await signInHere(page, credentials);
    await page.goto("/spaer");
    await look("Spær min konto");
    await page.getByRole("main").getByRole("link", { name: "Spær min konto nu" }).click();
    await look("Vil du spærre nu?");
    await press(page, "Spær min konto nu");
    await look(BLOCKED);
    await page.goto("/spaer/kvittering?sprog=en");
    await look("Your account is blocked");
    await expectTrailHolds(portal);
  });
});

test.describe("an open session", () => {
  afterDayOne("blocks in two clicks, and nothing before the second", async ({ page, portal, mailbox, credentials }) => {
    test.slow();
    await signInHere(page, credentials);
    const banner = page.getByRole("banner");
    const [out, block] = await Promise.all([
      banner.getByRole("button", { name: "Log af" }).boundingBox(),
      banner.getByRole("link", { name: "Spær min konto" }).boundingBox(),
    ]);
    expect(block?.y, "the way to block stands in the row of the way out, at every size").toBeCloseTo(out?.y ?? 0, 0);
    await banner.getByRole("link", { name: "Spær min konto" }).click();
    await expectPage(page, "Vil du spærre nu?");
    await expect(page).toHaveURL("/spaer/nu");
    await expect(page.getByRole("main")).toContainText("Ingen kan logge ind på din konto, heller ikke du selv.");
    await page.getByRole("link", { name: "Nej, gå tilbage" }).click();
    await expectPage(page, "Spær min konto");
    await expectNoEvent(portal, "login.held");
    await page.getByRole("banner").getByRole("link", { name: "Spær min konto" }).click();
    await press(page, "Spær min konto nu");
    const reference = await expectReceipt(page);
    await expect(page.getByRole("main")).toContainText("Du var ikke logget ind på nogen systemer gennem os.");
    await page.reload();
    expect(await expectReceipt(page), "it can be read again").toBe(reference);
    await expectEvent(portal, "login.held", "by-session");
    await expectLockedOut(page, credentials);
    for (const address of [maja.workMail, maja.privateMail]) {
      const letter = await mailbox.newest(address, /Din konto er spærret/);
      expect(letter.text).toContain(reference);
      expect(letter.links.join(" "), "nothing in it undoes or blocks").not.toContain("var-det-dig");
      expect(letter.text + letter.html).not.toContain(credentials.blockingCode);
    }
    await expectTrailHolds(portal);
  });

  test("is not needed to look, but to block", async ({ page, portal }) => {
    for (const path of ["/spaer/nu", "/spaer/kvittering"]) {
      await page.goto(path);
      await expect(page).toHaveURL("/spaer");
    }
    await expect(page.getByRole("link", { name: "Spær min konto nu" })).toHaveCount(0);
    const response = await post(page, portal, "/handling/spaer-nu", { go: "yes" });
    expect(response.headers().location).toBe("/spaer/ikke-spaerret");
    await expectNoEvent(portal, "login.held");
  });

  afterDayOne("blocks by the keyboard alone", async ({ page, credentials }, info) => {
    await signInHere(page, credentials);
    await waitHydrated(page, info);
    await tabTo(page, page.getByRole("banner").getByRole("link", { name: "Spær min konto" }));
    await page.keyboard.press("Enter");
    await expectPage(page, "Vil du spærre nu?");
    await waitHydrated(page, info);
    await tabTo(page, page.getByRole("main").getByRole("button", { name: "Spær min konto nu" }));
    await page.keyboard.press("Enter");
    await expectReceipt(page);
  });
});

test.describe("MitID", () => {
  afterDayOne("blocks after one more yes", async ({ page, portal }) => {
    await goToMitid(page);
    await page.getByRole("button", { name: /^Maja Holm/ }).click();
    await expectPage(page, "Vil du spærre nu?");
    await expectNoEvent(portal, "login.held");
    const asked = page.url();
    await press(page, "Spær min konto nu");
    const reference = await expectReceipt(page);
    await expectEvent(portal, "login.held", "by-mitid");
    await page.goto(asked);
    expect(await expectReceipt(page), "the yes is spent, and she sees what came of it").toBe(reference);
  });

  afterDayOne("that fails, or is somebody else's, says that nothing was blocked", async ({ page, portal, elsewhere }) => {
    await goToMitid(page);
    await page.getByRole("button", { name: /^Ali Demir/ }).click();
    await expectNotBlocked(page);
    for (const button of ["Afbryd", "For lavt niveau", "Teknisk fejl"]) {
      await goToMitid(page);
      await page.getByLabel("Som", { exact: true }).selectOption(maja.inSimulator);
      await page.getByRole("button", { name: button, exact: true }).click();
      await expectNotBlocked(page);
    }
    await goToMitid(page);
    await page.getByRole("button", { name: /^Maja Holm/ }).click();
    await expectPage(page, "Vil du spærre nu?");
    const other = await elsewhere();
    await other.goto(page.url());
    await expect(other.getByRole("button", { name: "Spær min konto nu" }), "the yes is this browser's").toHaveCount(0);
    await expectPage(other, NOT_BLOCKED);
    await expect(other.getByRole("main").getByRole("link", { name: "Spær med din spærrekode" })).toBeVisible();
    const flow = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const response = await post(other, portal, "/handling/spaer-bekraeft", { flow });
    expect(response.headers().location).toBe("/spaer/ikke-spaerret");
    await expectNoEvent(portal, "login.held");
  });
});

test.describe("the printed code", () => {
  afterDayOne("blocks once, however she writes it", async ({ page, portal, credentials }) => {
    await page.goto("/spaer/kode");
    await press(page, "Spær");
    await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
    await fillCode(page, maja.userName, WRONG_CODE);
    await expectNotBlocked(page);
    await blockByCode(page, "findes.ikke", credentials.blockingCode);
    await expectNotBlocked(page);
    await expectEvent(portal, "login.block-refused", "by-code");
    await expectNoEvent(portal, "login.held");
    await blockByCode(page, maja.userName, credentials.blockingCode.toLowerCase().replaceAll("-", " "));
    await expectReceipt(page);
    await expect(page.getByRole("main"), "a code tells too little of who sits here").toContainText("når deres egen tid er gået");
    await expectEvent(portal, "login.held", "by-code");
    const said = (await page.locator(".reference").first().textContent()) ?? "";
    expect(said).toMatch(/^SP-/);
    await blockByCode(page, maja.userName, credentials.blockingCode);
    await expectReceipt(page);
    await expect(page.locator(".reference").first(), "a used code says what it did").toHaveText(said);
    expect(await weight(page, "/spaer/kvittering"), "beside ten of styles").toBeLessThanOrEqual(10 * 1024);
    await expectLockedOut(page, credentials);
  });

  afterDayOne("throws out the thief who signed in from another browser", async ({ page, portal, elsewhere, mellon, credentials }, info) => {
    test.slow();
    const thief = await elsewhere();
    await signInAtService(thief, mellon.url, credentials, withoutScript(info));
    await thief.goto(`${portal.url}/overblik`);
    await expectPage(thief, /^Hej /);
    await blockByCode(page, maja.userName, credentials.blockingCode);
    await expectReceipt(page);
    await expect(page.getByText("Prøvetjenesten"), "whoever holds the sheet is not told where she works").toHaveCount(0);
    await thief.reload();
    await expectPage(thief, "Log ind");
    await expect.poll(() => confirmed(portal), { message: "the service says that it is over" }).toBe(true);
    await thief.goto(mellon.url);
    await expectPage(thief, "Log ind");
    await expectLockedOut(thief, credentials);
  });
});

test.describe("the link in a notice", () => {
  afterDayOne("asks whether it was her, and blocks when it was not", async ({ page, portal, mailbox, credentials }) => {
    const letter = await mailbox.newest(maja.workMail, /Nyt loginmiddel/);
    const link = letter.links.find((link) => link.includes("/var-det-dig/")) ?? "";
    const token = new URL(link).pathname.split("/").at(-1) ?? "";
    const response = await page.goto(link);
    expect(response?.headers()["referrer-policy"]).toBe("no-referrer");
    await expectPage(page, "Var det dig?");
    const main = page.getByRole("main");
    await expect(main).toContainText("Et loginmiddel blev tilføjet");
    const reference = await main.locator("dt", { hasText: /^Reference$/ }).locator("xpath=following-sibling::dd").innerText();
    expect(letter.text, "what stands here stood in the letter").toContain(reference);
    await expect(page.getByText(/Maja|Holm/)).toHaveCount(0);
    await page.getByRole("link", { name: "Ja, det var mig" }).click();
    await expectNoEvent(portal, "login.held");
    await page.goto(link);
    await press(page, "Nej, spær min konto");
    await expectReceipt(page);
    await expectEvent(portal, "login.held", "by-notice");
    await expectLockedOut(page, credentials);
    expect(portal.log, "no log opens a door").not.toContain(token);
  });

  afterDayOne("that is made up opens nothing", async ({ page, portal, mailbox }) => {
    const link = await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/);
    const token = new URL(link).pathname.split("/").at(-1) ?? "";
    for (const made of ["x", token.slice(0, -1), `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`]) {
      const response = await page.goto(`/var-det-dig/${made}`);
      expect(response?.status()).toBe(410);
      await expectPage(page, "Linket virker ikke længere");
      await expect(page.getByRole("main")).toContainText("Din konto blev ikke spærret.");
      const posted = await post(page, portal, "/handling/var-det-dig", { token: made });
      expect(posted.headers().location).toBe("/spaer/ikke-spaerret");
    }
    await expectNoEvent(portal, "login.held");
  });
});

test.describe("user name and password", () => {
  afterDayOne("block, and a wrong password says plainly that it did not", async ({ page, portal, credentials }) => {
    await page.goto("/spaer/adgangskode");
    await press(page, "Spær");
    await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
    await blockByPassword(page, maja.userName, "en helt anden adgangskode");
    await expectNotBlocked(page);
    await blockByPassword(page, "findes.ikke", credentials.password);
    await expectNotBlocked(page);
    await expectEvent(portal, "login.block-refused", "by-password");
    await expectNoEvent(portal, "login.held");
    await blockByPassword(page, maja.userName, credentials.password);
    await expectReceipt(page);
    await expect(page.getByRole("main")).toContainText("når deres egen tid er gået");
    await expectEvent(portal, "login.held", "by-password");
    await expectLockedOut(page, credentials);
  });
});

afterDayOne("what opened a door before she opened her login again is dead, and her new code blocks", async ({ page, portal, mailbox, credentials }) => {
  test.slow();
  const link = await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/);
  await blockByCode(page, maja.userName, credentials.blockingCode);
  await expectReceipt(page);
  await page.goto("/genaktiver");
  await prove(page, maja);
  await page.getByLabel("Ny adgangskode").fill(NEW);
  await press(page, "Fortsæt");
  await page.getByRole("checkbox", { name: /^Min telefon/ }).check();
  await press(page, "Fortsæt");
  await press(page, "Jeg kender det hele – fortsæt");
  await press(page, "Åbn kontoen");
  const renewed = await blockingCode(page);
  expect(renewed).not.toBe(credentials.blockingCode);
  await page.goto("/spaer/kvittering");
  await expect(page, "the receipt lasts as long as the block").toHaveURL("/spaer");

  const response = await page.goto(link);
  expect(response?.status()).toBe(410);
  await expectPage(page, "Linket virker ikke længere");
  const posted = await post(page, portal, "/handling/var-det-dig", { token: new URL(link).pathname.split("/").at(-1) ?? "" });
  expect(posted.headers().location).toBe("/spaer/ikke-spaerret");
  await blockByCode(page, maja.userName, credentials.blockingCode);
  await expectNotBlocked(page);
  await blockByPassword(page, maja.userName, credentials.password);
  await expectNotBlocked(page);
  await page.goto("/log-ind");
  await showPassword(page, { ...credentials, password: NEW });
  await expectPage(page, "Bekræft med koden fra din app");

  await blockByCode(page, maja.userName, renewed);
  await expectReceipt(page);
  await expectTrailHolds(portal);
});

test.describe("a stranger", () => {
  afterDayOne("with only her user name blocks nobody, and keeps nobody out", async ({ page, portal, elsewhere, credentials }) => {
    test.slow();
    await signInHere(page, credentials);
    await page.getByRole("button", { name: "Log af" }).click();
    await expectPage(page, "Du er logget ud");
    const stranger = await elsewhere();
    const answers = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      for (const name of [maja.userName, "findes.ikke"]) {
        const code = await post(stranger, portal, "/handling/spaer-kode", { user_name: name, blocking_code: WRONG_CODE });
        answers.add(`${code.status()} ${code.headers().location}`);
        // From the fourth on each of these waits for its turn, a second and more.
        if (round >= 8) continue;
        const password = await post(stranger, portal, "/handling/spaer-adgangskode", { user_name: name, password: `gæt nummer ${round}` });
        answers.add(`${password.status()} ${password.headers().location}`);
      }
    }
    expect([...answers], "every failure looks the same").toEqual(["303 /spaer/ikke-spaerret"]);
    await expectNoEvent(portal, "login.held");
    await signInHere(page, credentials);
    await blockByCode(stranger, maja.userName, credentials.blockingCode);
    await expectReceipt(stranger);
  });

  afterDayOne("who used the tries of a place up does not keep her from blocking by password there", async ({ page, portal, elsewhere, credentials }) => {
    test.slow();
    const stranger = await elsewhere();
    for (let tries = 0; tries < 6; tries += 1) {
      const guess = await post(stranger, portal, "/handling/spaer-adgangskode", { user_name: maja.userName, password: `gæt nummer ${tries}` });
      expect(guess.headers().location).toBe("/spaer/ikke-spaerret");
    }
    await expectNoEvent(portal, "login.held");
    // At the same address, in a browser nobody knows: a sign-in waits, a block does not.
    const hers = await elsewhere();
    await hers.goto(`${portal.url}/log-ind`);
    await showPassword(hers, credentials);
    await expectPage(hers, "Du har prøvet for mange gange");
    await blockByPassword(hers, maja.userName, credentials.password);
    await expectReceipt(hers);
    await expectEvent(portal, "login.held", "by-password");
    await expectLockedOut(page, credentials);
  });

  afterDayOne("an owner who blocks again and again is shown one block, and raises no alarm", async ({ page, portal, credentials }) => {
    const form = { user_name: maja.userName, password: credentials.password };
    for (let clicks = 0; clicks < 12; clicks += 1) {
      const response = await post(page, portal, "/handling/spaer-adgangskode", form);
      expect(response.headers().location).toBe("/spaer/kvittering");
    }
    await expectEvents(portal, "login.held", 1);
    await expectNoEvent(portal, "login.mass-blocking");
  });
});

/** What a browser calls slow 4G. */
async function slowLine(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", { offline: false, latency: 563, downloadThroughput: 180_000, uploadThroughput: 84_000 });
}

/** Walks through a door to its receipt, with no more taps and seconds than were promised. */
async function inTime(page: Page, info: TestInfo, taps: number, seconds: number, walk: (tap: Tap) => Promise<void>): Promise<void> {
  let tapped = 0;
  const began = performance.now();
  await walk(async (what) => {
    tapped += 1;
    await what.click();
  });
  await expectReceipt(page);
  const took = (performance.now() - began) / 1000;
  info.annotations.push({ type: "door", description: `${tapped} taps, ${took.toFixed(1)} s` });
  expect(tapped, "taps").toBeLessThanOrEqual(taps);
  expect(took, "seconds").toBeLessThanOrEqual(seconds);
}

type Tap = (what: Locator) => Promise<void>;

test.describe("on a slow line", () => {
  afterDayOne("session, link, password and MitID block in the taps and seconds they promise", async ({ page, mailbox, credentials }, info) => {
    test.slow();
    const link = await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/);
    await signInHere(page, credentials);
    await page.goto("/spaer");
    await slowLine(page);
    const main = page.getByRole("main");
    await inTime(page, info, 2, 10, async (tap) => {
      await tap(main.getByRole("link", { name: "Spær min konto nu" }));
      await tap(main.getByRole("button", { name: "Spær min konto nu" }));
    });
    await inTime(page, info, 2, 15, async (tap) => {
      await page.goto(link);
      await tap(main.getByRole("button", { name: "Nej, spær min konto" }));
    });
    await inTime(page, info, 3, 30, async (tap) => {
      await page.goto("/spaer");
      await tap(main.getByRole("link", { name: "Spær med din adgangskode" }));
      await page.getByLabel("Brugernavn").fill(maja.userName);
      await page.getByLabel("Adgangskode", { exact: true }).fill(credentials.password);
      await tap(main.getByRole("button", { name: "Spær" }));
    });
    await inTime(page, info, 3, 60, async (tap) => {
      await page.goto("/spaer");
      await tap(main.getByRole("button", { name: "Spær med MitID" }));
      // What she taps in MitID itself is not ours to count.
      await page.getByRole("button", { name: /^Maja Holm/ }).click();
      await tap(main.getByRole("button", { name: "Spær min konto nu" }));
    });
  });

  afterDayOne("the printed code blocks in the taps and seconds it promises", async ({ page, credentials }, info) => {
    await slowLine(page);
    await inTime(page, info, 3, 20, async (tap) => {
      await page.goto("/spaer");
      await tap(page.getByRole("main").getByRole("link", { name: "Spær med din spærrekode" }));
      await page.getByLabel("Brugernavn").fill(maja.userName);
      await page.getByLabel("Spærrekode").fill(credentials.blockingCode);
      await tap(page.getByRole("main").getByRole("button", { name: "Spær" }));
    });
  });
});

test.describe("services", () => {
  afterDayOne("that can be told end her session, in both browsers, and the receipt says so", async ({ page, portal, mellon, elsewhere, credentials }, info) => {
    test.slow();
    const thief = await elsewhere();
    await signInAtService(thief, mellon.url, credentials, withoutScript(info));
    await signInAtService(page, mellon.url, credentials, withoutScript(info));
    await page.goto(`${portal.url}/spaer`);
    await blockBySession(page);
    await expectReceipt(page);
    const rows = page.getByRole("main").locator("dl > div").filter({ hasText: "Prøvetjenesten" });
    await expect(rows).toHaveCount(2);
    await expect(async () => {
      await page.reload();
      await expect(rows.filter({ hasText: /lukket kl\. \d\d\.\d\d/ })).toHaveCount(2, { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await expect(page.getByRole("link", { name: "Se, om flere er lukket" })).toHaveCount(0);
    for (const browser of [page, thief]) {
      await browser.goto(mellon.url);
      await expectPage(browser, "Log ind");
    }
    await expectEvent(portal, "service.told", '"outcome":"confirmed"');
  });

  afterDayOne("that cannot be reached may stay open, and the receipt says until when", async ({ page, portal, mellon, credentials }, info) => {
    test.slow();
    await signInAtService(page, mellon.url, credentials, withoutScript(info));
    await mellon.halt();
    await page.goto(`${portal.url}/spaer`);
    await blockBySession(page);
    await expectReceipt(page);
    const row = page.getByRole("main").locator("dl > div").filter({ hasText: "Prøvetjenesten" });
    await expect(row).toContainText(/kan være åben til kl\. \d\d\.\d\d/);
    await expect(async () => expectEvent(portal, "service.told", "line-unreachable")).toPass({ timeout: 20_000 });
    await page.getByRole("link", { name: "Se, om flere er lukket" }).click();
    await expect(row).toContainText(/kan være åben til kl\. \d\d\.\d\d/);
    await expect(row).not.toContainText("lukket kl.");
  });

  afterDayOne("that cannot be told at all may stay open, and the receipt says until when", async ({ page, portal, credentials }, info) => {
    await page.goto(SAMPLE_SERVICE);
    await press(page, "Log ind");
    await signIn(page, credentials);
    if (withoutScript(info)) await press(page, "Fortsæt");
    await expectPage(page, "Du er logget ind");
    await goToMitid(page);
    await page.getByRole("button", { name: /^Maja Holm/ }).click();
    await press(page, "Spær min konto nu");
    await expectReceipt(page);
    const row = page.getByRole("main").locator("dl > div").filter({ hasText: "Prøvetjenesten" });
    await expect(row).toContainText(/^Prøvetjenesten\s*kan være åben til kl\. \d\d\.\d\d/);
    await expectEvent(portal, "login.held", "by-mitid");
  });
});

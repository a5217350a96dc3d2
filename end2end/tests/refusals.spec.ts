// What is refused: the right page, the right event, and nothing half done.
import type { Page } from "@playwright/test";
import { type Person, maja, newcomer } from "../lib/people";
import type { Portal } from "../lib/server";
import { afterDayOne, expect, test } from "../lib/test";
import { publishNewTerms } from "../lib/texts";
import { totp } from "../lib/totp";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import {
  acceptTerms, choosePassword, enterFirstCode, expectPage, finish, goToMitid, invitation, offeredKey,
  openInvitation, press, prove, proveInVain, readTerms, showCode, showPassword, signIn, walkToProof,
} from "../lib/walk";

/** The one sentence a form has to say. */
async function expectSlip(page: Page, sentence: string): Promise<void> {
  const summary = page.getByRole("alert").filter({ hasText: "Der er noget, der skal rettes" });
  await expect(summary.getByRole("link")).toHaveText([new RegExp(`^${sentence}`)]);
}

/** Posts what a browser at this page could post, by hand. */
async function post(page: Page, portal: Portal, path: string, form: Record<string, string>): Promise<string> {
  const response = await page.request.post(path, { form, headers: { origin: portal.url }, maxRedirects: 0 });
  expect(response.status()).toBe(303);
  return response.headers().location ?? "";
}

/** The flow in the address of a page. */
function flowOf(page: Page): string {
  return new URL(page.url()).pathname.split("/")[2] ?? "";
}

/** Gets her yes from the simulator, but keeps it from arriving: the address it would arrive at. */
async function heldBack(page: Page, person: Person): Promise<string> {
  await goToMitid(page);
  const button = page.getByRole("button", { name: new RegExp(`^${person.inSimulator}`) });
  const form = button.locator("xpath=ancestor::form");
  const response = await page.request.post((await form.getAttribute("action")) ?? "", {
    form: {
      ticket: await form.locator("input[name=ticket]").inputValue(),
      person: (await button.getAttribute("value")) ?? "",
    },
    maxRedirects: 0,
  });
  return response.headers().location ?? "";
}

const yesterday = new Date(Date.now() - 24 * 3600 * 1000).toISOString().slice(0, 10);

test.describe("terms", () => {
  test("the box is not ticked", async ({ page, portal, mailbox }) => {
    await openInvitation(page, mailbox, maja);
    await readTerms(page);
    await press(page, "Acceptér");
    await expectPage(page, /^Acceptér vilkårene/);
    await expectSlip(page, "Sæt flueben for at acceptere vilkårene.");
    await expectEvents(portal, "enrolment.refused", 1);
    await expectEvent(portal, "enrolment.refused", '"why":"the box was not ticked"');
    await expectNoEvent(portal, "terms.accepted");
    await acceptTerms(page);
    await expectPage(page, "Bekræft, hvem du er");
  });

  test("a page is skipped by a hand-made form", async ({ page, portal, mailbox }) => {
    await openInvitation(page, mailbox, maja);
    const flow = flowOf(page);
    const first = `/indrullering/${flow}/vilkaar/1`;
    for (const [path, form] of [
      ["/handling/accepter", { accept: "yes" }],
      ["/handling/vend", { page: "3" }],
      ["/handling/vend", { page: "99" }],
    ] as const) {
      expect(await post(page, portal, path, { journey: "indrullering", flow, ...form })).toBe(first);
    }
    await page.goto(`/indrullering/${flow}/vilkaar/4`);
    await expectPage(page, /^Læs vilkårene \(del 1 af/);
    await expect(page).toHaveURL(first);
    await expect(page.getByRole("alert")).toContainText("den del af vilkårene, du mangler at læse");
    await expectEvents(portal, "enrolment.refused", 1, '"why":"page 1 was not shown"');
    await expectEvents(portal, "enrolment.refused", 2, '"why":"page 1 comes next"');
    await expectNoEvent(portal, "terms.page-shown");
    await expectNoEvent(portal, "terms.accepted");
  });

  test("a later step is asked for before its time", async ({ page, portal, mailbox }) => {
    await openInvitation(page, mailbox, maja);
    const flow = flowOf(page);
    for (const [path, form] of [
      ["/handling/bekraeft", {}],
      ["/handling/adgangskode", { password: "tre våde kajakker i oktober" }],
      ["/handling/app", { name: "Min telefon", code: "123456" }],
      ["/handling/faerdig", {}],
    ] as const) {
      expect(await post(page, portal, path, { flow, ...form }), path).toBe(`/indrullering/${flow}/vilkaar/1`);
    }
    for (const last of ["bekraeft", "adgangskode", "loginmiddel", "app", "tjek", "klar"]) {
      await page.goto(`/indrullering/${flow}/${last}`);
      await expectPage(page, /^Læs vilkårene \(del 1 af/);
    }
    for (const kind of ["proof.started", "password.set", "factor.offered", "enrolment.finished"]) {
      await expectNoEvent(portal, kind);
    }
  });

  test("she does not want to accept", async ({ page, portal, mailbox }) => {
    await openInvitation(page, mailbox, maja);
    await readTerms(page);
    await page.getByRole("link", { name: "Jeg vil ikke acceptere" }).click();
    await expectPage(page, "Hvis du ikke accepterer");
    await press(page, "Jeg accepterer ikke");
    await expectPage(page, "Du har ikke accepteret vilkårene");
    await expectEvent(portal, "terms.declined");
    await expectNoEvent(portal, "terms.accepted");
    await expectNoEvent(portal, "login.held");
  });
});

test.describe("terms that change midway", () => {
  test.use({ ownTexts: true });

  test("while she reads", async ({ page, portal, mailbox }) => {
    await openInvitation(page, mailbox, maja);
    await press(page, "Næste");
    await expectPage(page, /del 2 af/);
    await publishNewTerms(portal);
    await press(page, "Næste");
    await expectPage(page, /del 1 af/);
    await expect(page.getByRole("alert")).toContainText("Vilkårene er ændret, mens du læste.");
    await expect(page.getByText("Version 99")).toBeVisible();
    await expectEvent(portal, "enrolment.refused", '"why":"another version of the terms holds now"');
    await expectEvents(portal, "terms.page-shown", 1);
    await readTerms(page);
  });

  test("between the accept and the proof", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    await publishNewTerms(portal);
    await prove(page, maja);
    await expectPage(page, /del 1 af/);
    await expect(page.getByRole("alert")).toContainText("Vilkårene er ændret");
    await expectEvents(portal, "enrolment.refused", 1, '"why":"new-terms"');
    await expectNoEvent(portal, "proof.accepted");
    await expectNoEvent(portal, "terms.accepted");
    await readTerms(page);
    await acceptTerms(page);
    await prove(page, maja);
    await choosePassword(page);
    await expectEvents(portal, "proof.accepted", 1);
    await expectEvents(portal, "terms.accepted", 1);
    await expectTrailHolds(portal);
  });

  afterDayOne("before the next sign-in, which they interrupt", async ({ page, portal, credentials }) => {
    await publishNewTerms(portal);
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await expectPage(page, /^Læs vilkårene \(del 1 af/);
    await expect(page.getByText("Inden du fortsætter: Vilkårene er ændret.")).toBeVisible();
    await readTerms(page);
    await acceptTerms(page);
    await expectPage(page, /^Hej /);
    await expect(page.getByText("Version 99 accepteret")).toBeVisible();
    await expectEvents(portal, "terms.accepted", 2);
    await expectNoEvent(portal, "enrolment.refused");
    await expectTrailHolds(portal);
  });

  afterDayOne("declined at the sign-in, they close the login", async ({ page, portal, credentials }) => {
    await publishNewTerms(portal);
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await readTerms(page);
    await page.getByRole("link", { name: "Jeg vil ikke acceptere" }).click();
    await expect(page.getByText("Uden accept kan du ikke bruge dit login, og vi lukker det.")).toBeVisible();
    await press(page, "Jeg accepterer ikke");
    await expectPage(page, "Du har ikke accepteret vilkårene");
    await page.goto("/overblik");
    await expectPage(page, "Log ind");
    await expectEvent(portal, "terms.declined");
    await expectEvent(portal, "login.held", "terms");
  });
});

test.describe("proof", () => {
  test("everything MitID can refuse ends on one of four calm pages, and the next try succeeds", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    const proof = page.url();
    for (const [button, title, why] of [
      ["Afbryd", "Du stoppede undervejs", "aborted"],
      ["Tiden løber ud", /^(Du stoppede undervejs|Vi fik ikke et svar, vi kunne bruge)$/, ""],
      ["For lavt niveau", "Vi kan ikke bekræfte dig på denne måde", "level-too-low"],
      ["Uden CPR-nummer", "Vi kan ikke bekræfte dig på denne måde", "no-cpr"],
      ["Et andet CPR-nummer", "Vi kan ikke bekræfte dig på denne måde", "other-person"],
      ["Meldt forsvundet i CPR", "Vi kan ikke bekræfte dig på denne måde", "register-refused"],
      ["CPR svarer ikke", "Det virker ikke lige nu", "register-silent"],
      ["Teknisk fejl", "Det virker ikke lige nu", "technical"],
    ] as const) {
      await test.step(button, async () => {
        await proveInVain(page, maja, button);
        await expectPage(page, title);
        expect(new URL(page.url()).search, "a clean address").toBe("");
        await expectEvent(portal, "proof.refused", why);
        await page.getByRole("link", { name: "Prøv igen" }).click();
        await expect(page).toHaveURL(proof);
      });
    }
    await expectNoEvent(portal, "proof.accepted");
    await expectNoEvent(portal, "terms.accepted");
    await prove(page, maja);
    await expectPage(page, "Vælg din adgangskode");
  });

  test("somebody else's MitID opens nothing and tells nothing", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    await prove(page, { ...maja, inSimulator: "Ali Demir" });
    await expectPage(page, "Vi kan ikke bekræfte dig på denne måde");
    await expect(page.getByText(/Maja|Holm/)).toHaveCount(0);
    await expectEvent(portal, "proof.refused", "other-person");
    await expectNoEvent(portal, "proof.accepted");
  });

  test("the answer comes twice", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    const callback = await heldBack(page, maja);
    await page.goto(callback);
    await expectPage(page, "Vælg din adgangskode");
    await page.goto(callback);
    await expectPage(page, "Vi fik ikke et svar, vi kunne bruge");
    await expectEvent(portal, "proof.refused", "lost");
    await expectEvents(portal, "proof.accepted", 1);
    await expectEvents(portal, "terms.accepted", 1);
    await page.goto(await invitation(mailbox, maja));
    await expect(page.getByText("Fortsæt, hvor du slap"), "the first answer still counts").toBeVisible();
  });

  test("the answer comes to another browser", async ({ page, portal, mailbox, elsewhere }) => {
    await walkToProof(page, mailbox, maja);
    const callback = await heldBack(page, maja);
    const other = await elsewhere();
    await other.goto(callback);
    await expectPage(other, "Vi fik ikke et svar, vi kunne bruge");
    await expectEvent(portal, "proof.refused", "lost");
    await expectNoEvent(portal, "proof.accepted");
    await page.goto(callback);
    await expectPage(page, "Vælg din adgangskode");
  });

  test("the answer never comes", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    const proof = page.url();
    await proveInVain(page, maja, "Vend aldrig tilbage");
    await expectPage(page, "Her stopper turen");
    await page.goto(proof);
    await prove(page, maja);
    await expectPage(page, "Vælg din adgangskode");
    await expectTrailHolds(portal);
  });

  test("the answer is made up", async ({ page, portal }) => {
    for (const query of ["", "?state=x&code=y", "?error=access_denied", "?state=a&state=b&code=c"]) {
      await page.goto(`/mitid/tilbage/simulator${query}`);
      await expectPage(page, "Vi fik ikke et svar, vi kunne bruge");
      expect(new URL(page.url()).search).toBe("");
    }
    await expectEvent(portal, "proof.refused", "lost");
  });

  test("the answer comes to another broker's address, or says a thing twice", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    const twice = await heldBack(page, maja);
    await page.goto(`${twice}&code=another`);
    await expectPage(page, "Vi fik ikke et svar, vi kunne bruge");
    await expectEvent(portal, "proof.refused", "lost");
    await page.goto(twice.replace("/mitid/tilbage/simulator", "/mitid/tilbage/another"));
    await expectPage(page, "Vi fik ikke et svar, vi kunne bruge");
    await expectEvent(portal, "proof.refused", "other-broker");
    await expectNoEvent(portal, "proof.accepted");
  });

  test("she proves in two tabs: each answer counts for its own trip", async ({ page, context, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    const second = await context.newPage();
    await second.goto(page.url());
    await goToMitid(page);
    await prove(second, maja);
    await choosePassword(second);
    await expectPage(second, "Vælg et loginmiddel");
    await page.getByRole("button", { name: /^Maja Holm/ }).click();
    await expectPage(page, "Vælg et loginmiddel");
    await expectEvents(portal, "proof.started", 2);
    await expectEvents(portal, "proof.accepted", 2);
    await expectNoEvent(portal, "proof.refused");
    await expectEvents(portal, "terms.accepted", 1);
    await expectTrailHolds(portal);
  });
});

test.describe("the link", () => {
  test("a link that opens nothing says so, whatever it is", async ({ page, portal, mailbox }) => {
    const old = await invitation(mailbox, maja);
    await portal.import({ ...maja, privateMail: "maja.ny@privat.test" });
    await mailbox.link("maja.ny@privat.test", /\/kom-i-gang\//);
    for (const link of [old, "/kom-i-gang/findes-ikke", `/kom-i-gang/${"a".repeat(64)}`]) {
      const response = await page.goto(link);
      expect(response?.status()).toBe(410);
      await expectPage(page, "Linket virker ikke længere");
    }
  });

  test("opened by somebody else in another browser it shows nothing of her", async ({ page, portal, mailbox, elsewhere }) => {
    await walkToProof(page, mailbox, maja);
    await prove(page, maja);
    await choosePassword(page);
    const flow = flowOf(page);
    const stranger = await elsewhere();
    await stranger.goto(await invitation(mailbox, maja));
    await expectPage(stranger, "Kom i gang");
    await expect(stranger.getByText(/Maja|Holm|maja/)).toHaveCount(0);
    await expect(stranger.getByText("Fortsæt, hvor du slap")).toHaveCount(0);
    for (const last of ["", "/vilkaar/1", "/bekraeft", "/adgangskode", "/loginmiddel", "/app", "/tjek", "/klar"]) {
      const response = await stranger.goto(`/indrullering/${flow}${last}`);
      expect(response?.status(), last).toBe(410);
      await expect(stranger.getByText(/Maja|Holm|maja/)).toHaveCount(0);
    }
    expect(await post(stranger, portal, "/handling/adgangskode", { flow, password: "en helt anden adgangskode" })).toBe("/kom-i-gang");
    await stranger.goto(await invitation(mailbox, maja));
    await press(stranger, "Begynd");
    await expectPage(stranger, "Bekræft, hvem du er");
    await prove(stranger, { ...maja, inSimulator: "Ukendt Person" });
    await expectPage(stranger, "Vi kan ikke bekræfte dig på denne måde");
    await expectEvent(portal, "proof.refused", "other-person");
    await page.reload();
    await expectPage(page, "Vælg et loginmiddel");
  });
});

test.describe("password and code", () => {
  test("a weak password, a code that does not fit, a name that is missing", async ({ page, portal, mailbox }) => {
    test.slow();
    await walkToProof(page, mailbox, maja);
    await prove(page, maja);
    for (const [password, sentence] of [
      ["", "Skriv den adgangskode, du vil have."],
      ["for kort", "Adgangskoden skal have mindst 12 tegn."],
      ["Eksempel Kommune 2026", "Adgangskoden er et navn eller et ord, som er let at gætte."],
      ["1qaz2wsx3edc", "Adgangskoden står på en liste over adgangskoder, som er lækket et andet sted."],
    ] as const) {
      await choosePassword(page, password);
      await expectPage(page, "Vælg din adgangskode");
      await expectSlip(page, sentence);
      await expect(page.getByLabel("Ny adgangskode")).toHaveValue("");
    }
    await expectEvents(portal, "password.refused", 3);
    await expectNoEvent(portal, "password.set");
    await choosePassword(page);
    const secret = await offeredKey(page);
    const wrong = String((Number(totp(secret)) + 1) % 1_000_000).padStart(6, "0");
    for (const [code, sentence] of [
      ["", "Skriv koden fra din godkender-app."],
      ["12345", "Koden er 6 cifre."],
      [wrong, "Koden passer ikke."],
    ] as const) {
      await enterFirstCode(page, code);
      await expectSlip(page, sentence);
    }
    await page.getByLabel("Giv appen et navn").fill("");
    await enterFirstCode(page, totp(secret));
    await expectSlip(page, "Skriv et navn på 1-30 tegn");
    await expectEvents(portal, "factor.refused", 2);
    await expectEvent(portal, "factor.refused", '"why":"code"');
    await expectNoEvent(portal, "factor.added");
    await page.getByLabel("Giv appen et navn").fill("Majas telefon");
    await enterFirstCode(page, totp(secret));
    await finish(page);
    await expectEvents(portal, "factor.added", 1);
    await expectEvents(portal, "factor.refused", 2);
  });

  afterDayOne("a wrong password and an unknown name are answered alike", async ({ page, portal, credentials }) => {
    for (const userName of [credentials.userName, "findes.ikke"]) {
      await page.goto("/log-ind");
      await showPassword(page, { ...credentials, userName, password: "en helt anden adgangskode" });
      await expectPage(page, "Log ind");
      await expectSlip(page, "Brugernavn eller adgangskode passer ikke.");
      await expect(page.getByLabel("Brugernavn"), "typed once").toHaveValue(userName);
      await expect(page.getByLabel("Adgangskode", { exact: true })).toHaveValue("");
      await expect(page).toHaveURL("/log-ind");
    }
    await expectEvent(portal, "sign-in.refused", "password");
    await signIn(page, credentials);
    await expectPage(page, /^Hej /);
  });

  afterDayOne("a wrong code, and a code that was used before", async ({ page, portal, elsewhere, credentials }) => {
    await page.goto("/log-ind");
    await showPassword(page, credentials);
    const next = totp(credentials.secret, 1);
    await showCode(page, String((Number(next) + 1) % 1_000_000).padStart(6, "0"));
    await expectSlip(page, "Koden passer ikke.");
    await expectEvents(portal, "sign-in.refused", 1);
    await expectEvent(portal, "sign-in.refused", '"factor":"code"');
    await expectNoEvent(portal, "sign-in.done");
    await showCode(page, next);
    await expectPage(page, /^Hej /);

    const other = await elsewhere();
    await other.goto("/log-ind");
    await showPassword(other, credentials);
    await showCode(other, next);
    await expectPage(other, "Bekræft med koden fra din app");
    await expectSlip(other, "Koden passer ikke.");
    await expectEvents(portal, "sign-in.refused", 2);
    await expectEvents(portal, "sign-in.done", 1);
    await other.goto("/overblik");
    await expectPage(other, "Log ind");
    await expectTrailHolds(portal);
  });

  test("after many wrong passwords there is a pause that says until when, and nothing is blocked", async ({ page, portal }) => {
    for (let tries = 0; tries < 3; tries += 1) {
      await page.goto("/log-ind");
      await showPassword(page, { userName: maja.userName, password: "en helt anden adgangskode", secret: "" });
    }
    await expectPage(page, "Du har prøvet for mange gange");
    await expect(page.getByText(/Du kan prøve igen kl\. \d/)).toBeVisible();
    await expect(page.getByText("Der er ikke spærret noget.")).toBeVisible();
    const out = page.getByRole("main").getByRole("link", { name: "Vælg en ny adgangskode med MitID" });
    await expect(out, "a way out at once").toHaveAttribute("href", "/glemt-adgangskode");
    await expectEvent(portal, "sign-in.refused");
    await expectNoEvent(portal, "login.held");
  });
});

test.describe("the work relation ends midway", () => {
  test("before the proof", async ({ page, portal, mailbox }) => {
    await walkToProof(page, mailbox, maja);
    await portal.import({ ...maja, endsOn: yesterday });
    const proof = page.url();
    await prove(page, { ...maja, inSimulator: "Ali Demir" });
    await expectPage(page, "Vi kan ikke bekræfte dig på denne måde");
    await expectEvent(portal, "proof.refused", "other-person");
    await expectNoEvent(portal, "enrolment.refused");
    await page.goto(proof);
    await prove(page, maja);
    await expectPage(page, "Vi kan ikke gøre dit login færdigt");
    await expect(page.getByRole("main")).toContainText("tal med din leder, eller ring til servicedesken");
    await expectEvents(portal, "enrolment.refused", 1, '"why":"held-or-ended"');
    await expectNoEvent(portal, "proof.accepted");
    await expectNoEvent(portal, "terms.accepted");
  });

  test("after the proof", async ({ page, portal, mailbox }) => {
    const link = await invitation(mailbox, maja);
    await walkToProof(page, mailbox, maja);
    await prove(page, maja);
    await choosePassword(page);
    const secret = await offeredKey(page);
    await enterFirstCode(page, totp(secret));
    await expectPage(page, "Tjek og gør færdig");
    await portal.import({ ...maja, endsOn: yesterday });
    await press(page, "Gør færdig");
    await expectPage(page, "Kom i gang");
    await expect(page.getByRole("alert")).toContainText("personalesystemet har ændret noget om dig");
    await page.goto(link);
    await expectPage(page, "Linket virker ikke længere");
    await expect(page.getByRole("main")).toContainText("din tilknytning er slut. Passer det ikke, så tal med din leder.");
    await expectEvent(portal, "association.closed");
    await expectEvent(portal, "login.held");
    await expectNoEvent(portal, "enrolment.finished");
  });

  afterDayOne("while she is signed in", async ({ page, portal, credentials }) => {
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await expectPage(page, /^Hej /);
    await portal.import({ ...maja, endsOn: yesterday });
    await page.reload();
    await expectPage(page, "Log ind");
    await expectEvent(portal, "association.closed");
  });

  afterDayOne("before she signs in", async ({ page, portal, credentials }) => {
    await portal.import({ ...maja, endsOn: yesterday });
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await expectPage(page, "Din konto er spærret");
    await expect(page.getByText("Personalesystemet siger, at din tilknytning er slut.")).toBeVisible();
    await expectEvent(portal, "login.held");
    await expectNoEvent(portal, "sign-in.done");
  });
});

test.describe("HR's file", () => {
  afterDayOne("it cannot change the number of somebody who proved who she is", async ({ page, portal, credentials }) => {
    await expect(portal.import({ ...maja, cpr: "670680-0007" })).rejects.toThrow("line 2, column cpr");
    await expectEvents(portal, "login.held", 1);
    await expectEvents(portal, "feed.refused", 1, '"column":"cpr"');
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await expectPage(page, "Din konto er spærret");
    await expect(page.getByRole("main")).toContainText("Vi skal være sikre på, hvem du er");
    await expectNoEvent(portal, "sign-in.done");
    await expectTrailHolds(portal);
  });

  afterDayOne("it cannot end everybody at once, and who is signed in stays so", async ({ page, portal, credentials }) => {
    await page.goto("/log-ind");
    await signIn(page, credentials);
    await expectPage(page, /^Hej /);
    const people = Array.from({ length: 30 }, (_, at) => ({
      ...newcomer,
      employeeNumber: `30${at}`,
      cpr: `6706800${String(at + 100).padStart(3, "0")}`,
      userName: `ansat${at}`,
      privateMail: `ansat${at}@privat.test`,
    }));
    await portal.import(...people);
    const everybody = [maja, ...people].map((it) => ({ ...it, endsOn: yesterday }));
    await expect(portal.import(...everybody)).rejects.toThrow(/the file would end 31 of \d+ associations/);
    await expectEvent(portal, "feed.refused", '"ending":"31"');
    await expectNoEvent(portal, "association.closed");
    await expectNoEvent(portal, "login.held");
    await page.reload();
    await expectPage(page, /^Hej /);
    await page.goto("/konto/tilknytning");
    await expectPage(page, "Dine tilknytninger");
    await expectTrailHolds(portal);
  });
});

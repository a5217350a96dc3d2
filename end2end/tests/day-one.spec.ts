// Day one: this morning a line in HR's feed, tonight logged in at a service.
import { newcomer } from "../lib/people";
import { expect, test } from "../lib/test";
import { waitHydrated, withoutScript } from "../lib/hydration";
import { cprShapes, expectNowhere, seedShapes } from "../lib/secrets";
import { shown } from "../lib/service";
import { expectEvents, expectTrailHolds } from "../lib/trail";
import {
  PASSWORD, acceptTerms, addApp, choosePassword, completeEnrolment, expectPage, finish, invitation, openInvitation, press, prove,
  readTerms, signIn, walkToProof,
} from "../lib/walk";

// The service's certificate comes from an authority made for this run.
test.use({ ignoreHTTPSErrors: true });

test("a newcomer becomes somebody a service trusts", async ({ page, context, portal, mailbox, mellon }, info) => {
  await test.step("HR hands over a line, and a letter goes out", async () => {
    expect(await portal.import(newcomer)).toContain("1");
    const letter = await mailbox.newest(newcomer.privateMail);
    expect(letter.subject).toContain("Kom i gang med dit login");
    expect(letter.text + letter.html).not.toContain(newcomer.cpr);
  });
  const credentials = await test.step("she reads, proves, chooses and registers", async () => {
    await openInvitation(page, mailbox, newcomer);
    await expect(page.getByText(newcomer.familyName), "a link proves nothing").toHaveCount(0);
    await waitHydrated(page, info);
    await readTerms(page);
    await acceptTerms(page);
    await prove(page, newcomer);
    await expect(page.getByRole("status").filter({ hasText: "Vi ved nu, at du er dig" })).toBeVisible();
    const enrolled = await completeEnrolment(page, newcomer);
    await expect(page.getByRole("main"), "the receipt of her accept").toContainText("Version 1.0, accepteret");
    return enrolled;
  });
  await test.step("she is told, and HR is told", async () => {
    for (const subject of [/accepteret vilkårene/, /bekræftet, hvem du er/, /Nyt loginmiddel/, /tilknytning er aktiv/]) {
      await mailbox.newest(newcomer.workMail, subject);
    }
    await mailbox.newest("hr@eksempel.test", /tilknytning er aktiv/);
  });
  await test.step("she is logged in at the service", async () => {
    await page.goto(mellon.url);
    await expect(page.getByText("Du er på vej til Prøvetjenesten.")).toBeVisible();
    await signIn(page, credentials);
    if (withoutScript(info)) await press(page, "Fortsæt");
    await expectPage(page, "Prøvetjenesten");
    expect(await shown(page, "loa")).toBe("Substantial");
    expect(await shown(page, "cvr")).toBe("29189897");
    expect(await shown(page, "orgName")).toBe("Eksempel Kommune");
    expect(await shown(page, "specVersion")).toBe("OIO-SAML-3.0");
    const session = Buffer.from(await shown(page, "session"), "base64").toString("utf8");
    expect(session).toContain("https://data.gov.dk/concept/core/nsis/loa/Substantial</saml:AuthnContextClassRef>");
    expect(session).toContain("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent");
  });
  await test.step("the next time she is known there by the same name, and asked nothing", async () => {
    const name = await shown(page, "nameId");
    await context.clearCookies({ name: /^mellon/ });
    await page.goto(mellon.url);
    if (withoutScript(info)) await press(page, "Fortsæt");
    await expectPage(page, "Prøvetjenesten");
    expect(await shown(page, "nameId")).toBe(name);
    expect(name).not.toContain(newcomer.userName);
  });
  await test.step("nothing secret of hers was kept in clear, or logged", async () => {
    const letters = (await Promise.all([newcomer.privateMail, newcomer.workMail].map((address) => mailbox.to(address)))).flat();
    const links = letters.flatMap((letter) => letter.links.map((link) => new URL(link).pathname.split("/").at(-1) ?? ""));
    // Longer than an id, which is no secret.
    const tokens = links.filter((last) => last.length > 36);
    const cookies = (await context.cookies(portal.url)).filter(({ name }) => name === "nsis-id");
    expect(cookies).toHaveLength(1);
    expect(tokens.length, "a welcome link, and one in every notice").toBeGreaterThan(2);
    expectNowhere(
      portal,
      {
        "her CPR number": cprShapes(newcomer.cpr),
        "the secret of a link": tokens,
        "her password": [credentials.password],
        "the key of her app": seedShapes(credentials.secret),
        "her cookie": cookies.map(({ value }) => value),
        "her blocking code": [credentials.blockingCode, credentials.blockingCode.replaceAll("-", "")],
      },
      newcomer.userName,
    );
  });
  await expectTrailHolds(portal);
});

test("interrupted after the proof, she goes on with a new one on a device of the other size, to the service", async ({ page, portal, mailbox, elsewhere, mellon }, info) => {
  test.slow();
  await portal.import(newcomer);
  await walkToProof(page, mailbox, newcomer);
  await prove(page, newcomer);
  await choosePassword(page);
  await expectPage(page, "Vælg et loginmiddel");

  const other = await elsewhere("other size");
  expect(other.viewportSize()?.width).not.toBe(page.viewportSize()?.width);
  const link = await invitation(mailbox, newcomer);
  await other.goto(link);
  await expect(other.getByText(newcomer.familyName), "the link alone tells nothing").toHaveCount(0);
  await press(other, "Begynd");
  await expectPage(other, "Bekræft, hvem du er");
  await prove(other, newcomer);
  const secret = await addApp(other);
  await finish(other);

  await other.goto(link);
  await expectPage(other, "Linket virker ikke længere");
  await other.goto(mellon.url);
  await signIn(other, { userName: newcomer.userName, password: PASSWORD, secret });
  if (withoutScript(info)) await press(other, "Fortsæt");
  await expectPage(other, "Prøvetjenesten");
  expect(await shown(other, "loa")).toBe("Substantial");
  expect(await shown(other, "cvr")).toBe("29189897");
  const name = await shown(other, "nameId");
  expect(name).not.toContain(newcomer.userName);
  await other.context().clearCookies({ name: /^mellon/ });
  await other.goto(mellon.url);
  if (withoutScript(info)) await press(other, "Fortsæt");
  await expectPage(other, "Prøvetjenesten");
  expect(await shown(other, "nameId"), "the same name the next time").toBe(name);
  await expectEvents(portal, "proof.accepted", 2);
  await expectEvents(portal, "token.issued", 2);

  await page.goto("/overblik");
  await expectPage(page, "Log ind");
  await expectTrailHolds(portal);
});

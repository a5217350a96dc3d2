// Everything behind it is down: letters and SMS go nowhere, MitID does not answer, the service is dead. Blocking works.
import { rmSync, writeFileSync } from "node:fs";
import { ask, change } from "../lib/database";
import { expectNotBlocked, expectReceipt, fillCode, fillPassword } from "../lib/doors";
import { withoutScript } from "../lib/hydration";
import { APART, Line } from "../lib/line";
import { Mailbox } from "../lib/mail";
import { maja } from "../lib/people";
import { Portal } from "../lib/server";
import { signInAtService } from "../lib/service";
import { expect, test as base } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import { enrol, expectPage, press } from "../lib/walk";

/** The same stories' portal, at the end of a line that can be cut. */
const test = base.extend<{ line: Line }>({
  line: async ({}, use) => {
    const line = await Line.lay();
    await use(line);
    await line.remove();
  },
  portal: async ({ line }, use, info) => {
    const portal = await Portal.start({ address: APART, port: line.port });
    await use(portal);
    if (info.status !== info.expectedStatus) await info.attach("server.log", { body: portal.log, contentType: "text/plain" });
    await portal.stop();
  },
});

// The service's certificate comes from an authority made for this run.
test.use({ ignoreHTTPSErrors: true });

/** Nothing can be put where a folder was. */
function fill(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, "no folder any more");
}

test("with everything down she blocks by session, code, link and password, and MitID's door leads to those", async ({
  page, elsewhere, portal, line, mailbox, mellon,
}, info) => {
  test.setTimeout(240_000);
  const credentials = await enrol(page, mailbox, maja);
  const link = await mailbox.link(maja.workMail, /\/var-det-dig\//, /Nyt loginmiddel/);
  await signInAtService(page, mellon.url, credentials, withoutScript(info));
  const other = await elsewhere();
  // What it knows of MitID it forgets with a restart; the session stays.
  line.cutBroker();
  await portal.restart();
  await mellon.halt();
  fill(portal.mailDir);
  fill(portal.smsDir);

  await test.step("MitID does not answer: nothing is blocked, and the page offers the others", async () => {
    await other.goto(`${portal.url}/spaer`);
    await press(other, "Spær med MitID");
    await expectNotBlocked(other);
    await expectNoEvent(portal, "login.held");
  });
  await test.step("by the open session, and the receipt promises nothing of the service", async () => {
    await page.goto(`${portal.url}/spaer/nu`);
    await press(page, "Spær min konto nu");
    await expectReceipt(page);
    const row = page.getByRole("main").locator("dl > div").filter({ hasText: "Prøvetjenesten" });
    await expect(row).toContainText(/kan være åben til kl\. \d\d\.\d\d/);
    await expectEvent(portal, "login.held", "by-session");
  });
  await test.step("by the printed code, from the page that said no", async () => {
    await other.getByRole("main").getByRole("link", { name: "Spær med din spærrekode" }).click();
    await fillCode(other, maja.userName, credentials.blockingCode);
    await expectReceipt(other);
    await expectEvent(portal, "login.held", "by-code");
  });
  await test.step("by the link in a letter that came before", async () => {
    const third = await elsewhere();
    await third.goto(link);
    await press(third, "Nej, spær min konto");
    await expectReceipt(third);
    await expectEvent(portal, "login.held", "by-notice");
  });
  await test.step("by user name and password", async () => {
    const fourth = await elsewhere();
    await fourth.goto(`${portal.url}/spaer/adgangskode`);
    await fillPassword(fourth, maja.userName, credentials.password);
    await expectReceipt(fourth);
    await expectEvent(portal, "login.held", "by-password");
  });
  await expectEvents(portal, "login.held", 4);
  await page.goto(`${portal.url}/overblik`);
  await expectPage(page, "Log ind");

  await test.step("what could not be told is written down, waits, and arrives when letters go again", async () => {
    await expect(async () => {
      await expectEvent(portal, "notice.failed", '"final":"false"');
      await expectEvent(portal, "service.told", "line-unreachable");
    }).toPass({ timeout: 30_000 });
    await expect.poll(() => ask(portal, "select count(*) from outbox where template = 'Blocked' and failure is null")).toBe("0");
    rmSync(portal.mailDir);
    rmSync(portal.smsDir);
    await change(portal, "update outbox set due_at = 1 where template = 'Blocked' and sent_at is null");
    await new Mailbox(portal.mailDir).newest(maja.workMail, /Din konto er spærret/);
  });
  await expectTrailHolds(portal);
});

test("MitID that falls silent on the way back blocks nothing, and says so", async ({ page, portal, line, mailbox }) => {
  test.slow();
  const credentials = await enrol(page, mailbox, maja);
  await page.context().clearCookies();
  await page.goto("/spaer");
  await press(page, "Spær med MitID");
  await expectPage(page, "Hvem vil du være?");
  line.cutBroker();
  await page.getByRole("button", { name: /^Maja Holm/ }).click();
  await expectNotBlocked(page);
  await expectEvent(portal, "proof.refused", "technical");
  await expectNoEvent(portal, "login.held");
  await page.getByRole("main").getByRole("link", { name: "Spær med din adgangskode" }).click();
  await fillPassword(page, maja.userName, credentials.password);
  await expectReceipt(page);
});

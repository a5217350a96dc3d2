// Keys change while people are on their way, and nobody notices.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newcomer } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvent, expectTrailHolds } from "../lib/trail";
import { acceptTerms, choosePassword, enterFirstCode, expectPage, finish, offeredKey, openInvitation, prove, readTerms, signIn, walkToProof } from "../lib/walk";
import { totp } from "../lib/totp";

const reason = ["--reason", "the keys are a year old"];

afterDayOne("keys are rotated under a running portal, and everybody goes on", async ({ page, portal, mailbox, elsewhere, credentials }) => {
  await portal.import(newcomer);
  const other = await elsewhere();
  // A flow in another browser stands in the middle: its offered seed is sealed under the older key.
  await walkToProof(other, mailbox, newcomer);
  await prove(other, newcomer);
  await choosePassword(other);
  const secret = await offeredKey(other);

  const said = await portal.command("keys", "rotate", ...reason);
  expect(said).toMatch(/^cpr-seal version 2$/m);
  expect(said).toMatch(/^sealed anew: 6 CPR numbers \(6 indexed anew\), 1 seeds, 6 keys of persons, 3 signing keys$/m);

  await enterFirstCode(other, totp(secret));
  await finish(other);
  await page.context().clearCookies();
  await page.goto("/log-ind");
  await signIn(page, credentials);
  await expectPage(page, "Hej Maja Holm");
  await expectEvent(portal, "key.rotation-begun", "cpr-seal 2");
  await expectEvent(portal, "key.rotated", '"cprs":"6"');
  await expectEvent(portal, "key.created", '"purpose":"saml-signature"');
});

test("a link mailed under the older key opens, HR's numbers are found, and the older keys wait for their time", async ({ page, portal, mailbox }) => {
  await portal.import(newcomer);
  await mailbox.newest(newcomer.privateMail);
  await portal.command("keys", "rotate", ...reason);
  await portal.command("keys", "rotate", "cpr-index", "cpr-seal", ...reason);
  expect(await portal.import(newcomer), "she is nobody new").toMatch(/added 0, changed 0/);
  await openInvitation(page, mailbox, newcomer);
  await readTerms(page);
  await acceptTerms(page);
  await prove(page, newcomer);
  await expectPage(page, "Vælg din adgangskode");
  const retired = await portal.command("keys", "retire", ...reason);
  expect(retired).toMatch(/^cpr-index version 2 goes on: what it sealed may live until /m);
  expect(retired).toMatch(/^trail version 1 goes on: the trail /m);
  await expectTrailHolds(portal);
});

afterDayOne("a ring that cannot be read stops nobody, and the whole one is taken up again", async ({ page, portal, credentials }) => {
  const ring = join(portal.data, "keys.toml");
  const whole = readFileSync(ring);
  writeFileSync(ring, "half a ri");
  await page.context().clearCookies();
  await page.goto("/log-ind");
  await signIn(page, credentials);
  await expect.poll(() => portal.log, { message: "the log says so" }).toContain("the changed key ring is not taken up");
  writeFileSync(ring, whole);
  await portal.command("keys", "rotate", "codes", ...reason);
  await expectTrailHolds(portal);
});

// The welcome link that came too late, and the way without it: MitID first, and a new link.
import { change } from "../lib/database";
import { post } from "../lib/doors";
import { expectGoodPage } from "../lib/good-page";
import { maja } from "../lib/people";
import { expect, test } from "../lib/test";
import { expectEvent, expectEvents, expectNoEvent, expectTrailHolds } from "../lib/trail";
import {
  acceptTerms, completeEnrolment, expectPage, invitation, openInvitation, press, prove, readTerms, signInHere,
} from "../lib/walk";

test("a link that has run out opens nothing, and leads to MitID", async ({ page, portal, mailbox }) => {
  test.slow();
  const link = await invitation(mailbox, maja);
  await page.goto(link);
  await expectPage(page, "Kom i gang");
  await change(portal, "update invitations set until = 1");
  await press(page, "Begynd");
  await expectPage(page, "Linket virker ikke længere");
  const response = await page.goto(link);
  expect(response?.status()).toBe(410);
  await expectPage(page, "Linket virker ikke længere");
  await expect(page.getByText(/Maja|Holm/)).toHaveCount(0);
  const token = new URL(link).pathname.split("/").at(-1) ?? "";
  expect((await post(page, portal, "/handling/begynd", { token })).headers().location).toBe(`/kom-i-gang/${token}`);
  await expectEvents(portal, "enrolment.refused", 2, '"why":"link-dead"');
  await expectNoEvent(portal, "enrolment.begun");
  await expectNoEvent(portal, "terms.page-shown");
  await page.getByRole("main").getByRole("link", { name: /MitID/ }).click();
  await expectPage(page, "Find din invitation med MitID");
  await expectTrailHolds(portal);
});

test("a link that runs out while she reads still lets her finish nothing without a proof", async ({ page, portal, mailbox }) => {
  test.slow();
  await openInvitation(page, mailbox, maja);
  await change(portal, "update invitations set until = 1");
  await page.goto(await invitation(mailbox, maja));
  await expectPage(page, "Linket virker ikke længere");
  await expectNoEvent(portal, "enrolment.refused");
  await expectEvents(portal, "enrolment.begun", 1);
  await expectNoEvent(portal, "enrolment.finished");
});

test("without the link she shows MitID first, gets a new one, and is done", async ({ page, portal, mailbox }) => {
  test.setTimeout(180_000);
  const old = await invitation(mailbox, maja);
  await page.goto("/kom-i-gang");
  await expectPage(page, "Kom i gang");
  await page.getByRole("main").getByRole("link", { name: "Find din invitation med MitID" }).click();
  await expectPage(page, "Find din invitation med MitID");
  await prove(page, maja);
  await expectPage(page, "Tjek din mail");
  await expect(page).toHaveURL("/kom-i-gang/fundet");
  await expect(page.getByText(maja.familyName)).toHaveCount(0);
  await expectGoodPage(page);
  await expectEvent(portal, "enrolment.invited", "mitid");
  await expectNoEvent(portal, "enrolment.begun");
  await expectNoEvent(portal, "proof.accepted");

  await expect.poll(() => invitation(mailbox, maja), { message: "a new letter with another link" }).not.toBe(old);
  await page.goto(old);
  await expectPage(page, "Linket virker ikke længere");
  await openInvitation(page, mailbox, maja);
  await readTerms(page);
  await acceptTerms(page);
  await prove(page, maja);
  const credentials = await completeEnrolment(page, maja);
  await signInHere(page, credentials);
  await expectEvents(portal, "enrolment.finished", 1);
  await expectTrailHolds(portal);
});

test("MitID of somebody who is not invited is told the same, and nothing is sent", async ({ page, portal, mailbox }) => {
  test.slow();
  await invitation(mailbox, maja);
  const before = (await mailbox.to(maja.privateMail)).length;
  await page.goto("/kom-i-gang/mitid");
  await prove(page, { ...maja, inSimulator: "Ukendt Person" });
  await expectPage(page, "Tjek din mail");
  await expectEvent(portal, "proof.refused", "nobody-to-invite");
  expect((await mailbox.to(maja.privateMail)).length).toBe(before);
});

// Day one, left on the way and taken up again; what the four ways of the whole day have in common, seen in two of them.
import { newcomer } from "../lib/people";
import { expect, test } from "../lib/test";
import { expectEvents, expectTrailHolds } from "../lib/trail";
import {
  PASSWORD, addApp, choosePassword, completeEnrolment, expectPage, finish, invitation, prove, signIn, walkToProof,
} from "../lib/walk";

test("interrupted in the same browser, she goes on where she stopped", async ({ page, mailbox, portal }) => {
  await portal.import(newcomer);
  await walkToProof(page, mailbox, newcomer);
  await page.goto(await invitation(mailbox, newcomer));
  await expect(page.getByRole("listitem").filter({ hasText: "Læs og acceptér vilkårene" })).toContainText("Færdig");
  await page.getByRole("main").getByText("Fortsæt, hvor du slap").click();
  await expectPage(page, "Bekræft, hvem du er");
});

test("unfinished, her login opens nothing elsewhere: day one interrupts the sign-in, and is taken up where it stopped", async ({ page, portal, mailbox, elsewhere }) => {
  test.slow();
  await portal.import(newcomer);
  await walkToProof(page, mailbox, newcomer);
  await prove(page, newcomer);
  await choosePassword(page);
  const secret = await addApp(page);
  const credentials = { userName: newcomer.userName, password: PASSWORD, secret };
  await expectPage(page, "Tjek og gør færdig");

  const other = await elsewhere();
  await other.goto(`${portal.url}/log-ind`);
  await signIn(other, credentials);
  await expectPage(other, "Kom i gang");
  await expect(other).toHaveURL(`${portal.url}/kom-i-gang`);
  await expect(other.getByRole("alert")).toContainText("Dit login er ikke færdigt endnu");
  await expect(other.getByText(/Nanna|Nygaard/), "and nothing else of hers").toHaveCount(0);
  await other.goto(`${portal.url}/overblik`);
  await expectPage(other, "Log ind");
  await expectEvents(portal, "sign-in.refused", 1, '"why":"unfinished"');
  await expectEvents(portal, "sign-in.done", 0);

  await page.goto(await invitation(mailbox, newcomer));
  await page.getByRole("main").getByText("Fortsæt, hvor du slap").click();
  await finish(page);
  await other.goto(`${portal.url}/log-ind`);
  await signIn(other, credentials);
  await expectPage(other, /^Hej /);
  await expectEvents(portal, "sign-in.done", 1);
  await expectTrailHolds(portal);
});

test("before she finishes she may choose another password", async ({ page, mailbox, portal }) => {
  await portal.import(newcomer);
  await walkToProof(page, mailbox, newcomer);
  await prove(page, newcomer);
  await choosePassword(page, "den første jeg kom på");
  const secret = await addApp(page);
  await page.getByRole("link", { name: "Ret adgangskoden" }).click();
  await choosePassword(page);
  await finish(page);
  await page.goto("/log-ind");
  await signIn(page, { userName: newcomer.userName, password: PASSWORD, secret });
  await expectPage(page, /^Hej /);
});

test("she signs out, and the page she left is closed", async ({ page, mailbox, portal }) => {
  await portal.import(newcomer);
  await walkToProof(page, mailbox, newcomer);
  await prove(page, newcomer);
  const credentials = await completeEnrolment(page, newcomer);
  await page.goto("/log-ind");
  await signIn(page, credentials);
  await expectPage(page, /^Hej /);
  await page.getByRole("button", { name: "Log af" }).click();
  await expectPage(page, "Du er logget ud");
  await page.goto("/overblik");
  await expectPage(page, "Log ind");
  await expect(page).toHaveURL("/log-ind");
});

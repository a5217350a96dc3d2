// What scripts add to pages that work without them; and that nothing is offered where there are none.
import { expectIslandsAwake, withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { afterDayOne, expect, test } from "../lib/test";
import { expectEvents } from "../lib/trail";
import { expectPage, offeredKey, openInvitation, choosePassword, press, prove, walkToProof } from "../lib/walk";

test("the password can be shown, and nothing typed before is lost", async ({ page }, info) => {
  await page.goto("/log-ind");
  const password = page.getByLabel("Adgangskode", { exact: true });
  await password.fill("skrevet før siden vågnede");
  await expectIslandsAwake(page, info);
  await expect(password).toHaveValue("skrevet før siden vågnede");
  const show = page.getByRole("button", { name: "Vis adgangskoden" });
  if (withoutScript(info)) return expect(show, "no button that does nothing").toHaveCount(0);
  await show.click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Skjul adgangskoden" }).click();
  await expect(password).toHaveAttribute("type", "password");
});

test("the terms say how far one has read", async ({ page, mailbox }, info) => {
  await openInvitation(page, mailbox, maja);
  await expectIslandsAwake(page, info);
  const read = page.getByText(/Du har læst \d+ % af denne del/);
  if (withoutScript(info)) return expect(read).toBeHidden();
  await page.getByRole("button", { name: "Næste" }).scrollIntoViewIfNeeded();
  await expect(read).toContainText("100 %");
});

test("a new password is judged while it is typed, a key is copied, digits are counted", { tag: "@script" }, async ({ page, context, mailbox }, info) => {
  // Without script the server alone judges: refusals.spec.ts.
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await expectPage(page, "Vælg din adgangskode");
  await expectIslandsAwake(page, info);
  for (const [typed, said] of [
    ["for kort", "4 tegn endnu"],
    ["Eksempel Kommune", "Let at gætte: vælg andre ord"],
    ["tre våde kajakker", "Lang nok"],
  ] as const) {
    await page.getByLabel("Ny adgangskode").fill(typed);
    await expect(page.getByText(said, { exact: true })).toBeVisible();
  }
  await choosePassword(page);
  const secret = await offeredKey(page);
  await expectIslandsAwake(page, info);
  await page.getByRole("button", { name: "Kopiér" }).click();
  await expect(page.getByText("Kopieret", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  const code = page.getByLabel("Skriv den kode, appen viser nu");
  await code.fill("123");
  await expect(page.getByText("3 af 6 cifre")).toBeVisible();
  await code.fill("123 456");
  await expect(code, "spaces are taken out").toHaveValue("123456");
});

afterDayOne("where the old one is forgotten, a new password is judged while it is typed, and by the portal in any case", async ({ page, portal }, info) => {
  const scripted = !withoutScript(info);
  await page.goto("/glemt-adgangskode");
  await prove(page, maja);
  await expectPage(page, "Vælg en ny adgangskode");
  const field = page.getByLabel("Ny adgangskode");
  await field.fill("for kort");
  await expectIslandsAwake(page, info);
  await expect(field, "typed before it woke").toHaveValue("for kort");
  const heard: string[] = [];
  page.on("request", (request) => heard.push(`${request.method()} ${new URL(request.url()).pathname} ${request.resourceType()}`));
  const show = page.getByRole("button", { name: "Vis adgangskoden" });
  for (const [typed, said, slip] of [
    ["for kort", "4 tegn endnu", "mindst 12 tegn"],
    ["Eksempel Kommune", "Let at gætte: vælg andre ord", "let at gætte"],
  ] as const) {
    await field.fill(typed);
    await expect(page.getByText(said, { exact: true })).toHaveCount(scripted ? 1 : 0);
    await expect(show, "no button that does nothing").toHaveCount(scripted ? 1 : 0);
    if (scripted) {
      await expect(page.getByText(said, { exact: true })).toBeVisible();
      await show.click();
      await expect(field).toHaveAttribute("type", "text");
      expect(heard, "typing asks nobody").toEqual([]);
    }
    await press(page, "Gem adgangskoden");
    await expect(page.getByRole("alert")).toContainText(slip);
    await expect(field).toHaveValue("");
    await expectIslandsAwake(page, info);
    heard.length = 0;
  }
  await field.fill("tolv gule tulipaner");
  await expect(page.getByText("Lang nok", { exact: true })).toHaveCount(scripted ? 1 : 0);
  await expectEvents(portal, "password.set", 1);
  await press(page, "Gem adgangskoden");
  await expectPage(page, "Log ind");
  await expect(page.getByRole("status")).toContainText("Din nye adgangskode er gemt");
  expect(heard.filter((request) => request.endsWith(" document")), "sent as a form, with script and without").toEqual([
    "POST /handling/nulstil-adgangskode document", "GET /log-ind document",
  ]);
  await expectEvents(portal, "password.set", 2);
});

test("on a phone the way into the app comes before the picture, elsewhere after it", async ({ page, mailbox, hasTouch }) => {
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await offeredKey(page);
  const top = async (name: string, role: "img" | "link") => (await page.getByRole("main").getByRole(role, { name }).boundingBox())?.y ?? Number.NaN;
  const [picture, link] = [await top("Billede til scanning", "img"), await top("Åbn i din godkender-app", "link")];
  expect(link < picture, `the link at ${link}, the picture at ${picture}`).toBe(Boolean(hasTouch));
});

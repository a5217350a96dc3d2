// What scripts add to pages that work without them; and that nothing is offered where there are none.
import { expectIslandsAwake, withoutScript } from "../lib/hydration";
import { maja } from "../lib/people";
import { expect, test } from "../lib/test";
import { expectPage, offeredKey, openInvitation, choosePassword, prove, walkToProof } from "../lib/walk";

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

test("a new password is judged while it is typed, a key is copied, digits are counted", async ({ page, context, mailbox }, info) => {
  test.skip(withoutScript(info), "without scripts the server alone judges: refusals.spec.ts");
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

test("on a phone the way into the app comes before the picture, elsewhere after it", async ({ page, mailbox, hasTouch }) => {
  await walkToProof(page, mailbox, maja);
  await prove(page, maja);
  await choosePassword(page);
  await offeredKey(page);
  const top = async (name: string, role: "img" | "link") => (await page.getByRole("main").getByRole(role, { name }).boundingBox())?.y ?? Number.NaN;
  const [picture, link] = [await top("Billede til scanning", "img"), await top("Åbn i din godkender-app", "link")];
  expect(link < picture, `the link at ${link}, the picture at ${picture}`).toBe(Boolean(hasTouch));
});

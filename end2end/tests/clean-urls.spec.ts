// Nothing of a failure is written into an address, with or without script.
import type { Page } from "@playwright/test";
import { maja } from "../lib/people";
import { expect, test } from "../lib/test";
import { expectPage, openInvitation, press, readTerms, showPassword } from "../lib/walk";

/** The address holds a path and nothing else. */
function expectCleanUrl(page: Page): void {
  const { search, hash } = new URL(page.url());
  expect(search + hash, page.url()).toBe("");
}

/** Sends the page's form in a way our own pages never would. */
async function submitOddly(page: Page, spoil: (form: HTMLFormElement) => void): Promise<void> {
  const form = page.getByRole("main").locator("form:not([hidden])");
  await form.evaluate(spoil);
  await Promise.all([page.waitForNavigation(), form.getByRole("button").last().click()]);
}

const ODDITIES: [string, (form: HTMLFormElement) => void][] = [
  ["a body of another kind", (form) => { form.enctype = "text/plain"; }],
  ["a body in parts", (form) => { form.enctype = "multipart/form-data"; }],
  ["a body without its fields", (form) => { for (const field of Array.from(form.elements)) field.removeAttribute("name"); }],
  ["a body with a field twice", (form) => { form.append(...Array.from(form.querySelectorAll("input"), (field) => { const twin = field.cloneNode() as HTMLInputElement; twin.hidden = true; twin.removeAttribute("id"); return twin; })); }],
  ["a flow that is no flow", (form) => { for (const field of Array.from(form.querySelectorAll<HTMLInputElement>("input[type=hidden]"))) field.value = "../../%00"; }],
];

for (const [what, spoil] of ODDITIES) {
  test(`${what} leaves a clean address`, async ({ page, mailbox, problems }) => {
    problems.allow(/^4\d\d: POST /);
    await page.goto("/log-ind");
    await page.getByLabel("Brugernavn").fill(maja.userName);
    await submitOddly(page, spoil);
    await expectPage(page, /./);
    expectCleanUrl(page);
    expect(await page.content()).not.toMatch(/__err|ServerFn|panicked|deserializ/i);

    await openInvitation(page, mailbox, maja);
    await submitOddly(page, spoil);
    await expectPage(page, /./);
    expectCleanUrl(page);
  });
}

test("a refusal leaves a clean address, and going back and forth repeats nothing", async ({ page, mailbox }) => {
  await page.goto("/log-ind");
  await showPassword(page, { userName: maja.userName, password: "en helt anden adgangskode", secret: "" });
  await expect(page.getByRole("alert")).toBeVisible();
  expectCleanUrl(page);
  await expect(page).toHaveURL("/log-ind");
  await page.reload();
  await expect(page.getByRole("alert"), "said once").toHaveCount(0);

  await openInvitation(page, mailbox, maja);
  await readTerms(page);
  await press(page, "Acceptér");
  await expect(page.getByRole("alert")).toBeVisible();
  expectCleanUrl(page);
});

test("a form of another site is refused, and told so on a page", async ({ page, portal }) => {
  const form = { flow: "", user_name: maja.userName, password: "x" };
  for (const headers of [{ origin: "https://ondt.test" }, { origin: portal.url, "sec-fetch-site": "cross-site" }, {}]) {
    const response = await page.request.post("/handling/log-ind", { form, headers, maxRedirects: 0 });
    expect(response.status()).toBe(403);
    expect(await response.text()).toContain("<h1>");
  }
});

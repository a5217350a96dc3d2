// The watch itself: a story in which the browser reports something about the policy fails, with script and without.
import type { Route } from "@playwright/test";
import { withoutScript } from "../lib/hydration";
import { Problems } from "../lib/problems";
import { expect, test } from "../lib/test";
import { expectPage } from "../lib/walk";

/** Where nothing of ours may ever be fetched from. */
const ELSEWHERE = "https://elsewhere.example";

test("a picture from elsewhere is refused by the browser, and its report fails the story", async ({ page, problems }, info) => {
  // A page of ours as the server sends it, its policy too, with something in it that no page of ours has.
  await page.route("**/hjaelp", async (route) => {
    const response = await route.fetch();
    const { "content-type": contentType = "", "content-security-policy": policy = "" } = response.headers();
    expect(policy).toContain("default-src 'none'");
    const body = (await response.text()).replace("</main>", `<img src="${ELSEWHERE}/picture.png" alt=""></main>`);
    await route.fulfill({ body, headers: { "content-type": contentType, "content-security-policy": policy } });
  });
  await page.goto("/hjaelp");
  await expectPage(page, "Hjælp");

  const heard = () => problems.unexpected.filter((problem) => problem.includes(ELSEWHERE));
  await expect.poll(heard, "the report is a problem nobody expects").not.toEqual([]);
  problems.allow(/elsewhere/);
  expect(heard(), "nor can a story expect it").not.toEqual([]);
  if (!withoutScript(info)) {
    const told = () => problems.unexpected.filter((problem) => problem.startsWith("csp: img-src"));
    await expect.poll(told, "the document's own event tells which rule").not.toEqual([]);
  }
  // What the page had to say is said once another one stands there.
  await page.goto("/log-ind");
  await expectPage(page, "Log ind");
  expect(problems.takeReports(ELSEWHERE)).not.toEqual([]);
});

test("a request that breaks off fails the story, but not one of a page that is being left @script", async ({ page, problems }) => {
  const lost = "net::ERR_FAILED: GET";
  const ask = (path: string) => page.evaluate((path) => void fetch(path).catch(() => undefined), path);
  await page.goto("/hjaelp");
  await page.route("**/lost", (route) => route.abort("failed"));
  const failed = page.waitForEvent("requestfailed");
  await ask("/lost");
  await failed;
  expect(problems.unexpected).toEqual([expect.stringMatching(`${lost} .*/lost$`)]);
  problems.allow(/lost$/);

  // The next page is answered only once what this one asks meanwhile is lost.
  const late = new Promise<Route>((hold) => void page.route("**/late", hold));
  await page.route("**/log-ind", async (route) => {
    const failed = page.waitForEvent("requestfailed");
    await (await late).abort("failed");
    await failed;
    await route.continue();
  });
  await ask("/late");
  await late;
  await page.goto("/log-ind");
  await expectPage(page, "Log ind");
  expect(problems.found.filter((problem) => problem.endsWith("/late"))).toEqual([]);
});

test("a problem that is none of the policy's can be expected, and only by whom it concerns", () => {
  const problems = new Problems();
  problems.found.push("503: POST http://localhost/handling/log-ind", "console: something else");
  problems.allow(/^503/);
  expect(problems.unexpected).toEqual(["console: something else"]);
  problems.found.push("csp: script-src-elem inline on http://127.0.0.1/", "console: Refused … Content Security Policy …");
  problems.allow(/127\.0\.0\.1|console/);
  expect(problems.unexpected).toHaveLength(2);
  expect(problems.takeReports("127.0.0.1")).toHaveLength(1);
  expect(problems.unexpected).toHaveLength(1);
});

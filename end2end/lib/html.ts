// Valid HTML, judged on what the server sent and not on what the browser made of it.
import { expect, type Page } from "@playwright/test";
import { HtmlValidate } from "html-validate";

const judge = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // Matters of taste, and marks that the renderer leaves for the islands.
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "no-trailing-whitespace": "off",
    "no-inline-style": "error",
    "long-title": "off",
  },
});

/** Fetches the page once more with the same session, and fails on every finding; gives the status. */
export async function expectValidHtml(page: Page): Promise<number> {
  const response = await page.request.get(page.url());
  expect(response.url(), "the same page once more").toBe(page.url());
  await expectValidSource(page, await response.text());
  return response.status();
}

/** The same for what was kept of a page that cannot be fetched twice. */
export async function expectValidSource(page: Page, source: string): Promise<void> {
  const report = await judge.validateString(source);
  const findings = report.results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `line ${line}: ${message} (${ruleId})`),
  );
  expect(findings, `HTML of ${page.url()}`).toEqual([]);
}

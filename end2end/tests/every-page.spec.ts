// After all stories: no page of the house is one that nobody looked at.
import { expect, test } from "@playwright/test";
import { routes, visits } from "../lib/routes";

/** Where nothing stands: it only leads on. */
const LEADS_ON = ["/"];

test("every page was looked at by a story, as good pages are", ({}, info) => {
  const all = routes();
  expect(all.length, "the list of pages can be read").toBeGreaterThan(50);
  const seen = visits(info);
  expect(all.filter((route) => !seen.has(route) && !LEADS_ON.includes(route)), "pages nobody looked at").toEqual([]);
});

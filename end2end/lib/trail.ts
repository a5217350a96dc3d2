// The trail behind the pages: what was written down, and that nobody can have changed it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { run } from "./process";
import type { Portal } from "./server";

const catalogue = join(dirname(fileURLToPath(import.meta.url)), "../../docs/events.md");
/** Every kind there is: that none of one nobody ever writes was written says nothing. */
const KINDS = new Set([...readFileSync(catalogue, "utf8").matchAll(/^\| `([a-z.-]+)` \|/gm)].map(([, kind]) => kind));

/** The events so far, oldest first: the kind and what stands beside it, as JSON text. */
async function events(portal: Portal): Promise<string[]> {
  const query = "select kind || ' ' || facts from audit_events order by number";
  return (await run("sqlite3", "-readonly", join(portal.data, "nsis-id.db"), ".timeout 5000", query)).split("\n");
}

/** The newest events include one of this kind that says this; then the chain is followed to its end. */
export async function expectEvent(portal: Portal, kind: string, fact = ""): Promise<void> {
  const ofKind = (await events(portal)).filter((event) => event.startsWith(`${kind} `));
  expect(ofKind, `an event ${kind} ${fact}`).toContainEqual(expect.stringContaining(fact));
  await expectTrailHolds(portal);
}

/** No event of this kind was written. */
export async function expectNoEvent(portal: Portal, kind: string): Promise<void> {
  await expectEvents(portal, kind, 0);
}

/** So many events of this kind that say this were written. */
export async function expectEvents(portal: Portal, kind: string, number: number, fact = ""): Promise<void> {
  expect(KINDS, "a kind of event").toContain(kind);
  const fitting = (await events(portal)).filter((event) => event.startsWith(`${kind} `) && event.includes(fact));
  expect(fitting, `events ${kind} ${fact}`).toHaveLength(number);
}

/** `nsis-id audit verify` finds nothing changed, removed, added or swapped. */
export async function expectTrailHolds(portal: Portal): Promise<void> {
  expect(await portal.command("audit", "verify")).toMatch(/^\d+ rows follow the chain/m);
}

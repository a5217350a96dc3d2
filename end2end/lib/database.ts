// The database behind a running portal: looked at, and changed as time, an operator or a disk would have changed it.
import { join } from "node:path";
import { run } from "./process";
import type { Portal } from "./server";

const file = (portal: Portal) => join(portal.data, "nsis-id.db");

/** What a query says, one line for each row. */
export async function ask(portal: Portal, query: string): Promise<string> {
  return (await run("sqlite3", "-readonly", file(portal), ".timeout 5000", query)).trim();
}

/** Changes something; fails when that touched no row. */
export async function change(portal: Portal, statement: string): Promise<void> {
  const changed = await run("sqlite3", file(portal), ".timeout 5000", `${statement}; select changes()`);
  if (changed.trim() === "0") throw new Error(`nothing was changed by ${statement}`);
}

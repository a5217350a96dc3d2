// Somebody becomes an administrator: two operators propose it, and she says yes.
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { run } from "./process";
import type { Portal } from "./server";
import { type Credentials, press, signInHere } from "./walk";

/** The voice of the second operator is put into the database: this machine has one. */
export async function becomeAdministrator(page: Page, portal: Portal, credentials: Credentials): Promise<void> {
  await portal.command("role", "propose", credentials.userName, "administrator", "--reason", "she looks after the terms");
  const both = '{"Seconded":{"by":[{"Operator":"ops1"},{"Operator":"ops2"}]}}';
  const sql = `pragma busy_timeout = 5000; update roles set state = '${both}' where kind = 'administrator' and state like '{"Proposed"%'`;
  await run("sqlite3", join(portal.data, "nsis-id.db"), sql);
  await signInHere(page, credentials);
  await press(page, "Sig ja til rollen");
  await expect(page.getByRole("main")).toContainText("Administrator");
}

// An auditor and what she ordered: the role two operators give her, and a long export under way.
import { expect, type Page } from "@playwright/test";
import { change } from "./database";
import type { Portal } from "./server";
import { type Credentials, press, signInHere } from "./walk";

/** Two operators want her to have a role, and she says yes. */
export async function acceptRole(page: Page, portal: Portal, credentials: Credentials, role: string): Promise<void> {
  const propose = () => portal.command("role", "propose", credentials.userName, role, "--reason", "the audit of the year");
  expect(await propose()).toContain("a second, other operator");
  // One machine has one operator here: the first voice was another's.
  await change(portal, "update roles set state = json_set(state, '$.Proposed.by.Operator', 'another')");
  expect(await propose()).toContain("agreed by two");
  await signInHere(page, credentials);
  await press(page, "Sig ja til rollen");
  await expect(page.getByRole("status").filter({ hasText: /rolle/i })).toBeVisible();
}

/** Her export, as if it had been too long to be made at once and another instance were making it; gives its page. */
export async function orderedAside(portal: Portal): Promise<string> {
  const id = "01234567-89ab-4cde-8f01-23456789abcd";
  await change(
    portal,
    `insert into export_jobs (id, person, stage, ordered_at, leased_until, record)
     select x'${id.replaceAll("-", "")}', person, 'running', unixepoch() * 1000000, (unixepoch() + 3600) * 1000000,
       json_object('id', '${id}', 'by', about ->> '$.Export.by[0]', 'order', json(about -> '$.Export.order'), 'of', 400, 'state',
         json_object('Running', json_object('tries', 1, 'begun_at', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'done', 100)))
     from flows where about ->> '$.Export.order.evidence' = 'Staff' limit 1`,
  );
  return `/revision/bestilling/${id}`;
}

// The database behind a portal that is measured, as its owner sees it.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ask } from "../../lib/postgres";
import { run } from "../../lib/process";
import type { Portal } from "../../lib/server";

/** Runs statements on whichever database it is; what they answer, a line for each row. */
export async function asOwner(portal: Portal, statements: string): Promise<string> {
  if (portal.database) return ask(portal.database, statements);
  return (await run("sqlite3", join(portal.data, "nsis-id.db"), ".timeout 10000", statements)).trim();
}

/** Waits until every row of the trail has its place: what is left of one measurement must not be counted with the next. */
export async function chained(portal: Portal): Promise<void> {
  const patience = Date.now() + 5 * 60_000;
  while ((await asOwner(portal, "select count(*) from audit_waiting")) !== "0") {
    if (Date.now() > patience) throw new Error(`the trail is not chained\n${portal.log}`);
    await pause(250);
  }
}

/** Whether commits of the PostgreSQL of `scripts/with-postgres` wait for the disk, as they do in operation; in tests they do not. */
export async function waitForDisk(waits: boolean): Promise<void> {
  const server = process.env.NSIS_ID_TEST_PG ?? "";
  for (const setting of ["fsync", "full_page_writes"]) {
    await ask(server, waits ? `alter system set ${setting} = on` : `alter system reset ${setting}`);
  }
  await ask(server, "select pg_reload_conf()");
  const patience = Date.now() + 10_000;
  while ((await ask(server, "show fsync")) !== (waits ? "on" : "off")) {
    if (Date.now() > patience) throw new Error("PostgreSQL did not take up how it writes");
    await pause(100);
  }
}

/** Lets rows of the trail come as far as the database and no further; or lets them in again. */
export async function turnAway(portal: Portal, away: boolean): Promise<void> {
  const name = "bench_turns_away";
  if (portal.database) {
    const made = `create function ${name}() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger ${name} before insert on audit_events for each row execute function ${name}()`;
    await asOwner(portal, away ? made : `drop trigger ${name} on audit_events; drop function ${name}()`);
  } else {
    const made = `create trigger ${name} before insert on audit_events begin select raise(ignore); end`;
    await asOwner(portal, away ? made : `drop trigger ${name}`);
  }
}

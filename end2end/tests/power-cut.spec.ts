// The machine dies in the middle: who was told that her login is blocked is blocked, and nobody is by halves.
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { type Member, enrolCrowd, signIn } from "../bench/lib/crowd";
import type { Visitor } from "../bench/lib/visitor";
import { run } from "../lib/process";
import { Portal } from "../lib/server";
import { expect, test } from "../lib/test";
import { expectTrailHolds } from "../lib/trail";

const OWNERS = 24;
/** Holds, events of them, open sessions, letters, letters to the private address: each of a whole block, or of none. */
const WHOLE = "1 1 0 1 1";
const NONE = "0 0 1 0 0";

let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

/** What is on the disk of somebody's block. */
async function kept(of: Portal, member: Member): Promise<string> {
  const query = `select (select count(*) from holds where person = p.id and origin = 'owner') || ' ' ||
    (select count(*) from audit_events where subject = p.id and kind = 'login.held') || ' ' ||
    (select count(*) from sessions where person = p.id and ended_at is null) || ' ' ||
    (select count(*) from outbox where person = p.id and template = 'Blocked' and channel = 'Mail') || ' ' ||
    (select count(*) from outbox where person = p.id and template = 'Blocked' and channel = 'Private')
    from persons p where user_name = '${member.userName}'`;
  return (await run("sqlite3", "-readonly", join(of.data, "nsis-id.db"), query)).trim();
}

/** Blocks by the open session; whether the receipt was announced before the line went dead. */
async function block(visitor: Visitor): Promise<boolean> {
  try {
    return (await visitor.send("/handling/spaer-nu", { go: "yes" })) === "/spaer/kvittering";
  } catch {
    return false;
  }
}

test("a server killed at any moment keeps every block it told of, and none by halves", async ({}, info) => {
  test.skip(info.project.name !== "desktop-nojs", "no browser is part of it");
  test.setTimeout(300_000);
  portal = await Portal.start({ people: OWNERS });
  const [first, ...others] = await enrolCrowd(portal, OWNERS);
  if (!first) throw new Error("nobody enrolled");
  const visitor = await signIn(portal, first);
  const begun = performance.now();
  expect(await block(visitor)).toBe(true);
  const usual = performance.now() - begun;
  expect(await kept(portal, first)).toBe(WHOLE);
  for (const [n, member] of others.entries()) {
    const owner = await signIn(portal, member);
    expect(await kept(portal, member)).toBe(NONE);
    const told = block(owner);
    // Spread over the time a block takes and half of it again.
    await pause((usual * 1.5 * n) / others.length);
    await portal.crash();
    const found = await kept(portal, member);
    const outcome = `${found === WHOLE ? "blocked" : "not blocked"}, ${(await told) ? "told" : "not told"}`;
    info.annotations.push({ type: `killed after ${n}/${others.length}`, description: outcome });
    expect([WHOLE, ...((await told) ? [] : [NONE])], outcome).toContain(found);
    owner.leave();
  }
  await expectTrailHolds(portal);
});

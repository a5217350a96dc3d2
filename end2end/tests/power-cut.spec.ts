// The machine dies in the middle: who was told that her login is blocked is blocked, and nobody is by halves.
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { TestInfo } from "@playwright/test";
import { type Member, enrolCrowd, signIn } from "../bench/lib/crowd";
import { block, blockByNotice, confirm, questionAfterMitid } from "../bench/lib/doors";
import { Visitor } from "../bench/lib/visitor";
import { change } from "../lib/database";
import { Mailbox } from "../lib/mail";
import { ask, newDatabase } from "../lib/postgres";
import { run } from "../lib/process";
import { Portal } from "../lib/server";
import { expect, test } from "../lib/test";
import { expectTrailHolds } from "../lib/trail";

const DOORS = ["session", "code", "password", "notice", "mitid"] as const;
type Door = (typeof DOORS)[number];
/** So many die, as many at each door. */
const KILLS = 25;
/**
 * Her holds and her epoch, events of them, records of them to be kept outside; open sessions, whether anything she began goes
 * on, tokens no service was asked to end (what is refreshed hangs on them), codes that block; letters, letters to the private
 * address, and whether she will be warned in time: each of a whole block, or of none.
 */
const WHOLE = "1 1 1 1 0 0 0 0 1 1 1";
const NONE = "0 0 0 0 1 1 1 1 0 0 0";

let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

/** What is in the database of somebody's block. */
async function kept(of: Portal, member: Member): Promise<string> {
  const letters = "select count(*) from outbox where person = p.id and template = 'Blocked'";
  const bytes = "lower(hex(p.id))";
  const parts = [[1, 8], [9, 4], [13, 4], [17, 4], [21, 12]].map(([from, many]) => `substr(${bytes}, ${from}, ${many})`);
  const id = of.database ? "p.id::text" : parts.join(" || '-' || ");
  const columns = [
    "(select count(*) from holds where person = p.id and origin = 'owner')",
    "p.epoch",
    "(select count(*) from audit_events where subject = p.id and kind = 'login.held')",
    `(select count(*) from outside_records where body like '%"' || ${id} || '"%' and body like '%"held"%')`,
    "(select count(*) from sessions where person = p.id and ended_at is null)",
    "(case when exists (select 1 from flows where person = p.id) then 1 else 0 end)",
    "(select count(*) from visits where person = p.id and ending = 'none')",
    "(select count(*) from printed_codes where person = p.id and kind = 'blocking' and spent_at is null)",
    `(${letters} and channel = 'Mail')`,
    `(${letters} and channel = 'Private')`,
    "(case when exists (select 1 from outbox where person = p.id and template = 'RevocationNear') then 1 else 0 end)",
  ];
  const query = `select ${columns.join(" || ' ' || ")} from persons p where user_name = '${member.userName}'`;
  if (of.database) return ask(of.database, query);
  return (await run("sqlite3", "-readonly", join(of.data, "nsis-id.db"), ".timeout 5000", query)).trim();
}

/** Somebody who has a door open before her. */
interface Owner {
  visitor: Visitor;
  /** Goes through it; fails unless the receipt was announced. */
  block: () => Promise<void>;
}

/** She is logged in to a service besides, as a row says: a block has to ask it to end that. */
async function visits(of: Portal, member: Member): Promise<void> {
  const [id, now] = of.database
    ? ["gen_random_uuid()", "(extract(epoch from now()) * 1000000)::bigint"]
    : ["randomblob(16)", "unixepoch() * 1000000"];
  const statement = `insert into visits (id, person, session, relying_party, name_id, session_index, began_at, until)
    select ${id}, s.person, s.id, (select id from relying_parties limit 1), 'n', '_1', ${now}, ${now} + 3600000000
    from sessions s join persons p on p.id = s.person where s.ended_at is null and p.user_name = '${member.userName}'`;
  if (of.database) await ask(of.database, statement);
  else await change(of, statement);
}

/** Signs her in, begins something, and opens a door in the browser she blocks from: where she is signed in, or any other. */
async function ready(of: Portal, door: Door, member: Member): Promise<Owner> {
  const inside = await signIn(of, member);
  await inside.send("/handling/bekraeft-det-er-dig", { purpose: "own-data" });
  await visits(of, member);
  if (door === "session") return { visitor: inside, block: () => block(inside, door, member) };
  inside.leave();
  const visitor = new Visitor(of.url);
  switch (door) {
    case "notice": {
      const link = await new Mailbox(of.mailDir).link(`${member.userName}@privat.test`, /\/var-det-dig\//, /Nyt loginmiddel/);
      return { visitor, block: () => blockByNotice(visitor, new URL(link).pathname.split("/").at(-1) ?? "") };
    }
    case "mitid": {
      const flow = await questionAfterMitid(visitor, member);
      return { visitor, block: () => confirm(visitor, flow) };
    }
    default:
      return { visitor, block: () => block(visitor, door, member) };
  }
}

/** Blocks; whether the receipt was announced before the line went dead. */
async function told(owner: Owner): Promise<boolean> {
  try {
    await owner.block();
    return true;
  } catch {
    return false;
  }
}

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

for (const where of ["SQLite", "PostgreSQL"]) {
  test(`a server on ${where}, killed at any moment, keeps every block it told of, and none by halves`, async ({}, info) => {
    test.setTimeout(360_000);
    const database = where === "PostgreSQL" ? await newDatabase(`power_cut_${process.pid}`) : undefined;
    expect(where === "SQLite" || database, "scripts/with-postgres starts the server").toBeTruthy();
    await killed(info, database);
  });
}

/** Kills the server so many times while somebody blocks, and looks at what it kept. */
async function killed(info: TestInfo, database: string | undefined): Promise<void> {
  const seed = Number(process.env.POWER_CUT_SEED ?? randomInt(2 ** 31));
  console.log(`POWER_CUT_SEED=${seed} kills at the same moments`);
  info.annotations.push({ type: "POWER_CUT_SEED", description: String(seed) });
  const random = chance(seed);
  const owners = DOORS.length + KILLS + 1;
  portal = await Portal.start({ people: owners, database });
  const members = await enrolCrowd(portal, owners);

  // How long a block takes here, by each door.
  const usual = new Map<Door, number>();
  for (const [n, door] of DOORS.entries()) {
    const member = members[n] as Member;
    const owner = await ready(portal, door, member);
    const begun = performance.now();
    expect(await told(owner), door).toBe(true);
    usual.set(door, performance.now() - begun);
    expect(await kept(portal, member), door).toBe(WHOLE);
    owner.visitor.leave();
  }
  for (const [n, member] of members.slice(DOORS.length, -1).entries()) {
    const door = DOORS[n % DOORS.length] as Door;
    const owner = await ready(portal, door, member);
    expect(await kept(portal, member)).toBe(NONE);
    const telling = told(owner);
    // Up to twice as long: after ten blocks there is one more yes.
    const moment = random() * 2 * (usual.get(door) ?? 0);
    await pause(moment);
    await portal.crash();
    const [found, wasTold] = [await kept(portal, member), await telling];
    const outcome = `${found === WHOLE ? "blocked" : "not blocked"}, ${wasTold ? "told" : "not told"}`;
    info.annotations.push({ type: `${door}, killed after ${moment.toFixed(1)} ms`, description: outcome });
    expect([WHOLE, ...(wasTold ? [] : [NONE])], `seed ${seed}, ${door}, ${outcome}`).toContain(found);
    owner.visitor.leave();
  }
  // Undisturbed the door still opens, after whatever the brake asks by now.
  const last = members.at(-1) as Member;
  const owner = await ready(portal, "code", last);
  await owner.block();
  expect(await kept(portal, last)).toBe(WHOLE);
  owner.visitor.leave();
  await expectTrailHolds(portal);
}

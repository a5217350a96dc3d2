// How long an owner waits for her block, over HTTP, by each of the five doors, while strangers offer ten times as many
// passwords as the machine can hash; on SQLite, and on two instances of one PostgreSQL.
import { readFileSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import PostalMime from "postal-mime";
import { newDatabase } from "../lib/postgres";
import { Service } from "../lib/process";
import { Portal } from "../lib/server";
import { type Member, enrolCrowd, letterboxAtRest, signIn } from "./lib/crowd";
import { block, blockByNotice, confirm, questionAfterMitid } from "./lib/doors";
import { figure, median, percentile } from "./lib/figure";
import { Visitor } from "./lib/visitor";

/** Owners by each door. */
const OWNERS = Number(process.env.BENCH_OWNERS ?? 100);
const DOORS = ["session", "mitid", "code", "notice", "password"] as const;
type Door = (typeof DOORS)[number];
/** How much more than can be hashed is offered. */
const TIMES = 10;
const HERE = dirname(fileURLToPath(import.meta.url));

/** Of this bench, the first one last; stopped whatever becomes of it. */
let portals: Portal[] = [];
let storm: Service | undefined;
test.afterEach(async () => {
  await storm?.stop();
  for (const portal of portals) await portal.stop();
  [portals, storm] = [[], undefined];
});

test("a block in a storm, on SQLite", async () => {
  portals = [await Portal.start({ people: OWNERS * DOORS.length })];
  await measure("sqlite");
});

test("a block in a storm, on two instances of one PostgreSQL", async () => {
  const database = await newDatabase(`bench_${process.pid}`);
  test.skip(!database, "scripts/with-postgres starts one");
  portals = [await Portal.start({ people: OWNERS * DOORS.length, database })];
  await measure("two-postgres");
});

/** Something that is done at once when it is time, and how long it took. */
type Owner = { door: Door; ready: () => Promise<() => Promise<void>> };

async function measure(database: string): Promise<void> {
  const first = portals[0] as Portal;
  const members = await enrolCrowd(first, OWNERS * DOORS.length);
  await letterboxAtRest(first);
  const tokens = await links(first);
  const inside = new Map<Member, Visitor>();
  for (const member of members.slice(0, OWNERS)) inside.set(member, await signIn(first, member));
  if (database === "two-postgres") portals = [await first.beside(), first];
  const owners = members.map((member, n) => {
    const [door, at] = [DOORS[Math.floor(n / OWNERS)] as Door, portals[n % portals.length] as Portal];
    return ready(member, door, at, inside, tokens);
  });

  const rate = (TIMES * availableParallelism() * 1000) / (await aHash(first));
  const addresses = portals.map((portal) => portal.url);
  storm = Service.start(process.execPath, [join(HERE, "lib/storm.mjs"), String(rate), String(members.length), ...addresses]);
  await storm.line(/^blowing/);
  // The queue for hashing is full by then.
  await pause(5_000);
  for (const door of DOORS) {
    const times: number[] = [];
    const failed: string[] = [];
    for (const owner of owners.filter((it) => it.door === door)) {
      try {
        const go = await owner.ready();
        const begun = performance.now();
        await go();
        times.push(performance.now() - begun);
      } catch (error) {
        failed.push(String(error));
      }
    }
    const unit = `ms of ${times.length} over HTTP, ${failed.length} failed, in a storm of ${rate.toFixed(0)} logins/s`;
    // One that failed waited longer than any bar.
    const p99 = failed.length > 0 ? Number.MAX_SAFE_INTEGER : percentile(times, 0.99);
    figure(`block-http-${door}-${database}-p99`, p99, unit, { atMost: door === "password" ? 2_000 : 500 });
    console.log(`${database}, ${door}: median ${median(times).toFixed(0)} ms; ${failed.slice(0, 3).join("; ")}`);
  }
  await storm.stop();
  console.log(`${database}: ${storm.log.split("\n").find((line) => line.startsWith("offered")) ?? "the storm ended by itself"}`);
}

/** An owner at her door, at one of the instances; what comes before the block is no part of its time. */
function ready(member: Member, door: Door, at: Portal, inside: Map<Member, Visitor>, tokens: Map<string, string>): Owner {
  const stranger = () => new Visitor(at.url);
  switch (door) {
    case "session": {
      const visitor = inside.get(member) as Visitor;
      visitor.url = at.url;
      return { door, ready: async () => () => block(visitor, door, member) };
    }
    case "mitid":
      return {
        door,
        ready: async () => {
          const visitor = stranger();
          const flow = await questionAfterMitid(visitor, member);
          return () => confirm(visitor, flow);
        },
      };
    case "notice": {
      const token = tokens.get(member.userName) ?? "";
      return { door, ready: async () => () => blockByNotice(stranger(), token) };
    }
    default:
      return { door, ready: async () => () => block(stranger(), door, member) };
  }
}

/** The secret of a link that blocks, in a letter to each of the crowd. */
async function links(portal: Portal): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const file of readdirSync(portal.mailDir).filter((name) => name.endsWith(".eml"))) {
    const mail = await PostalMime.parse(readFileSync(join(portal.mailDir, file)));
    const to = /^(proeve\d+)@/.exec(mail.to?.[0]?.address ?? "")?.[1];
    const token = /\/var-det-dig\/([\w.-]+)/.exec(mail.text ?? "")?.[1];
    if (to && token) found.set(to, token);
  }
  return found;
}

/** Milliseconds of one password, one after the other, each from a browser of its own. */
async function aHash(portal: Portal): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const visitor = new Visitor(portal.url);
    const begun = performance.now();
    await visitor.send("/handling/log-ind", { flow: "", user_name: `ingen${n}`, password: "forkert kodeord" });
    times.push(performance.now() - begun);
    visitor.leave();
  }
  return median(times);
}

// Codes against tokens, signed with ES256: how many a second one core of the server exchanges, its database in memory, and
// what its memory does over a hundred thousand of them. Who asks does not count: the server's own processor time does.
import { statfsSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { test } from "@playwright/test";
import { Portal } from "../lib/server";
import { ExchangingApplication } from "./lib/application";
import { type Member, enrolCrowd, letterboxAtRest, signIn } from "./lib/crowd";
import { chained } from "./lib/database";
import { figure } from "./lib/figure";
import { flatOut } from "./lib/load";
import { cpuWithoutHashing, residentMb } from "./lib/process";
import type { Visitor } from "./lib/visitor";

const EXCHANGES = Number(process.env.BENCH_EXCHANGES ?? 100_000);
/** Codes at a time: they hold for a minute. */
const BATCH = Math.min(1000, Math.ceil(EXCHANGES / 10));
/** Batches whose processor time is counted, once as many were not. */
const COUNTED = 5;
const ABREAST = 8;
/** A session holds for an hour. */
const A_SESSION = 40 * 60_000;
/** A folder in memory, and what an exchange leaves there, generously. */
const IN_MEMORY = "/dev/shm";
const EACH = 10_000;

/** Of this bench; stopped whatever becomes of it. */
let portal: Portal | undefined;
const elsewhere = process.env.TMPDIR;
test.afterEach(async () => {
  await portal?.stop();
  if (elsewhere === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = elsewhere;
});

test("codes are exchanged for tokens", async () => {
  test.setTimeout(90 * 60_000);
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  const room = EXCHANGES * EACH + 200_000_000;
  if (bavail * bsize < room) throw new Error(`${IN_MEMORY} has no room for ${(room / 1e6).toFixed(0)} MB: BENCH_EXCHANGES shortens this`);
  process.env.TMPDIR = IN_MEMORY;
  portal = await Portal.start({ people: ABREAST });
  const at = portal;
  const members = await enrolCrowd(at, ABREAST);
  await letterboxAtRest(at);
  const application = await ExchangingApplication.known(at);
  let visitors = await signedIn(at, members);
  let since = performance.now();
  const hands = Array.from({ length: ABREAST }, (_, n) => n);
  await expectES256(application, visitors);

  const memory: number[] = [];
  let [cpu, counted, done] = [0, 0, 0];
  for (let batch = 0; done < EXCHANGES; batch += 1) {
    if (performance.now() - since > A_SESSION) {
      for (const visitor of visitors) visitor.leave();
      visitors = await signedIn(at, members);
      since = performance.now();
    }
    const codes: string[] = [];
    await flatOut(visitors, Array(BATCH).fill(0), async (visitor) => void codes.push(await application.code(visitor)));
    const counts = batch >= COUNTED && batch < 2 * COUNTED;
    if (counts) await chained(at);
    const before = cpuWithoutHashing(at.pid);
    await flatOut(hands, codes, async (_, code) => void (await application.exchange(code)));
    if (counts) {
      // Chaining what they left belongs to them.
      await chained(at);
      cpu += cpuWithoutHashing(at.pid) - before;
      counted += codes.length;
    }
    done += codes.length;
    memory.push(residentMb(at.pid));
  }
  figure("token-exchanges", (counted * 1000) / cpu, `per second and core, ES256, of ${counted}, database in memory`, { atLeast: 700 });

  // Memory moves by itself: the most it held in the second tenth against the most in the last.
  const tenth = Math.max(1, Math.floor(memory.length / 10));
  const [warm, last] = [Math.max(...memory.slice(tenth, 2 * tenth)), Math.max(...memory.slice(-tenth))];
  figure("token-memory-warm", warm, `MB after ${2 * tenth * BATCH} exchanges`);
  figure("token-memory-last", last, `MB after ${done} exchanges`);
  figure("token-memory-growth", Math.round(last - warm), `whole MB, from the second tenth of ${done} exchanges to the last`, { atMost: 0 });
  application.leave();
  for (const visitor of visitors) visitor.leave();
});

async function signedIn(at: Portal, members: Member[]): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  for (const member of members) visitors.push(await signIn(at, member));
  return visitors;
}

/** What is measured is what was meant. */
async function expectES256(application: ExchangingApplication, [visitor]: Visitor[]): Promise<void> {
  const token = await application.exchange(await application.code(visitor as Visitor));
  const { alg } = JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()) as { alg: string };
  if (alg !== "ES256") throw new Error(`signed with ${alg}`);
}

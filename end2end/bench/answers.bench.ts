// How many answers to a SAML service the programme gives a second on live sessions, signed and encrypted, and what the trail
// takes of that; on SQLite, and on PostgreSQL over its socket, with commits that wait for the disk.
import { test } from "@playwright/test";
import { newDatabase } from "../lib/postgres";
import { Portal } from "../lib/server";
import { enrolCrowd, letterboxAtRest, signIn } from "./lib/crowd";
import { asOwner, chained, turnAway, waitForDisk } from "./lib/database";
import { figure, median, percentile } from "./lib/figure";
import { asking, evenly, flatOut } from "./lib/load";
import { example, valueOf } from "./lib/rust";
import { AskingService } from "./lib/service";
import type { Visitor } from "./lib/visitor";

/** Answers in each round. */
const ANSWERS = Number(process.env.BENCH_ANSWERS ?? 1000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Sessions, each of another person, on a connection each. */
const ABREAST = 8;

/** Of this bench; stopped whatever becomes of it. */
let portal: Portal | undefined;
let onDisk = false;
test.afterEach(async () => {
  await portal?.stop();
  portal = undefined;
  if (onDisk) await waitForDisk(false);
  onDisk = false;
});

test("answers to a service, on SQLite", async () => {
  portal = await Portal.start({ people: ABREAST });
  await measure(portal, "sqlite", 0.6, async () => valueOf(await example("storage_sqlite", "raw_commits"), "raw-commits"));
});

test("answers to a service, on PostgreSQL", async () => {
  const database = await newDatabase(`answers_${process.pid}`);
  test.skip(!database, "scripts/with-postgres starts one");
  onDisk = true;
  await waitForDisk(true);
  portal = await Portal.start({ people: ABREAST, database });
  await measure(portal, "postgres", 0.4, async () => valueOf(await example("storage_postgres", "raw_commits_postgres"), "raw-commits-postgres"));
});

/** The asking side: who has a session, and the service. */
interface Load {
  visitors: Visitor[];
  service: AskingService;
}

async function measure(at: Portal, name: string, least: number, rawCommits: () => Promise<number>): Promise<void> {
  const members = await enrolCrowd(at, ABREAST);
  await letterboxAtRest(at);
  const visitors: Visitor[] = [];
  for (const member of members) visitors.push(await signIn(at, member));
  const load = { visitors, service: await AskingService.known(at) };
  await rate(at, load);

  const seen: { answers: number; signatures: number; commits: number; share: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const signatures = valueOf(await example("saml", "raw_signatures"), "raw-signatures-machine");
    const commits = await rawCommits();
    const [answers, share] = await rate(at, load);
    seen.push({ answers, signatures, commits, share });
    console.log(`${name}: ${answers.toFixed(0)} answers, ${signatures.toFixed(0)} raw signatures, ${commits.toFixed(0)} raw commits a second`);
  }
  // Each at its best: a disk or a neighbour that was slow for a moment makes neither side look better.
  const best = (of: (one: (typeof seen)[number]) => number) => Math.max(...seen.map(of));
  const [answers, signatures, commits] = [best((it) => it.answers), best((it) => it.signatures), best((it) => it.commits)];
  figure(`answers-${name}`, answers, `per second, ${ABREAST} sessions at once, best of ${ROUNDS}`);
  figure(`answers-${name}-raw-signatures`, signatures, `per second, all cores together, best of ${ROUNDS} beside it`);
  figure(`answers-${name}-raw-commits`, commits, `per second, best of ${ROUNDS} beside it`);
  figure(`answers-${name}-of-raw`, answers / Math.min(signatures, commits), "of the smaller of raw signatures/s and raw commits/s", { atLeast: least });
  figure(`answers-${name}-asking`, median(seen.map((it) => it.share)), "% of all cores went into asking, which counts against the answers");

  const requests = signed(load);
  const times = await evenly(visitors, requests, answers / 2, answer);
  figure(`answers-${name}-p99-at-half`, percentile(times, 0.99), `ms of ${times.length} at half that load, from when each was due`, { atMost: 25 });
  await trail(at, name, load);
  for (const visitor of visitors) visitor.leave();
}

/** The same load with the trail and without it, in turn: its rows are turned away at the database's door, and nothing is chained. */
async function trail(at: Portal, name: string, load: Load): Promise<void> {
  const [kept, away]: [number[], number[]] = [[], []];
  const before = Number(await asOwner(at, "select count(*) from audit_events"));
  for (let round = 0; round < ROUNDS; round += 1) {
    kept.push((await rate(at, load))[0]);
    await turnAway(at, true);
    away.push((await rate(at, load))[0]);
    await turnAway(at, false);
  }
  const rows = (Number(await asOwner(at, "select count(*) from audit_events")) - before) / (ROUNDS * ANSWERS);
  // Sealing and vouching happen in front of that door: what they take of one core is taken off as a whole.
  const each = valueOf(await example("keys", "event_cost"), "event-cpu");
  const [best, bare] = [Math.max(...kept), 1 / (1 / Math.max(...away) - (rows * each) / 1000)];
  figure(`trail-${name}-answers`, best, `per second with the trail, ${rows.toFixed(1)} rows each, best of ${ROUNDS}`);
  figure(`trail-${name}-answers-without`, bare, `per second without it, best of ${ROUNDS}, in turn with that`);
  figure(`trail-${name}-cost`, best / bare, "of the answers without the trail are given with it", { atLeast: 0.9 });
}

/** Answers a second as fast as they come, and the share of all cores that went into asking. */
async function rate(at: Portal, load: Load): Promise<[number, number]> {
  await chained(at);
  // Signed before, for that costs more than the rest of asking.
  const requests = signed(load);
  return asking(() => flatOut(load.visitors, requests, answer));
}

function signed({ service }: Load): string[] {
  return Array.from({ length: ANSWERS }, () => service.request());
}

async function answer(visitor: Visitor, request: string): Promise<void> {
  await visitor.open(request);
  if (!visitor.page.includes("SAMLResponse")) throw new Error(`no answer at ${visitor.url}: "${visitor.heading}"`);
}

// A trail that grew old, on SQLite: how quickly it is verified, a person's part of it is shown and taken out, a year of it is
// taken out, and what it adds to a sign-in. Its events are made by `many_events`, with the portal's own keys.
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "@playwright/test";
import { Service } from "../lib/process";
import { Portal, binary } from "../lib/server";
import { totp } from "../lib/totp";
import { type Member, enrolCrowd, letterboxAtRest, timedSignIn } from "./lib/crowd";
import { asOwner, chained } from "./lib/database";
import { figure, median, percentile } from "./lib/figure";
import { example } from "./lib/rust";
import type { Visitor } from "./lib/visitor";

/** The bar is meant at ten million; what the enrolments leave is more than ten thousand already. */
const EVENTS = Math.max(50_000, Number(process.env.BENCH_EVENTS ?? 1_000_000));
/** Whom they are about. */
const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 2000);
/** Who signs in, before and after. */
const SIGN_INS = Number(process.env.BENCH_SIGN_INS ?? 200);
/** A code counts once, and so does its time. */
const A_STEP = 31_000;
const A_DAY = 24 * 3600 * 1000;
const LOOKS = 100;

/** Of this bench; stopped whatever becomes of it. */
let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

test("a trail of many events", async () => {
  test.setTimeout(4 * 60 * 60_000);
  portal = await Portal.start({ people: Math.max(PEOPLE, SIGN_INS) });
  const at = portal;
  const members = await enrolCrowd(at, SIGN_INS);
  await letterboxAtRest(at);
  const few = await length(at);
  const young = await signIns(at, members);

  await at.halt();
  console.log(await example("storage_sqlite", "many_events", at.data, String(EVENTS)));
  // Who takes something out signs a checkpoint first: as large a step comes once, and not amid what is measured.
  await takeOut(at, 2 * 365, 2 * 365);
  await at.restart();
  await chained(at);
  const many = await length(at);
  figure("trail-events", many, "events in the trail that is measured; the bars are meant at 10,000,000");
  await verify(at);
  await aYear(at);

  await pause(A_STEP);
  const old = await signIns(at, members);
  figure("trail-sign-in-p99-young", percentile(young.whole, 0.99), `ms of ${SIGN_INS} sign-ins, ${few} events in the trail`);
  figure("trail-sign-in-p99-old", percentile(old.whole, 0.99), `ms of ${SIGN_INS} sign-ins, ${many} events in the trail`);
  const unit = `times that with ${few} events, at ${many}`;
  figure("trail-sign-in-growth", percentile(old.whole, 0.99) / percentile(young.whole, 0.99), `p99 of a sign-in, ${unit}`, { atMost: 1.2 });
  // Most of a sign-in is Argon2id, which hides what grows.
  figure("trail-code-growth", percentile(old.code, 0.99) / percentile(young.code, 0.99), `p99 of its second form, ${unit}`);
  figure("trail-code-growth-median", median(old.code) / median(young.code), `median of its second form, ${unit}`);
  await ownData(old.last, members.at(-1)?.secret ?? "");
  await activity(old.last);
});

async function length(at: Portal): Promise<number> {
  return Number(await asOwner(at, "select max(place) from audit_chain"));
}

/** Everybody signs in, one after the other. */
async function signIns(at: Portal, members: Member[]): Promise<{ whole: number[]; code: number[]; last: Visitor }> {
  const [whole, codes]: [number[], number[]] = [[], []];
  let last: Visitor | undefined;
  for (const member of members) {
    const { visitor, password, code } = await timedSignIn(at, member);
    whole.push(password + code);
    codes.push(code);
    last?.leave();
    last = visitor;
  }
  if (!last) throw new Error("nobody signed in");
  return { whole, code: codes, last };
}

/** By the command for operators, start included, beside the running portal. */
async function verify(at: Portal): Promise<void> {
  const begun = performance.now();
  const said = await at.command("audit", "verify");
  const seconds = (performance.now() - begun) / 1000;
  const rows = Number(/^(\d+) rows follow the chain/m.exec(said)?.[1]);
  figure("trail-verify", rows / seconds, `events per second of ${rows}, a database`, { atLeast: 200_000 });
}

/** Everything that is kept about her, after a code: as JSON and as a page, each read anew and whole before its first byte. */
async function ownData(visitor: Visitor, secret: string): Promise<void> {
  await pause(A_STEP);
  const asked = await visitor.send("/handling/bekraeft-det-er-dig", { purpose: "own-data" });
  const flow = asked.slice(asked.lastIndexOf("/") + 1);
  const opened = await visitor.send("/handling/bekraeft-kode", { flow, code: totp(secret, 1) });
  for (const [form, holds] of [["json", '"events"'], ["side", "<html"]] as const) {
    const seconds = (await visitor.open(`${opened}/${form}`)) / 1000;
    if (!visitor.page.includes(holds)) throw new Error(`${opened}/${form} led to ${visitor.url}`);
    figure(`trail-own-data-${form}`, seconds, `s until all that is kept about a person is there, ${(visitor.page.length / 1e6).toFixed(1)} MB`, { atMost: 60 });
  }
}

/** Her page of what happened at her login: the newest two hundred of each part. */
async function activity(visitor: Visitor): Promise<void> {
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) times.push(await visitor.open("/konto/aktivitet"));
  const shown = visitor.page.match(/<dt\b/g)?.length ?? 0;
  figure("trail-activity", percentile(times, 0.95), `ms to the first byte of a person's last events, p95 of ${LOOKS}, ${shown} events on it`, { atMost: 20 });
  visitor.leave();
}

/** A whole year of an older time, as an operator takes it out. */
async function aYear(at: Portal): Promise<void> {
  const { bytes, seconds, peak } = await takeOut(at, 3 * 365, 2 * 365);
  const unit = `${(bytes / 1e6).toFixed(0)} MB of a year`;
  figure("trail-year", bytes / 1e6 / seconds, `MB per second, ${unit}`, { atLeast: 20 });
  figure("trail-year-memory", peak, `MB at most, ${unit}`, { atMost: 64 });
}

/** Takes out what was written between two days, each so many days ago; how large that is, how long it took, and the most memory. */
async function takeOut(at: Portal, from: number, to: number): Promise<{ bytes: number; seconds: number; peak: number }> {
  const day = (ago: number) => new Date(Date.now() - ago * A_DAY).toISOString().slice(0, 10);
  const file = join(at.folder, `export-${from}-${to}`);
  const begun = performance.now();
  const taking = Service.start(binary(), ["audit", "export", file, "--from", day(from), "--to", day(to), "--reason", "to measure", "--demo", at.data]);
  let peak = 0;
  while (!taking.ended) {
    peak = Math.max(peak, mostMb(taking.pid));
    await pause(20);
  }
  const seconds = (performance.now() - begun) / 1000;
  // Half an export is none: where it failed there is no file.
  if (!statSync(file, { throwIfNoEntry: false })) throw new Error(`nothing was taken out\n${taking.log}`);
  const bytes = statSync(file).size;
  rmSync(file);
  return { bytes, seconds, peak };
}

/** The most memory a process held so far, in MB of 10⁶ bytes; none once it is gone. */
function mostMb(pid: number): number {
  try {
    return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

// Two thousand connected services: what that adds to a start, to a sign-in, and to an answer to one of them.
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "@playwright/test";
import { run } from "../lib/process";
import { Portal } from "../lib/server";
import { type Member, enrolCrowd, letterboxAtRest, signIn } from "./lib/crowd";
import { asOwner, chained } from "./lib/database";
import { figure, median } from "./lib/figure";
import { cpuOfEach } from "./lib/load";
import { AskingService } from "./lib/service";
import { Visitor } from "./lib/visitor";

const SERVICES = Number(process.env.BENCH_SERVICES ?? 2000);
/** Sign-ins, and answers, with few services and with many. */
const LOGINS = Number(process.env.BENCH_SERVICE_LOGINS ?? 200);

/** Of this bench; stopped whatever becomes of it. */
let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

test("two thousand services", async () => {
  portal = await Portal.start({ people: 2 * LOGINS });
  const members = await enrolCrowd(portal, 2 * LOGINS);
  await letterboxAtRest(portal);
  const service = await AskingService.known(portal);
  const few = await measure(portal, members.slice(0, LOGINS), service);
  await connect(portal);
  const many = await measure(portal, members.slice(LOGINS), service);

  figure("services-start-few", few.start, "ms to ready with two services, median of 5");
  figure("services-start-many", many.start, `ms to ready with ${SERVICES} more, median of 5`);
  figure("services-load", many.start - few.start, `ms that ${SERVICES} services add to a start`, { atMost: 1000 });
  figure("services-login-few", few.login, "ms of processor for a sign-in with two services, without Argon2id");
  figure("services-login-many", many.login, `ms with ${SERVICES} more`);
  // What counters of ten milliseconds and a busy machine make of twice the same is some percent.
  figure("services-login-cost", many.login / few.login, `times what a sign-in takes without those ${SERVICES}`, { atMost: 1.05 });
  figure("services-answer-cost", many.answer / few.answer, `times what an answer takes without those ${SERVICES}`, { atMost: 1.05 });
});

async function measure(at: Portal, members: Member[], service: AskingService): Promise<{ start: number; login: number; answer: number }> {
  const starts: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await at.halt();
    const begun = performance.now();
    await at.restart();
    starts.push(performance.now() - begun);
  }
  // What runs beside the requests does its first round at once.
  await warm(at);
  await chained(at);
  let inside: Visitor | undefined;
  const login = await cpuOfEach(at, members, 1, async (member) => {
    inside?.leave();
    inside = await signIn(at, member);
  });
  const visitor = inside as Visitor | undefined;
  if (!visitor) throw new Error("nobody signed in");
  await chained(at);
  const requests = Array.from({ length: LOGINS }, () => service.request());
  const answer = await cpuOfEach(at, requests, 1, async (request) => {
    await visitor.open(request);
    if (!visitor.page.includes("SAMLResponse")) throw new Error(`no answer at ${visitor.url}: "${visitor.heading}"`);
  });
  visitor.leave();
  return { start: median(starts), login, answer };
}

async function warm(at: Portal): Promise<void> {
  const visitor = new Visitor(at.url);
  for (let page = 0; page < 50; page += 1) await visitor.open("/log-ind");
  visitor.leave();
  await pause(3_000);
}

/** As many more as one that is connected, each with a name of its own. */
async function connect(at: Portal): Promise<void> {
  const record = JSON.parse(await asOwner(at, "select record from relying_parties where entity_id like '%/maaling'")) as Record<string, unknown>;
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const lines = Array.from({ length: SERVICES }, (_, n) => {
    const [id, name] = [randomUUID(), `https://fagsystem${n}.eksempel.test/saml`];
    const own = JSON.stringify({ ...record, id, entity_id: name, display_name: `Fagsystem ${n}` });
    return `insert into relying_parties (id, entity_id, record, protocol) values (x'${id.replaceAll("-", "")}', ${quoted(name)}, ${quoted(own)}, 'saml');`;
  });
  const file = join(at.folder, "services.sql");
  writeFileSync(file, ["begin;", ...lines, "commit;"].join("\n"));
  await at.halt();
  await run("sqlite3", join(at.data, "nsis-id.db"), `.read ${file}`);
  const there = Number(await asOwner(at, "select count(*) from relying_parties"));
  if (there < SERVICES) throw new Error(`only ${there} services are connected`);
}

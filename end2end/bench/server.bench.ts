// What the server takes: time to start, time to answer, processor, memory.
import { performance } from "node:perf_hooks";
import { test } from "@playwright/test";
import { Portal } from "../lib/server";
import { type Member, enrolCrowd, letterboxAtRest, signIn } from "./lib/crowd";
import { figure, figureOf, median, percentile } from "./lib/figure";
import { cpuOfEach } from "./lib/load";
import { residentMb } from "./lib/process";
import { AskingService } from "./lib/service";
import { Visitor } from "./lib/visitor";

/** Of this bench; stopped whatever becomes of it. */
let portal: Portal | undefined;
test.afterEach(() => portal?.stop());

const LOGINS = Number(process.env.BENCH_LOGINS ?? 1000);
const ANSWERS = 500;
/** How many come at once in a crowd. */
const ABREAST = 8;

test("starting, and standing idle", async () => {
  portal = await Portal.start();
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    await portal.restart();
    times.push(performance.now() - begun);
  }
  figure("start-to-ready", median(times), "ms, median of 5, stopping included", { atMost: 500 });
  const visitor = new Visitor();
  await visitor.open(`${portal.url}/log-ind`);
  figure("rss-idle", residentMb(portal.pid), "MB", { atMost: 50 });
  for (const [name, path] of [["login", "/log-ind"], ["spaer", "/spaer"], ["kom-i-gang", "/kom-i-gang"], ["vilkaar", "/vilkaar"]] as const) {
    const waits: number[] = [];
    for (let round = 0; round < 300; round += 1) waits.push(await visitor.open(`${portal.url}${path}`));
    figure(`ttfb-${name}-p95`, percentile(waits, 0.95), "ms of 300", { atMost: 50 });
  }
  visitor.leave();
});

test("a thousand logins, and answers to a service", async () => {
  portal = await Portal.start({ people: LOGINS });
  const members = await enrolCrowd(portal, LOGINS);
  await letterboxAtRest(portal);
  const last = await logins(portal, members);
  await last.open("/overblik");
  last.expect(/^Hej /);
  figure(`rss-after-${LOGINS}-logins`, residentMb(portal.pid), "MB", { atMost: 120 });

  const service = await AskingService.known(portal);
  await last.open(service.request());
  last.expect(/./);
  if (!last.page.includes("SAMLResponse")) throw new Error(`no answer at ${last.url}: "${last.heading}"`);
  const begun = performance.now();
  const waits: number[] = [];
  const ask = (visitor: Visitor) => async () => {
    const asked = performance.now();
    await visitor.open(service.request());
    waits.push(performance.now() - asked);
  };
  const each = await cpuOfEach(portal, Array(ANSWERS).fill(0), 1, ask(last));
  answered("saml-answer", each);
  figure("saml-answers", (ANSWERS * 1000) / (performance.now() - begun), "per second, one after the other");
  figure("saml-answer-p95", percentile(waits, 0.95), "ms");
  // One session, eight questions at once, each on a connection of its own.
  const beside = Array.from({ length: ABREAST }, () => last.beside());
  const free = [...beside];
  const crowded = await cpuOfEach(portal, Array(ANSWERS).fill(0), ABREAST, async () => {
    const visitor = free.pop();
    if (!visitor) throw new Error("more at once than there are");
    await ask(visitor)();
    free.push(visitor);
  });
  answered("saml-answer-in-a-crowd", crowded);
  for (const visitor of [last, ...beside]) visitor.leave();
});

/** What an answer takes, by itself and beside the one signature it cannot do without. */
function answered(name: string, each: number): void {
  figure(`${name}-cpu`, each, "ms");
  figure(`${name}-by-raw-signature`, each / figureOf("raw-signature-cpu"), "times one RSA-3072 signature", { atMost: 1.6 });
}

/** Everybody signs in once, from a browser of her own: half of them one after the other, half in a crowd. Gives one's. */
async function logins(portal: Portal, members: Member[]): Promise<Visitor> {
  let inside = undefined as Visitor | undefined;
  const [alone, crowd] = [members.slice(0, members.length / 2), members.slice(members.length / 2)];
  for (const [name, some, abreast] of [["login-cpu", alone, 1], ["login-cpu-in-a-crowd", crowd, ABREAST]] as const) {
    const each = await cpuOfEach(portal, some, abreast, async (member) => {
      const visitor = await signIn(portal, member);
      inside?.leave();
      inside = visitor;
    });
    figure(name, each, `ms, password and code, without Argon2id, ${abreast} at once`, { atMost: 2 });
  }
  if (!inside) throw new Error("nobody signed in");
  return inside;
}

// What a page weighs and how soon it is there: Lighthouse on a simulated phone on slow 4G, the median of five.
import { existsSync } from "node:fs";
import type { Page } from "@playwright/test";
import { launch } from "chrome-launcher";
import lighthouse, { type Result } from "lighthouse";
import { figure, median } from "./figure";

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const BROWSER = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));

/** What a class of pages may take; bytes in KB of 1,000, as sent. */
export interface Budget {
  /** Bytes before the page rests; for pages whose WASM counts, after. */
  bytes: number;
  idle: boolean;
  css: number;
  requests: number;
  lcp: number;
  cls: number;
  performance: number;
}

export const LOGIN: Budget = { bytes: 40, idle: false, css: 10, requests: 6, lcp: 1.0, cls: 0.01, performance: 98 };
export const EMERGENCY: Budget = { bytes: 20, idle: false, css: 10, requests: 4, lcp: 0.9, cls: 0.01, performance: 100 };
/** Terms, day one and self-service. */
export const DAY_ONE: Budget = { bytes: 150, idle: true, css: 14, requests: 9, lcp: 1.2, cls: 0.02, performance: 97 };
/** Of an auditor and of who publishes terms. Staff sit at a desk; they are weighed on the phone all the same. */
export const CONSOLE: Budget = { bytes: 300, idle: true, css: 16, requests: 12, lcp: 1.3, cls: 0.05, performance: 95 };
/** Of all pages, for it is one file. */
const WASM = 80;
const REPEAT = 15;
/** What Lighthouse says when its recording of a page was lost. */
const LOST = new Set(["NO_NAVSTART", "NO_TRACING_STARTED"]);

/** Weighs the page at this address, or the one that stands there, and keeps its figures. */
export async function weigh(page: Page, name: string, budget: Budget, path = page.url()): Promise<void> {
  if (path.startsWith("/")) await page.goto(path);
  const url = page.url();
  const cookies = (await page.context().cookies(url)).map((it) => `${it.name}=${it.value}`).join("; ");
  const runs: Result[] = [];
  for (let tries = 0; runs.length < RUNS; tries += 1) {
    const run = await look(url, cookies);
    if (run) runs.push(run);
    else if (tries >= 2 * RUNS) throw new Error(`${url}: Lighthouse recorded nothing, again and again`);
  }
  const of = (what: (run: Result) => number) => median(runs.map(what));
  const sent = (run: Result) => requests(run).filter((it) => budget.idle || !it.url.includes("/pkg/") || it.url.endsWith(".css"));
  figure(`page-${name}-bytes`, of((run) => sum(sent(run))) / 1000, "KB", { atMost: budget.bytes });
  figure(`page-${name}-css`, of((run) => sum(requests(run).filter((it) => it.url.endsWith(".css")))) / 1000, "KB", { atMost: budget.css });
  figure(`page-${name}-requests`, of((run) => sent(run).length), "", { atMost: budget.requests });
  if (budget.idle) figure(`page-${name}-wasm`, of((run) => sum(requests(run).filter((it) => it.url.endsWith(".wasm")))) / 1000, "KB", { atMost: WASM });
  figure(`page-${name}-lcp`, of((run) => value(run, "largest-contentful-paint")) / 1000, "s", { atMost: budget.lcp });
  figure(`page-${name}-cls`, of((run) => value(run, "cumulative-layout-shift")), "", { atMost: budget.cls });
  figure(`page-${name}-performance`, of((run) => score(run, "performance")), "of 100", { atLeast: budget.performance });
  figure(`page-${name}-accessibility`, of((run) => score(run, "accessibility")), "of 100", { atLeast: 100 });
  figure(`page-${name}-again`, (await repeat(page, url)) / 1000, "KB on a repeat visit", { atMost: REPEAT });
}

/** One run in a browser of its own; none where its recording was lost, of which the page knows nothing. */
async function look(url: string, cookie: string): Promise<Result | undefined> {
  const chrome = await launch({ chromePath: BROWSER, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"] });
  try {
    const seen = await lighthouse(url, {
      port: chrome.port,
      logLevel: "error",
      onlyCategories: ["performance", "accessibility"],
      extraHeaders: { ...(cookie && { Cookie: cookie }), "Accept-Language": "da" },
    });
    if (LOST.has(seen?.lhr.runtimeError?.code ?? "")) return undefined;
    if (!seen || seen.lhr.runtimeError || new URL(seen.lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) {
      throw new Error(`${url}: ${seen?.lhr.runtimeError?.message ?? `it led to ${seen?.lhr.finalDisplayedUrl}`}`);
    }
    return seen.lhr;
  } finally {
    chrome.kill();
  }
}

/** Bytes of a second visit by the same browser, what it fetches at rest included. */
async function repeat(page: Page, url: string): Promise<number> {
  const context = await page.context().browser()?.newContext({ storageState: await page.context().storageState(), locale: "da-DK" });
  if (!context) throw new Error("no browser");
  const again = await context.newPage();
  await again.goto(url, { waitUntil: "networkidle" });
  const line = await context.newCDPSession(again);
  let bytes = 0;
  line.on("Network.loadingFinished", (it) => (bytes += it.encodedDataLength));
  await line.send("Network.enable");
  await again.goto(url, { waitUntil: "networkidle" });
  await context.close();
  return bytes;
}

interface Sent {
  url: string;
  transferSize: number;
}

function requests(run: Result): Sent[] {
  const details = run.audits["network-requests"]?.details as { items?: Sent[] } | undefined;
  return (details?.items ?? []).filter((it) => it.url.startsWith("http"));
}

function sum(sent: Sent[]): number {
  return sent.reduce((all, it) => all + it.transferSize, 0);
}

function value(run: Result, audit: string): number {
  return run.audits[audit]?.numericValue ?? Number.NaN;
}

function score(run: Result, category: string): number {
  return Math.round((run.categories[category]?.score ?? 0) * 100);
}

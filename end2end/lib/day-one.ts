// What many stories begin with, made once and kept: a portal nobody came to yet, and the evening of Maja's day one. Each
// goes on with a copy of everything that was left.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { join } from "node:path";
import { Mailbox } from "./mail";
import { maja } from "./people";
import { Problems } from "./problems";
import { lastingPort, run } from "./process";
import { Portal } from "./server";
import { lastStep, putBack } from "./totp";
import { type Enrolled, enrol, expectPage } from "./walk";

/** Older than this it is made anew: pages and cookies of day one live a quarter of an hour. */
const KEPT_FOR = 8 * 60_000;

/** The first portal of a worker's stories: its keys are made, its people are there, and its letters are out. */
export class Morning {
  private kept?: { portal: Portal; at: number };

  /** It, stopped. To make its keys takes longer than anything else of a start. */
  async portal(): Promise<Portal> {
    if (this.kept && Date.now() - this.kept.at < KEPT_FOR) return this.kept.portal;
    await this.forget();
    this.kept = { portal: await begin(), at: Date.now() };
    return this.kept.portal;
  }

  async forget(): Promise<void> {
    await this.kept?.portal.stop();
    this.kept = undefined;
  }
}

async function begin(): Promise<Portal> {
  const portal = await Portal.start({ port: await lastingPort() });
  try {
    await everythingSent(portal);
    await portal.halt();
    return portal;
  } catch (error) {
    await portal.stop();
    throw new Error(`the morning failed: ${error}\n${portal.log}`);
  }
}

/** What Maja has in the evening of day one. */
export interface Evening {
  /** The portal of that day, stopped. */
  portal: Portal;
  credentials: Enrolled;
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
  /** The path of the page she looks at. */
  path: string;
  /** The newest time step of her app that was given out. */
  step: number;
  at: number;
}

/** The day one of a worker's stories. */
export class DayOne {
  private kept?: Evening;

  constructor(private readonly morning: Morning) {}

  /** Its end, in a browser of this kind. */
  async evening(browser: Browser, kind: BrowserContextOptions): Promise<Evening> {
    if (this.kept && Date.now() - this.kept.at < KEPT_FOR) return this.kept;
    await this.forget();
    this.kept = await walk(browser, kind, await this.morning.portal());
    return this.kept;
  }

  async forget(): Promise<void> {
    await this.kept?.portal.stop();
    this.kept = undefined;
  }
}

async function walk(browser: Browser, kind: BrowserContextOptions, onwards: Portal): Promise<Evening> {
  const portal = await Portal.start({ onwards });
  const context = await browser.newContext({ ...kind, baseURL: portal.url });
  try {
    const problems = new Problems();
    await problems.watch(context);
    const page = await context.newPage();
    const credentials = await enrol(page, new Mailbox(portal.mailDir), maja);
    await everythingSent(portal);
    expect(problems.unexpected, "problems behind the pages of day one").toEqual([]);
    const { pathname: path } = new URL(page.url());
    const cookies = await context.cookies();
    await portal.halt();
    return { portal, credentials, cookies, path, step: lastStep(credentials.secret), at: Date.now() };
  } catch (error) {
    await portal.stop();
    throw new Error(`day one failed: ${error}\n${portal.log}`);
  } finally {
    await context.close();
  }
}

/** Waits until every letter of the day is out, so that none comes twice or late to a copy; reminders are days away. */
async function everythingSent(portal: Portal): Promise<void> {
  const query = "select count(*) from outbox where sent_at is null and due_at < (unixepoch() + 3600) * 1000000";
  const waiting = () => run("sqlite3", "-readonly", join(portal.data, "nsis-id.db"), query);
  await expect.poll(waiting, { message: "letters not sent yet", timeout: 15_000 }).toBe("0\n");
}

/** Puts a page where hers stood that evening, with the cookies she had. */
export async function goOn(page: Page, { credentials, cookies, path, step }: Evening): Promise<Enrolled> {
  putBack(credentials.secret, step);
  await page.context().addCookies(cookies);
  await page.goto(path);
  await expectPage(page, "Du er klar");
  return credentials;
}

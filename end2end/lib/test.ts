// `test` and `expect` for every story. A story gets a portal of its own and a page at it, and fails on any problem
// behind its pages.
import { type BrowserContext, type Page, type TestInfo, test as base } from "@playwright/test";
import { change } from "./database";
import { DayOne, type Evening, Morning, goOn } from "./day-one";
import { Mailbox } from "./mail";
import { Mellon } from "./mellon";
import { Problems } from "./problems";
import { Portal, type Start } from "./server";
import { desktop, phone } from "./sizes";
import { letTimePass } from "./totp";
import type { Enrolled } from "./walk";

interface Story {
  /** The portal reads its texts from a folder the story may change. */
  ownTexts: boolean;
  /** What is decided of models of passkeys, as a configuration says it. */
  passkeys: string;
  /** So many people lived a year in the portal before; `portal.year` is what is known of it. */
  lived: number;
  /** What the story's portal is a copy of; nothing where a year was lived in it. */
  begun: Portal | undefined;
  /** A demo nobody used before: nothing of one story reaches another. */
  portal: Portal;
  /** The mails the portal has sent. */
  mailbox: Mailbox;
  /** What went wrong behind the pages; `problems.allow(/…/)` for what a story provokes. */
  problems: Problems;
  /** A page in another browser: another cookie jar; of the same kind, or on a device of the other size. */
  elsewhere: (size?: "other size") => Promise<Page>;
  /** A service nobody here wrote, connected to the portal. */
  mellon: Mellon;
}

/** A portal for one story. Its apps need not wait for the clock: see `freshCode`. */
async function lend(start: Start, use: (portal: Portal) => Promise<void>, info: TestInfo): Promise<void> {
  const portal = await Portal.start(start);
  letTimePass((step) => change(portal, `update authenticator_apps set last_step = min(last_step, ${step})`));
  await use(portal);
  letTimePass(undefined);
  if (info.status !== info.expectedStatus) {
    await info.attach("server.log", { body: portal.log, contentType: "text/plain" });
  }
  await portal.stop();
}

export const test = base.extend<Story, { morning: Morning }>({
  ownTexts: [false, { option: true }],
  passkeys: ["", { option: true }],
  lived: [0, { option: true }],
  morning: [
    async ({}, use) => {
      const morning = new Morning();
      await use(morning);
      await morning.forget();
    },
    { scope: "worker" },
  ],
  // Time of its own: the first story of a worker is no slower than the others.
  begun: [async ({ morning, lived }, use) => use(lived > 0 ? undefined : await morning.portal()), { timeout: 120_000 }],
  portal: ({ ownTexts, passkeys, lived, begun }, use, info) => lend({ ownTexts, passkeys, lived, onwards: begun }, use, info),
  baseURL: async ({ portal }, use) => use(portal.url),
  mailbox: async ({ portal }, use) => use(new Mailbox(portal.mailDir)),
  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      await problems.watch(context);
      await use(problems);
      base.expect(problems.unexpected, "problems behind the pages").toEqual([]);
    },
    { auto: true },
  ],
  elsewhere: async ({ browser, problems, isMobile }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (size) => {
      const context = await browser.newContext(size === undefined ? {} : isMobile ? desktop : phone);
      contexts.push(context);
      await problems.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  mellon: async ({ portal }, use, info) => {
    const mellon = await Mellon.start(portal);
    await use(mellon);
    if (info.status !== info.expectedStatus) {
      await info.attach("apache.log", { body: mellon.log, contentType: "text/plain" });
    }
    await mellon.stop();
  },
});

/** A story that begins in the evening of Maja's day one. */
interface Later {
  evening: Evening;
  /** What she has by then. Her page shows the last one of that day. */
  credentials: Enrolled;
}

/** Like `test`; the portal goes on from a day one that was walked once for many stories. */
export const afterDayOne = test.extend<Later, { dayOne: DayOne }>({
  dayOne: [
    async ({ morning }, use) => {
      const dayOne = new DayOne(morning);
      await use(dayOne);
      await dayOne.forget();
    },
    { scope: "worker" },
  ],
  // Time of its own: the first story of a worker is no slower than the others.
  evening: [async ({ dayOne, browser }, use, info) => use(await dayOne.evening(browser, info.project.use)), { timeout: 120_000 }],
  portal: ({ evening, ownTexts }, use, info) => lend({ ownTexts, onwards: evening.portal }, use, info),
  credentials: [async ({ page, evening, problems: _ }, use) => use(await goOn(page, evening)), { auto: true }],
});

export { expect } from "@playwright/test";

// `test` and `expect` for every story. A story gets a portal of its own and a page at it, and fails on any problem
// behind its pages.
import { type BrowserContext, type Page, test as base } from "@playwright/test";
import { Mailbox } from "./mail";
import { Mellon } from "./mellon";
import { Problems } from "./problems";
import { Portal } from "./server";

interface Story {
  /** The portal reads its texts from a folder the story may change. */
  ownTexts: boolean;
  /** A fresh demo: nothing of one story reaches another. */
  portal: Portal;
  /** The mails the portal has sent. */
  mailbox: Mailbox;
  /** What went wrong behind the pages; `problems.allow(/…/)` for what a story provokes. */
  problems: Problems;
  /** A page in another browser, of the same kind: another cookie jar. */
  elsewhere: () => Promise<Page>;
  /** A service nobody here wrote, connected to the portal. */
  mellon: Mellon;
}

export const test = base.extend<Story>({
  ownTexts: [false, { option: true }],
  portal: async ({ ownTexts }, use, info) => {
    const portal = await Portal.start({ ownTexts });
    await use(portal);
    if (info.status !== info.expectedStatus) {
      await info.attach("server.log", { body: portal.log, contentType: "text/plain" });
    }
    await portal.stop();
  },
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
  elsewhere: async ({ browser, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
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

export { expect } from "@playwright/test";

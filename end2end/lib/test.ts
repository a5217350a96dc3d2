// `test` and `expect` for every story. A test gets a page at a running portal, and fails on any problem behind it.
import { test as base } from "@playwright/test";
import { Mailbox } from "./mail";
import { Problems } from "./problems";
import { Portal } from "./server";

interface Story {
  /** What went wrong behind the pages; `problems.allow(/…/)` for what a test provokes. */
  problems: Problems;
  /** The mails the portal has sent. */
  mailbox: Mailbox;
}

interface House {
  /** The running demo; one for all tests of a worker. Stories that change it for others start their own. */
  portal: Portal;
}

export const test = base.extend<Story, House>({
  portal: [
    async ({}, use) => {
      const portal = await Portal.start();
      await use(portal);
      await portal.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ portal }, use) => use(portal.url),
  mailbox: async ({ portal }, use) => use(new Mailbox(portal.mailDir)),
  problems: [
    async ({ context, portal }, use, info) => {
      const problems = new Problems();
      await problems.watch(context);
      const before = portal.log.length;
      await use(problems);
      if (info.status !== info.expectedStatus) {
        await info.attach("server.log", { body: portal.log.slice(before), contentType: "text/plain" });
      }
      base.expect(problems.unexpected, "problems behind the pages").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";

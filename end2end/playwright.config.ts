import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";
import { desktop, phone } from "./lib/sizes";

// A browser of the machine, never a downloaded one. The one without windows first: the same engine, and a new person's
// browser costs a tenth of what it costs where a window with all its buttons is opened for her unseen.
const browsers = [process.env.CHROMIUM, "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/google-chrome"];
const browser = browsers.find((path) => path && existsSync(path));

const nojs = { javaScriptEnabled: false };
// What these do is not a matter of width: each runs on both sizes and with and without script, once each way.
const crossed = [
  "accessibility.spec.ts", "application.spec.ts", "block.spec.ts", "brake.spec.ts", "clean-urls.spec.ts", "contact.spec.ts",
  "day-one-interrupted.spec.ts", "day-one-otherwise.spec.ts", "devices.spec.ts", "doors.spec.ts", "factors-in-english.spec.ts",
  "in-place.spec.ts", "instead.spec.ts", "invitation.spec.ts", "islands.spec.ts", "keyboard.spec.ts", "keyboard-factors.spec.ts",
  "on-phone.spec.ts", "outage.spec.ts", "peers.spec.ts", "problems.spec.ts", "reconfirm.spec.ts", "recovery.spec.ts",
  "refusals.spec.ts", "relations.spec.ts", "reopen-refused.spec.ts", "reopen.spec.ts", "sample-service.spec.ts",
  "sessions.spec.ts", "sheet.spec.ts", "simulator.spec.ts", "single-logout.spec.ts", "two-tabs.spec.ts", "waypoints.spec.ts",
];
// Keys are the browser's to show: once, with script. A story of another file that needs script is tagged so.
const scripted = ["passkeys.spec.ts", "passkeys-hostile.spec.ts"];
const needsScript = /@script/;

// Staff sit at a desk; that their pages fit a phone is looked at there too.
const staff = ["auditor.spec.ts", "publish-terms.spec.ts"];
// What no page has a part in, or looks the same to everybody: once is enough. And what is seen without script alone.
const once = [
  "conformance.spec.ts", "keys-without-script.spec.ts", "power-cut.spec.ts", "recover.spec.ts", "rotation.spec.ts",
  "saml-refused.spec.ts",
];
// What is looked at is what stands in files: once is enough, as auditors sit there.
const files = ["year.spec.ts"];

// Judges what all stories did together: after them, in a project of its own.
const afterwards = "every-page.spec.ts";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // One more than the cores of a small machine: a story often waits for a clock or a letter.
  workers: 3,
  // Every story has a portal of its own; the longest file must not be what everybody waits for.
  fullyParallel: true,
  // A test that passes only the second time has failed.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["json"] as const] : [])],
  use: {
    launchOptions: {
      executablePath: browser,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A process in waiting for the next page of each new browser costs more than it saves.
        "--disable-features=SpareRendererForSitePerProcess",
      ],
    },
    locale: "da-DK",
    timezoneId: "Europe/Copenhagen",
    // Every page as it stood and what it asked for, where somebody wants to look (`TRACE=1`): it costs every story.
    trace: process.env.TRACE ? { mode: "retain-on-failure", screenshots: false } : "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "phone", use: phone, testIgnore: [...staff, ...once, ...files, afterwards] },
    { name: "desktop", use: desktop, testIgnore: [...crossed, ...scripted, ...once, afterwards] },
    {
      name: "phone-nojs", use: { ...phone, ...nojs }, grepInvert: needsScript,
      testIgnore: [...crossed, ...scripted, ...staff, ...once, ...files, afterwards],
    },
    { name: "desktop-nojs", use: { ...desktop, ...nojs }, grepInvert: needsScript, testIgnore: [...scripted, ...files, afterwards] },
    { name: "afterwards", testMatch: afterwards, dependencies: ["phone", "desktop", "phone-nojs", "desktop-nojs"] },
  ],
});

// `make bench`: figures, not tests. One browser, one thing at a time.
import tests from "./playwright.config";

export default {
  ...tests,
  testDir: "bench",
  testMatch: "*.bench.ts",
  workers: 1,
  timeout: 30 * 60_000,
  reporter: [["line"]],
  use: { ...tests.use, trace: "off", screenshot: "off" },
  projects: [{ name: "bench" }],
};

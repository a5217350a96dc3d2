// `node count.mjs RESULTS [MORE-FAILURES]`: one closing line over the Rust and the browser tests.
import { existsSync, readFileSync } from "node:fs";

const [folder, more = "0"] = process.argv.slice(2);
const read = (name) => (existsSync(`${folder}/${name}`) ? readFileSync(`${folder}/${name}`, "utf8") : undefined);
let passed = 0;
let failed = Number(more);

const junit = read("junit.xml")?.match(/<testsuites [^>]*>/)?.[0];
if (junit) {
  const [tests, failures, errors] = ["tests", "failures", "errors"].map((key) => Number(junit.match(` ${key}="(\\d+)"`)?.[1] ?? 0));
  passed += tests - failures - errors;
  failed += failures + errors;
}
for (const [, ok, bad] of (read("cargo.log") ?? "").matchAll(/^test result: .*? (\d+) passed; (\d+) failed/gm)) {
  passed += Number(ok);
  failed += Number(bad);
}
const browser = read("playwright.json");
if (browser) {
  const { stats, errors } = JSON.parse(browser);
  passed += stats.expected;
  // A test that passes only sometimes has failed.
  failed += stats.unexpected + stats.flaky + (errors?.length ?? 0);
}

console.log(`${passed} passed, ${failed} failed`);
// No test at all is a failure as well.
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

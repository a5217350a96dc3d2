// `node results.mjs RESULTS`: what each test answered, by its name, and each browser story by its file, as one JSON that the
// programme shows an auditor at /revision/krav (`test_results` in its configuration).
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const [folder] = process.argv.slice(2);
const read = (name) => (existsSync(`${folder}/${name}`) ? readFileSync(`${folder}/${name}`, "utf8") : "");
const tests = {};
// What runs on both databases, or in several browsers, has passed where it passed in each.
const ran = (name, passed) => (tests[name] = passed && (tests[name] ?? true));

for (const [, name, rest] of read("junit.xml").matchAll(/<testcase name="([^"]*)"([\s\S]*?)(?=<testcase |<\/testsuite>)/g)) {
  ran(name.split("::").at(-1), !/<(failure|error|flakyFailure|flakyError)\b/.test(rest));
}
for (const [, name, said] of read("cargo.log").matchAll(/^test (\S+) \.\.\. (ok|FAILED)$/gm)) {
  ran(name.split("::").at(-1), said === "ok");
}
const story = (suite, file) => {
  for (const { tests: projects } of suite.specs ?? []) {
    // A test that passes only sometimes has failed; one that is skipped was not run.
    for (const { status } of projects) if (status !== "skipped") ran(`end2end/tests/${file}`, status === "expected");
  }
  for (const inner of suite.suites ?? []) story(inner, file);
};
for (const suite of JSON.parse(read("playwright.json") || "{}").suites ?? []) story(suite, suite.file);

const git = (...what) => execFileSync("git", what, { encoding: "utf8" }).trim();
const built = () => {
  try {
    return git("rev-parse", "HEAD") + (git("status", "--porcelain", "--untracked-files=no") ? " and changes" : "");
  } catch {
    return "unknown";
  }
};
console.log(JSON.stringify({ commit: built(), at: new Date().toISOString(), tests }));

// Which pages there are, as `app/src/routes.rs` has them, and which of them a story looked at.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestInfo } from "@playwright/test";

const source = join(dirname(fileURLToPath(import.meta.url)), "../../app/src/routes.rs");

/** Every address a page stands at; `:name` stands for any one part of it. */
export function routes(): string[] {
  return Array.from(readFileSync(source, "utf8").matchAll(/<Route path=path!\("([^"]+)"\)/g), ([, path]) => path ?? "");
}

/** The page that stands at an address: of those that fit, the one that leaves the least open. */
export function routeOf(url: string): string | undefined {
  const { pathname } = new URL(url);
  const open = (route: string) => route.split(":").length;
  const fits = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, "[^/]+")}$`).test(pathname);
  return routes().filter(fits).sort((one, other) => open(one) - open(other))[0];
}

const list = (info: TestInfo) => join(info.project.outputDir, "pages-looked-at");

/** Notes that the page at an address was looked at. The list begins anew with every run. */
export function noteVisit(info: TestInfo, url: string): void {
  const route = routeOf(url);
  if (!route) return;
  mkdirSync(dirname(list(info)), { recursive: true });
  appendFileSync(list(info), `${route}\n`);
}

/** The pages looked at in this run, by all stories before. */
export function visits(info: TestInfo): Set<string> {
  return new Set(existsSync(list(info)) ? readFileSync(list(info), "utf8").trimEnd().split("\n") : []);
}

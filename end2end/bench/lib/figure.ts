// A figure of the house: one JSON file each, in `FIGURES`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env.FIGURES ?? join(dirname(fileURLToPath(import.meta.url)), "../../../target/bench");

/** Whether a bar bounds from above (times, bytes) or from below (scores, rates). */
export type Bound = { atMost: number } | { atLeast: number } | undefined;

/** Keeps a figure; without a bound it stands there to be read beside the others. */
export function figure(name: string, value: number, unit: string, bound?: Bound): void {
  const limit = bound === undefined ? null : "atMost" in bound ? bound.atMost : bound.atLeast;
  const ok = bound === undefined || ("atMost" in bound ? value <= bound.atMost : value >= bound.atLeast);
  const rounded = Number(value.toPrecision(4));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ name, value: rounded, unit, limit, ok, command: "make bench" }));
}

/** A figure another bench of this run left. */
export function figureOf(name: string): number {
  return (JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as { value: number }).value;
}

/** The value a share of all values stays at or below. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}

// `node figures.mjs FOLDER`: the figures of the last `make bench` as a table; a missed bar is marked.
import { readFileSync, readdirSync } from "node:fs";

const [folder] = process.argv.slice(2);
const figures = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")));
const wide = Math.max(...figures.map(({ name }) => name.length));
for (const { name, value, unit, limit, ok } of figures) {
  const bar = limit === null ? "" : `bar ${limit}`;
  console.log(`${ok ? "  " : "✗ "}${name.padEnd(wide)} ${String(value).padStart(10)}  ${bar.padEnd(12)} ${unit}`);
}
const missed = figures.filter(({ ok }) => !ok).length;
console.log(`${figures.length} figures, ${missed} ${missed === 1 ? "bar" : "bars"} missed`);

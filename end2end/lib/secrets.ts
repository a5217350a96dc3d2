// What may stand nowhere in clear: looked for in the bytes of everything a portal keeps, and in what it wrote.
import { type Dirent, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "@playwright/test";
import type { Portal } from "./server";

/** A secret and the shapes in which it could stand somewhere. */
export type Secrets = Record<string, (string | Buffer)[]>;

/** A CPR number with and without its dash. */
export function cprShapes(cpr: string): string[] {
  return [cpr, cpr.replace("-", "")];
}

/** The key of an authenticator app: as it is typed, as bytes, and the bytes in hexadecimal. */
export function seedShapes(base32: string): (string | Buffer)[] {
  const bits = Array.from(base32, (letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return [base32, base32.toLowerCase(), bytes, bytes.toString("hex"), bytes.toString("base64").replaceAll("=", "")];
}

/** Everything the portal keeps in its folder, and its log; the letters lie elsewhere. */
function kept(portal: Portal): Map<string, Buffer> {
  const files = (readdirSync(portal.data, { recursive: true, withFileTypes: true }) as Dirent[]).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const all = new Map(paths.map((path) => [relative(portal.data, path), readFileSync(path)] as const));
  return all.set("the log", Buffer.from(portal.log));
}

/** None of these stands in the portal's database, beside it, or in its log; what is no secret does, so the search finds. */
export function expectNowhere(portal: Portal, secrets: Secrets, inClear: string): void {
  const places = kept(portal);
  const database = [...places].filter(([name]) => name.startsWith("nsis-id.db"));
  expect(database.some(([, bytes]) => bytes.includes(inClear)), `the database is searched: it holds ${inClear}`).toBe(true);
  expect(portal.log, "the log is searched").toContain("ready http");
  for (const [place, bytes] of places) {
    const found = Object.entries(secrets).filter(([, shapes]) => shapes.some((shape) => shape.length > 0 && bytes.includes(shape)));
    expect(found.map(([what]) => what), `in clear in ${place}`).toEqual([]);
    expect(bytes.toString("latin1"), `a token of the broker's in ${place}`).not.toMatch(/eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./);
  }
}

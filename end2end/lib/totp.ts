// An authenticator app nobody here wrote: Debian's oathtool. And which codes of it the portal can still take.
import { expect } from "@playwright/test";
import { execFileSync } from "node:child_process";

/** How the portal of the running story is told that time went by. */
type Passing = (step: number) => Promise<void>;
let passing: Passing | undefined;

/** Says how: after it, every app's newest step is at most the one given. Nothing where a story has to wait for the clock. */
export function letTimePass(how: Passing | undefined): void {
  passing = how;
}

/** Seconds of a time step. */
const STEP = 30;
/** Seconds in which a code is certainly typed and sent. */
const TO_TYPE = 15;

/** The newest step whose code was given out, by key: the portal takes none at or below one it took. */
const givenOut = new Map<string, number>();

/** The step of now, and how many seconds of it are over. */
function now(): { step: number; over: number } {
  const seconds = Date.now() / 1000;
  return { step: Math.floor(seconds / STEP), over: seconds % STEP };
}

/**
 * The six digits for a secret in base32 (spaces allowed). `ahead` asks for a later time step: the portal takes
 * each step once, and the next one already counts, so a second code needs no waiting.
 */
export function totp(secret: string, ahead = 0): string {
  return code(secret, now().step + ahead);
}

function code(secret: string, step: number): string {
  givenOut.set(secret, Math.max(step, givenOut.get(secret) ?? 0));
  const at = new Date(step * STEP * 1000).toISOString();
  return execFileSync("oathtool", ["--totp", "--base32", `--now=${at}`, secret.replaceAll(/\s/g, "")], { encoding: "utf8" }).trim();
}

/** The newest step given out for a key, to be put back where a portal is put back to that time. */
export function lastStep(secret: string): number {
  return givenOut.get(secret) ?? 0;
}

/** The portal is back at a time when this was the newest step it had seen: later ones are fresh again. */
export function putBack(secret: string, step: number): void {
  givenOut.set(secret, step);
}

/**
 * The oldest step that is still taken and was not given out. The portal takes the one before and the one after as well,
 * the one before only while there is time to type its code.
 */
function freshStep(secret: string): number | undefined {
  const { step, over } = now();
  const oldest = STEP - over > TO_TYPE ? step - 1 : step;
  const fresh = Math.max(oldest, lastStep(secret) + 1);
  return fresh <= step + 1 ? fresh : undefined;
}

/**
 * A code the portal has not taken yet. The oldest first: what is left are the later ones. Where it took them all, a minute
 * goes by for it, not for the story; that it takes none twice is seen where a story shows one twice.
 */
export async function freshCode(secret: string): Promise<string> {
  if (passing && freshStep(secret) === undefined) {
    const before = now().step - 2;
    await passing(before);
    putBack(secret, before);
  }
  let fresh: number | undefined;
  const look = () => (fresh = freshStep(secret));
  await expect.poll(look, { message: "a time step not used yet", timeout: 35_000, intervals: [250] }).toBeDefined();
  return code(secret, fresh as number);
}

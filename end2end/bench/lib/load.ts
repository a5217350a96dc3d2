// Load: so many at once as fast as they are answered, or evenly at a rate; and what making it takes of the machine.
import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Portal } from "../../lib/server";
import { cpuWithoutHashing } from "./process";

/** How one of many things is done by one of those who do them. */
type Go<H, T> = (hand: H, one: T) => Promise<void>;

/** Does all of it, every hand one thing at a time; how many a second. */
export async function flatOut<H, T>(hands: readonly H[], all: readonly T[], go: Go<H, T>): Promise<number> {
  let next = 0;
  const line = async (hand: H) => {
    while (next < all.length) await go(hand, all[next++] as T);
  };
  const begun = performance.now();
  await Promise.all(hands.map(line));
  return (all.length * 1000) / (performance.now() - begun);
}

/** Does each when it is due, at this rate a second, by whoever is free; milliseconds of each from when it was due. */
export async function evenly<H, T>(hands: readonly H[], all: readonly T[], rate: number, go: Go<H, T>): Promise<number[]> {
  const free = [...hands];
  const lent: ((hand: H) => void)[] = [];
  const times: number[] = [];
  const failed: unknown[] = [];
  const one = async (it: T, due: number) => {
    const hand = free.pop() ?? (await new Promise<H>((resolve) => lent.push(resolve)));
    try {
      await go(hand, it);
      times.push(performance.now() - due);
    } catch (error) {
      failed.push(error);
    }
    const waits = lent.shift();
    if (waits) waits(hand);
    else free.push(hand);
  };
  const running: Promise<void>[] = [];
  const begun = performance.now();
  for (const [n, it] of all.entries()) {
    const due = begun + (n * 1000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    running.push(one(it, due));
  }
  await Promise.all(running);
  if (failed.length > 0) throw failed[0];
  return times;
}

/** Does it; gives what it gave, and the share of all cores that went into asking, in percent. */
export async function asking<T>(work: () => Promise<T>): Promise<[T, number]> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  const machine = (performance.now() - begun) * 1000 * availableParallelism();
  return [done, ((user + system) * 100) / machine];
}

/** Processor milliseconds for each of these, so many at a time: a thread that is awake already is cheaper than one that sleeps. */
export async function cpuOfEach<T>(portal: Portal, all: readonly T[], abreast: number, go: (one: T) => Promise<void>): Promise<number> {
  const before = cpuWithoutHashing(portal.pid);
  await flatOut(Array(abreast).fill(0), all, (_, one) => go(one));
  return (cpuWithoutHashing(portal.pid) - before) / all.length;
}

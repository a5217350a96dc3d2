// What the server itself takes of the machine, from its own files below /proc: what else runs does not count.
import { readFileSync, readdirSync } from "node:fs";

/** The kernel's clock tick in what it tells programmes: 100 a second on every Linux. */
const TICK_MS = 10;

/** Processor milliseconds of a process so far, without those of the threads that hash passwords. */
export function cpuWithoutHashing(pid: number): number {
  const all = ticks(readFileSync(`/proc/${pid}/stat`, "utf8")) * TICK_MS;
  const hashing = readdirSync(`/proc/${pid}/task`)
    .filter((task) => readFileSync(`/proc/${pid}/task/${task}/comm`, "utf8").startsWith("hasher-"))
    .map((task) => ticks(readFileSync(`/proc/${pid}/task/${task}/stat`, "utf8")) * TICK_MS);
  return all - hashing.reduce((sum, one) => sum + one, 0);
}

/** Memory it holds now, in MB of 10⁶ bytes. */
export function residentMb(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kib) * 1024) / 1e6;
}

/** User and system time; the name in front of them may hold spaces. */
function ticks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

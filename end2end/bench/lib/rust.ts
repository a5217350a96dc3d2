// Measurements and tools of the Rust side, as `cargo` runs them.
import { run } from "../../lib/process";

/** Runs an example of one of our crates, built for release; what it wrote. */
export function example(crate: string, name: string, ...args: string[]): Promise<string> {
  return run("cargo", "run", "--quiet", "--release", "-p", crate, "--example", name, "--", ...args);
}

/** The value of a figure among those an example wrote, one a line. */
export function valueOf(said: string, name: string): number {
  const line = said.split("\n").find((it) => it.includes(`"name":"${name}"`));
  if (line === undefined) throw new Error(`no figure ${name} in: ${said}`);
  return (JSON.parse(line) as { value: number }).value;
}

// Programmes the tests start: heard while they run, ended by their own id.
import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** Runs a command to its end; what it wrote on standard output. Fails with what it wrote otherwise. */
export async function run(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

/** A port of the loopback nobody listens on. */
export async function freePort(): Promise<number> {
  const port = await listening(0);
  if (port === undefined) throw new Error("no port");
  return port;
}

/**
 * One that stays free between two programmes that use it in turn: below those a system gives out by itself, of its own in
 * each of ten workers, and drawn, so that whoever does the same beside them draws another.
 */
export async function lastingPort(): Promise<number> {
  const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 10;
  for (let tries = 0; tries < 100; tries += 1) {
    const port = await listening(10 * randomInt(2_000, 3_000) + worker);
    if (port !== undefined) return port;
  }
  throw new Error("no port");
}

/** Listens on a port for a moment, on any for 0; gives it, where nobody was there. */
function listening(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === "object" ? address.port : undefined));
    });
  });
}

/** A programme that serves until it is told to stop. */
export class Service {
  /** Everything it wrote, for the report of a failed test. */
  log = "";
  private readonly listeners = new Set<(line: string) => void>();
  private readonly gone: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => this.hear(line));
    }
    this.gone = new Promise((resolve) => child.once("close", () => resolve()));
  }

  static start(command: string, args: string[], options: SpawnOptions = {}): Service {
    return new Service(spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Its process id. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error("it never started");
    return this.child.pid;
  }

  /** The first line that fits; fails when the programme ends before, or says nothing of the kind in time. */
  line(pattern: RegExp, seconds = 30): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${why}\n${this.log}`));
      const late = setTimeout(() => fail(`${pattern} was not said in time`), seconds * 1000);
      const end = (result: () => void) => {
        clearTimeout(late);
        this.listeners.delete(listen);
        result();
      };
      const listen = (line: string) => {
        const found = pattern.exec(line);
        if (found) end(() => resolve(found));
      };
      this.listeners.add(listen);
      this.child.once("error", (error) => end(() => reject(error)));
      this.child.once("exit", (code) => end(() => fail(`it ended with ${code}`)));
    });
  }

  /** Whether it ended by itself or was stopped. */
  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Ends it between two instructions, as a power cut does. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.gone;
  }

  /** Asks it to stop, waits, and insists after a while. */
  async stop(): Promise<void> {
    if (this.ended) return this.gone;
    this.child.kill("SIGTERM");
    const impatient = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await this.gone;
    clearTimeout(impatient);
  }

  private hear(line: string): void {
    this.log += `${line}\n`;
    for (const listen of this.listeners) listen(line);
  }
}

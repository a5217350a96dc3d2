// The product itself, started and stopped for the tests: the demo with a data folder of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The binary under test: `NSIS_ID_BIN`, else what `cargo build` left. */
export function binary(): string {
  const path = process.env.NSIS_ID_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/nsis-id");
  if (!existsSync(path)) throw new Error(`${path} is missing: cargo build -p server, or set NSIS_ID_BIN`);
  return path;
}

/** A port of the loopback nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** A running demo. */
export class Portal {
  /** Everything it wrote, for the report of a failed test. */
  log = "";

  private constructor(
    /** Where people find it, as it says itself; no slash at the end. */
    public url: string,
    /** Folder of this run: the database in `data`, one file per mail in `mail`. */
    readonly folder: string,
    private readonly port: number,
    private readonly extra: string[],
    private child?: ChildProcess,
  ) {}

  get data(): string {
    return join(this.folder, "data");
  }

  get mailDir(): string {
    return join(this.folder, "mail");
  }

  /** Starts a demo on a fresh data folder; resolves when it says `ready`. */
  static async start(...extra: string[]): Promise<Portal> {
    const portal = new Portal("", mkdtempSync(join(tmpdir(), "nsis-id-")), await freePort(), extra);
    await portal.run();
    return portal;
  }

  /** Stops it and starts it on the same data, as an update does. */
  async restart(): Promise<void> {
    await this.halt();
    await this.run();
  }

  /** Stops it and removes its data. */
  async stop(): Promise<void> {
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(): Promise<void> {
    const listen = `127.0.0.1:${this.port}`;
    const child = spawn(
      binary(),
      ["demo", "--listen", listen, "--data", this.data, "--mail-dir", this.mailDir, ...this.extra],
      { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.child = child;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready in time\n${this.log}`)), 30_000);
      const hear = (line: string) => {
        this.log += `${line}\n`;
        const ready = /^ready (https?:\/\/\S+?)\/?\s*$/.exec(line);
        if (!ready?.[1]) return;
        clearTimeout(late);
        this.url = ready[1];
        resolve();
      };
      for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", hear);
      child.once("error", reject);
      child.once("exit", (code) => {
        clearTimeout(late);
        reject(new Error(`the server ended with ${code}\n${this.log}`));
      });
    });
  }

  private async halt(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const impatient = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(impatient);
  }
}

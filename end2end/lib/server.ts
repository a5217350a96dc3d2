// The product itself, started and stopped for the tests: the demo with a data folder of its own.
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Person, feed } from "./people";
import { Service, freePort, run } from "./process";
import { type Year, live } from "./year";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The binary under test: `NSIS_ID_BIN`, else what `cargo build` left. */
export function binary(): string {
  const path = process.env.NSIS_ID_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug/nsis-id");
  if (!existsSync(path)) throw new Error(`${path} is missing: cargo build -p server, or set NSIS_ID_BIN`);
  return path;
}

/** How a demo starts; without anything else on a fresh folder, at any port. */
export interface Start {
  ownTexts?: boolean;
  people?: number;
  port?: number;
  database?: string;
  address?: string;
  onwards?: Portal;
  lived?: number;
  passkeys?: string;
}

/** A running demo. */
export class Portal {
  /** Where people find it, as it says itself; no slash at the end. */
  url = "";
  /** Folder of this run: the database in `data`, one file per mail in `mail`, texts that may be changed in `texts`. */
  readonly folder: string;
  readonly data: string;
  readonly mailDir: string;
  /** One file per SMS. */
  readonly smsDir: string;
  readonly texts: string;
  /** What is known of the year that was lived in it. */
  year?: Year;
  private service?: Service;
  private before = "";

  private constructor(
    private readonly port: number,
    private readonly people: number,
    /** The address of its PostgreSQL; none on a file. */
    readonly database?: string,
    private readonly address = "127.0.0.1",
    /** What is decided of models of passkeys; nothing where it is empty. */
    private readonly passkeys = "",
    /** The instance whose folder this one shares. */
    private readonly first?: Portal,
  ) {
    this.folder = first?.folder ?? mkdtempSync(join(tmpdir(), "nsis-id-"));
    this.data = join(this.folder, "data");
    this.mailDir = join(this.folder, "mail");
    this.smsDir = join(this.data, "sms");
    this.texts = join(this.folder, "texts");
  }

  /**
   * Starts a demo on a fresh data folder; resolves when it says `ready`. With `ownTexts` it reads them from `texts`;
   * `people` made-up ones stand in the feed besides the sample people. `database` is the address of an empty PostgreSQL.
   * `address` is another of the loopback's than the one it is found at, for who puts a `Line` between. `onwards` is a
   * stopped one: it starts on a copy of everything that one left, at the same address, for its letters name it. With `lived`
   * so many people lived a year in it before. `passkeys` is what is decided of models, as a configuration says it.
   */
  static async start({ ownTexts = false, people = 0, port = 0, database, address, onwards, lived = 0, passkeys }: Start = {}): Promise<Portal> {
    const portal = new Portal(onwards?.port ?? (port || (await freePort())), people, database, address, passkeys);
    if (onwards) portal.take(onwards);
    if (ownTexts) cpSync(join(root, "server/texts"), portal.texts, { recursive: true });
    if (lived > 0) portal.year = await live(binary(), portal.data, lived);
    await portal.serve();
    return portal;
  }

  /** A second instance on the same database, with the same keys and letters; stopped before this one. */
  async beside(): Promise<Portal> {
    const twin = new Portal(await freePort(), this.people, this.database, this.address, this.passkeys, this);
    await twin.serve();
    return twin;
  }

  /** Everything it wrote, for the report of a failed test. */
  get log(): string {
    return this.before + (this.service?.log ?? "");
  }

  /** The running process. */
  get pid(): number {
    if (!this.service) throw new Error("it is not running");
    return this.service.pid;
  }

  /** Stops it and starts it on the same data, as an update does. */
  async restart(): Promise<void> {
    await this.halt();
    await this.serve();
  }

  /** Kills it in the middle of whatever it does, and starts it on what the disk holds. */
  async crash(): Promise<void> {
    await this.service?.kill();
    await this.restart();
  }

  /** The file outside the database where records are kept. */
  get outside(): string {
    return join(this.data, "outside/records");
  }

  /** A backup of its database as it is now, made while it runs. */
  async backup(name = "backup.db"): Promise<string> {
    const copy = join(this.folder, name);
    await run("sqlite3", join(this.data, "nsis-id.db"), `.backup '${copy}'`);
    return copy;
  }

  /** Puts a backup in the place of its database, and starts it on that. `first` happens while it stands still. */
  async restore(backup?: string, first: () => void = () => {}): Promise<void> {
    await this.halt();
    const database = join(this.data, "nsis-id.db");
    if (backup) {
      for (const end of ["", "-wal", "-shm"]) rmSync(database + end, { force: true });
      cpSync(backup, database);
    }
    first();
    await this.serve();
  }

  /** Stops it and removes its data, unless they are another instance's. */
  async stop(): Promise<void> {
    await this.halt();
    if (!this.first) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command of the product on this demo, as an operator does beside the running portal. */
  command(...args: string[]): Promise<string> {
    return run(binary(), ...args, "--demo", this.data);
  }

  /** Hands over a file of HR's with these people. */
  async import(...people: Person[]): Promise<string> {
    const file = join(this.folder, "hr.csv");
    writeFileSync(file, feed(people));
    return this.command("import", file, "--reason", "a line of HR's");
  }

  private take(from: Portal): void {
    // When a letter was sent is when its file was written.
    cpSync(from.folder, this.folder, { recursive: true, preserveTimestamps: true });
    this.before = from.log;
  }

  private async serve(): Promise<void> {
    const args = ["demo", "--listen", `${this.address}:${this.port}`, "--data", this.data, "--mail-dir", this.mailDir];
    if (existsSync(this.texts)) args.push("--texts", this.texts);
    if (this.people > 0) args.push("--people", String(this.people));
    if (this.database) args.push("--database", this.database);
    if (this.passkeys) {
      const file = join(this.folder, "passkeys.toml");
      writeFileSync(file, this.passkeys);
      args.push("--passkeys", file);
    }
    this.service = Service.start(binary(), args, { cwd: root });
    const [, url] = await this.service.line(/^ready (https?:\/\/\S+?)\/?\s*$/);
    this.url = url ?? "";
  }

  /** Stops it; what it left stays. */
  async halt(): Promise<void> {
    await this.service?.stop();
    this.before += this.service?.log ?? "";
    this.service = undefined;
  }
}

// A code device with a button, as its manufacturer delivers it: Debian's oathtool shows what it would.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "./people";
import type { Portal } from "./server";

export class Gadget {
  private next = 0;
  private readonly seed: string;

  constructor(private readonly serial: string) {
    this.seed = Buffer.from(`a seed of device ${serial}`.padEnd(20, ".")).toString("hex");
  }

  /** What its display shows when the button is pressed. */
  press(): string {
    const counter = String(this.next++);
    return execFileSync("oathtool", ["--hotp", `--counter=${counter}`, this.seed], { encoding: "utf8" }).trim();
  }

  /** Pressed in a pocket, with nobody looking. */
  presses(times: number): void {
    this.next += times;
  }

  /** It comes into the house, and an operator hands it out to this person. */
  async handOut(portal: Portal, to: Person): Promise<void> {
    const file = join(portal.folder, `${this.serial}.csv`);
    writeFileSync(file, `serial;kind;seed_hex;counter\n${this.serial};hotp;${this.seed};0\n`);
    await portal.command("devices", "import", file, "--reason", "a new delivery");
    await portal.command("devices", "hand-out", this.serial, to.userName, "--reason", "she asked for one");
  }
}

// The SMS of the demo: one `.txt` file each, the number on the first line.
import { expect } from "@playwright/test";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export class Phone {
  constructor(readonly folder: string) {}

  /** All messages to a number, oldest first. */
  to(number: string): string[] {
    if (!existsSync(this.folder)) return [];
    const files = readdirSync(this.folder).filter((name) => name.endsWith(".txt")).sort();
    const all = files.map((name) => readFileSync(join(this.folder, name), "utf8"));
    return all.filter((text) => text.startsWith(`${number}\n`)).map((text) => text.slice(number.length).trim());
  }

  /** The newest message to a number, waiting until one is there that fits. */
  async newest(number: string, says: RegExp): Promise<string> {
    let found: string | undefined;
    const look = () => (found = this.to(number).filter((text) => says.test(text)).at(-1));
    await expect.poll(look, { message: `an SMS to ${number} with ${says}`, timeout: 15_000 }).toBeDefined();
    return found as string;
  }
}

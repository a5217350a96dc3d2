// The municipality's texts, changed as an operator does.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Portal } from "./server";

/** Publishes another version of the terms, as an operator does: new files, and a restart. */
export async function publishNewTerms(portal: Portal): Promise<void> {
  for (const lang of ["da", "en"]) {
    const folder = join(portal.texts, lang, "terms");
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      writeFileSync(file, `${readFileSync(file, "utf8").replace(/^version: .*$/m, "version: 99")}\nEn ny sætning.\n`);
    }
  }
  await portal.restart();
}

// A database of its own on the PostgreSQL that `scripts/with-postgres` starts.
import { join } from "node:path";
import { run } from "./process";

/** The address of a new, empty database of this name; none where no server was started. */
export async function newDatabase(name: string): Promise<string | undefined> {
  const server = process.env.NSIS_ID_TEST_PG;
  if (!server) return undefined;
  await ask(server, `create database ${name}`);
  return server.replace("/postgres?", `/${name}?`);
}

/** What a question to a database answers, a line for each row. */
export async function ask(database: string, query: string): Promise<string> {
  const bin = process.env.NSIS_ID_TEST_PG_BIN ?? "";
  return (await run(join(bin, "psql"), database, "-qAt", "-c", query)).trim();
}

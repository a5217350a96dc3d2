// A year that was lived before the portal was started, and what is known of it (`server/usecases/examples/a_year.rs`).
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./process";

/** Somebody who can sign in when the year is over. */
interface Login {
  userName: string;
  password: string;
  secret: string;
}

/**
 * Days, and how often what happened in them: by the number of the export it must stand in, and by event. `present` is what an
 * export must say of how things are, each row by those of its columns that are known.
 */
export interface Span {
  first: string;
  last: string;
  exports: Record<string, Record<string, number>>;
  present: Record<string, Record<string, string>[]>;
}

/** An export as its table tells it. */
export interface Told {
  /** How often what happened. */
  counts: Record<string, number>;
  /** Rows of the present, each by the names of its columns. */
  present: Record<string, string>[];
}

/** What is known. */
export interface Year {
  year: Span;
  quarter: Span;
  /** The id of whom export 2 is about. */
  followed: string;
  auditor: Login;
  /** No auditor. */
  administrator: Login;
}

/** Lives it into a folder that no demo was started in yet; the programme lies beside the binary under test. */
export async function live(binary: string, folder: string, people: number): Promise<Year> {
  const programme = join(dirname(binary), "examples/a_year");
  if (!existsSync(programme)) throw new Error(`${programme} is missing: cargo build -p usecases --example a_year`);
  return JSON.parse(await run(programme, folder, String(people)));
}

/** A cell: in quotes, a quote in it twice. */
const CELL = /"([^"]*(?:""[^"]*)*)"/g;
/** Cells with semicolons between; one may go over lines. */
const LINE = /"[^"]*(?:""[^"]*)*"(?:;"[^"]*(?:""[^"]*)*")*\r\n/g;

/** The rows of a table of an export, each by the names of its columns. */
function table(text: string): Record<string, string>[] {
  const cells = (line: string) => [...line.matchAll(CELL)].map(([, cell = ""]) => cell.replaceAll('""', '"'));
  const [names = [], ...lines] = (text.match(LINE) ?? []).map(cells);
  return lines.map((line) => Object.fromEntries(names.map((name, at) => [name, line[at] ?? ""])));
}

/** Reads the table of an export. Rows of the present are no events; what a spreadsheet would take for a formula has a mark. */
export function read(text: string): Told {
  const told: Told = { counts: {}, present: [] };
  for (const row of table(text)) {
    const { event = "" } = row;
    if (event !== "present") {
      told.counts[event] = (told.counts[event] ?? 0) + 1;
      continue;
    }
    const now = Object.entries(row).filter(([name]) => name.startsWith("present_"));
    told.present.push(Object.fromEntries(now.map(([name, cell]) => [name.slice("present_".length), cell.replace(/^'/, "")])));
  }
  return told;
}

import { explore, type Verdict } from "../../../src/explore/index.ts";
import type { Pattern } from "../patterns/pattern.ts";

/** What came of a pattern in a world. */
export interface RunOfPattern {
  readonly verdict: Verdict | "right";
  readonly calls: number;
}

/** A world, made as small as it gets, in which a pattern is wrong. */
export interface Example {
  readonly world: string;
  readonly verdict: Verdict;
  readonly explain: string;
  readonly code: string;
}

/** All that the page is made of: what was measured, as plain data. */
export interface LoopsRecord {
  /** The files of the patterns. */
  readonly patterns: readonly string[];
  /** By the name of the world, what came of each pattern, in order: `right 4`, with the number of calls. */
  readonly worlds: Readonly<Record<string, string>>;
  /** By the file of the pattern. */
  readonly examples: Readonly<Record<string, Example>>;
}

/** Runs a pattern in one world alone. */
export async function runIn({ run }: Pattern, world: string): Promise<RunOfPattern> {
  const { allowed, calls } = await explore(run, { worlds: [world], allow: () => true });
  return { verdict: allowed[0]?.verdict ?? "right", calls };
}

/** The world in which a pattern is shown, as `explore` makes it smaller. */
export async function exampleOf({ run, shownIn }: Pattern): Promise<Example | undefined> {
  if (shownIn === undefined) return undefined;
  const { wrong } = await explore(run, { worlds: [shownIn] });
  const [entry] = wrong;
  if (entry === undefined) throw new Error(`Nothing is wrong in the world "${shownIn}".`);
  const { world, verdict, explain, code } = entry;
  return { world, verdict, explain, code };
}

/** Runs every pattern in every world. */
export async function measure(
  patterns: readonly Pattern[],
  worlds: readonly string[],
): Promise<LoopsRecord> {
  const rows: [string, string][] = [];
  for (const world of worlds) {
    const cells: string[] = [];
    for (const pattern of patterns) {
      const { verdict, calls } = await runIn(pattern, world);
      cells.push(`${verdict} ${calls}`);
    }
    rows.push([world, cells.join(", ")]);
  }
  const examples: [string, Example][] = [];
  for (const pattern of patterns) {
    const example = await exampleOf(pattern);
    if (example !== undefined) examples.push([pattern.file, example]);
  }
  return {
    patterns: patterns.map(({ file }) => file),
    worlds: Object.fromEntries(rows),
    examples: Object.fromEntries(examples),
  };
}

/** What came of a pattern, by the name of the world. */
export function runsOf(
  { patterns, worlds }: LoopsRecord,
  { file }: Pattern,
): ReadonlyMap<string, RunOfPattern> {
  const column = patterns.indexOf(file);
  return new Map(
    Object.entries(worlds).map(([world, cells]) => {
      const [verdict, calls] = (cells.split(", ")[column] ?? "").split(" ");
      if (verdict === undefined || calls === undefined) throw new Error(`${file} has no ${world}.`);
      // The record has what `measure` wrote.
      return [world, { verdict: verdict as RunOfPattern["verdict"], calls: Number(calls) }];
    }),
  );
}

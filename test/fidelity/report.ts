import { readFileSync } from "node:fs";
import { type ParsedCase, parseCases } from "./case-format.ts";
import type { Road } from "./roads.ts";
import { failureOf } from "./run-case.ts";
import { messageOf } from "./shown.ts";

/**
 * The cases of files, in order.
 *
 * @throws Error with one sentence, which names the file, when one cannot be read or is broken as a whole.
 */
export function readCases(files: readonly (string | URL)[]): readonly ParsedCase[] {
  return readEach(files, parseCases);
}

/**
 * What a parser makes of files, in order.
 *
 * @throws Error with one sentence, which names the file, when one cannot be read or is broken.
 */
export function readEach<Item>(
  files: readonly (string | URL)[],
  parse: (content: string) => readonly Item[],
): readonly Item[] {
  return files.flatMap((file) => {
    try {
      return parse(readFileSync(file, "utf8"));
    } catch (error) {
      throw new Error(`${String(file)} cannot be run: ${messageOf(error)}`);
    }
  });
}

/**
 * Runs every case by each of the roads and prints a line for each, `ok ID` or `FAIL ID: why`, and last `N passed, M failed`.
 *
 * @returns How many failed.
 */
export async function reportCases(
  cases: readonly ParsedCase[],
  { roads, print }: { readonly roads: readonly Road[]; readonly print: (line: string) => void },
): Promise<number> {
  let failed = 0;
  for (const each of cases) {
    const why = await failureByAnyRoad(each, roads);
    if (why !== undefined) failed++;
    print(why === undefined ? `ok ${each.id}` : `FAIL ${each.id}: ${why}`);
  }
  print(closingLine({ passed: cases.length - failed, failed }));
  return failed;
}

/** The last line of a report. */
export function closingLine({
  passed,
  failed,
}: {
  readonly passed: number;
  readonly failed: number;
}): string {
  return `${passed} passed, ${failed} failed`;
}

/** Why a case fails, after the name of the road; roads that say the same are named together. */
async function failureByAnyRoad(
  parsed: ParsedCase,
  roads: readonly Road[],
): Promise<string | undefined> {
  if (!parsed.ok) return parsed.why;
  const roadsOf = new Map<string, readonly string[]>();
  for (const road of roads) {
    const why = await failureOf(parsed, road);
    if (why !== undefined) roadsOf.set(why, [...(roadsOf.get(why) ?? []), road]);
  }
  if (roadsOf.size === 0) return undefined;
  return [...roadsOf].map(([why, by]) => `(${by.join(", ")}) ${why}`).join(" ");
}

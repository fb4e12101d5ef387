import { closingLine } from "../report.ts";
import type { AgentCase } from "./agent-case.ts";
import type { Outcome } from "./run-case.ts";

/** How cases are run and reported. */
export interface Reporting {
  readonly run: (value: AgentCase) => Promise<Outcome>;
  /** The cases that may fail: the id of each, and why. */
  readonly notYet: Readonly<Record<string, string>>;
  readonly print: (line: string) => void;
}

/**
 * Runs every case and prints a line for each: `ok ID`, `FAIL ID: why`, `known ID: why` for one that may fail, or
 * `skip ID: why`; then what is wrong with the list of those that may fail, how many were skipped, and `N passed, M failed`.
 *
 * @returns Whether all is as it has to be: nothing failed that may not, and nothing passed that is listed.
 */
export async function reportAgentCases(
  cases: readonly AgentCase[],
  { run, notYet, print }: Reporting,
): Promise<boolean> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const complaints: string[] = [];
  let isRight = true;
  for (const each of cases) {
    const outcome = await run(each);
    const isListed = Object.hasOwn(notYet, each.id);
    counts[outcome.kind]++;
    if (outcome.kind === "passed" && isListed) {
      complaints.push(
        `${each.id} passes, and is listed as one that may fail: remove it from the list.`,
      );
    }
    if (outcome.kind === "failed" && !isListed) isRight = false;
    print(lineOf(each, outcome, isListed));
  }
  for (const id of Object.keys(notYet)) {
    if (cases.some((each) => each.id === id)) continue;
    complaints.push(
      `${id} is listed as one that may fail, and there is no such case: remove it from the list.`,
    );
  }
  for (const complaint of complaints) print(complaint);
  print(`${counts.skipped} skipped`);
  print(closingLine(counts));
  return isRight && complaints.length === 0;
}

function lineOf({ id }: AgentCase, outcome: Outcome, isListed: boolean): string {
  if (outcome.kind === "passed") return `ok ${id}`;
  if (outcome.kind === "skipped") return `skip ${id}: ${outcome.why}`;
  return `${isListed ? "known" : "FAIL"} ${id}: ${outcome.why}`;
}

import { closingLine } from "../report.ts";
import type { ServiceRoad } from "./roads.ts";
import { outcomeOf, stepsCompared } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** How scenarios are reported. */
export interface ServiceReporting {
  readonly roads: readonly ServiceRoad[];
  /** The scenarios that may fail: the id of each, and why. */
  readonly notYet: Readonly<Record<string, string>>;
  readonly print: (line: string) => void;
}

/**
 * Runs every scenario by each of the roads and prints a line for each: `ok ID`, `FAIL ID: why`, or `known ID: why` for one
 * that may fail; then how many of the steps agree, what is wrong with the list of those that may fail, and
 * `N passed, M failed`.
 *
 * @returns Whether nothing failed that may not, and all that are listed did fail.
 */
export async function reportScenarios(
  scenarios: readonly Scenario[],
  { roads, notYet, print }: ServiceReporting,
): Promise<boolean> {
  let failed = 0;
  let steps = 0;
  let agreeing = 0;
  let isRight = true;
  for (const each of scenarios) {
    const found = await Promise.all(roads.map((road) => outcomeOf(each, road)));
    const isListed = Object.hasOwn(notYet, each.id);
    const said = found.flatMap(({ differences }, index) =>
      differences.map((difference) => `(${roads[index]}) ${difference}`),
    );
    steps += stepsCompared(each);
    agreeing += each.steps.filter((_, index) =>
      found.every((outcome) => outcome.agreeing.includes(index)),
    ).length;
    if (said.length > 0) failed++;
    if (said.length > 0 !== isListed) isRight = false;
    print(lineOf(each.id, said, isListed));
  }
  print(`${agreeing} of ${steps} steps agree`);
  for (const id of Object.keys(notYet)) {
    if (scenarios.some((each) => each.id === id)) continue;
    isRight = false;
    print(`${id} is listed as one that may fail, and there is no such scenario: remove it`);
  }
  print(closingLine({ passed: scenarios.length - failed, failed }));
  return isRight;
}

function lineOf(id: string, said: readonly string[], isListed: boolean): string {
  if (said.length > 0) return `${isListed ? "known" : "FAIL"} ${id}: ${said.join(" | ")}`;
  return isListed ? `ok ${id}, which is listed as one that may fail: remove it` : `ok ${id}`;
}

import { describe, expect, it } from "vitest";
import { readEach } from "../report.ts";
import { scenarioFiles } from "./files.ts";
import { NOT_YET } from "./not-yet.ts";
import { outcomeOf, stepsCompared } from "./run-scenario.ts";
import type { Scenario, Step } from "./scenario.ts";
import { parseScenarios } from "./scenario-file.ts";

const scenarios = readEach(scenarioFiles(), parseScenarios);
const ids = scenarios.map(({ id }) => id);

describe("what the service was asked, over the wire and through the SDK,", () => {
  for (const each of scenarios) {
    const agrees = async () => {
      const [wire, sdk] = [await outcomeOf(each, "wire"), await outcomeOf(each, "sdk")];
      const [differences, agreeing] = [[], comparedIn(each)];
      expect({ wire, sdk }).toEqual({
        wire: { differences, agreeing },
        sdk: { differences, agreeing },
      });
    };
    const title = `${each.id} is answered as it was`;
    const reason = NOT_YET[each.id];
    if (reason === undefined) it(title, agrees);
    else it.fails(`${title} (not yet: ${reason})`, agrees);
  }
});

describe("what is expected", () => {
  it.each(scenarios)(
    "of $id is looked at in every step: no step agrees with another answer",
    async (each) => {
      const steps = each.steps.map(turned);
      const { agreeing } = await outcomeOf({ ...each, steps }, "wire");
      expect(agreeing).toEqual([]);
    },
  );
});

describe("the files of scenarios", () => {
  it("are read in full: 84 scenarios with 215 steps that are compared", () => {
    const steps = scenarios.reduce((sum, each) => sum + stepsCompared(each), 0);
    expect([scenarios.length, steps]).toEqual([84, 215]);
  });

  it("have no id twice", () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("have every scenario that is listed as not yet right", () => {
    expect(Object.keys(NOT_YET).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

/** The places of the steps that are compared. */
function comparedIn({ steps }: Scenario): readonly number[] {
  return steps.flatMap(({ type }, index) => (type === "call" || type === "facts" ? [index] : []));
}

/** The same step, which expects another answer. */
function turned(step: Step): Step {
  if (step.type === "facts") return { ...step, facts: { ...step.facts, schemaVersion: "0.0" } };
  if (step.type !== "call") return step;
  const { refused, ok, shows } = step.expected;
  if (refused !== undefined) {
    const other = { ...refused, type: `${refused.type} or not` };
    return { ...step, expected: { refused: other } };
  }
  const expected = ok === undefined ? { shows: { ...shows, More: 1 } } : { ok: { ...ok, More: 1 } };
  return { ...step, expected };
}

import { describe, expect, it } from "vitest";
import { readEach } from "../report.ts";
import { runsNoScript } from "./agent-case.ts";
import { parseAgentCases } from "./case-file.ts";
import { thisMachine, unmetNeed } from "./needs.ts";
import { NOT_YET } from "./not-yet.ts";
import { outcomeOf } from "./run-case.ts";

const cases = readEach([new URL("cases.json", import.meta.url)], parseAgentCases);
const machine = thisMachine();

describe("what the agent reports without running a script", () => {
  for (const each of cases.filter(runsNoScript)) {
    const passes = async () => expect(await outcomeOf(each, machine)).toEqual({ kind: "passed" });
    const title = `${each.id}: ${each.title}`;
    const lack = unmetNeed(each.needs, machine);
    if (lack !== undefined) it.skip(`${title} (${lack})`, passes);
    else it(title, passes);
  }
});

describe("the list of cases that may fail", () => {
  it("names cases only, all of which run a script", () => {
    const ids = cases.filter((each) => !runsNoScript(each)).map(({ id }) => id);
    expect(Object.keys(NOT_YET).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

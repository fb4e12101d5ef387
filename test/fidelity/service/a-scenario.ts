import type { Scenario } from "./scenario.ts";
import { parseScenarios } from "./scenario-file.ts";

/** The one node of {@link scenarioJson}. */
export const NODE = "i-0b3d5f7a9c1e40001";

/** A scenario as JSON that breaks no rule of the format and passes; `over` replaces members of it. */
export function scenarioJson(over: object = {}): object {
  return {
    id: "a/scenario",
    setup: { nodes: [{ instanceId: NODE }] },
    steps: [{ label: "listed", op: "ListCommands", ok: { Commands: [] } }],
    ...over,
  };
}

/** The content of a file of these scenarios. */
export function fileOf(...scenarios: readonly object[]): string {
  return JSON.stringify({ family: "a", scenarios });
}

/** What the runner reads from a file that holds nothing but {@link scenarioJson}. */
export function readyScenario(over: object = {}): Scenario {
  const [read] = parseScenarios(fileOf(scenarioJson(over)));
  if (read === undefined) throw new Error("A file with one scenario has one scenario.");
  return read;
}

/** A send to the node that only makes the state, as a step. */
export function sendStep(): object {
  return {
    prepare: true,
    op: "SendCommand",
    input: {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["true"] },
      InstanceIds: [NODE],
    },
  };
}

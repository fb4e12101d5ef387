import type { AgentBehavior } from "ssm-run-command/fake";
import { isObject, type JsonObject } from "../json.ts";
import { shown } from "../shown.ts";
import type { AlarmWord, Expected, Scenario, ServiceCall, Setup, Step } from "./scenario.ts";

/** What each step may hold beside what tells its kind, by that member. The first that a step has decides. */
const KINDS: readonly {
  readonly by: string;
  readonly others: readonly string[];
  readonly read: (step: JsonObject) => Step;
}[] = [
  {
    by: "advance",
    others: [],
    read: ({ advance }) => ({ type: "advance", by: text(advance, "advance") }),
  },
  {
    by: "node",
    others: ["do", "behavior"],
    read: ({ node, do: does, behavior }) => {
      const id = text(node, "node");
      // A behavior is handed to the fake, which checks it.
      if (isObject(behavior)) return { type: "behavior", node: id, behavior: behaviorOf(behavior) };
      if (does === "goOffline" || does === "comeBack") return { type: "node", node: id, does };
      throw new Error(`do is ${shown(does)}`);
    },
  },
  {
    by: "alarm",
    others: ["state"],
    // A state is handed to the fake, which checks it.
    read: ({ alarm, state }) => ({
      type: "alarm",
      alarm: text(alarm, "alarm"),
      state: text(state, "state") as AlarmWord,
    }),
  },
  {
    by: "prepare",
    others: ["op", "input", "label"],
    read: (step) => {
      if (step["prepare"] !== true) throw new Error(`prepare is ${shown(step["prepare"])}`);
      return { type: "prepare", call: callOf(step) };
    },
  },
  {
    by: "op",
    others: ["label", "input", "ok", "shows", "refused", "expires", "between"],
    read: (step) => ({
      type: "call",
      label: text(step["label"], "label"),
      call: callOf(step),
      expected: expectedOf(step),
    }),
  },
  {
    by: "document",
    others: ["label", "facts"],
    read: ({ label, document, facts }) => ({
      type: "facts",
      label: text(label, "label"),
      document: text(document, "document"),
      facts: object(facts, "facts"),
    }),
  },
];

const SETUP: readonly (keyof Setup)[] = [
  ...(["accountId", "region", "settings", "nodes", "behavior", "consistency"] as const),
  ...(["documents", "alarms", "groups"] as const),
];

const SCENARIO: readonly string[] = ["id", "title", "source", "setup", "steps"];

/**
 * The scenarios of a file's content.
 *
 * @throws Error for content that is no such file, and for a member that no runner would look at.
 */
export function parseScenarios(content: string): readonly Scenario[] {
  const file: unknown = JSON.parse(content);
  const list = isObject(file) ? file["scenarios"] : undefined;
  if (!Array.isArray(list)) throw new Error("it has no list of scenarios");
  return list.map((each) => scenarioOf(object(each, "a scenario")));
}

function scenarioOf(scenario: JsonObject): Scenario {
  const { id, title, setup = {}, steps } = scenario;
  const name = text(id, "the id of a scenario");
  try {
    refuseOthers(scenario, SCENARIO);
    if (!Array.isArray(steps) || steps.length === 0) throw new Error("it has no steps");
    const state = object(setup, "setup");
    refuseOthers(state, SETUP);
    return {
      id: name,
      title: title === undefined ? "" : text(title, "title"),
      // What its members hold is handed to the fake, which checks it.
      setup: state as Setup,
      steps: steps.map((each) => stepOf(object(each, "a step"))),
    };
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function stepOf(step: JsonObject): Step {
  const kind = KINDS.find(({ by }) => Object.hasOwn(step, by));
  if (kind === undefined) throw new Error(`a step has only ${Object.keys(step).join(", ")}`);
  refuseOthers(step, [kind.by, ...kind.others]);
  return kind.read(step);
}

function callOf({ op, input = {} }: JsonObject): ServiceCall {
  return { operation: text(op, "op"), input: object(input, "input") };
}

function expectedOf({ ok, shows, refused, expires, between }: JsonObject): Expected {
  const expected = { ok, shows, refused, expires, between };
  if (Object.values(expected).every((value) => value === undefined)) {
    throw new Error("a call has nothing that is expected of it");
  }
  for (const [name, value] of Object.entries({ ok, shows, refused, between })) {
    if (value !== undefined) object(value, name);
  }
  if (isObject(refused)) refuseOthers(refused, ["type", "text", "member"]);
  if (isObject(between)) refuseOthers(between, ["from", "to", "seconds"]);
  const given = Object.entries(expected).filter(([, value]) => value !== undefined);
  // What these hold is compared with the answer; a member of another shape differs from every answer.
  return Object.fromEntries(given) as Expected;
}

function refuseOthers(given: JsonObject, known: readonly string[]): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other !== undefined) throw new Error(`${shown(other)} is none of ${known.join(", ")}`);
}

function behaviorOf(behavior: JsonObject): AgentBehavior {
  // The fake checks it when the node gets it.
  return behavior as unknown as AgentBehavior;
}

function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new Error(`${what} is ${shown(value)}, and has to be text`);
}

function object(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`${what} is ${shown(value)}, and has to be an object`);
}

import { beforeAll, describe, expect, it } from "vitest";
import { compilerOfSource, type Edit } from "./planted-changes.ts";

interface Addition {
  readonly what: string;
  readonly edits: readonly Edit[];
  /** Where the compiler says that something is missing. */
  readonly places: readonly string[];
}

const RUNNER = "src/fake/runtime/command-runner.ts";
const SHAPES = "src/fake/fleet/shapes.ts";

const ADDITIONS: readonly Addition[] = [
  {
    what: "a StatusDetails of an invocation",
    edits: [
      added("src/domain/status.ts", `  | "AccessDenied"`, ` | "Evicted"`),
      added(
        "src/domain/status.ts",
        `  AccessDenied: { ...unsuccessful, status: "Failed" },`,
        `Evicted: { ...unsuccessful, status: "Failed" },`,
      ),
    ],
    places: [
      "src/client/outcomes/outcome.ts",
      "src/fake/engine/invocation.ts",
      "src/fake/engine/rollout.ts",
    ],
  },
  {
    what: "a StatusDetails of a command",
    edits: [
      added(
        "src/domain/command-details.ts",
        "export const COMMAND_DETAILS = {",
        `Evicted: { terminal: true, successful: false, status: "Failed" },`,
      ),
    ],
    places: ["src/client/outcomes/outcome.ts", "src/explore/judging/truth.ts"],
  },
  {
    what: "a kind of PluginResult",
    edits: [
      added(
        "src/fake/agents/plugin-result.ts",
        "  | SilentAgent",
        `| (ProcessOutput & { readonly type: "crashes"; readonly after?: Duration })`,
      ),
    ],
    places: [
      "src/explore/code/behavior-code.ts",
      "src/explore/random/source-of.ts",
      "src/fake/agents/behavior-options.ts",
      "src/fake/agents/check-behavior.ts",
      "src/fake/agents/choose-behavior.ts",
      "src/fake/agents/process.ts",
      SHAPES,
    ],
  },
  {
    what: "a kind of AgentBehavior",
    edits: [
      added(
        "src/fake/agents/behavior.ts",
        "  | BehaviorInOrder\n",
        `| { readonly type: "sometimes"; readonly share: number }`,
      ),
    ],
    places: [
      "src/explore/code/behavior-code.ts",
      "src/fake/agents/behavior-parts.ts",
      "src/fake/agents/check-behavior.ts",
      "src/fake/agents/choose-behavior.ts",
      SHAPES,
    ],
  },
  {
    what: "a member of a PluginResult",
    edits: [
      added(
        "src/fake/agents/plugin-result.ts",
        "  readonly exitCode?: number | undefined;",
        "readonly dumpsCore?: boolean;",
      ),
    ],
    places: ["src/fake/agents/behavior-options.ts", SHAPES],
  },
  {
    what: "a member of NodeOptions",
    edits: [added("src/fake/account/node.ts", "  name?: string | undefined;", "zone?: string;")],
    places: ["src/fake/account/check-node.ts", SHAPES],
  },
  {
    what: "a member of a fleet file's behavior that the behavior lacks",
    edits: [added(SHAPES, "  exits: { ...OUTPUT,", " dumpsCore: { shape: text },")],
    places: [SHAPES],
  },
  {
    what: "an option of a wait",
    edits: [
      added(
        "src/client/waiting/wait-options.ts",
        "  readonly signal?: AbortSignal | undefined;",
        "readonly patience?: number;",
      ),
    ],
    places: ["src/client/waiting/wait-options.ts"],
  },
  {
    what: "a deadline of a command",
    edits: [added("src/fake/engine/command.ts", `"expandTargets" | "makeRecords"`, ` | "warn"`)],
    places: [RUNNER, "src/fake/runtime/deadlines.ts"],
  },
  {
    what: "a deadline of an agent's run",
    edits: [added("src/fake/runtime/deadlines.ts", `CommandDeadline | "agentDue"`, ` | "reap"`)],
    places: [RUNNER, "src/fake/runtime/deadlines.ts"],
  },
  {
    what: "a machine that events are posted to",
    edits: [
      added(
        "src/fake/runtime/event-queue.ts",
        `  | { readonly to: "command"; readonly event: CommandEvent }`,
        `| { readonly to: "account" }`,
      ),
    ],
    places: [RUNNER],
  },
  {
    what: "an effect of a command",
    edits: [
      added(
        "src/fake/engine/command.ts",
        `  | { readonly type: "makeRecords" }`,
        `| { readonly type: "notify" }`,
      ),
    ],
    places: [RUNNER],
  },
  {
    what: "an effect of an invocation",
    edits: [
      added("src/fake/engine/invocation.ts", `"handToAgent" | "recallFromAgent"`, ` | "notify"`),
    ],
    places: [RUNNER],
  },
  {
    what: "an effect of an agent's run",
    edits: [
      added(
        "src/fake/agents/agent-run-state.ts",
        `  | { readonly type: "askBehavior" }`,
        `| { readonly type: "restart" }`,
      ),
    ],
    places: ["src/fake/runtime/agent-runner.ts"],
  },
  {
    what: "an operation of either service",
    edits: [
      added("src/fake/calls/operation-name.ts", `  "SendCommand",`, `"StartSession",`),
      added("src/fake/calls/operation-name.ts", `  "CreateLogGroup",`, `"DeleteLogGroup",`),
    ],
    places: [
      "src/fake/calls/operation-shapes.ts",
      "src/fake/logs/logs-service.ts",
      "src/fake/reports/operation-needs.ts",
      "src/fake/ssm/ssm-service.ts",
    ],
  },
  {
    what: "a method of RunCommandApi",
    edits: [
      added(
        "src/domain/run-command-api.ts",
        "export interface RunCommandApi {",
        "listNodes(input: ListCommandsCommandInput): Promise<ListCommandsCommandOutput>;",
      ),
    ],
    places: [
      "src/client/from-ssm-client.ts",
      "src/client/run-command-client.ts",
      "src/domain/run-command-api.ts",
      "src/fake/fake-ssm.ts",
    ],
  },
  {
    what: "an option of serve",
    edits: [
      added(
        "src/cli/serve-options.ts",
        "export const SERVE_OPTIONS = {",
        `quiet: { type: "switch", flag: "quiet", help: "says nothing" },`,
      ),
    ],
    places: ["src/cli/serve.ts"],
  },
];

/**
 * Rows of tables over a type of the SDK. To the compiler, a row that is missing looks like a member that the SDK has added.
 */
const ROWS: readonly (readonly [path: string, row: string])[] = [
  [
    "src/fake/ssm/commands/get-command-invocation.ts",
    `    PluginName: { type: "string", min: 4 },\n`,
  ],
  [
    "src/fake/ssm/commands/filters.ts",
    "  DocumentName: () => ({ holds: ({ documentName }, value) => documentName === value }),\n",
  ],
  ["src/fake/ssm/nodes/filters.ts", "  PingStatus: member(({ PingStatus }) => PingStatus),\n"],
  [
    "src/fake/ssm/documents/filters.ts",
    `  DocumentType: { holds: (_, value) => value === "Command" },\n`,
  ],
];

const compile = compilerOfSource();

describe("the source", () => {
  it("compiles as it is", () => {
    expect(compile([])).toEqual([]);
  });
});

// Additions that are missed in different places are planted together: each alone would take a second.
describe.each(roundsOf([...ADDITIONS, ...ROWS.map(rowAdded)]))("an addition", (...round) => {
  let found: readonly string[];

  beforeAll(() => {
    found = compile(round.flatMap(({ edits }) => edits));
  }, 60_000);

  it.each(round)("of $what does not compile in any place that lacks it", ({ what, places }) => {
    const ofOthers = round.filter((other) => other.what !== what).flatMap((other) => other.places);
    expect(found.filter((place) => !ofOthers.includes(place))).toEqual(places);
  });
});

describe("a change that cannot be planted", () => {
  it("is one of a text that is not there", () => {
    expect(() => compile([added("src/domain/status.ts", "no such text", "")])).toThrow(
      'src/domain/status.ts has "no such text" 0 times.',
    );
  });

  it("is one that breaks the grammar", () => {
    expect(() => compile([added(SHAPES, "const OUTPUT = {", "{{")])).toThrow(
      "What was planted cannot be parsed:",
    );
  });
});

/** Additions in rounds, so that no two of a round have a place in common. */
function roundsOf(additions: readonly Addition[]): readonly (readonly Addition[])[] {
  const rounds: Addition[][] = [];
  for (const addition of additions) {
    const isFree = (round: readonly Addition[]) =>
      round.every((other) => !other.places.some((place) => addition.places.includes(place)));
    const free = rounds.find(isFree);
    if (free === undefined) rounds.push([addition]);
    else free.push(addition);
  }
  return rounds;
}

function rowAdded([path, row]: (typeof ROWS)[number]): Addition {
  return {
    what: `a member or a filter key to the SDK, for ${path},`,
    edits: [{ path, find: row, put: "" }],
    places: [path],
  };
}

/** An edit that puts one string behind another. */
function added(path: string, find: string, text: string): Edit {
  return { path, find, put: `${find}${text}` };
}

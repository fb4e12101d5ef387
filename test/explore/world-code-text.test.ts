import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fails, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { worldCode } from "../../src/explore/code/world-code.ts";
import type { World } from "../../src/explore/world.ts";
import { EXAMPLE_WORLDS } from "./example-worlds.ts";
import { typeErrors } from "./type-errors.ts";

const BIOME = fileURLToPath(
  new URL("../../node_modules/@biomejs/biome/bin/biome", import.meta.url),
);

const CALL = `const said = await inVirtualTime(fake, () =>
  deploy({
    ssm: fake.client(),
    logs: new CloudWatchLogsClient(fake.logs.clientConfig()),
    target: { Targets: [{ Key: "tag:Role", Values: ["web"] }] },
    logsConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: "/ssm/explored" },
    fake,
    signal: new AbortController().signal,
  }),
);
`;

const COMMENT =
  "one of three nodes fails late: the function says succeeded, the command ended as failed.";

function codeOf(world: Partial<World>, options: Partial<Parameters<typeof worldCode>[1]> = {}) {
  return worldCode(
    { name: "a world", nodes: [], ...world },
    { functionName: "deploy", seed: 7, comment: COMMENT, ...options },
  );
}

/** The statements of code, without its imports and its call. */
function statementsOf(world: Partial<World>): string {
  return codeOf(world, { comment: "" })
    .replace(/^(?:import .*\n)+\n/, "")
    .replace(CALL, "");
}

describe("text of a world", () => {
  it("has imports, the sentence, the fake, faults, what happens, and the call", () => {
    const code = codeOf({
      nodes: [{}, { behavior: fails({ exitCode: 7, after: "90s" }) }],
      faults: [{ type: "throttle", operation: "ListCommands", when: { every: 3 } }],
      meanwhile: [{ type: "goesOffline", node: 0, after: "40s" }],
    });
    expect(code).toBe(`import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { FakeSsm, fails } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";

// ${COMMENT}
const fake = new FakeSsm({
  seed: 7,
  nodes: [
    { tags: { Role: "web" } },
    { tags: { Role: "web" }, behavior: fails({ exitCode: 7, after: "90s" }) },
  ],
});
fake.faults.throttle("ListCommands", { every: 3 });
const stop = fake.on("SendCommand", () => {
  stop();
  void fake.clock
    .sleep("40s")
    .then(() => fake.nodes.list()[0]?.goOffline())
    .catch(() => {});
});
${CALL}`);
  });

  it("leaves out what says nothing", () => {
    const nodes = [{ behavior: succeeds({ stdout: "", after: "0s" }), agent: "online" as const }];
    const world = {
      nodes,
      latency: "measured" as const,
      settings: {},
      pages: { emptyFirst: false },
    };
    expect(statementsOf({ ...world, faults: [], meanwhile: [] })).toBe(
      'const fake = new FakeSsm({\n  seed: 7,\n  nodes: [{ tags: { Role: "web" } }],\n});\n',
    );
    expect(statementsOf({ nodes: [] })).toBe("const fake = new FakeSsm({ seed: 7 });\n");
  });

  it("has latency, pages and settings as the fake takes them", () => {
    const latency = { visibilityDelay: "3s", otherwise: "measured" } as const;
    const world = { latency, pages: { most: 1 }, settings: { errorLimit: "reached" } as const };
    expect(statementsOf(world)).toBe(`const fake = new FakeSsm({
  seed: 7,
  latency: { visibilityDelay: "3s" },
  pages: { most: 1 },
  settings: { errorLimit: "reached" },
});
`);
  });

  it("says how many nodes are equal", () => {
    const many = Array.from({ length: 49 }, () => ({}));
    expect(statementsOf({ nodes: many })).toContain(
      'nodes: Array.from({ length: 49 }, () => ({ tags: { Role: "web" } })),',
    );
    expect(statementsOf({ nodes: [...many, { behavior: fails() }] })).toContain(`
    ...Array.from({ length: 49 }, () => ({ tags: { Role: "web" } })),
    { tags: { Role: "web" }, behavior: fails() },
`);
    const offline = Array.from({ length: 9 }, () => ({ agent: "unreachable" as const }));
    expect(statementsOf({ nodes: [{}, ...offline] })).toContain(
      '...Array(9).fill({ tags: { Role: "web" }, agent: "unreachable" }),',
    );
  });

  it.each([
    ["x".repeat(30_000), '"x".repeat(30_000)'],
    ["a line\n".repeat(300), '"a line\\n".repeat(300)'],
    [`begun\n${"a line\n".repeat(300)}end`, '"begun\\n" + "a line\\n".repeat(300) + "end"'],
    ["ab".repeat(60).slice(0, 99), '"ab".repeat(49) + "a"'],
    [`${"é".repeat(100)}\n${"-".repeat(100)}`, '"é".repeat(100) + "\\n" + "-".repeat(100)'],
    ['"quoted"\u2028', '"\\"quoted\\"\u2028"'],
  ])("has long output in short (%#)", (stdout, expected) => {
    const text = statementsOf({ nodes: [{ behavior: succeeds({ stdout }) }] });
    expect(text).toContain(`stdout: ${expected} }`);
  });

  it("has functions as they were written, and imports what they call", () => {
    const access = {
      check: () => "denied" as const,
      access() {
        return "denied" as const;
      },
    };
    const code = codeOf({
      nodes: [
        {
          behavior: (run) => (run.attempt === 1 ? fails() : { type: "hangs" }),
          access: access.check,
        },
        { access: access.access },
      ],
    });
    expect(code).toContain("run.attempt === 1 ? fails() :");
    expect(code).toMatch(/FakeSsm, fails }/);
    expect(code).toContain('access: () => "denied"');
    expect(code).toMatch(/\n {6}access\(\) {\s+return "denied";/);
  });

  it("has members in quotes that need them", () => {
    const node = { tags: { "aws:x": "1", Role: "db" }, clockSkew: "-5m" } as const;
    expect(statementsOf({ nodes: [node] })).toContain(
      'nodes: [{ tags: { Role: "db", "aws:x": "1" }, clockSkew: "-5m" }],',
    );
  });

  it.each(["", "bound x", "async x", "class", "await", "fake", "FakeSsm", "1st", "a.b"])(
    "calls yourFunction where a function is named %j",
    (functionName) => {
      expect(codeOf({}, { functionName })).toContain("  yourFunction({\n");
    },
  );

  it.each(["deploy", "$", "_x1", "größe"])("calls a function by its name: %s", (functionName) => {
    expect(codeOf({}, { functionName })).toContain(`  ${functionName}({\n`);
  });

  it("wraps its sentence, and keeps its lines", () => {
    const code = codeOf({}, { comment: `${"word ".repeat(40)}\nlast` });
    const lines = code.split("\n").filter((line) => line.startsWith("//"));
    expect(lines.map((line) => line.length <= 110)).toEqual([true, true, true]);
    expect(lines.at(-1)).toBe("// last");
    expect(codeOf({}, { comment: "" })).not.toContain("//");
  });

  it("has no logs where their client is not installed", () => {
    const code = codeOf({}, { hasLogs: false });
    expect(code).toContain("    logs: undefined,\n");
    expect(code).not.toContain("CloudWatchLogsClient");
  });

  it("is TypeScript", () => {
    const declared =
      'declare function deploy(argument: import("../../src/explore/world-argument.ts").WorldArgument): Promise<string>;\n';
    const codes = EXAMPLE_WORLDS.map((world) => `${codeOf(world)}${declared}export { said };\n`);
    expect(typeErrors(codes)).toEqual([]);
    expect(typeErrors([`${codes[0]}fake.nodes.list(1);`])).toHaveLength(1);
  });

  it("is as a formatter leaves it", () => {
    const worlds = EXAMPLE_WORLDS.filter(({ name }) => !name.includes("function"));
    const input = worlds.map((world) => codeOf(world)).join("\n");
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [BIOME, "format", "--stdin-file-path=world.ts"],
      { input, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(stdout).toBe(input);
  });
});

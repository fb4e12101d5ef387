import type { Command } from "@aws-sdk/client-ssm";
import {
  type CommandLook,
  explain,
  RunCommandClient,
  runShellScript,
  StillRunningError,
  tagTargets,
} from "ssm-run-command";
import {
  type AgentBehavior,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { COMMAND_KINDS, INVOCATION_KINDS } from "../../../src/client/outcomes/outcome.ts";
import { ADVICE_BY_KIND } from "../../../src/domain/explanation/advice.ts";
import { rejectionOf } from "../../support/rejection.ts";
import { aCommand, COMMAND_ID } from "../../support/scripted-api.ts";

const TARGETS = tagTargets({ Role: "web" });
const REQUEST = { ...runShellScript("./deploy.sh"), Targets: TARGETS };
const ids = (count: number) => Array.from({ length: count }, (_, i) => `i-000000${10 + i}`);

/** A command on nodes that are like this, as far as it comes. */
async function sentTo(
  nodes: readonly NodeOptions[],
  request: object = {},
  options: FakeSsmOptions = {},
) {
  const fake = new FakeSsm(options);
  fake.alarms.set("cpu", "OK");
  nodes.forEach((node, i) => {
    fake.nodes.add({ instanceId: ids(nodes.length)[i] ?? "", tags: { Role: "web" }, ...node });
  });
  const sent = await new RunCommandClient(fake).send({ ...REQUEST, ...request });
  return { fake, sent };
}

async function outcomeOf(...given: Parameters<typeof sentTo>) {
  const { fake, sent } = await sentTo(...given);
  const outcome = await sent.waitForTerminal();
  return { fake, outcome, sent };
}

const behaving = (...behaviors: readonly AgentBehavior[]): readonly NodeOptions[] =>
  behaviors.map((behavior) => ({ behavior }));
const full = (exitCode = 7) => fails({ exitCode, stderr: "retry\ndisk full\n" });

describe("a cause", () => {
  it("is the nodes of one kind with equal last lines of standard error, whatever else they wrote", async () => {
    const behaviors = [
      full(),
      fails({ exitCode: 9, stdout: "something else\n", stderr: "retry\ndisk full\n" }),
      fails({ stderr: "no network\n" }),
      succeeds(),
    ];
    const { outcome } = await outcomeOf(behaving(...behaviors), { MaxErrors: "100%" });
    const [a, b, c] = ids(4);
    expect(explain(outcome).causes).toMatchObject([
      { kind: "failed", nodes: [a, b], output: "retry\ndisk full" },
      { kind: "failed", nodes: [c], output: "no network" },
    ]);
  });

  it("is the same for nodes whose streams were not read separately", async () => {
    const behaviors = Array.from({ length: 8 }, () =>
      fails({ exitCode: 7, stdout: "one\n", stderr: "disk full\n" }),
    );
    const { outcome } = await outcomeOf(behaving(...behaviors), { MaxErrors: "100%" });
    expect(outcome.invocations.filter(({ plugins }) => plugins[0]?.stderr)).toHaveLength(5);
    expect(explain(outcome).causes).toMatchObject([{ nodes: ids(8), output: "disk full" }]);
  });

  it("has what was written to standard output where standard error is empty, and no output where all is", async () => {
    const { outcome } = await outcomeOf(
      behaving(fails({ stdout: "no such app\n" }), fails({ exitCode: 3 })),
      { MaxErrors: "100%" },
    );
    const { causes } = explain(outcome);
    expect(causes.map(({ output }) => output)).toEqual(["no such app", undefined]);
    expect("output" in (causes[1] ?? {})).toBe(false);
  });

  it("comes first that failed by itself, then the larger", async () => {
    const nodes = [
      { agent: "undeliverable" },
      { agent: "undeliverable" },
      { behavior: fails({ stderr: "b\n" }) },
      { behavior: full() },
      { behavior: full() },
    ] as const;
    const { outcome } = await outcomeOf(nodes, { MaxErrors: "100%" });
    const kinds = explain(outcome).causes.map(({ kind, nodes: of }) => [kind, of.length]);
    expect(kinds).toEqual([
      ["failed", 2],
      ["failed", 1],
      ["undeliverable", 2],
    ]);
  });

  it("shows as many lines as were asked for, redacted", async () => {
    const { outcome } = await outcomeOf(behaving(full()));
    expect(explain(outcome, { lines: 1 }).causes[0]?.output).toBe("disk full");
    expect(explain(outcome, { lines: 0 }).causes[0]).not.toHaveProperty("output");
    const redact = (text: string) => text.replaceAll("disk", "***");
    expect(explain(outcome, { redact }).text).toContain("*** full");
    expect(explain(outcome, { redact }).text).not.toContain("disk");
  });
});

describe("the rule that decided", () => {
  it.each([
    ["more errors than MaxErrors allow", behaving(full(), succeeds()), {}],
    [
      "more errors than MaxErrors allow",
      behaving(full(), full(), full(), succeeds()),
      { MaxErrors: "50%" },
    ],
    ["nothing succeeded", behaving(full(), full()), { MaxErrors: "100%" }],
    ["nothing succeeded", behaving(full(), full()), { MaxErrors: "2" }],
    ["some nodes did not succeed", behaving(full(), succeeds()), { MaxErrors: "1" }],
    ["expired before delivery", [{ agent: "unreachable" }], {}],
    ["the node could not be used", [{ agent: "undeliverable" }, {}], {}],
    ["no node matches the targets", [], {}],
  ] as const)("is %s", async (rule, nodes, request) => {
    const { outcome } = await outcomeOf(nodes, request);
    expect(explain(outcome).causes[0]?.rule).toBe(rule);
  });

  it("is an alarm, also for nodes that were not sent to any more", () => {
    const command = aCommand({ Status: "Failed", StatusDetails: "FailedDueToAlarm" });
    const plugins = [] as const;
    const invocation = {};
    const outcome: CommandLook = {
      kind: "failed",
      command,
      invocations: [{ kind: "terminated", instanceId: "i-1", plugins, invocation }],
    };
    expect(explain(outcome).causes).toMatchObject([
      {
        kind: "terminated",
        rule: "alarm",
        advice: expect.stringContaining("cloudwatch:DescribeAlarms"),
      },
    ]);
  });

  it("is a quota, without a node", () => {
    const command = aCommand({ Status: "Failed", StatusDetails: "LimitExceeded" });
    const { causes } = explain({ kind: "limitExceeded", command, invocations: [] });
    expect(causes).toMatchObject([{ kind: "limitExceeded", nodes: [], rule: "quota" }]);
  });

  it("is of the whole command, not of a node that failed by itself before a cancel", async () => {
    const { sent } = await sentTo(behaving(full(), hangs()), { MaxErrors: "100%" });
    await sent.waitForTerminal({ timeout: "1m" }).catch(() => {});
    await sent.cancel();
    expect(explain(await sent.waitForTerminal()).causes).toMatchObject([
      { kind: "failed", rule: "some nodes did not succeed" },
      { kind: "cancelled", rule: "cancelled" },
    ]);
  });

  it("shows before the end, if it is MaxErrors", async () => {
    const { sent } = await sentTo(behaving(full(), hangs(), succeeds()), { MaxConcurrency: "2" });
    await sent.waitForTerminal({ timeout: "1m" }).catch(() => {});
    const { causes } = explain(await sent.look());
    expect(causes.map(({ kind, rule }) => [kind, rule])).toEqual([
      ["failed", "more errors than MaxErrors allow"],
      ["inProgress", "has not ended"],
      ["terminated", "more errors than MaxErrors allow"],
    ]);
  });

  it("is not told where errors do not exceed MaxErrors and something succeeded", async () => {
    const { outcome } = await outcomeOf(
      behaving(full(), succeeds(), succeeds()),
      { MaxErrors: "1" },
      { settings: { errorLimit: "reached" } },
    );
    expect([outcome.kind, explain(outcome).causes[0]?.rule]).toEqual(["failed", "not told"]);
  });

  it("is a cancel", async () => {
    const { sent } = await sentTo(behaving(hangs()));
    await sent.cancel();
    const { causes, text } = explain(await sent.waitForTerminal());
    expect(causes).toMatchObject([{ kind: "cancelled", rule: "cancelled", nodes: ids(1) }]);
    expect(text).toContain(
      "The service does not tell who cancelled it, nor whether it had begun: look for",
    );
  });

  it("is not told where this version does not know how it ended", () => {
    const command = aCommand({ Status: "Dozed" as never, StatusDetails: "Dozed" });
    const { causes, text } = explain({ kind: "unrecognized", command, invocations: [] });
    expect(causes).toMatchObject([{ rule: "not told", nodes: [] }]);
    expect(text).toContain("The service does not tell what decided that.");
  });

  it("counts errors by the service where the invocations were not read", () => {
    const failed = (members: Partial<Command>) =>
      explain({
        kind: "failed",
        command: aCommand({ Status: "Failed", TargetCount: 50, ...members }),
        invocations: [],
      }).causes;
    expect(failed({ ErrorCount: 6, MaxErrors: "10%" })).toMatchObject([
      { rule: "more errors than MaxErrors allow", nodes: [] },
    ]);
    expect(failed({ ErrorCount: 5, MaxErrors: "10%" })).toMatchObject([
      { rule: "not told", nodes: [] },
    ]);
  });
});

describe("the text", () => {
  it("counts first, then says what decided, who failed of what, what was never tried, and what to do", async () => {
    const { outcome } = await outcomeOf(behaving(full(), succeeds(), succeeds()), {
      MaxConcurrency: "1",
    });
    const [a, b, c] = ids(3);
    expect(explain(outcome).text).toBe(
      [
        `Command ${outcome.command.CommandId} ended as Failed: 1 failed, 2 terminated.`,
        "Decided by: more errors than MaxErrors allow (MaxErrors is 0).",
        `  failed (aws:runShellScript, exit code 7) on ${a}:`,
        "    retry",
        "    disk full",
        "    → GetCommandInvocation (ssm:GetCommandInvocation) has all that it wrote, or CloudWatch Logs or S3.",
        `  terminated on ${b}, ${c}`,
        "    → It was not sent to these nodes any more, because of others. Mend those, then send it to these.",
        `Never tried: ${b}, ${c}.`,
      ].join("\n"),
    );
  });

  it("says that the service does not tell whether a script ran whose delivery timed out", async () => {
    const { outcome } = await outcomeOf([{ agent: "unreachable" }]);
    expect(explain(outcome).text).toContain("The service does not tell whether the script ran");
    expect(explain(outcome).text).not.toContain("Never tried");
  });

  it("of an alarm does not say that nothing was tried: processes go on", async () => {
    const { fake, sent } = await sentTo(behaving(hangs(), succeeds()), {
      MaxConcurrency: "1",
      AlarmConfiguration: { Alarms: [{ Name: "cpu" }] },
    });
    await fake.clock.sleep("90s");
    fake.alarms.set("cpu", "ALARM");
    const { text, causes } = explain(await sent.waitForTerminal());
    expect(causes).toMatchObject([{ kind: "terminated", rule: "alarm", nodes: ids(2) }]);
    expect(text).toContain("The service does not tell whether the script ran: an alarm ends");
    expect(text).not.toContain("Never tried");
  });

  it("calls those that the caller left out not shown", async () => {
    const { sent } = await sentTo(behaving(full(), succeeds(), succeeds()), { MaxErrors: "100%" });
    const outcome = await sent.waitForTerminal({ invocations: "unsuccessful" });
    expect(explain(outcome).text).toMatch(/: 1 failed, 2 that are not shown\.\n/);
  });

  it("of a success has counts only", async () => {
    const { outcome } = await outcomeOf(behaving(succeeds()));
    expect(explain(outcome)).toEqual({
      text: `Command ${outcome.command.CommandId} ended as Success: 1 succeeded.`,
      causes: [],
    });
  });

  it("of a success tells of nodes that could not be used", async () => {
    const { outcome } = await outcomeOf([{}, { agent: "undeliverable" }]);
    expect(outcome.kind).toBe("succeeded");
    expect(explain(outcome).causes).toMatchObject([{ kind: "undeliverable", nodes: [ids(2)[1]] }]);
  });

  it("names ten nodes of a cause", async () => {
    const behaviors = Array.from({ length: 12 }, () => full());
    const { outcome } = await outcomeOf(behaving(...behaviors), { MaxErrors: "100%" });
    expect(explain(outcome).text).toMatch(/ on (i-\d+, ){9}i-\d+ and 2 more:/);
  });

  it("shows no parameter", async () => {
    const { outcome } = await outcomeOf(behaving(full()), runShellScript("login hunter2"));
    expect(JSON.stringify(explain(outcome))).not.toContain("hunter2");
  });
});

describe("a command that has not ended", () => {
  it("is explained from a look: what has ended, and what is open", async () => {
    const { sent } = await sentTo(
      [{ behavior: full() }, { behavior: hangs() }, { agent: "unreachable" }],
      { MaxErrors: "100%" },
    );
    const error = await rejectionOf(sent.waitForTerminal({ timeout: "1m" }));
    const look = (error as StillRunningError).look;
    const [a, b, c] = ids(3);
    const { causes, text } = explain(look);
    expect(causes).toMatchObject([
      { kind: "failed", nodes: [a], rule: "has not ended" },
      { kind: "inProgress", nodes: [b] },
      { kind: "delayed", nodes: [c], rule: "has not ended" },
    ]);
    expect(text).toMatch(/^Command \S+ is running: /);
    expect(explain(error as StillRunningError)).toEqual({
      text: `${(error as Error).message}\n${text}`,
      causes,
    });
  });

  it("is explained without a node where none is listed", () => {
    const { causes } = explain(
      new StillRunningError({ commandId: "7c1f", lastStatus: "Pending", waitedMs: 1 }),
    );
    expect(causes).toMatchObject([{ kind: "unknown", nodes: [], rule: "not shown" }]);
    expect(explain({ kind: "unknown", commandId: COMMAND_ID }).text).toMatch(
      `Command ${COMMAND_ID} is not shown by ListCommands.`,
    );
  });
});

describe("explain", () => {
  it("has advice for every kind of outcome, invocation and phase", () => {
    const kinds = [
      ...Object.values(COMMAND_KINDS),
      ...Object.values(INVOCATION_KINDS),
      ...["unrecognized", "pending", "inProgress", "delayed", "cancelling", "running", "unknown"],
    ].filter((kind) => kind !== "succeeded");
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(ADVICE_BY_KIND).sort());
  });

  it.each([
    [undefined, "undefined"],
    ["failed", '"failed"'],
    [{ kind: "failed", instanceId: "i-1" }, "{ kind, instanceId }"],
  ])("refuses what is no outcome of a command: %j", (given, shown) => {
    expect(() => explain(given as never)).toThrow(
      `explain() was given ${shown}. Give it the outcome of a command, a look or a StillRunningError: explain(await sent.waitForTerminal()).`,
    );
  });

  it("refuses an option that does not exist", async () => {
    const { outcome } = await outcomeOf(behaving(full()));
    expect(() => explain(outcome, { line: 5 } as never)).toThrow("Did you mean lines?");
  });
});

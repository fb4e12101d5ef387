import { type CommandOutcome, cloudWatchOutput, RunCommandError } from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { byPlugin, fails, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";
import { aLoggedCommand } from "./a-logged-command.ts";

const [a, b] = ["i-00000001", "i-00000002"];

describe("readCommandOutput", () => {
  it.each([
    [null, "null"],
    [undefined, "undefined"],
    ["x", '"x"'],
    [{ kind: "running" }, "{ kind }"],
  ])("does not take %j for an outcome", async (of, told) => {
    const { logs } = await aLoggedCommand({});
    const reading = readCommandOutput(logs, of as unknown as CommandOutcome);
    expect(await rejectionOf(reading)).toEqual(
      new TypeError(
        `readCommandOutput() was given ${told}. Give it the outcome of a command, or { commandId, instanceIds, pluginNames, logGroupName }.`,
      ),
    );
  });

  it("gives both streams of a plugin, without the newline that the agent drops", async () => {
    const behavior = succeeds({ stdout: "one\ntwo\n", stderr: "careful\n" });
    const { logs, sent } = await aLoggedCommand({ nodes: [{ instanceId: a, behavior }] });
    expect(await readCommandOutput(logs, await sent.waitForTerminal())).toEqual([
      { instanceId: a, plugin: "aws:runShellScript", stdout: "one\ntwo", stderr: "careful" },
    ]);
  });

  it.each([
    ["of lines", `${"x".repeat(99)}\n`.repeat(1_000)],
    ["in one line", "x".repeat(100_000)],
  ])("gives 100,000 characters %s", async (_, stdout) => {
    const behavior = succeeds({ stdout });
    const { logs, sent } = await aLoggedCommand({ nodes: [{ behavior }] });
    const [output] = await readCommandOutput(logs, await sent.waitForTerminal());
    expect(output?.stdout === stdout.trimEnd()).toBe(true);
  });

  it("joins what was written in many pieces, and a line that is longer than an event", async () => {
    const long = "y".repeat(450_000);
    const writes = [
      { at: "3s", stdout: `${long}\n` },
      { at: "6s", stdout: "last\n" },
    ] as const;
    const behavior = succeeds({ after: "9s", stdout: "first\n", writes });
    const { logs, sent } = await aLoggedCommand({ nodes: [{ behavior }] });
    const [output] = await readCommandOutput(logs, await sent.waitForTerminal());
    // Compared by line length, so that a difference can be read.
    const lengths = output?.stdout.split("\n").map(({ length }) => length);
    expect(lengths).toEqual([5, 450_000, 4, 0]);
  });

  it("gives every step of a document, on every node", async () => {
    const behavior = byPlugin({
      install: succeeds({ stdout: "installed\n" }),
      verify: fails({ stderr: "broken\n" }),
    });
    const { logs, sent } = await aLoggedCommand(
      {
        nodes: [
          { instanceId: a, behavior },
          { instanceId: b, behavior },
        ],
      },
      { DocumentName: "Two-Steps", Parameters: {} },
    );
    const output = await readCommandOutput(logs, await sent.waitForTerminal());
    const stderr = "broken\nfailed to run commands: exit status 1";
    expect(output).toEqual(
      [b, a].flatMap((instanceId) => [
        { instanceId, plugin: "install", stdout: "installed", stderr: "" },
        { instanceId, plugin: "verify", stdout: "", stderr },
      ]),
    );
  });

  it("finds the streams of a command that is known by its id only", async () => {
    const behavior = succeeds({ stdout: "one\n" });
    const { logs, sent } = await aLoggedCommand({ nodes: [{ instanceId: a, behavior }] });
    await sent.waitForTerminal();
    const output = await readCommandOutput(logs, {
      commandId: sent.commandId,
      instanceIds: [a],
      pluginNames: ["aws:runShellScript"],
      logGroupName: "/aws/ssm/AWS-RunShellScript",
    });
    expect(output[0]?.stdout).toBe("one");
  });

  it("reads the group that the request named", async () => {
    const { logs, sent } = await aLoggedCommand(
      { behavior: succeeds({ stdout: "one\n" }) },
      { CloudWatchOutputConfig: cloudWatchOutput("/deploys/web") },
    );
    const [output] = await readCommandOutput(logs, await sent.waitForTerminal());
    expect(output?.stdout).toBe("one");
  });

  it("gives nothing when no node was targeted", async () => {
    const { logs, sent } = await aLoggedCommand({ nodes: [{ agent: "undeliverable" }] });
    const { command } = await sent.waitForTerminal();
    expect(await readCommandOutput(logs, { kind: "noTargets", command, invocations: [] })).toEqual(
      [],
    );
  });

  it("says so when the command was sent without CloudWatch output", async () => {
    const off = { CloudWatchOutputConfig: { CloudWatchOutputEnabled: false } };
    const { logs, sent } = await aLoggedCommand({}, off);
    const error = await rejectionOf(readCommandOutput(logs, await sent.waitForTerminal()));
    expect(error).toBeInstanceOf(RunCommandError);
    expect(String(error)).toMatch(/Send it with CloudWatchOutputConfig: cloudWatchOutput\(\)\.$/);
  });
});

describe("output that is missing", () => {
  const missingOn = async (...[options, request]: Parameters<typeof aLoggedCommand>) => {
    const { logs, sent } = await aLoggedCommand(options, request);
    const output = await readCommandOutput(logs, await sent.waitForTerminal());
    return output.map(({ missing }) => missing);
  };
  const behavior = succeeds({ stdout: "one\n" });

  it("is explained by the group, when the node may not make it", async () => {
    expect(await missingOn({ nodes: [{ behavior, logs: "denied" }] })).toEqual([
      "Log group /aws/ssm/AWS-RunShellScript does not exist in the region of the logs client. The role of the node lacks one of logs:DescribeLogGroups, logs:CreateLogGroup, logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents: nodeLogsPolicy() makes the policy that it needs.",
    ]);
  });

  it("is explained by what was written, when nothing was", async () => {
    expect(await missingOn({ behavior: succeeds() })).toEqual(["The plugin wrote nothing."]);
  });

  it("is explained by both, where the API does not say whether anything was written", async () => {
    const [missing] = await missingOn({ nodes: [{ agent: "undeliverable" }] });
    expect(missing).toMatch(/^Log group .* Either it wrote nothing, or the role of the node lacks/);
  });

  it("is explained by the streams, when the group is there", async () => {
    const { fake, logs, sent } = await aLoggedCommand({ nodes: [{ instanceId: a, behavior }] });
    await sent.waitForTerminal();
    expect(fake.logs.text("/aws/ssm/AWS-RunShellScript", "none")).toBeUndefined();
    const [output] = await readCommandOutput(logs, {
      commandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11",
      instanceIds: [a],
      pluginNames: ["aws:runShellScript"],
      logGroupName: "/aws/ssm/AWS-RunShellScript",
    });
    expect(output?.missing).toMatch(
      /has no stream of it\. .* logs:CreateLogStream, logs:PutLogEvents:/,
    );
  });

  it("is not claimed of a node that wrote on one stream only", async () => {
    expect(await missingOn({ behavior })).toEqual([undefined]);
  });
});

import type { CommandInvocationStatus, CommandStatus } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { commandOutcome, invocationOutcome } from "../../../src/client/outcomes/outcome.ts";
import { failedPlugin } from "../../../src/domain/explanation/causes.ts";
import { INVOCATION_DETAILS } from "../../../src/domain/status.ts";
import { aCommand, anInvocation, COMMAND_ID } from "../../support/scripted-api.ts";

const node = "i-0123456789abcdef0";

describe("a command", () => {
  it.each<[string, CommandStatus, string]>([
    ["succeeded", "Success", "Success"],
    ["noTargets", "Success", "NoInstancesInTag"],
    ["incomplete", "Success", "Incomplete"],
    ["failed", "Failed", "Failed"],
    ["failed", "Failed", "FailedDueToAlarm"],
    ["failed", "Failed", "FailedDueToUnknownAlarmState"],
    ["failed", "TimedOut", "ExecutionTimedOut"],
    ["deliveryTimedOut", "TimedOut", "DeliveryTimedOut"],
    ["cancelled", "Cancelled", "Cancelled"],
    ["limitExceeded", "Failed", "LimitExceeded"],
    ["accessDenied", "Failed", "AccessDenied"],
    ["failed", "Failed", "FailedForANewReason"],
    ["unrecognized", "TimedOut", "TimedOut"],
    ["unrecognized", "Archived" as CommandStatus, "Archived"],
  ])("is %s with Status %s and the detail %s", (kind, Status, StatusDetails) => {
    expect(commandOutcome(aCommand({ Status, StatusDetails }), []).kind).toBe(kind);
  });

  it("is recognised by its Status when there are no details", () => {
    const { StatusDetails, ...bare } = aCommand({ Status: "Cancelled" });
    expect(commandOutcome(bare, []).kind).toBe("cancelled");
  });

  it("keeps the SDK's answer beside", () => {
    const command = aCommand({ Status: "Success" });
    expect(commandOutcome(command, []).command).toBe(command);
  });

  it("is not confused by words that every object has", () => {
    const command = aCommand({ StatusDetails: "constructor" });
    expect(commandOutcome(command, []).kind).toBe("unrecognized");
  });
});

describe("an invocation", () => {
  it.each<[string, CommandInvocationStatus, string]>([
    ["succeeded", "Success", "Success"],
    ["failed", "Failed", "Failed"],
    ["executionTimedOut", "TimedOut", "ExecutionTimedOut"],
    ["deliveryTimedOut", "TimedOut", "DeliveryTimedOut"],
    ["undeliverable", "Failed", "Undeliverable"],
    ["cancelled", "Cancelled", "Cancelled"],
    ["terminated", "Failed", "Terminated"],
    ["invalidPlatform", "Failed", "InvalidPlatform"],
    ["accessDenied", "Failed", "AccessDenied"],
    ["unrecognized", "Pending", "Delayed"],
    ["unrecognized", "TimedOut", "TimedOut"],
    ["unrecognized", "Archived" as CommandInvocationStatus, "Archived"],
  ])("is %s with Status %s and the detail %s", (kind, Status, StatusDetails) => {
    expect(invocationOutcome(anInvocation(node, { Status, StatusDetails })).kind).toBe(kind);
  });

  it.each(Object.entries(INVOCATION_DETAILS).filter(([, traits]) => traits.terminal))(
    "is recognised with every detail that ends it: %s",
    (StatusDetails, { status: Status }) => {
      const outcome = invocationOutcome(anInvocation(node, { Status, StatusDetails }));
      expect(outcome.kind).not.toBe("unrecognized");
    },
  );

  it("keeps the node and the SDK's answer", () => {
    const invocation = anInvocation(node);
    expect(invocationOutcome(invocation)).toMatchObject({ instanceId: node, invocation });
  });
});

describe("an exit code", () => {
  const failed = (...codes: readonly number[]) =>
    invocationOutcome(
      anInvocation(node, {
        Status: "Failed",
        CommandPlugins: codes.map((ResponseCode) => ({
          Name: "step",
          Status: ResponseCode === 0 ? "Success" : "Failed",
          ResponseCode,
        })),
      }),
    );

  it("is 0 for a success", () => {
    expect(invocationOutcome(anInvocation(node))).toMatchObject({ exitCode: 0 });
  });

  it("is 0 for a success that ended early, whose plugin has 168", () => {
    const CommandPlugins = [{ Name: "step", Status: "Success" as const, ResponseCode: 168 }];
    const outcome = invocationOutcome(anInvocation(node, { CommandPlugins }));
    expect(outcome).toMatchObject({ exitCode: 0, plugins: [{ exitCode: 168 }] });
  });

  it("is that of the first plugin that failed", () => {
    expect(failed(0, 7, 9)).toMatchObject({ kind: "failed", exitCode: 7 });
  });

  it("is not that of a plugin that the agent killed before another one failed", () => {
    const CommandPlugins = [
      { Name: "slow", Status: "TimedOut" as const, ResponseCode: 137 },
      { Name: "bad", Status: "Failed" as const, ResponseCode: 7 },
    ];
    const outcome = invocationOutcome(anInvocation(node, { Status: "Failed", CommandPlugins }));
    expect(outcome).toMatchObject({ exitCode: 7 });
  });

  it("is 1 for a failure whose plugin has none", () => {
    expect(failed(-1)).toMatchObject({ kind: "failed", exitCode: 1 });
  });

  it("is 1 for a failure without plugins", () => {
    expect(failed()).toMatchObject({ kind: "failed", exitCode: 1 });
  });

  it("does not exist where no process ended by itself", () => {
    const Status = "TimedOut";
    const outcome = invocationOutcome(
      anInvocation(node, { Status, StatusDetails: "DeliveryTimedOut" }),
    );
    expect(outcome).not.toHaveProperty("exitCode");
  });
});

describe("a plugin", () => {
  const pluginOf = (plugin: object, members: object = {}) =>
    invocationOutcome(anInvocation(node, { CommandPlugins: [plugin], ...members })).plugins[0]!;

  it("has AWS's words, code and output", () => {
    const plugin = pluginOf({
      Name: "aws:runShellScript",
      Status: "Failed",
      StatusDetails: "Failed",
      ResponseCode: 7,
      Output: "disk full\n",
    });
    expect(plugin).toEqual({
      name: "aws:runShellScript",
      status: "Failed",
      statusDetails: "Failed",
      exitCode: 7,
      output: "disk full\n",
      truncated: false,
    });
  });

  it("has neither code nor output when nothing was reported about it", () => {
    const plugin = pluginOf({ Name: "a", Status: "TimedOut", ResponseCode: -1, Output: "" });
    expect(plugin).toEqual({ name: "a", status: "TimedOut", statusDetails: "", truncated: false });
  });

  it("has its output without a code when a signal killed it", () => {
    const plugin = pluginOf({ Name: "a", Status: "Failed", ResponseCode: -1, Output: "half" });
    expect(plugin.output).toBe("half");
    expect(plugin).not.toHaveProperty("exitCode");
  });

  it("has an empty output when it wrote nothing", () => {
    expect(pluginOf({ Name: "a", ResponseCode: 0, Output: "" }).output).toBe("");
  });

  it.each([
    ["standard output", "aaa\n---Output truncated---"],
    ["standard error", "a\n----------ERROR-------\nbbb\n---Error truncated----"],
  ])("is truncated when the agent cut %s", (_, Output) => {
    expect(pluginOf({ Name: "a", ResponseCode: 0, Output }).truncated).toBe(true);
  });

  it("is not truncated when both streams are there", () => {
    const Output = "a\n----------ERROR-------\nb";
    expect(pluginOf({ Name: "a", ResponseCode: 0, Output }).truncated).toBe(false);
  });

  it("says where its whole output lies when it went to CloudWatch Logs", () => {
    const CloudWatchOutputConfig = { CloudWatchOutputEnabled: true };
    const plugin = pluginOf({ Name: "aws:runShellScript" }, { CloudWatchOutputConfig });
    expect(plugin.logStreams).toEqual({
      stdout: `${COMMAND_ID}/${node}/aws-runShellScript/stdout`,
      stderr: `${COMMAND_ID}/${node}/aws-runShellScript/stderr`,
    });
  });

  it("says nothing of streams when CloudWatch output is off", () => {
    const CloudWatchOutputConfig = { CloudWatchOutputEnabled: false };
    expect(pluginOf({ Name: "a" }, { CloudWatchOutputConfig })).not.toHaveProperty("logStreams");
  });
});

describe("details with spaces, as documentation prints them", () => {
  it.each([
    ["deliveryTimedOut", "TimedOut", "Delivery Timed Out"],
    ["executionTimedOut", "Timed Out", "Execution Timed Out"],
    ["invalidPlatform", "Failed", "Invalid Platform"],
    ["accessDenied", "Failed", "Access Denied"],
  ])("of an invocation are %s with Status %s and %s", (kind, Status, StatusDetails) => {
    const invocation = anInvocation(node, { Status: Status as never, StatusDetails });
    expect(invocationOutcome(invocation).kind).toBe(kind);
  });

  it.each([
    ["deliveryTimedOut", "TimedOut", "Delivery Timed Out"],
    ["noTargets", "Success", "No Instances In Tag"],
    ["limitExceeded", "Failed", "Rate Exceeded"],
  ] as const)("of a command are %s with Status %s and %s", (kind, Status, StatusDetails) => {
    expect(commandOutcome(aCommand({ Status, StatusDetails }), []).kind).toBe(kind);
  });

  it("of a plugin show which one failed", () => {
    const plugin = { Status: "Timed Out" as never, ResponseCode: 137, Output: "…" };
    const { plugins } = invocationOutcome(anInvocation(node, { CommandPlugins: [plugin] }));
    expect(failedPlugin(plugins)?.exitCode).toBe(137);
  });
});

import { fails, hangs, succeeds, VirtualClock } from "ssm-run-command/fake";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase, Open } from "./contract.ts";
import { nodeId, SCRIPT, scriptWithin, UNKNOWN_COMMAND_ID } from "./contract-account.ts";

const START = "2026-09-27T10:00:00.478Z";
const PATTERN = "(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)";

/**
 * How long a process runs, and its elapsed time and end as they are shown [rec-2019-c7n-invocation]
 * [rec-2026-09-27-managed-execution] [fidelity-cases].
 */
const TIMES = [
  ["26ms", "PT0.026S", "2026-09-27T10:00:00.478Z"],
  ["1755ms", "PT1.755S", "2026-09-27T10:00:01.478Z"],
  ["2440ms", "PT2.44S", "2026-09-27T10:00:02.478Z"],
  ["5s", "PT5S", "2026-09-27T10:00:05.478Z"],
  ["90s", "PT1M30S", "2026-09-27T10:01:30.478Z"],
  ["3600271ms", "PT1H0.271S", "2026-09-27T11:00:00.478Z"],
] as const;

/** What is shown of one plugin. Sources: [rules-waiting-steps], [rules-output]. */
export function getCommandInvocationContract(addCase: AddCase): void {
  /** A process that ran for this long, and what is shown of it. */
  const ran = async (open: Open, after: (typeof TIMES)[number][0]) => {
    const clock = new VirtualClock({ start: START });
    const account = open({ clock, nodes: [{ behavior: succeeds({ after, stdout: "ok\n" }) }] });
    const command = await account.send(scriptWithin(7_200));
    await clock.advance("2h");
    return { account, command, shown: await account.invocation(command) };
  };

  addCase("shows times and contents of a plugin only when it has ended", async (open) => {
    const account = open({ nodes: [{ behavior: hangs({ stdout: "half\n" }) }] });
    const command = await account.send({ Comment: "deploy" });
    const { $metadata, ...shown } = await account.invocation(command);
    expect($metadata.httpStatusCode).toBe(200);
    expect(shown).toEqual({
      CommandId: command.CommandId,
      InstanceId: nodeId(1),
      Comment: "deploy",
      DocumentName: "AWS-RunShellScript",
      DocumentVersion: "$DEFAULT",
      PluginName: "aws:runShellScript",
      ResponseCode: -1,
      ExecutionEndDateTime: "",
      Status: "InProgress",
      StatusDetails: "InProgress",
      StandardOutputContent: "",
      StandardOutputUrl: "",
      StandardErrorContent: "",
      StandardErrorUrl: "",
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "", CloudWatchOutputEnabled: false },
    });
  });

  addCase("start and elapsed time are absent until then, the end is empty", async (open) => {
    const account = open({ nodes: [{ behavior: hangs() }] });
    const shown = await account.invocation(await account.send());
    expect([
      "ExecutionStartDateTime" in shown,
      "ExecutionElapsedTime" in shown,
      "ExecutionEndDateTime" in shown,
    ]).toEqual([false, false, true]);
  });

  addCase("start and elapsed time are absent of what timed out in delivery", async (open) => {
    const account = open({ nodes: [{ agent: "unreachable" }] });
    const command = await account.send();
    await account.fake.clock.advance("2h");
    const shown = await account.invocation(command);
    expect(["ExecutionStartDateTime" in shown, shown.ExecutionEndDateTime]).toEqual([false, ""]);
  });

  for (const [after, elapsed, end] of TIMES) {
    addCase(
      `a run of ${after} took ${elapsed} and ended whole seconds after it began`,
      async (open) => {
        const { shown } = await ran(open, after);
        expect([
          shown.ExecutionStartDateTime,
          shown.ExecutionElapsedTime,
          shown.ExecutionEndDateTime,
        ]).toEqual([START, elapsed, end]);
      },
    );
  }

  addCase("a newline at the end of the output is kept", async (open) => {
    expect((await ran(open, "26ms")).shown.StandardOutputContent).toBe("ok\n");
  });

  addCase("output is cut to 24,000 characters, its end marked", async (open) => {
    const stdout = "x".repeat(24_000);
    const account = open({ nodes: [{ behavior: succeeds({ stdout }) }] });
    const shown = await account.invocation(await account.send());
    expect(shown.StandardOutputContent).toBe(`${"x".repeat(23_980)}--output truncated--`);
  });

  addCase("standard error is cut to 24,000 characters, too", async (open) => {
    const stderr = "x".repeat(24_000);
    const account = open({ nodes: [{ behavior: fails({ stderr }) }] });
    const shown = await account.invocation(await account.send());
    expect(shown.StandardErrorContent).toBe(`${"x".repeat(23_980)}--output truncated--`);
  });

  addCase("the plugin may be named", async (open) => {
    const { account, command } = await ran(open, "26ms");
    const { CommandId } = command;
    const PluginName = "aws:runShellScript";
    const shown = await account.api.getCommandInvocation({
      CommandId,
      InstanceId: nodeId(1),
      PluginName,
    });
    expect([shown.PluginName, shown.Status]).toEqual([PluginName, "Success"]);
  });

  addCase("refuses a plugin that the command does not have", async (open) => {
    const account = open({ nodes: [{}] });
    const { CommandId } = await account.send();
    const input = { CommandId, InstanceId: nodeId(1), PluginName: "aws:runDocker" };
    expect(await refusalOf(account.api.getCommandInvocation(input))).toEqual({
      name: "InvalidPluginName",
      message: `Plugin aws:runDocker not found for invocation with command id ${CommandId} and instance id ${nodeId(1)}`,
    });
  });

  addCase("refuses a command that nobody sent", async (open) => {
    const input = { CommandId: UNKNOWN_COMMAND_ID, InstanceId: nodeId(1) };
    expect(await refusalOf(open().api.getCommandInvocation(input))).toEqual({
      name: "InvocationDoesNotExist",
      message: `Invocation not found for ${UNKNOWN_COMMAND_ID}, ${nodeId(1)}`,
    });
  });

  addCase("refuses a node that the command does not go to", async (open) => {
    const account = open({ nodes: [{}, {}] });
    const command = await account.send({ ...SCRIPT, InstanceIds: [nodeId(1)] });
    expect((await refusalOf(account.invocation(command, nodeId(2)))).name).toBe(
      "InvocationDoesNotExist",
    );
  });

  addCase("refuses an invocation whose record does not exist yet", async (open) => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "100ms" } });
    const command = await account.send();
    await account.fake.clock.advance("99ms");
    expect((await refusalOf(account.invocation(command))).name).toBe("InvocationDoesNotExist");
  });

  addCase("shows it as soon as its record exists", async (open) => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "100ms" } });
    const command = await account.send();
    await account.fake.clock.advance("100ms");
    expect((await account.invocation(command)).Status).toBe("Success");
  });

  addCase("refuses an id of a node that is none, in AWS's words", async (open) => {
    const input = { CommandId: UNKNOWN_COMMAND_ID, InstanceId: "i-083e1601960282cd" };
    expect(await refusalOf(open().api.getCommandInvocation(input))).toEqual({
      name: "ValidationException",
      message: `1 validation error detected: Value 'i-083e1601960282cd' at 'instanceId' failed to satisfy constraint: Member must satisfy regular expression pattern: ${PATTERN}`,
    });
  });
}

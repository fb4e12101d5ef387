import type { CommandFilter } from "@aws-sdk/client-ssm";
import { tagTargets } from "ssm-run-command";
import { fails, hangs, succeeds, VirtualClock } from "ssm-run-command/fake";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase, Open } from "./contract.ts";
import { nodeId, scriptWithin, UNKNOWN_COMMAND_ID } from "./contract-account.ts";

const START = "2026-09-27T10:00:00.000Z";

/** One command on nine nodes that end differently, or not at all. */
async function aMixedFleet(open: Open) {
  const tags = { Role: "web" };
  const account = open({
    clock: new VirtualClock({ start: START }),
    nodes: [
      { tags },
      { tags, behavior: fails() },
      { tags, behavior: hangs() },
      { tags, agent: "unreachable" },
      { tags, agent: "undeliverable" },
      { tags, platform: "Windows" },
      { tags, access: "denied" },
      { tags },
      { tags },
    ],
  });
  const command = await account.send({
    ...scriptWithin(60),
    Targets: tagTargets(tags),
    MaxConcurrency: "4",
    MaxErrors: "1",
  });
  return { account, command };
}

/** When the list is read, a Status filter, and the numbers of the nodes that pass, the largest first. */
const FILTERS = [
  ["10s", "Success", [9, 8, 1]],
  ["10s", "Failed", [7, 6, 5, 2]],
  ["10s", "Undeliverable", [5]],
  ["10s", "InvalidPlatform", [6]],
  ["10s", "AccessDenied", [7]],
  ["10s", "InProgress", [3]],
  ["10s", "Pending", [4]],
  ["10s", "Delayed", [4]],
  ["60s", "TimedOut", [3]],
  ["60s", "ExecutionTimedOut", [3]],
  ["2h", "DeliveryTimedOut", [4]],
  ["10s", "Cancelled", []],
  ["10s", "Terminated", []],
] as const;

/** The list of invocations. Sources: [rec-2026-10-01-alarms], [rec-2026-09-27-control-edges], [api-command-filter]. */
export function listCommandInvocationsContract(addCase: AddCase): void {
  addCase("the invocations of one command come largest id first", async (open) => {
    const account = open({ nodes: [{}, {}, {}] });
    const invocations = await account.invocations(await account.send());
    expect(invocations.map(({ InstanceId }) => InstanceId)).toEqual([
      nodeId(3),
      nodeId(2),
      nodeId(1),
    ]);
  });

  addCase("the invocations of the newest command come first", async (open) => {
    const account = open({ nodes: [{}] });
    const [first, second] = [await account.send(), await account.send()];
    const { CommandInvocations } = await account.api.listCommandInvocations({});
    expect(CommandInvocations?.map(({ CommandId }) => CommandId)).toEqual([
      second.CommandId,
      first.CommandId,
    ]);
  });

  addCase("an invocation is shown without its plugins", async (open) => {
    const account = open({ nodes: [{ name: "web-1" }], clock: new VirtualClock({ start: START }) });
    const command = await account.send({ Comment: "deploy" });
    expect(await account.invocations(command)).toEqual([
      {
        CommandId: command.CommandId,
        InstanceId: nodeId(1),
        InstanceName: "web-1",
        Comment: "deploy",
        DocumentName: "AWS-RunShellScript",
        DocumentVersion: "$DEFAULT",
        RequestedDateTime: new Date(START),
        Status: "Success",
        StatusDetails: "Success",
        StandardOutputUrl: "",
        StandardErrorUrl: "",
        CommandPlugins: [],
        ServiceRole: "",
        NotificationConfig: { NotificationArn: "", NotificationEvents: [], NotificationType: "" },
        CloudWatchOutputConfig: { CloudWatchLogGroupName: "", CloudWatchOutputEnabled: false },
      },
    ]);
  });

  addCase("with details it shows its plugins, with exact times and both outputs", async (open) => {
    const behavior = fails({ after: "1755ms", exitCode: 7, stdout: "out\n", stderr: "err\n" });
    const account = open({ nodes: [{ behavior }], clock: new VirtualClock({ start: START }) });
    const command = await account.send();
    await account.fake.clock.advance("2s");
    const [invocation] = await account.invocations(command, { Details: true });
    expect(invocation?.CommandPlugins).toEqual([
      {
        Name: "aws:runShellScript",
        Status: "Failed",
        StatusDetails: "Failed",
        ResponseCode: 7,
        ResponseStartDateTime: new Date(START),
        ResponseFinishDateTime: new Date("2026-09-27T10:00:01.755Z"),
        Output: "out\n\n----------ERROR-------\nerr\nfailed to run commands: exit status 7",
        StandardOutputUrl: "",
        StandardErrorUrl: "",
        OutputS3Region: "us-east-1",
        OutputS3BucketName: "",
        OutputS3KeyPrefix: "",
      },
    ]);
  });

  addCase("a plugin that has not reported has no times and no region", async (open) => {
    const account = open({ nodes: [{ agent: "undeliverable" }] });
    const [invocation] = await account.invocations(await account.send(), { Details: true });
    expect(invocation?.CommandPlugins).toEqual([
      {
        Name: "aws:runShellScript",
        Status: "Failed",
        StatusDetails: "Undeliverable",
        ResponseCode: -1,
        Output: "",
        StandardOutputUrl: "",
        StandardErrorUrl: "",
        OutputS3Region: "",
        OutputS3BucketName: "",
        OutputS3KeyPrefix: "",
      },
    ]);
  });

  addCase("the output of a plugin is cut to 2,500 characters, its end marked", async (open) => {
    const account = open({ nodes: [{ behavior: succeeds({ stdout: "x".repeat(2_500) }) }] });
    const [invocation] = await account.invocations(await account.send(), { Details: true });
    expect(invocation?.CommandPlugins?.[0]?.Output).toBe(
      `${"x".repeat(2_477)}\n---Output truncated---`,
    );
  });

  for (const [when, value, numbers] of FILTERS) {
    addCase(
      `after ${when} the filter Status ${value} lets ${numbers.length} pass`,
      async (open) => {
        const { account, command } = await aMixedFleet(open);
        await account.fake.clock.advance(when);
        const Filters = [{ key: "Status" as const, value }];
        const passed = await account.invocations(command, { Filters });
        expect(passed.map(({ InstanceId }) => Number(InstanceId?.slice(2)))).toEqual(numbers);
      },
    );
  }

  addCase("times of filters are compared with when the record was made", async (open) => {
    const account = open({
      nodes: [{}],
      clock: new VirtualClock({ start: START }),
      latency: { visibilityDelay: "1s" },
    });
    const command = await account.send();
    await account.fake.clock.advance("1s");
    const Filters = [{ key: "InvokedAfter" as const, value: "2026-09-27T10:00:01Z" }];
    expect(await account.invocations(command, { Filters })).toHaveLength(1);
  });

  addCase("a node's id finds its invocations", async (open) => {
    const account = open({ nodes: [{}, {}] });
    const [first, second] = [await account.send(), await account.send()];
    const InstanceId = nodeId(2);
    const { CommandInvocations } = await account.api.listCommandInvocations({ InstanceId });
    expect(CommandInvocations?.map((each) => [each.CommandId, each.InstanceId])).toEqual([
      [second.CommandId, InstanceId],
      [first.CommandId, InstanceId],
    ]);
  });

  addCase("pages of one lead through all, and the last has no token", async (open) => {
    const account = open({ nodes: [{}, {}] });
    await account.send();
    await account.send();
    const ids = [];
    let NextToken: string | undefined;
    do {
      const page = await account.api.listCommandInvocations({
        MaxResults: 1,
        ...(NextToken === undefined ? {} : { NextToken }),
      });
      ids.push(page.CommandInvocations?.map(({ InstanceId }) => InstanceId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids).toEqual([[nodeId(2)], [nodeId(1)], [nodeId(2)], [nodeId(1)]]);
  });

  addCase("a command whose records do not exist yet is an empty list", async (open) => {
    const account = open({ nodes: [{}], latency: { visibilityDelay: "1s" } });
    expect(await account.invocations(await account.send())).toEqual([]);
  });

  addCase("a command that nobody sent is an empty list", async (open) => {
    const account = open({ nodes: [{}] });
    await account.send();
    expect(await account.invocations({ CommandId: UNKNOWN_COMMAND_ID })).toEqual([]);
  });

  addCase("refuses a token that is not its own", async (open) => {
    const list = open().api.listCommandInvocations({ NextToken: "AAMAAQ" });
    expect((await refusalOf(list)).name).toBe("InvalidNextToken");
  });

  addCase("refuses a token of the other list", async (open) => {
    const account = open({ nodes: [{}] });
    await account.send();
    await account.send();
    const { NextToken = "" } = await account.api.listCommands({ MaxResults: 1 });
    const list = account.api.listCommandInvocations({ NextToken });
    expect((await refusalOf(list)).name).toBe("InvalidNextToken");
  });

  for (const [key, value] of [
    ["Colour", "red"],
    ["Status", "NoInstancesInTag"],
    ["ExecutionStage", "Complete"],
    ["InvokedBefore", "tomorrow"],
  ] as const) {
    addCase(`refuses the filter ${key} ${value}`, async (open) => {
      const Filters = [{ key, value } as CommandFilter];
      const list = open().api.listCommandInvocations({ Filters });
      expect((await refusalOf(list)).name).toBe("InvalidFilterKey");
    });
  }
}

import type { CommandFilter } from "@aws-sdk/client-ssm";
import { tagTargets } from "ssm-run-command";
import { fails, hangs, VirtualClock } from "ssm-run-command/fake";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase, Open } from "./contract.ts";
import { nodeId, scriptWithin, UNKNOWN_COMMAND_ID } from "./contract-account.ts";

/** Five commands, a minute apart, on nodes that behave differently; named after their comments. */
async function anHistory(open: Open) {
  const clock = new VirtualClock({ start: "2026-09-27T10:00:00.000Z" });
  const account = open({
    clock,
    nodes: [
      { tags: { Role: "web" } },
      { behavior: fails() },
      { agent: "unreachable" },
      { behavior: hangs() },
      { platform: "Windows" },
    ],
  });
  const shortLived = { ...scriptWithin(5), TimeoutSeconds: 30 };
  await account.send({ Comment: "good", InstanceIds: [nodeId(1)] });
  await clock.advance("1m");
  await account.send({ Comment: "bad", InstanceIds: [nodeId(2)] });
  await clock.advance("1m");
  await account.send({ ...shortLived, Comment: "lost", InstanceIds: [nodeId(3)] });
  await clock.advance("1m");
  await account.send({ Comment: "open", InstanceIds: [nodeId(1), nodeId(4)] });
  await clock.advance("1m");
  await account.send({ Comment: "nobody", Targets: tagTargets({ Role: "cache" }) });
  await clock.advance("1m");
  return account;
}

/** A filter, and the comments of the commands that pass. */
const FILTERS: readonly (readonly [CommandFilter["key"] & string, string, readonly string[]])[] = [
  ["InvokedAfter", "2026-09-27T10:02:00Z", ["nobody", "open", "lost"]],
  ["InvokedBefore", "2026-09-27T10:02:00Z", ["bad", "good"]],
  ["Status", "Success", ["nobody", "good"]],
  ["Status", "Failed", ["bad"]],
  ["Status", "TimedOut", ["lost"]],
  ["Status", "DeliveryTimedOut", ["lost"]],
  ["Status", "InProgress", ["open"]],
  ["Status", "NoInstancesInTag", ["nobody"]],
  ["Status", "Cancelled", []],
  ["ExecutionStage", "Executing", ["open"]],
  ["ExecutionStage", "Complete", ["nobody", "lost", "bad", "good"]],
  ["DocumentName", "AWS-RunShellScript", ["nobody", "open", "lost", "bad", "good"]],
  ["DocumentName", "AWS-RunPowerShellScript", []],
];

/** The list of commands. Sources: [rec-2026-09-27-control-edges], [api-command-filter]. */
export function listCommandsContract(addCase: AddCase): void {
  addCase("the newest command comes first", async (open) => {
    const { api } = await anHistory(open);
    const { Commands } = await api.listCommands({});
    expect(Commands?.map(({ Comment }) => Comment)).toEqual([
      "nobody",
      "open",
      "lost",
      "bad",
      "good",
    ]);
  });

  for (const [key, value, comments] of FILTERS) {
    addCase(`the filter ${key} ${value} lets ${comments.length} of 5 pass`, async (open) => {
      const { api } = await anHistory(open);
      const { Commands } = await api.listCommands({ Filters: [{ key, value }] });
      expect(Commands?.map(({ Comment }) => Comment)).toEqual(comments);
    });
  }

  addCase("all filters must hold", async (open) => {
    const { api } = await anHistory(open);
    const { Commands } = await api.listCommands({
      Filters: [
        { key: "Status", value: "Success" },
        { key: "InvokedBefore", value: "2026-09-27T10:02:00Z" },
      ],
    });
    expect(Commands?.map(({ Comment }) => Comment)).toEqual(["good"]);
  });

  addCase("a node's id finds the commands that go to it", async (open) => {
    const { api } = await anHistory(open);
    const { Commands } = await api.listCommands({ InstanceId: nodeId(1) });
    expect(Commands?.map(({ Comment }) => Comment)).toEqual(["open", "good"]);
  });

  addCase("pages of one lead through all, and the last has no token", async (open) => {
    const { api } = await anHistory(open);
    const comments = [];
    let NextToken: string | undefined;
    do {
      const page = await api.listCommands({
        MaxResults: 1,
        ...(NextToken === undefined ? {} : { NextToken }),
      });
      comments.push(page.Commands?.map(({ Comment }) => Comment));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(comments).toEqual([["nobody"], ["open"], ["lost"], ["bad"], ["good"]]);
  });

  addCase("a command that is sent between two pages is on neither", async (open) => {
    const account = await anHistory(open);
    const { NextToken } = await account.api.listCommands({ MaxResults: 2 });
    await account.send({ Comment: "late", InstanceIds: [nodeId(1)] });
    const { Commands } = await account.api.listCommands({
      MaxResults: 2,
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    expect(Commands?.map(({ Comment }) => Comment)).toEqual(["lost", "bad"]);
  });

  addCase("a page holds 50 unless told otherwise", async (open) => {
    const account = open({ nodes: [{}] });
    for (let sent = 0; sent < 51; sent++) await account.send();
    expect((await account.api.listCommands({})).Commands).toHaveLength(50);
  });

  addCase("a command that nobody sent is an empty list", async (open) => {
    const { api } = await anHistory(open);
    const { Commands, NextToken } = await api.listCommands({ CommandId: UNKNOWN_COMMAND_ID });
    expect([Commands, NextToken]).toEqual([[], undefined]);
  });

  addCase("refuses a token that is not its own", async (open) => {
    const { api } = await anHistory(open);
    const list = api.listCommands({ NextToken: "AAMAAQ" });
    expect((await refusalOf(list)).name).toBe("InvalidNextToken");
  });

  addCase("refuses a token of another question", async (open) => {
    const { api } = await anHistory(open);
    const { NextToken = "" } = await api.listCommands({ MaxResults: 1 });
    const list = api.listCommands({ NextToken, InstanceId: nodeId(1) });
    expect((await refusalOf(list)).name).toBe("InvalidNextToken");
  });

  addCase("refuses a token of the other list", async (open) => {
    const { api } = await anHistory(open);
    const { NextToken = "" } = await api.listCommandInvocations({ MaxResults: 1 });
    expect((await refusalOf(api.listCommands({ NextToken }))).name).toBe("InvalidNextToken");
  });

  for (const [key, value] of [
    ["Colour", "red"],
    ["Status", "Undeliverable"],
    ["ExecutionStage", "Halfway"],
    ["InvokedAfter", "yesterday"],
  ] as const) {
    addCase(`refuses the filter ${key} ${value}`, async (open) => {
      const Filters = [{ key, value } as CommandFilter];
      expect((await refusalOf(open().api.listCommands({ Filters }))).name).toBe("InvalidFilterKey");
    });
  }

  for (const [MaxResults, bound] of [
    [0, "greater than or equal to 1"],
    [51, "less than or equal to 50"],
  ] as const) {
    addCase(`refuses MaxResults ${MaxResults} without repeating it`, async (open) => {
      expect(await refusalOf(open().api.listCommands({ MaxResults }))).toEqual({
        name: "ValidationException",
        message: `1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
      });
    });
  }
}

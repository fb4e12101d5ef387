import type { Command } from "@aws-sdk/client-ssm";
import { explain, orThrow } from "ssm-run-command";
import { fails, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { merged } from "../../../src/client/fleets/merged-command.ts";
import { aFleet } from "./a-fleet.ts";

const FAILING: NodeOptions = { behavior: fails({ exitCode: 7, stderr: "disk full\n" }) };
const GONE: NodeOptions = { agent: "undeliverable" };
const SILENT: NodeOptions = { agent: "unreachable" };
const FINE: NodeOptions = { behavior: succeeds() };

const REQUEST = { DocumentName: "AWS-RunShellScript", InstanceIds: [], MaxErrors: "10%" };

/** Parts as they end: details, errors, delivery time-outs, MaxErrors. */
type Part = readonly [string, number?, number?, string?];

const statusOf = (details: string): Command["Status"] => {
  const status = {
    Incomplete: "Success",
    DeliveryTimedOut: "TimedOut",
    FailedDueToAlarm: "Failed",
  }[details];
  return (status ?? details) as Command["Status"];
};

const command = ([details, errors = 0, lost = 0, most = "0"]: Part, index: number): Command => ({
  CommandId: `c-${index}`,
  Status: statusOf(details),
  StatusDetails: details,
  ErrorCount: errors,
  DeliveryTimedOutCount: lost,
  TargetCount: 50,
  MaxErrors: most,
});

describe("the command that parts are shown as", () => {
  it.each<[string, readonly Part[]]>([
    ["Pending", [["Pending"], ["Pending"]]],
    ["InProgress", [["Pending"], ["InProgress"]]],
    ["InProgress", [["Success"], ["Pending"]]],
    ["InProgress", [["Failed", 3], ["InProgress"]]],
    ["Cancelling", [["Success"], ["Cancelling"], ["InProgress"]]],
    ["Success", [["Success"], ["Success"]]],
    ["Incomplete", [["Success"], ["Incomplete", 1, 0, "1"]]],
    ["Failed", [["Success"], ["Failed", 1]]],
    ["Failed", [["Cancelled"], ["Failed", 1]]],
    [
      "Failed",
      [
        ["DeliveryTimedOut", 0, 2],
        ["Failed", 1],
      ],
    ],
    ["DeliveryTimedOut", [["Success"], ["DeliveryTimedOut", 0, 2]]],
    ["Cancelled", [["Success"], ["Cancelled"]]],
    ["FailedDueToAlarm", [["Success"], ["FailedDueToAlarm"]]],
    ["LimitExceeded", [["Success"], ["LimitExceeded"]]],
    ["Brewing", [["Success"], ["Brewing"]]],
    ["InProgress", [["InProgress"], ["Brewing"]]],
  ])("is %s: %j", (details, parts) => {
    expect(merged(parts.map(command), REQUEST).StatusDetails).toBe(details);
  });

  it.each<[string, readonly Part[]]>([
    ["Incomplete", [["Success"], ["Failed", 50, 0, "50"]]],
    ["Incomplete", [["Success"], ["DeliveryTimedOut", 0, 3, "50"]]],
    ["Success", [["Success"], ["Failed", 0, 0, "0"]]],
    [
      "Failed",
      [
        ["Failed", 50, 0, "50"],
        ["Failed", 50, 0, "50"],
      ],
    ],
  ])("is %s where a part failed only because nothing succeeded in it: %j", (details, parts) => {
    expect(merged(parts.map(command), REQUEST).StatusDetails).toBe(details);
  });

  it("adds up counts and limits that the request leaves out, and joins ids", () => {
    const parts = [
      {
        CommandId: "a",
        InstanceIds: ["i-1"],
        TargetCount: 1,
        CompletedCount: 1,
        MaxErrors: "2",
        MaxConcurrency: "3",
      },
      {
        CommandId: "b",
        InstanceIds: ["i-2"],
        TargetCount: 4,
        CompletedCount: 2,
        MaxErrors: "3",
        MaxConcurrency: "4",
      },
      {
        CommandId: "c",
        InstanceIds: ["i-3"],
        TargetCount: 9,
        CompletedCount: 3,
        MaxErrors: "4",
        MaxConcurrency: "5",
      },
    ];
    expect(merged(parts, REQUEST)).toEqual({
      CommandId: "a, b, c",
      InstanceIds: ["i-1", "i-2", "i-3"],
      TargetCount: 14,
      CompletedCount: 6,
      MaxErrors: "10%",
      MaxConcurrency: "12",
      Status: undefined,
      StatusDetails: undefined,
    });
  });

  it("is the command itself where there is one", () => {
    const one = command(["Incomplete"], 0);
    expect(merged([one], REQUEST)).toBe(one);
  });
});

describe("the outcome of what was sent in parts is that of one command", () => {
  it.each<[string, (index: number) => NodeOptions, string]>([
    ["every node succeeds", () => FINE, "0"],
    ["one fails", (index) => (index === 7 ? FAILING : FINE), "0"],
    ["a few fail, within MaxErrors", (index) => (index % 25 === 0 ? FAILING : FINE), "50%"],
    ["the whole last part fails", (index) => (index >= 100 ? FAILING : FINE), "100%"],
    ["the whole last part is not heard of", (index) => (index >= 100 ? GONE : FINE), "0"],
    ["the whole last part never answers", (index) => (index >= 100 ? SILENT : FINE), "100%"],
    ["nothing succeeds", () => FAILING, "100%"],
    ["no node is heard of", () => GONE, "0"],
    ["no node answers", () => SILENT, "0"],
  ])("%s", async (_what, node, MaxErrors) => {
    const limits = { MaxConcurrency: "100%", MaxErrors };
    const { fake, runCommand, request } = aFleet(110, {
      node: (index) => ({ ...node(index), tags: { Role: "web" } }),
    });
    const parts = await (await runCommand.sendAll({ ...request, ...limits })).waitForTerminal();
    const { InstanceIds, ...script } = request;
    const Targets = [{ Key: "tag:Role", Values: ["web"] }];
    const one = await (await runCommand.send({ ...script, ...limits, Targets })).waitForTerminal();

    expect([parts.kind, parts.command.Status, parts.command.StatusDetails]).toEqual([
      one.kind,
      one.command.Status,
      one.command.StatusDetails,
    ]);
    const counts = ({ command }: typeof one) => [
      command.TargetCount,
      command.CompletedCount,
      command.ErrorCount,
      command.DeliveryTimedOutCount,
    ];
    expect(counts(parts)).toEqual(counts(one));
    const kinds = ({ invocations }: typeof one) =>
      invocations.map(({ instanceId, kind }) => [instanceId, kind]).sort();
    expect(kinds(parts)).toEqual(kinds(one));
    expect(fake.records().length).toBe(4);
  });

  it("is explained as one", async () => {
    const { runCommand, request } = aFleet(120, {
      node: (index) => (index % 60 === 0 ? FAILING : FINE),
    });
    const fleet = await runCommand.sendAll({ ...request, MaxConcurrency: "100%" });
    const outcome = await fleet.waitForTerminal();
    expect(explain(outcome).causes[0]).toMatchObject({
      nodes: ["i-00000000000000000", "i-00000000000000060"],
      rule: "more errors than MaxErrors allow",
      output: "disk full",
    });
    expect(() => orThrow(outcome)).toThrow(
      `Command ${fleet.parts[0]?.commandId} and 2 more ended as Failed: 2 of 120 nodes did not succeed.`,
    );
  });
});

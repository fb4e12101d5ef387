import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import type { CommandProgress } from "../../../src/client/waiting/progress.ts";
import { waitForTerminal } from "../../../src/client/waiting/wait-for-terminal.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { aCommand, anInvocation, COMMAND_ID, scriptedApi } from "../../support/scripted-api.ts";

interface Poll {
  readonly command?: Partial<Command>;
  readonly invocations: readonly CommandInvocation[];
}

/** What `onProgress` receives, poll by poll; the last poll finds the command over. */
async function progressOver(polls: readonly Poll[]): Promise<CommandProgress[]> {
  const told: CommandProgress[] = [];
  let poll = -1;
  const api = scriptedApi({
    listCommands: () => {
      poll++;
      const Status = poll === polls.length - 1 ? "Success" : "InProgress";
      return { Commands: [aCommand({ Status, TargetCount: 2, ...polls[poll]?.command })] };
    },
    listCommandInvocations: () => ({ CommandInvocations: [...(polls[poll]?.invocations ?? [])] }),
  });
  const waiter = { api, clock: new ManualClock(), random: () => 0.5 };
  await waitForTerminal(waiter, COMMAND_ID, { onProgress: (progress) => told.push(progress) });
  return told;
}

const running = (id: string) => anInvocation(id, { Status: "InProgress" });
const ended = [anInvocation("i-a"), anInvocation("i-b", { Status: "Failed" })];
const over: Poll = { invocations: ended };

it("is reported once per poll, the last one included", async () => {
  const told = await progressOver([{ invocations: [running("i-a"), running("i-b")] }, over]);
  expect(told.map(({ command }) => command.Status)).toEqual(["InProgress", "Success"]);
});

it("counts what ended by kind and what is open by phase", async () => {
  const invocations = [
    anInvocation("i-a"),
    anInvocation("i-b", { Status: "Failed" }),
    anInvocation("i-c", { Status: "Pending" }),
    running("i-d"),
    anInvocation("i-e", { Status: "Pending", StatusDetails: "Delayed" }),
    anInvocation("i-f", { Status: "Delayed" }),
    anInvocation("i-g", { Status: "Cancelling" }),
    anInvocation("i-h", { Status: "Dozing" as never }),
  ];
  const [first] = await progressOver([{ invocations, command: { TargetCount: 8 } }, over]);
  expect(first?.counts).toEqual({
    pending: 1,
    inProgress: 1,
    delayed: 2,
    cancelling: 1,
    succeeded: 1,
    failed: 1,
    executionTimedOut: 0,
    deliveryTimedOut: 0,
    undeliverable: 0,
    cancelled: 0,
    terminated: 0,
    invalidPlatform: 0,
    accessDenied: 0,
    unrecognized: 1,
  });
});

it("counts nodes that are not listed yet as pending, so that the counts add up to the total", async () => {
  const [first] = await progressOver([
    { invocations: [running("i-a")], command: { TargetCount: 5 } },
    over,
  ]);
  expect(first).toMatchObject({ total: 5, counts: { pending: 4, inProgress: 1 } });
});

it("has a total that is never below the invocations listed", async () => {
  const [first] = await progressOver([
    { invocations: [running("i-a")], command: { TargetCount: 0 } },
    over,
  ]);
  expect(first).toMatchObject({ total: 1, counts: { pending: 0 } });
});

it("names each invocation that has just ended, once", async () => {
  const told = await progressOver([
    { invocations: [running("i-a"), running("i-b")] },
    { invocations: [anInvocation("i-a"), running("i-b")] },
    { invocations: [anInvocation("i-a"), running("i-b")] },
    over,
  ]);
  const ids = told.map(({ justEnded }) => justEnded.map(({ instanceId }) => instanceId));
  expect(ids).toEqual([[], ["i-a"], [], ["i-b"]]);
});

it("rejects with what the caller's own function throws", async () => {
  const api = scriptedApi({
    listCommands: () => ({ Commands: [aCommand()] }),
    listCommandInvocations: () => ({ CommandInvocations: [] }),
  });
  const waiter = { api, clock: new ManualClock(), random: () => 0.5 };
  const onProgress = () => {
    throw new Error("no terminal to draw on");
  };
  await expect(waitForTerminal(waiter, COMMAND_ID, { onProgress })).rejects.toThrow(
    "no terminal to draw on",
  );
});

it("has as numbers how many ended, and how many of them did not succeed", async () => {
  const [first, last] = await progressOver([
    { invocations: [running("i-a"), anInvocation("i-b", { Status: "TimedOut" })] },
    over,
  ]);
  expect([first?.ended, first?.failed]).toEqual([1, 1]);
  expect([last?.ended, last?.failed]).toEqual([2, 1]);
});

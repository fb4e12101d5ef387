import type { CommandInvocation, CommandStatus } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { CommandNotFoundError, StillRunningError } from "../../../src/client/errors/errors.ts";
import { RunCommandClient } from "../../../src/client/run-command-client.ts";
import { waitForTerminal } from "../../../src/client/waiting/wait-for-terminal.ts";
import type { Duration } from "../../../src/time/duration.ts";
import { toMs } from "../../../src/time/duration.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import {
  aCommand,
  anInvocation,
  COMMAND_ID,
  countOf,
  scriptedApi,
  sdkError,
} from "../../support/scripted-api.ts";
import { aWait, type Script } from "./a-wait.ts";

const node = "i-0123456789abcdef0";
const nodes = (count: number, members: Partial<CommandInvocation> = {}) =>
  Array.from({ length: count }, (_, i) => anInvocation(`i-${String(i).padStart(8, "0")}`, members));

/** A status that this version does not know, and that the service does not call complete. */
const dozing: Script = {
  command: { Status: "Dozing" as CommandStatus },
  isComplete: false,
};

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe("the end of a command", () => {
  it("resolves with the outcome and its invocations", async () => {
    const { wait } = aWait({ endsAfter: "90s" });
    expect(await wait()).toMatchObject({
      kind: "succeeded",
      invocations: [{ kind: "succeeded", instanceId: node }],
    });
  });

  it("resolves for a failure, too", async () => {
    const { wait } = aWait({ endsAfter: "5s", end: { Status: "Failed", StatusDetails: "Failed" } });
    expect((await wait()).kind).toBe("failed");
  });

  it("is not seen in Cancelling", async () => {
    const { wait } = aWait({ command: { Status: "Cancelling" } });
    expect(await thrownBy(wait({ timeout: "1m" }))).toMatchObject({ lastStatus: "Cancelling" });
  });

  it("is noticed by a first look, without a wait", async () => {
    const { wait, clock } = aWait({ endsAfter: "0s" });
    await wait();
    expect(clock.sleeps).toEqual([]);
  });

  it("is what the service calls complete, when the status is new", async () => {
    const Status = "Archived" as CommandStatus;
    const { wait, api } = aWait({ endsAfter: "3s", end: { Status, StatusDetails: Status } });
    expect((await wait()).kind).toBe("unrecognized");
    expect(api.calls.at(-2)?.input).toEqual({
      CommandId: COMMAND_ID,
      Filters: [{ key: "ExecutionStage", value: "Complete" }],
    });
  });

  it("is looked up once per new status that is not an end", async () => {
    const { wait, api } = aWait(dozing);
    await thrownBy(wait({ timeout: "10m" }));
    const looks = api.calls.filter(({ input }) => Object.hasOwn(input as object, "Filters"));
    expect(looks).toHaveLength(1);
  });

  it("is the end of the command's own time and 60 s, when the status is new and never complete", async () => {
    const { wait, clock } = aWait(dozing);
    expect(await wait()).toMatchObject({
      kind: "unrecognized",
      invocations: [{ instanceId: node }],
    });
    expect(clock.elapsed()).toBe(7_260_000);
  });

  it("is not made up when the caller's timeout is shorter and the status is new", async () => {
    const { wait } = aWait(dozing);
    expect(await thrownBy(wait({ timeout: "10m" }))).toBeInstanceOf(StillRunningError);
  });
});

describe("what a wait costs", () => {
  it("at most 760 calls for two hours, with real random numbers", async () => {
    const { api, clock } = aWait({ endsAfter: "2h" });
    await new RunCommandClient(api, { clock }).waitForTerminal(COMMAND_ID);
    expect(api.calls.length).toBeLessThanOrEqual(760);
    expect(clock.elapsed()).toBeGreaterThanOrEqual(7_200_000);
  });

  it("the invocations are asked for with their plugins, 50 a page", async () => {
    const { wait, api } = aWait({ endsAfter: "0s" });
    await wait();
    expect(api.calls[1]?.input).toEqual({ CommandId: COMMAND_ID, Details: true, MaxResults: 50 });
  });

  it("the polls come at once, then after growing waits", async () => {
    const { wait, clock } = aWait({ endsAfter: "8s" });
    await wait();
    expect(clock.sleeps).toEqual([1000, 1500, 2250, 3375]);
  });
});

describe("the invocations of a command that is over", () => {
  const open = { Status: "InProgress", StatusDetails: "InProgress" } as const;

  it("are without those that succeeded for `unsuccessful`", async () => {
    const bad = anInvocation("i-bad00000", { Status: "Failed" });
    const { wait } = aWait({ endsAfter: "1s", invocations: () => [anInvocation(node), bad] });
    const { invocations } = await wait({ invocations: "unsuccessful" });
    expect(invocations.map(({ instanceId }) => instanceId)).toEqual(["i-bad00000"]);
  });

  it("are read again while one is missing", async () => {
    const { wait } = aWait({
      endsAfter: "0s",
      end: { TargetCount: 3 },
      invocations: (reading) => nodes(reading),
    });
    expect((await wait()).invocations).toHaveLength(3);
  });

  it("are read again while one is open", async () => {
    const { wait } = aWait({
      endsAfter: "0s",
      invocations: (reading) => [anInvocation(node, reading === 1 ? open : {})],
    });
    expect((await wait()).invocations).toMatchObject([{ kind: "succeeded" }]);
  });

  it("are read again three times at most, and what stayed open is unrecognized", async () => {
    const { wait, api } = aWait({
      endsAfter: "0s",
      invocations: () => [anInvocation(node, open)],
    });
    expect((await wait()).invocations).toMatchObject([{ kind: "unrecognized" }]);
    expect(countOf(api.calls, "listCommandInvocations")).toBe(4);
  });

  it("are not lost when a later reading leaves one out", async () => {
    const [a, b, c] = nodes(3);
    const { wait } = aWait({
      endsAfter: "0s",
      end: { TargetCount: 3 },
      invocations: (reading) => (reading === 1 ? [a!, b!] : [c!]),
    });
    expect((await wait()).invocations).toHaveLength(3);
  });

  it("stay ended when a later reading is older", async () => {
    const [a, b] = nodes(2);
    const { wait } = aWait({
      endsAfter: "0s",
      end: { TargetCount: 2 },
      invocations: (reading) => (reading === 1 ? [a!] : [{ ...a!, ...open }, b!]),
    });
    expect((await wait()).invocations).toMatchObject([
      { kind: "succeeded" },
      { kind: "succeeded" },
    ]);
  });

  it("are counted once when pages overlap", async () => {
    const { wait } = aWait({
      endsAfter: "0s",
      invocations: () => [anInvocation(node), anInvocation(node)],
    });
    expect((await wait()).invocations).toHaveLength(1);
  });
});

describe("a command that is not visible yet", () => {
  it("is pending", async () => {
    const { wait } = aWait({ visibleAfter: "25s", endsAfter: "40s" });
    expect((await wait()).kind).toBe("succeeded");
  });

  it("is not found after 30 s", async () => {
    const { wait, clock } = aWait({ visibleAfter: "1d" });
    const error = await thrownBy(wait());
    expect(error).toBeInstanceOf(CommandNotFoundError);
    expect(error).toMatchObject({ commandId: COMMAND_ID });
    expect(clock.elapsed()).toBe(30_000);
  });

  it("is not found after 30 s with a longer timeout, too", async () => {
    const { wait, clock } = aWait({ visibleAfter: "1d" });
    expect(await thrownBy(wait({ timeout: "10m" }))).toBeInstanceOf(CommandNotFoundError);
    expect(clock.elapsed()).toBe(30_000);
  });

  it("is still Pending when the timeout is shorter", async () => {
    const { wait } = aWait({ visibleAfter: "1d" });
    const error = await thrownBy(wait({ timeout: "10s" }));
    expect(error).toMatchObject({ name: "StillRunningError", lastStatus: "Pending" });
  });

  it("is not lost when it is out of sight later", async () => {
    let looks = 0;
    const clock = new ManualClock();
    const api = scriptedApi({
      listCommands: () => {
        looks++;
        if (looks > 1 && clock.elapsed() < 60_000) return { Commands: [] };
        return { Commands: [aCommand({ Status: looks > 1 ? "Success" : "InProgress" })] };
      },
      listCommandInvocations: () => ({ CommandInvocations: [anInvocation(node)] }),
    });
    const outcome = await waitForTerminal({ api, clock, random: () => 0.5 }, COMMAND_ID);
    expect(outcome.kind).toBe("succeeded");
  });
});

describe("the deadline", () => {
  it("is the command's own time and 60 s more", async () => {
    const { wait, clock } = aWait({});
    const error = await thrownBy(wait());
    expect(error).toBeInstanceOf(StillRunningError);
    expect(error).toMatchObject({ commandId: COMMAND_ID, lastStatus: "InProgress" });
    expect(clock.elapsed()).toBe(7_200_000 + 60_000);
  });

  it("counts from when the command was first seen", async () => {
    const { wait } = aWait({
      visibleAfter: "20s",
      endsAfter: "80s",
      command: { ExpiresAfter: new Date("2026-09-27T10:00:35.000Z") },
    });
    expect((await wait()).kind).toBe("succeeded");
  });

  it("is what the service counts by default for a command without dates", async () => {
    const clock = new ManualClock();
    const { ExpiresAfter, ...undated } = aCommand();
    const api = scriptedApi({ listCommands: () => ({ Commands: [undated] }) });
    await thrownBy(waitForTerminal({ api, clock, random: () => 0.5 }, COMMAND_ID));
    expect(clock.elapsed()).toBe(7_260_000);
  });

  it("is the caller's timeout, exactly, with a last look", async () => {
    const { wait, clock, api } = aWait({});
    const error = await thrownBy(wait({ timeout: "90s", pollEvery: "1h" }));
    expect(error).toMatchObject({ name: "StillRunningError", waitedMs: 90_000 });
    expect(clock.elapsed()).toBe(90_000);
    expect(api.calls.map(({ operation }) => operation)).toEqual([
      "listCommands",
      "listCommands",
      "listCommandInvocations",
    ]);
  });

  it("does not come before a command that ends on it", async () => {
    const { wait } = aWait({ endsAfter: "90s" });
    expect((await wait({ timeout: "90s" })).kind).toBe("succeeded");
  });

  it("is kept on a clock that counts fractions and wakes too early", async () => {
    let now = 0;
    const sleep = async (duration: Duration) => {
      now += Math.max(toMs(duration) - 1e-7, 1e-7);
    };
    const api = scriptedApi({ listCommands: () => ({ Commands: [aCommand()] }) });
    const waiter = { api, clock: { now: () => now, sleep }, random: () => 0.5 };
    const error = await thrownBy(waitForTerminal(waiter, COMMAND_ID, { timeout: "1s" }));
    expect(error).toBeInstanceOf(StillRunningError);
  });

  it("refuses a timeout without a unit before any call", async () => {
    const { wait, api } = aWait({});
    await expect(wait({ timeout: "90" as never })).rejects.toThrow(/^timeout is "90"/);
    expect(api.calls).toEqual([]);
  });
});

describe("trouble", () => {
  const throttled = sdkError("ThrottlingException");

  it("is ridden out when it passes", async () => {
    const { wait } = aWait({
      endsAfter: "20s",
      trouble: (call) => (call % 3 === 1 ? throttled : undefined),
    });
    expect((await wait()).invocations).toHaveLength(1);
  });

  it("is ridden out page by page, so that no page is read twice", async () => {
    const { wait, api } = aWait({
      endsAfter: "0s",
      end: { TargetCount: 150 },
      invocations: () => nodes(150),
      trouble: (call) => (call === 3 || call === 4 ? throttled : undefined),
    });
    expect((await wait()).invocations).toHaveLength(150);
    expect(countOf(api.calls, "listCommandInvocations")).toBe(5);
  });

  it("backs off", async () => {
    const { wait, clock } = aWait({
      endsAfter: "0s",
      trouble: (call) => (call <= 3 ? throttled : undefined),
    });
    await wait();
    expect(clock.sleeps).toEqual([1000, 1500, 2250]);
  });

  it("is the cause of StillRunningError when it lasts until the deadline", async () => {
    const { wait } = aWait({ trouble: (call) => (call > 1 ? throttled : undefined) });
    const error = await thrownBy(wait({ timeout: "1m" }));
    expect(error).toBeInstanceOf(StillRunningError);
    expect(error).toMatchObject({ cause: throttled, waitedMs: 60_000 });
  });

  it("before the first look is ridden out for the time that a command has by default", async () => {
    const { wait, clock } = aWait({ trouble: () => throttled });
    expect(await thrownBy(wait())).toBe(throttled);
    expect(clock.elapsed()).toBe(7_260_000);
  });

  it("before the first look takes no time from the command", async () => {
    const { wait } = aWait({
      endsAfter: "1h",
      trouble: (call) => (call <= 100 ? throttled : undefined),
    });
    expect((await wait()).kind).toBe("succeeded");
  });

  it("before the first look takes no time from the 30 s for which a command may be invisible", async () => {
    const { wait } = aWait({
      visibleAfter: "2m",
      endsAfter: "3m",
      trouble: (call) => (call <= 14 ? throttled : undefined),
    });
    expect((await wait()).kind).toBe("succeeded");
  });

  it("at the very end leaves 60 s to read the invocations", async () => {
    const { wait } = aWait({
      endsAfter: "10s",
      trouble: (call) => (call >= 7 && call <= 9 ? throttled : undefined),
    });
    expect((await wait({ timeout: "10s" })).invocations).toHaveLength(1);
  });

  it("that lasts while the invocations are read is thrown unchanged: the command is over", async () => {
    const { wait } = aWait({
      endsAfter: "0s",
      trouble: (call) => (call > 1 ? throttled : undefined),
    });
    expect(await thrownBy(wait({ timeout: "1s" }))).toBe(throttled);
  });

  it("of the lasting kind is thrown at once, unchanged", async () => {
    const denied = sdkError("AccessDeniedException");
    const { wait, clock } = aWait({ trouble: () => denied });
    expect(await thrownBy(wait())).toBe(denied);
    expect(clock.sleeps).toEqual([]);
  });
});

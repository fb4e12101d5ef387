import { RunCommandClient, StillRunningError, systemClock } from "ssm-run-command";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { aCommand, anInvocation, COMMAND_ID, scriptedApi } from "../../support/scripted-api.ts";

const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A wait on the wall clock for a command that ends after so many polls. */
function aWait(polls: number) {
  let polled = 0;
  const api = scriptedApi({
    listCommands: () => ({
      Commands: [aCommand({ Status: polled++ < polls ? "InProgress" : "Success" })],
    }),
    listCommandInvocations: () => ({ CommandInvocations: [anInvocation("i-1")] }),
  });
  return { client: new RunCommandClient(api, { clock: systemClock }), polls: () => polled };
}

describe.each([
  ["three hours on", 3 * HOUR],
  ["a day back", -24 * HOUR],
])("a wall clock that jumps %s", (_, jump) => {
  it("does not end a wait early", async () => {
    const { client } = aWait(20);
    const waiting = client.waitForTerminal(COMMAND_ID, { pollEvery: "5s", timeout: "5m" });
    await vi.advanceTimersByTimeAsync(12_000);
    vi.setSystemTime(Date.now() + jump);
    await vi.advanceTimersByTimeAsync(100_000);
    expect((await waiting).kind).toBe("succeeded");
  });

  it("does not stretch a wait", async () => {
    const { client, polls } = aWait(Number.POSITIVE_INFINITY);
    const waiting = rejectionOf(
      client.waitForTerminal(COMMAND_ID, { pollEvery: "5s", timeout: "1m" }),
    );
    await vi.advanceTimersByTimeAsync(12_000);
    vi.setSystemTime(Date.now() + jump);
    await vi.advanceTimersByTimeAsync(50_000);
    const error = await waiting;
    expect(error).toBeInstanceOf(StillRunningError);
    expect(Math.round((error as StillRunningError).waitedMs / 1_000)).toBe(60);
    expect(polls()).toBe(13);
  });
});

import { describe, expect, it } from "vitest";
import { waitForTerminal } from "../../../src/client/waiting/wait-for-terminal.ts";
import type { WaitOptions } from "../../../src/client/waiting/wait-options.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import {
  aCommand,
  anInvocation,
  COMMAND_ID,
  countOf,
  scriptedApi,
  sdkError,
} from "../../support/scripted-api.ts";

const reason = { why: "the caller has had enough" };

/** A command that runs for ever unless it is cancelled, and then ends 3 s later. */
function aWait({ visibleAfterMs = 0, onList = () => {}, onCancel = () => {} } = {}) {
  const clock = new ManualClock();
  const aborting = new AbortController();
  let cancelledAt = Number.POSITIVE_INFINITY;
  const api = scriptedApi({
    listCommands: () => {
      onList();
      if (clock.elapsed() < visibleAfterMs) return { Commands: [] };
      const Status = clock.elapsed() >= cancelledAt + 3_000 ? "Cancelled" : "InProgress";
      return { Commands: [aCommand({ Status })] };
    },
    listCommandInvocations: () => ({
      CommandInvocations: [anInvocation("i-a", { Status: "Cancelled" })],
    }),
    cancelCommand: () => {
      onCancel();
      cancelledAt = clock.elapsed();
      return {};
    },
  });
  const wait = (options: WaitOptions = {}) =>
    waitForTerminal({ api, clock, random: () => 0.5 }, COMMAND_ID, {
      signal: aborting.signal,
      ...options,
    });
  return { clock, api, wait, abort: () => aborting.abort(reason), signal: aborting.signal };
}

describe("detach", () => {
  it("rejects before the first call when the signal is aborted already", async () => {
    const { wait, abort, api } = aWait();
    abort();
    await expect(wait()).rejects.toBe(reason);
    expect(api.calls).toEqual([]);
  });

  it("rejects in the middle of a sleep, at once", async () => {
    const { wait, abort, clock } = aWait();
    clock.at("5s", abort);
    await expect(wait({ pollEvery: "1m" })).rejects.toBe(reason);
    expect(clock.elapsed()).toBe(5_000);
  });

  it("rejects with the caller's reason, not with the error that the SDK makes of it", async () => {
    const { wait, abort } = aWait({
      onList: () => {
        abort();
        throw sdkError("AbortError");
      },
    });
    await expect(wait()).rejects.toBe(reason);
  });

  it("rejects after a call that did not look at the signal", async () => {
    const { wait, abort, api } = aWait({ onList: () => abort() });
    await expect(wait()).rejects.toBe(reason);
    expect(api.calls).toHaveLength(1);
  });

  it("rejects when onProgress aborts", async () => {
    const { wait, abort } = aWait();
    await expect(wait({ onProgress: abort })).rejects.toBe(reason);
  });

  it("leaves the command alone", async () => {
    const { wait, abort, clock, api } = aWait();
    clock.at("5s", abort);
    await wait().catch(() => {});
    expect(countOf(api.calls, "cancelCommand")).toBe(0);
  });

  it("hands the signal to every call", async () => {
    const { wait, signal, api } = aWait();
    await wait({ timeout: "1s" }).catch(() => {});
    expect(api.calls.map(({ options }) => options?.abortSignal)).toEqual([signal, signal, signal]);
  });
});

describe("cancel", () => {
  const onAbort = "cancel";

  it("cancels once and resolves with how the command ended", async () => {
    const { wait, abort, clock, api } = aWait();
    clock.at("5s", abort);
    expect((await wait({ onAbort })).kind).toBe("cancelled");
    expect(countOf(api.calls, "cancelCommand")).toBe(1);
  });

  it("cancels the whole command", async () => {
    const { wait, abort, clock, api } = aWait();
    clock.at("5s", abort);
    await wait({ onAbort });
    const cancel = api.calls.find(({ operation }) => operation === "cancelCommand");
    expect(cancel?.input).toEqual({ CommandId: COMMAND_ID });
  });

  it("interrupts a sleep, so that the command is not left to run until the next poll", async () => {
    let cancelledAt = 0;
    const { wait, abort, clock } = aWait({
      onCancel: () => {
        cancelledAt = clock.elapsed();
      },
    });
    clock.at("5s", abort);
    await wait({ onAbort, pollEvery: "1m" });
    expect(cancelledAt).toBe(5_000);
  });

  it("cancels right after the first look when the signal is aborted already", async () => {
    const { wait, abort, api, clock } = aWait({ onCancel: () => expect(clock.sleeps).toEqual([]) });
    abort();
    await wait({ onAbort });
    expect(api.calls.slice(0, 2).map(({ operation }) => operation)).toEqual([
      "listCommands",
      "cancelCommand",
    ]);
  });

  it("waits until the command is visible before it cancels, without polling in a spin", async () => {
    let cancelledAt = 0;
    const { wait, abort, api, clock } = aWait({
      visibleAfterMs: 10_000,
      onCancel: () => {
        cancelledAt = clock.elapsed();
      },
    });
    abort();
    await wait({ onAbort });
    expect(cancelledAt).toBeGreaterThanOrEqual(10_000);
    expect(api.calls.length).toBeLessThan(15);
  });

  it("does not cancel a command that has ended", async () => {
    const clock = new ManualClock();
    const api = scriptedApi({
      listCommands: () => ({ Commands: [aCommand({ Status: "Success" })] }),
      listCommandInvocations: () => ({ CommandInvocations: [anInvocation("i-a")] }),
    });
    const signal = AbortSignal.abort(reason);
    const waiter = { api, clock, random: () => 0.5 };
    expect((await waitForTerminal(waiter, COMMAND_ID, { onAbort, signal })).kind).toBe("succeeded");
  });

  it("does not cancel a command that has ended while its invocations are read again", async () => {
    const clock = new ManualClock();
    const aborting = new AbortController();
    clock.at("500ms", () => aborting.abort(reason));
    const api = scriptedApi({
      listCommands: () => ({ Commands: [aCommand({ Status: "Success" })] }),
      listCommandInvocations: () => ({
        CommandInvocations: clock.elapsed() > 0 ? [anInvocation("i-a")] : [],
      }),
    });
    const waiter = { api, clock, random: () => 0.5 };
    await waitForTerminal(waiter, COMMAND_ID, { onAbort, signal: aborting.signal });
    expect(countOf(api.calls, "cancelCommand")).toBe(0);
  });

  it("rejects when the clock does, for a reason of its own", async () => {
    const { api, signal } = aWait();
    const stopped = new Error("The clock was reset.");
    const clock = { now: () => 0, sleep: () => Promise.reject(stopped) };
    const waiting = waitForTerminal({ api, clock, random: () => 0.5 }, COMMAND_ID, {
      onAbort,
      signal,
    });
    await expect(waiting).rejects.toBe(stopped);
  });

  it("rides out trouble", async () => {
    let tries = 0;
    const { wait, abort, clock } = aWait({
      onCancel: () => {
        if (++tries < 3) throw sdkError("ThrottlingException");
      },
    });
    clock.at("5s", abort);
    expect((await wait({ onAbort })).kind).toBe("cancelled");
    expect(tries).toBe(3);
  });

  it("is thrown unchanged when it is denied", async () => {
    const denied = sdkError("AccessDeniedException");
    const { wait, abort, clock } = aWait({
      onCancel: () => {
        throw denied;
      },
    });
    clock.at("5s", abort);
    await expect(wait({ onAbort })).rejects.toBe(denied);
  });

  it("keeps the deadline", async () => {
    const { wait, abort, clock } = aWait({});
    clock.at("5s", abort);
    await expect(wait({ onAbort, timeout: "6s" })).rejects.toMatchObject({
      name: "StillRunningError",
      waitedMs: 6_000,
    });
  });

  it("is named in the error when it has not ended the command by the deadline", async () => {
    const { wait, abort, clock } = aWait({});
    clock.at("5s", abort);
    await expect(wait({ onAbort, timeout: "6s" })).rejects.toThrow(
      /after 00:00:06\.000\. It was asked to stop\. Waiting again is safe\.$/,
    );
  });
});

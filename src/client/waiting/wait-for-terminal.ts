import type { Command } from "@aws-sdk/client-ssm";
import { EXECUTION_TIMEOUT_SECONDS, TIMEOUT_SECONDS } from "../../domain/limits.ts";
import { checkOptions } from "../../domain/options.ts";
import { toMs } from "../../time/duration.ts";
import { type Stopwatch, stopwatch } from "../../time/stopwatch.ts";
import { CommandNotFoundError, StillRunningError } from "../errors/errors.ts";
import type { CommandOutcome } from "../outcomes/outcome.ts";
import { checkCommandId, commandReader } from "./command-reader.ts";
import { doorbell } from "./doorbell.ts";
import { runningLook } from "./look.ts";
import { pollIntervals } from "./poll-intervals.ts";
import { patience, type Waiter } from "./polling.ts";
import { progressOf } from "./progress.ts";
import { WAIT_OPTIONS, type WaitOptions } from "./wait-options.ts";

/** How long a command may stay invisible once the service answers. Our decision. */
const INVISIBLE_MS = 30_000;

/**
 * How long a wait goes on beyond the command's own time. Our decision: the service closed expired commands 12 to 15 s late
 * [rec-2026-09-27-timeouts], 45 s count as possible, and a poll comes up to 12 s after that.
 */
const GRACE_MS = 60_000;

/** The least time between two polls of a wait that is woken, and how long after one the next comes. Our decision. */
const LEAST_MS = 1_000;
const AGAIN_MS = 2_000;

/** How often invocations are read again if some are missing or open although their command is over. Our decision. */
const MAX_REREADS = 3;

/** Waits until a command is over. The rules are those of `RunCommandClient.waitForTerminal`. */
export async function waitForTerminal(
  { api, clock, random }: Waiter,
  commandId: string,
  options: WaitOptions = {},
): Promise<CommandOutcome> {
  checkOptions(options, WAIT_OPTIONS, "waitForTerminal()");
  checkCommandId(commandId, "waitForTerminal()");
  const { timeout, pollEvery, signal, onAbort, invocations, onProgress, wakeOn } = options;
  if (!/^\d+$/.test(`${options.separateStreams ?? 0}`)) {
    throw new RangeError(
      `separateStreams is ${options.separateStreams}. Give it a whole number, 0 or more.`,
    );
  }
  const watch = stopwatch(clock);
  const reported = new Set<string>();
  // Until the command is seen, it may be any: with the time that the service gives by default.
  let deadline = timeout === undefined ? lifetimeMs({}) : toMs(timeout, "timeout");
  let expectedEnd = deadline;
  let command: Command | undefined;
  let invisible: Stopwatch | undefined;
  let over = false;
  let cancelAsked = false;
  let cancelAccepted = false;
  let isWoken = false;

  const patient = patience({
    watch,
    signal,
    // With "cancel" the caller still wants the outcome, so an abort does not end the calls.
    onAbort: onAbort === "cancel" ? cancelIfAborted : undefined,
    deadline: () => deadline,
    giveUp: async (trouble) => (over || !command ? trouble : stillRunning(command, trouble)),
  });
  const reader = commandReader(api, {
    commandId,
    ask: (call) => patient.persist(call, pollIntervals({ random })),
    signal: onAbort === "cancel" ? undefined : signal,
  });
  const { fleet } = reader;
  const nextInterval = pollIntervals({ random, pollEvery });
  const door = wakeOn && doorbell(wakeOn, { commandId, turn: () => clock.sleep("1ms") });
  try {
    return await poll();
  } finally {
    door?.close();
  }

  async function poll(): Promise<CommandOutcome> {
    for (;;) {
      const seen = await reader.find();
      if (seen !== undefined) {
        if (command === undefined) {
          // Counted from now by its lifetime, since the service's clock and ours need not agree.
          expectedEnd = watch.elapsed() + lifetimeMs(seen);
          if (timeout === undefined) deadline = expectedEnd;
        }
        command = seen;
        // A shorter `timeout` of the caller proves nothing.
        over = await reader.isOver(seen, watch.elapsed() >= expectedEnd);
        if (over) deadline = Math.max(deadline, watch.elapsed() + GRACE_MS);
        if (onProgress !== undefined || (over && invocations !== "none")) await readFleet(seen);
        onProgress?.(progressOf(seen, { fleet, reported }));
        if (over) return reader.outcomeOf(seen, options);
      }
      let interval = nextInterval();
      const polledAt = watch.elapsed();
      if (command === undefined) {
        invisible ??= stopwatch(clock);
        const left = INVISIBLE_MS - invisible.elapsed();
        if (left <= 0) throw new CommandNotFoundError(commandId, invisible.elapsed());
        interval = Math.min(interval, left);
      }
      await cancelIfAborted();
      if (patient.timeLeft() <= 0) throw await stillRunning(command);
      // An event may be ahead of ListCommands.
      await patient.pause(isWoken ? Math.min(interval, AGAIN_MS) : interval, door?.bell());
      isWoken = door?.bell().aborted === true;
      if (door && isWoken) {
        await patient.pause(LEAST_MS - (watch.elapsed() - polledAt));
        door.reset();
      }
    }
  }

  /** Reads every page. If the command is over but invocations are missing or open, reads them again, a few times. */
  async function readFleet(seen: Command): Promise<void> {
    const nextReread = pollIntervals({ random });
    for (let rereads = 0; ; rereads++) {
      const isComplete = await reader.readFleet(seen);
      if (!over || rereads === MAX_REREADS || isComplete) return;
      await patient.pause(nextReread());
    }
  }

  async function cancelIfAborted(): Promise<void> {
    if (onAbort !== "cancel" || !signal?.aborted) return;
    if (cancelAsked || over || command === undefined) return;
    cancelAsked = true;
    await patient.persist(
      () => api.cancelCommand({ CommandId: commandId }),
      pollIntervals({ random }),
    );
    cancelAccepted = true;
  }

  /** The error of a wait whose time is up. The invocations are read for it, once: trouble then changes nothing. */
  async function stillRunning(seen: Command | undefined, cause?: unknown) {
    const waitedMs = watch.elapsed();
    if (seen !== undefined) await reader.readFleet(seen, patient.once).catch(() => {});
    return new StillRunningError({
      commandId,
      lastStatus: seen?.Status ?? "Pending",
      waitedMs,
      cancelAccepted,
      cause,
      look: seen && runningLook(seen, fleet),
    });
  }
}

/** How long a command may last, from its own two dates and else by the service's defaults, and the grace after that. */
function lifetimeMs({ RequestedDateTime, ExpiresAfter }: Command): number {
  const byDefault = (TIMEOUT_SECONDS.byDefault + EXECUTION_TIMEOUT_SECONDS.byDefault) * 1_000;
  const own =
    RequestedDateTime !== undefined && ExpiresAfter !== undefined
      ? ExpiresAfter.getTime() - RequestedDateTime.getTime()
      : byDefault;
  return own + GRACE_MS;
}

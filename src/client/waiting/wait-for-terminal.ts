import type {
  Command,
  GetCommandInvocationCommandInput,
  ListCommandInvocationsCommandInput,
} from "@aws-sdk/client-ssm";
import { EXECUTION_TIMEOUT_SECONDS, MAX_PAGE_SIZE, TIMEOUT_SECONDS } from "../../domain/limits.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { COMMAND_STATUSES, entryOf } from "../../domain/status.ts";
import type { Clock } from "../../time/clock.ts";
import { toMs } from "../../time/duration.ts";
import { CommandNotFoundError, StillRunningError } from "../errors/errors.ts";
import { type CommandOutcome, commandOutcome, invocationOutcome } from "../outcomes/outcome.ts";
import { paginate } from "../paginate.ts";
import { pollIntervals } from "./poll-intervals.ts";
import { progressOf } from "./progress.ts";
import { type Fleet, isFleetComplete, noteInvocation } from "./seen-invocations.ts";
import { withSeparateStreams } from "./separate-streams.ts";
import { isTransientError } from "./transient-error.ts";
import type { WaitOptions } from "./wait-options.ts";

/** What is waited on, and how. */
export interface Waiter {
  /** Who is asked. */
  readonly api: RunCommandApi;
  /** Whose time passes. */
  readonly clock: Clock;
  /** Chance for the intervals. */
  readonly random: () => number;
}

/** How long a command may stay invisible after it was sent, and how long one waits beyond its own time. Our decision. */
const GRACE_MS = 30_000;

/** How often invocations are read again that are missing or open although their command is over. Our decision. */
const MAX_REREADS = 3;

/** Waits until a command is over. The rules are those of `RunCommandClient.waitForTerminal`. */
export async function waitForTerminal(
  { api, clock, random }: Waiter,
  commandId: string,
  options: WaitOptions = {},
): Promise<CommandOutcome> {
  const {
    timeout,
    pollEvery,
    signal,
    onAbort = "detach",
    invocations = "all",
    onProgress,
  } = options;
  const started = clock.now();
  const fleet: Fleet = new Map();
  const reported = new Set<string>();
  const stages = new Map<Command["Status"], boolean>();
  // Whoever wants the command cancelled still wants its outcome: the calls go on.
  const detach = onAbort === "detach" ? signal : undefined;
  const callOptions: CallOptions = detach === undefined ? {} : { abortSignal: detach };
  let deadline = started + (timeout === undefined ? GRACE_MS : toMs(timeout, "timeout"));
  let expectedEnd: number | undefined;
  let command: Command | undefined;
  let over = false;
  let cancelAsked = false;
  let cancelAccepted = false;

  const nextInterval = pollIntervals({ random, pollEvery });
  for (;;) {
    const seen = await look();
    if (seen !== undefined) {
      // Durations only: the service's clock and ours need not agree.
      expectedEnd ??= clock.now() + lifetimeMs(seen);
      if (command === undefined && timeout === undefined) deadline = expectedEnd;
      command = seen;
      over = await isOver(seen);
      if (over) deadline = Math.max(deadline, clock.now() + GRACE_MS);
      if (onProgress !== undefined || (over && invocations !== "none")) await readFleet(seen);
      onProgress?.(progressOf(seen, { fleet, reported }));
      if (over) return outcomeOf(seen);
    } else if (command === undefined && clock.now() - started >= GRACE_MS) {
      throw new CommandNotFoundError(commandId, clock.now() - started);
    }
    await cancelIfAborted();
    if (clock.now() >= deadline) throw stillRunning();
    await pause(nextInterval());
  }

  async function look(): Promise<Command | undefined> {
    const { Commands } = await persist(() =>
      api.listCommands({ CommandId: commandId }, callOptions),
    );
    return Commands?.[0];
  }

  /**
   * A status that this version does not know is looked up, once: the service knows whether it is an end. If it says no,
   * the command's own time does; a shorter `timeout` of the caller proves nothing.
   */
  async function isOver({ Status }: Command): Promise<boolean> {
    const traits = entryOf(COMMAND_STATUSES, Status);
    if (traits !== undefined) return traits.terminal;
    if (expectedEnd !== undefined && clock.now() >= expectedEnd) return true;
    const known = stages.get(Status);
    if (known !== undefined) return known;
    const { Commands = [] } = await persist(() =>
      api.listCommands(
        { CommandId: commandId, Filters: [{ key: "ExecutionStage", value: "Complete" }] },
        callOptions,
      ),
    );
    stages.set(Status, Commands.length > 0);
    return Commands.length > 0;
  }

  /** Reads every page; of a command that is over until all of its invocations are there and ended, within a bound. */
  async function readFleet(seen: Command): Promise<void> {
    const nextReread = pollIntervals({ random });
    for (let rereads = 0; ; rereads++) {
      const input: ListCommandInvocationsCommandInput = {
        CommandId: commandId,
        Details: true,
        MaxResults: MAX_PAGE_SIZE,
      };
      const pages = paginate(input, {
        operation: "ListCommandInvocations",
        ask: (page) => persist(() => api.listCommandInvocations(page, callOptions)),
        items: (page) => page.CommandInvocations,
      });
      for await (const invocation of pages) noteInvocation(fleet, invocation);
      if (!over || rereads === MAX_REREADS || isFleetComplete(fleet, seen)) return;
      await pause(nextReread());
    }
  }

  async function outcomeOf(seen: Command): Promise<CommandOutcome> {
    if (invocations === "none") return commandOutcome(seen, []);
    const outcomes = [...fleet.values()].map(invocationOutcome);
    const wanted =
      invocations === "all" ? outcomes : outcomes.filter(({ kind }) => kind !== "succeeded");
    return commandOutcome(seen, await withSeparateStreams(wanted, readStreams));
  }

  /** The streams of a plugin that failed, or nothing where they are refused: how it ended is known without them. */
  async function readStreams(input: GetCommandInvocationCommandInput) {
    try {
      return await persist(() => api.getCommandInvocation(input, callOptions));
    } catch {
      detach?.throwIfAborted();
      return undefined;
    }
  }

  /** Makes one call, again and again while the trouble is of the passing kind and there is time. */
  async function persist<T>(call: () => Promise<T>): Promise<T> {
    const nextTry = pollIntervals({ random });
    for (;;) {
      detach?.throwIfAborted();
      try {
        return await call();
      } catch (error) {
        if (!isTransientError(error)) throw error;
        if (clock.now() >= deadline) {
          throw over || command === undefined ? error : stillRunning(error);
        }
      } finally {
        // The caller hears his own reason, not the AbortError that the SDK makes of it.
        detach?.throwIfAborted();
      }
      await pause(nextTry());
    }
  }

  /** Sleeps, at most until the deadline. An abort ends it: by its reason, or by cancelling and going on. */
  async function pause(interval: number): Promise<void> {
    // Whole milliseconds: the clock may be anybody's, and what is left of its time any fraction.
    const ms = Math.max(0, Math.ceil(Math.min(interval, deadline - clock.now())));
    const wake = detach ?? (signal?.aborted ? undefined : signal);
    try {
      await clock.sleep(`${ms}ms`, wake);
    } catch (error) {
      if (onAbort === "detach" || !wake?.aborted) throw error;
    }
    await cancelIfAborted();
  }

  async function cancelIfAborted(): Promise<void> {
    if (onAbort !== "cancel" || !signal?.aborted) return;
    if (cancelAsked || over || command === undefined) return;
    cancelAsked = true;
    await persist(() => api.cancelCommand({ CommandId: commandId }));
    cancelAccepted = true;
  }

  function stillRunning(cause?: unknown): StillRunningError {
    const lastStatus = command?.Status ?? "Pending";
    const waitedMs = clock.now() - started;
    return new StillRunningError({ commandId, lastStatus, waitedMs, cancelAccepted, cause });
  }
}

/** How long a command may live, from its own two dates; without them what the service counts by default. */
function lifetimeMs({ RequestedDateTime, ExpiresAfter }: Command): number {
  const byDefault = (TIMEOUT_SECONDS.byDefault + EXECUTION_TIMEOUT_SECONDS.byDefault) * 1_000;
  const own =
    RequestedDateTime !== undefined && ExpiresAfter !== undefined
      ? ExpiresAfter.getTime() - RequestedDateTime.getTime()
      : byDefault;
  return own + GRACE_MS;
}

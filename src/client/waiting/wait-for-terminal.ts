import type {
  Command,
  GetCommandInvocationCommandInput,
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
} from "@aws-sdk/client-ssm";
import { inMessage } from "../../domain/in-message.ts";
import { EXECUTION_TIMEOUT_SECONDS, MAX_PAGE_SIZE, TIMEOUT_SECONDS } from "../../domain/limits.ts";
import { checkOptions } from "../../domain/options.ts";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { COMMAND_STATUSES, entryOf } from "../../domain/status.ts";
import type { Clock } from "../../time/clock.ts";
import { toMs } from "../../time/duration.ts";
import { CommandNotFoundError, StillRunningError } from "../errors/errors.ts";
import { type CommandOutcome, commandOutcome, invocationOutcome } from "../outcomes/outcome.ts";
import { paginate } from "../paginate.ts";
import { pollIntervals } from "./poll-intervals.ts";
import { patience } from "./polling.ts";
import { progressOf } from "./progress.ts";
import { type Fleet, isFleetComplete, noteInvocation } from "./seen-invocations.ts";
import { withSeparateStreams } from "./separate-streams.ts";
import { WAIT_OPTIONS, type WaitOptions } from "./wait-options.ts";

/** What every wait of a client needs. */
export interface Waiter {
  /** The service that is polled. */
  readonly api: RunCommandApi;
  /** The clock that is waited on. */
  readonly clock: Clock;
  /** Random numbers for the intervals between polls. */
  readonly random: () => number;
}

/** How long a command may stay invisible after the send, and how long a wait goes on beyond its own time. Our decision. */
const GRACE_MS = 30_000;

/** How often invocations are read again if some are missing or open although their command is over. Our decision. */
const MAX_REREADS = 3;

/** Waits until a command is over. The rules are those of `RunCommandClient.waitForTerminal`. */
export async function waitForTerminal(
  { api, clock, random }: Waiter,
  commandId: string,
  options: WaitOptions = {},
): Promise<CommandOutcome> {
  checkOptions(options, WAIT_OPTIONS, "waitForTerminal()");
  if (typeof commandId !== "string") {
    throw new TypeError(
      `waitForTerminal() was given ${inMessage(commandId)}. Give it the id of a command, such as sent.commandId.`,
    );
  }
  const { timeout, pollEvery, signal, onAbort, invocations, onProgress } = options;
  const started = clock.now();
  const fleet: Fleet = new Map();
  const reported = new Set<string>();
  const openStatuses = new Set<Command["Status"]>();
  let deadline = started + (timeout === undefined ? GRACE_MS : toMs(timeout, "timeout"));
  let expectedEnd = deadline;
  let command: Command | undefined;
  let over = false;
  let cancelAsked = false;
  let cancelAccepted = false;

  const patient = patience({
    clock,
    signal,
    // With "cancel" the caller still wants the outcome, so an abort does not end the calls.
    onAbort: onAbort === "cancel" ? cancelIfAborted : undefined,
    deadline: () => deadline,
    giveUp: (trouble) => (over || command === undefined ? trouble : stillRunning(trouble)),
  });
  const nextInterval = pollIntervals({ random, pollEvery });
  for (;;) {
    const seen = await find();
    if (seen !== undefined) {
      if (command === undefined) {
        // Counted from now by its lifetime, since the service's clock and ours need not agree.
        expectedEnd = clock.now() + lifetimeMs(seen);
        if (timeout === undefined) deadline = expectedEnd;
      }
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
    if (patient.timeLeft() <= 0) throw stillRunning();
    await patient.pause(nextInterval());
  }

  /** Makes one call, again and again until it succeeds or the deadline has come. */
  function ask<T>(call: (options: CallOptions | undefined) => Promise<T>): Promise<T> {
    return patient.persist(call, pollIntervals({ random }));
  }

  /** The command, if it is visible and matches the filters. */
  async function find(filters: Pick<ListCommandsCommandInput, "Filters"> = {}) {
    const { Commands } = await ask((options) =>
      api.listCommands({ CommandId: commandId, ...filters }, options),
    );
    return Commands?.[0];
  }

  /**
   * Whether the command is over. For a status that this version does not know, the service is asked once. If it says no,
   * the command is over when its own time is; a shorter `timeout` of the caller proves nothing.
   */
  async function isOver({ Status }: Command): Promise<boolean> {
    const traits = entryOf(COMMAND_STATUSES, Status);
    if (traits !== undefined) return traits.terminal;
    if (clock.now() >= expectedEnd) return true;
    if (openStatuses.has(Status)) return false;
    const complete = await find({ Filters: [{ key: "ExecutionStage", value: "Complete" }] });
    if (complete === undefined) openStatuses.add(Status);
    return complete !== undefined;
  }

  /** Reads every page. If the command is over but invocations are missing or open, reads them again, a few times. */
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
        ask: (page) => ask((options) => api.listCommandInvocations(page, options)),
        items: (page) => page.CommandInvocations,
      });
      for await (const invocation of pages) noteInvocation(fleet, invocation);
      if (!over || rereads === MAX_REREADS || isFleetComplete(fleet, seen)) return;
      await patient.pause(nextReread());
    }
  }

  async function outcomeOf(seen: Command): Promise<CommandOutcome> {
    if (invocations === "none") return commandOutcome(seen, []);
    const outcomes = [...fleet.values()].map(invocationOutcome);
    const wanted =
      invocations === "unsuccessful"
        ? outcomes.filter(({ kind }) => kind !== "succeeded")
        : outcomes;
    return commandOutcome(seen, await withSeparateStreams(wanted, readStreams));
  }

  /** The streams of a plugin that failed, or undefined if they are refused: how it ended is known without them. */
  function readStreams(input: GetCommandInvocationCommandInput) {
    return ask((options) => api.getCommandInvocation(input, options)).catch(() => {
      if (onAbort !== "cancel") signal?.throwIfAborted();
      return undefined;
    });
  }

  async function cancelIfAborted(): Promise<void> {
    if (onAbort !== "cancel" || !signal?.aborted) return;
    if (cancelAsked || over || command === undefined) return;
    cancelAsked = true;
    await ask(() => api.cancelCommand({ CommandId: commandId }));
    cancelAccepted = true;
  }

  function stillRunning(cause?: unknown): StillRunningError {
    return new StillRunningError({
      commandId,
      lastStatus: command?.Status ?? "Pending",
      waitedMs: clock.now() - started,
      cancelAccepted,
      cause,
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
